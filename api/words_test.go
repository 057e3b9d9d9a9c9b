package api_test

import (
	"slices"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// What the public may read of a chain of both parties is not taken from it by
// one of them, nor are their stages put into another order.
func TestAChainIsHiddenAndReorderedTogether(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "public")
	c := getChain(e, "espoo coordinator", "chain")
	in := again(c)
	slices.Reverse(in["stages"].([]apitest.JSON))
	before := c.Stages[0].ID
	if c = changeTogether(e, "espoo coordinator", "luvn coordinator", c, in); c.Stages[0].ID == before {
		t.Errorf("the stages stand as before: %+v", c.Stages)
	}
	in = again(c)
	in["visibility"], in["visibilityGround"] = "internal", "Valmistelussa"
	changeTogether(e, "espoo coordinator", "luvn coordinator", c, in)
	e.As("").Get("/chains/"+c.ID.String()).WantProblem(404, "chain_not_found")
}

// A party ends its own stage alone, but not what another party has proposed there:
// that is answered first, or the other party agrees to the end.
func TestAStageWithTheOthersProposalIsNotEndedAlone(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := apitest.As[api.Chain](newChain(e, "espoo coordinator", chainInput(f, "chain", "internal")))
	espoo := slices.IndexFunc(c.Stages, func(s api.Stage) bool { return s.PartyID == f.Party["espoo"] })
	r := apitest.As[api.ResponsibilityItem](e.As("luvn coordinator").Post("/responsibilities",
		apitest.JSON{"subjectKind": "stage", "subjectId": c.Stages[espoo].ID, "postId": f.Post["luvn_family_head"], "part": "support"}).Want(201))
	c = getChain(e, "espoo coordinator", "chain")
	in := again(c)
	in["stages"] = slices.Delete(in["stages"].([]apitest.JSON), espoo, espoo+1)
	path := "/chains/" + c.ID.String()
	e.As("espoo coordinator").Put(path, etag(c.Version), in).WantProblem(409, "draft_required")
	e.As("espoo coordinator").Post("/responsibilities/"+r.ID.String()+"/acceptances",
		apitest.JSON{"answer": "declined", "reason": apitest.JSON{"fi": "Vaihe päättyy."}}, "If-Match", etag(r.Version)).Want(200)
	c = getChain(e, "espoo coordinator", "chain")
	e.As("espoo coordinator").Put(path, etag(c.Version), in).Want(200)
}

// A goal that both parties lead in public is made internal by both; one that only
// one of them leads, by that one.
func TestASharedGoalIsHiddenTogether(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	shared := sharedGoal(e, f)
	answerAll(e, "luvn coordinator", "accepted")
	own := ownGoal(e, f, "Espoon")
	hide := func(g api.Goal) api.Draft {
		t.Helper()
		g = apitest.As[api.Goal](e.As("espoo coordinator").Get("/goals/" + g.ID.String()).Want(200))
		posts := []apitest.JSON{}
		for _, r := range g.Responsibilities {
			posts = append(posts, apitest.JSON{"postId": r.Post.ID, "part": r.Part, "wording": r.Wording})
		}
		in := apitest.JSON{"planId": g.PlanID, "themeId": g.ThemeID, "title": g.Title, "responsibilities": posts, "visibility": "internal", "visibilityGround": "Valmistelussa"}
		return apitest.As[api.Draft](e.As("espoo coordinator").Post("/drafts",
			apitest.JSON{"subjectKind": "goal", "subjectId": g.ID, "baseVersion": g.Version, "content": in}).Want(201))
	}
	d := hide(shared)
	about(e.As("espoo coordinator"), d, "publication", nil).WantProblem(409, "word_missing")
	e.As("").Get("/goals/" + shared.ID.String()).Want(200)
	about(e.As("luvn coordinator"), d, "comments", apitest.JSON{"kind": "agreed"}).Want(200)
	about(e.As("espoo coordinator"), d, "publication", nil).Want(200)
	about(e.As("espoo coordinator"), hide(own), "publication", nil).Want(200)
	for _, g := range []api.Goal{shared, own} {
		e.As("").Get("/goals/"+g.ID.String()).WantProblem(404, "goal_not_found")
	}
}
