import { Link } from '@tanstack/react-router';
import type { components } from '../api/schema';
import { T, useLang, useTexts } from '../i18n';
import type { ISODate } from '../lib/dates';
import { DataTable } from '../ui/DataTable';
import { FromTo } from './GrantTable';

type Holding = components['schemas']['Holding'];

/** Where a holding is on a day. */
export function holdingState({ validFrom, validTo }: Holding, day: ISODate) {
  if (validTo && validTo < validFrom) return 'never';
  if (validFrom > day) return 'coming';
  return validTo && validTo < day ? 'over' : 'current';
}

interface HoldingTableProps {
  caption: string;
  holdings: readonly Holding[];
  /** The day shown. */
  day: ISODate;
  /** What changes from row to row: the people of a post, or the posts of a person. */
  of: 'post' | 'person';
}

/** Who held a post, or which posts somebody held: from, to, as holder or deputy, and on the day. */
export function HoldingTable({ caption, holdings, day, of }: HoldingTableProps) {
  const t = useTexts().organisation;
  const lang = useLang();
  return (
    <DataTable
      caption={caption}
      columns={[
        {
          key: 'who',
          header: of === 'post' ? t.form.person : t.post.post,
          kind: 'name',
          render: ({ person, post }) =>
            of === 'post' ? (
              person.name
            ) : (
              <Link className="q" to="/$lang/organisation/posts/$id" params={{ lang, id: post.id }}>
                <T text={post.title} />
              </Link>
            ),
        },
        { key: 'kind', header: t.form.kind, render: ({ kind }) => t.form.kinds[kind] },
        {
          key: 'days',
          header: t.post.duration,
          render: (holding) =>
            holdingState(holding, day) === 'never' ? (
              <span className="meta">{t.form.neverInForce}</span>
            ) : (
              <FromTo from={holding.validFrom} to={holding.validTo} />
            ),
        },
        {
          key: 'state',
          header: t.post.state,
          render: (holding) => {
            const state = holdingState(holding, day);
            if (state === 'never') return '–';
            return state === 'current' ? (
              <b>{t.post.states.current}</b>
            ) : (
              <span className="meta">{t.post.states[state]}</span>
            );
          },
        },
      ]}
      groups={[{ key: 'all', rows: holdings }]}
      rowKey={({ id }) => id}
      selected={(holding) => holdingState(holding, day) === 'current'}
    />
  );
}
