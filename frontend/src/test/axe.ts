import axe from 'axe-core';
import { expect } from 'vitest';

/** Fails with what axe finds. Nothing is laid out here, so colours are looked at in the browser. */
export async function expectNoViolations(container: HTMLElement): Promise<void> {
  const { violations } = await axe.run(container, {
    resultTypes: ['violations'],
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(
    violations.map(({ id, help, nodes }) => [id, help, nodes.map(({ target }) => target)]),
  ).toEqual([]);
}
