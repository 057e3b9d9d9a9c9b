import { Outlet, useMatches, useRouteContext } from '@tanstack/react-router';
import { useLayoutEffect } from 'react';
import { useMe } from '../api/me';
import { LanguageProvider } from '../i18n';
import { ToastProvider } from '../ui/Toast';
import { NotFoundPage } from './NotFoundPage';
import { Shell } from './Shell';

/** Gives the page its language, from the address, and puts the frame around it. */
export function LanguageLayout() {
  const { known, lang, texts } = useRouteContext({ from: '/$lang' });
  const actor = useMe().data?.post?.id;
  const bare = useMatches({
    select: (matches) => matches.some(({ staticData }) => staticData.bare),
  });

  useLayoutEffect(() => {
    document.documentElement.lang = lang;
  }, [lang]);

  return (
    <LanguageProvider lang={lang} texts={texts}>
      <ToastProvider actor={actor}>
        <Shell bare={bare}>{known ? <Outlet /> : <NotFoundPage />}</Shell>
      </ToastProvider>
    </LanguageProvider>
  );
}
