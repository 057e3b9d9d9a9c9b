-- +goose Up

-- What changed since a day: the versions of actions that were the state then and
-- are not any more, and the agreements that were settled since.
create index ix_action_history_replaced on action_history (sys_to, sys_from) where sys_to < 'infinity';
create index ix_agreement_settled on agreement (settled_at) where state in ('in_force', 'declined');
