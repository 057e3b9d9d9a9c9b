import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, daysBetween, type ISODate } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import { breakable, localised } from '../../lib/text';
import { Acceptance } from '../../ui/Acceptance';
import { Who } from '../../ui/PartyMark';
import {
  cards,
  waitingHandoversQuery,
  waitingQuery,
  type HandoverItem,
  type ResponsibilityItem,
} from './queries';
import { agreementSlots } from './words';

interface WaitingProps {
  /** How many wait in all. */
  waiting: number;
  /** The day shown. */
  day: ISODate;
}

/** What has waited longest for a party, as cards: it is what someone must act on. */
export function Waiting({ waiting, day }: WaitingProps) {
  const t = useTexts().matrix.waiting;
  const lang = useLang();
  const asOf = useAsOf();
  const items = useQuery({ ...waitingQuery(asOf), enabled: waiting > 0 }).data?.items ?? [];
  const handovers = useQuery(waitingHandoversQuery(asOf)).data;
  const all = waiting + (handovers?.total ?? 0);
  if (all === 0) return null;
  const shown = [...items, ...(handovers?.items ?? [])]
    .sort((a, b) => since(a).localeCompare(since(b)))
    .slice(0, cards);
  return (
    <section className="mx-wait" aria-labelledby="matrix-waiting">
      <div className="sec-h">
        <h2 id="matrix-waiting">{t.title(all)}</h2>
        <span className="mx-wait-all">
          {waiting > 0 && (
            <Link
              to="/$lang/responsibilities/list"
              params={{ lang }}
              search={{ acceptance: 'waiting' }}
            >
              {t.all}
            </Link>
          )}{' '}
          {handovers && handovers.items.length > 0 && (
            <Link to="/$lang/handovers" params={{ lang }} search={{ acceptance: 'waiting' }}>
              {t.handovers(handovers.total ?? 0)}
            </Link>
          )}
        </span>
      </div>
      <ol className="pend">
        {shown.map((item) =>
          'subject' in item ? (
            <Card key={item.id} item={item} day={day} />
          ) : (
            <HandoverCard key={item.id} item={item} day={day} />
          ),
        )}
      </ol>
    </section>
  );
}

const since = ({ waiting }: { waiting?: ResponsibilityItem['waiting'] }) =>
  waiting?.proposedAt ?? '';

/** What a hand-over is about, and the parties of its two stages. */
function HandoverCard({ item, day }: { item: HandoverItem; day: ISODate }) {
  const texts = useTexts();
  const t = texts.matrix.waiting;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const { waiting, change, chain, from, to } = item;
  const word = (text: Parameters<typeof localised>[0]) => localised(text, lang).value;
  const ends = [...new Set([from.partyId, to.partyId])];
  return (
    <li>
      <p>{waiting && <Acceptance slots={agreementSlots(waiting, change !== undefined, look)} />}</p>
      <p>
        <Link
          className="q"
          to="/$lang/chains/$id"
          params={{ lang, id: chain.id }}
          search={{ handover: item.id }}
          hash="handover"
        >
          <b>{breakable(texts.content.handoverBetween(word(from.title), word(to.title)))}</b>
        </Link>{' '}
        {change && <span className="meta">{t.changed} </span>}
        <T text={(change ?? item).what} />
      </p>
      {ends.map((id) => (
        <p key={id}>
          <Who party={look(id)}>{look(id).name}</Who>
        </p>
      ))}
      <Waited waiting={waiting} day={day} />
    </li>
  );
}

interface WaitedProps {
  waiting: ResponsibilityItem['waiting'];
  day: ISODate;
}

function Waited({ waiting, day }: WaitedProps) {
  const t = useTexts().matrix.waiting;
  if (!waiting) return null;
  return (
    <p className="meta">
      {t.waited} <b>{t.days(daysBetween(dateOf(waiting.proposedAt), day))}</b>
    </p>
  );
}

function Card({ item, day }: { item: ResponsibilityItem; day: ISODate }) {
  const t = useTexts().matrix.waiting;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const { waiting, change, subject } = item;
  const wording = localised((change ?? item).wording, lang).value;
  return (
    <li>
      <p>{waiting && <Acceptance slots={agreementSlots(waiting, change !== undefined, look)} />}</p>
      <p>
        <Subject subject={subject} lang={lang} />{' '}
        {change && <span className="meta">{t.changed} </span>}
        {wording === '' ? (
          subject.kind !== 'handover' && <T text={subject.title} />
        ) : (
          <T text={(change ?? item).wording} />
        )}
      </p>
      <p>
        <Who party={look(item.post.partyId)}>
          <span>{breakable(localised(item.post.title, lang).value)}</span>
        </Who>
      </p>
      <Waited waiting={waiting} day={day} />
    </li>
  );
}

function Subject({ subject, lang }: { subject: ResponsibilityItem['subject']; lang: Lang }) {
  const texts = useTexts();
  const t = texts.matrix.waiting;
  const word = (text: Parameters<typeof localised>[0]) => localised(text, lang).value;
  const { kind, key, title } = subject;
  const no = subject.no ?? 0;
  const chain: LinkProps = { to: '/$lang/chains/$id', params: { lang, id: key ?? '' } };
  const of: Record<typeof kind, { name: string; link: LinkProps }> = {
    goal: { name: t.goal(no), link: { to: '/$lang/goals/$no', params: { lang, no: String(no) } } },
    action: {
      name: t.action(no),
      link: { to: '/$lang/actions/$no', params: { lang, no: String(no) } },
    },
    stage: { name: t.stage(word(title)), link: chain },
    handover: {
      name: texts.content.handoverBetween(word(subject.from), word(subject.to)),
      link: chain,
    },
    chain: { name: t.chain(word(title)), link: chain },
    forum: {
      name: t.forum(word(title)),
      link: { to: '/$lang/forums/$id', params: { lang, id: key ?? '' } },
    },
  };
  return (
    <Link className="q" {...of[kind].link}>
      <b>{breakable(of[kind].name)}</b>
    </Link>
  );
}
