import { formatNumber } from '../../lib/numbers';

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
  ['goals', count(goals, 'yhteinen tavoite', 'yhteistä tavoitetta')],
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
  unaccepted: (goals: number) =>
    goals === 1
      ? 'Yhden tavoitteen vastuut odottavat hyväksyntää'
      : `${n(goals)} tavoitteen vastuut odottavat hyväksyntää`,
  leadEmpty: 'Yhteisiä tavoitteita ja toimenpiteitä ei ole vielä kirjattu.',
  gapsLead: ({ handovers, major }: GapFigures): Sentence<'major'> =>
    major === 0
      ? [` Palveluketjujen siirtymissä ei ole suuria aukkoja.`]
      : [
          ` Palveluketjuissa on ${count(handovers, 'siirtymä', 'siirtymää')}, ja niissä on `,
          ['major', count(major, 'suuri aukko', 'suurta aukkoa')],
          '.',
        ],
  narrow: 'Rajaa teeman, kohderyhmän, suuralueen tai asiasanan mukaan',
  notNarrowed:
    'Rajaus koskee tavoitteita, toimenpiteitä ja siirtymiä, ei kokouksia eikä niiden päätöksiä.',
  waiting: {
    title: 'Odottaa hyväksyntää',
    responsibilities: (n: number) => (n === 1 ? '1 vastuu' : `${n} vastuuta`),
    handovers: (n: number) => (n === 1 ? '1 siirtymä' : `${n} siirtymää`),
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
  goals: {
    title: 'Kuka vastaa, mistä ja missä kunnossa',
    none: 'Tavoitteita ei ole vielä kirjattu',
    noneText: 'Kun suunnitelmalle kirjataan tavoitteita, ne näkyvät tässä teemoittain.',
  },
  decisions: {
    title: 'Viimeksi päätettyä',
    forums: 'Foorumit',
    none: 'Kokousten päätöksiä ei ole vielä kirjattu.',
    action: (no: number) => `Toimenpide\u00a0${no}`,
    item: (no: number) => `asia\u00a0${no}`,
    without: (without: number, all: number) =>
      `${count(without, 'päätös', 'päätöstä')} on ilman jatkoa (päätöksiä yhteensä ${n(all)})`,
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
