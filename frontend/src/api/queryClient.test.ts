import { expect, it } from 'vitest';
import { Problem } from '../lib/problem';
import { createQueryClient } from './queryClient';

const { retry, retryDelay } = createQueryClient().getDefaultOptions().queries ?? {};

it.each([
  ['refused', Problem.fromBody(403, {}), false, 1000],
  ['asked too much, told how long', Problem.fromBody(429, {}, '7'), true, 7000],
  ['asked too much, told nothing', Problem.fromBody(429, {}), true, 1000],
  ['asked too much, told nonsense', Problem.fromBody(429, {}, 'soon'), true, 1000],
  ['asked too much, told to wait for an hour', Problem.fromBody(429, {}, '3600'), true, 60_000],
  ['failed', Problem.fromBody(500, {}), true, 1000],
])('asks again, or not, when %s', (_, problem, again, delay) => {
  if (typeof retry !== 'function' || typeof retryDelay !== 'function') throw new Error('no rule');
  expect(retry(0, problem)).toBe(again);
  expect(retry(2, problem)).toBe(false);
  expect(retryDelay(0, problem)).toBe(delay);
});
