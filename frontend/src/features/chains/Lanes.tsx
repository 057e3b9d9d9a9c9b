import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { partiesQuery, usePartyLooks } from '../../api/parties';
import { useLang, useTexts } from '../../i18n';
import { breakable, localised, type LocalisedText } from '../../lib/text';
import { ConditionStrip } from '../../ui/Condition';
import { PartyMark } from '../../ui/PartyMark';
import type { Chain, ChainAction } from './queries';

interface LanesProps {
  chain: Chain;
  actions: readonly ChainAction[];
}

/**
 * The stages in order, each in the lane of its party: the first principal party above the line
 * where the two meet, the second below it, everyone else on the line.
 */
export function Lanes({ chain, actions }: LanesProps) {
  const t = useTexts().chains;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const parties = useQuery(partiesQuery).data ?? [];
  const principals = parties.filter(({ principal }) => principal);
  const laneOf = (partyId: string) => {
    const place = principals.findIndex(({ id }) => id === partyId);
    return place === 0 ? 'e' : place === 1 ? 'l' : 'o';
  };
  return (
    <section aria-labelledby="lanes" className="ch">
      <h2 id="lanes" className="vh">
        {t.drawing}
      </h2>
      <div className="ch-lanes" aria-hidden="true">
        {principals.slice(0, 2).map((party, index) => (
          <p key={party.id} className={index === 0 ? 'ch-lane ch-e' : 'ch-lane ch-l'}>
            <PartyMark party={look(party.id)} />
            {localised(party.name, lang).value}
          </p>
        ))}
        <p className="ch-seam">{t.seam}</p>
      </div>
      <ol className="ch-stages" style={{ '--n': chain.stages.length } as CSSProperties}>
        {chain.stages.map((stage, index) => (
          <li
            key={stage.id}
            className={`ch-stage ch-${laneOf(stage.partyId)}`}
            style={{ '--i': index + 1 } as CSSProperties}
          >
            <span className="lv">
              {t.levels[stage.level]} <PartyMark party={look(stage.partyId)} />
            </span>
            <span className="st">
              <b>{index + 1}</b> <Breakable text={stage.title} />
            </span>
            <span className="meta po">
              {stage.responsibilities
                .filter(({ part }) => part === 'lead')
                .map(({ post }) => (
                  <Breakable key={post.id} text={post.title} />
                ))}
            </span>
            <StageStrip actions={actions.filter((action) => action.stage?.id === stage.id)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Breakable({ text }: { text: LocalisedText }) {
  const lang = useLang();
  const shown = localised(text, lang);
  return <span lang={shown.lang === lang ? undefined : shown.lang}>{breakable(shown.value)}</span>;
}

function StageStrip({ actions }: { actions: readonly ChainAction[] }) {
  const t = useTexts().chains;
  const lang = useLang();
  if (actions.length === 0) return <span className="meta">{t.noActionsShort}</span>;
  return (
    <ConditionStrip
      items={actions.map(({ id, no, title, condition }) => ({
        id,
        value: condition.value,
        name: `${no} ${localised(title, lang).value}`,
        link: { to: '/$lang/actions/$no', params: { lang, no: String(no) } } as never,
      }))}
    />
  );
}
