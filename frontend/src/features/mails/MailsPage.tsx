import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import { AdminPage } from '../../content/AdminPage';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { DataTable, type Column } from '../../ui/DataTable';
import { FilterBar, Select, type FilterTag } from '../../ui/filters';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded, LoadMore } from '../../ui/states';
import './mails.css';
import { mailQuery, mailsQuery, type SentMail } from './queries';
import { mailKinds, mailStates, type MailSearch } from './search';

const route = getRouteApi('/$lang/admin/mails');

/** What was sent to whom, for administrators and auditors. */
export function MailsPage() {
  const t = useTexts().mails;
  return (
    <AdminPage {...t} permission="mail.read">
      {() => (
        <>
          <PageHead title={t.title} lead={t.lead} actions={<Files />} />
          <Mails />
        </>
      )}
    </AdminPage>
  );
}

function Files() {
  const { state, kind } = route.useSearch();
  return <FileLinks path="/mails" query={{ state, kind }} />;
}

function Mails() {
  const t = useTexts().mails;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (part: MailSearch) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true });
  const query = useInfiniteQuery(mailsQuery(search));
  const mails = query.data?.pages.flatMap(({ items }) => items);
  const total = query.data?.pages[0]?.total ?? 0;
  const [open, setOpen] = useState<string>();
  const tags: FilterTag[] = [];
  if (search.state) {
    tags.push({
      key: 'state',
      label: t.states[search.state],
      onRemove: () => narrow({ state: undefined }),
    });
  }
  if (search.kind) {
    tags.push({
      key: 'kind',
      label: t.kinds[search.kind],
      onRemove: () => narrow({ kind: undefined }),
    });
  }
  return (
    <>
      <FilterBar
        result={mails ? t.count(total) : ''}
        tags={tags}
        onClear={() => narrow({ state: undefined, kind: undefined })}
      >
        <Select
          small
          label={t.state}
          value={search.state ?? ''}
          options={[
            { value: '', label: t.all },
            ...mailStates.map((value) => ({ value, label: t.states[value] })),
          ]}
          onChange={(value) => narrow({ state: value || undefined })}
        />
        <Select
          small
          label={t.kind}
          value={search.kind ?? ''}
          options={[
            { value: '', label: t.all },
            ...mailKinds.map((value) => ({ value, label: t.kinds[value] })),
          ]}
          onChange={(value) => narrow({ kind: value || undefined })}
        />
      </FilterBar>
      <Loaded query={{ ...query, data: mails }} loading={t.loading}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t.empty.title} text={t.empty.text} />
          ) : (
            <>
              <MailTable mails={found} open={open} onOpen={setOpen} />
              <LoadMore
                shown={found.length}
                total={total}
                hasMore={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}

interface MailTableProps {
  mails: readonly SentMail[];
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
}

function MailTable({ mails, open, onOpen }: MailTableProps) {
  const texts = useTexts();
  const t = texts.mails;
  const { topics } = texts.profile;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const columns: Column<SentMail>[] = [
    {
      key: 'subject',
      header: t.columns.subject,
      kind: 'name',
      render: (mail) => (
        <>
          <div>{mail.subject ?? t.kinds[mail.kind]}</div>
          <div className="meta">
            {t.kinds[mail.kind]}
            {mail.meetingId && mail.forum && (
              <>
                {' · '}
                <PathLink className="q" path={`/meetings/${mail.meetingId}`}>
                  {localised(mail.forum, lang).value} {mail.meeting}
                </PathLink>
              </>
            )}
            {mail.topics.length > 0 && (
              <> · {mail.topics.map((topic) => topics[topic]).join(', ')}</>
            )}
          </div>
        </>
      ),
    },
    {
      key: 'to',
      header: t.columns.to,
      render: ({ person, partyId, post, reasons }) => (
        <>
          <Who party={look(partyId)}>{person.name}</Who>
          {post && (
            <div className="meta">
              <T text={post.title} />
            </div>
          )}
          {reasons.length > 0 && (
            <div className="meta">{reasons.map((reason) => t.reasons[reason]).join('; ')}</div>
          )}
        </>
      ),
    },
    { key: 'state', header: t.columns.state, render: (mail) => <State mail={mail} /> },
    {
      key: 'when',
      header: t.columns.when,
      render: ({ queuedAt, settledAt, nextTryAt, state }) => (
        <>
          <div className="nb">{formatDateTime(settledAt ?? queuedAt, lang)}</div>
          {nextTryAt && state === 'queued' && (
            <div className="meta">{t.nextTry(formatDateTime(nextTryAt, lang))}</div>
          )}
        </>
      ),
    },
    {
      key: 'open',
      header: t.columns.open,
      hiddenHeader: true,
      className: 'num',
      render: ({ id, subject, kind, person }) => (
        <button
          type="button"
          className="linkish"
          aria-expanded={open === id}
          aria-label={t.showOf(subject ?? t.kinds[kind], person.name)}
          onClick={() => onOpen(open === id ? undefined : id)}
        >
          {open === id ? t.hide : t.show}
        </button>
      ),
    },
  ];
  return (
    <DataTable
      caption={t.title}
      columns={columns}
      groups={[{ key: 'all', rows: mails }]}
      rowKey={({ id }) => id}
      selected={({ id }) => id === open}
      expanded={({ id }) => id === open && <MailText id={id} />}
    />
  );
}

function State({ mail }: { mail: SentMail }) {
  const t = useTexts().mails;
  const { state, failure, smtpCode, inDoubt, attempts } = mail;
  return (
    <>
      <div>{t.states[state]}</div>
      {failure && (
        <div className="meta">
          {t.failures[failure]}
          {smtpCode && ` (${smtpCode})`}
          {attempts > 1 && ` · ${t.attempts(attempts)}`}
        </div>
      )}
      {inDoubt && <div className="meta">{t.inDoubt}</div>}
    </>
  );
}

/** What the mail says, as far as the reader may read the meeting's papers. */
function MailText({ id }: { id: string }) {
  const t = useTexts().mails;
  const query = useQuery(mailQuery(id));
  return (
    <Loaded query={query}>
      {({ body, withheld, calendar, messageId, language, subject }) => (
        <div className="ml-text">
          {body ? (
            <pre lang={language}>{body}</pre>
          ) : (
            <p>{withheld ? t.textWithheld : subject ? t.noText : t.textGone}</p>
          )}
          <p className="meta">
            {calendar && `${t.withCalendar} · `}
            {t.messageId} <span className="ml-id">{messageId}</span>
          </p>
        </div>
      )}
    </Loaded>
  );
}
