import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { allItems } from '../../api/pages';
import type { components } from '../../api/schema';
import {
  districtsQuery,
  legalBasesQuery,
  phasesQuery,
  tagsQuery,
  targetGroupsQuery,
  themesQuery,
  type LegalBasis,
  type Plan,
  type Term,
} from '../../api/terms';
import type { ISODate } from '../../lib/dates';
import type { Lang } from '../../lib/lang';

export type PlanComparison = components['schemas']['PlanComparison'];
export type CarryOver = components['schemas']['CarryOver'];
export type CarriedGoal = components['schemas']['CarriedGoal'];
export type PlanInput = components['schemas']['PlanInput'];
export type MissingTranslations = components['schemas']['MissingTranslations'];

/** A term of any vocabulary; legal bases have an act and a section, the others a position. */
export type AnyTerm = Pick<Term, 'id' | 'key' | 'title' | 'version' | 'permissions'> &
  Partial<
    Pick<Term, 'position' | 'retired' | 'retiredOn' | 'retiredReason' | 'mergedIntoId'> &
      Pick<LegalBasis, 'act' | 'section'>
  >;

/** What the form of a term says. */
export interface TermBody {
  key: string;
  title: Term['title'];
  position: number;
  act: string;
  section: string;
}

const ifMatch = (id: string, version: number) => ({
  path: { id },
  header: { 'If-Match': `"${version}"` },
});
const listed = ({ title, position }: TermBody) => ({ title, position });
const law = ({ title, act, section }: TermBody) => ({ title, act, section });

/** How each vocabulary is read and written. */
export const vocabularies = {
  themes: {
    permission: 'theme.edit',
    query: themesQuery,
    create: (b: TermBody) => bodyOf(api.POST('/themes', { body: { key: b.key, ...listed(b) } })),
    update: (id: string, version: number, b: TermBody) =>
      bodyOf(api.PUT('/themes/{id}', { params: ifMatch(id, version), body: listed(b) })),
  },
  'target-groups': {
    permission: 'target_group.edit',
    query: targetGroupsQuery,
    create: (b: TermBody) =>
      bodyOf(api.POST('/target-groups', { body: { key: b.key, ...listed(b) } })),
    update: (id: string, version: number, b: TermBody) =>
      bodyOf(api.PUT('/target-groups/{id}', { params: ifMatch(id, version), body: listed(b) })),
  },
  districts: {
    permission: 'district.edit',
    query: districtsQuery,
    create: (b: TermBody) => bodyOf(api.POST('/districts', { body: { key: b.key, ...listed(b) } })),
    update: (id: string, version: number, b: TermBody) =>
      bodyOf(api.PUT('/districts/{id}', { params: ifMatch(id, version), body: listed(b) })),
  },
  tags: {
    permission: 'tag.edit',
    query: tagsQuery,
    create: (b: TermBody) => bodyOf(api.POST('/tags', { body: { key: b.key, ...listed(b) } })),
    update: (id: string, version: number, b: TermBody) =>
      bodyOf(api.PUT('/tags/{id}', { params: ifMatch(id, version), body: listed(b) })),
  },
  phases: {
    permission: 'phase.edit',
    query: phasesQuery,
    create: (b: TermBody) => bodyOf(api.POST('/phases', { body: { key: b.key, ...listed(b) } })),
    update: (id: string, version: number, b: TermBody) =>
      bodyOf(api.PUT('/phases/{id}', { params: ifMatch(id, version), body: listed(b) })),
  },
  'legal-bases': {
    permission: 'legal_basis.edit',
    query: legalBasesQuery,
    create: (b: TermBody) => bodyOf(api.POST('/legal-bases', { body: { key: b.key, ...law(b) } })),
    update: (id: string, version: number, b: TermBody) =>
      bodyOf(api.PUT('/legal-bases/{id}', { params: ifMatch(id, version), body: law(b) })),
  },
} as const;

export type Vocabulary = keyof typeof vocabularies;

/** Adds a term, or changes the one given. */
export function useSaveTerm(vocabulary: Vocabulary, id?: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: TermBody; version: number }): Promise<AnyTerm> => {
      const { create, update } = vocabularies[vocabulary];
      return id ? update(id, version, body) : create(body);
    },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [vocabulary] }),
        client.invalidateQueries({ queryKey: ['translations'] }),
      ]),
  });
}

/** The vocabularies whose terms are retired and merged. */
export type Retiring = Exclude<Vocabulary, 'legal-bases'>;

/** What is decided of a term; each has a reason. */
export type Decision =
  | { kind: 'retirement'; on: string; reason: string }
  | { kind: 'restoration'; reason: string }
  | { kind: 'merger'; intoId: string; reason: string };

/** Retires, restores or merges a term. What has terms is fetched anew: a merge moves it. */
export function useDecideTerm(vocabulary: Retiring, term: Pick<AnyTerm, 'id' | 'version'>) {
  const client = useQueryClient();
  const params = ifMatch(term.id, term.version);
  return useMutation({
    mutationFn: (decision: Decision): Promise<Term> => {
      const { reason } = decision;
      switch (decision.kind) {
        case 'retirement':
          return bodyOf(
            api.POST(`/${vocabulary}/{id}/retirement`, {
              params,
              body: { on: decision.on || undefined, reason },
            }),
          );
        case 'restoration':
          return bodyOf(api.POST(`/${vocabulary}/{id}/restoration`, { params, body: { reason } }));
        case 'merger':
          return bodyOf(
            api.POST(`/${vocabulary}/{id}/merger`, {
              params,
              body: { intoId: decision.intoId, reason },
            }),
          );
      }
    },
    onSettled: () => client.invalidateQueries(),
  });
}

export type TermUses = components['schemas']['TermUses'];

/** How much has each term; for those who keep the vocabularies. */
export const termUsesQuery = queryOptions({
  queryKey: ['term-uses'],
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/term-uses', { signal }))).items,
});

export const planQuery = (key: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['plans', key, { asOf }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/plans/{id}', { params: { path: { id: key }, query: { asOf } }, signal })),
  });

/** All goals of a plan, by theme. */
export const planGoalsQuery = (planId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['goals', 'plan', planId, { asOf }],
    queryFn: ({ signal }) =>
      allItems((cursor) =>
        bodyOf(
          api.GET('/goals', {
            params: { query: { planId: [planId], sort: 'theme,no', limit: 200, cursor, asOf } },
            signal,
          }),
        ),
      ),
  });

/** The goals of a plan that have ended, by number. */
export const endedGoalsQuery = (planId: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: ['goals', 'ended', planId, { asOf }],
    queryFn: ({ signal }) =>
      allItems((cursor) =>
        bodyOf(
          api.GET('/goals', {
            params: { query: { planId: [planId], ended: 'true', limit: 200, cursor, asOf } },
            signal,
          }),
        ),
      ),
  });

/** What became of the goals of the plan that this one supersedes. */
export const carryOverQuery = (key: string) =>
  queryOptions({
    queryKey: ['plans', key, 'carry-over'],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/plans/{id}/carry-over', { params: { path: { id: key } }, signal })),
  });

/** Decides on goals of the plan before, on all that are sent or on none. */
export function useCarryOver(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (items: components['schemas']['CarryOverItem'][]) =>
      bodyOf(
        api.POST('/plans/{id}/carry-over', { params: { path: { id: key } }, body: { items } }),
      ),
    // Goals, actions, drafts and figures follow.
    onSuccess: () => client.invalidateQueries(),
  });
}

/**
 * What differs between a plan at the end of two days, or between another plan on the first and it on
 * the second; `to` is today if it is left out.
 */
export const comparisonQuery = (
  key: string,
  from: string,
  to: string | undefined,
  before?: string,
) =>
  queryOptions({
    queryKey: ['plans', key, 'comparison', { from, to, before }],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/plans/{id}/comparison', {
          params: { path: { id: key }, query: { from, to, before } },
          signal,
        }),
      ),
  });

/** Adds a plan, or changes the one given. */
export function useSavePlan(id?: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: { body: PlanInput; version: number; key: string }): Promise<Plan> =>
      id
        ? bodyOf(
            api.PUT('/plans/{id}', {
              params: ifMatch(id, request.version),
              body: request.body,
            }),
          )
        : bodyOf(api.POST('/plans', { body: { key: request.key, ...request.body } })),
    // What is in force and how fresh actions are goes by the plans, wherever it shows.
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Public content that lacks a language; for coordinators. */
export const missingTranslationsQuery = (lang?: Lang) =>
  queryOptions({
    queryKey: ['translations', 'missing', { lang }],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/translations/missing', { params: { query: { lang } }, signal })),
  });
