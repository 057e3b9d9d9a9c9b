import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { myMailQuery, type MailPreference } from '../../api/mail';
import type { components } from '../../api/schema';

export type Holding = components['schemas']['Holding'];

/** Which posts the reader has held, the newest first. */
export const myHoldingsQuery = queryOptions({
  queryKey: ['holdings', 'mine'],
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/me/holdings', { signal }))).items,
});

/** Says whether the public sees the reader's name with the post of a holding. */
export function useShowName({ id, version }: Holding) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (namePublic: boolean) =>
      bodyOf(
        api.PUT('/holdings/{id}/name', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body: { namePublic },
        }),
      ),
    onSettled: () =>
      Promise.all(
        ['holdings', 'posts'].map((kind) => client.invalidateQueries({ queryKey: [kind] })),
      ),
  });
}

/** Whether the reader has a private calendar address; the address itself is told only once. */
export const myCalendarQuery = queryOptions({
  queryKey: ['me', 'calendar'],
  queryFn: ({ signal }) => bodyOf(api.GET('/me/calendar', { signal })),
});

/** Makes a new private calendar address, which ends the old one. */
export function useRenewCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/me/calendar')),
    onSuccess: () => client.invalidateQueries({ queryKey: myCalendarQuery.queryKey }),
  });
}

/** Ends the private calendar address. */
export function useEndCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/me/calendar/end')),
    onSuccess: () => client.invalidateQueries({ queryKey: myCalendarQuery.queryKey }),
  });
}

/** Says when and of what the reader wants it, from the version that was shown. */
export function useChooseMail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ...body }: MailPreference) =>
      bodyOf(api.PUT('/me/mail', { params: { header: { 'If-Match': `"${version}"` } }, body })),
    onSettled: () => client.invalidateQueries({ queryKey: myMailQuery.queryKey }),
  });
}

/** Switches off what the link of a mail says, without signing in. */
export function useUnsubscribe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => bodyOf(api.POST('/mail-unsubscriptions', { body: { token } })),
    onSuccess: () => client.invalidateQueries({ queryKey: myMailQuery.queryKey }),
  });
}

/** Chooses the language in which the reader is written to. */
export function useSpeak() {
  const client = useQueryClient();
  return useMutation({
    // The answer has no body.
    mutationFn: async (language: 'fi' | 'sv' | 'en') => {
      await api.POST('/me/language', { body: { language } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
  });
}

export type MySession = components['schemas']['MySession'];

/** Where the reader is signed in, the newest first. */
export const mySessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/me/sessions', { signal }))).items,
});

/** Ends one of the reader's own sign-ins elsewhere. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(api.POST('/me/sessions/{id}/end', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: mySessionsQuery.queryKey }),
  });
}

/** Ends all of the reader's sign-ins but the one on this page. */
export function useEndOtherSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/me/other-sessions/end')),
    onSettled: () => client.invalidateQueries({ queryKey: mySessionsQuery.queryKey }),
  });
}
