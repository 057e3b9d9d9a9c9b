import { useState } from 'react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMe } from '../../api/me';
import { useParties } from '../../api/parties';
import { PostPicker } from '../../content/PostPicker';
import { useLang, useTexts } from '../../i18n';
import { formatDate, isISODate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { DateField } from '../../ui/forms/fields';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded, LoadingLines, LoadMore } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import { LogTable } from './LogTable';
import { logFilter, logPostQuery, logQuery } from './queries';
import type { LogFilter } from './search';
import './log.css';

/** The audit log: who changed what, when, by which permission and why. */
export function LogPage() {
  const texts = useTexts();
  const t = texts.log;
  const lang = useLang();
  const me = useMe().data;
  return (
    <>
      <PageHead title={t.title} lead={t.lead} actions={me?.signedIn && <Files />} />
      <p className="below">
        <Link to="/$lang/responsibilities/on" params={{ lang }}>
          {texts.responsibilities.whoWas}
        </Link>
      </p>
      {!me && <LoadingLines />}
      {me && !me.signedIn && <EmptyState title={t.signInTitle} text={t.signInText} />}
      {me?.signedIn && (
        <div className="log-mark">
          <InternalMark what={texts.content.insiders.log} ground={texts.ui.visibility.staff} />
        </div>
      )}
      {me?.signedIn && <Log />}
    </>
  );
}

function Files() {
  const filter = useSearch({ from: '/$lang/transparency/log' });
  return <FileLinks path="/audit/entries" query={logFilter(filter)} />;
}

function Log() {
  const texts = useTexts();
  const t = texts.log;
  const filter = useSearch({ from: '/$lang/transparency/log' });
  const navigate = useNavigate({ from: '/$lang/transparency/log' });
  const log = useInfiniteQuery(logQuery(filter));
  const total = log.data?.pages[0]?.total;
  const narrow = (part: LogFilter) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const none = {
    party: undefined,
    post: undefined,
    kind: undefined,
    subject: undefined,
    permission: undefined,
    from: undefined,
    to: undefined,
  };
  return (
    <>
      <FilterBar
        result={total === undefined ? '' : t.count(total)}
        tags={useTags(filter, narrow)}
        onClear={() => narrow(none)}
      >
        <Fields filter={filter} narrow={narrow} />
      </FilterBar>
      <Loaded query={log} loading={t.loading}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          return entries.length === 0 ? (
            <EmptyState />
          ) : (
            <>
              <LogTable entries={entries} />
              <LoadMore
                shown={entries.length}
                total={total}
                hasMore={log.hasNextPage}
                loading={log.isFetchingNextPage}
                onMore={() => void log.fetchNextPage()}
              />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

interface FieldsProps {
  filter: LogFilter;
  narrow: (part: LogFilter) => void;
}

function Fields({ filter, narrow }: FieldsProps) {
  const texts = useTexts();
  const t = texts.log;
  const lang = useLang();
  const parties = useParties().data ?? [];
  const { permissions, kinds } = texts.content;
  const [sought, setSought] = useState(0);
  const options = (words: Record<string, string>) =>
    Object.entries(words)
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => a.label.localeCompare(b.label, lang));
  const day = (value: string) => (isISODate(value) || value === '' ? value || undefined : null);
  return (
    <>
      <Select
        small
        label={texts.content.party}
        value={filter.party ?? ''}
        options={[
          { value: '', label: t.all },
          ...parties.map((p) => ({ value: p.id, label: localised(p.shortName, lang).value })),
        ]}
        onChange={(party) => narrow({ party: party || undefined })}
      />
      <Select
        small
        label={texts.content.subject}
        value={filter.kind ?? ''}
        options={[{ value: '', label: t.all }, ...options(kinds)]}
        onChange={(kind) => narrow({ kind: kind || undefined })}
      />
      <Select
        small
        label={texts.content.right}
        value={filter.permission ?? ''}
        options={[{ value: '', label: t.all }, ...options(permissions)]}
        onChange={(permission) => narrow({ permission: permission || undefined })}
      />
      {(['from', 'to'] as const).map((end) => (
        <DateField
          key={end}
          label={t[end]}
          value={filter[end] ?? ''}
          onChange={(value) => {
            const chosen = day(value);
            if (chosen !== null) narrow({ [end]: chosen });
          }}
        />
      ))}
      <PostPicker
        key={sought}
        label={t.post}
        value={null}
        onChange={(post) => {
          if (!post) return;
          setSought(sought + 1);
          narrow({ post: post.id });
        }}
      />
    </>
  );
}

function useTags(filter: LogFilter, narrow: (part: LogFilter) => void): FilterTag[] {
  const { content, log: t } = useTexts();
  const lang = useLang();
  const parties = useParties().data ?? [];
  const post = useQuery(logPostQuery(filter.post ?? '')).data;
  const party = parties.find(({ id }) => id === filter.party);
  const word = (words: Record<string, string>, code: string | undefined) =>
    code === undefined ? undefined : (words[code] ?? code);
  const labels: Record<keyof LogFilter, string | undefined> = {
    party: party && localised(party.shortName, lang).value,
    post: filter.post && (post ? localised(post.title, lang).value : t.post),
    kind: word(content.kinds, filter.kind),
    subject: filter.subject && t.oneSubject,
    permission: word(content.permissions, filter.permission),
    from: filter.from && `${t.from} ${formatDate(filter.from, lang)}`,
    to: filter.to && `${t.to} ${formatDate(filter.to, lang)}`,
  };
  return (Object.keys(labels) as (keyof LogFilter)[]).flatMap((key) => {
    const label = labels[key];
    return label ? [{ key, label, onRemove: () => narrow({ [key]: undefined }) }] : [];
  });
}
