import createClient, { type Middleware } from 'openapi-fetch';
import { Problem } from '../lib/problem';
import type { paths } from './schema';

const problems: Middleware = {
  async onResponse({ response }) {
    if (response.ok || response.status === 304) return;
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    throw Problem.fromBody(response.status, body);
  },
  onError({ error }) {
    return error instanceof DOMException && error.name === 'AbortError'
      ? error
      : Problem.unreachable(error);
  },
};

/**
 * The typed client of the server's API. Paths are those of the contract; a failed request
 * throws a Problem.
 */
export const api = createClient<paths>({
  baseUrl: `${window.location.origin}/api/v1`,
  credentials: 'same-origin',
  fetch: (request) => globalThis.fetch(request),
  querySerializer: { array: { style: 'form', explode: true } },
});

api.use(problems);

/**
 * The body of an answer. A failed request has thrown before this; an answer without a body where
 * one belongs is a problem too.
 */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  if (data === undefined) throw Problem.unreachable();
  return data;
}
