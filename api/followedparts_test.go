package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// feedLines are the entries of a feed, the oldest first, as "title: summary".
func feedLines(e *apitest.Env, path string) (out []string) {
	e.T.Helper()
	feed, _ := feedOf(e, "", path)
	for _, x := range feed.Entries {
		out = append(out, x.Title+": "+x.Summary)
	}
	slices.Reverse(out)
	return out
}

// Topology: a public goal with action 1, public, and 2, internal; 3 is another public
// action. Followers are told in the digest, in the feeds and in the list of changes of
// phases, milestones and what an action waits for, each as far as they may see it: the
// public of nothing that is internal, nor by name.
func TestFollowersAreToldOfPhasesMilestonesAndDependencies(t *testing.T) {
	t.Parallel()
	e, f, goal, open, hidden := followingTopology(t)
	ids := newPhases(e, "idea", "decision", "implementation")
	other := createAction(e, "espoo coordinator", actionInput(f, "Toinen", "esp_education_head", "2027-06-04"))
	moved := addTask(e, "espoo coordinator", open, taskInput("Sopimus", "2027-03-31", apitest.JSON{"kind": "milestone"}))
	gone := addTask(e, "espoo coordinator", open, taskInput("Liikaa", "2027-03-31", apitest.JSON{"kind": "milestone"}))
	old := apitest.As[api.Action](waitFor(e, "espoo coordinator", open, other).Want(200)).Needs[0]
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	for _, who := range []string{"Liisa", "Pekka"} {
		e.As(who).Post("/me/following", apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID}).Want(200)
	}
	sleep(e, "2026-11-24")
	morning(e, service, server)
	sleep(e, "2026-12-07")
	morning(e, service, server)
	get := func(id any) api.Action {
		return apitest.As[api.Action](e.As("espoo coordinator").Get(fmt.Sprint("/actions/", id)).Want(200))
	}

	for _, a := range []api.Action{open, hidden} {
		report(e, "espoo coordinator", get(a.ID), apitest.JSON{"status": "in_progress", "phaseId": ids["idea"]}).Want(200)
		reached := addTask(e, "espoo coordinator", get(a.ID), taskInput("Kokeilu", "2026-12-31", apitest.JSON{"kind": "milestone", "duePrecision": "month"}))
		addTask(e, "espoo coordinator", get(a.ID), taskInput("Palaveri", "2026-12-31", nil))
		e.As("espoo coordinator").Post("/tasks/"+reached.ID.String()+"/completion", apitest.JSON{}, "If-Match", taskTag(reached)).Want(200)
	}
	e.As("espoo coordinator").Put("/tasks/"+moved.ID.String(), taskTag(moved), taskInput("Sopimus", "2027-04-01", apitest.JSON{"kind": "milestone", "duePrecision": "quarter", "reason": "Odotetaan"})).Want(200)
	e.As("espoo coordinator").Post("/tasks/"+gone.ID.String()+"/withdrawal", apitest.JSON{"reason": "Kahdesti"}, "If-Match", taskTag(gone)).Want(200)
	addTask(e, "espoo coordinator", get(open.ID), taskInput("Uusi", "2027-05-31", apitest.JSON{"kind": "milestone"}))
	e.As("espoo coordinator").Post("/actions/"+open.ID.String()+"/dependencies/"+old.ID.String()+"/removal", apitest.JSON{}).Want(200)
	waitFor(e, "espoo coordinator", get(open.ID), get(hidden.ID)).Want(200)
	third := createAction(e, "espoo coordinator", actionInput(f, "Kolmas", "esp_education_head", "2027-06-04"))
	waitFor(e, "espoo coordinator", get(open.ID), third).Want(200)

	public := []string{
		"Ei enää odota toista toimenpidettä: Toimenpide 1 Avoin: Toimenpide 3 Toinen",
		"Odottaa nyt toista toimenpidettä: Toimenpide 1 Avoin: Toimenpide 4 Kolmas",
		"Toteutusvaihe vaihtui: Toimenpide 1 Avoin: ei vaihetta → idea",
		"Virstanpylväs poistettiin: Toimenpide 1 Avoin: Liikaa",
		"Virstanpylväs saavutettiin: Toimenpide 1 Avoin: Kokeilu",
		"Virstanpylväs: Toimenpide 1 Avoin: Sopimus. Määräaika 31.3.2027 → Q2/2027",
		"Virstanpylväs: Toimenpide 1 Avoin: Uusi. Määräaika 31.5.2027",
	}
	told := func(entries []string) (out []string) {
		for _, x := range entries {
			if !strings.HasPrefix(x, "Uusi toimenpide") && !strings.HasPrefix(x, "Tilannetieto") && !strings.HasPrefix(x, "Odottaa nyt toista toimenpidettä: Toimenpide 1 Avoin: Toimenpide 3") {
				out = append(out, x)
			}
		}
		slices.Sort(out)
		return out
	}
	// A feed looks back to before the first dependency was made: it is not told that it is gone.
	for _, path := range []string{"/goals/1/feed.atom", "/actions/1/feed.atom"} {
		got := told(feedLines(e, path))
		want := slices.DeleteFunc(slices.Clone(public), func(s string) bool {
			return strings.HasPrefix(s, "Ei enää") || strings.HasPrefix(s, "Virstanpylväs poistettiin")
		})
		for i, s := range want {
			want[i] = strings.Replace(s, "31.3.2027 → ", "", 1)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s tells\n%s", path, strings.Join(got, "\n"))
		}
	}

	sleep(e, "2026-12-08")
	mails := morning(e, service, server)
	for who, internal := range map[string]bool{"liisa": true, "pekka": false} {
		_, text, _ := to(t, mails, who)
		text = strings.ReplaceAll(text, "\r\n", "\n")
		for _, line := range public {
			at := strings.LastIndex(line, "Avoin: ") + len("Avoin")
			if !strings.Contains(text, line[:at]+"\n"+line[at+2:]+"\n") {
				t.Errorf("%s is not told %q in\n%s", who, line, text)
			}
		}
		for _, line := range []string{"Toteutusvaihe vaihtui: Toimenpide 2 Sisäinen", "Virstanpylväs saavutettiin: Toimenpide 2 Sisäinen", "Toimenpide 1 Avoin\nToimenpide 2 Sisäinen"} {
			if strings.Contains(text, line) != internal {
				t.Errorf("%s, %q, in\n%s", who, line, text)
			}
		}
		if strings.Contains(text, "Palaveri") {
			t.Errorf("%s is told of a task\n%s", who, text)
		}
	}
	sleep(e, "2026-12-09")
	if got := morning(e, service, server); len(got) != 0 {
		t.Errorf("told again to %s", addressees(got))
	}

	want := []string{"action_phase_moved 1", "milestone_reached 1", "milestone_removed 1", "milestone_set 1", "milestone_set 1", "needs_added 1", "needs_removed 1"}
	query := "since=2026-12-06&kind=action_phase_moved&kind=milestone_reached&kind=milestone_set&kind=milestone_removed&kind=needs_added&kind=needs_removed"
	if got := changesOf(e, "", query); !slices.Equal(got, want) {
		t.Errorf("the public reads %q", got)
	}
	want = append(want, "action_phase_moved 2", "milestone_reached 2", "needs_added 1")
	slices.Sort(want)
	if got := changesOf(e, "luvn reader", query); !slices.Equal(got, want) {
		t.Errorf("staff read %q", got)
	}
	for _, who := range []string{"", "luvn reader"} { // each number counts its rows
		for _, c := range apitest.As[api.ChangeSummary](e.As(who).Get("/change-summary?since=2026-12-06").Want(200)).Counts {
			if n := len(changesOf(e, who, "since=2026-12-06&kind="+string(c.Kind))); n != c.Count {
				t.Errorf("%q: %d of %s counted, %d listed", who, c.Count, c.Kind, n)
			}
		}
		if past := changesOf(e, who, query+"&asOf=2026-12-06"); len(past) != 0 {
			t.Errorf("%q reads of the day before %q", who, past)
		}
	}
	for _, c := range apitest.As[api.List[api.Change]](e.As("").Get("/changes?" + query).Want(200)).Items {
		switch {
		case c.Kind == "action_phase_moved" && (c.Phase == nil || c.Phase.Was != nil || c.Phase.Now == nil || c.Phase.Now.FI != "idea"),
			c.Kind == "needs_removed" && (c.Needs == nil || c.Needs.No != 3),
			c.Kind == "milestone_reached" && (c.Milestone == nil || c.Milestone.FI != "Kokeilu"):
			t.Errorf("%+v", c)
		}
	}
}
