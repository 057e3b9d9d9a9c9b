package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/job"
)

// Job is how one kind of background work is doing.
type Job struct {
	Kind         job.Kind            `json:"kind" enum:"outbox_drain,mail_deliver,digests_look,digest_make,decision_feeds_look,decision_feed_fetch,mail_sweep"`
	Health       job.Health          `json:"health" enum:"failing,overdue,troubled,no_server,unseen,well" doc:"failing: the last run came to nothing. overdue: it should have run. troubled: it runs, but something it works on fails or waits long. no_server: no mail server is set, so that no mail leaves. unseen: it has not run yet"`
	EverySeconds int                 `json:"everySeconds,omitempty" doc:"How long lies between two runs; missing: it runs when by finds something to do"`
	By           job.Kind            `json:"by,omitempty" enum:"outbox_drain,digests_look,decision_feeds_look"`
	Running      int                 `json:"running" doc:"Runs under way"`
	Last         *JobRun             `json:"last,omitempty" doc:"The last run that has ended; missing: none"`
	DoneAt       *time.Time          `json:"doneAt,omitempty" doc:"When the last run that came to something ended; missing: never"`
	NextAt       *time.Time          `json:"nextAt,omitempty" doc:"About; missing: when there is something to do"`
	Failures     []JobRun            `json:"failures" doc:"Runs that came to nothing, the newest first; the newest 20 are kept"`
	Waiting      int                 `json:"waiting" doc:"Notices not yet made mails of, mails not settled, or feeds due"`
	WaitingSince *time.Time          `json:"waitingSince,omitempty" doc:"Of the first of them"`
	Troubled     int                 `json:"troubled" doc:"Mails that failed in the last seven days, or feeds whose last reading failed"`
	Permissions  []domain.Permission `json:"permissions" doc:"job.run: it can be run at once"`
}

// JobRun is one run.
type JobRun struct {
	No      int64       `json:"no" doc:"Of the job, as the operator's log has it"`
	Attempt int         `json:"attempt"`
	BeganAt time.Time   `json:"beganAt"`
	EndedAt *time.Time  `json:"endedAt,omitempty" doc:"Missing of one that was interrupted"`
	Outcome job.Outcome `json:"outcome" enum:"done,failed,interrupted" doc:"interrupted: the instance that ran it ended without noting how it went"`
	Cause   job.Cause   `json:"cause,omitempty" enum:"timeout,stopped,database,panic,killed,other" doc:"The whole error stands in the operator's log"`
	Detail  string      `json:"detail,omitempty" doc:"Of a failure of the database: its code" example:"53300"`
}

// Jobs is how all background work is doing.
type Jobs struct {
	At    time.Time `json:"at" doc:"When this was so"`
	Items []Job     `json:"items"`
}

func jobRunBody(r job.Run) JobRun {
	return JobRun{No: r.No, Attempt: r.Attempt, BeganAt: r.BeganAt, EndedAt: instant(r.EndedAt), Outcome: r.Outcome, Cause: r.Cause, Detail: r.Detail}
}

func jobBody(a domain.Actor, s job.Status) Job {
	out := Job{Kind: s.Kind, Health: s.Health, EverySeconds: int(s.Every / time.Second), By: s.By, Running: s.Running, DoneAt: instant(s.DoneAt), NextAt: instant(s.NextAt),
		Failures: make([]JobRun, len(s.Failures)), Waiting: s.Things.Waiting, WaitingSince: instant(s.Things.Oldest), Troubled: s.Things.Bad, Permissions: []domain.Permission{}}
	if !s.Last.ID.IsZero() {
		last := jobRunBody(s.Last)
		out.Last = &last
	}
	for i, f := range s.Failures {
		out.Failures[i] = jobRunBody(f)
	}
	if s.Now {
		out.Permissions = a.Allowed(domain.Resource{}, domain.JobRun)
	}
	return out
}

func (s *Server) registerJobs() {
	const tag = "Background work"
	js := s.Services.Jobs
	all := func(ctx context.Context, a domain.Actor) (*struct{ Body Jobs }, error) {
		list, at, err := js.List(ctx, a)
		if err != nil {
			return nil, err
		}
		out := Jobs{At: at, Items: make([]Job, len(list))}
		for i, st := range list {
			out.Items[i] = jobBody(a, st)
		}
		return &struct{ Body Jobs }{out}, nil
	}

	handle(s, operation{ID: "listJobs", Method: http.MethodGet, Path: "/jobs", Tag: tag, Permission: domain.JobRead, Errors: []int{401, 403},
		Summary:     "Tell how the background work is doing",
		Description: "What runs on a schedule or after something happened: mail, daily digests, decision services. It is common to the parties: administrators of each see all of it. Numbers of mails count those to people of all parties."},
		func(ctx context.Context, a domain.Actor, _ *struct{}) (*struct{ Body Jobs }, error) {
			return all(ctx, a)
		})

	handle(s, operation{ID: "runJob", Method: http.MethodPost, Path: "/jobs/{kind}/runs", Tag: tag, Permission: domain.JobRun, Errors: []int{401, 403, 404, 409},
		Summary:     "Let a kind of background work run now",
		Description: "It does only what it would do later. mail_deliver tries all mails that wait for their next try. Answers with all of the work; the run itself takes a moment."},
		func(ctx context.Context, a domain.Actor, in *struct {
			Kind job.Kind `path:"kind"`
		}) (*struct{ Body Jobs }, error) {
			if err := js.RunNow(ctx, a, in.Kind); err != nil {
				return nil, err
			}
			return all(ctx, a)
		})
}
