import { QueryClient } from '@tanstack/react-query';
import { Problem } from '../lib/problem';

/** The longest wait for a server that said when to ask again, in seconds. */
const longestWait = 60;

function isLimited(error: unknown): error is Problem {
  return error instanceof Problem && error.status === 429;
}

/**
 * Defaults for all server data: a refusal (4xx) is never asked again, except after as long as the
 * server said who has asked too much (429), and a write is never
 * repeated by itself. What is shown stays while newer is fetched. A list whose filters change
 * keeps its rows with `placeholderData: keepPreviousData`; that is no default, since the page of
 * one item would then show another item's text.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) =>
          failures < 2 &&
          (isLimited(error) ||
            !(error instanceof Problem && error.status >= 400 && error.status < 500)),
        retryDelay: (failures, error) =>
          isLimited(error)
            ? Math.min(Math.max(error.retryAfter, 1), longestWait) * 1000
            : Math.min(1000 * 2 ** failures, 30_000),
      },
      mutations: { retry: false },
    },
  });
}
