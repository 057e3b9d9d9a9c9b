import { useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { whenSaved } from '../../lib/whenSaved';
import { problemText } from '../../ui/problemTexts';
import { useToast, type ToastOffer } from '../../ui/Toast';
import { useWithdrawWord, type Action } from './queries';

/**
 * What undoes the word that an action was just answered with. It works also when the row that asked
 * for it is gone; `onUndo` is told when it is taken, before the answer is there. Why it failed is told
 * where it was offered.
 */
export function useUndo(onUndo?: () => void) {
  const texts = useTexts();
  const t = texts.actions.update;
  const tell = useToast();
  const withdraw = useWithdrawWord();
  return ({ id, no, undoable }: Action): ToastOffer | undefined =>
    undoable && {
      label: texts.ui.undo,
      onPress: () => {
        onUndo?.();
        whenSaved(
          withdraw.mutateAsync({ id, wordId: undoable.id }),
          () => tell(t.undone(no)),
          (error) => tell(`${t.notUndone} ${problemText(error, texts)}`),
        );
      },
    };
}

/** The words of a button that takes back what was said last. */
export function useUndoWords() {
  const t = useTexts().actions.update;
  const lang = useLang();
  return ({ kind, at }: NonNullable<Action['undoable']>) =>
    t.undoLast[kind](formatDateTime(at, lang, { short: true }));
}
