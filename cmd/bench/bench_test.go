package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
	"yhdyspinta/storage/pgtest"
)

// TestMeasuresTheSame holds that the generator fits the schema, that the floor
// answers as the product does, to the public and to staff, and that a status
// report becomes a script that pgbench, where there is one, can run.
func TestMeasuresTheSame(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db := pgtest.New(t)
	if err := fill(ctx, db.OwnerDSN, 2000, true); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(ctx, db.AppDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	actor, err := findStaff(ctx, conn)
	if err != nil {
		t.Fatal(err)
	}
	actor.Grants = append(actor.Grants, domain.ActiveGrant{Role: domain.RoleCoordinator, PartyID: actor.PartyID})
	base := database{app: db.AppDSN, owner: db.OwnerDSN}
	clock := domain.Clock(func() time.Time { return today })
	p, err := startProduct(ctx, base, clock, actor, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	f, err := startFloor(ctx, base, clock, actor)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	path := "/api/v1/actions?status=in_progress&partyId=" + actor.PartyID.String() + "&sort=dueOn&limit=50"
	for _, headers := range []map[string]string{nil, {staffHeader: "1"}} {
		if size, err := sameAnswer(ctx, p.url+path, f.url+path, headers); err != nil || size < 10_000 {
			t.Errorf("headers %v: %d bytes, %v", headers, size, err)
		}
	}

	queues, err := reportable(ctx, conn, actor)
	if err != nil {
		t.Fatal(err)
	}
	report, err := captureReport(ctx, conn, base, clock, actor, queues[0])
	if err != nil {
		t.Fatal(err)
	}
	text, variables, err := script(report.writing())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"begin", `\gset`, `UPDATE "action"`, "version = :version", `INSERT INTO "status_report"`, "gen_random_uuid()", "insert into audit_value", "commit"} {
		if !strings.Contains(text, want) {
			t.Errorf("the script lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "$1") || len(variables) == 0 {
		t.Errorf("arguments were not written out, variables %q:\n%s", variables, text)
	}
	if program, ok := findPgbench(); ok {
		sides, err := pgbenchSides(program, t.TempDir(), db.AppDSN, report)
		if err != nil {
			t.Fatal(err)
		}
		for _, side := range sides {
			s, err := side.measure(ctx, time.Second)
			if err == nil && s.rate == 0 { // a busy machine can need more for the first
				s, err = side.measure(ctx, 20*time.Second)
			}
			if err != nil || s.rate == 0 {
				t.Errorf("%s: %+v, %v", side.name, s, err)
			}
		}
	}
	if len(report.writing().statements) >= len(report.statements) {
		t.Error("the bare writes are not fewer than all statements")
	}

	var said strings.Builder
	b := bench{base: base, clock: clock, rounds: 1, length: 100 * time.Millisecond, out: &said, progress: io.Discard}
	defer b.close()
	var all []measurement
	for _, prepare := range []func(context.Context) ([]measurement, error){b.lists, b.meetings, b.publicReads} {
		prepared, err := prepare(ctx)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, prepared...)
	}
	if err := b.measure(ctx, all); err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		_, rest, ok := strings.Cut(said.String(), m.title+"\n")
		told, _, _ := strings.Cut(rest, "\n\n")
		if !ok || strings.Contains(told, "NaN") || !strings.Contains(told, "p50") {
			t.Errorf("of %s is told %q", m.title, told)
		}
	}
}

// TestFetchTellsWhatFailed holds that a wrong status ends a measurement.
func TestFetchTellsWhatFailed(t *testing.T) {
	t.Parallel()
	s, err := startSite(t.Context(), http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	_, err = load(context.Background(), time.Minute, func(ctx context.Context, _ int) error {
		return fetch(ctx, http.MethodGet, s.url, nil, nil, http.StatusOK, nil)
	})
	if err == nil || !strings.Contains(err.Error(), "status 404") {
		t.Errorf("got %v", err)
	}
}

func TestSampleAndMedian(t *testing.T) {
	t.Parallel()
	var latencies []time.Duration
	for i := 100; i >= 1; i-- {
		latencies = append(latencies, time.Duration(i)*time.Millisecond)
	}
	s := newSample(latencies, 2*time.Second)
	if s.rate != 50 || s.p50 != 50*time.Millisecond || s.p99 != 99*time.Millisecond {
		t.Errorf("got %+v", s)
	}
	if m := median([]float64{4, 1, 3, 2}, func(f float64) float64 { return f }); m != 2.5 {
		t.Errorf("median %v", m)
	}
}
