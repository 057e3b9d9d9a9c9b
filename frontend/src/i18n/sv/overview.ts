import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const n = (value: number) => formatNumber(value, 'sv');
const count = (value: number, one: string, many: string) =>
  `${n(value)}\u00a0${value === 1 ? one : many}`;

export const overview: Texts['overview'] = {
  title: 'Helhetsbild',
  unaccepted: (goals) =>
    goals === 1
      ? 'Ansvar för ett mål väntar på godkännande'
      : `Ansvar för ${n(goals)} mål väntar på godkännande`,
  loading: 'Hämtar helhetsbilden…',
  lead: ({ goals, actions, late, done, due }) => [
    'Esbo och välfärdsområdet har ',
    ['goals', count(goals, 'gemensamt mål', 'gemensamma mål')],
    ' och ',
    ['actions', count(actions, 'åtgärd', 'åtgärder')],
    '. ',
    ...(actions === 0
      ? []
      : [
          ...(late === 0
            ? ['Ingen åtgärd är försenad']
            : ['Av åtgärderna är ', ['late', count(late, 'försenad', 'försenade')] as const]),
          ...(done === 0
            ? []
            : [
                ' och ',
                [
                  'done',
                  `${n(done)}\u00a0${late === 0 ? 'är ' : ''}${done === 1 ? 'färdig' : 'färdiga'}`,
                ] as const,
              ]),
          '. ',
          ...(due === 0
            ? ['Under de kommande 60\u00a0dagarna finns inga tidsfrister.']
            : [
                'Under de kommande 60\u00a0dagarna går tidsfristen ut för ',
                ['due', count(due, 'åtgärd', 'åtgärder')] as const,
                '.',
              ]),
        ]),
  ],
  leadEmpty: 'Inga gemensamma mål eller åtgärder har ännu registrerats.',
  gapsLead: ({ handovers, major }) =>
    major === 0
      ? [' Servicekedjornas övergångar har inga stora luckor.']
      : [
          ` Servicekedjorna har ${count(handovers, 'övergång', 'övergångar')}, och i dem finns `,
          ['major', count(major, 'stor lucka', 'stora luckor')],
          '.',
        ],
  narrow: 'Avgränsa enligt tema, målgrupp, storområde eller ämnesord',
  notNarrowed: 'Avgränsningen gäller mål, åtgärder och övergångar, inte möten eller deras beslut.',
  waiting: {
    title: 'Väntar på godkännande',
    responsibilities: (n) => (n === 1 ? '1 ansvar' : `${n} ansvar`),
    handovers: (n) => (n === 1 ? '1 övergång' : `${n} övergångar`),
  },
  gaps: {
    title: 'Övergångarnas luckor',
    caption: 'Servicekedjornas övergångar efter luckans storlek',
    chain: 'Kedja',
    major: 'Stor',
    minor: 'Liten',
    none: 'Ingen lucka',
  },
  byCondition: 'I tid? Åtgärderna efter läge',
  goals: {
    title: 'Vem ansvarar, för vad och hur går det',
    none: 'Inga mål har ännu registrerats',
    noneText: 'När mål registreras för planen visas de här efter tema.',
  },
  decisions: {
    title: 'Senast beslutat',
    forums: 'Forum',
    none: 'Inga beslut från möten har ännu registrerats.',
    action: (no) => `Åtgärd\u00a0${no}`,
    item: (no) => `ärende\u00a0${no}`,
    without: (without, all) =>
      `${n(without)}\u00a0beslut saknar fortsättning (totalt ${n(all)} beslut)`,
    latestOf: (shown) => `Här visas de ${n(shown)} senaste.`,
    allEnded: (all) =>
      all === 1
        ? 'Beslutet har en registrerad fortsättning: en åtgärd eller ett skäl till att ingen behövs.'
        : `Alla ${n(all)} beslut har en registrerad fortsättning: en åtgärd eller ett skäl till att ingen behövs.`,
  },
  next: {
    title: 'Härnäst',
    allDue: (due) => (due === 1 ? 'Den enda tidsfristen' : `Alla ${n(due)}\u00a0tidsfrister`),
    none: 'Under de kommande 60 dagarna finns varken tidsfrister eller möten.',
    due: (no) => `Tidsfrist för åtgärd\u00a0${no}`,
    meeting: (time) => `Möte kl.\u00a0${time}`,
  },
  freshness: ({ total, inTarget, inLimit, stale }) => [
    'Uppgifternas aktualitet: av ',
    ['total', count(total, 'oavslutad åtgärd', 'oavslutade åtgärder')],
    ' har ',
    ['inTarget', `${n(inTarget)}\u00a0bekräftats inom målet`],
    ' och ',
    ['inLimit', `${n(inLimit)}\u00a0inom gränsen`],
    ', medan ',
    ['stale', `${n(stale)}\u00a0är ${stale === 1 ? 'föråldrad' : 'föråldrade'}`],
    '.',
  ],
  freshnessNone: 'Det finns inga oavslutade åtgärder.',
  how: 'Så räknas siffrorna',
};
