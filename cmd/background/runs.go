package background

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"yhdyspinta/domain/job"
	"yhdyspinta/storage"
)

// noting notes each run, and how it ended, also by a panic. That it cannot be noted is
// logged, and keeps no work from being done.
func noting(s Services, log *slog.Logger) rivertype.Middleware {
	return river.WorkerMiddlewareFunc(func(ctx context.Context, row *rivertype.JobRow, work func(context.Context) error) (err error) {
		k, begun := job.Kind(row.Kind), time.Now()
		traced := func(job.Cause) {}
		if s.Trace != nil {
			ctx, traced = s.Trace(ctx, k, row.Attempt)
		}
		run, noteErr := s.Jobs.Begin(ctx, k, row.ID, row.Attempt)
		if noteErr != nil {
			log.WarnContext(ctx, "could not note that a job runs", "job", k, "no", row.ID, "error", noteErr)
		}
		cause, detail := job.CausePanic, ""
		defer func() {
			traced(cause)
			if noteErr == nil {
				// Also of a job that ran out of time.
				end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
				defer cancel()
				if err := s.Jobs.End(end, run, cause, detail); err != nil {
					log.WarnContext(ctx, "could not note how a job went", "job", k, "no", row.ID, "error", err)
				}
			}
			if s.Observe != nil {
				outcome := job.Done
				if cause != "" {
					outcome = job.Failed
				}
				s.Observe(k, outcome, cause, time.Since(begun))
			}
		}()
		err = work(ctx)
		cause, detail = causeOf(err)
		return err
	})
}

// causeOf says why a run failed in words that hold no secret and nobody's data: the
// whole error stands in the log.
func causeOf(err error) (job.Cause, string) {
	if err == nil {
		return "", ""
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return job.CauseDatabase, e.Code
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return job.CauseDatabase, ""
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return job.CauseTimeout, ""
	case errors.Is(err, context.Canceled):
		return job.CauseStopped, ""
	}
	return job.CauseOther, ""
}

// Queue is job.Queue: it puts work into the queue of a database for whichever instance
// takes it.
type Queue struct {
	client *river.Client[pgx.Tx]
	err    error
}

// NewQueue makes one. It works nothing by itself.
func NewQueue(db *storage.DB) *Queue {
	client, err := river.NewClient(riverpgxv5.New(db.Pool()), &river.Config{Schema: storage.RiverSchema, Logger: slog.New(slog.DiscardHandler)})
	return &Queue{client, err}
}

// putting makes the arguments of the kinds that anybody may put into the queue.
var putting = map[job.Kind]river.JobArgs{job.OutboxDrain: drainArgs{}, job.DigestsLook: digestsArgs{}, job.DecisionFeedsLook: lookArgs{}, job.MailSweep: sweepArgs{}}

// Put implements job.Queue.
func (q *Queue) Put(ctx context.Context, k job.Kind) error {
	args := putting[k]
	if q.err != nil || args == nil {
		return fmt.Errorf("put %s into the queue: %w", k, errors.Join(q.err, errors.ErrUnsupported))
	}
	if _, err := q.client.Insert(ctx, args, &scheduled); err != nil {
		return fmt.Errorf("put %s into the queue: %w", k, err)
	}
	return nil
}
