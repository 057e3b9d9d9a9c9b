package storage

import (
	"fmt"

	"yhdyspinta/domain"
)

// actionsUnder is the subquery of which action (action_id) is for which goal
// (goal_id), as readers count them: for the goals that it names, and for the shared
// goal above one that the scope may see. Each pair stands once. It is the one rule by
// which actions of goals are counted and listed: action.Filter.Goal narrows by it.
func (tx Tx) actionsUnder(scope domain.Scope) (string, []any) {
	var w where
	w.add("u.shared_goal_id is not null")
	tx.visible(&w, scope, "u", "goal")
	return "(select action_id, goal_id from action_goal union all select distinct k.action_id, u.shared_goal_id from action_goal k join goal u on u.id = k.goal_id" + w.sql() +
		" and not exists (select 1 from action_goal d where d.action_id = k.action_id and d.goal_id = u.shared_goal_id))", w.args
}

// underGoals is the condition that a goal g is one of the goals with the ids, or of
// a party under one of them that the scope may see.
func (tx Tx) underGoals(scope domain.Scope, ids any) (string, []any) {
	var w where
	w.add("u.id in ?", ids)
	tx.visible(&w, scope, "u", "goal")
	return "(g.id in ? or g.shared_goal_id in (select u.id from goal u" + w.sql() + "))", append([]any{ids}, w.args...)
}

// PlanIsPublic implements goal.Store.
func (s *GoalStore) PlanIsPublic(id domain.PlanID) (bool, error) {
	var public []bool
	if err := s.tx.Raw("select visibility = 'public' from plan where id = ? for share", id).Scan(&public).Error; err != nil {
		return false, fmt.Errorf("look whether a plan is public: %w", err)
	}
	return len(public) == 0 || public[0], nil // what is no plan is refused as such
}
