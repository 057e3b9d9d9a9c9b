package storage

import (
	"context"
	"fmt"
	"sync"
	"time"
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
type changes struct {
	db *DB

	mu       sync.Mutex
	last     uint64
	snapshot *string   // sees exactly the content of last; nil before the first call
	server   time.Time // when the server of that snapshot was started
}

// number is that of the content of now. It costs one statement, which reads the
// ids of the transactions since the last call.
func (c *changes) number(ctx context.Context) (uint64, error) {
	c.mu.Lock()
	last, snapshot, server := c.last, c.snapshot, c.server
	c.mu.Unlock()
	var now string
	var started time.Time
	var changed bool
	// The upper bound passes by the ids of another server, from before a move.
	err := c.db.pool.QueryRow(ctx, `
select pg_current_snapshot()::text, pg_postmaster_start_time(), $1::text is null or exists (
  select 1 from content_change c
  where c.xid >= pg_snapshot_xmin($1::text::pg_snapshot) and c.xid < pg_snapshot_xmax(pg_current_snapshot())
    and not pg_visible_in_snapshot(c.xid, $1::text::pg_snapshot))`, snapshot).Scan(&now, &started, &changed)
	if err != nil {
		return 0, translate(fmt.Errorf("ask whether the content has changed: %w", err))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last != last { // somebody was quicker: a number newer than this call
		return c.last, nil
	}
	if changed || !started.Equal(server) { // a server that was started anew may have lost what it had
		c.last++
	}
	c.snapshot, c.server = &now, started // of the same content, and nearer
	return c.last, nil
}
