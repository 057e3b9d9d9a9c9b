import { useState } from 'react';
import { useWithdrawReferral } from '../../api/referrals';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { Button } from '../../ui/Button';
import { EditForm } from '../../ui/forms/EditForm';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Icon } from '../../ui/Icon';
import { useToast } from '../../ui/Toast';
import { useEndOutcome } from './agendaQueries';
import { useFocusAfter, useFocusFirst } from './focus';
import { whole } from './forms';
import type { Outcome } from './queries';

/**
 * What was said of an outcome after its meeting: why nothing more follows. Its forum's secretary
 * says it here, also beside a published paper, which stays as it was.
 */
export function Ending({ outcome }: { outcome: Outcome }) {
  const t = useTexts().agenda.ending;
  const lang = useLang();
  const past = useAsOf() !== undefined;
  const [writing, setWriting] = useState(false);
  const frame = useFocusAfter<HTMLDivElement>(writing, '[data-ending]');
  const waiting = outcome.referrals.at(-1);
  const withdraws = waiting && outcome.permissions.includes('referral.withdraw');
  const may = !past && (withdraws || outcome.permissions.includes('outcome.end'));
  const words = withdraws ? t.withdraw : t.end;
  if (!outcome.endReason && !may && !writing) return <div ref={frame} />;
  return (
    <div ref={frame}>
      {outcome.endReason && outcome.endedAt && (
        <p className="meta fu" tabIndex={-1} data-ending>
          <Icon name="arrow" />
          <span>
            {t.told(formatDate(dateOf(outcome.endedAt), lang))} <T text={outcome.endReason} />
          </span>
        </p>
      )}
      {may && !writing && (
        <p className="btns">
          <Button
            variant="quiet"
            small
            data-ending
            aria-label={words.of(outcome.no)}
            onClick={() => setWriting(true)}
          >
            {words.button}
          </Button>
        </p>
      )}
      {writing && <EndingForm outcome={outcome} onDone={() => setWriting(false)} />}
    </div>
  );
}

function EndingForm({ outcome, onDone }: { outcome: Outcome; onDone: () => void }) {
  const t = useTexts().agenda.ending;
  const tell = useToast();
  const end = useEndOutcome(outcome.id);
  const referral = outcome.referrals.at(-1);
  const withdraw = useWithdrawReferral(referral?.id ?? '');
  // What the form does is settled when it opens: what others do meanwhile is the server's answer.
  const [withdraws] = useState(referral !== undefined);
  const words = withdraws ? t.withdraw : t.end;
  const form = useFocusFirst<HTMLDivElement>();
  return (
    <div ref={form}>
      <EditForm
        label={words.of(outcome.no)}
        initial={{ reason: whole(undefined) }}
        save={async ({ reason }) => {
          await (withdraws ? withdraw : end).mutateAsync(reason);
        }}
        onSaved={() => {
          tell(words.done);
          onDone();
        }}
        onCancel={onDone}
        saveLabel={words.button}
      >
        {({ body, set, errors }) => (
          <LocalisedField
            label={words.reason}
            hint={words.hint}
            multiline
            value={body.reason}
            onChange={(reason) => set({ reason: whole(reason) })}
            errors={errors('/reason')}
          />
        )}
      </EditForm>
    </div>
  );
}
