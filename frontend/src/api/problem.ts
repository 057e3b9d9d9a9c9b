import type { Texts } from '../i18n';

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
}

/** The code of a request that got no answer at all. It never comes from the server. */
const offline = 'offline';

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

  constructor(document: ProblemDocument, cause?: unknown) {
    super(document.detail ?? document.title, { cause });
    this.status = document.status;
    this.code = document.code;
    this.title = document.title;
    this.detail = document.detail ?? '';
    this.instance = document.instance ?? '';
    this.errors = document.errors ?? [];
    this.current = document.current;
  }

  /** The server did not answer, or not in a way that can be read. */
  static unreachable(cause?: unknown): Problem {
    return new Problem({ status: 0, code: offline, title: 'No answer' }, cause);
  }

  /** Reads the body of a failed response. A body that is no problem document gives the general one. */
  static fromBody(status: number, body: unknown): Problem {
    if (typeof body === 'object' && body !== null && 'code' in body) {
      const document = body as Partial<ProblemDocument>;
      return new Problem({
        ...document,
        status,
        code: String(document.code),
        title: document.title ?? '',
      });
    }
    return new Problem({ status, code: codeOfStatus(status), title: `HTTP ${status}` });
  }
}

function codeOfStatus(status: number): string {
  const codes: Record<number, string> = {
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    412: 'stale',
    413: 'too_large',
    429: 'limited',
    503: 'unavailable',
  };
  return codes[status] ?? (status === 502 || status === 504 ? 'unavailable' : 'internal');
}

/** What a person is told, in their language: by the code, else by the status, else in general. */
export function problemText(error: unknown, texts: Texts): string {
  if (!(error instanceof Problem)) return texts.problems.general;
  if (error.code === offline) return texts.problems.offline;
  return (
    lookUp(texts.problems.codes, error.code) ??
    lookUp(texts.problems.codes, codeOfStatus(error.status)) ??
    texts.problems.general
  );
}

/**
 * What is wrong with one field, or undefined when the server did not refuse it. The pointer is
 * the field's place in the body, such as `/title/fi`.
 */
export function fieldError(error: unknown, pointer: string, texts: Texts): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  const found = error.errors.find((field) => field.pointer === pointer);
  return found && (lookUp(texts.problems.fields, found.code) ?? texts.problems.fields.invalid);
}

function lookUp(texts: Record<string, string | undefined>, code: string): string | undefined {
  return Object.hasOwn(texts, code) ? texts[code] : undefined;
}
