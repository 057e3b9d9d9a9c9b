import { useState } from 'react';
import type { ResponsibilityItem, Subject } from '../../api/responsibilities';
import { AnswerButtons, DeclineForm, useResponsibilityName } from '../../content/AnswerButtons';
import { Discussion } from '../../content/Discussion';
import { TermsForm } from '../../content/TermsForm';
import { useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { Button } from '../../ui/Button';
import type { MatrixColumn } from './queries';

interface CellAnswerProps {
  subject: Subject;
  post: MatrixColumn['post'];
  /** Left out where the post has no part yet: a new one can be proposed. */
  item?: ResponsibilityItem;
  /** A comment is typed that has not been sent. */
  commenting?: boolean;
  onCommenting?: (commenting: boolean) => void;
  /** A form is open, and what is typed must stay. */
  onWriting: (writing: boolean) => void;
  /** Answered or proposed. */
  onDone: () => void;
}

/**
 * Accepts, declines, comments or proposes in the matrix itself, as on the page of the thing. Who
 * asks for changes stands above the buttons.
 */
export default function CellAnswer(props: CellAnswerProps) {
  const { subject, post, item, commenting = false, onCommenting, onWriting, onDone } = props;
  const t = useTexts().responsibilities;
  const nameOf = useResponsibilityName();
  const asOf = useAsOf();
  const [form, setForm] = useState<'decline' | 'terms'>();
  const open = (which: 'decline' | 'terms' | undefined) => {
    setForm(which);
    onWriting(which !== undefined || commenting);
  };
  const done = () => {
    onDone();
    if (commenting) onWriting(true);
  };
  const close = () => open(undefined);
  const name = item ? nameOf(item) : t.proposeNew;
  const answerable = item && {
    kind: 'responsibility' as const,
    id: item.id,
    version: item.version,
    name,
  };
  const may = (permission: ResponsibilityItem['permissions'][number]) =>
    !asOf && (item?.permissions.includes(permission) ?? true);
  return (
    <div className="insp-do">
      {item && (
        <div className="insp-talk">
          <Discussion
            item={item}
            name={name}
            onWriting={(writing) => {
              onCommenting?.(writing);
              onWriting(writing || form !== undefined);
            }}
          />
        </div>
      )}
      {form !== 'terms' && (
        <div className="btns">
          {answerable && may('agreement.accept') && (
            <AnswerButtons
              item={answerable}
              declining={form === 'decline'}
              onDecline={() => open(form === 'decline' ? undefined : 'decline')}
              onAnswered={done}
            />
          )}
          {form === undefined && may('responsibility.edit') && (
            <Button
              small
              variant={item ? 'quiet' : 'secondary'}
              aria-label={item ? t.changeOf(name) : undefined}
              onClick={() => open('terms')}
            >
              {item ? t.change : t.proposeNew}
            </Button>
          )}
        </div>
      )}
      {form === 'decline' && answerable && (
        <DeclineForm item={answerable} onClose={close} onAnswered={done} />
      )}
      {form === 'terms' && (
        <TermsForm
          subject={subject}
          label={item ? t.changeOf(name) : t.proposeNew}
          item={item}
          post={post}
          onClose={close}
          onSaved={done}
        />
      )}
    </div>
  );
}
