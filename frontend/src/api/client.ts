import createClient, { type Middleware } from 'openapi-fetch';
import type { ISODate } from '../lib/dates';
import { Problem } from '../lib/problem';
import type { paths } from './schema';

const problems: Middleware = {
  async onResponse({ response }) {
    if (response.ok || response.status === 304) return;
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    throw Problem.fromBody(response.status, body, response.headers.get('Retry-After'));
  },
  onError({ error }) {
    return error instanceof DOMException && error.name === 'AbortError'
      ? error
      : Problem.unreachable(error);
  },
};

/** The keys of requests whose answer is not known yet, by what was sent. */
const unanswered = new Map<string, string>();
const signatures = new WeakMap<Request, string>();

/** Statuses by which it is not known whether the server took the request. */
const unknown = new Set([502, 503, 504]);

/**
 * Gives each request that creates something a key: the same one when the same is sent again
 * after an answer that got lost, so that it does not stand twice, and a new one once an answer
 * has come.
 */
const onceOnly: Middleware = {
  async onRequest({ request }) {
    if (request.method !== 'POST') return undefined;
    const sent = `${request.url}\n${await contentOf(request)}`;
    const key = unanswered.get(sent) ?? crypto.randomUUID();
    unanswered.set(sent, key);
    request.headers.set('Idempotency-Key', key);
    signatures.set(request, sent);
    return request;
  },
  async onResponse({ request, response }) {
    const sent = signatures.get(request);
    if (sent === undefined || unknown.has(response.status)) return;
    if (response.status === 409) {
      const body: unknown = await response
        .clone()
        .json()
        .catch(() => undefined);
      if (isRunning(body)) return;
    }
    unanswered.delete(sent);
  },
};

/** What a request sends: the text itself, of a file its fingerprint. */
async function contentOf(request: Request): Promise<string> {
  const type = request.headers.get('Content-Type');
  if (type === null || type.includes('json')) return request.clone().text();
  const bytes = new Uint8Array(await request.clone().arrayBuffer());
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

let person: string | undefined;

/**
 * Says for whom the page is open, by the person's id; undefined: for nobody. The server refuses
 * what would be saved in the name of somebody else who has signed in in another tab meanwhile.
 */
export function pageIsOf(id: string | undefined) {
  person = id;
}

const samePerson: Middleware = {
  onRequest({ request }) {
    if (person === undefined || request.method === 'GET') return undefined;
    request.headers.set('Yhdyspinta-Person', person);
    return request;
  },
};

function isRunning(body: unknown): boolean {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    body.code === 'idempotency_running'
  );
}

/**
 * The contract, where a read that can show a past day must be told which one it shows: the day of
 * `useAsOf`, or undefined for what is of now whatever the page shows, such as the choices of a form.
 */
type DayTold<Paths> = {
  [Path in keyof Paths]: {
    [Method in keyof Paths[Path]]: Method extends 'get'
      ? Told<Paths[Path][Method]>
      : Paths[Path][Method];
  };
};

/** The filters of a list, which tell the day. */
export type ReadQuery<Path extends keyof paths> = QueryOf<DayTold<paths>[Path]['get']>;

type QueryOf<Operation> = Operation extends { parameters: { query?: infer Query } }
  ? NonNullable<Query>
  : never;

type Told<Operation> = [QueryOf<Operation>] extends [never]
  ? Operation
  : 'asOf' extends keyof QueryOf<Operation>
    ? Omit<Operation, 'parameters'> & {
        parameters: Omit<Operation['parameters' & keyof Operation], 'query'> & {
          query: Omit<QueryOf<Operation>, 'asOf'> & { asOf: ISODate | undefined };
        };
      }
    : Operation;

/**
 * The typed client of the server's API. Paths are those of the contract; a failed request
 * throws a Problem.
 */
export const api = createClient<DayTold<paths>>({
  baseUrl: `${window.location.origin}/api/v1`,
  credentials: 'same-origin',
  fetch: (request) => globalThis.fetch(request),
  querySerializer: { array: { style: 'form', explode: true } },
});

api.use(problems, onceOnly, samePerson);

/**
 * The body of an answer. A failed request has thrown before this; an answer without a body where
 * one belongs is a problem too.
 */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  if (data === undefined) throw Problem.unreachable();
  return data;
}
