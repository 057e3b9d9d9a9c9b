import { useQuery } from '@tanstack/react-query';
import { useId, type KeyboardEvent } from 'react';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { useFocusFirst } from '../../lib/focus';
import { localised } from '../../lib/text';
import type { BoardContext } from './ActionBoard';
import { fits, needsOf, type BoardColumn } from './board';
import { actionQuery, type ActionStatus, type ActionSummary } from './queries';
import { may } from './words';

interface MoveMenuProps {
  id: string;
  action: ActionSummary;
  /** Where the card is. */
  column: BoardColumn;
  board: BoardContext;
  onChoose: (column: BoardColumn) => void;
  onClose: () => void;
}

/** Says where the card is and to which columns it can go, what each asks for, and why not. */
export function MoveMenu({ id, action, column, board, onChoose, onClose }: MoveMenuProps) {
  const texts = useTexts();
  const t = texts.board;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const mine = useMe().data?.partyId;
  const hint = useId();
  const frame = useFocusFirst<HTMLDivElement>(1, 'button:not([aria-disabled=true]), p[tabindex]');
  const shared = action.statusesDiffer || action.others.some(({ part }) => part === 'shared');
  const allowed = may(action, 'action.report');
  const whole = useQuery({
    ...actionQuery(String(action.no), ofNow),
    enabled: action.statusesDiffer && allowed,
  }).data;
  const own = whole?.partyStatuses.find(({ partyId }) => partyId === mine)?.status;

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  /** Why the card cannot go there. */
  const refusal = (to: BoardColumn) => {
    if (fits(board.by, action, to)) return t.here;
    if (board.by === 'status' && own === to.key) return t.saidAlready;
    return to.refuses;
  };
  const names = [action.lead, ...action.others.filter(isShared).map(({ post }) => post)]
    .filter((post) => post !== undefined)
    .map((post) => `${localised(post.title, lang).value} (${looks(post.partyId).name})`);

  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the buttons in it
    <div className="bd-menu" id={id} ref={frame} onKeyDown={onKeyDown}>
      {!allowed ? (
        <p className="meta" tabIndex={-1}>
          {action.withdrawn
            ? t.withdrawn
            : names.length > 0
              ? t.notYours([...new Set(names)].join(', '))
              : t.nobodys}
        </p>
      ) : (
        <>
          <p id={hint}>
            {t.isIn(action.no, column.name)}
            {shared && board.by === 'status' && mine && (
              <span className="meta"> {t.reportsFor(looks(mine).name)}</span>
            )}
          </p>
          <ul aria-labelledby={hint}>
            {board.columns.map((to) => {
              const no = refusal(to);
              const needs =
                board.by === 'status' ? needsOf(action, to.key as ActionStatus) : undefined;
              return (
                <li key={to.key}>
                  <button
                    type="button"
                    aria-disabled={no !== undefined}
                    onClick={() => no === undefined && onChoose(to)}
                  >
                    {to.name}{' '}
                    {(no ?? needs) && (
                      <span className="meta">{no ?? (needs && t.needs[needs])}</span>
                    )}
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}

function isShared({ part }: ActionSummary['others'][number]): boolean {
  return part === 'shared';
}
