import { useId } from 'react';
import { useLang, useTexts } from '../i18n';
import { localised, type LocalisedText } from '../lib/text';
import { AtRisk, Condition, type ConditionValue } from '../ui/Condition';
import { useTip } from '../ui/useTip';
import './content.css';

export interface Explained {
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

interface ConditionWhyProps {
  condition: Explained;
  /** Called when somebody wants to know, for who fetches the reason then. */
  onAsk?: () => void;
  /** The word alone, where the sign stands apart. */
  wordOnly?: boolean;
}

/**
 * A condition in a list, with its reason under the pointer and on focus. The reason stays while
 * the pointer is on it, and a press shows it where nothing hovers. A screen reader hears it with
 * the condition.
 */
export function ConditionWhy({ condition, onAsk, wordOnly }: ConditionWhyProps) {
  const { conditions } = useTexts().ui;
  const { head, rest } = useExplanation(condition);
  const { open, frame, trigger, again } = useTip(onAsk);
  const id = useId();
  return (
    <span className="cw" {...frame}>
      <button
        type="button"
        aria-describedby={id}
        {...trigger}
        // A tap focuses before it clicks, and in some browsers it does not focus at all.
        onClick={(event) => {
          event.currentTarget.focus();
          again();
        }}
      >
        {wordOnly ? (
          <span className="meta">{conditions[condition.value].toLowerCase()}</span>
        ) : (
          <Condition value={condition.value} />
        )}
        {condition.risk && <AtRisk />}
      </button>
      <span role="tooltip" id={id} hidden={!open}>
        <b>{head}</b> {rest}
      </span>
    </span>
  );
}
