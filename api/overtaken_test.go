package api_test

import (
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// endGoal ends goal 1 by what storage would keep; into is the goal in which it goes on,
// if any.
func endGoal(e *apitest.Env, into *domain.GoalID) {
	e.T.Helper()
	e.Exec("select set_config('app.now', $1, false)", e.Now().Format("2006-01-02 15:04:05.999999Z07:00"))
	e.Exec("update goal set ending = case when $1::uuid is null then 'cancelled' else 'merged' end, ended_on = '2026-11-23', ending_reason_fi = 'Sama', into_goal_id = $1, version = version + 1 where no = 1", into)
}

// Topology: goal 1 has ended and goes on in 2; actions 1 (serves 1 from before) and 3
// (withdrawn). Nothing new is given to what has ended or was withdrawn, and the answer
// tells where the goal goes on; what was given before stays, and is changed and ended.
func TestNothingNewForWhatIsOver(t *testing.T) {
	t.Parallel()
	e, f, goal, open, _ := followingTopology(t)
	other := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Jatko", "public")).Want(201))
	gone := createAction(e, "espoo coordinator", actionInput(f, "Kopio", "esp_education_head", "2027-06-04"))
	gone = apitest.As[api.Action](e.As("espoo coordinator").Post("/actions/"+gone.ID.String()+"/withdrawal", apitest.JSON{"reason": "Kopio"}, "If-Match", etagOf(gone)).Want(200))
	propose := func(kind string, id any) apitest.Response {
		return e.As("espoo coordinator").Post("/responsibilities", apitest.JSON{"subjectKind": kind, "subjectId": id, "postId": f.Post["esp_youth_head"], "part": "support"})
	}
	for _, into := range []*domain.GoalID{&other.ID, nil} {
		endGoal(e, into)
		state := ""
		if into != nil {
			state = "2"
		}
		linked := actionInput(f, "Uusi", "esp_education_head", "2027-06-04")
		linked["goalIds"] = []any{goal.ID}
		edited := actionInput(f, "Kopio", "esp_education_head", "2027-06-04")
		edited["goalIds"] = []any{goal.ID}
		unlinked := createAction(e, "espoo coordinator", actionInput(f, "Irrallinen", "esp_education_head", "2027-06-04"))
		for name, res := range map[string]apitest.Response{
			"a responsibility": propose("goal", goal.ID),
			"a new action":     e.As("espoo coordinator").Post("/actions", linked),
			"a link":           e.As("espoo coordinator").Put("/actions/"+unlinked.ID.String(), etagOf(unlinked), edited),
		} {
			if p := res.WantProblem(409, "goal_ended"); p.State != state {
				t.Errorf("%s for what goes on in %q: it is said to go on in %q", name, state, p.State)
			}
		}
	}
	propose("action", gone.ID).WantProblem(409, "action_withdrawn")

	// What it serves already it serves still.
	kept := actionInput(f, "Avoin, uusi nimi", "esp_education_head", "2027-06-04")
	kept["goalIds"] = []any{goal.ID}
	e.As("espoo coordinator").Put("/actions/"+open.ID.String(), etagOf(open), kept).Want(200)
	type parts struct {
		Permissions []string `json:"permissions"`
	}
	for path, want := range map[string]bool{"goal/" + goal.ID.String(): false, "action/" + gone.ID.String(): false, "goal/" + other.ID.String(): true} {
		got := apitest.As[parts](e.As("espoo coordinator").Get("/responsibilities/of/" + path).Want(200))
		if has := len(got.Permissions) > 0; has != want {
			t.Errorf("%s offers a form: %v", path, has)
		}
	}
}

// What an action waited for was withdrawn since: the removal of the dependency is not
// undone, and the answer says why; once it is restored it is.
func TestADependencyOnWhatWasWithdrawn(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	one := createAction(e, "espoo manager", actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04"))
	two := createAction(e, "espoo coordinator", actionInput(f, "Koulutus", "esp_education_head", "2027-03-31"))
	d := apitest.As[api.Action](waitFor(e, "espoo manager", one, two).Want(200)).Needs[0]
	e.As("espoo manager").Post("/actions/"+one.ID.String()+"/dependencies/"+d.ID.String()+"/removal", apitest.JSON{}).Want(200)
	two = apitest.As[api.Action](e.As("espoo coordinator").Post("/actions/"+two.ID.String()+"/withdrawal", apitest.JSON{"reason": "Kopio"}, "If-Match", etagOf(two)).Want(200))
	if p := waitFor(e, "espoo manager", one, two).WantProblem(409, "needs_withdrawn"); p.State != "2" {
		t.Errorf("refused with %+v", p)
	}
	two = apitest.As[api.Action](e.As("espoo coordinator").Post("/actions/"+two.ID.String()+"/restoration", apitest.JSON{"reason": "Ei kopio"}, "If-Match", etagOf(two)).Want(200))
	if got := around(e, "espoo manager", 1, ""); got != "needs [] awaited by []" {
		t.Errorf("before it is said again: %s", got)
	}
	waitFor(e, "espoo manager", one, two).Want(200)
}
