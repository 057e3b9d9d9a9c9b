import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const mailTexts: Texts['mailTexts'] = {
  title: 'Meddelandenas texter',
  lead: 'Vad det står i tjänstens meddelanden till personer i din egen organisation. Mötets uppgifter, det som väntar och ändringar av rättigheter kommer alltid med av sig självt.',
  loading: 'Texterna hämtas…',
  notAllowed: {
    title: 'Sidan är för huvudanvändare och granskare',
    text: 'Huvudanvändaren skriver vad det står i meddelandena till den egna organisationens personer.',
  },
  party: 'Organisation',
  columns: { kind: 'Meddelande', subject: 'Rubrik', state: 'Texter', open: 'Ändring' },
  changed: (time) => `Ändrade ${time}`,
  original: 'Ursprungliga',
  edit: 'Ändra',
  show: 'Visa',
  close: 'Stäng',
  editOf: (kind) => `Ändra texterna: ${kind}`,
  showOf: (kind) => `Visa texterna: ${kind}`,
  language: 'Språk',
  languages: { fi: 'Finska', sv: 'Svenska', en: 'Engelska' },
  flawed: (language, n) => `${language} (${num(n)})`,
  parts: { subject: 'Rubrik', intro: 'Början', closing: 'Slut' },
  hints: {
    subject: 'Meddelandets ämnesrad.',
    intro: 'Före det som kommer med av sig självt.',
    closing: 'Efter dem.',
  },
  may: (list) => `Du kan använda: ${list}.`,
  must: (list) => `Obligatoriskt: ${list}.`,
  placeholders: {
    title: 'Automatiska ställen',
    lead: 'Ett ord inom klammerparenteser ersätts i meddelandet. Skriv det exakt så här på alla språk.',
    forum: 'forumets namn',
    number: 'mötets nummer',
    time: 'när mötet börjar',
    paper: 'mötets handling: PM eller protokoll',
    link: 'adressen till sidan som meddelandet gäller',
    because: 'varför mottagaren fick meddelandet',
    thing:
      'API-nyckeln, rollen eller befattningen som meddelandet gäller; om ett avslutande också dagen',
    counts: 'vad sammandraget innehåller, med några ord',
    day: 'sammandragets dag',
    myWork: 'adressen till sidan Mitt arbete',
    choices: 'sidan där mottagaren väljer vad hen får post om',
    unsubscribe: 'adresser där man kan avsluta ett ämne',
  },
  flaws: {
    required: 'Skriv en text.',
    too_long: 'Texten är för lång.',
    unknown_placeholder: (name) =>
      `Det automatiska stället {${name}} finns inte här. Kontrollera stavningen.`,
    missing_placeholder: (name) => `Lägg till det obligatoriska stället {${name}}.`,
  },
  flawList: 'Att rätta innan du sparar',
  preview: {
    title: 'Förhandsgranskning',
    example: 'Ett exempel: forumet, mötet och befattningen är påhittade.',
    loading: 'Förhandsgranskningen görs…',
    format: 'Form',
    html: 'Formaterad',
    text: 'Endast text',
    subject: 'Rubrik',
  },
  saved: 'Texterna sparades. De används från och med nästa meddelande.',
  restore: 'Återställ de ursprungliga texterna',
  restoreAsk:
    'Alla texter i detta meddelande byts till de ursprungliga på alla språk. De nuvarande texterna finns kvar i loggen.',
  restoreYes: 'Återställ',
  restoreNo: 'Avbryt',
  restored: 'De ursprungliga texterna återställdes.',
  restoreFailed: 'Texterna återställdes inte',
};
