package storage

import (
	"fmt"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// maxNamed is how many actions a goal may have for them to be named: a strip of signs
// as long as the eye takes in at once. Of more, their conditions are counted.
const maxNamed = 12

// goalWork is what is done for a goal.
type goalWork struct {
	byCondition map[string]int
	total       int
	nextDueOn   domain.Date
	named       []namedAction // by number; empty of more than maxNamed
}

type namedAction struct {
	GoalID    domain.AnyID
	No        int
	Title     domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	Condition string
}

// nearActions is how many of the actions that are due next goalsDueNext looks at first:
// enough to meet nearly every goal that has one.
const nearActions = 2000

// workFor tells what is done for each goal by actions a that meet w: how many are in
// each condition, what is due next, and, of goals with few, what they are called. The
// number of its queries does not depend on that of goals. As the overview, it counts by
// what the dates mean before it names a condition.
func (tx Tx) workFor(scope domain.Scope, goals []domain.AnyID, w where) (map[domain.AnyID]goalWork, error) {
	out := make(map[domain.AnyID]goalWork, len(goals))
	under, underArgs := tx.actionsUnder(scope)
	day, soon := tx.day, tx.day.AddDays(action.SoonDays)
	condition := tx.condition()
	var counted where
	counted.add("l.goal_id = any(?)", asOne(goals))
	counted.also(w)
	counts, err := query[struct {
		GoalID    domain.AnyID
		Condition string
		N         int
	}](tx, fmt.Sprintf(`select a.goal_id, `+condition+` as condition, sum(a.n)::integer as n
from (select l.goal_id, a.status, null::date as starts_on,
             case when a.late_on < %[1]s then %[1]s - 1 when a.late_on <= %[2]s then %[2]s end as late_on,
             case when a.fresh_to < %[1]s then %[1]s - 1 end as fresh_to, count(*) as n
      from `+under+` l join action a on a.id = l.action_id`+counted.sql()+` group by 1, 2, 4, 5) a
group by 1, 2`, dateSQL(day), dateSQL(soon)), slices.Concat(underArgs, counted.args)...)
	if err != nil {
		return nil, fmt.Errorf("count the actions of goals: %w", err)
	}
	for _, r := range counts {
		work := out[r.GoalID]
		if work.byCondition == nil {
			work.byCondition = map[string]int{}
		}
		work.byCondition[r.Condition] = r.N
		work.total += r.N
		out[r.GoalID] = work
	}
	var few, some []domain.AnyID
	for _, id := range goals {
		if n := out[id].total; n > 0 {
			some = append(some, id)
			if n <= maxNamed {
				few = append(few, id)
			}
		}
	}
	if err := tx.goalsDueNext(scope, some, w, out); err != nil {
		return nil, err
	}
	if len(few) == 0 {
		return out, nil
	}
	var named where
	named.add("l.goal_id = any(?)", asOne(few))
	named.also(w)
	rows, err := query[namedAction](tx, "select l.goal_id, a.no, a.title_fi, a.title_sv, a.title_en, "+condition+" as condition from "+under+" l join action a on a.id = l.action_id"+
		named.sql()+" order by a.no", slices.Concat(underArgs, named.args)...)
	if err != nil {
		return nil, fmt.Errorf("name the actions of goals: %w", err)
	}
	for _, r := range rows {
		work := out[r.GoalID]
		work.named = append(work.named, r)
		out[r.GoalID] = work
	}
	return out, nil
}

// goalsDueNext adds the nearest due date to come of actions a that meet w: of those that
// are due next of all, and of its own only for a goal that none of them is for.
func (tx Tx) goalsDueNext(scope domain.Scope, goals []domain.AnyID, w where, out map[domain.AnyID]goalWork) error {
	if len(goals) == 0 {
		return nil
	}
	under, underArgs := tx.actionsUnder(scope)
	var due where
	due.add("a.status in ('not_started', 'in_progress') and a.due_last_on >= ?", tx.day)
	due.also(w)
	rows, err := query[struct {
		GoalID    domain.AnyID
		NextDueOn domain.Date
	}](tx, fmt.Sprintf(`
with near as materialized (select a.id, a.due_last_on from action a where `+actionDue+` >= ? and `+on(due)+` order by `+actionDue+`, a.id limit %[1]d),
     met as materialized (select l.goal_id, min(n.due_last_on) as next_due_on from near n join `+under+` l on l.action_id = n.id group by l.goal_id)
select g.goal_id, coalesce(n.next_due_on, case when (select count(*) from near) = %[1]d then
  (select min(a.due_last_on) from `+under+` l join action a on a.id = l.action_id where l.goal_id = g.goal_id and `+on(due)+`) end) as next_due_on
from unnest(?::uuid[]) g(goal_id) left join met n on n.goal_id = g.goal_id`, nearActions),
		slices.Concat([]any{tx.day}, due.args, underArgs, underArgs, due.args, []any{asOne(goals)})...)
	if err != nil {
		return fmt.Errorf("see what is due next for goals: %w", err)
	}
	for _, r := range rows {
		work := out[r.GoalID]
		work.nextDueOn = r.NextDueOn
		out[r.GoalID] = work
	}
	return nil
}
