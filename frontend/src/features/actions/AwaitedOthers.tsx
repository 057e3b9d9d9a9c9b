import { useQuery } from '@tanstack/react-query';
import type { LinkProps } from '@tanstack/react-router';
import { useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import { PostLink } from '../../content/PostLink';
import {
  subjectKind,
  subjectPath,
  subjectText,
  type NamedSubject,
} from '../../content/SubjectLink';
import { T, useLang, useTexts, type Texts } from '../../i18n';
import { formatDate } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import { localised } from '../../lib/text';
import { Button, LinkButton } from '../../ui/Button';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { pathTo } from '../../ui/PathLink';
import { Loaded } from '../../ui/states';
import { awaitedQuery, type AwaitedItem } from './queries';
import type { WorkFilters } from './workSearch';

/** How much is shown at first, and at most. */
export const firstAwaited = 10;
const mostAwaited = 200;

/** What the post waits for from others, each with whom and since when, the longest waiting first. */
export function AwaitedOthers({ about }: { about: WorkFilters }) {
  const t = useTexts().myWork.awaited;
  const [limit, setLimit] = useState(firstAwaited);
  const query = useQuery(awaitedQuery(limit, about));
  const total = query.data?.total ?? 0;
  return (
    <Section title={t.title} id="awaited" aside={total > 0 && t.meta(total)}>
      <Loaded query={query} loading={t.loading}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t.nothing}</p>
          ) : (
            <>
              <ul className="hl waits">
                {items.map((item) => (
                  <Row
                    key={[item.reason, item.of.id, item.partyId, item.own?.id, item.draftId].join(
                      ' ',
                    )}
                    item={item}
                  />
                ))}
              </ul>
              {total > items.length &&
                (limit < mostAwaited ? (
                  <p className="more">
                    <Button variant="secondary" onClick={() => setLimit(mostAwaited)}>
                      {t.more(total - items.length)}
                    </Button>
                  </p>
                ) : (
                  <p className="meta">{t.rest(items.length, total)}</p>
                ))}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Row({ item }: { item: AwaitedItem }) {
  const texts = useTexts();
  const t = texts.myWork.awaited;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const { reason, post, partyId, since, workingDays } = item;
  const name = nameOf(item, texts, lang);
  const { path, search, hash } = whereOf(item);
  const who = post ? <PostLink post={post} /> : partyId ? look(partyId).name : null;
  const waited = t.since(workingDays, formatDate(since, lang));
  return (
    <li>
      <div>
        <h3>{name}</h3>
        <p className="why">{whyOf(item, texts, lang)}</p>
        {partyId ? (
          <Who party={look(partyId)}>
            {who}, {waited}
          </Who>
        ) : (
          <span className="meta">{waited}</span>
        )}
      </div>
      <LinkButton
        small
        variant="quiet"
        aria-label={`${t.open[reason]}: ${name}`}
        {...pathTo(lang, path)}
        search={search as LinkProps['search']}
        hash={hash}
      >
        {t.open[reason]}
      </LinkButton>
    </li>
  );
}

/** What it is about as a thing that has a page, where it is one. */
function subjectOf({ kind, ...of }: AwaitedItem['of']): NamedSubject | undefined {
  return kind === 'meeting' || kind === 'referral' ? undefined : { ...of, kind };
}

function nameOf({ of }: AwaitedItem, texts: Texts, lang: Lang): string {
  const t = texts.myWork;
  if (of.kind === 'meeting')
    return t.meeting(localised(of.title, lang).value, of.no ?? 0, of.year ?? 0);
  const subject = subjectOf(of);
  return subject ? subjectText(subject, texts, lang) : localised(of.title, lang).value;
}

/** Where one can say something about it, or read how it stands. */
function whereOf({ of, draftId }: AwaitedItem): {
  path: string;
  search?: Record<string, string>;
  hash?: string;
} {
  if (draftId) return { path: `/drafts/${draftId}` };
  const subject = subjectOf(of);
  if (!subject) return { path: `/meetings/${of.id}` };
  return {
    path: subjectPath(subject),
    ...(subject.kind === 'handover' && { search: { handover: subject.id }, hash: 'handover' }),
  };
}

function whyOf(item: AwaitedItem, texts: Texts, lang: Lang): React.ReactNode {
  const t = texts.myWork.awaited.why;
  const { reason, stage, pending = 0, dueOn, own, of } = item;
  const day = dueOn ? formatDate(dueOn, lang) : '';
  switch (reason) {
    case 'reply':
      return (
        <>
          {t.reply(day)} {of.to && <T text={of.to} />}
        </>
      );
    case 'minutes':
      return stage === 'unapproved' ? t.unapproved(pending) : t[stage ?? 'unclosed'];
    case 'predecessor':
      return own
        ? t.predecessor(
            day,
            `${subjectKind({ ...own, kind: 'action' }, texts)}: ${localised(own.title, lang).value}`,
          )
        : '';
    default:
      return t[reason];
  }
}
