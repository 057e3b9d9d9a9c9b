import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { components } from '../../api/schema';
import type { Lang } from '../../lib/lang';

type Schemas = components['schemas'];
export type MailTemplate = Schemas['MailTemplate'];
export type MailTexts = Schemas['MailTexts'];
export type MailFlaw = Schemas['MailFlaw'];
export type MailPreview = Schemas['MailTemplatePreview'];
export type Part = MailFlaw['part'];
export type Placeholder = Schemas['MailSlot']['may'][number];

export const parts = ['subject', 'intro', 'closing'] as const satisfies readonly Part[];

const key = (party: string) => ['mail-templates', party] as const;

/** What the mails to a party's people say, one of each kind. */
export const mailTextsQuery = (party: string) =>
  queryOptions({
    queryKey: key(party),
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/parties/{id}/mail-templates', { params: { path: { id: party } }, signal }),
        )
      ).items,
  });

/** A mail with texts that are being written; the one before stays in sight meanwhile. */
export const previewQuery = (
  { partyId, kind }: Pick<MailTemplate, 'partyId' | 'kind'>,
  lang: Lang,
  body: MailTexts,
) =>
  queryOptions({
    queryKey: ['mail-preview', partyId, kind, lang, body] as const,
    queryFn: ({ signal }) =>
      bodyOf(
        api.POST('/parties/{id}/mail-templates/{kind}/preview', {
          params: { path: { id: partyId, kind }, query: { lang } },
          body,
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Says what the mails say from now on, or again what the product comes with. */
export function useSaveMailTexts({ partyId, kind }: Pick<MailTemplate, 'partyId' | 'kind'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body?: MailTexts }) => {
      const params = {
        path: { id: partyId, kind },
        header: { 'If-Match': `"${version}"` },
      };
      return body
        ? bodyOf(api.PUT('/parties/{id}/mail-templates/{kind}', { params, body }))
        : bodyOf(api.POST('/parties/{id}/mail-templates/{kind}/restoration', { params }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: key(partyId) }),
  });
}
