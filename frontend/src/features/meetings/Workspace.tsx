import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTexts } from '../../i18n';
import { EmptyState } from '../../ui/states';
import { Agenda } from './Agenda';
import { AttendanceList } from './AttendanceList';
import { ClosingCheck } from './ClosingCheck';
import { Inspection } from './Inspection';
import { ItemEditor } from './ItemEditor';
import { Keys, useKeys } from './Keys';
import { Offers } from './Offers';
import type { AgendaItem, Meeting } from './queries';

interface WorkspaceProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  /** Id of the item in hand, from the address. */
  selected?: string;
}

/**
 * The secretary's one page: the agenda, the item in hand, who is there, and whether every decision
 * has its ending.
 */
export function Workspace({ meeting, items, selected }: WorkspaceProps) {
  const t = useTexts().meetings;
  const navigate = useNavigate();
  const work = useRef<HTMLDivElement>(null);
  const current =
    items.find(({ id }) => id === selected) ??
    items.find(({ outcomes }) => outcomes.length === 0) ??
    items[0];
  const at = current ? items.indexOf(current) : -1;

  const go = (id: string | undefined) => {
    if (id === undefined) return;
    void navigate({
      to: '.',
      search: (search) => ({ ...search, item: id }),
      replace: true,
      resetScroll: false,
    });
  };
  useKeys(work, {
    next: () => go(items[at + 1]?.id),
    previous: () => go(items[at - 1]?.id),
  });

  return (
    <div className="run" ref={work}>
      <Agenda meeting={meeting} items={items} current={current?.id} onChoose={go} />
      <div className="it-col">
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
          <ClosingCheck meeting={meeting} items={items} onChoose={go} />
        )}
      </div>
      <div className="side">
        {meeting.permissions.includes('meeting.edit') &&
          ['draft', 'called', 'in_progress'].includes(meeting.status) && (
            <Offers meeting={meeting} />
          )}
        <AttendanceList meeting={meeting} />
        {meeting.participants.length > 0 && <Inspection meeting={meeting} />}
        <section>
          <div className="sec-h">
            <h2>{t.saving.title}</h2>
          </div>
          <p className="meta">{t.saving.text}</p>
        </section>
        <Keys />
      </div>
    </div>
  );
}
