import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { destroyAnnouncer } from 'react-aria/private/live-announcer/LiveAnnouncer';
import type { ReactNode } from 'react';
import { createAppRouter } from '../app/router';
import { LanguageProvider } from '../i18n';
import { en } from '../i18n/en';
import { fi } from '../i18n/fi';
import { sv } from '../i18n/sv';
import type { Lang } from '../lib/lang';

const texts = { fi, sv, en };

/** A component with language and server data around it; for what needs no address. */
export function renderUI(ui: ReactNode, lang: Lang = 'fi') {
  return render(
    <QueryClientProvider client={testClient()}>
      <LanguageProvider lang={lang} texts={texts[lang]}>
        {ui}
      </LanguageProvider>
    </QueryClientProvider>,
    { container: root() },
  );
}

/** A component that has links, alone on its page; it is there a moment later. */
export function renderLinked(ui: ReactNode, lang: Lang = 'fi') {
  const router = createRouter({
    routeTree: createRootRoute({ component: () => ui, staticData: { past: 'none' } }),
    history: createMemoryHistory(),
  });
  return renderUI(<RouterProvider router={router as never} />, lang);
}

/** The whole site at an address, such as `/fi/actions?status=late`. */
export function renderAt(address: string) {
  const router = createAppRouter(createMemoryHistory({ initialEntries: [address] }));
  const client = testClient();
  const view = render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
    { container: root() },
  );
  return { ...view, router, client };
}

/** The element that index.html gives the site, empty. */
function root(): HTMLElement {
  const element = Object.assign(document.createElement('div'), { id: 'root' });
  destroyAnnouncer(); // otherwise it would go on speaking into an element that is no longer there
  document.body.replaceChildren(element);
  return element;
}

function testClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
}
