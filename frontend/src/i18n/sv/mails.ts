import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const mails: Texts['mails'] = {
  title: 'Skickade meddelanden',
  administration: 'Administrationens sidor',
  lead: 'E-post om möten och egna rättigheter samt dagliga sammandrag: till vem, varför och hur det gick. Du ser meddelandena till personer i din egen organisation. Texten sparas i en månad, raden för alltid.',
  loading: 'Meddelandena hämtas…',
  count: (n) => (n === 1 ? '1 meddelande' : `${num(n)} meddelanden`),
  notAllowed: {
    title: 'Sidan är för huvudanvändare och granskare',
    text: 'Huvudanvändaren i din organisation ser vilken e-post tjänsten har skickat.',
  },
  empty: {
    title: 'Det finns inga meddelanden',
    text: 'Ett meddelande skickas när ett möte sammankallas, flyttas eller ställs in, när handlingen väntar på godkännande och när den publiceras. Ett meddelande skickas också när någon får en roll eller befattning, när den avslutas och när en API-nyckel skapas i personens namn. Ett sammandrag skickas på arbetsdagar till den som något väntar på.',
  },
  all: 'Alla',
  state: 'Status',
  kind: 'Ämne',
  states: {
    queued: 'I kö',
    sending: 'Skickas',
    sent: 'Skickat',
    failed: 'Kom inte fram',
    withheld: 'Inte skickat: rätten att se ärendet har upphört',
    not_configured: 'Inte skickat: ingen e-postserver är angiven',
    no_address: 'Inte skickat: e-postadress saknas',
    superseded: 'Inte skickat: läget hann ändras',
  },
  kinds: {
    meeting_called: 'Möteskallelse',
    meeting_changed: 'Ändring av möte',
    meeting_cancelled: 'Inställt möte',
    approval_asked: 'Handlingen väntar på godkännande',
    meeting_published: 'Handlingen har publicerats',
    substitute_released: 'Återtagen kallelse av ersättare',
    member_released: 'Återtagen kallelse av medlem',
    digest: 'Dagligt sammandrag',
    token_made: 'API-nyckel skapad',
    access_given: 'Roll eller befattning given',
    access_taken: 'Avslutande av roll eller befattning',
  },
  reasons: {
    holder: 'som innehavare av befattningen',
    deputy: 'som ställföreträdare',
    unit_manager: 'som ledare för enheten, eftersom befattningen saknar innehavare',
    coordinator: 'som koordinator, eftersom befattningen saknar innehavare och enheten ledare',
    follower: 'som följare',
    own: 'eftersom det gäller mottagaren själv',
  },
  failures: {
    unreachable: 'Servern svarade inte',
    in_doubt: 'Förbindelsen bröts före serverns svar',
    deferred: 'Servern bad att försöka senare',
    refused: 'Servern tog inte emot meddelandet',
  },
  inDoubt: 'Kan ha gått två gånger, med samma identifierare.',
  attempts: (n) => `${num(n)} försök`,
  nextTry: (time) => `Nästa försök ${time}`,
  columns: {
    subject: 'Meddelande',
    to: 'Till',
    state: 'Status',
    when: 'Tid',
    open: 'Meddelandets text',
  },
  show: 'Visa',
  hide: 'Dölj',
  showOf: (subject, person) => `Visa meddelandet: ${subject}, ${person}`,
  textWithheld:
    'Du får inte läsa texten. Den kan innehålla ett mötes handlingar eller det som mottagaren följer.',
  textGone: 'Texten tas bort en månad efter att meddelandet skickades.',
  noText: 'Meddelandet hann inte skrivas.',
  withCalendar: 'Med kalenderinbjudan',
  messageId: 'Identifierare',
};
