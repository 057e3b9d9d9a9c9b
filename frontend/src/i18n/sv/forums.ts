import type { Texts } from '../fi';

export const forums: Texts['forums'] = {
  title: 'Forum',
  lead: (count, without) =>
    `Parterna möts i ${count === 1 ? 'ett forum' : `${count} forum`}. ` +
    (without === 0
      ? 'Nästa möte är känt för vart och ett.'
      : without === 1
        ? 'För ett av dem är nästa möte inte känt.'
        : `För ${without} av dem är nästa möte inte känt.`),
  caption: 'Forum',
  loading: 'Hämtar forum…',
  loadingOne: 'Hämtar forumet…',
  count: (count) => `${count} forum`,
  none: 'Det finns inga forum ännu.',
  create: 'Nytt forum',
  columns: {
    forum: 'Forum',
    parties: 'Parter',
    rhythm: 'Möten',
    last: 'Senast',
    next: 'Härnäst',
    level: 'Nivå',
  },
  heldOf: (held, agreed) => `${held}/${agreed} hållna`,
  heldOnly: (held) => `${held} hållna`,
  noNext: 'Inte känt',
  noLast: 'Inte ännu',
  filters: { level: 'Nivå', party: 'Part', goal: 'Mål', all: 'Alla' },
  levels: {
    statutory: 'Lagstadgat',
    strategic: 'Strategiskt',
    thematic: 'Temagrupp',
    network: 'Nätverk',
  },
  reaches: { bilateral: 'Esbo och LUVN', regional: 'regionalt' },
  reachNames: { bilateral: 'Bilateralt', regional: 'Regionalt' },
  papers: { memo: 'Promemoria', minutes: 'Protokoll' },
  roles: { chair: 'ordförande', secretary: 'sekreterare', member: 'medlem' },
  mandate: 'Uppgift',
  inChain: 'Gruppen följer servicekedjan',
  members: 'Medlemmar',
  seats: (count) => (count === 1 ? '1 medlem' : `${count} medlemmar, befattningar`),
  noMembers: 'Inga medlemmar.',
  from: (date) => `från ${date}`,
  until: (date) => `till ${date}`,
  meetings: (held, agreed) =>
    agreed > 0 ? `Möten: hållna ${held}, avtalade ${agreed}` : `Möten: hållna ${held}`,
  earlier: (count) => `Tidigare möten (${count})`,
  noMeetings: 'Det finns inga möten för detta år.',
  toBeAgreed: 'Inte avtalat',
  statuses: {
    draft: 'utkast',
    called: 'sammankallat',
    in_progress: 'pågår',
    closed: 'hållet, väntar på godkännande',
    approved: 'hållet, godkänt',
    published: 'hållet, publicerat',
    cancelled: 'inställt',
  },
  cancelledBecause: (reason) => `inställt: ${reason}`,
  attendance: 'Närvaro per part',
  attendanceNote: 'Beslutfört när båda är närvarande',
  attendanceCaption: 'Närvaro vid möten per part',
  party: 'Part',
  total: 'Totalt',
  decisions: 'Vad som beslutades och vad det ledde till',
  decisionsCaption: 'Beslut, deras fortsättning och läge, det senaste först',
  section: 'Paragraf',
  item: 'Ärende',
  decision: 'Beslut',
  followUp: 'Fortsättning',
  conditionNow: 'Läge nu',
  nothingToFollow: 'Inget att följa upp',
  notFollowed: 'Utan fortsättning',
  noActionBecause: (reason) => `Inga åtgärder: ${reason}`,
  noDecisions: 'Det finns inga publicerade beslut.',
  next: 'Nästa möte',
  noNextMeeting: 'Nästa möte är inte känt.',
  agendaLater:
    'Medlemmarna ser föredragningslistan efter kallelsen och alla när handlingen har publicerats.',
  createMeeting: 'Skapa möte',
  facts: 'Grunduppgifter',
  level: 'Nivå',
  reportsTo: 'Rapporterar till',
  rhythm: 'Rytm',
  rhythmValue: (count) => (count === 1 ? '1 möte per år' : `${count} möten per år`),
  paper: 'Handling',
  goals: 'Mål',
  chain: 'Servicekedja',
  since: 'I kraft',
  documents: 'Handlingar',
  documentOf: {
    memo: (name) => `Promemoria ${name}`,
    minutes: (name) => `Protokoll ${name}`,
  },
  publishedOn: (date) => `Publicerat ${date}`,
  edit: 'Redigera',
  editForum: 'Redigera forumet',
  editMembers: 'Redigera medlemmar',
  editLabel: 'Uppgifter om forumet',
  saved: 'Forumet har sparats.',
  answer: {
    held: (held, agreed) => ({
      before: 'Gruppen har i år hållit ',
      link:
        agreed > 0 && held <= agreed
          ? `${numeral(held, 'ett')} av sina ${numeral(agreed, 'ett')} möten`
          : `${numeral(held, 'ett')} ${held === 1 ? 'möte' : 'möten'}`,
      after: '.',
    }),
    heldNone: 'Gruppen har inte sammanträtt i år.',
    decided: (count) =>
      count === 1
        ? 'Dess enda beslut har en fortsättning'
        : `Alla dess ${numeral(count, 'ett')} beslut har en fortsättning`,
    open: (count, all) => ({
      before: `Av dess ${numeral(all, 'ett')} beslut är `,
      link: `${numeral(count, 'ett')} utan fortsättning`,
    }),
    late: (count) => ({
      before: ', men av åtgärderna är ',
      link: count === 1 ? 'en försenad' : `${numeral(count, 'en')} försenade`,
    }),
  },
  form: {
    key: 'Beteckning',
    keyHint: 'Kort namn för adresser: små bokstäver a–z, siffror och understreck',
    title: 'Namn',
    purpose: 'Syfte',
    mandate: 'Uppgift och befogenhet',
    level: 'Nivå',
    reach: 'Räckvidd',
    paper: 'Handling',
    rhythm: 'Möten per år',
    parent: 'Rapporterar till forumet',
    chain: 'Servicekedja',
    goals: 'Mål',
    none: 'Inget',
    post: 'Befattning',
    role: 'Roll',
    fromDay: 'Från och med',
    addMember: 'Lägg till medlem',
    memberAdded: 'Medlemmen har lagts till.',
    end: 'Avsluta medlemskapet',
    endOf: (post) => `Avsluta medlemskapet: ${post}`,
    endOn: 'Sista dag',
    reason: 'Orsak',
    ended: 'Medlemskapet avslutas.',
    done: 'Klar',
  },
};

const words = ['noll', '', 'två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta', 'nio', 'tio'];

/** A small number in words; one by the gender of what is counted. */
function numeral(count: number, one: 'en' | 'ett'): string {
  return count === 1 ? one : (words[count] ?? String(count));
}
