import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ofNow } from '../lib/asOf';
import type { ISODate } from '../lib/dates';
import { api, bodyOf } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type ReferralEntry = Schemas['ReferralEntry'];
type Reason = Schemas['ReasonInput']['reason'];

const all = ['referrals'] as const;

/** What a forum has sent and received, the latest first. */
export const forumReferralsQuery = (forumId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...all, 'forum', forumId, { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/referrals', {
            params: { query: { forumId: [forumId], limit: 100, asOf } },
            signal,
          }),
        )
      ).items,
  });

/** Meetings on whose agenda a matter can still come. */
export const landingMeetingsQuery = (forumId: string) =>
  queryOptions({
    queryKey: ['meetings', 'landing', forumId],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/meetings', {
            params: {
              query: {
                forumId: [forumId],
                status: ['draft', 'called', 'in_progress'],
                limit: 50,
                asOf: ofNow,
              },
            },
            signal,
          }),
        )
      ).items,
  });

function useChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: all }),
      client.invalidateQueries({ queryKey: ['meetings'] }),
      client.invalidateQueries({ queryKey: ['forums'] }),
      client.invalidateQueries({ queryKey: ['open-loops'] }),
      client.invalidateQueries({ queryKey: ['overview'] }),
      client.invalidateQueries({ queryKey: ['my-work'] }),
    ]);
}

/** Takes a matter over, onto an agenda or, without a meeting, into the list of matters. */
export function useAcceptReferral(referral: ReferralEntry) {
  const changed = useChanged();
  const path = { path: { id: referral.id } };
  return useMutation({
    mutationFn: (meetingId: string) =>
      referral.state === 'accepted'
        ? bodyOf(api.POST('/referrals/{id}/placement', { params: path, body: { meetingId } }))
        : bodyOf(
            api.POST('/referrals/{id}/acceptance', {
              params: path,
              body: meetingId ? { meetingId } : {},
            }),
          ),
    onSuccess: changed,
  });
}

export function useRefuseReferral(id: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (reason: Reason) =>
      bodyOf(api.POST('/referrals/{id}/refusal', { params: { path: { id } }, body: { reason } })),
    onSuccess: changed,
  });
}

export function useSettleReferral(id: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (reason: Reason) =>
      bodyOf(
        api.POST('/referrals/{id}/settlement', { params: { path: { id } }, body: { reason } }),
      ),
    onSuccess: changed,
  });
}

/** Takes back a referral that the other forum has not answered. */
export function useWithdrawReferral(id: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (reason: Reason) =>
      bodyOf(
        api.POST('/referrals/{id}/withdrawal', { params: { path: { id } }, body: { reason } }),
      ),
    onSuccess: changed,
  });
}
