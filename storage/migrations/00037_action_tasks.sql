-- +goose Up

-- Tasks and milestones of actions, and the one date on which lateness looks.

create table action_task
(
    id            uuid    not null constraint pk_action_task primary key,
    action_id     uuid    not null constraint fk_action_task_action references action (id),
    kind          text    not null constraint chk_action_task_kind check (kind in ('task', 'milestone')),
    title_fi      text    not null, title_sv text not null, title_en text not null,
    due_on        date    not null, -- the first day of the due period
    due_precision text    not null constraint chk_action_task_due_precision check (due_precision in ('day', 'month', 'quarter', 'year')),
    due_last_on   date    not null, -- the last one: what lateness counts from
    post_id       uuid    constraint fk_action_task_post references post (id), -- who does it
    done_on       date,
    withdrawn_on  date,
    version       integer not null,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    constraint chk_action_task_dates check (due_last_on >= due_on)
);
create index ix_action_task_action on action_task (action_id, due_last_on);
create index ix_action_task_post on action_task (post_id);

select keep_history(array ['action_task']);
create index ix_action_task_history_action on action_task_history (action_id, sys_from);

-- The end of the due period of the open task that is due first is a copy on the
-- action, kept by the store, so that no list has to look at tasks; late_on follows
-- from it and the action's own due date. Neither is said by anybody, so the version
-- stays.
alter table action
    add column task_last_on date,
    add column late_on      date generated always as (least(due_last_on, task_last_on)) stored;
alter table action_history
    add column task_last_on date,
    add column late_on      date;
update action_history set late_on = due_last_on where due_last_on is not null;

create index ix_action_late on action ((coalesce(late_on, 'infinity'::date)), id);
create index ix_action_status_party_late on action (status, lead_party_id, (coalesce(late_on, 'infinity'::date)), id);
create index ix_action_history_late on action_history ((coalesce(late_on, 'infinity'::date)), id);
drop index ix_action_state;
create index ix_action_state on action (id) include (visibility, status, starts_on, due_last_on, late_on, confirmed_on, lead_post_id, lead_party_id, created_at);

-- The rule is as it was; what it looks at is the earlier of the two dates.
drop function action_condition(text, date, date, date, date, integer, integer);
-- +goose StatementBegin
create function action_condition(status text, starts_on date, late_on date, confirmed_on date, day date,
                                 freshness_limit integer, soon integer) returns text
    language sql
    immutable
    parallel safe as
$$
select case
           when status in ('cancelled', 'merged', 'superseded') then 'cancelled'
           when status = 'done' then 'done'
           when status = 'paused' then 'paused'
           when late_on < day then 'late'
           when confirmed_on < day - freshness_limit then 'stale'
           when late_on <= day + soon then 'due_soon'
           when status = 'not_started' then 'not_started'
           else 'on_time'
           end
$$;
-- +goose StatementEnd

select refresh_asof_views();
