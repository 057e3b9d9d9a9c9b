import { QueryClient } from '@tanstack/react-query';
import { Problem } from '../lib/problem';

/**
 * Defaults for all server data: a refusal (4xx) is never asked again, and a write is never
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
          failures < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
      },
      mutations: { retry: false },
    },
  });
}
