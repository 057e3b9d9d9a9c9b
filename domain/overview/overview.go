package overview

import (
	"context"
	"time"

	"yhdyspinta/domain"
)

// The extent of an overview.
const (
	NextDays     = 60 // how far ahead "what comes next" looks, in days
	SoonDays     = 30 // a due date this near is due soon
	MaxActions   = 60 // actions named per goal; Goal.Total counts all
	MaxDecisions = 5  // in Overview.LastDecisions
	MaxOpen      = 50 // in Endings.Open; Endings.Without counts all
	MaxNext      = 5  // of each kind in Next.Events
)

// Overview is the state of the shared work on a day, as far as one scope may
// see it. Every number counts what a list would show to the same scope.
type Overview struct {
	Day           domain.Date
	Plan          *Plan          // the plan in force, or the latest; nil without any
	Actions       int            // all actions, of whatever plan and condition
	ByCondition   map[string]int // by the value of the condition; sums up to Actions
	Goals         []Goal         // of Plan, by the position of their theme and their number
	Gaps          []ChainGaps    // of chains with hand-overs, by the position of the chain
	LastDecisions []Decision     // the latest first
	Endings       Endings
	Next          Next
	Freshness     Freshness
}

// Plan names a plan.
type Plan struct {
	ID          domain.PlanID
	Title       domain.Text
	CouncilTerm string
}

// Goal is one row of the overview.
type Goal struct {
	ID         domain.GoalID
	No         int
	Title      domain.Text
	Visibility domain.Visibility
	Theme      Theme
	Leads      []Lead   // by the order of the parties
	Unaccepted int      // of its responsibilities: not in force as somebody said last
	Actions    []Action // by number; of more than MaxActions the oldest
	Total      int      // of actions
	NextDueOn  domain.Date
}

// ChainGaps counts the hand-overs of a chain that are in force on the day shown by
// how wide their gap is.
type ChainGaps struct {
	ChainID            domain.ChainID
	Title              domain.Text
	Major, Minor, None int
}

// Theme names the theme of a goal.
type Theme struct {
	ID       domain.ThemeID
	Title    domain.Text
	Position int
}

// Lead is a post that leads a goal on the day shown.
type Lead struct {
	PostID  domain.PostID
	Title   domain.Text
	PartyID domain.PartyID
}

// Action is one sign in the row of its goal.
type Action struct {
	No        int
	Title     domain.Text
	Condition string
}

// Meeting names a meeting and its forum.
type Meeting struct {
	ID         domain.MeetingID
	Year       int
	Number     int         // in its forum and year
	Title      domain.Text // may be empty
	StartsAt   time.Time
	ForumID    domain.ForumID
	ForumKey   string
	ForumTitle domain.Text
}

// Decision is an outcome of type decision or assignment of a meeting that has
// been closed.
type Decision struct {
	OutcomeID    domain.OutcomeID
	Type         string
	Text         domain.Text
	AgendaItemID domain.AgendaItemID
	ItemTitle    domain.Text
	AgendaNo     *int
	Section      *int // § of the minutes
	Visibility   domain.Visibility
	Meeting      Meeting
	Actions      []Follow // that came from it and the scope may see
}

// Follow names an action that came from a decision.
type Follow struct {
	No    int
	Title domain.Text
}

// Endings tells how many decisions end in something: an action, or the stated
// reason why nothing follows. That an internal action followed counts for
// everybody, since the public must not be told that nothing did.
type Endings struct {
	Decisions int
	Without   int
	Open      []Decision // those without an ending, the latest first, at most MaxOpen
}

// Next is what comes within NextDays.
type Next struct {
	Until   domain.Date
	Actions int     // not started or in progress, with a due period that ends by then
	Events  []Event // the nearest MaxNext due dates and MaxNext meetings, by date
}

// Event is a due date of an action or a meeting that has been called.
type Event struct {
	Date    domain.Date
	Action  *Follow  // of a due date
	Meeting *Meeting // of a meeting
}

// Freshness counts the actions that are not ended (not started, in progress
// and paused) by when their status was last confirmed.
type Freshness struct {
	InTarget int // within the target of each one's rhythm
	InLimit  int // after it, within the limit
	Stale    int // earlier, or never
}

// Total is how many actions are not ended.
func (f Freshness) Total() int { return f.InTarget + f.InLimit + f.Stale }

// Store reads the overview.
type Store interface {
	// Get derives the overview of the day shown with a fixed number of queries,
	// each of which starts from the scope. The filter narrows goals, actions and gaps:
	// to those that have its terms, and the goals of such actions. Decisions and
	// meetings have no terms.
	Get(scope domain.Scope, f domain.TermFilter) (Overview, error)
}

// Stores are what the use case needs, bound to one transaction.
type Stores struct{ Overview Store }

// Service holds the one use case.
type Service struct {
	UoW domain.UnitOfWork[Stores]
}

// Get returns the overview as the actor may see it, of today or the as-of day.
func (s *Service) Get(ctx context.Context, actor domain.Actor, f domain.TermFilter) (o Overview, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		o, err = st.Overview.Get(actor.Scope(), f)
		return err
	})
	return o, err
}
