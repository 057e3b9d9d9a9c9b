package storage

import (
	"fmt"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// grouping is a field of action a by which lists are grouped: the group's key as
// text, null where there is none, and the expression that puts the groups in
// order, what has none last.
type grouping struct {
	key   string
	order sortKey
	names string // SELECT of what the groups with an id are called, up to WHERE; "": nothing
}

// conditionOrder is how the site puts conditions in order.
var conditionOrder = []action.ConditionValue{action.CondLate, action.CondStale, action.CondDueSoon, action.CondOnTime, action.CondNotStarted, action.CondPaused, action.CondDone, action.CondCancelled}

func sqlWords[T ~string](words []T) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = "'" + string(w) + "'"
	}
	return "array[" + strings.Join(out, ", ") + "]"
}

// condition is the expression for the condition of action a on the day shown:
// what was withdrawn is never late.
func (s *ActionStore) condition() string {
	return fmt.Sprintf("case when a.withdrawn_on is not null then '%s' else action_condition(a.status, a.starts_on, a.late_on, a.fresh_to, %s, %d) end",
		action.CondCancelled, dateSQL(s.tx.day), action.SoonDays)
}

// groupings are the fields, of what the scope may see.
func (s *ActionStore) groupings(scope domain.Scope) map[action.By]grouping {
	const last = "2147483647"
	var goal, chain, forum where
	goal.add("g.id = l.goal_id")
	s.tx.visible(&goal, scope, "g", "goal")
	chain.add("c.id = (select st.chain_id from stage st where st.id = a.stage_id)")
	s.tx.visible(&chain, scope, "c", "chain")
	forum.add("f.id = a.forum_id")
	s.tx.visible(&forum, scope, "f", "forum")
	first := func(what string) string {
		return "(select " + what + " from action_goal l join goal g on " + on(goal) + " join theme t on t.id = g.theme_id where l.action_id = a.id order by g.no limit 1)"
	}
	ofLead := func(what, table string) string {
		return "(select " + what + " from " + table + " p where p.id = a.lead_" + table + "_id and " + s.tx.leads("a") + ")"
	}
	named := func(sql string) sortKey { return sortKey{"coalesce(" + sql + `, '1') collate "fi"`, "text"} }
	var plan where
	plan.add("p.id = x.plan_id")
	s.tx.visible(&plan, scope, "p", "plan")
	goals := "select x.id::text as key, x.no, x.title_fi, x.title_sv, x.title_en, p.starts_on as plan_from, p.ends_on as plan_to from goal x left join plan p on " + on(plan)
	const names = "select x.id::text as key, %s as no, x.title_fi, x.title_sv, x.title_en, %s as party_id from %s x"
	called := func(table string) string { return fmt.Sprintf(names, "0", "null::uuid", table) }
	return map[action.By]grouping{
		action.ByGoal:      {first("g.id::text"), sortKey{"coalesce(" + first("g.no") + ", " + last + ")", "integer"}, goals},
		action.ByTheme:     {first("t.id::text"), sortKey{"coalesce(" + first("lpad(t.position::text, 10, '0') || t.id") + `, '1') collate "C"`, "text"}, called("theme")},
		action.ByParty:     {ofLead("p.id::text", "party"), sortKey{"coalesce(" + ofLead("p.position", "party") + ", " + last + ")", "integer"}, ""},
		action.ByPost:      {ofLead("p.id::text", "post"), named(ofLead("'0' || p.title_fi || p.id", "post")), fmt.Sprintf(names, "0", "x.party_id", "post")},
		action.ByStatus:    {"a.status", sortKey{"array_position(" + sqlWords(action.Statuses) + ", a.status)", "integer"}, ""},
		action.ByCondition: {s.condition(), sortKey{"array_position(" + sqlWords(conditionOrder) + ", " + s.condition() + ")", "integer"}, ""},
		action.ByPhase: {"a.phase_id::text", sortKey{"coalesce((select lpad(p.position::text, 10, '0') || p.id from phase p where p.id = a.phase_id), '1') collate \"C\"", "text"},
			called("phase")},
		action.ByChain:    {"(select c.id::text from chain c where " + on(chain) + ")", named("(select '0' || c.title_fi || c.id from chain c where " + on(chain) + ")"), called("chain")},
		action.ByForum:    {"(select f.id::text from forum f where " + on(forum) + ")", named("(select '0' || f.title_fi || f.id from forum f where " + on(forum) + ")"), called("forum")},
		action.ByDueMonth: {"to_char(a.due_last_on, 'YYYY-MM')", sortKey{"coalesce(date_trunc('month', a.due_last_on)::date, 'infinity'::date)", "date"}, ""},
	}
}

// Groups implements action.Store.
func (s *ActionStore) Groups(scope domain.Scope, f action.Filter, by action.By) ([]action.Group, error) {
	g, ok := s.groupings(scope)[by]
	if !ok {
		return nil, domain.InvalidField("by", "not_allowed")
	}
	if err := s.follow(&f); err != nil {
		return nil, err
	}
	w := s.filter(scope, f)
	rows, err := query[struct {
		Key   string
		Count int
		Late  int
		action.Span
	}](s.tx, fmt.Sprintf(`select coalesce(x.key, '') as key, count(*) as count, count(*) filter (where x.late) as late,
  min(x.starts) as "from", max(x.due) as "to", count(*) filter (where x.starts is null) as without_start, count(*) filter (where x.due is null) as without_due
from (select %s as key, %s as ord, (%s) = 'late' as late, date_trunc(a.starts_precision, a.starts_on::timestamp)::date as starts, a.due_last_on as due from action a%s) x group by x.key, x.ord order by x.ord, x.key limit %d`,
		g.key, g.order.expr, s.condition(), w.sql(), action.MaxGroups), w.args...)
	if err != nil {
		return nil, fmt.Errorf("group actions: %w", err)
	}
	names := map[string]groupName{}
	if g.names != "" {
		keys := make([]string, 0, len(rows))
		for _, r := range rows {
			if r.Key != "" {
				keys = append(keys, r.Key)
			}
		}
		found, err := query[groupName](s.tx, g.names+" where x.id = any(?::uuid[])", "{"+strings.Join(keys, ",")+"}")
		if err != nil {
			return nil, fmt.Errorf("name the groups of actions: %w", err)
		}
		for _, n := range found {
			names[n.Key] = n
		}
	}
	out := make([]action.Group, len(rows))
	for i, r := range rows {
		n := names[r.Key]
		out[i] = action.Group{Key: r.Key, No: n.No, Title: domain.Text{FI: n.TitleFi, SV: n.TitleSv, EN: n.TitleEn}, PartyID: valueOf(n.PartyID), Count: r.Count, Late: r.Late, Span: r.Span}
		if n.PlanFrom != nil && n.PlanTo != nil {
			out[i].Plan = [2]domain.Date{*n.PlanFrom, *n.PlanTo}
		}
	}
	return out, nil
}

type groupName struct {
	Key                       string
	No                        int
	TitleFi, TitleSv, TitleEn string
	PartyID                   *domain.PartyID
	PlanFrom, PlanTo          *domain.Date // of a goal
}
