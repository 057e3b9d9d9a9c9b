import { useState } from 'react';
import { useWithdrawReferral } from '../../api/referrals';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { useFocusAfter, useFocusFirst } from '../../lib/focus';
import { Button } from '../../ui/Button';
import { EditForm } from '../../ui/forms/EditForm';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Icon } from '../../ui/Icon';
import { useToast } from '../../ui/Toast';
import { useEndOutcome } from './agendaQueries';
import { CorrectEnding, RetractEnding } from './EndingCorrection';
import { whole } from './forms';
import type { Outcome } from './queries';

type Mode = 'read' | 'end' | 'correct' | 'retract';

/**
 * What was said of an outcome after its meeting: why nothing more follows. Its forum's secretary
 * says it here, corrects it and takes it back, also beside a published paper, which stays as it was.
 */
export function Ending({ outcome }: { outcome: Outcome }) {
  const t = useTexts().agenda.ending;
  const lang = useLang();
  const past = useAsOf() !== undefined;
  const [mode, setMode] = useState<Mode>('read');
  // Back to what opened the form; where that is gone, to what is told.
  const [opened, setOpened] = useState<Mode>('read');
  const frame = useFocusAfter<HTMLDivElement>(
    mode !== 'read',
    `[data-ending='${opened}']`,
    '[data-ending]',
  );
  const waiting = outcome.referrals.at(-1);
  const allowed = past ? [] : outcome.permissions;
  const withdraws = waiting !== undefined && allowed.includes('referral.withdraw');
  const words = withdraws ? t.withdraw : t.end;
  const offers = [
    { to: 'end' as const, may: withdraws || allowed.includes('outcome.end'), words },
    { to: 'correct' as const, may: allowed.includes('ending.correct'), words: t.correct },
    { to: 'retract' as const, may: allowed.includes('ending.retract'), words: t.retract },
  ].filter(({ may }) => may);
  const done = () => setMode('read');
  if (!outcome.endReason && offers.length === 0 && mode === 'read') return <div ref={frame} />;
  return (
    <div ref={frame}>
      {outcome.endReason && outcome.endedAt && (
        <p className="meta fu" tabIndex={-1} data-ending="told">
          <Icon name="arrow" />
          <span>
            {t.told(formatDate(dateOf(outcome.endedAt), lang))} <T text={outcome.endReason} />
          </span>
        </p>
      )}
      {offers.length > 0 && mode === 'read' && (
        <p className="btns">
          {offers.map(({ to, words: { of, button } }) => (
            <Button
              key={to}
              variant="quiet"
              small
              data-ending={to}
              aria-label={of(outcome.no)}
              onClick={() => {
                setOpened(to);
                setMode(to);
              }}
            >
              {button}
            </Button>
          ))}
        </p>
      )}
      {mode === 'end' && <EndingForm outcome={outcome} onDone={done} />}
      {mode === 'correct' && <CorrectEnding outcome={outcome} onDone={done} />}
      {mode === 'retract' && <RetractEnding outcome={outcome} onDone={done} />}
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
