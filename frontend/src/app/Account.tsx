import { useLocation } from '@tanstack/react-router';
import { signInAddress, useChoosePost, useMe, type Me } from '../api/me';
import { usePartyLooks } from '../api/parties';
import { T, useLang, useTexts } from '../i18n';
import { Button } from '../ui/Button';
import { PartyMark, Who } from '../ui/PartyMark';
import { Popup } from '../ui/Popup';
import { ErrorState } from '../ui/states';

/** Signing in and out, and the post in which a signed-in person acts. */
export function Account({ open }: { open?: boolean }) {
  const t = useTexts().app;
  const look = usePartyLooks(useLang());
  const me = useMe().data;
  if (!me || (!me.signedIn && me.issuers.length === 0)) return null;
  if (open) return me.signedIn ? <SignedIn me={me} /> : <SignIn me={me} />;
  return (
    <Popup
      className={me.signedIn ? 'linkish who' : 'linkish'}
      label={
        me.signedIn ? (
          <>
            <PartyMark party={look(me.post?.partyId ?? me.partyId)} />
            <span>{me.post ? <T text={me.post.title} /> : me.name}</span>
          </>
        ) : (
          t.signIn
        )
      }
    >
      {() => (me.signedIn ? <SignedIn me={me} /> : <SignIn me={me} />)}
    </Popup>
  );
}

function SignIn({ me }: { me: Me }) {
  const t = useTexts().app;
  const look = usePartyLooks(useLang());
  const { href } = useLocation();
  return (
    <div className="account">
      <p>{t.signInWhere}</p>
      <ul>
        {me.issuers.map((issuer) => (
          <li key={issuer.key}>
            <a href={signInAddress(issuer.signInUrl, href)}>
              <Who party={look(issuer.partyKey)}>
                <T text={issuer.title} />
              </Who>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function SignedIn({ me }: { me: Me }) {
  const t = useTexts().app;
  const look = usePartyLooks(useLang());
  const choose = useChoosePost();
  return (
    <div className="account">
      <p>{me.name}</p>
      {me.posts.length > 0 && (
        <div>
          <p className="meta">{t.actingAs}</p>
          <ul className="posts">
            {me.posts.map((post) => (
              <li key={post.id}>
                <button
                  type="button"
                  aria-pressed={post.id === me.post?.id}
                  onClick={() => choose.mutate(post.id)}
                >
                  <Who party={look(post.partyId)}>
                    <T text={post.title} />
                    {post.deputy && <span className="meta"> {t.deputy}</span>}
                  </Who>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {choose.error && <ErrorState error={choose.error} title={t.changePostFailed} />}
      <form method="post" action="/auth/logout">
        <Button type="submit" variant="secondary" small>
          {t.signOut}
        </Button>
      </form>
    </div>
  );
}
