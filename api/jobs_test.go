package api_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/cmd/outward/mailer"
	"yhdyspinta/domain/job"
)

func jobOf(t *testing.T, all api.Jobs, k job.Kind) api.Job {
	t.Helper()
	i := slices.IndexFunc(all.Items, func(j api.Job) bool { return j.Kind == k })
	if i < 0 {
		t.Fatalf("no %s", k)
	}
	return all.Items[i]
}

// Topology: administrators and coordinators of both parties, a manager, and an
// auditor. The work is common: administrators of each party and auditors see all of
// it, only administrators let it run.
func TestJobsAreSeenByAdministratorsOfBothParties(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	for who, status := range map[string]int{"espoo administrator": 200, "luvn administrator": 200, "auditor": 200,
		"espoo coordinator": 403, "luvn coordinator": 403, "espoo manager": 403, "": 401} {
		e.As(who).Get("/jobs").Want(status)
		want := map[int]int{200: 200, 403: 403, 401: 401}[status]
		if who == "auditor" {
			want = 403
		}
		e.As(who).Post("/jobs/outbox_drain/runs", nil).Want(want)
	}
	admin := apitest.As[api.Jobs](e.As("luvn administrator").Get("/jobs").Want(200))
	audit := apitest.As[api.Jobs](e.As("auditor").Get("/jobs").Want(200))
	for i, w := range job.Works {
		a, b := admin.Items[i], audit.Items[i]
		if a.Kind != w.Kind || a.EverySeconds != int(w.Every/time.Second) || a.By != w.By || (len(a.Permissions) == 1) != w.Now || len(b.Permissions) != 0 {
			t.Errorf("%+v\n%+v", a, b)
		}
	}
	e.As("espoo administrator").Post("/jobs/digest_make/runs", nil).WantProblem(409, "job_not_runnable")
	e.As("espoo administrator").Post("/jobs/nothing/runs", nil).WantProblem(404, "job_not_found")
}

// What ran, how it went and why, without what the error said.
func TestJobsTellHowTheyWent(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	ctx, jobs := context.Background(), e.Jobs()
	admin := e.As("espoo administrator")
	run := func(k job.Kind, took time.Duration, c job.Cause, detail string) {
		t.Helper()
		r, err := jobs.Begin(ctx, k, 7, 2)
		if err != nil {
			t.Fatal(err)
		}
		e.Advance(took)
		if err := jobs.End(ctx, r, c, detail); err != nil {
			t.Fatal(err)
		}
	}
	if j := jobOf(t, apitest.As[api.Jobs](admin.Get("/jobs").Want(200)), job.OutboxDrain); j.Health != job.Unseen || j.Last != nil || j.NextAt != nil {
		t.Errorf("before anything ran: %+v", j)
	}
	run(job.OutboxDrain, time.Second, "", "")
	run(job.OutboxDrain, time.Second, job.CauseDatabase, "53300")
	j := jobOf(t, apitest.As[api.Jobs](admin.Get("/jobs").Want(200)), job.OutboxDrain)
	if j.Health != job.Failing || j.Last.Outcome != job.Failed || j.Last.Cause != job.CauseDatabase || j.Last.Detail != "53300" || j.Last.No != 7 || j.Last.Attempt != 2 ||
		j.DoneAt == nil || len(j.Failures) != 1 || j.NextAt == nil {
		t.Errorf("after a failure: %+v %+v", j, j.Last)
	}
	// Only what is worth it is kept: the last success and the newest failures.
	for range 30 {
		run(job.OutboxDrain, time.Millisecond, job.CauseOther, "")
	}
	run(job.OutboxDrain, time.Second, "", "")
	run(job.OutboxDrain, time.Second, "", "")
	j = jobOf(t, apitest.As[api.Jobs](admin.Get("/jobs").Want(200)), job.OutboxDrain)
	if j.Health != job.Well || len(j.Failures) != job.KeptFailures {
		t.Errorf("after many: %s, %d failures", j.Health, len(j.Failures))
	}
	var kept int
	e.Row("select count(*) from job_run", &kept)
	if kept != job.KeptFailures+1 {
		t.Errorf("%d runs are kept", kept)
	}
	// One that began and never ended was cut off.
	if _, err := jobs.Begin(ctx, job.MailSweep, 8, 1); err != nil {
		t.Fatal(err)
	}
	if j := jobOf(t, apitest.As[api.Jobs](admin.Get("/jobs").Want(200)), job.MailSweep); j.Running != 1 || j.Health == job.Failing {
		t.Errorf("under way: %+v", j)
	}
	e.Advance(2 * time.Minute)
	if j := jobOf(t, apitest.As[api.Jobs](admin.Get("/jobs").Want(200)), job.MailSweep); j.Health != job.Failing || j.Last.Outcome != job.Interrupted || j.Last.Cause != job.CauseKilled || j.Last.EndedAt != nil {
		t.Errorf("cut off: %+v %+v", j, j.Last)
	}
}

// To run something now is to put it into the queue, once, and stands in the log; a
// mail that waits for its next try is tried at once.
func TestJobsRunNow(t *testing.T) {
	t.Parallel()
	e, _, forum := mailTopology(t)
	admin := e.As("luvn administrator")
	for range 2 {
		admin.Post("/jobs/digests_look/runs", nil).Want(200)
	}
	var queued int
	e.Row("select count(*) from river.river_job where kind = 'digests_look'", &queued)
	if queued != 1 {
		t.Errorf("%d are in the queue", queued)
	}
	if entry := lastEntry(e, "job"); entry.permission != "job.run" || !strings.Contains(entry.changes, `"digests_look"`) {
		t.Errorf("the log: %+v", entry)
	}

	m := newMeeting(e, forum, "2026-12-08", "public")
	e.As("lape secretary").Post("/meetings/"+m.ID.String()+"/call", nil).Want(200)
	nobody, err := mailer.New(mailer.Config{Host: "127.0.0.1", Port: 1, TLS: mailer.None, From: "yhdyspinta@example.fi"})
	if err != nil {
		t.Fatal(err)
	}
	mails := e.Mails(nobody)
	e.DeliverMail(mails)
	j := jobOf(t, apitest.As[api.Jobs](admin.Get("/jobs").Want(200)), job.MailDeliver)
	if j.Waiting == 0 || j.WaitingSince == nil || j.NextAt == nil || !j.NextAt.After(e.Now()) {
		t.Fatalf("mails that wait: %+v", j)
	}
	e.Advance(20 * time.Minute)
	if j = jobOf(t, apitest.As[api.Jobs](admin.Get("/jobs").Want(200)), job.MailDeliver); j.Health != job.Troubled {
		t.Errorf("mails that wait long: %+v", j)
	}
	e.DeliverMail(mails) // and now the next try is further away
	admin.Post("/jobs/mail_deliver/runs", nil).Want(200)
	due, err := mails.Due(context.Background())
	if err != nil || len(due) != j.Waiting {
		t.Errorf("%d are due of %d, %v", len(due), j.Waiting, err)
	}
	e.Row("select count(*) from river.river_job where kind = 'outbox_drain'", &queued)
	if queued != 1 {
		t.Errorf("%d are in the queue", queued)
	}
}
