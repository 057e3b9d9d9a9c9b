import { useState, type SyntheticEvent } from 'react';
import { useParties } from '../../api/parties';
import type { PostRef } from '../../api/posts';
import { PostPicker } from '../../content/PostPicker';
import { useLang, useTexts } from '../../i18n';
import { useFocusFirst } from '../../lib/focus';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { TextField } from '../../ui/forms/fields';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { useNameApprover, type Meeting } from './queries';

const another = 'another';

/** Who inspects for each principal party: one of those who take part, or with a reason another. */
export function NameInspectors({ meeting }: { meeting: Meeting }) {
  const texts = useTexts();
  const t = texts.meetings.inspection;
  const lang = useLang();
  const form = useFocusFirst<HTMLFormElement>();
  const principals = (useParties().data ?? []).filter(({ principal }) => principal);
  const name = useNameApprover(meeting.id, 'inspector');
  const [reason, setReason] = useState('');
  /** Whom the form names for a party, before it is sent; `another` is the post that was found. */
  const [chosen, setChosen] = useState<{ partyId: string; value: string }>();
  const [post, setPost] = useState<PostRef | null>(null);
  const outside = chosen?.value === another;
  const postId = outside ? (post?.id ?? '') : (chosen?.value ?? '');
  const send = () => {
    if (!postId || name.isPending) return;
    whenSaved(name.mutateAsync({ postId, reason }), () => {
      setReason('');
      setChosen(undefined);
      setPost(null);
    });
  };
  const wrong = fieldError(name.error, '/reason', texts);
  const wrongPost = fieldError(name.error, '/postId', texts);
  return (
    <form
      className="out-f"
      ref={form}
      aria-label={t.change}
      noValidate
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <TextField
        label={t.reason}
        hint={t.reasonHint}
        value={reason}
        onChange={setReason}
        error={wrong}
      />
      {principals.map((party) => {
        const short = localised(party.shortName, lang).value;
        const now = meeting.approvers.find(
          ({ role, post: { partyId } }) => role === 'inspector' && partyId === party.id,
        );
        const possible = (meeting.naming?.inspectors ?? []).filter(
          ({ partyId }) => partyId === party.id,
        );
        const options = [
          ...(now && !possible.some(({ id }) => id === now.post.id) ? [now.post] : []),
          ...possible,
        ].map(({ id, title }) => ({ value: id, label: localised(title, lang).value }));
        return (
          <div key={party.id}>
            <Select
              small
              label={t.changeOf(short)}
              value={chosen?.partyId === party.id ? chosen.value : (now?.post.id ?? '')}
              options={[
                ...(now ? [] : [{ value: '', label: texts.ui.choose }]),
                ...options,
                { value: another, label: t.otherPost },
              ]}
              onChange={(value) => {
                setPost(null);
                setChosen(value === now?.post.id ? undefined : { partyId: party.id, value });
              }}
            />
            {chosen?.partyId === party.id && (
              <>
                {outside && (
                  <PostPicker
                    label={t.otherPostOf(short)}
                    hint={t.otherPostHint}
                    partyId={party.id}
                    value={post}
                    onChange={setPost}
                    error={wrongPost}
                  />
                )}
                {meeting.closedAt !== undefined && <p className="meta">{t.approvalsLost}</p>}
                <p className="btns">
                  <Button type="submit" small aria-disabled={name.isPending || !postId}>
                    {t.nameInspector}
                  </Button>
                </p>
              </>
            )}
          </div>
        );
      })}
      {name.error !== null && !wrong && !(wrongPost && outside) && (
        <ErrorState error={name.error} title={texts.problems.saveTitle} />
      )}
    </form>
  );
}

/** Who chairs this meeting in the place of the forum's chair, with the reason. */
export function NameChair({ meeting, onDone }: { meeting: Meeting; onDone: () => void }) {
  const texts = useTexts();
  const t = texts.meetings.inspection;
  const lang = useLang();
  const form = useFocusFirst<HTMLFormElement>(1, 'select');
  const name = useNameApprover(meeting.id, 'chair');
  const acting = meeting.actingChair?.id ?? '';
  const [chosen, setChosen] = useState(acting);
  const [reason, setReason] = useState('');
  const forumChair = meeting.participants.some(({ role }) => role === 'chair');
  const possible = meeting.naming?.chairs ?? [];
  const options = [
    ...(meeting.actingChair && !possible.some(({ id }) => id === acting)
      ? [meeting.actingChair]
      : []),
    ...possible,
  ].map(({ id, title }) => ({ value: id, label: localised(title, lang).value }));
  const wrong = fieldError(name.error, '/reason', texts);
  const wrongPost = fieldError(name.error, '/postId', texts);
  return (
    <form
      className="out-f"
      ref={form}
      aria-label={t.nameChair}
      noValidate
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        if (name.isPending) return;
        whenSaved(name.mutateAsync({ ...(chosen && { postId: chosen }), reason }), onDone);
      }}
    >
      <p className="meta">{t.nameChairText}</p>
      <Select
        small
        label={t.chairIs}
        value={chosen}
        options={[{ value: '', label: forumChair ? t.forumChair : t.noChair }, ...options]}
        onChange={setChosen}
        error={wrongPost}
      />
      <TextField
        label={t.reason}
        hint={t.reasonHint}
        value={reason}
        onChange={setReason}
        error={wrong}
      />
      {name.error !== null && !wrong && !wrongPost && (
        <ErrorState error={name.error} title={texts.problems.saveTitle} />
      )}
      <p className="btns">
        <Button type="submit" small aria-disabled={name.isPending}>
          {texts.ui.save}
        </Button>
        <Button variant="quiet" small onClick={onDone}>
          {texts.ui.cancel}
        </Button>
      </p>
    </form>
  );
}
