package storage

import (
	"fmt"
	"strconv"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// grouping is a field of action a by which lists are grouped. Actions are counted by
// columns first: key and rank are worked out once for all that have the same.
type grouping struct {
	columns []string // of action a, on which key and rank depend
	key     string   // of the group, as text, of columns of a; null where there is none
	rank    string   // puts the groups in order, what has none last; of columns of a
	order   sortKey  // puts actions in the same order
	names   string   // SELECT of what the groups with an id are called, up to WHERE; "": nothing
}

// places are those of the columns in a SELECT that begins with them.
func (g grouping) places() string {
	out := make([]string, len(g.columns))
	for i := range out {
		out[i] = strconv.Itoa(i + 1)
	}
	return strings.Join(out, ", ")
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

// condition is the expression for the condition of an action a that was not withdrawn, on
// the day shown.
func (tx Tx) condition() string {
	return fmt.Sprintf("action_condition(a.status, a.starts_on, a.late_on, a.fresh_to, %s, %d)", dateSQL(tx.day), action.SoonDays)
}

// condition is that of any action a: what was withdrawn is never late.
func (s *ActionStore) condition() string {
	return fmt.Sprintf("case when a.withdrawn_on is not null then '%s' else %s end", action.CondCancelled, s.tx.condition())
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
	first := "(select min(g.no) from action_goal l join goal g on " + on(goal) + " where l.action_id = a.id)"
	ofLead := func(what, table string) string {
		return "(select " + what + " from " + table + " p where p.id = a.lead_" + table + "_id and " + s.tx.leads("a") + ")"
	}
	named := func(sql string) string { return "coalesce(" + sql + `, '1') collate "fi"` }
	ranked := func(sql string) string { return "coalesce(" + sql + `, '1') collate "C"` } // by position
	themed := func(what string) string {
		return "(select " + what + " from goal g join theme t on t.id = g.theme_id where g.no = a.goal_no)"
	}
	var plan where
	plan.add("p.id = x.plan_id")
	s.tx.visible(&plan, scope, "p", "plan")
	goals := "select x.id::text as key, x.no, x.title_fi, x.title_sv, x.title_en, p.starts_on as plan_from, p.ends_on as plan_to from goal x left join plan p on " + on(plan)
	const names = "select x.id::text as key, %s as no, x.title_fi, x.title_sv, x.title_en, %s as party_id from %s x"
	called := func(table string) string { return fmt.Sprintf(names, "0", "null::uuid", table) }
	// what the actions themselves are ordered by as well
	plain := func(columns []string, key, rank, kind, names string) grouping {
		return grouping{columns, key, rank, sortKey{rank, kind}, names}
	}
	const byTheme = "lpad(t.position::text, 10, '0') || t.id"
	ofChain, ofForum := " from chain c where "+on(chain)+")", " from forum f where "+on(forum)+")"
	return map[action.By]grouping{
		action.ByGoal: {[]string{first + " as goal_no"}, "(select g.id::text from goal g where g.no = a.goal_no)", "coalesce(a.goal_no, " + last + ")",
			sortKey{"coalesce(" + first + ", " + last + ")", "integer"}, goals},
		action.ByTheme: {[]string{first + " as goal_no"}, themed("t.id::text"), ranked(themed(byTheme)),
			sortKey{ranked("(select " + byTheme + " from action_goal l join goal g on " + on(goal) + " join theme t on t.id = g.theme_id where l.action_id = a.id order by g.no limit 1)"), "text"},
			called("theme")},
		action.ByParty: plain([]string{"a.lead_party_id", "a.lead_from", "a.lead_to"}, ofLead("p.id::text", "party"), "coalesce("+ofLead("p.position", "party")+", "+last+")", "integer", ""),
		action.ByPost: plain([]string{"a.lead_post_id", "a.lead_from", "a.lead_to"}, ofLead("p.id::text", "post"), named(ofLead("'0' || p.title_fi || p.id", "post")), "text",
			fmt.Sprintf(names, "0", "x.party_id", "post")),
		action.ByStatus: plain([]string{"a.status"}, "a.status", "array_position("+sqlWords(action.Statuses)+", a.status)", "integer", ""),
		action.ByCondition: {[]string{s.condition() + " as condition"}, "a.condition", "array_position(" + sqlWords(conditionOrder) + ", a.condition)",
			sortKey{"array_position(" + sqlWords(conditionOrder) + ", " + s.condition() + ")", "integer"}, ""},
		action.ByPhase: plain([]string{"a.phase_id"}, "a.phase_id::text", ranked("(select lpad(p.position::text, 10, '0') || p.id from phase p where p.id = a.phase_id)"), "text",
			called("phase")),
		action.ByChain:    plain([]string{"a.stage_id"}, "(select c.id::text"+ofChain, named("(select '0' || c.title_fi || c.id"+ofChain), "text", called("chain")),
		action.ByForum:    plain([]string{"a.forum_id"}, "(select f.id::text"+ofForum, named("(select '0' || f.title_fi || f.id"+ofForum), "text", called("forum")),
		action.ByDueMonth: plain([]string{"a.due_last_on"}, "to_char(a.due_last_on, 'YYYY-MM')", "coalesce(date_trunc('month', a.due_last_on)::date, 'infinity'::date)", "date", ""),
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
	}](s.tx, fmt.Sprintf(`select coalesce(x.key, '') as key, sum(x.n)::integer as count, sum(x.late)::integer as late,
  min(x.starts) as "from", max(x.due) as "to", sum(x.without_start)::integer as without_start, sum(x.without_due)::integer as without_due
from (select %[2]s as key, %[3]s as rank, a.*
      from (select %[1]s, count(*) as n, count(*) filter (where (%[4]s) = 'late') as late,
                   min(date_trunc(a.starts_precision, a.starts_on::timestamp)::date) as starts, max(a.due_last_on) as due,
                   count(*) filter (where a.starts_on is null) as without_start, count(*) filter (where a.due_last_on is null) as without_due
            from action a%[5]s group by %[6]s) a) x
group by x.key, x.rank order by x.rank, x.key limit %[7]d`,
		strings.Join(g.columns, ", "), g.key, g.rank, s.condition(), w.sql(), g.places(), action.MaxGroups), w.args...)
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
