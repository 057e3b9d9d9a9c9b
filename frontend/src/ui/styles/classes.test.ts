import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What a page nests its own rules in: a sheet may begin it for each of its parts. */
const page = /^\.pg-/;

it('means one thing by each class: two parts of the site never style the same one', () => {
  const begun = new Map<string, string[]>();
  for (const path of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.css')) continue;
    const plain = readFileSync(`src/${path}`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    // Rules begin at the margin, as prettier sets them; what is indented belongs to another.
    for (const [, name = ''] of plain.matchAll(/(?<!,\n)^(\.[\w-]+) \{$/gm))
      if (!page.test(name)) begun.set(name, [...(begun.get(name) ?? []), path]);
  }
  expect(begun.size).toBeGreaterThan(200);
  expect([...begun].filter(([, paths]) => paths.length > 1)).toEqual([]);
});
