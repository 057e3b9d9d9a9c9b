package api_test

import (
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// Topology: public goal 1 of the fixture's plan, and a next plan that only insiders
// see. The goal is not carried into it, neither here nor by a draft, and the list says
// so before; it may end, merged into goal 2 as on its own page.
func TestAPublicGoalStaysOutOfAnInternalPlan(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	publicGoal(e, f)
	publicGoal(e, f)
	answerAll(e, "luvn coordinator", "accepted")
	espoo := e.As("espoo coordinator")
	espoo.Post("/plans", apitest.JSON{"key": "next", "title": apitest.JSON{"fi": "Seuraava", "sv": "Nästa", "en": "Next"}, "councilTerm": "2029–2033", "startsOn": "2029-06-01", "endsOn": "2033-05-31",
		"visibility": "internal", "visibilityGround": "valmistelu", "supersedesId": f.Plan}).Want(201)
	one, two := goalOf(e, "", "1"), goalOf(e, "", "2")
	c := apitest.As[api.CarryOver](espoo.Get("/plans/next/carry-over").Want(200))
	if len(c.Goals) != 2 || !c.Goals[0].Hidden {
		t.Errorf("before: %+v", c.Goals)
	}
	item := apitest.JSON{"goalId": one.ID, "version": one.Version, "choice": "carry"}
	if p := espoo.Post("/plans/next/carry-over", apitest.JSON{"items": []any{item}}).WantProblem(422, "validation_failed"); p.Errors[0].Code != "plan_internal" || p.Errors[0].Pointer != "/items/0" {
		t.Errorf("carried: %+v", p.Errors)
	}
	item["choice"], item["reason"], item["ending"], item["intoId"] = "drop", apitest.JSON{"fi": "Yhdistetty", "sv": "Sammanslaget"}, "merged", two.ID
	c = apitest.As[api.CarryOver](espoo.Post("/plans/next/carry-over", apitest.JSON{"items": []any{item}}).Want(200))
	if c.Goals[0].Draft == nil || c.Goals[0].Draft.Choice != "drop" {
		t.Errorf("merged: %+v", c.Goals[0])
	}
}
