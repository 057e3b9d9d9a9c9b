import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { action } from '../test/builders';
import { renderLinked } from '../test/render';
import { server } from '../test/server';
import { ConditionStrip } from '../ui/Condition';
import { ConditionOf, ConditionReason } from './ConditionOf';

function listen(): string[] {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/actions/:no', ({ params }) => {
      asked.push(String(params.no));
      return HttpResponse.json(action());
    }),
  );
  return asked;
}

it('fetches why an action is late once somebody asks, and keeps it', async () => {
  const asked = listen();
  renderLinked(<ConditionOf no={9} value="late" />);
  const mark = await screen.findByRole('button', { name: 'Myöhässä' });
  expect(asked).toEqual([]);
  await userEvent.tab();
  expect(mark).toHaveFocus();
  await waitFor(() =>
    expect(mark).toHaveAccessibleDescription('Myöhässä 10 päivää. Määräaika oli 13.11.2026.'),
  );
  await userEvent.tab();
  await userEvent.hover(mark);
  expect(await screen.findByRole('tooltip')).toHaveTextContent('Määräaika oli 13.11.2026.');
  expect(asked).toEqual(['9']);
});

it('says so when the reason cannot be fetched', async () => {
  server.use(
    http.get('*/api/v1/actions/9', () =>
      HttpResponse.json({ status: 404, code: 'action_not_found', title: 'x' }, { status: 404 }),
    ),
  );
  renderLinked(<ConditionOf wordOnly no={9} value="late" />);
  await userEvent.hover(await screen.findByRole('button', { name: 'myöhässä' }));
  expect(await screen.findByText('Tietoja ei saatu')).toBeVisible();
});

it('explains each sign of a strip on focus, and Escape puts it away', async () => {
  const asked = listen();
  const link = { to: '/' } as never;
  renderLinked(
    <ConditionStrip
      items={[
        { id: '9', value: 'late', name: '9 Tiedonsiirto', link },
        { id: '10', value: 'on_time', name: '10 Muu', link },
      ]}
      explain={({ id, value }) => <ConditionReason no={Number(id)} value={value} />}
    />,
  );
  const sign = await screen.findByRole('link', { name: '9 Tiedonsiirto: Myöhässä' });
  expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();
  await userEvent.tab();
  expect(sign).toHaveFocus();
  await waitFor(() =>
    expect(sign).toHaveAccessibleDescription(
      '9 Tiedonsiirto Myöhässä 10 päivää. Määräaika oli 13.11.2026.',
    ),
  );
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();
  expect(sign).toHaveFocus();
  expect(asked).toEqual(['9']);
});
