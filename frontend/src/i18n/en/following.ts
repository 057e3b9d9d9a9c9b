import type { Texts } from '../fi';

export const following: Texts['following'] = {
  follow: 'Follow',
  stop: 'Stop following',
  stopOf: (name) => `Stop following: ${name}`,
  begun: 'You get its changes in the daily digest.',
  ended: 'You do not follow this any more.',
  feed: 'Changes as a feed (Atom)',
  mine: 'What I follow',
  help: 'You get the changes of these in the daily digest. Follow on the page of a goal, an action, a service chain or a forum.',
  none: 'You follow nothing',
};
