import { useMatches } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useMe } from '../api/me';
import { useAddressDay, type Day, type PastOfPage } from '../lib/asOf';
import { dateOf, type ISODate } from '../lib/dates';

interface FrameDay {
  /** What the page makes of a past day. */
  page: PastOfPage;
  /** The day in the address. */
  address: ISODate | undefined;
  /** Whether that day is not past: then everything is of now. */
  early: boolean;
  day: Day;
}

/** The day of the address, for the page and what stands around it. */
export function useFrameDay(): FrameDay {
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData.past ?? 'none' });
  const address = useAddressDay();
  const now = useMe().data?.now;
  const early = address !== undefined && now !== undefined && address >= dateOf(now);
  const chosen = early ? undefined : address;
  const shown = page === 'shown' ? chosen : undefined;
  const day = useMemo(() => ({ shown, chosen }), [shown, chosen]);
  return { page, address, early, day };
}
