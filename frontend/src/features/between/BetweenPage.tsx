import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMe } from '../../api/me';
import { CompareDays, ComparisonRefused, refusedComparison } from '../../content/CompareDays';
import { PathLink } from '../../content/PathLink';
import { useLang, useTexts, type Texts } from '../../i18n';
import { addDays, dateOf, isISODate, type ISODate } from '../../lib/dates';
import { fileAddress } from '../../lib/files';
import { localised } from '../../lib/text';
import { BackLink } from '../../ui/BackLink';
import { AnchorButton } from '../../ui/Button';
import { DateText, Section } from '../../ui/layout';
import { markWords } from '../../ui/markWords';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import { betweenQuery, type Between, type BetweenAbout, type BetweenItem } from './queries';
import './between.css';

/** What changed in a list or an item between two days: what came, what changed, what went. */
export function BetweenPage() {
  const texts = useTexts();
  const t = texts.between;
  const lang = useLang();
  const search = useSearch({ from: '/$lang/between' });
  const { of = '', to } = search;
  const me = useMe().data;
  const staff = me?.hasRole ?? false;
  // The server's today: a browser may be a day off.
  const today = me && dateOf(me.now);
  // Without days chosen the page begins with the last week.
  const later = isISODate(to) ? to : today;
  const from = search.from ?? (later && addDays(later, -7));
  const found = useQuery({
    ...betweenQuery(of, from ?? '', to, lang),
    enabled: of !== '' && from !== undefined,
    // What is shown stays, with its days, until the other days are compared.
    placeholderData: (previous) => (previous?.of === of ? previous : undefined),
  });
  const navigate = useNavigate({ from: '/$lang/between' });
  const refused = refusedComparison(found.error, 'of', texts);
  const file = { of, from, to, lang };
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        above={<WayBack between={found.data} back={search.back} today={today} />}
        actions={
          found.data && (
            <span className="btns">
              {(['csv', 'xlsx'] as const).map((format) => (
                <AnchorButton
                  key={format}
                  variant="secondary"
                  small
                  download
                  href={fileAddress('/between', format, file)}
                >
                  {texts.ui.download(format === 'csv' ? 'CSV' : 'Excel')}
                </AnchorButton>
              ))}
            </span>
          )
        }
      />
      {of === '' ? (
        <EmptyState title={t.choose} text={t.chooseText} />
      ) : (
        <div className="stack between">
          {from && later && (
            <CompareDays
              from={from}
              to={to ?? later}
              quick={quickDays(later, t)}
              error={found.error}
              onGo={(days) =>
                void navigate({ search: (old) => ({ ...old, of, ...days }), resetScroll: false })
              }
            />
          )}
          {refused ? (
            <ComparisonRefused {...refused} />
          ) : (
            <Loaded query={found} loading={t.loading}>
              {(between) => <Differences between={between} staff={staff} today={today} />}
            </Loaded>
          )}
        </div>
      )}
    </>
  );
}

/** The same day of the month before, or its last one. */
function monthsBefore(day: ISODate, months: number): ISODate {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last)))
    .toISOString()
    .slice(0, 10);
}

/** The days a week, a month and a year before the later one. */
function quickDays(later: ISODate, t: Texts['between']) {
  return [
    { key: 'week', label: t.week, from: addDays(later, -7), to: later },
    { key: 'month', label: t.month, from: monthsBefore(later, 1), to: later },
    { key: 'year', label: t.year, from: monthsBefore(later, 12), to: later },
  ];
}

const kinds = ['came', 'changed', 'went'] as const;

interface WayBackProps {
  between: Between | undefined;
  back: string | undefined;
  today: ISODate | undefined;
}

/** The way back to the list or thing, as the reader left it; without one, to the thing itself. */
function WayBack({ between, back, today }: WayBackProps) {
  const texts = useTexts();
  const lang = useLang();
  const about = between?.about;
  const then = about && today && about.on < today ? `?asOf=${about.on}` : '';
  const path = back ?? (about?.path && `${about.path}${then}`);
  if (path === undefined) return null;
  const name = between && (about?.title ?? localised(between.name, lang).value);
  return (
    <nav className="crumb" aria-label={texts.ui.breadcrumb}>
      <ol className="crumbs">
        <li>
          <BackLink to={path}>{name ?? texts.between.back}</BackLink>
        </li>
      </ol>
    </nav>
  );
}

/** The thing that is compared, or whose list is, as it was on the day that it is called so. */
function About({ about, today }: { about: BetweenAbout; today: ISODate | undefined }) {
  const { title, path, on } = about;
  return (
    <h2 className="compare-h">
      {path ? (
        <PathLink
          className="q"
          path={path}
          asOf={today === undefined || on < today ? on : undefined}
        >
          {title}
        </PathLink>
      ) : (
        title
      )}
    </h2>
  );
}

/** The filters that hold, in words, as the list has them. */
function Filters({ filters }: { filters: Between['filters'] }) {
  const t = useTexts().between;
  const lang = useLang();
  return (
    <ul className="tags" aria-label={t.filters}>
      {filters.map(({ param, name, values }) => (
        <li key={param} className="tag">
          {localised(name, lang).value}
          {values.length > 0 && `: ${values.join(', ')}`}
        </li>
      ))}
    </ul>
  );
}

interface DifferencesProps {
  between: Between;
  staff: boolean;
  today: ISODate | undefined;
}

function Differences({ between, staff, today }: DifferencesProps) {
  const t = useTexts().between;
  const lang = useLang();
  const { list, items, from, to, unchanged, about, filters } = between;
  const name = localised(between.name, lang).value;
  const [only] = items;
  const days = { from, to, today };
  return (
    <>
      <div className="between-of">
        {about && <About about={about} today={today} />}
        <p>
          <b>
            {list ? t.ofList(name) : name} <DateText date={from} />–<DateText date={to} />
          </b>
          {list && <span className="meta"> · {t.unchanged(unchanged)}</span>}
        </p>
        {filters.length > 0 && <Filters filters={filters} />}
        {!staff && <p className="meta">{t.publicSees}</p>}
      </div>
      {items.length === 0 && <EmptyState title={t.none} />}
      {!list && only && (
        <>
          {only.kind !== 'changed' && <p>{only.kind === 'came' ? t.itemCame : t.itemWent}</p>}
          <ul className="hl compare-items" aria-label={t.values}>
            {only.kind === 'changed' && <Sides from={from} to={to} />}
            <li>
              {only.visibility === 'internal' && <InternalMark />}
              <Fields item={only} />
            </li>
          </ul>
        </>
      )}
      {list &&
        items.length > 0 &&
        kinds.map((kind) => {
          const rows = items.filter((item) => item.kind === kind);
          return (
            <Section key={kind} title={t[kind]} aside={t.count(between[kind])}>
              {kind !== 'changed' && rows.length > 0 && (
                <p className="meta">{kind === 'came' ? t.cameText : t.wentText}</p>
              )}
              {between[kind] === 0 && <p className="meta">–</p>}
              {rows.length > 0 && (
                <ul className="hl compare-items">
                  {kind === 'changed' && <Sides from={from} to={to} />}
                  {rows.map((item) => (
                    <Row key={item.id} item={item} {...days} open={kind === 'changed'} />
                  ))}
                </ul>
              )}
              {between[kind] > rows.length && (
                <p className="meta">{t.left(between[kind] - rows.length)}</p>
              )}
            </Section>
          );
        })}
    </>
  );
}

/** The days above both sides, where there is room. */
function Sides({ from, to }: { from: ISODate; to: ISODate }) {
  return (
    <li className="compare-lines compare-sides" aria-hidden="true">
      <div>
        <span />
        <DateText date={from} />
        <DateText date={to} />
      </div>
    </li>
  );
}

interface RowProps {
  item: BetweenItem;
  from: ISODate;
  to: ISODate;
  today: ISODate | undefined;
  /** Its fields are shown at once. */
  open?: boolean;
}

function Row({ item, from, to, today, open }: RowProps) {
  const t = useTexts().between;
  const day = item.kind === 'went' ? from : to;
  return (
    <li>
      <h3 className="compare-h">
        {item.path ? (
          <PathLink
            className="q"
            path={item.path}
            asOf={today === undefined || day < today ? day : undefined}
          >
            {item.title}
          </PathLink>
        ) : (
          item.title
        )}
      </h3>
      {item.visibility === 'internal' && <InternalMark />}
      {open ? (
        <Fields item={item} />
      ) : (
        item.changes.length > 0 && (
          <details>
            <summary>{t.values}</summary>
            <Fields item={item} />
          </details>
        )
      )}
    </li>
  );
}

/** The fields of a row with their values on both days, the words marked that differ. */
function Fields({ item }: { item: BetweenItem }) {
  const t = useTexts().between;
  const lang = useLang();
  const both = item.kind === 'changed';
  return (
    <dl className={both ? 'compare-lines' : 'compare-lines one'}>
      {item.changes.map((change) => (
        <div key={`${change.field} ${change.language ?? ''}`}>
          <dt>
            {localised(change.heading, lang).value}
            {change.language && ` ${t.inLanguage[change.language]}`}
          </dt>
          {both ? (
            <>
              <dd lang={change.language}>
                <span className="compare-side" lang={lang}>
                  {t.old}:{' '}
                </span>
                {change.old === '' ? <Nothing /> : markWords(change.new, change.old)}
              </dd>
              <dd lang={change.language}>
                <span className="compare-side" lang={lang}>
                  {t.new}:{' '}
                </span>
                {change.new === '' ? <Nothing /> : markWords(change.old, change.new)}
              </dd>
            </>
          ) : (
            <dd lang={change.language}>{change.old || change.new}</dd>
          )}
        </div>
      ))}
    </dl>
  );
}

function Nothing() {
  const t = useTexts().between;
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="vh">{t.empty}</span>
    </>
  );
}
