import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n';
import { Icon } from './Icon';

/** Long enough to be read twice; it can also be closed by hand. */
const shownMs = 10_000;

/** What a note offers beside its sentence, such as to undo what it tells of. */
export interface ToastOffer {
  label: string;
  onPress: () => void;
}

type Tell = (text: string, offer?: ToastOffer) => void;

const ToastContext = createContext<Tell | null>(null);

/** Holds the one place of the page that tells what an action did. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTexts().ui;
  const [message, setMessage] = useState<{ text: string; offer?: ToastOffer } | null>(null);
  const tell = useCallback<Tell>((text, offer) => setMessage({ text, offer }), []);

  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(() => setMessage(null), shownMs);
    return () => clearTimeout(timer);
  }, [message]);

  return (
    <ToastContext value={tell}>
      {children}
      <div className="toasts" role="status">
        {message && (
          <div className="toast">
            <Icon name="check" />
            <span>{message.text}</span>
            {message.offer && (
              <button
                type="button"
                className="offer"
                onClick={() => {
                  setMessage(null);
                  message.offer?.onPress();
                }}
              >
                {message.offer.label}
              </button>
            )}
            <button type="button" aria-label={t.close} onClick={() => setMessage(null)}>
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
 * had on the page, since the note goes away. For failures take ErrorState beside the form.
 */
export function useToast(): Tell {
  const tell = use(ToastContext);
  if (!tell) throw new Error('no ToastProvider above this component');
  return tell;
}
