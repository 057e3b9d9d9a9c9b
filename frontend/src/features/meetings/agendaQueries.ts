import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { ofNow } from '../../lib/asOf';
import type { ISODate } from '../../lib/dates';
import { Problem } from '../../lib/problem';
import { meetingKeys, meetingQuery, type AgendaItem } from './queries';

type Schemas = components['schemas'];
export type Attachment = Schemas['Attachment'];
export type Transfer = Schemas['Transfer'];
export type TransferKind = Transfer['kind'];
export type Dissent = Schemas['Dissent'];
export type DissentInput = Schemas['DissentInput'];
export type WithdrawalInput = Schemas['WithdrawalInput'];
export type AgendaChange = Schemas['AgendaChange'];
type Reason = Schemas['ReasonInput']['reason'];

/** The forums that a matter can be referred to. */
export const forumOptionsQuery = queryOptions({
  queryKey: ['forums', 'options'],
  queryFn: async ({ signal }) =>
    (await bodyOf(api.GET('/forums', { params: { query: { limit: 200, asOf: ofNow } }, signal })))
      .items,
  staleTime: 300_000,
});

/** Meetings of a forum that are still to be held or going on. */
export const comingMeetingsQuery = (forumId: string) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'coming', forumId],
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

/** How the agenda differs from what was called. */
export const sinceCallQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'since-call', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/meetings/{id}/changes-since-call', {
          params: { path: { id }, query: { asOf } },
          signal,
        }),
      ),
  });

function useChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: meetingKeys.all });
}

export function useLeaveUnhandled() {
  const changed = useChanged();
  return useMutation({
    mutationFn: ({ item, reason }: { item: AgendaItem; reason: Reason }) =>
      bodyOf(
        api.POST('/agenda-items/{id}/non-handling', {
          params: { path: { id: item.id }, header: { 'If-Match': `"${item.version}"` } },
          body: { reason },
        }),
      ),
    onSuccess: changed,
  });
}

/** Says after the meeting why nothing more follows from an outcome. */
export function useEndOutcome(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: Reason) =>
      bodyOf(api.POST('/outcomes/{id}/ending', { params: { path: { id } }, body: { reason } })),
    onSuccess: () =>
      Promise.all(
        [meetingKeys.all, ['forums'], ['open-loops'], ['overview']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

/** What changes with an ending: the meeting's page, and every list and count of open matters. */
function useEndingChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [meetingKeys.all, ['referrals'], ['forums'], ['open-loops'], ['overview'], ['audit']].map(
        (queryKey) => client.invalidateQueries({ queryKey }),
      ),
    );
}

/** After an ending was refused as outdated or as not there any more: the page shows what is. */
function useEndingOutdated() {
  const changed = useEndingChanged();
  return (failure: unknown) => {
    if (failure instanceof Problem && (failure.status === 412 || failure.status === 409)) {
      void changed();
    }
  };
}

export interface EndingEdit {
  ending: Reason;
  /** Why it is corrected, for the log. */
  reason: string;
}

/**
 * Says in other words why nothing more follows from an outcome: its own ending, or why its last
 * referral was withdrawn.
 */
export function useCorrectEnding(outcomeId: string, referralId: string | undefined) {
  const changed = useEndingChanged();
  const outdated = useEndingOutdated();
  return useMutation({
    mutationFn: async ({ body, version }: { body: EndingEdit; version: number }) => {
      const header = { 'If-Match': `"${version}"` };
      if (referralId === undefined) {
        const params = { path: { id: outcomeId }, header };
        await bodyOf(api.PUT('/outcomes/{id}/ending', { params, body }));
      } else {
        const params = { path: { id: referralId }, header };
        await bodyOf(api.PUT('/referrals/{id}/withdrawal', { params, body }));
      }
    },
    onSuccess: changed,
    onError: outdated,
  });
}

/** Takes an ending, or the withdrawal of a referral, back: the matter is open again. */
export function useRetractEnding(outcomeId: string, referralId: string | undefined) {
  const changed = useEndingChanged();
  const outdated = useEndingOutdated();
  return useMutation({
    mutationFn: async ({ body, version }: { body: { reason: string }; version: number }) => {
      const header = { 'If-Match': `"${version}"` };
      if (referralId === undefined) {
        const params = { path: { id: outcomeId }, header };
        await bodyOf(api.POST('/outcomes/{id}/ending-retraction', { params, body }));
      } else {
        const params = { path: { id: referralId }, header };
        await bodyOf(api.POST('/referrals/{id}/withdrawal-retraction', { params, body }));
      }
    },
    onSuccess: changed,
    onError: outdated,
  });
}

export function useTransfer(itemId: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: { kind: TransferKind; meetingId: string }) =>
      bodyOf(api.POST('/agenda-items/{id}/transfers', { params: { path: { id: itemId } }, body })),
    onSuccess: changed,
  });
}

export function useReopen(id: string) {
  const client = useQueryClient();
  const changed = useChanged();
  return useMutation({
    mutationFn: (reason: Reason) =>
      bodyOf(api.POST('/meetings/{id}/reopening', { params: { path: { id } }, body: { reason } })),
    onSuccess: (meeting) => {
      client.setQueryData(meetingQuery(id, ofNow).queryKey, meeting);
      return changed();
    },
  });
}

export interface Upload {
  file: File;
  visibility: 'public' | 'internal';
  ground: string;
}

/** Attaches a file as it is: the body of the request is the file. */
export function useAttach(itemId: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: ({ file, visibility, ground }: Upload) =>
      bodyOf(
        api.POST('/agenda-items/{id}/attachments', {
          params: {
            path: { id: itemId },
            query: { name: file.name, visibility, ...(ground && { visibilityGround: ground }) },
          },
          body: file as unknown as string,
          bodySerializer: (body: unknown) => body as File,
          headers: { 'Content-Type': 'application/octet-stream' },
        }),
      ),
    onSuccess: changed,
  });
}

export function useReplaceFile(attachment: Attachment) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (file: File) =>
      bodyOf(
        api.POST('/attachments/{id}/files', {
          params: {
            path: { id: attachment.id },
            query: { name: file.name },
            header: { 'If-Match': `"${attachment.version}"` },
          },
          body: file as unknown as string,
          bodySerializer: (body: unknown) => body as File,
          headers: { 'Content-Type': 'application/octet-stream' },
        }),
      ),
    onSuccess: changed,
  });
}

export function useRemoveAttachment(attachment: Attachment) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (reason: string) =>
      bodyOf(
        api.POST('/attachments/{id}/removal', {
          params: {
            path: { id: attachment.id },
            header: { 'If-Match': `"${attachment.version}"` },
          },
          body: { reason },
        }),
      ),
    onSuccess: changed,
  });
}

export function useRecordDissent(outcomeId: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: DissentInput) =>
      bodyOf(api.POST('/outcomes/{id}/dissents', { params: { path: { id: outcomeId } }, body })),
    onSuccess: changed,
  });
}

/** After somebody else saved: what stands on the page is fetched anew, the form keeps its text. */
function useFetchNewer() {
  const changed = useChanged();
  return (failure: unknown) => {
    if (failure instanceof Problem && failure.status === 412) void changed();
  };
}

export function useCorrectDissent(id: string) {
  const changed = useChanged();
  const fetchNewer = useFetchNewer();
  return useMutation({
    mutationFn: ({ body, version }: { body: DissentInput; version: number }) =>
      bodyOf(
        api.PUT('/dissents/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: changed,
    onError: fetchNewer,
  });
}

/** Takes back exactly the version that stands on the page; it stays readable with the reason. */
export function useWithdrawDissent({ id, version }: Dissent) {
  const changed = useChanged();
  const fetchNewer = useFetchNewer();
  return useMutation({
    mutationFn: (reason: WithdrawalInput['reason']) =>
      bodyOf(
        api.POST('/dissents/{id}/withdrawal', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body: { reason },
        }),
      ),
    onSuccess: changed,
    onError: fetchNewer,
  });
}
