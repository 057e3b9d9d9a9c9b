import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** The timeline of actions. */
export const timeline = {
  displays: 'Esitystapa',
  display: { table: 'Luettelo', timeline: 'Aikajana', board: 'Taulu' },
  period: 'Näytettävä jakso',
  earlier: (term: string) => `Edellinen kausi ${term}`,
  later: (term: string) => `Seuraava kausi ${term}`,
  term: (term: string) => `Valtuustokausi ${term}`,
  caption: 'Toimenpiteet aikajanalla',
  time: 'Aika',
  legend: (day: string) =>
    `Pystyviiva on ${day}. Katkoviivalla rajattu pää: päivä tiedetään vain kuukauden, neljänneksen tai vuoden tarkkuudella. Avoin pää: alkua tai määräaikaa ei ole. Merkit palkissa ovat virstanpylväitä kuntonsa mukaan, kolmiot ylhäällä kokouksia.`,
  fromTo: (from: string, to: string) => `${from} – ${to}`,
  noStart: (to: string) => `alkua ei ole merkitty – ${to}`,
  noDue: (from: string) => `${from} – määräaikaa ei ole`,
  noDates: 'Alkua ja määräaikaa ei ole merkitty',
  before: 'ennen näytettävää jaksoa',
  after: 'näytettävän jakson jälkeen',
  milestones: (count: number) =>
    count === 1 ? '1 virstanpylväs' : `${num(count)} virstanpylvästä`,
  moreMilestones: (count: number) => `Lisäksi ${num(count)}, toimenpiteen sivulla`,
  meetings: (count: number) => (count === 1 ? '1 kokous' : `${num(count)} kokousta`),
  moreMeetings: (shown: number, all: number) =>
    `Näytetään ${num(shown)} ensimmäistä, kaikkiaan ${num(all)}. Valitse vuosi tai foorumi.`,
  on: (date: string, name: string) => `${date} ${name}`,
  goalLegend:
    'Tavoitteella ei ole omia päiviä: sen tumma palkki on sen toimenpiteiden aika tässä luettelossa ja ohut kehys sen suunnitelman kausi.',
  goalSpan: (span: string) => `Tavoite toimenpiteidensä mukaan: ${span}`,
  undated: (starts: number, dues: number) =>
    starts === 0
      ? `Määräaika puuttuu ${dues} toimenpiteeltä.`
      : dues === 0
        ? `Alku puuttuu ${starts} toimenpiteeltä.`
        : `Alku puuttuu ${starts} toimenpiteeltä, määräaika ${dues} toimenpiteeltä.`,
  ofPlan: (from: string, to: string) => `Suunnitelman kausi on ${from} – ${to}.`,
};
