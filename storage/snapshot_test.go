package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// All reads under a snapshot see one moment, whatever is written meanwhile, and one
// connection is enough for them: also for what reads another instant, and for what reads
// now again within that.
func TestReadsUnderASnapshotSeeOneMoment(t *testing.T) {
	t.Parallel()
	raw := pgtest.New(t)
	clock := time.Date(2026, 11, 23, 21, 59, 0, 0, time.UTC) // of an evening
	db, err := storage.Open(context.Background(), raw.AppDSN, storage.Options{MaxConnections: 1, Clock: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	other, err := storage.Open(context.Background(), raw.AppDSN, storage.Options{MaxConnections: 2, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	type moment struct{ Began, Names, AsOf string }
	uow := storage.NewUnitOfWork(db, stores)
	momentIn := func(ctx context.Context, of *storage.DB) (m moment) {
		t.Helper()
		err := storage.NewUnitOfWork(of, stores).Read(ctx, func(tx storage.Tx) error {
			return tx.Raw("select now()::text as began, current_setting('search_path') as names, coalesce(current_setting('app.as_of', true), '') as as_of").Scan(&m).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	day := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	var first moment
	err = db.Snapshot(context.Background(), func(ctx context.Context) error {
		now := func(when string) {
			t.Helper()
			if again := momentIn(ctx, db); again != first {
				t.Errorf("%s two reads under a snapshot are of %v and %v", when, first, again)
			}
		}
		then := func(ctx context.Context, at time.Time) {
			t.Helper()
			if m := momentIn(domain.WithAsOf(ctx, at), db); m.Began != first.Began || m.Names != "asof, public" || m.AsOf != at.Format(time.RFC3339) {
				t.Errorf("as of %s: %v", at, m)
			}
		}
		first = momentIn(ctx, db)
		now("at once")
		if momentIn(ctx, other).Began == first.Began {
			t.Error("the snapshot of another database was shared")
		}
		then(ctx, day)
		now("after the past")
		for name, fails := range map[string]func(storage.Tx) error{
			"alone": func(tx storage.Tx) error { return tx.Exec("select 1/0").Error },
			"together": func(tx storage.Tx) error {
				ask := func(sql string) func() error {
					return func() error { _, err := tx.Ask(sql); return err }
				}
				return tx.Together(ask("select 1 as n"), ask("select 1/0 as n"))
			},
		} {
			if failed := uow.Read(domain.WithAsOf(ctx, day), fails); sqlState(failed) != "22012" {
				t.Errorf("what fails in the past %s: %v", name, failed)
			}
			now("after what failed in the past " + name)
		}
		if !domain.IsOnce(ctx) {
			t.Error("a read under a snapshot may run again")
		}
		entry := func(_ storage.Tx, log *domain.AuditLog) error {
			log.Add(domain.Operator(domain.OriginOperator), domain.ThemeEdit, domain.Subject{Kind: domain.SubjectTheme, ID: domain.AnyID{UUID: domain.UUIDv7()}}, 1, nil)
			return nil
		}
		if err := uow.Write(ctx, entry); !errors.Is(err, storage.ErrHolds) {
			t.Errorf("a write beside a snapshot: %v", err)
		}
		if err := uow.Housekeep(ctx, func(storage.Tx) error { return nil }); !errors.Is(err, storage.ErrHolds) {
			t.Errorf("housekeeping beside a snapshot: %v", err)
		}
		if _, err := db.ContentNumber(ctx); !errors.Is(err, storage.ErrHolds) {
			t.Errorf("the state of the content beside a snapshot: %v", err)
		}
		today := func() (day domain.Date) {
			if err := uow.Read(ctx, func(tx storage.Tx) error {
				day = tx.Day()
				return nil
			}); err != nil {
				t.Error(err)
			}
			return day
		}
		before := today()
		clock = clock.AddDate(0, 0, 1)
		if after := today(); after != before {
			t.Errorf("the day of a snapshot was %s, then %s", before, after)
		}
		return db.Snapshot(domain.WithAsOf(ctx, day), func(past context.Context) error {
			then(past, day)
			then(past, day.AddDate(0, 1, 0))
			then(past, day)
			now("within the past")
			then(past, day)
			return nil
		})
	})
	if after := momentIn(context.Background(), db); err != nil || after.Began == first.Began || after.Names != first.Names {
		t.Errorf("after the snapshot: %v, %v", after, err)
	}
}
