import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { T } from '../i18n';
import { fi } from '../i18n/fi';
import { Problem } from '../lib/problem';
import { renderLinked, renderUI } from '../test/render';
import { acceptanceText, type AcceptanceState } from './Acceptance';
import { Freshness } from './Freshness';
import { PartMark } from './PartMark';
import { fieldError, problemText } from './problemTexts';
import { ErrorState } from './states';

const espoo = { shape: 'square', letter: 'E', name: 'Espoo' } as const;
const luvn = { shape: 'circle', letter: 'L', name: 'LUVN' } as const;

describe('acceptance in words', () => {
  const say = (first: AcceptanceState, second: AcceptanceState, days?: number) =>
    acceptanceText(
      [
        { party: espoo, state: first },
        { party: luvn, state: second },
      ],
      days,
      fi,
    );

  it.each<[AcceptanceState, AcceptanceState, number | undefined, string]>([
    ['open', 'open', undefined, 'Ehdotettu'],
    ['open', 'accepted', undefined, 'LUVN hyväksynyt'],
    ['accepted', 'accepted', undefined, 'Voimassa'],
    ['accepted', 'returned', 3, 'LUVN palauttanut'],
    ['accepted', 'reopened', undefined, 'Avattu uudelleen'],
    ['open', 'accepted', 60, 'Espoo avoin 60\u00a0pv'],
    ['open', 'open', 7, 'Molemmat avoinna 7\u00a0pv'],
  ])('%s and %s, waited for %s days', (first, second, days, words) => {
    expect(say(first, second, days)).toBe(words);
  });
});

it('names who has accepted beside who is waited for, where there is room', () => {
  const slots = [
    { party: espoo, state: 'open' },
    { party: luvn, state: 'accepted' },
  ] as const;
  expect(acceptanceText(slots, 19, fi, true)).toBe('LUVN hyväksynyt, Espoo avoin 19\u00a0pv');
});

it('names party, part and what is not yet accepted to a screen reader', () => {
  renderUI(<PartMark part="shared" party={espoo} waiting />);
  expect(screen.getByText('Espoo: Yhteisvastuu, odottaa hyväksyntää')).toBeInTheDocument();
});

it('tells how long ago something was confirmed', () => {
  renderUI(
    <>
      <Freshness days={12} />
      <Freshness days={84} short />
      <Freshness days={undefined} />
      <Freshness days={13} target={7} limit={14} short />
      <Freshness days={100} target={90} limit={120} short />
      <Freshness days={90} target={90} limit={120} short />
    </>,
  );
  expect(screen.getByText('Vahvistettu 12 pv sitten')).not.toHaveClass('fresh-old');
  expect(screen.getByText('84 pv')).toHaveClass('fresh-old');
  expect(screen.getByText('Ei vahvistettu')).toBeVisible();
  // Each against its own target and limit.
  expect(screen.getByText('13 pv')).toHaveClass('fresh-due');
  expect(screen.getByText('100 pv')).toHaveClass('fresh-due');
  expect(screen.getByText('90 pv')).not.toHaveClass('fresh-due');
  expect(screen.getByText('90 pv')).toHaveAttribute('title', 'Tavoite 90 pv, raja 120 pv');
});

it('marks content shown in another language with that language', () => {
  renderUI(<T text={{ fi: 'Perhekeskus', sv: '' }} />, 'sv');
  expect(screen.getByText('Perhekeskus')).toHaveAttribute('lang', 'fi');
});

describe('problems in words', () => {
  const problem = (status: number, code: string) => new Problem({ status, code, title: '' });

  it('goes by the code, then by the status, then says it in general', () => {
    expect(problemText(problem(403, 'forbidden'), fi)).toBe(fi.problems.codes.forbidden);
    expect(problemText(problem(404, 'goal_not_found'), fi)).toBe(fi.problems.codes.not_found);
    expect(problemText(problem(500, 'internal'), fi)).toBe(fi.problems.general);
    expect(problemText(Problem.unreachable(), fi)).toBe(fi.problems.offline);
    expect(problemText(new Error('secret'), fi)).toBe(fi.problems.general);
  });

  it('takes nothing from the prototype for a code', () => {
    expect(problemText(problem(500, 'constructor'), fi)).toBe(fi.problems.general);
  });

  it('finds the field that the server refused', () => {
    const refused = new Problem({
      status: 422,
      code: 'validation_failed',
      title: '',
      errors: [
        { pointer: '/title/fi', code: 'required' },
        { pointer: '/dueOn', code: 'never_heard_of' },
      ],
    });
    expect(fieldError(refused, '/title/fi', fi)).toBe('Tieto puuttuu.');
    expect(fieldError(refused, '/dueOn', fi)).toBe('Tieto ei kelpaa.');
    expect(fieldError(refused, '/title/sv', fi)).toBeUndefined();
  });
});

it('leads to what was saved although its answer got lost', async () => {
  const saved = (path?: string) =>
    Problem.fromBody(409, { code: 'saved_already', saved: { kind: 'action', id: 'a', path } });
  renderLinked(<ErrorState error={saved('/actions/9')} title={fi.problems.saveTitle} />);
  expect(await screen.findByRole('link', { name: fi.problems.toSaved })).toHaveAttribute(
    'href',
    expect.stringContaining('/actions/9'),
  );
  const said = screen.getByRole('alert');
  expect(said).toHaveTextContent(fi.problems.savedTitle + fi.problems.savedText);
  expect(said).not.toHaveTextContent(fi.problems.saveTitle);
});

it('has no link where what was saved has no page of its own', async () => {
  const error = Problem.fromBody(409, { code: 'saved_already', saved: { kind: 'grant', id: 'a' } });
  renderLinked(<ErrorState error={error} title={fi.problems.saveTitle} />);
  expect(await screen.findByRole('alert')).toHaveTextContent(fi.problems.codes.saved_already);
  expect(screen.queryByRole('link')).toBeNull();
});
