import type { LocalisedText } from './text';

/** One field that the server refuses: where it is in the body, and what is wrong with it. */
export interface FieldProblem {
  pointer: string;
  code: string;
}

interface ProblemDocument {
  status: number;
  code: string;
  title: string;
  detail?: string;
  instance?: string;
  errors?: FieldProblem[] | null;
  current?: unknown;
  changed?: Changed | null;
  state?: string;
  path?: NamedStep[];
  saved?: SavedThing | null;
  /** Not of the document: from the header Retry-After. */
  retryAfter?: number;
}

/** One of the actions around which a refused dependency would go. */
export interface NamedStep {
  id: string;
  no: number;
  title: LocalisedText;
}

/** What was saved by a request whose answer got lost; path: of its page, below the language. */
export interface SavedThing {
  kind: string;
  id: string;
  path?: string;
}

/** Who changed a thing since it was read, when, and which of its fields. */
export interface Changed {
  at: string;
  postId?: string;
  party?: string;
  post?: LocalisedText;
  fields: string[];
}

/** The code of a request that got no answer at all. It never comes from the server. */
export const offline = 'offline';

/** A problem document (RFC 9457) as an error. Every failed request throws one. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** HTTP status; 0 when the server did not answer. */
  readonly status: number;
  /** Stable code, which the texts translate. */
  readonly code: string;
  readonly title: string;
  /** For developers, in English; never shown. */
  readonly detail: string;
  /** The request id that stands in the server's log. */
  readonly instance: string;
  readonly errors: readonly FieldProblem[];
  /** What is saved now, when what was sent was made from an older version (412). */
  readonly current: unknown;
  /** Who saved it (412). */
  readonly changed: Changed | undefined;
  /** The state that forbids the operation (409). */
  readonly state: string;
  /** The way around that was refused (409 dependency_cycle). */
  readonly path: readonly NamedStep[];
  /** What the first sending saved (409 saved_already). */
  readonly saved: SavedThing | undefined;
  /** In how many seconds one may ask again (429, 503); 0 when the server does not say. */
  readonly retryAfter: number;

  constructor(document: ProblemDocument, cause?: unknown) {
    super(document.detail ?? document.title, { cause });
    this.status = document.status;
    this.code = document.code;
    this.title = document.title;
    this.detail = document.detail ?? '';
    this.instance = document.instance ?? '';
    this.errors = document.errors ?? [];
    this.current = document.current;
    this.changed = document.changed ?? undefined;
    this.state = document.state ?? '';
    this.path = document.path ?? [];
    this.saved = document.saved ?? undefined;
    this.retryAfter = document.retryAfter ?? 0;
  }

  /** The server did not answer, or not in a way that can be read. */
  static unreachable(cause?: unknown): Problem {
    return new Problem({ status: 0, code: offline, title: 'No answer' }, cause);
  }

  /**
   * Reads the body of a failed response. A body that is no problem document gives the general one.
   * retryAfter is the header of that name.
   */
  static fromBody(status: number, body: unknown, retryAfter?: string | null): Problem {
    const seconds = { retryAfter: Math.max(0, Number.parseInt(retryAfter ?? '', 10) || 0) };
    if (typeof body === 'object' && body !== null && 'code' in body) {
      const document = body as Partial<ProblemDocument>;
      return new Problem({
        ...document,
        ...seconds,
        status,
        code: String(document.code),
        title: document.title ?? '',
      });
    }
    return new Problem({ status, code: codeOfStatus(status), title: `HTTP ${status}`, ...seconds });
  }
}

const away = new Set(['database_unavailable', 'session_unavailable', 'not_ready', 'unavailable']);

/** Whether the service itself cannot reach what it needs: nothing else of it works either. */
export function isAway(error: unknown): error is Problem {
  return error instanceof Problem && error.status === 503 && away.has(error.code);
}

/** The general code of an HTTP status, for answers without a problem document. */
export function codeOfStatus(status: number): string {
  const codes: Record<number, string> = {
    400: 'malformed',
    401: 'sign_in_required',
    403: 'forbidden',
    404: 'not_found',
    409: 'conflict',
    412: 'stale',
    413: 'too_large',
    422: 'validation_failed',
    428: 'if_match_required',
    429: 'rate_limited',
    503: 'unavailable',
  };
  return codes[status] ?? (status === 502 || status === 504 ? 'unavailable' : 'internal');
}
