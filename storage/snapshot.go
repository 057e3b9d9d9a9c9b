package storage

import (
	"context"
	"fmt"
	"time"

	"yhdyspinta/domain"
)

type snapshotKey struct{}

// snapshot is a read-only transaction that all reads under a context share.
type snapshot struct {
	db   *DB
	tx   Tx
	at   time.Time // the as-of instant
	past bool
}

// Snapshot runs fn with a context under which every Read, of whatever feature, sees
// one and the same moment: that of now, or of the as-of instant in ctx. So a list that
// is read page after page misses nothing and doubles nothing while others write. What
// fn has begun is never run again (domain.Once), and its reads are not run beside each
// other: they share a connection. A read of another as-of instant has its own.
func (db *DB) Snapshot(ctx context.Context, fn func(context.Context) error) error {
	tx, end, err := db.beginRead(ctx)
	if err != nil {
		return translate(err)
	}
	defer end()
	at, past := domain.AsOf(ctx)
	ctx = context.WithValue(domain.Once(ctx), snapshotKey{}, &snapshot{db, tx, at, past})
	if err := fn(ctx); err != nil {
		return translate(err)
	}
	return translate(tx.Commit().Error)
}

// shared is the transaction of the snapshot that ctx is under, if it shows the same
// instant of the same database.
func (db *DB) shared(ctx context.Context) (Tx, bool) {
	s, ok := ctx.Value(snapshotKey{}).(*snapshot)
	if !ok || s.db != db {
		return Tx{}, false
	}
	at, past := domain.AsOf(ctx)
	return s.tx, past == s.past && at.Equal(s.at)
}

// beginRead starts a read-only snapshot of now, or of the as-of instant in ctx.
func (db *DB) beginRead(ctx context.Context) (tx Tx, end func(), err error) {
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return tx, nil, fmt.Errorf("take a connection: %w", err)
	}
	tx, end = db.reading(ctx, conn)
	if err := tx.showPast(ctx); err != nil {
		end()
		return tx, nil, err
	}
	_, past := domain.AsOf(ctx)
	tx.asOf, tx.day, tx.db = past, domain.DayShown(ctx, db.clock), db
	return tx, end, nil
}

// showPast makes the transaction read the past, if ctx has an as-of instant.
func (tx Tx) showPast(ctx context.Context) error {
	at, past := domain.AsOf(ctx)
	if !past {
		return nil
	}
	err := tx.Exec("select set_config('search_path', 'asof, public', true), set_config('app.as_of', ?, true)",
		at.UTC().Format(time.RFC3339Nano)).Error
	if err != nil {
		return fmt.Errorf("set the as-of instant: %w", err)
	}
	return nil
}
