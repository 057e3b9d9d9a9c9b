import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n';
import { Icon } from './Icon';

/** Long enough to be read twice; it can also be closed by hand. */
const shownMs = 10_000;

const ToastContext = createContext<((text: string) => void) | null>(null);

/** Holds the one place of the page that tells what an action did. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTexts().ui;
  const [message, setMessage] = useState<{ text: string } | null>(null);
  const tell = useCallback((text: string) => setMessage({ text }), []);

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
            <button type="button" aria-label={t.close} onClick={() => setMessage(null)}>
              <Icon name="close" size={12} />
            </button>
          </div>
        )}
      </div>
    </ToastContext>
  );
}

/** Tells in one sentence what has been done. For failures take ErrorState beside the form. */
export function useToast(): (text: string) => void {
  const tell = use(ToastContext);
  if (!tell) throw new Error('no ToastProvider above this component');
  return tell;
}
