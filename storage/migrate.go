package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrSchemaBehind is wrapped by CheckSchema's error when the database lacks
// migrations that this program needs.
var ErrSchemaBehind = errors.New("the database is older than the program")

// SchemaVersion is the number of the newest migration in this program.
func SchemaVersion() int64 {
	known := KnownMigrations()
	return known[len(known)-1]
}

// KnownMigrations are the numbers of all migrations in this program, rising.
func KnownMigrations() []int64 {
	names, err := fs.Glob(migrations, "migrations/*.sql") // Glob sorts
	if err != nil || len(names) == 0 {
		panic("no migrations embedded") // a broken build
	}
	out := make([]int64, len(names))
	for i, name := range names {
		if out[i], err = goose.NumericComponent(name); err != nil {
			panic(err)
		}
	}
	return out
}

// MigrationsDigest changes whenever the text of any migration changes.
func MigrationsDigest() string {
	h := sha256.New()
	err := fs.WalkDir(migrations, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := migrations.ReadFile(path)
		fmt.Fprintf(h, "%s %d\n%s", path, len(text), text)
		return err
	})
	if err != nil {
		panic(err) // a broken build
	}
	fmt.Fprint(h, riverText())
	return hex.EncodeToString(h.Sum(nil))
}

// Migrate brings the database to SchemaVersion and renews the views of the
// past. ownerDSN names the role that owns the database. Each migration is one
// transaction; there is no way back down. Processes that migrate at the same
// time wait for each other, at most five minutes.
func Migrate(ctx context.Context, ownerDSN string, log *slog.Logger) error {
	return migrateTo(ctx, ownerDSN, SchemaVersion(), log)
}

// migrateTo is Migrate up to one of the versions, and to the newest of the work
// queue's.
func migrateTo(ctx context.Context, ownerDSN string, version int64, log *slog.Logger) (err error) {
	db, err := sql.Open("pgx", ownerDSN)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()

	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // tries, a second apart
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	var results []*goose.MigrationResult
	for range 5 { // under load a migration and a reader may stop each other: then it was rolled back whole
		var done []*goose.MigrationResult
		done, err = provider.UpTo(ctx, version)
		results = append(results, done...)
		if !retryable(err) {
			break
		}
		apart(ctx)
	}
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	for _, r := range results {
		log.InfoContext(ctx, "migrated", "migration", r.Source.Path, "duration", r.Duration)
	}
	if err := renewDerived(ctx, db); err != nil {
		return fmt.Errorf("migrate: renew views of the past and the reader's rights: %w", err)
	}
	if err := migrateRiver(ctx, ownerDSN, log); err != nil {
		return fmt.Errorf("migrate: the work queue: %w", err)
	}
	return nil
}

// renewDerived calls what derives something from the tables, as far as
// migrations have made it, one caller at a time: first the views of the past,
// then who may read them.
func renewDerived(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "select pg_advisory_xact_lock(hashtext('refresh_asof_views'))"); err != nil {
		return err
	}
	for _, function := range []string{"refresh_asof_views()", "grant_reading()"} {
		var exists bool
		if err := tx.QueryRowContext(ctx, "select to_regprocedure($1) is not null", function).Scan(&exists); err != nil {
			return err
		}
		if !exists {
			continue
		}
		if _, err := tx.ExecContext(ctx, "select "+function); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// RowQuerier is what CheckSchema needs of a *sql.DB, *sql.Conn or *sql.Tx.
type RowQuerier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// CheckSchema returns nil if the database has every migration of this program
// and of its work queue.
// A newer database is fine: migrations stay safe for the version before them.
// Otherwise the error wraps ErrSchemaBehind and says what to run. Both roles
// may ask.
func CheckSchema(ctx context.Context, db RowQuerier) error {
	var version int64
	var made bool
	err := db.QueryRowContext(ctx, "select to_regclass('goose_db_version') is not null").Scan(&made)
	if err == nil && made {
		err = db.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from goose_db_version where is_applied").Scan(&version)
	}
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if want := SchemaVersion(); version < want {
		return fmt.Errorf("%w: schema version %d, needed %d: run 'yhdyspinta migrate'", ErrSchemaBehind, version, want)
	}
	return checkRiver(ctx, db)
}
