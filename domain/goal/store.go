package goal

import "yhdyspinta/domain"

// Filter narrows a list of goals. Different fields are AND.
type Filter struct {
	No          []int // of these numbers
	Theme       domain.AnyOf[domain.ThemeID]
	Plan        domain.AnyOf[domain.PlanID]
	Post        domain.AnyOf[domain.PostID] // responsible in any part
	TargetGroup domain.AnyOf[domain.TargetGroupID]
	Tag         domain.AnyOf[domain.TagID]
	Party       domain.AnyOf[domain.PartyID] // of a post responsible in any part
	// Chain is one to which an action for it belongs, or to a stage or hand-over of
	// which it is pinned itself; None: there is no such chain.
	Chain    domain.AnyOf[domain.ChainID]
	Stage    domain.AnyOf[domain.StageID]    // at which it is pinned
	Handover domain.AnyOf[domain.HandoverID] // likewise
	Ended    Ended                           // "": those that have not ended
	Shared   domain.AnyOf[domain.GoalID]     // above them; None: they are shared goals
	// Acceptance is how far the parties have agreed; None: nobody is responsible.
	Acceptance domain.AnyOf[Acceptance]
}

// Ended chooses goals by whether they have ended.
type Ended string

// The choices.
const (
	OnlyEnded Ended = "true"
	AllGoals  Ended = "all"
)

// Acceptance is how far the parties have agreed on the responsibilities for a goal
// that have not ended.
type Acceptance string

// The acceptances of goals.
const (
	Accepted Acceptance = "accepted" // all are in force
	Open     Acceptance = "open"     // one of them, or a change of one, is not
)

// Work is what is done for a goal, as far as one scope may see it.
type Work struct {
	Actions     []Action // by number, if there are at most twelve
	Total       int
	ByCondition map[string]int // of all, on the day shown; sums up to Total
	NextDueOn   domain.Date    // the nearest due date to come of an action not started or in progress; zero if none
}

// Action names an action of a goal.
type Action struct {
	No        int
	Title     domain.Text
	Condition string // on the day shown
}

// Store keeps goals. Its reads start from the scope: what the scope does not
// cover does not exist.
type Store interface {
	// Get returns a goal with its responsible posts, references, pins and what goes on
	// in it, or NotFound.
	Get(scope domain.Scope, id domain.GoalID) (Goal, error)
	// ByNo is Get by the number people use.
	ByNo(scope domain.Scope, no int) (Goal, error)
	// List returns one page, sorted by no (the default), title, themePosition or updatedAt.
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[Goal], error)
	// Work tells of the actions for each goal that the scope may see.
	Work(scope domain.Scope, goals []Goal) (map[domain.GoalID]Work, error)
	// WasPublic reports whether the goal is public or ever was.
	WasPublic(id domain.GoalID) (bool, error)
	// WerePublic is WasPublic for many goals.
	WerePublic(ids []domain.GoalID) (map[domain.GoalID]bool, error)
	// Batch is the store for a unit of work that adds so many goals and changes
	// others: it waits until no other unit of work changes those, and keeps what is
	// inserted or updated until Save.
	Batch(changing []Goal, adding int) (BatchStore, error)
	// LockEndings waits until no other unit of work ends a goal or moves one to another
	// plan or level.
	LockEndings() error
	// PlanIsPublic reports whether everybody may read a plan, and keeps it so until the
	// unit of work ends.
	PlanIsPublic(id domain.PlanID) (bool, error)
	// Principals returns the principal parties.
	Principals() ([]domain.PartyID, error)
	// NextNo reserves a number. Numbers are not given back.
	NextNo() (int, error)
	// Insert adds a goal with its responsible posts, references and pins, valid from today.
	Insert(g Goal) error
	// Update replaces the goal if its version is still g.Version, and returns it
	// with the next version; domain.Stale with what is stored if not. Responsible
	// posts that are gone end yesterday.
	Update(g Goal) (Goal, error)
}

// BatchStore is a Store that keeps what is inserted or updated until Save: Conflict
// import_outdated if a goal has another version by then.
type BatchStore interface {
	Store
	Save() error
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Goals Store
	Book  domain.ResponsibilityBook
	Terms domain.TermBook
	Pins  domain.PinBook
}
