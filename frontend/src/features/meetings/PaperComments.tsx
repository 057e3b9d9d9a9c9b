import { useState, type SyntheticEvent } from 'react';
import { usePartyLooks } from '../../api/parties';
import { PostLink } from '../../content/PostLink';
import { useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { TextArea } from '../../ui/forms/fields';
import { Who } from '../../ui/PartyMark';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { Insiders } from '../../ui/Visibility';
import { placesOf, shownAt } from './places';
import {
  useCommentPaper,
  useReplyPaper,
  type PaperComments as Comments,
  type PaperReplyInput,
  type PaperThread,
} from './papers';
import type { AgendaItem, Meeting } from './queries';

interface PaperCommentsProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  comments: Comments;
  past: boolean;
}

/** What was said of passages of the paper before it is approved. */
export function PaperComments({ meeting, items, comments, past }: PaperCommentsProps) {
  const {
    papers: { comments: t },
    content: { insiders },
  } = useTexts();
  const may = past ? [] : comments.permissions;
  if (comments.threads.length === 0 && !may.includes('paper.comment')) return null;
  return (
    <details open={comments.open > 0}>
      <summary>
        {t.title} <span className="meta">{t.count(comments.open)}</span>
      </summary>
      <Insiders what={insiders.paperComments} only={insiders.paperReaders}>
        <p className="meta">{t.note}</p>
        {comments.threads.length === 0 && <p>{t.none}</p>}
        {comments.threads.map((thread) => (
          <Thread
            key={thread.id}
            meetingId={meeting.id}
            thread={thread}
            comment={may.includes('paper.comment')}
            answer={may.includes('paper.answer')}
          />
        ))}
        {may.includes('paper.comment') && <CommentForm meetingId={meeting.id} items={items} />}
      </Insiders>
    </details>
  );
}

function Line({ said, lead }: { said: PaperThread['said']; lead?: string }) {
  const lang = useLang();
  const look = usePartyLooks(lang);
  return (
    <>
      <Who party={look(said.post.partyId)}>
        <PostLink post={said.post} />{' '}
        <span className="meta">
          {formatDateTime(said.at, lang)}
          {lead && `, ${lead}`}
        </span>
      </Who>
      {said.text && <p lang={said.lang}>{said.text}</p>}
    </>
  );
}

interface ThreadProps {
  meetingId: string;
  thread: PaperThread;
  comment: boolean;
  answer: boolean;
}

function Thread({ meetingId, thread, comment, answer }: ThreadProps) {
  const texts = useTexts();
  const t = texts.papers;
  const lang = useLang();
  const reply = useReplyPaper(meetingId, thread.id);
  const [text, setText] = useState('');
  const send = (kind: PaperReplyInput['kind']) => {
    if (reply.isPending) return;
    whenSaved(reply.mutateAsync({ kind, text, lang }), () => setText(''));
  };
  const wrong = fieldError(reply.error, '/text', texts);
  return (
    <article className="said">
      <p className="meta">
        {t.item(thread.label ?? String(thread.agendaNo))}, {t.parts[thread.part].toLowerCase()}
        {thread.resolved && ` · ${t.comments.resolved}`}
        {thread.outdated && ` · ${t.comments.outdated}`}
      </p>
      <blockquote lang={thread.quoteLang}>{thread.quote || t.comments.whole}</blockquote>
      <Line said={thread.said} />
      {thread.replies.map((given) => (
        <div key={`${given.said.at} ${given.kind}`} className="reply">
          <Line
            said={given.said}
            lead={
              given.kind === 'resolved'
                ? t.comments.resolved
                : given.kind === 'reopened'
                  ? t.comments.reopen.toLowerCase()
                  : undefined
            }
          />
        </div>
      ))}
      {comment && (
        <form
          onSubmit={(event: SyntheticEvent) => {
            event.preventDefault();
            send('comment');
          }}
        >
          <TextArea
            label={t.comments.replyTo}
            value={text}
            onChange={setText}
            rows={2}
            error={wrong}
          />
          {reply.error !== null && !wrong && (
            <ErrorState error={reply.error} title={t.comments.failed} />
          )}
          <p className="btns">
            <Button type="submit" small variant="secondary" aria-disabled={reply.isPending}>
              {t.comments.reply}
            </Button>
            {answer && (
              <Button
                small
                variant="quiet"
                onClick={() => send(thread.resolved ? 'reopened' : 'resolved')}
              >
                {thread.resolved ? t.comments.reopen : t.comments.resolve}
              </Button>
            )}
          </p>
        </form>
      )}
    </article>
  );
}

/** A comment on a place; what is selected on the page becomes its quote. */
function CommentForm({ meetingId, items }: { meetingId: string; items: readonly AgendaItem[] }) {
  const texts = useTexts();
  const t = texts.papers.comments;
  const lang = useLang();
  const places = placesOf(items, texts, lang);
  const comment = useCommentPaper(meetingId);
  const [chosen, setChosen] = useState('');
  const [quote, setQuote] = useState('');
  const [text, setText] = useState('');
  const place = places.find(({ key }) => key === chosen) ?? places[0];
  if (!place) return null;
  const shown = shownAt(place, lang);
  const takeSelection = () => {
    const selected = window.getSelection()?.toString().trim() ?? '';
    if (selected === '') return;
    const where = places.find((one) => shownAt(one, lang).value.includes(selected));
    if (!where) return;
    setChosen(where.key);
    setQuote(selected);
  };
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (comment.isPending) return;
    const start = Array.from(shown.value.slice(0, Math.max(0, shown.value.indexOf(quote)))).length;
    whenSaved(
      comment.mutateAsync({ ...place.at, quoteLang: shown.lang, quote, start, text, lang }),
      () => {
        setQuote('');
        setText('');
      },
    );
  };
  const errors = {
    quote: fieldError(comment.error, '/quote', texts),
    text: fieldError(comment.error, '/text', texts),
  };
  return (
    <details
      onToggle={(event) => {
        if (event.currentTarget.open) takeSelection();
      }}
    >
      <summary>{t.add}</summary>
      <form onSubmit={send}>
        <Select
          label={t.place}
          value={place.key}
          options={places.map(({ key, label }) => ({ value: key, label }))}
          onChange={setChosen}
        />
        <TextArea
          label={t.quote}
          hint={t.quoteHint}
          value={quote}
          onChange={setQuote}
          rows={2}
          error={errors.quote}
          optional
        />
        <TextArea label={t.text} value={text} onChange={setText} error={errors.text} />
        {comment.error !== null && !errors.quote && !errors.text && (
          <ErrorState error={comment.error} title={t.failed} />
        )}
        <p className="btns">
          <Button type="submit" small aria-disabled={comment.isPending}>
            {t.send}
          </Button>
        </p>
      </form>
    </details>
  );
}
