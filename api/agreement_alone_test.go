package api_test

import (
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// A stage that a party would get, new or from another, needs that party's word,
// also where nothing is public yet.
func TestNoPartyGetsAStageAlone(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "internal")
	c := getChain(e, "espoo coordinator", "chain")
	path := "/chains/" + c.ID.String()
	moved := again(c)
	moved["stages"].([]apitest.JSON)[0]["partyId"] = f.Party["luvn"] // Espoo's own
	e.As("espoo coordinator").Put(path, etag(c.Version), moved).WantProblem(409, "draft_required")
	added := again(c)
	stage := apitest.JSON{"partyId": f.Party["luvn"], "title": apitest.JSON{"fi": "Uusi"}, "level": "universal"}
	added["stages"] = append(added["stages"].([]apitest.JSON), stage)
	e.As("espoo coordinator").Put(path, etag(c.Version), added).WantProblem(409, "draft_required")
	stage["partyId"] = f.Party["espoo"]
	c = apitest.As[api.Chain](e.As("espoo coordinator").Put(path, etag(c.Version), added).Want(200))
	stage["partyId"], stage["title"] = f.Party["luvn"], apitest.JSON{"fi": "Toinen uusi"}
	in := again(c)
	in["stages"] = append(in["stages"].([]apitest.JSON), stage)
	if c = changeTogether(e, "espoo coordinator", "luvn coordinator", c, in); len(c.Stages) != 5 {
		t.Errorf("agreed: %d stages", len(c.Stages))
	}
	bad := again(c)
	bad["handovers"] = []apitest.JSON{handoverInput(apitest.JSON{"what": apitest.JSON{"fi": ""}})}
	bad["stages"] = append(bad["stages"].([]apitest.JSON), stage)
	if p := e.As("espoo coordinator").Post("/drafts", apitest.JSON{"subjectKind": "chain", "subjectId": c.ID, "baseVersion": c.Version, "content": bad}).
		WantProblem(422, "validation_failed"); p.Errors[0].Pointer != "/content/handovers/0/what/fi" {
		t.Errorf("errors %+v", p.Errors)
	}
}

// A part that is accepted and begins later is a word given.
func TestAPartThatHasNotBegunIsNotEndedAlone(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "internal")
	c := getChain(e, "espoo coordinator", "chain")
	in := again(c)
	in["stages"] = in["stages"].([]apitest.JSON)[1:] // Espoo's own stage, in which LUVN has a part from next year on
	e.As("luvn coordinator").Post("/responsibilities", apitest.JSON{"subjectKind": "stage", "subjectId": c.Stages[0].ID,
		"postId": f.Post["luvn_family_head"], "part": "support", "validFrom": "2027-01-01"}).Want(201)
	answerAll(e, "espoo coordinator", "accepted")
	c = getChain(e, "espoo coordinator", "chain")
	e.As("espoo coordinator").Put("/chains/"+c.ID.String(), etag(c.Version), in).WantProblem(409, "draft_required")
}

// Who withdraws their terms of a hand-over does not end what another party has
// taken on in it.
func TestAWithdrawnHandoverEndsNoOthersPart(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := handoverChain(e, f, "chain", "public", handoverInput())
	h := c.Handovers[0]
	e.As("luvn coordinator").Post("/responsibilities", apitest.JSON{"subjectKind": "handover", "subjectId": h.ID, "postId": f.Post["luvn_family_head"], "part": "support"}).Want(201)
	answerAll(e, "espoo coordinator", "accepted")
	h = getChain(e, "espoo coordinator", "chain").Handovers[0]
	e.As("espoo coordinator").Post("/handovers/"+h.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", etag(h.Version)).WantProblem(409, "part_in_force")
	if now := getChain(e, "", "chain"); len(now.Handovers) != 1 {
		t.Errorf("the hand-over is gone: %+v", now.Handovers)
	}
}

// A counter-proposal replaces what the other party proposed, and its withdrawal
// brings that back: only an answer with a reason disposes of it.
func TestAWithdrawnCounterProposalBringsBackWhatItReplaced(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := ownGoal(e, f, "Espoon")
	r := apitest.As[api.ResponsibilityItem](e.As("luvn coordinator").Post("/responsibilities",
		apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID, "postId": f.Post["luvn_family_head"], "part": "shared"}).Want(201))
	path := "/responsibilities/" + r.ID.String()
	// As informed nobody would be concerned, but LUVN's own word is replaced.
	r = apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Put(path, etag(r.Version), apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "informed"}).Want(200))
	if _, luvn := answers(f, r); r.Standing != domain.Proposed || r.Part != "informed" || luvn != "open" {
		t.Errorf("informed instead: %s as %s, LUVN %s", r.Standing, r.Part, luvn)
	}
	out := apitest.As[struct {
		Gone bool
		Item *api.ResponsibilityItem
	}](e.As("espoo coordinator").Post(path+"/withdrawal", apitest.JSON{}, "If-Match", etag(r.Version)).Want(200))
	if out.Gone || out.Item == nil {
		t.Fatalf("withdrawn: %+v", out)
	}
	back := *out.Item
	if espoo, luvn := answers(f, back); back.Part != "shared" || back.Standing != domain.Proposed || espoo != "open" || luvn != "accepted" ||
		*back.Waiting.ProposedPartyID != f.Party["luvn"] {
		t.Errorf("brought back: %s as %s, Espoo %s, LUVN %s", back.Standing, back.Part, espoo, luvn)
	}

	c := handoverChain(e, f, "chain", "public", handoverInput())
	reword := func(name, what string) api.Handover {
		t.Helper()
		c = getChain(e, name, "chain")
		in := again(c)
		in["handovers"].([]apitest.JSON)[0]["what"] = apitest.JSON{"fi": what}
		return apitest.As[api.Chain](e.As(name).Change("/chains/"+c.ID.String(), etag(c.Version), in).Want(200)).Handovers[0]
	}
	reword("luvn coordinator", "LUVN:n ehdotus")
	h := reword("luvn coordinator", "LUVN:n toinen ehdotus")
	hands := apitest.As[struct {
		Gone bool
		Item *api.HandoverItem
	}](e.As("luvn coordinator").Post("/handovers/"+h.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", etag(h.Version)).Want(200))
	if hands.Gone || hands.Item == nil || hands.Item.What.FI != "Tieto tuen tarpeesta" || hands.Item.ValidTo != "" {
		t.Fatalf("withdrawn: %+v", hands)
	}
	if h := answerHandover(e, "luvn coordinator", "chain", "accepted"); h.Standing != domain.InForce {
		t.Errorf("what Espoo had proposed, accepted by LUVN: %s", h.Standing)
	}
}

// A manager answers for the posts of their own units, not for those of another
// unit of their party, though they share the subject; the coordinator does.
func TestAManagerDoesNotAnswerForAnotherUnit(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	answerAll(e, "luvn coordinator", "accepted") // luvn_family_head, the manager's, shares it
	r := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Post("/responsibilities",
		apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID, "postId": f.Post["luvn_older_head"], "part": "support"}).Want(201))
	waiting := func(name string) int {
		t.Helper()
		return len(apitest.As[api.List[api.ResponsibilityItem]](e.As(name).Get("/responsibilities?awaiting=me").Want(200)).Items)
	}
	if waiting("luvn manager") != 0 || waiting("luvn coordinator") != 1 {
		t.Errorf("waits for the manager %d, the coordinator %d", waiting("luvn manager"), waiting("luvn coordinator"))
	}
	path := "/responsibilities/" + r.ID.String()
	e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(r.Version)).WantProblem(403, "forbidden")
	e.As("luvn coordinator").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(r.Version)).Want(200)
	// What only the other party's post promises is the manager's to answer.
	r = apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Post("/responsibilities",
		apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID, "postId": f.Post["esp_youth_head"], "part": "support"}).Want(201))
	if waiting("luvn manager") != 1 {
		t.Error("what Espoo's post promises does not wait for LUVN's manager")
	}
	e.As("luvn manager").Post("/responsibilities/"+r.ID.String()+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(r.Version)).Want(200)
}

// An action has one lead, also when one that has ended is prolonged.
func TestAnEndedLeadIsNotProlongedBesideAnother(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	act := apitest.As[api.Action](e.As("espoo coordinator").Post("/actions", without(actionInput(f, "Toimi", "", ""), "responsibilities")).Want(201))
	lead := func(post string, more apitest.JSON) apitest.JSON {
		in := apitest.JSON{"subjectKind": "action", "subjectId": act.ID, "postId": f.Post[post], "part": "lead"}
		for k, v := range more {
			in[k] = v
		}
		return in
	}
	old := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Post("/responsibilities", lead("esp_youth_head", apitest.JSON{"validTo": "2026-11-24"})).Want(201))
	e.Advance(72 * time.Hour)
	e.As("espoo coordinator").Post("/responsibilities", lead("esp_education_head", nil)).Want(201)
	if p := e.As("espoo coordinator").Put("/responsibilities/"+old.ID.String(), etag(old.Version),
		apitest.JSON{"postId": f.Post["esp_youth_head"], "part": "lead", "validTo": "2027-01-01"}).WantProblem(422, "validation_failed"); p.Errors[0].Code != "one_lead" {
		t.Errorf("errors %+v", p.Errors)
	}
}
