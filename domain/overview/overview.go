package overview

import (
	"context"
	"time"

	"yhdyspinta/domain"
)

// The extent of an overview.
const (
	NextDays     = 60 // how far ahead "what comes next" looks, in days
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
	ByStatus      map[string]int // by what people report; sums up to Actions
	ByPhase       []Phase        // by how far they have come, in the order of the phases, those in none last; empty if none is in one
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
	ID          domain.GoalID
	No          int
	Title       domain.Text
	Visibility  domain.Visibility
	Theme       Theme
	PartyID     domain.PartyID // whose goal it is; zero: a shared one
	SharedNo    int            // of the shared goal above it, if the reader may see that
	Leads       []Lead         // by the order of the parties
	Parts       int            // responsibilities of it that have not ended
	Unaccepted  int            // of these: not in force as somebody said last
	Answers     []Answer       // by the order of the parties; empty where no agreement between parties is needed
	Actions     []Action       // by number, if there are at most twelve
	Total       int            // of actions
	ByCondition map[string]int // of all; sums up to Total
	NextDueOn   domain.Date
}

// How far the parties have agreed on a goal: the same words filter the list of
// goals.
const (
	Accepted = "accepted" // it has responsibilities, and all that have not ended are in force
	Open     = "open"     // one of them, or a change of one, is not accepted
	Unshared = "none"     // it has no responsibilities
)

// Acceptance is how far the parties have agreed on the goal.
func (g Goal) Acceptance() string {
	switch {
	case g.Unaccepted > 0:
		return Open
	case g.Parts > 0:
		return Accepted
	default:
		return Unshared
	}
}

// Counted is how many goals have an acceptance.
func (o Overview) Counted(acceptance string) (n int) {
	for _, g := range o.Goals {
		if g.Acceptance() == acceptance {
			n++
		}
	}
	return n
}

// Answer is what a party says of all responsibilities for a goal: a decline or a
// missing answer to one of them counts for all.
type Answer struct {
	PartyID domain.PartyID
	State   domain.AcceptanceState // or AnswerReopened
	// Since is the day on which what the party has not answered yet was proposed, the
	// earliest; zero where it has answered everything.
	Since domain.Date
}

// AnswerReopened is the state of a party that has accepted what is in force, and
// not yet a change of it.
const AnswerReopened domain.AcceptanceState = "reopened"

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

// Filter narrows an overview. Different fields are AND.
type Filter struct {
	domain.TermFilter
	// Parties narrow actions by the party of the lead post, goals by that of a post
	// responsible in any part, hand-overs by who gives or receives.
	Parties domain.AnyOf[domain.PartyID]
	// Chains narrow actions and goals by the chain that they belong to; None: to none.
	Chains domain.AnyOf[domain.ChainID]
}

// IsZero reports whether everything passes.
func (f Filter) IsZero() bool { return f.Themes.IsZero() && !f.Own() }

// Own reports whether the filter asks for what an action has by itself, and a goal
// may have by an action.
func (f Filter) Own() bool {
	return f.TermFilter.Own() || !f.Parties.IsZero() || !f.Chains.IsZero()
}

// By is what the groups of an overview are.
type By string

// The groups of an overview.
const (
	ByChain By = "chain"
	ByParty By = "party"
)

// Group counts what belongs to a chain or a party. Every number counts what a list
// would show to the same scope.
type Group struct {
	ID    domain.AnyID // zero: what belongs to none
	Title domain.Text  // the short name of a party
	// Goals of the plan: that belong to the chain, or for which a post of the party is
	// responsible in any part.
	Goals     int
	GoalsOpen int // of these: with acceptance Open
	// Actions that belong to the chain, or that the party leads.
	Actions     int
	ByCondition map[string]int // sums up to Actions
	// Hand-overs of the chain, or that the party gives or receives: with such a gap, and
	// not in force as somebody said last.
	Major, Minor, HandoversOpen int
}

// IsZero reports whether nothing is counted.
func (g Group) IsZero() bool {
	return g.Goals == 0 && g.Actions == 0 && g.Major == 0 && g.Minor == 0 && g.HandoversOpen == 0
}

// Line is a goal in a file of the overview: its actions are counted, not named.
type Line struct {
	Goal
	ByCondition map[string]int // sums up to Total
}

// Store reads the overview.
type Store interface {
	// Get derives the overview of the day shown with a fixed number of queries,
	// each of which starts from the scope. The filter narrows goals, actions and gaps:
	// to those that have its terms, and the goals of such actions. Decisions and
	// meetings have no terms.
	Get(scope domain.Scope, f Filter) (Overview, error)
	// Groups counts by chain, in their order, or by party, the principal ones first;
	// last comes what belongs to none. Groups without anything are left out, but for
	// the principal parties and all chains. Of goals the filter takes the terms that
	// they have by themselves.
	Groups(scope domain.Scope, by By, f Filter) ([]Group, error)
	// Lines returns the goals of Get with all their actions counted.
	Lines(scope domain.Scope, f Filter) ([]Line, error)
}

// Stores are what the use case needs, bound to one transaction.
type Stores struct{ Overview Store }

// Service holds the use cases.
type Service struct {
	UoW domain.UnitOfWork[Stores]
}

// Get returns the overview as the actor may see it, of today or the as-of day.
func (s *Service) Get(ctx context.Context, actor domain.Actor, f Filter) (o Overview, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		o, err = st.Overview.Get(actor.Scope(), f)
		return err
	})
	return o, err
}

// Groups returns the groups as the actor may see them, of today or the as-of day.
func (s *Service) Groups(ctx context.Context, actor domain.Actor, by By, f Filter) (gs []Group, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		gs, err = st.Overview.Groups(actor.Scope(), by, f)
		return err
	})
	return gs, err
}

// Lines returns the goals for a file as the actor may see them, likewise.
func (s *Service) Lines(ctx context.Context, actor domain.Actor, f Filter) (ls []Line, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		ls, err = st.Overview.Lines(actor.Scope(), f)
		return err
	})
	return ls, err
}

// Phase counts the actions in a phase of implementation; the zero id is none.
type Phase struct {
	ID      domain.PhaseID
	Title   domain.Text
	Actions int
}
