package storage_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
	"yhdyspinta/domain/overview"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// themes answers with how many themes there are and how often it was asked.
type themes struct {
	overview.Store
	tx      storage.Tx
	derived *atomic.Int64
}

func (s themes) Get(domain.Scope, overview.Filter) (o overview.Overview, err error) {
	s.derived.Add(1)
	return o, s.tx.Raw("select count(*) from theme").Scan(&o.Actions).Error
}

// keeping is a kept read model on a database, with its clock and the number of
// times that it was derived.
type keeping struct {
	db      *storage.DB
	ask     func(context.Context, domain.Actor) int
	derived *atomic.Int64
	now     *atomic.Pointer[time.Time]
}

func keep(t *testing.T, db *pgtest.DB) keeping {
	t.Helper()
	k := keeping{derived: new(atomic.Int64), now: new(atomic.Pointer[time.Time])}
	start := time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)
	k.now.Store(&start)
	st, err := storage.Open(t.Context(), db.AppDSN, storage.Options{MaxConnections: 4, Clock: func() time.Time { return *k.now.Load() }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(st.Close)
	k.db = st
	service := overview.Service{UoW: storage.NewKept(st).Overview(storage.NewUnitOfWork(st, func(tx storage.Tx) overview.Stores {
		return overview.Stores{Overview: themes{tx: tx, derived: k.derived}}
	}))}
	k.ask = func(ctx context.Context, a domain.Actor) int {
		o, err := service.Get(ctx, a, overview.Filter{})
		if err != nil {
			t.Errorf("ask: %v", err)
		}
		return o.Actions
	}
	return k
}

func addTheme(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	id := domain.UUIDv7()
	if err := execAt(t, conn, "2026-11-23 06:05:00Z", insertTheme, id, id.String()); err != nil {
		t.Fatal(err)
	}
}

// An answer is derived once for each scope, day and instant of the past, and
// again when they or the content change.
func TestKeptUntilSomethingChanges(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	conn := connect(t, db.AppDSN)
	addTheme(t, conn)
	k := keep(t, db)
	var post domain.PostID
	post.SetNew(domain.UUIDv7)
	staff := domain.Actor{PostID: post}
	var forum domain.ForumID
	forum.SetNew(domain.UUIDv7)
	member := domain.Actor{PostID: post, Forums: []domain.ForumID{forum}}
	derived := int64(0)
	check := func(what string, ctx context.Context, a domain.Actor, want int, anew bool) {
		t.Helper()
		if anew {
			derived++
		}
		if got := k.ask(ctx, a); got != want || k.derived.Load() != derived {
			t.Errorf("%s: %d themes, derived %d times; want %d, %d", what, got, k.derived.Load(), want, derived)
			derived = k.derived.Load()
		}
	}
	now := t.Context()
	yesterday := domain.WithAsOf(now, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	for _, c := range []struct {
		name  string
		ctx   context.Context
		actor domain.Actor
		want  int
	}{{"the public", now, domain.Actor{}, 1}, {"staff", now, staff, 1}, {"staff in a forum", now, member, 1}, {"the past", yesterday, domain.Actor{}, 0}} {
		check(c.name, c.ctx, c.actor, c.want, true)
		check(c.name+" again", c.ctx, c.actor, c.want, false)
	}
	check("another request of the public", now, domain.Actor{RequestID: "other"}, 1, false)

	// Machinery and what is rolled back change nothing.
	if _, err := conn.Exec(now, "insert into session values ('t', '', now(), now())"); err != nil {
		t.Fatal(err)
	}
	tx, err := conn.Begin(now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(now, "select set_config('app.now', '2026-11-23 06:05:00Z', true)"); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(now, insertTheme, domain.UUIDv7(), "rolled back"); err != nil {
		t.Fatal(err)
	}
	check("while a write is under way", now, domain.Actor{}, 1, false)
	if err := tx.Rollback(now); err != nil {
		t.Fatal(err)
	}
	check("after a rollback", now, domain.Actor{}, 1, false)

	addTheme(t, conn)
	check("after a write by another process", now, domain.Actor{}, 2, true)
	check("after it, staff", now, staff, 2, true)
	if err := execAt(t, conn, "2026-11-23 06:05:00Z", "update theme set position = 7"); err != nil {
		t.Fatal(err)
	}
	check("after an update", now, domain.Actor{}, 2, true)
	tomorrow := k.now.Load().Add(24 * time.Hour)
	k.now.Store(&tomorrow)
	check("the next day", now, domain.Actor{}, 2, true)
	check("the next day again", now, domain.Actor{}, 2, false)
}

// A savepoint that is rolled back takes its note with it: what is written after
// it in the same transaction is noted again.
func TestKeptSeesWritesAfterASavepoint(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	conn := connect(t, db.AppDSN)
	k := keep(t, db)
	if got := k.ask(t.Context(), domain.Actor{}); got != 0 {
		t.Fatalf("%d themes", got)
	}
	err := pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), "select set_config('app.now', '2026-11-23 06:05:00Z', true)"); err != nil {
			return err
		}
		for _, sql := range []string{"savepoint a", "insert", "rollback to a", "insert"} {
			var args []any
			if sql == "insert" {
				sql, args = insertTheme, []any{domain.UUIDv7(), "key"}
			}
			if _, err := tx.Exec(t.Context(), sql, args...); err != nil {
				return fmt.Errorf("%s: %w", sql, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := k.ask(t.Context(), domain.Actor{}); got != 1 {
		t.Errorf("%d themes, want 1", got)
	}
}

// Under a snapshot nothing is taken from what is kept, nor put there: it sees what was so
// when it began, and whoever asks later what is so then.
func TestKeptAndSnapshotsAreApart(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	conn := connect(t, db.AppDSN)
	k := keep(t, db)
	for range 2 {
		err := k.db.Snapshot(t.Context(), func(ctx context.Context) error {
			before := k.ask(ctx, domain.Actor{})
			addTheme(t, conn)
			if again := k.ask(ctx, domain.Actor{}); again != before {
				t.Errorf("%d themes under the snapshot, then %d", before, again)
			}
			if got := k.ask(t.Context(), domain.Actor{}); got != before+1 {
				t.Errorf("%d themes beside the snapshot, want %d", got, before+1)
			}
			if again := k.ask(ctx, domain.Actor{}); again != before {
				t.Errorf("%d themes under the snapshot, then %d", before, again)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// Transactions commit in another order than they began, from several
// connections, while two processes ask: nobody is ever given less than what was
// committed before they asked.
func TestKeptIsNeverOlderThanItsQuestion(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	const writers, each = 4, 25
	var committed atomic.Int64
	var writing, asking sync.WaitGroup
	done := make(chan struct{})
	for w := range writers {
		conn := connect(t, db.AppDSN)
		writing.Go(func() {
			for i := range each {
				err := pgx.BeginFunc(context.Background(), conn, func(tx pgx.Tx) error {
					if _, err := tx.Exec(context.Background(), "select set_config('app.now', '2026-11-23 06:05:00Z', true)"); err != nil {
						return err
					}
					if _, err := tx.Exec(context.Background(), insertTheme, uuid.New(), fmt.Sprint(w, "-", i)); err != nil {
						return err
					}
					if (w+i)%3 == 0 { // stays open while others begin and commit
						_, err := tx.Exec(context.Background(), "select count(*) from generate_series(1, 20000)")
						return err
					}
					return nil
				})
				if err != nil {
					t.Error(err)
					return
				}
				committed.Add(1)
			}
		})
	}
	for range 2 {
		k := keep(t, db)
		for range 3 {
			asking.Go(func() {
				for last := false; !last; {
					select {
					case <-done:
						last = true
					default:
					}
					before := committed.Load()
					if got := k.ask(context.Background(), domain.Actor{}); int64(got) < before {
						t.Errorf("%d themes, %d were committed before", got, before)
						return
					}
				}
			})
		}
	}
	writing.Wait()
	close(done)
	asking.Wait()
	k := keep(t, db)
	if got := k.ask(t.Context(), domain.Actor{}); got != writers*each {
		t.Errorf("%d themes in the end", got)
	}
}

// Those who ask the same at once wait for one derivation.
func TestKeptDerivesOnceForMany(t *testing.T) {
	t.Parallel()
	k := keep(t, pgtest.New(t))
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() { k.ask(context.Background(), domain.Actor{}) })
	}
	wait.Wait()
	if n := k.derived.Load(); n != 1 {
		t.Errorf("derived %d times", n)
	}
}
