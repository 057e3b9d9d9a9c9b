import { ChangedBy } from '../../content/ChangedBy';
import { useTexts } from '../../i18n';
import { useFocusFirst } from '../../lib/focus';
import { languages } from '../../lib/lang';
import { EditForm } from '../../ui/forms/EditForm';
import { TextArea } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { useToast } from '../../ui/Toast';
import { useCorrectEnding, useRetractEnding } from './agendaQueries';
import { whole } from './forms';
import type { Outcome } from './queries';

interface CorrectionProps {
  outcome: Outcome;
  onDone: () => void;
}

/** What ended an outcome: what was said of it after its meeting, or its withdrawn referral. */
function ended(outcome: Outcome) {
  const referral = outcome.endedAt ? undefined : outcome.referrals.at(-1);
  return {
    referralId: referral?.id,
    words: whole(referral ? referral.settled : outcome.endReason),
    version: referral ? referral.version : outcome.version,
  };
}

/** Says in other words why nothing more follows. Both wordings stay in the log, with the reason. */
export function CorrectEnding({ outcome, onDone }: CorrectionProps) {
  const texts = useTexts();
  const t = texts.agenda.ending.correct;
  const tell = useToast();
  const { referralId, words, version } = ended(outcome);
  const correct = useCorrectEnding(outcome.id, referralId);
  const form = useFocusFirst<HTMLDivElement>();
  return (
    <div ref={form}>
      <EditForm
        label={t.of(outcome.no)}
        initial={{ ending: words, reason: '' }}
        version={version}
        save={(body, based) => correct.mutateAsync({ body, version: based })}
        onSaved={() => {
          tell(t.done);
          onDone();
        }}
        onCancel={onDone}
        current={(resource) => {
          const now = resource as Partial<Outcome & Outcome['referrals'][number]>;
          return {
            body: { ending: whole(referralId ? now.settled : now.endReason), reason: '' },
            version: now.version ?? version,
          };
        }}
        describe={({ ending }) =>
          languages.map((lang) => ({
            key: lang,
            label: texts.content.inLanguage(
              referralId ? texts.agenda.ending.withdraw.reason : t.ending,
              texts.ui.languageNames[lang],
            ),
            text: ending[lang],
          }))
        }
        savedBy={(changed) => <ChangedBy changed={changed} />}
        saveLabel={t.button}
      >
        {({ body, set, error, errors }) => (
          <>
            <LocalisedField
              label={referralId ? texts.agenda.ending.withdraw.reason : t.ending}
              hint={referralId ? t.referralHint : t.hint}
              multiline
              value={body.ending}
              onChange={(ending) => set({ ending: whole(ending) })}
              errors={errors('/ending')}
            />
            <TextArea
              label={t.reason}
              hint={t.reasonHint}
              rows={2}
              value={body.reason}
              onChange={(reason) => set({ reason })}
              error={error('/reason')}
            />
          </>
        )}
      </EditForm>
    </div>
  );
}

/** Takes back that nothing more follows, with a reason for the log: the matter is open again. */
export function RetractEnding({ outcome, onDone }: CorrectionProps) {
  const t = useTexts().agenda.ending.retract;
  const tell = useToast();
  const { referralId, version } = ended(outcome);
  const retract = useRetractEnding(outcome.id, referralId);
  const form = useFocusFirst<HTMLDivElement>();
  return (
    <div ref={form}>
      <EditForm
        label={t.of(outcome.no)}
        initial={{ reason: '' }}
        version={version}
        save={(body, based) => retract.mutateAsync({ body, version: based })}
        onSaved={() => {
          tell(t.done);
          onDone();
        }}
        onCancel={onDone}
        current={(resource) => ({
          body: { reason: '' },
          version: (resource as { version?: number }).version ?? version,
        })}
        savedBy={(changed) => <ChangedBy changed={changed} />}
        saveLabel={t.button}
      >
        {({ body, set, error }) => (
          <TextArea
            label={t.reason}
            hint={referralId ? t.referralHint : t.hint}
            rows={2}
            value={body.reason}
            onChange={(reason) => set({ reason })}
            error={error('/reason')}
          />
        )}
      </EditForm>
    </div>
  );
}
