package api_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// waitFor makes an action wait for another one.
func waitFor(e *apitest.Env, as string, a, needs api.Action) apitest.Response {
	e.T.Helper()
	return e.As(as).Post("/actions/"+a.ID.String()+"/dependencies", apitest.JSON{"needsId": needs.ID})
}

func dependencyNos(ds []api.Dependency) []int {
	nos := []int{}
	for _, d := range ds {
		nos = append(nos, d.Action.No)
	}
	return nos
}

// around is what an actor reads of the dependencies of an action: "needs [1] awaited by [3]".
func around(e *apitest.Env, as string, no int, query string) string {
	e.T.Helper()
	a := apitest.As[api.Action](e.As(as).Get(fmt.Sprintf("/actions/%d%s", no, query)).Want(200))
	return fmt.Sprintf("needs %v awaited by %v", dependencyNos(a.Needs), dependencyNos(a.AwaitedBy))
}

// Topology: 1 public, led by Espoo; 2 public, led by LUVN; 3 internal, led by LUVN.
// 1 waits for 2 and 3, 2 waits for 3. Staff see all of it, the public 1 waits for 2.
// Who may edit the action that waits may change what it waits for.
func TestDependenciesVisibleSetAndPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	one := createAction(e, "espoo manager", actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04"))
	two := createAction(e, "luvn manager", actionInput(f, "Koulutus", "luvn_family_head", "2027-03-31"))
	hidden := actionInput(f, "Sisäinen", "luvn_family_head", "2027-01-31")
	hidden["visibility"], hidden["visibilityGround"] = "internal", "keskeneräinen"
	three := createAction(e, "luvn manager", hidden)

	waitFor(e, "", one, two).WantProblem(401, "sign_in_required")
	for _, as := range []string{"luvn manager", "luvn coordinator", "espoo reader", "auditor"} {
		waitFor(e, as, one, two).WantProblem(403, "forbidden")
	}
	if got := apitest.As[api.Action](waitFor(e, "espoo manager", one, two).Want(200)); got.Version != one.Version || !slices.Equal(dependencyNos(got.Needs), []int{2}) {
		t.Errorf("answered version %d, %+v", got.Version, got.Needs)
	}
	waitFor(e, "espoo coordinator", one, three).Want(200)
	waitFor(e, "luvn manager", two, three).Want(200)
	waitFor(e, "espoo manager", one, two).WantProblem(409, "dependency_exists")
	for needs, code := range map[domain.ActionID]string{one.ID: "itself", {}: "unknown"} {
		p := e.As("espoo manager").Post("/actions/"+one.ID.String()+"/dependencies", apitest.JSON{"needsId": needs}).WantProblem(422, "validation_failed")
		if len(p.Errors) != 1 || p.Errors[0].Pointer != "/needsId" || p.Errors[0].Code != code {
			t.Errorf("%s: %+v", code, p.Errors)
		}
	}
	e.As("espoo manager").Post("/actions/"+domain.ActionID{}.String()+"/dependencies", apitest.JSON{"needsId": two.ID}).WantProblem(404, "action_not_found")

	for _, as := range []string{"espoo manager", "luvn reader", "auditor"} {
		for no, want := range map[int]string{1: "needs [3 2] awaited by []", 2: "needs [3] awaited by [1]", 3: "needs [] awaited by [2 1]"} {
			if got := around(e, as, no, ""); got != want {
				t.Errorf("%q reads of %d: %s, want %s", as, no, got, want)
			}
		}
	}
	for no, want := range map[int]string{1: "needs [2] awaited by []", 2: "needs [] awaited by [1]"} {
		if got := around(e, "", no, ""); got != want {
			t.Errorf("the public reads of %d: %s, want %s", no, got, want)
		}
	}
	d := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200)).Needs[0]
	if !d.CrossesParties || d.Lead == nil || d.Lead.PartyID != f.Party["luvn"] || d.DueOn.String() != "2027-03-31" || d.Condition.Value != "not_started" {
		t.Errorf("the public reads %+v", d)
	}
	if d := apitest.As[api.Action](e.As("luvn manager").Get("/actions/2").Want(200)).Needs[0]; d.CrossesParties {
		t.Errorf("within a party: %+v", d)
	}

	// The log has it under both; the public is told nothing of it.
	for as, want := range map[string]int{"luvn reader": 2, "": 0} {
		got := 0
		for _, entry := range entries(e.As(as).Get("/audit/entries?subjectKind=action&subjectId=" + two.ID.String())) {
			if entry.Subject.Kind == domain.SubjectDependency {
				got++
				if len(entry.Changes) != 2 || entry.Permission != domain.ActionEdit {
					t.Errorf("entry %+v", entry)
				}
			}
		}
		if got != want {
			t.Errorf("%q reads %d entries of dependencies under action 2, want %d", as, got, want)
		}
	}

	// Taken away, it stays in the past.
	e.Advance(24 * time.Hour)
	path := "/actions/" + one.ID.String() + "/dependencies/" + d.ID.String() + "/removal"
	e.As("").Post(path, apitest.JSON{}).WantProblem(401, "sign_in_required")
	e.As("luvn manager").Post(path, apitest.JSON{}).WantProblem(403, "forbidden")
	e.As("luvn manager").Post("/actions/"+two.ID.String()+"/dependencies/"+d.ID.String()+"/removal", apitest.JSON{}).WantProblem(404, "dependency_not_found")
	got := apitest.As[api.Action](e.As("espoo manager").Post(path, apitest.JSON{"reason": "Koulutus pidettiin jo"}).Want(200))
	if !slices.Equal(dependencyNos(got.Needs), []int{3}) {
		t.Errorf("after the removal it needs %v", dependencyNos(got.Needs))
	}
	e.As("espoo manager").Post(path, apitest.JSON{}).WantProblem(404, "dependency_not_found")
	if entry := lastEntry(e, "action_dependency"); entry.reason != "Koulutus pidettiin jo" || !strings.Contains(entry.changes, two.ID.String()) {
		t.Errorf("entry %+v", entry)
	}
	if now, then := around(e, "", 1, ""), around(e, "", 1, "?asOf=2026-11-23"); now != "needs [] awaited by []" || then != "needs [2] awaited by []" {
		t.Errorf("now %s, the day before %s", now, then)
	}
	closed := report(e, "espoo manager", one, apitest.JSON{"status": "cancelled", "reason": "Ei tarvita"}).Want(200)
	waitFor(e, "espoo manager", apitest.As[api.Action](closed), two).WantProblem(409, "action_over")
}

// A dependency that would close a cycle is refused with the way around it.
func TestDependencyCycleIsRefusedWithItsPath(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	var actions []api.Action
	for i := range 4 {
		actions = append(actions, createAction(e, "espoo manager", actionInput(f, fmt.Sprintf("Toimi %d", i+1), "esp_education_head", "2027-06-04")))
	}
	for i := range 3 { // 1 waits for 2, 2 for 3, 3 for 4
		waitFor(e, "espoo manager", actions[i], actions[i+1]).Want(200)
	}
	p := waitFor(e, "espoo manager", actions[3], actions[0]).WantProblem(409, "dependency_cycle")
	var path []string
	for _, n := range p.Path {
		path = append(path, fmt.Sprint(n.No, " ", n.Title.FI))
	}
	if got := strings.Join(path, " > "); got != "4 Toimi 4 > 1 Toimi 1 > 2 Toimi 2 > 3 Toimi 3 > 4 Toimi 4" {
		t.Errorf("the path is %s", got)
	}
	if got := around(e, "", 4, ""); got != "needs [] awaited by [3]" {
		t.Errorf("after the refusal: %s", got)
	}
	if p := waitFor(e, "espoo manager", actions[1], actions[0]).WantProblem(409, "dependency_cycle"); len(p.Path) != 3 {
		t.Errorf("the path is %+v", p.Path)
	}
	waitFor(e, "espoo manager", actions[0], actions[3]).Want(200) // a second way in the same direction is none

	// What was withdrawn comes back as it was, so it closes cycles still: the path names
	// it, and staff find it to take the dependency away. Nobody else is told of it.
	gone := actionOf(e, "", 2)
	e.As("espoo coordinator").Post("/actions/"+gone.ID.String()+"/withdrawal", apitest.JSON{"reason": "x"}, "If-Match", etagOf(gone)).Want(200)
	waitFor(e, "espoo manager", actions[3], gone).WantProblem(409, "needs_withdrawn")
	if p := waitFor(e, "espoo manager", actions[2], actions[0]).WantProblem(409, "dependency_cycle"); len(p.Path) != 4 || p.Path[2].No != 2 {
		t.Errorf("the path is %+v", p.Path)
	}
	if staff, public := around(e, "espoo reader", 1, ""), around(e, "", 1, ""); staff != "needs [2 4] awaited by []" || public != "needs [4] awaited by []" {
		t.Errorf("around 1 staff see %s, the public %s", staff, public)
	}
}

// Many write at once, each closing a piece of the ring: whatever the order, one is
// refused and there is no cycle.
func TestParallelWritersCloseNoCycle(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	const ring = 8
	actions := make([]api.Action, ring)
	for i := range actions {
		actions[i] = createAction(e, "espoo manager", actionInput(f, fmt.Sprintf("Toimi %d", i+1), "esp_education_head", ""))
	}
	statuses := make([]int, ring)
	var wg sync.WaitGroup
	for i := range actions {
		wg.Go(func() {
			statuses[i] = waitFor(e, "espoo manager", actions[i], actions[(i+1)%ring]).StatusCode
		})
	}
	wg.Wait()
	slices.Sort(statuses)
	if want := []int{200, 200, 200, 200, 200, 200, 200, 409}; !slices.Equal(statuses, want) {
		t.Errorf("answered %v, want %v", statuses, want)
	}
	var cycles int
	e.Row(`with recursive way (start, id) as (select action_id, needs_id from action_dependency
 union select way.start, d.needs_id from way join action_dependency d on d.action_id = way.id) select count(*) from way where start = id`, &cycles)
	if cycles > 0 {
		t.Errorf("%d actions wait for themselves", cycles)
	}
}

// Topology: 4 waits for 3, 3 for 2, 2 for 1; 5 waits for 6, which is internal. 1 and 6
// become late. Those that wait are at risk in every list, and the public is not told
// of a risk by what it may not see.
func TestLateActionPutsItsFollowersAtRisk(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	var actions []api.Action
	for i, due := range []string{"2026-11-30", "2027-03-31", "2027-06-04", "2027-12-31", "2027-06-04", "2026-11-30"} {
		in := actionInput(f, fmt.Sprintf("Toimi %d", i+1), map[bool]string{true: "luvn_family_head", false: "esp_education_head"}[i == 0], due)
		if i == 5 {
			in["visibility"], in["visibilityGround"] = "internal", "keskeneräinen"
		}
		actions = append(actions, createAction(e, map[bool]string{true: "luvn manager", false: "espoo manager"}[i == 0], in))
	}
	for i := range 3 {
		waitFor(e, "espoo manager", actions[i+1], actions[i]).Want(200)
	}
	waitFor(e, "espoo manager", actions[4], actions[5]).Want(200)
	if got := listed(e, "espoo manager", "atRisk=true"); len(got) > 0 {
		t.Errorf("at risk before anything is late: %v", got)
	}
	e.Advance(8 * 24 * time.Hour) // 1 December
	for as, want := range map[string][]int{"espoo manager": {2, 3, 4, 5}, "": {2, 3, 4}} {
		if got := listed(e, as, "atRisk=true&sort=no"); !slices.Equal(got, want) {
			t.Errorf("%q lists at risk %v, want %v", as, got, want)
		}
		for _, a := range apitest.As[api.List[api.ActionSummary]](e.As(as).Get("/actions?sort=no").Want(200)).Items {
			if flagged := slices.Contains(a.Condition.Flags, "at_risk"); flagged != slices.Contains(want, a.No) || flagged != (a.Condition.Risk != nil) {
				t.Errorf("%q: action %d has %v, %+v", as, a.No, a.Condition.Flags, a.Condition.Risk)
			}
		}
	}
	if got := listed(e, "", "atRisk=false&sort=no"); !slices.Equal(got, []int{1, 5}) {
		t.Errorf("not at risk: %v", got)
	}
	if got := listed(e, "", "atRisk=true&asOf=2026-11-30"); len(got) > 0 {
		t.Errorf("at risk the day before: %v", got)
	}
	risk := func(no int) api.Risk {
		t.Helper()
		r := apitest.As[api.Action](e.As("").Get(fmt.Sprintf("/actions/%d", no)).Want(200)).Condition.Risk
		if r == nil {
			t.Fatalf("action %d is not at risk", no)
		}
		return *r
	}
	if r := risk(2); r.No != 1 || r.Steps != 1 || r.LateOn.String() != "2026-11-30" ||
		r.Summary.FI != "Vaarassa: toimenpide 1 ”Toimi 1” on myöhässä, määräaika oli 30.11.2026." ||
		r.Summary.SV != "I riskzonen: åtgärd 1 ”Toimi 1 sv” är försenad, tidsfristen var 30.11.2026." ||
		r.Summary.EN != "At risk: action 1 “Toimi 1” is late, it was due on 30 November 2026." {
		t.Errorf("%+v", r)
	}
	if r := risk(4); r.No != 1 || r.Steps != 3 || r.Summary.FI != "Vaarassa toimenpiteen 3 kautta: toimenpide 1 ”Toimi 1” on myöhässä, määräaika oli 30.11.2026." {
		t.Errorf("%+v", r)
	}
	// A step that is paused passes the risk on, one that is done does not.
	three := apitest.As[api.Action](report(e, "espoo manager", actions[2], apitest.JSON{"status": "paused", "reason": "Odottaa"}).Want(200))
	if r := risk(4); r.No != 1 {
		t.Errorf("through a paused one: %+v", r)
	}
	report(e, "espoo manager", three, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Tehty", "sv": "Gjort"}, "reason": "Tehtiin muuten"}).Want(200)
	if got := listed(e, "", "atRisk=true"); !slices.Equal(got, []int{2}) {
		t.Errorf("once 3 is done: %v", got)
	}
	report(e, "luvn manager", actions[0], apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Tehty", "sv": "Gjort"}, "reason": "Tehty heti"}).Want(200)
	if got := listed(e, "espoo manager", "atRisk=true"); !slices.Equal(got, []int{5}) {
		t.Errorf("once 1 is done: %v", got)
	}
}

// At most fifty either way.
func TestDependenciesAreBounded(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	one := createAction(e, "espoo manager", actionInput(f, "Kaikki", "esp_education_head", ""))
	other := createAction(e, "espoo manager", actionInput(f, "Vielä yksi", "esp_education_head", ""))
	e.Exec(`with made as (insert into action (id, no, title_fi, title_sv, title_en, due_precision, status, progress, visibility, version, created_at, updated_at)
 select gen_random_uuid(), 100 + n, 'Muu', '', '', 'day', 'in_progress', 0, 'public', 1, now(), now() from generate_series(1, 50) n returning id)
insert into action_dependency (id, action_id, needs_id, created_at) select gen_random_uuid(), $1, id, now() from made`, one.ID)
	waitFor(e, "espoo manager", one, other).WantProblem(409, "too_many_dependencies")
	if got := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200)); len(got.Needs) != 50 {
		t.Errorf("it waits for %d", len(got.Needs))
	}
}
