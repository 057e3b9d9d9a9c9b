import { useState } from 'react';
import {
  Button,
  ComboBox as AriaComboBox,
  FieldError as AriaFieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Text,
  useFilter,
} from 'react-aria-components';
import { useTexts } from '../../i18n';
import { Icon } from '../Icon';
import { Offers } from './ComboBox';
import type { FieldProps } from './fields';

export interface Suggestion {
  id: string;
  /** What stands in the field when it is chosen. */
  value: string;
  /** First line in the list; the value itself where nothing else is said. */
  label?: string;
  /** Second line in the list. */
  detail?: string;
}

interface SuggestFieldProps extends Pick<
  FieldProps,
  'label' | 'value' | 'onChange' | 'hint' | 'error'
> {
  suggestions: readonly Suggestion[];
}

/** One line of text with words that are offered for it. Whatever else is typed stays as typed. */
export function SuggestField(props: SuggestFieldProps) {
  const { label, value, onChange, suggestions, hint, error } = props;
  const t = useTexts().ui;
  const { contains } = useFilter({ sensitivity: 'base' });
  const chosen = suggestions.find((one) => one.value === value);
  // What is typed narrows the list; opened by its button or arrow, and once one is chosen, it shows all.
  const [narrowed, setNarrowed] = useState(false);
  const items =
    !narrowed || value === '' || chosen
      ? suggestions
      : suggestions.filter((one) =>
          contains(`${one.value} ${one.label ?? ''} ${one.detail ?? ''}`, value.trim()),
        );
  return (
    <AriaComboBox
      className="f combo"
      items={items}
      inputValue={value}
      onInputChange={(typed) => {
        setNarrowed(typed !== value);
        onChange(typed);
      }}
      onOpenChange={(_, trigger) => {
        if (trigger === 'manual') setNarrowed(false);
      }}
      value={chosen?.id ?? null}
      onChange={(key) => {
        // On leaving the field with words of one's own, nothing of the list is chosen.
        const one = items.find(({ id }) => id === key);
        if (one) onChange(one.value);
      }}
      isInvalid={error !== undefined}
      allowsCustomValue
      menuTrigger="input"
    >
      <Label>{label}</Label>
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <div className="combo-in">
        <Input className={error ? 'in is-err' : 'in'} />
        <Button aria-label={t.showOptions}>
          <Icon name="down" />
        </Button>
      </div>
      <AriaFieldError className="errt">
        <Icon name="error" />
        {error}
      </AriaFieldError>
      <Offers>
        <ListBox>
          {(one: Suggestion) => (
            <ListBoxItem className="combo-item" textValue={one.value}>
              <span>
                <Text slot="label">{one.label ?? one.value}</Text>
                {one.detail && (
                  <Text slot="description" className="meta">
                    {one.detail}
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
