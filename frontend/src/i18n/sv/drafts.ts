import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const drafts: Texts['drafts'] = {
  loading: 'Hämtar utkastet…',
  title: (name) => `Utkast: ${name}`,
  save: 'Spara utkastet',
  saved: 'Utkastet har sparats. Den andra parten ser det.',
  note: 'Följetext till den andra parten',
  noteHint: 'Frivilligt. Berätta varför ändringen görs.',
  explain:
    'Innehållet är offentligt, så ändringen sparas som ett utkast. Allmänheten ser den först när den publiceras.',
  bar: (party, days) =>
    `Ett utkast väntar: ${party} föreslår en ändring, ${days === 0 ? 'i dag' : `${days} d`}`,
  open: 'Öppna utkastet',
  standings: {
    waiting: 'Väntar på den andra partens ståndpunkt',
    changes_requested: 'Den andra parten begär ändringar',
    agreed: 'Den andra parten godtar det',
  },
  states: { open: 'Utkast', published: 'Publicerat', discarded: 'Förkastat' },
  lead: (party, day, days) =>
    `${party} föreslår en ändring. Sparat ${day}${days > 0 ? `, för ${days} d sedan` : ''}.`,
  publishedOn: (day) => `Utkastet har publicerats ${day}.`,
  discardedOn: (day) => `Utkastet har förkastats ${day}.`,
  reason: (text) => `Orsak: ${text}`,
  version: (n) => `version ${num(n)}`,
  differences: 'Vad som ändras',
  differencesMeta: (n) => (n === 1 ? '1 ändring' : `${num(n)} ändringar`),
  none: 'Utkastet skiljer sig inte från det publicerade.',
  published: 'Publicerat',
  before: 'Före ändringen',
  drafted: 'Utkast',
  nothing: 'ingenting',
  added: 'nytt',
  removed: 'tas bort',
  place: (kind, place, title) => `${kind} ${place}, ${title}`,
  order: (list) => `${list}, ordningsföljd`,
  outdated: 'Det publicerade innehållet har ändrats efter att utkastet sparades.',
  outdatedHelp: 'Öppna utkastet för redigering och spara det ovanpå det nuvarande innehållet.',
  blocked: 'Utkastet kan inte publiceras förrän en ny version av det har sparats.',
  missing: (parties: string) =>
    `Utkastet tar bort eller flyttar något som hör till ${parties} eller som parten har godkänt. Utkastet kan publiceras först när parten har meddelat att det passar.`,
  missingPlan: (parties) =>
    `Utkastet ändrar vilken plan som gäller. Det kan publiceras först när ${parties} har meddelat att det är lämpligt.`,
  comments: 'Kommentarer',
  noComments: 'Utkastet har inte kommenterats.',
  latestFirst: 'Den senaste först',
  moreComments: 'Visa tidigare kommentarer',
  kinds: { comment: 'Kommentar', changes_requested: 'Begär ändringar', agreed: 'Godtar' },
  text: 'Kommentar',
  textHint: 'Ett språk räcker. Ståndpunkten ”Godtas” behöver ingen motivering.',
  comment: 'Kommentera',
  requestChanges: 'Begär ändringar',
  agree: 'Godtas',
  said: {
    comment: 'Kommentaren har sparats.',
    changes_requested: 'Begäran om ändringar har sparats.',
    agreed: 'Ståndpunkten har sparats: utkastet godtas.',
  },
  edit: 'Redigera utkastet',
  publish: 'Publicera',
  publishQuestion: 'Ska utkastet publiceras?',
  publishText: 'Ändringen träder i kraft genast och syns för allmänheten.',
  waitingText: 'Den andra parten har ännu inte tagit ställning.',
  publishDone: 'Utkastet har publicerats.',
  discard: 'Förkasta utkastet',
  discardText: 'Utkastet stängs. Det förblir synligt för personalen och i loggen.',
  discardReason: 'Varför utkastet förkastas',
  discardDone: 'Utkastet har förkastats.',
};
