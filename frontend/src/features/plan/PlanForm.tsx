import { useQuery } from '@tanstack/react-query';
import type { CaseReference } from '../../api/posts';
import { plansQuery, type Plan } from '../../api/terms';
import { ChangedBy } from '../../content/ChangedBy';
import { inEachLanguage } from '../../content/describe';
import type { Drafted, Drafting } from '../../content/drafting';
import { ReferencesField } from '../../content/ReferencesField';
import { monthly, RhythmField, rhythmText } from '../../content/RhythmField';
import { VisibilityField, type VisibilityValue } from '../../content/VisibilityField';
import { useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import type { Lang } from '../../lib/lang';
import { complete, localised, noText } from '../../lib/text';
import { Button } from '../../ui/Button';
import { FieldError, Select } from '../../ui/filters';
import { EditForm } from '../../ui/forms/EditForm';
import { DateField, TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import type { PlanInput } from './queries';
import { RevisionsField, type RevisionBody } from './RevisionsField';

interface Body {
  key: string;
  title: Plan['title'];
  councilTerm: string;
  startsOn: string;
  endsOn: string;
  events: Plan['events'];
  freshness: Plan['freshness'];
  visibility: VisibilityValue;
  visibilityGround: string;
  supersedesId: string | undefined;
  revisions: RevisionBody[];
  legalBasisIds: string[];
  cases: CaseReference[];
}

/** The form as the plan is, or as a draft of it says. */
function bodyOf(content: PlanInput, key: string): Body {
  const { title, councilTerm, startsOn, endsOn, visibility, supersedesId } = content;
  return {
    key,
    title,
    councilTerm,
    startsOn,
    endsOn,
    events: content.events ?? [],
    freshness: content.freshness ?? monthly,
    visibility,
    visibilityGround: content.visibilityGround ?? '',
    supersedesId,
    revisions: (content.revisions ?? []).map(({ description = {}, cases = [], ...revision }) => ({
      ...revision,
      description: complete(description),
      cases,
    })),
    legalBasisIds: content.legalBasisIds ?? [],
    cases: content.cases ?? [],
  };
}

/** The revisions as one text in each language, so that two versions show what differs in any of them. */
function revisionTexts(revisions: readonly RevisionBody[], numbered: (no: number) => string) {
  const written = (lang: Lang) =>
    revisions
      .map(({ no, year, adoptedOn, description, cases }) =>
        [
          `${numbered(no)}: ${year}, ${adoptedOn}`,
          description[lang],
          ...cases.flatMap(({ registryNo, urlFi, urlSv }) => [registryNo, urlFi, urlSv]),
        ]
          .filter(Boolean)
          .join('. '),
      )
      .join('; ');
  return { fi: written('fi'), sv: written('sv'), en: written('en') };
}

interface PlanFormProps {
  /** Left out for a new plan. */
  plan?: Plan;
  /** Where the change is saved as a draft. */
  drafting?: Drafting<PlanInput>;
  save: (body: PlanInput, version: number, key: string) => Promise<Plan>;
  onSaved: () => void;
  onCancel: () => void;
}

/** Creates a plan or changes one, with its annual cycle. */
export function PlanForm({ plan, drafting, save, onSaved, onCancel }: PlanFormProps) {
  const texts = useTexts();
  const t = texts.plan;
  const lang = useLang();
  const others = (useQuery(plansQuery(ofNow)).data ?? []).filter(({ id }) => id !== plan?.id);
  const key = plan?.key ?? '';
  const drafted = ({ content }: Drafted<PlanInput>) => bodyOf(content, key);
  return (
    <EditForm<Body, Plan | undefined>
      label={plan ? t.editPlan(localised(plan.title, lang).value) : t.create}
      initial={
        drafting?.opened
          ? drafted(drafting.opened)
          : plan
            ? bodyOf(plan, key)
            : {
                key: '',
                title: noText,
                councilTerm: '',
                startsOn: '',
                endsOn: '',
                events: [],
                freshness: monthly,
                visibility: 'internal',
                visibilityGround: t.unfinished,
                supersedesId: undefined,
                revisions: [],
                legalBasisIds: [],
                cases: [],
              }
      }
      version={plan?.version}
      save={({ key: name, ...body }, version) => {
        const input = {
          ...body,
          visibilityGround: body.visibility === 'internal' ? body.visibilityGround : '',
        };
        return drafting ? drafting.save(input) : save(input, version, name);
      }}
      saveLabel={drafting?.saveLabel}
      below={drafting?.below}
      onSaved={(saved) => saved && onSaved()}
      onCancel={onCancel}
      current={(resource) => {
        if (drafting) return { body: drafted(drafting.current(resource)), version: 0 };
        const saved = resource as Plan;
        return { body: bodyOf(saved, key), version: saved.version };
      }}
      savedBy={(changed) => <ChangedBy changed={changed} />}
      describe={(body) => [
        ...inEachLanguage(texts, 'title', t.name, body.title),
        { key: 'term', label: t.councilTerm, text: body.councilTerm },
        { key: 'dates', label: t.inForce, text: `${body.startsOn} – ${body.endsOn}` },
        {
          key: 'supersedes',
          label: t.supersedes,
          text: nameOf(others, body.supersedesId, lang),
        },
        ...inEachLanguage(
          texts,
          'revisions',
          t.revisions,
          revisionTexts(body.revisions, t.revisionNo),
        ),
        {
          key: 'events',
          label: t.cycle,
          text: body.events
            .map(({ month, title }) => `${month}: ${localised(title, lang).value}`)
            .join('; '),
        },
        {
          key: 'freshness',
          label: texts.freshness.rhythm.label,
          text: rhythmText(texts.freshness.rhythm, body.freshness),
        },
      ]}
    >
      {({ body, set, error, errors }) => (
        <>
          <LocalisedField
            label={t.name}
            value={body.title}
            onChange={(title) => set({ title: complete(title) })}
            errors={errors('/title')}
            maxLength={300}
          />
          <div className="fields">
            {!plan && (
              <TextField
                label={t.key}
                hint={t.keyHint}
                value={body.key}
                onChange={(key) => set({ key })}
                error={error('/key')}
              />
            )}
            <TextField
              label={t.councilTerm}
              value={body.councilTerm}
              onChange={(councilTerm) => set({ councilTerm })}
              error={error('/councilTerm')}
            />
            <DateField
              label={t.startsOn}
              value={body.startsOn}
              onChange={(startsOn) => set({ startsOn })}
              error={error('/startsOn')}
            />
            <DateField
              label={t.endsOn}
              value={body.endsOn}
              onChange={(endsOn) => set({ endsOn })}
              error={error('/endsOn')}
            />
          </div>
          <Select
            label={t.supersedes}
            value={body.supersedesId ?? ''}
            options={[
              { value: '', label: t.supersedesNone },
              ...others.map(({ id, title }) => ({
                value: id,
                label: localised(title, lang).value,
              })),
            ]}
            onChange={(id) => set({ supersedesId: id || undefined })}
            error={error('/supersedesId')}
          />
          <RevisionsField
            revisions={body.revisions}
            onChange={(revisions) => set({ revisions })}
            error={error}
            errors={errors}
          />
          {drafting && <p className="meta">{t.wordHint}</p>}
          <div className="fields">
            <RhythmField
              value={body.freshness}
              onChange={(freshness) => set({ freshness: freshness ?? monthly })}
              hint={texts.freshness.rhythm.planHint}
              targetError={error('/freshness/target')}
              limitError={error('/freshness/limit')}
            />
          </div>
          <Events
            events={body.events}
            onChange={(events) => set({ events })}
            error={error}
            errors={errors}
          />
          <ReferencesField
            legalBasisIds={body.legalBasisIds}
            cases={body.cases}
            onChange={set}
            error={error}
          />
          <VisibilityField
            visibility={body.visibility}
            ground={body.visibilityGround}
            onChange={set}
            error={error}
          />
          {error('/visibility') && <FieldError>{error('/visibility')}</FieldError>}
        </>
      )}
    </EditForm>
  );
}

function nameOf(plans: readonly Plan[], id: string | undefined, lang: Lang): string {
  const found = plans.find((plan) => plan.id === id);
  return found ? localised(found.title, lang).value : '';
}

interface EventsProps {
  events: Plan['events'];
  onChange: (events: Plan['events']) => void;
  error: (pointer: string) => string | undefined;
  errors: (pointer: string) => Partial<Record<'fi' | 'sv' | 'en', string>>;
}

function Events({ events, onChange, error, errors }: EventsProps) {
  const t = useTexts().plan;
  const lang = useLang();
  const problem = error('/events');
  const change = (key: string, part: Partial<Plan['events'][number]>) =>
    onChange(events.map((event) => (event.key === key ? { ...event, ...part } : event)));
  return (
    <fieldset>
      <legend>{t.cycle}</legend>
      <ul className="rows">
        {events.map((event, index) => (
          <li key={event.key}>
            <div className="fields">
              <Select
                label={t.month}
                value={String(event.month)}
                options={t.months.map((label, m) => ({ value: String(m + 1), label }))}
                onChange={(month) => change(event.key, { month: Number(month) })}
              />
              <Button
                variant="quiet"
                aria-label={t.removeEvent(localised(event.title, lang).value)}
                onClick={() => onChange(events.filter(({ key }) => key !== event.key))}
              >
                {t.remove}
              </Button>
            </div>
            <LocalisedField
              label={t.event}
              value={event.title}
              onChange={(title) => change(event.key, { title: complete(title) })}
              errors={errors(`/events/${index}/title`)}
              maxLength={300}
            />
          </li>
        ))}
      </ul>
      {problem && <FieldError>{problem}</FieldError>}
      <Button
        variant="secondary"
        small
        onClick={() =>
          onChange([...events, { key: `e-${crypto.randomUUID()}`, month: 1, title: noText }])
        }
      >
        {t.addEvent}
      </Button>
    </fieldset>
  );
}
