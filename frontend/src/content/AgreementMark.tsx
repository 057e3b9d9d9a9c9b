import type { ReactNode } from 'react';
import { useMe } from '../api/me';
import { usePartyLooks } from '../api/parties';
import type { Agreement, Standing } from '../api/responsibilities';
import { useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { dateOf, type ISODate } from '../lib/dates';
import { Acceptance } from '../ui/Acceptance';
import { current, openDays, slotsOf } from './agreements';
import './responsibilities.css';

/** The day that the page shows: today by the server's clock, or the past day of the address. */
export function useShownDay(): ISODate {
  const asOf = useAsOf();
  const now = useMe().data?.now;
  return asOf ?? dateOf(now ?? new Date());
}

interface AgreementMarkProps {
  item: { standing: Standing; waiting?: Agreement; inForce?: Agreement };
  /** The day for which it is told; the one that the page shows if left out. */
  day?: ISODate;
}

/** Which parties have accepted, and for how long the others have been waited for. */
export function AgreementMark({ item, day }: AgreementMarkProps) {
  const look = usePartyLooks(useLang());
  const today = useShownDay();
  const agreement = current(item);
  if (!agreement || agreement.acceptances.length === 0) return null;
  return (
    <Acceptance
      slots={slotsOf(agreement, item.standing, look)}
      openDays={openDays(item.waiting, day ?? today)}
      full
    />
  );
}

/**
 * That something is not accepted by all, small and in words. Nothing where it is: what is in force
 * needs no mark.
 */
export function StandingMark({ standing }: { standing: Standing | undefined }) {
  const t = useTexts().responsibilities.standings;
  if (standing === undefined || standing === 'in_force') return null;
  const declined = standing === 'declined' || standing === 'change_declined';
  return <Mark declined={declined}>{t[standing]}</Mark>;
}

/** How many of a thing's responsibilities wait for acceptance; nothing where all are in force. */
export function UnacceptedMark({ count }: { count: number }) {
  const t = useTexts().responsibilities;
  return count === 0 ? null : <Mark>{t.unaccepted(count)}</Mark>;
}

function Mark({ declined, children }: { declined?: boolean; children: ReactNode }) {
  return (
    <span className={declined ? 'stand no' : 'stand'}>
      <svg viewBox="0 0 28 14" aria-hidden="true">
        <rect x="1.75" y="1.75" width="10.5" height="10.5" />
        <circle cx="21" cy="7" r="5.25" />
        {declined && <path d="M4.5 4.5l5 5m0-5l-5 5" />}
      </svg>
      {children}
    </span>
  );
}
