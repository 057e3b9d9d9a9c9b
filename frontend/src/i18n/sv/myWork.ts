import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'sv');

const numbers = ['', 'En', 'Två', 'Tre', 'Fyra', 'Fem', 'Sex', 'Sju', 'Åtta', 'Nio', 'Tio'];
const dayCount = (days: number) => (days === 1 ? '1 dag' : `${days} dagar`);

export const myWork: Texts['myWork'] = {
  title: pages.myWork,
  loading: 'Det som väntar på dig hämtas…',
  lead: {
    nothing: 'Ingenting väntar på dig just nu.',
    waiting: (count) =>
      count === 1
        ? 'En sak väntar på dig.'
        : `${numbers[count] ?? num(count)} saker väntar på dig.`,
    late: (days) => `Den mest brådskande har varit försenad i ${dayCount(days)}.`,
    approval: 'Mest brådskande är att godkänna ett mötes handling.',
    amendment: 'Mest brådskande är att godkänna en rättelse.',
    comments: 'Mest brådskande är att svara på det som har sagts om handlingen.',
    acceptance: 'Mest brådskande är ett förslag som väntar på ditt godkännande.',
    changes: 'Mest brådskande är ett förslag som den andra parten vill ha ändrat.',
    draft: 'Mest brådskande är ett utkast som väntar på din ståndpunkt.',
    reply_late: 'Mest brådskande är en hänskjutning som inte har besvarats i tid.',
    reply: 'Mest brådskande är en hänskjutning som väntar på svar.',
    returned: 'Mest brådskande är en hänskjutning som det andra forumet har återsänt.',
    unanswered: 'Mest brådskande är en hänskjutning som det andra forumet inte har besvarat i tid.',
    unclosed: 'Mest brådskande är ett möte som inte har avslutats.',
    unapproved: 'Mest brådskande är en handling som inte alla har godkänt.',
    unpublished: 'Mest brådskande är en godkänd handling som inte har publicerats.',
    stale: 'Mest brådskande är en uppgift som inte har bekräftats i tid.',
    start_passed: 'Mest brådskande är en åtgärd som redan skulle ha börjat.',
    confirm: 'Mest brådskande är en uppgift som väntar på bekräftelse.',
    report: 'Närmast är en rapport som en öppen rapporteringsomgång begär.',
    report_late: 'Mest brådskande är en rapport vars sista dag har gått ut.',
    narrowed: (count) =>
      count === 1
        ? 'Avgränsningen omfattar en sak.'
        : `Avgränsningen omfattar ${num(count)} saker.`,
    others: (count) =>
      count === 1
        ? 'I en sak väntar du på andra.'
        : `I ${numbers[count]?.toLowerCase() ?? num(count)} saker väntar du på andra.`,
    due_soon: (days) =>
      days === 0 ? 'Närmaste tidsfrist är i dag.' : `${dayCount(days)} till närmaste tidsfrist.`,
  },
  deputyOf: 'Du är ställföreträdare',
  signIn: {
    title: 'Mitt arbete visas för inloggade',
    text: 'Logga in med din organisations konto. Du ser vad som väntar på dig i din befattning.',
  },
  noPost: {
    title: 'Du har ingen befattning',
    text: 'Mitt arbete sammanställs efter befattning. Om du sköter en befattning, be din organisations huvudanvändare registrera den.',
  },
  awaiting: {
    days: (n) => (n === 0 ? 'Väntat sedan i dag' : `Väntat ${num(n)} ${n === 1 ? 'dag' : 'dagar'}`),
    proposed: (party, day) => (party ? `${party} föreslog ${day}` : day),
  },
  waiting: 'Väntar på dig',
  waitingMeta: (count) => (count === 1 ? '1' : `${num(count)}, mest brådskande först`),
  nothingWaiting: 'Ingenting väntar på dig. Det du ansvarar för finns nedan.',
  more: (count) => `Visa fler (${num(count)})`,
  rest: (shown, total) =>
    `Här är de ${num(shown)} mest brådskande. Sammanlagt väntar ${num(total)} saker; resten kommer fram när de här sköts.`,
  nothingNarrowed: 'Ingenting av det som väntar på dig omfattas av avgränsningen.',
  narrow: 'Vad som visas',
  allReasons: 'Allt',
  reasonGroups: {
    late: 'Försenat',
    acceptance: 'Att godkänna och utkast',
    papers: 'Möteshandlingar',
    referrals: 'Hänskjutningar',
    stale: 'Att bekräfta',
    due_soon: 'Tidsfristen nära',
    rounds: 'Rapporteringsomgångar',
  },
  unit: {
    scope: 'Vems arbete',
    scopes: { own: 'Eget', unit: 'Min enhet' },
    title: 'Din enhets åtgärder',
    nothing: 'I din enhet är ingenting försenat, föråldrat eller nära sin tidsfrist.',
    lead: (count) =>
      count === 0
        ? 'I din enhet är ingenting försenat, föråldrat eller nära sin tidsfrist.'
        : count === 1
          ? 'I din enhet är en åtgärd försenad, föråldrad eller nära sin tidsfrist.'
          : `I din enhet är ${num(count)} åtgärder försenade, föråldrade eller nära sin tidsfrist.`,
    all: (count) => `Alla dessa åtgärder (${num(count)})`,
    byUnit: 'Enligt enhet',
    byPost: 'Enligt befattning',
    unit: 'Enhet',
    post: 'Befattning',
    below: 'I en enhets siffror ingår också enheterna under den.',
    freshness: 'Uppgifternas aktualitet',
    some: (shown, total) => `Här är ${num(shown)}, sammanlagt är de ${num(total)}.`,
    conditions: {
      late: 'Försenad',
      stale: 'Föråldrad uppgift',
      due_soon: 'Tidsfristen nära',
    },
    show: (name, condition, count) => `${name}, ${condition.toLowerCase()}: ${num(count)}, visa`,
  },
  awaited: {
    title: 'Du väntar på andra',
    loading: 'Det som du väntar på av andra hämtas…',
    meta: (count) => (count === 1 ? '1' : `${num(count)}, det som väntat längst först`),
    nothing: 'Du väntar inte på något av andra just nu.',
    more: (count) => `Visa resten (${num(count)})`,
    rest: (shown, total) =>
      `Här är de ${num(shown)} som väntat längst, sammanlagt är de ${num(total)}.`,
    since: (days, on) =>
      days === 0
        ? `väntat sedan ${on}`
        : `väntat sedan ${on}, ${days === 1 ? '1 arbetsdag' : `${days} arbetsdagar`}`,
    open: {
      acceptance: 'Öppna och kommentera',
      draft: 'Öppna utkastet',
      reply: 'Öppna mötet',
      answer: 'Öppna',
      minutes: 'Öppna mötet',
      report: 'Öppna åtgärden',
      predecessor: 'Öppna åtgärden',
    },
    why: {
      acceptance: 'Förslaget väntar på godkännande.',
      draft: 'Utkastet väntar på en ståndpunkt.',
      reply: (on) => `Hänskjutningen ska besvaras senast ${on}:`,
      answer: 'Det som du sade har inte besvarats ännu.',
      report: 'Den andra partens lägesuppgift är föråldrad.',
      unclosed: 'Mötet har inte avslutats ännu.',
      unapproved: (pending) =>
        pending === 1
          ? 'Handlingen väntar på godkännande av en godkännare.'
          : `Handlingen väntar på godkännande av ${pending} godkännare.`,
      unpublished: 'Handlingen är godkänd men har inte publicerats.',
      predecessor: (on, own) => `Tidsfristen var ${on}. På den väntar din egen åtgärd: ${own}.`,
    },
  },
  round: { one: 'Begärs av rapporteringsomgången', report: 'Rapportera' },
  reasons: {
    late: 'Försenad',
    approval: 'Ska godkännas',
    amendment: 'Rättelse att godkänna',
    comments: 'Att besvara',
    acceptance: 'Ska godkännas av dig',
    changes: 'Ändringar begärs',
    draft: 'Utkast väntar på din ståndpunkt',
    reply_late: 'Hänskjutning försenad',
    reply: 'Hänskjutning väntar',
    returned: 'Hänskjutning återsänd',
    unanswered: 'Hänskjutning obesvarad',
    unclosed: 'Möte att avsluta',
    unapproved: 'Godkännande saknas',
    unpublished: 'Ska publiceras',
    stale: 'Föråldrad uppgift',
    start_passed: 'Startdatumet har passerat',
    confirm: 'Ska bekräftas',
    due_soon: 'Tidsfristen nära',
    report: 'Ska rapporteras',
    report_late: 'Rapporten försenad',
  },
  alsoReason: (reason, since) => `Dessutom: ${reason.toLowerCase()}${since && `, ${since}`}`,
  since: {
    late: dayCount,
    approval: (days) => (days === 0 ? 'i dag' : dayCount(days)),
    stale: (on) => `gränsen passerades ${on}`,
    start_passed: dayCount,
    confirm: (on) => `gränsen passeras ${on}`,
    due_soon: (on) => `senast ${on}`,
    report: (days, on) =>
      days === 0
        ? `sista dagen är ${on}`
        : `${days === 1 ? '1 arbetsdag' : `${days} arbetsdagar`} kvar, senast ${on}`,
    report_late: (days) =>
      days === 0 ? 'sista dagen har gått ut' : days === 1 ? '1 arbetsdag' : `${days} arbetsdagar`,
  },
  why: {
    late: 'Tidsfristen har gått ut. Uppge läget eller avtala en ny tidsfrist på åtgärdens sida.',
    stale: 'Läget har inte bekräftats inom gränsen. Stämmer det fortfarande?',
    lateTask: (kind, title, on, ofOther) =>
      `Tidsfristen för ${kind === 'milestone' ? 'milstolpen' : 'deluppgiften'} ”${title}” var ${on}. ${
        ofOther
          ? `Den andra parten ansvarar för ${kind === 'milestone' ? 'milstolpen' : 'deluppgiften'}. Kom överens med den om saken.`
          : 'Markera den som färdig eller avtala en ny tidsfrist på åtgärdens sida.'
      }`,
    soonTask: (kind, title, on) =>
      `Tidsfristen för ${kind === 'milestone' ? 'milstolpen' : 'deluppgiften'} ”${title}” är ${on}.`,
    start_passed: (on) => `Skulle ha börjat ${on}. Har arbetet börjat?`,
    confirm: (status) => `${status}. Stämmer uppgiften fortfarande?`,
    due_soon: 'Blir den färdig i tid? Uppge läget.',
    report: (action) =>
      action
        ? 'Uppge läget eller bekräfta att det fortfarande stämmer.'
        : 'Bedöm vad som har åstadkommits under perioden.',
    report_late: (action, on) =>
      `Sista dagen var ${on}. ${action ? 'Anteckningen' : 'Rapporten'} märks som försenad.`,
    draft: (party) => `${party} föreslår en ändring. Läs utkastet och säg vad ni anser.`,
    unclosed: 'Mötestiden har gått ut. Anteckna mötets resultat och avsluta mötet.',
    unapproved: (pending) =>
      pending === 1
        ? 'En godkännare har ännu inte godkänt handlingen. Påminn om saken.'
        : `${pending} godkännare har ännu inte godkänt handlingen. Påminn om saken.`,
    unpublished: 'Handlingen är godkänd. Publicera den.',
    chair: 'Mötet är avslutat. Som ordförande godkänner du handlingen innan den publiceras.',
    inspector: 'Mötet är avslutat. Som justerare godkänner du handlingen innan den publiceras.',
    amendment:
      'En rättelse av den godkända handlingen föreslås. Den publiceras när godkännarna har godkänt den.',
    comments: (comments, returns) =>
      [
        comments === 0
          ? ''
          : comments === 1
            ? 'Handlingen har en öppen kommentar.'
            : `Handlingen har ${comments} öppna kommentarer.`,
        returns === 0
          ? ''
          : returns === 1
            ? 'En godkännare har återsänt den.'
            : `${returns} godkännare har återsänt den.`,
      ]
        .filter(Boolean)
        .join(' '),
  },
  dueMeta: (due, confirmed) => [due, confirmed].filter(Boolean).join(' · '),
  due: (date) => `Tidsfrist ${date}`,
  confirmed: (days) => (days === 0 ? 'bekräftad i dag' : `bekräftad för ${dayCount(days)} sedan`),
  update: 'Uppdatera läget',
  readPaper: 'Läs och godkänn',
  readPaperOf: (name) => `Läs och godkänn: ${name}`,
  answerPaper: 'Läs och svara',
  answerPaperOf: (name) => `Läs och svara: ${name}`,
  readDraft: 'Läs utkastet',
  readDraftOf: (name) => `Läs utkastet: ${name}`,
  openMeeting: 'Öppna mötet',
  openMeetingOf: (name) => `Öppna mötet: ${name}`,
  ownTasks: 'Dina egna deluppgifter',
  meeting: (forum, number, year) => `${forum} ${number}/${year}`,
  duties: 'Ditt ansvar',
  dutiesCaption: 'Egna åtgärder',
  allMine: 'Alla egna åtgärder',
  allMineOf: (count) => `Alla egna åtgärder (${num(count)})`,
  noActions: 'Du har inga oavslutade åtgärder.',
  columns: { no: 'Nr', action: 'Åtgärd', status: 'Status', due: 'Tidsfrist', condition: 'Läge' },
  also: 'Dessutom',
  allDuties: (count) => `allt ansvar (${num(count)})`,
  moreMeetings: (count) => `Dessutom möten: ${num(count)}. Till kalendern`,
  moreDeadlines: (count) => `Dessutom tidsfrister: ${num(count)}`,
  duty: {
    goal: (no) => `mål ${no}`,
    stages: (count) => (count === 1 ? 'ett steg i kedjan' : `${num(count)} steg i kedjan`),
    chair: 'ordförande',
    secretary: 'sekreterare',
    lead: 'huvudansvar',
    shared: 'delat ansvar',
  },
  keys: {
    title: 'Tangenter',
    off: 'Tangenterna är avstängda.',
    all: 'alla tangenter',
    on: 'Tangenterna är på i den här webbläsaren',
    next: 'nästa rad',
    previous: 'föregående rad',
    update: 'uppdatera läget',
    confirm: 'bekräfta: stämmer fortfarande',
    accept: 'gör det som raden ber om; ett godkännande bekräftas med Enter',
    undo: 'ångra det senaste',
    open: 'öppna radens ärende',
    help: 'de här tangenterna',
  },
  weeks: 'De närmaste veckorna',
  today: 'I dag',
  nothingComing: 'Inga möten eller tidsfrister inom fyra veckor.',
  dueOf: (no) => `Tidsfrist för åtgärd ${no}`,
  recent: 'Ändringar under veckan',
  noRecent: 'Andra har inte uppgett läget för dina åtgärder under veckan.',
  reported: (no, status) => `uppdaterade åtgärd ${no}: ${status}`,
};
