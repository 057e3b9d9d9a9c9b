import { screen, within } from '@testing-library/react';

/**
 * The alert that says these words, once it is there. Fields with a counter have an alert of their
 * own, empty as long as there is room.
 */
export async function findAlert(words: string | RegExp): Promise<HTMLElement> {
  const text = await screen.findByText(words, { selector: '[role="alert"] *' });
  const alert = text.closest<HTMLElement>('[role="alert"]');
  if (!alert) throw new Error('no alert');
  return alert;
}

/** What alerts say now, but the empty ones. */
export const alerts = () =>
  within(document.body)
    .queryAllByRole('alert')
    .map(({ textContent }) => textContent.trim())
    .filter(Boolean);
