import type { Texts } from '../fi';

export const app: Texts['app'] = {
  name: 'Yhdyspinta',
  tagline: 'Joint wellbeing work of Espoo and the Western Uusimaa Wellbeing Services County',
  skip: 'Skip to content',
  mainMenu: 'Main menu',
  menu: 'Menu',
  closeMenu: 'Close menu',
  language: 'Language',
  languages: { fi: 'Suomi', sv: 'Svenska', en: 'English' },
  signIn: 'Sign in',
  signOut: 'Sign out',
  actingAs: 'Post in which you act',
  deputy: 'as deputy',
  changePostFailed: 'The post could not be changed',
  publicView: 'Public view',
  signedInView: 'Signed-in view',
  internalShaded: 'internal information is shaded',
  situation: 'As of',
  otherDay: 'See another day',
  day: 'Day',
  showDay: 'Show',
  pastDay: (date) =>
    `You are looking at the end of the day ${date}. Nothing can be changed in this view.`,
  backToToday: 'Back to today',
  past: {
    days: 'Chosen day',
    weekBack: 'A week earlier',
    dayBefore: 'Previous day',
    dayAfter: 'Next day',
    yesterday: 'Yesterday',
    weekAgo: 'A week ago',
    now: (date) =>
      `This page shows the present information. The day that you have chosen, ${date}, applies to pages that can show past days.`,
    own: (date) =>
      `On this page the days are chosen in its own fields. The day that you have chosen, ${date}, applies to other pages.`,
    none: (date) =>
      `Nothing on this page depends on a day. The day that you have chosen, ${date}, applies to other pages.`,
    notPast: (date) => `${date} is not a past day. This page shows the present information.`,
    noChange: 'A past day cannot be changed',
    noChangeWhy: (date) =>
      `You have chosen the day ${date}. This page is for changing the present information. Go back to today first.`,
    noDay: 'Choose a day from the year 1900 on.',
    isToday: 'Choose a past day. You see today’s information when no day is chosen.',
    isComing: 'Choose a past day. Days to come cannot be shown.',
  },
  away: {
    title: 'The service cannot reach its database.',
    text: 'What the page shows may be out of date. What you have written is kept. The connection is tried again every few seconds.',
    retry: 'Try now',
    over: 'The service works again. You can go on and save.',
  },
  demo: {
    title: 'Demonstration data.',
    text: 'The meetings, decisions, figures and measurements on this page are invented. They do not describe real matters of the City of Espoo or the Western Uusimaa Wellbeing Services County.',
  },
  footer: 'About the service',
  visualLanguage: 'Visual language',
  apiReference: 'API',
  notFound: {
    title: 'Page not found',
    text: 'There is no page at this address, or you may not see it.',
    home: 'Go to the front page',
  },
};
