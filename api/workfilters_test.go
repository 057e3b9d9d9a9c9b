package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// reasonsOf are the rows of own work with all their reasons: reason+others number.
func reasonsOf(e *apitest.Env, as, query string) (out []string, total int) {
	e.T.Helper()
	w := apitest.As[api.MyWork](e.As(as).Get("/me/work" + query).Want(200))
	for _, i := range w.Waiting {
		line := string(i.Reason)
		for _, also := range i.Also {
			line += "+" + string(also.Reason)
		}
		switch {
		case i.Action != nil:
			line += fmt.Sprint(" ", i.Action.No)
		case i.Round != nil:
			line += fmt.Sprint(" ", i.Round.Asked.Level, " ", i.Round.Asked.No)
		case i.Meeting != nil:
			line += fmt.Sprint(" meeting ", i.Meeting.Number)
		default:
			line += " other"
		}
		out = append(out, line)
	}
	return out, w.WaitingTotal
}

// Topology: roundWorld, with action 1 due on 1 December and asked by a round. On 14
// December it is late and asked: one row with both reasons, counted once, and found by
// either. Later it is out of date too, and the round's last day has passed.
func TestMyWorkIsOneRowForSeveralReasons(t *testing.T) {
	t.Parallel()
	e, f, actions, _ := roundWorld(t)
	in := actionInput(f, "Toimi 1", "esp_education_head", "2026-12-01")
	in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}, {"postId": f.Post["luvn_family_head"], "part": "shared"}}
	in["goalIds"], in["reason"] = apitest.As[api.Action](e.As("").Get("/actions/1").Want(200)).GoalIDs, "x"
	e.As("espoo coordinator").Put("/actions/"+actions[1].ID.String(), etagOf(actions[1]), in).Want(200)
	openRound(e, "luvn coordinator", roundInput(f, "vuosi-2026", "2027-01-15"))
	at(e, "2026-12-14 09:00")
	expect := func(query string, want ...string) {
		t.Helper()
		got, total := reasonsOf(e, "espoo manager", query)
		if !slices.Equal(got, want) || total != len(want) {
			t.Errorf("%q: %d, %q\nwant %q", query, total, got, want)
		}
	}
	expect("", "late+report 1", "report 6", "report goal 1", "report goal 2")
	expect("?limit=1&reason=late", "late+report 1")
	expect("?reason=report", "late+report 1", "report 6", "report goal 1", "report goal 2")
	expect("?reason=late&reason=report", "late+report 1", "report 6", "report goal 1", "report goal 2")
	expect("?reason=due_soon")
	if got, total := reasonsOf(e, "espoo manager", "?limit=2"); len(got) != 2 || total != 4 {
		t.Errorf("of the first two: %q of %d", got, total)
	}

	// 1 and 6 were confirmed on 23 November: out of date from 27 February (monthly: 35
	// days after which to confirm, 90 at most, unless the plan says otherwise).
	at(e, "2027-03-15 09:00")
	got, _ := reasonsOf(e, "espoo manager", "")
	if len(got) != 5 || got[0] != "late+report_late+stale 1" || !slices.Contains(got, "report_late+stale 6") || !slices.Contains(got, "stale 4") {
		t.Errorf("in spring %q", got)
	}
	for _, reason := range []string{"stale", "late", "report_late"} {
		rows, total := reasonsOf(e, "espoo manager", "?reason="+reason)
		if total != len(rows) || !slices.Contains(rows, "late+report_late+stale 1") {
			t.Errorf("by %s: %d, %q", reason, total, rows)
		}
	}
}

// Topology: Espoo's education head leads four late actions: 1 for a goal of children,
// 2 at a stage of a chain, 3 followed by a forum, 4 of nothing; and answers for that
// goal and that stage. LUVN leads 5 for the goal, which the head shares. Each filter
// narrows every part of own work, as in the list of actions.
func TestMyWorkByWhatThingsAreAbout(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Tavoite", "public")).Want(201))
	chain := apitest.As[api.Chain](newChain(e, "espoo coordinator", chainInput(f, "ketju", "internal")))
	forum := newForum(e, f, "ryhma", "Ryhmä", "public")
	add := func(title string, more apitest.JSON) {
		in := actionInput(f, title, "esp_education_head", "2026-11-24")
		for k, v := range more {
			in[k] = v
		}
		createAction(e, "espoo coordinator", in)
	}
	add("Yksi", apitest.JSON{"goalIds": []any{goal.ID}})
	add("Kaksi", apitest.JSON{"stageId": chain.Stages[0].ID})
	add("Kolme", apitest.JSON{"forumId": forum.ID})
	add("Neljä", nil)
	add("Viisi", apitest.JSON{"goalIds": []any{goal.ID}, "responsibilities": []apitest.JSON{
		{"postId": f.Post["luvn_family_head"], "part": "lead"}, {"postId": f.Post["esp_education_head"], "part": "shared"}}})
	at(e, "2026-12-14 09:00")

	for _, tt := range []struct{ query, late, own, duties string }{
		{"", "1 2 3 4 5", "1 2 3 4 5", "goal chain"},
		{"goalId=" + goal.ID.String(), "1 5", "1 5", "goal"},
		{"goalId=none", "2 3 4", "2 3 4", "chain"},
		{"themeId=" + f.Theme["children_youth"].String(), "1 5", "1 5", "goal"},
		{"themeId=" + f.Theme["older"].String(), "", "", "chain"},
		{"planId=" + f.Plan.String(), "1 5", "1 5", "goal"},
		{"chainId=" + chain.ID.String(), "2", "2", "chain"},
		{"forumId=" + forum.ID.String(), "3", "3", ""},
		{"forumId=" + forum.ID.String() + "&chainId=" + chain.ID.String(), "", "", ""},
		{"partyId=" + f.Party["luvn"].String(), "5", "5", "goal"},
		{"postId=" + f.Post["luvn_family_head"].String(), "5", "5", "goal"},
	} {
		w := apitest.As[api.MyWork](e.As("espoo manager").Get("/me/work?reason=late&" + tt.query).Want(200))
		var late, own, duties []string
		for _, i := range w.Waiting {
			late = append(late, fmt.Sprint(i.Action.No))
		}
		for _, a := range w.Actions {
			own = append(own, fmt.Sprint(a.No))
		}
		for _, d := range w.Duties {
			duties = append(duties, string(d.Kind))
		}
		slices.Sort(late)
		slices.Sort(own)
		if strings.Join(late, " ") != tt.late || strings.Join(own, " ") != tt.own || strings.Join(duties, " ") != tt.duties {
			t.Errorf("%s: late %q, own %q, duties %q", tt.query, late, own, duties)
		}
		if w.WaitingTotal != len(late) || w.ActionsTotal != len(own) || w.DutiesTotal != len(duties) {
			t.Errorf("%s: counted as %d, %d, %d", tt.query, w.WaitingTotal, w.ActionsTotal, w.DutiesTotal)
		}
		units := apitest.As[api.MyUnits](e.As("espoo manager").Get("/me/units?reason=late&" + tt.query).Want(200))
		var led []string
		for _, n := range strings.Fields(tt.late) {
			if n != "5" { // LUVN leads it
				led = append(led, n)
			}
		}
		n := 0
		if len(units.Posts) > 0 {
			n = units.Posts[0].Late
		}
		if units.Total != len(led) || n != len(led) {
			t.Errorf("%s: of the units %d, by posts %d, want %d", tt.query, units.Total, n, len(led))
		}
		e.As("espoo manager").Get("/me/work?" + tt.query).Want(200)
		e.As("espoo coordinator").Get("/me/work?" + tt.query).Want(200)
		e.As("luvn coordinator").Get("/me/awaited?" + tt.query).Want(200)
	}
	// What is awaited of LUVN: its part in the goal and in action 5.
	for query, want := range map[string]int{"": 2, "goalId=" + goal.ID.String(): 2, "forumId=" + forum.ID.String(): 0, "goalId=none": 0} {
		a := apitest.As[api.Awaited](e.As("espoo manager").Get("/me/awaited?" + query).Want(200))
		if a.Total != want || len(a.Items) != want {
			t.Errorf("awaited by %q: %d of %d, want %d", query, len(a.Items), a.Total, want)
		}
	}
	e.As("espoo manager").Get("/me/work?goalId=x").WantProblem(422, "validation_failed")
}
