import { Link, useLocation } from '@tanstack/react-router';
import { useMe, type Me } from '../api/me';
import { usePartyLooks } from '../api/parties';
import { PostChoice } from '../features/session/PostChoice';
import { readSignInSearch } from '../features/session/search';
import { SignOut } from '../features/session/SignOut';
import { T, useLang, useTexts } from '../i18n';
import { DayContext, type Day } from '../lib/asOf';
import { PartyMark } from '../ui/PartyMark';
import { Popup } from '../ui/Popup';

/** Signing in and out, and the post in which a signed-in person acts. */
export function Account({ open, onChoose }: { open?: boolean; onChoose?: () => void }) {
  const me = useMe().data;
  if (!me || (!me.signedIn && me.issuers.length === 0)) return null;
  if (!me.signedIn) return <SignInLink onChoose={onChoose} />;
  return (
    <DayContext value={ofToday}>
      {open ? <SignedIn me={me} onChoose={onChoose} /> : <Self me={me} />}
    </DayContext>
  );
}

/** Who somebody is, is of now, whatever day the page shows. */
const ofToday: Day = {};

function Self({ me }: { me: Me }) {
  const look = usePartyLooks(useLang());
  return (
    <Popup
      className="linkish who"
      label={
        <>
          <PartyMark party={look(me.post?.partyId ?? me.partyId)} />
          <span>{me.post ? <T text={me.post.title} /> : me.name}</span>
        </>
      }
    >
      {(close) => <SignedIn me={me} onChoose={close} />}
    </Popup>
  );
}

/** Leads to the sign-in page, and from there back to where the person is now. */
function SignInLink({ onChoose }: { onChoose?: () => void }) {
  const t = useTexts().app;
  const lang = useLang();
  const { href, pathname, search } = useLocation();
  const there = pathname === `/${lang}/sign-in`;
  return (
    <Link
      to="/$lang/sign-in"
      params={{ lang }}
      search={{ returnTo: there ? readSignInSearch(search).returnTo : href }}
      onClick={onChoose}
    >
      {t.signIn}
    </Link>
  );
}

function SignedIn({ me, onChoose }: { me: Me; onChoose?: () => void }) {
  const t = useTexts();
  const lang = useLang();
  return (
    <div className="account">
      <p>{me.name}</p>
      {me.posts.length > 0 && (
        <div>
          <p className="meta">{t.app.actingAs}</p>
          <PostChoice me={me} />
        </div>
      )}
      {!me.hasRole && (
        <p>
          <Link to="/$lang/sign-in" params={{ lang }} onClick={onChoose}>
            {t.session.noRoleLink}
          </Link>
        </p>
      )}
      <p>
        <Link to="/$lang/my-details" params={{ lang }} onClick={onChoose}>
          {t.pages.profile}
        </Link>
      </p>
      <SignOut />
    </div>
  );
}
