package storage

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// changes gives the state of the content a number, so that what was derived from
// one state can be kept for as long as it lasts.
//
// Every transaction that writes a content table leaves its transaction id in
// content_change (the history trigger sees to that, whatever way the write came).
// A snapshot knows which transactions it sees. So between two snapshots of the
// same server nothing has changed for a reader exactly if no such id is seen by
// the later and not by the earlier one: neither the order in which transactions
// commit nor another process of the product can hide one. Aborted transactions,
// sessions and other machinery leave no id and change nothing.
//
// What number promises: every change that was committed before the call is also
// seen by whoever begins to read after number has returned, and whatever was read
// by a transaction that began after the number was first returned is not older
// than any call that returns the same number. For a call either finds, in a
// snapshot of its own, nothing that the number's snapshot does not see; or it
// began before the number was first returned, so that what was read since then
// is newer than its beginning.
//
// Calls that come while a statement is under way wait for the next one, which they
// share: it begins after each of them, so that it sees what they must see. However
// many ask, one statement at a time runs.
type changes struct {
	pool *pgxpool.Pool

	mu      sync.Mutex
	asking  bool   // a statement is under way
	waiting *asked // who waits for the next; nil: nobody

	// The rest is only touched by the one statement that is under way.
	last     uint64
	snapshot *string   // sees exactly the content of last; nil before the first call
	server   time.Time // when the server of that snapshot was started
}

// asked is one statement with those who wait for it. What it found is there once done is
// closed.
type asked struct {
	done   chan struct{}
	number uint64
	err    error
	many   int // how many wait
}

// gatherFor is how long the next statement is put off after one that several waited for:
// who is answered asks again, and most of them by then.
const gatherFor = 100 * time.Microsecond

// askWithin is how long the statement may take, with its wait for a connection.
const askWithin = takeWithin

// ContentNumber is a number that stays the same for as long as no content changes, by
// whatever process. Whatever is read after it was returned is as new as that number or
// newer. It costs a share of one small statement. It starts anew with each process.
func (db *DB) ContentNumber(ctx context.Context) (uint64, error) {
	if db.snapshotOf(ctx) != nil {
		return 0, errHolds
	}
	return db.changes.number(ctx)
}

// number is that of the content of now. It costs one statement, which reads the
// ids of the transactions since the last one and is shared with others.
func (c *changes) number(ctx context.Context) (uint64, error) {
	c.mu.Lock()
	if c.waiting == nil {
		c.waiting = &asked{done: make(chan struct{})}
	}
	mine := c.waiting
	mine.many++
	if !c.asking {
		c.asking = true
		go c.answer(context.WithoutCancel(ctx))
	}
	c.mu.Unlock()
	select {
	case <-mine.done:
		return mine.number, mine.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// answer asks for as long as somebody waits.
func (c *changes) answer(ctx context.Context) {
	for {
		c.mu.Lock()
		of := c.waiting
		c.waiting = nil
		c.asking = of != nil
		c.mu.Unlock()
		if of == nil {
			return
		}
		if of.err = c.ask(ctx); lost(of.err) {
			of.err = c.ask(ctx) // on another connection
		}
		of.number = c.last
		close(of.done)
		if of.many > 1 {
			time.Sleep(gatherFor)
		}
	}
}

func (c *changes) ask(ctx context.Context) (err error) {
	defer func() { // in a goroutine of its own a panic would end the process
		if r := recover(); r != nil {
			err = fmt.Errorf("panic while asking whether the content has changed: %v\n%s", r, debug.Stack())
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	var now string
	var started time.Time
	var changed bool
	// The upper bound passes by the ids of another server, from before a move.
	err = c.pool.QueryRow(ctx, `
select pg_current_snapshot()::text, pg_postmaster_start_time(), $1::text is null or exists (
  select 1 from content_change c
  where c.xid >= pg_snapshot_xmin($1::text::pg_snapshot) and c.xid < pg_snapshot_xmax(pg_current_snapshot())
    and not pg_visible_in_snapshot(c.xid, $1::text::pg_snapshot))`, c.snapshot).Scan(&now, &started, &changed)
	if err != nil {
		return translate(fmt.Errorf("ask whether the content has changed: %w", err))
	}
	if changed || !started.Equal(c.server) { // a server that was started anew may have lost what it had
		c.last++
	}
	c.snapshot, c.server = &now, started // of the same content, and nearer
	return nil
}
