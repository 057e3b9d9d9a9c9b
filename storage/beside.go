package storage

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// besideWithin is how long a second connection is waited for: no longer than it saves.
const besideWithin = 5 * time.Millisecond

// besideLock is how long the second connection waits for a table that is being changed.
const besideLock = "200ms"

// alongside runs both parts of one read at the same moment: one on tx, the other on a
// connection of its own that sees exactly what tx sees, the same snapshot, as-of instant
// and day. PostgreSQL answers a connection on one core; what counts a hundred thousand
// rows twice takes two of them half as long. Neither part may rest on what the other
// finds, and each keeps to the transaction that it is given.
//
// Where no connection is free at once, something has been committed since tx began, or tx
// writes, the parts run one after the other on tx: so nobody who holds a connection waits
// for those who hold the others.
//
// Nor do the two connections wait for each other by way of a third, which PostgreSQL could
// not see: one that changes a table, in a migration, waits for who has read it, and is
// waited for by who reads it next. So the second connection ends with its part, and where
// it would wait for a table for longer than besideLock, its part runs on tx after the
// other: whatever it had found by then it finds again. That it waited is seen by its first
// error, so what it asks must stop there.
func (tx Tx) alongside(one, other func(Tx) error) error {
	if err := tx.planAnew(); err != nil {
		return err
	}
	sibling, end, ok := tx.sibling()
	if !ok {
		if err := one(tx); err != nil {
			return err
		}
		return other(tx)
	}
	var otherErr error
	var beside sync.WaitGroup
	beside.Go(func() {
		defer func() { // in a goroutine of its own a panic would end the process
			if r := recover(); r != nil {
				otherErr = fmt.Errorf("panic beside a read: %v\n%s", r, debug.Stack())
			}
		}()
		defer end()
		otherErr = other(sibling)
	})
	defer beside.Wait() // if one panics too: the connection is given back by then
	err := one(tx)
	beside.Wait()
	if pg, ok := errors.AsType[*pgconn.PgError](otherErr); ok && pg.Code == "55P03" && err == nil { // it waited for a table
		otherErr = other(tx)
	}
	return errors.Join(err, otherErr)
}

// planAnew makes PostgreSQL plan the further questions of the transaction for the values
// that they have, until parts ask together (see planAsEver). Of what is prepared it would
// keep one plan for all values after five times, which for what counts a hundred thousand
// rows takes up to twice as long.
func (tx Tx) planAnew() error {
	if err := tx.Exec("set local plan_cache_mode = force_custom_plan").Error; err != nil {
		return fmt.Errorf("set how questions are planned: %w", err)
	}
	return nil
}

// seen is which transactions a snapshot sees as over: all below the first number but
// those named. Two snapshots for which it is the same see the same (see changes). It is
// compared, not handed over, since PostgreSQL hands over by a file: a read would fail
// on a full disk.
const seen = "select pg_current_snapshot()::text"

// sibling starts a read-only transaction beside tx that sees the same. ok is false if
// none could be had: no connection was idle, or something was committed meanwhile.
func (tx Tx) sibling() (sibling Tx, end func(), ok bool) {
	if tx.db == nil {
		return Tx{}, nil, false
	}
	ctx := tx.Statement.Context
	soon, cancel := context.WithTimeout(ctx, besideWithin)
	defer cancel()
	conn, err := tx.db.sql.Conn(soon)
	if err != nil {
		return Tx{}, nil, false
	}
	sibling, end = tx.db.reading(ctx, conn)
	err = errors.Join(sibling.Exec("select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('lock_timeout', ?, true)", besideLock).Error, sibling.showPast(ctx))
	var here, there string
	if err == nil {
		err = sibling.Raw(seen).Scan(&there).Error
	}
	if err != nil || tx.Raw(seen).Scan(&here).Error != nil || here != there {
		end()
		return Tx{}, nil, false
	}
	sibling.asOf, sibling.day = tx.asOf, tx.day
	return sibling, end, true
}
