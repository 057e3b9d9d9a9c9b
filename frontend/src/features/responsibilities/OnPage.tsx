import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import type { ResponsibilityItem } from '../../api/responsibilities';
import { AgreementMark, StandingMark, useShownDay } from '../../content/AgreementMark';
import { PostLink } from '../../content/PostLink';
import { SubjectLink } from '../../content/SubjectLink';
import { thingLabel, ThingPicker } from '../../content/ThingPicker';
import { T, useLang, useTexts } from '../../i18n';
import { useChosenDay } from '../../lib/asOf';
import { dateOf, formatDate, isISODate, type ISODate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Select } from '../../ui/filters';
import { DateField } from '../../ui/forms/fields';
import { Breadcrumb, Section } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded } from '../../ui/states';
import { onQuery, type ResponsibleOn, type ResponsibleOnItem } from './queries';
import './on.css';
import { kinds, type Kind } from './search';

/** Who was responsible for a thing on a day, by the record of that day. */
export function OnPage() {
  const texts = useTexts();
  const t = texts.responsibilities.on;
  const lang = useLang();
  const { kind, id, date } = useSearch({ from: '/$lang/responsibilities/on' });
  const today = useShownDay();
  const chosen = useChosenDay();
  const day = date ?? chosen ?? today;
  const on = useQuery({
    ...onQuery(kind ?? 'goal', id ?? '', day),
    enabled: kind !== undefined && id !== undefined,
  });
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        above={
          <Breadcrumb
            items={[
              {
                label: texts.matrix.title,
                link: { to: '/$lang/responsibilities', params: { lang } },
              },
            ]}
          />
        }
        actions={
          kind &&
          id && (
            <FileLinks
              path="/responsibilities/on"
              query={{ subjectKind: kind, subjectId: id, date: day }}
            />
          )
        }
      />
      <Question
        key={`${kind ?? ''} ${id ?? ''} ${day}`}
        kind={kind}
        id={id}
        day={day}
        on={on.data}
      />
      {kind && id ? (
        <Loaded query={on} loading={t.loading}>
          {(answer) => <Answer on={answer} />}
        </Loaded>
      ) : (
        <EmptyState title={t.chooseTitle} text={t.chooseText} />
      )}
    </>
  );
}

interface QuestionProps {
  kind: Kind | undefined;
  id: string | undefined;
  day: ISODate;
  on: ResponsibleOn | undefined;
}

/** Which thing and which day; the answer has an address of its own. */
function Question({ kind: asked, id, day, on }: QuestionProps) {
  const texts = useTexts();
  const t = texts.responsibilities.on;
  const lang = useLang();
  const navigate = useNavigate({ from: '/$lang/responsibilities/on' });
  const [kind, setKind] = useState<Kind>(asked ?? 'goal');
  const [chosen, setChosen] = useState<{ id: string; label: string } | null>();
  const [date, setDate] = useState<string>(day);
  // What the address names is chosen to begin with; null: nothing any more.
  const named =
    on && asked === kind && on.subject.id === id
      ? { id: on.subject.id, label: thingLabel(on.subject, lang) }
      : null;
  const value = chosen === undefined ? named : chosen;
  const ready = value !== null && isISODate(date);
  return (
    <form
      className="on-q"
      aria-label={t.question}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void navigate({ search: { kind, id: value.id, date } });
      }}
    >
      <Select
        label={t.kind}
        value={kind}
        options={kinds.map((each) => ({ value: each, label: texts.content.kinds[each] }))}
        onChange={(next) => {
          setKind(next);
          setChosen(undefined);
        }}
      />
      <ThingPicker
        key={`${kind} ${named?.id ?? ''}`}
        kind={kind}
        label={t.thing}
        value={value}
        onChange={setChosen}
      />
      <DateField label={t.day} value={date} onChange={setDate} />
      <Button type="submit" aria-disabled={!ready}>
        {t.ask}
      </Button>
    </form>
  );
}

/** The answer in a sentence and a table. */
function Answer({ on }: { on: ResponsibleOn }) {
  const t = useTexts().responsibilities.on;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const bound = on.items.filter((item) => item.bound);
  const unbound = on.items.filter((item) => !item.bound);
  const day = formatDate(on.date, lang);
  const leads = bound
    .filter(({ then }) => then.part === 'lead')
    .map(({ then, holders }) => {
      const names = holders
        .filter(({ kind, recorded }) => kind === 'holder' && recorded !== 'no_longer')
        .map((h) => h.name);
      const inside = [look(then.post.partyId).name, ...names].filter(Boolean).join(', ');
      return `${localised(then.post.title, lang).value} (${inside})`;
    });
  return (
    <div className="stack">
      <Section title={<SubjectLink subject={on.subject} />}>
        <p className="on-a">
          {leads.length > 0
            ? t.leads(day, new Intl.ListFormat(lang).format(leads), leads.length)
            : bound.length > 0
              ? t.noLead(day)
              : t.nobody(day)}
        </p>
        <p className="meta">{t.record}</p>
        {bound.length > 0 && <Items caption={t.inForceOn(day)} items={bound} day={on.date} />}
      </Section>
      {unbound.length > 0 && (
        <Section title={t.notInForceOn(day)}>
          <Items caption={t.notInForceOn(day)} items={unbound} day={on.date} />
        </Section>
      )}
      {on.later.length > 0 && (
        <Section title={t.later}>
          <p className="meta">{t.laterText(day)}</p>
          <ul className="hl">
            {on.later.map((item) => (
              <li key={item.id}>
                <Late item={item} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

function Late({ item }: { item: ResponsibilityItem }) {
  const texts = useTexts();
  const lang = useLang();
  const look = usePartyLooks(lang);
  return (
    <Who party={look(item.post.partyId)}>
      <PostLink post={item.post} /> {texts.ui.parts[item.part].name.toLowerCase()},{' '}
      {formatDate(item.validFrom, lang)}–
    </Who>
  );
}

interface ItemsProps {
  caption: string;
  items: readonly ResponsibleOnItem[];
  day: ISODate;
}

function Items({ caption, items, day }: ItemsProps) {
  const texts = useTexts();
  const t = texts.responsibilities;
  const lang = useLang();
  const look = usePartyLooks(lang);
  return (
    <DataTable
      className="on-t"
      caption={caption}
      groups={[{ key: 'all', rows: items }]}
      rowKey={({ then }) => then.id}
      columns={[
        {
          key: 'post',
          kind: 'name',
          header: t.post,
          render: ({ then }) => (
            <Who party={look(then.post.partyId)}>
              <PostLink post={then.post} />
            </Who>
          ),
        },
        { key: 'part', header: t.part, render: ({ then }) => texts.ui.parts[then.part].name },
        {
          key: 'wording',
          header: t.wording,
          render: ({ then }) =>
            localised(then.wording, lang).value ? <T text={then.wording} /> : '–',
        },
        {
          key: 'acceptance',
          header: t.on.acceptance,
          render: ({ then }) =>
            then.part === 'informed' ? (
              '–'
            ) : (
              <>
                <AgreementMark item={then} day={day} /> <StandingMark standing={then.standing} />
              </>
            ),
        },
        { key: 'holder', header: t.on.holder, render: (item) => <Holders item={item} /> },
        { key: 'since', header: t.on.since, render: (item) => <Since item={item} /> },
      ]}
    />
  );
}

/** Who held the post; what was recorded later, or corrected, says so. */
function Holders({ item: { holders } }: { item: ResponsibleOnItem }) {
  const t = useTexts().responsibilities.on;
  const lang = useLang();
  if (holders.length === 0) return t.noHolder;
  return (
    <ul className="chg">
      {holders.map(({ kind, name, validFrom, recorded, recordedAt }) => {
        const at = recordedAt ? formatDate(dateOf(recordedAt), lang) : '';
        const who = name ?? (kind === 'deputy' ? t.deputyHidden : t.holderHidden);
        return (
          <li key={`${kind} ${name ?? ''} ${validFrom}`}>
            {recorded === 'no_longer' ? <del>{who}</del> : who}
            {name && kind === 'deputy' && ` (${t.deputy})`}
            {recorded !== 'then' && <span className="meta df">{t.recorded[recorded](at)}</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** What is not so any more. */
function Since({ item: { then, now, changed } }: { item: ResponsibleOnItem }) {
  const texts = useTexts();
  const t = texts.responsibilities.on;
  const lang = useLang();
  if (changed.length === 0) return t.unchanged;
  const line = (change: (typeof changed)[number]) => {
    if (!now) return t.gone;
    switch (change) {
      case 'post':
        return t.now(texts.responsibilities.post, localised(now.post.title, lang).value);
      case 'part':
        return t.now(texts.responsibilities.part, texts.ui.parts[now.part].name);
      case 'wording':
        return t.now(texts.responsibilities.wording, localised(now.wording, lang).value || '–');
      case 'dates':
        return t.now(
          then.validTo === now.validTo
            ? texts.responsibilities.validFrom
            : texts.responsibilities.validTo,
          formatDate((then.validTo === now.validTo ? now.validFrom : now.validTo) ?? '', lang) ||
            '–',
        );
      case 'standing':
        return t.now(t.acceptance, texts.responsibilities.standings[now.standing].toLowerCase());
      case 'ended':
        return t.ended(formatDate(now.validTo ?? '', lang));
      case 'gone':
        return t.gone;
    }
  };
  return (
    <ul className="chg">
      {changed.map((change) => (
        <li key={change}>{line(change)}</li>
      ))}
    </ul>
  );
}
