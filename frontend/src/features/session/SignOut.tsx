import { useLang, useTexts } from '../../i18n';
import { Button } from '../../ui/Button';

/** What was typed in this browser goes with who typed it. */
async function forget(): Promise<void> {
  const { endTyping } = await import('../../lib/typed');
  await endTyping();
}

/** Ends the session. It leads to the front page: the page shown may be for signed-in people. */
export function SignOut() {
  const t = useTexts().app;
  const lang = useLang();
  return (
    <form
      method="post"
      action="/auth/logout"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        void forget().finally(() => form.submit());
      }}
    >
      <input type="hidden" name="returnTo" value={`/${lang}`} />
      <Button type="submit" variant="secondary" small>
        {t.signOut}
      </Button>
    </form>
  );
}
