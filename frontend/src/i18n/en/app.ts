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
