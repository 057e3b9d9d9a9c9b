import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** A sentence in pieces: words, and words that are a link to the named target. */
export type Sentence<Target extends string> = readonly (string | readonly [Target, string])[];

interface LeadFigures {
  goals: number;
  actions: number;
  late: number;
  done: number;
  /** Due within the next 60 days. */
  due: number;
}

/** Hand-overs of all chains, and how many of them have a major gap. */
interface GapFigures {
  handovers: number;
  major: number;
}

/** Goals whose responsibilities all parties have accepted, and those that wait. */
interface AcceptanceFigures {
  accepted: number;
  open: number;
}

interface FreshnessFigures {
  total: number;
  inTarget: number;
  inLimit: number;
  stale: number;
}

type Lead = (figures: LeadFigures) => Sentence<keyof LeadFigures>;
type Freshness = (figures: FreshnessFigures) => Sentence<keyof FreshnessFigures>;

const n = (value: number) => formatNumber(value, 'fi');
const count = (value: number, one: string, many: string) =>
  `${n(value)}\u00a0${value === 1 ? one : many}`;

const lead: Lead = ({ goals, actions, late, done, due }) => [
  'Espoolla ja hyvinvointialueella on ',
  ['goals', count(goals, 'tavoite', 'tavoitetta')],
  ' ja ',
  ['actions', count(actions, 'toimenpide', 'toimenpidettä')],
  '. ',
  ...(actions === 0
    ? []
    : [
        ...(late === 0
          ? ['Yksikään toimenpide ei ole myöhässä']
          : ['Toimenpiteistä ', ['late', `${n(late)}\u00a0on myöhässä`] as const]),
        ...(done === 0 ? [] : [' ja ', ['done', `${n(done)}\u00a0on valmiina`] as const]),
        '. ',
        ...(due === 0
          ? ['Seuraavien 60\u00a0päivän aikana ei ole määräaikoja.']
          : [
              'Seuraavien 60\u00a0päivän aikana täyttyy ',
              ['due', `${n(due)}\u00a0toimenpiteen määräaika`] as const,
              '.',
            ]),
      ]),
];

const freshness: Freshness = ({ total, inTarget, inLimit, stale }) => [
  total === 1 ? 'Tietojen tuoreus: keskeneräisestä ' : 'Tietojen tuoreus: keskeneräisistä ',
  ['total', `${n(total)}\u00a0toimenpiteestä`],
  ' on ',
  ['inTarget', `${n(inTarget)}\u00a0vahvistettu tavoiteajassa`],
  ' ja ',
  ['inLimit', `${n(inLimit)}\u00a0rajan sisällä`],
  ', ja ',
  ['stale', `${n(stale)}\u00a0on vanhentunut`],
  '.',
];

export const overview = {
  title: 'Kokonaiskuva',
  loading: 'Haetaan kokonaiskuvaa…',
  lead,
  leadEmpty: 'Yhteisiä tavoitteita ja toimenpiteitä ei ole vielä kirjattu.',
  leadNarrowed: 'Tällä rajauksella ei ole tavoitteita eikä toimenpiteitä.',
  acceptanceLead: ({ accepted, open }: AcceptanceFigures): Sentence<keyof AcceptanceFigures> => [
    ...(accepted === 0
      ? []
      : [
          ' ',
          ['accepted', `${n(accepted)}\u00a0tavoitteen vastuut`] as const,
          ' ovat osapuolten hyväksymiä',
        ]),
    ...(open === 0
      ? []
      : accepted === 0
        ? [' ', ['open', `${n(open)}\u00a0tavoitteen vastuut`] as const, ' ovat vielä avoinna']
        : [', ', ['open', `${n(open)}\u00a0tavoitteen vielä avoinna`] as const]),
    ...(accepted + open === 0 ? [] : ['.']),
  ],
  gapsLead: ({ handovers, major }: GapFigures): Sentence<'major'> =>
    major === 0
      ? [` Palveluketjujen siirtymissä ei ole suuria aukkoja.`]
      : [
          ` Palveluketjuissa on ${count(handovers, 'siirtymä', 'siirtymää')}, ja niissä on `,
          ['major', count(major, 'suuri aukko', 'suurta aukkoa')],
          '.',
        ],
  narrow: 'Rajaa osapuolen, palveluketjun, teeman, kohderyhmän, suuralueen tai asiasanan mukaan',
  notNarrowed:
    'Rajaus koskee tavoitteita, toimenpiteitä ja siirtymiä, ei kokouksia eikä niiden päätöksiä.',
  waiting: {
    title: 'Odottaa hyväksyntää',
    responsibilities: (n: number) => (n === 1 ? '1 vastuu' : `${num(n)} vastuuta`),
    handovers: (n: number) => (n === 1 ? '1 siirtymä' : `${num(n)} siirtymää`),
  },
  gaps: {
    title: 'Siirtymien aukot',
    caption: 'Palveluketjujen siirtymät aukon koon mukaan',
    chain: 'Ketju',
    major: 'Suuri',
    minor: 'Pieni',
    none: 'Ei aukkoa',
  },
  byCondition: 'Ajallaan? Toimenpiteet kunnon mukaan',
  byStatus: 'Toimenpiteet tilan mukaan:',
  byPhase: 'Vaiheittain:',
  noPhase: 'Ei vaihetta',
  breakdown: 'Erittely',
  breakdowns: { theme: 'Teemoittain', chain: 'Palveluketjuittain', party: 'Osapuolittain' },
  noLead: 'ei päävastuuta',
  groups: {
    loading: 'Haetaan lukuja…',
    caption: {
      chain: 'Tavoitteet, toimenpiteet ja siirtymät palveluketjuittain',
      party: 'Tavoitteet, toimenpiteet ja siirtymät osapuolittain',
    },
    first: { chain: 'Palveluketju', party: 'Osapuoli' },
    none: { chain: 'Ei missään palveluketjussa', party: 'Ilman päävastuuta' },
    columns: {
      goals: 'Tavoitteet',
      goalsOpen: 'Tavoitteista hyväksymättä',
      actions: 'Toimenpiteet',
      major: 'Suuri aukko',
      minor: 'Pieni aukko',
      handoversOpen: 'Siirtymistä hyväksymättä',
    },
    note: {
      chain: 'Tavoite voi kuulua useaan palveluketjuun, ja silloin se on jokaisen ketjun luvussa.',
      party:
        'Tavoite on jokaisen osapuolen luvussa, jolla on siitä jokin vastuu. Toimenpide on päävastuussa olevan luvussa ja siirtymä sekä luovuttavan että vastaanottavan luvussa.',
    },
  },
  goals: {
    title: 'Kuka vastaa, mistä ja missä kunnossa',
    none: 'Tavoitteita ei ole vielä kirjattu',
    noneText: 'Kun suunnitelmalle kirjataan tavoitteita, ne näkyvät tässä teemoittain.',
  },
  changes: {
    title: 'Mitä on muuttunut',
    pageTitle: 'Muutokset',
    all: 'Kaikki muutokset',
    loading: 'Haetaan muutoksia…',
    sinceMeeting: 'Ohjausryhmän viimeisimmän kokouksen jälkeen:',
    since: (day: string) => `${day} jälkeen`,
    sinceSteering: 'Vertaa ohjausryhmän kokoukseen',
    sinceVisit: (day: string) => `Edellisen käyntisi jälkeen (${day})`,
    compare: 'Vertaa päivään',
    show: 'Vertaa',
    nothing: 'Mikään ei ole muuttunut.',
    lead: (since: string, day: string) =>
      `Päivän ${since} lopun tilannetta verrataan päivän ${day} tilanteeseen. Luettelossa ei ole muutoksia, jotka ovat palautuneet ennalleen.`,
    count: (changes: number) => count(changes, 'muutos', 'muutosta'),
    what: 'Mikä',
    kind: 'Muutoksen laji',
    detail: 'Tarkemmin',
    on: 'Päivä',
    noDue: 'ei määräaikaa',
    noPhase: 'ei vaihetta',
    became: (was: string, now: string) => `${was} → ${now}`,
    kinds: {
      action_late: 'Myöhästyneet',
      action_done: 'Valmistuneet',
      action_dropped: 'Perutut, yhdistetyt ja korvatut',
      action_added: 'Lisätyt',
      action_due_moved: 'Määräaika muuttunut',
      action_phase_moved: 'Toteutusvaihe vaihtunut',
      milestone_reached: 'Saavutetut virstanpylväät',
      milestone_set: 'Lisätyt ja siirretyt virstanpylväät',
      milestone_removed: 'Poistetut virstanpylväät',
      needs_added: 'Odottaa nyt toista toimenpidettä',
      needs_removed: 'Ei enää odota toista toimenpidettä',
      action_confirmed: 'Vanhentuneet tiedot vahvistettu',
      gap_widened: 'Aukko kasvanut',
      gap_narrowed: 'Aukko kaventunut tai sulkeutunut',
      accepted: 'Hyväksytyt vastuut ja siirtymät',
      declined: 'Palautetut vastuut ja siirtymät',
      decided: 'Päätökset',
    },
    one: {
      action_late: 'Myöhästynyt',
      action_done: 'Valmistunut',
      action_dropped: 'Peruttu, yhdistetty tai korvattu',
      action_added: 'Lisätty',
      action_due_moved: 'Määräaika muuttunut',
      action_phase_moved: 'Toteutusvaihe vaihtunut',
      milestone_reached: 'Virstanpylväs saavutettu',
      milestone_set: 'Virstanpylväs lisätty tai siirretty',
      milestone_removed: 'Virstanpylväs poistettu',
      needs_added: 'Odottaa nyt toista toimenpidettä',
      needs_removed: 'Ei enää odota toista toimenpidettä',
      action_confirmed: 'Vanhentunut tieto vahvistettu',
      gap_widened: 'Aukko kasvanut',
      gap_narrowed: 'Aukko kaventunut tai sulkeutunut',
      accepted: 'Hyväksytty',
      declined: 'Palautettu',
      decided: 'Päätetty',
    },
    counted: {
      action_late: (n: number): string =>
        n === 1 ? 'toimenpide myöhästynyt' : 'toimenpidettä myöhästynyt',
      action_done: (n: number): string =>
        n === 1 ? 'toimenpide valmistunut' : 'toimenpidettä valmistunut',
      action_dropped: (n: number): string =>
        n === 1
          ? 'toimenpide peruttu, yhdistetty tai korvattu'
          : 'toimenpidettä peruttu, yhdistetty tai korvattu',
      action_added: (n: number): string =>
        n === 1 ? 'toimenpide lisätty' : 'toimenpidettä lisätty',
      action_due_moved: (n: number): string =>
        n === 1 ? 'määräaika muuttunut' : 'määräaikaa muuttunut',
      action_phase_moved: (n: number): string =>
        n === 1 ? 'toteutusvaihe vaihtunut' : 'toteutusvaihetta vaihtunut',
      milestone_reached: (n: number): string =>
        n === 1 ? 'virstanpylväs saavutettu' : 'virstanpylvästä saavutettu',
      milestone_set: (n: number): string =>
        n === 1 ? 'virstanpylväs lisätty tai siirretty' : 'virstanpylvästä lisätty tai siirretty',
      milestone_removed: (n: number): string =>
        n === 1 ? 'virstanpylväs poistettu' : 'virstanpylvästä poistettu',
      needs_added: (n: number): string => (n === 1 ? 'riippuvuus lisätty' : 'riippuvuutta lisätty'),
      needs_removed: (n: number): string =>
        n === 1 ? 'riippuvuus poistettu' : 'riippuvuutta poistettu',
      action_confirmed: (n: number): string =>
        n === 1 ? 'vanhentunut tieto vahvistettu' : 'vanhentunutta tietoa vahvistettu',
      gap_widened: (n: number): string =>
        n === 1 ? 'siirtymän aukko kasvanut' : 'siirtymän aukot kasvaneet',
      gap_narrowed: (n: number): string =>
        n === 1
          ? 'siirtymän aukko kaventunut tai sulkeutunut'
          : 'siirtymän aukot kaventuneet tai sulkeutuneet',
      accepted: (n: number): string =>
        n === 1 ? 'vastuu tai siirtymä hyväksytty' : 'vastuuta tai siirtymää hyväksytty',
      declined: (n: number): string =>
        n === 1 ? 'vastuu tai siirtymä palautettu' : 'vastuuta tai siirtymää palautettu',
      decided: (n: number): string => (n === 1 ? 'päätös' : 'päätöstä'),
    },
  },
  decisions: {
    title: 'Viimeksi päätettyä',
    forums: 'Foorumit',
    none: 'Kokousten päätöksiä ei ole vielä kirjattu.',
    action: (no: number) => `Toimenpide\u00a0${no}`,
    item: (no: number) => `asia\u00a0${no}`,
    without: (without: number, all: number) =>
      `${count(without, 'päätös', 'päätöstä')} on ilman jatkoa (päätöksiä yhteensä ${n(all)})`,
    listed: 'Avaa luettelona',
    latestOf: (shown: number) => `Tässä näytetään ${n(shown)} viimeisintä.`,
    allEnded: (all: number) =>
      all === 1
        ? 'Päätökselle on kirjattu jatko: toimenpide tai syy, miksi sitä ei tarvita.'
        : `Kaikille ${n(all)} päätökselle on kirjattu jatko: toimenpide tai syy, miksi sitä ei tarvita.`,
  },
  next: {
    title: 'Seuraavaksi',
    allDue: (due: number) => `Kaikki ${count(due, 'määräaika', 'määräaikaa')}`,
    none: 'Seuraavien 60 päivän aikana ei ole määräaikoja eikä kokouksia.',
    due: (no: number) => `Toimenpiteen\u00a0${no} määräaika`,
    meeting: (time: string) => `Kokous klo\u00a0${time}`,
  },
  freshness,
  freshnessNone: 'Keskeneräisiä toimenpiteitä ei ole.',
  how: 'Miten luvut lasketaan',
};
