package action

import (
	"time"

	"yhdyspinta/domain"
)

// Status is what people report of an action.
type Status string

// The statuses. Merged and superseded actions live on in another action.
const (
	NotStarted Status = "not_started"
	InProgress Status = "in_progress"
	Done       Status = "done"
	Paused     Status = "paused"
	Cancelled  Status = "cancelled"
	Merged     Status = "merged"
	Superseded Status = "superseded"
)

// Statuses lists the statuses in their fixed order.
var Statuses = []Status{NotStarted, InProgress, Done, Paused, Cancelled, Merged, Superseded}

// Closed reports whether nothing more is expected.
func (s Status) Closed() bool {
	return s == Done || s == Cancelled || s == Merged || s == Superseded
}

// Action is one action of the shared plan.
type Action struct {
	ID               domain.ActionID        `audit:"ignore"`
	No               int                    `audit:"track"` // the number people use; unique, never reused
	Title            domain.Text            `audit:"track"`
	Description      domain.Text            `audit:"track"`
	GoalIDs          []domain.GoalID        `audit:"track"`
	StartsOn         domain.Date            `audit:"track"` // zero: not known
	StartsPrecision  domain.Precision       `audit:"track"`
	DueOn            domain.Date            `audit:"track"` // zero: none
	DuePrecision     domain.Precision       `audit:"track"`
	Status           Status                 `audit:"track"`
	Progress         int                    `audit:"track"`  // per cent
	Result           domain.Text            `audit:"track"`  // what came of it; a done action has one
	ConfirmedOn      domain.Date            `audit:"track"`  // when somebody last said that the status is true
	Rhythm           domain.Rhythm          `audit:"track"`  // of its own, in which that is to be said again; zero: that of its plans
	ByPlans          domain.Rhythm          `audit:"ignore"` // the strictest of its plans, or what it goes by; filled by storage
	Said             []PartyStatus          `audit:"ignore"` // what parties said of their own; lists have it where StatusesDiffer only
	StatusesDiffer   bool                   `audit:"ignore"` // the parties that lead or share it do not say the same
	Responsibilities []domain.Responsible   `audit:"ignore"` // each has entries of its own
	ForumID          domain.ForumID         `audit:"track"`
	StageID          domain.StageID         `audit:"track"`
	HandoverID       domain.HandoverID      `audit:"track"` // of a service chain, that it treats; zero: none
	OutcomeID        domain.OutcomeID       `audit:"track"` // the outcome of a meeting that it came from; zero: none
	TargetGroupIDs   []domain.TargetGroupID `audit:"track"`
	DistrictIDs      []domain.DistrictID    `audit:"track"`
	TagIDs           []domain.TagID         `audit:"track"`
	References       domain.References      `audit:"track"`
	Visibility       domain.Visibility      `audit:"track"`
	VisibilityGround string                 `audit:"track"`  // why it is internal
	MadeInError      Withdrawal             `audit:"track"`  // it was made in error; zero: it stands
	ForwardedTo      []Ref                  `audit:"ignore"` // where it goes on by the joint status, as far as the reader may see it; filled by storage
	Tasks            TaskFigures            `audit:"ignore"` // each has entries of its own; filled by storage
	Risk             *Risk                  `audit:"ignore"` // the late action on which it waits on the day shown, as far as the reader may see; filled by storage
	LeadHeld         bool                   `audit:"ignore"` // somebody holds the lead post on the day shown; filled by storage
	Version          int                    `audit:"ignore"`
	CreatedAt        time.Time              `audit:"ignore"`
	UpdatedAt        time.Time              `audit:"ignore"`
}

// Edit is what can be said of an action, its status apart.
type Edit struct {
	Title            domain.Text
	Description      domain.Text
	GoalIDs          []domain.GoalID
	StartsOn         domain.Date
	StartsPrecision  domain.Precision // "" is Day
	DueOn            domain.Date
	DuePrecision     domain.Precision // "" is Day
	Rhythm           domain.Rhythm    // zero: that of the plans
	Responsibilities []domain.Responsible
	ForumID          domain.ForumID
	StageID          domain.StageID
	HandoverID       domain.HandoverID
	TargetGroupIDs   []domain.TargetGroupID
	DistrictIDs      []domain.DistrictID
	TagIDs           []domain.TagID
	References       domain.References
	Visibility       domain.Visibility
	VisibilityGround string
}

// Limits of text, in characters.
const (
	maxTitle       = 300
	maxDescription = 5000
	maxReport      = 2000
	maxReason      = 1000
)

// New makes an action that has not started, with the given number and the
// outcome it came from (zero: none), or says what is wrong with the edit.
func New(id domain.ActionID, no int, outcome domain.OutcomeID, e Edit, now time.Time) (Action, error) {
	a := Action{ID: id, No: no, OutcomeID: outcome, Status: NotStarted, ConfirmedOn: domain.DateOf(now), Version: 1, CreatedAt: now}
	return a, a.change(e, now)
}

// Change replaces what can be edited, or says everything that is wrong. A due
// date that was set changes only with a reason, and so does a rhythm of its own
// that lets the action be silent for longer than it may be now.
func (a *Action) Change(e Edit, reason string, now time.Time) error {
	if a.moves(e) && reason == "" {
		return domain.InvalidField("/reason", "due_date_needs_reason")
	}
	if e.Rhythm.Limit > a.Freshness().Limit && reason == "" {
		return domain.InvalidField("/reason", "rhythm_needs_reason")
	}
	if len([]rune(reason)) > maxReason {
		return domain.InvalidField("/reason", "too_long")
	}
	return a.change(e, now)
}

// moves tells whether an edit moves a due date that was set.
func (a Action) moves(e Edit) bool {
	return !a.DueOn.IsZero() && (firstOf(e.DueOn, orDay(e.DuePrecision)) != firstOf(a.DueOn, a.DuePrecision) || orDay(e.DuePrecision) != a.DuePrecision)
}

func (a *Action) change(e Edit, now time.Time) error {
	e.Title, e.Description = e.Title.Trim(), e.Description.Trim()
	e.StartsPrecision, e.DuePrecision = orDay(e.StartsPrecision), orDay(e.DuePrecision)
	e.StartsOn, e.DueOn = firstOf(e.StartsOn, e.StartsPrecision), firstOf(e.DueOn, e.DuePrecision)
	var v domain.Violations
	e.Title.Check(&v, "/title", true, maxTitle)
	e.Description.Check(&v, "/description", false, maxDescription)
	if !e.StartsOn.IsZero() && !e.DueOn.IsZero() && e.DuePrecision.Last(e.DueOn).Before(e.StartsOn) {
		v.Add("/dueOn", "due_before_start")
	}
	domain.CheckResponsibles(&v, e.Responsibilities)
	leads := 0
	for _, r := range e.Responsibilities {
		if r.Part == domain.Lead {
			leads++
		}
	}
	if leads > 1 {
		v.Add("/responsibilities", "one_lead")
	}
	e.Rhythm.Check(&v, "/ownFreshness")
	domain.CheckVisibility(&v, e.Visibility, e.VisibilityGround)
	e.References.Check(&v)
	if err := v.Err(); err != nil {
		return err
	}
	a.Title, a.Description, a.GoalIDs = e.Title, e.Description, e.GoalIDs
	a.StartsOn, a.StartsPrecision, a.DueOn, a.DuePrecision = e.StartsOn, e.StartsPrecision, e.DueOn, e.DuePrecision
	a.Rhythm = e.Rhythm
	a.Responsibilities, a.ForumID, a.StageID, a.HandoverID = e.Responsibilities, e.ForumID, e.StageID, e.HandoverID
	a.TargetGroupIDs, a.DistrictIDs, a.TagIDs, a.References = e.TargetGroupIDs, e.DistrictIDs, e.TagIDs, e.References
	a.Visibility, a.VisibilityGround = e.Visibility, e.VisibilityGround
	a.UpdatedAt = now
	return nil
}

func orDay(p domain.Precision) domain.Precision {
	if p == "" {
		return domain.Day
	}
	return p
}

// firstOf is the day by which a period is written, so that the same period is the
// same date: its first. Zero stays zero.
func firstOf(d domain.Date, p domain.Precision) domain.Date {
	if d.IsZero() {
		return d
	}
	return p.First(d)
}

// DueLast is the last calendar date on which the action is not late: the end of
// the due period. Zero without a due date.
func (a Action) DueLast() domain.Date {
	if a.DueOn.IsZero() {
		return domain.Date{}
	}
	return a.DuePrecision.Last(a.DueOn)
}

// Lead returns the post that leads, and whether one does.
func (a Action) Lead() (domain.Responsible, bool) { return domain.LeadOf(a.Responsibilities) }

// termsSince is what the action names of the vocabularies, beside what it named
// before.
func (a Action) termsSince(old Action) []domain.TermUse {
	return []domain.TermUse{
		domain.UseOf(domain.SubjectTargetGroup, "/targetGroupIds", old.TargetGroupIDs, a.TargetGroupIDs),
		domain.UseOf(domain.SubjectDistrict, "/districtIds", old.DistrictIDs, a.DistrictIDs),
		domain.UseOf(domain.SubjectTag, "/tagIds", old.TagIDs, a.TagIDs),
	}
}

// Resource is what permissions on the action are asked for. What nobody leads
// concerns every party, so that some coordinator can give it a lead.
func (a Action) Resource() domain.Resource {
	r := domain.ResourceOf(a.Responsibilities)
	r.ForumID = a.ForumID
	if _, ok := a.Lead(); !ok {
		r.EveryParty = true
	}
	return r
}
