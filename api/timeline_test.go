package api_test

import (
	"fmt"
	"slices"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain/action"
)

// Topology: action 1 public with two milestones, one of them reached, a withdrawn one
// and a task; 2 internal with a milestone; 3 public without any.
func TestListTellsMilestonesWhenAsked(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	one := sharedAction(e, f, "Tiedonsiirto", "2027-06-04")
	hidden := actionInput(f, "Sisäinen", "luvn_family_head", "")
	hidden["visibility"], hidden["visibilityGround"] = "internal", "keskeneräinen"
	two := createAction(e, "luvn manager", hidden)
	createAction(e, "espoo manager", actionInput(f, "Ilman", "esp_education_head", "2027-10-01"))
	milestone := func(title, due string) apitest.JSON { return taskInput(title, due, apitest.JSON{"kind": "milestone"}) }
	addTask(e, "espoo manager", one, milestone("Myöhempi", "2027-05-31"))
	reached := addTask(e, "espoo manager", one, milestone("Saavutettu", "2027-01-31"))
	e.As("espoo manager").Post("/tasks/"+reached.ID.String()+"/completion", apitest.JSON{}, "If-Match", taskTag(reached)).Want(200)
	gone := addTask(e, "espoo manager", one, milestone("Poistettu", "2027-02-28"))
	e.As("espoo manager").Post("/tasks/"+gone.ID.String()+"/withdrawal", apitest.JSON{"reason": "ei tarpeen"}, "If-Match", taskTag(gone)).Want(200)
	addTask(e, "espoo manager", one, taskInput("Työ", "2027-01-31"))
	addTask(e, "luvn manager", two, milestone("Salainen", "2027-01-31"))

	read := func(as string) map[string][]string {
		out := map[string][]string{}
		for _, a := range apitest.As[api.List[api.ActionSummary]](e.As(as).Get("/actions?include=milestones").Want(200)).Items {
			out[a.Title.FI] = []string{}
			for _, m := range a.Milestones.Items {
				out[a.Title.FI] = append(out[a.Title.FI], fmt.Sprint(m.Title.FI, " ", m.Condition))
			}
		}
		return out
	}
	first := []string{fmt.Sprint("Saavutettu ", action.CondDone), fmt.Sprint("Myöhempi ", action.CondOnTime)}
	for as, want := range map[string]map[string][]string{
		"":             {"Tiedonsiirto": first, "Ilman": {}},
		"luvn manager": {"Tiedonsiirto": first, "Ilman": {}, "Sisäinen": {fmt.Sprint("Salainen ", action.CondOnTime)}},
	} {
		got := read(as)
		if len(got) != len(want) {
			t.Errorf("%q reads %v, want %v", as, got, want)
		}
		for title := range want {
			if !slices.Equal(got[title], want[title]) {
				t.Errorf("%q reads of %s %v, want %v", as, title, got[title], want[title])
			}
		}
	}

	// Too many: open ones before reached ones, and how many there are beside them.
	for i := range action.MaxMilestones + 1 {
		addTask(e, "espoo manager", one, milestone(fmt.Sprint("Lisä ", i), "2027-05-01"))
	}
	m := apitest.As[api.List[api.ActionSummary]](e.As("").Get("/actions?include=milestones&sort=no&limit=1").Want(200)).Items[0].Milestones
	if len(m.Items) != action.MaxMilestones || m.More != 3 || slices.ContainsFunc(m.Items, func(m api.Milestone) bool { return m.Condition == action.CondDone }) {
		t.Errorf("told %d and %d more, first %+v", len(m.Items), m.More, m.Items[0])
	}
	if m := apitest.As[api.List[api.ActionSummary]](e.As("").Get("/actions").Want(200)).Items[0].Milestones; m != nil {
		t.Errorf("told without being asked: %+v", m)
	}
	e.As("").Get("/actions?include=wishes").WantProblem(422, "validation_failed")
}
