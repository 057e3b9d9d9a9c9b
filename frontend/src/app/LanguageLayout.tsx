import { Outlet, useMatches, useRouteContext } from '@tanstack/react-router';
import { useLayoutEffect } from 'react';
import { useMe } from '../api/me';
import { LanguageProvider } from '../i18n';
import { DayContext } from '../lib/asOf';
import { ToastProvider } from '../ui/Toast';
import { useFrameDay } from './day';
import { NoChangePage } from './NoChangePage';
import { NotFoundPage } from './NotFoundPage';
import { Shell } from './Shell';

/** Gives the page its language and its day, from the address, and puts the frame around it. */
export function LanguageLayout() {
  const { known, lang, texts } = useRouteContext({ from: '/$lang' });
  const actor = useMe().data?.post?.id;
  const { page, day } = useFrameDay();
  const bare = useMatches({
    select: (matches) => matches.some(({ staticData }) => staticData.bare),
  });

  useLayoutEffect(() => {
    document.documentElement.lang = lang;
  }, [lang]);

  return (
    <LanguageProvider lang={lang} texts={texts}>
      <DayContext value={day}>
        <ToastProvider actor={actor}>
          <Shell bare={bare}>
            {!known ? (
              <NotFoundPage />
            ) : page === 'change' && day.chosen ? (
              <NoChangePage day={day.chosen} />
            ) : (
              <Outlet />
            )}
          </Shell>
        </ToastProvider>
      </DayContext>
    </LanguageProvider>
  );
}
