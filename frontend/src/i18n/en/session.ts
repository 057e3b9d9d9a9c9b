import type { Texts } from '../fi';

export const session: Texts['session'] = {
  title: 'Sign in',
  lead: 'Sign in with the account of your own organisation.',
  organisations: 'Choose your organisation',
  noProviders: 'Signing in is not in use',
  noProvidersText: 'The content of the public site can be read without signing in.',
  publicTitle: 'Without signing in',
  publicText:
    'Goals, actions, decisions and published minutes are open to everybody. You need not sign in to read them.',
  publicSite: 'Go to the public site',
  rolesTitle: 'Roles',
  rolesText:
    'A role is granted by the administrator of your own organisation. Without one you see public information only, even when you are signed in.',
  errors: {
    provider_unavailable: {
      title: 'The organisation’s sign-in service did not answer',
      text: 'The fault may be temporary. Try again in a few minutes. If it lasts, contact the IT support of your own organisation.',
    },
    sign_in_unknown: {
      title: 'The sign-in has expired',
      text: 'It took more than ten minutes, began in another browser, or had been completed already. Start again from the beginning.',
    },
    sign_in_cancelled: {
      title: 'The sign-in was cancelled',
      text: 'Nothing has changed. You can sign in again or go on without signing in.',
    },
    sign_in_refused: {
      title: 'The sign-in was not accepted',
      text: 'Check that you chose your own organisation, and try again. If it still does not work, contact the IT support of your own organisation.',
    },
    sign_in_failed: {
      title: 'Signing in failed because of a fault in the service',
      text: 'Try again. If the fault repeats, tell the administrator of your organisation, and mention when you tried to sign in.',
    },
  },
  signedIn: 'You are signed in',
  name: 'Name',
  organisation: 'Organisation',
  post: 'Post in which you act',
  choosePost:
    'Choose the post in which you act. You can change it at any time at the top of the page.',
  noPostChosen: 'You act in no post at the moment. Choose one to have its rights.',
  onlyPersonal: 'You have a personal role, which depends on no post.',
  chosen: 'chosen',
  goOn: 'Continue',
  noRole: 'Signing in succeeded',
  noRoleLead: 'You do not have a role in this service yet.',
  noRoleNow: 'What you can do now',
  noRoleNowText:
    'The public site is open to you as it is to everybody: goals, actions, decisions and published minutes.',
  noRoleAsk: 'How to get a role',
  noRoleAskText:
    'Ask the administrator of your own organisation for a role. Tell them your name and your post. The other organisation’s administrator cannot grant you one.',
  noRoleThen: 'When the role has been granted, load this page again. You need not sign in anew.',
  noRoleLink: 'You do not have a role yet',
  ended: {
    title: 'Your session has ended.',
    text: 'What you wrote is still on this page. Sign in again, then save it.',
    signIn: 'Sign in again (new tab)',
    leave: 'Go on without signing in',
    otherTitle: (name) => `${name} is now signed in in this browser.`,
    otherText: (name) =>
      `This page was opened for ${name}. What you wrote is kept, but it is not saved in another person’s name. Sign in again with your own account.`,
    goOnAs: (name) => `Go on as ${name}`,
    over: 'You are signed in again. You can save.',
  },
  again: {
    title: 'You are signed in again',
    lead: 'Close this tab and go on in the one where your work was interrupted.',
  },
};
