import { expect, test } from 'vitest';

/** The source of every part of a feature's page. */
const sources = import.meta.glob<string>('../features/**/*.tsx', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Parts of pages that list something and have no links of their own, and why not. */
const without: Record<string, string> = {
  'components/Interaction.tsx': 'samples of the visual language',
  'actions/ActionPage.tsx': 'one action',
  'actions/BoardColumn.tsx': 'the page of actions has the links',
  'actions/ActionHistory.tsx': 'what happened to one action: the log has the links',
  'forums/OpenMatters.tsx': 'a part of a forum: the page of open loops has the links',
  'forums/ForumForm.tsx': 'a form',
  'forums/ForumPage.tsx': 'its lists of meetings and decisions have the links',
  'meetings/DecisionOffers.tsx': 'offers to a meeting that is being made',
  'drafts/DraftPage.tsx': 'one draft',
  'imports/ImportPage.tsx': 'rows of a file',
};

test('every page that lists something has it as files too', () => {
  const lists = Object.entries(sources)
    .filter(([path]) => !path.includes('.test.'))
    .filter(([, source]) => /<LoadMore|useInfiniteQuery\(/.test(source))
    .map(([path, source]) => [path.replace('../features/', ''), source] as const);
  const lacking = lists
    .filter(([, source]) => !source.includes('<FileLinks'))
    .map(([path]) => path);
  expect(lists.length).toBeGreaterThan(20);
  // A new list has <FileLinks> with its filters, or stands above with the reason why not.
  expect(lacking.sort()).toEqual(Object.keys(without).sort());
});

/** Pages with links of their own to files that cannot be compared, and why not. */
const ownLinks: Record<string, string> = {
  'matrix/MatrixPage.tsx':
    'its cells are the rows of the list of responsibilities, which has the link',
};

test('what changed between two days is offered wherever files of a list that knows the past are', () => {
  const pages = Object.entries(sources).filter(([path]) => !path.includes('.test.'));
  // FileLinks has the link by itself; a page with links of its own to files has <BetweenLink>.
  const lacking = pages
    .filter(
      ([, source]) => /fileAddress\(/.test(source) && !/<BetweenLink|'\/between'/.test(source),
    )
    .map(([path]) => path.replace('../features/', ''));
  expect(lacking.sort()).toEqual(Object.keys(ownLinks).sort());
  const histories = pages.filter(([, source]) => /historyQuery\(/.test(source));
  expect(histories.length).toBeGreaterThan(0);
  for (const [path, source] of histories) {
    expect(source, path).toContain('<BetweenLink');
  }
});
