import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import { useLang, useTexts } from '../../i18n';
import { dateOf, formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { Who } from '../../ui/PartyMark';
import { ErrorState, Loaded, LoadMore } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { InternalMark } from '../../ui/Visibility';
import {
  decisionOffersQuery,
  useDismissDecision,
  useTakeDecision,
  type DecisionOffer,
} from './decisionQueries';
import type { AgendaItem, Meeting } from './queries';

interface DecisionOffersProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
}

/** What decision services have published that concerns the forum: each becomes a link of an item. */
export function DecisionOffers({ meeting, items }: DecisionOffersProps) {
  const {
    decisionFeeds: { offers: t },
    content: { insiders },
  } = useTexts();
  const forumId = meeting.forum.id;
  const query = useInfiniteQuery(decisionOffersQuery(forumId));
  const offers = query.data?.pages.flatMap((page) => page.items);
  const total = query.data?.pages[0]?.total ?? 0;
  const open = items.filter(
    ({ kind, permissions }) => kind === 'item' && permissions.includes('meeting.edit'),
  );
  return (
    <section aria-labelledby="decision-offers">
      <div className="sec-h">
        <h2 id="decision-offers">{t.title}</h2>
      </div>
      <InternalMark what={insiders.offers} ground={insiders.secretaries} />
      <p className="meta">{t.lead}</p>
      <Loaded query={{ ...query, data: offers }}>
        {(found) =>
          found.length === 0 ? (
            <p className="meta">{t.none}</p>
          ) : (
            <>
              <ul className="dec-offers">
                {found.map((offer) => (
                  <OneOffer key={offer.id} forumId={forumId} offer={offer} items={open} />
                ))}
              </ul>
              <LoadMore
                shown={found.length}
                total={total}
                hasMore={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

interface OneOfferProps {
  forumId: string;
  offer: DecisionOffer;
  /** That can get a link. */
  items: readonly AgendaItem[];
}

function OneOffer({ forumId, offer, items }: OneOfferProps) {
  const t = useTexts().decisionFeeds.offers;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const toast = useToast();
  const take = useTakeDecision(forumId);
  const dismiss = useDismissDecision(forumId);
  const numbered = items.find(({ cases }) =>
    cases.some(
      ({ partyId, registryNo }) =>
        partyId === offer.partyId && offer.registryNos.includes(registryNo),
    ),
  );
  const [chosen, setChosen] = useState<string>();
  const item = items.find(({ id }) => id === chosen) ?? numbered ?? items[0];
  const busy = take.isPending || dismiss.isPending;
  const failure = take.error ?? dismiss.error;
  return (
    <li>
      <a href={offer.link} lang={offer.language} rel="noreferrer">
        {offer.title}
      </a>
      <div className="meta">
        <Who party={look(offer.partyId)}>{look(offer.partyId).name}</Who>{' '}
        {[
          formatDate(dateOf(offer.publishedAt ?? offer.foundAt), lang),
          ...offer.registryNos.map(t.number),
          ...offer.words.map(t.word),
        ].join(', ')}
      </div>
      {item && (
        <Select
          small
          label={t.item}
          value={item.id}
          options={items.map(({ id, agendaNo, subNo, title }) => ({
            value: id,
            label: `${agendaNo}${subNo ? `.${subNo}` : ''} ${localised(title, lang).value}`,
          }))}
          onChange={setChosen}
        />
      )}
      {failure && <ErrorState error={failure} title={t.failed} />}
      <p className="btns">
        {item && (
          <Button
            small
            variant="secondary"
            aria-label={t.takeOf(offer.title)}
            aria-disabled={busy}
            onClick={() => {
              if (busy) return;
              whenSaved(take.mutateAsync({ id: offer.id, agendaItemId: item.id }), () =>
                toast(t.taken),
              );
            }}
          >
            {t.take}
          </Button>
        )}
        <Button
          small
          variant="quiet"
          aria-label={t.dismissOf(offer.title)}
          aria-disabled={busy}
          onClick={() => {
            if (busy) return;
            whenSaved(dismiss.mutateAsync(offer.id), () => toast(t.dismissed));
          }}
        >
          {t.dismiss}
        </Button>
      </p>
    </li>
  );
}
