import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTexts } from '../../i18n';
import { Button } from '../../ui/Button';
import { Num } from '../../ui/Num';
import { ErrorState, LoadingLines } from '../../ui/states';
import type { BoardContext } from './ActionBoard';
import { blockSize, cardsOf, fits, needsOf, type BoardColumn } from './board';
import { Card } from './BoardCard';
import { actionListQuery, type ActionStatus } from './queries';

interface ColumnProps {
  board: BoardContext;
  column: BoardColumn;
  /** How many cards there are in all. */
  count: number | undefined;
  /** Kept for what is being typed in it, while a narrow screen shows another one. */
  hidden: boolean;
}

/** One column with the first blocks of its cards. */
export function Column({ board, column, count, hidden }: ColumnProps) {
  const t = useTexts().board;
  const id = useId();
  const [over, setOver] = useState(false);
  const list = useInfiniteQuery({
    ...actionListQuery({ ...board.query, ...column.filter }, blockSize),
    enabled: count !== 0,
  });
  const { by, dragged, moved, updating } = board;
  const fetched = count === 0 ? [] : list.data?.pages.flatMap((page) => page.items);
  const open = updating?.column === column.key ? updating : undefined;
  const cards = cardsOf(by, column, fetched ?? [], moved);
  // What is being typed stays, also if the card is moved away by somebody meanwhile.
  if (open && !cards.some((card) => card.id === open.action.id)) cards.unshift(open.action);
  const takes = dragged !== undefined && !fits(by, dragged, column);
  const drops = takes && !column.refuses;
  const needs = drops && by === 'status' ? needsOf(dragged, column.key as ActionStatus) : undefined;
  const classes = ['bd-col', count === 0 && cards.length === 0 && 'none', over && drops && 'over'];
  return (
    <section
      className={classes.filter(Boolean).join(' ')}
      aria-labelledby={id}
      data-column={column.key}
      hidden={hidden}
      onDragOver={(event) => {
        if (!drops) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        setOver(true);
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget)))
          setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!drops) return;
        board.onMove(dragged, column);
        board.onDrag(undefined);
      }}
    >
      <h2 id={id} tabIndex={-1}>
        {column.name}{' '}
        <span className="meta">{count === undefined ? '…' : <Num value={count} />}</span>
      </h2>
      {takes && (
        <p className="meta bd-drop">
          {column.refuses ?? (needs ? `${t.dropHere}: ${t.needs[needs]}` : t.dropHere)}
        </p>
      )}
      {list.error ? (
        <ErrorState error={list.error} title={t.noCards} onRetry={() => void list.refetch()} />
      ) : fetched === undefined && cards.length === 0 ? (
        <LoadingLines />
      ) : cards.length === 0 ? (
        <p className="meta">{t.empty}</p>
      ) : null}
      <ul>
        {cards.map((action) => (
          <Card key={action.id} board={board} action={action} column={column} />
        ))}
      </ul>
      {list.hasNextPage && count !== 0 && (
        <Button
          small
          variant="secondary"
          aria-disabled={list.isFetchingNextPage}
          onClick={() => {
            if (!list.isFetchingNextPage) void list.fetchNextPage();
          }}
        >
          {t.more(cards.length, count ?? list.data?.pages[0]?.total ?? cards.length)}
        </Button>
      )}
    </section>
  );
}
