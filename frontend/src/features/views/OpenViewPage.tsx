import { useQuery } from '@tanstack/react-query';
import { defaultStringifySearch, Link, useParams, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { savedViewQuery, viewPath, viewSearch } from '../../api/savedViews';
import { useLang, useTexts } from '../../i18n';
import { useChosenDay } from '../../lib/asOf';
import { Problem } from '../../lib/problem';
import { PageHead } from '../../ui/Page';
import { EmptyState, ErrorState, LoadingLines } from '../../ui/states';

/** The permanent address of a saved view: leads to its list as it says by now. */
export function OpenViewPage() {
  const t = useTexts().savedViews;
  const lang = useLang();
  const router = useRouter();
  const { id } = useParams({ from: '/$lang/views/$id' });
  const asOf = useChosenDay();
  const view = useQuery(savedViewQuery(id));
  const { data } = view;
  useEffect(() => {
    if (data)
      router.history.replace(
        `/${lang}/${viewPath[data.page]}${defaultStringifySearch({ ...viewSearch(data), asOf })}`,
      );
  }, [asOf, data, lang, router]);
  const gone = view.error instanceof Problem && view.error.status === 404;
  return (
    <>
      <PageHead title={t.title} />
      {gone ? (
        <EmptyState
          title={t.gone}
          text={t.goneWhy}
          actions={
            <Link to="/$lang/views" params={{ lang }}>
              {t.all}
            </Link>
          }
        />
      ) : view.error ? (
        <ErrorState error={view.error} onRetry={() => void view.refetch()} />
      ) : (
        <LoadingLines />
      )}
    </>
  );
}
