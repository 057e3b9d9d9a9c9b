-- +goose Up

-- Which party has been silent on an action for too long is asked of all running
-- ones; who has said nothing yet has been asked since the action was made.
drop index ix_action_state;
create index ix_action_state on action (id) include (visibility, status, starts_on, due_last_on, confirmed_on, lead_post_id, lead_party_id, created_at);
