package storage_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

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
		err := storage.NewUnitOfWork(tt.db, func(tx storage.Tx) storage.Tx { return tx }).Read(tt.ctx, func(tx storage.Tx) error {
			if err := look(tx, &one); err != nil { // the snapshot is taken
				return err
			}
			tt.before()
			return tx.Alongside(func(tx storage.Tx) error { return look(tx, &one) }, func(tx storage.Tx) error { return look(tx, &other) })
		})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
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
