package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/plan"
)

// planNow is a plan with the body that leaves it as it is.
func planNow(e *apitest.Env, key string) (api.Plan, apitest.JSON) {
	e.T.Helper()
	p := apitest.As[api.Plan](e.As("espoo coordinator").Get("/plans/" + key).Want(200))
	in := apitest.JSON{"title": p.Title, "councilTerm": p.CouncilTerm, "startsOn": p.StartsOn, "endsOn": p.EndsOn, "events": p.Events,
		"revisions": p.Revisions, "legalBasisIds": p.LegalBasisIDs, "cases": p.Cases, "visibility": p.Visibility, "visibilityGround": p.VisibilityGround}
	if p.SupersedesID != nil {
		in["supersedesId"] = *p.SupersedesID
	}
	return p, in
}

func planDraft(p api.Plan, content apitest.JSON) apitest.JSON {
	return apitest.JSON{"subjectKind": "plan", "subjectId": p.ID, "baseVersion": p.Version, "content": content}
}

// publish makes a plan what content says: Espoo drafts, LUVN agrees, Espoo publishes.
func publish(e *apitest.Env, p api.Plan, content apitest.JSON) {
	e.T.Helper()
	d := apitest.As[api.Draft](e.As("espoo coordinator").Post("/drafts", planDraft(p, content)).Want(201))
	about(e.As("luvn coordinator"), d, "comments", apitest.JSON{"kind": "agreed"}).Want(200)
	about(e.As("espoo coordinator"), d, "publication", nil).Want(200)
}

func adoption(f *apitest.Fixture, no int, on string) apitest.JSON {
	return apitest.JSON{"no": no, "year": 2025, "adoptedOn": on, "description": apitest.JSON{"fi": "Hyväksytty"},
		"cases": []apitest.JSON{{"partyId": f.Party["espoo"], "registryNo": "DEMO 7/00.01.02/2025", "urlFi": "", "urlSv": ""}}}
}

// Topology: the public plan of the fixture, without an adoption. A change of it is
// a draft; what decides whether it is in force waits for the other party's word,
// and each tells what it was then and now.
func TestPublicPlanChangesByDraft(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	p, in := planNow(e, "plan")
	if p.State != plan.Preparation || len(p.Revisions) != 0 {
		t.Errorf("without an adoption: %s, %+v", p.State, p.Revisions)
	}
	e.As("espoo coordinator").Put("/plans/"+p.ID.String(), etag(1), in).WantProblem(409, "draft_required")
	for _, name := range everybodyButCoordinators {
		e.As(name).Post("/drafts", planDraft(p, with(in, "councilTerm", "x"))).WantProblem(403, "forbidden")
	}
	day := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)

	title := apitest.As[api.Draft](e.As("espoo coordinator").Post("/drafts", planDraft(p, with(in, "title", apitest.JSON{"fi": "Uusi nimi", "sv": "Plan", "en": "Plan"}))).Want(201))
	if title.Subject.Key != "plan" || title.Subject.Title.FI != "Suunnitelma" || len(title.Missing) != 0 || len(title.Differences) != 1 || title.Differences[0].Field != "title" {
		t.Errorf("a draft of the title: %+v", title)
	}
	if got := apitest.As[api.List[api.DraftSummary]](e.As("luvn coordinator").Get("/drafts?awaiting=me&subjectKind=plan").Want(200)).Items; len(got) != 1 {
		t.Errorf("LUVN is asked about %+v", got)
	}
	about(e.As("espoo coordinator"), title, "publication", nil).Want(200)

	p, in = planNow(e, "plan")
	in["revisions"] = []apitest.JSON{adoption(f, 1, "2025-05-20")}
	d := apitest.As[api.Draft](e.As("espoo coordinator").Post("/drafts", planDraft(p, in)).Want(201))
	if !slices.Equal(d.Missing, []domain.PartyID{f.Party["luvn"]}) || len(d.Differences) != 1 || d.Differences[0].List != "revisions" || d.Differences[0].Place != 1 {
		t.Errorf("a draft of the adoption: missing %v, %+v", d.Missing, d.Differences)
	}
	about(e.As("espoo coordinator"), d, "publication", nil).WantProblem(409, "word_missing")
	about(e.As("luvn coordinator"), d, "comments", apitest.JSON{"kind": "agreed"}).Want(200)
	about(e.As("espoo coordinator"), d, "publication", nil).Want(200)

	got := apitest.As[api.Plan](e.As("").Get("/plans/plan").Want(200))
	if got.State != plan.InForce || got.Title.FI != "Uusi nimi" || len(got.Revisions) != 1 || got.Revisions[0].AdoptedOn.String() != "2025-05-20" ||
		len(got.Revisions[0].Cases) != 1 || got.Revisions[0].Cases[0].RegistryNo != "DEMO 7/00.01.02/2025" {
		t.Errorf("the public reads %+v", got)
	}
	if past := apitest.As[api.Plan](e.As("").Get("/plans/plan?asOf=" + day.String()).Want(200)); past.State != plan.Preparation || past.Title.FI != "Suunnitelma" || len(past.Revisions) != 0 {
		t.Errorf("the day before: %+v", past)
	}
	if entry := lastEntry(e, "plan"); entry.permission != "plan.edit" || !strings.Contains(entry.changes, `"revisions"`) || !strings.Contains(entry.changes, "DEMO 7") {
		t.Errorf("entry %+v", entry)
	}

	// A revision changes in place, and goes with its cases.
	p, in = planNow(e, "plan")
	in["revisions"] = []apitest.JSON{with(with(adoption(f, 1, "2025-05-21"), "cases", []apitest.JSON{}), "description", apitest.JSON{"fi": "Korjattu"}), adoption(f, 2, "2026-05-25")}
	publish(e, p, in)
	p, in = planNow(e, "plan")
	if r := p.Revisions; len(r) != 2 || r[0].Description.FI != "Korjattu" || len(r[0].Cases) != 0 || len(r[1].Cases) != 1 {
		t.Errorf("revisions %+v", r)
	}
	in["revisions"] = p.Revisions[:1]
	publish(e, p, in)
	var cases int
	e.Row("select count(*) from case_reference where subject_kind = 'plan_revision'", &cases)
	if p, _ = planNow(e, "plan"); len(p.Revisions) != 1 || cases != 0 {
		t.Errorf("%d revisions and %d cases are left", len(p.Revisions), cases)
	}
	in["revisions"] = []apitest.JSON{adoption(f, 1, domain.DateOf(e.Now()).AddDays(1).String())}
	if q := e.As("espoo coordinator").Post("/drafts", planDraft(p, in)).WantProblem(422, "validation_failed"); !slices.Contains(q.Errors, domain.FieldError{Pointer: "/content/revisions/0/adoptedOn", Code: "in_future"}) {
		t.Errorf("an adoption to come: %v", q.Errors)
	}
}

// Topology: the public plan of the fixture, in force, and an internal one that is
// to take its place in a week. The public learns nothing of the latter; it is
// published by a draft to which LUVN agrees, and takes the place on its first day.
func TestPlanTakesThePlaceOfAnother(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	p, in := planNow(e, "plan")
	in["revisions"] = []apitest.JSON{adoption(f, 1, "2025-05-20")}
	publish(e, p, in)
	begins, c := domain.DateOf(e.Now()).AddDays(7), e.As("espoo coordinator")
	next := planInput("next", "internal")
	next["startsOn"], next["supersedesId"] = begins, p.ID
	if q := c.Post("/plans", without(with(next, "visibility", "public"), "visibilityGround")).WantProblem(422, "validation_failed"); !slices.Equal(q.Errors, []domain.FieldError{{Pointer: "/visibility", Code: "publish_by_draft"}}) {
		t.Errorf("public at once: %v", q.Errors)
	}
	made := apitest.As[api.Plan](c.Post("/plans", next).Want(201))
	if made.State != plan.Preparation || made.Predecessor == nil || made.Predecessor.Key != "plan" || *made.SupersedesID != p.ID {
		t.Errorf("made %+v", made)
	}
	// An internal plan of one party stands in nobody's overview before a public one.
	own, yesterday := planInput("own", "internal"), domain.DateOf(e.Now()).AddDays(-1)
	own["startsOn"], own["revisions"] = yesterday, []apitest.JSON{adoption(f, 1, yesterday.String())}
	e.As("luvn coordinator").Post("/plans", own).Want(201)
	if o := overviewOf(e, "luvn reader", ""); o.Plan.ID != p.ID {
		t.Errorf("the staff's overview is of %+v", o.Plan)
	}
	before := func(who, key string) *api.PlanLink {
		return apitest.As[api.Plan](e.As(who).Get("/plans/" + key).Want(200)).Successor
	}
	if staff, public := before("luvn reader", "plan"), before("", "plan"); staff == nil || staff.Key != "next" || public != nil {
		t.Errorf("the plan after it: staff see %+v, the public %+v", staff, public)
	}

	for name, tt := range map[string]struct {
		key           string
		change        func(apitest.JSON)
		pointer, code string
	}{
		"itself":         {"next", func(in apitest.JSON) { in["supersedesId"] = made.ID }, "/supersedesId", "not_allowed"},
		"a second one":   {"", func(in apitest.JSON) { in["key"], in["supersedesId"] = "third", p.ID }, "/supersedesId", "has_successor"},
		"begins earlier": {"next", func(in apitest.JSON) { in["startsOn"] = "2025-06-01" }, "/supersedesId", "begins_later"},
		"unknown":        {"next", func(in apitest.JSON) { in["supersedesId"] = domain.UUIDv7() }, "/supersedesId", "unknown"},
		"a circle":       {"plan", func(in apitest.JSON) { in["supersedesId"] = made.ID }, "/content/supersedesId", "circle"},
		"begins after":   {"plan", func(in apitest.JSON) { in["startsOn"] = begins }, "/content/startsOn", "after_successor"},
	} {
		var q api.Problem
		switch tt.key {
		case "":
			in := planInput("third", "internal")
			tt.change(in)
			q = c.Post("/plans", in).WantProblem(422, "validation_failed")
		case "next":
			_, in := planNow(e, "next")
			tt.change(in)
			q = c.Put("/plans/"+made.ID.String(), etag(1), in).WantProblem(422, "validation_failed")
		default:
			now, in := planNow(e, "plan")
			tt.change(in)
			q = c.Post("/drafts", planDraft(now, in)).WantProblem(422, "validation_failed")
		}
		if !slices.Contains(q.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
			t.Errorf("%s: %v, want %s %s", name, q.Errors, tt.pointer, tt.code)
		}
	}

	made, in = planNow(e, "next")
	in["visibility"], in["revisions"] = "public", []apitest.JSON{adoption(f, 1, domain.DateOf(e.Now()).String())}
	delete(in, "visibilityGround")
	c.Put("/plans/"+made.ID.String(), etag(made.Version), in).WantProblem(409, "draft_required")
	d := apitest.As[api.Draft](c.Post("/drafts", planDraft(made, in)).Want(201))
	about(c, d, "publication", nil).WantProblem(409, "word_missing")
	about(e.As("luvn coordinator"), d, "comments", apitest.JSON{"kind": "agreed"}).Want(200)
	about(c, d, "publication", nil).Want(200)
	states := func(want ...plan.State) {
		t.Helper()
		var got []plan.State
		for _, p := range apitest.As[api.List[api.Plan]](e.As("").Get("/plans").Want(200)).Items {
			got = append(got, p.State)
		}
		if !slices.Equal(got, want) {
			t.Errorf("the newest first: %v, want %v", got, want)
		}
	}
	states(plan.Adopted, plan.InForce)
	if o := overviewOf(e, "", ""); o.Plan.ID != p.ID {
		t.Errorf("the overview is of %+v", o.Plan)
	}
	e.Advance(7 * 24 * time.Hour)
	states(plan.InForce, plan.Superseded)
	if o := overviewOf(e, "", ""); o.Plan.ID != made.ID {
		t.Errorf("the overview is of %+v", o.Plan)
	}
	if o := overviewOf(e, "", "?asOf="+begins.AddDays(-1).String()); o.Plan.ID != p.ID {
		t.Errorf("the overview of the day before is of %+v", o.Plan)
	}
	if link := before("", "plan"); link == nil || link.Key != "next" {
		t.Errorf("the public reads %+v of the plan after it", link)
	}
}

// Topology: a plan that was adopted, and one that has begun and that nobody has
// adopted: the overview is of the former until the latter is.
func TestOverviewIsOfWhatWasAdopted(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	p, in := planNow(e, "plan")
	in["revisions"] = []apitest.JSON{adoption(f, 1, "2025-05-20")}
	publish(e, p, in)
	late := planInput("late", "public")
	late["startsOn"] = domain.DateOf(e.Now()).AddDays(-3)
	e.As("luvn coordinator").Post("/plans", late).Want(201)
	if o := overviewOf(e, "", ""); o.Plan.ID != p.ID {
		t.Errorf("the overview is of %+v", o.Plan)
	}
	second, in := planNow(e, "late")
	in["revisions"] = []apitest.JSON{adoption(f, 1, domain.DateOf(e.Now()).String())}
	publish(e, second, in)
	if o := overviewOf(e, "", ""); o.Plan.ID != second.ID {
		t.Errorf("the overview is of %+v", o.Plan)
	}
}

// Topology: two plans with a public goal each, and an internal goal of the first;
// actions 1 for the first plan's goal, 2 for both plans', 3 for the internal goal
// only, 4 for none.
func TestActionsAndOverviewOfAPlan(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	other := apitest.As[api.Plan](c.Post("/plans", planInput("other", "public")).Want(201))
	goals := make([]api.Goal, 3)
	for i, visibility := range []string{"public", "internal", "public"} {
		in := goalInput(f, "Tavoite", visibility)
		if i == 2 {
			in["planId"] = other.ID
		}
		goals[i] = apitest.As[api.Goal](c.Post("/goals", in).Want(201))
	}
	for _, of := range [][]domain.GoalID{{goals[0].ID}, {goals[0].ID, goals[2].ID}, {goals[1].ID}, nil} {
		createAction(e, "espoo coordinator", with(actionInput(f, "Toimenpide", "esp_education_head", "2027-01-31"), "goalIds", of))
	}
	numbers := func(who, query string) []int {
		out := []int{}
		for _, a := range apitest.As[api.List[api.ActionSummary]](e.As(who).Get("/actions?sort=no&" + query).Want(200)).Items {
			out = append(out, a.No)
		}
		return out
	}
	first, second := "planId="+f.Plan.String(), "planId="+other.ID.String()
	for _, tt := range []struct {
		who, query string
		want       []int
	}{{"espoo reader", first, []int{1, 2, 3}}, {"", first, []int{1, 2}}, {"espoo reader", second, []int{2}}, {"", second, []int{2}},
		{"espoo reader", first + "&" + second, []int{1, 2, 3}}, {"espoo reader", "planId=none", []int{4}}, {"", "planId=none", []int{3, 4}}} {
		if got := numbers(tt.who, tt.query); !slices.Equal(got, tt.want) {
			t.Errorf("%q sees %v by %s, want %v", tt.who, got, tt.query, tt.want)
		}
	}
	for _, who := range []string{"", "luvn reader"} {
		for _, query := range []string{first, second} {
			o := overviewOf(e, who, "?"+query)
			if "planId="+o.Plan.ID.String() != query || o.Counts.Goals != counted(e, who, "/goals?"+query) || o.Counts.Actions != counted(e, who, "/actions?"+query) {
				t.Errorf("%q: the overview by %s is of %+v with %+v", who, query, o.Plan, o.Counts)
			}
		}
	}
	if o := overviewOf(e, "", "?planId="+domain.UUIDv7().String()); o.Plan != nil || o.Counts.Goals != 0 || o.Counts.Actions != 0 {
		t.Errorf("of no plan: %+v", o)
	}
}
