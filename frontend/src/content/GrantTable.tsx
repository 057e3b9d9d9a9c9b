import type { components } from '../api/schema';
import { T, useLang, useTexts } from '../i18n';
import { formatDate } from '../lib/dates';
import { localised } from '../lib/text';
import { DataTable } from '../ui/DataTable';
import { DateText } from '../ui/layout';

type Grant = components['schemas']['Grant'];

/** How far a role reaches, in words. */
export function GrantScope({ grant: { role, unit, forum } }: { grant: Grant }) {
  const t = useTexts().access;
  const lang = useLang();
  if (unit) return t.unitAndBelow(localised(unit.name, lang).value);
  if (forum) return t.forum(localised(forum.title, lang).value);
  if (role === 'auditor') return t.everything;
  return role === 'reader' ? t.internalOfBoth : t.wholeParty;
}

/** The first and the last day of something that may go on. */
export function FromTo({ from, to }: { from: string; to?: string }) {
  const t = useTexts().access;
  const lang = useLang();
  if (!to) return <span className="nb">{t.validFrom(formatDate(from, lang))}</span>;
  return (
    <span>
      <DateText date={from} />
      {'–'}
      <DateText date={to} />
    </span>
  );
}

/** Roles of one post or person: which, how far, by which post, since when. */
export function GrantTable({ caption, grants }: { caption: string; grants: readonly Grant[] }) {
  const t = useTexts().access;
  return (
    <DataTable
      caption={caption}
      columns={[
        { key: 'role', header: t.role, kind: 'name', render: ({ role }) => t.roles[role] },
        { key: 'scope', header: t.columns.scope, render: (grant) => <GrantScope grant={grant} /> },
        {
          key: 'holder',
          header: t.columns.holder,
          render: ({ post }) =>
            post ? <T text={post.title} /> : <span className="meta">{t.inPerson}</span>,
        },
        {
          key: 'validity',
          header: t.columns.validity,
          render: ({ validFrom, validTo }) => <FromTo from={validFrom} to={validTo} />,
        },
      ]}
      groups={[{ key: 'all', rows: grants }]}
      rowKey={({ id }) => id}
    />
  );
}
