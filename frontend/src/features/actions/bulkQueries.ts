import { useMutation } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import { useRefresh } from './queries';

type Schemas = components['schemas'];
export type BulkChangeInput = Schemas['BulkChangeInput'];
export type BulkChange = Schemas['BulkChange'];
export type BulkRow = Schemas['BulkRow'];
export type BulkValues = Schemas['BulkValues'];

/** What a change of several actions would do. Where it tells of newer versions, the list is old. */
export function useCheckBulk() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: BulkChangeInput) => bodyOf(api.POST('/action-bulk-change-checks', { body })),
    onSuccess: async ({ rows }) => {
      if (rows.some(({ errors }) => errors.some(({ code }) => code === 'stale_version')))
        await refresh();
    },
  });
}

/** Changes several actions, all or none. */
export function useMakeBulk() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: BulkChangeInput) => bodyOf(api.POST('/action-bulk-changes', { body })),
    onSuccess: refresh,
    onError: () => refresh(),
  });
}

/** Takes back what one's own party said last of several actions, all or none. */
export function useWithdrawWords() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (items: Schemas['BulkWithdrawalInput']['items']) =>
      bodyOf(api.POST('/action-bulk-withdrawals', { body: { items } })),
    onSuccess: refresh,
    onError: () => refresh(),
  });
}
