import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTexts } from '../../i18n';
import { isTyping, useKeysOn } from '../../lib/keys';
import { Button } from '../../ui/Button';
import { Modal } from '../../ui/forms/Modal';

/** The button that a letter presses, by its `data-key`: no key does what no button does. */
const letters: Record<string, string> = { p: 'update', v: 'confirm', h: 'accept' };

/**
 * The keys of my work, each a single letter, where nothing is typed: they act on the row that has
 * the focus. The arrows move only from within the list, so that they scroll the page elsewhere.
 */
function useWorkKeys(list: RefObject<HTMLElement | null>, on: boolean, onHelp: () => void) {
  const latest = useRef(onHelp);
  useEffect(() => {
    latest.current = onHelp;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, target, defaultPrevented, isComposing, ctrlKey, metaKey, altKey } = event;
      if (defaultPrevented || isComposing || ctrlKey || metaKey || altKey || isTyping(target))
        return;
      const element = target instanceof Element ? target : null;
      if (element?.closest('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
      if (!on) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('.todo > li') ?? [])];
      const row = element?.closest<HTMLElement>('.todo > li') ?? null;
      const at = row ? rows.indexOf(row) : -1;
      const inside = list.current?.contains(element) ?? false;
      const letter = key.toLowerCase();
      const name = letters[letter];
      if (letter === 'j' || (key === 'ArrowDown' && inside)) {
        rows[Math.min(at + 1, rows.length - 1)]?.focus();
      } else if (letter === 'k' || (key === 'ArrowUp' && inside)) {
        rows[Math.max(at - 1, 0)]?.focus();
      } else if (event.repeat) {
        // A key that is held down goes through the rows; it does nothing more than once.
        if (letter !== 'z' && !name) return;
      } else if (key === '?') {
        latest.current();
      } else if (letter === 'z') {
        document.querySelector<HTMLElement>('.toast [data-key="undo"]')?.click();
      } else if (key === 'Enter' && row && element === row) {
        row.querySelector<HTMLElement>('h3 a, .ref a')?.click();
      } else if (name) {
        if (row) press(row, name);
        else rows[0]?.focus();
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [list, on]);
}

/** What agrees to something cannot be undone: the key goes to its button, which Enter presses. */
function press(row: HTMLElement, name: string) {
  const agree = name === 'accept' && row.querySelector<HTMLElement>('[data-key="agree"]');
  if (agree) {
    agree.focus();
    return;
  }
  const target = row.querySelector<HTMLElement>(`[data-key="${name}"]`);
  if (!target) return;
  // First the focus: what the press opens may take it further, and gives it back there.
  target.focus();
  target.click();
}

/** The keys, in short, with the window that has all of them and turns them off. */
export function WorkKeys({ list }: { list: RefObject<HTMLElement | null> }) {
  const texts = useTexts();
  const t = texts.myWork.keys;
  const { on, turn } = useKeysOn();
  const [helping, setHelping] = useState(false);
  useWorkKeys(list, on, () => setHelping(true));
  return (
    <section className="kbs" aria-labelledby="work-keys">
      <div className="sec-h">
        <h2 id="work-keys">{t.title}</h2>
      </div>
      {on ? <KeyList few /> : <p className="meta">{t.off}</p>}
      <p className="btns">
        <Button variant="quiet" small onClick={() => setHelping(true)}>
          {t.all}
        </Button>
      </p>
      {helping && (
        <Modal
          title={t.title}
          open
          onEscape={() => setHelping(false)}
          actions={<Button onClick={() => setHelping(false)}>{texts.ui.close}</Button>}
        >
          <KeyList />
          <label className="check">
            <input type="checkbox" checked={on} onChange={({ target }) => turn(target.checked)} />
            <span>{t.on}</span>
          </label>
        </Modal>
      )}
    </section>
  );
}

function KeyList({ few }: { few?: boolean }) {
  const t = useTexts().myWork.keys;
  const keys: [string[], string, boolean?][] = [
    [['J', '↓'], t.next, true],
    [['K', '↑'], t.previous],
    [['P'], t.update, true],
    [['V'], t.confirm, true],
    [['H'], t.accept, true],
    [['Z'], t.undo, true],
    [['Enter'], t.open],
    [['?'], t.help],
  ];
  return (
    <dl className="kb">
      {keys
        .filter(([, , often]) => !few || often)
        .map(([names, text]) => (
          <div key={text}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  );
}
