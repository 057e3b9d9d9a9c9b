package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// newPhases makes phases in an order and returns their ids by key.
func newPhases(e *apitest.Env, keys ...string) map[string]domain.AnyID {
	e.T.Helper()
	out := map[string]domain.AnyID{}
	for i, key := range keys {
		out[key] = apitest.As[api.Term](e.As("luvn coordinator").Post("/phases", apitest.JSON{"key": key, "position": i + 1,
			"title": apitest.JSON{"fi": key, "sv": key + " sv"}}).Want(201)).ID
	}
	return out
}

// phasesOf is what an actor reads of the phases of action 1, with their days, the
// present one last: "idea 23.11 decision 24.11".
func phasesOf(e *apitest.Env, as, query string, ids map[string]domain.AnyID) string {
	e.T.Helper()
	a := apitest.As[api.Action](e.As(as).Get("/actions/1" + query).Want(200))
	var out []string
	for _, p := range a.Phases {
		for key, id := range ids {
			if id.UUID == p.PhaseID.UUID {
				out = append(out, fmt.Sprint(key, " ", p.On))
			}
		}
	}
	present := a.PhaseID == nil && len(a.Phases) == 0 || a.PhaseID != nil && len(a.Phases) > 0 && *a.PhaseID == a.Phases[len(a.Phases)-1].PhaseID
	if !present && as != "" {
		e.T.Errorf("%q reads the phase %v and %v", as, a.PhaseID, a.Phases)
	}
	return strings.Join(out, " ")
}

// A phase is said by the form of the action and by a status report; the day on which
// each was reached follows from the history, for a past day too, and goes with a
// report that is taken back.
func TestPhasesOfAnAction(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	ids := newPhases(e, "idea", "preparation", "decision", "implementation", "established")
	in := actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04")
	in["phaseId"] = ids["idea"]
	a := createAction(e, "espoo manager", in)
	if a.PhaseID == nil || a.PhaseID.UUID != ids["idea"].UUID {
		t.Errorf("made in phase %v", a.PhaseID)
	}
	day := func() { e.Advance(24 * time.Hour) }
	day()
	a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "phaseId": ids["decision"]}).Want(200))
	day()
	a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "progress": 30}).Want(200)) // says nothing of it
	if got, want := phasesOf(e, "", "", ids), "idea 2026-11-23 decision 2026-11-24"; got != want {
		t.Errorf("phases %s, want %s", got, want)
	}
	day()
	a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "phaseId": ids["implementation"]}).Want(200))
	if got, want := phasesOf(e, "", "", ids), "idea 2026-11-23 decision 2026-11-24 implementation 2026-11-26"; got != want {
		t.Errorf("phases %s, want %s", got, want)
	}
	if got, want := phasesOf(e, "", "?asOf=2026-11-24", ids), "idea 2026-11-23 decision 2026-11-24"; got != want {
		t.Errorf("phases of the day before %s, want %s", got, want)
	}
	var changes string
	e.Row(`select v.changes::text from audit_entry e join audit_value v on v.entry_id = e.id where e.permission = 'action.report' order by e.id desc limit 1`, &changes)
	if !strings.Contains(changes, "phaseId") || !strings.Contains(changes, ids["decision"].String()) || !strings.Contains(changes, ids["implementation"].String()) {
		t.Errorf("the log has %s", changes)
	}

	// Taken back with its report; what another said since stays.
	a = apitest.As[api.Action](e.As("espoo manager").Post("/actions/"+a.ID.String()+"/words/"+a.Undoable.ID.String()+"/withdrawal", nil).Want(200))
	if got, want := phasesOf(e, "", "", ids), "idea 2026-11-23 decision 2026-11-24"; got != want {
		t.Errorf("phases once it is taken back %s, want %s", got, want)
	}
	a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "phaseId": ids["implementation"]}).Want(200))
	in["phaseId"] = ids["established"]
	a = apitest.As[api.Action](e.As("espoo manager").Put("/actions/"+a.ID.String(), etagOf(a), in).Want(200))
	a = apitest.As[api.Action](e.As("espoo manager").Post("/actions/"+a.ID.String()+"/words/"+a.Undoable.ID.String()+"/withdrawal", nil).Want(200))
	if a.PhaseID == nil || a.PhaseID.UUID != ids["established"].UUID {
		t.Errorf("what the form said went with the report: %v", a.PhaseID)
	}
	day()
	in["phaseId"] = ids["decision"] // back
	a = apitest.As[api.Action](e.As("espoo manager").Put("/actions/"+a.ID.String(), etagOf(a), in).Want(200))
	if got, want := phasesOf(e, "", "", ids), "idea 2026-11-23 decision 2026-11-24"; got != want {
		t.Errorf("phases after going back %s, want %s", got, want)
	}

	// A retired one stays on what has it and is given to nothing new; a merge keeps the day.
	decide(e, "/phases", ids["decision"], "retirement", nil).Want(200)
	in["phaseId"] = ids["decision"]
	a = apitest.As[api.Action](e.As("espoo manager").Put("/actions/"+a.ID.String(), etagOf(a), in).Want(200))
	decide(e, "/phases", ids["preparation"], "retirement", nil).Want(200)
	for _, p := range []api.Problem{
		report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "phaseId": ids["preparation"]}).WantProblem(422, "validation_failed"),
		report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "phaseId": f.Plan}).WantProblem(422, "validation_failed"),
	} {
		if len(p.Errors) != 1 || p.Errors[0].Pointer != "/phaseId" || p.Errors[0].Code != "retired" && p.Errors[0].Code != "unknown" {
			t.Errorf("refused with %+v", p.Errors)
		}
	}
	decide(e, "/phases", ids["decision"], "merger", apitest.JSON{"intoId": ids["implementation"]}).Want(200)
	if got, want := phasesOf(e, "espoo reader", "", ids), "idea 2026-11-23 implementation 2026-11-24"; got != want {
		t.Errorf("phases after a merge %s, want %s", got, want)
	}
	if got := listed(e, "", "phaseId="+ids["decision"].String()); !slices.Equal(got, []int{1}) {
		t.Errorf("the merged one finds %v", got)
	}
	delete(in, "phaseId")
	a = apitest.As[api.Action](e.As("espoo manager").Get("/actions/1").Want(200))
	e.As("espoo manager").Put("/actions/"+a.ID.String(), etagOf(a), in).Want(200)
	if got := phasesOf(e, "", "", ids); got != "" {
		t.Errorf("phases once it has none: %s", got)
	}
}

// What was reached while the action was internal has no day for the public before it
// became public.
func TestPhasesBeforeAnActionWasPublic(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	ids := newPhases(e, "idea", "decision")
	in := actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04")
	in["phaseId"], in["visibility"], in["visibilityGround"] = ids["idea"], "internal", "keskeneräinen"
	a := createAction(e, "espoo manager", in)
	e.Advance(24 * time.Hour)
	in["phaseId"] = ids["decision"]
	a = apitest.As[api.Action](e.As("espoo manager").Put("/actions/"+a.ID.String(), etagOf(a), in).Want(200))
	e.Advance(24 * time.Hour)
	in["visibility"], in["visibilityGround"] = "public", ""
	e.As("espoo manager").Put("/actions/"+a.ID.String(), etagOf(a), in).Want(200)
	for as, want := range map[string]string{"luvn reader": "idea 2026-11-23 decision 2026-11-24", "": "decision 2026-11-25"} {
		if got := phasesOf(e, as, "", ids); got != want {
			t.Errorf("%q reads %s, want %s", as, got, want)
		}
	}
}

// Topology: actions 1 and 2 in idea, 3 in decision, 4 in none, 5 internal in idea.
// The overview counts what the list by the same phase has, for everybody, also
// narrowed and in the past; the file has the words.
func TestOverviewCountsByPhase(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	ids := newPhases(e, "idea", "preparation", "decision")
	phases := func(as, query string) map[string]int {
		t.Helper()
		out := map[string]int{}
		for _, p := range apitest.As[api.Overview](e.As(as).Get("/overview" + query).Want(200)).Counts.ByPhase {
			key := "none"
			if p.ID != nil {
				key = p.ID.String()
			}
			out[key] = p.Actions
		}
		return out
	}
	for i, phase := range []string{"idea", "idea", "decision", "", "idea"} {
		in := actionInput(f, "Toimi", "esp_education_head", "2027-06-04")
		as := "espoo manager"
		if i == 1 {
			in["responsibilities"], as = []apitest.JSON{{"postId": f.Post["luvn_family_head"], "part": "lead"}}, "luvn manager"
		}
		if i == 4 {
			in["visibility"], in["visibilityGround"] = "internal", "keskeneräinen"
		}
		if phase == "" && len(phases("", "")) == 0 {
			t.Error("nothing is counted although actions are in a phase")
		}
		if phase != "" {
			in["phaseId"] = ids[phase]
		}
		if i == 0 && len(phases("", "")) > 0 {
			t.Error("without an action in a phase something is counted")
		}
		createAction(e, as, in)
	}
	espoo := "&partyId=" + f.Party["espoo"].String()
	for _, as := range []string{"", "luvn reader"} {
		for _, narrow := range []string{"", espoo} {
			counted := phases(as, "?"+strings.TrimPrefix(narrow, "&"))
			total := 0
			for key, n := range counted {
				got := apitest.As[api.List[api.ActionSummary]](e.As(as).Get("/actions?count=exact&phaseId=" + key + narrow).Want(200))
				if *got.Total != n || n == 0 {
					t.Errorf("%q, %s: counted %d in %s, listed %d", as, narrow, n, key, *got.Total)
				}
				total += n
			}
			if all := apitest.As[api.Overview](e.As(as).Get("/overview?" + strings.TrimPrefix(narrow, "&")).Want(200)).Counts.Actions; total != all {
				t.Errorf("%q, %s: %d counted by phase of %d", as, narrow, total, all)
			}
		}
	}
	if got := phases("luvn reader", ""); got[ids["idea"].String()] != 3 || got["none"] != 1 || got[ids["preparation"].String()] != 0 {
		t.Errorf("counted %v", got)
	}
	rows, _ := csvTable(e, "", "/actions.csv?lang=sv&sort=no")
	if got := columnOf(rows, "Genomförandefas"); !slices.Equal(got, []string{"idea sv", "idea sv", "decision sv", ""}) {
		t.Errorf("the file has %v", got)
	}
}

// A report that moved the phase back, once taken back, leaves the days of the phases as
// they were, for everybody and for a past day; before that the day tells it as it was then.
func TestPhasesAfterAReportThatMovedThemBackIsTakenBack(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	ids := newPhases(e, "idea", "decision", "implementation")
	in := actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04")
	in["phaseId"] = ids["idea"]
	a := createAction(e, "espoo manager", in)
	say := func(key string) {
		t.Helper()
		e.Advance(24 * time.Hour)
		a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "phaseId": ids[key]}).Want(200))
	}
	say("decision")
	say("implementation")
	say("idea") // the wrong row
	if got, want := phasesOf(e, "", "", ids), "idea 2026-11-23"; got != want {
		t.Errorf("phases %s, want %s", got, want)
	}
	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](e.As("espoo manager").Post(withdrawal(a, a.Undoable), nil).Want(200))
	want := "idea 2026-11-23 decision 2026-11-24 implementation 2026-11-25"
	for _, as := range []string{"", "luvn reader", "espoo manager"} {
		if got := phasesOf(e, as, "", ids); got != want {
			t.Errorf("%q reads the phases %s, want %s", as, got, want)
		}
	}
	e.Advance(24 * time.Hour)
	for day, want := range map[string]string{"2026-11-26": "idea 2026-11-23", "2026-11-27": want} {
		if got := phasesOf(e, "", "?asOf="+day, ids); got != want {
			t.Errorf("phases on %s: %s, want %s", day, got, want)
		}
	}
}

// A report is taken back after a phase was merged: the action is again in the phase
// before it, or in that which this was merged into; also where it was the report's own.
func TestPhaseTakenBackAfterAMerge(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		merge, into, want string
	}{
		"the one before":          {"decision", "preparation", "preparation"},
		"the one before, forward": {"decision", "established", "established"},
		"the report's own":        {"implementation", "established", "decision"},
		"another":                 {"preparation", "idea", "decision"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := apitest.New(t)
			f := e.Organisation()
			ids := newPhases(e, "idea", "preparation", "decision", "implementation", "established")
			in := actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04")
			in["phaseId"] = ids["decision"]
			a := createAction(e, "espoo manager", in)
			e.Advance(24 * time.Hour)
			a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "phaseId": ids["implementation"]}).Want(200))
			decide(e, "/phases", ids[tt.merge], "merger", apitest.JSON{"intoId": ids[tt.into]}).Want(200)
			e.Advance(24 * time.Hour)
			a = apitest.As[api.Action](e.As("espoo manager").Post(withdrawal(a, a.Undoable), nil).Want(200))
			if a.PhaseID == nil || a.PhaseID.UUID != ids[tt.want].UUID {
				t.Errorf("in phase %v, want %s", a.PhaseID, tt.want)
			}
			if got, want := phasesOf(e, "", "", ids), tt.want+" 2026-11-23"; got != want {
				t.Errorf("phases %s, want %s", got, want)
			}
		})
	}
}
