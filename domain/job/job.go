// Package job is the work that nobody waits for (taustatyö, bakgrundsarbete): what
// runs on a schedule or after a commit, as the administrators of the parties and the
// operator see it. The queue itself is machinery (cmd/background); here stand the kinds
// of work, how the last runs went, and what may be run now.
package job

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"yhdyspinta/domain"
)

// Kind is one kind of work. The words are those of the queue, the log and the metrics.
type Kind string

// The kinds.
const (
	OutboxDrain       Kind = "outbox_drain"        // makes mails of what has happened, and hands those that are due to MailDeliver
	MailDeliver       Kind = "mail_deliver"        // sends one mail
	DigestsLook       Kind = "digests_look"        // looks whose daily mail is due
	DigestMake        Kind = "digest_make"         // makes one
	DecisionFeedsLook Kind = "decision_feeds_look" // looks which decision services are to be read
	DecisionFeedFetch Kind = "decision_feed_fetch" // reads one
	MailSweep         Kind = "mail_sweep"          // removes what is not kept any longer
)

// Work says of a kind when it is run.
type Work struct {
	Kind Kind
	// Every is how long lies between two runs; 0: it runs when another kind, By, finds
	// something to do.
	Every time.Duration
	By    Kind
	// Now says that it can be run at once. What others find work for cannot: there would
	// be nothing to do, or another page has the button. MailDeliver can: what waits for its
	// next try is tried at once.
	Now bool
}

// Works lists the kinds in the order in which people read them.
var Works = []Work{
	{Kind: OutboxDrain, Every: 10 * time.Second, Now: true},
	{Kind: MailDeliver, By: OutboxDrain, Now: true},
	{Kind: DigestsLook, Every: 5 * time.Minute, Now: true},
	{Kind: DigestMake, By: DigestsLook},
	{Kind: DecisionFeedsLook, Every: 5 * time.Minute, Now: true},
	{Kind: DecisionFeedFetch, By: DecisionFeedsLook},
	{Kind: MailSweep, Every: time.Hour, Now: true},
}

// Of returns the work of a kind.
func Of(k Kind) (Work, bool) {
	i := slices.IndexFunc(Works, func(w Work) bool { return w.Kind == k })
	if i < 0 {
		return Work{}, false
	}
	return Works[i], true
}

// Every is how long lies between two runs of a kind.
func Every(k Kind) time.Duration {
	w, _ := Of(k)
	return w.Every
}

// subject is the kind as the log names it: a kind has no row, and so no id but this.
func (k Kind) subject() domain.Subject {
	return domain.Subject{Kind: domain.SubjectJob, ID: domain.AnyID{UUID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("yhdyspinta/job/"+k))}}
}

// Outcome is how a run ended.
type Outcome string

// The outcomes.
const (
	Running     Outcome = ""            // not yet, or its instance died
	Done        Outcome = "done"        //
	Failed      Outcome = "failed"      //
	Interrupted Outcome = "interrupted" // derived: it has not ended, and does not run any more
)

// Cause is why a run failed, in one word. What an error says may hold addresses and
// names: it stands in the operator's log, beside the number of the run.
type Cause string

// The causes.
const (
	CauseTimeout  Cause = "timeout"  // it took longer than a run may
	CauseStopped  Cause = "stopped"  // its instance was told to stop
	CauseDatabase Cause = "database" // the database refused or did not answer; Detail has its code
	CausePanic    Cause = "panic"    // the program is wrong
	CauseOther    Cause = "other"
	CauseKilled   Cause = "killed" // derived, of what was interrupted
)

// Run is one run of a kind.
type Run struct {
	ID      domain.AnyID
	Kind    Kind
	No      int64 // of the queue's job, as the log has it
	Attempt int   // of that job, from 1
	BeganAt time.Time
	EndedAt time.Time // zero while it runs
	Outcome Outcome
	Cause   Cause
	Detail  string // the code of the database, such as "53300"; "" for none
}

// Limit is how long a run lasts at most, with what it takes to note its end: one that
// has not ended by then was interrupted.
const Limit = time.Minute

// KeptFailures is how many runs of a kind that failed are kept, and shown at most.
const KeptFailures = 20

// seen is the run as it is at an instant.
func (r Run) seen(now time.Time) Run {
	if r.Outcome == Running && now.Sub(r.BeganAt) > Limit {
		r.Outcome, r.Cause = Interrupted, CauseKilled
	}
	return r
}

// Bad reports whether the run came to nothing.
func (r Run) Bad() bool { return r.Outcome == Failed || r.Outcome == Interrupted }

// Health says how a kind of work is doing, the worst first.
type Health string

// The healths.
const (
	Failing  Health = "failing"   // the last run came to nothing
	Overdue  Health = "overdue"   // it should have run, and has not
	Troubled Health = "troubled"  // it runs, but something it works on fails or waits long
	Unseen   Health = "unseen"    // it has not run yet
	NoServer Health = "no_server" // it has nothing to work with: no mail server is set
	Well     Health = "well"
)

// Things is what a kind of work works on.
type Things struct {
	Waiting int       // mails not settled, feeds due
	Oldest  time.Time // since when the first of them waits
	NextAt  time.Time // when the next of them is due
	Bad     int       // of the last seven days: mails that failed; or feeds whose last reading failed
}

// BadDays is how many days back failed mails are counted.
const BadDays = 7

// longWait is after what time a mail that waits is trouble.
const longWait = 15 * time.Minute

// Queued is what of a kind stands in the queue.
type Queued struct {
	Jobs int
	In   time.Duration // until the first of them runs; negative: it is due
}

// Status is how a kind of work is doing.
type Status struct {
	Work
	Health   Health
	Running  int       // runs under way
	Last     Run       // that has ended; zero ID: none
	DoneAt   time.Time // when the last that came to something ended
	NextAt   time.Time // about; zero: when there is something to do
	Failures []Run     // the newest first, KeptFailures at most
	Things   Things
}

// status puts together what is known of a kind. runs are those that are kept of it.
func status(w Work, runs []Run, q Queued, th Things, now time.Time) Status {
	s := Status{Work: w, Things: th}
	last := time.Time{} // when anything of it began
	for _, r := range runs {
		r = r.seen(now)
		if r.BeganAt.After(last) {
			last = r.BeganAt
		}
		switch {
		case r.Outcome == Running:
			s.Running++
			continue
		case r.Outcome == Done && r.EndedAt.After(s.DoneAt):
			s.DoneAt = r.EndedAt
		case r.Bad():
			s.Failures = append(s.Failures, r)
		}
		if s.Last.ID.IsZero() || r.BeganAt.After(s.Last.BeganAt) {
			s.Last = r
		}
	}
	slices.SortFunc(s.Failures, func(a, b Run) int { return b.BeganAt.Compare(a.BeganAt) })
	s.Failures = s.Failures[:min(len(s.Failures), KeptFailures)]

	switch {
	case q.Jobs > 0:
		s.NextAt = now.Add(max(q.In, 0))
	case w.Every > 0 && !last.IsZero():
		s.NextAt = last.Add(w.Every)
	default:
		s.NextAt = th.NextAt
	}
	switch {
	case s.Last.Bad():
		s.Health = Failing
	case w.Every > 0 && !last.IsZero() && now.Sub(last) > max(3*w.Every, 2*time.Minute):
		s.Health = Overdue
	case th.Bad > 0, !th.Oldest.IsZero() && now.Sub(th.Oldest) > longWait:
		s.Health = Troubled
	case last.IsZero():
		s.Health = Unseen
	default:
		s.Health = Well
	}
	return s
}
