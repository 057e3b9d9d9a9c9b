import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { usePartyLooks } from '../api/parties';
import {
  reservationCountsQuery,
  subjectReservationsQuery,
  type Reservation,
  type ReservedSubject,
} from '../api/reservations';
import { T, useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { dateOf, formatDate } from '../lib/dates';
import { Button } from '../ui/Button';
import { Section } from '../ui/layout';
import { Who } from '../ui/PartyMark';
import { Loaded, LoadingLines } from '../ui/states';
import { Grounded } from './GroundMark';
import { PostLink } from './PostLink';
import './reservations.css';

const ReservationForm = lazy(() =>
  import('./ReservationForm').then((module) => ({ default: module.ReservationForm })),
);
const WithdrawalForm = lazy(() =>
  import('./ReservationForm').then((module) => ({ default: module.WithdrawalForm })),
);

interface ReservationPanelProps {
  subject: ReservedSubject;
  /** Depth of the heading; 3 where it stands inside another section. */
  level?: 2 | 3;
}

/**
 * Where a party does not agree, in its own words: on the thing and on its responsibilities.
 * Nothing while there is none and the reader may not add one.
 */
export function ReservationPanel({ subject, level }: ReservationPanelProps) {
  const t = useTexts().reservations;
  const asOf = useAsOf();
  const query = useQuery(subjectReservationsQuery(subject, asOf));
  const [making, setMaking] = useState(false);
  const { items = [], permissions = [] } = query.data ?? {};
  const may = !asOf && permissions.includes('reservation.make');
  if (items.length === 0 && !may && !query.error) return null;
  return (
    <Section
      title={t.title}
      level={level}
      aside={
        may &&
        !making && (
          <Button small variant="secondary" onClick={() => setMaking(true)}>
            {t.make}
          </Button>
        )
      }
    >
      {making && (
        <Suspense fallback={<LoadingLines />}>
          <ReservationForm subject={subject} onClose={() => setMaking(false)} />
        </Suspense>
      )}
      <Loaded query={query}>
        {() =>
          items.length === 0 ? (
            <p className="meta">{t.none}</p>
          ) : (
            <ul className="resv">
              {items.map((item) => (
                <Item key={item.id} item={item} readOnly={asOf !== undefined} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function Item({ item, readOnly }: { item: Reservation; readOnly: boolean }) {
  const t = useTexts().reservations;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const [withdrawing, setWithdrawing] = useState(false);
  const { withdrawal } = item;
  const on = formatDate(dateOf(item.madeAt), lang);
  const body = (
    <>
      <p className="meta">
        {item.subjectKind === 'responsibility' ? (
          <>
            {t.about.responsibility} <T text={item.responsiblePost} />
          </>
        ) : (
          t.about[item.subjectKind]
        )}
        {withdrawal && ` · ${t.withdrawn(formatDate(dateOf(withdrawal.at), lang))}`}
      </p>
      <p className={withdrawal ? 'said over' : 'said'}>
        <T text={item.text} />
      </p>
      {withdrawal && (
        <p>
          {t.because} <T text={withdrawal.reason} />
        </p>
      )}
      <p className="meta">
        <Who party={look(item.partyId)}>
          {item.post ? <PostLink post={item.post} /> : look(item.partyId).name}, {on}
        </Who>
      </p>
      {!readOnly && item.permissions.includes('reservation.make') && !withdrawing && (
        <p className="btns">
          <Button
            small
            variant="quiet"
            aria-label={t.withdrawOf(on)}
            onClick={() => setWithdrawing(true)}
          >
            {t.withdraw}
          </Button>
        </p>
      )}
      {withdrawing && (
        <Suspense fallback={<LoadingLines />}>
          <WithdrawalForm
            id={item.id}
            label={t.withdrawOf(on)}
            onClose={() => setWithdrawing(false)}
          />
        </Suspense>
      )}
    </>
  );
  return (
    <li>
      {item.visibility === 'internal' ? (
        <Grounded ground={item.visibilityGround}>{body}</Grounded>
      ) : (
        body
      )}
    </li>
  );
}

/** A quiet mark in lists, where a party has a reservation that holds. */
export function ReservationMark({ id }: { id: string }) {
  const t = useTexts().reservations;
  const count = useQuery(reservationCountsQuery(useAsOf())).data?.[id];
  return count ? <span className="meta resv-mark">{t.count(count)}</span> : null;
}
