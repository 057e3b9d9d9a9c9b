import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const board: Texts['board'] = {
  title: 'Actions as a board',
  help: 'The Move button shows to which columns a card can go. A card can also be dragged. The arrow keys take you from card to card.',
  columnsBy: 'Columns',
  by: { status: 'By status', phase: 'By phase of implementation' },
  column: 'Column shown',
  withCount: (name, count) => `${name} (${num(count)})`,
  empty: 'No actions',
  noCards: 'The cards could not be fetched.',
  more: (shown, all) => `Show more (${num(shown)}/${num(all)})`,
  othersToo: (count) => `and ${num(count)} more`,
  move: 'Move',
  moveOne: (no) => `Move action ${no}`,
  isIn: (no, column) => `Action ${no} is in the column ${column}. Where does it go?`,
  reportsFor: (party) =>
    `A move reports the status of your own party: ${party}. The column shows what the parties say together.`,
  here: 'the card is here',
  saidAlready: 'your party has reported this already',
  needs: {
    reason: 'asks for a reason',
    result: 'asks for a result',
    forward: 'asks where the work goes on',
  },
  noPhase: 'A phase cannot be removed by moving the card. Change it in the form of the action.',
  retiredPhase: 'The phase is no longer in use.',
  notYours: (names) =>
    `In your post you cannot report the status of this action. The parties responsible for it do: ${names}.`,
  nobodys:
    'In your post you cannot report the status of this action. Nobody is responsible for it yet: a coordinator can report it.',
  withdrawn: 'The action was withdrawn as made in error. Restore it first.',
  moving: (no) => `Action ${no} is being moved.`,
  moved: (no, from, to) => `Action ${no} was moved: ${from} → ${to}.`,
  saidOwn: (no, word, joint) =>
    `Your party’s status for action ${no} is now ${word}. Together the parties say ${joint}, so the card is in that column.`,
  alreadySaid: (no, word, joint) =>
    `Your party’s status for action ${no} is already ${word}. Together the parties say ${joint}.`,
  notMoved: (no, why) => `Action ${no} was not moved. ${why} The form is open in the card.`,
  dropHere: 'Drop here',
};
