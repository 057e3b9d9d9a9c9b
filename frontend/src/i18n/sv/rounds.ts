import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import type { RoundTally } from '../fi/rounds';

const n = (value: number) => formatNumber(value, 'sv');

const leadOf: Texts['rounds']['leadOf'] = ({ reported, late, missing, waiting }: RoundTally) => {
  const all = reported + late + missing + waiting;
  if (all === 0) return ['Inga rapporter begärs i omgången.'];
  if (all === 1) {
    if (reported === 1) return ['Den enda begärda rapporten ', ['given', 'har lämnats'], '.'];
    if (late === 1) return ['Den enda begärda rapporten ', ['late', 'har lämnats för sent'], '.'];
    return missing === 1
      ? ['Den enda begärda rapporten ', ['missing', 'saknas'], ' efter sista dagen.']
      : ['Den enda begärda rapporten ', ['waiting', 'kan ännu lämnas'], ' i tid.'];
  }
  return [
    `Av ${n(all)}\u00a0begärda rapporter `,
    ['given', `har ${n(reported + late)}\u00a0lämnats`],
    ...(late === 0 ? [] : [', av dem ', ['late', `${n(late)}\u00a0för sent`] as const]),
    ...(missing === 0
      ? ['. Ingen saknas']
      : ['. ', ['missing', `${n(missing)}\u00a0saknas`] as const, ' efter sista dagen']),
    ...(waiting === 0
      ? ['.']
      : [' och ', ['waiting', `${n(waiting)}\u00a0kan ännu lämnas`] as const, ' i tid.']),
  ];
};

export const rounds: Texts['rounds'] = {
  title: 'Rapporteringsomgångar',
  lead: 'I en omgång rapporterar båda parterna om hur planen har genomförts: först om åtgärderna, sedan om målen och till sist om planen. När båda har avslutat sin rapportering fryses läget.',
  loading: 'Hämtar rapporteringsomgångar…',
  none: 'Det finns inga rapporteringsomgångar.',
  noneText: 'En koordinator öppnar en omgång för en plan och en rapporteringsperiod.',
  openNow: (round) => `Pågående omgång: ${round}.`,
  noneOpen: 'Ingen omgång är öppen.',
  list: 'Omgångar, den senaste perioden först',
  round: 'Omgång',
  period: 'Rapporteringsperiod',
  state: 'Skede',
  lastDay: 'Sista dag för planen',
  sides: 'Parternas rapportering',
  states: { open: 'Öppen', completed: 'Avslutad', cancelled: 'Inställd' },
  kinds: { annual: 'Årsrapport', interim: 'Mellanrapport' },
  compare: 'Jämför omgångar',
  planRounds: 'Rapporteringsomgångar',
  open: 'Öppna en omgång',
  opened: 'Omgången har öppnats.',
  form: {
    plan: 'Plan',
    choosePlan: 'Välj en plan',
    kind: 'Slag',
    name: 'Namn',
    key: 'Beteckning',
    keyHint: 'Syns i adressen. Små bokstäver a–z, siffror och streck; först en bokstav.',
    periodFrom: 'Perioden börjar',
    periodTo: 'Perioden slutar',
    opensOn: 'Från vilken dag registrerade uppgifter räknas med',
    opensOnHint: 'Tomt: från i dag.',
    dueOn: 'Sista dag för planens rapport',
    dueOnHint:
      'Den allra sista dagen. Om den inte är en arbetsdag flyttas den till nästa arbetsdag.',
    goalDays: 'Målen: arbetsdagar före planen',
    actionDays: 'Åtgärderna: arbetsdagar före målen',
    reason: 'Varför sista dagen flyttas',
    reasonHint: 'Sparas i loggen.',
  },
  preview: 'Sista dagar innan omgången öppnas',
  previewChange: 'Nya sista dagar',
  previewLead: (days) =>
    days === 1
      ? '1 arbetsdag återstår för att rapportera om åtgärderna.'
      : `${n(days)} arbetsdagar återstår för att rapportera om åtgärderna.`,
  previewMissing: 'De sista dagarna visas här när planen och dagarna har angetts.',
  asks: (count) => (count === 1 ? '1 rapport begärs' : `${n(count)} rapporter begärs`),
  holidays: (days) => `Utöver veckoslut hoppades följande över: ${days}.`,
  levels: {
    action: { one: 'Åtgärd', many: 'Åtgärder' },
    goal: { one: 'Mål', many: 'Mål' },
    plan: { one: 'Plan', many: 'Plan' },
  },
  leadOf,
  cancelledLead: (day, reason) => `Omgången ställdes in ${day}: ${reason}`,
  completedLead: (day) => `Båda parterna har avslutat sin rapportering, och läget frystes ${day}.`,
  about: (kind, from, to) => `${kind} för perioden ${from}–${to}`,
  counted: (day) => `Uppgifter som registrerats från och med ${day} räknas med.`,
  due: 'Sista dagar',
  level: 'Nivå',
  dueOn: 'Sista dag',
  before: 'Före nivån ovanför',
  workingDays: (days) => (days === 1 ? '1 arbetsdag' : `${n(days)} arbetsdagar`),
  passed: 'har passerat',
  figures: 'Rapporteringen efter nivå och part',
  ofAsked: (given, asked) => `${n(given)}/${n(asked)}`,
  nothingAsked: 'begärs inte',
  lateOf: (count) => `${n(count)} för sent`,
  missingOf: (count) => `${n(count)} saknas`,
  waitingOf: (count) => `${n(count)} väntas`,
  of: (level, party) => `${level}, ${party}: `,
  givenOf: (level, party) => `${level}, ${party}, rapporter lämnade/begärda: `,
  givenSpoken: (given, asked) => `${n(given)} lämnade, ${n(asked)} begärda`,
  side: {
    title: 'Parternas rapportering',
    done: (day) => `Avslutad ${day}`,
    notYet: 'Ännu inte avslutad',
    complete: (party) => `Avsluta rapporteringen för ${party}`,
    completeText:
      'Därefter rapporterar parten inte längre om målen eller planen. När också den andra parten har avslutat sin rapportering fryses läget.',
    note: 'Varför allt inte har rapporterats',
    noteHint: 'Behövs om rapporter saknas. Alla kan läsa detta.',
    confirm: 'Avsluta rapporteringen',
    completed: 'Partens rapportering har avslutats.',
    frozen: 'Båda parterna är klara. Läget har frysts.',
    reopen: 'Ta tillbaka',
    reopenReason: 'Varför avslutandet tas tillbaka',
    reopened: 'Avslutandet har tagits tillbaka.',
  },
  edit: 'Flytta sista dagar',
  editTitle: (round) => `Ändra omgången ${round}`,
  editHint: 'De sista dagarna kan bara senareläggas, och det behövs en motivering.',
  saved: 'Omgången har sparats.',
  cancel: 'Ställ in omgången',
  cancelText: 'Läget fryses inte för en inställd omgång. Registrerade uppgifter bevaras.',
  cancelReason: 'Varför omgången ställs in',
  cancelReasonHint: 'Alla kan läsa detta.',
  cancelled: 'Omgången har ställts in.',
  snapshot: {
    title: 'Fryst ögonblicksbild',
    text: 'Ögonblicksbilden innehåller allt som begärdes i omgången och vardera partens senaste rapport om varje objekt. Den kan varken ändras eller raderas.',
    audience: {
      public:
        'Den offentliga versionen: interna objekt och redogörelser som inte är offentliga har lämnats bort.',
      staff: 'Den interna versionen, med interna objekt och redogörelser.',
    },
    frozenAt: 'Fryst',
    hash: 'SHA-256-kontrollsumma',
    size: 'Storlek',
    bytes: (count) => `${n(count)} byte`,
    json: 'Ladda ner ögonblicksbilden (JSON)',
    csv: 'Ladda ner tabellen (CSV)',
    publicJson: 'Ladda ner den offentliga versionen (JSON)',
    verify: 'Kontrollera summan',
    verifying: 'Beräknar kontrollsumman…',
    matches: 'Den nedladdade filens kontrollsumma är densamma som noterades när läget frystes.',
    differs: (hash) => `Den nedladdade filens kontrollsumma är en annan: ${hash}.`,
    broken: 'Ögonblicksbilden på servern motsvarar inte den noterade kontrollsumman.',
  },
  rows: 'Vem har rapporterat och vem inte',
  found: (count) => (count === 1 ? '1 rapport' : `${n(count)} rapporter`),
  noRows: 'Inga rapporter motsvarar avgränsningen.',
  party: 'Part',
  all: 'Alla',
  thing: 'Objekt',
  who: 'Vem rapporterar',
  coordinator: 'Koordinator',
  nobody: 'Ingen ansvarig instans har utsetts',
  stands: 'Rapportering',
  said: 'Vad som rapporterades',
  do: 'Rapportera',
  standings: {
    reported: 'Rapporterat',
    late: 'Rapporterat för sent',
    missing: 'Saknas',
    waiting: 'Väntas',
  },
  overdue: (days) => (days === 1 ? '1 dag försenad' : `${n(days)} dagar försenade`),
  assessments: {
    reached: 'Uppnått',
    on_course: 'Framskrider enligt planen',
    partly: 'Framskrider delvis',
    off_course: 'Framskrider inte',
  },
  report: {
    one: (thing) => `Rapportera: ${thing}`,
    again: 'Komplettera',
    update: 'Uppdatera läget',
    updateOf: (no) => `Uppdatera läget för åtgärd ${no}`,
    assessment: 'Bedömning',
    text: 'Redogörelse',
    textHint: 'Vad som har uppnåtts under perioden och vad som inte har blivit gjort.',
    isPublic: 'Redogörelsen är offentlig',
    save: 'Lämna rapporten',
    saved: 'Rapporten har lämnats.',
    savedLate: 'Rapporten har lämnats. Den märks som försenad.',
    late: (day) => `Sista dagen var ${day}. Rapporten märks som försenad.`,
    choose: 'Välj en bedömning.',
  },
  comparison: {
    title: 'Jämförelse av omgångar',
    lead: (first, last, past) =>
      `Omgångarna ${first} och ${last} sida vid sida. Avslutade omgångar visas som de frystes, en öppen omgång som den ${past ? 'var den valda dagen' : 'är nu'}.`,
    choose: 'Välj minst två omgångar.',
    few: 'Det behövs minst två omgångar att jämföra.',
    nth: (place) => `Omgång ${place}`,
    noRound: 'Ingen omgång',
    figures: 'Rapporteringen efter omgång',
    given: (given, asked, late) =>
      `${n(given)}/${n(asked)}${late === 0 ? '' : `, ${n(late)} för sent`}`,
    rows: 'Planen, målen och åtgärderna',
    count: (count) => (count === 1 ? '1 objekt' : `${n(count)} objekt`),
    notAsked: 'inte med i omgången',
    thing: 'Objekt',
    asNow: 'läget nu',
    asOn: (day) => `läget ${day}`,
    frozen: (day) => `fryst ${day}`,
  },
};
