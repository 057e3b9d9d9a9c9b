import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';
import { useTexts } from '../i18n';
import { useFocusStays } from '../lib/focus';
import { Button } from './Button';
import { Icon } from './Icon';

interface SearchFieldProps {
  label: string;
  /** What is searched for now, from the address. */
  value: string;
  /** Called on Enter and on leaving the field, not on each key. */
  onSearch: (value: string) => void;
}

/** A search over what is listed. The text stays in the field whatever the server answers. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const id = useId();
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  // The address changed from elsewhere, as by a filter tag.
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  const search = () => {
    if (text.trim() !== value) onSearch(text.trim());
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    search();
  };
  return (
    <form className="f grow" role="search" onSubmit={submit}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="in sm"
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={search}
      />
    </form>
  );
}

interface SelectProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
  hint?: string;
  error?: string;
  small?: boolean;
}

/** One of many: the browser's own list, which every phone and screen reader knows. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, options, value, onChange, hint, error, small } = props;
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="f">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <select
        id={id}
        className={['in', small && 'sm', error && 'is-err'].filter(Boolean).join(' ')}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

/** What is wrong with a field, beside it. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <span className="errt" id={id}>
      <Icon name="error" />
      {children}
    </span>
  );
}

export interface FilterTag {
  key: string;
  label: string;
  onRemove: () => void;
}

interface FilterBarProps {
  /** Search field and selects. */
  children: ReactNode;
  /** Fields that few need: folded, unless one of them narrows the list already. */
  more?: { fields: ReactNode; inUse: boolean };
  /** What the filters let through, such as "11 toimenpidettä". */
  result: ReactNode;
  /** The filters in force, each to be taken off. */
  tags: readonly FilterTag[];
  onClear: () => void;
}

/**
 * Narrows a list. The state is the page's, which keeps it in the address. On a narrow screen the
 * fields open on demand; the tags and the count always show.
 */
export function FilterBar({ children, more, result, tags, onClear }: FilterBarProps) {
  const t = useTexts().ui;
  const [open, setOpen] = useState(false);
  const id = useId();
  const frame = useFocusStays<HTMLDivElement>('.tag button');
  return (
    <div className="filters" role="group" aria-label={t.filters} ref={frame} tabIndex={-1}>
      <div className="mfil">
        <Button
          variant="secondary"
          small
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <Icon name="search" />
          {t.searchAndFilter}
        </Button>
      </div>
      <div className={open ? 'row full open' : 'row full'} id={id}>
        {children}
        {more && <More {...more} />}
      </div>
      <div className="tags">
        <b role="status">{result}</b>
        {tags.map((tag) => (
          <span key={tag.key} className="tag">
            {tag.label}
            <button type="button" aria-label={t.removeFilter(tag.label)} onClick={tag.onRemove}>
              <Icon name="close" size={12} />
            </button>
          </span>
        ))}
        {tags.length > 0 && (
          <Button variant="quiet" small onClick={onClear}>
            {t.removeFilters}
          </Button>
        )}
      </div>
    </div>
  );
}

function More({ fields, inUse }: NonNullable<FilterBarProps['more']>) {
  const t = useTexts().ui;
  const [open, setOpen] = useState(inUse);
  return (
    <details
      className="more"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t.moreFilters}</summary>
      <div className="row full open">{fields}</div>
    </details>
  );
}
