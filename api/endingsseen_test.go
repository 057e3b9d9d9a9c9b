package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// Topology: one goal, public. Actions, all led by Espoo:
//
//	1 public, merged into 2 and 4
//	2 internal
//	3 internal, merged into 4
//	4 public, the one that goes on, postponed while 3 was
//	5 public, withdrawn
//	6 public, superseded by 4, and that taken back
//	7 public, withdrawn and restored
//
// Wherever guests look, no internal action shows by name, number of it or id: not by
// where others go on, not in files, feeds, logs and counts. Staff find all of it.
func TestWhatGuestsSeeOfEndings(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Perheet saavat tukea", "public")).Want(201))
	all := map[int]api.Action{}
	for no := 1; no <= 7; no++ {
		in := actionInput(f, fmt.Sprintf("Toimi-%d", no), "esp_education_head", "2027-06-04")
		in["goalIds"] = []any{goal.ID}
		if no == 2 || no == 3 {
			in["title"] = apitest.JSON{"fi": fmt.Sprintf("Salaista-%d", no), "sv": fmt.Sprintf("Hemligt-%d", no)}
			in["visibility"], in["visibilityGround"] = "internal", "keskeneräinen"
		}
		all[no] = createAction(e, "espoo coordinator", in)
	}
	e.Advance(24 * time.Hour)
	get := func(no int) api.Action {
		return apitest.As[api.Action](e.As("espoo coordinator").Get(fmt.Sprint("/actions/", no)).Want(200))
	}
	end := func(no int, status string, into ...int) api.Action {
		var ids []any
		for _, i := range into {
			ids = append(ids, all[i].ID)
		}
		return apitest.As[api.Action](report(e, "espoo coordinator", get(no), apitest.JSON{"status": status, "reason": "Sama työ", "forwardTo": ids}).Want(200))
	}
	decideOn := func(no int, what string) {
		a := get(no)
		e.As("espoo coordinator").Post("/actions/"+a.ID.String()+"/"+what, apitest.JSON{"reason": "Kirjattu kahdesti"}, "If-Match", etagOf(a)).Want(200)
	}
	end(1, "merged", 2, 4)
	end(3, "merged", 4)
	later := actionInput(f, "Toimi-4", "esp_education_head", "2027-09-30")
	later["goalIds"], later["reason"] = []any{goal.ID}, "Odotetaan päätöstä"
	e.As("espoo coordinator").Put("/actions/"+all[4].ID.String(), etagOf(get(4)), later).Want(200)
	decideOn(5, "withdrawal")
	taken := end(6, "superseded", 4)
	e.As("espoo coordinator").Post(withdrawal(taken, taken.Undoable), nil).Want(200)
	decideOn(7, "withdrawal")
	decideOn(7, "restoration")
	e.Advance(24 * time.Hour)

	refs := func(rs []api.ActionRef) (out []int) {
		for _, r := range rs {
			out = append(out, r.No)
		}
		return out
	}
	for who, want := range map[string][2][]int{"": {{4}, {1}}, "luvn reader": {{2, 4}, {1, 3}}} {
		one := apitest.As[api.Action](e.As(who).Get("/actions/1").Want(200))
		four := apitest.As[api.Action](e.As(who).Get("/actions/4").Want(200))
		if got := [2][]int{refs(one.ForwardedTo), refs(four.ForwardedFrom)}; !slices.Equal(got[0], want[0]) || !slices.Equal(got[1], want[1]) {
			t.Errorf("%q: 1 goes on in %v, 4 goes on for %v; want %v", who, got[0], got[1], want)
		}
		if six := apitest.As[api.Action](e.As(who).Get("/actions/6").Want(200)); len(six.ForwardedTo) != 0 || six.Status == "superseded" {
			t.Errorf("%q: 6 goes on in %v after that was taken back", who, six.ForwardedTo)
		}
	}

	// Every place where guests read.
	id := func(no int) string { return all[no].ID.String() }
	for _, path := range []string{
		"/actions/1", "/actions/4", "/actions/5", "/actions/6", "/actions?limit=200", "/actions?withdrawn=true", "/actions?status=merged",
		"/actions.csv", "/actions.csv?lang=sv", "/actions/" + id(1) + "/status-reports", "/actions/" + id(6) + "/status-reports",
		"/actions/1/feed.atom", "/actions/4/feed.atom", "/goals/1/feed.atom", "/changes?since=2026-11-22&limit=200", "/goals/1",
		"/action-groups?by=goal", "/overview", "/actions/1?asOf=2026-11-24", "/actions?asOf=2026-11-24",
		"/audit/entries?subjectKind=action&subjectId=" + id(1), "/audit/entries?subjectKind=action&subjectId=" + id(4),
	} {
		res := e.As("").Get(path)
		if res.StatusCode != 200 {
			t.Errorf("%s: %d %s", path, res.StatusCode, res.Bytes)
			continue
		}
		for _, hidden := range []string{"Salaista", "Hemligt", id(2), id(3)} {
			if at := strings.Index(string(res.Bytes), hidden); at >= 0 {
				t.Errorf("%s tells guests of %s: …%s…", path, hidden, res.Bytes[max(0, at-200):min(len(res.Bytes), at+60)])
			}
		}
	}
	for _, no := range []int{2, 3} {
		e.As("").Get(fmt.Sprint("/actions/", no)).WantProblem(404, "action_not_found")
		e.As("").Get("/actions/"+id(no)+"/feed.atom").WantProblem(404, "action_not_found")
	}
	e.As("").Get("/actions/5").Want(200) // a withdrawn one is read at its address

	// Counts, lists, groups and files agree for each reader, with what was withdrawn in none.
	for who, want := range map[string][]int{"": {1, 4, 6, 7}, "luvn reader": {1, 2, 3, 4, 6, 7}} {
		if got := listed(e, who, "sort=no"); !slices.Equal(got, want) {
			t.Errorf("%q lists %v, want %v", who, got, want)
		}
		counted := *apitest.As[api.List[api.ActionSummary]](e.As(who).Get("/actions?count=exact").Want(200)).Total
		rows, _ := csvTable(e, who, "/actions.csv?sort=no")
		over := apitest.As[api.Overview](e.As(who).Get("/overview").Want(200)).Counts.Actions
		if counted != len(want) || len(rows)-1 != len(want) || over != len(want) {
			t.Errorf("%q: %d counted, %d in the file, %d in the overview, want %d", who, counted, len(rows)-1, over, len(want))
		}
	}
}
