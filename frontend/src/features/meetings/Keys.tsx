import { useEffect, useId, useRef, useState, type RefObject, type SyntheticEvent } from 'react';
import { useTexts } from '../../i18n';
import { isTyping } from '../../lib/keys';
import { Button } from '../../ui/Button';
import { Modal } from '../../ui/forms/Modal';

interface Moves {
  next: () => void;
  previous: () => void;
  /** Asks for the number of the item to go to. */
  jump: () => void;
  /** Shows all keys. */
  help: () => void;
}

/**
 * The keys of the workspace, all with Alt, so that none stands in the way of typing; `?` counts
 * only where nothing is typed. What a key presses is marked in the markup: `data-key="save"` stands
 * on the button that Alt+T presses, so that a key never does what no button does. AltGr, with which
 * signs are typed, comes as Ctrl+Alt and is left alone.
 */
export function useKeys(work: RefObject<HTMLElement | null>, on: boolean, moves: Moves) {
  const latest = useRef(moves);
  useEffect(() => {
    latest.current = moves;
  });
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === '?' && !event.ctrlKey && !event.metaKey && !isTyping(event.target)) {
        event.preventDefault();
        latest.current.help();
        return;
      }
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey) {
        const form = event.target instanceof HTMLElement ? event.target.closest('form') : null;
        if (!form || !work.current?.contains(form)) return;
        event.preventDefault();
        form.requestSubmit();
        return;
      }
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      const digit = /^Digit([1-6])$/.exec(event.code)?.[1];
      const name = digit ? `type-${digit}` : names[event.code];
      if (event.code === 'ArrowDown') latest.current.next();
      else if (event.code === 'ArrowUp') latest.current.previous();
      else if (event.code === 'KeyM') latest.current.jump();
      else if (name) {
        const all = work.current?.querySelectorAll<HTMLElement>(`[data-key="${name}"]`);
        // Of several, such as the outcomes that an action can be made of, the last one.
        const target = all?.[all.length - 1];
        if (!target) return;
        // First the focus: what the click opens may take it further.
        const field = target.matches('button, input')
          ? target
          : target.querySelector<HTMLElement>('textarea, input:not([type="radio"]), select');
        field?.focus();
        if (field === target) target.click();
        // A type is chosen on the way to the text.
        if (digit) target.closest('form')?.querySelector<HTMLElement>('textarea')?.focus();
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [work, on]);
}

const names: Record<string, string> = {
  KeyL: 'outcome',
  KeyJ: 'action',
  KeyT: 'save',
  KeyU: 'item',
  KeyN: 'attendance',
  KeyK: 'text',
  KeyP: 'pen',
};

/** The keys, to read; all of them in a window. */
export function Keys({ on, onHelp }: { on: boolean; onHelp: () => void }) {
  const t = useTexts().meetings.keys;
  return (
    <section className="kbs">
      <div className="sec-h">
        <h2>{t.title}</h2>
      </div>
      {on ? <KeyList few /> : <p className="meta">{t.off}</p>}
      <p className="btns">
        <Button variant="quiet" small onClick={onHelp}>
          {t.all}
        </Button>
      </p>
    </section>
  );
}

function KeyList({ few }: { few?: boolean }) {
  const t = useTexts().meetings.keys;
  const rows: [string[], string, boolean?][] = [
    [['Alt', '↓'], t.nextItem, true],
    [['Alt', '↑'], t.previousItem],
    [['Alt', 'M'], t.jump, true],
    [['Alt', 'K'], t.text],
    [['Alt', 'L'], t.newOutcome, true],
    [['Alt', '1–6'], t.outcomeType, true],
    [['Alt', 'J'], t.action, true],
    [['Ctrl', 'Enter'], t.send],
    [['Alt', 'N'], t.attendance, true],
    [['Alt', 'U'], t.newItem],
    [['Alt', 'P'], t.pen],
    [['Alt', 'T'], t.save],
    [['?'], t.all, true],
  ];
  return (
    <dl className="kb">
      {rows
        .filter(([, , often]) => !few || often)
        .map(([keys, text]) => (
          <div key={text}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  );
}

interface KeyHelpProps {
  on: boolean;
  onTurn: (on: boolean) => void;
  onClose: () => void;
}

/** All keys in a window, and the switch that turns them off. */
export function KeyHelp({ on, onTurn, onClose }: KeyHelpProps) {
  const texts = useTexts();
  const t = texts.meetings.keys;
  return (
    <Modal
      title={t.title}
      open
      onEscape={onClose}
      actions={<Button onClick={onClose}>{texts.ui.close}</Button>}
    >
      <KeyList />
      <label className="check">
        <input type="checkbox" checked={on} onChange={({ target }) => onTurn(target.checked)} />
        <span>{t.on}</span>
      </label>
    </Modal>
  );
}

interface JumpProps {
  count: number;
  onGo: (no: number) => void;
  onClose: () => void;
}

/** Goes to an item by its number. */
export function Jump({ count, onGo, onClose }: JumpProps) {
  const texts = useTexts();
  const t = texts.meetings.keys;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [no, setNo] = useState('');
  useEffect(() => field.current?.focus(), []);
  const wrong = no !== '' && !(Number(no) >= 1 && Number(no) <= count);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (no !== '' && !wrong) onGo(Number(no));
  };
  return (
    <form className="jump" onSubmit={submit} noValidate>
      <label htmlFor={id}>{t.jumpLabel(count)}</label>
      <input
        id={id}
        ref={field}
        className="in sm"
        inputMode="numeric"
        autoComplete="off"
        value={no}
        aria-invalid={wrong || undefined}
        onChange={({ target }) => setNo(target.value.replace(/\D/g, ''))}
        onKeyDown={({ key }) => {
          if (key === 'Escape') onClose();
        }}
      />
      <Button type="submit" small>
        {t.go}
      </Button>
      <Button variant="quiet" small onClick={onClose}>
        {texts.ui.cancel}
      </Button>
    </form>
  );
}
