import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import type { components } from './schema';

export type MailPreference = components['schemas']['MailPreference'];

/** When and of what the reader wants the daily digest. */
export const myMailQuery = queryOptions({
  queryKey: ['me', 'mail'],
  queryFn: ({ signal }) => bodyOf(api.GET('/me/mail', { signal })),
});
