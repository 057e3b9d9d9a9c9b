package api_test

import (
	"fmt"
	"slices"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// Topology: as bulkTopology, and of it 1 and 3 late. The rows of the list, sorted
// by the field, are those of its groups one after the other, for staff and the
// public (who does not see 4) alike: no page and no count is of something else.
func TestActionGroupsCountWhatTheListHas(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	as := bulkTopology(e, f)
	e.Exec(`update action set due_on = '2026-10-01', due_last_on = '2026-10-31', due_precision = 'month' where no in (1, 3)`)
	report(e, "espoo manager", as[1], apitest.JSON{"status": "in_progress"}).Want(200)
	goal := sharedGoal(e, f)
	e.Exec(`insert into action_goal (id, action_id, goal_id) values (gen_random_uuid(), $1, $2)`, as[1].ID, goal.ID)

	told := func(as, query string) (out []string) {
		for _, g := range apitest.As[api.ActionGroups](e.As(as).Get("/action-groups?" + query).Want(200)).Items {
			name := g.Key
			if g.Title != nil {
				name = g.Title.FI
			}
			for key, id := range f.Party {
				if id.String() == g.Key {
					name = key
				}
			}
			out = append(out, fmt.Sprintf("%s %d/%d", name, g.Late, g.Count))
		}
		return out
	}
	for query, want := range map[string][]string{
		"by=party":     {"espoo 1/3", "luvn 1/2"},
		"by=post":      {"esp_education_head 1/2", "esp_youth_head 0/1", "luvn_family_head 1/2"},
		"by=status":    {"not_started 2/4", "in_progress 0/1"},
		"by=condition": {"late 2/2", "on_time 0/1", "not_started 0/2"},
		"by=dueMonth":  {"2026-10 2/2", "2027-01 0/1", " 0/2"},
		"by=goal":      {goal.Title.FI + " 0/1", " 2/4"},
		"by=status&partyId=" + f.Party["luvn"].String(): {"not_started 1/2"},
		"by=forum":                {" 2/5"},
		"by=chain&condition=late": {" 2/2"},
	} {
		if got := told("espoo reader", query); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	if got := told("", "by=party"); !slices.Equal(got, []string{"espoo 1/3", "luvn 1/1"}) {
		t.Errorf("the public: %v", got)
	}
	for _, by := range []string{"goal", "theme", "party", "post", "status", "condition", "phase", "chain", "forum", "dueMonth"} {
		for _, who := range []string{"", "luvn coordinator"} {
			total := 0
			for _, g := range apitest.As[api.ActionGroups](e.As(who).Get("/action-groups?by=" + by).Want(200)).Items {
				total += g.Count
			}
			seen, cursor := []int{}, ""
			for { // page by page, as the table scrolls
				page := apitest.As[api.List[api.ActionSummary]](e.As(who).Get("/actions?limit=2&sort=" + by + ",-no&cursor=" + cursor).Want(200))
				for _, a := range page.Items {
					seen = append(seen, a.No)
				}
				if cursor = page.NextCursor; cursor == "" {
					break
				}
			}
			sorted := slices.Clone(seen)
			slices.Sort(sorted)
			if len(slices.Compact(sorted)) != total || len(seen) != total {
				t.Errorf("%q by %s: groups of %d, rows %v", who, by, total, seen)
			}
		}
	}
	if got := listed(e, "luvn coordinator", "sort=party,-no"); !slices.Equal(got, []int{5, 2, 1, 4, 3}) {
		t.Errorf("by party: %v", got)
	}
	e.As("").Get("/action-groups?by=wish").WantProblem(422, "validation_failed")
	if got := told("", "by=status&asOf=2026-11-20"); len(got) != 0 {
		t.Errorf("before there was any: %v", got)
	}
}

// Topology: goal 1 of a plan with three actions: one by the quarter, one without a
// due date, one internal and longer. The span is of what the caller may see, from
// the first day of the earliest start to the last day of the latest due date.
func TestActionGroupsTellTheirTime(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	as := bulkTopology(e, f)
	goal := sharedGoal(e, f)
	for i, dates := range []string{
		"starts_on = '2026-05-20', starts_precision = 'quarter', due_on = '2027-04-01', due_last_on = '2027-06-30', due_precision = 'quarter'",
		"starts_on = '2026-09-01', starts_precision = 'day', due_on = null, due_last_on = null",
		"starts_on = null, due_on = '2028-12-31', due_last_on = '2028-12-31', due_precision = 'day', visibility = 'internal', visibility_ground = 'x'",
	} {
		e.Exec("update action set "+dates+" where id = $1", as[i+1].ID)
		e.Exec(`insert into action_goal (id, action_id, goal_id) values (gen_random_uuid(), $1, $2)`, as[i+1].ID, goal.ID)
	}
	for who, want := range map[string]string{
		"espoo coordinator": "2026-04-01 2028-12-31 1 1",
		"":                  "2026-04-01 2027-06-30 0 1",
	} {
		for _, g := range apitest.As[api.ActionGroups](e.As(who).Get("/action-groups?by=goal").Want(200)).Items {
			if g.Key != goal.ID.String() {
				continue
			}
			if got := fmt.Sprint(g.Span.From, g.Span.To, g.Span.WithoutStart, g.Span.WithoutDue); got != want {
				t.Errorf("%q: %s, want %s", who, got, want)
			}
			if g.Plan == nil || g.Plan.From.IsZero() || g.Plan.To.IsZero() {
				t.Errorf("%q: plan %v", who, g.Plan)
			}
		}
	}
}

// Topology: 1 in the second phase, 3 in the first, both due a month ago; 5 withdrawn
// as made in error, due as well. A withdrawn action is late nowhere.
func TestActionGroupsByPhaseAndOfWithdrawnOnes(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	as := bulkTopology(e, f)
	phases := newPhases(e, "preparation", "idea")
	e.Exec(`update action set due_on = '2026-10-01', due_last_on = '2026-10-31', due_precision = 'month' where no in (1, 3, 5)`)
	e.Exec(`update action set phase_id = $1 where no = 1`, phases["idea"])
	e.Exec(`update action set phase_id = $1 where no = 3`, phases["preparation"])
	e.As("espoo coordinator").Post("/actions/"+as[4].ID.String()+"/withdrawal", apitest.JSON{"reason": "Sama kuin 1"}, "If-Match", etag(as[4].Version)).Want(200)

	told := func(query string) (out []string) {
		for _, g := range apitest.As[api.ActionGroups](e.As("espoo reader").Get("/action-groups?" + query).Want(200)).Items {
			name := g.Key
			for key, id := range phases {
				if id.String() == g.Key && g.Title != nil {
					name = key
				}
			}
			out = append(out, fmt.Sprintf("%s %d/%d", name, g.Late, g.Count))
		}
		return out
	}
	for query, want := range map[string][]string{
		"by=phase":                    {"preparation 1/1", "idea 1/1", " 0/2"},
		"by=condition":                {"late 2/2", "not_started 0/2"},
		"by=condition&withdrawn=true": {"cancelled 0/1"},
		"by=party&withdrawn=true":     {f.Party["espoo"].String() + " 0/1"},
	} {
		if got := told(query); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	if got := listed(e, "espoo reader", "sort=phase,no"); !slices.Equal(got, []int{3, 1, 2, 4}) {
		t.Errorf("by phase: %v", got)
	}
}
