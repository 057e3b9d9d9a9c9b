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
	if !strings.Contains(out, "14 goals, 43 actions") || !strings.Contains(out, "kept for later: indicators") {
		t.Errorf("report: %s", out)
	}
	if imported, err := storage.NewImporter(db).IsImported(t.Context()); err != nil || !imported {
		t.Errorf("the demo does not say that it is invented: %v, %v", imported, err)
	}
	got := query[int](t, raw.AppDSN, `select action_condition(status, starts_on, late_on, fresh_to, '2026-11-23', 30), count(*) from action group by 1`)
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

// Lists decide by the copy of the lead on the action: it is what the product
// itself would keep.
func TestImportedLeadsAreThoseOfTheResponsibilities(t *testing.T) {
	raw, _, _ := loadDemo(t)
	const copies = `select no::text, concat_ws(' ', lead_post_id, lead_party_id, lead_from, lead_to) from action where lead_post_id is not null`
	got := query[string](t, raw.SuperDSN, copies)
	want := query[string](t, raw.SuperDSN, `
select distinct on (a.no) a.no::text, concat_ws(' ', p.id, p.party_id, r.valid_from, r.valid_to)
from responsibility r join action a on a.id = r.subject_id join post p on p.id = r.post_id
where r.subject_kind = 'action' and r.part = 'lead' and (r.valid_to is null or r.valid_to >= $1)
order by a.no, r.valid_from, r.id`, demoNow())
	if len(want) == 0 || !maps.Equal(got, want) {
		t.Errorf("copies %v\nresponsibilities %v", got, want)
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

// The demo shows waiting as it is: five things that a party has not accepted,
// each with its age, all else agreed by those whom it concerns.
func TestImportedDemoWaits(t *testing.T) {
	t.Parallel()
	raw, _, _ := loadDemo(t)
	const subject = `case g.subject_kind when 'handover' then 'hand-over ' || h.position
  else r.subject_kind || ' ' || coalesce(goal.no, action.no) || ' ' || r.part end`
	got := query[string](t, raw.AppDSN, `
select `+subject+`, coalesce(r.standing, h.standing) || ', ' || g.state || ', ' || ('2026-11-23'::date - (g.proposed_at at time zone 'Europe/Helsinki')::date) || ' days: '
  || (select string_agg(p.key || ' ' || a.state, ', ' order by p.key) from acceptance a join party p on p.id = a.party_id where a.agreement_id = g.id)
from agreement g
left join responsibility r on r.id = g.subject_id left join handover h on h.id = g.subject_id
left join goal on goal.id = r.subject_id left join action on action.id = r.subject_id
where g.state in ('open', 'declined')`)
	want := map[string]string{
		"goal 5 lead":       "proposed, open, 60 days: espoo open, luvn accepted",
		"hand-over 1":       "proposed, open, 19 days: espoo open, luvn accepted",
		"goal 10 lead":      "reopened, open, 11 days: espoo accepted, luvn open",
		"goal 12 lead":      "proposed, open, 7 days: espoo open, luvn open",
		"action 16 support": "declined, declined, 28 days: espoo declined, luvn accepted",
	}
	if !maps.Equal(got, want) {
		t.Errorf("what waits: %v, want %v", got, want)
	}
	for what, sql := range map[string]string{
		"in force without an agreement":        `select 'x', count(*) from responsibility r where standing in ('in_force', 'reopened') and not exists (select 1 from agreement g where g.subject_id = r.id and g.state = 'in_force')`,
		"proposed with one in force":           `select 'x', count(*) from responsibility r where standing in ('proposed', 'declined') and exists (select 1 from agreement g where g.subject_id = r.id and g.state = 'in_force')`,
		"hand-overs in force without answers":  `select 'x', count(*) from handover h where standing = 'in_force' and not exists (select 1 from agreement g where g.subject_id = h.id and g.state = 'in_force')`,
		"in force with an answer missing":      `select 'x', count(*) from agreement g join acceptance a on a.agreement_id = g.id where g.state = 'in_force' and a.state <> 'accepted'`,
		"gaps without a reason":                `select 'x', count(*) from handover where (gap = 'none') <> (gap_reason_fi = '')`,
		"stages without a group or a language": `select 'x', count(*) from stage where target_group_sv = '' or channel_en = '' or cardinality(languages) < 2`,
	} {
		if n := query[int](t, raw.AppDSN, sql)["x"]; n != 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
	if n := query[int](t, raw.AppDSN, `select 'x', count(*) from handover`)["x"]; n != 20 {
		t.Errorf("%d hand-overs, want 20", n)
	}
	pinned := query[string](t, raw.AppDSN, `select a.no::text, f.title_en || ' to ' || t.title_en from action a join handover h on h.id = a.handover_id join stage f on f.id = h.from_stage_id join stage t on t.id = h.to_stage_id`)
	if len(pinned) != 4 || pinned["9"] != "Maternity and child health clinic to Early childhood education and pre-primary" {
		t.Errorf("actions against hand-overs: %v", pinned)
	}
}
