// Package radar is the read model of phantom owners (vastuuaukot,
// ansvarsluckor): posts, actions and goals for which nobody really answers. It
// writes nothing, and names posts and things, never persons.
package radar

import (
	"context"

	"yhdyspinta/domain"
)

// Reason is why something is on the radar.
type Reason string

// The reasons. Each is a question of its own: a post or thing can be there for
// several.
const (
	Left         Reason = "left"          // the holder has left, or the post has ended, and it still owns what is open
	Vacant       Reason = "vacant"        // nobody holds the post or deputises in it
	NeverUpdated Reason = "never_updated" // a running action of which a party has said nothing of its own for too long; its post has never reported it
	NotUpdated   Reason = "not_updated"   // the same, though its post has reported it before
	NoLead       Reason = "no_lead"       // an action that no post leads, a goal without a lead post of a principal party, a first stage without a lead post
	UnitOnly     Reason = "unit_only"     // an action that no post leads, where only a stage, a forum or other posts are named
	Unaccepted   Reason = "unaccepted"    // a lead of which nothing is in force: it was proposed or declined
)

// Reasons lists the reasons in the order in which they are worked through.
var Reasons = []Reason{Left, Vacant, NeverUpdated, NotUpdated, NoLead, UnitOnly, Unaccepted}

// Post names a post.
type Post struct {
	ID      domain.PostID
	PartyID domain.PartyID
	Title   domain.Text
	// Standing is how far the parties have agreed that it answers for the thing; ""
	// of what is about the post itself.
	Standing domain.Standing
}

// Thing names what somebody should answer for.
type Thing struct {
	Kind    domain.SubjectKind // goal, action, stage, handover, chain or forum
	ID      domain.AnyID
	No      int // of a goal or action
	Title   domain.Text
	ChainID domain.ChainID // of a stage or hand-over
}

// Owns counts what is open of a post: what it leads or shares, and forums where
// it is chair or secretary.
type Owns struct{ Goals, Actions, Chains, Stages, Handovers, Forums int }

// Item is one post or thing on the radar.
type Item struct {
	Reason    Reason
	PartyID   domain.PartyID // whose it is; zero if nobody's
	Post      *Post          // who should answer; nil where there is none
	Thing     *Thing         // nil if it is about the post itself
	Since     domain.Date
	NeverHeld bool        // of a post: nobody ever held it; Since is its first day
	Deputies  int         // of a post: how many deputise on the day shown
	NextOn    domain.Date // of a post: when somebody will hold it; zero if that is not known
	Owns      Owns        // of a post
}

// Count is how many there are of a party for a reason.
type Count struct {
	Reason  Reason
	PartyID domain.PartyID // zero: no party's
	Count   int
}

// Filter narrows the list.
type Filter struct {
	Reason Reason
	Party  domain.AnyOf[domain.PartyID] // None: no party's
	Terms  domain.TermFilter            // of things; of a post, those of anything in which it has a part
}

// Store reads it.
type Store interface {
	// Counts counts what the scope may see on the day shown, by reason and party,
	// and that have the terms as List takes them, with a fixed number of queries.
	Counts(scope domain.Scope, f domain.TermFilter) ([]Count, error)
	// List returns one page, sorted by since: the longest first, with a fixed number of
	// queries.
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[Item], error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Radar  Store
	Duties DutyStore
}

// Service holds the use cases.
type Service struct{ UoW domain.UnitOfWork[Stores] }

// Counts counts what is on the radar and has the terms, of what the actor may see.
func (s *Service) Counts(ctx context.Context, actor domain.Actor, f domain.TermFilter) (cs []Count, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		cs, err = st.Radar.Counts(actor.Scope(), f)
		return err
	})
	return cs, err
}

// List returns one page of what is on the radar for a reason, of what the actor
// may see.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[Item], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Radar.List(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// MaxDuties is how many things of one kind Duties names; Group.Total counts all.
const MaxDuties = 50

// Duty is one open thing of a post.
type Duty struct {
	Thing
	Part      string          // lead or shared; of a forum chair or secretary; of a meeting chair or inspector
	Standing  domain.Standing // how far the parties agree on it; empty of a forum or meeting
	Condition string          // of an action
	DueOn     domain.Date     // of an action: last day of the due period
}

// Group are the open things of one kind.
type Group struct {
	Kind    domain.SubjectKind // goal, action, chain, stage, handover, forum; meeting: papers that wait for the post's approval
	Total   int
	Waiting int    // of them wait for a party's acceptance
	Items   []Duty // at most MaxDuties: actions by due date, the rest by number and title
}

// DutyStore reads what a post owns.
type DutyStore interface {
	// Duties returns what is open of a post on the day shown, as far as the scope
	// may see it, by kind, without kinds of which there is nothing; NotFound
	// without such a post. Three queries.
	Duties(scope domain.Scope, post domain.PostID) ([]Group, error)
}

// Duties returns what is open of a post, of what the actor may see.
func (s *Service) Duties(ctx context.Context, actor domain.Actor, post domain.PostID) (gs []Group, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		gs, err = st.Duties.Duties(actor.Scope(), post)
		return err
	})
	return gs, err
}
