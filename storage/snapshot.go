package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yhdyspinta/domain"
)

type snapshotKey struct{}

// snapshot is a read-only transaction that all reads under a context share.
type snapshot struct {
	db    *DB
	tx    Tx
	shows moment
	today domain.Date // when it began
}

// moment is what a read shows: now, or the state at an instant.
type moment struct {
	at   time.Time
	past bool
}

func momentOf(ctx context.Context) moment {
	at, past := domain.AsOf(ctx)
	return moment{at, past}
}

func (m moment) equal(o moment) bool { return m.past == o.past && m.at.Equal(o.at) }

// Snapshot runs fn with a context under which every Read, of whatever feature, sees
// one and the same moment: that of now, or of the as-of instant in ctx. So a list that
// is read page after page misses nothing and doubles nothing while others write. What
// fn has begun is never run again (domain.Once), and its reads are not run beside each
// other: they share a connection. So does a read of another as-of instant, and a Snapshot
// under another: nobody who holds a connection waits for a second one, since as many as
// there are connections would wait for each other. Nothing is written under it, and no
// answer is taken from what is kept or put there (see Kept), which may be newer.
func (db *DB) Snapshot(ctx context.Context, fn func(context.Context) error) error {
	if s := db.snapshotOf(ctx); s != nil {
		return s.read(ctx, func(Tx) error { return fn(ctx) })
	}
	tx, end, err := db.beginRead(ctx)
	if err != nil {
		return translate(err)
	}
	defer end()
	ctx = context.WithValue(domain.Once(ctx), snapshotKey{}, &snapshot{db, tx, momentOf(ctx), db.clock.Today()})
	if err := fn(ctx); err != nil {
		return translate(err)
	}
	return translate(tx.Commit().Error)
}

// snapshotOf is the snapshot of this database that ctx is under, or nil.
func (db *DB) snapshotOf(ctx context.Context) *snapshot {
	if s, ok := ctx.Value(snapshotKey{}).(*snapshot); ok && s.db == db {
		return s
	}
	return nil
}

// errHolds refuses a second connection to who holds one: see Snapshot.
var errHolds = errors.New("a second connection under a snapshot")

// read runs fn on the transaction of the snapshot, which shows what ctx asks for until fn
// returns.
func (s *snapshot) read(ctx context.Context, fn func(Tx) error) error {
	tx := s.tx
	tx.DB = tx.WithContext(ctx)
	tx.db = nil // nor is a connection taken beside it
	tx.asOf, tx.day = momentOf(ctx).past, s.today
	if tx.asOf {
		tx.day = domain.DayShown(ctx, s.db.clock)
	}
	before := s.shows
	if before.equal(momentOf(ctx)) {
		return fn(tx)
	}
	// What is set after a savepoint is as it was before, once one has gone back to it, and
	// an error within it is none of the transaction.
	if err := tx.Exec("savepoint another_moment").Error; err != nil {
		return fmt.Errorf("read another moment: %w", err)
	}
	s.shows = momentOf(ctx)
	defer func() { s.shows = before }()
	err := tx.show(s.shows)
	if err == nil {
		err = fn(tx)
	}
	s.tx.flow.opening.plansOnce = false // it goes back too, and nothing else can be asked before
	for _, sql := range []string{"rollback to savepoint another_moment", "release savepoint another_moment"} {
		if _, back := s.tx.conn.ExecContext(ctx, sql); back != nil {
			return errors.Join(err, fmt.Errorf("go back to the moment before: %w", back))
		}
	}
	return err
}

// beginRead starts a read-only snapshot of now, or of the as-of instant in ctx.
func (db *DB) beginRead(ctx context.Context) (tx Tx, end func(), err error) {
	if db.snapshotOf(ctx) != nil {
		return tx, nil, errHolds
	}
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return tx, nil, fmt.Errorf("take a connection: %w", err)
	}
	tx, end = db.reading(ctx, conn)
	if err := tx.showPast(ctx); err != nil {
		end()
		return tx, nil, err
	}
	tx.asOf, tx.day, tx.db = momentOf(ctx).past, domain.DayShown(ctx, db.clock), db
	return tx, end, nil
}

// showPast makes the transaction read the past, if ctx has an as-of instant.
func (tx Tx) showPast(ctx context.Context) error {
	if m := momentOf(ctx); m.past {
		return tx.show(m)
	}
	return nil
}

// show makes the transaction read a moment.
func (tx Tx) show(m moment) error {
	var err error
	if m.past {
		err = tx.Exec("select set_config('search_path', 'asof, public', true), set_config('app.as_of', ?, true)", m.at.UTC().Format(time.RFC3339Nano)).Error
	} else if err = tx.Exec("set local search_path to default").Error; err == nil {
		err = tx.Exec("select set_config('app.as_of', '', true)").Error
	}
	if err != nil {
		return fmt.Errorf("set the as-of instant: %w", err)
	}
	return nil
}
