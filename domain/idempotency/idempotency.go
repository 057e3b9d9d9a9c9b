// Package idempotency keeps what was answered to a request that carried a key of its
// own, so that the same request sent again, after an answer that got lost, does nothing
// a second time (kertaluonteisuusavain, idempotensnyckel).
package idempotency

import (
	"context"
	"time"

	"yhdyspinta/domain"
)

// KeptFor is for how long an answer is kept.
const KeptFor = 24 * time.Hour

// AbandonedAfter is after how long a request that has not answered is taken for one that
// never will: its server went away.
const AbandonedAfter = 2 * time.Minute

// Request is one request of a person under a key of theirs.
type Request struct {
	PersonID  domain.PersonID
	Operation string // method and path
	Key       string
	Hash      []byte // of the post and the rights that the person acts in, and of the body
}

// Answer is what was answered.
type Answer struct {
	Status int
	Header map[string]string
	Body   []byte
}

// Found is what is kept under a key. Without Answer the first request is still running.
type Found struct {
	Hash   []byte
	Answer *Answer
}

// Store keeps requests and their answers.
type Store interface {
	// Begin notes a request, and returns nil if it is the first under its key, or one
	// that was abandoned. What is older than KeptFor is forgotten.
	Begin(r Request, now time.Time) (*Found, error)
	// Finish keeps the answer to a request that has begun.
	Finish(r Request, a Answer) error
	// Sweep removes what is older than KeptFor.
	Sweep(now time.Time) error
	// Forget makes as if the request had never begun.
	Forget(r Request) error
	// Made reports whether the log has an entry of a person under the id of a request, from
	// an instant on. It waits for a write of the request that is not over.
	Made(person domain.PersonID, requestID string, since time.Time) (bool, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Keys Store }

// Service holds the use cases. Nothing of it is content: no entry in the log.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	Clock domain.Clock
}

// Begin returns the answer to the same request, or nil if there was none: then the
// caller makes it, and finishes or forgets it. Invalid idempotency_key_reused if another
// request has the key; Conflict idempotency_running if the first one is not through.
func (s *Service) Begin(ctx context.Context, r Request) (answer *Answer, err error) {
	err = s.UoW.Housekeep(ctx, func(st Stores) error {
		found, err := st.Keys.Begin(r, s.Clock.Now())
		switch {
		case err != nil || found == nil:
			return err
		case string(found.Hash) != string(r.Hash):
			return domain.Invalid("idempotency_key_reused", "another request was sent with this key")
		case found.Answer == nil:
			return domain.Conflict("idempotency_running", "", "the first request with this key is not through")
		}
		answer = found.Answer
		return nil
	})
	return answer, err
}

// Finish keeps the answer.
func (s *Service) Finish(ctx context.Context, r Request, a Answer) error {
	return s.UoW.Housekeep(ctx, func(st Stores) error { return st.Keys.Finish(r, a) })
}

// Forget is for what failed: it may be tried again.
func (s *Service) Forget(ctx context.Context, r Request) error {
	return s.UoW.Housekeep(ctx, func(st Stores) error { return st.Keys.Forget(r) })
}

// Settle is for a request of which it is not known whether it was carried out, or of which
// that could not be kept, since the database was away: the log tells it, by the id under
// which the request was made at an instant. What was carried out is answered with done from
// then on, what was not is forgotten.
func (s *Service) Settle(ctx context.Context, r Request, requestID string, at time.Time, done Answer) error {
	return s.UoW.Housekeep(ctx, func(st Stores) error {
		made, err := st.Keys.Made(r.PersonID, requestID, at)
		if err != nil {
			return err
		}
		if made {
			return st.Keys.Finish(r, done)
		}
		return st.Keys.Forget(r)
	})
}

// Sweep removes answers whose day is over, also when nobody sends a key any more.
func (s *Service) Sweep(ctx context.Context) error {
	return s.UoW.Housekeep(ctx, func(st Stores) error { return st.Keys.Sweep(s.Clock.Now()) })
}
