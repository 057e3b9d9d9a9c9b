import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

export const goals = {
  title: 'Tavoitteet',
  lead: (goals: number, actions: number, late: number) =>
    `${goals === 1 ? 'Yksi tavoite, jota' : `${num(goals)} tavoitetta, joita`} edistää ${
      actions === 1 ? 'yksi toimenpide' : `${num(actions)} toimenpidettä`
    }. ${late === 0 ? 'Yksikään toimenpide ei ole myöhässä.' : `Toimenpiteistä ${late === 1 ? 'yksi' : num(late)} on myöhässä.`}`,
  leadGoals: (goals: number) => (goals === 1 ? 'Yksi tavoite.' : `${num(goals)} tavoitetta.`),
  count: (n: number) => (n === 1 ? '1 tavoite' : `${num(n)} tavoitetta`),
  create: 'Uusi tavoite',
  planPage: 'Suunnitelma ja vuosikello',
  edit: 'Muokkaa tavoitetta',
  editLabel: (no: number) => `Muokkaa tavoitetta ${no}`,
  saved: (no: number) => `Tavoite ${no} on tallennettu.`,
  loading: 'Haetaan tavoitteita…',
  loadingOne: 'Haetaan tavoitetta…',
  goalNo: (no: number) => `Tavoite ${no}`,
  theme: 'Teema',
  allThemes: 'Kaikki teemat',
  group: 'Kohderyhmä',
  groups: 'Kohderyhmät',
  allGroups: 'Kaikki kohderyhmät',
  plan: 'Suunnitelma',
  allPlans: 'Kaikki suunnitelmat',
  titleField: 'Tavoite',
  description: 'Kuvaus',
  level: {
    field: 'Taso',
    shared: 'Yhteinen tavoite',
    of: (party: string) => `Osapuolen tavoite: ${party}`,
    above: 'Yhteinen tavoite, jonka alla tavoite on',
    chooseAbove: 'Valitse yhteinen tavoite',
    mark: 'yhteisen tavoitteen alla',
    partyGoals: 'Osapuolten tavoitteet',
    partyGoalsText:
      'Kukin osapuoli vastaa omasta tavoitteestaan. Niiden toimenpiteet edistävät myös tätä yhteistä tavoitetta ja näkyvät alla.',
    filter: 'Taso',
    all: 'Kaikki',
    onlyShared: 'Vain yhteiset tavoitteet',
    under: (no: number) => `Tavoitteen ${no} alla`,
  },
  ended: 'Päättyneet',
  notEnded: 'Vain voimassa olevat',
  endedChoices: { true: 'Vain päättyneet', all: 'Kaikki' },
  ending: {
    legend: 'Tavoitteen päättäminen',
    field: 'Tavoitteen voimassaolo',
    none: 'on voimassa',
    kinds: {
      cancelled: 'peruttu',
      merged: 'yhdistetty toiseen',
      superseded: 'korvattu toisella',
    },
    goal: 'Missä tavoitteessa työ jatkuu?',
    reason: 'Miksi tavoite päättyy?',
    backReason: 'Miksi päättäminen perutaan?',
    running: (count: number) =>
      count === 1
        ? 'Tavoitteelle on yksi keskeneräinen toimenpide. Se jää tämän tavoitteen alle ja jatkuu, ellei sitä siirretä tai päätetä erikseen:'
        : `Tavoitteelle on ${num(count)} keskeneräistä toimenpidettä. Ne jäävät tämän tavoitteen alle ja jatkuvat, ellei niitä siirretä tai päätetä erikseen:`,
    ended: {
      cancelled: (day: string) => `Tavoite on peruttu ${day}.`,
      merged: (day: string) => `Tavoite on yhdistetty toiseen ${day}. Työ jatkuu täällä:`,
      superseded: (day: string) => `Tavoite on korvattu toisella ${day}. Työ jatkuu täällä:`,
    },
    actionsStay:
      'Toimenpiteet jäävät tämän tavoitteen alle. Kesken olevat jatkuvat, ellei niitä siirretä tai päätetä erikseen.',
    from: 'Tähän jatkuvat:',
  },
  acceptance: 'Hyväksyntä',
  acceptances: {
    accepted: 'Hyväksytyt',
    open: 'Hyväksyntää odottavat',
    none: 'Ilman vastuita',
  },
  whoAnswers: 'Kuka vastaa',
  actions: 'Toimenpiteet',
  action: 'Toimenpide',
  actionCount: (n: number) => (n === 1 ? '1 toimenpide' : `${num(n)} toimenpidettä`),
  noActions: 'Tavoitteella ei ole toimenpiteitä.',
  leads: 'Päävastuu',
  due: 'Määräaika',
  condition: 'Kunto',
  forums: 'Foorumit',
};
