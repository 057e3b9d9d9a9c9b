import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { renderUI } from '../test/render';
import { RhythmField, type Rhythm } from './RhythmField';

const said: (Rhythm | undefined)[] = [];

function Form({ initial }: { initial?: Rhythm }) {
  const [value, setValue] = useState(initial);
  return (
    <RhythmField
      optional
      value={value}
      onChange={(next) => {
        said.push(next);
        setValue(next);
      }}
      hint="Vihje"
      limitError="Raja ei voi olla tavoitetta lyhyempi."
    />
  );
}

it('is chosen by its name, by days of its own, or left to the plan', async () => {
  renderUI(<Form />);
  const choice = screen.getByRole('combobox', { name: 'Kuinka usein tilanne vahvistetaan' });
  expect(choice).toHaveDisplayValue('Suunnitelman mukaan');
  await userEvent.selectOptions(choice, 'Neljännesvuosittain (tavoite 90 pv, raja 120 pv)');
  expect(said.at(-1)).toEqual({ target: 90, limit: 120 });
  await userEvent.selectOptions(choice, 'Muu väli');
  const limit = screen.getByRole('textbox', { name: /Raja, päivää/ });
  await userEvent.clear(limit);
  await userEvent.type(limit, '45');
  expect(said.at(-1)).toEqual({ target: 90, limit: 45 });
  expect(screen.getByText('Raja ei voi olla tavoitetta lyhyempi.')).toBeVisible();
  // What is no number stays as typed, and the server refuses it.
  await userEvent.type(limit, ' pv');
  expect(limit).toHaveValue('45 pv');
  expect(said.at(-1)).toEqual({ target: 90, limit: 0 });
  await userEvent.selectOptions(choice, 'Suunnitelman mukaan');
  expect(said.at(-1)).toBeUndefined();
});

it('shows days that have no name as they are', () => {
  renderUI(<Form initial={{ target: 14, limit: 30 }} />);
  expect(screen.getByRole('combobox')).toHaveDisplayValue('Muu väli');
  expect(screen.getByRole('textbox', { name: /Tavoite, päivää/ })).toHaveValue('14');
});
