import { T, useTexts } from '../../i18n';
import { Button } from '../../ui/Button';
import { ConditionSign } from '../../ui/Condition';
import { DataTable } from '../../ui/DataTable';
import { Icon } from '../../ui/Icon';
import { PathLink } from '../../content/PathLink';
import type { AgendaItem, Meeting } from './queries';
import { Unhandled } from './Unhandled';
import { decisionsOf, itemNo, unaimedOf, unhandledOf } from './words';

interface ClosingCheckProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  onChoose: (id: string) => void;
}

/** Before the meeting is closed: has every decision its ending, and has every item been handled? */
export function ClosingCheck({ meeting, items, onChoose }: ClosingCheckProps) {
  const t = useTexts().meetings.closing;
  const rows = decisionsOf(items);
  const open = rows.filter(({ outcome }) => outcome.open).length;
  const unhandled = unhandledOf(items).length;
  const unaimed = unaimedOf(items);
  const running = meeting.status === 'in_progress';
  return (
    <section className="close" aria-labelledby="closing">
      <h2 id="closing">{t.title}</h2>
      <p className="meta">
        {open > 0 ? (
          <>
            {t.openBefore}
            <b>{t.open(open)}</b>
            {t.unhandled(unhandled)}
          </>
        ) : (
          <>
            {rows.length === 0
              ? t.none
              : running && unhandled + unaimed.length === 0
                ? t.ready
                : t.readyPublish}
            {running && unhandled > 0 && t.unhandledOnly(unhandled)}
          </>
        )}
      </p>
      {running && <Unhandled meeting={meeting} items={items} onChoose={onChoose} />}
      {running && unaimed.length > 0 && (
        <div className="unh">
          <h3>{t.unaimed(unaimed.length)}</h3>
          <ul>
            {unaimed.map(({ item, outcome }) => (
              <li key={outcome.id}>
                <Icon name="error" size={14} />{' '}
                <button type="button" className="lk" onClick={() => onChoose(item.id)}>
                  {itemNo(item)} <T text={outcome.text} />
                </button>{' '}
                {outcome.type === 'deferred' ? t.noTarget : t.noAddressee}
              </li>
            ))}
          </ul>
        </div>
      )}
      {rows.length > 0 && (
        <DataTable
          caption={t.caption}
          columns={[
            { key: 'item', header: t.item, kind: 'number', render: ({ item }) => itemNo(item) },
            {
              key: 'decision',
              header: t.decision,
              kind: 'name',
              render: ({ outcome }) => (
                <>
                  {outcome.open && (
                    <>
                      <span className="c c-late">
                        <Icon name="error" />
                        {t.without}
                      </span>
                      <br />
                    </>
                  )}
                  <T text={outcome.text} />
                </>
              ),
            },
            {
              key: 'followUp',
              header: t.followUp,
              render: ({ item, outcome }) =>
                outcome.open ? (
                  <Button variant="secondary" small onClick={() => onChoose(item.id)}>
                    {t.go}
                  </Button>
                ) : (
                  <Ending outcome={outcome} />
                ),
            },
          ]}
          groups={[{ key: 'all', rows }]}
          rowKey={({ outcome }) => outcome.id}
        />
      )}
    </section>
  );
}

function Ending({ outcome }: { outcome: AgendaItem['outcomes'][number] }) {
  const texts = useTexts();
  const t = texts.meetings;
  return (
    <span className="who">
      <ConditionSign value="done" />
      <span>
        {outcome.actions.map((action) => (
          <span key={action.id} className="vw">
            <PathLink className="q" path={`/actions/${action.no}`}>
              {t.outcomes.action(action.no)}
            </PathLink>
          </span>
        ))}
        {outcome.noActionReason && (
          <>
            {t.outcomes.noActionBecause} <T text={outcome.noActionReason} />
          </>
        )}
        {outcome.actions.length === 0 && !outcome.noActionReason && t.closing.carried}
      </span>
    </span>
  );
}
