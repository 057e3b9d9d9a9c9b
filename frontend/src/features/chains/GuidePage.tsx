import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { usePartyLooks } from '../../api/parties';
import { isInForce } from '../../content/agreements';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised, type LocalisedText } from '../../lib/text';
import { Breadcrumb, KeyValues, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { Loaded } from '../../ui/states';
import { chainListQuery, chainQuery, postsQuery } from './queries';
import { firstStages } from './stages';
import type { Chain, Handover, Stage } from './types';
import { languageNames, partnersOf } from './words';
import './chains.css';

/**
 * A chain for residents, in plain words: where to begin, what happens next, which organisation
 * answers and how long it should take.
 */
export function GuidePage() {
  const { id } = useParams({ from: '/$lang/chains/$id/guide' });
  const t = useTexts().chains;
  const chain = useQuery(chainQuery(id, useAsOf()));
  return (
    <>
      {!chain.data && <PageHead title={t.chain} />}
      <Loaded query={chain} loading={t.loadingOne}>
        {(shown) => <Guide chain={shown} />}
      </Loaded>
    </>
  );
}

function Guide({ chain }: { chain: Chain }) {
  const texts = useTexts();
  const t = texts.handovers.guide;
  const lang = useLang();
  const asOf = useAsOf();
  const others = (useQuery(chainListQuery(asOf)).data ?? []).filter(({ id }) => id !== chain.id);
  const first = firstStages(chain);
  return (
    <div className="gd">
      <PageHead
        title={t.title(localised(chain.title, lang).value)}
        lead={
          <>
            <T text={chain.description} /> {t.lead}
          </>
        }
        above={
          <Breadcrumb
            items={[
              { label: texts.chains.title, link: { to: '/$lang/chains', params: { lang } } },
              {
                label: localised(chain.title, lang).value,
                link: { to: '/$lang/chains/$id', params: { lang, id: chain.id } },
              },
            ]}
          />
        }
      />
      <p className="note late">
        <b>{t.emergency}</b>
      </p>
      {first.length > 0 && (
        <Section title={t.first}>
          <ul>
            {first.map((stage) => (
              <li key={stage.id}>
                <Link to="." search={(now) => now} hash={anchor(stage)}>
                  <T text={stage.title} />
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t.steps}>
        <ol className="gd-steps">
          {chain.stages.map((stage, index) => (
            <Step
              key={stage.id}
              chain={chain}
              stage={stage}
              no={index + 1}
              first={first.includes(stage)}
            />
          ))}
        </ol>
        <p className="meta">{t.notPromise}</p>
      </Section>
      {others.length > 0 && (
        <Section title={t.others}>
          <ul>
            {others.map(({ id, title }) => (
              <li key={id}>
                <Link to="/$lang/chains/$id/guide" params={{ lang, id }}>
                  {t.title(localised(title, lang).value)}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

const anchor = ({ id }: Pick<Stage, 'id'>) => `step-${id}`;

interface StepProps {
  chain: Chain;
  stage: Stage;
  no: number;
  first: boolean;
}

/** One service on the way: who answers for it, how one gets there, and where it leads. */
function Step({ chain, stage, no, first }: StepProps) {
  const texts = useTexts();
  const t = texts.handovers.guide;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const posts = useQuery(postsQuery(useAsOf())).data ?? [];
  const agreed = stage.responsibilities.filter(({ standing }) => isInForce(standing));
  const leads = agreed.filter(({ part }) => part === 'lead');
  // Who only has been proposed is not told as one who answers: a resident would turn there.
  const notAgreed = new Set(
    stage.responsibilities
      .filter(({ part, standing }) => part === 'lead' && !isInForce(standing))
      .map(({ post }) => look(post.partyId).name),
  );
  const addresses = leads.flatMap(({ post }) => {
    const address = posts.find(({ id }) => id === post.id)?.serviceAddress;
    return address ? [address] : [];
  });
  const onwards = chain.handovers.filter(({ fromStageId }) => fromStageId === stage.id);
  const partners = partnersOf({ ...stage, responsibilities: agreed }).map((id) => look(id).name);
  const given = (name: string, text: LocalisedText) =>
    localised(text, lang).value ? [{ name, value: <T text={text} /> }] : [];
  return (
    <li id={anchor(stage)} className={`ch-${look(stage.partyId).shape}`}>
      <p className="meta">{first ? `${t.step(no)} · ${t.firstStep}` : t.step(no)}</p>
      <h3>
        <T text={stage.title} />
      </h3>
      <T text={stage.description} />
      <KeyValues
        items={[
          {
            name: t.answers,
            value: (
              <>
                <Who party={look(stage.partyId)}>
                  {look(stage.partyId).name}
                  {leads.map(({ post }) => (
                    <span key={post.id}>
                      , <T text={post.title} />
                      {(posts.find(({ id }) => id === post.id)?.contacts ?? []).map(
                        ({ name, kind }) =>
                          `, ${kind === 'deputy' ? texts.content.deputyNamed(name) : name}`,
                      )}
                    </span>
                  ))}
                </Who>
                {notAgreed.size > 0 && (
                  <span className="df">{t.leadNotAgreed([...notAgreed].join(', '))}</span>
                )}
              </>
            ),
          },
          ...(addresses.length > 0
            ? [{ name: t.address, value: [...new Set(addresses)].join('; ') }]
            : []),
          ...(partners.length > 0 ? [{ name: t.partners, value: partners.join(', ') }] : []),
          ...given(t.forWhom, stage.targetGroup),
          ...given(t.how, stage.channel),
          ...(stage.languages.length > 0
            ? [{ name: t.languages, value: languageNames(stage.languages, lang) }]
            : []),
        ]}
      />
      <h4>{t.next}</h4>
      {onwards.length === 0 ? (
        <p>{t.end}</p>
      ) : (
        <ul className="gd-next">
          {onwards.map((handover) => (
            <Onwards key={handover.id} handover={handover} stages={chain.stages} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Where one goes next, how, and in what time; honest where it does not work yet. */
function Onwards({ handover, stages }: { handover: Handover; stages: readonly Stage[] }) {
  const t = useTexts().handovers.guide;
  const lang = useLang();
  const next = stages.find(({ id }) => id === handover.toStageId);
  const agreed = handover.standing !== 'proposed' && handover.standing !== 'declined';
  return (
    <li>
      <p>
        {next && (
          <>
            {t.nextTo}{' '}
            <Link to="." search={(now) => now} hash={anchor(next)}>
              <T text={next.title} />
            </Link>
            {'. '}
          </>
        )}
        <T text={handover.what} />.
      </p>
      {localised(handover.channel, lang).value && (
        <p>
          {t.by}: <T text={handover.channel} />.
        </p>
      )}
      <p>
        {handover.targetDays === undefined ? t.noTime : <b>{t.within(handover.targetDays)}.</b>}
      </p>
      {!agreed && <p className="note soon">{t.unsure}</p>}
      {handover.gap === 'major' && <p className="note soon">{t.weak}</p>}
    </li>
  );
}
