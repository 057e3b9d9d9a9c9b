import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import type { AnswerFigures, AnswerPart } from '../fi/forums';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'sv');

export const forums: Texts['forums'] = {
  responsibilities: 'Forumets ansvar',
  noResponsibilities: 'Inga särskilda ansvar har avtalats för forumet.',
  title: pages.forums,
  leadCount: (count) => `${num(count)} forum`,
  leadHeld: (held) => (held === 1 ? '1 möte' : `${held} möten`),
  lead: {
    before: 'Parterna har ',
    year: (year) => `. Under ${year} har det hållits `,
    agreed: (agreed) => `, medan ${agreed} har avtalats.`,
    next: ' Närmast sammanträder ',
    on: (date) => ` ${date}.`,
  },
  caption: 'Forumen i bokstavsordning',
  loading: 'Hämtar forum…',
  loadingOne: 'Hämtar forumet…',
  loadingMeetings: 'Hämtar möten…',
  loadingDecisions: 'Hämtar beslut…',
  none: 'Det finns inga forum.',
  create: 'Nytt forum',
  createForbidden: 'Ett forum kan skapas av en parts välfärdskoordinator.',
  columns: {
    forum: 'Forum',
    parties: 'Parter',
    posts: 'Ordförande och sekreterare',
    rhythm: (year) => `Hållna ${year ?? ''}`,
    last: 'Senast',
    next: 'Nästa',
  },
  heldOf: (held, agreed) => (agreed > 0 ? `${held} / ${agreed}` : `${held}, inget antal avtalat`),
  filters: { level: 'Nivå', party: 'Part', chain: 'Servicekedja', all: 'Alla' },
  noChain: 'Ingen servicekedja',
  noMember: 'Inga medlemmar',
  levels: {
    statutory: 'Lagstadgat',
    strategic: 'Strategiskt',
    thematic: 'Temagrupp',
    network: 'Nätverk',
  },
  reaches: { bilateral: 'Två parter', regional: 'Regionalt' },
  papers: { memo: 'Promemoria', minutes: 'Protokoll' },
  roles: { chair: 'ordförande', secretary: 'sekreterare', member: 'medlem' },
  answer: (figures) => [...held(figures), ...decided(figures)],
  mandate: 'Uppdrag och befogenheter',
  members: 'Medlemmar',
  seats: (count) =>
    count === 1 ? '1 medlem' : `${num(count)} medlemmar, befattningar och representanter`,
  noMembers: 'Det finns inga medlemmar.',
  from: (date) => `från ${date}`,
  until: (date) => `till ${date}`,
  meetings: (year, held, agreed) =>
    agreed > 0
      ? `Möten ${year}: hållna ${held}, avtalade ${agreed}`
      : `Möten ${year}: hållna ${held}`,
  noMeetings: (year) => `Inga möten har antecknats för ${year}.`,
  earlier: (count) => (count === undefined ? 'Tidigare möten' : `Tidigare möten (${num(count)})`),
  hideEarlier: 'Dölj tidigare möten',
  earlierCaption: 'Tidigare möten, det senaste först',
  meeting: 'Möte',
  day: 'Dag',
  state: 'Läge',
  states: {
    draft: () => 'utkast',
    called: () => 'sammankallat',
    in_progress: () => 'pågår',
    closed: (paper) =>
      paper === 'minutes' ? 'hållet, protokollet ej godkänt' : 'hållet, promemorian ej godkänd',
    approved: (paper) =>
      paper === 'minutes' ? 'hållet, protokollet godkänt' : 'hållet, promemorian godkänd',
    published: (paper) =>
      paper === 'minutes' ? 'hållet, protokollet publicerat' : 'hållet, promemorian publicerad',
    cancelled: () => 'inställt',
  },
  attendance: 'Närvaro per part',
  attendanceNote:
    'Räknade är ordföranden, medlemmarna och deras ersättare. Forumet är beslutfört när någon från vardera parten är närvarande.',
  attendanceLatest: (count) => `De ${num(count)} senaste mötena; totalt för hela året`,
  attendanceCaption: 'Närvaro vid mötena per part',
  party: 'Part',
  places: 'Platser',
  total: 'Totalt',
  decisions: 'Vad som beslutades och vad det ledde till',
  decisionsCaption: 'Besluten, deras fortsättning och läge, det senaste först',
  decisionsNote: 'det senaste först',
  section: 'Paragraf',
  itemNo: (no) => `ärende ${no}`,
  decision: 'Beslut',
  followUp: 'Fortsättning',
  conditionNow: 'Läge nu',
  nothingToFollow: 'Inget att följa upp',
  lacksEnding: 'Fortsättning saknas',
  reason: 'Motivering:',
  carried: { deferred: 'Bordlagt', referral: 'Hänskjutet', other: 'Ingen åtgärd' },
  noDecisions: 'Det finns inga publicerade beslut.',
  outcomes: {
    decision: 'Beslut',
    assignment: 'Uppdrag',
    recommendation: 'Rekommendation',
    noted: 'Antecknat för kännedom',
    deferred: 'Bordläggning',
    referral: 'Hänskjutning',
  },
  noAction: 'Inga åtgärder',
  open: 'Öppet',
  pending: 'Övrigt som väntar',
  openNote: (count) =>
    count === 1 ? '1 ärende' : `${num(count)} ärenden, det som väntat längst först`,
  showAllOpen: (count) => `Visa alla ${num(count)} ärenden`,
  openKinds: { unplanned: 'Inte avtalat', paper: 'Väntar', outcome: 'Utan fortsättning' },
  replacement: (date) => `Ett möte i stället för det inställda ${date}`,
  waitsApproval: (paper, no) =>
    paper === 'minutes' ? `Godkännande av protokoll ${no}` : `Godkännande av promemoria ${no}`,
  waitsPublication: (paper, no) =>
    paper === 'minutes' ? `Publicering av protokoll ${no}` : `Publicering av promemoria ${no}`,
  closedOn: (date) => `Mötet avslutades ${date}`,
  approvedOn: (date) => `Godkänt ${date}`,
  lateAction: (no) => `Åtgärd ${no}: `,
  dueWas: (date) => `Tidsfristen var ${date}`,
  days: (count) => (count === 1 ? '1 dag' : `${num(count)} dagar`),
  next: 'Nästa möte',
  noNext: 'Nästa möte har inte sammankallats.',
  hiddenItem: 'Internt ärende',
  agendaLater:
    'Föredragningslistan visas för medlemmarna från kallelsen och för alla när mötet har publicerats.',
  clock: (from, to) => `kl. ${from}–${to}`,
  facts: 'Basuppgifter',
  level: 'Nivå',
  basis: 'Grund',
  reportsTo: 'Rapporterar till',
  rhythm: 'Rytm',
  rhythmOf: (count) =>
    count === 0 ? 'Inte avtalad' : count === 1 ? '1 möte per år' : `${num(count)} möten per år`,
  paper: 'Handling',
  chain: 'Servicekedja',
  goals: 'Mål',
  goalEnded: (day) => `avslutat ${day}`,
  since: 'Inledde',
  documents: 'Handlingar',
  documentOf: (paper, no) => (paper === 'minutes' ? `Protokoll ${no}` : `Promemoria ${no}`),
  publishedOn: (date) => `Publicerat ${date}`,
  edit: 'Redigera',
  editForum: 'Redigera forumet',
  editMembers: 'Redigera medlemmar',
  editMembersDone: 'Sluta redigera medlemmar',
  saved: 'Uppgifterna om forumet sparades.',
  created: 'Forumet skapades.',
  addMember: 'Lägg till en medlem',
  memberAdded: 'Medlemmen lades till.',
  post: 'Befattning eller representant',
  role: 'Roll',
  fromDay: 'Från',
  endMembership: 'Avsluta medlemskapet',
  endRole: (role) => `Avsluta medlemskapet: ${role}`,
  endMembershipOf: (post, role) => `Avsluta medlemskapet: ${post}, ${role}`,
  endOn: 'Sista dag',
  endReason: 'Orsak',
  membershipEnded: 'Medlemskapets sista dag sparades.',
  newMeeting: 'Nytt möte',
  newMeetingText: 'Mötet blir ett utkast. Kallelsen kan du skicka på mötets sida.',
  meetingDay: 'Dag',
  startsAt: 'Börjar',
  endsAt: 'Slutar',
  clockHint: 'I formen 13.00',
  place: 'Plats',
  placeHint: 'Rum och adress, eller distansförbindelse',
  form: {
    key: 'Kod',
    keyHint: 'Kort namn: små bokstäver a–z, siffror och understreck, till exempel lape',
    title: 'Namn',
    purpose: 'Syfte i en mening',
    mandate: 'Uppdrag och befogenheter',
    level: 'Nivå',
    reach: 'Omfattning',
    paper: 'Mötets handling',
    rhythm: 'Möten per år',
    referralDays: 'Svarstid för hänskjutna ärenden, dagar',
    rhythmHint: '0, om inget antal har avtalats',
    parent: 'Rapporterar till forumet',
    chain: 'Servicekedja',
    none: 'Ingen',
  },
};

const words = [
  'noll',
  'ett',
  'två',
  'tre',
  'fyra',
  'fem',
  'sex',
  'sju',
  'åtta',
  'nio',
  'tio',
  'elva',
  'tolv',
];
const word = (count: number) => words[count] ?? num(count);

function held({ held, agreed }: AnswerFigures): AnswerPart[] {
  if (held === 0) {
    if (agreed === 0) return [{ text: 'Forumet har inte sammanträtt i år.' }];
    const none = agreed === 1 ? 'sitt enda möte' : `något av sina ${word(agreed)} möten`;
    return [
      { text: 'Forumet har i år inte hållit ' },
      { text: none, to: 'meetings' },
      { text: '.' },
    ];
  }
  let what = held === 1 ? 'ett möte' : `${word(held)} möten`;
  if (agreed > held) what = `${word(held)} av sina ${word(agreed)} möten`;
  else if (agreed === held) {
    what = agreed === 1 ? 'sitt enda avtalade möte' : `alla sina ${word(agreed)} möten`;
  } else if (agreed > 0) what += `, medan ${word(agreed)} har avtalats`;
  return [{ text: 'Forumet har i år hållit ' }, { text: what, to: 'meetings' }, { text: '.' }];
}

function decided({ held, decisions, open, late, latestOnly }: AnswerFigures): AnswerPart[] {
  if (decisions === 0) {
    return held === 0 ? [] : [{ text: ' Inga beslut har antecknats eller publicerats.' }];
  }
  const lateText = late === 1 ? 'ett är försenat' : `${word(late)} är försenade`;
  if (decisions === 1) {
    if (open > 0) {
      return [
        { text: ' Dess enda beslut ' },
        { text: 'saknar fortsättning', to: 'decisions' },
        { text: '.' },
      ];
    }
    return late > 0
      ? [
          { text: ' Dess enda beslut har en fortsättning, men ' },
          { text: 'den är försenad', to: 'decisions' },
          { text: '.' },
        ]
      : [
          { text: ' Dess ' },
          { text: 'enda beslut', to: 'decisions' },
          { text: ' har en fortsättning.' },
        ];
  }
  const all = ` Av dess ${word(decisions)} ${latestOnly ? 'senaste ' : ''}beslut `;
  if (open > 0) {
    return [
      { text: `${all}saknar ` },
      { text: `${word(open)} fortsättning`, to: 'decisions' },
      ...(late > 0 ? [{ text: ' och ' }, { text: lateText, to: 'decisions' as const }] : []),
      { text: '.' },
    ];
  }
  return late > 0
    ? [
        { text: `${all}har alla en fortsättning, men ` },
        { text: lateText, to: 'decisions' },
        { text: '.' },
      ]
    : [
        { text: all },
        { text: 'har alla en fortsättning', to: 'decisions' },
        { text: ', och ingen av dem är försenad.' },
      ];
}
