import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { DataTable } from './DataTable';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page whose width crosses the breakpoint when `resize` is called. */
function width() {
  let narrow = false;
  const listeners = new Set<() => void>();
  vi.stubGlobal('matchMedia', (query: string) => ({
    get matches() {
      return narrow && query.includes('max-width');
    },
    media: query,
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  }));
  return (to: boolean) =>
    act(() => {
      narrow = to;
      listeners.forEach((listener) => listener());
    });
}

/** Text that is kept by the field itself, and text that is kept by its component. */
function Form() {
  const [text, setText] = useState('');
  return (
    <form>
      <label>
        Selite <input value={text} onChange={({ target }) => setText(target.value)} />
      </label>
      <label>
        Muu <input />
      </label>
    </form>
  );
}

it('keeps what is typed below a row, and the focus, when a table becomes a list and back', async () => {
  const resize = width();
  render(
    <DataTable
      caption="Toimet"
      columns={[{ key: 'name', kind: 'name', header: 'Toimi', render: (row: string) => row }]}
      groups={[{ key: 'all', rows: ['yksi', 'kaksi'] }]}
      rowKey={(row) => row}
      expanded={(row) => row === 'kaksi' && <Form />}
    />,
  );
  await userEvent.type(screen.getByLabelText('Muu'), 'b');
  await userEvent.type(screen.getByLabelText('Selite'), 'Kesken');
  expect(screen.getByRole('table')).toBeVisible();
  resize(true);
  expect(screen.queryByRole('table')).not.toBeInTheDocument();
  expect(screen.getByLabelText('Selite')).toHaveValue('Kesken');
  expect(screen.getByLabelText('Muu')).toHaveValue('b');
  expect(screen.getByLabelText('Selite')).toHaveFocus();
  expect(screen.getAllByRole('listitem')[1]).toContainElement(screen.getByLabelText('Selite'));
  await userEvent.keyboard(' vielä');
  resize(false);
  expect(screen.getByLabelText('Selite')).toHaveValue('Kesken vielä');
  expect(screen.getByLabelText('Selite')).toHaveFocus();
});
