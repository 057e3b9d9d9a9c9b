import { render, screen, waitFor } from '@testing-library/react';
import { Component, Suspense, type ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import { LanguageProvider, loadFirstTexts, useTexts, withRest } from '.';
import { fi } from './fi';
import { first } from './fi.first';

function Rest() {
  return <p>{useTexts().matrix.title}</p>;
}

class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError = () => ({ broken: true });
  override render() {
    return this.state.broken ? <p>broken</p> : this.props.children;
  }
}

const show = (load: () => Promise<typeof fi>) =>
  render(
    <LanguageProvider lang="fi" texts={withRest(first, load)}>
      <Boundary>
        <Suspense fallback={<p>waits</p>}>
          <Rest />
        </Suspense>
      </Boundary>
    </LanguageProvider>,
  );

it('waits for texts that are not of the first', async () => {
  const load = vi.fn(() => Promise.resolve(fi));
  show(load);
  expect(await screen.findByText(fi.matrix.title)).toBeVisible();
  expect(load).toHaveBeenCalledOnce();
});

it('says that the page broke when they do not come, instead of asking for ever', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const load = vi.fn(() => Promise.reject(new Error('no answer')));
  show(load);
  expect(await screen.findByText('broken')).toBeVisible();
  const asked = load.mock.calls.length;
  await waitFor(() => expect(load).toHaveBeenCalledTimes(asked));
  expect(asked).toBeLessThan(4);
});

it('gives the same texts each time', async () => {
  expect(await loadFirstTexts('sv')).toBe(await loadFirstTexts('sv'));
});
