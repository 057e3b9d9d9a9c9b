package action

import (
	"time"

	"yhdyspinta/domain"
)

// Filter narrows a list of actions. Different fields are AND.
type Filter struct {
	Status      domain.AnyOf[Status]
	Condition   domain.AnyOf[ConditionValue] // on the day shown; has no None
	Unowned     *bool                        // the flag on the day shown
	AtRisk      *bool                        // the flag on the day shown, by what the scope may see
	Party       domain.AnyOf[domain.PartyID] // of the lead post; None: no lead
	Post        domain.AnyOf[domain.PostID]  // in any part
	LeadPost    domain.AnyOf[domain.PostID]
	Owner       domain.PostID // leads or shares it on the day shown
	Goal        domain.AnyOf[domain.GoalID]
	Theme       domain.AnyOf[domain.ThemeID] // of a goal; None: no goal
	Plan        domain.AnyOf[domain.PlanID]  // of a goal; None: no goal
	Chain       domain.AnyOf[domain.ChainID] // of the stage or hand-over; None: neither
	Stage       domain.AnyOf[domain.StageID]
	Handover    domain.AnyOf[domain.HandoverID] // that it treats
	Phase       domain.AnyOf[domain.PhaseID]
	Forum       domain.AnyOf[domain.ForumID]
	TargetGroup domain.AnyOf[domain.TargetGroupID]
	District    domain.AnyOf[domain.DistrictID]
	Tag         domain.AnyOf[domain.TagID]
	Outcome     domain.AnyOf[domain.OutcomeID] // only of outcomes that the scope may read
	DueFrom     domain.Date                    // the due period ends on this day or later
	DueTo       domain.Date                    // the due period ends on this day or earlier
	// ConfirmedFrom and ConfirmedTo bound the day on which somebody last said that
	// the status is true; what nobody ever confirmed is the earliest.
	ConfirmedFrom domain.Date
	ConfirmedTo   domain.Date
	Freshness     domain.AnyOf[FreshnessLevel] // of what is not over, on the day shown; has no None
	Unit          []domain.UnitID              // of the lead post, or above its unit; empty: any
	Silent        domain.AnyOf[domain.PartyID] // of which one of these parties has said nothing for longer than the limit of its rhythm (Action.Word); None: nobody
	Withdrawn     bool                         // only those that were withdrawn; else only those that were not
	No            []int                        // with these numbers; empty: any
	Text          string                       // in the title, in any language, or the number
}

// GoalRef names a goal as readers see it.
type GoalRef struct {
	ID      domain.GoalID
	No      int
	Title   domain.Text
	ThemeID domain.ThemeID
}

// StageRef names a stage of a chain.
type StageRef struct {
	ID       domain.StageID
	ChainID  domain.ChainID
	PartyID  domain.PartyID // whose stage it is
	Chain    domain.Text    // title of the chain
	Title    domain.Text
	Position int
}

// HandoverRef names a hand-over of a chain.
type HandoverRef struct {
	ID       domain.HandoverID
	ChainID  domain.ChainID
	ChainKey string
	Chain    domain.Text // title of the chain
	What     domain.Text // passes
	From     domain.Text // title of the giving stage
	To       domain.Text // and of the receiving one
}

// ForumRef names a forum.
type ForumRef struct {
	ID    domain.ForumID
	Key   string
	Title domain.Text
}

// Origin is the outcome of a meeting that an action came from.
type Origin struct {
	OutcomeID     domain.OutcomeID
	Type          string
	Text          domain.Text
	AgendaItemID  domain.AgendaItemID
	AgendaNo      *int
	Section       *int // § of the minutes
	ItemTitle     domain.Text
	MeetingID     domain.MeetingID
	MeetingYear   int
	MeetingNumber int
	MeetingStart  time.Time
	MeetingStatus string
	Paper         string // memo or minutes
	Forum         ForumRef
}

// View is an action with what readers need of the things that it names, as far
// as the scope may read them.
type View struct {
	Action
	Goals     []GoalRef
	Stage     *StageRef
	Forum     *ForumRef
	Postponed int // how often its due date was moved to a later day
	// Handover is the one that it treats; of whole actions only.
	Handover *HandoverRef
}

// Store keeps actions. Its reads start from the scope: what the scope does not
// cover does not exist.
type Store interface {
	// Together runs parts of a read that do not rest on each other's answers, one at a
	// time, asking the database once for what all of them wait for. The first error in
	// the order of the parts is returned.
	Together(parts ...func() error) error
	// Get returns an action, or NotFound. How often it was put off Postponements tells.
	Get(scope domain.Scope, id domain.ActionID) (View, error)
	// WithoutTasks is Get for who asks for the action's tasks as well: without their figures.
	WithoutTasks(scope domain.Scope, id domain.ActionID) (View, error)
	// ByNo is Get by the number people use.
	ByNo(scope domain.Scope, no int) (View, error)
	// Groups returns the groups of what List would list, at most MaxGroups.
	Groups(scope domain.Scope, f Filter, by By) ([]Group, error)
	// List returns one page, sorted by dueOn (the default, missing dates last), by a
	// field by which lists are grouped (By),
	// goal (the number of its first goal), no, title, updatedAt or confirmedOn.
	// Items have no description, result,
	// target groups, districts or references.
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[View], error)
	// ListWhole is List with what its items lack, and with the hand-overs that they
	// treat.
	ListWhole(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[View], error)
	// Some returns those of the actions that the scope may see, whole and in any
	// order, with what their parties say.
	Some(scope domain.Scope, ids []domain.ActionID) ([]View, error)
	// Waiting returns those of the actions that wait for a post of a party on the day
	// shown (Action.WaitsOf) that are asked for, the most urgent first and at most the
	// limit, and the ids of all of them.
	Waiting(scope domain.Scope, post domain.PostID, party domain.PartyID, f WaitFor) ([]OfPost, []domain.ActionID, error)
	// Postponements returns the changes of an action's due date that the scope may see,
	// the latest first, at most 100, and how many of all were to a later day.
	Postponements(scope domain.Scope, id domain.ActionID) (moves []Postponement, later int, err error)
	// Origin returns the outcome that the action came from, or nil if there is
	// none or the scope may not read that meeting's papers.
	Origin(scope domain.Scope, id domain.ActionID) (*Origin, error)
	// Complete fills in the party and units of the posts, or says that one is
	// unknown.
	Complete(posts []domain.Responsible) ([]domain.Responsible, error)
	// Batch is the store for a unit of work that adds so many actions and changes
	// others: it waits until no other unit of work changes those, reads what it needs
	// of posts once, and keeps what is inserted or updated until Save.
	Batch(changing []Action, adding int) (BatchStore, error)
	// EndedGoal tells whether one of the goals has ended, and the number of the one in
	// which that goes on; 0: none, or none that the scope may see.
	EndedGoal(scope domain.Scope, ids []domain.GoalID) (ended bool, onwards int, err error)
	// OpenTitles returns the titles of the open actions that have one of the titles
	// in one of the languages, without regard to case and space.
	OpenTitles(scope domain.Scope, titles []domain.Text) ([]domain.Text, error)
	// NextNo reserves a number. Numbers are not given back.
	NextNo() (int, error)
	// Insert adds an action with its references; its responsibilities are proposed
	// apart.
	Insert(a Action) error
	// Update replaces what an edit may change if the version is still a.Version,
	// and returns the action with the next version; domain.Stale with the View
	// that is stored if not.
	Update(a Action) (Action, error)
	// UpdateStatus is Update for the joint status, result and confirmation only.
	UpdateStatus(a Action) (Action, error)
	// UpdateWithdrawal is Update for the withdrawal only.
	UpdateWithdrawal(a Action) (Action, error)
	// Targets fills in what a report of an action has to know of the actions that it
	// names by id, as far as the scope may see them.
	Targets(scope domain.Scope, id domain.ActionID, named []Target) ([]Target, error)
	// LockForwards waits until no other unit of work says where an action goes on, or
	// withdraws one.
	LockForwards() error
	// ForwardedFrom returns the actions, by number and at most 200, that go on in one.
	ForwardedFrom(scope domain.Scope, id domain.ActionID) ([]Ref, error)
	// NamedBy returns likewise those of which any party says now that they go on in one,
	// whatever their joint status.
	NamedBy(id domain.ActionID) ([]Ref, error)
	// PhaseSteps returns the phases that an action came to, in order of time, up to the
	// day shown: to the public as its public versions tell it. What was in a phase that
	// was merged came to the other one. The words are those that changed the phase, in
	// order of time, with no more of them than Reached needs.
	PhaseSteps(scope domain.Scope, id domain.ActionID) ([]PhaseStep, []Word, error)
	// Lock waits until no other unit of work changes the status of an action or
	// who leads and shares it; it does nothing if there is no such action.
	Lock(id domain.ActionID) error
	// LockAll is Lock for several, always in the same order: two that ask for the
	// same do not wait for each other.
	LockAll(ids []domain.ActionID) error
	// SaveSaid keeps what a party says of its own.
	SaveSaid(id domain.ActionID, p PartyStatus) error
	// InsertReport adds a status report.
	InsertReport(r StatusReport) error
	// ForgetSaid makes a party one that has said nothing of its own.
	ForgetSaid(id domain.ActionID, party domain.PartyID) error
	// InsertWord adds a word, WithdrawWord keeps that it was taken back.
	InsertWord(w Word) error
	WithdrawWord(w Word) error
	// Words returns a word of an action with what taking it back needs, or NotFound. Its
	// phases are those that theirs were merged into, and are not merged until the end of
	// the unit of work.
	Words(id domain.ActionID, word domain.WordID) (Words, error)
	// LatestWord returns the latest word on an action that stands, of a party or, of
	// joint ones, of anybody; nil if that is no word of the party, was said otherwise
	// than joint says, or if there is none.
	LatestWord(id domain.ActionID, party domain.PartyID, joint bool) (*Word, error)
	// Reports returns one page of an action's reports, the latest first, also those
	// that were taken back: to the
	// public only public ones.
	Reports(scope domain.Scope, id domain.ActionID, p domain.PageRequest) (domain.Page[StatusReport], error)
}

// BatchStore is a Store that keeps what is inserted or updated until Save: Conflict
// import_outdated if an action has another version by then.
type BatchStore interface {
	Store
	Save() error
}

// TaskStore keeps the tasks of actions. It knows no scope: whoever may read the
// action may read its tasks.
type TaskStore interface {
	// Get returns a task, or NotFound.
	Get(id domain.TaskID) (Task, error)
	// Of returns all tasks of an action by due date, withdrawn ones last, and what they
	// come to on the day shown.
	Of(id domain.ActionID) ([]Task, TaskFigures, error)
	// Milestones returns those of several actions that stand, at most MaxMilestones
	// of each.
	Milestones(ids []domain.ActionID) (map[domain.ActionID]Milestones, error)
	// Post is what the rules need of a post that is to do a task, or says at
	// /postId that there is none; nothing for the zero id.
	Post(id domain.PostID) (PostOf, error)
	// Insert adds a task, Update replaces it and returns it with the next version.
	// Both keep what the action's row holds of its tasks. The action is locked.
	Insert(t Task) error
	Update(t Task) (Task, error)
}

// DependencyStore keeps which action waits for which.
type DependencyStore interface {
	// Lock waits until no other unit of work adds a dependency, so that no two of
	// them close a cycle together.
	Lock() error
	// Get returns a dependency of an action on another, or NotFound.
	Get(of domain.ActionID, id domain.DependencyID) (Dependency, error)
	// Around returns what an action waits for and what waits for it, as far as the
	// scope may see them, by due date.
	Around(scope domain.Scope, of domain.ActionID) (needs, awaitedBy []Neighbour, err error)
	// Count tells how many others an action waits for, and how many wait for it,
	// whoever may see them.
	Count(of domain.ActionID) (needs, awaitedBy int, err error)
	// Above returns the whole of what an action waits for, step by step.
	Above(of domain.ActionID) (Needs, error)
	// Names are the number and title of those of the actions that the scope may see,
	// withdrawn ones too.
	Names(scope domain.Scope, ids []domain.ActionID) (map[domain.ActionID]Name, error)
	// Insert adds a dependency; Conflict dependency_exists if there is one already.
	Insert(d Dependency) error
	// Delete takes it away; the history keeps it.
	Delete(id domain.DependencyID) error
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Actions      Store
	Tasks        TaskStore
	Dependencies DependencyStore
	Book         domain.ResponsibilityBook
	Terms        domain.TermBook
}
