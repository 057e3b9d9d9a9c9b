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

// roundRows are the rows of own work by which open rounds ask something, one word
// for each: reason/level/number/days left or past/working days/action there.
func roundRows(e *apitest.Env, as, query string) (out []string) {
	e.T.Helper()
	w := apitest.As[api.MyWork](e.As(as).Get("/me/work" + query).Want(200))
	for _, i := range w.Waiting {
		if i.Round == nil {
			continue
		}
		out = append(out, fmt.Sprintf("%s/%s/%d/%d/%d/%t", i.Reason, i.Round.Asked.Level, i.Round.Asked.No, i.Days, *i.WorkingDays, i.Action != nil))
	}
	return out
}

// Topology: roundWorld, and a round whose last days are 21 December (actions), 8
// January (goals) and 15 January (plan). What it asks stands in the work of the post
// that answers, the plan with the party's coordinator, and goes away when reported.
func TestMyWorkHasWhatRoundsAsk(t *testing.T) {
	t.Parallel()
	e, f, actions, goals := roundWorld(t)
	if got := roundRows(e, "espoo manager", ""); len(got) != 0 {
		t.Errorf("before any round %q", got)
	}
	r := openRound(e, "luvn coordinator", roundInput(f, "vuosi-2026", "2027-01-15"))
	expect := func(when, as string, want ...string) {
		t.Helper()
		if got := roundRows(e, as, ""); !slices.Equal(got, want) {
			t.Errorf("%s, %s: %q, want %q", when, as, got, want)
		}
	}
	// 24 November: 27 days and 18 working days to 21 December (Independence Day is a Sunday).
	expect("opened", "espoo manager", "report/action/1/27/19/true", "report/action/6/27/19/true", "report/goal/1/45/29/false", "report/goal/2/45/29/false")
	expect("opened", "luvn manager", "report/action/1/27/19/true", "report/action/2/27/19/true", "report/goal/1/45/29/false", "report/goal/2/45/29/false")
	expect("opened", "luvn coordinator", "report/plan/0/52/34/false")
	expect("opened", "espoo reader")
	e.As("auditor").Get("/me/work").Want(200)

	// What was reported is asked no more.
	report(e, "espoo manager", reload(e, actions[1]), apitest.JSON{"status": "in_progress", "progress": 20}).Want(200)
	sayInRound(e, "espoo manager", r, "goal", goals[1]).Want(201)
	expect("reported", "espoo manager", "report/action/6/27/19/true", "report/goal/2/45/29/false")

	// The last day is day 0, and the day after it is late; what comes then is marked so.
	at(e, "2026-12-21 23:30")
	expect("the last day", "espoo manager", "report/action/6/0/0/true", "report/goal/2/18/10/false")
	at(e, "2026-12-28 09:00")
	expect("after it", "espoo manager", "report_late/action/6/7/3/true", "report/goal/2/11/7/false")
	w := apitest.As[api.MyWork](e.As("espoo manager").Get("/me/work?reason=report_late").Want(200))
	if len(w.Waiting) != 1 || w.WaitingTotal != 1 || w.Waiting[0].Round.Asked.State != "missing" || w.Waiting[0].Round.Key != "vuosi-2026" || w.Waiting[0].On.String() != "2026-12-21" ||
		!slices.Contains(w.Waiting[0].Action.Permissions, domain.ActionReport) {
		t.Errorf("only what is late: %d, %+v", w.WaitingTotal, w.Waiting)
	}
	e.As("espoo manager").Post("/actions/"+actions[6].ID.String()+"/confirmation", nil, "If-Match", etagOf(reload(e, actions[6]))).Want(200)
	expect("confirmed late", "espoo manager", "report/goal/2/11/7/false")
	if rows := expectations(e, "espoo manager", r, "state=late"); len(rows) != 1 || rows[0].No != 6 {
		t.Errorf("marked late %+v", rows)
	}

	// A side that the party has completed is asked no more; the other one is.
	at(e, "2027-01-18 09:00")
	expect("all passed", "espoo manager", "report_late/goal/2/10/6/false")
	onRound(e, "espoo coordinator", "vuosi-2026", "completion", apitest.JSON{"note": apitest.JSON{"fi": "Kesken"}}).Want(200)
	expect("completed", "espoo manager")
	expect("completed", "espoo coordinator")
	if got := roundRows(e, "luvn manager", ""); len(got) != 4 {
		t.Errorf("the other side %q", got)
	}
}

// awaitedOf is what somebody waits for from others, one line for each.
func awaitedOf(e *apitest.Env, f *apitest.Fixture, as string) (out []string) {
	e.T.Helper()
	a := apitest.As[api.Awaited](e.As(as).Get("/me/awaited").Want(200))
	if a.Total != len(a.Items) {
		e.T.Errorf("%s: %d, told as %d", as, len(a.Items), a.Total)
	}
	for _, i := range a.Items {
		line := fmt.Sprintf("%s %s%s %s", i.Reason, i.Of.Kind, strings.TrimSuffix(fmt.Sprintf(" %d", i.Of.No), " 0"), i.Of.Title.FI)
		if i.PartyID != nil {
			line += " of " + partyKey(f, *i.PartyID)
		}
		if i.Post != nil {
			line += " " + i.Post.Title.FI
		}
		if i.Own != nil {
			line += fmt.Sprintf(" for %d", i.Own.No)
		}
		if i.Stage != "" {
			line += fmt.Sprintf(" %s %d", i.Stage, i.Pending)
		}
		out = append(out, fmt.Sprintf("%s since %s %d", line, i.Since, i.WorkingDays))
	}
	return out
}

// Topology: Espoo's education head shares action 1, which LUVN leads, and leads 2,
// which waits for 3 of LUVN's. The part in 1 waits for LUVN; later LUVN's word is out
// of date and 3 is late. Others wait for nothing of it, and the public has no work.
func TestAwaitedOfOthers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := actionInput(f, "Yhteinen", "esp_education_head", "")
	in["responsibilities"] = []apitest.JSON{{"postId": f.Post["luvn_family_head"], "part": "lead"}, {"postId": f.Post["esp_education_head"], "part": "shared"}}
	one := createAction(e, "espoo coordinator", in)
	two := createAction(e, "espoo manager", actionInput(f, "Oma", "esp_education_head", "2027-12-31"))
	three := createAction(e, "luvn manager", actionInput(f, "Edeltävä", "luvn_family_head", "2026-12-18"))
	waitFor(e, "espoo manager", two, three).Want(200)
	expect := func(when, as string, want ...string) {
		t.Helper()
		if got := awaitedOf(e, f, as); !slices.Equal(got, want) {
			t.Errorf("%s, %s:\n%s\nwant\n%s", when, as, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	expect("proposed", "espoo manager", "acceptance action 1 Yhteinen of luvn since 2026-11-23 0")
	expect("proposed", "espoo coordinator", "acceptance action 1 Yhteinen of luvn luvn_family_head since 2026-11-23 0", "acceptance action 1 Yhteinen of luvn since 2026-11-23 0")
	expect("proposed", "luvn manager")
	expect("proposed", "luvn reader")
	expect("without a post", "auditor")
	e.As("").Get("/me/awaited").WantProblem(401, "sign_in_required")
	e.As("espoo manager").Get("/me/awaited?limit=201").WantProblem(422, "validation_failed")

	e.Advance(24 * time.Hour)
	for _, r := range apitest.As[api.List[api.ResponsibilityItem]](e.As("luvn coordinator").Get("/responsibilities?awaiting=me").Want(200)).Items {
		e.As("luvn coordinator").Post("/responsibilities/"+r.ID.String()+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(r.Version)).Want(200)
	}
	expect("accepted", "espoo manager")
	expect("accepted", "espoo coordinator")

	at(e, "2026-12-18 23:30")
	expect("the last day", "espoo manager")
	at(e, "2026-12-21 09:00") // a Monday: two days late, of which one is a working day
	expect("late", "espoo manager", "predecessor action 3 Edeltävä of luvn luvn_family_head for 2 since 2026-12-19 1")
	expect("late", "luvn manager")

	// LUVN's silence on 1 is over its limit on 23 January: 60 days since it was made.
	at(e, "2027-01-25 09:00")
	got := awaitedOf(e, f, "espoo manager")
	if len(got) != 2 || !strings.HasPrefix(got[1], "report action 1 Yhteinen of luvn luvn_family_head since 2027-01-2") {
		t.Errorf("silent: %q", got)
	}
	report(e, "luvn manager", reload(e, one), apitest.JSON{"status": "in_progress"}).Want(200)
	report(e, "luvn manager", reload(e, three), apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Valmis"}}).Want(200)
	expect("both said", "espoo manager")
}

// The secretary waits for the other forum while there is time, the members for the
// secretary and the approvers; what is one's own to do is not waited for.
func TestAwaitedOfMeetings(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	other := apitest.As[api.Forum](e.As("espoo coordinator").Get("/forums/other").Want(200)).ID
	m, r := referred(e, forum, other)
	only := func(as string, reasons ...string) []string {
		return slices.DeleteFunc(awaitedOf(e, f, as), func(s string) bool {
			return !slices.ContainsFunc(reasons, func(r string) bool { return strings.HasPrefix(s, r+" ") })
		})
	}
	if got := only("lape secretary", "reply", "minutes"); len(got) != 1 || !strings.HasPrefix(got[0], "reply referral") {
		t.Errorf("the sending secretary %q", got)
	}
	for _, as := range []string{"chair", "espoo inspector", "luvn inspector"} {
		if got := only(as, "minutes"); len(got) != 0 {
			t.Errorf("%s approves, and waits for %q", as, got)
		}
	}
	hash := paperHash(e, m.ID)
	e.As("chair").Post("/meetings/"+m.ID.String()+"/approvals", approval(hash)).Want(200)
	if got := only("chair", "minutes"); len(got) != 1 || !strings.Contains(got[0], " unapproved 2 ") || strings.Contains(got[0], " of ") {
		t.Errorf("the chair %q", got)
	}
	e.As("espoo inspector").Post("/meetings/"+m.ID.String()+"/approvals", approval(hash)).Want(200)
	if got := only("chair", "minutes"); len(got) != 1 || !strings.Contains(got[0], " unapproved 1 ") || !strings.Contains(got[0], " of luvn ") {
		t.Errorf("one is missing, and is not named: %q", got)
	}
	e.As("luvn inspector").Post("/meetings/"+m.ID.String()+"/approvals", approval(hash)).Want(200)
	if got := only("chair", "minutes"); len(got) != 1 || !strings.Contains(got[0], " unpublished 0 ") {
		t.Errorf("approved: %q", got)
	}
	// What is late is the secretary's own to see to.
	e.Advance(time.Duration(domain.DateOf(e.Now()).DaysUntil(r.DueOn)+1) * 24 * time.Hour)
	if got := only("lape secretary", "reply"); len(got) != 0 {
		t.Errorf("late, and still waited for %q", got)
	}
}

// Topology: the manager of all Espoo's units; the education head leads actions that
// are late, due soon and on time, the youth head one that is late, LUVN one that is
// late. Every figure is the number of its rows, by unit with those below and by post.
func TestMyUnits(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	e.Name("espoo director", domain.Actor{PersonID: e.Person(f, "director", "espoo"), PostID: f.Post["esp_coordinator"], PartyID: f.Party["espoo"],
		Grants: []domain.ActiveGrant{{Role: domain.RoleManager, PartyID: f.Party["espoo"], Units: []domain.UnitID{f.Unit["esp_top"], f.Unit["esp_schools"], f.Unit["esp_youth"]}}}})
	for _, a := range [][3]string{{"Koulu myöhässä", "esp_education_head", "2026-12-01"}, {"Koulu pian", "esp_education_head", "2027-01-20"}, {"Koulu ajallaan", "esp_education_head", "2027-12-31"},
		{"Nuoriso myöhässä", "esp_youth_head", "2026-11-30"}, {"LUVN myöhässä", "luvn_family_head", "2026-12-01"}} {
		createAction(e, map[bool]string{true: "espoo coordinator", false: "luvn coordinator"}[strings.HasPrefix(a[1], "esp")], actionInput(f, a[0], a[1], a[2]))
	}
	at(e, "2027-01-04 09:00")
	figures := func(as, query string) (api.MyUnits, []string) {
		u := apitest.As[api.MyUnits](e.As(as).Get("/me/units" + query).Want(200))
		var out []string
		for _, g := range slices.Concat(u.Units, u.Posts) {
			var name, filter string
			if g.Unit != nil {
				name, filter = g.Unit.Name.FI, "unitId="+g.Unit.ID.String()
			} else {
				name, filter = g.Post.Title.FI, "leadPostId="+g.Post.ID.String()
			}
			for condition, n := range map[string]int{"late": g.Late, "stale": g.Stale, "due_soon": g.DueSoon} {
				if rows := apitest.As[api.List[api.ActionSummary]](e.As(as).Get("/actions?count=exact&" + filter + "&condition=" + condition).Want(200)); *rows.Total != n {
					t.Errorf("%s %s: %d, and %d rows", name, condition, n, *rows.Total)
				}
			}
			out = append(out, fmt.Sprintf("%s %d late %d stale %d soon %d", name, g.Running, g.Late, g.Stale, g.DueSoon))
		}
		for _, i := range u.Waiting {
			out = append(out, fmt.Sprintf("%s %d %d", i.Reason, i.Action.No, i.Days))
		}
		return u, out
	}
	u, got := figures("espoo director", "")
	want := []string{"esp_top 4 late 2 stale 0 soon 1", "esp_schools 3 late 1 stale 0 soon 1", "esp_youth 1 late 1 stale 0 soon 0",
		"esp_education_head 3 late 1 stale 0 soon 1", "esp_youth_head 1 late 1 stale 0 soon 0", "late 4 35", "late 1 34", "due_soon 2 16"}
	if !slices.Equal(got, want) || u.Total != 3 || u.UnitsTotal != 3 || u.PostsTotal != 2 || len(u.UnitIDs) != 3 {
		t.Errorf("%d %d %d\n%s\nwant\n%s", u.Total, u.UnitsTotal, u.PostsTotal, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if u, got := figures("espoo director", "?reason=due_soon&limit=1"); u.Total != 1 || len(u.Waiting) != 1 || got[len(got)-1] != "due_soon 2 16" {
		t.Errorf("only what is due soon %q", got)
	}
	if _, got := figures("espoo manager", ""); !slices.Equal(got, []string{"esp_schools 3 late 1 stale 0 soon 1", "esp_education_head 3 late 1 stale 0 soon 1", "late 1 34", "due_soon 2 16"}) {
		t.Errorf("the manager of schools %q", got)
	}
	at(e, "2027-03-01 09:00")
	if _, got := figures("espoo director", ""); !slices.Contains(got, "esp_schools 3 late 2 stale 1 soon 0") || !slices.Contains(got, "stale 3 38") && !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "stale 3 ") }) {
		t.Errorf("out of date %q", got)
	}
	for _, as := range []string{"espoo coordinator", "espoo reader", "auditor"} {
		if u, got := figures(as, ""); len(got) != 0 || len(u.UnitIDs) != 0 {
			t.Errorf("%s manages %q", as, got)
		}
	}
	e.As("").Get("/me/units").WantProblem(401, "sign_in_required")
}
