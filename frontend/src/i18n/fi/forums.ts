export const forums = {
  title: 'Foorumit',
  lead: (count: number, without: number) =>
    `Osapuolet kohtaavat ${count === 1 ? 'yhdessä foorumissa' : `${count} foorumissa`}. ` +
    (without === 0
      ? 'Jokaisen seuraava kokous on tiedossa.'
      : without === 1
        ? 'Yhden seuraava kokous ei ole tiedossa.'
        : `Niistä ${without} on vailla tiedossa olevaa seuraavaa kokousta.`),
  caption: 'Foorumit',
  loading: 'Haetaan foorumeita…',
  loadingOne: 'Haetaan foorumia…',
  count: (count: number) => (count === 1 ? '1 foorumi' : `${count} foorumia`),
  none: 'Foorumeita ei ole vielä.',
  create: 'Uusi foorumi',
  columns: {
    forum: 'Foorumi',
    parties: 'Osapuolet',
    rhythm: 'Kokouksia',
    last: 'Viimeksi',
    next: 'Seuraavaksi',
    level: 'Taso',
  },
  heldOf: (held: number, agreed: number) => `${held}/${agreed} pidetty`,
  heldOnly: (held: number) => `${held} pidetty`,
  noNext: 'Ei tiedossa',
  noLast: 'Ei vielä',
  filters: { level: 'Taso', party: 'Osapuoli', goal: 'Tavoite', all: 'Kaikki' },
  levels: {
    statutory: 'Lakisääteinen',
    strategic: 'Strateginen',
    thematic: 'Teemaryhmä',
    network: 'Verkosto',
  },
  reaches: { bilateral: 'Espoo ja LUVN', regional: 'Alueellinen' },
  reachNames: { bilateral: 'Kahdenvälinen', regional: 'Alueellinen' },
  papers: { memo: 'Muistio', minutes: 'Pöytäkirja' },
  roles: { chair: 'puheenjohtaja', secretary: 'sihteeri', member: 'jäsen' },
  mandate: 'Tehtävä',
  inChain: 'Ryhmä seuraa palveluketjua',
  members: 'Jäsenet',
  seats: (count: number) => (count === 1 ? '1 jäsen' : `${count} jäsentä, tehtävät`),
  noMembers: 'Ei jäseniä.',
  from: (date: string) => `${date} alkaen`,
  until: (date: string) => `${date} asti`,
  meetings: (held: number, agreed: number) =>
    agreed > 0 ? `Kokoukset: pidetty ${held}, sovittu ${agreed}` : `Kokoukset: pidetty ${held}`,
  earlier: (count: number) => `Aiemmat kokoukset (${count})`,
  noMeetings: 'Tälle vuodelle ei ole kokouksia.',
  toBeAgreed: 'Ei sovittu',
  statuses: {
    draft: 'luonnos',
    called: 'kutsuttu',
    in_progress: 'käynnissä',
    closed: 'pidetty, odottaa hyväksyntää',
    approved: 'pidetty, hyväksytty',
    published: 'pidetty, julkaistu',
    cancelled: 'peruttu',
  },
  cancelledBecause: (reason: string) => `peruttu: ${reason}`,
  attendance: 'Läsnäolo osapuolittain',
  attendanceNote: 'Päätösvaltainen, kun molemmat ovat läsnä',
  attendanceCaption: 'Läsnäolo kokouksissa osapuolittain',
  party: 'Osapuoli',
  total: 'Yhteensä',
  decisions: 'Mitä päätettiin ja mitä siitä tuli',
  decisionsCaption: 'Päätökset, niiden jatko ja kunto, uusin ensin',
  section: 'Pykälä',
  item: 'Asia',
  decision: 'Päätös',
  followUp: 'Jatko',
  conditionNow: 'Kunto nyt',
  nothingToFollow: 'Ei seurattavaa',
  notFollowed: 'Ilman jatkoa',
  noActionBecause: (reason: string) => `Ei toimia: ${reason}`,
  noDecisions: 'Julkaistuja päätöksiä ei ole.',
  next: 'Seuraava kokous',
  noNextMeeting: 'Seuraava kokous ei ole tiedossa.',
  agendaLater: 'Esityslista näkyy jäsenille kutsun jälkeen ja kaikille, kun asiakirja julkaistaan.',
  createMeeting: 'Luo kokous',
  facts: 'Perustiedot',
  level: 'Taso',
  reportsTo: 'Raportoi',
  rhythm: 'Rytmi',
  rhythmValue: (count: number) =>
    count === 1 ? '1 kokous vuodessa' : `${count} kokousta vuodessa`,
  paper: 'Asiakirja',
  goals: 'Tavoitteet',
  chain: 'Palveluketju',
  since: 'Voimassa',
  documents: 'Asiakirjat',
  documentOf: {
    memo: (name: string) => `Muistio ${name}`,
    minutes: (name: string) => `Pöytäkirja ${name}`,
  },
  publishedOn: (date: string) => `Julkaistu ${date}`,
  edit: 'Muokkaa',
  editForum: 'Muokkaa foorumia',
  editMembers: 'Muokkaa jäseniä',
  editLabel: 'Foorumin tiedot',
  saved: 'Foorumi tallennettu.',
  /** The page's answer, in three parts with links between them. */
  answer: {
    held: (held: number, agreed: number) =>
      agreed > 0
        ? { before: 'Ryhmä on pitänyt tänä vuonna ', link: `${ofAgreed(held, agreed)}`, after: '.' }
        : { before: 'Ryhmä on pitänyt tänä vuonna ', link: meetings(held), after: '.' },
    heldNone: 'Ryhmä ei ole kokoontunut tänä vuonna.',
    decided: (count: number) =>
      count === 1
        ? 'Sen yhdellä päätöksellä on jatko'
        : `Sen ${numeral(count)} päätöksellä on jatko`,
    open: (count: number, all: number) => ({
      before: `Sen ${numeralOf(all)} päätöksestä `,
      link: count === 1 ? 'yksi on ilman jatkoa' : `${numeralNom(count)} on ilman jatkoa`,
    }),
    late: (count: number) => ({
      before: ', mutta toimenpiteistä ',
      link: count === 1 ? 'yksi on myöhässä' : `${numeralNom(count)} on myöhässä`,
    }),
  },
  form: {
    key: 'Tunnus',
    keyHint: 'Lyhyt nimi osoitteisiin: pieniä kirjaimia a–z, numeroita ja alaviiva',
    title: 'Nimi',
    purpose: 'Tarkoitus',
    mandate: 'Tehtävä ja toimivalta',
    level: 'Taso',
    reach: 'Ulottuvuus',
    paper: 'Asiakirja',
    rhythm: 'Kokouksia vuodessa',
    parent: 'Raportoi foorumille',
    chain: 'Palveluketju',
    goals: 'Tavoitteet',
    none: 'Ei mitään',
    post: 'Tehtävä',
    role: 'Rooli',
    fromDay: 'Alkaen',
    addMember: 'Lisää jäsen',
    memberAdded: 'Jäsen lisätty.',
    end: 'Päätä jäsenyys',
    endOf: (post: string) => `Päätä jäsenyys: ${post}`,
    endOn: 'Viimeinen päivä',
    reason: 'Syy',
    ended: 'Jäsenyys päättyy.',
    done: 'Valmis',
  },
};

function meetings(held: number): string {
  return held === 1 ? 'yhden kokouksen' : `${numeralNom(held)} kokousta`;
}

/** "kolme viidestä kokouksestaan" */
function ofAgreed(held: number, agreed: number): string {
  if (held > agreed) return `${numeralNom(held)} kokousta, kun sovittu on ${numeralNom(agreed)}`;
  if (agreed === 1) return 'ainoan kokouksensa';
  return `${held === 1 ? 'yhden' : numeralNom(held)} ${numeralOf(agreed)} kokouksestaan`;
}

const nominative = [
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
const elative = [
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
const adessive = [
  'nollalla',
  'yhdellä',
  'kahdella',
  'kolmella',
  'neljällä',
  'viidellä',
  'kuudella',
  'seitsemällä',
  'kahdeksalla',
  'yhdeksällä',
  'kymmenellä',
];

function numeralNom(count: number): string {
  return nominative[count] ?? String(count);
}

function numeralOf(count: number): string {
  return elative[count] ?? `${count}:sta`;
}

function numeral(count: number): string {
  return adessive[count] ?? `${count}:lla`;
}
