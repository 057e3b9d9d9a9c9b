import { Link } from '@tanstack/react-router';
import { useId, useRef, useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import { StandingMark } from '../../content/AgreementMark';
import { ConditionWhy } from '../../content/ConditionWhy';
import { usePhasePoints } from '../../content/phases';
import { T, useLang, useTexts } from '../../i18n';
import { Button } from '../../ui/Button';
import { Who } from '../../ui/PartyMark';
import { PhaseLine } from '../../ui/PhaseLine';
import { InternalMark } from '../../ui/Visibility';
import type { BoardContext } from './ActionBoard';
import { Due } from './ActionTable';
import { ActionUpdate } from './ActionUpdate';
import type { BoardColumn } from './board';
import { MoveMenu } from './MoveMenu';
import type { ActionSummary } from './queries';
import { Differs } from './Together';
import { may } from './words';

interface CardProps {
  board: BoardContext;
  action: ActionSummary;
  column: BoardColumn;
}

/** An action as a card; its menu, or its form, opens within it. */
export function Card({ board, action, column }: CardProps) {
  const texts = useTexts();
  const t = texts.board;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const pointsOf = usePhasePoints();
  const id = useId();
  const [menu, setMenu] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { by, updating } = board;
  const open = updating?.action.id === action.id ? updating : undefined;
  const busy = board.busy === action.id;
  const draggable = board.movable && may(action, 'action.report') && !open && !busy;
  const shared = action.others.filter(({ part }) => part === 'shared');
  const rest = action.others.length - shared.length;
  const close = () => {
    setMenu(false);
    button.current?.focus();
  };
  return (
    <li
      className={busy ? 'bd-card busy' : 'bd-card'}
      data-card={action.id}
      draggable={draggable}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', String(action.no));
        event.dataTransfer.effectAllowed = 'move';
        board.onDrag(action);
      }}
      onDragEnd={() => board.onDrag(undefined)}
    >
      <p className="bd-t">
        <span className="meta">{action.no}</span>{' '}
        <Link
          className="q"
          to="/$lang/actions/$no"
          params={{ lang, no: String(action.no) }}
          draggable={false}
          data-part="title"
        >
          <T text={action.title} />
        </Link>
      </p>
      {action.visibility === 'internal' && <InternalMark />}
      <div className="bd-who">
        {action.lead ? (
          <Who party={looks(action.lead.partyId)}>
            <T text={action.lead.title} />
            <StandingMark standing={action.leadStanding} />
          </Who>
        ) : (
          <span className="meta">{texts.actions.list.nobody}</span>
        )}
        {shared.map(({ post }) => (
          <Who key={post.id} party={looks(post.partyId)}>
            <T text={post.title} />
          </Who>
        ))}
        {rest > 0 && <span className="meta">{t.othersToo(rest)}</span>}
      </div>
      <div className="bd-k">
        <ConditionWhy condition={action.condition} />
        <Due action={action} />
      </div>
      {by === 'status' ? (
        <PhaseLine compact phases={pointsOf(action)} current={action.phaseId} />
      ) : (
        <span className="meta">{texts.actions.statuses[action.status]}</span>
      )}
      <Differs action={action} />
      {board.movable && !open && (
        <Button
          ref={button}
          small
          variant="quiet"
          className="bd-mv"
          data-part="move"
          aria-expanded={menu}
          aria-controls={menu ? id : undefined}
          aria-disabled={busy}
          aria-label={t.moveOne(action.no)}
          onClick={() => !busy && setMenu(!menu)}
        >
          {t.move}
        </Button>
      )}
      {busy && (
        <span className="vh" role="status">
          {t.moving(action.no)}
        </span>
      )}
      {menu && !open && !busy && (
        <MoveMenu
          id={id}
          action={action}
          column={column}
          board={board}
          onClose={close}
          onChoose={(to) => {
            close();
            board.onMove(action, to);
          }}
        />
      )}
      {open && (
        <ActionUpdate
          action={action}
          to={open.to}
          told={board.told(open.action, open.to.status ?? open.to.phaseId ?? '')}
          onClose={(saved) => board.onClose(open, saved)}
          onUndo={() => board.onUndo(action.id)}
        />
      )}
    </li>
  );
}
