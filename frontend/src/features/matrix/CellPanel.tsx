import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useMay } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { responsibilityQuery, subjectResponsibilitiesQuery } from '../../api/responsibilities';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, daysBetween, formatDate, type ISODate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Acceptance } from '../../ui/Acceptance';
import { Button } from '../../ui/Button';
import { PartMark } from '../../ui/PartMark';
import { Loaded } from '../../ui/states';
import type { Chosen } from './Grid';
import type { ResponsibilityItem } from './queries';
import { agreementSlots } from './words';

const CellAnswer = lazy(() => import('./CellAnswer'));

interface CellPanelProps {
  chosen: Chosen | undefined;
  /** The day shown. */
  day: ISODate;
  /** Whether the reader comes here, by Enter. Rises with each time. */
  entered: number;
  /** Back to the cell. */
  onLeave: () => void;
  /** A form is open in the panel: what is typed must stay. */
  onWriting: (writing: boolean) => void;
  /** Something was answered or proposed: the focus goes back to the cell. */
  onDone: () => void;
}

/** What is told of the chosen cell: the wording and what the parties say of it. */
export function CellPanel(props: CellPanelProps) {
  const { chosen, day, entered, onLeave, onWriting, onDone } = props;
  const t = useTexts().matrix.panel;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (entered > 0) panel.current?.focus();
  }, [entered]);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc leaves it, as everything that opens
    <section
      ref={panel}
      className={chosen ? 'insp told' : 'insp'}
      tabIndex={-1}
      aria-labelledby="matrix-panel"
      onKeyDown={(event) => {
        // Of a form Escape is its own.
        if (event.key !== 'Escape' || (event.target as Element).closest('form')) return;
        event.stopPropagation();
        onLeave();
      }}
    >
      <div>
        <b id="matrix-panel">{t.title}</b>
        {chosen && <Where chosen={chosen} />}
      </div>
      {!chosen && <p className="meta">{t.choose}</p>}
      {chosen?.cells.length === 0 && (
        <div className="insp-all">
          <p>{t.empty}</p>
          <Propose
            key={`${chosen.row.key} ${chosen.column.post.id}`}
            chosen={chosen}
            onWriting={onWriting}
            onDone={onDone}
          />
        </div>
      )}
      {chosen && chosen.cells.length > 0 && (
        <div className="insp-all">
          {chosen.cells.map(({ responsibilityId }) => (
            <One
              key={responsibilityId}
              id={responsibilityId}
              chosen={chosen}
              day={day}
              onWriting={onWriting}
              onDone={onDone}
            />
          ))}
        </div>
      )}
      {chosen && (
        <p>
          <Button variant="quiet" small onClick={onLeave}>
            {t.close}
          </Button>
        </p>
      )}
    </section>
  );
}

function Where({ chosen: { row, column } }: { chosen: Chosen }) {
  const t = useTexts().matrix.panel;
  return (
    <span className="meta">
      {t.row[row.row.kind](row.row.no)}, <T text={column.post.title} />
    </span>
  );
}

interface CellProps extends Pick<CellPanelProps, 'onWriting' | 'onDone'> {
  chosen: Chosen;
}

/** The way to propose a part, for whoever may. */
function Propose({ chosen, ...rest }: CellProps) {
  const asOf = useAsOf();
  const subject = { kind: chosen.row.row.kind, id: chosen.row.row.id };
  const may = useMay('responsibility.edit') && !asOf;
  const known = useQuery({ ...subjectResponsibilitiesQuery(subject, asOf), enabled: may }).data;
  if (!may || !known?.permissions.includes('responsibility.edit')) return null;
  return (
    <Suspense fallback={null}>
      <CellAnswer subject={subject} post={chosen.column.post} {...rest} />
    </Suspense>
  );
}

interface OneProps extends CellProps {
  id: string;
  day: ISODate;
}

function One({ id, ...rest }: OneProps) {
  const t = useTexts().matrix.panel;
  const query = useQuery(responsibilityQuery(id, useAsOf()));
  return (
    <Loaded query={query} loading={t.loading}>
      {(item) => <Told item={item} {...rest} />}
    </Loaded>
  );
}

function Told({ item, chosen, day, ...rest }: Omit<OneProps, 'id'> & { item: ResponsibilityItem }) {
  const asOf = useAsOf();
  const texts = useTexts();
  const t = texts.matrix.panel;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const shown = item.waiting ?? item.inForce;
  const date = (iso: string) => formatDate(iso, lang);
  const written = localised(item.wording, lang).value !== '';
  const [commenting, setCommenting] = useState(false);
  return (
    <div className="insp-1">
      <div>
        <p className="w">
          <PartMark
            part={item.part}
            party={look(item.post.partyId)}
            waiting={item.standing !== 'in_force'}
          />{' '}
          {written ? (
            <>
              ”<T text={item.wording} />”
            </>
          ) : (
            <span className="meta">{t.noWording}</span>
          )}
        </p>
        {item.change && (
          <p className="w">
            <b>{t.change}:</b> {texts.ui.parts[item.change.part].name}, ”
            <T text={item.change.wording} />”
          </p>
        )}
        <p className="meta">
          {item.validTo
            ? t.fromTo(date(item.validFrom), date(item.validTo))
            : t.from(date(item.validFrom))}
        </p>
      </div>
      <div>
        {shown && shown.acceptances.length > 1 && (
          <Acceptance slots={agreementSlots(shown, item.change !== undefined, look)} />
        )}
        {shown && (
          <ul className="meta">
            {shown.acceptances.map(({ partyId, answer, decidedAt: at, reason }) => (
              <li key={partyId}>
                {answer === 'accepted' &&
                  t.accepted(look(partyId).name, at ? date(dateOf(at)) : '')}
                {answer === 'declined' &&
                  t.declined(look(partyId).name, at ? date(dateOf(at)) : '')}
                {answer === 'open' &&
                  t.open(look(partyId).name, daysBetween(dateOf(shown.proposedAt), day))}
                {reason && localised(reason, lang).value && (
                  <> {t.reason(localised(reason, lang).value)}</>
                )}
              </li>
            ))}
          </ul>
        )}
        <Goto chosen={chosen} />
      </div>
      {(commenting || item.discussion || (!asOf && item.permissions.length > 0)) && (
        <Suspense fallback={null}>
          <CellAnswer
            subject={{ kind: chosen.row.row.kind, id: chosen.row.row.id }}
            post={item.post}
            item={item}
            commenting={commenting}
            onCommenting={setCommenting}
            {...rest}
          />
        </Suspense>
      )}
    </div>
  );
}

function Goto({ chosen: { row } }: { chosen: Chosen }) {
  const t = useTexts().matrix.panel.goTo;
  const lang = useLang();
  const { kind, no, groupId } = row.row;
  if (kind === 'goal')
    return (
      <Link to="/$lang/goals/$no" params={{ lang, no: String(no) }}>
        {t.goal}
      </Link>
    );
  if (kind === 'action')
    return (
      <Link to="/$lang/actions/$no" params={{ lang, no: String(no) }}>
        {t.action}
      </Link>
    );
  return (
    <Link to="/$lang/chains/$id" params={{ lang, id: groupId }}>
      {t.chain}
    </Link>
  );
}
