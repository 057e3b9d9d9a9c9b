import { queryOptions, useQuery } from '@tanstack/react-query';
import { useLang } from '../i18n';
import { languages } from '../lib/lang';
import { localised } from '../lib/text';
import { api, bodyOf } from './client';
import type { components } from './schema';

export type SecrecyGround = components['schemas']['SecrecyGround'];

/** The grounds for secrecy that forms offer: the text of an act, one answer serves the whole visit. */
export const secrecyGroundsQuery = queryOptions({
  queryKey: ['secrecy-grounds'],
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/secrecy-grounds', { signal }))).items,
  staleTime: Infinity,
});

const bare = (text: string) => text.trim().replace(/\.$/, '').toLocaleLowerCase('fi');

/**
 * A ground as the page's language has it. It is kept in the language in which it was written; one of
 * the offered ones is told in the reader's, as the papers do, other words stay as they are.
 */
export function useGroundIn(): (written: string | undefined) => string | undefined {
  const lang = useLang();
  const grounds = useQuery(secrecyGroundsQuery).data ?? [];
  return (written) => {
    if (!written) return written;
    const forms = grounds.flatMap(({ ground, citation }) => [ground, citation]);
    const said = forms.find((form) =>
      languages.some((one) => form[one] && bare(form[one]) === bare(written)),
    );
    return said ? localised(said, lang).value : written;
  };
}
