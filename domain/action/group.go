package action

import (
	"context"

	"yhdyspinta/domain"
)

// By is a field by which a list of actions is grouped. Each is also a sort key of
// the list, by which its rows come group after group in the order of the groups.
type By string

// The fields. An action is in one group of each.
const (
	ByGoal      By = "goal"  // its first goal
	ByTheme     By = "theme" // of its first goal
	ByParty     By = "party" // of the lead post
	ByPost      By = "post"  // the lead post
	ByStatus    By = "status"
	ByCondition By = "condition"
	ByPhase     By = "phase" // of its implementation
	ByChain     By = "chain" // of its stage
	ByForum     By = "forum"
	ByDueMonth  By = "dueMonth" // in which the due period ends
)

// MaxGroups is how many groups are told at most.
const MaxGroups = 1000

// Group is one group of a list.
type Group struct {
	Key     string         // id, word or month (YYYY-MM); "" is what has none
	No      int            // of a goal
	Title   domain.Text    // of what has an id, a party apart
	PartyID domain.PartyID // of a post
	Count   int
	Late    int // of them
	Span    Span
	// Plan is the period of the plan that a goal belongs to, as far as the caller
	// may see the plan; zero of other groups.
	Plan [2]domain.Date
}

// Span is the time from the first day on which one of some actions starts to the
// last day on which one of them is due, with how many say neither of the two.
type Span struct {
	From, To                 domain.Date // zero if none of them says so
	WithoutStart, WithoutDue int
}

// Groups returns the groups of the actions that the actor may see, in order, with
// how many are in each: of all of them, not of one page. What lies beyond
// MaxGroups is left out.
func (s *Service) Groups(ctx context.Context, actor domain.Actor, f Filter, by By) (groups []Group, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		groups, err = st.Actions.Groups(actor.Scope(), f, by)
		return err
	})
	return groups, err
}
