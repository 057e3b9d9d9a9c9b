import { useEffect, useId, useState } from 'react';
import { useLang, useTexts } from '../i18n';
import { localised, type LocalisedText } from '../lib/text';
import { AtRisk, Condition, type ConditionValue } from '../ui/Condition';
import './content.css';

interface Explained {
  value: ConditionValue;
  flags: readonly string[];
  explanation: { summary: LocalisedText; detail: LocalisedText };
  /** The late action on which it waits. */
  risk?: { summary: LocalisedText };
}

/** Why a condition is what it is, in words: what is so, and what there is to say beside it. */
export function useExplanation({ explanation, flags, risk }: Omit<Explained, 'value'>) {
  const t = useTexts().actions.explain;
  const lang = useLang();
  const head = localised(explanation.summary, lang).value;
  const rest = [
    localised(explanation.detail, lang).value,
    localised(risk?.summary, lang).value,
    flags.includes('unowned') ? t.unowned : '',
  ];
  return { head, rest: rest.filter(Boolean).join(' ') };
}

/**
 * A condition in a list, with its reason under the pointer and on focus. The reason stays while
 * the pointer is on it, a press shows it where nothing hovers, and Escape puts it away without
 * moving pointer or focus (WCAG 1.4.13). A screen reader hears it with the condition.
 */
export function ConditionWhy({ condition }: { condition: Explained }) {
  const { head, rest } = useExplanation(condition);
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const [dismissed, setDismissed] = useState(false);
  const id = useId();
  const open = (hovered || focused) && !dismissed;

  useEffect(() => {
    if (!open) return;
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // It closes this alone, not the panel or form around it.
      event.stopPropagation();
      setDismissed(true);
    };
    document.addEventListener('keydown', escape, true);
    return () => document.removeEventListener('keydown', escape, true);
  }, [open]);

  return (
    <span
      className="cw"
      onPointerEnter={() => {
        setDismissed(false);
        setHovered(true);
      }}
      onPointerLeave={() => setHovered(false)}
    >
      <button
        type="button"
        aria-describedby={id}
        onFocus={() => {
          setDismissed(false);
          setFocused(true);
        }}
        onBlur={() => setFocused(false)}
        // A tap focuses before it clicks, and in some browsers it does not focus at all.
        onClick={(event) => {
          event.currentTarget.focus();
          setDismissed(false);
        }}
      >
        <Condition value={condition.value} />
        {condition.risk && <AtRisk />}
      </button>
      <span role="tooltip" id={id} hidden={!open}>
        <b>{head}</b> {rest}
      </span>
    </span>
  );
}
