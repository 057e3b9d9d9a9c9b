package api_test

import (
	"maps"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func handoverInput(more ...apitest.JSON) apitest.JSON {
	h := apitest.JSON{"from": 1, "to": 2, "what": apitest.JSON{"fi": "Tieto tuen tarpeesta"}, "channel": apitest.JSON{"fi": "Yhteinen tapaaminen"}, "targetDays": 30, "gap": "none"}
	for _, m := range more {
		maps.Copy(h, m)
	}
	return h
}

// handoverChain is a chain of three stages, Espoo's, LUVN's and HUS's, with
// these hand-overs, made by Espoo's coordinator.
func handoverChain(e *apitest.Env, f *apitest.Fixture, key, visibility string, handovers ...apitest.JSON) api.Chain {
	e.T.Helper()
	in := chainInput(f, key, visibility)
	in["handovers"] = handovers
	return apitest.As[api.Chain](newChain(e, "espoo coordinator", in))
}

// again is what one says to leave a chain as it is.
func again(c api.Chain) apitest.JSON {
	in := apitest.JSON{"position": c.Position, "title": c.Title, "visibility": c.Visibility, "visibilityGround": c.VisibilityGround, "themeId": c.ThemeID}
	var stages, handovers []apitest.JSON
	place := map[domain.StageID]int{}
	for i, s := range c.Stages {
		place[s.ID] = i + 1
		posts := []apitest.JSON{}
		for _, r := range s.Responsibilities {
			posts = append(posts, apitest.JSON{"postId": r.Post.ID, "part": r.Part, "wording": r.Wording})
		}
		stages = append(stages, apitest.JSON{"id": s.ID, "partyId": s.PartyID, "title": s.Title, "level": s.Level, "targetGroup": s.TargetGroup,
			"channel": s.Channel, "languages": s.Languages, "responsibilities": posts})
	}
	for _, h := range c.Handovers {
		one := apitest.JSON{"id": h.ID, "from": place[h.FromStageID], "to": place[h.ToStageID], "what": h.What, "channel": h.Channel,
			"gap": h.Gap, "gapReason": h.GapReason, "evidence": h.Evidence}
		if h.NextReviewOn != "" {
			one["nextReviewOn"] = h.NextReviewOn
		}
		if h.TargetDays != nil {
			one["targetDays"] = *h.TargetDays
		}
		handovers = append(handovers, one)
	}
	in["stages"], in["handovers"] = stages, handovers
	return in
}

func getChain(e *apitest.Env, name, key string) api.Chain {
	e.T.Helper()
	return apitest.As[api.Chain](e.As(name).Get("/chains/" + key).Want(200))
}

// answerHandover answers for the caller's party what waits at the only hand-over
// of a chain.
func answerHandover(e *apitest.Env, name, key, answer string) api.HandoverItem {
	e.T.Helper()
	h := getChain(e, name, key).Handovers[0]
	body := apitest.JSON{"answer": answer}
	if answer == "declined" {
		body["reason"] = apitest.JSON{"fi": "Kanava ei toimi."}
	}
	return apitest.As[api.HandoverItem](e.As(name).Post("/handovers/"+h.ID.String()+"/acceptances", body, "If-Match", etag(h.Version)).Want(200))
}

// answersOf are the parties' answers to what waits, or to what is in force.
func answersOf(f *apitest.Fixture, h api.Handover) (espoo, luvn domain.AcceptanceState) {
	return answers(f, api.ResponsibilityItem{Waiting: h.Waiting, InForce: h.InForce})
}

// A hand-over is in force when the parties of both stages have accepted the same
// terms: proposed by Espoo, declined by LUVN with a reason, changed, accepted.
func TestHandoverIsAcceptedByBoth(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := handoverChain(e, f, "chain", "public", handoverInput())
	h := c.Handovers[0]
	if espoo, luvn := answersOf(f, h); h.Standing != domain.Proposed || h.InForce != nil || espoo != "accepted" || luvn != "open" {
		t.Fatalf("proposed by Espoo: %s, Espoo %s, LUVN %s", h.Standing, espoo, luvn)
	}
	if h.FromStageID != c.Stages[0].ID || h.ToStageID != c.Stages[1].ID || *h.TargetDays != 30 || h.ValidFrom != "2026-11-23" {
		t.Errorf("between other stages: %+v", h)
	}
	path := "/handovers/" + h.ID.String()
	p := e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "declined"}, "If-Match", etag(h.Version)).WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/reason/fi" {
		t.Errorf("declining without a reason: %v", p.Errors)
	}
	e.Advance(time.Hour)
	if declined := answerHandover(e, "luvn manager", "chain", "declined"); declined.Standing != domain.Declined || declined.Waiting.Acceptances[1].Reason.FI != "Kanava ei toimi." {
		t.Errorf("declined: %+v", declined)
	}
	c = getChain(e, "espoo coordinator", "chain")
	in := again(c)
	in["handovers"].([]apitest.JSON)[0]["channel"] = apitest.JSON{"fi": "Sähköinen viesti"}
	c = apitest.As[api.Chain](e.As("espoo coordinator").Change("/chains/"+c.ID.String(), etag(c.Version), in).Want(200))
	if espoo, luvn := answersOf(f, c.Handovers[0]); c.Handovers[0].Standing != domain.Proposed || espoo != "accepted" || luvn != "open" {
		t.Errorf("changed: %s, Espoo %s, LUVN %s", c.Handovers[0].Standing, espoo, luvn)
	}
	stale := e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(h.Version)).WantProblem(412, "stale_version")
	if stale.Changed == nil {
		t.Error("nobody is said to have changed it")
	}
	e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}).WantProblem(428, "if_match_required")
	e.Advance(24 * time.Hour)
	accepted := answerHandover(e, "luvn manager", "chain", "accepted")
	if accepted.Standing != domain.InForce || accepted.Waiting != nil || accepted.InForce.Revision != 2 || accepted.Chain.Key != "chain" || accepted.To.Title.FI != "Sitten" {
		t.Errorf("accepted: %+v", accepted)
	}
	e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(accepted.Version)).WantProblem(409, "agreement_settled")
	entries := apitest.As[api.List[api.AuditEntry]](e.As("espoo reader").Get("/audit/entries?subjectKind=handover&sort=at").Want(200)).Items
	if len(entries) != 4 || entries[1].Permission != domain.AgreementAccept || entries[1].Reason != "Kanava ei toimi." || entries[1].Parent.ID != domain.SubjectOf(domain.SubjectChain, c.ID).ID ||
		entries[3].Subject.Title.FI != "Tieto tuen tarpeesta" || entries[3].Subject.Path != "/chains/"+c.ID.String() {
		t.Errorf("the log: %+v", entries)
	}
	var fields []string
	for _, c := range entries[3].Changes {
		fields = append(fields, c.Field)
	}
	if !slices.Equal(fields, []string{"standing", "acceptance"}) {
		t.Errorf("the entry of the acceptance tells of %v", fields)
	}
	revisions := apitest.As[api.List[api.HandoverRevision]](e.As("").Get(path + "/agreements").Want(200)).Items
	if len(revisions) == 2 && (revisions[1].From == nil || revisions[1].From.Title.FI != "Ensin" || revisions[1].To == nil || revisions[1].To.Title.FI != "Sitten") {
		t.Errorf("the first terms lead between %+v and %+v", revisions[1].From, revisions[1].To)
	}
	if len(revisions) != 2 || revisions[0].State != domain.AgreementInForce || revisions[1].State != domain.AgreementSuperseded || revisions[1].Content.Channel.FI != "Yhteinen tapaaminen" {
		t.Errorf("revisions: %+v", revisions)
	}
	if then := apitest.As[api.HandoverItem](e.As("").Get(path + "?asOf=2026-11-23").Want(200)); then.Standing != domain.Proposed || then.Channel.FI != "Sähköinen viesti" {
		t.Errorf("a day before: %s %q", then.Standing, then.Channel.FI)
	}
	if then := apitest.As[api.Chain](e.As("").Get("/chains/chain?asOf=2026-11-23T06:10:00Z").Want(200)).Handovers; len(then) != 1 || then[0].Channel.FI != "Yhteinen tapaaminen" || then[0].Waiting.Acceptances[1].Answer != "open" {
		t.Errorf("as it was proposed first: %+v", then)
	}
}

// A stage that passes to another party asks that party too; what others have
// accepted stays accepted.
func TestAStageOfAnotherPartyAsksIt(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "public", handoverInput(apitest.JSON{"from": 1, "to": 3}))
	c := getChain(e, "espoo coordinator", "chain")
	if h := c.Handovers[0]; h.Standing != domain.InForce || len(h.InForce.Acceptances) != 1 {
		t.Fatalf("between Espoo and HUS: %s, %+v", h.Standing, h.InForce)
	}
	in := again(c)
	in["stages"].([]apitest.JSON)[2]["partyId"] = f.Party["luvn"]
	h := changeTogether(e, "espoo coordinator", "luvn coordinator", c, in).Handovers[0]
	if espoo, luvn := answersOf(f, h); h.Standing != domain.Reopened || espoo != "accepted" || luvn != "open" || h.InForce == nil {
		t.Errorf("with LUVN: %s, Espoo %s, LUVN %s", h.Standing, espoo, luvn)
	}
	if h := answerHandover(e, "luvn coordinator", "chain", "accepted"); h.Standing != domain.InForce || len(h.InForce.Acceptances) != 2 {
		t.Errorf("accepted: %s, %+v", h.Standing, h.InForce)
	}
}

// What never was in force ends when it is withdrawn, with the posts in it.
func TestWithdrawnHandoverEnds(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := handoverChain(e, f, "chain", "public", handoverInput())
	h := c.Handovers[0]
	e.As("espoo coordinator").Post("/responsibilities", apitest.JSON{"subjectKind": "handover", "subjectId": h.ID, "postId": f.Post["esp_youth_head"], "part": "support"}).Want(201)
	path := "/handovers/" + h.ID.String() + "/withdrawal"
	e.As("").Post(path, apitest.JSON{}, "If-Match", etag(h.Version)).WantProblem(401, "sign_in_required")
	e.As("espoo coordinator").Post(path, apitest.JSON{}, "If-Match", etag(h.Version+1)).WantProblem(412, "stale_version")
	e.As("espoo coordinator").Post(path, apitest.JSON{}).WantProblem(428, "if_match_required")
	out := apitest.As[struct {
		Gone bool
		Item *api.HandoverItem
	}](e.As("espoo coordinator").Post(path, apitest.JSON{"reason": "Ei tarvita"}, "If-Match", etag(h.Version)).Want(200))
	if !out.Gone || out.Item != nil {
		t.Errorf("withdrawn: %+v", out)
	}
	now := getChain(e, "", "chain")
	if len(now.Handovers) != 0 || now.Version != c.Version+1 {
		t.Errorf("the chain has %d hand-overs in version %d", len(now.Handovers), now.Version)
	}
	if left := apitest.As[api.SubjectResponsibilities](e.As("espoo reader").Get("/responsibilities/of/handover/" + h.ID.String()).Want(200)).Items; len(left) != 0 {
		t.Errorf("posts are left in it: %+v", left)
	}
	if ended := apitest.As[api.HandoverItem](e.As("").Get("/handovers/" + h.ID.String()).Want(200)); ended.ValidTo != "2026-11-22" || ended.Waiting != nil {
		t.Errorf("it ended %s with %+v waiting", ended.ValidTo, ended.Waiting)
	}
	if n := len(apitest.As[api.List[api.HandoverItem]](e.As("luvn coordinator").Get("/handovers?awaiting=me").Want(200)).Items); n != 0 {
		t.Errorf("LUVN still waits for %d", n)
	}
}

// Who may answer: the coordinator of a party of either stage, the manager of a
// unit whose post leads or shares either stage or has a part in the hand-over;
// nobody for the other party.
func TestWhoAnswersHandovers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "public", handoverInput())
	e.Name("luvn older manager", domain.Actor{PersonID: e.Person(f, "luvn older manager", "luvn"), PostID: f.Post["luvn_older_head"], PartyID: f.Party["luvn"],
		Grants: []domain.ActiveGrant{{Role: domain.RoleManager, PartyID: f.Party["luvn"], Units: []domain.UnitID{f.Unit["luvn_older"]}}}})
	everybody := append([]string{"", "espoo coordinator", "luvn coordinator", "luvn older manager"}, everybodyButCoordinators...)
	check := func(when string, answerers ...string) {
		t.Helper()
		for _, name := range everybody {
			h := getChain(e, name, "chain").Handovers[0]
			may, edits := slices.Contains(h.Permissions, domain.AgreementAccept), slices.Contains(h.Permissions, domain.ChainEdit)
			waiting := apitest.As[api.List[api.HandoverItem]](e.As(name).Get("/handovers?awaiting=me").Want(200)).Items
			if want := slices.Contains(answerers, name); may != want || (len(waiting) == 1) != want {
				t.Errorf("%s: %q may answer: %v, sees %d waiting; want %v", when, name, may, len(waiting), want)
			}
			if slices.Contains(answerers, name) && inWork(e.As(name), func(i api.WorkItem) bool { return i.Reason == "acceptance" && i.Handover != nil }) != 1 {
				t.Errorf("%s: it is not in the work of %q", when, name)
			}
			if len(waiting) == 1 && !slices.Equal(waiting[0].Permissions, h.Permissions) {
				t.Errorf("%s: %q has %v in the list, %v in the chain", when, name, waiting[0].Permissions, h.Permissions)
			}
			if want := slices.Contains([]string{"espoo coordinator", "luvn coordinator"}, name); edits != want {
				t.Errorf("%s: %q may edit: %v", when, name, edits)
			}
		}
	}
	check("proposed by Espoo", "luvn coordinator", "luvn manager")
	h := getChain(e, "", "chain").Handovers[0]
	path, accept := "/handovers/"+h.ID.String()+"/acceptances", apitest.JSON{"answer": "accepted"}
	e.As("espoo manager").Post(path, accept, "If-Match", etag(h.Version)).WantProblem(409, "already_answered")
	e.As("luvn older manager").Post(path, accept, "If-Match", etag(h.Version)).WantProblem(403, "forbidden")
	e.As("luvn reader").Post(path, accept, "If-Match", etag(h.Version)).WantProblem(403, "forbidden")
	e.As("auditor").Post(path, accept, "If-Match", etag(h.Version)).WantProblem(403, "forbidden")
	e.As("").Post(path, accept, "If-Match", etag(h.Version)).WantProblem(401, "sign_in_required")
	e.As("luvn manager").Post("/handovers/"+f.Party["espoo"].String()+"/acceptances", accept, "If-Match", etag(1)).WantProblem(404, "handover_not_found")

	// A post with a part in the hand-over, of whatever kind.
	part := apitest.JSON{"subjectKind": "handover", "subjectId": h.ID, "postId": f.Post["luvn_older_head"], "part": "support", "wording": apitest.JSON{"fi": "Ottaa vastaan kesällä."}}
	r := apitest.As[api.ResponsibilityItem](e.As("luvn coordinator").Post("/responsibilities", part).Want(201))
	if r.Standing != domain.Proposed || r.Subject.Key != "chain" || r.Subject.Title.FI != "Tieto tuen tarpeesta" || r.Subject.From.FI != "Ensin" || r.Subject.To.FI != "Sitten" {
		t.Errorf("a responsibility for a hand-over: %+v", r)
	}
	if espoo, luvn := answers(f, r); espoo != "open" || luvn != "accepted" {
		t.Errorf("it asks Espoo %s, LUVN %s", espoo, luvn)
	}
	check("with a post in it", "luvn coordinator", "luvn manager", "luvn older manager")
	shown := getChain(e, "", "chain").Handovers[0]
	if len(shown.Responsibilities) != 1 || shown.Responsibilities[0].Standing != domain.Proposed {
		t.Errorf("the chain shows %+v", shown.Responsibilities)
	}
	answerHandover(e, "luvn older manager", "chain", "accepted")
	check("in force")
	var reason, parent string
	answerHandoverEntry(e, &reason, &parent)
	if reason != "" || parent != "chain" {
		t.Errorf("the entry has reason %q under %q", reason, parent)
	}
}

// answerHandoverEntry reads the log's last entry about an answer.
func answerHandoverEntry(e *apitest.Env, reason, parent *string) {
	e.T.Helper()
	e.Row(`select reason, parent_kind from audit_entry where permission = 'agreement.accept' and subject_kind = 'handover' order by id desc limit 1`, reason, parent)
}

// However acceptance and edits of the chain race, what is in force is what both
// accepted.
func TestConcurrentAcceptanceAndChainEdit(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "public", handoverInput())
	id := answerHandover(e, "luvn coordinator", "chain", "accepted").ID.String()
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for n := range 10 {
				c := getChain(e, "", "chain")
				if worker%2 == 0 {
					in := again(c)
					in["handovers"].([]apitest.JSON)[0]["what"] = apitest.JSON{"fi": "Sanamuoto " + strconv.Itoa(worker) + "/" + strconv.Itoa(n)}
					e.As("espoo coordinator").Change("/chains/"+c.ID.String(), etag(c.Version), in)
				} else {
					e.As("luvn coordinator").Post("/handovers/"+id+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(c.Handovers[0].Version))
				}
			}
		})
	}
	wg.Wait()
	var broken, accepted int
	e.QueryRow(`
select count(*) from handover_history h
where h.id = $1 and h.standing in ('in_force', 'reopened', 'change_declined') and not exists (
    select 1 from agreement g
    where g.subject_id = h.id and g.content->'what'->>'fi' = h.what_fi
      and not exists (select 1 from acceptance a where a.agreement_id = g.id and a.state <> 'accepted')
      and (select count(*) from acceptance a where a.agreement_id = g.id) = 2)`, []any{id}, &broken)
	if broken != 0 {
		t.Errorf("%d versions were in force in words that a party had not accepted", broken)
	}
	e.QueryRow(`select count(*) from agreement where subject_id = $1 and state in ('in_force', 'superseded')`, []any{id}, &accepted)
	if accepted < 2 {
		t.Errorf("only %d contents: nothing raced", accepted)
	}
}

// answerAllHandovers accepts everything that waits for the caller.
func answerAllHandovers(e *apitest.Env, name string) {
	e.T.Helper()
	for _, h := range apitest.As[api.List[api.HandoverItem]](e.As(name).Get("/handovers?awaiting=me").Want(200)).Items {
		e.As(name).Post("/handovers/"+h.ID.String()+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(h.Version)).Want(200)
	}
}

// A stage that is taken out ends; its hand-overs are pointed elsewhere, which is
// agreed anew, or end. The past keeps them.
func TestRemovedStagesAndHandovers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "public", handoverInput(), handoverInput(apitest.JSON{"from": 2, "to": 3, "what": apitest.JSON{"fi": "Lähete"}}))
	answerAllHandovers(e, "luvn coordinator")
	e.Advance(24 * time.Hour)
	c := getChain(e, "", "chain")
	first, second := c.Handovers[0], c.Handovers[1]
	if second.Standing != domain.InForce || len(second.InForce.Acceptances) != 1 {
		t.Errorf("HUS is no principal party: %+v", second.InForce)
	}
	in := again(c)
	put := func(name string) apitest.Response {
		return e.As(name).Change("/chains/"+c.ID.String(), etag(c.Version), in)
	}
	stages := in["stages"].([]apitest.JSON)
	in["stages"] = stages[:2]
	p := put("espoo coordinator").WantProblem(422, "validation_failed")
	if want := []domain.FieldError{{Pointer: "/content/handovers/1/to", Code: "unknown"}}; !slices.Equal(p.Errors, want) {
		t.Errorf("a hand-over to nowhere: %v, want %v", p.Errors, want)
	}
	handovers := in["handovers"].([]apitest.JSON)
	in["stages"] = []apitest.JSON{stages[0], stages[2]} // the second goes
	handovers[1]["from"], handovers[1]["to"] = 0, 2
	p = put("espoo coordinator").WantProblem(422, "validation_failed")
	if want := []domain.FieldError{{Pointer: "/content/handovers/1/from", Code: "required"}}; !slices.Equal(p.Errors, want) {
		t.Errorf("a hand-over from nowhere: %v, want %v", p.Errors, want)
	}
	handovers[1]["from"] = 1
	in["handovers"] = handovers[1:] // the first ends
	now := changeTogether(e, "espoo coordinator", "luvn coordinator", c, in)
	if len(now.Handovers) != 1 || now.Handovers[0].ID != second.ID {
		t.Fatalf("left: %+v", now.Handovers)
	}
	h := now.Handovers[0]
	if espoo, luvn := answersOf(f, h); h.Standing != domain.Proposed || h.InForce != nil || h.FromStageID != c.Stages[0].ID || espoo != "accepted" || luvn != "open" {
		t.Errorf("pointed elsewhere: %s from %s, Espoo %s, LUVN %s", h.Standing, h.FromStageID, espoo, luvn)
	}
	gone := apitest.As[api.HandoverItem](e.As("").Get("/handovers/" + first.ID.String()).Want(200))
	if gone.ValidTo != "2026-11-23" || gone.Standing != domain.InForce || len(gone.Permissions) != 0 {
		t.Errorf("the one that ended: %s, %s", gone.ValidTo, gone.Standing)
	}
	e.As("luvn coordinator").Post("/handovers/"+first.ID.String()+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(gone.Version)).WantProblem(409, "handover_ended")
	past := apitest.As[api.Chain](e.As("").Get("/chains/chain?asOf=2026-11-23").Want(200))
	if len(past.Handovers) != 2 || past.Handovers[1].FromStageID != c.Stages[1].ID || past.Handovers[0].Standing != domain.InForce {
		t.Errorf("the day before: %+v", past.Handovers)
	}
}

// What is wrong with a hand-over or a stage is told with its place.
func TestHandoverViolations(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := chainInput(f, "chain", "public")
	in["stages"].([]apitest.JSON)[0]["languages"] = []string{"fi", "xx", "fi"}
	in["handovers"] = []apitest.JSON{
		handoverInput(apitest.JSON{"to": 1, "gap": "major", "what": apitest.JSON{"fi": " "}}),
		handoverInput(apitest.JSON{"from": 7, "id": f.Party["espoo"]}),
		handoverInput(apitest.JSON{"evidence": []apitest.JSON{{"title": apitest.JSON{"fi": ""}, "url": "ftp://x", "checkedOn": "2026-11-24"}}}),
	}
	p := e.As("luvn coordinator").Post("/chains", in).WantProblem(422, "validation_failed")
	for _, want := range []domain.FieldError{{Pointer: "/handovers/0/to", Code: "same_stage"}, {Pointer: "/handovers/0/gapReason/fi", Code: "required"},
		{Pointer: "/handovers/0/what/fi", Code: "required"}, {Pointer: "/handovers/1/from", Code: "unknown"}, {Pointer: "/handovers/1/id", Code: "unknown"},
		{Pointer: "/handovers/2/evidence/0/title/fi", Code: "required"}, {Pointer: "/handovers/2/evidence/0/url", Code: "url_malformed"},
		{Pointer: "/handovers/2/evidence/0/checkedOn", Code: "in_future"}, {Pointer: "/stages/0/languages/1", Code: "language_unknown"}, {Pointer: "/stages/0/languages/2", Code: "language_twice"}} {
		if !slices.Contains(p.Errors, want) {
			t.Errorf("errors %v, want %v", p.Errors, want)
		}
	}
	in = chainInput(f, "chain", "public")
	in["handovers"] = []apitest.JSON{handoverInput(apitest.JSON{"nextReviewOn": "2026-02-30"})}
	e.As("luvn coordinator").Post("/chains", in).WantProblem(422, "validation_failed")

	in = chainInput(f, "chain", "public")
	maps.Copy(in["stages"].([]apitest.JSON)[1], apitest.JSON{"languages": []string{"fi", "sv", "so"}, "targetGroup": apitest.JSON{"fi": "Alle kouluikäiset"}, "channel": apitest.JSON{"fi": "Ajanvaraus"}})
	newChain(e, "luvn coordinator", in)
	if s := getChain(e, "", "chain").Stages; !slices.Equal(s[1].Languages, []string{"fi", "sv", "so"}) || s[1].TargetGroup.FI != "Alle kouluikäiset" || s[1].Channel.FI != "Ajanvaraus" || s[0].Languages == nil {
		t.Errorf("the second stage: %+v", s[1])
	}
}

// Topology: a public and an internal chain, each with a hand-over that Espoo
// proposed; against the public one a public and an internal action, against the
// internal one nothing. Staff of either party see all, the public sees the public
// chain and action.
func TestHandoversAndGapsVisibleSet(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	open := handoverChain(e, f, "open", "public", handoverInput()).Handovers[0]
	hidden := handoverChain(e, f, "hidden", "internal", handoverInput()).Handovers[0]
	public, internal := actionInput(f, "Julkinen", "", ""), actionInput(f, "Sisäinen", "", "")
	internal["visibility"], internal["visibilityGround"] = "internal", "keskeneräinen"
	public["handoverId"], internal["handoverId"] = open.ID, open.ID
	act := apitest.As[api.Action](e.As("espoo coordinator").Post("/actions", public).Want(201))
	e.As("espoo coordinator").Post("/actions", internal).Want(201)
	if act.HandoverID == nil || *act.HandoverID != open.ID || act.Handover.ChainKey != "open" || act.Handover.From.FI != "Ensin" || act.Handover.To.FI != "Sitten" {
		t.Errorf("the action is against %+v", act.Handover)
	}
	for _, name := range append([]string{"", "espoo coordinator", "luvn coordinator"}, everybodyButCoordinators...) {
		want, actions := []string{"open", "hidden"}, 2
		if name == "" {
			want, actions = want[:1], 1
		}
		var handovers, gaps []string
		for _, h := range apitest.As[api.List[api.HandoverItem]](e.As(name).Get("/handovers?count=exact").Want(200)).Items {
			handovers = append(handovers, h.Chain.Key)
		}
		found := apitest.As[api.List[api.GapItem]](e.As(name).Get("/gaps?count=exact").Want(200))
		for _, g := range found.Items {
			gaps = append(gaps, g.Chain.Key)
		}
		slices.Sort(handovers)
		slices.Sort(gaps)
		slices.Sort(want)
		if !slices.Equal(handovers, want) || !slices.Equal(gaps, want) || *found.Total != len(want) {
			t.Errorf("%q sees hand-overs of %v and gaps of %v, want %v", name, handovers, gaps, want)
		}
		i := slices.IndexFunc(found.Items, func(g api.GapItem) bool { return g.Chain.Key == "open" })
		if n := len(found.Items[i].Actions); n != actions || !found.Items[i].HasAction {
			t.Errorf("%q sees %d actions against it, want %d", name, n, actions)
		}
		if n := len(getChain(e, name, "open").Actions); n != actions {
			t.Errorf("%q sees %d actions of the chain, want %d", name, n, actions)
		}
		listed := apitest.As[api.List[api.ActionSummary]](e.As(name).Get("/actions?handoverId=" + open.ID.String()).Want(200)).Items
		inChain := apitest.As[api.List[api.ActionSummary]](e.As(name).Get("/actions?chainId=" + open.ID.String() + "&chainId=" + found.Items[i].Chain.ID.String()).Want(200)).Items
		if len(listed) != actions || len(inChain) != actions {
			t.Errorf("%q lists %d and %d actions, want %d", name, len(listed), len(inChain), actions)
		}
		e.As(name).Get("/handovers/" + open.ID.String()).Want(200)
		if name != "" {
			e.As(name).Get("/handovers/" + hidden.ID.String()).Want(200)
		}
	}
	e.As("").Get("/handovers/"+hidden.ID.String()).WantProblem(404, "handover_not_found")
	e.As("").Get("/handovers/"+hidden.ID.String()+"/agreements").WantProblem(404, "handover_not_found")
	if n := len(apitest.As[api.List[api.ActionSummary]](e.As("").Get("/actions?chainId=none").Want(200)).Items); n != 0 {
		t.Errorf("%d actions of no chain", n)
	}
	public["handoverId"] = f.Party["espoo"]
	p := e.As("espoo coordinator").Post("/actions", public).WantProblem(422, "validation_failed")
	if p.Errors[0].Pointer != "/handoverId" {
		t.Errorf("an unknown hand-over: %v", p.Errors)
	}
	// The pin survives in a chain that became internal, and is told to staff only.
	c := getChain(e, "luvn coordinator", "open")
	in := again(c)
	in["visibility"], in["visibilityGround"] = "internal", "keskeneräinen"
	changeTogether(e, "luvn coordinator", "espoo coordinator", c, in)
	if a := apitest.As[api.Action](e.As("").Get("/actions/" + act.ID.String()).Want(200)); a.Handover != nil || a.HandoverID != nil {
		t.Errorf("the public is told of a hand-over of an internal chain: %+v", a.Handover)
	}
	if a := apitest.As[api.Action](e.As("luvn reader").Get("/actions/" + act.ID.String()).Want(200)); a.Handover == nil {
		t.Error("staff are not told of it")
	}
	e.Advance(24 * time.Hour)
	for _, path := range []string{"/handovers", "/gaps"} {
		if n := len(apitest.As[api.List[api.HandoverItem]](e.As("").Get(path + "?asOf=2026-11-23").Want(200)).Items); n != 0 {
			t.Errorf("%s shows the public %d of the past of what is internal now", path, n)
		}
	}
}

// Each reason begins and ends with what it says, by the day shown.
func TestGapReasons(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "public", handoverInput(apitest.JSON{"nextReviewOn": "2026-11-30"}))
	answerAll(e, "luvn coordinator", "accepted") // the stages' posts
	gaps := func(query string) []api.GapItem {
		t.Helper()
		return apitest.As[api.List[api.GapItem]](e.As("").Get("/gaps" + query).Want(200)).Items
	}
	reasons := func(query string) (out []string) {
		t.Helper()
		for _, g := range gaps(query) {
			for _, r := range g.Reasons {
				out = append(out, string(r))
			}
		}
		return out
	}
	want := func(when, query string, wanted ...string) {
		t.Helper()
		if got := reasons(query); !slices.Equal(got, wanted) {
			t.Errorf("%s: %v, want %v", when, got, wanted)
		}
	}
	want("proposed", "", "unaccepted", "no_action")
	answerHandover(e, "luvn coordinator", "chain", "declined")
	want("declined", "", "unaccepted", "no_action")
	e.Advance(time.Hour)
	answerHandover(e, "luvn coordinator", "chain", "accepted")
	want("accepted", "")
	want("a minute before", "?asOf="+e.Now().Add(-time.Minute).Format(time.RFC3339), "unaccepted", "no_action")

	e.Advance(7 * 24 * time.Hour) // 30 November: the day of the review
	want("on the day of the review", "")
	e.Advance(24 * time.Hour)
	want("the day after", "", "review_overdue", "no_action")
	want("as of the day of the review", "?asOf=2026-11-30")
	if h := getChain(e, "", "chain").Handovers[0]; !h.ReviewOverdue {
		t.Error("the chain does not say so")
	}
	change := func(more apitest.JSON, without ...string) {
		t.Helper()
		c := getChain(e, "luvn coordinator", "chain")
		in := again(c)
		maps.Copy(in["handovers"].([]apitest.JSON)[0], more)
		for _, field := range without {
			delete(in["handovers"].([]apitest.JSON)[0], field)
		}
		e.As("luvn coordinator").Change("/chains/"+c.ID.String(), etag(c.Version), in).Want(200)
	}
	change(apitest.JSON{"nextReviewOn": "2027-06-01", "gap": "major", "gapReason": apitest.JSON{"fi": "Tieto ei kulje."}})
	want("reviewed, with a gap", "", "gap", "no_action")
	change(apitest.JSON{"gap": "none"}, "nextReviewOn")
	want("no day for its review", "", "no_review", "no_action")
	if got := gaps("?reason=no_review&sort=waitingSince"); len(got) != 1 || got[0].Handover.ReviewOverdue {
		t.Errorf("by the reason: %+v", got)
	}
	change(apitest.JSON{"nextReviewOn": "2027-06-01", "gap": "major"})
	in := actionInput(f, "Korjaa", "", "")
	in["handoverId"] = getChain(e, "", "chain").Handovers[0].ID
	act := apitest.As[api.Action](e.As("espoo coordinator").Post("/actions", in).Want(201))
	want("treated", "", "gap")
	if g := gaps("?treated=true"); len(g) != 1 || !g[0].HasAction || g[0].Actions[0].No != act.No || g[0].Actions[0].Condition != "not_started" || g[0].From.Position != 1 || g[0].Handover.Gap != "major" {
		t.Errorf("treated: %+v", g)
	}
	for query, n := range map[string]int{"?treated=false": 0, "?reason=gap": 1, "?reason=no_action": 0, "?reason=unaccepted&reason=gap": 1, "?reason=unaccepted": 0, "?reason=no_review": 0,
		"?partyId=" + f.Party["luvn"].String(): 1, "?partyId=" + f.Party["hus"].String(): 0, "?sort=-nextReviewOn": 1,
		"?chainId=" + getChain(e, "", "chain").ID.String(): 1, "?chainId=" + f.Party["luvn"].String(): 0} {
		if got := len(gaps(query)); got != n {
			t.Errorf("%s: %d, want %d", query, got, n)
		}
	}
	e.As("").Get("/gaps?sort=title").WantProblem(422, "validation_failed")
	e.Exec(`update action set status = 'cancelled', version = version + 1 where id = $1`, act.ID)
	want("the action cancelled", "", "gap", "no_action")
	if g := gaps(""); len(g[0].Actions) != 1 || g[0].HasAction {
		t.Errorf("a cancelled action: %+v", g[0].Actions)
	}
	change(apitest.JSON{"gap": "none"})
	want("closed", "")
	c := getChain(e, "luvn coordinator", "chain")
	in = again(c)
	in["stages"].([]apitest.JSON)[1]["responsibilities"] = []apitest.JSON{}
	e.As("luvn coordinator").Change("/chains/"+c.ID.String(), etag(c.Version), in).Want(200)
	want("nobody leads the receiving stage", "", "no_receiver", "no_action")
	in["stages"].([]apitest.JSON)[1]["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_youth_head"], "part": "lead"}}
	c = getChain(e, "luvn coordinator", "chain")
	e.As("luvn coordinator").Change("/chains/"+c.ID.String(), etag(c.Version), in).Want(200)
	want("a lead that the other party has not accepted", "", "no_receiver", "no_action")
	answerAll(e, "espoo coordinator", "accepted")
	want("a lead that both have accepted", "")
}
