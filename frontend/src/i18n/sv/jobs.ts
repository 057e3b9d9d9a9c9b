import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const jobs: Texts['jobs'] = {
  title: 'Schemalagda uppgifter',
  lead: 'Vad tjänsten gör själv: skickar meddelanden, sammanställer dagliga sammandrag och läser beslutstjänsterna. Uppgifterna är gemensamma för parterna, och vardera ser dem alla.',
  loading: 'Uppgifterna hämtas…',
  notAllowed: {
    title: 'Sidan är för huvudanvändare och granskare',
    text: 'Huvudanvändaren ser om tjänstens schemalagda uppgifter löper.',
  },
  empty: { title: 'Det finns inga uppgifter', text: 'Tjänsten berättade inte om någon uppgift.' },
  at: (time) => `Läget ${time}. Sidan uppdateras av sig själv.`,
  allWell: 'Alla uppgifter löper.',
  attention: (names) => `Kräver uppmärksamhet: ${names}.`,
  columns: {
    work: 'Uppgift',
    health: 'Läge',
    last: 'Senast',
    next: 'Nästa gång',
    actions: 'Åtgärder',
  },
  kinds: {
    outbox_drain: {
      name: 'Uppsamling av meddelanden',
      text: 'Gör meddelanden av det som har hänt i mötena och lämnar utgående meddelanden för sändning.',
    },
    mail_deliver: {
      name: 'Sändning av meddelanden',
      text: 'Lämnar meddelandet till e-postservern och antecknar hur det gick.',
    },
    digests_look: {
      name: 'Tider för sammandrag',
      text: 'Ser efter vems dagliga sammandrag står i tur. Sammandraget innehåller också påminnelser om rapporteringsomgångar.',
    },
    digest_make: {
      name: 'Sammanställning av sammandrag',
      text: 'Sammanställer en persons sammandrag, om det finns något att berätta.',
    },
    decision_feeds_look: {
      name: 'Tider för beslutstjänster',
      text: 'Ser efter vilka av beslutstjänsternas adresser som ska läsas.',
    },
    decision_feed_fetch: {
      name: 'Läsning av beslutstjänster',
      text: 'Läser nya ärenden på en adress.',
    },
    mail_sweep: {
      name: 'Radering av gamla texter',
      text: 'Raderar texter i meddelanden som är över en månad gamla och svar som är över ett dygn gamla och som sparas för den händelse att samma begäran upprepas.',
    },
  },
  every: {
    seconds: (n) => `Med ${num(n)} sekunders mellanrum`,
    minutes: (n) => `Med ${num(n)} minuters mellanrum`,
    hour: 'En gång i timmen',
  },
  whenNeeded: 'När det finns något att göra',
  healths: {
    failing: 'Misslyckades',
    overdue: 'Försenad',
    troubled: 'En del misslyckas',
    no_server: 'Ingen e-postserver är angiven',
    unseen: 'Har inte körts ännu',
    well: 'I sin ordning',
  },
  noServer:
    'Meddelandena antecknas som inte skickade tills driften anger en e-postserver. Om det som inte skickades berättas i nästa sammandrag.',
  running: 'Pågår nu',
  waiting: {
    outbox_drain: (n, since) =>
      n === 1 ? `1 händelse väntar, sedan ${since}` : `${num(n)} händelser väntar, sedan ${since}`,
    mail_deliver: (n, since) =>
      n === 1
        ? `1 meddelande väntar, sedan ${since}`
        : `${num(n)} meddelanden väntar, sedan ${since}`,
  },
  feedsDue: (n) =>
    n === 1 ? '1 adress väntar på läsning' : `${num(n)} adresser väntar på läsning`,
  mailsFailed: (n) =>
    n === 1
      ? '1 meddelande kom inte fram under en vecka'
      : `${num(n)} meddelanden kom inte fram under en vecka`,
  feedsFailed: (n) =>
    n === 1 ? '1 adress kunde inte läsas' : `${num(n)} adresser kunde inte läsas`,
  seeMails: 'Din egen organisations meddelanden som inte kom fram',
  seeFeeds: 'Beslutstjänsternas adresser',
  lastDone: (time) => `Lyckades ${time}`,
  lastFailed: (time) => `Misslyckades ${time}`,
  lastInterrupted: (time) => `Avbröts, började ${time}`,
  doneBefore: (time) => `Lyckades senast ${time}`,
  neverDone: 'Har aldrig lyckats',
  never: 'Inte ännu',
  next: (time) => `Ungefär ${time}`,
  causes: {
    timeout: 'Körningen tog för lång tid',
    stopped: 'Tjänsten stoppades under körningen',
    database: 'Databasen svarade inte eller hindrade körningen',
    panic: 'Det finns ett fel i programmet',
    killed: 'Tjänsten upphörde under körningen. En annan körning slutför uppgiften.',
    other: 'Orsaken finns i serverns logg',
  },
  detail: (code) => `databasens kod ${code}`,
  no: (no, attempt) => `Uppgift ${no} i loggen, försök ${attempt}`,
  failures: (n) => (n === 1 ? 'Visa 1 fel' : `Visa ${num(n)} fel`),
  failuresOf: (n, name) => `Visa ${num(n)} fel: ${name}`,
  hide: 'Dölj felen',
  kept: 'De 20 senaste felen bevaras. Det exakta felet finns i serverns logg under samma nummer. Här saknas det, eftersom det kan innehålla personuppgifter.',
  runNow: 'Kör nu',
  runNowOf: (name) => `Kör nu: ${name}`,
  tryMails: 'Skicka de väntande nu',
  asked: (name) => `Uppgiften lades i kön: ${name}. Resultatet syns om en stund.`,
  failed: 'Uppgiften kunde inte läggas i kön',
};
