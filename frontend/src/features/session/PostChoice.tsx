import { useChoosePost, type Me } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { Who } from '../../ui/PartyMark';
import { ErrorState } from '../../ui/states';

/** The posts that the person can act in, as buttons; the one acted in is pressed. */
export function PostChoice({ me, units }: { me: Me; units?: boolean }) {
  const t = useTexts();
  const look = usePartyLooks(useLang());
  const choose = useChoosePost();
  return (
    <>
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
                {post.deputy && <span className="meta"> {t.app.deputy}</span>}
                {units && (
                  <span className="meta unit">
                    <T text={post.unit} />
                    {post.id === me.post?.id && ` · ${t.session.chosen}`}
                  </span>
                )}
              </Who>
            </button>
          </li>
        ))}
      </ul>
      {choose.error && <ErrorState error={choose.error} title={t.app.changePostFailed} />}
    </>
  );
}
