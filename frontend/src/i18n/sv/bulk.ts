import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

const actionCount = (count: number) => (count === 1 ? '1 åtgärd' : `${num(count)} åtgärder`);

export const bulk: Texts['bulk'] = {
  region: 'Ändra flera på en gång',
  column: 'Val',
  one: (no) => `Välj åtgärd ${no}`,
  all: (count) => `Välj alla som syns (${num(count)})`,
  chosen: (count) => (count === 1 ? '1 vald' : `${num(count)} valda`),
  most: (count) => `Högst ${num(count)} åtgärder kan ändras på en gång.`,
  change: 'Ändra de valda',
  clear: 'Ta bort valen',
  what: 'Vad ändras',
  kinds: {
    status: 'Status',
    dates: 'Datum',
    posts: 'Ansvariga befattningar',
    tags: 'Ämnesord',
  },
  modes: { keep: 'Ändras inte', set: 'Anges', clear: 'Tas bort' },
  newDate: (what) => `Nytt datum: ${what}`,
  progressHint: 'Lämnas det tomt behåller var och en sitt.',
  resultHint: 'Behövs om någon ännu saknar resultat. Ersätter ett tidigare resultat.',
  lead: 'Huvudansvaret övergår till',
  add: 'Befattning som kommer med',
  part: 'Dess del',
  remove: 'Befattning som lämnar',
  nobody: 'Ingen',
  postsHint:
    'Det som gäller den andra parten är ett förslag tills den godkänner det. Fram till dess gäller det senast godkända.',
  noTags: 'Inga ämnesord har tagits i bruk ännu.',
  addTags: 'Läggs till',
  removeTags: 'Tas bort',
  reasonHint:
    'Behövs när ett överenskommet slutdatum flyttas eller statusen avviker från vad datumen säger. Sparas i loggen för varje åtgärd.',
  needsReason: 'Ändringen behöver en motivering.',
  nothingSaid: 'Välj först vad som ändras.',
  check: 'Förhandsgranska',
  checkAgain: 'Förhandsgranska igen',
  checking: 'Kontrolleras…',
  notChecked: 'Ändringen kunde inte kontrolleras',
  preview: 'Förhandsgranskning av ändringen',
  would: (changed, refused, same) =>
    `${actionCount(changed)} ändras, ${refused} hindras, ${same} oförändrade.`,
  groups: {
    refused: 'Kan inte ändras så',
    changed: 'Ändras',
    same: 'Redan så, ändras inte',
  },
  becomes: 'Vad ändras',
  same: 'Är redan så.',
  onlyReport: 'Ny lägesuppgift',
  unseen: 'Åtgärden finns inte',
  leaveOut: (count) => `Lämna bort de hindrade (${num(count)})`,
  make: (count) => `Ändra ${actionCount(count)}`,
  making: 'Ändras…',
  done: (count) => (count === 1 ? '1 åtgärd ändrades.' : `${num(count)} åtgärder ändrades.`),
  notMade: 'Ingenting ändrades',
  again: 'Förhandsgranska igen: något ändrades under tiden.',
  undone: (count) =>
    count === 1
      ? 'Lägesuppgiften om en åtgärd togs tillbaka.'
      : `Lägesuppgifterna om ${num(count)} åtgärder togs tillbaka.`,
  notUndone: 'Lägesuppgifterna kunde inte tas tillbaka.',
  refusals: {
    unknown: 'Åtgärden finns inte, eller så ser du den inte.',
    stale_version: 'Någon har ändrat den efter att listan hämtades.',
    forbidden: 'Du har inte rätt att ändra den.',
    party_not_asked:
      'Din part varken leder eller delar ansvaret för den. Den andra anger statusen.',
    parts_forbidden: 'Ansvariga befattningar ändras av koordinatorn och enhetens chef.',
    post_of_other_party: 'Den andra partens del ändras endast av en koordinator.',
  },
};
