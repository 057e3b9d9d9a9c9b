// Package carryover tells what became of the goals of a plan when another took its
// place (siirto, överföring): which were carried over, which were dropped and why,
// which are left to decide, and which wait for the other party. It is derived from
// the goals, their history and their drafts, and stores nothing: a goal is carried
// over as it changes its plan, and dropped as it ends.
package carryover

import (
	"context"

	"yhdyspinta/domain"
)

// State is what has become of a goal of the plan before.
type State string

// The states of goals.
const (
	Undecided State = "undecided" // still of the plan before
	Waiting   State = "waiting"   // a draft that decides it waits for a party
	Carried   State = "carried"   // of the next plan
	Dropped   State = "dropped"   // ended, for a reason
)

// MaxGoals is how many goals are told.
const MaxGoals = 1000

// Plan names one of the two plans.
type Plan struct {
	ID     domain.PlanID
	Key    string
	Title  domain.Text
	EndsOn domain.Date
	Public bool // everybody may read it
}

// Ref names another goal.
type Ref struct {
	ID    domain.GoalID
	No    int
	Title domain.Text
}

// Goal is a goal of the plan before.
type Goal struct {
	ID       domain.GoalID
	No       int
	Title    domain.Text
	PartyID  domain.PartyID // whose it is; zero: a shared goal
	SharedID domain.GoalID  // above the goal of a party, if the reader may see that
	Version  int
	Public   bool // everybody may read it
	State    State
	On       domain.Date // that it was carried or dropped
	Ending   string      // goal.EndingKind of what was dropped
	Reason   domain.Text // why it was dropped
	Into     *Ref        // in which a dropped one goes on, if the reader may see that
	Draft    *Draft      // open, of whatever change; nil for the public
	Actions  int         // for it that are not over, as far as the reader may see
}

// Draft is the open draft of a goal.
type Draft struct {
	ID      domain.DraftID
	Version int
	PartyID domain.PartyID // that proposes it
	Carries bool           // into the next plan
	Drops   bool
	More    bool        // it changes something else too, or says in which goal it goes on
	Reason  domain.Text // why it would be dropped
}

// Hidden reports whether carrying a goal over would take it from the public pages: a
// public goal does not go into a plan that only insiders see.
func (c CarryOver) Hidden(g Goal) bool { return g.Public && !c.To.Public }

// CarryOver is what became of the goals of From in To.
type CarryOver struct {
	From, To Plan
	Goals    []Goal // by number, those of parties after the shared goal above them
	// Before is the last day before the first goal was carried or, if none was, the
	// plan's last day or today: when the plan before was whole.
	Before domain.Date
}

// Store reads. It starts from the scope.
type Store interface {
	// Of returns what became of the goals of the plan that the one with this id or key
	// supersedes: NotFound if the scope does not cover both.
	Of(scope domain.Scope, idOrKey string) (CarryOver, error)
}

// Stores are what the use case needs, bound to one transaction.
type Stores struct{ CarryOver Store }

// Service holds the use case.
type Service struct{ UoW domain.UnitOfWork[Stores] }

// Of tells what became of the goals of the plan before, or NotFound if the actor may
// not see both plans or there is none before.
func (s *Service) Of(ctx context.Context, actor domain.Actor, idOrKey string) (c CarryOver, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		c, err = st.CarryOver.Of(actor.Scope(), idOrKey)
		return err
	})
	return c, err
}
