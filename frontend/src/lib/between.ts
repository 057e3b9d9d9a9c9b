import { fileQuery } from './files';

/**
 * What can be compared between two days, by its address in the API: x-between of the contract. A
 * test of the server fails if the two differ.
 */
export const comparedPaths = [
  '/actions',
  '/actions/{id}',
  '/actions/{id}/status-reports',
  '/agenda-items/{id}',
  '/cases',
  '/chains',
  '/chains/{id}',
  '/districts',
  '/districts/{id}',
  '/drafts',
  '/drafts/{id}/comments',
  '/forums',
  '/forums/{id}',
  '/forums/{id}/meeting-template',
  '/forums/{id}/meetings',
  '/freshness',
  '/gaps',
  '/goals',
  '/goals/{id}',
  '/grants',
  '/grants/{id}',
  '/handovers',
  '/handovers/{id}',
  '/handovers/{id}/agreements',
  '/holdings',
  '/legal-bases',
  '/legal-bases/{id}',
  '/meetings',
  '/meetings/{id}',
  '/meetings/{id}/agenda-items',
  '/meetings/{id}/paper/comments',
  '/open-loops',
  '/outcomes',
  '/parties',
  '/parties/{id}',
  '/people',
  '/phases',
  '/phases/{id}',
  '/plan-events',
  '/plans',
  '/plans/{id}',
  '/posts',
  '/posts/{id}',
  '/posts/{id}/duties',
  '/radar',
  '/referrals',
  '/referrals/{id}',
  '/reporting-rounds',
  '/reporting-rounds/{id}',
  '/reporting-rounds/{id}/expectations',
  '/reporting-rounds/{id}/reports',
  '/reservations',
  '/reservations/of/{kind}/{id}',
  '/reservations/{id}',
  '/responsibilities',
  '/responsibilities/of/{kind}/{id}',
  '/responsibilities/{id}',
  '/responsibilities/{id}/agreements',
  '/responsibilities/{id}/comments',
  '/tags',
  '/tags/{id}',
  '/target-groups',
  '/target-groups/{id}',
  '/tasks/{id}',
  '/themes',
  '/themes/{id}',
  '/topics',
  '/topics/{id}',
  '/units',
  '/units/{id}',
] as const;

const patterns = comparedPaths.map((path) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`));

/** Whether the list or item at an address of the API can be compared between two days. */
export function canCompare(path: string): boolean {
  return patterns.some((pattern) => pattern.test(path));
}

/** A list or item with its filters, as the comparison takes it: without a day. */
export function comparedAddress(path: string, query: Parameters<typeof fileQuery>[0]): string {
  const filters = fileQuery({ ...query, asOf: undefined, lang: undefined });
  return filters ? `${path}?${filters}` : path;
}
