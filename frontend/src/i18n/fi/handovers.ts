import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** Words for the hand-overs between the stages of a chain, and for the page of residents. */
export const handovers = {
  title: 'Siirtymä',
  list: {
    title: 'Siirtymät',
    lead: 'Missä asukas siirtyy palvelusta toiseen, toimiiko siirtymä ja ovatko osapuolet sopineet siitä.',
    caption: 'Kaikkien palveluketjujen siirtymät ketjuittain',
  },
  words: 'Siirtymät sanoin',
  caption: 'Siirtymät vaiheesta toiseen',
  none: 'Ketjulle ei ole kirjattu siirtymiä.',
  key: 'Luku on siirtymän tavoiteaika. Viivan katkos kuvaa aukkoa. Siirtymä, josta osapuolet eivät ole vielä sopineet, on merkitty osapuolten merkeillä.',
  from: 'Mistä',
  to: 'Mihin',
  way: 'Mistä mihin',
  what: 'Mitä siirtyy',
  channel: 'Kanava',
  target: 'Tavoite',
  targetDays: 'Tavoiteaika päivinä',
  gap: 'Aukko',
  gapReason: 'Aukon syy',
  acceptance: 'Hyväksyntä',
  review: 'Tarkistus',
  nextReview: 'Seuraava tarkistus',
  evidence: 'Näyttö toimivuudesta',
  noEvidence: 'Näyttöä ei ole kirjattu.',
  noReason: 'Syytä ei ole kirjattu.',
  checkedOn: (day: string) => `tarkistettu ${day}`,
  noTarget: 'ei tavoiteaikaa',
  noReview: 'ei sovittu',
  reviewLate: 'tarkistus myöhässä',
  days: (n: number) => `${num(n)} pv`,
  toStage: (no: number) => `Vaiheeseen ${no}`,
  fromTo: (from: string, to: string) => `Siirtymä vaiheesta ${from} vaiheeseen ${to}.`,
  actionsOf: (all: number, late: number) =>
    `${all === 0 ? 'Ei toimenpiteitä' : all === 1 ? 'Yksi toimenpide' : `${num(all)} toimenpidettä`}${late === 0 ? '' : late === all ? ', myöhässä' : `, joista ${late} myöhässä`}.`,
  summary: (stages: number, handovers: number) =>
    `Ketjussa on ${stages === 1 ? 'yksi vaihe' : `${stages} vaihetta`} ja ${handovers === 1 ? 'yksi siirtymä' : `${handovers} siirtymää`}.`,
  summaryMajor: (n: number) =>
    n === 1 ? 'Yhdessä siirtymässä on suuri aukko' : `${num(n)} siirtymässä on suuri aukko`,
  summaryBetween: (n: number, major: number) =>
    n === major
      ? major === 1
        ? ', ja se on osapuolten välillä.'
        : ', kaikki osapuolten välillä.'
      : n === 0
        ? '.'
        : `, ${n === 1 ? 'yksi niistä' : `${num(n)} niistä`} osapuolten välillä.`,
  summaryOpen: (n: number) =>
    n === 1
      ? 'Yhtä siirtymää ei ole vielä hyväksytty.'
      : `${num(n)} siirtymää ei ole vielä hyväksytty.`,
  standingsShort: {
    proposed: 'ei hyväksytty',
    declined: 'palautettu',
    in_force: 'voimassa',
    reopened: 'muutos avoin',
    change_declined: 'muutos palautettu',
  },
  majorGaps: 'Suuria aukkoja',
  allGaps: 'Missä ketju katkeaa?',
  forResidents: 'Asukkaalle',
  forResidentsLong: 'Asukkaan ohje: mistä aloittaa ja mitä sitten tapahtuu',
  freshness: 'Ketjun tuoreus',
  changed: 'Ketjua muutettu viimeksi',
  reviewed: 'Seuraava siirtymän tarkistus',
  reviewsLate: (n: number) =>
    n === 1 ? 'Yhden siirtymän tarkistus on myöhässä' : `${num(n)} siirtymän tarkistus on myöhässä`,
  reviewsMissing: (n: number) =>
    n === 1
      ? 'Yhdelle siirtymälle ei ole sovittu tarkistusta'
      : `${num(n)} siirtymälle ei ole sovittu tarkistusta`,
  lastMeeting: (day: string) => `Viimeksi ${day}`,
  nextMeeting: (day: string) => `Seuraavaksi ${day}`,
  noForum: 'Mikään foorumi ei ole ottanut ketjua seurattavakseen.',
  pinnedGoals: (n: number) => (n === 1 ? '1 tavoite' : `${num(n)} tavoitetta`),
  pinnedForums: (n: number) => (n === 1 ? '1 foorumi' : `${num(n)} foorumia`),
  pinnedGoal: 'Tavoite',
  pinnedForum: 'Foorumi',
  targetGroup: 'Kenelle',
  stageChannel: 'Miten palveluun tullaan',
  languages: 'Palvelun kielet',
  detail: {
    close: 'Sulje siirtymä',
    gone: 'Siirtymää ei ole tässä ketjussa tuona päivänä. Se on voinut päättyä.',
    notInForce: 'Siirtymä on ehdotus. Se ei ole vielä voimassa.',
    withdrawHint:
      'Viimeksi hyväksytty sisältö jää voimaan. Jos sitä ei ole, siirtymä poistuu ketjusta.',
    responsible: 'Siirtymästä vastaavat',
    actions: 'Toimenpiteet, jotka hoitavat tätä',
    noActions: 'Mikään toimenpide ei vielä hoida tätä siirtymää.',
    createAction: 'Luo toimenpide tähän',
    edit: 'Muokkaa siirtymää',
  },
  form: {
    handovers: 'Siirtymät',
    handoversHint:
      'Siirtymä, joka jätetään pois, päättyy. Jos muutat sitä, mitä siirtyy, mistä mihin, millä kanavalla tai missä ajassa, antajan ja saajan osapuolet hyväksyvät muutoksen. Siihen asti voimassa on viimeksi hyväksytty sisältö.',
    add: 'Lisää siirtymä',
    end: 'Päätä siirtymä',
    endOf: (name: string) => `Päätä siirtymä: ${name}`,
    no: (n: number) => `Siirtymä ${num(n)}`,
    newHandover: 'uusi siirtymä',
    sameStage: 'Siirtymä alkaa ja päättyy samaan vaiheeseen. Valitse toinen vaihe.',
    targetHint: 'Kokonaisina päivinä, enintään 3650. Tyhjä: tavoiteaikaa ei ole sovittu.',
    addEvidence: 'Lisää näyttö',
    evidenceTitle: 'Mitä näyttö on',
    evidenceUrl: 'Osoite',
    evidenceChecked: 'Tarkistettu',
    removeEvidence: (name: string) => `Poista näyttö: ${name}`,
    remove: 'Poista',
    languagesHint: 'Kielten tunnukset pilkulla erotettuina, esimerkiksi fi, sv, en',
    split: 'Jaa kahdeksi',
    splitOf: (name: string) => `Jaa kahdeksi: ${name}`,
    splitDone:
      'Vaihe on jaettu. Siitä lähteneet siirtymät lähtevät nyt jälkimmäisestä osasta, ja osien väliin lisättiin siirtymä.',
    undo: 'Kumoa',
    redo: 'Tee uudelleen',
    undone: 'Muutos on kumottu.',
    redone: 'Muutos on tehty uudelleen.',
    moved: (name: string, place: number) => `${name} on nyt vaihe ${place}.`,
    moveHint: 'Vaiheen paikka vaihtuu myös näppäimillä Alt + nuoli ylös ja Alt + nuoli alas.',
    ending: (name: string) => `Päätetään vaihe: ${name}`,
    endingHint: 'Vaiheeseen liittyy siirtymiä. Valitse, mitä kullekin tehdään.',
    endHandover: 'Siirtymä päättyy',
    goesTo: (name: string) => `Siirtyy vaiheeseen ${name}`,
    leavesFrom: (name: string) => `Lähtee vaiheesta ${name}`,
    preview: 'Ketju tallennettuna',
  },
  guide: {
    title: (chain: string) => `${chain}: mistä aloittaa`,
    lead: 'Tällä sivulla kerrotaan järjestyksessä, mistä palvelusta voit aloittaa, mitä sen jälkeen tapahtuu ja mikä organisaatio vastaa.',
    others: 'Muut ohjeet',
    first: 'Aloita tästä',
    steps: 'Vaiheet järjestyksessä',
    firstStep: 'Tästä voit aloittaa',
    step: (no: number) => `${no}. vaihe`,
    answers: 'Palvelusta vastaa',
    nobody: 'Vastaavaa tehtävää ei ole nimetty',
    leadNotAgreed: (parties: string) =>
      `${parties}: vastaavasta tehtävästä on ehdotus, mutta siitä ei ole vielä sovittu.`,
    address: 'Asiointiosoite',
    forWhom: 'Kenelle',
    how: 'Näin otat yhteyttä',
    languages: 'Palvelun kielet',
    next: 'Mitä sitten tapahtuu',
    end: 'Ketju päättyy tähän. Palveluun voi palata ottamalla yhteyttä uudelleen.',
    nextTo: 'Seuraava palvelu on',
    by: 'Näin se tehdään',
    within: (days: number) =>
      days === 0
        ? 'Tavoite: saman päivän aikana'
        : days === 1
          ? 'Tavoite: yhden päivän kuluessa'
          : `Tavoite: ${days} päivän kuluessa`,
    noTime: 'Tavoiteaikaa ei ole sovittu.',
    unsure: 'Osapuolet eivät ole vielä sopineet tästä siirtymästä yhdessä.',
    weak: 'Siirtyminen ei vielä toimi sovitusti. Voit joutua ottamaan yhteyttä itse.',
    notPromise:
      'Ajat ovat osapuolten yhteisiä tavoitteita. Ne eivät korvaa laissa säädettyjä määräaikoja.',
    emergency: 'Hätätilanteessa soita hätänumeroon 112.',
    partners: 'Mukana myös',
  },
};
