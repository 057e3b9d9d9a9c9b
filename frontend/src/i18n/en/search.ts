import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'en');

export const search: Texts['search'] = {
  title: 'Search',
  label: 'Search goals, actions, forums, agenda items, decisions and posts',
  placeholder: 'Search',
  search: 'Search',
  intro:
    'Search finds words in their various forms, the beginnings of words and small typing errors, in every language of the content.',
  lead: (count, more, q) =>
    more
      ? `“${q}” has more than ${num(count)} hits.`
      : count === 1
        ? `“${q}” has one hit.`
        : `“${q}” has ${num(count)} hits.`,
  results: 'Search results',
  searching: 'Searching…',
  failed: 'The search failed. Try again.',
  tooShort: 'Type at least two letters.',
  nothing: (q) => `Nothing was found for “${q}”.`,
  near: 'The words themselves were not found. The nearest hits are shown.',
  meant: 'Did you mean:',
  offers: (n) => (n === 1 ? 'One suggestion' : `${num(n)} suggestions`),
  all: (q) => `Show all results for “${q}”`,
  byKind: 'Results by kind',
  allKinds: 'All',
  help: 'Try a shorter word, the beginning of a word, or fewer words. You can also browse:',
  count: (n) => (n === 1 ? '1 hit' : `${num(n)} hits`),
  some: (shown, count) => `the best ${num(shown)} of ${count}`,
  narrow: 'The best hits are shown. Add words to narrow the search.',
  inList: { action: 'Search the list of actions', post: 'Search the organisation' },
  item: (no) => `item ${no}`,
  kind: {
    goal: 'Goal',
    action: 'Action',
    forum: 'Forum',
    agenda_item: 'Agenda item',
    outcome: 'Outcome',
    post: 'Post',
  },
  kinds: {
    goal: 'Goals',
    action: 'Actions',
    forum: 'Forums',
    agenda_item: 'Agenda items',
    outcome: 'Decisions and other outcomes',
    post: 'Posts',
  },
  allOf: {
    goal: (n) => `All goals (${n})`,
    action: (n) => `All actions (${n})`,
    forum: (n) => `All forums (${n})`,
    agenda_item: (n) => `All agenda items (${n})`,
    outcome: (n) => `All decisions and other outcomes (${n})`,
    post: (n) => `All posts (${n})`,
  },
  parts: {
    title: 'Title',
    description: 'Description',
    result: 'Result',
    purpose: 'Purpose',
    mandate: 'Mandate and powers',
    proposal: 'Proposal',
    proceedings: 'Proceedings',
    decision: 'Decision',
    explanation: 'Explanation',
    heard: 'Heard',
    goesOnTo: 'Goes on to',
    noActionReason: 'Why no action follows',
  },
};
