package api_test

import (
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// answerAll gives everything that waits for the caller the same answer.
func answerAll(e *apitest.Env, name, answer string) {
	e.T.Helper()
	for _, r := range apitest.As[api.List[api.ResponsibilityItem]](e.As(name).Get("/responsibilities?awaiting=me").Want(200)).Items {
		e.As(name).Post("/responsibilities/"+r.ID.String()+"/acceptances", apitest.JSON{"answer": answer}, "If-Match", etag(r.Version)).Want(200)
	}
}

func etag(version int) string { return `"` + strconv.Itoa(version) + `"` }

func ofGoal(e *apitest.Env, name string, id domain.GoalID, query string) []api.ResponsibilityItem {
	e.T.Helper()
	return apitest.As[api.SubjectResponsibilities](e.As(name).Get("/responsibilities/of/goal/" + id.String() + query).Want(200)).Items
}

// answers are a responsibility's answers to what waits, or to what is in force.
func answers(f *apitest.Fixture, r api.ResponsibilityItem) (espoo, luvn domain.AcceptanceState) {
	a := r.Waiting
	if a == nil {
		a = r.InForce
	}
	for _, c := range a.Acceptances {
		switch c.PartyID {
		case f.Party["espoo"]:
			espoo = c.Answer
		case f.Party["luvn"]:
			luvn = c.Answer
		}
	}
	return espoo, luvn
}

// sharedGoal is a goal that a post of each party leads, proposed by Espoo.
func sharedGoal(e *apitest.Env, f *apitest.Fixture) api.Goal {
	e.T.Helper()
	in := without(goalInput(f, "Yhteinen", "public"), "responsibilities")
	in["responsibilities"] = []apitest.JSON{
		{"postId": f.Post["esp_education_head"], "part": "lead", "wording": apitest.JSON{"fi": "Espoo kutsuu koolle."}},
		{"postId": f.Post["luvn_family_head"], "part": "lead", "wording": apitest.JSON{"fi": "LUVN tuo tiedot."}}}
	return apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", in).Want(201))
}

// A shared responsibility is in force when both parties have accepted the same
// wording: proposed by one, declined with a reason, changed, accepted.
func TestSharedResponsibilityIsAcceptedByBoth(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	for _, r := range ofGoal(e, "", goal.ID, "") {
		if espoo, luvn := answers(f, r); r.Standing != domain.Proposed || r.InForce != nil || espoo != "accepted" || luvn != "open" {
			t.Errorf("proposed by Espoo: %s, Espoo %s, LUVN %s", r.Standing, espoo, luvn)
		}
	}
	if o := apitest.As[api.Overview](e.As("").Get("/overview").Want(200)); o.Goals[0].Unaccepted != 2 {
		t.Errorf("the overview tells of %d that wait", o.Goals[0].Unaccepted)
	}
	theirs := ofGoal(e, "luvn manager", goal.ID, "")[1]
	if theirs.Post.Title.FI != "luvn_family_head" || !slices.Equal(theirs.Permissions, []domain.Permission{domain.AgreementAccept, domain.ResponsibilityEdit, domain.AgreementComment, domain.AgreementAskChanges}) {
		t.Fatalf("LUVN's manager sees %s with %v", theirs.Post.Title.FI, theirs.Permissions)
	}
	path := "/responsibilities/" + theirs.ID.String()
	p := e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "declined"}, "If-Match", etag(theirs.Version)).WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/reason/fi" {
		t.Errorf("declining without a reason: %v", p.Errors)
	}
	e.Advance(time.Hour)
	declined := apitest.As[api.ResponsibilityItem](e.As("luvn manager").Post(path+"/acceptances",
		apitest.JSON{"answer": "declined", "reason": apitest.JSON{"fi": "Lupa puuttuu."}}, "If-Match", etag(theirs.Version)).Want(200))
	if declined.Standing != domain.Declined || declined.Waiting.Acceptances[1].Reason.FI != "Lupa puuttuu." {
		t.Errorf("declined: %+v", declined)
	}
	terms := apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "lead", "wording": apitest.JSON{"fi": "LUVN tuo tiedot luvalla."}}
	changed := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Put(path, etag(declined.Version), terms).Want(200))
	if espoo, luvn := answers(f, changed); changed.Standing != domain.Proposed || espoo != "accepted" || luvn != "open" {
		t.Errorf("changed: %s, Espoo %s, LUVN %s", changed.Standing, espoo, luvn)
	}
	e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(declined.Version)).WantProblem(412, "stale_version")
	e.Advance(24 * time.Hour)
	accepted := apitest.As[api.ResponsibilityItem](e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(changed.Version)).Want(200))
	if accepted.Standing != domain.InForce || accepted.Waiting != nil || accepted.InForce.Revision != 2 || accepted.Wording.FI != "LUVN tuo tiedot luvalla." {
		t.Errorf("accepted: %+v", accepted)
	}
	e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(accepted.Version)).WantProblem(409, "agreement_settled")
	revisions := apitest.As[api.List[api.Revision]](e.As("").Get(path + "/agreements").Want(200)).Items
	if len(revisions) != 2 || revisions[0].State != domain.AgreementInForce || revisions[1].State != domain.AgreementSuperseded || revisions[1].Content.Wording.FI != "LUVN tuo tiedot." {
		t.Errorf("revisions: %+v", revisions)
	}
	if then := ofGoal(e, "", goal.ID, "?asOf=2026-11-23"); then[1].Standing != domain.Proposed || then[1].Wording.FI != "LUVN tuo tiedot luvalla." {
		t.Errorf("a day before: %s %q", then[1].Standing, then[1].Wording.FI)
	}
}

// Nobody answers for the other party, and a manager does not change what the
// other party's posts have promised. Who deputises in a manager's post may what
// the manager may, as long as they do; a secretary neither answers nor changes.
func TestWhoAnswersAndWhoChanges(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	items := ofGoal(e, "", goal.ID, "")
	espoo, luvn := items[0], items[1]
	grant := func(role, post, party string, unit *domain.UnitID, forum any) {
		e.Exec(`insert into role_grant (id, role, post_id, party_id, unit_id, forum_id, valid_from, version, created_at) values ($1, $2, $3, $4, $5, $6, '2026-01-01', 1, '2026-01-01')`,
			domain.UUIDv7(), role, f.Post[post], f.Party[party], unit, forum)
	}
	forum := apitest.As[api.Forum](e.As("espoo coordinator").Post("/forums", forumInput("ryhma", "Ryhmä", "public")).Want(201))
	schools, families := f.Unit["esp_schools"], f.Unit["luvn_families"]
	grant("secretary", "esp_secretary", "espoo", nil, forum.ID)
	grant("secretary", "luvn_secretary", "luvn", nil, forum.ID)
	grant("manager", "esp_education_head", "espoo", &schools, nil)
	grant("manager", "luvn_family_head", "luvn", &families, nil)
	for name, in := range map[string]struct{ post, party, kind string }{"espoo secretary": {"esp_secretary", "espoo", "holder"}, "luvn secretary": {"luvn_secretary", "luvn", "holder"},
		"espoo deputy": {"esp_education_head", "espoo", "deputy"}, "luvn deputy": {"luvn_family_head", "luvn", "deputy"}} {
		held(e, f, in.post, in.party, in.kind, "2026-01-01", "")
		e.ActIn(name, f.Person[in.post+" "+in.kind+" 2026-01-01"], f.Post[in.post])
	}
	held(e, f, "luvn_family_head", "luvn", "deputy", "2026-01-02", "2026-11-22") // until yesterday
	e.ActIn("luvn deputy before", f.Person["luvn_family_head deputy 2026-01-02"], f.Post["luvn_family_head"])
	const comment, ask = domain.AgreementComment, domain.AgreementAskChanges
	for name, want := range map[string]struct{ espoo, luvn []domain.Permission }{
		"":                  {},
		"espoo coordinator": {[]domain.Permission{domain.ResponsibilityEdit, comment}, []domain.Permission{domain.ResponsibilityEdit, comment}},
		"espoo manager":     {[]domain.Permission{domain.ResponsibilityEdit, comment}, []domain.Permission{comment}},
		"luvn coordinator":  {[]domain.Permission{domain.AgreementAccept, domain.ResponsibilityEdit, comment, ask}, []domain.Permission{domain.AgreementAccept, domain.ResponsibilityEdit, comment, ask}},
		"luvn manager":      {[]domain.Permission{domain.AgreementAccept, comment, ask}, []domain.Permission{domain.AgreementAccept, domain.ResponsibilityEdit, comment, ask}},
		"espoo reader":      {}, "luvn reader": {}, "auditor": {}, "espoo administrator": {}, "luvn administrator": {},
	} {
		got := ofGoal(e, name, goal.ID, "")
		if !slices.Equal(got[0].Permissions, want.espoo) || !slices.Equal(got[1].Permissions, want.luvn) {
			t.Errorf("%q may %v and %v, want %v and %v", name, got[0].Permissions, got[1].Permissions, want.espoo, want.luvn)
		}
	}
	accept := apitest.JSON{"answer": "accepted"}
	e.As("espoo manager").Post("/responsibilities/"+luvn.ID.String()+"/acceptances", accept, "If-Match", etag(luvn.Version)).WantProblem(409, "already_answered")
	e.As("luvn reader").Post("/responsibilities/"+luvn.ID.String()+"/acceptances", accept, "If-Match", etag(luvn.Version)).WantProblem(403, "forbidden")
	for _, name := range []string{"auditor", "luvn secretary", "espoo secretary", "luvn deputy before"} {
		e.As(name).Post("/responsibilities/"+luvn.ID.String()+"/acceptances", accept, "If-Match", etag(luvn.Version)).WantProblem(403, "forbidden")
	}
	e.As("").Post("/responsibilities/"+luvn.ID.String()+"/acceptances", accept, "If-Match", etag(luvn.Version)).WantProblem(401, "sign_in_required")
	terms := apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "lead", "wording": apitest.JSON{"fi": "Espoon sanat."}}
	e.As("espoo manager").Put("/responsibilities/"+luvn.ID.String(), etag(luvn.Version), terms).WantProblem(403, "forbidden")
	for _, name := range []string{"luvn manager", "luvn deputy", "luvn secretary"} {
		e.As(name).Put("/responsibilities/"+espoo.ID.String(), etag(espoo.Version), terms).WantProblem(403, "forbidden")
	}
	answered := apitest.As[api.ResponsibilityItem](e.As("luvn deputy").Post("/responsibilities/"+espoo.ID.String()+"/acceptances", accept, "If-Match", etag(espoo.Version)).Want(200))
	if last := lastEntries(e, 1)[0]; answered.Standing != domain.InForce || last.Permission != "agreement.accept" {
		t.Errorf("accepted by the deputy: %s, %+v", answered.Standing, last)
	}
	e.As("luvn coordinator").Post("/responsibilities/"+luvn.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", etag(luvn.Version)).WantProblem(409, "proposed_by_other_party")
	e.As("espoo coordinator").Post("/responsibilities/"+luvn.ID.String()+"/withdrawal", apitest.JSON{"reason": "Väärä tehtävä"}, "If-Match", etag(luvn.Version)).Want(200)
	if left := ofGoal(e, "", goal.ID, ""); len(left) != 1 || left[0].ID != espoo.ID {
		t.Errorf("left after the withdrawal: %+v", left)
	}
	e.As("").Get("/responsibilities/"+luvn.ID.String()).WantProblem(404, "responsibility_not_found")
}

// The parties that lead or share a thing only later are asked too.
func TestAPartyThatJoinsIsAsked(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := without(goalInput(f, "Espoon", "public"), "responsibilities")
	in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}, {"postId": f.Post["esp_coordinator"], "part": "informed"}}
	goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", in).Want(201))
	for _, r := range ofGoal(e, "", goal.ID, "") {
		if r.Standing != domain.InForce {
			t.Errorf("Espoo's own %s: %s", r.Part, r.Standing)
		}
	}
	proposal := apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID, "postId": f.Post["luvn_family_head"], "part": "shared"}
	e.As("luvn manager").Post("/responsibilities", proposal).Want(201)
	got := ofGoal(e, "espoo coordinator", goal.ID, "")
	lead, shared, informed := got[0], got[1], got[2]
	espoo, luvn := answers(f, lead)
	if lead.Standing != domain.Reopened || espoo != "accepted" || luvn != "open" {
		t.Errorf("the lead: %s, Espoo %s, LUVN %s", lead.Standing, espoo, luvn)
	}
	if espoo, luvn := answers(f, shared); shared.Standing != domain.Proposed || espoo != "open" || luvn != "accepted" {
		t.Errorf("the shared part: %s, Espoo %s, LUVN %s", shared.Standing, espoo, luvn)
	}
	if informed.Standing != domain.InForce {
		t.Errorf("to be informed: %s", informed.Standing)
	}
	e.As("luvn manager").Post("/responsibilities", proposal).WantProblem(422, "validation_failed")
	e.As("luvn reader").Post("/responsibilities", proposal).WantProblem(403, "forbidden")
	proposal["subjectId"] = f.Party["espoo"]
	e.As("luvn manager").Post("/responsibilities", proposal).WantProblem(404, "goal_not_found")
}

// However acceptance and edits race, what is in force is what both accepted.
func TestConcurrentAcceptanceAndEdit(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	answerAll(e, "luvn coordinator", "accepted")
	id := ofGoal(e, "", goal.ID, "")[0].ID.String()
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for n := range 12 {
				r := apitest.As[api.ResponsibilityItem](e.As("").Get("/responsibilities/" + id).Want(200))
				if worker%2 == 0 {
					e.As("espoo coordinator").Put("/responsibilities/"+id, etag(r.Version), apitest.JSON{"postId": f.Post["esp_education_head"], "part": "lead",
						"wording": apitest.JSON{"fi": "Sanamuoto " + strconv.Itoa(worker) + "/" + strconv.Itoa(n)}})
				} else {
					e.As("luvn coordinator").Post("/responsibilities/"+id+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(r.Version))
				}
			}
		})
	}
	wg.Wait()
	var broken int
	e.QueryRow(`
select count(*) from responsibility_history r
where r.id = $1 and r.standing in ('in_force', 'reopened', 'change_declined') and not exists (
    select 1 from agreement g
    where g.subject_id = r.id and g.content->'wording'->>'fi' = r.wording_fi
      and not exists (select 1 from acceptance a where a.agreement_id = g.id and a.state <> 'accepted')
      and (select count(*) from acceptance a where a.agreement_id = g.id) = 2)`, []any{id}, &broken)
	if broken != 0 {
		t.Errorf("%d versions were in force in words that a party had not accepted", broken)
	}
	var accepted int
	e.QueryRow(`select count(*) from agreement where subject_id = $1 and state in ('in_force', 'superseded')`, []any{id}, &accepted)
	if accepted < 2 {
		t.Errorf("only %d contents: nothing raced", accepted)
	}
}

// What waits for an answer is listed by age, the oldest first, page by page.
func TestWhatWaitsByAge(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	e.Advance(time.Hour)
	first := ofGoal(e, "", goal.ID, "")[0]
	e.As("espoo coordinator").Put("/responsibilities/"+first.ID.String(), etag(first.Version),
		apitest.JSON{"postId": f.Post["esp_education_head"], "part": "lead", "wording": apitest.JSON{"fi": "Uudet sanat."}}).Want(200)
	list := func(sort string) (posts []string) {
		for next := ""; ; {
			page := apitest.As[api.List[api.ResponsibilityItem]](e.As("luvn coordinator").Get("/responsibilities?awaiting=me&limit=1&sort=" + sort + next).Want(200))
			for _, r := range page.Items {
				posts = append(posts, r.Post.Title.FI)
			}
			if page.NextCursor == "" {
				return posts
			}
			next = "&cursor=" + page.NextCursor
		}
	}
	if got, want := list("waitingSince"), []string{"luvn_family_head", "esp_education_head"}; !slices.Equal(got, want) {
		t.Errorf("the oldest first: %v, want %v", got, want)
	}
	answerAll(e, "luvn coordinator", "accepted")
	if got := apitest.As[api.List[api.ResponsibilityItem]](e.As("").Get("/responsibilities?sort=waitingSince&limit=1").Want(200)); got.NextCursor == "" {
		t.Error("what waits for nothing cannot be paged")
	}
}
