-- +goose Up

-- Which action waits for which. The rows form no cycle: whoever adds one holds a lock
-- and looks (storage/dependency.go). They never change; one that is taken away stays
-- in the history.
create table action_dependency
(
    id         uuid        not null constraint pk_action_dependency primary key,
    action_id  uuid        not null constraint fk_action_dependency_action references action (id), -- which waits
    needs_id   uuid        not null constraint fk_action_dependency_needs references action (id),  -- for this one
    created_at timestamptz not null,
    constraint uniq_action_dependency_pair unique (action_id, needs_id),
    constraint chk_action_dependency_other check (action_id <> needs_id)
);
create index ix_action_dependency_needs on action_dependency (needs_id, action_id);

select keep_history(array ['action_dependency']);
create index ix_action_dependency_history_action on action_dependency_history (action_id, sys_from);
create index ix_action_dependency_history_needs on action_dependency_history (needs_id, sys_from);

select refresh_asof_views();
