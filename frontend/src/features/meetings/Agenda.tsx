import { Link } from '@tanstack/react-router';
import { useId, useState, type SyntheticEvent } from 'react';
import { T, useLang, useTexts } from '../../i18n';
import { formatTime } from '../../lib/dates';
import { useFocusFirst } from '../../lib/focus';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { ConditionSign } from '../../ui/Condition';
import { TextArea } from '../../ui/forms/fields';
import { Icon } from '../../ui/Icon';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import type { Transfer } from './agendaQueries';
import { useIsTyped } from './desk';
import { emptyItem } from './forms';
import { useAddItem, type AgendaItem, type Meeting } from './queries';
import { MovedAway } from './MovedAway';
import { Order } from './Order';
import { traceKey, withTraces } from './traces';
import { itemNo, outcomeWords } from './words';

interface AgendaProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  moved: readonly Transfer[];
  current?: string;
  onChoose: (id: string) => void;
}

/** The agenda: where the meeting is, what each item came to, and what is still to be said. */
export function Agenda({ meeting, items, moved, current, onChoose }: AgendaProps) {
  const texts = useTexts();
  const t = texts.meetings.agenda;
  const heading = useId();
  const [ordering, setOrdering] = useState(false);
  const [all, setAll] = useState(false);
  const [adding, setAdding] = useState(items.length === 0);
  const [asked, setAsked] = useState(0);
  const may = meeting.permissions.includes('meeting.edit');
  const open = !meeting.closedAt;
  const matters = items.filter(({ kind }) => kind === 'item').length;
  const done = items.filter(({ outcomes }) => outcomes.length > 0).length;
  const reserved = items.reduce((sum, item) => sum + (item.minutesReserved ?? 0), 0);
  const length = (Date.parse(meeting.endsAt) - Date.parse(meeting.startsAt)) / 60_000;
  const over = meeting.closedAt ? 0 : Math.max(0, reserved - length);
  const running = meeting.status !== 'draft' && meeting.status !== 'called';
  return (
    <nav className={items.length > 3 && !all ? 'ag few' : 'ag'} aria-labelledby={heading}>
      <div className="sec-h">
        <h2 id={heading}>{t.title}</h2>
        <span className="meta">
          {running ? t.handled(done, matters) : reserved > 0 && t.minutesAll(reserved)}
        </span>
      </div>
      {items.length === 0 && <p className="meta">{t.none}</p>}
      {over > 0 && (
        <p className="c c-late">
          <Icon name="error" size={14} /> {texts.agenda.overrun(over)}
        </p>
      )}
      {ordering ? (
        <Order meeting={meeting} items={items} />
      ) : (
        <ol>
          {withTraces(items, moved).map(({ item, trace }) =>
            item ? (
              <Entry key={item.id} meeting={meeting} item={item} current={item.id === current} />
            ) : (
              <li key={traceKey(trace)} className={trace.subNo ? 'gone sub' : 'gone'}>
                <MovedAway trace={trace} />
              </li>
            ),
          )}
        </ol>
      )}
      <p className="btns">
        {items.length > 3 && (
          <Button variant="quiet" small className="agall" onClick={() => setAll(!all)}>
            {all ? t.showFew : t.showAll(items.length)}
          </Button>
        )}
        {may && open && (
          <Button
            variant="quiet"
            small
            data-key="item"
            aria-expanded={adding}
            onClick={() => {
              setAdding(true);
              setAsked(asked + 1);
            }}
          >
            {t.add}
          </Button>
        )}
        {may && open && items.length > 1 && (
          <Button
            variant="quiet"
            small
            aria-pressed={ordering}
            onClick={() => setOrdering(!ordering)}
          >
            {ordering ? t.orderDone : t.order}
          </Button>
        )}
      </p>
      {may && open && adding && (
        <AddItem
          meeting={meeting}
          under={items.find(
            ({ id, kind, parentId }) => id === current && kind === 'item' && !parentId,
          )}
          asked={asked}
          onAdded={onChoose}
          onClose={() => setAdding(false)}
        />
      )}
    </nav>
  );
}

interface EntryProps {
  meeting: Meeting;
  item: AgendaItem;
  current: boolean;
}

function Entry({ meeting, item, current }: EntryProps) {
  const texts = useTexts();
  const t = texts.meetings.agenda;
  const lang = useLang();
  const handled = item.outcomes.length > 0;
  const unsaved = useIsTyped(item.id);
  const words = [
    item.section ? t.section(item.section) : '',
    current && meeting.status === 'in_progress' && !handled ? t.inHand : '',
    handled ? outcomeWords(item.outcomes, texts) : '',
    !handled && item.plannedAt && item.kind === 'item'
      ? texts.agenda.planned(formatTime(item.plannedAt, lang))
      : '',
    !handled && item.minutesReserved ? t.minutes(item.minutesReserved) : '',
    item.outcomes.some(({ open }) => open) ? texts.meetings.closing.without.toLowerCase() : '',
    unsaved ? t.unsaved : '',
  ].filter(Boolean);
  return (
    <li
      className={[
        current ? 'now' : handled ? 'done' : 'next',
        item.parentId ? 'sub' : '',
        item.kind === 'heading' ? 'head' : '',
      ]
        .filter(Boolean)
        .join(' ')}
    >
      <Link
        to="."
        search={(search) => ({ ...search, item: item.id })}
        replace
        resetScroll={false}
        aria-current={current ? 'step' : undefined}
      >
        <span className="an">{itemNo(item)}</span>
        <span>
          <b>
            <T text={item.title} />
          </b>
          {item.visibility === 'internal' && <Icon name="lock" size={12} />}
          <span className="meta">{words.join(' · ')}</span>
        </span>
        <span className="ai">
          {item.outcomes.some(({ open }) => open) ? (
            <Icon name="error" />
          ) : handled ? (
            <ConditionSign value="done" />
          ) : current ? (
            <span className="dot" />
          ) : item.kind === 'item' ? (
            <ConditionSign value="not_started" />
          ) : null}
        </span>
      </Link>
    </li>
  );
}

interface AddItemProps {
  meeting: Meeting;
  /** How many times somebody asked to write; the focus comes here with each. */
  asked: number;
  /** The item in hand, that a sub-item can come under. */
  under?: AgendaItem;
  onAdded: (id: string) => void;
  onClose: () => void;
}

function AddItem({ meeting, asked, under, onAdded, onClose }: AddItemProps) {
  const texts = useTexts();
  const t = texts.meetings.agenda;
  const lang = useLang();
  const add = useAddItem(meeting.id);
  const form = useFocusFirst<HTMLFormElement>(asked);
  const [title, setTitle] = useState('');
  const [kind, setKind] = useState<'item' | 'sub' | 'heading'>('item');
  const kinds = [
    { value: 'item' as const, label: texts.agenda.item },
    ...(under
      ? [{ value: 'sub' as const, label: texts.agenda.under(localised(under.title, lang).value) }]
      : []),
    { value: 'heading' as const, label: texts.agenda.heading },
  ];
  const written = lang === 'sv' ? 'sv' : 'fi';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    const body = {
      ...emptyItem(meeting),
      ...(kind === 'heading' && { kind: 'heading' as const }),
      ...(kind === 'sub' && under && { parentId: under.id }),
    };
    body.title = { ...body.title, [written]: title };
    whenSaved(add.mutateAsync(body), (item) => {
      setTitle('');
      onAdded(item.id);
    });
  };
  const wrong = fieldError(add.error, '/title/fi', texts);
  return (
    <form className="ag-add" ref={form} onSubmit={submit} noValidate>
      <TextArea
        oneLine
        rows={3}
        label={t.addTitle}
        value={title}
        onChange={setTitle}
        error={wrong}
        lang={written}
      />
      <Select label={texts.agenda.kind} small value={kind} options={kinds} onChange={setKind} />
      {add.error !== null && !wrong && (
        <ErrorState error={add.error} title={texts.problems.saveTitle} />
      )}
      <p className="btns">
        <Button type="submit" small aria-disabled={add.isPending}>
          {t.add}
        </Button>
        <Button variant="quiet" small onClick={onClose}>
          {texts.ui.close}
        </Button>
      </p>
    </form>
  );
}
