import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** When a series meets, in words. */
interface Rule {
  frequency: 'monthly' | 'weekly';
  weekday: number;
  week?: number;
  every?: number;
  months: readonly number[];
}

const weekdays = [
  'maanantai',
  'tiistai',
  'keskiviikko',
  'torstai',
  'perjantai',
  'lauantai',
  'sunnuntai',
];
const weekdaysOn = [
  'maanantaina',
  'tiistaina',
  'keskiviikkona',
  'torstaina',
  'perjantaina',
  'lauantaina',
  'sunnuntaina',
];
const monthNames = [
  'tammikuu',
  'helmikuu',
  'maaliskuu',
  'huhtikuu',
  'toukokuu',
  'kesäkuu',
  'heinäkuu',
  'elokuu',
  'syyskuu',
  'lokakuu',
  'marraskuu',
  'joulukuu',
];
/** What a row of a template is, inside a sentence. */
const rows = { item: 'vakioasia', heading: 'väliotsikko' };

const weeks = (week: number) => (week === -1 ? 'viimeinen' : `${week}.`);

/** The year of a forum: template, series, annual cycle, proposed topics. */
export const forumYear = {
  title: 'Vuoden kokoukset',
  lead: 'Kokouspohjasta syntyvät vuoden kokoukset luonnoksina. Yhden siirtäminen ei muuta muita.',
  link: 'Suunnittele vuosi',
  secretaryOnly: 'Vuoden kokoukset suunnittelee foorumin sihteeri.',
  loading: 'Haetaan kokouspohjaa…',
  template: 'Kokouspohja',
  newTemplate: 'Uusi kokouspohja',
  editTemplate: 'Muokkaa kokouspohjaa',
  templateSaved: 'Kokouspohja tallennettiin. Jo tehdyt kokoukset eivät muuttuneet.',
  when: 'Kokouspäivät',
  rule: ({ frequency, weekday, week = 1, every = 1, months }: Rule) => {
    const day = weekdaysOn[weekday - 1] ?? '';
    const rhythm =
      frequency === 'monthly'
        ? `Kuukauden ${week === -1 ? 'viimeisenä' : `${week}.`} ${day}`
        : every === 1
          ? `Joka viikko ${day}`
          : `Joka ${every}. viikko ${day}`;
    return months.length === 12
      ? rhythm
      : `${rhythm}: ${months.map((month) => monthNames[month - 1] ?? '').join(', ')}`;
  },
  clock: 'Kellonaika',
  clockOf: (clock: string, minutes: number) => `klo ${clock.replace(':', '.')}, ${minutes} min`,
  place: 'Paikka',
  items: 'Vakioasiat',
  noItems: 'Ei vakioasioita',
  minutes: (count: number) => `${num(count)} min`,
  total: (reserved: number, duration: number) =>
    reserved > duration
      ? `Asioihin on varattu ${reserved} min, ${reserved - duration} min enemmän kuin kokous kestää.`
      : `Asioihin on varattu ${reserved} min kokouksen ${duration} minuutista.`,
  frequency: 'Toistuvuus',
  frequencies: { monthly: 'Kuukausittain', weekly: 'Viikoittain' },
  week: 'Kuukauden viikko',
  weeks,
  every: 'Viikkojen väli',
  everyWeeks: (count: number) => (count === 1 ? 'joka viikko' : `joka ${num(count)}. viikko`),
  weekday: 'Viikonpäivä',
  weekdays,
  months: 'Kuukaudet, joina kokoonnutaan',
  monthNames,
  duration: 'Kesto minuutteina',
  meetingTitle: 'Kokouksen otsikko',
  meetingTitleHint:
    'Voi jäädä tyhjäksi. {number} ja {year} korvautuvat kokouksen numerolla ja vuodella.',
  rowNo: (no: number, kind: 'item' | 'heading') =>
    `${{ item: 'Vakioasia', heading: 'Väliotsikko' }[kind]} ${no}`,
  itemMinutes: 'Varattu aika, min',
  presenter: 'Esittelijä',
  up: 'Ylemmäs',
  down: 'Alemmas',
  moveUp: (no: number, kind: 'item' | 'heading') => `Siirrä ${rows[kind]} ${no} ylemmäs`,
  moveDown: (no: number, kind: 'item' | 'heading') => `Siirrä ${rows[kind]} ${no} alemmas`,
  remove: 'Poista',
  removeRow: (no: number, kind: 'item' | 'heading') => `Poista ${rows[kind]} ${no}`,
  addItem: 'Lisää vakioasia',
  addHeading: 'Lisää väliotsikko',
  preview: 'Vuoden kokoukset ennalta',
  previewNote: 'Mitään ei synny ennen kuin vahvistat.',
  previewCaption: (year: number) => `Kokouspäivät ${year}`,
  year: 'Vuosi',
  make: 'Tehdään',
  makeOn: (date: string) => `Tee kokous ${date}`,
  day: 'Päivä',
  meeting: 'Kokous',
  note: 'Huomaa',
  noDays: 'Kokouspohja ei anna tälle vuodelle yhtään päivää.',
  weekend: 'viikonloppu',
  moved: (from: string, why: string) => `Siirtyy päivästä ${from}: ${why}.`,
  movedTo: (date: string) => `Kokous on tehty ja siirretty: ${date}.`,
  alreadyMade: 'Kokous on jo tehty.',
  cancelled: 'Kokous on tehty ja peruttu.',
  past: 'Päivä on jo ohi.',
  near: (no: string, date: string) => `Lähellä on jo kokous ${no}, ${date}`,
  notMade: 'Kokouksia ei tehty',
  made: (count: number) =>
    count === 1
      ? 'Yksi kokous tehtiin luonnoksena.'
      : `${num(count)} kokousta tehtiin luonnoksina.`,
  makeDrafts: (count: number) => (count === 1 ? 'Tee 1 luonnos' : `Tee ${num(count)} luonnosta`),
  allMade: 'Kaikki tulevat päivät on jo tehty.',
  draftsNote: 'Luonnokset näkyvät sihteerille, koordinaattoreille ja auditoijille.',
  cycle: 'Vuosikello',
  editCycle: 'Muokkaa vuosikelloa',
  editDone: 'Lopeta muokkaus',
  noEvents: 'Suunnitelman vuosikellosta ei ole liitetty tapahtumia tähän foorumiin.',
  unplaced: 'Ei vielä missään kokouksessa',
  unplacedChoice: 'Ei vielä',
  meetingCancelled: 'Kokous on peruttu:',
  placeIn: 'Käsitellään kokouksessa',
  placed: 'Tieto tallennettiin.',
  notSaved: 'Tietoa ei tallennettu',
  release: 'Irrota foorumista',
  releaseOf: (title: string) => `Irrota foorumista: ${title}`,
  released: 'Tapahtuma irrotettiin foorumista.',
  assign: 'Liitä vuosikellon tapahtuma tähän foorumiin',
  chooseEvent: 'Valitse tapahtuma',
  assigned: 'Tapahtuma liitettiin foorumiin.',
  noFreeEvents: 'Kaikilla vuosikellon tapahtumilla on jo foorumi.',
  topics: 'Ehdotetut aiheet',
  loadingTopics: 'Haetaan aiheita…',
  noTopics: 'Yhtään aihetta ei odota käsittelyä.',
  propose: 'Ehdota aihetta',
  sendProposal: 'Ehdota',
  proposed: 'Aihe ehdotettiin foorumille.',
  topicSaved: 'Aihe tallennettiin.',
  editThis: 'Muokkaa aihetta',
  edit: 'Muokkaa',
  editTopic: (title: string) => `Muokkaa aihetta: ${title}`,
  withdraw: 'Peru ehdotus',
  withdrawTopic: (title: string) => `Peru ehdotus: ${title}`,
  withdrawn: 'Ehdotus peruttiin.',
  decline: 'Hylkää',
  declineTopic: (title: string) => `Hylkää: ${title}`,
  declined: 'Aihe hylättiin.',
  reason: 'Perustelu',
  hideSettled: 'Piilota käsitellyt',
  showSettled: (count: number) => `Näytä käsitellyt (${num(count)})`,
  topicStates: {
    open: 'Avoin',
    drawn: 'Otettu kokoukseen',
    declined: 'Hylätty',
    withdrawn: 'Peruttu',
  },
  about: { goal: 'Tavoite', action: 'Toimenpide', handover: 'Siirtymä' },
  caseOf: 'Asia',
  wantedBy: (date: string) => `Toivotaan viimeistään ${date}`,
  topicTitle: 'Aihe',
  why: 'Miksi se pitäisi käsitellä',
  aboutKind: 'Mitä aihe koskee',
  aboutWhich: {
    goal: 'Tavoite, jota aihe koskee',
    action: 'Toimenpide, jota aihe koskee',
    handover: 'Siirtymä, jota aihe koskee',
  },
  none: 'Ei mikään',
  wantedOn: 'Käsiteltävä viimeistään',
  caseParty: 'Asian osapuoli',
  caseNo: 'Asian numero',
  offers: {
    title: 'Tarjolla esityslistalle',
    none: 'Mitään ei odota käsittelyä.',
    kinds: {
      topic: 'Ehdotetut aiheet',
      action: 'Avoimet toimenpiteet',
      deferred: 'Siirretyt asiat',
      referral: 'Foorumille lähetetyt asiat',
      returned: 'Toisen foorumin palauttamat asiat',
      sent: 'Muille foorumeille lähetetyt asiat, joihin odotetaan vastausta',
    },
    /** What taking one up does beside making an item. */
    does: {
      topic: '',
      action: '',
      deferred:
        'Asia tulee esityslistalle alakohtineen ja liitteineen ja jatkaa aiempaa käsittelyä.',
      referral:
        'Kun otat asian esityslistalle, foorumi vastaa lähettäjälle ottavansa sen käsittelyyn.',
      returned: 'Asia tulee esityslistalle liitteineen ja jatkaa aiempaa käsittelyä.',
      sent: 'Esityslistalle tulee uusi asia. Vastausta odotetaan edelleen.',
    },
    forum: {
      referral: (name: string) => `lähettäjä ${name}`,
      sent: (name: string) => `odotetaan vastausta: ${name}`,
    },
    answerBy: (date: string) => `vastattava viimeistään ${date}`,
    from: (no: string) => `kokouksesta ${no}`,
    due: (date: string) => `määräaika ${date}`,
    wantedBy: (date: string) => `toivotaan ${date} mennessä`,
    take: (count: number) =>
      count > 1 ? `Ota ${num(count)} asiaa esityslistalle` : 'Ota esityslistalle',
    taken: (count: number) =>
      count === 1
        ? 'Asia otettiin esityslistalle.'
        : `${num(count)} asiaa otettiin esityslistalle.`,
    notTaken: 'Asioita ei otettu esityslistalle',
  },
};
