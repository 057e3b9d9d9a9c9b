import type { Texts } from '../fi';

export const following: Texts['following'] = {
  follow: 'Följ',
  stop: 'Sluta följa',
  stopOf: (name) => `Sluta följa: ${name}`,
  begun: 'Du följer detta.',
  told: 'Du får ändringarna i det dagliga sammandraget.',
  digestOff: 'Ditt sammandrag är avstängt, så du får inget meddelande om ändringarna.',
  topicOff:
    'Det du följer har tagits bort ur ditt sammandrag, så du får inget meddelande om ändringarna.',
  choose: 'Ändra valet',
  ended: 'Du följer inte längre detta.',
  feed: 'Ändringarna som flöde (Atom)',
  mine: 'Det jag följer',
  help: 'Börja följa på sidan för ett mål, en åtgärd, en servicekedja eller ett forum.',
  none: 'Du följer ingenting',
};
