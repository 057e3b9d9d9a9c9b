import { formatNumber } from '../../lib/numbers';
import type { Sentence } from './overview';

/** How many reports a round asks for, and how they stand. */
export interface RoundTally {
  reported: number;
  late: number;
  missing: number;
  waiting: number;
}

type Lead = (tally: RoundTally) => Sentence<'given' | keyof RoundTally>;

const n = (value: number) => formatNumber(value, 'fi');

const lead: Lead = ({ reported, late, missing, waiting }) => {
  const all = reported + late + missing + waiting;
  if (all === 0) return ['Kierroksella ei pyydetä raportteja.'];
  if (all === 1) {
    if (reported === 1) return ['Ainoa pyydetty raportti ', ['given', 'on annettu'], '.'];
    if (late === 1) return ['Ainoa pyydetty raportti ', ['late', 'on annettu myöhässä'], '.'];
    return missing === 1
      ? ['Ainoa pyydetty raportti ', ['missing', 'puuttuu'], ', vaikka määräpäivä on mennyt.']
      : ['Ainoa pyydetty raportti ', ['waiting', 'ehtii vielä'], ' määräajassa.'];
  }
  return [
    `Pyydetyistä ${n(all)}\u00a0raportista `,
    ['given', `${n(reported + late)}\u00a0on annettu`],
    ...(late === 0 ? [] : [', niistä ', ['late', `${n(late)}\u00a0myöhässä`] as const]),
    ...(missing === 0
      ? ['. Yhtään ei puutu']
      : [
          '. ',
          ['missing', `${n(missing)}\u00a0puuttuu`] as const,
          ', vaikka määräpäivä on mennyt',
        ]),
    ...(waiting === 0
      ? ['.']
      : [', ja ', ['waiting', `${n(waiting)}\u00a0ehtii vielä`] as const, ' määräajassa.']),
  ];
};

/** Reporting rounds of a plan. */
export const rounds = {
  title: 'Raportointikierrokset',
  lead: 'Kierroksella kumpikin osapuoli raportoi suunnitelman toteutumisesta: ensin toimenpiteistä, sitten tavoitteista ja lopuksi suunnitelmasta. Kun molemmat ovat päättäneet oman raportointinsa, tilanne jäädytetään.',
  loading: 'Haetaan raportointikierroksia…',
  none: 'Raportointikierroksia ei ole.',
  noneText: 'Koordinaattori avaa kierroksen suunnitelmalle ja raportointijaksolle.',
  openNow: (round: string) => `Avoinna on ${round}.`,
  noneOpen: 'Yhtään kierrosta ei ole avoinna.',
  list: 'Kierrokset, uusin jakso ensin',
  round: 'Kierros',
  period: 'Raportointijakso',
  state: 'Vaihe',
  lastDay: 'Viimeinen määräpäivä',
  sides: 'Osapuolten raportointi',
  states: { open: 'Avoinna', completed: 'Valmis', cancelled: 'Peruttu' },
  kinds: { annual: 'Vuosiraportti', interim: 'Väliraportti' },
  compare: 'Vertaa kierroksia',
  planRounds: 'Raportointikierrokset',
  open: 'Avaa kierros',
  opened: 'Kierros on avattu.',
  form: {
    plan: 'Suunnitelma',
    choosePlan: 'Valitse suunnitelma',
    kind: 'Laji',
    name: 'Nimi',
    key: 'Tunnus',
    keyHint: 'Näkyy osoitteessa. Pieniä kirjaimia a–z, numeroita ja viivoja; alussa kirjain.',
    periodFrom: 'Jakso alkaa',
    periodTo: 'Jakso päättyy',
    opensOn: 'Mistä päivästä alkaen kirjatut tiedot lasketaan mukaan',
    opensOnHint: 'Tyhjänä tästä päivästä.',
    dueOn: 'Suunnitelman raportin määräpäivä',
    dueOnHint: 'Viimeinen päivä. Jos se ei ole työpäivä, määräpäivä siirtyy seuraavaan työpäivään.',
    goalDays: 'Tavoitteet: työpäiviä ennen suunnitelmaa',
    actionDays: 'Toimenpiteet: työpäiviä ennen tavoitteita',
    reason: 'Perustelu määräpäivän siirrolle',
    reasonHint: 'Jää lokiin.',
  },
  preview: 'Määräpäivät ennen avaamista',
  previewChange: 'Uudet määräpäivät',
  previewLead: (days: number) =>
    days === 1
      ? 'Toimenpiteiden raportointiin jää 1 työpäivä.'
      : `Toimenpiteiden raportointiin jää ${n(days)} työpäivää.`,
  previewMissing: 'Määräpäivät näkyvät tässä, kun suunnitelma ja päivät on annettu.',
  asks: (count: number) =>
    count === 1 ? 'Pyydetään 1 raportti' : `Pyydetään ${n(count)} raporttia`,
  holidays: (days: string) => `Laskennassa ohitettiin viikonloppujen lisäksi ${days}.`,
  levels: {
    action: { one: 'Toimenpide', many: 'Toimenpiteet' },
    goal: { one: 'Tavoite', many: 'Tavoitteet' },
    plan: { one: 'Suunnitelma', many: 'Suunnitelma' },
  },
  leadOf: lead,
  cancelledLead: (day: string, reason: string) => `Kierros peruttiin ${day}: ${reason}`,
  completedLead: (day: string) =>
    `Molemmat osapuolet ovat päättäneet raportointinsa, ja tilanne jäädytettiin ${day}.`,
  about: (kind: string, from: string, to: string) => `${kind} jaksolta ${from}–${to}`,
  counted: (day: string) => `Mukaan lasketaan ${day} alkaen kirjatut tiedot.`,
  due: 'Määräpäivät',
  level: 'Taso',
  dueOn: 'Määräpäivä',
  before: 'Ennen ylempää tasoa',
  workingDays: (days: number) => (days === 1 ? '1 työpäivä' : `${n(days)} työpäivää`),
  passed: 'mennyt',
  figures: 'Raportointi tasoittain ja osapuolittain',
  ofAsked: (given: number, asked: number) => `${n(given)}/${n(asked)}`,
  nothingAsked: 'ei pyydetty',
  lateOf: (count: number) => `${n(count)} myöhässä`,
  missingOf: (count: number) => `${n(count)} puuttuu`,
  waitingOf: (count: number) => `${n(count)} odotetaan`,
  of: (level: string, party: string) => `${level}, ${party}: `,
  givenOf: (level: string, party: string) => `${level}, ${party}, raportteja annettu/pyydetty: `,
  givenSpoken: (given: number, asked: number) => `annettu ${n(given)}, pyydetty ${n(asked)}`,
  side: {
    title: 'Osapuolten raportointi',
    done: (day: string) => `Päätetty ${day}`,
    notYet: 'Ei vielä päätetty',
    complete: (party: string) => `Päätä raportointi: ${party}`,
    completeText:
      'Päätöksen jälkeen osapuoli ei enää raportoi tavoitteista eikä suunnitelmasta. Kun myös toinen osapuoli on päättänyt raportointinsa, tilanne jäädytetään.',
    note: 'Miksi kaikkea ei ole raportoitu',
    noteHint: 'Tarvitaan, jos raportteja puuttuu. Kaikki lukevat tämän.',
    confirm: 'Päätä raportointi',
    completed: 'Osapuolen raportointi on päätetty.',
    frozen: 'Molemmat osapuolet ovat valmiit. Tilanne on jäädytetty.',
    reopen: 'Ota päätös takaisin',
    reopenReason: 'Miksi päätös otetaan takaisin',
    reopened: 'Päätös on otettu takaisin.',
  },
  edit: 'Siirrä määräpäiviä',
  editTitle: (round: string) => `Muokkaa kierrosta ${round}`,
  editHint: 'Määräpäiviä voi siirtää vain myöhemmäksi, ja siirto tarvitsee perustelun.',
  saved: 'Kierros on tallennettu.',
  cancel: 'Peru kierros',
  cancelText: 'Perutulta kierrokselta ei jäädytetä tilannetta. Kirjatut tiedot säilyvät.',
  cancelReason: 'Miksi kierros perutaan',
  cancelReasonHint: 'Kaikki lukevat tämän.',
  cancelled: 'Kierros on peruttu.',
  snapshot: {
    title: 'Jäädytetty tilannekuva',
    text: 'Tilannekuva sisältää kaiken, mitä kierroksella pyydettiin, ja kummankin osapuolen viimeisimmän raportin kustakin kohteesta. Sitä ei voi muuttaa eikä poistaa.',
    audience: {
      public:
        'Julkinen versio: sisäiset kohteet ja muut kuin julkiset selostukset on jätetty pois.',
      staff: 'Sisäinen versio, jossa ovat myös sisäiset kohteet ja selostukset.',
    },
    frozenAt: 'Jäädytetty',
    hash: 'SHA-256-tiiviste',
    size: 'Koko',
    bytes: (count: number) => `${n(count)} tavua`,
    json: 'Lataa tilannekuva (JSON)',
    csv: 'Lataa taulukko (CSV)',
    publicJson: 'Lataa julkinen versio (JSON)',
    verify: 'Tarkista tiiviste',
    verifying: 'Lasketaan tiivistettä…',
    matches: 'Ladatun tiedoston tiiviste on sama kuin jäädytettäessä kirjattu.',
    differs: (hash: string) => `Ladatun tiedoston tiiviste on toinen: ${hash}.`,
    broken: 'Palvelimen säilyttämä tilannekuva ei vastaa kirjattua tiivistettä.',
  },
  rows: 'Kuka on raportoinut, kuka ei',
  found: (count: number) => (count === 1 ? '1 raportti' : `${n(count)} raporttia`),
  noRows: 'Tällä rajauksella ei ole raportteja.',
  party: 'Osapuoli',
  all: 'Kaikki',
  thing: 'Kohde',
  who: 'Kuka raportoi',
  coordinator: 'Koordinaattori',
  nobody: 'Vastuutahoa ei ole nimetty',
  stands: 'Raportointi',
  said: 'Mitä raportoitiin',
  do: 'Raportoi',
  standings: {
    reported: 'Raportoitu',
    late: 'Raportoitu myöhässä',
    missing: 'Puuttuu',
    waiting: 'Odotetaan',
  },
  overdue: (days: number) => (days === 1 ? '1 päivä yli' : `${n(days)} päivää yli`),
  assessments: {
    reached: 'Toteutunut',
    on_course: 'Etenee suunnitellusti',
    partly: 'Etenee osittain',
    off_course: 'Ei etene',
  },
  report: {
    one: (thing: string) => `Raportoi: ${thing}`,
    again: 'Täydennä',
    update: 'Päivitä tilanne',
    updateOf: (no: number) => `Päivitä toimenpiteen ${no} tilanne`,
    assessment: 'Arvio',
    text: 'Selostus',
    textHint: 'Mitä jaksolla on saatu aikaan ja mitä on jäänyt tekemättä.',
    isPublic: 'Selostus on julkinen',
    save: 'Anna raportti',
    saved: 'Raportti on annettu.',
    savedLate: 'Raportti on annettu. Se merkitään myöhästyneeksi.',
    late: (day: string) => `Määräpäivä oli ${day}. Raportti merkitään myöhästyneeksi.`,
    choose: 'Valitse arvio.',
  },
  comparison: {
    title: 'Kierrosten vertailu',
    lead: (first: string, last: string, past: boolean) =>
      `Kierrokset ${first} ja ${last} rinnakkain. Valmiit kierrokset näkyvät sellaisina kuin ne jäädytettiin, avoin kierros ${past ? 'sellaisena kuin se oli valittuna päivänä' : 'tämänhetkisenä'}.`,
    choose: 'Valitse vähintään kaksi kierrosta.',
    few: 'Verrattavia kierroksia on oltava vähintään kaksi.',
    nth: (place: number) => `Kierros ${place}`,
    noRound: 'Ei kierrosta',
    figures: 'Raportointi kierroksittain',
    given: (given: number, asked: number, late: number) =>
      `${n(given)}/${n(asked)}${late === 0 ? '' : `, ${n(late)} myöhässä`}`,
    rows: 'Suunnitelma, tavoitteet ja toimenpiteet',
    count: (count: number) => (count === 1 ? '1 kohde' : `${n(count)} kohdetta`),
    notAsked: 'ei kierroksella',
    thing: 'Kohde',
    asNow: 'tilanne nyt',
    asOn: (day: string) => `tilanne ${day}`,
    frozen: (day: string) => `jäädytetty ${day}`,
  },
};
