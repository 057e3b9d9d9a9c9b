import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PostPicker } from '../../content/PostPicker';
import { useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { dateOf, formatTime, instantOf } from '../../lib/dates';
import { useFocusFirst } from '../../lib/focus';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/forms/fields';
import { attendanceInput } from './movements';
import { agendaQuery, type AttendanceInput, type Participant } from './queries';
import { useParams } from '@tanstack/react-router';
import { localised } from '../../lib/text';

interface MoreProps {
  participant: Participant;
  onSave: (body: AttendanceInput) => void;
  onClose: () => void;
}

/** What is seldom said of a participant: who stands in for them, and corrected times. */
export function MoreOfParticipant({ participant, onSave, onClose }: MoreProps) {
  const texts = useTexts();
  const t = texts.meetings.attendance;
  const lang = useLang();
  const { id } = useParams({ strict: false });
  const items = useQueryClient().getQueryData(agendaQuery(id ?? '', ofNow).queryKey)?.items ?? [];
  const form = useFocusFirst<HTMLFormElement>();
  const [post, setPost] = useState(participant.substitute?.post ?? null);
  const [name, setName] = useState(participant.substitute?.name ?? '');
  const [moves, setMoves] = useState(() =>
    participant.movements.map((move) => ({ ...move, time: formatTime(move.at, lang) })),
  );
  const member = participant.role !== 'expert' && participant.post !== undefined;
  const instants = moves.map(({ at, time }) => instantOf(dateOf(at), time));
  const wrong = instants.some((at) => at === undefined);
  return (
    <form
      className="out-f att-more"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong) return;
        const said = name.trim();
        onSave(
          attendanceInput(participant, {
            substitute: post ? { postId: post.id } : said ? { name: said } : undefined,
            movements: moves.map(({ kind, at, agendaItemId }, n) => ({
              kind,
              at: instants[n] ?? at,
              agendaItemId,
            })),
          }),
        );
        onClose();
      }}
    >
      {moves.map((move, index) => {
        const change = (part: Partial<typeof move>) =>
          setMoves(moves.map((old, n) => (n === index ? { ...old, ...part } : old)));
        return (
          <div className="att-mv" key={index}>
            <TextField
              label={move.kind === 'arrived' ? t.arrivedAt : t.leftAt}
              value={move.time}
              onChange={(time) => change({ time })}
              error={instants[index] === undefined ? texts.meetings.form.timeError : undefined}
            />
            <label className="fld">
              <span className="lbl">{t.duringItem}</span>
              <select
                className="in sm"
                value={move.agendaItemId}
                onChange={({ target }) => change({ agendaItemId: target.value })}
              >
                {items.map((item) => (
                  <option key={item.id} value={item.id}>
                    {item.agendaNo} {localised(item.title, lang).value}
                  </option>
                ))}
              </select>
            </label>
            {index === moves.length - 1 && (
              <Button variant="quiet" small onClick={() => setMoves(moves.slice(0, -1))}>
                {t.removeMove}
              </Button>
            )}
          </div>
        );
      })}
      {member && (
        <>
          <PostPicker
            label={t.substitutePost}
            partyId={participant.partyId}
            value={post}
            onChange={setPost}
          />
          {!post && (
            <TextField
              label={t.substituteName}
              hint={t.substituteHint}
              value={name}
              onChange={setName}
              optional
            />
          )}
        </>
      )}
      {!member && moves.length === 0 && <p className="meta">{t.nothingMore}</p>}
      <p className="btns">
        <Button type="submit" small>
          {texts.ui.save}
        </Button>
        <Button variant="quiet" small onClick={onClose}>
          {texts.ui.cancel}
        </Button>
      </p>
    </form>
  );
}
