import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderUI } from '../test/render';
import { DataTable } from './DataTable';

/** What the browser tells of what is in sight, by hand. */
const watched = new Map<Element, (near: boolean) => void>();

class Watch {
  constructor(private readonly tell: (seen: { isIntersecting: boolean }[]) => void) {}
  observe(element: Element) {
    watched.set(element, (isIntersecting) => this.tell([{ isIntersecting }]));
  }
  disconnect() {
    // what is watched is asked for by its element
  }
}

beforeEach(() => {
  watched.clear();
  vi.stubGlobal('IntersectionObserver', Watch);
});
afterEach(() => vi.unstubAllGlobals());

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

function table(count: number, total?: number, open?: number) {
  renderUI(
    <DataTable
      caption="Luvut"
      columns={[
        { key: 'no', header: 'Luku', kind: 'name', render: (no: number) => <a href="/">{no}</a> },
      ]}
      groups={[{ key: 'all', heading: 'Kaikki', rows: numbers(count) }]}
      rowKey={(no) => no}
      total={total}
      expanded={(no) => no === open && <p>Avattu</p>}
    />,
  );
}
const bodies = () => [...document.querySelectorAll('tbody')];
const shown = () => screen.queryAllByRole('link').length;

it('has all rows of a short table and says nothing of their number', () => {
  table(100);
  expect(shown()).toBe(100);
  expect(screen.getByRole('table')).not.toHaveAttribute('aria-rowcount');
});

it('has of a long one the rows near the sight, each with its place', () => {
  table(10_000);
  expect(shown()).toBe(300);
  expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '10002');
  // Scrolled down to the middle: those rows come, and know where they are.
  const middle = bodies()[100];
  act(() => watched.get(middle as Element)?.(true));
  expect(screen.getByRole('link', { name: '5001' }).closest('tr')).toHaveAttribute(
    'aria-rowindex',
    '5003',
  );
  // What goes out of sight leaves its place, but not under the focus.
  const [first, second] = bodies();
  screen.getByRole('link', { name: '1' }).focus();
  act(() => {
    watched.get(first as Element)?.(false);
    watched.get(second as Element)?.(false);
  });
  expect(screen.getByRole('link', { name: '1' })).toHaveFocus();
  expect(screen.queryByRole('link', { name: '51' })).toBeNull();
  expect(bodies()).toHaveLength(200);
});

it('keeps what is open below a row, wherever the reader scrolls', () => {
  table(1000, undefined, 2);
  expect(screen.getByText('Avattu')).toBeVisible();
  const [first, second] = bodies();
  act(() => {
    watched.get(first as Element)?.(false);
    watched.get(second as Element)?.(false);
  });
  expect(screen.getByText('Avattu')).toBeVisible();
  expect(screen.queryByRole('link', { name: '51' })).toBeNull();
});

it('does not know the number of rows while there are more to fetch', () => {
  table(200, 10_000);
  expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '-1');
});

it('prints all rows', () => {
  table(1000);
  expect(shown()).toBe(300);
  act(() => void window.dispatchEvent(new Event('beforeprint')));
  expect(shown()).toBe(1000);
  act(() => void window.dispatchEvent(new Event('afterprint')));
  expect(shown()).toBe(300);
});
