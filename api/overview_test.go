package api_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// seed writes rows that no operation makes as the test needs them.
type seed struct {
	*apitest.Env
	f *apitest.Fixture
}

func (s seed) plan(key, from, to string) (id domain.PlanID) {
	id.SetNew(domain.UUIDv7)
	s.Exec(`insert into plan values ($1, $2, $2, $2, $2, 'kausi', $3, $4, null, 'public', '', 1, $5, $5)`, id, key, from, to, s.Now())
	return id
}

func (s seed) goal(no int, plan domain.PlanID, theme, visibility string, leads ...string) (id domain.GoalID) {
	id.SetNew(domain.UUIDv7)
	s.Exec(`insert into goal (id, no, plan_id, theme_id, title_fi, title_sv, title_en, visibility, version, created_at, updated_at)
values ($1, $2, $3, $4, 'Tavoite', 'Mål', 'Goal', $5, 1, $6, $6)`, id, no, plan, s.f.Theme[theme], visibility, s.Now())
	for _, post := range leads {
		s.Exec(`insert into responsibility values ($1, 'goal', $2, $3, 'lead', '', '', '', '2025-06-01', null, 1)`, domain.UUIDv7(), id, s.f.Post[post])
	}
	return id
}

// action is one with the given status; due and confirmed are days from today,
// "" leaves them out.
func (s seed) action(no int, status, due, confirmed, visibility string, goals ...domain.GoalID) (id domain.ActionID) {
	id.SetNew(domain.UUIDv7)
	s.Exec(`insert into action (id, no, title_fi, title_sv, title_en, due_on, due_last_on, confirmed_on, status, progress, result_fi, visibility, version, created_at, updated_at)
values ($1, $2, 'Toimenpide', 'Åtgärd', 'Action', date '2026-11-23' + nullif($3, '')::int, date '2026-11-23' + nullif($3, '')::int, date '2026-11-23' - nullif($4, '')::int, $5, 0, 'Tulos', $6, 1, $7, $7)`,
		id, no, due, confirmed, status, visibility, s.Now())
	for _, g := range goals {
		s.Exec(`insert into action_goal values ($1, $2, $3)`, domain.UUIDv7(), id, g)
	}
	return id
}

func (s seed) forum(key string) (id domain.ForumID) {
	id.SetNew(domain.UUIDv7)
	s.Exec(`insert into forum (id, key, title_fi, title_sv, title_en, purpose_fi, purpose_sv, purpose_en, level, reach, paper, meetings_per_year, valid_from, visibility, version, created_at, updated_at)
values ($1, $2, 'Ryhmä', 'Grupp', 'Group', 'x', 'x', 'x', 'thematic', 'bilateral', 'memo', 4, '2025-01-01', 'public', 1, $3, $3)`, id, key, s.Now())
	return id
}

func (s seed) meeting(forum domain.ForumID, number int, day, status, visibility string) (id domain.MeetingID) {
	id.SetNew(domain.UUIDv7)
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		s.T.Fatal(err)
	}
	at = at.Add(7 * time.Hour)
	reached := func(states ...string) any {
		if slices.Contains(states, status) {
			return s.Now()
		}
		return nil
	}
	s.Exec(`insert into meeting (id, forum_id, year, number, starts_at, ends_at, status, called_at, closed_at, published_at, visibility, version, created_at, updated_at)
values ($1, $2, 2026, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11)`, id, forum, number, at, at.Add(2*time.Hour), status,
		reached("called", "in_progress", "closed", "approved", "published"), reached("closed", "approved", "published"), reached("published"), visibility, s.Now())
	return id
}

func (s seed) outcome(meeting domain.MeetingID, section int, kind, text, visibility, noAction string) (id domain.OutcomeID) {
	var item domain.AgendaItemID
	id.SetNew(domain.UUIDv7)
	item.SetNew(domain.UUIDv7)
	s.Exec(`insert into agenda_item (id, meeting_id, position, agenda_no, section, title_fi, title_sv, title_en, visibility, version, created_at, updated_at)
values ($1, $2, $3, 1, $4, 'Asia', 'Ärende', 'Item', $5, 1, $6, $6)`, item, meeting, fmt.Sprintf("a%02d", section), section, visibility, s.Now())
	s.Exec(`insert into outcome (id, agenda_item_id, no, type, text_fi, text_sv, text_en, no_action_reason_sv, recorded_at, version) values ($1, $2, 1, $3, $4, '', '', $5, $6, 1)`,
		id, item, kind, text, noAction, s.Now())
	return id
}

func overviewOf(e *apitest.Env, as, query string) api.Overview {
	e.T.Helper()
	return apitest.As[api.Overview](e.As(as).Get("/overview" + query).Want(200))
}

// counted is how many items a list has in all.
func counted(e *apitest.Env, as, list string) int {
	e.T.Helper()
	return *apitest.As[api.List[struct{}]](e.As(as).Get(list + "&limit=1&count=exact").Want(200)).Total
}

// Topology: two goals of the plan in force, the second internal, and one of an
// older plan; actions of every condition, public and internal, one for no goal,
// one for both goals, one for the older plan's. The public sees one goal and
// nine of the thirteen actions, staff of either party all.
func TestOverviewNumbersAreThoseOfTheLists(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	s := seed{e, e.Organisation()}
	old := s.goal(9, s.plan("old", "2021-06-01", "2025-05-31"), "older", "public")
	open := s.goal(1, s.f.Plan, "mental_substance", "public", "luvn_older_head", "esp_youth_head")
	internal := s.goal(2, s.f.Plan, "children_youth", "internal")
	s.action(1, "in_progress", "-1", "70", "public", open)           // late, and confirmed too long ago
	s.action(2, "in_progress", "0", "61", "public", open)            // stale
	s.action(3, "in_progress", "30", "60", "public", open, internal) // due soon, confirmed on the last day of the limit
	s.action(4, "in_progress", "31", "30", "internal", open)         // on time, confirmed on the last day of the target
	s.action(5, "not_started", "", "31", "public", open)             // not started
	s.action(6, "paused", "-5", "90", "public", open)                // paused
	s.action(7, "done", "-5", "90", "public", open)                  // done
	s.action(8, "merged", "10", "1", "public", open)                 // cancelled
	s.action(9, "cancelled", "-9", "1", "internal", internal)        // cancelled
	s.action(10, "not_started", "60", "0", "public")                 // for no goal
	s.action(11, "in_progress", "61", "0", "public", old)            // on time, for the older plan's goal
	s.action(12, "in_progress", "5", "", "internal", internal)       // due soon, never confirmed
	s.action(13, "in_progress", "-200", "200", "internal", open)     // late
	e.Exec(`update responsibility set valid_to = '2026-11-20' where post_id = $1`, s.f.Post["luvn_older_head"])
	e.Exec(`insert into responsibility values ($1, 'goal', $2, $3, 'lead', '', '', '', '2026-11-21', null, 1)`, domain.UUIDv7(), open, s.f.Post["luvn_family_head"])

	public, staff := overviewOf(e, "", ""), overviewOf(e, "luvn reader", "")
	if c := public.Counts; c.Goals != 1 || c.Actions != 9 {
		t.Errorf("the public counts %d goals and %d actions", c.Goals, c.Actions)
	}
	if got, want := public.Counts.ByCondition, (api.OverviewByCondition{Late: 1, Stale: 1, DueSoon: 1, OnTime: 1, NotStarted: 2, Paused: 1, Done: 1, Cancelled: 1}); got != want {
		t.Errorf("the public counts %+v, want %+v", got, want)
	}
	if c := staff.Counts; c.Goals != 2 || c.Actions != 13 {
		t.Errorf("staff count %d goals and %d actions", c.Goals, c.Actions)
	}
	if got, want := staff.Freshness, (api.OverviewFreshness{Total: 10, InTarget: 3, InLimit: 2, Stale: 5}); got != want {
		t.Errorf("freshness %+v, want %+v", got, want)
	}
	if staff.Next.Actions != 5 || staff.Next.Until.String() != "2027-01-22" {
		t.Errorf("next: %d actions until %s", staff.Next.Actions, staff.Next.Until)
	}
	if g := staff.Goals; g[0].No != 2 || g[1].No != 1 || g[1].NextDueOn.String() != "2026-11-23" {
		t.Errorf("goals %+v, want those of the theme that comes first first", g)
	}
	if l := public.Goals[0].Leads; len(l) != 2 || l[0].Title.FI != "esp_youth_head" || l[1].Title.FI != "luvn_family_head" {
		t.Errorf("leads %+v, want those of today, Espoo's first", l)
	}
	if a := public.Goals[0].Actions; len(a) != 7 || a[0].No != 1 || a[0].Condition != "late" || a[6].Condition != "cancelled" {
		t.Errorf("the public's strip: %+v", a)
	}

	const open3 = "status=not_started&status=in_progress&status=paused"
	equal := func(as, past string) {
		o := overviewOf(e, as, "?"+past)
		ago := func(days int) string { return o.Day.AddDays(-days).String() }
		numbers := map[string]int{
			"/goals?planId=" + s.f.Plan.String():              o.Counts.Goals,
			"/actions?sort=no":                                o.Counts.Actions,
			"/actions?condition=late":                         o.Counts.ByCondition.Late,
			"/actions?condition=stale":                        o.Counts.ByCondition.Stale,
			"/actions?condition=due_soon":                     o.Counts.ByCondition.DueSoon,
			"/actions?condition=on_time":                      o.Counts.ByCondition.OnTime,
			"/actions?condition=not_started":                  o.Counts.ByCondition.NotStarted,
			"/actions?condition=paused":                       o.Counts.ByCondition.Paused,
			"/actions?condition=done":                         o.Counts.ByCondition.Done,
			"/actions?condition=cancelled":                    o.Counts.ByCondition.Cancelled,
			"/actions?" + open3:                               o.Freshness.Total,
			"/actions?confirmedFrom=" + ago(30) + "&" + open3: o.Freshness.InTarget,
			"/actions?confirmedFrom=" + ago(60) + "&confirmedTo=" + ago(31) + "&" + open3:                                  o.Freshness.InLimit,
			"/actions?confirmedTo=" + ago(61) + "&" + open3:                                                                o.Freshness.Stale,
			"/actions?status=not_started&status=in_progress&dueFrom=" + o.Day.String() + "&dueTo=" + o.Next.Until.String(): o.Next.Actions,
		}
		for _, g := range o.Goals {
			numbers["/actions?goalId="+g.ID.String()] = g.ActionCount
			for condition, n := range conditionsOf(g.ByCondition) {
				numbers["/actions?goalId="+g.ID.String()+"&condition="+condition] = n
			}
			if len(g.Actions) != g.ActionCount {
				t.Errorf("%q: goal %d names %d of %d actions", as, g.No, len(g.Actions), g.ActionCount)
			}
			same := apitest.As[api.Goal](e.As(as).Get("/goals/" + g.ID.String() + "?" + past).Want(200))
			if same.ByCondition != g.ByCondition || same.ActionCount != g.ActionCount || same.NextDueOn != g.NextDueOn {
				t.Errorf("%q: goal %d has %+v in the overview and %+v by itself", as, g.No, g.ByCondition, same.ByCondition)
			}
		}
		for list, n := range numbers {
			if got := counted(e, as, list+"&"+past); got != n {
				t.Errorf("%q: %s has %d, the overview says %d", as, list, got, n)
			}
		}
	}
	for _, as := range []string{"", "espoo reader", "luvn manager", "espoo coordinator", "auditor"} {
		equal(as, "")
	}

	e.Advance(40 * 24 * time.Hour)
	e.Exec(`update action set status = 'done' where no = 2`)
	e.Exec(`update action set visibility = 'internal' where no = 5`)
	e.Exec(`delete from action_goal where goal_id = $1`, open)
	for _, as := range []string{"", "espoo reader"} {
		equal(as, "asOf=2026-11-23")
		equal(as, "")
	}
	past := overviewOf(e, "luvn reader", "?asOf=2026-11-23")
	if !reflect.DeepEqual(past.Counts, staff.Counts) || past.Day.String() != "2026-11-23" || past.Goals[1].ActionCount != 9 {
		t.Errorf("of the past: %+v, was %+v", past.Counts, staff.Counts)
	}
	e.As("").Get("/overview?asOf=2027-02-01").WantProblem(422, "validation_failed")
}

// Topology: a forum with a published meeting (public and internal items), an
// internal published one, one that is closed, one in progress, one called
// within the 60 days, one after them and a draft. The public sees the public
// items of the public published meeting, staff the internal ones as well; a
// member of the forum, a coordinator and the auditor also the closed meeting's.
// What a meeting in progress has recorded is not decided yet for anybody.
func TestOverviewDecisionsAndWhatComesNext(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	s := seed{e, e.Organisation()}
	forum := s.forum("group")
	published := s.meeting(forum, 1, "2026-10-01", "published", "public")
	followed := s.outcome(published, 1, "decision", "seurattu", "public", "")
	s.outcome(published, 2, "decision", "perusteltu", "public", "Ei vaadi toimia.")
	s.outcome(published, 3, "assignment", "avoin", "public", "")
	s.outcome(published, 4, "noted", "merkitty", "public", "")
	hidden := s.outcome(published, 5, "decision", "salattu seuraus", "public", "")
	s.outcome(published, 6, "decision", "sisäinen", "internal", "")
	secret := s.meeting(forum, 2, "2026-10-08", "published", "internal")
	s.outcome(secret, 1, "decision", "sisäinen kokous", "public", "")
	closed := s.meeting(forum, 3, "2026-11-05", "closed", "public")
	s.outcome(closed, 1, "decision", "tarkastettava", "public", "")
	running := s.meeting(forum, 4, "2026-11-23", "in_progress", "public")
	s.outcome(running, 1, "decision", "kesken", "public", "")
	s.meeting(forum, 5, "2027-01-22", "called", "public")
	s.meeting(forum, 6, "2027-01-23", "called", "public")
	s.meeting(forum, 7, "2026-12-01", "draft", "public")
	s.action(1, "in_progress", "7", "1", "public")
	s.action(2, "in_progress", "3", "1", "internal")
	s.action(3, "done", "9", "1", "public")
	e.Exec(`update action set outcome_id = $1 where no in (1, 3)`, followed)
	e.Exec(`update action set outcome_id = $1 where no = 2`, hidden)
	e.Name("member", domain.Actor{PersonID: newPerson(), PostID: s.f.Post["luvn_older_head"], PartyID: s.f.Party["luvn"], Forums: []domain.ForumID{forum}})

	public := []string{"seurattu", "perusteltu", "avoin", "salattu seuraus"}
	for as, want := range map[string]struct {
		last           []string
		of, without    int
		open, upcoming []string
	}{
		"": {public, 4, 1, []string{"avoin"}, []string{"meeting 4", "action 1", "meeting 5"}},
		"luvn reader": {[]string{"sisäinen kokous", "seurattu", "perusteltu", "avoin", "salattu seuraus"}, 6, 3,
			[]string{"sisäinen kokous", "avoin", "sisäinen"}, []string{"meeting 4", "action 2", "action 1", "meeting 5"}},
		"member": {[]string{"tarkastettava", "sisäinen kokous", "seurattu", "perusteltu", "avoin"}, 7, 4,
			[]string{"tarkastettava", "sisäinen kokous", "avoin", "sisäinen"}, []string{"meeting 4", "action 2", "action 1", "meeting 5"}},
		"espoo coordinator": {[]string{"tarkastettava", "sisäinen kokous", "seurattu", "perusteltu", "avoin"}, 7, 4,
			[]string{"tarkastettava", "sisäinen kokous", "avoin", "sisäinen"}, []string{"meeting 4", "action 2", "action 1", "meeting 5"}},
		"auditor": {[]string{"tarkastettava", "sisäinen kokous", "seurattu", "perusteltu", "avoin"}, 7, 4,
			[]string{"tarkastettava", "sisäinen kokous", "avoin", "sisäinen"}, []string{"meeting 4", "action 2", "action 1", "meeting 5"}},
	} {
		o := overviewOf(e, as, "")
		texts := func(ds []api.OverviewDecision) (out []string) {
			for _, d := range ds {
				out = append(out, d.Text.FI)
			}
			return out
		}
		var upcoming []string
		for _, ev := range o.Next.Events {
			if ev.Kind == "meeting" {
				upcoming = append(upcoming, fmt.Sprintf("meeting %d", ev.Meeting.Number))
			} else {
				upcoming = append(upcoming, fmt.Sprintf("action %d", ev.Action.No))
			}
		}
		if got := texts(o.LastDecisions); !slices.Equal(got, want.last) {
			t.Errorf("%q: last decisions %q, want %q", as, got, want.last)
		}
		if w := o.WithoutEnding; w.Decisions != want.of || w.Without != want.without || !slices.Equal(texts(w.Open), want.open) {
			t.Errorf("%q: %d of %d without ending %q, want %d of %d %q", as, w.Without, w.Decisions, texts(w.Open), want.without, want.of, want.open)
		}
		if !slices.Equal(upcoming, want.upcoming) {
			t.Errorf("%q: next %q, want %q", as, upcoming, want.upcoming)
		}
	}
	d := overviewOf(e, "", "").LastDecisions
	if len(d[0].Actions) != 2 || d[0].Actions[0].No != 1 || d[0].Actions[1].No != 3 || len(d[3].Actions) != 0 {
		t.Errorf("the public sees what followed: %+v and %+v", d[0].Actions, d[3].Actions)
	}
	if m := d[0].Meeting; m.Number != 1 || m.Date.String() != "2026-10-01" || m.Forum.Title.SV != "Grupp" || *d[0].Section != 1 {
		t.Errorf("decided at %+v § %v", m, d[0].Section)
	}

	e.Advance(48 * time.Hour)
	e.Exec(`update outcome set no_action_reason_en = 'Goes on elsewhere.'`)
	if w := overviewOf(e, "", "").WithoutEnding; w.Without != 0 {
		t.Errorf("today %+v", w)
	}
	if w := overviewOf(e, "", "?asOf=2026-11-24").WithoutEnding; w.Without != 1 {
		t.Errorf("the day before %+v", w)
	}
	e.Exec(`update outcome set no_action_reason_en = '' where text_fi = 'avoin'`)
	if w := overviewOf(e, "", "").WithoutEnding; w.Without != 1 {
		t.Errorf("open again %+v", w)
	}
	e.Exec(`insert into outcome (id, agenda_item_id, no, type, text_fi, text_sv, text_en, no_action_reason_en, recorded_at, version)
select gen_random_uuid(), agenda_item_id, 2, 'deferred', 'siirtyy', '', '', '', $1, 1 from outcome where text_fi = 'avoin'`, e.Now())
	if w := overviewOf(e, "", "").WithoutEnding; w.Without != 0 {
		t.Errorf("a decision whose item goes on has its ending: %+v", w)
	}
}

func conditionsOf(c api.OverviewByCondition) map[string]int {
	return map[string]int{"late": c.Late, "stale": c.Stale, "due_soon": c.DueSoon, "on_time": c.OnTime,
		"not_started": c.NotStarted, "paused": c.Paused, "done": c.Done, "cancelled": c.Cancelled}
}

// Twelve actions of a goal are named, of thirteen only the conditions are counted.
func TestOverviewOfNothingAndOfMuch(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	o := overviewOf(e, "", "")
	if o.Plan != nil || o.Goals == nil || o.LastDecisions == nil || o.Next.Events == nil || o.WithoutEnding.Open == nil {
		t.Errorf("an empty service gives %+v", o)
	}

	s := seed{e, e.Organisation()}
	s.plan("next", "2029-06-01", "2033-05-31")
	goal := s.goal(1, s.f.Plan, "older", "public")
	s.goal(2, s.f.Plan, "older", "public")
	actions := func(from, to int) api.OverviewGoal {
		e.Exec(`insert into action (id, no, title_fi, title_sv, title_en, confirmed_on, status, progress, visibility, version, created_at, updated_at)
select gen_random_uuid(), n, 'T', '', '', '2026-11-20', 'in_progress', 0, 'public', 1, now(), now() from generate_series($1::int, $2::int) n`, from, to)
		e.Exec(`insert into action_goal select gen_random_uuid(), id, $1 from action where no between $2 and $3`, goal, from, to)
		o = overviewOf(e, "", "")
		return o.Goals[0]
	}
	byNo := func(a, b api.OverviewAction) int { return a.No - b.No }
	if g := actions(1, 12); len(g.Actions) != 12 || g.ActionCount != 12 || !slices.IsSortedFunc(g.Actions, byNo) {
		t.Errorf("%d actions named of %d", len(g.Actions), g.ActionCount)
	}
	if g := actions(13, 13); g.Actions == nil || len(g.Actions) != 0 || g.ActionCount != 13 || g.ByCondition != (api.OverviewByCondition{OnTime: 13}) {
		t.Errorf("%d actions named of %d, by condition %+v", len(g.Actions), g.ActionCount, g.ByCondition)
	}
	if o.Plan == nil || o.Plan.ID != s.f.Plan {
		t.Errorf("plan %+v, want the one in force", o.Plan)
	}
	if g := o.Goals[1]; g.Actions == nil || g.ActionCount != 0 || !g.NextDueOn.IsZero() {
		t.Errorf("a goal without actions: %+v", g)
	}
}
