package job

import (
	"testing"
	"time"

	"yhdyspinta/domain"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	run := func(began time.Time, took time.Duration, o Outcome, c Cause) Run {
		r := Run{ID: domain.AnyID{UUID: domain.UUIDv7()}, BeganAt: began, Outcome: o, Cause: c}
		if o != Running {
			r.EndedAt = began.Add(took)
		}
		return r
	}
	done := func(d time.Duration) Run { return run(ago(d), time.Second, Done, "") }
	failed := func(d time.Duration) Run { return run(ago(d), time.Second, Failed, CauseDatabase) }
	under := func(d time.Duration) Run { return run(ago(d), 0, Running, "") }
	drain, deliver, sweep := Works[0], Works[1], Works[6]

	for _, tt := range []struct {
		name     string
		work     Work
		runs     []Run
		queued   Queued
		things   Things
		health   Health
		running  int
		failures int
		last     Outcome
		next     time.Duration // from now; -1: none
	}{
		{name: "nothing has run", work: drain, health: Unseen, next: -1},
		{name: "all is well", work: drain, runs: []Run{done(4 * time.Second)}, health: Well, last: Done, next: 6 * time.Second},
		{name: "one is under way", work: drain, runs: []Run{done(14 * time.Second), under(4 * time.Second)}, health: Well, running: 1, last: Done, next: 6 * time.Second},
		{name: "the last failed", work: drain, runs: []Run{failed(4 * time.Second), done(14 * time.Second)}, health: Failing, failures: 1, last: Failed, next: 6 * time.Second},
		{name: "one failed, and the next did not", work: drain, runs: []Run{failed(14 * time.Second), done(4 * time.Second)}, health: Well, failures: 1, last: Done, next: 6 * time.Second},
		{name: "cut off", work: drain, runs: []Run{done(80 * time.Second), under(61 * time.Second)}, health: Failing, failures: 1, last: Interrupted, next: -51 * time.Second},
		{name: "not yet cut off", work: drain, runs: []Run{done(80 * time.Second), under(60 * time.Second)}, health: Well, running: 1, last: Done, next: -50 * time.Second},
		{name: "should have run", work: drain, runs: []Run{done(3 * time.Minute)}, health: Overdue, last: Done, next: -170 * time.Second},
		{name: "an hour is long for one, not for another", work: sweep, runs: []Run{done(time.Hour)}, health: Well, last: Done, next: 0},
		{name: "what the queue says goes before", work: sweep, runs: []Run{done(time.Minute)}, queued: Queued{Jobs: 1, In: 5 * time.Minute}, health: Well, last: Done, next: 5 * time.Minute},
		{name: "what is due in the queue is due now", work: sweep, runs: []Run{done(time.Minute)}, queued: Queued{Jobs: 1, In: -5 * time.Second}, health: Well, last: Done, next: 0},
		{name: "no mail for a week is no fault", work: deliver, runs: []Run{done(170 * time.Hour)}, health: Well, last: Done, next: -1},
		{name: "a mail waits long", work: deliver, runs: []Run{done(time.Minute)}, things: Things{Waiting: 1, Oldest: ago(16 * time.Minute), NextAt: now.Add(time.Minute)}, health: Troubled, last: Done, next: time.Minute},
		{name: "a mail waits", work: deliver, runs: []Run{done(time.Minute)}, things: Things{Waiting: 1, Oldest: ago(15 * time.Minute), NextAt: now}, health: Well, last: Done, next: 0},
		{name: "mails failed", work: deliver, runs: []Run{done(time.Minute)}, things: Things{Bad: 2}, health: Troubled, last: Done, next: -1},
	} {
		s := status(tt.work, tt.runs, tt.queued, tt.things, now)
		next := time.Duration(-1)
		if !s.NextAt.IsZero() {
			next = s.NextAt.Sub(now)
		}
		if s.Health != tt.health || s.Running != tt.running || len(s.Failures) != tt.failures || s.Last.Outcome != tt.last || next != tt.next {
			t.Errorf("%s: %s, %d running, %d failures, last %q, next in %s", tt.name, s.Health, s.Running, len(s.Failures), s.Last.Outcome, next)
		}
	}
}

// What runs when another kind finds work names that kind; what has no schedule and
// nobody would never run.
func TestEveryKindIsRunBySomething(t *testing.T) {
	t.Parallel()
	for _, w := range Works {
		by, known := Of(w.By)
		if (w.Every == 0) != known || known && by.Every == 0 {
			t.Errorf("%+v", w)
		}
	}
}
