import { diffWords } from 'diff';
import type { ReactNode } from 'react';

/** The text `to`, with the words marked that `from` does not have. */
export function markWords(from: string, to: string): ReactNode[] {
  return diffWords(from, to)
    .filter(({ removed }) => !removed)
    .map(({ value, added }, index) => (added ? <ins key={index}>{value}</ins> : value));
}
