import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { usePersonSearch } from '../../api/people';
import { StandingMark } from '../../content/AgreementMark';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { addDays, formatDate, isISODate } from '../../lib/dates';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { ConditionSign } from '../../ui/Condition';
import { ComboBox, type ComboOption } from '../../ui/forms/ComboBox';
import { DateField } from '../../ui/forms/fields';
import { fieldError } from '../../ui/problemTexts';
import { Segments } from '../../ui/Segments';
import { ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { dutiesQuery, useEndHolding, type DutyGroup, type Holding } from './queries';

type Follower = 'nobody' | Holding['kind'];

interface EndHoldingProps {
  holding: Holding;
  today: string;
  onClose: () => void;
}

/**
 * Ends a holding. Of a holder it shows first what the post owns, and asks who takes over: nothing
 * that the post owns moves with the person.
 */
export function EndHolding({ holding, today, onClose }: EndHoldingProps) {
  const texts = useTexts();
  const t = texts.organisation;
  const tell = useToast();
  const [lastDay, setLastDay] = useState(today);
  const [follower, setFollower] = useState<Follower>('nobody');
  const [person, setPerson] = useState<ComboOption | null>(null);
  const [from, setFrom] = useState<string>();
  const people = usePersonSearch([holding.post.partyId]);
  const { mutateAsync, isPending, error } = useEndHolding();
  const leaves = holding.kind === 'holder';
  const validFrom = from ?? (isISODate(lastDay) ? addDays(lastDay, 1) : '');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isPending) return;
    const next =
      follower === 'nobody' ? undefined : { personId: person?.id ?? '', kind: follower, validFrom };
    whenSaved(mutateAsync({ id: holding.id, lastDay, next }), () => {
      tell(next ? t.saved.endedWith : t.saved.ended);
      onClose();
    });
  };
  return (
    <form
      className="org-inner"
      aria-label={t.form.endHoldingOf(holding.person.name)}
      onSubmit={submit}
      noValidate
    >
      {leaves && <Duties postId={holding.post.id} />}
      <DateField
        label={t.form.lastDay}
        hint={t.form.lastDayHint}
        value={lastDay}
        onChange={setLastDay}
        error={fieldError(error, '/lastDay', texts)}
      />
      {leaves && (
        <>
          <Segments
            label={t.ending.follower}
            options={(['nobody', 'deputy', 'holder'] as const).map((value) => ({
              value,
              label: t.ending.followers[value],
            }))}
            value={follower}
            onChange={setFollower}
          />
          <p className="meta">{t.ending.followerText[follower]}</p>
        </>
      )}
      {follower !== 'nobody' && (
        <div className="org-period">
          <ComboBox
            label={t.form.person}
            hint={t.form.personHint}
            value={person}
            onChange={setPerson}
            options={people.found}
            onSearch={people.search}
            loading={people.loading}
            error={fieldError(error, '/next/personId', texts)}
          />
          <DateField
            label={t.form.validFrom}
            value={validFrom}
            onChange={setFrom}
            error={fieldError(error, '/next/validFrom', texts)}
          />
        </div>
      )}
      {error && <ErrorState error={error} title={texts.problems.saveTitle} />}
      <div className="btns">
        <Button type="submit" small aria-disabled={isPending}>
          {texts.ui.save}
        </Button>
        <Button variant="quiet" small onClick={onClose}>
          {texts.ui.cancel}
        </Button>
      </div>
    </form>
  );
}

/** Everything that is open of a post, by kind. */
function Duties({ postId }: { postId: string }) {
  const t = useTexts().organisation.ending;
  const groups = useQuery(dutiesQuery(postId, ofNow));
  return (
    <section aria-label={t.owns}>
      <h4>{t.owns}</h4>
      <Loaded query={groups} loading={t.loading}>
        {(found) =>
          found.length === 0 ? (
            <p className="meta">{t.ownsNothing}</p>
          ) : (
            <>
              <p className="meta">{t.stays}</p>
              {found.map((group) => (
                <details key={group.kind} open={group.total <= 5}>
                  <summary>
                    {t.kinds[group.kind](group.total)}
                    {group.waiting > 0 && (
                      <span className="meta"> · {t.waiting(group.waiting)}</span>
                    )}
                  </summary>
                  <ul className="org-duties">
                    {group.items.map((duty) => (
                      <li key={`${duty.id} ${duty.part}`}>
                        <DutyLine duty={duty} />
                      </li>
                    ))}
                  </ul>
                  {group.total > group.items.length && (
                    <p className="meta">{t.more(group.total - group.items.length)}</p>
                  )}
                </details>
              ))}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function DutyLine({ duty }: { duty: DutyGroup['items'][number] }) {
  const texts = useTexts();
  const lang = useLang();
  const { kind, id, no, chainId, title, part, standing, condition, dueOn } = duty;
  const path = {
    goal: `/goals/${no ?? ''}`,
    action: `/actions/${no ?? ''}`,
    chain: `/chains/${id}`,
    stage: `/chains/${chainId ?? ''}`,
    handover: `/chains/${chainId ?? ''}`,
    forum: `/forums/${id}`,
    meeting: `/meetings/${id}`,
  }[kind];
  const parts: Record<string, string> = texts.organisation.ending.parts;
  const meta = [
    parts[part],
    condition && texts.ui.conditions[condition].toLowerCase(),
    dueOn && texts.organisation.to(formatDate(dueOn, lang)),
  ].filter(Boolean);
  return (
    <>
      {condition && <ConditionSign value={condition} />}
      <span>
        <PathLink className="q" path={path}>
          {(kind === 'goal' || kind === 'action') && `${no ?? ''} `}
          <T text={title} />
        </PathLink>{' '}
        <span className="meta">{meta.join(' · ')}</span> <StandingMark standing={standing} />
      </span>
    </>
  );
}
