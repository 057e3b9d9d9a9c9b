import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useParties, type Party } from '../../api/parties';
import { AdminPage } from '../../content/AdminPage';
import { useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { DataTable, type Column } from '../../ui/DataTable';
import { Select } from '../../ui/filters';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded } from '../../ui/states';
import './mailTexts.css';
import { MailTextsForm } from './MailTextsForm';
import { mailTextsQuery, type MailTemplate } from './queries';

/** What messages say, for administrators of a party and auditors. */
export function MailTextsPage() {
  const t = useTexts().mailTexts;
  const parties = useParties();
  return (
    <AdminPage {...t} permission="mail_template.read">
      {() => (
        <>
          <PageHead title={t.title} lead={t.lead} />
          <Loaded query={parties} loading={t.loading}>
            {(found) => <OfParties parties={found} />}
          </Loaded>
        </>
      )}
    </AdminPage>
  );
}

/** Those whose texts the reader may see: an auditor chooses among all. */
function OfParties({ parties }: { parties: readonly Party[] }) {
  const t = useTexts().mailTexts;
  const lang = useLang();
  const own = parties.filter(({ permissions }) => permissions.includes('mail_template.read'));
  const [chosen, setChosen] = useState<string>();
  const party = chosen ?? own[0]?.id;
  if (!party) return <EmptyState {...t.notAllowed} />;
  return (
    <>
      {own.length > 1 && (
        <Select
          small
          label={t.party}
          value={party}
          options={own.map(({ id, name }) => ({ value: id, label: localised(name, lang).value }))}
          onChange={setChosen}
        />
      )}
      <OfParty key={party} party={party} />
    </>
  );
}

function OfParty({ party }: { party: string }) {
  const texts = useTexts();
  const t = texts.mailTexts;
  const lang = useLang();
  const query = useQuery(mailTextsQuery(party));
  const [open, setOpen] = useState<string>();
  // Where the reader stands when the form is gone: what has opened it.
  const opener = useRef<HTMLButtonElement>(null);
  const columns: Column<MailTemplate>[] = [
    {
      key: 'kind',
      header: t.columns.kind,
      kind: 'name',
      render: ({ kind }) => texts.mails.kinds[kind],
    },
    {
      key: 'subject',
      header: t.columns.subject,
      render: ({ texts: { subject } }) => localised(subject, lang).value,
    },
    {
      key: 'state',
      header: t.columns.state,
      render: ({ changed, updatedAt }) =>
        changed && updatedAt ? t.changed(formatDateTime(updatedAt, lang)) : t.original,
    },
    {
      key: 'open',
      header: t.columns.open,
      hiddenHeader: true,
      className: 'num',
      render: ({ kind, permissions }) => {
        const name = texts.mails.kinds[kind];
        const may = permissions.includes('mail_template.edit');
        const isOpen = open === kind;
        return (
          <button
            type="button"
            className="linkish"
            aria-expanded={isOpen}
            aria-label={may ? t.editOf(name) : t.showOf(name)}
            onClick={({ currentTarget }) => {
              opener.current = currentTarget;
              setOpen(isOpen ? undefined : kind);
            }}
          >
            {isOpen ? t.close : may ? t.edit : t.show}
          </button>
        );
      },
    },
  ];
  return (
    <Loaded query={query} loading={t.loading}>
      {(found) => (
        <DataTable
          caption={t.title}
          columns={columns}
          groups={[{ key: 'all', rows: found }]}
          rowKey={({ kind }) => kind}
          selected={({ kind }) => kind === open}
          expanded={(template) =>
            template.kind === open && (
              <MailTextsForm
                key={template.changed ? 'changed' : 'original'}
                template={template}
                onClose={() => {
                  setOpen(undefined);
                  opener.current?.focus();
                }}
                onRestored={() => opener.current?.focus()}
              />
            )
          }
        />
      )}
    </Loaded>
  );
}
