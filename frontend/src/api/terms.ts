import { queryOptions } from '@tanstack/react-query';
import type { ISODate } from '../lib/dates';
import { api, bodyOf } from './client';
import type { components } from './schema';

export type Term = components['schemas']['Term'];
export type LegalBasis = components['schemas']['LegalBasis'];
export type Plan = components['schemas']['Plan'];

/** The vocabularies change seldom; one answer serves many pages. */
const staleTime = 300_000;
const limit = 200;

export const themesQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['themes', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/themes', { params: { query: { limit, asOf } }, signal }))).items,
    staleTime,
  });

export const targetGroupsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['target-groups', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/target-groups', { params: { query: { limit, asOf } }, signal })))
        .items,
    staleTime,
  });

export const districtsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['districts', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/districts', { params: { query: { limit, asOf } }, signal }))).items,
    staleTime,
  });

/** The phases of implementation, in the order in which they come. */
export const phasesQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['phases', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/phases', { params: { query: { limit, asOf } }, signal }))).items,
    staleTime,
  });

/** All tags, however many, in alphabetical order. */
export const tagsQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['tags', { asOf }],
    queryFn: async ({ signal }) => {
      const tags: Term[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit, asOf, cursor };
        const page = await bodyOf(api.GET('/tags', { params: { query }, signal }));
        tags.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      return tags;
    },
    staleTime,
  });

export const legalBasesQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['legal-bases', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/legal-bases', { params: { query: { limit, asOf } }, signal }))).items,
    staleTime,
  });

export const plansQuery = (asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['plans', { asOf }],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/plans', { params: { query: { limit, asOf } }, signal }))).items,
    staleTime,
  });
