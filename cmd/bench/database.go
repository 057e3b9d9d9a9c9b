package main

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/storage"
	"yhdyspinta/storage/pgembed"
)

//go:embed generate.sql
var generateSQL string

// How much is generated; five audit entries come with each action.
const actions = 100_000

// The generated database is kept; each run works on a copy of it, so that all
// runs start from the same bytes.
const (
	generatedDatabase = "bench_generated"
	runDatabase       = "bench_run"
	smallDatabase     = "bench_small"
	largeDatabase     = "bench_large"
)

// database is the database that a run measures.
type database struct{ app, owner string }

// openDatabase generates the data, unless an earlier run did with the same
// migrations and generator, and copies them for this run.
func openDatabase(ctx context.Context, server *pgembed.Server, out io.Writer) (database, error) {
	conn, err := pgx.Connect(ctx, server.DSN(pgembed.RoleSuper, "postgres"))
	if err != nil {
		return database{}, fmt.Errorf("reach the embedded PostgreSQL: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := generated(ctx, conn, server, generatedDatabase, actions, true, out); err != nil {
		return database{}, err
	}
	for _, statement := range []string{
		"drop database if exists " + runDatabase + " with (force)",
		"create database " + runDatabase + " template " + generatedDatabase + " owner " + pgembed.RoleOwner + " strategy file_copy",
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return database{}, fmt.Errorf("copy the generated data: %w", err)
		}
	}
	// The rights, since the database is there already.
	if err := pgembed.CreateDatabase(ctx, conn, runDatabase, generatedDatabase); err != nil {
		return database{}, err
	}
	return database{app: server.DSN(pgembed.RoleApp, runDatabase), owner: server.DSN(pgembed.RoleOwner, runDatabase)}, nil
}

// generated makes sure that there is a database of that name with so many actions of
// the present migrations and generator.
func generated(ctx context.Context, super *pgx.Conn, server *pgembed.Server, name string, n int, past bool, out io.Writer) error {
	version := fmt.Sprintf("%x", sha256.Sum256([]byte(storage.MigrationsDigest()+generateSQL+strconv.Itoa(n))))
	var have string
	err := super.QueryRow(ctx, "select coalesce(shobj_description(oid, 'pg_database'), '') from pg_database where datname = $1", name).Scan(&have)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) || have == version {
		return err
	}
	begun := time.Now()
	fmt.Fprintf(out, "generating %d actions, once...", n)
	if err := generate(ctx, super, server, name, n, past); err != nil {
		return fmt.Errorf("generate the data: %w", err)
	}
	fmt.Fprintf(out, " %.0f s\n", time.Since(begun).Seconds())
	// Marked when it is whole.
	_, err = super.Exec(ctx, "comment on database "+name+" is '"+version+"'")
	return err
}

func generate(ctx context.Context, super *pgx.Conn, server *pgembed.Server, name string, n int, past bool) error {
	if _, err := super.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
		return err
	}
	if err := pgembed.CreateDatabase(ctx, super, name, "template0"); err != nil {
		return err
	}
	owner := server.DSN(pgembed.RoleOwner, name)
	if err := storage.Migrate(ctx, owner, slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	return fill(ctx, owner, n, past)
}

// fill generates n actions and what goes with them, their past too or not, into a
// migrated database.
func fill(ctx context.Context, owner string, n int, past bool) error {
	conn, err := pgx.Connect(ctx, owner)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		// Joins and indexes of this size want memory.
		if _, err := tx.Exec(ctx, `select set_config('bench.actions', $1, true), set_config('bench.past', $2, true), set_config('work_mem', '128MB', true), set_config('maintenance_work_mem', '512MB', true)`,
			strconv.Itoa(n), strconv.FormatBool(past)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, generateSQL)
		return err
	})
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "vacuum analyze")
	return err
}
