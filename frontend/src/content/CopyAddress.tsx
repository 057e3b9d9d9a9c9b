import { useId, useRef } from 'react';
import { useTexts } from '../i18n';
import { Button } from '../ui/Button';
import { useToast } from '../ui/Toast';
import './copyAddress.css';

/** An address to take elsewhere: shown whole on focus, copied by a button. */
export function CopyAddress({ label, address }: { label: string; address: string }) {
  const t = useTexts().calendars;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const tell = useToast();
  const copy = () => {
    field.current?.select();
    // Without a clipboard, as on a page that is not secure, the selection is left to copy by hand.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    void clipboard?.writeText(address).then(
      () => tell(t.copied),
      () => undefined,
    );
  };
  return (
    <div className="cpy">
      <label className="meta" htmlFor={id}>
        {label}
      </label>
      <div className="cpy-row">
        <input
          id={id}
          ref={field}
          type="text"
          readOnly
          value={address}
          onFocus={(event) => event.target.select()}
        />
        <Button variant="secondary" small onClick={copy}>
          {t.copy}
        </Button>
      </div>
    </div>
  );
}
