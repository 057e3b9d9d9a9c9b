import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

const n = (value: number) => formatNumber(value, 'sv');
const count = (value: number, one: string, many: string) =>
  `${n(value)}\u00a0${value === 1 ? one : many}`;

export const overview: Texts['overview'] = {
  title: 'Helhetsbild',
  loading: 'Hämtar helhetsbilden…',
  lead: ({ goals, actions, late, done, due }) => [
    'Esbo och välfärdsområdet har ',
    ['goals', count(goals, 'mål', 'mål')],
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
  leadNarrowed: 'Med denna avgränsning finns varken mål eller åtgärder.',
  acceptanceLead: ({ accepted, open }) => [
    ...(accepted === 0
      ? []
      : [
          ' ',
          ['accepted', `Ansvaren för ${n(accepted)}\u00a0mål`] as const,
          ' har godkänts av parterna',
        ]),
    ...(open === 0
      ? []
      : accepted === 0
        ? [' ', ['open', `Ansvaren för ${n(open)}\u00a0mål`] as const, ' är ännu öppna']
        : [', ', ['open', `för ${n(open)}\u00a0mål är de ännu öppna`] as const]),
    ...(accepted + open === 0 ? [] : ['.']),
  ],
  gapsLead: ({ handovers, major }) =>
    major === 0
      ? [' Servicekedjornas övergångar har inga stora luckor.']
      : [
          ` Servicekedjorna har ${count(handovers, 'övergång', 'övergångar')}, och i dem finns `,
          ['major', count(major, 'stor lucka', 'stora luckor')],
          '.',
        ],
  narrow: 'Avgränsa enligt part, servicekedja, tema, målgrupp, storområde eller ämnesord',
  notNarrowed: 'Avgränsningen gäller mål, åtgärder och övergångar, inte möten eller deras beslut.',
  waiting: {
    title: 'Väntar på godkännande',
    responsibilities: (n) => (n === 1 ? '1 ansvar' : `${num(n)} ansvar`),
    handovers: (n) => (n === 1 ? '1 övergång' : `${num(n)} övergångar`),
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
  byStatus: 'Åtgärderna efter status:',
  byPhase: 'Enligt fas:',
  noPhase: 'Ingen fas',
  breakdown: 'Indelning',
  breakdowns: { theme: 'Efter tema', chain: 'Efter servicekedja', party: 'Efter part' },
  noLead: 'utan huvudansvar',
  groups: {
    loading: 'Hämtar siffrorna…',
    caption: {
      chain: 'Mål, åtgärder och övergångar efter servicekedja',
      party: 'Mål, åtgärder och övergångar efter part',
    },
    first: { chain: 'Servicekedja', party: 'Part' },
    none: { chain: 'I ingen servicekedja', party: 'Utan huvudansvar' },
    columns: {
      goals: 'Mål',
      goalsOpen: 'Mål som väntar på godkännande',
      actions: 'Åtgärder',
      major: 'Stor lucka',
      minor: 'Liten lucka',
      handoversOpen: 'Övergångar som väntar på godkännande',
    },
    note: {
      chain: 'Ett mål kan höra till flera servicekedjor och räknas då i var och en av dem.',
      party:
        'Ett mål räknas hos varje part som har något ansvar för det. En åtgärd räknas hos den som har huvudansvaret, en övergång både hos den som lämnar över och hos den som tar emot.',
    },
  },
  goals: {
    title: 'Vem ansvarar, för vad och hur går det',
    none: 'Inga mål har ännu registrerats',
    noneText: 'När mål registreras för planen visas de här efter tema.',
  },
  changes: {
    title: 'Vad har ändrats',
    pageTitle: 'Ändringar',
    all: 'Alla ändringar',
    loading: 'Hämtar ändringarna…',
    sinceMeeting: 'Efter styrgruppens senaste möte:',
    since: (day) => `Efter den ${day}`,
    sinceSteering: 'Jämför med styrgruppens möte',
    sinceVisit: (day) => `Efter ditt förra besök (${day})`,
    compare: 'Jämför med dagen',
    show: 'Jämför',
    nothing: 'Ingenting har ändrats.',
    lead: (since, day) =>
      `Läget i slutet av dagen ${since} jämförs med läget ${day}. Det som har ändrats och återgått till det tidigare visas inte.`,
    count: (changes) => count(changes, 'ändring', 'ändringar'),
    what: 'Vad',
    kind: 'Slag av ändring',
    detail: 'Närmare',
    on: 'Dag',
    noDue: 'ingen tidsfrist',
    noPhase: 'ingen fas',
    became: (was, now) => `${was} → ${now}`,
    kinds: {
      action_late: 'Försenade',
      action_done: 'Färdigställda',
      action_dropped: 'Inställda, sammanslagna och ersatta',
      action_added: 'Tillagda',
      action_due_moved: 'Ändrad tidsfrist',
      action_phase_moved: 'Ändrad genomförandefas',
      milestone_reached: 'Uppnådda milstolpar',
      milestone_set: 'Tillagda och flyttade milstolpar',
      milestone_removed: 'Borttagna milstolpar',
      needs_added: 'Väntar nu på en annan åtgärd',
      needs_removed: 'Väntar inte längre på en annan åtgärd',
      action_confirmed: 'Föråldrade uppgifter bekräftade',
      gap_widened: 'Luckan har vuxit',
      gap_narrowed: 'Luckan har minskat eller slutits',
      accepted: 'Godkända ansvar och övergångar',
      declined: 'Returnerade ansvar och övergångar',
      decided: 'Beslut',
    },
    one: {
      action_late: 'Försenad',
      action_done: 'Färdigställd',
      action_dropped: 'Inställd, sammanslagen eller ersatt',
      action_added: 'Tillagd',
      action_due_moved: 'Ändrad tidsfrist',
      action_phase_moved: 'Ändrad genomförandefas',
      milestone_reached: 'Milstolpe uppnådd',
      milestone_set: 'Milstolpe tillagd eller flyttad',
      milestone_removed: 'Milstolpe borttagen',
      needs_added: 'Väntar nu på en annan åtgärd',
      needs_removed: 'Väntar inte längre på en annan åtgärd',
      action_confirmed: 'Föråldrad uppgift bekräftad',
      gap_widened: 'Luckan har vuxit',
      gap_narrowed: 'Luckan har minskat eller slutits',
      accepted: 'Godkänd',
      declined: 'Returnerad',
      decided: 'Beslutat',
    },
    counted: {
      action_late: (n) => (n === 1 ? 'åtgärd har försenats' : 'åtgärder har försenats'),
      action_done: (n) => (n === 1 ? 'åtgärd har blivit färdig' : 'åtgärder har blivit färdiga'),
      action_dropped: (n) =>
        n === 1
          ? 'åtgärd har ställts in, slagits samman eller ersatts'
          : 'åtgärder har ställts in, slagits samman eller ersatts',
      action_added: (n) => (n === 1 ? 'åtgärd har lagts till' : 'åtgärder har lagts till'),
      action_due_moved: (n) => (n === 1 ? 'tidsfrist har ändrats' : 'tidsfrister har ändrats'),
      action_phase_moved: (n) =>
        n === 1 ? 'genomförandefas har ändrats' : 'genomförandefaser har ändrats',
      milestone_reached: (n) => (n === 1 ? 'milstolpe har uppnåtts' : 'milstolpar har uppnåtts'),
      milestone_set: (n) =>
        n === 1
          ? 'milstolpe har lagts till eller flyttats'
          : 'milstolpar har lagts till eller flyttats',
      milestone_removed: (n) =>
        n === 1 ? 'milstolpe har tagits bort' : 'milstolpar har tagits bort',
      needs_added: (n) => (n === 1 ? 'beroende har lagts till' : 'beroenden har lagts till'),
      needs_removed: (n) => (n === 1 ? 'beroende har tagits bort' : 'beroenden har tagits bort'),
      action_confirmed: (n) =>
        n === 1 ? 'föråldrad uppgift har bekräftats' : 'föråldrade uppgifter har bekräftats',
      gap_widened: (n) => (n === 1 ? 'lucka har vuxit' : 'luckor har vuxit'),
      gap_narrowed: (n) =>
        n === 1 ? 'lucka har minskat eller slutits' : 'luckor har minskat eller slutits',
      accepted: (n) =>
        n === 1 ? 'ansvar eller övergång har godkänts' : 'ansvar eller övergångar har godkänts',
      declined: (n) =>
        n === 1
          ? 'ansvar eller övergång har returnerats'
          : 'ansvar eller övergångar har returnerats',
      decided: () => 'beslut',
    },
  },
  decisions: {
    title: 'Senast beslutat',
    forums: 'Forum',
    none: 'Inga beslut från möten har ännu registrerats.',
    action: (no) => `Åtgärd\u00a0${no}`,
    item: (no) => `ärende\u00a0${no}`,
    without: (without, all) =>
      `${n(without)}\u00a0beslut saknar fortsättning (totalt ${n(all)} beslut)`,
    listed: 'Öppna som lista',
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
