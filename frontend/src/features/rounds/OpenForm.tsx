import { useQuery } from '@tanstack/react-query';
import { usePartyLooks } from '../../api/parties';
import { plansQuery } from '../../api/terms';
import { useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { formatDate, isISODate } from '../../lib/dates';
import { complete, localised, noText } from '../../lib/text';
import { FieldError, Select } from '../../ui/filters';
import { EditForm } from '../../ui/forms/EditForm';
import { DateField, TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { DateText } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { fieldError } from '../../ui/problemTexts';
import { Segments } from '../../ui/Segments';
import { previewQuery, tally, useOpenRound, type NewRound, type Round } from './queries';

/** What is typed; the numbers of days as they stand in their fields. */
interface Body extends Omit<NewRound, 'goalDays' | 'actionDays' | 'opensOn'> {
  opensOn: string;
  goalDays: string;
  actionDays: string;
}

/** Opens a round for both parties, with its last days shown before it is opened. */
export function OpenForm({ onOpened, onCancel }: { onOpened: () => void; onCancel: () => void }) {
  const t = useTexts().rounds;
  const lang = useLang();
  const plans = useQuery(plansQuery(ofNow)).data ?? [];
  // Nearly always the round is of the plan in force.
  const inForce = plans.filter(({ state }) => state === 'in_force');
  const likely = inForce.length > 0 ? inForce : plans;
  const usual = likely.length === 1 ? (likely[0]?.id ?? '') : '';
  const open = useOpenRound();
  return (
    <EditForm<Body, Round>
      label={t.open}
      initial={{
        key: '',
        planId: '',
        kind: 'annual',
        title: noText,
        periodFrom: '',
        periodTo: '',
        opensOn: '',
        dueOn: '',
        goalDays: '10',
        actionDays: '10',
      }}
      save={(body) =>
        open.mutateAsync({
          ...body,
          planId: body.planId || usual,
          title: complete(body.title),
          opensOn: body.opensOn || undefined,
          goalDays: Number(body.goalDays),
          actionDays: Number(body.actionDays),
        })
      }
      onSaved={onOpened}
      onCancel={onCancel}
      saveLabel={t.open}
    >
      {({ body, set, error, errors }) => {
        const planId = body.planId || usual;
        return (
          <>
            {plans.length > 1 && (
              <Select
                label={t.form.plan}
                value={planId}
                options={[
                  { value: '', label: t.form.choosePlan },
                  ...plans.map(({ id, title }) => ({
                    value: id,
                    label: localised(title, lang).value,
                  })),
                ]}
                onChange={(plan) => set({ planId: plan })}
                error={error('/planId')}
              />
            )}
            {plans.length <= 1 && error('/planId') && <FieldError>{error('/planId')}</FieldError>}
            <Segments
              label={t.form.kind}
              value={body.kind}
              options={(['annual', 'interim'] as const).map((value) => ({
                value,
                label: t.kinds[value],
              }))}
              onChange={(kind) => set({ kind })}
            />
            <LocalisedField
              label={t.form.name}
              value={body.title}
              onChange={(title) => set({ title: complete(title) })}
              errors={errors('/title')}
              maxLength={300}
            />
            <div className="fields">
              <TextField
                label={t.form.key}
                hint={t.form.keyHint}
                value={body.key}
                onChange={(key) => set({ key })}
                error={error('/key')}
              />
              <DateField
                label={t.form.periodFrom}
                value={body.periodFrom}
                onChange={(periodFrom) => set({ periodFrom })}
                error={error('/periodFrom')}
              />
              <DateField
                label={t.form.periodTo}
                value={body.periodTo}
                onChange={(periodTo) => set({ periodTo })}
                error={error('/periodTo')}
              />
              <DateField
                label={t.form.opensOn}
                hint={t.form.opensOnHint}
                value={body.opensOn}
                onChange={(opensOn) => set({ opensOn })}
                error={error('/opensOn')}
              />
            </div>
            <DatesFields body={body} set={set} error={error} />
            <Preview title={t.preview} planId={planId} body={body} />
          </>
        );
      }}
    </EditForm>
  );
}

interface DatesBody {
  dueOn: string;
  goalDays: string;
  actionDays: string;
}

interface DatesFieldsProps {
  body: DatesBody;
  set: (part: Partial<DatesBody>) => void;
  error: (pointer: string) => string | undefined;
}

/** When the levels are due: the last day of all, and how far before it the others lie. */
export function DatesFields({ body, set, error }: DatesFieldsProps) {
  const t = useTexts().rounds.form;
  return (
    <div className="fields">
      <DateField
        label={t.dueOn}
        hint={t.dueOnHint}
        value={body.dueOn}
        onChange={(dueOn) => set({ dueOn })}
        error={error('/dueOn')}
      />
      <TextField
        label={t.goalDays}
        value={body.goalDays}
        onChange={(goalDays) => set({ goalDays })}
        error={error('/goalDays')}
      />
      <TextField
        label={t.actionDays}
        value={body.actionDays}
        onChange={(actionDays) => set({ actionDays })}
        error={error('/actionDays')}
      />
    </div>
  );
}

const isDays = (text: string) => /^[1-9]\d?$/.test(text) && Number(text) <= 60;

interface PreviewProps {
  title: string;
  planId: string;
  body: DatesBody;
}

/** The last days that follow, the holidays that were passed, and how much is asked of whom. */
export function Preview({ title, planId, body }: PreviewProps) {
  const texts = useTexts();
  const t = texts.rounds;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const ready =
    planId !== '' && isISODate(body.dueOn) && isDays(body.goalDays) && isDays(body.actionDays);
  const preview = useQuery({
    ...previewQuery(planId, {
      dueOn: body.dueOn,
      goalDays: Number(body.goalDays),
      actionDays: Number(body.actionDays),
    }),
    enabled: ready,
  });
  const found = ready && !preview.isError ? preview.data : undefined;
  const refused = ready ? fieldError(preview.error, '/dueOn', texts) : undefined;
  const holidays = found?.skipped.flatMap(({ on, holiday }) =>
    holiday ? [`${localised(holiday, lang).value} ${formatDate(on, lang)}`] : [],
  );
  const parties = [...new Set(found?.figures.map(({ partyId }) => partyId))];
  return (
    <div className="preview" role="status" aria-live="polite">
      <h3>{title}</h3>
      {!found && (
        <p className="meta">
          {ready && preview.isFetching ? t.loading : (refused ?? t.previewMissing)}
        </p>
      )}
      {found && (
        <>
          <p>{t.previewLead(found.workingDays)}</p>
          <ol className="dues">
            {found.levels.map(({ level, dueOn }) => (
              <li key={level}>
                <b>{t.levels[level].many}</b> <DateText date={dueOn} weekday />
                {parties.map((party) => {
                  const { asked } = tally(
                    found.figures.filter((f) => f.level === level && f.partyId === party),
                  );
                  return (
                    <span className="meta" key={party}>
                      <Who party={look(party)}>{t.asks(asked)}</Who>
                    </span>
                  );
                })}
              </li>
            ))}
          </ol>
          {holidays && holidays.length > 0 && (
            <p className="meta">{t.holidays(holidays.join(', '))}</p>
          )}
        </>
      )}
    </div>
  );
}
