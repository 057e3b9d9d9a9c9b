import {
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
  type Key,
  type ReactNode,
  type RefObject,
} from 'react';
import {
  Button,
  ComboBox as AriaComboBox,
  ComboBoxStateContext,
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

/** True while the page answers a scroll of its own, such as of a field that comes into view. */
function usePageScrolling(): RefObject<boolean> {
  const scrolling = useRef(false);
  useEffect(() => {
    const note = (event: Event) => {
      if (event.target !== document) return;
      scrolling.current = true;
      setTimeout(() => (scrolling.current = false));
    };
    window.addEventListener('scroll', note, true);
    return () => window.removeEventListener('scroll', note, true);
  }, []);
  return scrolling;
}

/**
 * The list under the field. It goes along when the page scrolls, as a phone does by itself when its
 * keyboard comes up; the library would close it.
 */
export function Offers({ children }: { children: ReactNode }) {
  const state = useContext(ComboBoxStateContext);
  const scrolling = usePageScrolling();
  return (
    <Popover
      className="combo-pop"
      offset={0}
      isOpen={state?.isOpen === true}
      onOpenChange={(open) => {
        if (!open && !scrolling.current) state?.close();
      }}
    >
      {children}
    </Popover>
  );
}

/**
 * One of many that the server finds by a part of its name. What is typed stays as typed: left
 * without a choice, the field says that one of the list is to be chosen.
 */
export function ComboBox(props: ComboBoxProps) {
  const { label, value, onChange, options, onSearch, loading, hint, error } = props;
  const t = useTexts().ui;
  const errorId = useId();
  const [text, setText] = useState(value?.label ?? '');
  const [asked, setAsked] = useState<string | null>(null);
  const [sought, setSought] = useState<string | null>(null);
  const [within, setWithin] = useState(false);
  const [refused, setRefused] = useState(false);
  // What is chosen, taken away or renamed elsewhere shows in the field; what is typed there stays.
  const [shown, setShown] = useState(value);
  if (shown?.id !== value?.id || shown?.label !== value?.label) {
    setShown(value);
    if (value && (shown?.id !== value.id || text === shown.label)) setText(value.label);
    else if (!value && text === shown?.label) setText('');
  }
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
    setRefused(false);
    if (typed !== value?.label) setAsked(typed);
    if (typed === '' && value) onChange(null);
  };
  const choose = (key: Key | null) => {
    const chosen = items.find(({ id }) => id === key);
    if (chosen && chosen.id !== value?.id) {
      setText(chosen.label);
      onChange(chosen);
    } else if (value) setText(value.label); // left without another choice, it is what it was
  };
  const unresolved = text !== '' && value === null;
  const field = useRef<HTMLInputElement>(null);
  // A form is not sent without what somebody typed here and did not choose.
  useEffect(() => {
    const form = field.current?.form;
    if (!form || !unresolved) return;
    const refuse = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
      setRefused(true);
      field.current?.focus();
    };
    form.addEventListener('submit', refuse, true);
    return () => form.removeEventListener('submit', refuse, true);
  }, [unresolved]);
  const wrong = error ?? (unresolved && (refused || !within) ? t.chooseOffered : undefined);

  return (
    <AriaComboBox
      className="f combo"
      items={items}
      inputValue={text}
      onInputChange={type}
      value={value?.id ?? null}
      onChange={choose}
      onFocusChange={setWithin}
      isInvalid={wrong !== undefined}
      allowsCustomValue
      allowsEmptyCollection
      menuTrigger="input"
    >
      <Label>{label}</Label>
      <Text slot="description" className="hint">
        {hint ?? t.typeToSearch}
      </Text>
      <div className="combo-in">
        <Input ref={field} className={wrong ? 'in is-err' : 'in'} />
        <Button aria-label={t.showOptions}>
          <Icon name="down" />
        </Button>
      </div>
      <AriaFieldError className="errt" id={errorId}>
        <Icon name="error" />
        {wrong}
      </AriaFieldError>
      <Offers>
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
      </Offers>
    </AriaComboBox>
  );
}
