import type { Texts } from '../fi';

export const profile: Texts['profile'] = {
  title: 'My details',
  lead: 'Your name is shown in public only if you choose so yourself.',
  signedOut: 'Sign in to see your details',
  posts: 'My posts',
  explanation:
    'Everybody sees the post and the contact details of the service. If you show your name, it stands beside the post on the organisation page and on the pages of the actions, goals and service chains that the post answers for. When you hide your name it disappears at once, also from views of past days.',
  none: 'You have not held any posts',
  deputy: 'as deputy',
  from: (day) => `from ${day}`,
  isShown: 'Everybody sees your name.',
  isHidden: 'Only people who have signed in see your name.',
  show: 'Show my name',
  showIn: (post) => `Show my name to everybody: ${post}`,
  hide: 'Hide my name',
  hideIn: (post) => `Hide my name: ${post}`,
  shown: 'Everybody sees your name now.',
  hidden: 'Your name is hidden.',
  messages: 'Messages',
  messagesHelp: 'Calls to meetings and other e-mail are sent in this language.',
  language: 'Language of messages',
  languages: { fi: 'suomi', sv: 'svenska', en: 'English' },
  languageSaved: 'The language of messages has been saved.',
};
