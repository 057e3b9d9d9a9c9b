package storage_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// Two parts of a read run on two connections that see the same. Where that cannot be had
// they run on one, and the answer is the same: when no connection is free, when something
// was committed since the read began, and in a transaction that writes.
func TestPartsOfAReadSeeTheSame(t *testing.T) {
	t.Parallel()
	raw := pgtest.New(t)
	ctx := context.Background()
	opened := func(connections int) *storage.DB {
		db, err := storage.Open(ctx, raw.AppDSN, storage.Options{MaxConnections: connections, Clock: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(db.Close)
		return db
	}
	db, narrow := opened(4), opened(1)
	type found struct {
		pid       int
		snapshot  string
		path, day string
		past      string
	}
	look := func(tx storage.Tx, into *found) error {
		return tx.Raw(`select pg_backend_pid() as pid, pg_current_snapshot()::text as snapshot, current_setting('search_path') as path,
       current_setting('transaction_read_only') || current_setting('transaction_isolation') as day, coalesce(current_setting('app.as_of', true), '') as past`).Row().
			Scan(&into.pid, &into.snapshot, &into.path, &into.day, &into.past)
	}
	write := func() { // something is committed elsewhere
		t.Helper()
		err := storage.NewUnitOfWork(db, func(tx storage.Tx) storage.Tx { return tx }).Housekeep(ctx, func(tx storage.Tx) error {
			return tx.Exec("select pg_current_xact_id()").Error // whoever has an id has written, for others
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name   string
		db     *storage.DB
		ctx    context.Context
		before func()
		two    bool
	}{
		{"two connections", db, ctx, func() {}, true},
		{"of the past", db, domain.WithAsOf(ctx, time.Now().Add(-time.Hour)), func() {}, true},
		{"no connection is free", narrow, ctx, func() {}, false},
		{"something was committed", db, ctx, write, false},
	} {
		var one, other found
		// What another test commits, or a busy machine, may take the second connection away.
		for range 100 {
			err := storage.NewUnitOfWork(tt.db, func(tx storage.Tx) storage.Tx { return tx }).Read(tt.ctx, func(tx storage.Tx) error {
				if err := look(tx, &one); err != nil { // the snapshot is taken
					return err
				}
				tt.before()
				return tx.Alongside(func(tx storage.Tx) error { return look(tx, &one) }, func(tx storage.Tx) error { return look(tx, &other) })
			})
			if err != nil {
				t.Fatalf("%s: %v", tt.name, err)
			}
			if !tt.two || one.pid != other.pid {
				break
			}
		}
		if (one.pid != other.pid) != tt.two {
			t.Errorf("%s: on connections %d and %d", tt.name, one.pid, other.pid)
		}
		one.pid, other.pid = 0, 0
		if one != other || one.snapshot == "" {
			t.Errorf("%s: the parts see %+v and %+v", tt.name, one, other)
		}
	}
}

// An error or a panic of either part is the read's.
func TestPartsOfAReadFailTogether(t *testing.T) {
	t.Parallel()
	db, err := storage.Open(context.Background(), pgtest.New(t).AppDSN, storage.Options{MaxConnections: 4, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	failed := errors.New("failed")
	fine := func(storage.Tx) error { return nil }
	fails := func(storage.Tx) error { return failed }
	read := func(one, other func(storage.Tx) error) error {
		return storage.NewUnitOfWork(db, func(tx storage.Tx) storage.Tx { return tx }).Read(context.Background(), func(tx storage.Tx) error { return tx.Alongside(one, other) })
	}
	if err := read(fails, fine); !errors.Is(err, failed) {
		t.Errorf("the first failed: %v", err)
	}
	if err := read(fine, fails); !errors.Is(err, failed) {
		t.Errorf("the other failed: %v", err)
	}
	if err := read(fine, func(storage.Tx) error { panic("broken") }); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("the other panicked: %v", err)
	}
	// Where the first panics the other is through with its connection before that is given back.
	asked := make(chan error, 1)
	begun, panicking := make(chan struct{}), make(chan struct{})
	func() {
		defer func() { _ = recover() }()
		_ = read(func(storage.Tx) error {
			<-begun
			close(panicking)
			panic("broken")
		}, func(tx storage.Tx) error {
			close(begun)
			<-panicking
			var err error
			for n := 0; n < 20 && err == nil; n++ {
				_, err = tx.Ask("select 1 as n")
			}
			asked <- err
			return err
		})
	}()
	if err := <-asked; err != nil {
		t.Errorf("while the first panicked: %v", err)
	}
	if err := read(fine, fine); err != nil {
		t.Errorf("after that: %v", err)
	}
}

// Who changes a table waits for who has read it, and is waited for by who reads it next:
// two connections of one read do not stop each other so, whichever has read it first.
func TestPartsOfAReadPassWhoChangesATable(t *testing.T) {
	t.Parallel()
	raw := pgtest.New(t)
	ctx := t.Context()
	db, err := storage.Open(ctx, raw.AppDSN, storage.Options{MaxConnections: 4, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	owner, err := pgx.Connect(ctx, raw.OwnerDSN)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = owner.Close(context.WithoutCancel(ctx)) })
	pid := func(tx storage.Tx) (n int) {
		if n, err = tx.Ask("select pg_backend_pid() as n"); err != nil {
			t.Error(err)
		}
		return n
	}
	readsIt := func(tx storage.Tx) error {
		_, err := tx.Ask("select count(*) as n from goal")
		return err
	}
	var changed chan error
	changesIt := func() { // returns when it waits for the table, or is through
		changed = make(chan error, 1)
		go func() {
			changed <- pgx.BeginFunc(ctx, owner, func(tx pgx.Tx) error {
				_, err := tx.Exec(ctx, "lock table goal in access exclusive mode")
				return err
			})
		}()
		time.Sleep(300 * time.Millisecond)
	}
	for _, firstReads := range []bool{true, false} {
		for two := false; !two && !t.Failed(); { // until it had a second connection
			begun, ready, done := time.Now(), make(chan struct{}), 0
			err := storage.NewUnitOfWork(db, func(tx storage.Tx) storage.Tx { return tx }).Read(ctx, func(tx storage.Tx) error {
				here := pid(tx)
				return tx.Alongside(func(tx storage.Tx) error {
					if firstReads {
						defer close(ready)
						if err := readsIt(tx); err != nil {
							return err
						}
						changesIt()
						return nil
					}
					select {
					case <-ready:
						time.Sleep(100 * time.Millisecond) // the second has ended
					case <-time.After(time.Second): // there is none
					}
					changesIt()
					return readsIt(tx)
				}, func(tx storage.Tx) error {
					if done == 0 {
						two = pid(tx) != here
					}
					done++
					if firstReads {
						<-ready
					} else {
						defer close(ready)
					}
					return readsIt(tx)
				})
			})
			if err = errors.Join(err, <-changed); err != nil || time.Since(begun) > 10*time.Second {
				t.Errorf("the first reads it first: %t: %v after %s", firstReads, err, time.Since(begun))
			}
			if firstReads && two && done != 2 {
				t.Errorf("the second part ran %d times", done)
			}
		}
	}
}
