package chain

import (
	"time"

	"yhdyspinta/domain"
)

// Filter narrows a list of chains. Different fields are AND.
type Filter struct {
	Theme domain.AnyOf[domain.ThemeID]
	Tag   domain.AnyOf[domain.TagID]
	Party domain.AnyOf[domain.PartyID] // of a stage in force on the day shown
}

// Conditions counts the actions of a stage by their condition on the day shown.
type Conditions map[string]int

// PinnedAction is an action at a stage or hand-over of a chain.
type PinnedAction struct {
	ID         domain.ActionID
	No         int
	Title      domain.Text
	Condition  string // on the day shown
	StageID    domain.StageID
	HandoverID domain.HandoverID // that it treats
}

// PinnedThing is a goal or forum at stages and hand-overs of a chain that are in
// force on the day shown.
type PinnedThing struct {
	ID          domain.AnyID
	No          int    // of a goal
	Key         string // of a forum
	Title       domain.Text
	StageIDs    []domain.StageID
	HandoverIDs []domain.HandoverID
}

// maxPinned is how many actions, goals and forums, of each, come with a chain.
const maxPinned = 200

// Store keeps chains with their stages and hand-overs. Its reads start from the
// scope: what the scope does not cover does not exist.
type Store interface {
	// Get returns a chain with the stages and hand-overs in force on the day shown,
	// or NotFound.
	Get(scope domain.Scope, id domain.ChainID) (Chain, error)
	// ByKey is Get by the permanent name.
	ByKey(scope domain.Scope, key string) (Chain, error)
	// List returns one page, sorted by position (the default), title or updatedAt.
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[Chain], error)
	// WasPublic reports whether the chain is public or ever was.
	WasPublic(id domain.ChainID) (bool, error)
	// Actions counts the actions that the scope may see, for each stage of the chains.
	Actions(scope domain.Scope, chains []Chain) (map[domain.StageID]Conditions, error)
	// Pinned returns the actions at the stages and hand-overs of a chain that the
	// scope may see, by their number, at most n.
	Pinned(scope domain.Scope, c Chain, n int) ([]PinnedAction, error)
	// PinnedThings returns the goals, by their number, or the forums, by their title,
	// at the stages and hand-overs of a chain that the scope may see, at most n.
	PinnedThings(scope domain.Scope, c Chain, kind domain.SubjectKind, n int) ([]PinnedThing, error)
	// Principals returns the principal parties in their order.
	Principals() ([]domain.PartyID, error)
	// Held returns the parties of the posts that have a part in each of the stages
	// and hand-overs by an agreement in force, on the day shown or later, where to be
	// informed is no part; and those whose proposal of one waits for an answer.
	Held(of []domain.AnyID) (map[domain.AnyID][]domain.PartyID, error)
	// Lock waits until no other unit of work changes the chain or its hand-overs,
	// and keeps others from it. Every change begins with it.
	Lock(id domain.ChainID) error
	// Insert adds a chain with its stages and hand-overs.
	Insert(c Chain) error
	// Update replaces the chain, its stages and hand-overs if its version is still
	// c.Version, and ends those in ended; it returns the chain with the next
	// version, or domain.Stale with what is stored. What has the version that it has
	// in old stays untouched.
	Update(old, c Chain, ended Ended) (Chain, error)
	// Touch gives a chain the next version: a hand-over is gone from it, or what
	// a form shows of one has changed.
	Touch(id domain.ChainID, now time.Time) error
}

// ChainRef names a chain.
type ChainRef struct {
	ID    domain.ChainID
	Key   string
	Title domain.Text
}

// StageRef names a stage at either end of a hand-over.
type StageRef struct {
	ID       domain.StageID
	Position int
	PartyID  domain.PartyID
	Title    domain.Text
}

// HandoverView is a hand-over by itself, with what it is between.
type HandoverView struct {
	Handover
	Chain ChainRef
	From  StageRef
	To    StageRef
	// Posts are the responsible posts of the stages at which it begins and ends, or
	// would by the change that waits.
	Posts []domain.Responsible
	// ChangeFrom and ChangeTo are between which stages the change that waits leads;
	// nil without one, or if a stage is not known on the day shown.
	ChangeFrom, ChangeTo *StageRef
	Answers              bool // the actor may answer what waits for their party
}

// HandoverFilter narrows a list of hand-overs. Different fields are AND.
type HandoverFilter struct {
	Theme    domain.AnyOf[domain.ThemeID] // of the chain
	Tag      domain.AnyOf[domain.TagID]   // of the chain
	Chain    domain.AnyOf[domain.ChainID]
	Party    domain.AnyOf[domain.PartyID] // of either stage
	Standing domain.AnyOf[domain.Standing]
	Gap      domain.AnyOf[Gap]
	Answerer *domain.Answerer // what waits for this one's answer
	About    domain.AboutFilter
}

// Revision is one content of a hand-over that was proposed, with the answers.
type Revision struct {
	domain.Agreement
	Content  Terms
	From, To *StageRef // nil: the stage is not known on the day shown
}

func (r Revision) agreement() domain.Agreement { return r.Agreement }

// Reason is a way in which a hand-over does not hold.
type Reason string

// The reasons, derived for the day shown and never stored.
const (
	ReasonGap           Reason = "gap"            // its gap is minor or major
	ReasonUnaccepted    Reason = "unaccepted"     // nothing is in force
	ReasonNoReceiver    Reason = "no_receiver"    // no post leads the receiving stage by an agreement in force
	ReasonReviewOverdue Reason = "review_overdue" // its review was to be before the day
	ReasonNoReview      Reason = "no_review"      // no day is set for its review, so that nothing else would bring it up
	ReasonNoAction      Reason = "no_action"      // for another reason it does not hold, and no open action treats it
)

// Break is a hand-over that does not hold, with every reason and the actions
// that the scope may see against it.
type Break struct {
	HandoverView
	Reasons []Reason
	Actions []PinnedAction
	Treated bool // an action that is not closed treats it
}

// BreakFilter narrows the list of breaks. Different fields are AND.
type BreakFilter struct {
	Gap     domain.AnyOf[Gap]
	Theme   domain.AnyOf[domain.ThemeID] // of the chain
	Tag     domain.AnyOf[domain.TagID]   // of the chain
	Chain   domain.AnyOf[domain.ChainID]
	Party   domain.AnyOf[domain.PartyID] // of either stage
	Reason  domain.AnyOf[Reason]
	Treated *bool
}

// HandoverStore keeps hand-overs by themselves, under the same scope as their
// chains.
type HandoverStore interface {
	// Get returns a hand-over, also one that has ended, or NotFound.
	Get(scope domain.Scope, id domain.HandoverID) (HandoverView, error)
	// List returns one page of those in force on the day shown, sorted by chain and
	// place (the default), waitingSince (what waits for nothing last) or updatedAt.
	List(scope domain.Scope, f HandoverFilter, p domain.PageRequest) (domain.Page[HandoverView], error)
	// Revisions returns the agreements on a hand-over, newest first, at most n: for
	// all but staff without those that were over before its chain was public.
	Revisions(scope domain.Scope, id domain.HandoverID, n int) ([]Revision, error)
	// Update replaces a hand-over and its agreements if its version is still
	// h.Version, and returns it with the next version.
	Update(h Handover) (Handover, error)
}

// BreakStore reads where chains break.
type BreakStore interface {
	// Breaks returns one page of the hand-overs that do not hold on the day shown,
	// sorted by gap (the widest first), chain and stage unless asked otherwise.
	Breaks(scope domain.Scope, f BreakFilter, p domain.PageRequest) (domain.Page[Break], error)
}

// BreakStores are what Service.Breaks needs, bound to one transaction.
type BreakStores struct{ Breaks BreakStore }

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Chains    Store
	Handovers HandoverStore
	Book      domain.ResponsibilityBook
	Terms     domain.TermBook
}
