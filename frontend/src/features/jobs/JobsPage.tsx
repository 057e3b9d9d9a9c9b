import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AdminPage } from '../../content/AdminPage';
import { useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { ConditionSign } from '../../ui/Condition';
import { DataTable, type Column } from '../../ui/DataTable';
import { Note } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { EmptyState, ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import './jobs.css';
import { jobsQuery, useRunJob, type Job, type JobRun } from './queries';

/** What the service does by itself, for administrators of the parties and auditors. */
export function JobsPage() {
  const t = useTexts().jobs;
  return (
    <AdminPage {...t} permission="job.read">
      {() => (
        <>
          <PageHead title={t.title} lead={t.lead} actions={<FileLinks path="/jobs" query={{}} />} />
          <Work />
        </>
      )}
    </AdminPage>
  );
}

const attention: readonly Job['health'][] = ['failing', 'overdue', 'troubled', 'no_server'];

function Work() {
  const t = useTexts().jobs;
  const lang = useLang();
  const query = useQuery(jobsQuery);
  return (
    <Loaded query={query} loading={t.loading}>
      {({ at, items }) => {
        if (items.length === 0) return <EmptyState title={t.empty.title} text={t.empty.text} />;
        const bad = items.filter(({ health }) => attention.includes(health));
        return (
          <>
            {bad.length > 0 ? (
              <Note tone="late">
                {t.attention(bad.map(({ kind }) => t.kinds[kind].name).join(', '))}
              </Note>
            ) : (
              items.every(({ health }) => health === 'well') && <p>{t.allWell}</p>
            )}
            <p className="meta">{t.at(formatDateTime(at, lang))}</p>
            <JobTable jobs={items} />
          </>
        );
      }}
    </Loaded>
  );
}

function JobTable({ jobs }: { jobs: readonly Job[] }) {
  const t = useTexts().jobs;
  const lang = useLang();
  const [open, setOpen] = useState<string>();
  const columns: Column<Job>[] = [
    {
      key: 'work',
      header: t.columns.work,
      kind: 'name',
      render: ({ kind, everySeconds }) => (
        <>
          <div>{t.kinds[kind].name}</div>
          <div className="meta">{t.kinds[kind].text}</div>
          <div className="meta">
            <Every seconds={everySeconds} />
          </div>
        </>
      ),
    },
    { key: 'health', header: t.columns.health, render: (job) => <State job={job} /> },
    { key: 'last', header: t.columns.last, render: (job) => <Last job={job} /> },
    {
      key: 'next',
      header: t.columns.next,
      render: ({ nextAt }) => (
        <span className="jb-time">
          {nextAt ? t.next(formatDateTime(nextAt, lang)) : t.whenNeeded}
        </span>
      ),
    },
    {
      key: 'actions',
      header: t.columns.actions,
      hiddenHeader: true,
      className: 'num',
      render: (job) => (
        <div className="jb-acts">
          {job.permissions.includes('job.run') && <RunNow job={job} />}
          {job.failures.length > 0 && (
            <button
              type="button"
              className="linkish"
              aria-expanded={open === job.kind}
              aria-label={
                open === job.kind
                  ? undefined
                  : t.failuresOf(job.failures.length, t.kinds[job.kind].name)
              }
              onClick={() => setOpen(open === job.kind ? undefined : job.kind)}
            >
              {open === job.kind ? t.hide : t.failures(job.failures.length)}
            </button>
          )}
        </div>
      ),
    },
  ];
  return (
    <DataTable
      caption={t.title}
      columns={columns}
      groups={[{ key: 'all', rows: jobs }]}
      rowKey={({ kind }) => kind}
      selected={({ kind }) => kind === open}
      expanded={({ kind, failures }) =>
        kind === open && failures.length > 0 && <Failures runs={failures} />
      }
    />
  );
}

/** How often work runs, in words. */
function Every({ seconds }: { seconds?: number }) {
  const t = useTexts().jobs;
  if (!seconds) return t.whenNeeded;
  if (seconds < 60) return t.every.seconds(seconds);
  return seconds < 3600 ? t.every.minutes(seconds / 60) : t.every.hour;
}

function State({ job }: { job: Job }) {
  const t = useTexts().jobs;
  const lang = useLang();
  const { kind, health, running, waiting, waitingSince, troubled } = job;
  const feeds = kind === 'decision_feed_fetch';
  return (
    <>
      <div className={attention.includes(health) ? 'jb-bad' : undefined}>
        {attention.includes(health) && <ConditionSign value="late" />}
        {t.healths[health]}
      </div>
      {health === 'no_server' && <div className="meta">{t.noServer}</div>}
      {running > 0 && <div className="meta">{t.running}</div>}
      {waiting > 0 && waitingSince && (kind === 'outbox_drain' || kind === 'mail_deliver') && (
        <div className="meta">{t.waiting[kind](waiting, formatDateTime(waitingSince, lang))}</div>
      )}
      {waiting > 0 && feeds && <div className="meta">{t.feedsDue(waiting)}</div>}
      {troubled > 0 && (
        <div className="meta">
          {feeds ? t.feedsFailed(troubled) : t.mailsFailed(troubled)}
          <br />
          {feeds ? (
            <Link to="/$lang/admin/decision-feeds" params={{ lang }}>
              {t.seeFeeds}
            </Link>
          ) : (
            <Link to="/$lang/admin/mails" params={{ lang }} search={{ state: 'failed' }}>
              {t.seeMails}
            </Link>
          )}
        </div>
      )}
    </>
  );
}

function Last({ job: { last, doneAt } }: { job: Job }) {
  const t = useTexts().jobs;
  const lang = useLang();
  if (!last) return t.never;
  if (last.outcome === 'done') {
    return (
      <div className="jb-time">
        {t.lastDone(formatDateTime(last.endedAt ?? last.beganAt, lang))}
      </div>
    );
  }
  return (
    <>
      <Run run={last} />
      <div className="meta">
        {doneAt ? t.doneBefore(formatDateTime(doneAt, lang)) : t.neverDone}
      </div>
    </>
  );
}

/** A run that came to nothing: when, and why in plain words. */
function Run({ run }: { run: JobRun }) {
  const t = useTexts().jobs;
  const lang = useLang();
  const { outcome, beganAt, endedAt, cause, detail } = run;
  return (
    <>
      <div className="jb-time">
        {outcome === 'interrupted'
          ? t.lastInterrupted(formatDateTime(beganAt, lang))
          : t.lastFailed(formatDateTime(endedAt ?? beganAt, lang))}
      </div>
      {cause && (
        <div>
          {t.causes[cause]}
          {detail && ` (${t.detail(detail)})`}
        </div>
      )}
    </>
  );
}

function Failures({ runs }: { runs: readonly JobRun[] }) {
  const t = useTexts().jobs;
  return (
    <>
      <ul className="jb-failures">
        {runs.map((run) => (
          <li key={`${run.no} ${run.attempt} ${run.beganAt}`}>
            <Run run={run} />
            <div className="meta">{t.no(run.no, run.attempt)}</div>
          </li>
        ))}
      </ul>
      <p className="meta">{t.kept}</p>
    </>
  );
}

function RunNow({ job: { kind } }: { job: Job }) {
  const t = useTexts().jobs;
  const toast = useToast();
  const run = useRunJob();
  const { name } = t.kinds[kind];
  const label = kind === 'mail_deliver' ? t.tryMails : t.runNow;
  return (
    <>
      <Button
        small
        variant="secondary"
        aria-label={kind === 'mail_deliver' ? undefined : t.runNowOf(name)}
        aria-disabled={run.isPending}
        onClick={() => {
          if (run.isPending) return;
          whenSaved(run.mutateAsync(kind), () => toast(t.asked(name)));
        }}
      >
        {label}
      </Button>
      {run.error && <ErrorState error={run.error} title={t.failed} />}
    </>
  );
}
