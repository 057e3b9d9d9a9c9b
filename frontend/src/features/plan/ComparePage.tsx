import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { plansQuery, type Plan } from '../../api/terms';
import { CompareDays, ComparisonRefused, refusedComparison } from '../../content/CompareDays';
import { changeLines } from '../../content/changes';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts, type Texts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { dateOf, formatDate, type ISODate } from '../../lib/dates';
import { fileQuery } from '../../lib/files';
import { localised } from '../../lib/text';
import { AnchorButton } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { Breadcrumb, DateText, Section } from '../../ui/layout';
import { markWords } from '../../ui/markWords';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded } from '../../ui/states';
import { comparisonQuery, planQuery, type PlanComparison } from './queries';
import './plan.css';

/** What differs between a plan on two days. */
export function ComparePage() {
  const { key } = useParams({ from: '/$lang/plan/$key/compare' });
  const chosen = useSearch({ from: '/$lang/plan/$key/compare' });
  const texts = useTexts();
  const t = texts.plan;
  const lang = useLang();
  const plan = useQuery(planQuery(key, ofNow));
  const me = useMe().data;
  // The server's today: a browser may be a day off.
  const today = me && dateOf(me.now);
  // Without days chosen the page begins with what has changed since the last adoption.
  const standard =
    (chosen.from ?? chosen.to) ? undefined : today && plan.data && sinceLast(plan.data, today);
  const { from, to } = standard ? { from: standard.adoptedOn, to: undefined } : chosen;
  const { before } = chosen;
  const compared = useQuery({
    ...comparisonQuery(key, from ?? '', to, before),
    enabled: from !== undefined,
    // What is shown stays, with its days, until the other days are compared.
    placeholderData: (previous) => (previous?.plan.key === key ? previous : undefined),
  });
  const refused = refusedComparison(compared.error, 'before', useTexts());
  const staff = me?.hasRole ?? false;
  return (
    <>
      <PageHead
        title={t.compareTitle}
        lead={t.compareLead}
        above={
          <Breadcrumb
            items={[
              { label: t.title, link: { to: '/$lang/plan', params: { lang } } },
              ...(plan.data
                ? [
                    {
                      label: localised(plan.data.title, lang).value,
                      link: { to: '/$lang/plan/$key' as const, params: { lang, key } },
                    },
                  ]
                : []),
            ]}
          />
        }
        actions={
          compared.data && (
            <span className="btns">
              {(['csv', 'xlsx', 'docx'] as const).map((format) => (
                <AnchorButton
                  key={format}
                  variant="secondary"
                  small
                  download
                  href={`/api/v1/plans/${key}/comparison/${format}?${fileQuery({ from, to, before, lang })}`}
                >
                  {texts.ui.download(format.toUpperCase())}
                </AnchorButton>
              ))}
            </span>
          )
        }
      />
      <div className="stack plan">
        <Loaded query={plan}>
          {(shown) =>
            today && (
              <Days
                plan={shown}
                from={from}
                to={to}
                before={before}
                today={today}
                error={compared.error}
              />
            )
          }
        </Loaded>
        {refused ? (
          <ComparisonRefused {...refused} />
        ) : from === undefined ? (
          plan.data && <EmptyState title={t.chooseDays} />
        ) : (
          <Loaded query={compared} loading={t.comparing}>
            {(comparison) => <Differences comparison={comparison} staff={staff} />}
          </Loaded>
        )}
      </div>
    </>
  );
}

interface DaysProps {
  plan: Plan;
  from: ISODate | undefined;
  to: ISODate | undefined;
  before: string | undefined;
  today: ISODate;
  error: unknown;
}

/** The plan's last adoption; what was adopted today has no days between. */
function sinceLast({ revisions }: Plan, today: ISODate) {
  const last = revisions.at(-1);
  return last && last.adoptedOn < today ? last : undefined;
}

/** The choice of the days: typed, or from one adoption of the plan to the next or to today. */
function Days({ plan, from, to, before, today, error }: DaysProps) {
  const t = useTexts().plan;
  const lang = useLang();
  const navigate = useNavigate({ from: '/$lang/plan/$key/compare' });
  const [other, setOther] = useState(before ?? '');
  const [shown, setShown] = useState(before);
  // Another plan in the address is that of the field, which stays.
  if (shown !== before) {
    setShown(before);
    setOther(before ?? '');
  }
  const plans = useQuery(plansQuery(ofNow)).data ?? [];
  const { revisions } = plan;
  const since = sinceLast(plan, today);
  // What was adopted twice on a day has no days between.
  const pairs = revisions.flatMap((later, index) => {
    const earlier = revisions[index - 1];
    return earlier && earlier.adoptedOn < later.adoptedOn ? [{ earlier, later }] : [];
  });
  const quick = [
    ...(since
      ? [
          {
            key: 'since',
            label: t.sinceRevision(t.revisionNo(since.no), formatDate(since.adoptedOn, lang)),
            from: since.adoptedOn,
            to: today,
          },
        ]
      : []),
    ...pairs.map(({ earlier, later }) => ({
      key: String(later.no),
      label: t.betweenRevisions(t.revisionNo(earlier.no), t.revisionNo(later.no)),
      from: earlier.adoptedOn,
      to: later.adoptedOn,
    })),
  ];
  return (
    <CompareDays
      from={from ?? ''}
      to={to ?? today}
      quick={quick}
      noneHolds={before !== undefined}
      error={error}
      onGo={(days, by) => {
        if (by === 'quick') setOther('');
        void navigate({
          search: {
            from: days.from || undefined,
            to: days.to === today ? undefined : days.to || undefined,
            before: by === 'typed' && other !== '' ? other : undefined,
          },
          resetScroll: false,
        });
      }}
    >
      {plans.length > 1 && (
        <Select
          label={t.carryOver.compareWith}
          value={other}
          options={[
            { value: '', label: t.carryOver.samePlan },
            ...plans
              .filter(({ id }) => id !== plan.id)
              .map((each) => ({ value: each.key, label: localised(each.title, lang).value })),
          ]}
          onChange={setOther}
        />
      )}
    </CompareDays>
  );
}

type Item = PlanComparison['items'][number];

function Differences({ comparison, staff }: { comparison: PlanComparison; staff: boolean }) {
  const t = useTexts().plan;
  const lang = useLang();
  const { items, from, to, left, missing } = comparison;
  const counts = ({ added, removed, changed, unchanged }: PlanComparison['goals']) =>
    t.compareCounts(added, removed, changed, unchanged);
  const section = (subject: Item['subject'], title: string, aside?: string) => {
    const shown = items.filter((item) => item.subject === subject);
    if (shown.length === 0 && subject === 'plan') return null;
    return (
      <Section title={title} aside={aside}>
        {shown.length === 0 ? (
          <p className="meta">{t.sameSides}</p>
        ) : (
          <ul className="hl compare-items">
            {shown.some(({ kind }) => kind === 'changed') && (
              <li className="compare-lines compare-sides" aria-hidden="true">
                <div>
                  <span />
                  <DateText date={from} />
                  <DateText date={to} />
                </div>
              </li>
            )}
            {shown.map((item) => (
              <Difference key={item.id} item={item} labels={comparison.labels} />
            ))}
          </ul>
        )}
      </Section>
    );
  };
  if (missing.length > 0) {
    return (
      <EmptyState
        title={missing
          .map((side) => t.compareMissing(formatDate(side === 'from' ? from : to, lang)))
          .join(' ')}
      />
    );
  }
  return (
    <>
      <p>
        <b>
          {comparison.before && (
            <>
              <T text={comparison.before.title} />{' '}
            </>
          )}
          <DateText date={from} />
          {comparison.before ? ' – ' : '–'}
          {comparison.before && (
            <>
              <T text={comparison.plan.title} />{' '}
            </>
          )}
          <DateText date={to} />
        </b>
        {!staff && <span className="meta"> {t.publicSees}</span>}
      </p>
      {section('plan', t.thePlan)}
      {section('goal', t.goalsOnly, counts(comparison.goals))}
      {section('action', t.actionsOnly, counts(comparison.actions))}
      {left > 0 && <p className="meta">{t.compareLeft(left)}</p>}
    </>
  );
}

function Difference({ item, labels }: { item: Item; labels: PlanComparison['labels'] }) {
  const texts = useTexts();
  const t = texts.plan;
  const lang = useLang();
  const path = labels[item.id]?.path;
  const name = (
    <>
      {item.no} <T text={item.title} />
    </>
  );
  return (
    <li>
      <h3 className="compare-h">
        <span className="meta">{t.differences[item.kind]}</span>{' '}
        {path ? (
          <PathLink className="q" path={path}>
            {name}
          </PathLink>
        ) : (
          name
        )}
      </h3>
      {item.why && (
        <p className="row-text">
          {texts.goals.ending.kinds[item.why.ending]}
          {item.why.into && (
            <>
              {': '}
              <PathLink path={item.why.into.path ?? ''}>
                {item.why.into.no} <T text={item.why.into.title} />
              </PathLink>
            </>
          )}
          {'. '}
          <T text={item.why.reason} />
        </p>
      )}
      {item.kind === 'changed' && (
        <dl className="compare-lines">
          {linesOf(item, labels, texts, lang).map((line) => (
            <div key={line.key}>
              <dt>{line.field}</dt>
              <dd>
                <span className="compare-side">{t.sideOld}: </span>
                {line.old === undefined ? '–' : markWords(line.new ?? '', line.old)}
              </dd>
              <dd>
                <span className="compare-side">{t.sideNew}: </span>
                {line.new === undefined ? '–' : markWords(line.old ?? '', line.new)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function linesOf(
  item: Item,
  labels: PlanComparison['labels'],
  texts: Texts,
  lang: 'fi' | 'sv' | 'en',
) {
  return changeLines({ changes: item.changes, labels }, texts, lang);
}
