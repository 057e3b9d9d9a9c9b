import { useId, type Ref } from 'react';

interface FileFieldProps {
  label: string;
  /** Endings that the window offers, as the attribute has them. */
  accept: string;
  /** Name of the chosen file. */
  chosen?: string;
  ref?: Ref<HTMLInputElement>;
  onChoose: (file: File | null) => void;
}

/**
 * Chooses a file. The browser's own control speaks the browser's language and not the reader's, so
 * it is there for the keyboard and screen readers, under a button of ours.
 */
export function FileField({ label, accept, chosen, ref, onChoose }: FileFieldProps) {
  const id = useId();
  return (
    <p className="file">
      <label className="btn sec sm" htmlFor={id}>
        {label}
        <input
          id={id}
          ref={ref}
          type="file"
          accept={accept}
          // A corrected file has the same name: without this, choosing it again would be no change.
          onClick={({ currentTarget }) => {
            currentTarget.value = '';
          }}
          onChange={({ target }) => onChoose(target.files?.[0] ?? null)}
        />
      </label>
      {chosen && <span>{chosen}</span>}
    </p>
  );
}
