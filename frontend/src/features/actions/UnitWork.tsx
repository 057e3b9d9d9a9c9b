import { Link } from '@tanstack/react-router';
import { usePartyLooks } from '../../api/parties';
import { PostLink } from '../../content/PostLink';
import { T, useLang, useTexts } from '../../i18n';
import { localised } from '../../lib/text';
import { DataTable, type Column } from '../../ui/DataTable';
import { Num } from '../../ui/Num';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import type { MyUnits, UnitFigures, UnitReason } from './queries';
import { unitReasons } from './workSearch';

const figures = { late: 'late', stale: 'stale', due_soon: 'dueSoon' } as const satisfies Record<
  UnitReason,
  keyof UnitFigures
>;

/** How much the units that the reader manages have late, out of date or due soon, by unit and by post. */
export function UnitFiguresSection({ units }: { units: MyUnits }) {
  const t = useTexts().myWork.unit;
  const lang = useLang();
  if (units.units.length === 0) return null;
  return (
    <>
      <Section
        title={t.byUnit}
        aside={
          <Link
            to="/$lang/freshness"
            params={{ lang }}
            search={{ by: 'unit', party: units.posts[0]?.post?.partyId }}
          >
            {t.freshness}
          </Link>
        }
      >
        <Table caption={t.byUnit} head={t.unit} rows={units.units} />
        <p className="meta below">
          {units.unitsTotal > units.units.length &&
            `${t.some(units.units.length, units.unitsTotal)} `}
          {t.below}
        </p>
      </Section>
      <Section title={t.byPost}>
        <Table caption={t.byPost} head={t.post} rows={units.posts} />
        {units.postsTotal > units.posts.length && (
          <p className="meta below">{t.some(units.posts.length, units.postsTotal)}</p>
        )}
      </Section>
    </>
  );
}

interface TableProps {
  caption: string;
  head: string;
  rows: readonly UnitFigures[];
}

function Table({ caption, head, rows }: TableProps) {
  const t = useTexts().myWork.unit;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const nameOf = ({ unit, post }: UnitFigures) => localised(post?.title ?? unit?.name, lang).value;
  const columns: Column<UnitFigures>[] = [
    {
      key: 'name',
      kind: 'name',
      header: head,
      render: ({ unit, post }) =>
        post ? (
          <Who party={look(post.partyId)}>
            <PostLink post={post} />
          </Who>
        ) : (
          unit && <T text={unit.name} />
        ),
    },
    ...unitReasons.map((reason): Column<UnitFigures> => ({
      key: reason,
      kind: 'figure',
      header: t.conditions[reason],
      render: (row) => {
        const count = row[figures[reason]];
        if (count === 0) return '0';
        return (
          <Link
            to="/$lang/actions"
            params={{ lang }}
            search={{
              condition: [reason],
              ...(row.post
                ? { leadPostId: [row.post.id] }
                : { unitId: row.unit ? [row.unit.id] : undefined }),
            }}
            aria-label={t.show(nameOf(row), t.conditions[reason], count)}
          >
            <Num value={count} />
          </Link>
        );
      },
    })),
  ];
  return (
    <div className="figures">
      <DataTable
        caption={caption}
        columns={columns}
        groups={[{ key: 'all', rows }]}
        rowKey={({ unit, post }) => post?.id ?? unit?.id ?? ''}
      />
    </div>
  );
}
