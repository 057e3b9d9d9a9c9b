-- +goose Up
-- All that the overview counts by again, so that it reads the index alone: phases had
-- left out withdrawn_on. What changed since a day asks when an action was created and
-- changed, groups how exactly its start is known.
drop index ix_action_state;
create index ix_action_state on action (id) include (visibility, status, starts_on, starts_precision, due_last_on, late_on, confirmed_on, target_to, fresh_to, fresh_limit,
                                                     lead_post_id, lead_party_id, created_at, updated_at, phase_id, withdrawn_on);
-- What the public does not see, and what nobody counts.
drop index ix_action_internal;
drop index ix_action_withdrawn;
create index ix_action_hidden on action (id) include (visibility, withdrawn_on) where visibility <> 'public' or withdrawn_on is not null;
-- The oldest actions of a goal as of a past day, in their order.
drop index ix_action_goal_history_goal;
create index ix_action_goal_history_goal on action_goal_history (goal_id, action_id) include (sys_from, sys_to);
