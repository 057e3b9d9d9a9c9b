import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const goals: Texts['goals'] = {
  title: 'Mål',
  lead: (goals, actions, late) =>
    `${goals === 1 ? 'Ett mål' : `${num(goals)} mål`} som främjas genom ${
      actions === 1 ? 'en åtgärd' : `${num(actions)} åtgärder`
    }. ${late === 0 ? 'Ingen åtgärd är försenad.' : late === 1 ? 'En åtgärd är försenad.' : `${num(late)} åtgärder är försenade.`}`,
  leadGoals: (goals) => (goals === 1 ? 'Ett mål.' : `${num(goals)} mål.`),
  count: (n) => `${num(n)} mål`,
  create: 'Nytt mål',
  planPage: 'Plan och årsklocka',
  edit: 'Redigera målet',
  editLabel: (no) => `Redigera mål ${no}`,
  saved: (no) => `Mål ${no} har sparats.`,
  loading: 'Hämtar mål…',
  loadingOne: 'Hämtar målet…',
  goalNo: (no) => `Mål ${no}`,
  theme: 'Tema',
  allThemes: 'Alla teman',
  group: 'Målgrupp',
  groups: 'Målgrupper',
  allGroups: 'Alla målgrupper',
  plan: 'Plan',
  allPlans: 'Alla planer',
  titleField: 'Mål',
  description: 'Beskrivning',
  level: {
    field: 'Nivå',
    shared: 'Gemensamt mål',
    of: (party) => `En parts mål: ${party}`,
    above: 'Det gemensamma mål som målet hör till',
    chooseAbove: 'Välj ett gemensamt mål',
    mark: 'under det gemensamma målet',
    partyGoals: 'Parternas mål',
    partyGoalsText:
      'Varje part svarar för sitt eget mål. Åtgärderna för dem främjar också detta gemensamma mål och visas nedan.',
    filter: 'Nivå',
    all: 'Alla',
    onlyShared: 'Endast gemensamma mål',
    under: (no) => `Under mål ${no}`,
  },
  ended: 'Avslutade',
  notEnded: 'Bara gällande',
  endedChoices: { true: 'Bara avslutade', all: 'Alla' },
  ending: {
    legend: 'Avslutande av målet',
    field: 'Målets giltighet',
    none: 'gäller',
    kinds: {
      cancelled: 'inställt',
      merged: 'sammanslaget med ett annat',
      superseded: 'ersatt av ett annat',
    },
    goal: 'I vilket mål fortsätter arbetet?',
    reason: 'Varför avslutas målet?',
    backReason: 'Varför återtas avslutandet?',
    running: (count) =>
      count === 1
        ? 'Målet har en åtgärd som pågår. Den blir kvar under målet och fortsätter om den inte flyttas eller avslutas skilt:'
        : `Målet har ${num(count)} åtgärder som pågår. De blir kvar under målet och fortsätter om de inte flyttas eller avslutas skilt:`,
    ended: {
      cancelled: (day) => `Målet ställdes in ${day}.`,
      merged: (day) => `Målet slogs samman med ett annat ${day}. Arbetet fortsätter här:`,
      superseded: (day) => `Målet ersattes av ett annat ${day}. Arbetet fortsätter här:`,
    },
    actionsStay:
      'Åtgärderna blir kvar under det här målet. De som pågår fortsätter om de inte flyttas eller avslutas skilt.',
    from: 'Fortsätter i det här målet:',
  },
  acceptance: 'Godkännande',
  acceptances: {
    accepted: 'Godkända',
    open: 'Väntar på godkännande',
    none: 'Utan ansvar',
  },
  whoAnswers: 'Vem ansvarar',
  actions: 'Åtgärder',
  action: 'Åtgärd',
  actionCount: (n) => (n === 1 ? '1 åtgärd' : `${num(n)} åtgärder`),
  noActions: 'Målet har inga åtgärder.',
  leads: 'Huvudansvar',
  due: 'Tidsfrist',
  condition: 'Läge',
  forums: 'Forum',
};
