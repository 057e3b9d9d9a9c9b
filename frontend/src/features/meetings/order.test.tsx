import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { useQuery } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { sv } from '../../i18n/sv';
import { alerts, findAlert } from '../../test/alerts';
import { renderLinked } from '../../test/render';
import { refusal, server } from '../../test/server';
import { Agenda } from './Agenda';
import { agendaQuery, type AgendaItem } from './queries';
import { agendaItem, meeting } from './testdata';

const titles = ['Avaus', 'Talous', 'Nuoret'];

/** A draft with three items, its list put in order; what was sent, and whether it is refused. */
async function ordering(lang: 'fi' | 'sv' = 'fi', permissions = ['meeting.edit']) {
  const state = { sent: [] as { id: string; after?: string; parentId?: string }[], refuse: false };
  const numbered = (items: AgendaItem[]) =>
    items.map((item, index) => ({ ...item, agendaNo: index + 1 }));
  let items = numbered(
    titles.map((fi, index) =>
      agendaItem({ id: `i${index + 1}`, title: { fi, sv: fi, en: '' }, permissions }),
    ),
  );
  server.use(
    http.get('*/api/v1/meetings/m1/agenda-items', () => HttpResponse.json({ items, moved: [] })),
    http.post('*/api/v1/agenda-items/:id/move', async ({ request, params }) => {
      const body = (await request.json()) as { after?: string; parentId?: string };
      const id = String(params.id);
      state.sent.push({ id, ...body });
      if (state.refuse) return refusal(409, 'meeting_closed');
      const rest = items.filter((item) => item.id !== id);
      const at = rest.findIndex((item) => item.id === body.after) + 1;
      const moved = items.filter((item) => item.id === id);
      items = numbered([...rest.slice(0, at), ...moved, ...rest.slice(at)]);
      return HttpResponse.json({ items, moved: [] });
    }),
  );
  const user = userEvent.setup();
  renderLinked(<Shown permissions={permissions} />, lang);
  await screen.findByText('Avaus');
  return { user, state };
}

/** The agenda as it is now. */
function Shown({ permissions }: { permissions: string[] }) {
  const items = useQuery(agendaQuery('m1', undefined)).data?.items;
  return (
    items && (
      <Agenda
        meeting={meeting({ permissions })}
        items={items}
        moved={[]}
        onChoose={() => undefined}
      />
    )
  );
}

const open = { name: 'Muuta järjestystä' };
const shown = () =>
  screen.getAllByRole('row').map((row) => row.querySelector('.ag-on')?.textContent.trim());
/** What has been spoken beside the page's own words, which goes away after a while. */
const spoken = () => document.querySelector('[data-live-announcer]')?.textContent ?? '';

/** Opens the list with keys and comes to its first handle with them. */
async function toHandle(user: ReturnType<typeof userEvent.setup>) {
  screen.getByRole('button', open).focus();
  await user.keyboard('{Enter}');
  const list = await screen.findByRole('grid', open);
  for (let n = 0; n < 5 && !list.contains(document.activeElement); n++) {
    await user.tab({ shift: true });
  }
  await user.keyboard('{Home}{ArrowRight}');
  expect(screen.getByRole('button', { name: 'Raahaa Avaus' })).toHaveFocus();
}

it('moves an item by keys alone: Enter takes it, arrows lead it, Escape gives up, Enter drops it', async () => {
  const { user, state } = await ordering();
  await toHandle(user);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(spoken()).toContain('Vetäminen aloitettu.'));
  await user.keyboard('{ArrowDown}{Escape}');
  await waitFor(() => expect(spoken()).toContain('Pudotus peruutettu.'));
  expect(shown()).toEqual(['1 Avaus', '2 Talous', '3 Nuoret']);
  expect(screen.getByRole('button', { name: 'Raahaa Avaus' })).toHaveFocus();
  expect(state.sent).toEqual([]);

  await user.keyboard('{Enter}{ArrowDown}');
  expect(document.activeElement).toHaveAccessibleName('Lisää kohteiden Talous ja Nuoret väliin');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(state.sent).toEqual([{ id: 'i1', after: 'i2' }]));
  await waitFor(() => expect(shown()).toEqual(['1 Talous', '2 Avaus', '3 Nuoret']));
  expect(screen.getByText('Siirretty. Paikka on nyt: 2 Avaus')).toHaveAttribute('role', 'status');
});

it('moves by buttons, one step each, and back again', async () => {
  const { user, state } = await ordering();
  await user.click(screen.getByRole('button', open));
  expect(await screen.findByRole('button', { name: 'Siirrä ylemmäs: Avaus' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Siirrä alemmas: Avaus' }));
  await waitFor(() => expect(shown()).toEqual(['1 Talous', '2 Avaus', '3 Nuoret']));
  await user.click(screen.getByRole('button', { name: 'Siirrä ylemmäs: Avaus' }));
  await waitFor(() => expect(shown()).toEqual(['1 Avaus', '2 Talous', '3 Nuoret']));
  await user.click(
    screen.getByRole('button', { name: 'Siirrä Talous edellisen asian alakohdaksi' }),
  );
  await waitFor(() =>
    expect(state.sent).toEqual([
      { id: 'i1', after: 'i2' },
      { id: 'i1' },
      { id: 'i2', parentId: 'i1' },
    ]),
  );
});

it('says that a move was not saved, and shows the order that holds', async () => {
  const { user, state } = await ordering();
  state.refuse = true;
  await user.click(screen.getByRole('button', open));
  await user.click(await screen.findByRole('button', { name: 'Siirrä alemmas: Avaus' }));
  await findAlert('Tallennus ei onnistunut');
  expect(shown()).toEqual(['1 Avaus', '2 Talous', '3 Nuoret']);
  expect(screen.queryByText(/^Siirretty\./)).not.toBeInTheDocument();
  state.refuse = false;
  await user.click(screen.getByRole('button', { name: 'Siirrä alemmas: Avaus' }));
  await waitFor(() => expect(shown()).toEqual(['1 Talous', '2 Avaus', '3 Nuoret']));
  expect(alerts()).toEqual([]);
});

it('is told to a screen reader in the language of the page', async () => {
  const { user } = await ordering('sv');
  await user.click(screen.getByRole('button', { name: sv.meetings.agenda.order }));
  const handle = await screen.findByRole('button', { name: sv.agenda.drag('Avaus') });
  expect(handle).toHaveAccessibleDescription(/^(Tryck|Klicka)/);
});

it('offers no order to who may only record', async () => {
  await ordering('fi', ['meeting.record']);
  expect(screen.queryByRole('button', open)).not.toBeInTheDocument();
});
