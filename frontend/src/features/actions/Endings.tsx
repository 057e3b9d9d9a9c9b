import { useState } from 'react';
import { PostLink } from '../../content/PostLink';
import { usePartyLooks } from '../../api/parties';
import { T, useLang, useTexts } from '../../i18n';
import { formatDate } from '../../lib/dates';
import { useFocusAfter } from '../../lib/focus';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { InlineField } from '../../ui/forms/InlineField';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { Note, Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { PathLink } from '../../ui/PathLink';
import { fieldError } from '../../ui/problemTexts';
import { useToast } from '../../ui/Toast';
import { useWithdrawal, type Action } from './queries';
import { may } from './words';

type Refs = Action['forwardedTo'];

/** Links to other actions by number and name. */
export function ActionLinks({ actions }: { actions: Refs }) {
  return (
    <>
      {actions.map((each, index) => (
        <span key={each.id}>
          {index > 0 && ', '}
          <PathLink path={`/actions/${each.no}`}>
            {each.no} <T text={each.title} />
          </PathLink>
        </span>
      ))}
    </>
  );
}

/** What a reader of an action that is no more has to know first: where it goes on, or that it was an error. */
export function Ending({ action }: { action: Action }) {
  const t = useTexts().actions.page;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const { status, forwardedTo, withdrawn } = action;
  if (withdrawn) {
    return (
      <Note tone="late">
        <p>
          <b>{t.wasWithdrawn(formatDate(withdrawn.on, lang))}.</b> {t.withdrawnWhy}
        </p>
        <p>{t.because(withdrawn.reason)}</p>
        {withdrawn.post && (
          <p className="meta">
            <Who party={looks(withdrawn.post.partyId)}>
              <PostLink post={withdrawn.post} />
            </Who>
          </p>
        )}
      </Note>
    );
  }
  if (status !== 'merged' && status !== 'superseded') return null;
  return (
    <Note>
      <p>
        {forwardedTo.length > 0 ? (
          <>
            <b>{t.goesOn[status]}</b> <ActionLinks actions={forwardedTo} />
          </>
        ) : (
          t.noAddress
        )}
      </p>
    </Note>
  );
}

/** The actions that go on in this one. */
export function ComesFrom({ action }: { action: Action }) {
  const t = useTexts().actions.page;
  if (action.forwardedFrom.length === 0) return null;
  return (
    <Section title={t.comesFrom}>
      <ul className="refs">
        {action.forwardedFrom.map((each) => (
          <li key={each.id}>
            <ActionLinks actions={[each]} />{' '}
            {(each.status === 'merged' || each.status === 'superseded') && (
              <span className="meta">{t.comesFromAs[each.status]}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Withdraws an action that was made in error, or restores one, with a reason. */
export function Withdrawal({ action }: { action: Action }) {
  const t = useTexts().actions.page;
  const [open, setOpen] = useState(false);
  const frame = useFocusAfter<HTMLDivElement>(open, 'button');
  if (!may(action, 'action.withdraw')) return null;
  return (
    <div ref={frame}>
      {open ? (
        <WithdrawalForm action={action} onClose={() => setOpen(false)} />
      ) : (
        <p className="below">
          <Button variant="quiet" small aria-expanded={false} onClick={() => setOpen(true)}>
            {action.withdrawn ? t.restore : t.withdraw}
          </Button>
        </p>
      )}
    </div>
  );
}

function WithdrawalForm({ action, onClose }: { action: Action; onClose: () => void }) {
  const texts = useTexts();
  const t = texts.actions.page;
  const tell = useToast();
  const [reason, setReason] = useState('');
  const gone = Boolean(action.withdrawn);
  const save = useWithdrawal(action.id, gone ? 'restoration' : 'withdrawal');
  return (
    <InlineUpdateForm
      label={gone ? t.restore : t.withdraw}
      saveLabel={gone ? t.restore : t.withdraw}
      onSave={() =>
        whenSaved(save.mutateAsync({ version: action.version, reason }), () => {
          tell(gone ? t.restored(action.no) : t.withdrawnNow(action.no));
          onClose();
        })
      }
      onCancel={onClose}
      saving={save.isPending}
      error={save.error}
    >
      <InlineField
        multiline
        label={gone ? t.restoreReason : t.withdrawReason}
        hint={gone ? t.restoreHint : t.withdrawHint}
        value={reason}
        onChange={setReason}
        error={fieldError(save.error, '/reason', texts)}
      />
    </InlineUpdateForm>
  );
}
