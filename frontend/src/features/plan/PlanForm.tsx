import type { Plan } from '../../api/terms';
import { ChangedBy } from '../../content/ChangedBy';
import { inEachLanguage } from '../../content/describe';
import { VisibilityField, type VisibilityValue } from '../../content/VisibilityField';
import { useLang, useTexts } from '../../i18n';
import { complete, localised, noText } from '../../lib/text';
import { Button } from '../../ui/Button';
import { FieldError, Select } from '../../ui/filters';
import { EditForm } from '../../ui/forms/EditForm';
import { DateField, TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import type { PlanInput } from './queries';

interface Body {
  key: string;
  title: Plan['title'];
  councilTerm: string;
  startsOn: string;
  endsOn: string;
  events: Plan['events'];
  visibility: VisibilityValue;
  visibilityGround: string;
  supersedesId: string | undefined;
}

function bodyOfPlan(plan: Plan): Body {
  const { key, title, councilTerm, startsOn, endsOn, events, visibility, supersedesId } = plan;
  const visibilityGround = plan.visibilityGround ?? '';
  return {
    key,
    title,
    councilTerm,
    startsOn,
    endsOn,
    events,
    visibility,
    visibilityGround,
    supersedesId,
  };
}

interface PlanFormProps {
  /** Left out for a new plan. */
  plan?: Plan;
  save: (body: PlanInput, version: number, key: string) => Promise<Plan>;
  onSaved: () => void;
  onCancel: () => void;
}

/** Creates a plan or changes one, with its annual cycle. */
export function PlanForm({ plan, save, onSaved, onCancel }: PlanFormProps) {
  const texts = useTexts();
  const t = texts.plan;
  const lang = useLang();
  return (
    <EditForm<Body, Plan>
      label={plan ? t.editPlan(localised(plan.title, lang).value) : t.create}
      initial={
        plan
          ? bodyOfPlan(plan)
          : {
              key: '',
              title: noText,
              councilTerm: '',
              startsOn: '',
              endsOn: '',
              events: [],
              visibility: 'internal',
              visibilityGround: t.unfinished,
              supersedesId: undefined,
            }
      }
      version={plan?.version}
      save={({ key, ...body }, version) =>
        save(
          {
            ...body,
            visibilityGround: body.visibility === 'internal' ? body.visibilityGround : '',
          },
          version,
          key,
        )
      }
      onSaved={onSaved}
      onCancel={onCancel}
      current={(resource) => {
        const saved = resource as Plan;
        return { body: bodyOfPlan(saved), version: saved.version };
      }}
      savedBy={(changed) => <ChangedBy changed={changed} />}
      describe={(body) => [
        ...inEachLanguage(texts, 'title', t.name, body.title),
        { key: 'term', label: t.councilTerm, text: body.councilTerm },
        { key: 'dates', label: t.inForce, text: `${body.startsOn} – ${body.endsOn}` },
        {
          key: 'events',
          label: t.cycle,
          text: body.events
            .map(({ month, title }) => `${month}: ${localised(title, lang).value}`)
            .join('; '),
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
          <Events
            events={body.events}
            onChange={(events) => set({ events })}
            error={error}
            errors={errors}
          />
          <VisibilityField
            visibility={body.visibility}
            ground={body.visibilityGround}
            onChange={set}
            error={error}
          />
        </>
      )}
    </EditForm>
  );
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
