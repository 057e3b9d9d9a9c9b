-- +goose Up

-- What belonged to a plan, and what changed in it between two days, is found by the
-- intervals of the history.
create index ix_goal_history_plan on goal_history (plan_id, sys_from);
create index ix_goal_target_group_history_goal on goal_target_group_history (goal_id, sys_from);
create index ix_action_target_group_history_action on action_target_group_history (action_id, sys_from);
create index ix_action_district_history_action on action_district_history (action_id, sys_from);
