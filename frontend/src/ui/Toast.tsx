import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n';
import { isTyping } from '../lib/keys';
import { Icon } from './Icon';

/**
 * Long enough to be read twice; it can also be closed by hand. What offers something, is pointed at
 * or has the focus does not go by itself (WCAG 2.2.1).
 */
const shownMs = 10_000;

/** What a note offers beside its sentence, such as to undo what it tells of. */
export interface ToastOffer {
  label: string;
  onPress: () => void;
}

type Tell = (text: string, offer?: ToastOffer) => void;

const ToastContext = createContext<Tell | null>(null);

/**
 * Holds the one place of the page that tells what an action did. Alt+Z takes what it offers, but not
 * from a field. An offer is for whom it was made to: it goes when `actor` changes.
 */
export function ToastProvider({ actor, children }: { actor?: string; children: ReactNode }) {
  const t = useTexts().ui;
  const [message, setMessage] = useState<{ text: string; offer?: ToastOffer } | null>(null);
  const [held, setHeld] = useState(false);
  const tell = useCallback<Tell>((text, offer) => setMessage({ text, offer }), []);
  const [offeredTo, setOfferedTo] = useState(actor);
  if (actor !== offeredTo) {
    setOfferedTo(actor);
    if (offeredTo !== undefined && message?.offer) setMessage(null);
  }

  useEffect(() => {
    if (!message || message.offer || held) return;
    const timer = setTimeout(() => setMessage(null), shownMs);
    return () => clearTimeout(timer);
  }, [message, held]);

  const take = useCallback(() => {
    setMessage(null);
    setHeld(false);
    message?.offer?.onPress();
  }, [message]);

  useEffect(() => {
    if (!message?.offer) return;
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== 'KeyZ') return;
      if (isTyping(event.target)) return;
      event.preventDefault();
      take();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [message, take]);

  return (
    <ToastContext value={tell}>
      {children}
      <div className="toasts" role="status">
        {message && (
          <div
            className="toast"
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
            onMouseEnter={() => setHeld(true)}
            onMouseLeave={() => setHeld(false)}
          >
            <Icon name="check" />
            <span>{message.text}</span>
            {message.offer && (
              <button
                type="button"
                className="offer"
                data-key="undo"
                aria-keyshortcuts="Alt+Z"
                onClick={take}
              >
                {message.offer.label}
              </button>
            )}
            <button
              type="button"
              aria-label={t.close}
              onClick={() => {
                setMessage(null);
                setHeld(false);
              }}
            >
              <Icon name="close" size={12} />
            </button>
          </div>
        )}
      </div>
    </ToastContext>
  );
}

/**
 * Tells in one sentence what has been done, and may offer to undo it: what it offers is also to be
 * had on the page, since the next note takes its place. For failures take ErrorState beside the form.
 */
export function useToast(): Tell {
  const tell = use(ToastContext);
  if (!tell) throw new Error('no ToastProvider above this component');
  return tell;
}
