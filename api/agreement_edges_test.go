package api_test

import (
	"strconv"
	"sync"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// ownGoal is a goal that Espoo alone leads: in force at once.
func ownGoal(e *apitest.Env, f *apitest.Fixture, title string) api.Goal {
	e.T.Helper()
	in := without(goalInput(f, title, "public"), "responsibilities")
	in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}}
	return apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", in).Want(201))
}

// To be informed binds nobody, but what both accepted does not become that
// without both.
func TestWhatBoundDoesNotBecomeInformedAlone(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	answerAll(e, "luvn coordinator", "accepted")
	theirs := ofGoal(e, "", goal.ID, "")[1]
	path := "/responsibilities/" + theirs.ID.String()
	informed := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Put(path, etag(theirs.Version),
		apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "informed", "wording": theirs.Wording}).Want(200))
	if espoo, luvn := answers(f, informed); informed.Standing != domain.Reopened || informed.Part != "lead" || espoo != "accepted" || luvn != "open" {
		t.Errorf("proposed by Espoo: %s as %s, Espoo %s, LUVN %s", informed.Standing, informed.Part, espoo, luvn)
	}
	answerAll(e, "luvn coordinator", "accepted")
	if now := ofGoal(e, "", goal.ID, "")[1]; now.Standing != domain.InForce || now.Part != "informed" {
		t.Errorf("accepted by LUVN: %s as %s", now.Standing, now.Part)
	}
}

// Who is asked only since a thing became theirs too stays asked when what waits
// is withdrawn.
func TestAWithdrawalDoesNotLeaveOutWhoJoined(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := ownGoal(e, f, "Espoon")
	e.As("luvn manager").Post("/responsibilities", apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID, "postId": f.Post["luvn_family_head"], "part": "shared"}).Want(201)
	lead := ofGoal(e, "", goal.ID, "")[0]
	e.As("espoo coordinator").Post("/responsibilities/"+lead.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", etag(lead.Version)).Want(200)
	lead = ofGoal(e, "", goal.ID, "")[0]
	if espoo, luvn := answers(f, lead); lead.Standing != domain.Reopened || espoo != "accepted" || luvn != "open" {
		t.Errorf("the lead: %s, Espoo %s, LUVN %s", lead.Standing, espoo, luvn)
	}

	handoverChain(e, f, "chain", "public", handoverInput(apitest.JSON{"from": 1, "to": 3}))
	c := getChain(e, "espoo coordinator", "chain")
	in := again(c)
	in["stages"].([]apitest.JSON)[2]["partyId"] = f.Party["luvn"]
	h := changeTogether(e, "espoo coordinator", "luvn coordinator", c, in).Handovers[0]
	e.As("espoo coordinator").Post("/handovers/"+h.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", etag(h.Version)).Want(200)
	h = getChain(e, "", "chain").Handovers[0]
	if espoo, luvn := answersOf(f, h); h.Standing != domain.Reopened || espoo != "accepted" || luvn != "open" {
		t.Errorf("the hand-over: %s, Espoo %s, LUVN %s", h.Standing, espoo, luvn)
	}
}

// What has ended is not begun anew with another party's post without asking the
// party that had accepted it.
func TestWhatEndedIsNotTakenOverAlone(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := ownGoal(e, f, "Espoon")
	r := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Post("/responsibilities",
		apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID, "postId": f.Post["luvn_family_head"], "part": "support", "validTo": "2026-11-23"}).Want(201))
	answerAll(e, "luvn coordinator", "accepted")
	e.Advance(48 * time.Hour)
	path := "/responsibilities/" + r.ID.String()
	r = apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Get(path).Want(200))
	r = apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Put(path, etag(r.Version), apitest.JSON{"postId": f.Post["esp_coordinator"], "part": "support"}).Want(200))
	if espoo, luvn := answers(f, r); r.Standing != domain.Reopened || r.Post.Title.FI != "luvn_family_head" || espoo != "accepted" || luvn != "open" {
		t.Errorf("taken over: %s of %s, Espoo %s, LUVN %s", r.Standing, r.Post.Title.FI, espoo, luvn)
	}
}

// The list in a thing's form says nothing of days: saving it does not prolong
// what is to end.
func TestAListLeavesTheLastDay(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := ownGoal(e, f, "Määräaikainen")
	r := ofGoal(e, "", goal.ID, "")[0]
	e.As("espoo coordinator").Put("/responsibilities/"+r.ID.String(), etag(r.Version),
		apitest.JSON{"postId": f.Post["esp_education_head"], "part": "lead", "validTo": "2026-12-31"}).Want(200)
	in := without(goalInput(f, "Uusi nimi", "public"), "responsibilities")
	for _, wording := range []string{"", "Uudet sanat."} {
		in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead", "wording": apitest.JSON{"fi": wording}}}
		in["title"] = apitest.JSON{"fi": "Nimi " + wording}
		goal = apitest.As[api.Goal](e.As("espoo coordinator").Get("/goals/" + goal.ID.String()).Want(200))
		e.As("espoo coordinator").Change("/goals/"+goal.ID.String(), etag(goal.Version), in).Want(200)
		if r := ofGoal(e, "", goal.ID, "")[0]; r.ValidTo != "2026-12-31" || r.Wording.FI != wording {
			t.Errorf("saved with %q: until %q, %q", wording, r.ValidTo, r.Wording.FI)
		}
	}
}

// What was in force in a stage ends with the stage, also if its end waits for an
// answer already, and nothing new begins there.
func TestNothingHoldsInAnEndedStage(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := chainInput(f, "chain", "public")
	shared := apitest.JSON{"postId": f.Post["esp_youth_head"], "part": "shared"}
	in["stages"].([]apitest.JSON)[1]["responsibilities"] = []apitest.JSON{{"postId": f.Post["luvn_family_head"], "part": "lead"}, shared}
	newChain(e, "espoo coordinator", in)
	answerAll(e, "luvn coordinator", "accepted")
	e.Advance(48 * time.Hour)
	stage := getChain(e, "", "chain").Stages[1].ID.String()
	of := func() []api.ResponsibilityItem {
		t.Helper()
		return apitest.As[api.SubjectResponsibilities](e.As("espoo reader").Get("/responsibilities/of/stage/" + stage).Want(200)).Items
	}
	c := getChain(e, "espoo coordinator", "chain")
	left := again(c)
	left["stages"].([]apitest.JSON)[1]["responsibilities"] = []apitest.JSON{shared}
	e.As("espoo coordinator").Change("/chains/"+c.ID.String(), etag(c.Version), left).Want(200)
	waits := of()
	if len(waits) != 2 || waits[0].Post.Title.FI != "luvn_family_head" || waits[0].Standing != domain.Reopened || waits[0].Change == nil {
		t.Fatalf("taken out of the list: %+v", waits)
	}
	c = getChain(e, "espoo coordinator", "chain")
	left = again(c)
	stages := left["stages"].([]apitest.JSON)
	left["stages"] = append(stages[:1], stages[2:]...)
	changeTogether(e, "espoo coordinator", "luvn coordinator", c, left)
	if left := of(); len(left) != 0 {
		t.Errorf("in force in a stage that is no more: %+v", left)
	}
	e.As("espoo coordinator").Post("/responsibilities", apitest.JSON{"subjectKind": "stage", "subjectId": stage, "postId": f.Post["esp_youth_head"], "part": "lead"}).
		WantProblem(409, "stage_ended")
	ended := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Get("/responsibilities/" + waits[0].ID.String()).Want(200))
	e.As("luvn coordinator").Put("/responsibilities/"+waits[0].ID.String(), etag(ended.Version),
		apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "lead"}).WantProblem(409, "stage_ended")
}

// Two parties that each take a part in a thing at the same time are both asked
// about both.
func TestTwoFirstPartsAtOnce(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	for n := range 8 {
		in := without(goalInput(f, "Tavoite "+strconv.Itoa(n), "public"), "responsibilities")
		goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", in).Want(201))
		var wg sync.WaitGroup
		for name, post := range map[string]string{"espoo coordinator": "esp_education_head", "luvn coordinator": "luvn_family_head"} {
			wg.Go(func() {
				e.As(name).Post("/responsibilities", apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID, "postId": f.Post[post], "part": "lead"}).Want(201)
			})
		}
		wg.Wait()
		for _, r := range ofGoal(e, "", goal.ID, "") {
			if r.Standing == domain.InForce {
				t.Errorf("goal %d: the part of %s is in force without the other party", n, r.Post.Title.FI)
			}
		}
	}
}

// What was proposed and declined before a goal was public stays among staff.
func TestRevisionsOfAnInternalTimeAreInternal(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := goalInput(f, "Sisäinen", "internal")
	goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", in).Want(201))
	r := ofGoal(e, "espoo coordinator", goal.ID, "")[0]
	path := "/responsibilities/" + r.ID.String()
	for _, wording := range []string{"Keskeneräiset sanat.", "Julkiset sanat."} {
		e.Advance(time.Hour)
		r = apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Put(path, etag(r.Version),
			apitest.JSON{"postId": f.Post["esp_education_head"], "part": "lead", "wording": apitest.JSON{"fi": wording}}).Want(200))
	}
	e.Advance(time.Hour)
	e.Exec("update goal set visibility = 'public', visibility_ground = '', version = 2 where id = $1", goal.ID)
	for name, want := range map[string]int{"": 1, "luvn reader": 3} {
		got := apitest.As[api.List[api.Revision]](e.As(name).Get(path + "/agreements").Want(200)).Items
		if len(got) != want || got[0].Content.Wording.FI != "Julkiset sanat." {
			t.Errorf("%q reads %+v", name, got)
		}
	}
}
