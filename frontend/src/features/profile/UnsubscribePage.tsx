import { Link, getRouteApi } from '@tanstack/react-router';
import { useLang, useTexts } from '../../i18n';
import { Problem } from '../../lib/problem';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { EmptyState, ErrorState } from '../../ui/states';
import { useUnsubscribe } from './queries';
import { isTopic } from './topics';

const route = getRouteApi('/$lang/unsubscribe/$token');

/** Stops what the link of a mail names, by one press: opening the page changes nothing. */
export function UnsubscribePage() {
  const texts = useTexts();
  const t = texts.profile.unsubscribe;
  const lang = useLang();
  const { token } = route.useParams();
  const { mutateAsync, isPending, isSuccess, error } = useUnsubscribe();
  const [name = ''] = token.split('~');
  const what = isTopic(name)
    ? t.topic(texts.profile.topics[name])
    : name === 'all'
      ? t.all
      : undefined;
  const back = (
    <p>
      <Link to="/$lang/my-details" params={{ lang }} hash="mail">
        {t.back}
      </Link>
    </p>
  );
  if (!what || (error instanceof Problem && error.status === 404)) {
    return (
      <>
        <PageHead title={t.title} />
        <EmptyState title={t.broken.title} text={t.broken.text} />
        {back}
      </>
    );
  }
  const stop = () => {
    if (!isPending && !isSuccess) whenSaved(mutateAsync(token), () => undefined);
  };
  return (
    <>
      <PageHead title={t.title} lead={what} />
      <p className="prose unsub">{t.text}</p>
      <div role="status">{isSuccess && <Note>{t.done}</Note>}</div>
      <p className="acts">
        <Button aria-disabled={isPending || isSuccess} onClick={stop}>
          {t.button}
        </Button>
      </p>
      {error && <ErrorState error={error} title={texts.problems.saveTitle} />}
      {back}
    </>
  );
}
