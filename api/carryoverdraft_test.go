package api_test

import (
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/carryover"
)

// Topology: goals 1 and 2 shared and in force, in a plan that the next supersedes.
// Espoo's draft of 1 carries and rewords it, that of 2 ends it in 1: nobody agrees to
// either in a list that tells less than the draft says.
func TestAgreeingToNoMoreThanIsTold(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	_, in := publicGoal(e, f)
	publicGoal(e, f)
	answerAll(e, "luvn coordinator", "accepted")
	espoo, luvn := e.As("espoo coordinator"), e.As("luvn coordinator")
	next := apitest.As[api.Plan](espoo.Post("/plans", apitest.JSON{"key": "next", "title": apitest.JSON{"fi": "Seuraava", "sv": "Nästa"}, "councilTerm": "2029–2033", "startsOn": "2029-06-01", "endsOn": "2033-05-31",
		"visibility": "internal", "visibilityGround": "valmistelu", "supersedesId": f.Plan}).Want(201))
	e.Exec("update plan set visibility = 'public', visibility_ground = '', version = version + 1 where key = 'next'")
	e.Advance(24 * time.Hour)
	one, two := goalOf(e, "", "1"), goalOf(e, "", "2")
	espoo.Post("/drafts", goalDraft(one, with(with(in, "planId", next.ID), "title", apitest.JSON{"fi": "Toinen", "sv": "En annan"}))).Want(201)
	espoo.Post("/drafts", goalDraft(two, with(in, "ending", apitest.JSON{"kind": "superseded", "reason": apitest.JSON{"fi": "Yhdistyy", "sv": "Slås samman"}, "goalId": one.ID}))).Want(201)
	for _, g := range apitest.As[api.CarryOver](luvn.Get("/plans/next/carry-over").Want(200)).Goals {
		if g.State != carryover.Waiting || g.Draft == nil || !g.Draft.More {
			t.Fatalf("goal %d: %+v", g.No, g.Draft)
		}
		item := apitest.JSON{"goalId": g.ID, "version": g.Draft.Version, "choice": "agree"}
		p := luvn.Post("/plans/next/carry-over", apitest.JSON{"items": []apitest.JSON{item}}).WantProblem(422, "validation_failed")
		if p.Errors[0].Code != "draft_open" {
			t.Errorf("goal %d is agreed to unread: %+v", g.No, p.Errors)
		}
	}
}

// Topology: goals 1 and 2 shared and public, 2 with no part in it. Neither party makes 2
// its own without the other's word.
func TestASharedGoalIsNotTakenAlone(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	above, _ := publicGoal(e, f)
	taken := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", with(goalInput(f, "Toinen", "public"), "responsibilities", []apitest.JSON{})).Want(201))
	e.Advance(24 * time.Hour)
	espoo, luvn := e.As("espoo coordinator"), e.As("luvn coordinator")
	d := apitest.As[api.Draft](espoo.Post("/drafts", goalDraft(goalOf(e, "", "2"), with(partyGoal(f, "Otettu", above), "responsibilities", []apitest.JSON{}))).Want(201))
	if len(d.Missing) == 0 {
		t.Errorf("without a word of %v", d.Missing)
	}
	about(espoo, d, "publication", nil).WantProblem(409, "word_missing")
	if g := goalOf(e, "", "2"); g.PartyID != nil || g.ID != taken.ID {
		t.Errorf("taken: %+v", g)
	}
	about(luvn, d, "comments", apitest.JSON{"kind": "agreed", "text": apitest.JSON{}}).Want(200)
	about(espoo, d, "publication", nil).Want(200)
}

// Topology: goal 1 shared and internal, 2 of Espoo under it, public. The plan is compared
// on two days between which 2 came to be.
func TestComparisonNamesNoHiddenSharedGoal(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	espoo := e.As("espoo coordinator")
	hidden := apitest.As[api.Goal](espoo.Post("/goals", with(goalInput(f, "Sisäinen", "internal"), "visibilityGround", "kesken")).Want(201))
	e.Advance(24 * time.Hour)
	espoo.Post("/goals", partyGoal(f, "Espoon oma", hidden)).Want(201)
	e.Advance(24 * time.Hour)
	for who, want := range map[string]bool{"": false, "luvn reader": true} {
		r := apitest.As[api.PlanComparison](e.As(who).Get("/plans/" + f.Plan.String() + "/comparison?from=2026-11-23").Want(200))
		named, found := false, false
		for _, item := range r.Items {
			for _, c := range item.Changes {
				found = found || item.Subject == domain.SubjectGoal && item.No == 2
				named = named || c.Field == "sharedGoalId"
			}
		}
		if !found || named != want {
			t.Errorf("%q: the goal is told %t, the one above it %t, want %t: %+v", who, found, named, want, r.Items)
		}
	}
}
