import { useEffect, useId, useState, type Key, type ReactNode } from 'react';
import {
  Button,
  ComboBox as AriaComboBox,
  FieldError as AriaFieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
  useFilter,
} from 'react-aria-components';
import { useTexts } from '../../i18n';
import { Icon } from '../Icon';

export interface ComboOption {
  id: string;
  label: string;
  /** Second line, such as the unit of a post. */
  detail?: string;
  /** Sign in front, such as the mark of a party. */
  sign?: ReactNode;
}

interface ComboBoxProps {
  label: string;
  /** The chosen option, or null. */
  value: ComboOption | null;
  onChange: (option: ComboOption | null) => void;
  /** What the server found for the last search. */
  options: readonly ComboOption[];
  /** Asks for options; called a moment after typing stops. */
  onSearch: (text: string) => void;
  loading?: boolean;
  hint?: string;
  error?: string;
}

/** Short enough to feel immediate, long enough not to ask for each key. */
const pauseMs = 200;

/** One of many that the server finds by a part of its name. What is typed stays as typed. */
export function ComboBox(props: ComboBoxProps) {
  const { label, value, onChange, options, onSearch, loading, hint, error } = props;
  const t = useTexts().ui;
  const errorId = useId();
  const [text, setText] = useState(value?.label ?? '');
  const [asked, setAsked] = useState<string | null>(null);
  const [sought, setSought] = useState<string | null>(null);
  const { contains } = useFilter({ sensitivity: 'base' });

  useEffect(() => {
    if (asked === null) return;
    const timer = setTimeout(() => {
      onSearch(asked);
      setSought(asked);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [asked, onSearch]);

  // Until the answer to what is typed is there, only what fits it of the answer before can be
  // chosen: fast hands on the keys never take another one than they have typed.
  const late = asked !== null && (asked !== sought || loading === true);
  const found = late
    ? options.filter(({ label: name, detail }) => contains(`${name} ${detail ?? ''}`, asked))
    : options;

  // What is chosen stays chosen on leaving the field, also before a search has found it.
  const known = value !== null && found.some(({ id }) => id === value.id);
  const items = value !== null && !known && text === value.label ? [value, ...found] : found;

  const type = (typed: string) => {
    setText(typed);
    if (typed !== value?.label) setAsked(typed);
  };
  const choose = (key: Key | null) => {
    const chosen = items.find(({ id }) => id === key) ?? null;
    setText(chosen?.label ?? '');
    onChange(chosen);
  };

  return (
    <AriaComboBox
      className="f combo"
      items={items}
      inputValue={text}
      onInputChange={type}
      value={value?.id ?? null}
      onChange={choose}
      isInvalid={error !== undefined}
      allowsEmptyCollection
      menuTrigger="input"
    >
      <Label>{label}</Label>
      <Text slot="description" className="hint">
        {hint ?? t.typeToSearch}
      </Text>
      <div className="combo-in">
        <Input className={error ? 'in is-err' : 'in'} />
        <Button aria-label={t.showOptions}>
          <Icon name="down" />
        </Button>
      </div>
      <AriaFieldError className="errt" id={errorId}>
        <Icon name="error" />
        {error}
      </AriaFieldError>
      <Popover className="combo-pop" offset={0}>
        <ListBox
          renderEmptyState={() => (
            <p className="meta combo-none" role="status">
              {late || loading ? t.searching : t.noOptions}
            </p>
          )}
        >
          {(option: ComboOption) => (
            <ListBoxItem className="combo-item" textValue={option.label}>
              {option.sign}
              <span>
                <Text slot="label">{option.label}</Text>
                {option.detail && (
                  <Text slot="description" className="meta">
                    {option.detail}
                  </Text>
                )}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
