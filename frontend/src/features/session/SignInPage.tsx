import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { signInAddress, useMe, type Me } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { tellSignedIn } from '../../lib/tabs';
import { AnchorButton, LinkButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { KeyValues, Note, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { PartyMark, Who } from '../../ui/PartyMark';
import { EmptyState, Loaded } from '../../ui/states';
import { PostChoice } from './PostChoice';
import { SignOut } from './SignOut';
import './session.css';

/**
 * Where people choose their organisation, read why signing in failed, choose the post to act in,
 * and learn whom to ask when they have no role.
 */
export function SignInPage() {
  const lang = useLang();
  const me = useMe();
  const { error, returnTo, again, other } = useSearch({ from: '/$lang/sign-in' });
  const goOn = again ? `/${lang}/sign-in?again=true` : (returnTo ?? `/${lang}`);
  const back = again === true && !other && me.data?.signedIn === true;
  useEffect(() => {
    if (!back) return;
    tellSignedIn();
    window.close(); // does nothing in a tab that the page did not open: it says what to do
  }, [back]);
  return (
    <div className="pg-signin">
      <Head me={other ? undefined : me.data} again={again === true} />
      {error !== undefined && <Failure code={error} />}
      <Loaded query={me}>
        {(who) => {
          if (!who.signedIn || other) return <Choose me={who} goOn={goOn} />;
          if (!who.hasRole) return <WithoutRole me={who} />;
          return <SignedIn me={who} goOn={again ? undefined : goOn} />;
        }}
      </Loaded>
    </div>
  );
}

function Head({ me, again }: { me: Me | undefined; again: boolean }) {
  const t = useTexts().session;
  if (!me?.signedIn) return <PageHead title={t.title} lead={t.lead} />;
  if (!me.hasRole) return <PageHead title={t.noRole} lead={t.noRoleLead} />;
  if (again) return <PageHead title={t.again.title} lead={t.again.lead} />;
  return <PageHead title={t.signedIn} />;
}

/** Why the last sign-in failed and what to do. A code that nobody knows is a fault of ours. */
function Failure({ code }: { code: string }) {
  const errors = useTexts().session.errors;
  const told = Object.hasOwn(errors, code) ? (code as keyof typeof errors) : 'sign_in_failed';
  const { title, text } = errors[told];
  if (told === 'sign_in_cancelled') {
    return (
      <Note>
        <p role="status">
          <b>{title}.</b> {text}
        </p>
      </Note>
    );
  }
  return (
    <div className="bx err" role="alert">
      <p className="errt">
        <Icon name="error" />
        {title}
      </p>
      <p>{text}</p>
    </div>
  );
}

/** The organisations side by side, none before the other. */
function Choose({ me, goOn }: { me: Me; goOn: string }) {
  const t = useTexts().session;
  const lang = useLang();
  const look = usePartyLooks(lang);
  return (
    <>
      {me.issuers.length === 0 ? (
        <EmptyState title={t.noProviders} text={t.noProvidersText} />
      ) : (
        <ul className="providers" aria-label={t.organisations}>
          {me.issuers.map((issuer) => (
            <li key={issuer.key}>
              <a href={signInAddress(issuer.signInUrl, goOn)}>
                <span aria-hidden="true">
                  <PartyMark party={look(issuer.partyKey)} />
                </span>
                <b>
                  <T text={issuer.title} />
                </b>
                <Icon name="arrow" />
              </a>
            </li>
          ))}
        </ul>
      )}
      <div className="beside">
        <Section title={t.publicTitle}>
          <p>{t.publicText}</p>
          <p>
            <LinkButton to="/$lang" params={{ lang }} variant="secondary" small>
              {t.publicSite}
            </LinkButton>
          </p>
        </Section>
        <Section title={t.rolesTitle}>
          <p>{t.rolesText}</p>
        </Section>
      </div>
    </>
  );
}

function Person({ me }: { me: Me }) {
  const t = useTexts().session;
  const party = usePartyLooks(useLang())(me.partyId);
  return (
    <KeyValues
      items={[
        { name: t.name, value: me.name },
        { name: t.organisation, value: <Who party={party}>{party.name}</Who> },
      ]}
    />
  );
}

function SignedIn({ me, goOn }: { me: Me; goOn: string | undefined }) {
  const t = useTexts().session;
  return (
    <>
      <Person me={me} />
      <Section title={t.post}>
        {me.posts.length === 0 ? (
          <p>{t.onlyPersonal}</p>
        ) : (
          <>
            {me.post ? me.posts.length > 1 && <p>{t.choosePost}</p> : <Note>{t.noPostChosen}</Note>}
            <PostChoice me={me} units />
          </>
        )}
      </Section>
      <div className="btns">
        {goOn !== undefined && (
          <AnchorButton href={goOn} small>
            {t.goOn}
          </AnchorButton>
        )}
        <SignOut />
      </div>
    </>
  );
}

function WithoutRole({ me }: { me: Me }) {
  const t = useTexts().session;
  const lang = useLang();
  return (
    <>
      <Person me={me} />
      <div className="beside">
        <Section title={t.noRoleNow}>
          <p>{t.noRoleNowText}</p>
          <div className="btns">
            <LinkButton to="/$lang" params={{ lang }} small>
              {t.publicSite}
            </LinkButton>
            <SignOut />
          </div>
        </Section>
        <Section title={t.noRoleAsk}>
          <p>{t.noRoleAskText}</p>
          <p>{t.noRoleThen}</p>
        </Section>
      </div>
    </>
  );
}
