package plan_test

import (
	"slices"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/plan"
)

func planID() (id domain.PlanID) { id.SetNew(domain.UUIDv7); return id }

func day(y, m, d int) domain.Date { return domain.NewDate(y, time.Month(m), d) }

// The state follows from the dates, the adoption and the plan after it, on every
// day at its edges.
func TestStateOfAPlan(t *testing.T) {
	t.Parallel()
	adopted := plan.Revisions{{No: 1, Year: 2025, AdoptedOn: day(2025, 5, 20)}}
	successor := func(adopted domain.Date) *plan.Link {
		return &plan.Link{StartsOn: day(2029, 6, 1), EndsOn: day(2033, 5, 31), AdoptedOn: adopted}
	}
	for name, tt := range map[string]struct {
		revisions plan.Revisions
		successor *plan.Link
		on        domain.Date
		want      plan.State
	}{
		"the day before its adoption":             {adopted, nil, day(2025, 5, 19), plan.Preparation},
		"adopted, not yet begun":                  {adopted, nil, day(2025, 5, 20), plan.Adopted},
		"the day before its first":                {adopted, nil, day(2025, 5, 31), plan.Adopted},
		"its first day":                           {adopted, nil, day(2025, 6, 1), plan.InForce},
		"its last day":                            {adopted, nil, day(2029, 5, 31), plan.InForce},
		"the day after its last":                  {adopted, nil, day(2029, 6, 1), plan.Ended},
		"begun without an adoption":               {nil, nil, day(2025, 6, 1), plan.Preparation},
		"never adopted and over":                  {nil, nil, day(2029, 6, 1), plan.Ended},
		"the plan after it is adopted, not begun": {adopted, successor(day(2029, 5, 1)), day(2029, 5, 31), plan.InForce},
		"the plan after it has begun":             {adopted, successor(day(2029, 5, 1)), day(2029, 6, 1), plan.Superseded},
		"the plan after it is not adopted":        {adopted, successor(domain.Date{}), day(2029, 6, 1), plan.Ended},
		"the plan after it is adopted late":       {adopted, successor(day(2029, 9, 1)), day(2029, 8, 31), plan.Ended},
		"the plan after it is adopted by then":    {adopted, successor(day(2029, 9, 1)), day(2029, 9, 1), plan.Superseded},
	} {
		p := plan.Plan{StartsOn: day(2025, 6, 1), EndsOn: day(2029, 5, 31), Revisions: tt.revisions, Successor: tt.successor}
		if got := p.StateOn(tt.on); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// A plan that begins earlier than the one that takes its place: every other chain
// is refused, at the field that makes it.
func TestChainOfPlans(t *testing.T) {
	t.Parallel()
	p := plan.Plan{ID: planID(), StartsOn: day(2029, 6, 1)}
	link := func(from domain.Date) plan.Link { return plan.Link{ID: planID(), StartsOn: from} }
	earlier, later, same := link(day(2025, 6, 1)), link(day(2033, 6, 1)), link(day(2029, 6, 1))
	itself := plan.Link{ID: p.ID, StartsOn: p.StartsOn}
	for name, tt := range map[string]struct {
		before        []plan.Link
		after, next   *plan.Link
		pointer, code string
	}{
		"alone":                       {},
		"after an earlier one":        {before: []plan.Link{earlier}},
		"between two":                 {before: []plan.Link{earlier}, next: &later},
		"a circle of two":             {before: []plan.Link{earlier, itself}, pointer: "/supersedesId", code: "circle"},
		"a circle of three":           {before: []plan.Link{earlier, later, itself}, pointer: "/supersedesId", code: "circle"},
		"another has taken the place": {before: []plan.Link{earlier}, after: &later, pointer: "/supersedesId", code: "has_successor"},
		"before one that begins then": {before: []plan.Link{same}, pointer: "/supersedesId", code: "begins_later"},
		"its successor begins then":   {next: &same, pointer: "/startsOn", code: "after_successor"},
	} {
		err := p.CheckChain(tt.before, tt.after, tt.next)
		if tt.code == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if got := fieldsOf(t, err); !slices.Equal(got, []domain.FieldError{{Pointer: tt.pointer, Code: tt.code}}) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// What decides which plan is in force and how often it asks needs the other party's
// word; wording and the annual cycle do not.
func TestWhatOfAPlanNeedsAWord(t *testing.T) {
	t.Parallel()
	before := planID()
	revision := plan.Revision{No: 1, Year: 2025, AdoptedOn: day(2025, 5, 20), Cases: []domain.CaseReference{{RegistryNo: "DEMO 1"}}}
	public := plan.Plan{ID: planID(), StartsOn: day(2025, 6, 1), EndsOn: day(2029, 5, 31), Revisions: plan.Revisions{revision}, Rhythm: domain.MonthlyRhythm, Visibility: domain.Public}
	internal := public
	internal.Visibility = domain.Internal
	as := func(p plan.Plan) plan.Edit {
		return plan.Edit{StartsOn: p.StartsOn, EndsOn: p.EndsOn, SupersedesID: p.SupersedesID, Revisions: slices.Clone(p.Revisions), Rhythm: p.Rhythm, Visibility: p.Visibility}
	}
	for name, tt := range map[string]struct {
		of     plan.Plan
		change func(*plan.Edit)
		want   bool
	}{
		"title, cycle and legal bases": {public, func(e *plan.Edit) {
			e.Title, e.CouncilTerm, e.Events, e.References.LegalBases = domain.Text{FI: "Uusi"}, "x", []plan.Event{{Key: "a"}}, []domain.LegalBasisID{{}}
		}, false},
		"first day":                   {public, func(e *plan.Edit) { e.StartsOn = day(2025, 7, 1) }, true},
		"last day":                    {public, func(e *plan.Edit) { e.EndsOn = day(2029, 7, 1) }, true},
		"the plan before":             {public, func(e *plan.Edit) { e.SupersedesID = before }, true},
		"a new revision":              {public, func(e *plan.Edit) { e.Revisions = append(e.Revisions, plan.Revision{No: 2}) }, true},
		"no revision":                 {public, func(e *plan.Edit) { e.Revisions = nil }, true},
		"a description of a revision": {public, func(e *plan.Edit) { e.Revisions[0].Description.FI = "x" }, true},
		"a case of a revision":        {public, func(e *plan.Edit) { e.Revisions[0].Cases = nil }, true},
		"a longer rhythm":             {public, func(e *plan.Edit) { e.Rhythm = domain.Rhythm{Target: 366, Limit: 366} }, true},
		"a longer target":             {public, func(e *plan.Edit) { e.Rhythm.Target = 60 }, true},
		"a shorter rhythm":            {public, func(e *plan.Edit) { e.Rhythm = domain.Rhythm{Target: 14, Limit: 30} }, true},
		"the rhythm left out":         {public, func(e *plan.Edit) { e.Rhythm = domain.Rhythm{} }, false},
		"the rhythm of an internal":   {internal, func(e *plan.Edit) { e.Rhythm.Limit = 90 }, false},
		"hiding":                      {public, func(e *plan.Edit) { e.Visibility = domain.Internal }, true},
		"an internal plan":            {internal, func(e *plan.Edit) { e.Revisions, e.EndsOn = nil, day(2030, 1, 1) }, false},
		"publishing what is":          {internal, func(e *plan.Edit) { e.Visibility = domain.Public }, true},
		"publishing a bare one":       {internal, func(e *plan.Edit) { e.Visibility, e.Revisions = domain.Public, nil }, false},
		"a bare public one":           {plan.Plan{}, func(e *plan.Edit) { e.Visibility = domain.Public }, false},
		"one that takes a place": {plan.Plan{}, func(e *plan.Edit) {
			e.Visibility, e.SupersedesID = domain.Public, before
		}, true},
	} {
		e := as(tt.of)
		tt.change(&e)
		if got := tt.of.NeedsWord(e); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Revisions have numbers in the order of their adoption, which has happened.
func TestRevisionsTellAllThatIsWrong(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	edit := plan.Edit{Key: "a", Title: domain.Text{FI: "A"}, CouncilTerm: "2025–2029", StartsOn: day(2025, 6, 1), EndsOn: day(2029, 5, 31), Visibility: domain.Public}
	edit.Revisions = plan.Revisions{{No: 2, Year: 2026, AdoptedOn: day(2026, 6, 1)}, {No: 1, Year: 2025, AdoptedOn: day(2025, 5, 20), Description: domain.Text{FI: " Hyväksytty "}}}
	p, err := plan.New(planID(), edit, now)
	if err != nil || p.Revisions[0].No != 1 || p.Revisions[0].Description.FI != "Hyväksytty" {
		t.Fatalf("%v, %+v", err, p.Revisions)
	}
	edit.Revisions = plan.Revisions{{No: 0, Year: 1899}, {No: 3, Year: 2026, AdoptedOn: day(2026, 11, 24)}, {No: 3, Year: 2026, AdoptedOn: day(2026, 11, 23)},
		{No: 4, Year: 2026, AdoptedOn: day(2026, 11, 22), Cases: []domain.CaseReference{{}}}}
	want := []domain.FieldError{{Pointer: "/revisions/0/no", Code: "not_allowed"}, {Pointer: "/revisions/0/year", Code: "not_allowed"}, {Pointer: "/revisions/0/adoptedOn", Code: "required"},
		{Pointer: "/revisions/1/adoptedOn", Code: "in_future"}, {Pointer: "/revisions/2/no", Code: "duplicate"}, {Pointer: "/revisions/3/adoptedOn", Code: "adopted_before_previous"},
		{Pointer: "/revisions/3/cases", Code: "required"}, {Pointer: "/revisions/3/cases", Code: "required"}}
	if _, err = plan.New(planID(), edit, now); !slices.Equal(fieldsOf(t, err), want) {
		t.Errorf("got  %v\nwant %v", fieldsOf(t, err), want)
	}
}
