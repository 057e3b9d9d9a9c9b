import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParties, usePartyLooks, type Party } from '../../api/parties';
import { AdminPage } from '../../content/AdminPage';
import { useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { DataTable, type Column } from '../../ui/DataTable';
import { Select } from '../../ui/filters';
import { EditForm } from '../../ui/forms/EditForm';
import { TextField } from '../../ui/forms/fields';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import './decisionfeeds.css';
import { feedsQuery, useSaveFeed, type DecisionFeed } from './queries';

/** The RSS addresses of the parties' decision services, for administrators and auditors. */
export function DecisionFeedsPage() {
  const t = useTexts().decisionFeeds;
  return (
    <AdminPage {...t} permission="decision_feed.read">
      {() => <Feeds />}
    </AdminPage>
  );
}

function Feeds() {
  const t = useTexts().decisionFeeds;
  const feeds = useQuery(feedsQuery);
  const parties = useParties().data ?? [];
  const administered = parties.filter(({ permissions }) =>
    permissions.includes('decision_feed.edit'),
  );
  /** The feed whose form is open; "new" for one to come. */
  const [open, setOpen] = useState<string>();
  const close = () => setOpen(undefined);
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          <>
            <FileLinks path="/decision-feeds" query={{}} />
            {administered.length > 0 && (
              <Button aria-expanded={open === 'new'} onClick={() => setOpen('new')}>
                {t.add}
              </Button>
            )}
          </>
        }
      />
      {open === 'new' && <FeedForm parties={administered} onClose={close} />}
      <Loaded query={feeds} loading={t.loading}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t.empty.title} text={t.empty.text} />
          ) : (
            <FeedTable feeds={found} parties={parties} open={open} onOpen={setOpen} />
          )
        }
      </Loaded>
    </>
  );
}

interface FeedTableProps {
  feeds: readonly DecisionFeed[];
  parties: readonly Party[];
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
}

function FeedTable({ feeds, parties, open, onOpen }: FeedTableProps) {
  const t = useTexts().decisionFeeds;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const columns: Column<DecisionFeed>[] = [
    {
      key: 'url',
      header: t.columns.url,
      kind: 'name',
      render: ({ url, language }) => (
        <>
          <div className="dfd-url">{url}</div>
          <div className="meta">{t.languages[language]}</div>
        </>
      ),
    },
    {
      key: 'party',
      header: t.columns.party,
      render: ({ partyId }) => <Who party={look(partyId)}>{look(partyId).name}</Who>,
    },
    { key: 'state', header: t.columns.state, render: (feed) => <State feed={feed} /> },
    {
      key: 'edit',
      header: t.columns.edit,
      hiddenHeader: true,
      className: 'num',
      render: ({ id, url, permissions }) =>
        permissions.includes('decision_feed.edit') && (
          <button
            type="button"
            className="linkish"
            aria-expanded={open === id}
            aria-label={t.editOf(url)}
            onClick={() => onOpen(open === id ? undefined : id)}
          >
            {t.edit}
          </button>
        ),
    },
  ];
  return (
    <DataTable
      caption={t.title}
      columns={columns}
      groups={[{ key: 'all', rows: feeds }]}
      rowKey={({ id }) => id}
      selected={({ id }) => id === open}
      expanded={(feed) =>
        feed.id === open && (
          <FeedForm feed={feed} parties={parties} onClose={() => onOpen(undefined)} />
        )
      }
    />
  );
}

function State({ feed }: { feed: DecisionFeed }) {
  const t = useTexts().decisionFeeds;
  const lang = useLang();
  const { active, reading, entries } = feed;
  if (!active) return t.paused;
  if (!reading) return t.notRead;
  const { failure, httpStatus, readAt, nextAt } = reading;
  return (
    <>
      {failure && (
        <div>
          {t.failures[failure]}
          {httpStatus ? ` (${httpStatus})` : ''}
        </div>
      )}
      {readAt && <div>{t.readAt(formatDateTime(readAt, lang))}</div>}
      <div className="meta">
        {t.entries(entries)}
        {failure && ` · ${t.nextAt(formatDateTime(nextAt, lang))}`}
      </div>
    </>
  );
}

interface Body {
  partyId: string;
  url: string;
  language: DecisionFeed['language'];
  active: 'yes' | 'no';
}

const bodyOfFeed = (feed: DecisionFeed): Body => ({
  partyId: feed.partyId,
  url: feed.url,
  language: feed.language,
  active: feed.active ? 'yes' : 'no',
});

interface FeedFormProps {
  feed?: DecisionFeed;
  /** Of a new feed: those that it can be given to. */
  parties: readonly Party[];
  onClose: () => void;
}

function FeedForm({ feed, parties, onClose }: FeedFormProps) {
  const t = useTexts().decisionFeeds;
  const lang = useLang();
  const toast = useToast();
  const [initial] = useState<Body>(() =>
    feed
      ? bodyOfFeed(feed)
      : { partyId: parties[0]?.id ?? '', url: '', language: 'fi', active: 'yes' },
  );
  const [partyId, setPartyId] = useState(initial.partyId);
  const save = useSaveFeed(partyId, feed);
  return (
    <EditForm
      label={feed ? t.editOf(feed.url) : t.add}
      initial={initial}
      version={feed?.version}
      save={({ url, language, active }, version) =>
        save.mutateAsync({ version, body: { url, language, active: active === 'yes' } })
      }
      onSaved={() => {
        toast(t.saved);
        onClose();
      }}
      onCancel={onClose}
      current={(resource) => {
        const saved = resource as DecisionFeed;
        return { body: bodyOfFeed(saved), version: saved.version };
      }}
      describe={({ url, language, active }) => [
        { key: 'url', label: t.url, text: url },
        { key: 'language', label: t.language, text: t.languages[language] },
        { key: 'active', label: t.active, text: t.activeOptions[active] },
      ]}
    >
      {({ body, set, error }) => (
        <>
          {!feed && parties.length > 1 && (
            <Select
              label={t.party}
              value={partyId}
              options={parties.map(({ id, shortName }) => ({
                value: id,
                label: localised(shortName, lang).value,
              }))}
              onChange={setPartyId}
              error={error('/partyId')}
            />
          )}
          <TextField
            label={t.url}
            hint={t.urlHint}
            value={body.url}
            onChange={(url) => set({ url })}
            error={error('/url')}
          />
          <div className="fields">
            <Select
              label={t.language}
              value={body.language}
              options={(['fi', 'sv'] as const).map((value) => ({
                value,
                label: t.languages[value],
              }))}
              onChange={(language) => set({ language })}
              error={error('/language')}
            />
            <Select
              label={t.active}
              value={body.active}
              options={(['yes', 'no'] as const).map((value) => ({
                value,
                label: t.activeOptions[value],
              }))}
              onChange={(active) => set({ active })}
            />
          </div>
        </>
      )}
    </EditForm>
  );
}
