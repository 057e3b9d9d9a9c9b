import { useLang, useTexts } from '../../i18n';
import { Button } from '../../ui/Button';

/** Ends the session. It leads to the front page: the page shown may be for signed-in people. */
export function SignOut() {
  const t = useTexts().app;
  const lang = useLang();
  return (
    <form method="post" action="/auth/logout">
      <input type="hidden" name="returnTo" value={`/${lang}`} />
      <Button type="submit" variant="secondary" small>
        {t.signOut}
      </Button>
    </form>
  );
}
