import type { Texts } from '../../i18n';
import { languages } from '../../lib/lang';
import type { LocalisedText } from '../../lib/text';
import type { AgendaItem, AgendaItemInput, Meeting, Outcome, OutcomeInput } from './queries';

type ServerText = AgendaItem['title'];

/** Under which key the text of an item is kept while it is typed. */
export const keptItem = (id: string) => `item.${id}`;

/** An item without text, as visible as its meeting. */
export function emptyItem(meeting: Meeting): AgendaItemInput {
  return {
    title: { fi: '', sv: '', en: '' },
    visibility: meeting.visibility,
    visibilityGround: meeting.visibilityGround ?? '',
  };
}

/** What of an item can be edited, as a form holds it. */
export interface ItemBody extends Required<
  Omit<AgendaItemInput, 'presenterPostId' | 'section' | 'minutesReserved'>
> {
  presenter: AgendaItem['presenter'] | null;
  /** As typed; empty: none. */
  section: string;
  minutesReserved: string;
}

/** The parts of an item that are texts, in the order of the paper. */
export const itemTexts = [
  'title',
  'preparer',
  'proposal',
  'proceedings',
  'decision',
  'explanation',
  'heard',
  'goesOnTo',
] as const;

export function itemBody(item: AgendaItem): ItemBody {
  return {
    title: whole(item.title),
    preparer: whole(item.preparer),
    proposal: whole(item.proposal),
    proceedings: whole(item.proceedings),
    decision: whole(item.decision),
    explanation: whole(item.explanation),
    heard: whole(item.heard),
    goesOnTo: whole(item.goesOnTo),
    presenter: item.presenter ?? null,
    minutesReserved: item.minutesReserved ? String(item.minutesReserved) : '',
    section: item.section ? String(item.section) : '',
    links: item.links,
    legalBasisIds: item.legalBasisIds,
    cases: item.cases,
    visibility: item.visibility,
    visibilityGround: item.visibilityGround ?? '',
  };
}

/** The request that saves the form. What is no number goes as a number that the server refuses. */
export function itemInput({
  presenter,
  section,
  minutesReserved,
  ...body
}: ItemBody): AgendaItemInput {
  return {
    ...body,
    ...(presenter && { presenterPostId: presenter.id }),
    ...(section.trim() !== '' && { section: wholeNumber(section) }),
    ...(minutesReserved.trim() !== '' && { minutesReserved: wholeNumber(minutesReserved) }),
  };
}

function wholeNumber(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : -1;
}

/** A form's texts for comparing two versions, one line for each language that has one. */
export function describeItem(body: ItemBody, t: Texts) {
  const names: Record<(typeof itemTexts)[number], string> = {
    title: t.meetings.item.title,
    preparer: t.meetings.item.preparer,
    proposal: t.meetings.item.proposal,
    proceedings: t.meetings.item.proceedings,
    decision: t.meetings.item.decision,
    explanation: t.meetings.item.explanation,
    heard: t.meetings.item.heard,
    goesOnTo: t.meetings.item.goesOnTo,
  };
  const texts = itemTexts.flatMap((name) =>
    languages.map((lang) => ({
      key: `${name}/${lang}`,
      label: t.content.inLanguage(names[name], t.ui.languageNames[lang]),
      text: body[name][lang] ?? '',
    })),
  );
  return [
    ...texts,
    {
      key: 'presenter',
      label: t.meetings.item.presenterLabel,
      text: body.presenter?.title.fi ?? '',
    },
    { key: 'minutesReserved', label: t.meetings.item.reservedLabel, text: body.minutesReserved },
    { key: 'section', label: t.meetings.item.sectionLabel, text: body.section },
    {
      key: 'cases',
      label: t.meetings.item.cases,
      text: body.cases
        .map((row) => [row.registryNo, row.urlFi, row.urlSv].filter(Boolean).join(' '))
        .join('\n'),
    },
    {
      key: 'visibility',
      label: t.content.visibility,
      text: `${t.content[body.visibility]} ${body.visibilityGround}`.trim(),
    },
  ];
}

/** An outcome as a form holds it. */
export interface OutcomeBody extends Required<
  Pick<OutcomeInput, 'type' | 'text' | 'noActionReason' | 'toWhom'>
> {
  toPost: Outcome['toPost'] | null;
  /** As typed; empty: none. */
  dueOn: string;
  /** Empty: none. */
  toMeetingId: string;
  toForumId: string;
}

export function outcomeBody(outcome?: Outcome): OutcomeBody {
  return {
    type: outcome?.type ?? 'decision',
    text: whole(outcome?.text),
    noActionReason: whole(outcome?.noActionReason),
    toPost: outcome?.toPost ?? null,
    toWhom: whole(outcome?.toWhom),
    dueOn: outcome?.dueOn ?? '',
    toMeetingId: outcome?.toMeeting?.id ?? '',
    toForumId: outcome?.referrals.at(-1)?.to?.id ?? '',
  };
}

/** The request that records an outcome. What its type does not have, the server leaves out. */
export function outcomeInput({
  toPost,
  dueOn,
  toMeetingId,
  toForumId,
  ...body
}: OutcomeBody): OutcomeInput {
  return {
    ...body,
    ...(toPost && { toPostId: toPost.id }),
    ...(dueOn !== '' && { dueOn }),
    ...(toMeetingId !== '' && { toMeetingId }),
    ...(toForumId !== '' && { toForumId }),
  };
}

/** The text with every language present, as requests hold it. */
export function whole(text: LocalisedText | undefined): Required<ServerText> {
  return { fi: text?.fi ?? '', sv: text?.sv ?? '', en: text?.en ?? '' };
}
