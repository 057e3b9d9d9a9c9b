import type { Texts } from '../fi';

export const profile: Texts['profile'] = {
  title: 'Mina uppgifter',
  lead: 'Ditt namn visas offentligt endast om du själv väljer det.',
  signedOut: 'Logga in för att se dina uppgifter',
  posts: 'Mina befattningar',
  explanation:
    'Alla ser befattningen och tjänstens kontaktuppgift. Om du visar ditt namn syns det bredvid befattningen på organisationssidan och på sidorna för de åtgärder, mål och servicekedjor som befattningen svarar för. När du döljer ditt namn försvinner det genast, också ur vyerna för gångna dagar.',
  none: 'Du har inte haft några befattningar',
  deputy: 'som ställföreträdare',
  from: (day) => `från ${day}`,
  isShown: 'Ditt namn visas för alla.',
  isHidden: 'Ditt namn visas endast för inloggade.',
  show: 'Visa mitt namn',
  showIn: (post) => `Visa mitt namn för alla: ${post}`,
  hide: 'Dölj mitt namn',
  hideIn: (post) => `Dölj mitt namn: ${post}`,
  shown: 'Ditt namn visas nu för alla.',
  hidden: 'Ditt namn är dolt.',
  messages: 'Meddelanden',
  messagesHelp: 'Möteskallelser och annan e-post skickas på detta språk.',
  language: 'Meddelandenas språk',
  languages: { fi: 'suomi', sv: 'svenska', en: 'English' },
  languageSaved: 'Meddelandenas språk har sparats.',
};
