-- +goose Up

-- How often the status of an action is to be confirmed: the rhythm of its plan, or
-- one of its own, in days since it was confirmed last. After the target it should
-- be confirmed again, after the limit it is out of date.

alter table plan
    add column freshness_target integer not null default 30,
    add column freshness_limit  integer not null default 60,
    add constraint chk_plan_freshness check (freshness_target between 1 and 366 and freshness_limit between freshness_target and 366);
alter table plan_history
    add column freshness_target integer not null default 30,
    add column freshness_limit  integer not null default 60;

-- Of its own, or null. What the action goes by is a copy beside it, kept by the
-- store: its own, else the strictest of its plans (storage/rhythm.go). The last days
-- within the target and within the limit follow from it. Nobody says any of these,
-- so the version stays.
alter table action
    add column freshness_target integer,
    add column freshness_limit  integer,
    add column fresh_target     integer not null default 30,
    add column fresh_limit      integer not null default 60,
    add column target_to     date generated always as (confirmed_on + fresh_target) stored,
    add column fresh_to      date generated always as (confirmed_on + fresh_limit) stored,
    add constraint chk_action_freshness check (freshness_target between 1 and 366 and freshness_limit between freshness_target and 366
        or freshness_target is null and freshness_limit is null);
alter table action_history
    add column freshness_target integer,
    add column freshness_limit  integer,
    add column fresh_target     integer not null default 30,
    add column fresh_limit      integer not null default 60,
    add column target_to     date,
    add column fresh_to      date;
update action_history set target_to = confirmed_on + 30, fresh_to = confirmed_on + 60 where confirmed_on is not null;

create index ix_action_fresh on action (fresh_to, id) where status in ('not_started', 'in_progress');
drop index ix_action_state;
create index ix_action_state on action (id) include (visibility, status, starts_on, due_last_on, late_on, confirmed_on, target_to, fresh_to, fresh_limit,
                                                     lead_post_id, lead_party_id, created_at);

-- The rule is as it was; what it looks at is the last day within the limit.
drop function action_condition(text, date, date, date, date, integer, integer);
-- +goose StatementBegin
create function action_condition(status text, starts_on date, late_on date, fresh_to date, day date, soon integer) returns text
    language sql
    immutable
    parallel safe as
$$
select case
           when status in ('cancelled', 'merged', 'superseded') then 'cancelled'
           when status = 'done' then 'done'
           when status = 'paused' then 'paused'
           when late_on < day then 'late'
           when fresh_to < day then 'stale'
           when late_on <= day + soon then 'due_soon'
           when status = 'not_started' then 'not_started'
           else 'on_time'
           end
$$;
-- +goose StatementEnd

select refresh_asof_views();
