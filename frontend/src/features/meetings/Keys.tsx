import { useEffect, useRef, type RefObject } from 'react';
import { useTexts } from '../../i18n';

interface Moves {
  next: () => void;
  previous: () => void;
}

/**
 * The keys of the workspace. What a key presses is marked in the markup: `data-key="save"` stands
 * on the button that Alt+T presses, so that a key never does what no button does.
 */
export function useKeys(work: RefObject<HTMLElement | null>, moves: Moves) {
  const latest = useRef(moves);
  useEffect(() => {
    latest.current = moves;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      const digit = /^Digit([1-6])$/.exec(event.code)?.[1];
      const name = digit ? `type-${digit}` : names[event.code];
      if (event.code === 'ArrowDown') latest.current.next();
      else if (event.code === 'ArrowUp') latest.current.previous();
      else if (name) {
        const target = work.current?.querySelector<HTMLElement>(`[data-key="${name}"]`);
        if (!target) return;
        // First the focus: what the click opens may take it further.
        target.focus();
        target.click();
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [work]);
}

const names: Record<string, string> = { KeyL: 'outcome', KeyT: 'save', KeyU: 'item' };

/** The keys, to read. */
export function Keys() {
  const t = useTexts().meetings.keys;
  return (
    <section className="kbs">
      <div className="sec-h">
        <h2>{t.title}</h2>
      </div>
      <dl className="kb">
        <dt>
          <kbd>Alt</kbd> <kbd>↓</kbd>
        </dt>
        <dd>{t.nextItem}</dd>
        <dt>
          <kbd>Alt</kbd> <kbd>↑</kbd>
        </dt>
        <dd>{t.previousItem}</dd>
        <dt>
          <kbd>Alt</kbd> <kbd>L</kbd>
        </dt>
        <dd>{t.newOutcome}</dd>
        <dt>
          <kbd>Alt</kbd> <kbd>1</kbd>–<kbd>6</kbd>
        </dt>
        <dd>{t.outcomeType}</dd>
        <dt>
          <kbd>Alt</kbd> <kbd>T</kbd>
        </dt>
        <dd>{t.save}</dd>
        <dt>
          <kbd>Alt</kbd> <kbd>U</kbd>
        </dt>
        <dd>{t.newItem}</dd>
      </dl>
    </section>
  );
}
