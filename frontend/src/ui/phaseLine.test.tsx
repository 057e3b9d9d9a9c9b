import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderUI } from '../test/render';
import { PhaseLine } from './PhaseLine';

const phases = [
  { id: 'idea', name: 'Idea', on: '1.2.2026' },
  { id: 'preparation', name: 'Valmistelu' },
  { id: 'decision', name: 'Päätös', on: '4.5.2026' },
  { id: 'established', name: 'Vakiintunut' },
];

it('tells each phase with its day, and which is the present one', () => {
  renderUI(<PhaseLine phases={phases} current="decision" />);
  const items = screen.getAllByRole('listitem');
  expect(items.map(({ textContent }) => textContent)).toEqual([
    'Idea1.2.2026',
    'Valmisteluohitettu',
    'Päätös4.5.2026',
    'Vakiintunutedessä',
  ]);
  const now = items.filter((item) => item.getAttribute('aria-current') === 'step');
  expect(now).toHaveLength(1);
  expect(within(now[0] as HTMLElement).getByText('Päätös')).toBeVisible();
});

it('says the phase and its place in short, and nothing where none is said', () => {
  const { container } = renderUI(
    <p>
      <PhaseLine compact phases={phases} current="decision" />
      <PhaseLine compact phases={phases} current={undefined} />
    </p>,
    'sv',
  );
  expect(container).toHaveTextContent(/^Päätös, fas 3\/4$/);
});
