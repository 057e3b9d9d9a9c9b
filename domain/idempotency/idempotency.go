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

// AbandonedAfter is after how long a request that has neither saved nor answered is taken
// for one that never will: its server went away. If it was only slow, it saves nothing
// any more.
const AbandonedAfter = 2 * time.Minute

// AnsweredWithin is how long after a request has saved its answer is waited for. It then
// counts as one that was carried out and whose answer is not known.
const AnsweredWithin = 5 * time.Second

// Request is one request of a person under a key of theirs.
type Request struct {
	ID        string // of this one sending; the same sent again has another
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

// Found is what is kept under a key. Without Answer the first request is still running,
// or its server has gone away.
type Found struct {
	Hash      []byte
	RequestID string // of the first request
	Answer    *Answer
	Saved     *Saved // nil: nothing has been committed under the key
}

// Saved is what a request has saved: the first thing that it made or changed.
type Saved struct {
	RequestID string // of the request that saved it
	At        time.Time
	Over      bool // the request has ended, and its answer could not be kept
	Subject   domain.Subject
	Path      string // of its page, below the language; "" if it has none of its own
}

// SavedAlready is the error of a request whose first sending was carried out, and whose
// answer is not known any more. Its Current is the Saved.
func SavedAlready(s *Saved) error {
	e := domain.Conflict("saved_already", "", "the first request with this key was carried out, and its answer is not known any more")
	e.Current = *s
	return e
}

// Store keeps requests and their answers. A row belongs to the request that began it, or
// took it over, and to no other sending of the same.
type Store interface {
	// Begin notes a request, and returns nil if it is the first under its key, or takes
	// it over from one that was abandoned and saved nothing. What is older than KeptFor
	// is forgotten.
	Begin(r Request, now time.Time) (*Found, error)
	// Finish keeps the answer to a request that has begun and still has its key.
	Finish(r Request, a Answer) error
	// Sweep removes what is older than KeptFor.
	Sweep(now time.Time) error
	// Forget makes as if the request had never begun; of one that has saved something it
	// notes that it is over. It waits for a commit that is under way.
	Forget(r Request) error
	// Drop is Forget whatever was saved.
	Drop(r Request) error
}

type claimKey struct{}

// Under makes each unit of work that writes content under ctx belong to a request: it
// notes in its own transaction that the request was carried out, and commits only while
// the request has its key. So of the same sent many times one commits, whatever dies when.
func Under(ctx context.Context, r Request) context.Context {
	return context.WithValue(ctx, claimKey{}, r)
}

// Of returns the request under whose key ctx writes, and whether there is one.
func Of(ctx context.Context) (Request, bool) {
	r, ok := ctx.Value(claimKey{}).(Request)
	return r, ok
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
// request has the key; Conflict saved_already if the first was carried out and has not
// answered; Conflict idempotency_running if it is not through.
func (s *Service) Begin(ctx context.Context, r Request) (answer *Answer, err error) {
	err = s.UoW.Housekeep(ctx, func(st Stores) error {
		now := s.Clock.Now()
		found, err := st.Keys.Begin(r, now)
		switch {
		case err != nil || found == nil:
			return err
		case string(found.Hash) != string(r.Hash):
			return domain.Invalid("idempotency_key_reused", "another request was sent with this key")
		case found.Answer != nil:
			answer = found.Answer
			return nil
		case found.Saved != nil && (found.Saved.Over || !now.Before(found.Saved.At.Add(AnsweredWithin))):
			return SavedAlready(found.Saved)
		}
		return Running()
	})
	return answer, err
}

// Running is the error of a request while the same with the same key is under way, and of
// one that has lost its key to another sending of the same.
func Running() error {
	return domain.Conflict("idempotency_running", "", "the first request with this key is not through")
}

// Finish keeps the answer.
func (s *Service) Finish(ctx context.Context, r Request, a Answer) error {
	return s.UoW.Housekeep(ctx, func(st Stores) error { return st.Keys.Finish(r, a) })
}

// Forget is for what failed, or whose answer could not be kept: it may be tried again,
// unless something was saved. It waits for a commit of which nobody heard the end.
func (s *Service) Forget(ctx context.Context, r Request) error {
	return s.UoW.Housekeep(ctx, func(st Stores) error { return st.Keys.Forget(r) })
}

// Drop is for an answer that must not be kept: the same sent again is made anew.
func (s *Service) Drop(ctx context.Context, r Request) error {
	return s.UoW.Housekeep(ctx, func(st Stores) error { return st.Keys.Drop(r) })
}

// Sweep removes answers whose day is over, also when nobody sends a key any more.
func (s *Service) Sweep(ctx context.Context) error {
	return s.UoW.Housekeep(ctx, func(st Stores) error { return st.Keys.Sweep(s.Clock.Now()) })
}
