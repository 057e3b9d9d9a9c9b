import type { Texts } from '../i18n';
import { codeOfStatus, offline, Problem } from '../lib/problem';

/** What a person is told, in their language: by the code, else by the status, else in general. */
export function problemText(error: unknown, texts: Texts): string {
  if (!(error instanceof Problem)) return texts.problems.general;
  if (error.code === offline) return texts.problems.offline;
  if (error.status === 429 && error.retryAfter > 0) return texts.problems.wait(error.retryAfter);
  if (error.code === 'goal_ended' && error.state) return texts.problems.goalGoesOn(error.state);
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
