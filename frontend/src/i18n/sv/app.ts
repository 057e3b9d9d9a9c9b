import type { Texts } from '../fi';

export const app: Texts['app'] = {
  name: 'Yhdyspinta',
  tagline: 'Esbos och Västra Nylands välfärdsområdes gemensamma välfärdsarbete',
  skip: 'Gå till innehållet',
  mainMenu: 'Huvudmeny',
  menu: 'Meny',
  closeMenu: 'Stäng menyn',
  language: 'Språk',
  languages: { fi: 'Suomi', sv: 'Svenska', en: 'English' },
  signIn: 'Logga in',
  signOut: 'Logga ut',
  actingAs: 'Befattning som du agerar i',
  deputy: 'som ställföreträdare',
  changePostFailed: 'Befattningen kunde inte bytas',
  publicView: 'Offentlig vy',
  signedInView: 'Inloggad vy',
  internalShaded: 'interna uppgifter är skuggade',
  situation: 'Läget',
  otherDay: 'Visa en annan dag',
  day: 'Dag',
  showDay: 'Visa',
  pastDay: (date) => `Du ser läget i slutet av dagen ${date}. Uppgifterna kan inte ändras.`,
  backToToday: 'Tillbaka till i dag',
  past: {
    days: 'Vald dag',
    weekBack: 'En vecka tidigare',
    dayBefore: 'Föregående dag',
    dayAfter: 'Nästa dag',
    yesterday: 'I går',
    weekAgo: 'För en vecka sedan',
    now: (date) =>
      `På den här sidan visas de nuvarande uppgifterna. Dagen ${date} som du har valt gäller sidor där tidigare dagar kan visas.`,
    own: (date) =>
      `På den här sidan väljs dagarna i sidans egna fält. Dagen ${date} som du har valt gäller andra sidor.`,
    none: (date) =>
      `Innehållet på den här sidan beror inte på dagen. Dagen ${date} som du har valt gäller andra sidor.`,
    notPast: (date) => `${date} är inte en tidigare dag. På sidan visas de nuvarande uppgifterna.`,
    noChange: 'En tidigare dag kan inte ändras',
    noChangeWhy: (date) =>
      `Du har valt dagen ${date}. På den här sidan ändras de nuvarande uppgifterna. Gå först tillbaka till i dag.`,
    noDay: 'Välj en dag från och med år 1900.',
    isToday: 'Välj en tidigare dag. Dagens uppgifter ser du när ingen dag är vald.',
    isComing: 'Välj en tidigare dag. Kommande dagar kan inte visas.',
  },
  demo: {
    title: 'Demonstrationsmaterial.',
    text: 'Mötena, besluten, siffrorna och mätvärdena på sidan är påhittade. De beskriver inte verkliga ärenden i Esbo stad eller Västra Nylands välfärdsområde.',
  },
  footer: 'Om tjänsten',
  visualLanguage: 'Formspråk',
  apiReference: 'Gränssnitt',
  notFound: {
    title: 'Sidan hittades inte',
    text: 'Det finns ingen sida på adressen, eller så har du inte rätt att se den.',
    home: 'Gå till startsidan',
  },
};
