import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import type { ISODate } from '../../lib/dates';

type Schemas = components['schemas'];
export type Meeting = Schemas['Meeting'];
export type MeetingInput = Schemas['MeetingInput'];
export type MeetingStatus = Meeting['status'];
export type Participant = Schemas['Participant'];
export type Attendance = Participant['attendance'];
export type AttendanceInput = Schemas['AttendanceInput'];
export type GuestInput = Schemas['GuestInput'];
export type AgendaItem = Schemas['AgendaItem'];
export type AgendaItemInput = Schemas['AgendaItemInput'];
export type Outcome = Schemas['Outcome'];
export type OutcomeInput = Schemas['OutcomeInput'];
export type OutcomeType = Outcome['type'];
export type OutcomeAction = Schemas['OutcomeAction'];
export type ActionLink = Schemas['ActionLink'];

export const meetingKeys = { all: ['meetings'] as const };

export const meetingQuery = (id: string, asOf?: ISODate) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'one', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/meetings/{id}', { params: { path: { id }, query: { asOf } }, signal })),
  });

/** The agenda with its outcomes and their actions. */
export const agendaQuery = (id: string, asOf?: ISODate) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'agenda', id, { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/meetings/{id}/agenda-items', {
            params: { path: { id }, query: { asOf } },
            signal,
          }),
        )
      ).items,
  });

/** Goals to choose from for an action. */
export const goalOptionsQuery = queryOptions({
  queryKey: ['goals', 'options'],
  queryFn: async ({ signal }) =>
    (await bodyOf(api.GET('/goals', { params: { query: { limit: 200 } }, signal }))).items,
  staleTime: 300_000,
});

/** The meeting as it is now stands on the page at once; what else shows it is fetched anew. */
function takeMeeting(client: QueryClient, meeting: Meeting) {
  client.setQueryData(meetingQuery(meeting.id).queryKey, meeting);
  return Promise.all([
    client.invalidateQueries({ queryKey: meetingKeys.all }),
    client.invalidateQueries({ queryKey: ['forums'] }),
  ]);
}

function takeItem(client: QueryClient, item: AgendaItem) {
  client.setQueryData(agendaQuery(item.meetingId).queryKey, (items) => {
    if (!items) return undefined;
    const known = items.some(({ id }) => id === item.id);
    return known ? items.map((old) => (old.id === item.id ? item : old)) : [...items, item];
  });
  return client.invalidateQueries({ queryKey: meetingKeys.all });
}

export function useSaveMeeting(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: MeetingInput; version: number }) =>
      bodyOf(
        api.PUT('/meetings/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: (meeting) => takeMeeting(client, meeting),
  });
}

type LocalisedReason = Schemas['CancellationInput']['reason'];

/** The steps of a meeting's life. */
export type Step = 'call' | 'start' | 'close' | 'approve' | 'publish';

/** Takes a step; an approval names the paper that stands on the page. */
export function useStep(id: string, paper?: string) {
  const client = useQueryClient();
  const path = { params: { path: { id } } };
  return useMutation({
    mutationFn: (step: Step) => {
      switch (step) {
        case 'call':
          return bodyOf(api.POST('/meetings/{id}/call', path));
        case 'start':
          return bodyOf(api.POST('/meetings/{id}/start', path));
        case 'close':
          return bodyOf(api.POST('/meetings/{id}/closure', path));
        case 'approve':
          return bodyOf(
            api.POST('/meetings/{id}/approvals', { ...path, body: { paper: paper ?? '' } }),
          );
        case 'publish':
          return bodyOf(api.POST('/meetings/{id}/publication', path));
      }
    },
    onSuccess: async (meeting) => {
      await takeMeeting(client, meeting);
      await client.invalidateQueries({ queryKey: ['actions'] });
    },
    onError: () => client.invalidateQueries({ queryKey: meetingKeys.all }),
  });
}

export function useCancelMeeting(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: LocalisedReason) =>
      bodyOf(
        api.POST('/meetings/{id}/cancellation', { params: { path: { id } }, body: { reason } }),
      ),
    onSuccess: (meeting) => takeMeeting(client, meeting),
  });
}

export function useAttend(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ participant, body }: { participant: Participant; body: AttendanceInput }) =>
      bodyOf(
        api.PUT('/meetings/{id}/participants/{participantId}', {
          params: {
            path: { id, participantId: participant.id },
            header: { 'If-Match': `"${participant.version}"` },
          },
          body,
        }),
      ),
    onSuccess: (meeting) => client.setQueryData(meetingQuery(id).queryKey, meeting),
    onSettled: () => client.invalidateQueries({ queryKey: meetingQuery(id).queryKey }),
  });
}

export function useInvite(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: GuestInput) =>
      bodyOf(api.POST('/meetings/{id}/participants', { params: { path: { id } }, body })),
    onSuccess: (meeting) => takeMeeting(client, meeting),
  });
}

export function useAddItem(meetingId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AgendaItemInput) =>
      bodyOf(
        api.POST('/meetings/{id}/agenda-items', { params: { path: { id: meetingId } }, body }),
      ),
    onSuccess: (item) => takeItem(client, item),
  });
}

export function useSaveItem(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: AgendaItemInput; version: number }) =>
      bodyOf(
        api.PUT('/agenda-items/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: (item) => takeItem(client, item),
  });
}

export function useMoveItem(meetingId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, after }: { id: string; after?: string }) =>
      bodyOf(api.POST('/agenda-items/{id}/move', { params: { path: { id } }, body: { after } })),
    onSuccess: ({ items }) => client.setQueryData(agendaQuery(meetingId).queryKey, items),
  });
}

/** Takes an item off the agenda; who answers the question about it has seen this version. */
export function useRemoveItem(meetingId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: AgendaItem) =>
      bodyOf(
        api.POST('/agenda-items/{id}/removal', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
        }),
      ),
    onSuccess: ({ items }) => {
      client.setQueryData(agendaQuery(meetingId).queryKey, items);
      return client.invalidateQueries({ queryKey: meetingKeys.all });
    },
  });
}

export function useRecord(itemId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: OutcomeInput) =>
      bodyOf(api.POST('/agenda-items/{id}/outcomes', { params: { path: { id: itemId } }, body })),
    onSuccess: (item) => takeItem(client, item),
  });
}

export function useCorrect(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: OutcomeInput; version: number }) =>
      bodyOf(
        api.PUT('/outcomes/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: (item) => takeItem(client, item),
  });
}

export function useMakeAction(outcomeId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: OutcomeAction) =>
      bodyOf(api.POST('/outcomes/{id}/actions', { params: { path: { id: outcomeId } }, body })),
    onSuccess: async (item) => {
      await takeItem(client, item);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['actions'] }),
        client.invalidateQueries({ queryKey: ['my-work'] }),
      ]);
    },
  });
}
