package storage

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// RiverSchema is the schema of the work queue's own tables. They are no content:
// what a job is to do stands in ours.
const RiverSchema = "river"

// migrateRiver brings the work queue's tables up to date, by its own tool, one
// caller at a time. The schema and the application's rights on it come from our
// migrations.
func migrateRiver(ctx context.Context, ownerDSN string, log *slog.Logger) error {
	pool, err := pgxpool.New(ctx, ownerDSN)
	if err != nil {
		return err
	}
	defer pool.Close()
	lock, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer lock.Release()
	var made bool
	if err := lock.QueryRow(ctx, "select to_regnamespace($1) is not null", RiverSchema).Scan(&made); err != nil || !made {
		return err // a schema of before there was a queue, in a test
	}
	if _, err := lock.Exec(ctx, "select pg_advisory_lock(hashtext('migrate_river'))"); err != nil {
		return err
	}
	migrator, err := riverMigrator(pool)
	if err != nil {
		return err
	}
	result, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	if err != nil {
		return err
	}
	for _, v := range result.Versions {
		log.InfoContext(ctx, "migrated the work queue", "version", v.Version, "duration", v.Duration)
	}
	_, err = lock.Exec(ctx, "select pg_advisory_unlock(hashtext('migrate_river'))")
	return err
}

// riverVersion is the newest version of the work queue's tables that this
// program knows, and needs.
var riverVersion = sync.OnceValue(func() int {
	migrator, err := riverMigrator(nil)
	if err != nil {
		panic(err) // a broken build
	}
	newest := 0
	for _, v := range migrator.AllVersions() {
		newest = max(newest, v.Version)
	}
	return newest
})

// checkRiver is CheckSchema for the work queue's tables, which come after our
// migrations: a run of them that ended in between leaves these behind.
func checkRiver(ctx context.Context, db RowQuerier) error {
	var version int
	var made bool
	err := db.QueryRowContext(ctx, "select to_regclass('"+RiverSchema+".river_migration') is not null").Scan(&made)
	if err == nil && made {
		err = db.QueryRowContext(ctx, "select coalesce(max(version), 0) from "+RiverSchema+".river_migration where line = 'main'").Scan(&version)
	}
	if err != nil {
		return fmt.Errorf("read the version of the work queue: %w", err)
	}
	if want := riverVersion(); version < want {
		return fmt.Errorf("%w: work queue version %d, needed %d: run 'yhdyspinta migrate'", ErrSchemaBehind, version, want)
	}
	return nil
}

func riverMigrator(pool *pgxpool.Pool) (*rivermigrate.Migrator[pgx.Tx], error) {
	return rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: RiverSchema, Logger: slog.New(slog.DiscardHandler)})
}

// riverText is all SQL of the work queue's tables, for the digest of the
// schema.
func riverText() string {
	migrator, err := riverMigrator(nil)
	if err != nil {
		panic(err) // a broken build
	}
	var b strings.Builder
	for _, v := range migrator.AllVersions() {
		fmt.Fprintf(&b, "%d %s\n", v.Version, v.SQLUp)
	}
	return b.String()
}
