package storage

import (
	"fmt"

	"yhdyspinta/domain"
)

// The rhythm that an action goes by is a copy on its row, so that every query
// compares one date with the day shown. The copy is kept here, after every write
// that it depends on: of the action's goals and its own rhythm, of a goal's plan, and
// of a plan's rhythm and predecessor.

// rhythmsSQL is for actions x the rhythm that each goes by: its own, else the
// strictest of the plans whose goals it serves. A plan counts no more where the
// action serves a goal of the plan that supersedes it.
const rhythmsSQL = `
select x.id, coalesce(x.freshness_target, min(p.freshness_target), %[1]d) as days_target, coalesce(x.freshness_limit, min(p.freshness_limit), %[2]d) as days_limit
from action x
left join (action_goal l join goal g on g.id = l.goal_id join plan p on p.id = g.plan_id) on l.action_id = x.id
     and not exists (select 1 from action_goal m join goal h on h.id = m.goal_id join plan n on n.id = h.plan_id where m.action_id = x.id and n.supersedes_id = p.id)
where %[3]s
group by x.id`

// keepRhythms keeps the copies on actions x what is true; cond chooses them.
func (tx Tx) keepRhythms(cond string, args ...any) error {
	monthly := domain.MonthlyRhythm
	err := tx.Exec(`update action a set fresh_target = r.days_target, fresh_limit = r.days_limit
from (`+fmt.Sprintf(rhythmsSQL, monthly.Target, monthly.Limit, cond)+`) r
where a.id = r.id and (a.fresh_target, a.fresh_limit) is distinct from (r.days_target, r.days_limit)`, args...).Error
	if err != nil {
		return fmt.Errorf("keep the rhythms of actions: %w", err)
	}
	return nil
}

// keepRhythm keeps the copy of an action whose goals or own rhythm were written.
// Its goals and plans stay as they are until the transaction ends: who changes one
// of them meanwhile waits, and then finds the action.
func (tx Tx) keepRhythm(id domain.ActionID) error { return tx.keepRhythmsOf([]domain.ActionID{id}) }

// keepRhythmsOf is keepRhythm for many actions.
func (tx Tx) keepRhythmsOf(ids []domain.ActionID) error {
	if len(ids) == 0 {
		return nil
	}
	err := tx.Exec(`select g.id from goal g join plan p on p.id = g.plan_id
where g.id in (select l.goal_id from action_goal l where l.action_id = any(?)) order by g.id for share of g, p`, asOne(ids)).Error
	if err != nil {
		return fmt.Errorf("hold the plans of actions: %w", err)
	}
	return tx.keepRhythms("x.id = any(?)", asOne(ids))
}

// The actions of a goal and of a plan, as conditions on actions x.
const (
	actionsOfGoal = "x.id in (select l.action_id from action_goal l where l.goal_id = ?)"
	actionsOfPlan = "x.id in (select l.action_id from action_goal l join goal g on g.id = l.goal_id where g.plan_id = ?)"
)

// holdActions locks actions x in one order and returns them, before the goal or plan is
// written by which their rhythms change: an action is always locked before its goals and
// plans.
func (tx Tx) holdActions(cond string, args ...any) (held []domain.ActionID, err error) {
	if err := tx.Raw("select x.id from action x where "+cond+" order by x.id for no key update", args...).Scan(&held).Error; err != nil {
		return nil, fmt.Errorf("hold the actions whose rhythm changes: %w", err)
	}
	return held, nil
}

// holdRhythms locks a goal or plan, and before it every action x that goes by it. An
// action that came to it while the others were waited for is not locked yet: then the
// goal or plan is let go and all begins anew, so that an action which leaves it again
// meanwhile is waited for too. Who would come later waits.
func (tx Tx) holdRhythms(table, actions string, id any) error {
	if err := tx.Exec("savepoint hold_rhythms").Error; err != nil {
		return fmt.Errorf("set a savepoint: %w", err)
	}
	for range 20 {
		held, err := tx.holdActions(actions, id)
		if err != nil {
			return err
		}
		if err := tx.Exec("select 1 from "+table+" where id = ? for no key update", id).Error; err != nil {
			return fmt.Errorf("lock a %s: %w", table, err)
		}
		var missed bool
		if err := tx.Raw("select exists (select 1 from action x where "+actions+" and x.id <> all(?))", id, asOne(held)).Scan(&missed).Error; err != nil {
			return fmt.Errorf("see which actions came meanwhile: %w", err)
		}
		if !missed {
			return nil
		}
		if err := tx.Exec("rollback to savepoint hold_rhythms").Error; err != nil {
			return fmt.Errorf("go back to a savepoint: %w", err)
		}
	}
	return &domain.Error{Kind: domain.KindUnavailable, Code: "database_unavailable", Detail: "others change the actions of this " + table + " without a pause, try again"}
}

// withRhythms writes a goal or plan and keeps the rhythms of its actions x, if
// they change by it; changed is a query that tells whether they do.
func (tx Tx) withRhythms(table, changed string, args []any, actions string, id any, write func() error) error {
	var changes bool
	if err := tx.Raw(changed, args...).Scan(&changes).Error; err != nil {
		return fmt.Errorf("see whether rhythms change: %w", err)
	}
	if !changes {
		return write()
	}
	if err := tx.holdRhythms(table, actions, id); err != nil {
		return err
	}
	if err := write(); err != nil {
		return err
	}
	return tx.keepRhythms(actions, id)
}
