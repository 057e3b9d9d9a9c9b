import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Select } from '../../ui/filters';
import { Breadcrumb, KeyValues, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { EmptyState, ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import './forums.css';
import { meetingNo } from './meetings';
import { forumQuery, useShownDay, type Forum } from './queries';
import { TemplateForm } from './TemplateForm';
import {
  seriesQuery,
  templateQuery,
  useMakeSeries,
  type MeetingTemplate,
  type SeriesDay,
} from './yearQueries';

/** The meetings of a forum's year: what they have in common, and the drafts that come of it. */
export function YearPage() {
  const texts = useTexts();
  const t = texts.forumYear;
  const lang = useLang();
  const { id } = useParams({ from: '/$lang/forums/$id/year' });
  const forum = useQuery(forumQuery(id, ofNow));
  const day = useShownDay();
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
          day &&
          (data.permissions.includes('meeting.create') ? (
            <Year key={data.id} forum={data} year={Number(day.slice(0, 4))} />
          ) : (
            <EmptyState title={t.secretaryOnly} />
          ))
        }
      </Loaded>
    </>
  );
}

function Year({ forum, year }: { forum: Forum; year: number }) {
  const t = useTexts().forumYear;
  const toast = useToast();
  const [editing, setEditing] = useState(false);
  const template = useQuery(templateQuery(forum.id, ofNow));
  return (
    <Loaded query={template} loading={t.loading}>
      {(data) =>
        editing || data === null ? (
          <Section title={data ? t.editTemplate : t.newTemplate}>
            <TemplateForm
              forum={forum}
              template={data ?? undefined}
              onSaved={() => {
                setEditing(false);
                toast(t.templateSaved);
              }}
              onCancel={data ? () => setEditing(false) : undefined}
            />
          </Section>
        ) : (
          <div className="stack">
            <Template template={data} onEdit={() => setEditing(true)} />
            <Series forum={forum} template={data} thisYear={year} />
          </div>
        )
      }
    </Loaded>
  );
}

function Template({ template, onEdit }: { template: MeetingTemplate; onEdit: () => void }) {
  const t = useTexts().forumYear;
  const lang = useLang();
  const minutes = template.items.reduce((sum, item) => sum + (item.minutesReserved ?? 0), 0);
  return (
    <Section
      title={t.template}
      aside={
        <Button variant="quiet" small onClick={onEdit}>
          {t.editTemplate}
        </Button>
      }
    >
      <KeyValues
        items={[
          { name: t.when, value: t.rule(template) },
          { name: t.clock, value: t.clockOf(template.startsAt, template.durationMinutes) },
          ...(localised(template.place, lang).value
            ? [{ name: t.place, value: <T text={template.place} /> }]
            : []),
          {
            name: t.items,
            value:
              template.items.length === 0 ? (
                t.noItems
              ) : (
                <>
                  <ol className="frm-std">
                    {template.items.map((item, index) => (
                      <li key={index} {...placeOf(template, index)}>
                        <T text={item.title} />
                        <span className="meta">
                          {[
                            item.minutesReserved && t.minutes(item.minutesReserved),
                            item.presenter && localised(item.presenter.title, lang).value,
                          ]
                            .filter(Boolean)
                            .join(', ')}
                        </span>
                      </li>
                    ))}
                  </ol>
                  <span className="meta">{t.total(minutes, template.durationMinutes)}</span>
                </>
              ),
          },
        ]}
      />
    </Section>
  );
}

/** Items have the numbers that they get on an agenda; headings have none. */
function placeOf({ items }: MeetingTemplate, index: number) {
  return items[index]?.kind === 'heading'
    ? { className: 'frm-std-h' }
    : { value: items.slice(0, index + 1).filter(({ kind }) => kind === 'item').length };
}

interface SeriesProps {
  forum: Forum;
  template: MeetingTemplate;
  thisYear: number;
}

function Series({ forum, template, thisYear }: SeriesProps) {
  const t = useTexts().forumYear;
  const lang = useLang();
  const toast = useToast();
  const [year, setYear] = useState(thisYear + 1);
  const [left, setLeft] = useState<readonly string[]>([]);
  const series = useQuery(seriesQuery(forum.id, year, template.version));
  const make = useMakeSeries(forum.id);
  return (
    <Section title={t.preview} aside={t.previewNote}>
      <Select
        small
        label={t.year}
        value={String(year)}
        options={[thisYear, thisYear + 1, thisYear + 2].map((value) => ({
          value: String(value),
          label: String(value),
        }))}
        onChange={(value) => {
          setYear(Number(value));
          setLeft([]);
          make.reset();
        }}
      />
      <Loaded query={series} loading={t.loading}>
        {({ days, templateVersion }) => {
          const possible = days.filter(({ state }) => state === 'missing' || state === 'near');
          // A day that is near another meeting has to be chosen, the others to be left out.
          const chosen = possible.filter(
            ({ on, state }) => left.includes(on) === (state === 'near'),
          );
          const toggle = (on: string) =>
            setLeft(left.includes(on) ? left.filter((other) => other !== on) : [...left, on]);
          return (
            <>
              <DataTable
                caption={t.previewCaption(year)}
                className="frm-series"
                columns={[
                  {
                    key: 'make',
                    header: t.make,
                    hiddenHeader: true,
                    className: 'frm-pick',
                    render: (day) =>
                      day.state === 'missing' || day.state === 'near' ? (
                        <input
                          type="checkbox"
                          aria-label={t.makeOn(formatDate(day.date, lang))}
                          checked={chosen.includes(day)}
                          onChange={() => toggle(day.on)}
                        />
                      ) : null,
                  },
                  {
                    key: 'date',
                    header: t.day,
                    kind: 'name',
                    render: (day) => (
                      <span className="nb">{formatDate(day.date, lang, { weekday: true })}</span>
                    ),
                  },
                  {
                    key: 'number',
                    header: t.meeting,
                    render: (day) =>
                      day.meeting ? (
                        <PathLink className="q" path={`/meetings/${day.meeting.id}`}>
                          {meetingNo(day.meeting)}
                        </PathLink>
                      ) : chosen.includes(day) && day.year ? (
                        meetingNo({ number: numberOf(day, possible, chosen), year: day.year })
                      ) : (
                        '–'
                      ),
                  },
                  { key: 'note', header: t.note, render: (day) => <Note day={day} /> },
                ]}
                groups={[{ key: 'all', rows: days }]}
                rowKey={({ on }) => on}
              />
              {days.length === 0 && <EmptyState title={t.noDays} />}
              {make.error && <ErrorState error={make.error} title={t.notMade} />}
              <p className="btns more">
                <Button
                  aria-disabled={make.isPending || chosen.length === 0}
                  onClick={() => {
                    if (make.isPending || chosen.length === 0) return;
                    whenSaved(
                      make.mutateAsync({
                        version: templateVersion,
                        year,
                        days: chosen.map(({ on }) => on),
                      }),
                      (made) => {
                        setLeft([]);
                        toast(t.made(made.meetings.length));
                      },
                    );
                  }}
                >
                  {t.makeDrafts(chosen.length)}
                </Button>
                <span className="meta">{possible.length === 0 ? t.allMade : t.draftsNote}</span>
              </p>
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

/** The number that a day gets when only the chosen ones are made. */
function numberOf(
  day: SeriesDay,
  possible: readonly SeriesDay[],
  chosen: readonly SeriesDay[],
): number {
  const first = possible.find(({ year }) => year === day.year)?.number ?? 1;
  return first + chosen.filter(({ year }) => year === day.year).indexOf(day);
}

/** Why the date is another than by the rule, and what stands in the way. */
function Note({ day }: { day: SeriesDay }) {
  const t = useTexts().forumYear;
  const lang = useLang();
  const parts: string[] = [];
  if (day.date !== day.on) {
    const [first] = day.skipped;
    parts.push(
      t.moved(
        formatDate(day.on, lang, { weekday: true, short: true }),
        first?.holiday ? localised(first.holiday, lang).value : t.weekend,
      ),
    );
  }
  if (day.state === 'past') parts.push(t.past);
  if (day.state === 'made' && day.meeting) {
    const held = dateOf(day.meeting.startsAt);
    parts.push(
      day.meeting.status === 'cancelled'
        ? t.cancelled
        : held === day.date
          ? t.alreadyMade
          : t.movedTo(formatDate(held, lang, { weekday: true })),
    );
  }
  if (day.state === 'near' && day.meeting) {
    parts.push(
      t.near(
        meetingNo(day.meeting),
        formatDate(dateOf(day.meeting.startsAt), lang, { short: true }),
      ),
    );
  }
  return parts.join(' ');
}
