import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { AdminPage } from '../../content/AdminPage';
import { GrantTable } from '../../content/GrantTable';
import { HoldingTable, holdingState } from '../../content/HoldingTable';
import { useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate, type ISODate } from '../../lib/dates';
import { Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Loaded } from '../../ui/states';
import { grantsOfPersonQuery, holdingsOfPersonQuery } from './queries';

/** Which posts and roles a person has or had on the day shown, for administrators and auditors. */
export function PersonPage() {
  const t = useTexts().access;
  return (
    <AdminPage {...t} title={t.personField} loading={t.person.loading} permission="grant.read">
      {(now) => <PostsAndRoles today={dateOf(now)} />}
    </AdminPage>
  );
}

function PostsAndRoles({ today }: { today: ISODate }) {
  const texts = useTexts().access;
  const t = texts.person;
  const lang = useLang();
  const asOf = useAsOf();
  const day = asOf ?? today;
  const { id } = useParams({ from: '/$lang/admin/people/$id' });
  const held = useQuery(holdingsOfPersonQuery(id, asOf));
  const granted = useQuery(grantsOfPersonQuery(id, asOf));
  const name =
    held.data?.[0]?.person.name ??
    granted.data?.flatMap(({ people }) => people).find((person) => person.id === id)?.name;
  const posts = held.data?.filter((holding) => holdingState(holding, day) === 'current').length;
  const roles = granted.data?.length;
  const date = formatDate(day, lang);
  const heading = asOf ? t.grantedOn(date) : t.granted;
  return (
    <>
      <PageHead
        title={name ?? texts.personField}
        lead={
          posts !== undefined &&
          roles !== undefined &&
          (asOf
            ? t.leadOn(date, t.posts(posts), t.roles(roles))
            : t.lead(t.posts(posts), t.roles(roles)))
        }
      />
      <div className="stack">
        <Section title={heading}>
          <Loaded query={granted}>
            {(grants) =>
              grants.length === 0 ? (
                <p className="meta">{asOf ? t.noRolesOn : t.noRoles}</p>
              ) : (
                <GrantTable caption={heading} grants={grants} />
              )
            }
          </Loaded>
        </Section>
        <Section title={t.held}>
          <Loaded query={held}>
            {(holdings) =>
              holdings.length === 0 ? (
                <p className="meta">{t.neverHeld}</p>
              ) : (
                <HoldingTable caption={t.held} holdings={holdings} day={day} of="person" />
              )
            }
          </Loaded>
        </Section>
      </div>
    </>
  );
}
