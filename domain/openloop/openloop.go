// Package openloop is the read model of what forums have decided or put off
// without an ending (avoimet asiat, öppna ärenden): it is derived on each read
// and keeps nothing of its own.
package openloop

import (
	"context"
	"time"

	"yhdyspinta/domain"
)

// Kind is why something is open.
type Kind string

// The kinds of open loops, of meetings that have been closed.
const (
	WithoutEnding Kind = "without_ending" // a decision or assignment without an action, a stated reason for none, a deferral or a referral
	Deferred      Kind = "deferred"       // put off, and on no agenda since that has been called
	Referral      Kind = "referral"       // sent to another forum, and not answered
)

// Loop is one open outcome.
type Loop struct {
	ID        domain.OutcomeID
	Kind      Kind
	Type      string
	Text      domain.Text
	ItemID    domain.AgendaItemID
	AgendaNo  int
	Section   int // §; 0: none
	ItemTitle domain.Text
	Meeting   domain.MeetingID
	Year      int
	Number    int
	StartsAt  time.Time
	EndsAt    time.Time
	Status    string
	Forum     domain.ForumID
	ForumKey  string
	Title     domain.Text // of the forum
	Since     domain.Date // the day of its meeting
	AgeDays   int         // on the day shown
	Awaited   *Awaited    // the answer that it waits for, of a referral that has been sent
}

// Awaited is the answer of another forum to a referral.
type Awaited struct {
	ReferralID domain.ReferralID
	Forum      domain.ForumID // zero: a forum that the reader may not see
	ForumKey   string
	Title      domain.Text // of the forum
	DueOn      domain.Date
	DaysOver   int // beyond DueOn on the day shown; 0: not late
}

// Filter narrows the list. Different fields are AND.
type Filter struct {
	Forum  domain.AnyOf[domain.ForumID]
	Party  domain.AnyOf[domain.PartyID] // with a member in the forum on the day shown
	Kind   domain.AnyOf[Kind]
	Tag    domain.AnyOf[domain.TagID] // of the forum
	MinAge int                        // days; 0: of any age
}

// Store reads the open loops.
type Store interface {
	// List returns one page of the open loops of papers that the scope covers,
	// sorted by since (the oldest first, the default) or forum (its title).
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[Loop], error)
}

// Stores are what the use case needs, bound to one transaction.
type Stores struct{ Loops Store }

// Service holds the one use case.
type Service struct {
	UoW domain.UnitOfWork[Stores]
}

// List returns one page of the open loops that the actor may see, of today or
// the as-of day.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[Loop], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Loops.List(actor.Scope(), f, p)
		return err
	})
	return page, err
}
