import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import type { ISODate } from '../../lib/dates';
import { Problem } from '../../lib/problem';
import { forumKeys } from './queries';

type Schemas = components['schemas'];
export type MeetingTemplate = Schemas['MeetingTemplate'];
export type MeetingTemplateInput = Schemas['MeetingTemplateInput'];
export type TemplateItem = Schemas['TemplateItem'];
export type SeriesDay = Schemas['SeriesDay'];
export type CycleEvent = Schemas['CycleEvent'];
export type Topic = Schemas['Topic'];
export type TopicInput = Schemas['TopicInput'];

const cycleKeys = { all: ['plan-events'] as const };
const topicKeys = { all: ['topics'] as const };

/** The template of a forum's meetings; null while it has none. */
export const templateQuery = (forumId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...forumKeys.all, 'template', forumId, { asOf }],
    queryFn: async ({ signal }) => {
      try {
        return await bodyOf(
          api.GET('/forums/{id}/meeting-template', {
            params: { path: { id: forumId }, query: { asOf } },
            signal,
          }),
        );
      } catch (failure) {
        if (failure instanceof Problem && failure.code === 'meeting_template_not_found')
          return null;
        throw failure;
      }
    },
  });

/** The days of a year's series, with what became of each. */
export const seriesQuery = (forumId: string, year: number, version: number) =>
  queryOptions({
    queryKey: [...forumKeys.all, 'series', forumId, year, version],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/forums/{id}/series', {
          params: { path: { id: forumId }, query: { year } },
          signal,
        }),
      ),
  });

/** The events of the annual cycle in a year: those of a forum, or those that no forum handles. */
export const cycleQuery = (forumId: string, year: number, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...cycleKeys.all, forumId, year, { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/plan-events', {
            params: { query: { year, forumId: [forumId], limit: 200, asOf } },
            signal,
          }),
        )
      ).items,
  });

/** The open topics of a forum and those drawn into an agenda, the longest waiting first. */
export const topicsQuery = (forumId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...topicKeys.all, forumId, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/topics', {
          params: { query: { forumId: [forumId], limit: 200, asOf } },
          signal,
        }),
      ),
  });

function renew(client: QueryClient) {
  return Promise.all(
    [forumKeys.all, cycleKeys.all, topicKeys.all, ['meetings']].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );
}

/** Writes the template: the first one where there is none. */
export function useSaveTemplate(forumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body: MeetingTemplateInput }) =>
      version === 0
        ? bodyOf(
            api.POST('/forums/{id}/meeting-template', { params: { path: { id: forumId } }, body }),
          )
        : bodyOf(
            api.PUT('/forums/{id}/meeting-template', {
              params: { path: { id: forumId }, header: { 'If-Match': `"${version}"` } },
              body,
            }),
          ),
    onSuccess: () => renew(client),
  });
}

export function useMakeSeries(forumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, year, days }: { version: number; year: number; days: ISODate[] }) =>
      bodyOf(
        api.POST('/forums/{id}/series', {
          params: { path: { id: forumId }, header: { 'If-Match': `"${version}"` } },
          body: { year, days },
        }),
      ),
    onSuccess: () => renew(client),
  });
}

/** Lets a forum handle an event, or none. */
export function useAssignEvent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, forumId }: { id: string; forumId?: string }) =>
      bodyOf(
        api.POST('/plan-events/{id}/assignment', { params: { path: { id } }, body: { forumId } }),
      ),
    onSuccess: () => renew(client),
  });
}

/** Puts an event of a year into a meeting, or takes it out. */
export function usePlaceEvent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, year, meetingId }: { id: string; year: number; meetingId?: string }) =>
      bodyOf(
        api.POST('/plan-events/{id}/placement', {
          params: { path: { id } },
          body: { year, meetingId },
        }),
      ),
    onSuccess: () => renew(client),
  });
}

/** Proposes a topic, or changes an open one. */
export function useSaveTopic(forumId: string, topic?: Topic) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TopicInput) =>
      topic
        ? bodyOf(
            api.PUT('/topics/{id}', {
              params: { path: { id: topic.id }, header: { 'If-Match': `"${topic.version}"` } },
              body,
            }),
          )
        : bodyOf(api.POST('/forums/{id}/topics', { params: { path: { id: forumId } }, body })),
    onSuccess: () => renew(client),
  });
}

/** Withdraws one's own topic, or declines one with a reason. */
export function useSettleTopic(topic: Topic) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ how, reason }: { how: 'withdrawal' | 'refusal'; reason: string }) => {
      const request = {
        params: { path: { id: topic.id }, header: { 'If-Match': `"${topic.version}"` } },
        body: { reason: { fi: reason, sv: '', en: '' } },
      };
      return how === 'refusal'
        ? bodyOf(api.POST('/topics/{id}/refusal', request))
        : bodyOf(api.POST('/topics/{id}/withdrawal', request));
    },
    onSuccess: () => renew(client),
  });
}
