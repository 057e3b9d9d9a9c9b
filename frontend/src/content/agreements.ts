import type { Agreement, ResponsibilityItem, Revision, Standing } from '../api/responsibilities';
import type { PostRef } from '../api/posts';
import type { PartyAppearance } from '../api/parties';
import type { Texts } from '../i18n';
import { dateOf, daysBetween, formatDate, isISODate, type ISODate } from '../lib/dates';
import type { Lang } from '../lib/lang';
import { localised, type LocalisedText } from '../lib/text';
import type { AcceptanceSlot } from '../ui/Acceptance';
import { inEachLanguage } from './describe';

/** The agreement that is spoken of now: what waits for answers, else what is in force. */
export function current(item: { waiting?: Agreement; inForce?: Agreement }): Agreement | undefined {
  return item.waiting ?? item.inForce;
}

/** Whether accepted content is in force, be it with a change that waits beside it. */
export function isInForce(standing: Standing): boolean {
  return standing === 'in_force' || standing === 'reopened' || standing === 'change_declined';
}

/** The answers of an agreement as the mark of acceptance draws them. */
export function slotsOf(
  agreement: Agreement,
  standing: Standing,
  look: (partyId: string) => PartyAppearance,
): AcceptanceSlot[] {
  return agreement.acceptances.map(({ partyId, answer }) => ({
    party: look(partyId),
    state:
      answer === 'accepted'
        ? 'accepted'
        : answer === 'declined'
          ? 'returned'
          : isInForce(standing)
            ? 'reopened'
            : 'open',
  }));
}

/** For how many days somebody has been waited for; undefined where nobody is. */
export function openDays(agreement: Agreement | undefined, today: ISODate): number | undefined {
  return agreement?.state === 'open'
    ? Math.max(0, daysBetween(dateOf(agreement.proposedAt), today))
    : undefined;
}

/** The day on which a party declined what waits; undefined where none has. */
export function declinedOn(agreement: Agreement | undefined): ISODate | undefined {
  const at = agreement?.acceptances
    .flatMap(({ answer, decidedAt }) => (answer === 'declined' && decidedAt ? [decidedAt] : []))
    .sort()
    .at(-1);
  return at && dateOf(at);
}

/**
 * What a party answered last before what waits now, where that is not what is in force: what it
 * compares the new words with. The newest revision comes first.
 */
export function answeredBefore<R extends Agreement>(
  revisions: readonly R[],
  { waiting, inForce }: { waiting?: Agreement; inForce?: Agreement },
  partyId: string | undefined,
): { revision: R; answer: Agreement['acceptances'][number] } | undefined {
  for (const revision of revisions) {
    if (!waiting || revision.revision >= waiting.revision) continue;
    const answer = revision.acceptances.find(
      (given) => given.partyId === partyId && given.answer !== 'open',
    );
    if (answer) {
      return revision.revision === inForce?.revision ? undefined : { revision, answer };
    }
  }
  return undefined;
}

/** Whether something was proposed between what is in force, if anything, and what waits. */
export function hadOthers({ waiting, inForce }: { waiting?: Agreement; inForce?: Agreement }) {
  return waiting !== undefined && waiting.revision > (inForce?.revision ?? 0) + 1;
}

/** The material fields with the post as it is read. */
export interface NamedTerms {
  post: PostRef | null;
  part: ResponsibilityItem['part'];
  wording: LocalisedText;
  validFrom: string;
  validTo: string;
}

/** What is in force, or what was proposed first. */
export function termsOf(item: ResponsibilityItem): NamedTerms {
  const { post, part, wording, validFrom, validTo = '' } = item;
  return { post, part, wording, validFrom, validTo };
}

/** What somebody said last: the change that waits, if one does. */
export function latestTerms(item: ResponsibilityItem): NamedTerms {
  return item.change ? proposedTerms(item.change) : termsOf(item);
}

export function proposedTerms(terms: Revision['content']): NamedTerms {
  const { post, part, wording = {}, validFrom = '', validTo = '' } = terms;
  return { post, part, wording, validFrom, validTo };
}

const dayText = (day: string, lang: Lang) => (isISODate(day) ? formatDate(day, lang) : day);

/** Terms as lines, for comparing two of them. */
export function describeTerms(terms: NamedTerms, texts: Texts, lang: Lang) {
  const t = texts.responsibilities;
  return [
    { key: 'post', label: t.post, text: localised(terms.post?.title, lang).value },
    { key: 'part', label: t.part, text: texts.ui.parts[terms.part].name },
    ...inEachLanguage(texts, 'wording', t.wording, terms.wording),
    { key: 'validFrom', label: t.validFrom, text: dayText(terms.validFrom, lang) },
    { key: 'validTo', label: t.validTo, text: dayText(terms.validTo, lang) },
  ];
}
