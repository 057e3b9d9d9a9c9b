-- +goose Up

-- Which outcomes led to an action is read from this index alone, for all outcomes at a
-- time: the overview counts those that led to nothing.
drop index ix_action_outcome;
create index ix_action_outcome on action (outcome_id) include (withdrawn_on) where outcome_id is not null;
