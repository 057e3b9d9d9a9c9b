import { useState } from 'react';
import type { PostRef } from '../../api/posts';
import { PostPicker } from '../../content/PostPicker';
import { useTexts } from '../../i18n';
import { complete, noText, type LocalisedText } from '../../lib/text';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { CheckList } from '../../ui/forms/CheckList';
import { EditForm } from '../../ui/forms/EditForm';
import { TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import type { Forum } from './queries';
import {
  useSaveTemplate,
  type MeetingTemplate,
  type MeetingTemplateInput,
  type TemplateItem,
} from './yearQueries';

/** A standing item, or a heading over those that follow it: a heading has a title only. */
interface Row {
  /** Of this form only. */
  key: number;
  kind: TemplateItem['kind'];
  title: LocalisedText;
  minutes: string;
  presenter: PostRef | null;
}

interface Body {
  title: LocalisedText;
  place: LocalisedText;
  frequency: MeetingTemplateInput['frequency'];
  weekday: string;
  week: string;
  every: string;
  months: string[];
  startsAt: string;
  duration: string;
  items: Row[];
}

interface TemplateFormProps {
  forum: Forum;
  template?: MeetingTemplate;
  onSaved: () => void;
  /** Left out where there is nothing to go back to. */
  onCancel?: () => void;
}

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(String);

/** When a forum meets, where, and what stands on every agenda. */
export function TemplateForm({ forum, template, onSaved, onCancel }: TemplateFormProps) {
  const texts = useTexts();
  const t = texts.forumYear;
  const save = useSaveTemplate(forum.id);
  const [initial] = useState(() => bodyOf(template));
  return (
    <EditForm
      label={t.template}
      initial={initial}
      version={template?.version ?? 0}
      save={(body, version) => save.mutateAsync({ version, body: inputOf(body, forum, template) })}
      onSaved={onSaved}
      onCancel={onCancel ?? (() => window.history.back())}
      current={(resource) => {
        const current = resource as MeetingTemplate;
        return { body: bodyOf(current), version: current.version };
      }}
      describe={(body) => [
        { key: 'when', label: t.when, text: t.rule(inputOf(body, forum, template)) },
        { key: 'clock', label: t.clock, text: `${body.startsAt}, ${body.duration}` },
        {
          key: 'items',
          label: t.items,
          text: body.items
            .map(({ kind, title, minutes }) =>
              kind === 'heading'
                ? `${texts.agenda.heading}: ${title.fi ?? ''}`
                : `${title.fi ?? ''} ${minutes}`,
            )
            .join('\n'),
        },
      ]}
    >
      {({ body, set, error, errors }) => {
        const change = (key: number, part: Partial<Row>) =>
          set({
            items: body.items.map((item) => (item.key === key ? { ...item, ...part } : item)),
          });
        const move = (index: number, by: number) => {
          const items = [...body.items];
          const [item] = items.splice(index, 1);
          if (item) items.splice(index + by, 0, item);
          set({ items });
        };
        const add = (kind: Row['kind']) => {
          const key = Math.max(0, ...body.items.map((item) => item.key)) + 1;
          set({
            items: [...body.items, { key, kind, title: noText, minutes: '', presenter: null }],
          });
        };
        return (
          <>
            <div className="fields">
              <Select
                label={t.frequency}
                value={body.frequency}
                options={(['monthly', 'weekly'] as const).map((value) => ({
                  value,
                  label: t.frequencies[value],
                }))}
                onChange={(frequency) => set({ frequency })}
              />
              {body.frequency === 'monthly' ? (
                <Select
                  label={t.week}
                  value={body.week}
                  options={['1', '2', '3', '4', '-1'].map((value) => ({
                    value,
                    label: t.weeks(Number(value)),
                  }))}
                  onChange={(week) => set({ week })}
                />
              ) : (
                <Select
                  label={t.every}
                  value={body.every}
                  options={months.map((value) => ({ value, label: t.everyWeeks(Number(value)) }))}
                  onChange={(every) => set({ every })}
                />
              )}
              <Select
                label={t.weekday}
                value={body.weekday}
                options={['1', '2', '3', '4', '5'].map((value) => ({
                  value,
                  label: t.weekdays[Number(value) - 1] ?? value,
                }))}
                onChange={(weekday) => set({ weekday })}
                error={error('/weekday')}
              />
            </div>
            <CheckList
              legend={t.months}
              options={months.map((id) => ({ id, label: t.monthNames[Number(id) - 1] ?? id }))}
              value={body.months}
              onChange={(chosen) => set({ months: chosen })}
              error={error('/months')}
            />
            <div className="fields">
              <TextField
                label={texts.forums.startsAt}
                hint={texts.forums.clockHint}
                value={body.startsAt}
                onChange={(startsAt) => set({ startsAt })}
                error={error('/startsAt')}
              />
              <TextField
                label={t.duration}
                value={body.duration}
                onChange={(duration) => set({ duration })}
                error={error('/durationMinutes')}
              />
            </div>
            <LocalisedField
              label={texts.forums.place}
              hint={texts.forums.placeHint}
              value={body.place}
              onChange={(place) => set({ place })}
              errors={errors('/place')}
              maxLength={300}
            />
            <LocalisedField
              label={t.meetingTitle}
              hint={t.meetingTitleHint}
              value={body.title}
              onChange={(title) => set({ title })}
              errors={errors('/title')}
              maxLength={300}
            />
            <fieldset>
              <legend>{t.items}</legend>
              <ol className="rows frm-std-edit">
                {body.items.map((item, index) => {
                  const { kind } = item;
                  const no = numberOf(body.items, index);
                  return (
                    <li key={item.key}>
                      <LocalisedField
                        label={t.rowNo(no, kind)}
                        value={item.title}
                        onChange={(title) => change(item.key, { title })}
                        errors={errors(`/items/${index}/title`)}
                        maxLength={300}
                      />
                      {kind === 'item' && (
                        <div className="fields">
                          <TextField
                            optional
                            label={t.itemMinutes}
                            value={item.minutes}
                            onChange={(minutes) => change(item.key, { minutes })}
                            error={error(`/items/${index}/minutesReserved`)}
                          />
                          <PostPicker
                            label={t.presenter}
                            value={item.presenter}
                            onChange={(presenter) => change(item.key, { presenter })}
                          />
                        </div>
                      )}
                      <p className="btns">
                        <Button
                          variant="quiet"
                          small
                          disabled={index === 0}
                          aria-label={t.moveUp(no, kind)}
                          onClick={() => move(index, -1)}
                        >
                          {t.up}
                        </Button>
                        <Button
                          variant="quiet"
                          small
                          disabled={index === body.items.length - 1}
                          aria-label={t.moveDown(no, kind)}
                          onClick={() => move(index, 1)}
                        >
                          {t.down}
                        </Button>
                        <Button
                          variant="quiet"
                          small
                          aria-label={t.removeRow(no, kind)}
                          onClick={() =>
                            set({ items: body.items.filter(({ key }) => key !== item.key) })
                          }
                        >
                          {t.remove}
                        </Button>
                      </p>
                    </li>
                  );
                })}
              </ol>
              <p className="btns">
                <Button variant="secondary" small onClick={() => add('item')}>
                  {t.addItem}
                </Button>
                <Button variant="secondary" small onClick={() => add('heading')}>
                  {t.addHeading}
                </Button>
              </p>
            </fieldset>
          </>
        );
      }}
    </EditForm>
  );
}

/** The place of a row among those of its kind, from 1. */
function numberOf(rows: readonly { kind: TemplateItem['kind'] }[], index: number): number {
  const kind = rows[index]?.kind;
  return rows.slice(0, index + 1).filter((row) => row.kind === kind).length;
}

function bodyOf(template: MeetingTemplate | undefined): Body {
  return {
    title: template?.title ?? noText,
    place: template?.place ?? noText,
    frequency: template?.frequency ?? 'monthly',
    weekday: String(template?.weekday ?? 2),
    week: String(template?.week ?? 2),
    every: String(template?.every ?? 4),
    months: (template?.months ?? []).map(String),
    startsAt: template?.startsAt.replace(':', '.') ?? '13.00',
    duration: String(template?.durationMinutes ?? 120),
    items: (template?.items ?? []).map((item, key) => ({
      key,
      kind: item.kind,
      title: item.title,
      minutes: item.minutesReserved ? String(item.minutesReserved) : '',
      presenter: item.presenter ?? null,
    })),
  };
}

/** What is no number is sent as one that the server refuses at its place. */
function number(text: string): number {
  if (text.trim() === '') return 0;
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : 9999;
}

function inputOf(
  body: Body,
  forum: Forum,
  template: MeetingTemplate | undefined,
): MeetingTemplateInput {
  const clock = /^(\d{1,2})[.:](\d{2})$/.exec(body.startsAt.trim());
  return {
    title: complete(body.title),
    place: complete(body.place),
    frequency: body.frequency,
    weekday: Number(body.weekday),
    week: Number(body.week),
    every: Number(body.every),
    months: body.months.map(Number).sort((a, b) => a - b),
    startsAt: clock ? `${(clock[1] ?? '').padStart(2, '0')}:${clock[2] ?? ''}` : '-',
    durationMinutes: number(body.duration),
    items: body.items.map(({ kind, title, minutes, presenter }) => ({
      kind,
      title: complete(title),
      ...(kind === 'item' && {
        minutesReserved: number(minutes),
        ...(presenter && { presenterPostId: presenter.id }),
      }),
    })),
    visibility: template?.visibility ?? forum.visibility,
    visibilityGround: template?.visibilityGround ?? forum.visibilityGround,
  };
}
