package api_test

import (
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// changeTogether changes a chain by a draft of one coordinator to which the
// other party's agrees.
func changeTogether(e *apitest.Env, by, other string, c api.Chain, in apitest.JSON) api.Chain {
	e.T.Helper()
	d := apitest.As[api.Draft](e.As(by).Post("/drafts", apitest.JSON{"subjectKind": "chain", "subjectId": c.ID, "baseVersion": c.Version, "content": in}).Want(201))
	about(e.As(by), d, "publication", nil).WantProblem(409, "word_missing")
	if len(d.Missing) != 1 {
		e.T.Errorf("the draft misses the word of %v", d.Missing)
	}
	about(e.As(other), d, "comments", apitest.JSON{"kind": "agreed"}).Want(200)
	about(e.As(by), d, "publication", nil).Want(200)
	return getChain(e, by, c.Key)
}

// A party whose stage passes to another is asked about that, and stays bound by
// what it accepted until it has accepted something else.
func TestAMovedStageKeepsItsPartyBound(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "public", handoverInput())
	answerHandover(e, "luvn coordinator", "chain", "accepted")
	c := getChain(e, "espoo coordinator", "chain")
	in := again(c)
	in["stages"].([]apitest.JSON)[1]["partyId"] = f.Party["espoo"]
	c = changeTogether(e, "espoo coordinator", "luvn coordinator", c, in)
	if c.Handovers[0].Standing != domain.InForce {
		t.Errorf("with the stage moved: %s", c.Handovers[0].Standing)
	}
	reword := func(what string) api.Handover {
		t.Helper()
		c = getChain(e, "espoo coordinator", "chain")
		in := again(c)
		in["handovers"].([]apitest.JSON)[0]["what"] = apitest.JSON{"fi": what}
		return apitest.As[api.Chain](e.As("espoo coordinator").Change("/chains/"+c.ID.String(), etag(c.Version), in).Want(200)).Handovers[0]
	}
	h := reword("Muuta")
	if espoo, luvn := answersOf(f, h); h.Standing != domain.Reopened || espoo != "accepted" || luvn != "open" {
		t.Errorf("reworded by Espoo: %s, Espoo %s, LUVN %s", h.Standing, espoo, luvn)
	}
	if h = reword("Taas muuta"); h.Standing != domain.Reopened {
		t.Errorf("reworded again: %s", h.Standing)
	}
	answerHandover(e, "luvn coordinator", "chain", "accepted")
	if h = reword("Espoon oma asia"); h.Standing != domain.InForce || h.What.FI != "Espoon oma asia" {
		t.Errorf("once LUVN has left: %s", h.Standing)
	}
}

// What never was public and has another party's word in it is not ended
// directly: a draft, which that party agrees to.
func TestAnInternalChainEndsNothingAlone(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "internal", handoverInput())
	c := getChain(e, "espoo coordinator", "chain")
	in := again(c)
	in["title"] = apitest.JSON{"fi": "Uusi nimi"}
	e.As("espoo coordinator").Put("/chains/"+c.ID.String(), etag(c.Version), in).Want(200)
	answerHandover(e, "luvn coordinator", "chain", "accepted")
	c = getChain(e, "espoo coordinator", "chain")
	in = again(c)
	in["handovers"] = []apitest.JSON{}
	e.As("espoo coordinator").Put("/chains/"+c.ID.String(), etag(c.Version), in).WantProblem(409, "draft_required")
	if c = changeTogether(e, "espoo coordinator", "luvn coordinator", c, in); len(c.Handovers) != 0 {
		t.Errorf("left: %+v", c.Handovers)
	}
}

// A form of a chain that was opened before a change of a hand-over was accepted
// does not propose the old terms again.
func TestAStaleChainFormProposesNothing(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "internal", handoverInput())
	answerHandover(e, "luvn coordinator", "chain", "accepted")
	c := getChain(e, "espoo coordinator", "chain")
	in := again(c)
	in["handovers"].([]apitest.JSON)[0]["channel"] = apitest.JSON{"fi": "Puhelin"}
	e.As("espoo coordinator").Put("/chains/"+c.ID.String(), etag(c.Version), in).Want(200)
	opened := getChain(e, "espoo coordinator", "chain")
	answerHandover(e, "luvn coordinator", "chain", "accepted")
	if p := e.As("espoo coordinator").Put("/chains/"+c.ID.String(), etag(opened.Version), again(opened)).WantProblem(412, "stale_version"); p.Current == nil {
		t.Error("no current chain")
	}
}

// Leaving another party's proposal out of a form's list leaves it waiting: it is
// declined with a reason. A form opened before it was proposed is stale.
func TestAListDoesNotDropTheOthersProposal(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := ownGoal(e, f, "Espoon")
	in := without(goalInput(f, "Uusi nimi", "public"), "responsibilities")
	in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}}
	e.As("luvn manager").Post("/responsibilities", apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID, "postId": f.Post["luvn_family_head"], "part": "shared"}).Want(201)
	path := "/goals/" + goal.ID.String()
	e.As("espoo coordinator").Change(path, etag(goal.Version), in).WantProblem(412, "base_changed")
	goal = apitest.As[api.Goal](e.As("espoo coordinator").Get(path).Want(200))
	e.As("espoo coordinator").Change(path, etag(goal.Version), in).Want(200)
	all := ofGoal(e, "espoo coordinator", goal.ID, "")
	if len(all) != 2 || all[1].Standing != domain.Proposed || all[1].Waiting.ProposedPartyID == nil || *all[1].Waiting.ProposedPartyID != f.Party["luvn"] {
		t.Fatalf("left out by Espoo: %+v", all)
	}
	// Nor is another party's change taken back by proposing what is in force.
	e.As("espoo coordinator").Post("/responsibilities/"+all[1].ID.String()+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(all[1].Version)).Want(200)
	answerAll(e, "luvn coordinator", "accepted")
	r := ofGoal(e, "luvn manager", goal.ID, "")[1]
	terms := apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "shared", "wording": apitest.JSON{"fi": "LUVN:n sanat."}}
	r = apitest.As[api.ResponsibilityItem](e.As("luvn manager").Put("/responsibilities/"+r.ID.String(), etag(r.Version), terms).Want(200))
	delete(terms, "wording")
	e.As("espoo coordinator").Put("/responsibilities/"+r.ID.String(), etag(r.Version), terms).WantProblem(409, "proposed_by_other_party")
}

// A secretary records what a meeting decided; their party has not accepted it by
// that.
func TestAFollowUpIsProposedByTheMeeting(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m := newMeeting(e, forum, "2026-12-01", "public")
	item := newItem(e, m.ID, "Asia", "public")
	step(e, "lape secretary", m.ID, "call", "start")
	item = apitest.As[api.AgendaItem](e.As("lape secretary").Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("decision", "Päätös")).Want(201))
	e.As("lape secretary").Post("/outcomes/"+item.Outcomes[0].ID.String()+"/actions",
		apitest.JSON{"title": apitest.JSON{"fi": "Toimi"}, "leadPostId": f.Post["esp_youth_head"], "dueOn": "2027-01-31"}).Want(201)
	waiting := func(name string) []api.ResponsibilityItem {
		t.Helper()
		return apitest.As[api.List[api.ResponsibilityItem]](e.As(name).Get("/responsibilities?awaiting=me").Want(200)).Items
	}
	got := waiting("espoo coordinator")
	if len(got) != 1 || got[0].Standing != domain.Proposed || got[0].Post.Title.FI != "esp_youth_head" || len(waiting("luvn coordinator")) != 0 {
		t.Fatalf("waits for Espoo: %+v", got)
	}
	answerAll(e, "espoo coordinator", "accepted")
	if left := waiting("espoo coordinator"); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
}

// A change of post is answered by the manager of either post's unit, once for
// the party.
func TestTheNewPostsManagerAnswers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := ownGoal(e, f, "Espoon")
	r := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Post("/responsibilities",
		apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID, "postId": f.Post["luvn_older_head"], "part": "support"}).Want(201))
	answerAll(e, "luvn coordinator", "accepted")
	r = apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Get("/responsibilities/" + r.ID.String()).Want(200))
	e.As("espoo coordinator").Put("/responsibilities/"+r.ID.String(), etag(r.Version), apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "support"}).Want(200)
	answerAll(e, "luvn manager", "accepted")
	r = apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Get("/responsibilities/" + r.ID.String()).Want(200))
	if r.Standing != domain.InForce || r.Post.Title.FI != "luvn_family_head" {
		t.Errorf("answered by the new post's manager: %s, %s", r.Standing, r.Post.Title.FI)
	}
}

// A lead begins and ends on its days, without anything written on them.
func TestALeadHoldsOnItsDays(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := without(actionInput(f, "Toimi", "", ""), "responsibilities")
	act := apitest.As[api.Action](e.As("espoo coordinator").Post("/actions", in).Want(201))
	e.As("espoo coordinator").Post("/responsibilities", apitest.JSON{"subjectKind": "action", "subjectId": act.ID, "postId": f.Post["esp_youth_head"], "part": "lead",
		"validFrom": "2026-11-25", "validTo": "2026-11-26"}).Want(201)
	led := func(asOf string) (n int) {
		t.Helper()
		for _, query := range []string{"partyId=" + f.Party["espoo"].String(), "leadPostId=" + f.Post["esp_youth_head"].String()} {
			n += len(apitest.As[api.List[api.ActionSummary]](e.As("espoo reader").Get("/actions?" + query + asOf).Want(200)).Items)
		}
		return n
	}
	for day, want := range []int{0, 0, 2, 2, 0} { // 23 to 27 November
		if n := led(""); n != want {
			t.Errorf("day %d: %d, want %d", day, n, want)
		}
		e.Advance(24 * time.Hour)
	}
	if led("&asOf=2026-11-24") != 0 || led("&asOf=2026-11-25") != 2 || led("&asOf=2026-11-27") != 0 {
		t.Error("the past is not told by its days")
	}
}
