import { formatNumber } from '../../lib/numbers';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'fi');

const numbers = [
  '',
  'Yksi',
  'Kaksi',
  'Kolme',
  'Neljä',
  'Viisi',
  'Kuusi',
  'Seitsemän',
  'Kahdeksan',
  'Yhdeksän',
  'Kymmenen',
];
const inNumbers = [
  '',
  'Yhdessä',
  'Kahdessa',
  'Kolmessa',
  'Neljässä',
  'Viidessä',
  'Kuudessa',
  'Seitsemässä',
  'Kahdeksassa',
  'Yhdeksässä',
  'Kymmenessä',
];
const dayCount = (days: number) => (days === 1 ? '1 päivä' : `${days} päivää`);

export const myWork = {
  title: pages.myWork,
  loading: 'Haetaan, mikä odottaa sinua…',
  lead: {
    nothing: 'Mikään ei odota sinua juuri nyt.',
    waiting: (count: number) =>
      count === 1
        ? 'Yksi asia odottaa sinua.'
        : `${numbers[count] ?? num(count)} asiaa odottaa sinua.`,
    late: (days: number) => `Kiireisin on ollut myöhässä ${dayCount(days)}.`,
    approval: 'Kiireisin on kokouksen asiakirjan hyväksyminen.',
    amendment: 'Kiireisin on oikaisun hyväksyminen.',
    comments: 'Kiireisin on vastata siihen, mitä asiakirjasta on sanottu.',
    acceptance: 'Kiireisin on ehdotus, joka odottaa hyväksyntääsi.',
    changes: 'Kiireisin on ehdotus, johon toinen osapuoli pyytää muutoksia.',
    draft: 'Kiireisin on luonnos, joka odottaa kantaasi.',
    reply_late: 'Kiireisin on lähete, johon ei ole vastattu ajoissa.',
    reply: 'Kiireisin on lähete, joka odottaa vastausta.',
    returned: 'Kiireisin on lähete, jonka toinen foorumi on palauttanut.',
    unanswered: 'Kiireisin on lähete, johon toinen foorumi ei ole vastannut ajoissa.',
    unclosed: 'Kiireisin on kokous, jota ei ole päätetty.',
    unapproved: 'Kiireisin on asiakirja, jota kaikki eivät ole hyväksyneet.',
    unpublished: 'Kiireisin on hyväksytty asiakirja, jota ei ole julkaistu.',
    stale: 'Kiireisin on tieto, jota ei ole vahvistettu ajallaan.',
    start_passed: 'Kiireisin on toimenpide, jonka piti jo alkaa.',
    confirm: 'Kiireisin on tieto, joka odottaa vahvistusta.',
    report: 'Lähinnä on raportti, jota avoin raportointikierros pyytää.',
    report_late: 'Kiireisin on raportti, jonka määräpäivä on ohi.',
    narrowed: (count: number) =>
      count === 1 ? 'Rajaukseen osuu yksi asia.' : `Rajaukseen osuu ${num(count)} asiaa.`,
    others: (count: number) => `${inNumbers[count] ?? num(count)} asiassa odotat muita.`,
    due_soon: (days: number) =>
      days === 0 ? 'Lähin määräaika on tänään.' : `Lähimpään määräaikaan on ${dayCount(days)}.`,
  },
  deputyOf: 'Toimit sijaisena',
  signIn: {
    title: 'Oma työ näkyy kirjautuneille',
    text: 'Kirjaudu oman organisaatiosi tunnuksilla. Näet, mikä odottaa sinua tehtävässäsi.',
  },
  noPost: {
    title: 'Sinulla ei ole tehtävää',
    text: 'Oma työ kootaan tehtävän mukaan. Jos hoidat tehtävää, pyydä organisaatiosi pääkäyttäjää kirjaamaan se.',
  },
  awaiting: {
    days: (n: number) =>
      n === 0 ? 'Odottanut tästä päivästä' : `Odottanut ${num(n)} ${n === 1 ? 'päivän' : 'päivää'}`,
    proposed: (party: string, day: string) => (party ? `${party} ehdotti ${day}` : day),
  },
  waiting: 'Odottaa sinua',
  waitingMeta: (count: number) => (count === 1 ? '1' : `${num(count)}, kiireisin ensin`),
  nothingWaiting: 'Mikään ei odota sinua. Vastuusi ovat alla.',
  more: (count: number) => `Näytä lisää (${num(count)})`,
  rest: (shown: number, total: number) =>
    `Luettelossa on ${num(shown)} kiireisintä. Kaikkiaan ${num(total)} asiaa odottaa; loput tulevat esiin, kun näitä hoidetaan.`,
  nothingNarrowed: 'Rajaukseen ei osu mikään sinua odottava asia.',
  narrow: 'Mitä näytetään',
  allReasons: 'Kaikki',
  reasonGroups: {
    late: 'Myöhässä',
    acceptance: 'Hyväksyttävät ja luonnokset',
    papers: 'Kokousten asiakirjat',
    referrals: 'Lähetteet',
    stale: 'Vahvistettavat',
    due_soon: 'Määräaika lähellä',
    rounds: 'Raportointikierrokset',
  },
  unit: {
    scope: 'Kenen työ',
    scopes: { own: 'Omat', unit: 'Yksikköni' },
    title: 'Yksikkösi toimenpiteet',
    nothing: 'Yksikössäsi mikään ei ole myöhässä, vanhentunut eikä määräaikansa lähellä.',
    lead: (count: number) =>
      count === 0
        ? 'Yksikössäsi mikään ei ole myöhässä, vanhentunut eikä määräaikansa lähellä.'
        : count === 1
          ? 'Yksikössäsi yksi toimenpide on myöhässä, vanhentunut tai määräaikansa lähellä.'
          : `Yksikössäsi ${num(count)} toimenpidettä on myöhässä, vanhentunut tai määräaikansa lähellä.`,
    all: (count: number) => `Kaikki nämä toimenpiteet (${num(count)})`,
    byUnit: 'Yksiköittäin',
    byPost: 'Tehtävittäin',
    unit: 'Yksikkö',
    post: 'Tehtävä',
    below: 'Yksikön luvuissa ovat mukana myös sen alla olevat yksiköt.',
    freshness: 'Tietojen tuoreus',
    some: (shown: number, total: number) =>
      `Luettelossa on ${num(shown)}, kaikkiaan niitä on ${num(total)}.`,
    conditions: {
      late: 'Myöhässä',
      stale: 'Tieto vanhentunut',
      due_soon: 'Määräaika lähellä',
    },
    show: (name: string, condition: string, count: number) =>
      `${name}, ${condition.toLowerCase()}: ${num(count)}, näytä`,
  },
  awaited: {
    title: 'Odotat muita',
    loading: 'Haetaan, mitä odotat muilta…',
    meta: (count: number) => (count === 1 ? '1' : `${num(count)}, pisimpään odottanut ensin`),
    nothing: 'Et odota muilta mitään juuri nyt.',
    more: (count: number) => `Näytä loput (${num(count)})`,
    rest: (shown: number, total: number) =>
      `Luettelossa on ${num(shown)} pisimpään odottanutta, kaikkiaan niitä on ${num(total)}.`,
    since: (days: number, on: string) =>
      days === 0
        ? `odotettu ${on} alkaen`
        : `odotettu ${on} alkaen, ${days === 1 ? '1 työpäivä' : `${days} työpäivää`}`,
    open: {
      acceptance: 'Avaa ja kommentoi',
      draft: 'Avaa luonnos',
      reply: 'Avaa kokous',
      answer: 'Avaa',
      minutes: 'Avaa kokous',
      report: 'Avaa toimenpide',
      predecessor: 'Avaa toimenpide',
    },
    why: {
      acceptance: 'Ehdotus odottaa hyväksyntää.',
      draft: 'Luonnos odottaa kantaa.',
      reply: (on: string) => `Lähetteeseen odotetaan vastausta ${on} mennessä:`,
      answer: 'Siihen, mitä sanoit, ei ole vielä vastattu.',
      report: 'Toisen osapuolen tilannetieto on vanhentunut.',
      unclosed: 'Kokousta ei ole vielä päätetty.',
      unapproved: (pending: number) =>
        pending === 1
          ? 'Asiakirja odottaa yhden hyväksyjän hyväksyntää.'
          : `Asiakirja odottaa ${pending} hyväksyjän hyväksyntää.`,
      unpublished: 'Asiakirja on hyväksytty, mutta sitä ei ole julkaistu.',
      predecessor: (on: string, own: string) =>
        `Määräaika oli ${on}. Tätä odottaa oma toimenpiteesi: ${own}.`,
    },
  },
  round: { one: 'Kysyy raportointikierros', report: 'Raportoi' },
  reasons: {
    late: 'Myöhässä',
    approval: 'Hyväksyttäväsi',
    amendment: 'Hyväksyttävä oikaisu',
    comments: 'Vastattavaa',
    acceptance: 'Hyväksyttäväsi',
    changes: 'Muutoksia pyydetty',
    draft: 'Luonnos odottaa kantaasi',
    reply_late: 'Lähete myöhässä',
    reply: 'Lähete odottaa',
    returned: 'Lähete palautettu',
    unanswered: 'Lähetteeseen ei vastattu',
    unclosed: 'Päätettävä kokous',
    unapproved: 'Hyväksyntä puuttuu',
    unpublished: 'Julkaistava',
    stale: 'Tieto vanhentunut',
    start_passed: 'Alkamispäivä ohi',
    confirm: 'Vahvistettava',
    due_soon: 'Määräaika lähellä',
    report: 'Raportoitava',
    report_late: 'Raportti myöhässä',
  },
  alsoReason: (reason: string, since: string) =>
    `Lisäksi: ${reason.toLowerCase()}${since && `, ${since}`}`,
  since: {
    late: dayCount,
    approval: (days: number) => (days === 0 ? 'tänään' : dayCount(days)),
    stale: (on: string) => `raja ylittyi ${on}`,
    start_passed: dayCount,
    confirm: (on: string) => `raja ylittyy ${on}`,
    due_soon: (on: string) => `${on} mennessä`,
    report: (days: number, on: string) =>
      days === 0
        ? `viimeinen päivä on ${on}`
        : `${days === 1 ? '1 työpäivä' : `${days} työpäivää`} jäljellä, viimeistään ${on}`,
    report_late: (days: number) =>
      days === 0 ? 'määräpäivä on ohi' : days === 1 ? '1 työpäivä' : `${days} työpäivää`,
  },
  why: {
    late: 'Määräaika on ohi. Kirjaa tilanne tai sovi uusi määräaika toimenpiteen sivulla.',
    stale: 'Tilannetta ei ole vahvistettu rajan sisällä. Pitääkö se yhä paikkansa?',
    lateTask: (kind: 'task' | 'milestone', title: string, on: string, ofOther: boolean) =>
      `${kind === 'milestone' ? 'Virstanpylvään' : 'Osatehtävän'} ”${title}” määräaika oli ${on}. ${
        ofOther
          ? `${kind === 'milestone' ? 'Virstanpylväästä' : 'Osatehtävästä'} vastaa toinen osapuoli. Sovi asiasta sen kanssa.`
          : 'Merkitse se valmiiksi tai sovi uusi määräaika toimenpiteen sivulla.'
      }`,
    soonTask: (kind: 'task' | 'milestone', title: string, on: string) =>
      `${kind === 'milestone' ? 'Virstanpylvään' : 'Osatehtävän'} ”${title}” määräaika on ${on}.`,
    start_passed: (on: string) => `Piti alkaa ${on}. Onko työ alkanut?`,
    confirm: (status: string) => `${status}. Pitääkö tieto yhä paikkansa?`,
    due_soon: 'Valmistuuko ajallaan? Kirjaa tilanne.',
    report: (action: boolean): string =>
      action
        ? 'Kirjaa tilanne tai vahvista, että se pitää yhä paikkansa.'
        : 'Arvioi, mitä jaksolla on saatu aikaan.',
    report_late: (action: boolean, on: string) =>
      `Määräpäivä oli ${on}. ${action ? 'Kirjaus' : 'Raportti'} merkitään myöhästyneeksi.`,
    draft: (party: string) => `${party} ehdottaa muutosta. Lue luonnos ja kerro oma kantanne.`,
    unclosed: 'Kokousaika on ohi. Kirjaa kokouksen tulokset ja päätä kokous.',
    unapproved: (pending: number) =>
      pending === 1
        ? 'Yksi hyväksyjä ei ole vielä hyväksynyt asiakirjaa. Muistuta asiasta.'
        : `${pending} hyväksyjää ei ole vielä hyväksynyt asiakirjaa. Muistuta asiasta.`,
    unpublished: 'Asiakirja on hyväksytty. Julkaise se.',
    chair: 'Kokous on päättynyt. Puheenjohtajana hyväksyt asiakirjan, ennen kuin se julkaistaan.',
    inspector: 'Kokous on päättynyt. Tarkastajana hyväksyt asiakirjan, ennen kuin se julkaistaan.',
    amendment:
      'Hyväksyttyyn asiakirjaan ehdotetaan oikaisua. Se julkaistaan, kun hyväksyjät ovat sen hyväksyneet.',
    comments: (comments: number, returns: number) =>
      [
        comments === 0
          ? ''
          : comments === 1
            ? 'Asiakirjassa on yksi avoin kommentti.'
            : `Asiakirjassa on ${comments} avointa kommenttia.`,
        returns === 0
          ? ''
          : returns === 1
            ? 'Yksi hyväksyjä on palauttanut sen.'
            : `${returns} hyväksyjää on palauttanut sen.`,
      ]
        .filter(Boolean)
        .join(' '),
  },
  dueMeta: (due: string, confirmed: string) => [due, confirmed].filter(Boolean).join(' · '),
  due: (date: string) => `Määräaika ${date}`,
  confirmed: (days: number) =>
    days === 0 ? 'vahvistettu tänään' : `vahvistettu ${dayCount(days)} sitten`,
  update: 'Päivitä tilanne',
  readPaper: 'Lue ja hyväksy',
  readPaperOf: (name: string) => `Lue ja hyväksy: ${name}`,
  answerPaper: 'Lue ja vastaa',
  answerPaperOf: (name: string) => `Lue ja vastaa: ${name}`,
  readDraft: 'Lue luonnos',
  readDraftOf: (name: string) => `Lue luonnos: ${name}`,
  openMeeting: 'Avaa kokous',
  openMeetingOf: (name: string) => `Avaa kokous: ${name}`,
  ownTasks: 'Omat osatehtäväsi',
  meeting: (forum: string, number: number, year: number) => `${forum} ${number}/${year}`,
  duties: 'Vastuusi',
  dutiesCaption: 'Omat toimenpiteet',
  allMine: 'Kaikki omat toimenpiteet',
  allMineOf: (count: number) => `Kaikki omat toimenpiteet (${num(count)})`,
  noActions: 'Sinulla ei ole keskeneräisiä toimenpiteitä.',
  columns: {
    no: 'Nro',
    action: 'Toimenpide',
    status: 'Tila',
    due: 'Määräaika',
    condition: 'Kunto',
  },
  also: 'Lisäksi',
  allDuties: (count: number) => `kaikki vastuut (${num(count)})`,
  moreMeetings: (count: number) => `Lisäksi kokouksia: ${num(count)}. Kalenteriin`,
  moreDeadlines: (count: number) => `Lisäksi määräaikoja: ${num(count)}`,
  duty: {
    goal: (no: number) => `tavoite ${no}`,
    stages: (count: number) =>
      count === 1 ? 'yksi vaihe ketjussa' : `${num(count)} vaihetta ketjussa`,
    chair: 'puheenjohtaja',
    secretary: 'sihteeri',
    lead: 'päävastuu',
    shared: 'yhteisvastuu',
  },
  keys: {
    title: 'Näppäimet',
    off: 'Näppäimet ovat pois käytöstä.',
    all: 'kaikki näppäimet',
    on: 'Näppäimet ovat käytössä tässä selaimessa',
    next: 'seuraava rivi',
    previous: 'edellinen rivi',
    update: 'päivitä tilanne',
    confirm: 'vahvista: pitää yhä paikkansa',
    accept: 'tee, mitä rivi pyytää; hyväksyminen vahvistetaan Enterillä',
    undo: 'kumoa viimeisin',
    open: 'avaa rivin asia',
    help: 'nämä näppäimet',
  },
  weeks: 'Lähiviikot',
  today: 'Tänään',
  nothingComing: 'Neljän viikon aikana ei ole kokouksia eikä määräaikoja.',
  dueOf: (no: number) => `Toimenpiteen ${no} määräaika`,
  recent: 'Muutokset viikon aikana',
  noRecent: 'Muut eivät ole kirjanneet tilannetta toimenpiteisiisi viikon aikana.',
  reported: (no: number, status: string) => `päivitti toimenpidettä ${no}: ${status}`,
};
