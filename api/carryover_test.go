package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/carryover"
)

// Topology: the fixture's plan with goals 1 and 2 shared and in force, 3 of Espoo
// under 1, 4 internal; action 1 for 1. The next plan supersedes it. Espoo carries 1
// and drops 2, to which LUVN agrees; 3 waits for 1 and is Espoo's own; 4 stays.
func TestAPlanGoesOnInTheNext(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	one, in := publicGoal(e, f)
	publicGoal(e, f)
	answerAll(e, "luvn coordinator", "accepted")
	espoo, luvn := e.As("espoo coordinator"), e.As("luvn coordinator")
	own := apitest.As[api.Goal](espoo.Post("/goals", partyGoal(f, "Espoon oma", one)).Want(201))
	espoo.Post("/goals", goalInput(f, "Sisäinen", "internal")).Want(201)
	served := actionInput(f, "Toimi", "esp_education_head", "2027-06-30")
	served["goalIds"] = []any{one.ID}
	createAction(e, "espoo coordinator", served)

	next := apitest.JSON{"key": "next", "title": apitest.JSON{"fi": "Seuraava", "sv": "Nästa", "en": "Next"}, "councilTerm": "2029–2033", "startsOn": "2029-06-01", "endsOn": "2033-05-31",
		"visibility": "internal", "visibilityGround": "valmistelu", "supersedesId": f.Plan}
	espoo.Post("/plans", next).Want(201)
	e.As("").Get("/plans/next/carry-over").WantProblem(404, "plan_not_found")
	next["visibility"], next["visibilityGround"] = "public", ""
	e.Exec("update plan set visibility = 'public', visibility_ground = '', version = version + 1 where key = 'next'")
	if c := apitest.As[api.CarryOver](e.As("").Get("/plans/next/carry-over").Want(200)); len(c.Goals) != 3 || c.Goals[0].State != carryover.Undecided || len(c.Permissions) != 0 || c.Goals[1].No != own.No {
		t.Errorf("the public reads %+v", c)
	}
	e.Advance(24 * time.Hour)

	decide := func(c apitest.Client, items ...apitest.JSON) apitest.Response {
		return c.Post("/plans/next/carry-over", apitest.JSON{"items": items})
	}
	item := func(g api.Goal, choice string, more apitest.JSON) apitest.JSON {
		out := apitest.JSON{"goalId": g.ID, "version": g.Version, "choice": choice}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	reason := apitest.JSON{"reason": apitest.JSON{"fi": "Tehty", "sv": "Gjort"}}
	two := goalOf(e, "", "2")
	one, own = goalOf(e, "", "1"), goalOf(e, "", "3")
	decide(e.As(""), item(one, "carry", nil)).WantProblem(401, "sign_in_required")
	decide(e.As("auditor"), item(one, "carry", nil)).WantProblem(403, "forbidden")
	// All or none: the second is refused, so the first is not drafted either.
	p := decide(espoo, item(one, "carry", nil), item(two, "drop", nil)).WantProblem(422, "validation_failed")
	if p.Errors[0].Pointer != "/items/1" || p.Errors[0].Code != "required" {
		t.Errorf("dropped without a reason: %+v", p.Errors)
	}
	if p := decide(espoo, item(own, "carry", nil)).WantProblem(422, "validation_failed"); p.Errors[0].Code != "other_plan" {
		t.Errorf("before the shared goal: %+v", p.Errors)
	}
	decide(luvn, item(own, "drop", reason)).WantProblem(403, "forbidden") // Espoo's own

	c := apitest.As[api.CarryOver](decide(espoo, item(one, "carry", nil), item(two, "drop", reason)).Want(200))
	if c.Goals[0].State != carryover.Waiting || c.Goals[0].Draft.Choice != "carry" || c.Goals[2].Draft.Choice != "drop" || c.Goals[2].Draft.Reason.SV != "Gjort" {
		t.Errorf("after the first party's word: %+v", c.Goals)
	}
	for _, g := range apitest.As[api.CarryOver](e.As("").Get("/plans/next/carry-over").Want(200)).Goals {
		if g.Draft != nil || g.State == carryover.Carried {
			t.Errorf("the public reads a draft: %+v", g)
		}
	}
	agree := func(g api.CarriedGoal) apitest.JSON {
		return apitest.JSON{"goalId": g.ID, "version": g.Draft.Version, "choice": "agree"}
	}
	if c.Goals[0].Draft.More || c.Goals[2].Draft.More {
		t.Errorf("drafts that change more: %+v, %+v", c.Goals[0].Draft, c.Goals[2].Draft)
	}
	if p := decide(espoo, agree(c.Goals[0])).WantProblem(422, "validation_failed"); p.Errors[0].Code != "word_missing" {
		t.Errorf("Espoo for LUVN: %+v", p.Errors)
	}
	c = apitest.As[api.CarryOver](decide(luvn, agree(c.Goals[0]), agree(c.Goals[2])).Want(200))
	if c.Goals[0].State != carryover.Carried || c.Goals[0].On.String() != "2026-11-24" || c.Goals[2].State != carryover.Dropped || c.Before.String() != "2026-11-23" {
		t.Errorf("after both: %+v", c)
	}
	if p := decide(luvn, item(one, "drop", reason)).WantProblem(422, "validation_failed"); p.Errors[0].Code != "already_decided" {
		t.Errorf("again: %+v", p.Errors)
	}
	// Its party carries its own at once.
	if c = apitest.As[api.CarryOver](decide(espoo, item(own, "carry", nil)).Want(200)); c.Goals[1].State != carryover.Carried {
		t.Errorf("Espoo's own: %+v", c.Goals[1])
	}
	got := goalOf(e, "", "1")
	if got.PlanID == f.Plan || got.ActionCount != 1 || len(got.PartyGoals) != 1 {
		t.Errorf("the goal went on as %+v", got)
	}
	if text := string(e.As("").Get("/audit/entries?subjectKind=goal&subjectId=" + one.ID.String()).Want(200).Bytes); !strings.Contains(text, `"field":"planId"`) {
		t.Errorf("the log: %.600s", text)
	}

	// The plan before, as it was, against the next one: for both readers.
	for who, want := range map[string][]int{"": {0, 1, 0, 2}, "luvn reader": {0, 2, 0, 2}} {
		path := "/plans/next/comparison"
		query := "?before=" + f.Plan.String() + "&from=" + c.Before.String()
		r := apitest.As[api.PlanComparison](e.As(who).Get(path + query).Want(200))
		if who == "" && len(r.Missing) > 0 {
			t.Fatalf("missing %v", r.Missing)
		}
		if n := r.Goals; !slices.Equal([]int{n.Added, n.Removed, n.Changed, n.Unchanged}, want) || r.Before == nil || r.Actions.Unchanged != 1 {
			t.Errorf("%q compares %+v, %+v", who, r.Goals, r.Actions)
		}
		i := slices.IndexFunc(r.Items, func(i api.ComparisonItem) bool { return i.Subject == domain.SubjectGoal && i.No == 2 })
		if i < 0 || r.Items[i].Why == nil || r.Items[i].Why.Ending != "cancelled" || r.Items[i].Why.Reason.FI != "Tehty" {
			t.Errorf("%q reads why %+v", who, r.Items)
		}
		csv := string(e.As(who).Get(path + "/csv" + query).Want(200).Bytes)
		if !strings.Contains(csv, "Miksi päättyi;;Peruttu. Tehty") {
			t.Errorf("CSV: %s", csv)
		}
		e.As(who).Get(path + "/docx" + query).Want(200)
	}
	e.As("").Get("/plans/next/comparison?from=2026-11-23&before=nothing").WantProblem(404, "plan_not_found")
	_ = in
}
