import { diff3Merge } from 'node-diff3';

/** A paragraph, or a run of them, that both sides changed. */
export interface Clash {
  mine: string;
  base: string;
  theirs: string;
}

/** A text merged by paragraph: what is settled, and what somebody must choose. */
export type Part = string | Clash;

/** A paragraph is a line, as it is typed. */
const paragraphs = (text: string) => (text === '' ? [] : text.split('\n'));

/**
 * Merges two texts that were made from one, paragraph by paragraph: what only one side changed is
 * taken, what both changed alike is taken once, the rest is a clash. Nothing is left out.
 */
export function mergeText(mine: string, base: string, theirs: string): Part[] {
  if (mine === theirs || theirs === base) return [mine];
  if (mine === base) return [theirs];
  const parts: Part[] = [];
  const settle = (lines: readonly string[]) => {
    const last = parts.at(-1);
    if (lines.length === 0) return;
    if (typeof last === 'string') parts[parts.length - 1] = [last, ...lines].join('\n');
    else parts.push(lines.join('\n'));
  };
  const regions = diff3Merge(paragraphs(mine), paragraphs(base), paragraphs(theirs), {
    excludeFalseConflicts: true,
  });
  for (const { ok, conflict } of regions) {
    if (ok) settle(ok);
    if (!conflict) continue;
    const { a, o, b } = conflict;
    // Neighbouring paragraphs that each side changed one of are no clash.
    if (a.length === o.length && b.length === o.length) {
      a.forEach((line, index) => {
        const old = o[index] ?? '';
        const other = b[index] ?? '';
        if (line === other || other === old) settle([line]);
        else if (line === old) settle([other]);
        else parts.push({ mine: line, base: old, theirs: other });
      });
    } else {
      parts.push({ mine: a.join('\n'), base: o.join('\n'), theirs: b.join('\n') });
    }
  }
  return parts;
}

/** How a clash is settled. */
export type Choice = 'mine' | 'theirs' | 'both';

/** The text with each clash settled, in their order; one without a choice keeps both sides. */
export function settleText(parts: readonly Part[], choices: readonly Choice[]): string {
  let at = 0;
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const choice = choices[at++] ?? 'both';
      if (choice === 'mine') return part.mine;
      if (choice === 'theirs') return part.theirs;
      return [part.theirs, part.mine].filter(Boolean).join('\n');
    })
    .join('\n');
}

export const clashes = (parts: readonly Part[]): Clash[] =>
  parts.filter((part) => typeof part !== 'string');

/** Whether two bodies of a form say the same. Their keys stand in the same order. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
