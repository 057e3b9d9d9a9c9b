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
	"yhdyspinta/domain/action"
)

func rhythm(target, limit int) apitest.JSON { return apitest.JSON{"target": target, "limit": limit} }

// planWith is a public plan with a rhythm.
func planWith(e *apitest.Env, key string, freshness apitest.JSON) api.Plan {
	e.T.Helper()
	in := planInput(key, "public")
	in["freshness"] = freshness
	return apitest.As[api.Plan](e.As("luvn coordinator").Post("/plans", in).Want(201))
}

// replan changes a public plan as it is by some fields, with the word of both parties.
func replan(e *apitest.Env, p api.Plan, change apitest.JSON) api.Plan {
	e.T.Helper()
	in := without(planInput(p.Key, "public"), "key")
	for k, v := range change {
		in[k] = v
	}
	publish(e, p, in)
	return apitest.As[api.Plan](e.As("espoo coordinator").Get("/plans/" + p.Key).Want(200))
}

// untrueRhythms counts the actions whose row holds another rhythm than their own
// or the strictest of their plans; of plans that supersede one another the later
// counts.
func untrueRhythms(e *apitest.Env) (n int) {
	e.T.Helper()
	e.Row(`select count(*) from action a where (fresh_target, fresh_limit) <> (select
  coalesce(a.freshness_target, min(p.freshness_target), 30), coalesce(a.freshness_limit, min(p.freshness_limit), 60)
  from plan p where p.id in (select g.plan_id from action_goal l join goal g on g.id = l.goal_id where l.action_id = a.id)
  and p.id not in (select n.supersedes_id from action_goal l join goal g on g.id = l.goal_id join plan n on n.id = g.plan_id where l.action_id = a.id and n.supersedes_id is not null))
  or target_to is distinct from confirmed_on + fresh_target or fresh_to is distinct from confirmed_on + fresh_limit`, &n)
	return n
}

// Topology: actions led by Espoo's education head: 1 for no goal, 2 for a goal of
// the fixture's monthly plan, 3 for that and one of a fortnightly plan. What
// anybody may see of them is what the public sees.
func TestRhythmOfPlansAndOfAnAction(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	strict := planWith(e, "strict", rhythm(14, 30))
	if strict.Freshness != (api.Freshness{Target: 14, Limit: 30}) {
		t.Errorf("the plan's rhythm %v", strict.Freshness)
	}
	if p := apitest.As[api.Plan](e.As("").Get("/plans/plan").Want(200)); p.Freshness != (api.Freshness{Target: 30, Limit: 60}) {
		t.Errorf("a plan that says nothing has %v", p.Freshness)
	}
	monthlyGoal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Kuukausi", "public")).Want(201)).ID
	in := goalInput(f, "Kaksi viikkoa", "internal")
	in["planId"] = strict.ID
	strictGoal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", in).Want(201))
	of := func(title string, goals ...domain.GoalID) apitest.JSON {
		in := actionInput(f, title, "esp_education_head", "")
		in["goalIds"] = goals
		return in
	}
	createAction(e, "espoo coordinator", of("Ei tavoitetta"))
	two := createAction(e, "espoo coordinator", of("Kuukausi", monthlyGoal))
	three := createAction(e, "espoo coordinator", of("Molemmat", monthlyGoal, strictGoal.ID))
	rhythms := func(query string) (out []string) {
		for no := range 3 {
			a := apitest.As[api.Action](e.As("").Get(fmt.Sprintf("/actions/%d%s", no+1, query)).Want(200))
			out = append(out, fmt.Sprintf("%d/%d %s", a.Freshness.Target, a.Freshness.Limit, a.Condition.Value))
		}
		return out
	}
	check := func(when, query string, want ...string) {
		t.Helper()
		if got := rhythms(query); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
		if n := untrueRhythms(e); n > 0 {
			t.Errorf("%s: %d rows hold another rhythm than they go by", when, n)
		}
	}
	check("at first", "", "30/60 not_started", "30/60 not_started", "14/30 not_started")

	// What is out of date is so everywhere by its own rhythm.
	silent := map[string][]string{"espoo": {"never_updated: espoo, esp_education_head, action Molemmat, 2026-11-23"}}
	e.Advance(30 * 24 * time.Hour)
	wantSilent(t, e, f, "", "", nil)
	if got := listed(e, "", "freshness=in_limit"); !slices.Equal(got, []int{3}) {
		t.Errorf("within the limit on the last day: %v", got)
	}
	e.Advance(24 * time.Hour)
	check("after 31 days", "", "30/60 not_started", "30/60 not_started", "14/30 stale")
	wantSilent(t, e, f, "", "", silent)
	late := apitest.As[api.Action](e.As("").Get("/actions/3").Want(200))
	if x := late.Condition.Explanation; x.Code != "stale" || x.Limit != 30 || *x.Days != 31 {
		t.Errorf("why it is stale: %+v", x)
	}
	for query, want := range map[string][]int{"condition=stale": {3}, "freshness=stale": {3}, "freshness=in_limit": {1, 2}, "freshness=in_limit&freshness=stale": {1, 2, 3},
		"freshness=in_target": {}, "condition=not_started": {1, 2}} {
		if got := listed(e, "", query+"&sort=no"); !slices.Equal(got, want) {
			t.Errorf("%s lists %v, want %v", query, got, want)
		}
	}
	if o := overviewOf(e, "", ""); o.Freshness.Stale != 1 || o.Freshness.InLimit != 2 || o.Counts.ByCondition.Stale != 1 {
		t.Errorf("the overview counts %+v, %+v", o.Freshness, o.Counts.ByCondition)
	}

	// A plan's rhythm is changed: today by the new one, the past as it was, and who is
	// just writing about an action is not interrupted.
	before := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)
	strict = replan(e, strict, apitest.JSON{"freshness": rhythm(90, 120)})
	check("the plan is quarterly", "", "30/60 not_started", "30/60 not_started", "30/60 not_started")
	check("the day before", "?asOf="+before.String(), "30/60 not_started", "30/60 not_started", "14/30 stale")
	wantSilent(t, e, f, "", "", nil)
	wantSilent(t, e, f, "", "&asOf="+before.String(), silent)
	if a := apitest.As[api.Action](e.As("").Get("/actions/3").Want(200)); a.Version != three.Version {
		t.Errorf("the action got version %d from its plan", a.Version)
	}
	replan(e, strict, apitest.JSON{"freshness": rhythm(90, 120), "supersedesId": f.Plan})
	check("the plan supersedes the other", "", "30/60 not_started", "30/60 not_started", "90/120 not_started")
	move := without(goalInput(f, "Kaksi viikkoa", "internal"))
	e.As("espoo coordinator").Put("/goals/"+strictGoal.ID.String(), fmt.Sprintf("%q", fmt.Sprint(strictGoal.Version)), move).Want(200)
	check("the goal moves to the monthly plan", "", "30/60 not_started", "30/60 not_started", "30/60 not_started")

	// A rhythm of its own; a longer one needs a reason.
	own := of("Kuukausi", monthlyGoal)
	own["ownFreshness"] = rhythm(90, 120)
	put := func(in apitest.JSON) apitest.Response {
		return e.As("espoo manager").Put("/actions/"+two.ID.String(), etagOf(two), in)
	}
	for _, tt := range []struct {
		freshness     apitest.JSON
		pointer, code string
	}{{rhythm(90, 120), "/reason", "rhythm_needs_reason"}, {rhythm(60, 30), "/ownFreshness/limit", "limit_before_target"},
		{rhythm(0, 30), "/ownFreshness/target", "too_small"}, {rhythm(30, 400), "/ownFreshness/limit", "too_large"}} {
		in := of("Kuukausi", monthlyGoal)
		in["ownFreshness"] = tt.freshness
		if p := put(in).WantProblem(422, "validation_failed"); !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
			t.Errorf("%v: %v, want %s %s", tt.freshness, p.Errors, tt.pointer, tt.code)
		}
	}
	own["reason"] = "Alkaa vasta syksyllä."
	two = apitest.As[api.Action](put(own).Want(200))
	if two.OwnFreshness == nil || *two.OwnFreshness != two.Freshness {
		t.Errorf("its own %v, it goes by %v", two.OwnFreshness, two.Freshness)
	}
	check("quarterly of its own", "", "30/60 not_started", "90/120 not_started", "30/60 not_started")
	var reason string
	var changes []domain.Change
	e.Row(`select e.reason, v.changes from audit_entry e join audit_value v on v.entry_id = e.id where e.subject_kind = 'action' and e.subject_version = 2 and e.permission = 'action.edit'`, &reason, &changes)
	if i := slices.IndexFunc(changes, func(c domain.Change) bool { return c.Field == "rhythm" }); i < 0 || reason != "Alkaa vasta syksyllä." {
		t.Errorf("the log tells %+v because %q", changes, reason)
	}
	shorter := of("Kuukausi", monthlyGoal)
	shorter["ownFreshness"] = rhythm(7, 14)
	two = apitest.As[api.Action](put(shorter).Want(200))
	check("weekly of its own", "", "30/60 not_started", "7/14 stale", "30/60 not_started")
	apitest.As[api.Action](put(of("Kuukausi", monthlyGoal)).Want(200))
	check("that of its plan again", "", "30/60 not_started", "30/60 not_started", "30/60 not_started")
}

// Who adds a goal to an action while somebody changes the rhythm of its plan
// leaves a row that is true, whoever comes first.
func TestRhythmsStayTrueUnderConcurrentWrites(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	plan := planWith(e, "strict", rhythm(14, 30))
	in := goalInput(f, "Tavoite", "public")
	in["planId"] = plan.ID
	goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", in).Want(201)).ID
	actions := make([]api.Action, 4)
	for i := range actions {
		actions[i] = createAction(e, "espoo coordinator", actionInput(f, fmt.Sprintf("Toimenpide %d", i), "esp_education_head", ""))
	}
	var done sync.WaitGroup
	for _, a := range actions {
		done.Go(func() {
			for i := range 6 {
				in := actionInput(f, a.Title.FI, "esp_education_head", "")
				if i%2 == 0 {
					in["goalIds"] = []domain.GoalID{goal}
				}
				a = apitest.As[api.Action](e.As("espoo manager").Put("/actions/"+a.ID.String(), etagOf(a), in).Want(200))
			}
		})
	}
	done.Go(func() {
		for i := range 8 {
			plan = replan(e, plan, apitest.JSON{"freshness": rhythm(10+i, 40+i)})
		}
	})
	done.Wait()
	if n := untrueRhythms(e); n > 0 {
		t.Errorf("%d rows hold another rhythm than they go by", n)
	}
}

// Topology on 2 February 2027: by Espoo's education head actions 1 (confirmed
// today), 2 (40 days ago) and 3 (71 days ago), by its youth head 4 (71 days ago), by
// LUVN's family head 5 (71 days ago, internal) and 6, which is late and fresh; 7
// by nobody; 8 is done and 9 paused. The public sees all but 5.
func TestFreshnessFiguresAreThoseOfTheLists(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	make := func(as, lead, title string, more apitest.JSON) api.Action {
		in := actionInput(f, title, lead, "")
		for k, v := range more {
			in[k] = v
		}
		return createAction(e, as, in)
	}
	const espoo, luvn = "espoo coordinator", "luvn coordinator"
	one := make(espoo, "esp_education_head", "Tuore", nil)
	two := make(espoo, "esp_education_head", "Neljäkymmentä", nil)
	make(espoo, "esp_education_head", "Vanha", nil)
	make(espoo, "esp_youth_head", "Nuoret", nil)
	make(luvn, "luvn_family_head", "Sisäinen", apitest.JSON{"visibility": "internal", "visibilityGround": "kesken"})
	six := make(luvn, "luvn_family_head", "Myöhässä", apitest.JSON{"dueOn": "2026-12-31"})
	make(espoo, "", "Ei kenenkään", nil)
	report(e, espoo, make(espoo, "esp_education_head", "Valmis", nil), apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "x"}}).Want(200)
	report(e, espoo, make(espoo, "esp_education_head", "Tauolla", nil), apitest.JSON{"status": "paused", "reason": "x"}).Want(200)
	confirm := func(as string, a api.Action) {
		e.As(as).Post("/actions/"+a.ID.String()+"/confirmation", nil, "If-Match", etagOf(a)).Want(200)
	}
	e.Advance(31 * 24 * time.Hour)
	confirm(espoo, two)
	e.Advance(40 * 24 * time.Hour)
	confirm(espoo, one)
	confirm(luvn, six)

	groups := func(as, query string) (out []string) {
		for _, g := range apitest.As[api.List[api.FreshnessGroup]](e.As(as).Get("/freshness?" + query).Want(200)).Items {
			name, own := "-", "&partyId=none"
			if g.PartyID != nil {
				for key, id := range f.Party {
					if id == *g.PartyID {
						name = key
					}
				}
				own = "&partyId=" + g.PartyID.String()
			}
			if g.Unit != nil {
				name, own = g.Unit.Name.FI, "&unitId="+g.Unit.ID.String()
			}
			if g.Post != nil {
				name, own = g.Post.Title.FI, "&leadPostId="+g.Post.ID.String()
			}
			oldest := "never"
			if g.OldestDays != nil {
				oldest = fmt.Sprint(*g.OldestDays)
			}
			out = append(out, fmt.Sprintf("%s: %d = %d + %d + %d, %s", name, g.Running, g.InTarget, g.InLimit, g.Stale, oldest))
			for level, n := range map[string]int{"": g.Running, "&freshness=in_target": g.InTarget, "&freshness=in_limit": g.InLimit, "&freshness=stale": g.Stale} {
				rest := ""
				if _, after, ok := strings.Cut(query, "asOf="); ok {
					rest = "&asOf=" + after
				}
				if rows := counted(e, as, "/actions?status=not_started&status=in_progress"+own+level+rest); rows != n {
					t.Errorf("%q asks %s: %s%s counts %d, the list has %d", as, query, name, level, n, rows)
				}
			}
		}
		return out
	}
	for _, tt := range []struct {
		as, query string
		want      []string
	}{
		{"espoo reader", "by=party", []string{"espoo: 4 = 1 + 1 + 2, 71", "luvn: 2 = 1 + 0 + 1, 71", "-: 1 = 0 + 0 + 1, 71"}},
		{"luvn manager", "by=party", []string{"espoo: 4 = 1 + 1 + 2, 71", "luvn: 2 = 1 + 0 + 1, 71", "-: 1 = 0 + 0 + 1, 71"}},
		{"", "by=party", []string{"espoo: 4 = 1 + 1 + 2, 71", "-: 1 = 0 + 0 + 1, 71", "luvn: 1 = 1 + 0 + 0, 0"}},
		{"auditor", "by=post", []string{"esp_education_head: 3 = 1 + 1 + 1, 71", "luvn_family_head: 2 = 1 + 0 + 1, 71", "esp_youth_head: 1 = 0 + 0 + 1, 71", "-: 1 = 0 + 0 + 1, 71"}},
		{"auditor", "by=unit", []string{"esp_top: 4 = 1 + 1 + 2, 71", "esp_schools: 3 = 1 + 1 + 1, 71", "luvn_families: 2 = 1 + 0 + 1, 71", "luvn_top: 2 = 1 + 0 + 1, 71", "esp_youth: 1 = 0 + 0 + 1, 71"}},
		{"", "by=unit&partyId=" + f.Party["luvn"].String(), []string{"luvn_families: 1 = 1 + 0 + 0, 0", "luvn_top: 1 = 1 + 0 + 0, 0"}},
		{"auditor", "by=unit&unitId=" + f.Unit["esp_schools"].String(), []string{"esp_schools: 3 = 1 + 1 + 1, 71"}},
		{"auditor", "by=post&unitId=" + f.Unit["esp_top"].String(), []string{"esp_education_head: 3 = 1 + 1 + 1, 71", "esp_youth_head: 1 = 0 + 0 + 1, 71"}},
		{"auditor", "by=post&partyId=none", []string{"-: 1 = 0 + 0 + 1, 71"}},
		{"espoo reader", "by=party&asOf=2026-11-23", []string{"espoo: 4 = 4 + 0 + 0, 0", "luvn: 2 = 2 + 0 + 0, 0", "-: 1 = 1 + 0 + 0, 0"}},
	} {
		got := groups(tt.as, tt.query)
		// Groups of the same figures come in any order.
		slices.Sort(got)
		slices.Sort(tt.want)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q asks %s and gets %q, want %q", tt.as, tt.query, got, tt.want)
		}
	}
	// Page by page they are the same, the most out of date first.
	var paged []int
	for cursor := ""; ; {
		page := apitest.As[api.List[api.FreshnessGroup]](e.As("auditor").Get("/freshness?by=unit&limit=2&count=exact&cursor=" + cursor).Want(200))
		for _, g := range page.Items {
			paged = append(paged, g.Stale)
		}
		if *page.Total != 5 {
			t.Errorf("%d units in all", *page.Total)
		}
		if cursor = page.NextCursor; cursor == "" {
			break
		}
	}
	if !slices.Equal(paged, []int{2, 1, 1, 1, 1}) {
		t.Errorf("page by page: %v", paged)
	}
	e.As("").Get("/freshness?by=person").WantProblem(422, "validation_failed")
	e.As("").Get("/freshness").WantProblem(422, "validation_failed")
	e.As("").Get("/freshness?by=post&unitId=none").WantProblem(422, "validation_failed")
	e.As("").Get("/actions?unitId=none").WantProblem(422, "validation_failed")
	if got := listed(e, "", "sort=no&unitId="+f.Unit["esp_top"].String()); !slices.Equal(got, []int{1, 2, 3, 4, 8, 9}) {
		t.Errorf("of Espoo's top unit and below: %v", got)
	}
	if got := listed(e, "", "sort=no&freshness=stale"); !slices.Equal(got, []int{3, 4, 7, 9}) {
		t.Errorf("out of date and not over: %v", got)
	}
	if v := apitest.As[api.Action](e.As("").Get("/actions/6").Want(200)).Condition.Value; v != action.CondLate {
		t.Errorf("6 is %s", v)
	}
}
