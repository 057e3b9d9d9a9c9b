import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, type LinkProps } from '@tanstack/react-router';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { formatDateTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { FileField } from '../../ui/forms/FileField';
import { Breadcrumb, KeyValues, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { EmptyState, ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import './forums.css';
import { forumQuery } from './queries';

type Report = components['schemas']['RecordReport'];

/** Sends the file itself; the generated types know it as a string of bytes. */
const asBody = (file: File) => ({
  body: file as unknown as string,
  bodySerializer: (body: unknown) => body as BodyInit,
  headers: { 'Content-Type': 'application/octet-stream' },
});

/** A meeting that was held before: a file, what is wrong with it, and the import. */
export function ImportPage() {
  const texts = useTexts();
  const t = texts.forumImport;
  const lang = useLang();
  const { id } = useParams({ from: '/$lang/forums/$id/import' });
  const forum = useQuery(forumQuery(id, ofNow));
  return (
    <>
      <PageHead
        title={t.title}
        above={
          <Breadcrumb
            items={[
              { label: texts.forums.title, link: { to: '/$lang/forums', params: { lang } } },
              ...(forum.data
                ? [
                    {
                      label: localised(forum.data.title, lang).value,
                      link: { to: '/$lang/forums/$id' as const, params: { lang, id } },
                    },
                  ]
                : []),
            ]}
          />
        }
        lead={t.lead}
      />
      <Loaded query={forum} loading={texts.forums.loadingOne}>
        {(data) =>
          data.permissions.includes('meeting.import') ? (
            <Import forumId={data.id} />
          ) : (
            <EmptyState title={t.secretaryOnly} />
          )
        }
      </Loaded>
    </>
  );
}

function Import({ forumId }: { forumId: string }) {
  const t = useTexts().forumImport;
  const lang = useLang();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [file, setFile] = useState<File | null>(null);
  const params = { path: { id: forumId } };
  const check = useMutation({
    mutationFn: (chosen: File) =>
      bodyOf(api.POST('/forums/{id}/meeting-import-checks', { params, ...asBody(chosen) })),
  });
  const importing = useMutation({
    mutationFn: (chosen: File) =>
      bodyOf(api.POST('/forums/{id}/meeting-imports', { params, ...asBody(chosen) })),
    onSuccess: () =>
      Promise.all(
        [['forums'], ['meetings'], ['outcomes'], ['open-loops'], ['referrals']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
  const report = check.data;
  return (
    <div className="stack">
      <Section title={t.file}>
        <p className="frm-side">
          {t.formats}{' '}
          {(['fi', 'sv'] as const).map((each) => (
            <span key={each}>
              <a download href={`/api/v1/meeting-record.xlsx?lang=${each}`}>
                {t.template[each]}
              </a>{' '}
            </span>
          ))}
        </p>
        <FileField
          label={t.choose}
          accept=".yaml,.yml,.xlsx"
          chosen={file?.name}
          onChoose={(chosen) => {
            setFile(chosen);
            importing.reset();
            if (chosen) check.mutate(chosen);
            else check.reset();
          }}
        />
        {check.isPending && (
          <p className="meta" role="status">
            {t.checking}
          </p>
        )}
        {check.error && <ErrorState error={check.error} title={t.notChecked} />}
      </Section>
      {report && file && (
        <Section title={report.valid ? t.preview : t.errors(report.errors.length)}>
          {report.valid ? (
            <>
              <KeyValues
                items={[
                  {
                    name: t.meeting,
                    value: `${report.number ?? ''}, ${report.startsAt ? formatDateTime(report.startsAt, lang) : ''}`,
                  },
                  { name: t.items, value: report.items },
                  { name: t.outcomes, value: report.outcomes },
                  { name: t.attendance, value: report.attendance },
                ]}
              />
              <p className="meta">{t.becomes}</p>
              {importing.error && <ErrorState error={importing.error} title={t.notImported} />}
              <p className="btns more">
                <Button
                  aria-disabled={importing.isPending}
                  onClick={() => {
                    if (importing.isPending) return;
                    whenSaved(importing.mutateAsync(file), ({ meetingId }) => {
                      toast(t.imported);
                      void navigate({
                        to: `/${lang}/meetings/${meetingId ?? ''}` as NonNullable<LinkProps['to']>,
                      });
                    });
                  }}
                >
                  {t.import}
                </Button>
              </p>
            </>
          ) : (
            <Errors report={report} />
          )}
        </Section>
      )}
    </div>
  );
}

/** What is wrong, each where it stands in the file. */
function Errors({ report }: { report: Report }) {
  const texts = useTexts();
  const t = texts.forumImport;
  const words: Record<string, string | undefined> = texts.problems.fields;
  return (
    <>
      <DataTable
        caption={t.errors(report.errors.length)}
        columns={[
          {
            key: 'place',
            header: t.place,
            kind: 'name',
            render: ({ sheet, cell, line, column }) =>
              sheet ? `${sheet} ${cell ?? ''}` : line ? t.lineOf(line, column) : t.wholeFile,
          },
          { key: 'key', header: t.key, render: ({ key, pointer }) => key ?? pointer },
          {
            key: 'what',
            header: t.what,
            render: ({ code }) => words[code] ?? texts.problems.fields.invalid,
          },
        ]}
        groups={[{ key: 'all', rows: report.errors }]}
        rowKey={({ pointer, code }) => `${pointer} ${code}`}
      />
      <p className="meta">{t.again}</p>
    </>
  );
}
