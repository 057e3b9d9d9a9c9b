import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { PostLink } from '../../content/PostLink';
import { useLang, useTexts } from '../../i18n';
import { formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { EmptyState, ErrorState, Loaded, LoadingLines } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { MyCalendar } from './MyCalendar';
import { MyDigest } from './MyDigest';
import { MyFollowing } from './MyFollowing';
import { MyLanguage } from './MyLanguage';
import { MySessions } from './MySessions';
import './profile.css';
import { myHoldingsQuery, useShowName, type Holding } from './queries';

/** What the service knows of the reader, and whether the public sees their name. */
export function ProfilePage() {
  const { profile: t, tokens } = useTexts();
  const lang = useLang();
  const me = useMe().data;
  const holdings = useQuery({ ...myHoldingsQuery, enabled: me?.signedIn === true });
  if (!me?.signedIn) {
    return (
      <>
        <PageHead title={t.title} />
        {me ? <EmptyState title={t.signedOut} /> : <LoadingLines />}
      </>
    );
  }
  return (
    <div className="pg-profile">
      <PageHead title={t.title} lead={t.lead} />
      <div className="stack">
        <Section title={t.posts}>
          <p className="prose">{t.explanation}</p>
          <Loaded query={holdings}>
            {(mine) =>
              mine.length === 0 ? (
                <EmptyState title={t.none} />
              ) : (
                <ul className="hl">
                  {mine.map((holding) => (
                    <li key={holding.id}>
                      <Held holding={holding} />
                    </li>
                  ))}
                </ul>
              )
            }
          </Loaded>
        </Section>
        <MyLanguage />
        <MyDigest />
        <MyFollowing />
        <MyCalendar />
        <Section title={tokens.title}>
          <p className="prose">{tokens.lead}</p>
          <p>
            <Link to="/$lang/api-tokens" params={{ lang }}>
              {tokens.mine}
            </Link>
          </p>
        </Section>
        <MySessions />
      </div>
    </div>
  );
}

function Held({ holding }: { holding: Holding }) {
  const texts = useTexts();
  const t = texts.profile;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const tell = useToast();
  const { mutateAsync, isPending, error } = useShowName(holding);
  const { post, kind, validFrom, validTo, namePublic } = holding;
  const title = localised(post.title, lang).value;
  const choose = () => {
    if (isPending) return;
    whenSaved(mutateAsync(!namePublic), () => tell(namePublic ? t.hidden : t.shown));
  };
  return (
    <div className="held">
      <div>
        <Who party={look(post.partyId)}>
          <PostLink post={post} />
        </Who>
        <p className="meta">
          {kind === 'deputy' && `${t.deputy} · `}
          {validTo
            ? `${formatDate(validFrom, lang)}–${formatDate(validTo, lang)}`
            : t.from(formatDate(validFrom, lang))}
        </p>
        <p>{namePublic ? t.isShown : t.isHidden}</p>
      </div>
      {holding.permissions.includes('holding.publish') && (
        <Button
          variant="secondary"
          small
          aria-disabled={isPending}
          aria-label={namePublic ? t.hideIn(title) : t.showIn(title)}
          onClick={choose}
        >
          {namePublic ? t.hide : t.show}
        </Button>
      )}
      {error && <ErrorState error={error} title={texts.problems.saveTitle} />}
    </div>
  );
}
