import { useState } from 'react';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { PostLink } from '../../content/PostLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { useFocusAfter, useFocusFirst } from '../../lib/focus';
import { complete, noText } from '../../lib/text';
import { Button } from '../../ui/Button';
import { EditForm } from '../../ui/forms/EditForm';
import { TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Section } from '../../ui/layout';
import { PartyMark } from '../../ui/PartyMark';
import { useToast } from '../../ui/Toast';
import { tally, useDecideRound, type Round } from './queries';

/** The two parties in equal halves: whether each has completed its reporting, and its button. */
export function Sides({ round }: { round: Round }) {
  const t = useTexts().rounds.side;
  return (
    <Section title={t.title}>
      <div className="owners">
        {round.parties.map((party) => (
          <Half key={party} party={party} round={round} />
        ))}
      </div>
    </Section>
  );
}

function Half({ party, round }: { party: string; round: Round }) {
  const texts = useTexts().rounds;
  const t = texts.side;
  const lang = useLang();
  const look = usePartyLooks(lang)(party);
  const asOf = useAsOf();
  const toast = useToast();
  const mine = useMe().data?.partyId === party;
  const [doing, setDoing] = useState(false);
  const frame = useFocusAfter<HTMLDivElement>(doing, '[data-key="side"]', 'b');
  const form = useFocusFirst<HTMLDivElement>(doing ? 1 : 0, 'input, textarea, button');
  const may = mine && !asOf && round.permissions.some((held) => held === 'round.complete');
  const completion = round.completions.find(({ partyId }) => partyId === party);
  const sum = tally(round.figures.filter(({ partyId }) => partyId === party));
  const close = (text?: string) => {
    if (text) toast(text);
    setDoing(false);
  };
  return (
    <div ref={frame}>
      <span className={look.shape === 'circle' ? 'hb hb-l' : 'hb hb-e'} />
      <p>
        <PartyMark party={look} /> {look.name}
      </p>
      <p>
        <b tabIndex={-1}>
          {completion ? t.done(formatDate(dateOf(completion.completedAt), lang)) : t.notYet}
        </b>
      </p>
      {completion?.post && (
        <p className="ps">
          <PostLink post={completion.post} />
        </p>
      )}
      {completion?.note && (
        <p className="ps">
          <T text={completion.note} />
        </p>
      )}
      <p className="ps">
        {texts.givenSpoken(sum.reported + sum.late, sum.asked)}
        {sum.late > 0 && ` · ${texts.lateOf(sum.late)}`}
        {sum.missing > 0 && ` · ${texts.missingOf(sum.missing)}`}
        {sum.waiting > 0 && ` · ${texts.waitingOf(sum.waiting)}`}
      </p>
      {may && !doing && (
        <Button
          variant={completion ? 'quiet' : 'secondary'}
          small
          data-key="side"
          onClick={() => setDoing(true)}
        >
          {completion ? t.reopen : t.complete(look.name)}
        </Button>
      )}
      <div ref={form}>
        {may && doing && completion && (
          <ReopenForm round={round} onSaved={() => close(t.reopened)} onCancel={() => close()} />
        )}
        {may && doing && !completion && (
          <CompleteForm
            round={round}
            name={look.name}
            missing={sum.missing > 0}
            onSaved={(saved) => close(saved.state === 'completed' ? t.frozen : t.completed)}
            onCancel={() => close()}
          />
        )}
      </div>
    </div>
  );
}

interface FormProps {
  round: Round;
  onSaved: (saved: Round) => void;
  onCancel: () => void;
}

function CompleteForm({
  round,
  name,
  missing,
  onSaved,
  onCancel,
}: FormProps & { name: string; missing: boolean }) {
  const t = useTexts().rounds.side;
  const decide = useDecideRound(round);
  return (
    <EditForm<{ note: { fi: string; sv: string; en: string } }, Round>
      label={t.complete(name)}
      initial={{ note: noText }}
      save={({ note }) => decide.mutateAsync({ kind: 'completion', note })}
      onSaved={onSaved}
      onCancel={onCancel}
      saveLabel={t.confirm}
    >
      {({ body, set, errors }) => (
        <>
          <p className="meta">{t.completeText}</p>
          {missing && (
            <>
              <p className="meta">{t.noteHint}</p>
              <LocalisedField
                label={t.note}
                value={body.note}
                onChange={(note) => set({ note: complete(note) })}
                errors={errors('/note')}
                multiline
              />
            </>
          )}
        </>
      )}
    </EditForm>
  );
}

function ReopenForm({ round, onSaved, onCancel }: FormProps) {
  const t = useTexts().rounds.side;
  const decide = useDecideRound(round);
  return (
    <EditForm<{ reason: string }, Round>
      label={t.reopen}
      initial={{ reason: '' }}
      save={({ reason }) => decide.mutateAsync({ kind: 'reopening', reason })}
      onSaved={onSaved}
      onCancel={onCancel}
      saveLabel={t.reopen}
    >
      {({ body, set, error }) => (
        <TextField
          label={t.reopenReason}
          value={body.reason}
          onChange={(reason) => set({ reason })}
          error={error('/reason')}
        />
      )}
    </EditForm>
  );
}
