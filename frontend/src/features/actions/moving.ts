import { useQueryClient } from '@tanstack/react-query';
import { useMe } from '../../api/me';
import { useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { whenSaved } from '../../lib/whenSaved';
import { problemText } from '../../ui/problemTexts';
import { useToast } from '../../ui/Toast';
import { needsOf, type BoardBy, type BoardColumn, type Target } from './board';
import { groupKey } from './groups';
import {
  actionQuery,
  useReport,
  type Action,
  type ActionStatus,
  type ActionSummary,
} from './queries';
import { useUndo } from './undo';

interface Moving {
  by: BoardBy;
  columns: readonly BoardColumn[];
  /** The form has to open, for what the status needs or because the server refused. */
  onForm: (action: ActionSummary, to: Target) => void;
  onMoved: (saved: Action) => void;
  /** A move ended without a change of the card. */
  onEnd: (action: ActionSummary) => void;
  /** A move is taken back. */
  onUndo: (id: string) => void;
}

/**
 * Moves cards: the own party's report of the status, or of the phase with the status left as that
 * party has said it.
 */
export function useMoving({ by, columns, onForm, onMoved, onEnd, onUndo }: Moving) {
  const texts = useTexts();
  const t = texts.board;
  const lang = useLang();
  const tell = useToast();
  const client = useQueryClient();
  const mine = useMe().data?.partyId;
  const report = useReport();
  const undo = useUndo();
  const nameOf = (key: string) =>
    columns.find((column) => column.key === key)?.name ??
    (by === 'status' ? texts.actions.statuses[key as ActionStatus] : key);

  /** What a report did to the card, in words. */
  const told = (before: ActionSummary, to: string) => (saved: Action) => {
    const now = groupKey(by, saved);
    const from = groupKey(by, before);
    return now === to || by === 'phase'
      ? t.moved(saved.no, nameOf(from), nameOf(now))
      : t.saidOwn(saved.no, nameOf(to), texts.actions.statuses[saved.status]);
  };

  const send = (action: ActionSummary, own: ActionStatus, to: Target) =>
    whenSaved(
      report.mutateAsync({
        id: action.id,
        version: action.version,
        body: {
          status: to.status ?? own,
          phaseId: to.phaseId,
          text: { fi: '', [lang]: '' },
          public: action.visibility === 'public',
        },
      }),
      (saved) => {
        const offer = undo(saved);
        tell(
          told(action, to.status ?? to.phaseId ?? '')(saved),
          offer && {
            ...offer,
            onPress: () => {
              onUndo(saved.id);
              offer.onPress();
            },
          },
        );
        onMoved(saved);
      },
      (error: unknown) => {
        tell(t.notMoved(action.no, problemText(error, texts)));
        onForm(action, to);
      },
    );

  const move = async (action: ActionSummary, column: BoardColumn) => {
    const status = by === 'status' ? (column.key as ActionStatus) : undefined;
    const to: Target = status ? { status } : { phaseId: column.key };
    let own: ActionStatus = action.status;
    if (action.statusesDiffer) {
      const whole = await client.query(actionQuery(String(action.no), ofNow));
      own = whole.partyStatuses.find(({ partyId }) => partyId === mine)?.status ?? own;
      if (status === own) {
        tell(t.alreadySaid(action.no, nameOf(status), texts.actions.statuses[action.status]));
        onEnd(action);
        return;
      }
    }
    if (status && needsOf(action, status)) onForm(action, to);
    else send(action, own, to);
  };
  return {
    told,
    /** Reports the move, or opens the form for it. */
    move: (action: ActionSummary, column: BoardColumn) => {
      move(action, column).catch((error: unknown) => {
        tell(problemText(error, texts));
        onEnd(action);
      });
    },
  };
}
