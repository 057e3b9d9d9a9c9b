package job

import (
	"context"
	"time"

	"yhdyspinta/domain"
)

// Store keeps how runs went, and counts what waits.
type Store interface {
	// Begin notes that a run has begun.
	Begin(r Run) error
	// End notes how it ended, and forgets runs of its kind: of those that came to
	// something all but the last, of the others all but the newest KeptFailures.
	End(r Run) error
	// Runs lists what is kept.
	Runs() ([]Run, error)
	// Queued tells what stands in the queue.
	Queued() (map[Kind]Queued, error)
	// Things tells what the kinds work on.
	Things(now time.Time) (map[Kind]Things, error)
	// HurryMails makes the mails that wait for their next try due at once, and tells how
	// many.
	HurryMails(now time.Time) (int, error)
}

// Queue is the work queue.
type Queue interface {
	// Put lets a kind of work run soon; one that waits or runs already is not doubled.
	Put(ctx context.Context, k Kind) error
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Jobs Store }

// Service holds the use cases.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
	Clock domain.Clock
	Queue Queue
	// NoMailServer says that no mail server is set, so that no mail leaves.
	NoMailServer bool
}

// Begin notes that a run has begun.
func (s *Service) Begin(ctx context.Context, k Kind, no int64, attempt int) (r Run, err error) {
	r = Run{Kind: k, No: no, Attempt: attempt, BeganAt: s.Clock.Now()}
	r.ID.SetNew(s.NewID)
	return r, s.UoW.Housekeep(ctx, func(st Stores) error { return st.Jobs.Begin(r) })
}

// End notes how a run ended: "" for one that came to something.
func (s *Service) End(ctx context.Context, r Run, c Cause, detail string) error {
	r.EndedAt, r.Outcome, r.Cause, r.Detail = s.Clock.Now(), Done, c, detail
	if c != "" {
		r.Outcome = Failed
	}
	return s.UoW.Housekeep(ctx, func(st Stores) error { return st.Jobs.End(r) })
}

// List tells how each kind of work is doing, in the order of Works, and when that
// was read. The work is common to the parties: administrators of each see all of it.
func (s *Service) List(ctx context.Context, actor domain.Actor) (list []Status, at time.Time, err error) {
	if err := actor.Check(domain.JobRead, domain.Resource{}); err != nil {
		return nil, at, err
	}
	return s.Figures(ctx)
}

// Figures is List for the operator's metrics, which have their own address.
func (s *Service) Figures(ctx context.Context) (list []Status, at time.Time, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		at = s.Clock.Now()
		runs, err := st.Jobs.Runs()
		if err != nil {
			return err
		}
		queued, err := st.Jobs.Queued()
		if err != nil {
			return err
		}
		things, err := st.Jobs.Things(at)
		if err != nil {
			return err
		}
		of := map[Kind][]Run{}
		for _, r := range runs {
			of[r.Kind] = append(of[r.Kind], r)
		}
		list = make([]Status, len(Works))
		for i, w := range Works {
			list[i] = status(w, of[w.Kind], queued[w.Kind], things[w.Kind], at)
			if h := &list[i].Health; w.Kind == MailDeliver && s.NoMailServer && (*h == Well || *h == Unseen || *h == Troubled) {
				*h = NoServer
			}
		}
		return nil
	})
	return list, at, err
}

// RunNow lets a kind of work run at once, and notes in the log who asked for it. It
// does only what would be done later, and bears being run twice. Conflict if
// the kind runs only when something is found for it.
func (s *Service) RunNow(ctx context.Context, actor domain.Actor, k Kind) error {
	w, ok := Of(k)
	if !ok {
		return domain.NotFound("job")
	}
	put := k
	err := s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.JobRun, domain.Resource{}); err != nil {
			return err
		}
		if !w.Now {
			return domain.Conflict("job_not_runnable", "", "it runs when there is something to do")
		}
		if k == MailDeliver {
			if _, err := st.Jobs.HurryMails(log.Now()); err != nil {
				return err
			}
			put = w.By
		}
		log.Add(actor, domain.JobRun, k.subject(), 1, []domain.Change{{Field: "kind", New: string(k)}})
		return nil
	})
	if err != nil {
		return err
	}
	return s.Queue.Put(ctx, put)
}
