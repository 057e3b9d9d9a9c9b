package storage

import (
	"fmt"
	"slices"
	"strconv"

	"yhdyspinta/domain"
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

// workFor tells what is done for each goal by actions a that meet w: how many are in
// each condition, what is due next, and, of goals with few, what they are called. The
// number of its queries does not depend on that of goals. As the overview, it counts by
// what the dates mean before it names a condition.
func (tx Tx) workFor(scope domain.Scope, goals []domain.AnyID, w where) (map[domain.AnyID]goalWork, error) {
	out := make(map[domain.AnyID]goalWork, len(goals))
	under, underArgs := tx.actionsUnder(scope)
	condition := tx.condition()
	var counted where
	counted.add("l.goal_id = any(?)", asOne(goals))
	counts, err := query[struct {
		GoalID    domain.AnyID
		Condition string
		N         int
		NextDueOn domain.Date
	}](tx, `select c.goal_id, `+tx.conditionOfState("c")+` as condition, sum(c.n)::integer as n, min(c.next_due_on) as next_due_on
from (select l.goal_id, a.status, a.state, count(*) as n, min(a.next_due_on) as next_due_on
      from `+under+` l join (select a.id, a.status, `+tx.stateOfDates()+` & `+strconv.Itoa(stateOfCondition)+` as state,
                                    case when a.status in ('not_started', 'in_progress') and a.due_last_on >= `+dateSQL(tx.day)+` then a.due_last_on end as next_due_on
                             from action a`+w.sql()+`) a on a.id = l.action_id`+counted.sql()+` group by 1, 2, 3) c
group by 1, 2`, slices.Concat(underArgs, w.args, counted.args)...)
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
		if !r.NextDueOn.IsZero() && (work.nextDueOn.IsZero() || r.NextDueOn.Before(work.nextDueOn)) {
			work.nextDueOn = r.NextDueOn
		}
		out[r.GoalID] = work
	}
	var few []domain.AnyID
	for _, id := range goals {
		if n := out[id].total; n > 0 && n <= maxNamed {
			few = append(few, id)
		}
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
