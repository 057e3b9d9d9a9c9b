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
import { waitingQuery, type ResponsibilityItem } from './queries';
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
  const items = useQuery({ ...waitingQuery(useAsOf()), enabled: waiting > 0 }).data?.items;
  if (waiting === 0) return null;
  return (
    <section className="mx-wait" aria-labelledby="matrix-waiting">
      <div className="sec-h">
        <h2 id="matrix-waiting">{t.title(waiting)}</h2>
        <Link
          to="/$lang/responsibilities"
          params={{ lang }}
          search={{ acceptance: 'waiting' }}
          hash="matrix"
        >
          {t.all}
        </Link>
      </div>
      <ol className="pend">
        {items?.map((item) => (
          <Card key={item.id} item={item} day={day} />
        ))}
      </ol>
    </section>
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
      <p className="pt">
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
      {waiting && (
        <p className="meta">
          {t.waited} <b>{t.days(daysBetween(dateOf(waiting.proposedAt), day))}</b>
        </p>
      )}
    </li>
  );
}

function Subject({ subject, lang }: { subject: ResponsibilityItem['subject']; lang: Lang }) {
  const t = useTexts().matrix.waiting;
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
    handover: { name: t.handover(word(subject.from), word(subject.to)), link: chain },
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
