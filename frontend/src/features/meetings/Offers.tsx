import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { StandingMark } from '../../content/AgreementMark';
import { T, useLang, useTexts } from '../../i18n';
import { formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Condition } from '../../ui/Condition';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { InternalMark } from '../../ui/Visibility';
import { meetingKeys, type Meeting } from './queries';

type Offer = components['schemas']['Offer'];

/** What the forum's backlog and earlier meetings offer to an agenda. */
const offersQuery = (meetingId: string) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'offers', meetingId],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/meetings/{id}/offers', { params: { path: { id: meetingId } }, signal }),
        )
      ).items,
  });

function useDraw(meetingId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (picks: { kind: Offer['kind']; id: string }[]) =>
      bodyOf(
        api.POST('/meetings/{id}/draws', { params: { path: { id: meetingId } }, body: { picks } }),
      ),
    onSuccess: () =>
      Promise.all(
        [meetingKeys.all, ['topics'], ['forums'], ['referrals'], ['open-loops']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

const kinds = ['referral', 'deferred', 'returned', 'topic', 'action', 'sent'] as const;

/**
 * What offers itself to the agenda: what other forums sent and what was put off, both of which go on
 * where they are taken up, proposed topics, open actions of earlier meetings, what was sent elsewhere.
 * Several are taken up with one press.
 */
export function Offers({ meeting }: { meeting: Meeting }) {
  const {
    forumYear: { offers: t },
    content: { insiders },
  } = useTexts();
  const lang = useLang();
  const toast = useToast();
  const offers = useQuery(offersQuery(meeting.id));
  const draw = useDraw(meeting.id);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const due = (kind: Offer['kind']) =>
    ({ topic: t.wantedBy, referral: t.answerBy, sent: t.answerBy })[kind as string] ?? t.due;
  const items = offers.data ?? [];
  const picks = items.filter(({ kind, id }) => chosen.includes(`${kind} ${id}`));
  return (
    <section aria-labelledby="offers">
      <div className="sec-h">
        <h2 id="offers">{t.title}</h2>
      </div>
      <InternalMark what={insiders.offers} ground={insiders.secretaries} />
      {offers.error && <ErrorState error={offers.error} onRetry={() => void offers.refetch()} />}
      {offers.data && items.length === 0 && <p className="meta">{t.none}</p>}
      {kinds.map((kind) => {
        const own = items.filter((offer) => offer.kind === kind);
        if (own.length === 0) return null;
        return (
          <fieldset key={kind} className="offers">
            <legend>{t.kinds[kind]}</legend>
            {t.does[kind] && <p className="meta">{t.does[kind]}</p>}
            {own.map((offer) => {
              const key = `${kind} ${offer.id}`;
              return (
                <label key={key} className="check">
                  <input
                    type="checkbox"
                    checked={chosen.includes(key)}
                    onChange={({ target }) =>
                      setChosen(
                        target.checked ? [...chosen, key] : chosen.filter((other) => other !== key),
                      )
                    }
                  />
                  <span>
                    {offer.no ? `${offer.no} ` : ''}
                    <T text={offer.title} />
                    <span className="meta">
                      {offer.condition && (
                        <>
                          <Condition value={offer.condition as never} />{' '}
                        </>
                      )}
                      {[
                        offer.from && t.from(`${offer.from.number}/${offer.from.year}`),
                        offer.forum &&
                          (kind === 'sent' ? t.forum.sent : t.forum.referral)(
                            localised(offer.forum.title, lang).value,
                          ),
                        offer.post && localised(offer.post.title, lang).value,
                        offer.dueOn && due(kind)(formatDate(offer.dueOn, lang)),
                      ]
                        .filter(Boolean)
                        .join(', ')}{' '}
                      <StandingMark standing={offer.leadStanding} />
                    </span>
                  </span>
                </label>
              );
            })}
          </fieldset>
        );
      })}
      {draw.error && <ErrorState error={draw.error} title={t.notTaken} />}
      {items.length > 0 && (
        <p className="btns more">
          <Button
            small
            aria-disabled={picks.length === 0 || draw.isPending}
            onClick={() => {
              if (picks.length === 0 || draw.isPending) return;
              whenSaved(draw.mutateAsync(picks.map(({ kind, id }) => ({ kind, id }))), () => {
                setChosen([]);
                toast(t.taken(picks.length));
              });
            }}
          >
            {t.take(picks.length)}
          </Button>
        </p>
      )}
    </section>
  );
}
