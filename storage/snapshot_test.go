package storage_test

import (
	"context"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// All reads under a snapshot see one moment, whatever is written meanwhile; a read of
// another instant, and one after it, have their own.
func TestReadsUnderASnapshotSeeOneMoment(t *testing.T) {
	t.Parallel()
	raw := pgtest.New(t)
	db, err := storage.Open(context.Background(), raw.AppDSN, storage.Options{MaxConnections: 4, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	other, err := storage.Open(context.Background(), raw.AppDSN, storage.Options{MaxConnections: 2, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	moment := func(ctx context.Context, of *storage.DB) (id string) {
		t.Helper()
		err := storage.NewUnitOfWork(of, func(tx storage.Tx) storage.Tx { return tx }).Read(ctx, func(tx storage.Tx) error {
			return tx.Raw("select now()::text").Scan(&id).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	var first string
	err = db.Snapshot(context.Background(), func(ctx context.Context) error {
		first = moment(ctx, db)
		if again := moment(ctx, db); again != first {
			t.Errorf("two reads under a snapshot are of %s and %s", first, again)
		}
		if moment(ctx, other) == first {
			t.Error("the snapshot of another database was shared")
		}
		if moment(domain.WithAsOf(ctx, time.Now().Add(-time.Hour)), db) == first {
			t.Error("a read of the past shares the snapshot of now")
		}
		if !domain.IsOnce(ctx) {
			t.Error("a read under a snapshot may run again")
		}
		return nil
	})
	if err != nil || moment(context.Background(), db) == first {
		t.Errorf("after the snapshot: %v", err)
	}
}
