import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../i18n';
import { useKeysOn } from '../../lib/keys';
import { EmptyState } from '../../ui/states';
import { Agenda } from './Agenda';
import type { Transfer } from './agendaQueries';
import { AttendanceList } from './AttendanceList';
import { ClosingCheck } from './ClosingCheck';
import { DeskProvider, useDesk } from './desk';
import { DecisionOffers } from './DecisionOffers';
import { DeskBar } from './DeskBar';
import { Inspection } from './Inspection';
import { ItemEditor } from './ItemEditor';
import { Jump, KeyHelp, Keys, useKeys } from './Keys';
import { Offers } from './Offers';
import type { AgendaItem, Meeting } from './queries';

interface WorkspaceProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  moved: readonly Transfer[];
  /** Id of the item in hand, from the address. */
  selected?: string;
}

/**
 * The secretary's one page: the agenda, the item in hand, who is there, and whether every decision
 * has its ending.
 */
export function Workspace(props: WorkspaceProps) {
  return (
    <DeskProvider meeting={props.meeting}>
      <AtDesk {...props} />
    </DeskProvider>
  );
}

function AtDesk({ meeting, items, moved, selected }: WorkspaceProps) {
  const t = useTexts().meetings;
  const navigate = useNavigate();
  const { writer } = useDesk();
  const work = useRef<HTMLDivElement>(null);
  const [jumping, setJumping] = useState(false);
  /** The item whose title takes the focus as soon as it is there. */
  const goingTo = useRef<string | undefined>(undefined);
  const [helping, setHelping] = useState(false);
  const keys = useKeysOn();
  // Where nothing is chosen: what waits for its turn as the page opens. It stays open when it gets
  // an outcome or another place, under the hands of who writes in it.
  const [opened, setOpened] = useState<string>();
  const waiting =
    items.find(({ id }) => id === opened) ??
    items.find(({ kind, outcomes }) => kind === 'item' && outcomes.length === 0) ??
    items[0];
  if (waiting?.id !== opened) setOpened(waiting?.id);
  const current = items.find(({ id }) => id === selected) ?? waiting;
  const at = current ? items.indexOf(current) : -1;

  const choose = useCallback(
    (id: string | undefined) => {
      if (id === undefined) return;
      void navigate({
        to: '.',
        search: (search) => ({ ...search, item: id }),
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  /** The next item: what is typed in this one becomes content, and the hands stay on the keys. */
  const go = (id: string | undefined) => {
    if (id === undefined) return;
    if (current) void writer(current).commit();
    goingTo.current = id;
    choose(id);
    setJumping(false);
  };
  useEffect(() => {
    if (goingTo.current === undefined || goingTo.current !== current?.id) return;
    goingTo.current = undefined;
    work.current?.querySelector<HTMLElement>('.it h2')?.focus({ preventScroll: true });
  }, [current?.id, jumping]);
  useKeys(work, keys.on && !helping, {
    next: () => go(items[at + 1]?.id),
    previous: () => go(items[at - 1]?.id),
    jump: () => setJumping(true),
    help: () => setHelping(true),
  });

  return (
    <div ref={work}>
      <DeskBar meeting={meeting} />
      <div className="run">
        <Agenda
          meeting={meeting}
          items={items}
          moved={moved}
          current={current?.id}
          onChoose={choose}
        />
        <div>
          {jumping && (
            <Jump
              count={Math.max(0, ...items.map(({ agendaNo }) => agendaNo))}
              onGo={(no) => go(items.find(({ agendaNo, subNo }) => agendaNo === no && !subNo)?.id)}
              onClose={() => setJumping(false)}
            />
          )}
          {current ? (
            <ItemEditor
              key={current.id}
              meeting={meeting}
              item={current}
              onNext={items[at + 1] ? () => go(items[at + 1]?.id) : undefined}
            />
          ) : (
            <section className="it">
              <EmptyState title={t.agenda.none} />
            </section>
          )}
          {meeting.status !== 'draft' && meeting.status !== 'called' && (
            <ClosingCheck meeting={meeting} items={items} onChoose={choose} />
          )}
        </div>
        <div className="side">
          {meeting.permissions.includes('meeting.edit') &&
            ['draft', 'called', 'in_progress'].includes(meeting.status) && (
              <Offers meeting={meeting} />
            )}
          {meeting.permissions.includes('meeting.edit') && (
            <DecisionOffers meeting={meeting} items={items} />
          )}
          <AttendanceList meeting={meeting} item={current} />
          {meeting.participants.length > 0 && <Inspection meeting={meeting} />}
          <section>
            <div className="sec-h">
              <h2>{t.saving.title}</h2>
            </div>
            <p className="meta">{t.saving.text}</p>
          </section>
          <Keys on={keys.on} onHelp={() => setHelping(true)} />
        </div>
      </div>
      {helping && <KeyHelp on={keys.on} onTurn={keys.turn} onClose={() => setHelping(false)} />}
    </div>
  );
}
