import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type people } from './fixtures';

export type Who = keyof typeof people | null;

/** One look at a page: who looks, and where. */
export interface Visit {
  who: Who;
  at: (ids: Ids, page: Page) => string | Promise<string>;
}

/** Every route of the site, as the router spells it, with who looks at it and where it leads. */
export const pages: Record<string, Visit[]> = {
  '/': [
    { who: null, at: () => '' },
    { who: null, at: () => '?by=chain' },
    { who: 'espooCoordinator', at: () => '?by=party&since=2026-06-01' },
  ],
  changes: [{ who: null, at: () => '/changes?since=2026-06-01' }],
  between: [
    { who: null, at: () => '/between?of=%2Factions%3Fsort%3Dno&from=2026-06-01' },
    { who: 'luvnFamilyHead', at: () => '/between?of=%2Factions%2F9&from=2026-06-01' },
  ],
  components: [{ who: null, at: () => '/components' }],
  'sign-in': [
    { who: null, at: () => '/sign-in?error=sign_in_refused' },
    { who: 'withoutRole', at: () => '/sign-in' },
    { who: 'luvnFamilyHead', at: () => '/sign-in' },
  ],
  goals: [{ who: null, at: () => '/goals' }],
  'goals/new': [{ who: 'espooCoordinator', at: () => '/goals/new' }],
  'goals/$no': [
    { who: null, at: () => '/goals/3' },
    { who: 'espooCoordinator', at: () => '/goals/3' },
  ],
  actions: [
    { who: null, at: () => '/actions' },
    { who: 'luvnFamilyHead', at: () => '/actions' },
  ],
  'actions/new': [{ who: 'espooCoordinator', at: () => '/actions/new' }],
  'actions/import': [{ who: 'espooCoordinator', at: () => '/actions/import' }],
  'goals/import': [{ who: 'espooCoordinator', at: () => '/goals/import' }],
  'organisation/import': [{ who: 'espooAdministrator', at: () => '/organisation/import' }],
  'responsibilities/import': [{ who: 'luvnCoordinator', at: () => '/responsibilities/import' }],
  'actions/$no/edit': [{ who: 'luvnFamilyHead', at: () => '/actions/9/edit' }],
  'help/condition': [{ who: null, at: () => '/help/condition' }],
  'actions/$no': [
    { who: null, at: () => '/actions/9' },
    { who: 'luvnFamilyHead', at: () => '/actions/9' },
  ],
  responsibilities: [
    { who: null, at: () => '/responsibilities' },
    { who: null, at: () => '/responsibilities?rows=chain&view=list' },
    { who: 'luvnCoordinator', at: () => '/responsibilities?acceptance=waiting' },
  ],
  'responsibilities/list': [
    { who: null, at: () => '/responsibilities/list' },
    { who: 'luvnCoordinator', at: () => '/responsibilities/list?acceptance=waiting&kind=goal' },
  ],
  'responsibilities/on': [
    { who: null, at: () => '/responsibilities/on' },
    {
      who: 'espooAuditor',
      at: (ids) => `/responsibilities/on?kind=chain&id=${ids.chain}&date=2026-11-16`,
    },
  ],
  chains: [{ who: null, at: () => '/chains' }],
  'chains/new': [{ who: 'luvnCoordinator', at: () => '/chains/new' }],
  'chains/$id': [
    { who: null, at: (ids) => `/chains/${ids.chain}` },
    {
      who: 'espooCoordinator',
      at: (ids) => `/chains/${ids.chain}?handover=${ids.handover}#handover`,
    },
  ],
  'chains/$id/guide': [{ who: null, at: (ids) => `/chains/${ids.chain}/guide` }],
  handovers: [
    { who: null, at: () => '/handovers' },
    { who: 'luvnCoordinator', at: () => '/handovers?acceptance=waiting' },
  ],
  gaps: [
    { who: null, at: () => '/gaps' },
    { who: 'espooCoordinator', at: () => '/gaps?reason=gap&treated=false' },
  ],
  'drafts/$id': [{ who: 'espooCoordinator', at: ({ url }, page) => draftOf(url, page) }],
  forums: [{ who: null, at: () => '/forums' }],
  'forums/new': [{ who: 'espooCoordinator', at: () => '/forums/new' }],
  'forums/$id': [
    { who: null, at: (ids) => `/forums/${ids.forum}` },
    { who: 'luvnSecretary', at: (ids) => `/forums/${ids.forum}` },
  ],
  'forums/$id/year': [
    {
      who: 'luvnSecretary',
      at: async ({ url, forum }, page) => {
        await once(templates, url, () => makeTemplate(url, forum, page));
        return `/forums/${forum}/year`;
      },
    },
  ],
  'forums/$id/import': [{ who: 'luvnSecretary', at: (ids) => `/forums/${ids.forum}/import` }],
  'open-loops': [{ who: null, at: () => '/open-loops' }],
  'meetings/$id': [
    { who: null, at: (ids) => `/meetings/${ids.published}` },
    { who: 'espooCoordinator', at: (ids) => `/meetings/${ids.called}` },
    {
      who: 'luvnSecretary',
      at: async ({ url }, page) => `/meetings/${(await preparedMeeting(url, page)).id}`,
    },
  ],
  'meetings/$id/show': [
    { who: null, at: (ids) => `/meetings/${ids.published}/show` },
    { who: 'espooCoordinator', at: (ids) => `/meetings/${ids.called}/show` },
  ],
  'agenda-items/$id/case': [{ who: null, at: (ids) => `/agenda-items/${ids.item}/case` }],
  'cases/$party/$': [{ who: 'luvnSecretary', at: ({ url }, page) => registeredCase(url, page) }],
  'my-work': [{ who: 'luvnFamilyHead', at: () => '/my-work' }],
  organisation: [
    { who: null, at: () => '/organisation' },
    { who: 'espooAdministrator', at: () => '/organisation' },
  ],
  'organisation/posts/$id': [
    { who: 'espooAdministrator', at: (ids) => `/organisation/posts/${ids.post}` },
  ],
  search: [
    { who: null, at: () => '/search?q=nuorten' },
    { who: null, at: () => '/search?q=nuorten&kind=action' },
    { who: 'espooCoordinator', at: () => '/search?q=neuvolaan' },
    { who: null, at: () => '/search?q=xyzzyx' },
  ],
  views: [
    { who: null, at: () => '/views' },
    { who: 'espooCoordinator', at: ({ url }, page) => viewsOf(url, page, '/views') },
  ],
  'views/$id': [{ who: 'luvnCoordinator', at: ({ url }, page) => viewsOf(url, page) }],
  radar: [
    { who: null, at: () => '/radar' },
    { who: 'espooCoordinator', at: () => '/radar?reason=no_lead' },
  ],
  freshness: [
    { who: null, at: () => '/freshness' },
    { who: 'espooCoordinator', at: () => '/freshness?by=unit' },
  ],
  'my-details': [
    { who: null, at: () => '/my-details' },
    { who: 'luvnFamilyHead', at: () => '/my-details' },
  ],
  'api-tokens': [
    { who: null, at: () => '/api-tokens' },
    { who: 'espooCoordinator', at: () => '/api-tokens' },
  ],
  'unsubscribe/$token': [{ who: null, at: () => '/unsubscribe/late~x~y' }],
  plan: [
    { who: null, at: () => '/plan' },
    { who: 'espooCoordinator', at: () => '/plan' },
  ],
  'plan/$key': [
    { who: null, at: () => '/plan/plan_2025_2029' },
    { who: 'espooCoordinator', at: () => '/plan/plan_2025_2029?edit=true' },
  ],
  'plan/$key/compare': [
    { who: null, at: () => '/plan/plan_2025_2029/compare?from=2026-06-08' },
    { who: 'espooCoordinator', at: () => '/plan/plan_2025_2029/compare?from=2026-06-08' },
  ],
  'plan/$key/carry-over': [
    { who: null, at: () => '/plan/plan_2025_2029/carry-over' },
    { who: 'espooCoordinator', at: () => '/plan/plan_2025_2029/carry-over' },
  ],
  rounds: [
    { who: null, at: () => '/rounds' },
    { who: 'espooCoordinator', at: () => '/rounds' },
  ],
  'rounds/compare': [
    { who: null, at: () => '/rounds/compare?round=annual_2025&round=interim_2026' },
  ],
  'rounds/$key': [
    { who: null, at: () => '/rounds/annual_2025' },
    { who: 'luvnCoordinator', at: () => '/rounds/interim_2026' },
  ],
  'transparency/log': [{ who: 'luvnAuditor', at: () => '/transparency/log' }],
  'admin/mails': [{ who: 'espooAdministrator', at: () => '/admin/mails' }],
  'admin/decision-feeds': [{ who: 'espooAdministrator', at: () => '/admin/decision-feeds' }],
  'admin/jobs': [{ who: 'espooAdministrator', at: () => '/admin/jobs' }],
  'admin/mail-texts': [{ who: 'espooAdministrator', at: () => '/admin/mail-texts' }],
  'admin/people/$id': [{ who: 'espooAuditor', at: ({ url }, page) => personOfDemo(url, page) }],
  'admin/access': [{ who: 'espooAdministrator', at: () => '/admin/access' }],
};

/** The demo data have no draft: one is made of a goal that no other test looks at. */
async function draftOf(product: string, page: Page): Promise<string> {
  const url = new URL('/api/v1/goals?sort=-no&limit=1&sharedGoalId=none', product);
  const { items } = (await (await page.request.get(url.href)).json()) as {
    items: { id: string; version: number; planId: string; themeId: string; title: object }[];
  };
  const [goal] = items;
  if (!goal) throw new Error('no goal');
  const { id, version, planId, themeId, title } = goal;
  // An earlier visit of the same product may have begun one already, and a goal has one at a time.
  const open = new URL(`/api/v1/drafts?state=open&subjectId=${id}`, product).href;
  const [begun] = ((await (await page.request.get(open)).json()) as { items: { id: string }[] })
    .items;
  if (begun) return `/drafts/${begun.id}`;
  const answer = await page.request.post(new URL('/api/v1/drafts', product).href, {
    headers: { Origin: url.origin },
    data: {
      subjectKind: 'goal',
      subjectId: id,
      baseVersion: version,
      content: { planId, themeId, title, visibility: 'public' },
    },
  });
  if (!answer.ok()) throw new Error(`the draft was not made: ${await answer.text()}`);
  return `/drafts/${((await answer.json()) as { id: string }).id}`;
}

/** Saves a view of the reader's own, and leads to a path, or to the view itself. */
async function viewsOf(product: string, page: Page, path?: string): Promise<string> {
  const url = new URL('/api/v1/saved-views', product);
  const answer = await page.request.post(url.href, {
    headers: { Origin: url.origin },
    data: {
      page: 'actions',
      name: { fi: 'Myöhässä', sv: 'Försenade', en: 'Late' },
      query: { condition: ['late'], sort: ['dueOn'] },
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return path ?? ((await answer.json()) as { address: string }).address;
}

/** Somebody who holds a post, as an auditor finds them. */
async function personOfDemo(product: string, page: Page): Promise<string> {
  const answer = await page.request.get(new URL('/api/v1/holdings?limit=1', product).href);
  const { items } = (await answer.json()) as { items: { person: { id: string } }[] };
  return `/admin/people/${items[0]?.person.id ?? ''}`;
}

/** No item of the demo data has a case that its reader may see: a draft meeting gets one. */
async function registeredCase(product: string, page: Page): Promise<string> {
  const { registryNo } = await preparedMeeting(product, page);
  return `/cases/luvn/${registryNo}`;
}

const templates = new Map<string, Promise<void>>();

/** No forum of the demo data has a template of its meetings: the one looked at gets one. */
async function makeTemplate(product: string, key: string, page: Page): Promise<void> {
  const url = new URL('/api/v1/', product);
  const forum = (await (await page.request.get(new URL(`forums/${key}`, url).href)).json()) as {
    id: string;
  };
  const answer = await page.request.post(new URL(`forums/${forum.id}/meeting-template`, url).href, {
    headers: { Origin: url.origin },
    data: {
      title: { fi: 'Kokous {number}/{year}', sv: 'Möte {number}/{year}' },
      frequency: 'monthly',
      weekday: 3,
      week: 2,
      months: [2, 5, 9, 12],
      startsAt: '13:00',
      durationMinutes: 120,
      items: [
        { kind: 'heading', title: { fi: 'Avaus', sv: 'Öppnande' } },
        { title: { fi: 'Kokouksen avaus', sv: 'Mötet öppnas' }, minutesReserved: 5 },
      ],
      visibility: 'public',
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
}

type Prepared = { id: string; registryNo: string };
const prepared = new Map<string, Promise<Prepared>>();

/** A draft meeting with an item of a case, as its secretary prepares it; one for each product. */
function preparedMeeting(product: string, page: Page): Promise<Prepared> {
  return once(prepared, product, () => prepareMeeting(product, page));
}

async function prepareMeeting(product: string, page: Page): Promise<Prepared> {
  const url = new URL('/api/v1/', product);
  const ask = async (path: string, data?: object) => {
    const answer = await page.request.fetch(new URL(path, url).href, {
      method: data ? 'POST' : 'GET',
      headers: { Origin: url.origin },
      ...(data && { data }),
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as { id: string; items: { id: string; key?: string }[] };
  };
  const forum = await ask('forums/forum_mhsa');
  const luvn = (await ask('parties')).items.find(({ key }) => key === 'luvn');
  const meeting = await ask(`forums/${forum.id}/meetings`, {
    startsAt: '2026-12-14T07:00:00Z',
    endsAt: '2026-12-14T09:00:00Z',
    visibility: 'public',
  });
  const registryNo = '1234/00.01.02/2026';
  await ask(`meetings/${meeting.id}/agenda-items`, {
    title: { fi: 'Asia, jolla on diaarinumero', sv: 'Ärende med diarienummer' },
    cases: [
      {
        partyId: luvn?.id,
        registryNo,
        urlFi: 'https://example.fi/asia',
        urlSv: 'https://example.fi/arende',
      },
    ],
    visibility: 'public',
  });
  return { id: meeting.id, registryNo };
}

export interface Ids {
  /** Where the product is. */
  url: string;
  chain: string;
  handover: string;
  /** The one whose secretary looks at it. */
  forum: string;
  published: string;
  called: string;
  item: string;
  post: string;
}

interface Item {
  id: string;
  hidden: boolean;
}

const known = new Map<string, Promise<Ids>>();

/** Does what has not been done yet for a key; what failed is tried again. */
function once<T>(done: Map<string, Promise<T>>, key: string, act: () => Promise<T>): Promise<T> {
  const before = done.get(key);
  if (before) return before;
  const now = act();
  done.set(key, now);
  now.catch(() => done.delete(key));
  return now;
}

/** What the demo data have, asked for once of each product. */
export function idsOf(url: string): Promise<Ids> {
  return once(known, url, () => findIds(url));
}

async function findIds(url: string): Promise<Ids> {
  const list = async (what: string) => {
    const answer = await fetch(`${url}/api/v1/${what}`);
    return ((await answer.json()) as { items: { id: string; status?: string }[] }).items;
  };
  const first = (items: { id: string }[]) => items[0]?.id ?? '';
  const meetings = await list('meetings?limit=200');
  const published = meetings.filter((m) => m.status === 'published');
  const agendas = await Promise.all(
    published.map(async ({ id }) => (await list(`meetings/${id}/agenda-items`)) as Item[]),
  );
  const items = agendas.flat().filter(({ hidden }) => !hidden);
  return {
    url,
    chain: first(await list('chains')),
    handover: first(await list('handovers')),
    forum: 'forum_mhsa',
    published: first(meetings.filter((m) => m.status === 'published')),
    called: first(meetings.filter((m) => m.status === 'called')),
    item: first(items),
    post: first(await list('posts')),
  };
}

/** The routes of the site, as the router spells them, with what each makes of a past day. */
export function routesOfSite(): { route: string; past: string }[] {
  const router = readFileSync(path.resolve(import.meta.dirname, '../src/app/router.tsx'), 'utf8');
  return router
    .split('createRoute({')
    .filter((text) => text.includes('getParentRoute: () => langRoute'))
    .map((text) => ({
      route: /path: '([^']+)'/.exec(text)?.[1] ?? '',
      past: /past: '(\w+)'/.exec(text)?.[1] ?? '',
    }));
}
