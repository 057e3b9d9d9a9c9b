import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMay, useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import type { Post } from '../../api/posts';
import { FromTo, GrantTable } from '../../content/GrantTable';
import { HoldingTable, holdingState } from '../../content/HoldingTable';
import { useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate, type ISODate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Breadcrumb, KeyValues, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { Loaded } from '../../ui/states';
import { Insiders } from '../../ui/Visibility';
import { grantsOfPostQuery, holdingsOfQuery, postQuery, type Holding } from './queries';

/** One post: where it is, who holds it on the day shown, and who has held it. */
export function PostPage() {
  const texts = useTexts();
  const t = texts.organisation;
  const lang = useLang();
  const asOf = useAsOf();
  const { id } = useParams({ from: '/$lang/organisation/posts/$id' });
  const post = useQuery(postQuery(id, asOf));
  const me = useMe().data;
  const staff = me?.hasRole ?? false;
  const day = asOf ?? (me && dateOf(me.now));
  const holdings = useQuery({ ...holdingsOfQuery(id, asOf), enabled: staff && !!post.data });
  const may = useMay('grant.read');
  return (
    <>
      <PageHead
        title={post.data ? localised(post.data.title, lang).value : t.post.post}
        lead={post.data && day && <Lead post={post.data} holdings={holdings.data} day={day} />}
        above={
          <Breadcrumb
            items={[{ label: t.title, link: { to: '/$lang/organisation', params: { lang } } }]}
          />
        }
      />
      <Loaded query={post} loading={t.post.loading}>
        {(found) => (
          <div className="stack">
            <Place post={found} staff={staff} />
            {staff && day && (
              <Section title={t.form.history}>
                <Insiders what={t.post.whoSees}>
                  <Loaded query={holdings}>
                    {(all) =>
                      all.length === 0 ? (
                        <p className="meta">{t.form.noHistory}</p>
                      ) : (
                        <HoldingTable caption={t.form.history} holdings={all} day={day} of="post" />
                      )
                    }
                  </Loaded>
                </Insiders>
              </Section>
            )}
            {may && <Roles postId={found.id} />}
          </div>
        )}
      </Loaded>
    </>
  );
}

interface LeadProps {
  post: Post;
  /** Missing for those who may not know them. */
  holdings: readonly Holding[] | undefined;
  day: ISODate;
}

/** Who holds the post on the day, for who may know; the public is told a name that was made public. */
function Lead({ post, holdings, day }: LeadProps) {
  const t = useTexts().organisation.post;
  const lang = useLang();
  const asOf = useAsOf();
  const names = holdings
    ? holdings
        .filter(({ kind }) => kind === 'holder')
        .filter((holding) => holdingState(holding, day) === 'current')
        .map(({ person }) => person.name)
    : post.contacts.filter(({ kind }) => kind === 'holder').map(({ name }) => name);
  const date = formatDate(day, lang);
  if (names.length > 0) {
    const all = names.join(', ');
    return asOf ? t.leadOn(date, all) : t.lead(all);
  }
  if (!holdings) return null; // who may not know learns not even that it is vacant
  return asOf ? t.leadVacantOn(date) : t.leadVacant;
}

function Place({ post, staff }: { post: Post; staff: boolean }) {
  const texts = useTexts();
  const t = texts.organisation;
  const lang = useLang();
  const look = usePartyLooks(lang)(post.partyId);
  return (
    <KeyValues
      items={[
        {
          name: t.post.organisation,
          value: (
            <Who party={look}>
              {[look.name, ...post.unitPath.map(({ name }) => localised(name, lang).value)].join(
                ' › ',
              )}
            </Who>
          ),
        },
        {
          name: t.post.validity,
          value: <FromTo from={post.validFrom} to={post.validTo} />,
        },
        ...(post.serviceAddress ? [{ name: t.form.address, value: post.serviceAddress }] : []),
        ...(staff
          ? []
          : [
              {
                name: t.post.names,
                value:
                  post.contacts.length > 0
                    ? post.contacts
                        .map(({ name, kind }) =>
                          kind === 'deputy' ? texts.content.deputyNamed(name) : name,
                        )
                        .join(', ')
                    : t.post.noName,
              },
            ]),
      ]}
    />
  );
}

/** The roles that the post gives on the day shown. */
function Roles({ postId }: { postId: string }) {
  const { ofPost: t } = useTexts().access;
  const insiders = useTexts().content.insiders;
  const lang = useLang();
  const asOf = useAsOf();
  const grants = useQuery(grantsOfPostQuery(postId, asOf));
  const heading = asOf ? t.grantedOn(formatDate(asOf, lang)) : t.granted;
  return (
    <Section title={heading}>
      <Insiders what={insiders.administration} only={insiders.administrators}>
        <Loaded query={grants}>
          {(found) =>
            found.length === 0 ? (
              <p className="meta">{asOf ? t.noneOn : t.none}</p>
            ) : (
              <GrantTable caption={heading} grants={found} />
            )
          }
        </Loaded>
      </Insiders>
    </Section>
  );
}
