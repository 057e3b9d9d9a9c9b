import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { responsibilityKeys } from '../../api/responsibilities';
import type { components } from '../../api/schema';
import type { ISODate } from '../../lib/dates';
import type { Kind } from './search';

export type ResponsibleOn = components['schemas']['ResponsibleOn'];
export type ResponsibleOnItem = components['schemas']['ResponsibleOnItem'];

/** Who was responsible for a thing on a day. */
export const onQuery = (subjectKind: Kind, subjectId: string, date: ISODate) =>
  queryOptions({
    queryKey: [...responsibilityKeys.all, 'on', subjectKind, subjectId, date],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/responsibilities/on', {
          params: { query: { subjectKind, subjectId, date } },
          signal,
        }),
      ),
  });
