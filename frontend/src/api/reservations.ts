import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ISODate } from '../lib/dates';
import { api, bodyOf } from './client';
import { allItems } from './pages';
import type { components } from './schema';

export type Reservation = components['schemas']['Reservation'];
export type ReservationInput = components['schemas']['ReservationInput'];

/**
 * The thing beside which they show: they are about one of its responsibilities, and about a goal or
 * an action itself.
 */
export interface ReservedSubject {
  kind: 'goal' | 'action' | 'forum' | 'chain' | 'stage' | 'handover';
  id: string;
}

export const reservationKeys = { all: ['reservations'] as const };

/** Every party's dissent from one thing, the latest first, and whether the reader may add one. */
export const subjectReservationsQuery = (
  { kind, id }: ReservedSubject,
  asOf: ISODate | undefined,
) =>
  queryOptions({
    queryKey: [...reservationKeys.all, 'of', kind, id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/reservations/of/{kind}/{id}', {
          params: { path: { kind, id }, query: { asOf } },
          signal,
        }),
      ),
  });

/** How many reservations hold, by the id of the thing that they or its responsibilities are of. */
export const reservationCountsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...reservationKeys.all, 'counts', { asOf }],
    queryFn: async ({ signal }) => {
      const items = await allItems((cursor) =>
        bodyOf(
          api.GET('/reservations', {
            params: { query: { asOf, withdrawn: 'false', limit: 200, cursor } },
            signal,
          }),
        ),
      );
      const counts: Record<string, number> = {};
      for (const { of } of items) counts[of.id] = (counts[of.id] ?? 0) + 1;
      return counts;
    },
  });

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: reservationKeys.all });
}

export function useMakeReservation() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: ReservationInput) => bodyOf(api.POST('/reservations', { body })),
    onSuccess: refresh,
  });
}

export function useWithdrawReservation(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (reason: ReservationInput['text']) =>
      bodyOf(
        api.POST('/reservations/{id}/withdrawal', { params: { path: { id } }, body: { reason } }),
      ),
    onSuccess: refresh,
  });
}
