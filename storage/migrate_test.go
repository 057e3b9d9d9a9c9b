package storage_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

func TestMigrateManyAtOnce(t *testing.T) {
	t.Parallel()
	db := pgtest.NewEmpty(t)
	before := openSQL(t, db.OwnerDSN)
	if err := storage.CheckSchema(t.Context(), before); !errors.Is(err, storage.ErrSchemaBehind) {
		t.Fatalf("empty database: %v, want ErrSchemaBehind", err)
	}

	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if err := storage.Migrate(t.Context(), db.OwnerDSN, slog.New(slog.DiscardHandler)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := storage.CheckSchema(t.Context(), openSQL(t, db.AppDSN)); err != nil {
		t.Errorf("after migration, as the application: %v", err)
	}
}

// The work queue's tables are checked beside ours: an older version of them is
// refused, by either role, with the command that helps, and a newer one is fine.
func TestSchemaOfTheWorkQueueIsChecked(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	owner := connect(t, db.OwnerDSN)
	app := openSQL(t, db.AppDSN)
	var newest int
	if err := owner.QueryRow(t.Context(), "select max(version) from river.river_migration where line = 'main'").Scan(&newest); err != nil {
		t.Fatal(err)
	}
	exec(t, owner, `insert into river.river_migration (line, version) values ('main', 1000)`)
	if err := storage.CheckSchema(t.Context(), app); err != nil {
		t.Errorf("newer: %v", err)
	}
	exec(t, owner, fmt.Sprintf(`delete from river.river_migration where version >= %d`, newest))
	want := fmt.Sprintf("the database is older than the program: work queue version %d, needed %d: run 'yhdyspinta migrate'", newest-1, newest)
	if err := storage.CheckSchema(t.Context(), app); !errors.Is(err, storage.ErrSchemaBehind) || err.Error() != want {
		t.Errorf("older: %v, want %s", err, want)
	}
	exec(t, owner, `drop table river.river_migration`)
	if err := storage.CheckSchema(t.Context(), app); !errors.Is(err, storage.ErrSchemaBehind) {
		t.Errorf("never made: %v", err)
	}
}

func TestMigrateRefreshesViewsOfThePast(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	owner := connect(t, db.OwnerDSN)
	exec(t, owner, `create table refreshed (n int)`)
	exec(t, owner, `create or replace function refresh_asof_views() returns void language sql
		as 'insert into refreshed values (1)'`)
	if err := storage.Migrate(t.Context(), db.OwnerDSN, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := owner.QueryRow(t.Context(), "select count(*) from refreshed").Scan(&n); err != nil || n != 1 {
		t.Errorf("refreshed %d times, want 1 (%v)", n, err)
	}
}

// What the owner makes is the application's to read and write, and no more.
func TestApplicationRights(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	owner, app := connect(t, db.OwnerDSN), connect(t, db.AppDSN)
	exec(t, owner, `create table note (id bigserial primary key, body text)`)
	exec(t, owner, `create view asof.note as select * from note`)

	for _, allowed := range []string{
		`insert into note (body) values ('one')`,
		`update note set body = 'two'`,
		`select * from asof.note`,
		`delete from note`,
	} {
		if _, err := app.Exec(t.Context(), allowed); err != nil {
			t.Errorf("%s: %v", allowed, err)
		}
	}
	for _, refused := range []string{
		`truncate note`,
		`create table other (id int)`,
		`create table other (id bigint references note)`,
		`create trigger t before insert on note execute function suppress_redundant_updates_trigger()`,
		`alter table note add column more text`,
		`alter table note disable trigger all`,
		`insert into asof.note (body) values ('rewritten')`,
		`update asof.note set body = 'rewritten'`,
		`delete from asof.note`,
		`create view asof.mine as select 1`,
		`insert into goose_db_version (version_id, is_applied) values (99, true)`,
		`create temporary table note (id int)`,
		`create schema mine`,
	} {
		_, err := app.Exec(t.Context(), refused)
		if code := sqlState(err); code != "42501" { // insufficient_privilege
			t.Errorf("%s: %v, want insufficient_privilege", refused, err)
		}
	}
}

// The application's role may have another name, told by a setting.
func TestApplicationRoleOfAnotherName(t *testing.T) {
	t.Parallel()
	db := pgtest.NewEmpty(t)
	super := connect(t, db.SuperDSN)
	role := "other_" + db.Name
	exec(t, super, `drop role if exists `+role) // of a run that was killed
	exec(t, super, `create role `+role+` login`)
	t.Cleanup(func() {
		super := connect(t, db.SuperDSN)
		exec(t, super, `drop owned by `+role)
		exec(t, super, `drop role `+role)
	})
	exec(t, super, `grant connect on database `+db.Name+` to `+role)
	exec(t, super, `alter database `+db.Name+` set yhdyspinta.app_role = '`+role+`'`)
	if err := storage.Migrate(t.Context(), db.OwnerDSN, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	exec(t, connect(t, db.OwnerDSN), `create table note (body text)`)

	var may, mayNot bool
	err := super.QueryRow(t.Context(),
		`select has_table_privilege($1, 'note', 'insert'), has_table_privilege('yhdyspinta_app', 'note', 'insert')`,
		role).Scan(&may, &mayNot)
	if err != nil || !may || mayNot {
		t.Errorf("named role may insert: %t, default role: %t (%v)", may, mayNot, err)
	}
}

func TestLettersOfBothLanguages(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.New(t).AppDSN)
	for _, collation := range []string{"fi", "sv"} {
		rows, err := conn.Query(t.Context(),
			`select w from unnest(array['öljy', 'zeniitti', 'Åland', 'aamu', 'ääni']) w order by w collate `+collation)
		if err != nil {
			t.Fatal(err)
		}
		got, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if want := []string{"aamu", "zeniitti", "Åland", "ääni", "öljy"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v (%v), want %v", collation, got, err, want)
		}
	}

	var lower, plain, stem string
	var like bool
	var similar float32
	err := conn.QueryRow(t.Context(), `select lower('ÄITIYS'), unaccent('ääniä'), 'HYVÄ ÄITI' ilike '%hyvä ä%',
		to_tsvector('finnish', 'ÄITIEN')::text, similarity('ÄITIYS', 'äitiys')`).
		Scan(&lower, &plain, &like, &stem, &similar)
	if err != nil {
		t.Fatal(err)
	}
	if lower != "äitiys" || plain != "aania" || !like || stem != "'äit':1" || similar != 1 {
		t.Errorf("lower %q, unaccent %q, ilike %t, stem %s, similarity %v", lower, plain, like, stem, similar)
	}
}

func openSQL(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func exec(t *testing.T, conn *pgx.Conn, statement string) {
	t.Helper()
	if _, err := conn.Exec(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// sqlState returns PostgreSQL's five-character code of an error, or "".
func sqlState(err error) string {
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) {
		return pgErr.Code
	}
	return ""
}
