package plan

import (
	"errors"
	"slices"

	"yhdyspinta/domain"
)

// Revision is one time that the councils adopted the plan: number 1 is its first
// adoption, the others its yearly revisions (tarkistus, revidering).
type Revision struct {
	No          int                    // that people use; permanent within the plan
	Year        int                    // that it was made for
	AdoptedOn   domain.Date            // the day of the last decision that it needed
	Description domain.Text            // what changed and why; may be empty
	Cases       []domain.CaseReference // the decisions, in each party's own registry
}

// Revisions are those of one plan, by number.
type Revisions []Revision

// AuditValue lists the revisions without the ids of their rows.
func (rs Revisions) AuditValue() any {
	type row struct {
		No          int         `json:"no"`
		Year        int         `json:"year"`
		AdoptedOn   domain.Date `json:"adoptedOn"`
		Description domain.Text `json:"description"`
		Cases       any         `json:"cases"`
	}
	var out []any
	for _, r := range rs {
		out = append(out, row{r.No, r.Year, r.AdoptedOn, r.Description, domain.References{Cases: r.Cases}.AuditValue()})
	}
	return out
}

// Limits of the revisions.
const (
	maxRevisions   = 40
	maxRevisionNo  = 999
	maxDescription = 1000
	firstYear      = 1900
	lastYear       = 2200
)

// check adds all that is wrong with the revisions: numbers stand once each and in
// the order of adoption, which has happened.
func (rs Revisions) check(v *domain.Violations, today domain.Date) {
	if len(rs) > maxRevisions {
		v.Add("/revisions", "too_many")
	}
	for i := range rs {
		r, at := &rs[i], domain.Pointer("/revisions", i)
		r.Description = r.Description.Trim()
		before := slices.IndexFunc(rs[:i], func(o Revision) bool { return o.No == r.No })
		switch {
		case r.No < 1 || r.No > maxRevisionNo:
			v.Add(at+"/no", "not_allowed")
		case before >= 0:
			v.Add(at+"/no", "duplicate")
		}
		if r.Year < firstYear || r.Year > lastYear {
			v.Add(at+"/year", "not_allowed")
		}
		v.Require(!r.AdoptedOn.IsZero(), at+"/adoptedOn")
		if r.AdoptedOn.After(today) {
			v.Add(at+"/adoptedOn", "in_future")
		}
		if slices.ContainsFunc(rs, func(o Revision) bool {
			return o.No < r.No && !r.AdoptedOn.IsZero() && o.AdoptedOn.After(r.AdoptedOn)
		}) {
			v.Add(at+"/adoptedOn", "adopted_before_previous")
		}
		r.Description.Check(v, at+"/description", false, maxDescription)
		var cases domain.Violations
		domain.References{Cases: r.Cases}.Check(&cases)
		if e, ok := errors.AsType[*domain.Error](cases.Err()); ok {
			for _, f := range e.Fields {
				v.Add(at+f.Pointer, f.Code)
			}
		}
	}
}

// sorted are the revisions by number.
func (rs Revisions) sorted() Revisions {
	out := slices.Clone(rs)
	slices.SortFunc(out, func(a, b Revision) int { return a.No - b.No })
	return out
}

// adoptedBy reports whether there was a first adoption by day.
func (rs Revisions) adoptedBy(day domain.Date) bool {
	return slices.ContainsFunc(rs, func(r Revision) bool { return !r.AdoptedOn.After(day) })
}

// State is where a plan is on its way. It follows from its dates, its adoption and
// the plan after it; nobody sets it.
type State string

// The states of a plan.
const (
	Preparation State = "preparation" // no adoption is recorded
	Adopted     State = "adopted"     // begins later
	InForce     State = "in_force"
	Superseded  State = "superseded" // the plan after it is adopted and has begun
	Ended       State = "ended"      // its last day is past, and no other has taken its place
)

// Link names a plan before or after another.
type Link struct {
	ID          domain.PlanID
	Key         string
	Title       domain.Text
	CouncilTerm string
	StartsOn    domain.Date
	EndsOn      domain.Date
	AdoptedOn   domain.Date // first; zero if never
}

// begun reports whether the plan has taken the place of the one before it.
func (l *Link) begun(day domain.Date) bool {
	return l != nil && !l.AdoptedOn.IsZero() && !l.AdoptedOn.After(day) && !l.StartsOn.After(day)
}

// StateOn is the plan's state on a day, by what is known of it and of the plan
// after it.
func (p Plan) StateOn(day domain.Date) State {
	switch {
	case p.Successor.begun(day):
		return Superseded
	case p.EndsOn.Before(day):
		return Ended
	case !p.Revisions.adoptedBy(day):
		return Preparation
	case p.StartsOn.After(day):
		return Adopted
	default:
		return InForce
	}
}

// NeedsWord reports whether what e says of the plan decides something for both
// parties, so that the other has to agree: which plan is in force, by the term, the
// plan before it, the adoptions and the visibility of a public plan and by the
// publication of one that is adopted or takes another's place, and how often a public
// plan asks for the status of both parties' actions. The zero Plan is one that is made.
func (p Plan) NeedsWord(e Edit) bool {
	if p.Visibility != domain.Public {
		return e.Visibility == domain.Public && (len(e.Revisions) > 0 || !e.SupersedesID.IsZero())
	}
	next := p
	next.StartsOn, next.EndsOn, next.SupersedesID, next.Visibility, next.Revisions = e.StartsOn, e.EndsOn, e.SupersedesID, e.Visibility, e.Revisions
	next.Rhythm = e.Rhythm.Or(domain.MonthlyRhythm)
	return len(domain.Diff(p, next)) > 0
}

// CheckChain refuses a place of p in the chain of plans that is none: before is the
// plan that it supersedes with all those before that, after another plan that
// supersedes the same one, and next the plan that supersedes p, as far as they are.
func (p Plan) CheckChain(before []Link, after, next *Link) error {
	var v domain.Violations
	switch {
	case slices.ContainsFunc(before, func(l Link) bool { return l.ID == p.ID }):
		v.Add("/supersedesId", "circle")
	case after != nil:
		v.Add("/supersedesId", "has_successor")
	case len(before) > 0 && !before[0].StartsOn.Before(p.StartsOn):
		v.Add("/supersedesId", "begins_later")
	}
	if next != nil && !p.StartsOn.Before(next.StartsOn) {
		v.Add("/startsOn", "after_successor")
	}
	return v.Err()
}
