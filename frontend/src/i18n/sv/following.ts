import type { Texts } from '../fi';

export const following: Texts['following'] = {
  follow: 'Följ',
  stop: 'Sluta följa',
  stopOf: (name) => `Sluta följa: ${name}`,
  begun: 'Du får ändringarna i det dagliga sammandraget.',
  ended: 'Du följer inte längre detta.',
  feed: 'Ändringarna som flöde (Atom)',
  mine: 'Det jag följer',
  help: 'Du får ändringarna i det dagliga sammandraget. Börja följa på sidan för ett mål, en åtgärd, en servicekedja eller ett forum.',
  none: 'Du följer ingenting',
};
