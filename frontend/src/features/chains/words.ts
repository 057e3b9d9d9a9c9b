import type { PartyAppearance } from '../../api/parties';
import { current, openDays, slotsOf as slotsOfAgreement } from '../../content/agreements';
import type { Texts } from '../../i18n';
import type { ISODate } from '../../lib/dates';
import { languages, type Lang } from '../../lib/lang';
import { localised } from '../../lib/text';
import { acceptanceText, type AcceptanceSlot } from '../../ui/Acceptance';
import type { Chain, ChainAction, Handover, HandoverFace, HandoverTerms, StageFace } from './types';

/** What the words of a chain are made with. */
export interface Wording {
  texts: Texts;
  lang: Lang;
  look: (partyId: string | undefined) => PartyAppearance;
  /** The day shown. */
  today: ISODate;
}

/** The answers of the parties to what is in force or, where something waits, to that. */
export function slotsOf(
  handover: Pick<HandoverFace, 'standing' | 'inForce' | 'waiting'>,
  look: Wording['look'],
): AcceptanceSlot[] {
  const agreement = current(handover);
  return agreement ? slotsOfAgreement(agreement, handover.standing, look) : [];
}

/** How far the parties have agreed, in words. */
export function acceptanceWords(handover: HandoverFace, { texts, look, today }: Wording): string {
  return acceptanceText(slotsOf(handover, look), openDays(handover.waiting, today), texts);
}

/** The first line of a hand-over's label, such as "14 pv pieni aukko". */
export function labelWords({ targetDays, gap }: Pick<Handover, 'targetDays' | 'gap'>, t: Texts) {
  return {
    days: targetDays === undefined ? t.handovers.noTarget : t.handovers.days(targetDays),
    gap: t.ui.gaps[gap].toLowerCase(),
  };
}

/** What its label says of a hand-over that needs attention beside its gap; else undefined. */
export function labelNote(handover: HandoverFace, { texts }: Wording): string | undefined {
  const { standing, reviewOverdue } = handover;
  if (standing !== 'in_force') return texts.handovers.standingsShort[standing];
  return reviewOverdue ? texts.handovers.reviewLate : undefined;
}

/** A stage as it is named in sentences: its number, title and party. */
function stageWords(
  stageId: string,
  stages: readonly StageFace[],
  { lang, look }: Wording,
): string {
  const place = stages.findIndex(({ id }) => id === stageId);
  const stage = stages[place];
  if (!stage) return '–';
  const party = look(stage.partyId).name;
  return `${place + 1} ${localised(stage.title, lang).value}${party && ` (${party})`}`;
}

/** Everything of a hand-over in one breath: the name of its line. Begins with what is seen. */
export function handoverName(
  handover: HandoverFace,
  stages: readonly StageFace[],
  wording: Wording,
  pins?: Pins,
): string {
  const { texts, lang } = wording;
  const t = texts.handovers;
  const { days, gap } = labelWords(handover, texts);
  const channel = localised(handover.channel, lang).value;
  return [
    `${days} ${gap}.`,
    t.fromTo(
      stageWords(handover.fromStageId, stages, wording),
      stageWords(handover.toStageId, stages, wording),
    ),
    `${localised(handover.what, lang).value}.`,
    channel && `${t.channel}: ${channel}.`,
    `${t.acceptance}: ${acceptanceWords(handover, wording)}.`,
    handover.reviewOverdue && `${sentence(t.reviewLate)}.`,
    pins && pinNames(pins, wording),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Everything of a stage in one breath: the name of its card. Begins with what is seen. */
export function stageName(
  stage: StageFace,
  index: number,
  actions: readonly ChainAction[],
  wording: Wording,
  pins?: Pins,
): string {
  const { texts, lang, look } = wording;
  const t = texts.handovers;
  const leads = stage.responsibilities.filter(({ part }) => part === 'lead');
  const late = actions.filter(({ condition }) => condition === 'late').length;
  return [
    `${index + 1} ${localised(stage.title, lang).value}.`,
    `${look(stage.partyId).name}.`,
    `${texts.chains.levels[stage.level]}.`,
    leads.length > 0 &&
      `${texts.chains.answers}: ${leads.map((own) => leadWords(own, texts, lang)).join(', ')}.`,
    t.actionsOf(actions.length, late),
    pins && pinNames(pins, wording),
  ]
    .filter(Boolean)
    .join(' ');
}

/** The goals and forums at one stage or hand-over. */
export type Pins = Pick<Chain, 'goals' | 'forums'>;

/** What is pinned to one place of a chain. */
export function pinnedAt({ goals, forums }: Pins, at: string): Pins {
  const here = ({ stageIds, handoverIds }: { stageIds: string[]; handoverIds: string[] }) =>
    stageIds.includes(at) || handoverIds.includes(at);
  return { goals: goals.filter(here), forums: forums.filter(here) };
}

/** How many goals and forums there are, such as "1 tavoite, 2 foorumia"; undefined for none. */
export function pinCount({ goals, forums }: Pins, { handovers: t }: Texts): string | undefined {
  const counts = [
    goals.length > 0 && t.pinnedGoals(goals.length),
    forums.length > 0 && t.pinnedForums(forums.length),
  ].filter(Boolean);
  return counts.length > 0 ? counts.join(', ') : undefined;
}

/** Which they are, each as a sentence; empty for none. */
export function pinNames({ goals, forums }: Pins, { texts, lang }: Wording): string {
  const t = texts.handovers;
  return [
    ...goals.map(({ no, title }) => `${t.pinnedGoal} ${no} ${localised(title, lang).value}.`),
    ...forums.map(({ title }) => `${t.pinnedForum} ${localised(title, lang).value}.`),
  ].join(' ');
}

/** A responsible post, with how far the parties have agreed where they have not. */
function leadWords(
  { post, standing }: StageFace['responsibilities'][number],
  texts: Texts,
  lang: Lang,
): string {
  const name = localised(post.title, lang).value;
  return standing === 'in_force'
    ? name
    : `${name} (${texts.responsibilities.standings[standing].toLowerCase()})`;
}

/** What the parties accept of a hand-over, as lines: for comparing two contents. */
export function termLines(
  terms: HandoverTerms,
  stages: readonly StageFace[],
  wording: Wording,
): { key: string; label: string; text: string }[] {
  const { texts } = wording;
  const t = texts.handovers;
  const each = (key: 'what' | 'channel') =>
    languages.map((lang) => ({
      key: `${key}/${lang}`,
      label: texts.content.inLanguage(t[key], texts.ui.languageNames[lang]),
      text: terms[key][lang] ?? '',
    }));
  return [
    { key: 'from', label: t.from, text: stageWords(terms.fromStageId, stages, wording) },
    { key: 'to', label: t.to, text: stageWords(terms.toStageId, stages, wording) },
    ...each('what'),
    ...each('channel'),
    {
      key: 'targetDays',
      label: t.target,
      text: terms.targetDays === undefined ? '' : t.days(terms.targetDays),
    },
  ];
}

/** The parties other than its own that take part in a stage, each once. */
export function partnersOf(stage: Pick<StageFace, 'partyId' | 'responsibilities'>): string[] {
  return [...new Set(stage.responsibilities.map(({ post }) => post.partyId))].filter(
    (id) => id !== stage.partyId,
  );
}

/** Languages by their names in the page's language; a code that has none stays as it is. */
export function languageNames(codes: readonly string[], lang: Lang): string {
  const names = new Intl.DisplayNames([lang], { type: 'language', fallback: 'code' });
  return codes.map((code) => names.of(code) ?? code).join(', ');
}

/** How wide a label is about, in px at a root size of 16 px. The note has a sign before it. */
export function labelWidth(
  line: string,
  note: string | undefined,
  count: string | undefined,
): number {
  const notes = [note ? note.length * 6.4 + 38 : 0, (count?.length ?? 0) * 6.4];
  return Math.max(line.length * 6.7, ...notes) + 18;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
