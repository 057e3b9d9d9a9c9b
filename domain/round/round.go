package round

import (
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Kind is what a round reports for.
type Kind string

// The kinds.
const (
	Annual  Kind = "annual"  // vuosiraportti
	Interim Kind = "interim" // väliraportti
)

// Kinds lists the kinds.
var Kinds = []Kind{Annual, Interim}

// State is how far a round is.
type State string

// The states.
const (
	Open      State = "open"
	Completed State = "completed" // by both principal parties; frozen
	Cancelled State = "cancelled"
)

// Level is what is reported on.
type Level string

// The levels.
const (
	OfAction Level = "action"
	OfGoal   Level = "goal"
	OfPlan   Level = "plan"
)

// Levels lists the levels, the lowest first: what is above is written on what is
// below, so the lower one is due first.
var Levels = []Level{OfAction, OfGoal, OfPlan}

// Due is the last day of a level.
type Due struct {
	Level       Level       `json:"level"`
	WorkingDays int         `json:"workingDays"` // from this last day to that of the level above; 0 for the highest
	DueOn       domain.Date `json:"dueOn"`       // what is said on it is in time
}

// Dates are how the last days are said: the last of all, and how many working days
// before the level above each lower level is due.
type Dates struct {
	DueOn      domain.Date
	GoalDays   int // working days from the goals' last day to the plan's
	ActionDays int // from the actions' to the goals'
}

// MaxStep is the largest number of working days between two levels.
const MaxStep = 60

// Timetable is what follows from Dates.
type Timetable struct {
	Levels  []Due              // the lowest first
	Skipped []domain.ClosedDay // on which nobody works, from the first last day to the last, in their order
}

// Schedule counts the last days backwards from the last of all, in working days. A
// last day on which nobody works moves to the next working day, as a time limit does
// (Act on the Computation of Statutory Time Limits 150/1930, section 5).
func Schedule(d Dates) Timetable {
	plan, _ := domain.WorkingDay(d.DueOn)
	goal, upper := domain.AddWorkingDays(plan, -d.GoalDays)
	action, lower := domain.AddWorkingDays(goal, -d.ActionDays)
	slices.Reverse(upper)
	slices.Reverse(lower)
	return Timetable{Skipped: slices.Concat(lower, upper),
		Levels: []Due{{OfAction, d.ActionDays, action}, {OfGoal, d.GoalDays, goal}, {OfPlan, 0, plan}}}
}

// check adds what is wrong with dates that are said now. Nothing is due more than two
// years ahead.
func (d Dates) check(v *domain.Violations, now time.Time) {
	v.Require(!d.DueOn.IsZero(), "/dueOn")
	if d.DueOn.After(domain.DateOf(now.AddDate(2, 0, 0))) {
		v.Add("/dueOn", "too_far")
	}
	for _, step := range []struct {
		days    int
		pointer string
	}{{d.GoalDays, "/goalDays"}, {d.ActionDays, "/actionDays"}} {
		if step.days < 1 || step.days > MaxStep {
			v.Add(step.pointer, "step_out_of_range")
		}
	}
}

// Round is one reporting round of a plan. Everybody reads it who reads the plan.
type Round struct {
	ID            domain.RoundID `audit:"ignore"`
	Key           string         `audit:"track"` // permanent name in addresses
	PlanID        domain.PlanID  `audit:"track"`
	Kind          Kind           `audit:"track"`
	Title         domain.Text    `audit:"track"`
	PeriodFrom    domain.Date    `audit:"track"` // what is reported on; both days belong to it
	PeriodTo      domain.Date    `audit:"track"`
	OpensOn       domain.Date    `audit:"track"` // what was said from this day on counts
	Levels        []Due          `audit:"track"` // the lowest first
	State         State          `audit:"track"`
	OpenedPartyID domain.PartyID `audit:"ignore"` // the log says who acted
	OpenedPostID  domain.PostID  `audit:"ignore"` // zero: the person held no post
	EndedAt       time.Time      `audit:"ignore"` // when it was completed or cancelled; zero while open
	CancelReason  domain.Text    `audit:"track"`
	Completions   []Completion   `audit:"ignore"` // each has entries of its own
	Version       int            `audit:"ignore"`
	CreatedAt     time.Time      `audit:"ignore"`
	UpdatedAt     time.Time      `audit:"ignore"`
}

// Completion is a principal party's word that its side is complete.
type Completion struct {
	PartyID     domain.PartyID
	PostID      domain.PostID // zero: the person held no post
	PostTitle   domain.Text   // filled by storage
	Note        domain.Text   // why, though something is missing; may be empty when nothing is
	CompletedAt time.Time
}

// Edit is what is said of a round that is opened.
type Edit struct {
	Key        string
	PlanID     domain.PlanID
	Kind       Kind
	Title      domain.Text
	PeriodFrom domain.Date
	PeriodTo   domain.Date
	OpensOn    domain.Date // zero: the day of opening
	Dates
}

// Limits of text, in characters.
const (
	maxTitle = 300
	maxNote  = 2000
	maxText  = 5000
)

// reservedKeys are names of other things at the addresses where rounds stand.
var reservedKeys = []string{"new", "compare", "comparison", "preview"}

// New opens a round by a party's post, or says everything that is wrong. The first
// last day lies ahead: nobody is late when asked.
func New(id domain.RoundID, e Edit, party domain.PartyID, post domain.PostID, now time.Time) (Round, error) {
	today := domain.DateOf(now)
	if e.OpensOn.IsZero() {
		e.OpensOn = today
	}
	e.Title = e.Title.Trim()
	var v domain.Violations
	domain.CheckKey(&v, "/key", e.Key)
	if slices.Contains(reservedKeys, e.Key) {
		v.Add("/key", "taken")
	}
	v.Require(!e.PlanID.IsZero(), "/planId")
	if !slices.Contains(Kinds, e.Kind) {
		v.Add("/kind", "not_allowed")
	}
	e.Title.Check(&v, "/title", true, maxTitle)
	v.Require(!e.PeriodTo.IsZero(), "/periodTo")
	domain.CheckPeriod(&v, e.PeriodFrom, e.PeriodTo, "/periodFrom", "/periodTo")
	switch {
	case e.OpensOn.After(today):
		v.Add("/opensOn", "in_future")
	case !e.PeriodFrom.IsZero() && e.OpensOn.Before(e.PeriodFrom):
		v.Add("/opensOn", "before_start")
	}
	e.check(&v, now)
	if err := v.Err(); err != nil {
		return Round{}, err
	}
	levels := Schedule(e.Dates).Levels
	if !today.Before(levels[0].DueOn) {
		return Round{}, domain.InvalidField("/dueOn", "too_soon")
	}
	return Round{ID: id, Key: e.Key, PlanID: e.PlanID, Kind: e.Kind, Title: e.Title, PeriodFrom: e.PeriodFrom, PeriodTo: e.PeriodTo, OpensOn: e.OpensOn,
		Levels: levels, State: Open, OpenedPartyID: party, OpenedPostID: post, Version: 1, CreatedAt: now, UpdatedAt: now}, nil
}

// Due is the last day of a level.
func (r Round) Due(l Level) domain.Date {
	for _, d := range r.Levels {
		if d.Level == l {
			return d.DueOn
		}
	}
	return domain.Date{}
}

// dates are how the last days of the round were said.
func (r Round) dates() (d Dates) {
	for _, l := range r.Levels {
		switch l.Level {
		case OfAction:
			d.ActionDays = l.WorkingDays
		case OfGoal:
			d.GoalDays = l.WorkingDays
		case OfPlan:
			d.DueOn = l.DueOn
		}
	}
	return d
}

// open is nil while the round is.
func (r Round) open() error {
	if r.State == Open {
		return nil
	}
	return domain.Conflict("round_over", string(r.State), "the round is "+string(r.State))
}

// Change gives the round another title and later last days, which need a reason. No
// last day moves to an earlier one, nor to one that has passed: one party's
// coordinator never shortens the time of the other. Dates that are the same leave the
// last days as they were decided.
func (r *Round) Change(title domain.Text, d Dates, reason string, now time.Time) error {
	if err := r.open(); err != nil {
		return err
	}
	title, reason = title.Trim(), strings.TrimSpace(reason)
	var v domain.Violations
	title.Check(&v, "/title", true, maxTitle)
	d.check(&v, now)
	if len([]rune(reason)) > maxNote {
		v.Add("/reason", "too_long")
	}
	if err := v.Err(); err != nil {
		return err
	}
	levels := r.Levels
	if d != r.dates() {
		levels = Schedule(d).Levels
	}
	if !slices.Equal(levels, r.Levels) {
		v.Require(reason != "", "/reason")
	}
	for i, due := range levels {
		old := r.Levels[i].DueOn
		if due.DueOn.Before(old) {
			v.Add(pointerOf(due.Level), "only_later")
		} else if due.DueOn != old && due.DueOn.Before(domain.DateOf(now)) {
			v.Add(pointerOf(due.Level), "in_past")
		}
	}
	if err := v.Err(); err != nil {
		return err
	}
	r.Title, r.Levels, r.UpdatedAt = title, levels, now
	return nil
}

// pointerOf is the field that decides a level's last day.
func pointerOf(l Level) string {
	switch l {
	case OfAction:
		return "/actionDays"
	case OfGoal:
		return "/goalDays"
	}
	return "/dueOn"
}

// Cancel ends the round without a snapshot, or says what is wrong. What was said
// stays.
func (r *Round) Cancel(reason domain.Text, now time.Time) error {
	if err := r.open(); err != nil {
		return err
	}
	reason = reason.Trim()
	var v domain.Violations
	reason.Check(&v, "/reason", true, maxNote)
	if err := v.Err(); err != nil {
		return err
	}
	r.State, r.CancelReason, r.EndedAt, r.UpdatedAt = Cancelled, reason, now, now
	return nil
}

// Complete takes a principal party's word that its side is complete, given how the
// sides stand, and completes the round when all of parties, the principal ones, have
// said so. While something of the side can still come in time it waits; what is
// missing after the last day needs a note. The last word is not taken while the same
// is true of a side that was completed before.
func (r *Round) Complete(c Completion, sides map[domain.PartyID]Tally, parties []domain.PartyID, now time.Time) error {
	if err := r.open(); err != nil {
		return err
	}
	if r.CompletedBy(c.PartyID) {
		return domain.Conflict("side_completed", "completed", "the party has completed its side")
	}
	side := sides[c.PartyID]
	if side.Waiting > 0 {
		return domain.Conflict("side_waits", "open", "reports of the party are still to come in time")
	}
	c.Note = c.Note.Trim()
	var v domain.Violations
	c.Note.Check(&v, "/note", side.Missing > 0, maxNote)
	if err := v.Err(); err != nil {
		return err
	}
	last := !slices.ContainsFunc(parties, func(p domain.PartyID) bool { return p != c.PartyID && !r.CompletedBy(p) })
	if last {
		for _, o := range r.Completions {
			if other := sides[o.PartyID]; other.Waiting > 0 || other.Missing > 0 && o.Note.IsZero() {
				return domain.Conflict("other_side_changed", "completed", "the other side is not complete any more")
			}
		}
	}
	c.CompletedAt = now
	r.Completions, r.UpdatedAt = append(slices.Clone(r.Completions), c), now
	if last {
		r.State, r.EndedAt = Completed, now
	}
	return nil
}

// Reopen takes back a party's word while the other has not given its own.
func (r *Round) Reopen(party domain.PartyID, reason string, now time.Time) error {
	if err := r.open(); err != nil {
		return err
	}
	if !r.CompletedBy(party) {
		return domain.Conflict("side_open", "open", "the party has not completed its side")
	}
	var v domain.Violations
	v.Require(strings.TrimSpace(reason) != "", "/reason")
	if len([]rune(reason)) > maxNote {
		v.Add("/reason", "too_long")
	}
	if err := v.Err(); err != nil {
		return err
	}
	r.Completions = slices.DeleteFunc(slices.Clone(r.Completions), func(c Completion) bool { return c.PartyID == party })
	r.UpdatedAt = now
	return nil
}

// CompletedBy reports whether a party has completed its side.
func (r Round) CompletedBy(party domain.PartyID) bool {
	return slices.ContainsFunc(r.Completions, func(c Completion) bool { return c.PartyID == party })
}

// Allowed lists what the actor may do with the round.
func (r Round) Allowed(actor domain.Actor, parties []domain.PartyID) []domain.Permission {
	if r.State != Open {
		return []domain.Permission{}
	}
	out := actor.Allowed(domain.Resource{}, domain.RoundEdit, domain.RoundCancel)
	if slices.Contains(parties, actor.PartyID) {
		out = append(out, actor.Allowed(sideOf(actor.PartyID), domain.RoundComplete)...)
	}
	return out
}

// sideOf is what permissions on a party's side of a round are asked for.
func sideOf(party domain.PartyID) domain.Resource {
	return domain.Resource{Parties: []domain.PartyID{party}}
}
