import { memo, useCallback, useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useParties, usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts, type Texts } from '../../i18n';
import { formatDateTime, formatTime } from '../../lib/dates';
import type { Lang } from '../../lib/lang';
import { breakable, localised, type LocalisedText } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { ConditionSign } from '../../ui/Condition';
import { Select } from '../../ui/filters';
import { TextField } from '../../ui/forms/fields';
import { Icon } from '../../ui/Icon';
import { PartyMark } from '../../ui/PartyMark';
import { ErrorState } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useDesk } from './desk';
import { MoreOfParticipant } from './MoreOfParticipant';
import { attendanceInput, withMovement } from './movements';
import {
  useAttend,
  useInvite,
  useRoster,
  useTakeIn,
  useTakeOff,
  type AgendaItem,
  type Attendance,
  type AttendanceInput,
  type Meeting,
  type Participant,
  type Substitute,
} from './queries';

const values = ['expected', 'present', 'remote', 'absent'] as const satisfies readonly Attendance[];

interface AttendanceListProps {
  meeting: Meeting;
  /** The item in hand: who comes or leaves does so during it. */
  item?: AgendaItem;
}

/** Who is there, by party, and whether both principal parties are. */
export function AttendanceList({ meeting, item }: AttendanceListProps) {
  const t = useTexts().meetings.attendance;
  const may = meeting.permissions.includes('meeting.record') && meeting.status !== 'approved';
  const [marking, setMarking] = useState(false);
  const [inviting, setInviting] = useState(false);
  const done = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLElement>(null);
  // Everybody who takes part, also who does not count for the quorum: as the list below it says.
  const there = meeting.participants.filter(({ there: now, attendance }) =>
    meeting.status === 'in_progress' ? now : attendance === 'present' || attendance === 'remote',
  ).length;
  const begun = meeting.status !== 'draft' && meeting.status !== 'called';
  useEffect(() => {
    if (marking) list.current?.querySelector<HTMLElement>('.att-all button, select')?.focus();
  }, [marking]);
  return (
    <section ref={list}>
      <div className="sec-h">
        <h2>{t.title}</h2>
        {begun && <span className="meta">{t.of(there, meeting.participants.length)}</span>}
      </div>
      <Joined meeting={meeting} />
      {meeting.participants.length === 0 ? (
        <p className="meta">{t.later}</p>
      ) : (
        <>
          {begun && <Quorum meeting={meeting} />}
          <Participants
            meeting={meeting}
            item={item}
            marking={marking}
            begun={begun}
            onAllMarked={() => {
              // The button that was pressed is gone; who has gone on to other work is left alone.
              const { activeElement, body } = document;
              if (activeElement === body || list.current?.contains(activeElement)) {
                done.current?.focus();
              }
            }}
          />
        </>
      )}
      {may && (
        <p className="btns">
          {meeting.participants.length > 0 && (
            <Button
              ref={done}
              variant="quiet"
              small
              data-key="attendance"
              aria-pressed={marking}
              onClick={() => setMarking(!marking)}
            >
              {marking ? t.markDone : t.mark}
            </Button>
          )}
          <Button variant="quiet" small onClick={() => setInviting(true)}>
            {t.addGuest}
          </Button>
        </p>
      )}
      {inviting && <Guest meeting={meeting} onDone={() => setInviting(false)} />}
    </section>
  );
}

/** Who has joined the forum since the call, to be taken in; nothing if nobody has. */
function Joined({ meeting }: { meeting: Meeting }) {
  const t = useTexts().meetings.attendance;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const tell = useToast();
  const roster = useRoster(meeting);
  const take = useTakeIn(meeting.id);
  if (meeting.status === 'draft') return null;
  if (roster.error !== null && roster.data === undefined) {
    return (
      <ErrorState
        error={roster.error}
        title={t.rosterFailed}
        onRetry={() => void roster.refetch()}
      />
    );
  }
  const joined = roster.data?.joined ?? [];
  if (joined.length === 0) return null;
  return (
    <div className="note soon">
      <p>{t.joined(joined.length)}</p>
      <ul className="att">
        {joined.map(({ post, role }) => (
          <li key={post.id}>
            <PartyMark party={look(post.partyId)} />
            <span>
              <T text={post.title} />
            </span>
            <span className="meta">{t.roleNames[role]}</span>
          </li>
        ))}
      </ul>
      {take.error !== null && <ErrorState error={take.error} title={t.failed} />}
      <p className="btns">
        <Button
          variant="secondary"
          small
          aria-disabled={take.isPending}
          onClick={() => {
            if (!take.isPending) whenSaved(take.mutateAsync(), () => tell(t.takenIn));
          }}
        >
          {t.takeIn}
        </Button>
      </p>
      {meeting.status === 'called' && <p className="meta">{t.takeInText}</p>}
    </div>
  );
}

function Quorum({ meeting }: { meeting: Meeting }) {
  const t = useTexts().meetings.attendance;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const missing = meeting.quorum.missingPartyIds.map((id) => look(id).name).join(', ');
  return (
    <p className="quo" role="status">
      <span className="who">
        {meeting.quorum.met ? <ConditionSign value="done" /> : <Icon name="error" />}
        <span>
          <b>{meeting.quorum.met ? t.quorum : t.noQuorum}</b>{' '}
          {meeting.quorum.met ? t.quorumText : t.missing(missing)}
        </span>
      </span>
    </p>
  );
}

interface ParticipantsProps {
  meeting: Meeting;
  item?: AgendaItem;
  marking: boolean;
  /** Before it begins nobody has been missed yet. */
  begun: boolean;
  /** The button that marked the rest goes away with it. */
  onAllMarked: () => void;
}

function Participants({ meeting, item, marking, begun, onAllMarked }: ParticipantsProps) {
  const texts = useTexts();
  const t = texts.meetings.attendance;
  const attend = useAttend(meeting.id);
  const { mutate } = attend;
  const left = useRoster(meeting).data?.left ?? [];
  const takeOff = useTakeOff(meeting.id);
  const { mutate: off } = takeOff;
  const remove = useCallback((participant: Participant) => off(participant), [off]);
  const running = meeting.status === 'in_progress' ? item : undefined;
  const waiting = meeting.participants.filter(({ attendance }) => attendance === 'expected');
  const all = async () => {
    for (const participant of waiting) {
      await attend.mutateAsync({
        participant,
        body: attendanceInput(participant, { attendance: 'present' }),
      });
    }
    onAllMarked();
  };
  const save = useCallback(
    (participant: Participant, body: AttendanceInput) => mutate({ participant, body }),
    [mutate],
  );
  return (
    <>
      {marking && waiting.length > 0 && (
        <p className="btns att-all">
          <Button
            variant="secondary"
            small
            aria-disabled={attend.isPending}
            onClick={() => {
              if (!attend.isPending) all().catch(() => undefined);
            }}
          >
            {t.markAll}
          </Button>
        </p>
      )}
      {attend.error !== null && <ErrorState error={attend.error} title={t.failed} />}
      {takeOff.error !== null && <ErrorState error={takeOff.error} title={t.failed} />}
      {byParty(meeting.participants).map((group) => (
        <ul className="att" key={group[0]?.partyId}>
          {group.map((participant) => (
            <Line
              key={participant.id}
              participant={participant}
              begun={begun}
              during={running}
              left={left.includes(participant.id)}
              onRemove={remove}
              onSave={marking ? save : undefined}
            />
          ))}
        </ul>
      ))}
    </>
  );
}

interface LineProps {
  participant: Participant;
  begun: boolean;
  /** The item in hand while the meeting goes on. */
  during?: AgendaItem;
  /** They are no member of the forum on the meeting's day. */
  left: boolean;
  onRemove: (participant: Participant) => void;
  onSave?: (participant: Participant, body: AttendanceInput) => void;
}

const Line = memo(function Line(props: LineProps) {
  const { participant, begun, during, left, onRemove, onSave } = props;
  const t = useTexts().meetings.attendance;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const { now } = useDesk();
  const [more, setMore] = useState(false);
  const name = participant.post ? localised(participant.post.title, lang).value : participant.guest;
  const absent =
    participant.attendance === 'absent' || (begun && participant.attendance === 'expected');
  const gone = begun && !absent && !participant.there;
  const notes = [
    participant.inspector ? t.inspector : t.roles[participant.role],
    left ? t.leftForum : '',
    absent || participant.attendance === 'remote' ? t.values[participant.attendance] : '',
    participant.movements
      .map(({ kind, at }) =>
        kind === 'arrived' ? t.from(formatTime(at, lang)) : t.until(formatTime(at, lang)),
      )
      .join(' '),
  ].filter(Boolean);
  const { substitute } = participant;
  const recorded = participant.attendance !== 'expected' || substitute !== undefined;
  const mark = (value: string) => {
    if (!onSave) return;
    if (value === 'left' || value === 'arrived') {
      if (during) onSave(participant, withMovement(participant, value, during.id, now()));
      return;
    }
    const attendance = values.find((known) => known === value);
    if (attendance) onSave(participant, attendanceInput(participant, { attendance }));
  };
  return (
    <li className={absent || gone ? 'abs' : undefined}>
      <PartyMark party={look(participant.partyId)} />
      <span>
        {participant.post ? (
          <T text={onSave ? narrow(participant.post.title) : participant.post.title} />
        ) : (
          participant.guest
        )}
        {substitute && (
          <span className="meta sub">
            {t.substitute}: {substitute.post ? <T text={substitute.post.title} /> : substitute.name}
            {substitute.call && `, ${told(substitute.call, t.calls, lang)}`}
          </span>
        )}
        {onSave && notes.length > 0 && <span className="meta sub">{notes.join(', ')}</span>}
      </span>
      {onSave ? (
        <span className="att-in">
          <select
            className="in sm"
            aria-label={t.of2(name ?? '')}
            value={participant.attendance}
            onChange={({ target }) => mark(target.value)}
          >
            {values.map((value) => (
              <option key={value} value={value}>
                {t.values[value]}
              </option>
            ))}
            {during && participant.there && <option value="left">{t.leftNow}</option>}
            {during && !participant.there && <option value="arrived">{t.arrivedNow}</option>}
          </select>
          <button
            type="button"
            className="ib"
            aria-expanded={more}
            aria-label={t.moreOf(name ?? '')}
            onClick={() => setMore(!more)}
          >
            <Icon name={more ? 'up' : 'down'} />
          </button>
        </span>
      ) : (
        <span className="meta">{notes.join(', ')}</span>
      )}
      {left && !recorded && (
        <Button
          variant="quiet"
          small
          aria-label={t.takeOffOf(name ?? '')}
          onClick={() => onRemove(participant)}
        >
          {t.takeOff}
        </Button>
      )}
      {onSave && more && (
        <MoreOfParticipant
          participant={participant}
          onSave={(body) => onSave(participant, body)}
          onClose={() => setMore(false)}
        />
      )}
    </li>
  );
});

/** Whether the call has gone to who holds a substitute's post. */
function told(
  { state, at }: NonNullable<Substitute['call']>,
  t: Texts['meetings']['attendance']['calls'],
  lang: Lang,
): string {
  if (state === 'called') return t.called(at ? formatDateTime(at, lang) : '');
  return t[state];
}

/** Beside a choice there is little room: long compounds may break at their seams. */
function narrow({ fi, sv, en }: LocalisedText): LocalisedText {
  return { fi: breakable(fi ?? ''), sv: breakable(sv ?? ''), en: breakable(en ?? '') };
}

/** Those of each party together, in the order in which the server gives the parties. */
export function byParty(participants: readonly Participant[]): Participant[][] {
  const groups: Participant[][] = [];
  for (const participant of participants) {
    const last = groups.at(-1);
    if (last?.[0]?.partyId === participant.partyId) last.push(participant);
    else groups.push([participant]);
  }
  return groups;
}

function Guest({ meeting, onDone }: { meeting: Meeting; onDone: () => void }) {
  const texts = useTexts();
  const t = texts.meetings.attendance;
  const lang = useLang();
  const parties = useParties().data ?? [];
  const invite = useInvite(meeting.id);
  const [guest, setGuest] = useState('');
  const [partyId, setPartyId] = useState('');
  const chosen = partyId || parties[0]?.id || '';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (invite.isPending) return;
    whenSaved(invite.mutateAsync({ partyId: chosen, guest }), onDone);
  };
  return (
    <form className="out-f" aria-label={t.addGuest} onSubmit={submit} noValidate>
      <TextField label={t.guest} value={guest} onChange={setGuest} />
      <Select
        label={t.guestParty}
        value={chosen}
        options={parties.map((party) => ({
          value: party.id,
          label: localised(party.shortName, lang).value,
        }))}
        onChange={setPartyId}
      />
      {invite.error !== null && (
        <ErrorState error={invite.error} title={texts.problems.saveTitle} />
      )}
      <p className="btns">
        <Button type="submit" small aria-disabled={invite.isPending}>
          {t.addGuest}
        </Button>
        <Button variant="quiet" small onClick={onDone}>
          {texts.ui.cancel}
        </Button>
      </p>
    </form>
  );
}
