import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { actionQuery } from '../api/actions';
import { useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import type { ConditionValue } from '../ui/Condition';
import { ConditionWhy, useExplanation, type Explained } from './ConditionWhy';

/** The condition of an action as it stands in its own list, or what to say while it is not known. */
function useConditionOf(no: number, value: ConditionValue, enabled: boolean): Explained {
  const texts = useTexts();
  const action = useQuery({ ...actionQuery(String(no), useAsOf()), enabled });
  const words = action.error ? texts.problems.title : texts.ui.loading;
  const said = { fi: words, sv: words, en: words };
  const none = { fi: '', sv: '', en: '' };
  return (
    action.data?.condition ?? { value, flags: [], explanation: { summary: said, detail: none } }
  );
}

interface ConditionOfProps {
  /** Number of the action. */
  no: number;
  value: ConditionValue;
  wordOnly?: boolean;
}

/** A condition with its reason, where only the condition came with the page: it is fetched when asked for. */
export function ConditionOf({ no, value, wordOnly }: ConditionOfProps) {
  const [asked, setAsked] = useState(false);
  const known = useConditionOf(no, value, asked);
  return (
    <ConditionWhy
      condition={{ ...known, value }}
      wordOnly={wordOnly}
      onAsk={() => setAsked(true)}
    />
  );
}

/** Why one action is in its condition, in words; for the sign of it in a strip. */
export function ConditionReason({ no, value }: Omit<ConditionOfProps, 'wordOnly'>) {
  const { head, rest } = useExplanation(useConditionOf(no, value, true));
  return (
    <>
      <b>{head}</b> {rest}
    </>
  );
}
