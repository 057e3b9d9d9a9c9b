import {
  queryOptions,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { ofNow } from '../../lib/asOf';
import type { ISODate } from '../../lib/dates';
import type { Typed } from '../../lib/typed';
import { flushDesks } from './writing';

type Schemas = components['schemas'];
export type Meeting = Schemas['Meeting'];
export type MeetingInput = Schemas['MeetingInput'];
export type MeetingStatus = Meeting['status'];
export type Participant = Schemas['Participant'];
export type Substitute = Schemas['Substitute'];
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
export type DeskState = Schemas['Desk'];
export type Roster = Schemas['Roster'];
export type NamingInput = Schemas['NamingInput'];
export type Movement = Schemas['Movement'];

export const meetingKeys = { all: ['meetings'] as const };

export const meetingQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'one', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/meetings/{id}', { params: { path: { id }, query: { asOf } }, signal })),
    // No event tells that a mail has gone.
    refetchInterval: ({ state }) =>
      state.data?.participants.some(({ substitute }) => substitute?.call?.state === 'on_its_way')
        ? 10_000
        : false,
  });

/** The agenda with its outcomes and their actions, and what was moved from it to other meetings. */
export const agendaQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'agenda', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/meetings/{id}/agenda-items', {
          params: { path: { id }, query: { asOf } },
          signal,
        }),
      ),
  });

/** A meeting with its agenda, as one thing to load. */
export function useMeetingWithAgenda(id: string, asOf: ISODate | undefined) {
  const [meeting, agenda] = useQueries({
    queries: [meetingQuery(id, asOf), agendaQuery(id, asOf)],
  });
  return {
    data:
      meeting.data && agenda.data
        ? { meeting: meeting.data, items: agenda.data.items, moved: agenda.data.moved }
        : undefined,
    error: meeting.error ?? agenda.error,
    isFetching: meeting.isFetching || agenda.isFetching,
    refetch: () => Promise.all([meeting.refetch(), agenda.refetch()]),
  };
}

/** Who writes in the meeting, who watches, what is being typed. */
export const deskQuery = (id: string) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'desk', id],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/meetings/{id}/desk', { params: { path: { id } }, signal })),
  });

/** Keeps what is typed on the server, or forgets it; the desk calls it, no form. */
export function autosave(meetingId: string, key: string, content: Typed | undefined) {
  return bodyOf(
    api.POST('/meetings/{id}/autosaves', {
      params: { path: { id: meetingId } },
      body: { key, ...(content && { content: { ...content } }) },
    }),
  );
}

export function takePen(meetingId: string) {
  return bodyOf(api.POST('/meetings/{id}/pen', { params: { path: { id: meetingId } } }));
}

/** What can be done with the pen; each answer is the desk as it is then. */
export function usePen(meetingId: string) {
  const client = useQueryClient();
  const path = { params: { path: { id: meetingId } } };
  const key = deskQuery(meetingId).queryKey;
  const after = {
    onSuccess: (desk: DeskState) => client.setQueryData(key, desk),
    onError: () => client.invalidateQueries({ queryKey: key }),
  };
  return {
    take: useMutation({ mutationFn: () => takePen(meetingId), ...after }),
    ask: useMutation({
      mutationFn: () => bodyOf(api.POST('/meetings/{id}/pen-request', path)),
      ...after,
    }),
    keep: useMutation({
      mutationFn: () => bodyOf(api.POST('/meetings/{id}/pen-refusal', path)),
      ...after,
    }),
    pass: useMutation({
      mutationFn: (postId: string | undefined) =>
        bodyOf(api.POST('/meetings/{id}/pen-passing', { ...path, body: { postId } })),
      ...after,
    }),
  };
}

export function fetchItem(id: string): Promise<AgendaItem> {
  return bodyOf(
    api.GET('/agenda-items/{id}', { params: { path: { id }, query: { asOf: ofNow } } }),
  );
}

export function saveItem(id: string, body: AgendaItemInput, version: number): Promise<AgendaItem> {
  return bodyOf(
    api.PUT('/agenda-items/{id}', {
      params: { path: { id }, header: { 'If-Match': `"${version}"` } },
      body,
    }),
  );
}

/** Goals to choose from for an action. */
export const goalOptionsQuery = queryOptions({
  queryKey: ['goals', 'options'],
  queryFn: async ({ signal }) =>
    (await bodyOf(api.GET('/goals', { params: { query: { limit: 200, asOf: ofNow } }, signal })))
      .items,
  staleTime: 300_000,
});

/** The meeting as it is now stands on the page at once; what else shows it is fetched anew. */
function takeMeeting(client: QueryClient, meeting: Meeting) {
  client.setQueryData(meetingQuery(meeting.id, ofNow).queryKey, meeting);
  return Promise.all([
    client.invalidateQueries({ queryKey: meetingKeys.all }),
    client.invalidateQueries({ queryKey: ['forums'] }),
  ]);
}

/** The item as it is now stands on the agenda at once: nothing else of the meeting is fetched. */
export function takeItem(client: QueryClient, item: AgendaItem): void {
  client.setQueryData(agendaQuery(item.meetingId, ofNow).queryKey, (agenda) => {
    if (!agenda) return undefined;
    const { items } = agenda;
    const known = items.some(({ id }) => id === item.id);
    // Only a whole agenda tells when it comes to an item: what it told stays.
    return {
      ...agenda,
      items: known
        ? items.map((old) => (old.id === item.id ? { plannedAt: old.plannedAt, ...item } : old))
        : [...items, item],
    };
  });
}

/** Late entries and corrections take approvals back: then the meeting is fetched too. */
async function takeItemOfPaper(client: QueryClient, item: AgendaItem): Promise<void> {
  takeItem(client, item);
  const meeting = client.getQueryData(meetingQuery(item.meetingId, ofNow).queryKey);
  if (!meeting || meeting.closedAt) await client.invalidateQueries({ queryKey: meetingKeys.all });
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
    mutationFn: async (step: Step) => {
      await flushDesks();
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
    onSuccess: (meeting) => client.setQueryData(meetingQuery(id, ofNow).queryKey, meeting),
    onError: () => client.invalidateQueries({ queryKey: meetingQuery(id, ofNow).queryKey }),
  });
}

/** Who takes part beside who is a member of the forum: for its secretary, until the closure. */
export const rosterQuery = (id: string) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'roster', id],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/meetings/{id}/roster', { params: { path: { id } }, signal })),
  });

/** The roster where there is one to look at. */
export function useRoster({ id, status, permissions }: Meeting) {
  const open = status === 'draft' || status === 'called' || status === 'in_progress';
  return useQuery({
    ...rosterQuery(id),
    enabled: open && permissions.includes('meeting.edit'),
  });
}

export function useTakeIn(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/meetings/{id}/members', { params: { path: { id } } })),
    onSuccess: (meeting) => takeMeeting(client, meeting),
  });
}

export function useTakeOff(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id: participantId, version }: Participant) =>
      bodyOf(
        api.POST('/meetings/{id}/participants/{participantId}/removal', {
          params: { path: { id, participantId }, header: { 'If-Match': `"${version}"` } },
        }),
      ),
    onSuccess: (meeting) => takeMeeting(client, meeting),
    onError: () => client.invalidateQueries({ queryKey: meetingQuery(id, ofNow).queryKey }),
  });
}

/** Names who approves the paper of this meeting. */
export function useNameApprover(id: string, as: 'chair' | 'inspector') {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NamingInput) =>
      bodyOf(
        as === 'chair'
          ? api.POST('/meetings/{id}/acting-chair', { params: { path: { id } }, body })
          : api.POST('/meetings/{id}/inspectors', { params: { path: { id } }, body }),
      ),
    onSuccess: (meeting) => takeMeeting(client, meeting),
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
    mutationFn: (body: Schemas['NewAgendaItemInput']) =>
      bodyOf(
        api.POST('/meetings/{id}/agenda-items', { params: { path: { id: meetingId } }, body }),
      ),
    onSuccess: (item) => takeItemOfPaper(client, item),
  });
}

export function useMoveItem(meetingId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; after?: string; parentId?: string }) =>
      bodyOf(api.POST('/agenda-items/{id}/move', { params: { path: { id } }, body })),
    onSuccess: (agenda) => client.setQueryData(agendaQuery(meetingId, ofNow).queryKey, agenda),
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
    onSuccess: (agenda) => {
      client.setQueryData(agendaQuery(meetingId, ofNow).queryKey, agenda);
      return client.invalidateQueries({ queryKey: meetingKeys.all });
    },
  });
}

export function useRecord(itemId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: OutcomeInput) =>
      bodyOf(api.POST('/agenda-items/{id}/outcomes', { params: { path: { id: itemId } }, body })),
    onSuccess: (item) => takeItemOfPaper(client, item),
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
    onSuccess: (item) => takeItemOfPaper(client, item),
  });
}

export function useMakeAction(outcomeId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: OutcomeAction) =>
      bodyOf(api.POST('/outcomes/{id}/actions', { params: { path: { id: outcomeId } }, body })),
    onSuccess: async (item) => {
      await takeItemOfPaper(client, item);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['actions'] }),
        client.invalidateQueries({ queryKey: ['my-work'] }),
      ]);
    },
  });
}
