import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { tagsQuery } from '../../api/terms';
import { T, useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { formatPrecise } from '../../lib/dates';
import { localised } from '../../lib/text';
import { DataTable } from '../../ui/DataTable';
import type { BulkChange, BulkRow, BulkValues } from './bulkQueries';

/**
 * What becomes of each action: old and new, or what stands in its way. It takes the focus, since it
 * pushes what asked for it out of sight.
 */
export function BulkPreview({ told }: { told: BulkChange }) {
  const texts = useTexts();
  const t = texts.bulk;
  const lang = useLang();
  const lines = useLines();
  const why = useWhy();
  const order = { refused: 0, changed: 1, same: 2 };
  const sum = useRef<HTMLParagraphElement>(null);
  useEffect(() => sum.current?.focus(), [told]);
  const rows = told.rows.toSorted((a, b) => order[a.state] - order[b.state]);
  return (
    <>
      <p ref={sum} tabIndex={-1}>
        <b>{t.would(told.changed, told.refused, told.same)}</b>
      </p>
      <div className="bulk-rows" role="group" aria-label={t.preview}>
        <DataTable
          caption={t.preview}
          columns={[
            {
              key: 'action',
              header: texts.actions.list.columns.action,
              kind: 'name',
              render: ({ no, title }) =>
                no === undefined ? (
                  t.unseen
                ) : (
                  <Link to="/$lang/actions/$no" params={{ lang, no: String(no) }}>
                    {no} {title && <T text={title} />}
                  </Link>
                ),
            },
            {
              key: 'what',
              header: t.becomes,
              render: (row) => {
                if (row.state === 'same') return <span className="meta">{t.same}</span>;
                if (row.state === 'refused')
                  return (
                    <ul className="imp-fields">
                      {row.errors.map(({ pointer, code }) => (
                        <li key={`${pointer}${code}`}>{why(pointer, code)}</li>
                      ))}
                    </ul>
                  );
                const changes = lines(row);
                return (
                  <ul className="imp-fields">
                    {changes.map(({ label, old, now }) => (
                      <li key={label}>
                        <b>{label}</b> <span className="meta">{texts.imports.was}</span>{' '}
                        <del>{old || texts.imports.empty}</del>{' '}
                        <span className="meta">{texts.imports.becomes}</span>{' '}
                        <ins>{now || texts.imports.empty}</ins>
                      </li>
                    ))}
                    {changes.length === 0 && <li>{t.onlyReport}</li>}
                    {row.needsReason && <li>{t.needsReason}</li>}
                  </ul>
                );
              },
            },
          ]}
          groups={[
            { key: 'refused', heading: t.groups.refused },
            { key: 'changed', heading: t.groups.changed },
            { key: 'same', heading: t.groups.same },
          ].flatMap(({ key, heading }) => {
            const those = rows.filter(({ state }) => state === key);
            return those.length > 0 ? [{ key, heading, rows: those }] : [];
          })}
          rowKey={({ id }) => id}
        />
      </div>
    </>
  );
}

/** Why an action is refused, in words. */
function useWhy() {
  const texts = useTexts();
  return (pointer: string, code: string): string => {
    const own: Record<string, string | undefined> = texts.bulk.refusals;
    const fields: Record<string, string | undefined> = texts.problems.fields;
    const codes: Record<string, string | undefined> = texts.problems.codes;
    if (pointer === '/result/fi' && code === 'required') return texts.actions.update.resultHint;
    if (pointer === '/reason') return fields[code] ?? texts.bulk.needsReason;
    return (
      (pointer === '' ? own[code] : undefined) ??
      fields[code] ??
      codes[code] ??
      texts.problems.fields.invalid
    );
  };
}

interface Line {
  label: string;
  old: string;
  now: string;
}

/** The fields that change, in words: what was said, what is said, and the condition that follows. */
function useLines() {
  const texts = useTexts();
  const t = texts.actions;
  const lang = useLang();
  const me = useMe().data?.partyId;
  const looks = usePartyLooks(lang);
  const tags = useQuery(tagsQuery(ofNow)).data ?? [];
  return ({ before, after, fields }: BulkRow): Line[] => {
    if (!before || !after) return [];
    const own = ({ partyStatuses }: BulkValues) =>
      partyStatuses.find(({ partyId }) => partyId === me);
    const status = (of: Pick<BulkValues, 'status' | 'progress'> | undefined) =>
      of ? `${t.statuses[of.status]}, ${of.progress}\u00a0%` : '';
    const date = (on: string | undefined, precision: BulkValues['duePrecision']) =>
      on ? formatPrecise(on, precision, lang) : '';
    const posts = (of: BulkValues, other: BulkValues) =>
      of.responsibilities
        .filter(
          (mine) =>
            !other.responsibilities.some(
              ({ post, part, standing }) =>
                post.id === mine.post.id && part === mine.part && standing === mine.standing,
            ),
        )
        .map(({ post, part, standing }) => {
          const waits =
            standing === 'in_force' ? '' : `, ${texts.responsibilities.standings[standing]}`;
          return `${texts.ui.parts[part].name}: ${localised(post.title, lang).value} (${looks(post.partyId).name}${waits})`;
        })
        .join('\n');
    const names = ({ tagIds }: BulkValues) =>
      tagIds
        .map((id) => localised(tags.find((tag) => tag.id === id)?.title, lang).value)
        .join(', ');
    const changed = (...keys: string[]) => keys.some((key) => fields.includes(key));
    const several = after.partyStatuses.length > 1;
    const found: (Line | false)[] = [
      several &&
        changed('partyStatus') && {
          label: `${t.update.status}: ${looks(me).name}`,
          old: status(own(before)),
          now: status(own(after)),
        },
      changed('status', 'progress') && {
        label: several ? `${t.update.status}: ${texts.together.joint}` : t.update.status,
        old: status(before),
        now: status(after),
      },
      changed('result') && {
        label: t.fields.result ?? '',
        old: localised(before.result, lang).value,
        now: localised(after.result, lang).value,
      },
      changed('startsOn', 'startsPrecision') && {
        label: t.page.starts,
        old: date(before.startsOn, before.startsPrecision),
        now: date(after.startsOn, after.startsPrecision),
      },
      changed('dueOn', 'duePrecision') && {
        label: t.page.due,
        old: date(before.dueOn, before.duePrecision),
        now: date(after.dueOn, after.duePrecision),
      },
      changed('responsibilities') && {
        label: t.quick.responsible,
        old: posts(before, after),
        now: posts(after, before),
      },
      changed('tagIds') && {
        label: texts.content.tags,
        old: names(before),
        now: names(after),
      },
      before.condition !== after.condition && {
        label: t.filters.condition,
        old: texts.ui.conditions[before.condition],
        now: texts.ui.conditions[after.condition],
      },
    ];
    return found.filter((line) => line !== false);
  };
}
