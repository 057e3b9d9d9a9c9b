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

// withdrawn is a responsibility that is there after a withdrawal.
func withdrawn(e *apitest.Env, name string, r api.ResponsibilityItem) api.ResponsibilityItem {
	e.T.Helper()
	out := apitest.As[struct{ Item *api.ResponsibilityItem }](e.As(name).Post("/responsibilities/"+r.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", etag(r.Version)).Want(200))
	if out.Item == nil {
		e.T.Fatal("it is gone")
	}
	return *out.Item
}

// proposed is a responsibility that a coordinator proposes for a thing.
func proposed(e *apitest.Env, name, kind string, subject any, post domain.PostID, part string) api.ResponsibilityItem {
	e.T.Helper()
	return apitest.As[api.ResponsibilityItem](e.As(name).Post("/responsibilities",
		apitest.JSON{"subjectKind": kind, "subjectId": subject, "postId": post, "part": part}).Want(201))
}

// instead proposes other terms of a responsibility.
func instead(e *apitest.Env, name string, r api.ResponsibilityItem, post domain.PostID, part, wording string) api.ResponsibilityItem {
	e.T.Helper()
	return apitest.As[api.ResponsibilityItem](e.As(name).Put("/responsibilities/"+r.ID.String(), etag(r.Version),
		apitest.JSON{"postId": post, "part": part, "wording": apitest.JSON{"fi": wording}}).Want(200))
}

// A counter-proposal is taken back also by proposing what is in force, or by a
// list that leaves it out: what it had replaced waits again.
func TestACounterProposalTakenBackByFormBringsBackWhatItReplaced(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	family := f.Post["luvn_family_head"]
	goal := ownGoal(e, f, "Espoon")
	proposed(e, "luvn coordinator", "goal", goal.ID, family, "shared")
	answerAll(e, "espoo coordinator", "accepted")
	r := ofGoal(e, "luvn coordinator", goal.ID, "")[1]
	r = instead(e, "luvn coordinator", r, family, "shared", "LUVN:n sanat")
	r = instead(e, "espoo coordinator", r, family, "shared", "Espoon sanat")
	r = instead(e, "espoo coordinator", r, family, "shared", "") // as it is in force
	if espoo, luvn := answers(f, r); r.Standing != domain.Reopened || r.Change == nil || r.Change.Wording.FI != "LUVN:n sanat" || espoo != "open" || luvn != "accepted" {
		t.Errorf("taken back by what is in force: %s, change %+v, Espoo %s, LUVN %s", r.Standing, r.Change, espoo, luvn)
	}

	goal = ownGoal(e, f, "Espoon toinen")
	r = proposed(e, "luvn coordinator", "goal", goal.ID, family, "shared")
	instead(e, "espoo coordinator", r, family, "support", "")
	in := without(goalInput(f, "Espoon toinen", "public"), "responsibilities")
	in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}}
	path := "/goals/" + goal.ID.String()
	goal = apitest.As[api.Goal](e.As("espoo coordinator").Get(path).Want(200))
	e.As("espoo coordinator").Change(path, etag(goal.Version), in).Want(200)
	all := ofGoal(e, "espoo coordinator", goal.ID, "")
	if len(all) != 2 {
		t.Fatalf("left out of the list: %d responsibilities", len(all))
	}
	if espoo, luvn := answers(f, all[1]); all[1].Part != "shared" || all[1].Standing != domain.Proposed || espoo != "open" || luvn != "accepted" {
		t.Errorf("left out of the list: %s as %s, Espoo %s, LUVN %s", all[1].Standing, all[1].Part, espoo, luvn)
	}
	// The list that names the post another time does not stand beside it.
	instead(e, "espoo coordinator", all[1], f.Post["esp_youth_head"], "support", "")
	in["responsibilities"] = append(in["responsibilities"].([]apitest.JSON), apitest.JSON{"postId": family, "part": "support"})
	goal = apitest.As[api.Goal](e.As("espoo coordinator").Get(path).Want(200))
	if p := e.As("espoo coordinator").Change(path, etag(goal.Version), in).WantProblem(422, "validation_failed"); p.Errors[0].Code != "duplicate" {
		t.Errorf("errors %+v", p.Errors)
	}
}

// Whose proposal was replaced is asked about the second counter-proposal as about
// the first, and about a change beside what binds only one party.
func TestWhoWasReplacedIsAskedUntilItAnswers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	family := f.Post["luvn_family_head"]
	goal := ownGoal(e, f, "Espoon")
	r := proposed(e, "luvn coordinator", "goal", goal.ID, family, "shared")
	r = instead(e, "espoo coordinator", r, family, "support", "")
	r = instead(e, "espoo coordinator", r, family, "informed", "")
	if _, luvn := answers(f, r); r.Standing != domain.Proposed || luvn != "open" {
		t.Errorf("the second counter-proposal: %s, LUVN %s", r.Standing, luvn)
	}
	if r = withdrawn(e, "espoo coordinator", r); r.Part != "shared" {
		t.Errorf("brought back as %s", r.Part)
	}

	goal = ownGoal(e, f, "Espoon toinen")
	r = proposed(e, "espoo coordinator", "goal", goal.ID, family, "informed")
	if r.Standing != domain.InForce {
		t.Fatalf("informed: %s", r.Standing)
	}
	r = instead(e, "luvn coordinator", r, family, "shared", "")
	r = instead(e, "espoo coordinator", r, family, "informed", "Tiedoksi")
	if _, luvn := answers(f, r); r.Standing != domain.Reopened || r.Wording.FI != "" || luvn != "open" {
		t.Errorf("informed otherwise: %s, %q, LUVN %s", r.Standing, r.Wording.FI, luvn)
	}
	r = withdrawn(e, "espoo coordinator", r)
	r = apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Post("/responsibilities/"+r.ID.String()+"/acceptances",
		apitest.JSON{"answer": "declined", "reason": apitest.JSON{"fi": "Ei nyt."}}, "If-Match", etag(r.Version)).Want(200))
	r = instead(e, "espoo coordinator", r, family, "informed", "Tiedoksi")
	if r.Standing != domain.InForce || r.Wording.FI != "Tiedoksi" {
		t.Errorf("after an answer: %s, %q", r.Standing, r.Wording.FI)
	}

	c := handoverChain(e, f, "chain", "internal", handoverInput(apitest.JSON{"from": 1, "to": 3}))
	if c.Handovers[0].Standing != domain.InForce {
		t.Fatalf("from Espoo to HUS: %s", c.Handovers[0].Standing)
	}
	for _, name := range []string{"luvn coordinator", "espoo coordinator"} {
		c = getChain(e, name, "chain")
		in := again(c)
		in["handovers"].([]apitest.JSON)[0]["what"] = apitest.JSON{"fi": name}
		c = apitest.As[api.Chain](e.As(name).Put("/chains/"+c.ID.String(), etag(c.Version), in).Want(200))
	}
	if _, luvn := answersOf(f, c.Handovers[0]); c.Handovers[0].Standing != domain.Reopened || luvn != "open" {
		t.Errorf("Espoo's own words instead of LUVN's: %s, LUVN %s", c.Handovers[0].Standing, luvn)
	}
}

// A hand-over is not left out of a chain over the other party's proposal, nor
// over one that one's own has replaced.
func TestAProposedHandoverIsNotLeftOutAlone(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := handoverChain(e, f, "chain", "internal")
	path := "/chains/" + c.ID.String()
	in := again(c)
	in["handovers"] = []apitest.JSON{handoverInput()}
	c = apitest.As[api.Chain](e.As("luvn coordinator").Put(path, etag(c.Version), in).Want(200))
	bare := again(c)
	bare["handovers"] = []apitest.JSON{}
	e.As("espoo coordinator").Put(path, etag(c.Version), bare).WantProblem(409, "draft_required")
	in = again(c)
	in["handovers"].([]apitest.JSON)[0]["what"] = apitest.JSON{"fi": "Espoon sanat"}
	c = apitest.As[api.Chain](e.As("espoo coordinator").Put(path, etag(c.Version), in).Want(200))
	e.As("espoo coordinator").Put(path, etag(c.Version), bare).WantProblem(409, "draft_required")
	if c = changeTogether(e, "espoo coordinator", "luvn coordinator", c, bare); len(c.Handovers) != 0 {
		t.Errorf("agreed: %d hand-overs", len(c.Handovers))
	}
}

// What waits again stands beside nothing that came meanwhile: a second lead, or
// another part of the same post.
func TestWhatWaitsAgainIsRefusedBesideWhatCameMeanwhile(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	family, youth := f.Post["luvn_family_head"], f.Post["esp_youth_head"]
	withdrawal := func(r api.ResponsibilityItem) apitest.Response {
		t.Helper()
		return e.As("espoo coordinator").Post("/responsibilities/"+r.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", etag(r.Version))
	}
	act := apitest.As[api.Action](e.As("espoo coordinator").Post("/actions", without(actionInput(f, "Toimi", "", ""), "responsibilities")).Want(201))
	proposed(e, "espoo coordinator", "action", act.ID, f.Post["esp_education_head"], "shared")
	r := proposed(e, "luvn coordinator", "action", act.ID, family, "lead")
	r = instead(e, "espoo coordinator", r, family, "support", "")
	lead := proposed(e, "espoo coordinator", "action", act.ID, youth, "lead")
	withdrawal(r).WantProblem(409, "one_lead")
	instead(e, "espoo coordinator", lead, youth, "support", "")
	r = withdrawn(e, "espoo coordinator", apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Get("/responsibilities/"+r.ID.String()).Want(200)))
	if r.Part != "lead" || r.Standing != domain.Proposed {
		t.Errorf("brought back: %s as %s", r.Standing, r.Part)
	}

	goal := ownGoal(e, f, "Espoon")
	r = proposed(e, "luvn coordinator", "goal", goal.ID, family, "shared")
	r = instead(e, "espoo coordinator", r, youth, "support", "")
	proposed(e, "espoo coordinator", "goal", goal.ID, family, "support")
	withdrawal(r).WantProblem(409, "duplicate")
}

// What a stage of the other party says, and that it is public, needs that party's
// word; one's own stage does not.
func TestAStageIsWordedAndPublishedByItsParty(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	e.As("espoo coordinator").Post("/chains", chainInput(f, "chain", "public")).WantProblem(409, "word_needed")
	own := chainInput(f, "own", "public")
	own["stages"] = own["stages"].([]apitest.JSON)[:1]
	e.As("espoo coordinator").Post("/chains", own).Want(201)

	handoverChain(e, f, "chain", "internal")
	c := getChain(e, "espoo coordinator", "chain")
	path := "/chains/" + c.ID.String()
	material := apitest.JSON{"title": apitest.JSON{"fi": "Toinen nimi"}, "description": apitest.JSON{"fi": "Kuvaus"}, "level": "early_support",
		"targetGroup": apitest.JSON{"fi": "Kaikille"}, "channel": apitest.JSON{"fi": "Puhelin"}, "languages": []string{"fi"}}
	for field, value := range material {
		in := again(c)
		in["stages"].([]apitest.JSON)[1][field] = value // LUVN's
		e.As("espoo coordinator").Put(path, etag(c.Version), in).WantProblem(409, "draft_required")
		in = again(c)
		in["stages"].([]apitest.JSON)[0][field] = value // Espoo's
		e.As("luvn coordinator").Put(path, etag(c.Version), in).WantProblem(409, "draft_required")
	}
	in := again(c)
	in["stages"].([]apitest.JSON)[0]["title"] = apitest.JSON{"fi": "Espoon nimi"}
	in["stages"].([]apitest.JSON)[1]["title"] = apitest.JSON{"fi": " Sitten "} // the same
	c = apitest.As[api.Chain](e.As("espoo coordinator").Put(path, etag(c.Version), in).Want(200))

	in = again(c)
	in["visibility"], in["visibilityGround"] = "public", ""
	e.As("espoo coordinator").Put(path, etag(c.Version), in).WantProblem(409, "draft_required")
	e.As("").Get("/chains/chain").WantProblem(404, "chain_not_found")
	changeTogether(e, "espoo coordinator", "luvn coordinator", c, in)
	if c = getChain(e, "", "chain"); len(c.Stages) != 3 || c.Stages[0].Title.FI != "Espoon nimi" {
		t.Errorf("published: %+v", c.Stages)
	}
}
