import { formatNumber } from '../../lib/numbers';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'fi');

const n = (value: number) => formatNumber(value, 'fi');
const count = (value: number, one: string, many: string) =>
  `${n(value)}\u00a0${value === 1 ? one : many}`;

/** A number in the elative, as in "44 vastuuta 49:stä". The ending follows the word that is read. */
function of(value: number): string {
  const soft = value % 10 === 0 ? value % 100 !== 0 : [1, 4, 5, 7, 9].includes(value % 10);
  return `${n(value)}:${soft ? 'stä' : 'sta'}`;
}

export const matrix = {
  title: pages.matrix,
  loading: 'Haetaan vastuita…',
  lead: 'Kuka vastaa mistäkin ja onko vastuusta sovittu. Yhteinen vastuu on voimassa vasta, kun molemmat osapuolet ovat hyväksyneet saman sanamuodon.',
  /** The answer in three pieces; the middle one is a link. */
  inForce: (inForce: number, all: number): readonly [string, string, string] =>
    all === 0
      ? ['', '', 'Vastuita ei ole vielä kirjattu.']
      : [
          'Nyt voimassa on ',
          inForce === all
            ? `kaikki ${count(all, 'vastuu', 'vastuuta')}`
            : `${n(inForce)}\u00a0vastuuta ${of(all)}`,
          '.',
        ],
  waiting: {
    title: (waiting: number) => `Odottaa hyväksyntää: ${n(waiting)}`,
    all: 'Näytä odottavat vastuut',
    failed: 'Vastuiden määriä ei voitu hakea',
    how: 'Miten hyväksyntä etenee',
    goal: (no: number) => `Tavoite\u00a0${no}`,
    action: (no: number) => `Toimenpide\u00a0${no}`,
    stage: (title: string) => `Vaihe ${title}`,
    forum: (title: string) => `Foorumi: ${title}`,
    chain: (title: string) => `Palveluketju: ${title}`,
    handovers: (n: number) => (n === 1 ? '1 siirtymä' : `${num(n)} siirtymää`),
    waited: 'Odottanut',
    days: (days: number) => `${n(days)}\u00a0pv`,
    changed: 'Ehdotettu muutos:',
  },
  filters: {
    rows: 'Rivit',
    theme: 'Tavoitteet teemoittain',
    chain: 'Palveluketjuittain',
    party: 'Osapuoli',
    allParties: 'Kaikki',
    part: 'Osa',
    allParts: 'Kaikki',
    acceptance: 'Hyväksyntä',
    allAcceptances: 'Kaikki',
    waiting: 'Odottaa hyväksyntää',
    in_force: 'Voimassa',
    condition: 'Toimenpiteen kunto',
    allConditions: 'Kaikki',
    ofChain: 'Palveluketju',
    allChains: 'Kaikki',
    post: 'Tehtävänimike',
    tag: (name: string, value: string) => `${name}: ${value}`,
  },
  result: (rows: number, byChain: boolean, posts: number) =>
    `${byChain ? count(rows, 'rivi', 'riviä') : count(rows, 'tavoite', 'tavoitetta')}, ${count(posts, 'tehtävänimike', 'tehtävänimikettä')}`,
  legend: 'Merkit',
  legendWaiting: 'Odottaa hyväksyntää',
  none: 'Vastuita ei ole vielä kirjattu',
  more: 'Taulukossa on 400 ensimmäistä riviä. Rajaa hakua, niin näet loput.',
  grid: 'Vastuumatriisi',
  nameColumn: 'Tavoite tai toimenpide',
  nameColumnChain: 'Vaihe, siirtymä tai tavoite',
  acceptanceColumn: 'Hyväksyntä',
  others: 'Muut',
  showActions: (title: string) => `Näytä toimenpiteet: ${title}`,
  hideActions: (title: string) => `Piilota toimenpiteet: ${title}`,
  showGroup: (title: string) => `Avaa ryhmä ${title}`,
  hideGroup: (title: string) => `Sulje ryhmä ${title}`,
  stage: (no: number) => `Vaihe ${no}`,
  goal: 'Tavoite',
  handover: 'Siirtymä',
  noPart: 'Ei osaa',
  leads: 'Päävastuita tavoitteissa',
  shared: 'Yhteisvastuita tavoitteissa',
  nobody: 'Kenellekään ei ole merkitty vastuuta.',
  actions: (actions: number, more: boolean) =>
    more ? `yli ${n(actions)} toimenpidettä` : count(actions, 'toimenpide', 'toimenpidettä'),
  noActions: 'Ei toimenpiteitä',
  loadingActions: 'Haetaan toimenpiteitä…',
  actionsFailed: 'Toimenpiteitä ei saatu haettua.',
  someActions: (shown: number, more: boolean, all: number) =>
    `Näkyvissä on ${count(shown, 'toimenpide', 'toimenpidettä')} ${more ? `yli ${of(all)}` : of(all)}.`,
  allActions: 'Kaikki toimenpiteet',
  panel: {
    title: 'Valittu ruutu',
    choose: 'Valitse ruutu, niin näet vastuun sanamuodon ja hyväksynnät.',
    empty: 'Tällä tehtävänimikkeellä ei ole osaa tässä.',
    row: {
      goal: (no: number) => `Tavoite ${no}`,
      action: (no: number) => `Toimenpide ${no}`,
      stage: (no: number) => `Vaihe ${no}`,
      handover: () => 'Siirtymä',
    },
    loading: 'Haetaan sanamuotoa…',
    noWording: 'Sanamuotoa ei ole kirjattu.',
    change: 'Muutosehdotus',
    withdrawn: 'Vastuu päättyy',
    from: (day: string) => `Voimassa ${day} alkaen`,
    fromTo: (from: string, to: string) => `Voimassa ${from}–${to}`,
    accepted: (party: string, day: string) => `${party} hyväksynyt ${day}`,
    declined: (party: string, day: string) => `${party} palauttanut ${day}`,
    open: (party: string, days: number) => `${party} avoin ${n(days)}\u00a0pv`,
    reason: (reason: string) => `”${reason}”`,
    goTo: {
      goal: 'Tavoitteen sivulle',
      action: 'Toimenpiteen sivulle',
      chain: 'Palveluketjun sivulle',
    },
    close: 'Sulje',
  },
  keys: 'Näppäimistö: nuolet siirtävät solusta soluun, Home ja End rivin alkuun ja loppuun. Enter avaa vastuun sanamuodon ja hyväksynnät, Esc palaa taulukkoon. Rivin nimen kohdalla Enter avaa sivun ja välilyönti näyttää toimenpiteet.',
  asList: 'Sama tieto luettelona',
  asGrid: 'Sama tieto taulukkona',
  listTitle: 'Vastuut tavoitteittain',
  listTitleChain: 'Vastuut palveluketjuittain',
  balance: {
    title: 'Vastuiden tasapaino',
    loading: 'Lasketaan vastuita…',
    bar: 'Pää- ja yhteisvastuut tavoitteissa, toimenpiteissä, palveluketjujen vaiheissa ja siirtymissä.',
    ago: (day: string, figures: readonly number[]) =>
      figures.every((figure) => figure === 0)
        ? `Vastuita ei ollut vielä kirjattu ${day}.`
        : `Päivän ${day} lopussa suhde oli ${figures.map(n).join(' ja ')}.`,
    by: 'Jaottelu',
    bys: { party: 'Osapuolittain', theme: 'Teemoittain', chain: 'Palveluketjuittain' },
    groups: { theme: 'Teema', chain: 'Palveluketju' },
    party: 'Osapuoli',
    caption: (by: string) => `Vastuut ja niiden tilanne: ${by}`,
    columns: {
      leads: 'Päävastuita',
      shared: 'Yhteisvastuita',
      unaccepted: 'Odottaa hyväksyntää',
      overdue: 'Toimenpiteitä myöhässä',
      stale: 'Oma tieto vanhentunut',
    },
    change: 'Muutos vuodessa',
    measure: 'Luku',
    measures: {
      parts: 'Pää- ja yhteisvastuut',
      unaccepted: 'Odottaa hyväksyntää',
      overdue: 'Toimenpiteitä myöhässä',
      stale: 'Oma tieto vanhentunut',
    },
    asTable: 'Sama taulukkona',
    day: 'Päivä',
  },
};
