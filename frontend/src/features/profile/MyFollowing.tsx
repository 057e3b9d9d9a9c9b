import { useQuery } from '@tanstack/react-query';
import { FollowingMail, myFollowingQuery, useFollow, type Followed } from '../../content/FollowBar';
import { SubjectLink, subjectText } from '../../content/SubjectLink';
import { useLang, useTexts } from '../../i18n';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Section } from '../../ui/layout';
import { EmptyState, ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';

/** What the reader follows. */
export function MyFollowing() {
  const t = useTexts().following;
  const query = useQuery(myFollowingQuery);
  return (
    <Section title={t.mine}>
      <p className="prose">
        {t.help} <FollowingMail />
      </p>
      <Loaded query={query}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t.none} />
          ) : (
            <ul className="hl">
              {list.map((thing) => (
                <li key={thing.subject.id}>
                  <One thing={thing} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function One({ thing: { subject } }: { thing: Followed }) {
  const texts = useTexts();
  const t = texts.following;
  const lang = useLang();
  const tell = useToast();
  const { mutateAsync, isPending, error } = useFollow();
  const { kind, id } = subject;
  const stop = () => {
    if (isPending || kind === 'stage' || kind === 'handover') return;
    whenSaved(mutateAsync({ on: false, subjectKind: kind, subjectId: id }), () => tell(t.ended));
  };
  return (
    <div className="held">
      <SubjectLink subject={subject} />
      <Button
        variant="secondary"
        small
        aria-disabled={isPending}
        aria-label={t.stopOf(subjectText(subject, texts, lang))}
        onClick={stop}
      >
        {t.stop}
      </Button>
      {error && <ErrorState error={error} title={texts.problems.saveTitle} />}
    </div>
  );
}
