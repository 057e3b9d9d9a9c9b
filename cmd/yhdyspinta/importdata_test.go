package main

import (
	"bytes"
	"context"
	"io"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/cmd/yhdyspinta/demodata"
	"yhdyspinta/domain"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// demoNow is the reference day of the demo data set, at 8.05 in Helsinki.
func demoNow() time.Time { return time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC) }

func loadDemo(t *testing.T) (*pgtest.DB, *storage.DB, string) {
	t.Helper()
	raw := pgtest.New(t)
	db, err := storage.Open(context.Background(), raw.AppDSN, storage.Options{Clock: demoNow, MaxConnections: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	d, err := demodata.ParseDefault()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := importDataset(context.Background(), d, nil, db, demoNow, &out); err != nil {
		t.Fatal(err)
	}
	return raw, db, out.String()
}

func query[T any](t *testing.T, dsn, sql string, args ...any) map[string]T {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]T{}
	var k string
	var v T
	if _, err := pgx.ForEachRow(rows, []any{&k, &v}, func() error { out[k] = v; return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// The picture of the mock-ups: 43 actions in these conditions on the reference day.
func TestImportedDemoHasThePictureOfTheDay(t *testing.T) {
	t.Parallel()
	raw, db, out := loadDemo(t)
	if !strings.Contains(out, "12 goals, 43 actions") || !strings.Contains(out, "kept for later: indicators") {
		t.Errorf("report: %s", out)
	}
	if imported, err := storage.NewImporter(db).IsImported(t.Context()); err != nil || !imported {
		t.Errorf("the demo does not say that it is invented: %v, %v", imported, err)
	}
	got := query[int](t, raw.AppDSN, `select action_condition(status, starts_on, due_last_on, confirmed_on, '2026-11-23', 60, 30), count(*) from action group by 1`)
	want := map[string]int{"late": 7, "stale": 3, "due_soon": 3, "on_time": 19, "not_started": 4, "paused": 1, "done": 6}
	if !maps.Equal(got, want) {
		t.Errorf("conditions %v, want %v", got, want)
	}
	statuses := query[int](t, raw.AppDSN, `select status, count(*) from meeting group by 1`)
	if statuses["published"] == 0 || statuses["closed"] == 0 || statuses["called"] == 0 || statuses["draft"] == 0 {
		t.Errorf("meetings %v", statuses)
	}
	if n := query[int](t, raw.AppDSN, `select 'x', count(*) from action where outcome_id is not null`)["x"]; n < 5 {
		t.Errorf("only %d actions know where they came from", n)
	}

	// The past is there: what was late then, and every write is in the log as an import.
	before := query[int](t, raw.AppDSN, `select status, count(*) from action_history where sys_from <= '2026-10-01' and sys_to > '2026-10-01' group by 1`)
	if before["in_progress"] == 0 || before["in_progress"]+before["not_started"]+before["done"]+before["paused"] >= 43 {
		t.Errorf("actions on 1 October 2026: %v", before)
	}
	if n := query[int](t, raw.AppDSN, `select origin, count(*) from audit_entry group by 1`); len(n) != 1 || n["import"] < 500 {
		t.Errorf("audit entries %v", n)
	}

	d, err := demodata.ParseDefault()
	if err != nil {
		t.Fatal(err)
	}
	if err := importDataset(context.Background(), d, nil, db, demoNow, &bytes.Buffer{}); err == nil {
		t.Error("a second import went through")
	}
}

func TestImportShiftsByWholeWeeks(t *testing.T) {
	t.Parallel()
	d, err := demodata.ParseDefault()
	if err != nil {
		t.Fatal(err)
	}
	d.Shift(domain.NewDate(2027, 1, 14)) // a Thursday
	if got := d.ReferenceDate.String(); got != "2027-01-11" {
		t.Errorf("the story ends on %s", got)
	}
}

// A real installation must not call its content invented.
func TestOnlyImportedDataAreInvented(t *testing.T) {
	t.Parallel()
	raw := pgtest.New(t)
	env := map[string]string{"DATABASE_URL": raw.AppDSN, "DATABASE_OWNER_URL": raw.OwnerDSN}
	db, err := storage.Open(t.Context(), raw.AppDSN, storage.Options{Clock: demoNow, MaxConnections: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	for _, args := range [][]string{nil, {"add-party", "--key", "espoo", "--kind", "municipality", "--principal", "--letter", "E", "--position", "1",
		"--name-fi", "Espoon kaupunki", "--name-sv", "Esbo stad", "--name-en", "City of Espoo", "--short-fi", "Espoo", "--short-sv", "Esbo", "--short-en", "Espoo"}} {
		if args != nil {
			if err := run(t.Context(), args, func(name string) string { return env[name] }, io.Discard, io.Discard); err != nil {
				t.Fatal(err)
			}
		}
		if imported, err := storage.NewImporter(db).IsImported(t.Context()); err != nil || imported {
			t.Errorf("after %v: imported %v, %v", args, imported, err)
		}
	}
}
