import { formatNumber } from '../../lib/numbers';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'fi');

/** A sentence in parts, of which some lead to a place of the page. */
export interface AnswerPart {
  text: string;
  to?: 'meetings' | 'decisions';
}

type Paper = 'memo' | 'minutes';

/** The figures of a forum's first sentence. */
export interface AnswerFigures {
  /** Meetings held and agreed in the year shown. */
  held: number;
  agreed: number;
  /** What they decided, how much of it still lacks its ending and how much is late. */
  decisions: number;
  open: number;
  late: number;
  /** Only the latest decisions are counted. */
  latestOnly: boolean;
}

export const forums = {
  responsibilities: 'Foorumin vastuut',
  noResponsibilities: 'Foorumille ei ole sovittu erillisiä vastuita.',
  title: pages.forums,
  leadCount: (count: number) => (count === 1 ? '1 foorumi' : `${num(count)} foorumia`),
  leadHeld: (held: number) => (held === 1 ? '1 kokous' : `${held} kokousta`),
  /** Around the links of the register's first sentence. */
  lead: {
    before: 'Osapuolilla on ',
    year: (year: number) => `. Vuonna ${year} niissä on pidetty `,
    agreed: (agreed: number) => `, kun sovittu on ${agreed}.`,
    next: ' Seuraavaksi kokoontuu ',
    on: (date: string) => ` ${date}.`,
  },
  caption: 'Foorumit aakkosjärjestyksessä',
  loading: 'Haetaan foorumeita…',
  loadingOne: 'Haetaan foorumia…',
  loadingMeetings: 'Haetaan kokouksia…',
  loadingDecisions: 'Haetaan päätöksiä…',
  none: 'Foorumeita ei ole.',
  create: 'Uusi foorumi',
  createForbidden: 'Foorumin voi luoda osapuolen HYTE-koordinaattori.',
  columns: {
    forum: 'Foorumi',
    parties: 'Osapuolet',
    posts: 'Puheenjohtaja ja sihteeri',
    rhythm: (year: number | undefined) => `Pidetty ${year ?? ''}`,
    last: 'Viimeksi',
    next: 'Seuraavaksi',
  },
  heldOf: (held: number, agreed: number) =>
    agreed > 0 ? `${held} / ${agreed}` : `${held}, ei sovittua määrää`,
  filters: { level: 'Taso', party: 'Osapuoli', chain: 'Palveluketju', all: 'Kaikki' },
  noChain: 'Ei palveluketjua',
  noMember: 'Ei jäseniä',
  levels: {
    statutory: 'Lakisääteinen',
    strategic: 'Strateginen',
    thematic: 'Teemaryhmä',
    network: 'Verkosto',
  },
  reaches: { bilateral: 'Kahden osapuolen', regional: 'Alueellinen' },
  papers: { memo: 'Muistio', minutes: 'Pöytäkirja' },
  roles: { chair: 'puheenjohtaja', secretary: 'sihteeri', member: 'jäsen' },
  answer: (figures: AnswerFigures): AnswerPart[] => [...held(figures), ...decided(figures)],
  mandate: 'Tehtävä ja toimivalta',
  members: 'Jäsenet',
  seats: (count: number) =>
    count === 1 ? '1 jäsen' : `${num(count)} jäsentä, virat ja edustukset`,
  noMembers: 'Jäseniä ei ole.',
  from: (date: string) => `${date} alkaen`,
  until: (date: string) => `${date} asti`,
  meetings: (year: number, held: number, agreed: number) =>
    agreed > 0
      ? `Kokoukset ${year}: pidetty ${held}, sovittu ${agreed}`
      : `Kokoukset ${year}: pidetty ${held}`,
  noMeetings: (year: number) => `Vuodelle ${year} ei ole merkitty kokouksia.`,
  earlier: (count: number | undefined) =>
    count === undefined ? 'Aiemmat kokoukset' : `Aiemmat kokoukset (${num(count)})`,
  hideEarlier: 'Piilota aiemmat kokoukset',
  earlierCaption: 'Aiemmat kokoukset, uusin ensin',
  meeting: 'Kokous',
  day: 'Päivä',
  state: 'Tila',
  /** What became of a meeting, with its paper. */
  states: {
    draft: (): string => 'luonnos',
    called: (): string => 'kutsuttu',
    in_progress: (): string => 'käynnissä',
    closed: (paper: Paper): string =>
      paper === 'minutes' ? 'pidetty, pöytäkirja hyväksymättä' : 'pidetty, muistio hyväksymättä',
    approved: (paper: Paper): string =>
      paper === 'minutes' ? 'pidetty, pöytäkirja hyväksytty' : 'pidetty, muistio hyväksytty',
    published: (paper: Paper): string =>
      paper === 'minutes' ? 'pidetty, pöytäkirja julkaistu' : 'pidetty, muistio julkaistu',
    cancelled: (): string => 'peruttu',
  },
  attendance: 'Läsnäolo osapuolittain',
  attendanceNote:
    'Mukana ovat puheenjohtaja, jäsenet ja heidän sijaisensa. Foorumi on päätösvaltainen, kun kummastakin osapuolesta on joku läsnä.',
  attendanceLatest: (count: number) => `${num(count)} viimeisintä kokousta; yhteensä koko vuodelta`,
  attendanceCaption: 'Läsnäolo kokouksissa osapuolittain',
  party: 'Osapuoli',
  places: 'Paikkoja',
  total: 'Yhteensä',
  decisions: 'Mitä päätettiin ja mitä siitä tuli',
  decisionsCaption: 'Päätökset, niiden jatko ja kunto, uusin ensin',
  decisionsNote: 'uusin ensin',
  section: 'Pykälä',
  itemNo: (no: number) => `asia ${no}`,
  decision: 'Päätös',
  followUp: 'Jatko',
  conditionNow: 'Kunto nyt',
  nothingToFollow: 'Ei seurattavaa',
  lacksEnding: 'Jatko kirjaamatta',
  reason: 'Perustelu:',
  carried: { deferred: 'Siirretty', referral: 'Lähetetty', other: 'Ei toimenpidettä' },
  noDecisions: 'Julkaistuja päätöksiä ei ole.',
  outcomes: {
    decision: 'Päätös',
    assignment: 'Toimeksianto',
    recommendation: 'Suositus',
    noted: 'Merkitty tiedoksi',
    deferred: 'Siirto',
    referral: 'Lähete',
  },
  noAction: 'Ei toimia',
  open: 'Avoinna',
  pending: 'Muuta odottavaa',
  openNote: (count: number) =>
    count === 1 ? '1 asia' : `${num(count)} asiaa, pisimpään odottanut ensin`,
  showAllOpen: (count: number) => `Näytä kaikki ${num(count)} asiaa`,
  openKinds: {
    unplanned: 'Sopimatta',
    paper: 'Odottaa',
    outcome: 'Ilman jatkoa',
  },
  replacement: (date: string) => `Perutun kokouksen ${date} korvaava kokous`,
  waitsApproval: (paper: Paper, no: string) =>
    paper === 'minutes' ? `Pöytäkirjan ${no} hyväksyntä` : `Muistion ${no} hyväksyntä`,
  waitsPublication: (paper: Paper, no: string) =>
    paper === 'minutes' ? `Pöytäkirjan ${no} julkaisu` : `Muistion ${no} julkaisu`,
  closedOn: (date: string) => `Kokous päättyi ${date}`,
  approvedOn: (date: string) => `Hyväksytty ${date}`,
  lateAction: (no: number) => `Toimenpide ${no}: `,
  dueWas: (date: string) => `Määräaika oli ${date}`,
  days: (count: number) => `${num(count)} pv`,
  next: 'Seuraava kokous',
  noNext: 'Seuraavaa kokousta ei ole kutsuttu koolle.',
  hiddenItem: 'Sisäinen asia',
  agendaLater: 'Esityslista näkyy jäsenille kutsusta alkaen ja kaikille, kun kokous on julkaistu.',
  clock: (from: string, to: string) => `klo ${from}–${to}`,
  facts: 'Perustiedot',
  level: 'Taso',
  basis: 'Peruste',
  reportsTo: 'Raportoi',
  rhythm: 'Rytmi',
  rhythmOf: (count: number) =>
    count === 0
      ? 'Ei sovittu'
      : count === 1
        ? '1 kokous vuodessa'
        : `${num(count)} kokousta vuodessa`,
  paper: 'Asiakirja',
  chain: 'Palveluketju',
  goals: 'Tavoitteet',
  goalEnded: (day: string) => `päättynyt ${day}`,
  since: 'Aloittanut',
  documents: 'Asiakirjat',
  documentOf: (paper: Paper, no: string) =>
    paper === 'minutes' ? `Pöytäkirja ${no}` : `Muistio ${no}`,
  publishedOn: (date: string) => `Julkaistu ${date}`,
  edit: 'Muokkaa',
  editForum: 'Muokkaa foorumia',
  editMembers: 'Muokkaa jäseniä',
  editMembersDone: 'Lopeta jäsenten muokkaus',
  saved: 'Foorumin tiedot tallennettiin.',
  created: 'Foorumi luotiin.',
  addMember: 'Lisää jäsen',
  memberAdded: 'Jäsen lisättiin.',
  post: 'Virka tai edustus',
  role: 'Rooli',
  fromDay: 'Alkaen',
  endMembership: 'Päätä jäsenyys',
  endRole: (role: string) => `Päätä jäsenyys: ${role}`,
  endMembershipOf: (post: string, role: string) => `Päätä jäsenyys: ${post}, ${role}`,
  endOn: 'Viimeinen päivä',
  endReason: 'Syy',
  membershipEnded: 'Jäsenyyden viimeinen päivä tallennettiin.',
  newMeeting: 'Uusi kokous',
  newMeetingText: 'Kokouksesta tulee luonnos. Kutsun voit lähettää kokouksen sivulta.',
  meetingDay: 'Päivä',
  startsAt: 'Alkaa',
  endsAt: 'Päättyy',
  clockHint: 'Muodossa 13.00',
  place: 'Paikka',
  placeHint: 'Huone ja osoite, tai etäyhteys',
  form: {
    key: 'Tunnus',
    keyHint: 'Lyhyt nimi: pieniä kirjaimia a–z, numeroita ja alaviivoja, esimerkiksi lape',
    title: 'Nimi',
    purpose: 'Tarkoitus yhdellä virkkeellä',
    mandate: 'Tehtävä ja toimivalta',
    level: 'Taso',
    reach: 'Ulottuvuus',
    paper: 'Kokouksen asiakirja',
    rhythm: 'Kokouksia vuodessa',
    referralDays: 'Vastausaika lähetteisiin, päivää',
    rhythmHint: '0, jos määrää ei ole sovittu',
    parent: 'Raportoi foorumille',
    chain: 'Palveluketju',
    none: 'Ei mikään',
  },
};

const words = [
  'nolla',
  'yksi',
  'kaksi',
  'kolme',
  'neljä',
  'viisi',
  'kuusi',
  'seitsemän',
  'kahdeksan',
  'yhdeksän',
  'kymmenen',
];
const outOf = [
  'nollasta',
  'yhdestä',
  'kahdesta',
  'kolmesta',
  'neljästä',
  'viidestä',
  'kuudesta',
  'seitsemästä',
  'kahdeksasta',
  'yhdeksästä',
  'kymmenestä',
];
const word = (count: number) => words[count] ?? num(count);
const from = (count: number) => outOf[count] ?? num(count);

function held({ held, agreed }: AnswerFigures): AnswerPart[] {
  if (held === 0) {
    if (agreed === 0) return [{ text: 'Foorumi ei ole kokoontunut tänä vuonna.' }];
    const none = agreed === 1 ? 'ainoaa kokoustaan' : `yhtään ${from(agreed)} kokouksestaan`;
    return [
      { text: 'Foorumi ei ole pitänyt tänä vuonna ' },
      { text: none, to: 'meetings' },
      { text: '.' },
    ];
  }
  const some = held === 1 ? 'yhden' : word(held);
  let what = held === 1 ? 'yhden kokouksen' : `${word(held)} kokousta`;
  if (agreed > held) what = `${some} ${from(agreed)} kokouksestaan`;
  else if (agreed === held) {
    what = agreed === 1 ? 'ainoan sovitun kokouksensa' : `kaikki ${word(agreed)} kokoustaan`;
  } else if (agreed > 0) what += `, kun sovittu on ${word(agreed)}`;
  return [
    { text: 'Foorumi on pitänyt tänä vuonna ' },
    { text: what, to: 'meetings' },
    { text: '.' },
  ];
}

function decided({ held, decisions, open, late, latestOnly }: AnswerFigures): AnswerPart[] {
  if (decisions === 0) {
    return held === 0 ? [] : [{ text: ' Päätöksiä ei ole kirjattu tai julkaistu.' }];
  }
  const lateText = `${word(late)} on myöhässä`;
  if (decisions === 1) {
    if (open > 0) {
      return [
        { text: ' Sen ainoa päätös on ' },
        { text: 'vailla jatkoa', to: 'decisions' },
        { text: '.' },
      ];
    }
    return late > 0
      ? [
          { text: ' Sen ainoalla päätöksellä on jatko, mutta ' },
          { text: 'se on myöhässä', to: 'decisions' },
          { text: '.' },
        ]
      : [
          { text: ' Sen ' },
          { text: 'ainoalla päätöksellä', to: 'decisions' },
          { text: ' on jatko.' },
        ];
  }
  const all = ` Sen ${latestOnly ? 'uusimmasta ' : ''}${from(decisions)} päätöksestä `;
  if (open > 0) {
    return [
      { text: all },
      { text: `${word(open)} on vailla jatkoa`, to: 'decisions' },
      ...(late > 0 ? [{ text: ' ja ' }, { text: lateText, to: 'decisions' as const }] : []),
      { text: '.' },
    ];
  }
  return late > 0
    ? [
        { text: `${all}jokaisella on jatko, mutta niistä ` },
        { text: lateText, to: 'decisions' },
        { text: '.' },
      ]
    : [
        { text: all },
        { text: 'jokaisella on jatko', to: 'decisions' },
        { text: ', eikä mikään niistä ole myöhässä.' },
      ];
}
