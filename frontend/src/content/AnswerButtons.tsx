import { useState } from 'react';
import { usePartyLooks } from '../api/parties';
import { useAnswer, type AnswerableKind, type ResponsibilityItem } from '../api/responsibilities';
import { useLang, useTexts } from '../i18n';
import { Problem } from '../lib/problem';
import { complete, localised, noText } from '../lib/text';
import { whenSaved } from '../lib/whenSaved';
import { Button } from '../ui/Button';
import { InlineUpdateForm } from '../ui/forms/InlineUpdateForm';
import { LocalisedField } from '../ui/forms/LocalisedField';
import { fieldError } from '../ui/problemTexts';
import { ErrorState } from '../ui/states';
import { useToast } from '../ui/Toast';

/** What of a responsibility or a hand-over waits for the reader's answer. */
export interface Answerable {
  kind: AnswerableKind;
  id: string;
  version: number;
  /** What it is, for the buttons' names. */
  name: string;
}

interface AnswerButtonsProps {
  item: Answerable;
  /** Opens the form for the reason; left out where one can only accept. */
  onDecline?: () => void;
  declining?: boolean;
  onAnswered: () => void;
}

/** Accepts in one press; declining opens a small form, for it needs a reason. */
export function AnswerButtons({ item, onDecline, declining, onAnswered }: AnswerButtonsProps) {
  const texts = useTexts();
  const t = texts.responsibilities;
  const tell = useToast();
  const words = useAnsweredWords();
  const answer = useAnswer(item);
  return (
    <>
      <Button
        small
        data-key="agree"
        aria-disabled={answer.isPending}
        aria-label={t.acceptOf(item.name)}
        onClick={() => {
          if (answer.isPending) return;
          whenSaved(answer.mutateAsync({ answer: 'accepted' }), (saved) => {
            tell(words(item.kind, saved));
            onAnswered();
          });
        }}
      >
        {t.accept}
      </Button>
      {onDecline && (
        <Button
          small
          variant="secondary"
          aria-expanded={declining}
          aria-label={t.declineOf(item.name)}
          onClick={onDecline}
        >
          {t.decline}
        </Button>
      )}
      {answer.error && (
        <ErrorState error={answer.error} title={t.answerFailed}>
          {isStale(answer.error) && t.readAgain}
        </ErrorState>
      )}
    </>
  );
}

/** What an acceptance led to: in force, or still waiting for somebody. */
function useAnsweredWords() {
  const t = useTexts().responsibilities;
  const look = usePartyLooks(useLang());
  return (kind: AnswerableKind, left: readonly string[]) =>
    left.length > 0
      ? t.acceptedWaits(left.map((partyId) => look(partyId).name).join(', '))
      : kind === 'mandate'
        ? t.mandateInForce
        : t.acceptedInForce;
}

const isStale = (error: unknown) => error instanceof Problem && error.status === 412;

interface DeclineFormProps {
  item: Answerable;
  onClose: () => void;
  onAnswered: () => void;
}

/** Declines with a reason, which everybody reads. The text stays whatever the server answers. */
export function DeclineForm({ item, onClose, onAnswered }: DeclineFormProps) {
  const texts = useTexts();
  const t = texts.responsibilities;
  const tell = useToast();
  const answer = useAnswer(item);
  const [reason, setReason] = useState(noText);
  const refused = answer.error ?? null;
  return (
    <InlineUpdateForm
      label={t.declineOf(item.name)}
      saveLabel={t.decline}
      saving={answer.isPending}
      error={refused}
      aside={isStale(refused) ? t.readAgain : undefined}
      onCancel={onClose}
      onSave={() =>
        whenSaved(answer.mutateAsync({ answer: 'declined', reason }), () => {
          tell(t.declined);
          onClose();
          onAnswered();
        })
      }
    >
      <LocalisedField
        label={t.declineReason}
        hint={t.declineHint}
        value={reason}
        onChange={(text) => setReason(complete(text))}
        errors={{
          fi: fieldError(refused, '/reason/fi', texts),
          sv: fieldError(refused, '/reason/sv', texts),
          en: fieldError(refused, '/reason/en', texts),
        }}
        multiline
        maxLength={1000}
      />
    </InlineUpdateForm>
  );
}

/** What a responsibility is called: its post and part. */
export function useResponsibilityName() {
  const texts = useTexts();
  const lang = useLang();
  return ({ post, part }: Pick<ResponsibilityItem, 'post' | 'part'>) =>
    `${localised(post.title, lang).value}, ${texts.ui.parts[part].name.toLowerCase()}`;
}
