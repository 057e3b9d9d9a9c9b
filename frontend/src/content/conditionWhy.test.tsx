import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderUI } from '../test/render';
import { ConditionWhy } from './ConditionWhy';

const condition = {
  value: 'late' as const,
  flags: ['unowned'],
  explanation: {
    summary: { fi: 'Myöhässä 54 päivää.', sv: 'Försenad 54 dagar.' },
    detail: {
      fi: 'Virstanpylvään ”Kokeilu” määräaika oli 30.9.2026.',
      sv: 'Tidsfristen för milstolpen ”Kokeilu” var 30.9.2026.',
    },
  },
};

const late = () => screen.getByRole('button', { name: 'Myöhässä' });
const reason = () => screen.queryByRole('tooltip');

it('says why on focus, to a screen reader with the condition, and Escape puts it away', async () => {
  const outer = vi.fn();
  renderUI(
    <div role="presentation" onKeyDown={outer}>
      <ConditionWhy condition={condition} />
    </div>,
  );
  expect(reason()).not.toBeInTheDocument();
  expect(late()).toHaveAccessibleDescription(
    /^Myöhässä 54 päivää. Virstanpylvään ”Kokeilu” määräaika oli 30.9.2026. Kukaan ei hoida/,
  );
  await userEvent.tab();
  expect(late()).toHaveFocus();
  expect(reason()).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(reason()).not.toBeInTheDocument();
  expect(late()).toHaveFocus();
  expect(outer).not.toHaveBeenCalled();
  // Who comes back to it reads it again.
  await userEvent.tab();
  await userEvent.tab({ shift: true });
  expect(reason()).toBeVisible();
});

it.each(['touch', 'mouse'])(
  'shows it by a press (%s), and goes when something else is pressed',
  async (by) => {
    renderUI(
      <>
        <ConditionWhy condition={condition} />
        <button type="button">Muu</button>
      </>,
    );
    const press = (target: Element) =>
      userEvent.pointer({ keys: by === 'touch' ? '[TouchA]' : '[MouseLeft]', target });
    await press(late());
    expect(reason()).toBeVisible();
    await press(late());
    expect(reason()).toBeVisible();
    await userEvent.keyboard('{Escape}');
    expect(reason()).not.toBeInTheDocument();
    await press(late());
    expect(reason()).toBeVisible();
    await press(screen.getByRole('button', { name: 'Muu' }));
    expect(reason()).not.toBeInTheDocument();
  },
);

it('stays while the pointer is on it, and goes with the pointer or by Escape', async () => {
  renderUI(<ConditionWhy condition={{ ...condition, flags: [] }} />, 'sv');
  const mark = screen.getByRole('button', { name: 'Försenad' });
  await userEvent.hover(mark);
  const shown = screen.getByRole('tooltip');
  expect(shown).toHaveTextContent(
    'Försenad 54 dagar. Tidsfristen för milstolpen ”Kokeilu” var 30.9.2026.',
  );
  await userEvent.hover(shown);
  expect(shown).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(reason()).not.toBeInTheDocument();
  await userEvent.unhover(mark);
  await userEvent.hover(mark);
  expect(reason()).toBeVisible();
  await userEvent.unhover(mark);
  expect(reason()).not.toBeInTheDocument();
});
