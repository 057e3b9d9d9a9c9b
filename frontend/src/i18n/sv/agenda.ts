import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const agenda: Texts['agenda'] = {
  item: 'Ärende',
  kind: 'Vad läggs till',
  drag: (title) => `Dra ${title}`,
  heading: 'Mellanrubrik',
  addHeading: 'Lägg till mellanrubrik',
  addSub: 'Lägg till underpunkt',
  under: (title) => `Underpunkt till ${title}`,
  planned: (time) => `kl. ${time}`,
  overrun: (minutes) => `De reserverade tiderna överskrider mötets längd med ${minutes} minuter.`,
  indent: (title) => `Gör ${title} till underpunkt till föregående ärende`,
  outdent: (title) => `Gör ${title} till ett eget ärende`,
  carried: (times) => (times === 1 ? 'fört vidare en gång' : `fört vidare ${times} gånger`),
  notHandled: 'Behandlades inte:',
  targets: {
    assignee: 'Till vem',
    recipient: 'Till vem rekommenderas',
    recipientWords: 'Till vem, i ord',
    dueOn: 'Senast',
    until: 'Till vilken dag',
    toMeeting: 'Till vilket möte',
    toForum: 'Till vilket forum',
    notChosen: 'Inte valt',
  },
  told: {
    to: 'Till:',
    due: (date) => `Senast: ${date}`,
    until: (date) => `Tas upp igen senast ${date}`,
    untilMeeting: 'Tas upp igen på mötet',
  },
  ending: {
    told: (date) => `Efter mötet konstaterades ${date} att inga fler åtgärder behövs:`,
    end: {
      button: 'Föranleder inga fler åtgärder',
      of: (no) => `Utfall ${no} föranleder inga fler åtgärder`,
      reason: 'Varför inga fler åtgärder behövs',
      hint: 'Motiveringen ses av alla som ser ärendet. Mötets handling ändras inte.',
      done: 'Motiveringen har sparats och ärendet är inte längre öppet.',
    },
    withdraw: {
      button: 'Återta hänskjutningen',
      of: (no) => `Återta hänskjutningen i utfall ${no}`,
      reason: 'Varför hänskjutningen återtas',
      hint: 'Även det mottagande forumet ser motiveringen. Mötets handling ändras inte.',
      done: 'Hänskjutningen har återtagits.',
    },
    correct: {
      button: 'Rätta motiveringen',
      of: (no) => `Rätta motiveringen för utfall ${no}`,
      ending: 'Varför inga fler åtgärder behövs',
      hint: 'Den nya motiveringen ses av alla som ser ärendet. Mötets handling ändras inte.',
      referralHint:
        'Även det mottagande forumet ser den nya motiveringen. Mötets handling ändras inte.',
      reason: 'Varför motiveringen rättas',
      reasonHint: 'Orsaken samt den gamla och den nya motiveringen blir kvar i loggen.',
      done: 'Motiveringen har rättats.',
    },
    retract: {
      button: 'Ta tillbaka',
      of: (no) => `Ta tillbaka avslutandet av utfall ${no}`,
      reason: 'Varför ärendet öppnas på nytt',
      hint: 'Ärendet är därefter öppet igen. Orsaken blir kvar i loggen. Mötets handling ändras inte.',
      referralHint:
        'Hänskjutningen väntar därefter på svar igen, och tiden för svar förlängs med de dagar som hänskjutningen var återtagen. Orsaken blir kvar i loggen.',
      done: 'Ärendet är öppet igen.',
    },
  },
  unhandled: {
    title: (count) =>
      count === 1 ? '1 ärende saknar utfall' : `${num(count)} ärenden saknar utfall`,
    note: 'Anteckna för kännedom',
    notedText: {
      fi: 'Merkittiin tiedoksi.',
      sv: 'Antecknades för kännedom.',
      en: 'Noted.',
    },
    carry: 'För vidare till ett möte',
    leave: 'Behandlades inte, motivering',
    reason: 'Varför ärendet inte behandlades',
  },
  documents: {
    title: 'Bilagor och länkar',
    hidden: (ground) => `Sekretessbelagd bilaga. ${ground}`,
    removed: (when, reason) => `Borttagen ${when}: ${reason}`,
    earlier: (when) => `tidigare fil ${when}`,
    add: 'Lägg till bilaga',
    kinds: 'PDF-, Word-, Excel-, PowerPoint- och OpenDocument-filer, bilder (PNG, JPEG) och text.',
    internal: 'Bilagan är inte offentlig',
    send: 'Skicka bilagan',
    replace: 'Ersätt filen',
    remove: 'Ta bort bilagan',
    removeReason: 'Varför bilagan tas bort',
    failed: 'Bilagan kunde inte sparas',
  },
  transfer: {
    open: 'Flytta eller kopiera',
    title: 'Flytta eller kopiera till ett annat möte',
    kind: 'Hur',
    kinds: {
      move: 'Flytta ärendet',
      copy: 'Kopiera ärendet',
      carry_over: 'Fortsätt behandlingen på ett senare möte',
    },
    help: {
      move: 'Ärendet lämnar denna föredragningslista med utfall och bilagor. En anteckning blir kvar.',
      copy: 'Ärendets texter och bilagor kopieras. Utfallen blir kvar i detta möte.',
      carry_over:
        'Ärendet blir kvar i denna handling och behandlingen fortsätter på det valda mötet.',
    },
    from: {
      move: 'Flyttat från mötet',
      copy: 'Kopierat från mötet',
      carry_over: 'Fortsätter från mötet',
    },
    to: {
      move: 'Flyttat till mötet',
      copy: 'Kopierat till mötet',
      carry_over: 'Fortsätter på mötet',
    },
    otherMeeting: 'ett annat möte',
  },
  reopen: {
    button: 'Öppna på nytt',
    title: 'Öppna mötet på nytt',
    text: 'Utfall kan åter antecknas. Givna godkännanden återtas.',
    reason: 'Varför mötet öppnas på nytt',
    told: (when) => `Mötet öppnades på nytt ${when}.`,
    approvals: (count) =>
      count === 1 ? 'Ett godkännande återtogs.' : `${num(count)} godkännanden återtogs.`,
  },
  sinceCall: {
    title: 'Ändringar efter kallelsen',
    failed: 'Ändringarna efter kallelsen kunde inte hämtas',
    kinds: {
      added: 'Tillagt',
      removed: 'Borttaget',
      changed: 'Ändrat',
      moved: 'Ordningen ändrades',
    },
    mark: 'ändrat efter kallelsen',
    fields: {
      title: 'rubrik',
      preparer: 'beredare',
      proposal: 'beslutsförslag',
      explanation: 'redogörelse',
      presenterId: 'föredragande',
      minutesReserved: 'reserverad tid',
      links: 'länkar',
      visibility: 'offentlighet',
      attachments: 'bilagor',
    },
  },
  dissent: {
    kinds: { dissent: 'Avvikande mening', reservation: 'Reservation' },
    add: 'Anteckna avvikande mening eller reservation',
    addOf: (no) => `Avvikande mening eller reservation till utfall ${no}`,
    kind: 'Vad antecknas',
    party: 'Part',
    post: 'Befattning, om inte hela parten',
    text: 'Innehåll',
    change: {
      dissent: 'Rätta den avvikande meningen',
      reservation: 'Rätta reservationen',
    },
    withdraw: {
      dissent: 'Återta den avvikande meningen',
      reservation: 'Återta reservationen',
    },
    withdrawReason: 'Orsak till återtagandet',
    withdrawHint: 'Innehållet och orsaken till återtagandet förblir läsbara.',
    withdrawnNow: {
      dissent: 'Den avvikande meningen återtogs.',
      reservation: 'Reservationen återtogs.',
    },
    withdrawn: 'Återtagen:',
  },
  case: {
    title: 'Ärendets behandlingar',
    lead: (count) =>
      count === 1
        ? 'Ärendet har behandlats på ett möte.'
        : `Ärendet har behandlats ${num(count)} gånger, den äldsta först.`,
    loading: 'Ärendets behandlingar hämtas',
    documents: 'Officiella handlingar',
    newest: 'Senaste behandlingen',
    link: 'Alla behandlingar av ärendet',
    newer: 'Ärendet har en nyare behandling:',
    inFinnish: 'på finska',
    inSwedish: 'på svenska',
  },
};
