import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { termQuery } from '../../content/termSearch';
import type { ISODate } from '../../lib/dates';
import { Problem } from '../../lib/problem';
import { chainKeys } from './queries';
import { standings, type HandoverListSearch } from './search';

/** The filters of that list as the server takes them. */
export const handoverFilter = (search: HandoverListSearch, asOf: ISODate | undefined) => {
  const { chainId, partyId, gap, acceptance } = search;
  return {
    ...termQuery(search),
    chainId: chainId ? [chainId] : undefined,
    partyId: partyId ? [partyId] : undefined,
    gap: gap ? [gap] : undefined,
    standing: acceptance ? [...standings[acceptance]] : undefined,
    asOf,
  };
};

/** The hand-overs of all chains in their order, page after page. */
export const handoverListQuery = (search: HandoverListSearch, asOf: ISODate | undefined) =>
  infiniteQueryOptions({
    queryKey: [...chainKeys.all, 'handovers', search, { asOf }],
    queryFn: ({ pageParam, signal }) => {
      const page = { limit: 100, cursor: pageParam, count: 'exact' as const };
      const query = { ...handoverFilter(search, asOf), ...page };
      return bodyOf(api.GET('/handovers', { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

/** Every content that was proposed for one hand-over, the newest first. */
export const revisionsQuery = (id: string, asOf: ISODate | undefined) =>
  queryOptions({
    queryKey: [...chainKeys.all, 'agreements', id, { asOf }],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/handovers/{id}/agreements', {
            params: { path: { id }, query: { asOf } },
            signal,
          }),
        )
      ).items,
  });

/** What a withdrawal makes old: the chain, lists of what waits, the gaps, the log. */
function changed(client: QueryClient) {
  return Promise.all(
    [chainKeys.all, ['gaps'], ['matrix'], ['responsibilities'], ['audit']].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );
}

/** Content that somebody replaced meanwhile is fetched, so that it is read before it is answered. */
const afterFailure = (client: QueryClient) => (error: unknown) => {
  if (error instanceof Problem && (error.status === 412 || error.status === 409)) {
    void client.invalidateQueries({ queryKey: chainKeys.all });
  }
};

const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });

/** Takes back what the reader's own party proposed. */
export function useWithdrawHandover(id: string, version: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      bodyOf(
        api.POST('/handovers/{id}/withdrawal', {
          params: { path: { id }, header: ifMatch(version) },
          body: reason ? { reason } : {},
        }),
      ),
    onSuccess: () => changed(client),
    onError: afterFailure(client),
  });
}
