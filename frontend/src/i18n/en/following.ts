import type { Texts } from '../fi';

export const following: Texts['following'] = {
  follow: 'Follow',
  stop: 'Stop following',
  stopOf: (name) => `Stop following: ${name}`,
  begun: 'You follow this.',
  told: 'You get the changes in the daily digest.',
  digestOff: 'Your digest is switched off, so no message is sent to you of the changes.',
  topicOff:
    'What you follow has been taken out of your digest, so no message is sent to you of the changes.',
  choose: 'Change the choice',
  ended: 'You do not follow this any more.',
  feed: 'Changes as a feed (Atom)',
  mine: 'What I follow',
  help: 'Follow on the page of a goal, an action, a service chain or a forum.',
  none: 'You follow nothing',
};
