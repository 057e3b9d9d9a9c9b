import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { ChangedBy } from '../../content/ChangedBy';
import { inEachLanguage } from '../../content/describe';
import { History } from '../../content/History';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, daysBetween, formatDate } from '../../lib/dates';
import { useFocusAfter, useFocusFirst } from '../../lib/focus';
import { complete, localised, noText } from '../../lib/text';
import { Button, LinkButton } from '../../ui/Button';
import { DataTable, type Column } from '../../ui/DataTable';
import { EditForm } from '../../ui/forms/EditForm';
import { TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Breadcrumb, DateText, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { Expectations } from './Expectations';
import { DatesFields, Preview } from './OpenForm';
import {
  roundQuery,
  tally,
  useChangeRound,
  useDecideRound,
  type Round,
  type RoundSummary,
} from './queries';
import './rounds.css';
import { levels, type Level } from './search';
import { Sides } from './Sides';
import { Snapshot } from './Snapshot';
import { listOf, RoundSentence } from './words';

const route = getRouteApi('/$lang/rounds/$key');

/** One reporting round: how it stands, what is missing, each party's side, and the snapshot. */
export function RoundPage() {
  const t = useTexts().rounds;
  const { key } = route.useParams();
  const round = useQuery(roundQuery(key, useAsOf()));
  return (
    <div className="pg-rounds">
      {!round.data && <PageHead title={t.title} />}
      <Loaded query={round} loading={t.loading}>
        {(shown) => <Shown key={shown.id} round={shown} />}
      </Loaded>
    </div>
  );
}

function Shown({ round }: { round: Round }) {
  const t = useTexts().rounds;
  const lang = useLang();
  const asOf = useAsOf();
  const toast = useToast();
  const me = useMe().data;
  const [doing, setDoing] = useState<'edit' | 'cancel'>();
  const [done, setDone] = useState<'edit' | 'cancel'>('edit');
  const frame = useFocusAfter<HTMLDivElement>(
    doing !== undefined,
    `[data-key="${done}"]`,
    '.ph a, .ph button',
  );
  const form = useFocusFirst<HTMLDivElement>(doing ? 1 : 0);
  const start = (what: 'edit' | 'cancel') => {
    setDone(what);
    setDoing(what);
  };
  const may = (permission: string) =>
    !asOf && round.permissions.some((held) => held === permission);
  const close = (text?: string) => {
    if (text) toast(text);
    setDoing(undefined);
  };
  const title = localised(round.title, lang).value;
  return (
    <div ref={frame}>
      <PageHead
        title={title}
        above={
          <Breadcrumb
            items={[{ label: t.title, link: { to: '/$lang/rounds', params: { lang } } }]}
          />
        }
        lead={<Lead round={round} />}
        actions={
          <>
            <LinkButton
              variant="secondary"
              to="/$lang/rounds/compare"
              params={{ lang }}
              search={(old) => ({ asOf: old.asOf, round: [round.key] })}
            >
              {t.compare}
            </LinkButton>
            {may('round.edit') && !doing && (
              <Button variant="secondary" data-key="edit" onClick={() => start('edit')}>
                {t.edit}
              </Button>
            )}
            {may('round.cancel') && !doing && (
              <Button variant="quiet" data-key="cancel" onClick={() => start('cancel')}>
                {t.cancel}
              </Button>
            )}
          </>
        }
      />
      <p className="meta about">
        {t.about(
          t.kinds[round.kind],
          formatDate(round.periodFrom, lang),
          formatDate(round.periodTo, lang),
        )}
        :{' '}
        <Link to="/$lang/plan/$key" params={{ lang, key: round.plan.key }}>
          <T text={round.plan.title} />
        </Link>
        . {t.counted(formatDate(round.opensOn, lang))}
      </p>
      <div className="stack">
        {doing && (
          <div ref={form}>
            {doing === 'edit' && (
              <Section title={t.editTitle(title)}>
                <ChangeForm round={round} onSaved={() => close(t.saved)} onCancel={() => close()} />
              </Section>
            )}
            {doing === 'cancel' && (
              <Section title={t.cancel}>
                <CancelForm
                  round={round}
                  onSaved={() => close(t.cancelled)}
                  onCancel={() => close()}
                />
              </Section>
            )}
          </div>
        )}
        <Figures round={round} />
        <Dues round={round} />
        {round.state !== 'cancelled' && <Sides round={round} />}
        {round.snapshot && <Snapshot round={round} snapshot={round.snapshot} />}
        <Expectations round={round} />
        {me?.signedIn && <History kind="reporting_round" id={round.id} version={round.version} />}
      </div>
    </div>
  );
}

/** What there is to say of the round first. */
function Lead({ round }: { round: Round }) {
  const t = useTexts().rounds;
  const lang = useLang();
  const ended = round.endedAt && formatDate(dateOf(round.endedAt), lang);
  return (
    <>
      {round.state === 'cancelled' &&
        t.cancelledLead(ended ?? '', localised(round.cancelReason, lang).value)}
      {round.state === 'completed' && t.completedLead(ended ?? '')}{' '}
      <RoundSentence parts={t.leadOf(tally(round.figures))} round={round.key} lang={lang} />
    </>
  );
}

/** Level by party: each figure leads to its rows. */
function Figures({ round }: { round: Round }) {
  const t = useTexts().rounds;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const columns: Column<Level>[] = [
    { key: 'level', kind: 'name', header: t.level, render: (level) => t.levels[level].many },
    ...round.parties.map((party): Column<Level> => {
      const { name } = look(party);
      return {
        key: party,
        header: name,
        render: (level) => {
          const sum = tally(round.figures.filter((f) => f.level === level && f.partyId === party));
          if (sum.asked === 0) return <span className="meta">{t.nothingAsked}</span>;
          const given = sum.reported + sum.late;
          return (
            <>
              <Link className="big" {...listOf(round.key, lang, { level, party })}>
                <span className="vh">{t.givenOf(t.levels[level].many, name)}</span>
                {t.ofAsked(given, sum.asked)}
              </Link>
              <span className="meta df states">
                {(['late', 'missing', 'waiting'] as const)
                  .filter((state) => sum[state] > 0)
                  .map((state) => {
                    const words = t[`${state}Of`](sum[state]);
                    return (
                      <Link
                        key={state}
                        className={state === 'missing' ? 'late-w' : undefined}
                        {...listOf(round.key, lang, { level, party, state: [state] })}
                      >
                        <span className="vh">{t.of(t.levels[level].many, name)}</span>
                        {words}
                      </Link>
                    );
                  })}
              </span>
            </>
          );
        },
      };
    }),
  ];
  return (
    <Section title={t.figures}>
      <DataTable
        caption={t.figures}
        columns={columns}
        groups={[{ key: 'all', rows: levels }]}
        rowKey={(level) => level}
      />
    </Section>
  );
}

/** The last days, the lower levels first. */
function Dues({ round }: { round: RoundSummary }) {
  const t = useTexts().rounds;
  const now = useMe().data?.now;
  const today = useAsOf() ?? (now ? dateOf(now) : undefined);
  return (
    <Section title={t.due}>
      <DataTable
        caption={t.due}
        columns={[
          {
            key: 'level',
            kind: 'name',
            header: t.level,
            render: ({ level }) => t.levels[level].many,
          },
          {
            key: 'due',
            header: t.dueOn,
            render: ({ dueOn }) => (
              <>
                <DateText date={dueOn} weekday />
                {round.state === 'open' && today && daysBetween(dueOn, today) > 0 && (
                  <span className="meta df">{t.passed}</span>
                )}
              </>
            ),
          },
          {
            key: 'before',
            header: t.before,
            render: ({ workingDays }) => (workingDays === 0 ? '–' : t.workingDays(workingDays)),
          },
        ]}
        groups={[{ key: 'all', rows: round.levels }]}
        rowKey={({ level }) => level}
      />
    </Section>
  );
}

interface FormProps {
  round: Round;
  onSaved: () => void;
  onCancel: () => void;
}

interface ChangeBody {
  title: { fi: string; sv: string; en: string };
  dueOn: string;
  goalDays: string;
  actionDays: string;
  reason: string;
}

function changeBody(round: RoundSummary): ChangeBody {
  const days = (level: Level) =>
    String(round.levels.find((each) => each.level === level)?.workingDays ?? '');
  return {
    title: complete(round.title),
    dueOn: round.levels.find(({ level }) => level === 'plan')?.dueOn ?? '',
    goalDays: days('goal'),
    actionDays: days('action'),
    reason: '',
  };
}

const differs = (a: ChangeBody, b: ChangeBody) =>
  a.dueOn !== b.dueOn || a.goalDays !== b.goalDays || a.actionDays !== b.actionDays;

/** Gives a round another title and later last days. */
function ChangeForm({ round, onSaved, onCancel }: FormProps) {
  const texts = useTexts();
  const t = texts.rounds;
  const change = useChangeRound(round.id);
  return (
    <EditForm<ChangeBody, Round>
      label={t.edit}
      initial={changeBody(round)}
      version={round.version}
      save={({ goalDays, actionDays, ...body }, version) =>
        change.mutateAsync({
          version,
          body: { ...body, goalDays: Number(goalDays), actionDays: Number(actionDays) },
        })
      }
      onSaved={onSaved}
      onCancel={onCancel}
      current={(resource) => {
        const saved = resource as RoundSummary;
        return { body: changeBody(saved), version: saved.version };
      }}
      savedBy={(changed) => <ChangedBy changed={changed} />}
      describe={(body) => [
        ...inEachLanguage(texts, 'title', t.form.name, body.title),
        { key: 'dueOn', label: t.form.dueOn, text: body.dueOn },
        { key: 'goalDays', label: t.form.goalDays, text: body.goalDays },
        { key: 'actionDays', label: t.form.actionDays, text: body.actionDays },
      ]}
    >
      {({ body, set, error, errors }) => (
        <>
          <p className="meta">{t.editHint}</p>
          <LocalisedField
            label={t.form.name}
            value={body.title}
            onChange={(title) => set({ title: complete(title) })}
            errors={errors('/title')}
            maxLength={300}
          />
          <DatesFields body={body} set={set} error={error} />
          {differs(body, changeBody(round)) && (
            <Preview title={t.previewChange} planId={round.plan.id} body={body} />
          )}
          <TextField
            label={t.form.reason}
            hint={t.form.reasonHint}
            value={body.reason}
            onChange={(reason) => set({ reason })}
            error={error('/reason')}
          />
        </>
      )}
    </EditForm>
  );
}

/** Ends a round without a snapshot. */
function CancelForm({ round, onSaved, onCancel }: FormProps) {
  const t = useTexts().rounds;
  const decide = useDecideRound(round);
  return (
    <EditForm<{ reason: ChangeBody['title'] }, Round>
      label={t.cancel}
      initial={{ reason: noText }}
      save={({ reason }) => decide.mutateAsync({ kind: 'cancellation', reason })}
      onSaved={onSaved}
      onCancel={onCancel}
      saveLabel={t.cancel}
    >
      {({ body, set, errors }) => (
        <>
          <p className="meta">
            {t.cancelText} {t.cancelReasonHint}
          </p>
          <LocalisedField
            label={t.cancelReason}
            value={body.reason}
            onChange={(reason) => set({ reason: complete(reason) })}
            errors={errors('/reason')}
            multiline
          />
        </>
      )}
    </EditForm>
  );
}
