import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

const weekdays = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];
const monthNames = [
  'januari',
  'februari',
  'mars',
  'april',
  'maj',
  'juni',
  'juli',
  'augusti',
  'september',
  'oktober',
  'november',
  'december',
];
const ordinals = ['första', 'andra', 'tredje', 'fjärde'];
const rows = { item: 'stående ärende', heading: 'mellanrubrik' };
const weeks = (week: number) => (week === -1 ? 'sista' : (ordinals[week - 1] ?? String(week)));

export const forumYear: Texts['forumYear'] = {
  title: 'Årets möten',
  lead: 'Av mötesmallen uppstår årets möten som utkast. Att flytta ett ändrar inte de andra.',
  link: 'Planera året',
  secretaryOnly: 'Årets möten planeras av forumets sekreterare.',
  loading: 'Hämtar mötesmallen…',
  template: 'Mötesmall',
  newTemplate: 'Ny mötesmall',
  editTemplate: 'Ändra mötesmallen',
  templateSaved: 'Mötesmallen sparades. Möten som redan gjorts ändrades inte.',
  when: 'Mötesdagar',
  rule: ({ frequency, weekday, week = 1, every = 1, months }) => {
    const day = weekdays[weekday - 1] ?? '';
    const rhythm =
      frequency === 'monthly'
        ? `Månadens ${weeks(week)} ${day}`
        : every === 1
          ? `Varje ${day}`
          : `${day.charAt(0).toUpperCase()}${day.slice(1)} var ${every}:e vecka`;
    return months.length === 12
      ? rhythm
      : `${rhythm}: ${months.map((month) => monthNames[month - 1] ?? '').join(', ')}`;
  },
  clock: 'Klockslag',
  clockOf: (clock, minutes) => `kl. ${clock.replace(':', '.')}, ${minutes} min`,
  place: 'Plats',
  items: 'Stående ärenden',
  noItems: 'Inga stående ärenden',
  minutes: (count) => `${num(count)} min`,
  total: (reserved, duration) =>
    reserved > duration
      ? `För ärendena har reserverats ${reserved} min, ${reserved - duration} min mer än mötet varar.`
      : `För ärendena har reserverats ${reserved} min av mötets ${duration} minuter.`,
  frequency: 'Upprepning',
  frequencies: { monthly: 'Månatligen', weekly: 'Veckovis' },
  week: 'Vecka i månaden',
  weeks,
  every: 'Veckor emellan',
  everyWeeks: (count) => (count === 1 ? 'varje vecka' : `var ${num(count)}:e vecka`),
  weekday: 'Veckodag',
  weekdays,
  months: 'Månader då forumet sammanträder',
  monthNames,
  duration: 'Längd i minuter',
  meetingTitle: 'Mötets rubrik',
  meetingTitleHint: 'Får vara tom. {number} och {year} ersätts med mötets nummer och år.',
  rowNo: (no, kind) => `${{ item: 'Stående ärende', heading: 'Mellanrubrik' }[kind]} ${no}`,
  itemMinutes: 'Reserverad tid, min',
  presenter: 'Föredragande',
  up: 'Uppåt',
  down: 'Nedåt',
  moveUp: (no, kind) => `Flytta ${rows[kind]} ${no} uppåt`,
  moveDown: (no, kind) => `Flytta ${rows[kind]} ${no} nedåt`,
  remove: 'Ta bort',
  removeRow: (no, kind) => `Ta bort ${rows[kind]} ${no}`,
  addItem: 'Lägg till ett stående ärende',
  addHeading: 'Lägg till en mellanrubrik',
  preview: 'Årets möten på förhand',
  previewNote: 'Inget uppstår förrän du bekräftar.',
  previewCaption: (year) => `Mötesdagar ${year}`,
  year: 'År',
  make: 'Görs',
  makeOn: (date) => `Gör mötet ${date}`,
  day: 'Dag',
  meeting: 'Möte',
  note: 'Observera',
  noDays: 'Mötesmallen ger inga dagar för detta år.',
  weekend: 'veckoslut',
  moved: (from, why) => `Flyttas från ${from}: ${why}.`,
  movedTo: (date) => `Mötet har gjorts och flyttats: ${date}.`,
  alreadyMade: 'Mötet har redan gjorts.',
  cancelled: 'Mötet har gjorts och ställts in.',
  past: 'Dagen har redan passerat.',
  near: (no, date) => `Möte ${no} hålls redan i närheten, ${date}`,
  notMade: 'Mötena gjordes inte',
  made: (count) =>
    count === 1 ? 'Ett möte gjordes som utkast.' : `${num(count)} möten gjordes som utkast.`,
  makeDrafts: (count) => `Gör ${num(count)} utkast`,
  allMade: 'Alla kommande dagar har redan gjorts.',
  draftsNote: 'Utkasten syns för sekreteraren, koordinatorerna och revisorerna.',
  cycle: 'Årsklocka',
  editCycle: 'Ändra årsklockan',
  editDone: 'Sluta ändra',
  noEvents: 'Inga händelser i planens årsklocka har knutits till detta forum.',
  unplaced: 'Ännu inte i något möte',
  unplacedChoice: 'Inte ännu',
  meetingCancelled: 'Mötet är inställt:',
  placeIn: 'Behandlas i mötet',
  placed: 'Uppgiften sparades.',
  notSaved: 'Uppgiften sparades inte',
  release: 'Lösgör från forumet',
  releaseOf: (title) => `Lösgör från forumet: ${title}`,
  released: 'Händelsen lösgjordes från forumet.',
  assign: 'Knyt en händelse i årsklockan till detta forum',
  chooseEvent: 'Välj en händelse',
  assigned: 'Händelsen knöts till forumet.',
  noFreeEvents: 'Alla händelser i årsklockan har redan ett forum.',
  topics: 'Föreslagna ämnen',
  loadingTopics: 'Hämtar ämnen…',
  noTopics: 'Inga ämnen väntar på behandling.',
  propose: 'Föreslå ett ämne',
  sendProposal: 'Föreslå',
  proposed: 'Ämnet föreslogs för forumet.',
  topicSaved: 'Ämnet sparades.',
  editThis: 'Ändra ämnet',
  edit: 'Ändra',
  editTopic: (title) => `Ändra ämnet: ${title}`,
  withdraw: 'Återta förslaget',
  withdrawTopic: (title) => `Återta förslaget: ${title}`,
  withdrawn: 'Förslaget återtogs.',
  decline: 'Avslå',
  declineTopic: (title) => `Avslå: ${title}`,
  declined: 'Ämnet avslogs.',
  reason: 'Motivering',
  hideSettled: 'Dölj behandlade',
  showSettled: (count) => `Visa behandlade (${num(count)})`,
  topicStates: {
    open: 'Öppet',
    drawn: 'Upptaget till mötet',
    declined: 'Avslaget',
    withdrawn: 'Återtaget',
  },
  about: { goal: 'Mål', action: 'Åtgärd', handover: 'Övergång' },
  caseOf: 'Ärende',
  wantedBy: (date) => `Önskas senast ${date}`,
  topicTitle: 'Ämne',
  why: 'Varför det borde behandlas',
  aboutKind: 'Vad ämnet gäller',
  aboutWhich: {
    goal: 'Mål som ämnet gäller',
    action: 'Åtgärd som ämnet gäller',
    handover: 'Övergång som ämnet gäller',
  },
  none: 'Inget',
  wantedOn: 'Bör behandlas senast',
  caseParty: 'Ärendets part',
  caseNo: 'Ärendets nummer',
  offers: {
    title: 'Erbjuds för föredragningslistan',
    none: 'Inget väntar på behandling.',
    kinds: {
      topic: 'Föreslagna ämnen',
      action: 'Öppna åtgärder',
      deferred: 'Bordlagda ärenden',
      referral: 'Ärenden som hänskjutits till forumet',
      returned: 'Ärenden som ett annat forum återsänt',
      sent: 'Ärenden som hänskjutits till andra forum och väntar på svar',
    },
    does: {
      topic: '',
      action: '',
      deferred:
        'Ärendet tas upp med underärenden och bilagor och fortsätter den tidigare behandlingen.',
      referral: 'När du tar upp ärendet svarar forumet avsändaren att det tar sig an ärendet.',
      returned: 'Ärendet tas upp med bilagor och fortsätter den tidigare behandlingen.',
      sent: 'Ett nytt ärende tas upp på listan. Svaret inväntas fortfarande.',
    },
    forum: {
      referral: (name) => `från ${name}`,
      sent: (name) => `svar inväntas från ${name}`,
    },
    answerBy: (date) => `svar senast ${date}`,
    from: (no) => `från möte ${no}`,
    due: (date) => `tidsfrist ${date}`,
    wantedBy: (date) => `önskas senast ${date}`,
    take: (count) =>
      count > 1 ? `Ta upp ${num(count)} ärenden på listan` : 'Ta upp på föredragningslistan',
    taken: (count) =>
      count === 1
        ? 'Ärendet togs upp på föredragningslistan.'
        : `${num(count)} ärenden togs upp på föredragningslistan.`,
    notTaken: 'Ärendena togs inte upp på föredragningslistan',
  },
};
