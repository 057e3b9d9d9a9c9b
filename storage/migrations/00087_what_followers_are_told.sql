-- +goose Up

-- What changed since a day, of milestones and of what actions wait for, and the
-- agreements of one thing that were settled.
create index ix_action_task_updated on action_task (updated_at) where kind = 'milestone';
create index ix_action_dependency_created on action_dependency (created_at);
create index ix_action_dependency_history_ended on action_dependency_history (sys_to) where sys_to < 'infinity';
create index ix_agreement_subject on agreement (subject_kind, subject_id, settled_at) where state in ('in_force', 'declined');
