import type { Texts } from '../fi';

export const goals: Texts['goals'] = {
  title: 'Mål',
  lead: (goals, actions, late) =>
    `${goals === 1 ? 'Ett gemensamt mål' : `${goals} gemensamma mål`} som främjas genom ${
      actions === 1 ? 'en åtgärd' : `${actions} åtgärder`
    }. ${late === 0 ? 'Ingen åtgärd är försenad.' : late === 1 ? 'En åtgärd är försenad.' : `${late} åtgärder är försenade.`}`,
  count: (n) => `${n} mål`,
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
  acceptance: 'Godkännande',
  acceptances: {
    accepted: 'Godkända',
    open: 'Väntar på godkännande',
    none: 'Utan ansvar',
  },
  whoAnswers: 'Vem ansvarar',
  actions: 'Åtgärder',
  action: 'Åtgärd',
  actionCount: (n) => (n === 1 ? '1 åtgärd' : `${n} åtgärder`),
  noActions: 'Målet har inga åtgärder.',
  leads: 'Huvudansvar',
  due: 'Tidsfrist',
  condition: 'Läge',
  forums: 'Forum',
};
