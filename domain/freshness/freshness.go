// Package freshness is the read model of how fresh what is said of the running
// actions is (tuoreus, aktualitet): for each party, unit or post that leads some,
// how many were confirmed within the target of their rhythm, how many after it, and
// how many are out of date. It says who is to be asked, not who is to blame: posts
// and units, never persons.
package freshness

import (
	"context"

	"yhdyspinta/domain"
)

// By is what the actions are grouped by.
type By string

// The groupings, each by the lead on the day shown.
const (
	ByParty By = "party"
	ByUnit  By = "unit" // a unit has what the units below it have, too
	ByPost  By = "post"
)

// Filter narrows the actions that count.
type Filter struct {
	Party domain.AnyOf[domain.PartyID] // of the lead post; None: no lead
	Unit  []domain.UnitID              // of the lead post, or above its unit; empty: any
	Terms domain.TermFilter
	About domain.AboutFilter
	// Conditions asks for how many are late, out of date and due soon, too.
	Conditions bool
}

// Unit names a unit.
type Unit struct {
	ID   domain.UnitID
	Name domain.Text
}

// Post names a post.
type Post struct {
	ID    domain.PostID
	Title domain.Text
}

// Group are the running actions (not started or in progress) of one party, unit
// or post. Each number counts what the list of actions has for the same filters.
type Group struct {
	PartyID  domain.PartyID // zero: nobody leads them
	Unit     *Unit          // by unit
	Post     *Post          // by post, where one leads
	Running  int
	InTarget int // confirmed within the target of each one's rhythm
	InLimit  int // after the target, within the limit
	Stale    int // after the limit, or never
	// By condition, of which an action has one; 0 unless Filter.Conditions.
	Late      int
	OutOfDate int         // stale, and not late
	DueSoon   int         // and neither late nor stale
	OldestOn  domain.Date // the confirmation that is longest ago; zero if there is none
}

// Store reads it.
type Store interface {
	// Groups returns one page of the groups that have running actions which the
	// scope may see, sorted by stale, inLimit or running, and with Filter.Conditions also by
	// late, outOfDate or dueSoon; by -stale,-inLimit,-running
	// if nothing else is asked for. One query.
	Groups(scope domain.Scope, by By, f Filter, p domain.PageRequest) (domain.Page[Group], error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Freshness Store }

// Service holds the use cases.
type Service struct{ UoW domain.UnitOfWork[Stores] }

// Groups returns one page of the groups, of what the actor may see.
func (s *Service) Groups(ctx context.Context, actor domain.Actor, by By, f Filter, p domain.PageRequest) (page domain.Page[Group], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Freshness.Groups(actor.Scope(), by, f, p)
		return err
	})
	return page, err
}
