import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { PathLink } from '../../content/PathLink';
import { useLang, useTexts, type Texts } from '../../i18n';
import { addDays, dateOf, isISODate, type ISODate } from '../../lib/dates';
import { fileAddress } from '../../lib/files';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import { AnchorButton, Button } from '../../ui/Button';
import { DateField } from '../../ui/forms/fields';
import { DateText, Section } from '../../ui/layout';
import { markWords } from '../../ui/markWords';
import { PageHead } from '../../ui/Page';
import { fieldError } from '../../ui/problemTexts';
import { EmptyState, Loaded } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import { betweenQuery, type Between, type BetweenItem } from './queries';
import '../../content/compare.css';
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
  });
  const refused = refusedOf(found.error, texts);
  const file = { of, from, to, lang };
  const filters = new URLSearchParams(of.split('?')[1]);
  filters.delete('sort');
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
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
                  {format === 'csv' ? 'CSV' : 'Excel'}
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
            <Days of={of} from={from} to={to ?? later} later={later} error={found.error} />
          )}
          {refused ? (
            <div role="alert">
              <EmptyState title={refused} />
            </div>
          ) : (
            <Loaded query={found} loading={t.loading}>
              {(between) => (
                <Differences
                  between={between}
                  filters={[...filters].length}
                  staff={staff}
                  today={today}
                />
              )}
            </Loaded>
          )}
        </div>
      )}
    </>
  );
}

/** Why this cannot be compared, if that is the reason: the days say at their fields what is wrong. */
function refusedOf(error: unknown, texts: Texts): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  if (error.errors.every(({ pointer }) => pointer === 'from' || pointer === 'to')) return undefined;
  return fieldError(error, 'of', texts) ?? texts.problems.fields.not_comparable;
}

interface DaysProps {
  of: string;
  from: string;
  to: string;
  /** The later day, or today while what is typed there is none: what the quick choices go back from. */
  later: ISODate;
  error: unknown;
}

/** The same day of the month before, or its last one. */
function monthsBefore(day: ISODate, months: number): ISODate {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last)))
    .toISOString()
    .slice(0, 10);
}

/** The choice of the days: typed, or back from the later one. */
function Days({ of, from, to, later, error }: DaysProps) {
  const texts = useTexts();
  const t = texts.between;
  const navigate = useNavigate({ from: '/$lang/between' });
  const [first, setFirst] = useState(from);
  const [second, setSecond] = useState(to);
  // Other days in the address are those of the fields; the fields stay, and with them the focus.
  const [shown, setShown] = useState({ from, to });
  if (shown.from !== from || shown.to !== to) {
    setShown({ from, to });
    setFirst(from);
    setSecond(to);
  }
  const go = (days: { from: string; to: string }) =>
    void navigate({ search: (old) => ({ ...old, of, ...days }), resetScroll: false });
  const quick = [
    { key: 'week', label: t.week, day: addDays(later, -7) },
    { key: 'month', label: t.month, day: monthsBefore(later, 1) },
    { key: 'year', label: t.year, day: monthsBefore(later, 12) },
  ];
  return (
    <form
      className="compare-days"
      aria-label={t.days}
      onSubmit={(event) => {
        event.preventDefault();
        // What was emptied is again what the page begins with.
        setFirst(first || from);
        setSecond(second || to);
        go({ from: first, to: second });
      }}
      noValidate
    >
      <div className="btns" role="group" aria-label={t.quick}>
        {quick.map(({ key, label, day }) => (
          <Button
            key={key}
            variant="secondary"
            small
            aria-pressed={day === from}
            onClick={() => go({ from: day, to: later })}
          >
            {label}
          </Button>
        ))}
      </div>
      <div className="fields">
        <DateField
          label={t.from}
          value={first}
          onChange={setFirst}
          error={fieldError(error, 'from', texts)}
        />
        <DateField
          label={t.to}
          value={second}
          onChange={setSecond}
          error={fieldError(error, 'to', texts)}
        />
        <Button type="submit">{t.compare}</Button>
      </div>
    </form>
  );
}

const kinds = ['came', 'changed', 'went'] as const;

interface DifferencesProps {
  between: Between;
  /** How many filters the list has. */
  filters: number;
  staff: boolean;
  today: ISODate | undefined;
}

function Differences({ between, filters, staff, today }: DifferencesProps) {
  const t = useTexts().between;
  const lang = useLang();
  const { list, items, from, to, unchanged } = between;
  const name = localised(between.name, lang).value;
  const [only] = items;
  const days = { from, to, today };
  return (
    <>
      <p>
        <b>
          {list ? t.ofList(name) : name} <DateText date={from} />–<DateText date={to} />
        </b>
        {list && (
          <span className="meta">
            {filters > 0 && ` · ${t.filtered(filters)}`} · {t.unchanged(unchanged)}
          </span>
        )}
        {!staff && <span className="meta"> {t.publicSees}</span>}
      </p>
      {items.length === 0 && <EmptyState title={t.none} />}
      {!list && only && (
        <>
          {only.kind !== 'changed' && <p>{only.kind === 'came' ? t.itemCame : t.itemWent}</p>}
          <ul className="hl compare-items">
            {only.kind === 'changed' && <Sides from={from} to={to} />}
            <Row item={only} {...days} heading="h2" open />
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
  /** Its level: below the heading of a part, or of the page. */
  heading?: 'h2' | 'h3';
  /** Its fields are shown at once. */
  open?: boolean;
}

function Row({ item, from, to, today, heading: Heading = 'h3', open }: RowProps) {
  const t = useTexts().between;
  const day = item.kind === 'went' ? from : to;
  return (
    <li>
      <Heading className="compare-h">
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
      </Heading>
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
