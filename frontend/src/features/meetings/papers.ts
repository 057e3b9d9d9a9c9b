import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { ofNow } from '../../lib/asOf';
import type { ISODate } from '../../lib/dates';
import { meetingKeys } from './queries';

type Schemas = components['schemas'];
export type Paper = Schemas['PaperBody'];
/** A text of the paper. */
export type PaperPlace = Pick<Schemas['MissingText'], 'agendaItemId' | 'part' | 'outcomeId'>;
export type PaperPart = PaperPlace['part'];
export type PaperComments = Schemas['PaperComments'];
export type PaperThread = Schemas['PaperThread'];
export type PaperCommentInput = Schemas['PaperCommentInput'];
export type PaperReplyInput = Schemas['PaperReplyInput'];
export type PaperReturnInput = Schemas['PaperReturnInput'];
export type Amendment = Schemas['Amendment'];
export type AmendmentInput = Schemas['AmendmentInput'];

/** The paper of a meeting, in the fullest version that one may read. */
export const paperQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'paper', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/meetings/{id}/paper', { params: { path: { id }, query: { asOf } }, signal }),
      ),
  });

/** What was said of the paper before it was approved. */
export const paperCommentsQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...meetingKeys.all, 'paper-comments', id, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/meetings/{id}/paper/comments', {
          params: { path: { id }, query: { asOf } },
          signal,
        }),
      ),
  });

function takeComments(client: QueryClient, id: string, comments: PaperComments) {
  client.setQueryData(paperCommentsQuery(id, ofNow).queryKey, comments);
  return client.invalidateQueries({ queryKey: ['my-work'] });
}

export function useCommentPaper(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PaperCommentInput) =>
      bodyOf(api.POST('/meetings/{id}/paper/comments', { params: { path: { id } }, body })),
    onSuccess: (comments) => takeComments(client, id, comments),
  });
}

export function useReplyPaper(meetingId: string, threadId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PaperReplyInput) =>
      bodyOf(
        api.POST('/paper-comments/{id}/replies', { params: { path: { id: threadId } }, body }),
      ),
    onSuccess: (comments) => takeComments(client, meetingId, comments),
  });
}

/** Gives the paper back to the secretary with a reason. */
export function useReturnPaper(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PaperReturnInput) =>
      bodyOf(api.POST('/meetings/{id}/returns', { params: { path: { id } }, body })),
    onSettled: () => client.invalidateQueries({ queryKey: meetingKeys.all }),
  });
}

const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });

export function useProposeAmendment(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AmendmentInput) =>
      bodyOf(api.POST('/meetings/{id}/amendments', { params: { path: { id } }, body })),
    onSuccess: (paper) => takePaper(client, id, paper),
  });
}

function takePaper(client: QueryClient, id: string, paper: Paper) {
  client.setQueryData(paperQuery(id, ofNow).queryKey, paper);
  return client.invalidateQueries({ queryKey: ['my-work'] });
}

export function useSaveAmendment(meetingId: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: AmendmentInput; version: number }) =>
      bodyOf(
        api.PUT('/amendments/{id}', { params: { path: { id }, header: ifMatch(version) }, body }),
      ),
    onSuccess: (paper) => takePaper(client, meetingId, paper),
  });
}

/** The steps of an amendment, of exactly the version that stands on the page. */
export type AmendmentStep = 'approve' | 'publish' | { withdraw: string };

export function useAmendmentStep(meetingId: string, { id, version }: Amendment) {
  const client = useQueryClient();
  const params = { path: { id }, header: ifMatch(version) };
  return useMutation({
    mutationFn: (step: AmendmentStep) => {
      switch (step) {
        case 'approve':
          return bodyOf(api.POST('/amendments/{id}/approvals', { params }));
        case 'publish':
          return bodyOf(api.POST('/amendments/{id}/publication', { params }));
        default:
          return bodyOf(
            api.POST('/amendments/{id}/withdrawal', { params, body: { reason: step.withdraw } }),
          );
      }
    },
    onSuccess: (paper) => takePaper(client, meetingId, paper),
    onError: () => client.invalidateQueries({ queryKey: paperQuery(meetingId, ofNow).queryKey }),
  });
}
