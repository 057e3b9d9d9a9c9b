package plan

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Plan is a wellbeing plan of one council term.
type Plan struct {
	ID               domain.PlanID     `audit:"ignore"`
	Key              string            `audit:"track"` // permanent name in addresses and data files
	Title            domain.Text       `audit:"track"`
	CouncilTerm      string            `audit:"track"` // as people write it: 2025–2029
	StartsOn         domain.Date       `audit:"track"`
	EndsOn           domain.Date       `audit:"track"`
	SupersedesID     domain.PlanID     `audit:"track"`  // the plan before it; zero if none
	Predecessor      *Link             `audit:"ignore"` // of SupersedesID, if the reader may see it; filled by storage
	Successor        *Link             `audit:"ignore"` // the plan that supersedes this one, likewise
	Revisions        Revisions         `audit:"track"`  // its adoption and its revisions, by number
	References       domain.References `audit:"track"`
	State            State             `audit:"ignore"` // on the day shown; filled by storage
	Events           []Event           `audit:"track"`  // the annual cycle, by month
	Rhythm           domain.Rhythm     `audit:"track"`  // in which the status of its actions is to be confirmed
	Visibility       domain.Visibility `audit:"track"`
	VisibilityGround string            `audit:"track"` // why it is internal
	Version          int               `audit:"ignore"`
	CreatedAt        time.Time         `audit:"ignore"`
	UpdatedAt        time.Time         `audit:"ignore"`
}

// Event is what happens every year in a month of the annual cycle (vuosikello).
type Event struct {
	Key   string      `json:"key"` // permanent within the plan
	Month int         `json:"month"`
	Title domain.Text `json:"title"`
}

// Edit is what a coordinator can say of a plan. The key is given at creation
// and stays.
type Edit struct {
	Key              string
	Title            domain.Text
	CouncilTerm      string
	StartsOn         domain.Date
	EndsOn           domain.Date
	SupersedesID     domain.PlanID
	Revisions        Revisions
	References       domain.References
	Events           []Event
	Rhythm           domain.Rhythm // zero: MonthlyRhythm
	Visibility       domain.Visibility
	VisibilityGround string
}

// Limits of text, in characters, and of the annual cycle.
const (
	maxTitle       = 300
	maxCouncilTerm = 40
	maxEvents      = 60
)

// New makes a plan, or says what is wrong with the edit.
func New(id domain.PlanID, e Edit, now time.Time) (Plan, error) {
	var v domain.Violations
	domain.CheckKey(&v, "/key", e.Key)
	p := Plan{ID: id, Key: e.Key, Version: 1, CreatedAt: now}
	if err := p.change(v, e, now); err != nil {
		return Plan{}, err
	}
	return p, nil
}

// Change replaces what can be edited, or says everything that is wrong.
func (p *Plan) Change(e Edit, now time.Time) error { return p.change(domain.Violations{}, e, now) }

func (p *Plan) change(v domain.Violations, e Edit, now time.Time) error {
	e.Title = e.Title.Trim()
	e.Title.Check(&v, "/title", true, maxTitle)
	v.Require(e.CouncilTerm != "", "/councilTerm")
	if len([]rune(e.CouncilTerm)) > maxCouncilTerm {
		v.Add("/councilTerm", "too_long")
	}
	v.Require(!e.StartsOn.IsZero(), "/startsOn")
	v.Require(!e.EndsOn.IsZero(), "/endsOn")
	if e.EndsOn.Before(e.StartsOn) {
		v.Add("/endsOn", "before_start")
	}
	if e.SupersedesID == p.ID && !p.ID.IsZero() {
		v.Add("/supersedesId", "not_allowed")
	}
	e.Revisions = slices.Clone(e.Revisions)
	e.Revisions.check(&v, domain.DateOf(now))
	e.References.Check(&v)
	e.Rhythm.Check(&v, "/freshness")
	domain.CheckVisibility(&v, e.Visibility, e.VisibilityGround)
	if len(e.Events) > maxEvents {
		v.Add("/events", "too_many")
	}
	seen := map[string]bool{}
	for i := range e.Events {
		ev, at := &e.Events[i], domain.Pointer("/events", i)
		ev.Title = ev.Title.Trim()
		domain.CheckKey(&v, at+"/key", ev.Key)
		if seen[ev.Key] {
			v.Add(at+"/key", "duplicate")
		}
		seen[ev.Key] = true
		if ev.Month < 1 || ev.Month > 12 {
			v.Add(at+"/month", "not_allowed")
		}
		ev.Title.Check(&v, at+"/title", true, maxTitle)
	}
	if err := v.Err(); err != nil {
		return err
	}
	p.Title, p.CouncilTerm, p.StartsOn, p.EndsOn = e.Title, e.CouncilTerm, e.StartsOn, e.EndsOn
	p.SupersedesID, p.Events = e.SupersedesID, e.Events
	p.Revisions, p.References = e.Revisions.sorted(), e.References
	p.Rhythm = e.Rhythm.Or(domain.MonthlyRhythm)
	p.Visibility, p.VisibilityGround = e.Visibility, e.VisibilityGround
	p.UpdatedAt = now
	return nil
}
