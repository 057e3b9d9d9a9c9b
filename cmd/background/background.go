// Package background runs the work that nobody waits for: it connects the work
// queue, River, to the services. Jobs run once however many instances there are,
// and may run again after a crash: each service bears that.
package background

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"yhdyspinta/domain"
	"yhdyspinta/domain/decisionfeed"
	"yhdyspinta/domain/idempotency"
	"yhdyspinta/domain/job"
	"yhdyspinta/domain/mail"
	"yhdyspinta/storage"
)

// Services are whose work is run.
type Services struct {
	Mail          *mail.Service
	DecisionFeeds *decisionfeed.Service
	Jobs          *job.Service // notes how the runs went
	Keys          *idempotency.Service
	// Observe, if set, is told of each run that has ended, for metrics.
	Observe func(k job.Kind, o job.Outcome, c job.Cause, d time.Duration)
	// Trace, if set, is told of each run that begins.
	Trace Trace
	Pace  Pace
}

// Trace returns the context that a run goes on in and what is told how it ended; the
// cause is "" if it came to something.
type Trace func(ctx context.Context, k job.Kind, attempt int) (context.Context, func(job.Cause))

// Pace says how soon work that hangs, or whose instance died, is taken over. Zero
// is that of the product; tests that kill the product have a shorter one.
type Pace struct {
	Timeout time.Duration // ends a job that hangs
	Rescue  time.Duration // the instance of a job that runs longer has died, and another takes it over
}

func (p Pace) orStandard() Pace {
	if p == (Pace{}) {
		return Pace{Timeout: 45 * time.Second, Rescue: job.Limit}
	}
	return p
}

const (
	mailQueue = "mail"
	workQueue = "digest"
	feedQueue = "feed"
)

// Runner is the running work of this instance.
type Runner struct {
	client *river.Client[pgx.Tx]
	stop   context.CancelFunc
}

// Start begins to work. Stop must be called.
func Start(ctx context.Context, db *storage.DB, s Services, log *slog.Logger) (*Runner, error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, &drainWorker{mail: s.Mail})
	river.AddWorker(workers, &deliverWorker{mail: s.Mail})
	river.AddWorker(workers, &sweepWorker{mail: s.Mail, keys: s.Keys})
	river.AddWorker(workers, &digestsWorker{mail: s.Mail})
	river.AddWorker(workers, &digestWorker{mail: s.Mail})
	river.AddWorker(workers, &lookWorker{feeds: s.DecisionFeeds})
	river.AddWorker(workers, &fetchWorker{feeds: s.DecisionFeeds})
	pace := s.Pace.orStandard()
	client, err := river.NewClient(riverpgxv5.New(db.Pool()), &river.Config{
		Schema:     storage.RiverSchema,
		Workers:    workers,
		Middleware: []rivertype.Middleware{noting(s, log)},
		Queues: map[string]river.QueueConfig{
			river.QueueDefault: {MaxWorkers: 2},
			// One at a time, so that a crash leaves at most one mail in doubt.
			mailQueue: {MaxWorkers: 1},
			// Many at eight keep nothing else waiting.
			workQueue: {MaxWorkers: 1},
			// Slow services keep nothing else waiting.
			feedQueue: {MaxWorkers: 1},
		},
		PeriodicJobs: []*river.PeriodicJob{
			every(drainArgs{}),
			every(sweepArgs{}),
			every(digestsArgs{}),
			every(lookArgs{}),
		},
		JobTimeout:                  pace.Timeout,
		RescueStuckJobsAfter:        pace.Rescue,
		SoftStopTimeout:             5 * time.Second,
		CompletedJobRetentionPeriod: time.Hour, // what was done stands in our own tables
		Logger:                      slog.New(quiet{log.Handler()}),
		ErrorHandler:                reporter{log},
	})
	if err != nil {
		return nil, fmt.Errorf("set up the work queue: %w", err)
	}
	// River works until it is stopped, not until the start's context ends.
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	if err := client.Start(work); err != nil {
		stop()
		return nil, fmt.Errorf("start the work queue: %w", err)
	}
	log.InfoContext(ctx, "background work runs", "mailServer", s.Mail.Sender != nil)
	return &Runner{client, stop}, nil
}

// Stop takes no more work and waits for what is running: at most until ctx ends.
func (r *Runner) Stop(ctx context.Context) error {
	defer r.stop()
	if err := r.client.Stop(ctx); err != nil {
		return fmt.Errorf("stop the background work: %w", err)
	}
	return nil
}

// every is a job on a schedule. It begins at once with the leader's first
// breath; one that still waits or runs is not doubled.
func every(args river.JobArgs) *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(job.Every(job.Kind(args.Kind()))), func() (river.JobArgs, *river.InsertOpts) {
		return args, &scheduled
	}, &river.PeriodicJobOpts{RunOnStart: true})
}

// scheduled is how a job on a schedule stands in the queue.
var scheduled = river.InsertOpts{UniqueOpts: unique, MaxAttempts: 1}

// unique lets a job into the queue while no equal one waits or runs.
var unique = river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending,
	rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled}}

// reporter writes failed jobs into the log.
type reporter struct{ log *slog.Logger }

func (r reporter) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	r.log.ErrorContext(ctx, "a background job failed", "job", job.Kind, "no", job.ID, "attempt", job.Attempt, "error", err)
	return nil
}

func (r reporter) HandlePanic(ctx context.Context, job *rivertype.JobRow, value any, trace string) *river.ErrorHandlerResult {
	r.log.ErrorContext(ctx, "a background job panicked", "job", job.Kind, "no", job.ID, "attempt", job.Attempt, "panic", value, "trace", trace)
	return nil
}

// quiet passes River's warnings and errors only: its news of every minute is no
// news to an operator.
type quiet struct{ slog.Handler }

func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// Handle leaves out what was only told to stop.
func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	stopped := false
	r.Attrs(func(a slog.Attr) bool {
		stopped = stopped || a.Value.String() == context.Canceled.Error()
		return true
	})
	if stopped {
		return nil
	}
	return q.Handler.Handle(ctx, r)
}

func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }

func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }

type drainArgs struct{}

func (drainArgs) Kind() string { return string(job.OutboxDrain) }

// drainWorker makes mails of the outbox and a job of each mail that is due:
// new ones, those to be tried again, and those whose job was lost.
type drainWorker struct {
	river.WorkerDefaults[drainArgs]
	mail *mail.Service
}

func (w *drainWorker) Work(ctx context.Context, _ *river.Job[drainArgs]) error {
	if _, err := w.mail.Drain(ctx); err != nil {
		return err
	}
	due, err := w.mail.Due(ctx)
	if err != nil {
		return err
	}
	return enqueue(ctx, due, func(id domain.MailID) river.JobArgs { return deliverArgs{MailID: id} }, river.InsertOpts{Queue: mailQueue, UniqueOpts: unique, MaxAttempts: 5})
}

// enqueue makes a job of each thing that is due.
func enqueue[ID any](ctx context.Context, due []ID, args func(ID) river.JobArgs, opts river.InsertOpts) error {
	if len(due) == 0 {
		return nil
	}
	jobs := make([]river.InsertManyParams, len(due))
	for i, id := range due {
		jobs[i] = river.InsertManyParams{Args: args(id), InsertOpts: &opts}
	}
	_, err := river.ClientFromContext[pgx.Tx](ctx).InsertMany(ctx, jobs)
	return err
}

type deliverArgs struct {
	MailID domain.MailID `json:"mailId"`
}

func (deliverArgs) Kind() string { return string(job.MailDeliver) }

type deliverWorker struct {
	river.WorkerDefaults[deliverArgs]
	mail *mail.Service
}

func (w *deliverWorker) Work(ctx context.Context, job *river.Job[deliverArgs]) error {
	return w.mail.Deliver(ctx, job.Args.MailID)
}

type sweepArgs struct{}

func (sweepArgs) Kind() string { return string(job.MailSweep) }

type sweepWorker struct {
	river.WorkerDefaults[sweepArgs]
	mail *mail.Service
	keys *idempotency.Service
}

func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[sweepArgs]) error {
	return errors.Join(w.mail.Sweep(ctx), w.keys.Sweep(ctx))
}

type digestsArgs struct{}

func (digestsArgs) Kind() string { return string(job.DigestsLook) }

// digestsWorker makes a job of each person whose daily mail is to be made.
type digestsWorker struct {
	river.WorkerDefaults[digestsArgs]
	mail *mail.Service
}

func (w *digestsWorker) Work(ctx context.Context, _ *river.Job[digestsArgs]) error {
	day, due, err := w.mail.DigestsDue(ctx)
	if err != nil {
		return err
	}
	return enqueue(ctx, due, func(id domain.PersonID) river.JobArgs { return digestArgs{PersonID: id, Day: day} }, river.InsertOpts{Queue: workQueue, UniqueOpts: unique, MaxAttempts: 3})
}

type digestArgs struct {
	PersonID domain.PersonID `json:"personId"`
	Day      domain.Date     `json:"day"`
}

func (digestArgs) Kind() string { return string(job.DigestMake) }

type digestWorker struct {
	river.WorkerDefaults[digestArgs]
	mail *mail.Service
}

func (w *digestWorker) Work(ctx context.Context, job *river.Job[digestArgs]) error {
	return w.mail.MakeDigest(ctx, job.Args.PersonID, job.Args.Day)
}

type lookArgs struct{}

func (lookArgs) Kind() string { return string(job.DecisionFeedsLook) }

// lookWorker makes a job of each feed that is to be read.
type lookWorker struct {
	river.WorkerDefaults[lookArgs]
	feeds *decisionfeed.Service
}

func (w *lookWorker) Work(ctx context.Context, _ *river.Job[lookArgs]) error {
	due, err := w.feeds.Due(ctx)
	if err != nil {
		return err
	}
	return enqueue(ctx, due, func(id domain.DecisionFeedID) river.JobArgs { return fetchArgs{FeedID: id} }, river.InsertOpts{Queue: feedQueue, UniqueOpts: unique, MaxAttempts: 1})
}

type fetchArgs struct {
	FeedID domain.DecisionFeedID `json:"feedId"`
}

func (fetchArgs) Kind() string { return string(job.DecisionFeedFetch) }

type fetchWorker struct {
	river.WorkerDefaults[fetchArgs]
	feeds *decisionfeed.Service
}

func (w *fetchWorker) Work(ctx context.Context, job *river.Job[fetchArgs]) error {
	return w.feeds.Fetch(ctx, job.Args.FeedID)
}
