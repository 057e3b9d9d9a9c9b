import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../i18n/en';
import { fi } from '../../i18n/fi';
import { sv } from '../../i18n/sv';
import { renderAt } from '../../test/render';
import { server } from '../../test/server';
import './GuidePage'; // loaded from the start: the first test does not wait for it
import { childrenChain, handover, stage } from './testdata';
import type { Chain, Stage } from './types';

const text = (word: string) => ({ fi: word, sv: `${word} sv`, en: `${word} en` });
const lead = (id: string, title: string): Stage['responsibilities'][number] =>
  ({
    id,
    part: 'lead',
    standing: 'in_force',
    post: { id: `post-${id}`, partyId: 'p-luvn', title: text(title) },
  }) as unknown as Stage['responsibilities'][number];

/** Of four stages two are first; one way is agreed, one is not, one is wide open. */
function chain(): Chain {
  return {
    ...childrenChain(),
    stages: [
      stage('neuvola', 'p-luvn', {
        responsibilities: [lead('r1', 'Neuvolapäällikkö')],
        targetGroup: text('Odottavat perheet'),
        channel: text('Soita neuvolaan'),
        languages: ['fi', 'sv'],
      }),
      stage('kohtaamispaikka', 'p-espoo'),
      stage('eskari', 'p-espoo'),
      stage('tuki', 'p-luvn'),
    ],
    handovers: [
      handover('h1', 'neuvola', 'eskari', { targetDays: 30 }),
      handover('h2', 'kohtaamispaikka', 'eskari', { standing: 'proposed', targetDays: undefined }),
      handover('h3', 'eskari', 'tuki', { gap: 'major', targetDays: 1 }),
    ],
  };
}

beforeEach(() => {
  server.use(
    http.get('*/api/v1/chains/chain-1', () => HttpResponse.json(chain())),
    http.get('*/api/v1/chains', () =>
      HttpResponse.json({
        items: [chain(), { ...chain(), id: 'chain-2', title: text('Ikääntyneet') }],
      }),
    ),
    http.get('*/api/v1/posts', () =>
      HttpResponse.json({
        items: [{ id: 'post-r1', serviceAddress: 'neuvola@luvn.example', contacts: [] }],
      }),
    ),
  );
});

const words = {
  fi: (word: string) => word,
  sv: (word: string) => `${word} sv`,
  en: (word: string) => `${word} en`,
};

describe.each([
  ['fi', fi],
  ['sv', sv],
  ['en', en],
] as const)('the residents’ guide in %s', (lang, texts) => {
  const t = texts.handovers.guide;
  const word = words[lang];
  const steps = async () => {
    renderAt(`/${lang}/chains/chain-1/guide`);
    const heading = await screen.findByRole('heading', { level: 3, name: word('neuvola') });
    const list = heading.closest('ol');
    if (!list) throw new Error('no steps');
    return [...list.children].map((step) => within(step as HTMLElement));
  };

  it('says where to begin, before the steps, and leads there', async () => {
    await steps();
    expect(screen.getByText(t.emergency)).toBeVisible();
    const headings = screen.getAllByRole('heading', { level: 2 }).map((h) => h.textContent);
    expect(headings.slice(0, 2)).toEqual([t.first, t.steps]);
    const first = screen.getByRole('heading', { name: t.first }).closest('section');
    const links = within(first as HTMLElement).getAllByRole('link');
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      [word('neuvola'), `/${lang}/chains/chain-1/guide#step-neuvola`],
      [word('kohtaamispaikka'), `/${lang}/chains/chain-1/guide#step-kohtaamispaikka`],
    ]);
  });

  it('tells of a step who answers, for whom it is, and how and where one comes to it', async () => {
    const [first, , third] = await steps();
    expect(first?.getByText(`${t.step(1)} · ${t.firstStep}`)).toBeVisible();
    expect(third?.getByText(t.step(3))).toBeVisible();
    await first?.findByText('neuvola@luvn.example');
    const told = [...(first?.getByText(t.answers).closest('dl')?.children ?? [])]
      .map((line) => line.textContent)
      .join(' | ');
    expect(told).toContain(word('Neuvolapäällikkö'));
    for (const part of [
      t.address,
      'neuvola@luvn.example',
      t.forWhom,
      word('Odottavat perheet'),
      t.how,
      word('Soita neuvolaan'),
      t.languages,
    ]) {
      expect(told).toContain(part);
    }
  });

  it('tells what happens next and how long it should take, and is honest where it is not agreed', async () => {
    const [first, second, third, last] = await steps();
    expect(first?.getByRole('link', { name: word('eskari') })).toHaveAttribute(
      'href',
      `/${lang}/chains/chain-1/guide#step-eskari`,
    );
    expect(first?.getByText(`${t.within(30)}.`)).toBeVisible();
    expect(first?.queryByText(t.unsure)).not.toBeInTheDocument();
    expect(second?.getByText(t.noTime)).toBeVisible();
    expect(second?.getByText(t.unsure)).toBeVisible();
    expect(third?.getByText(`${t.within(1)}.`)).toBeVisible();
    expect(third?.getByText(t.weak)).toBeVisible();
    expect(last?.getByText(t.end)).toBeVisible();
    const other = await screen.findByRole('link', { name: t.title(word('Ikääntyneet')) });
    expect(other).toHaveAttribute('href', `/${lang}/chains/chain-2/guide`);
  });
});
