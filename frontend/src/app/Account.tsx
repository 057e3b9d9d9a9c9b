import { useMe, type Me } from '../api/me';
import { T, useTexts } from '../i18n';

/** Signing in and out, and the post in which a signed-in person acts. */
export function Account() {
  const me = useMe().data;
  if (!me) return null;
  return me.signedIn ? <SignedIn me={me} /> : <SignIn me={me} />;
}
function SignIn({ me }: { me: Me }) {
  const t = useTexts().app;
  return me.issuers.map((i) => (
    <a key={i.signInUrl} href={i.signInUrl}>
      {t.signIn}
    </a>
  ));
}
function SignedIn({ me }: { me: Me }) {
  return <T text={me.post?.title} />;
}
