-- +goose Up

-- A goal can be cancelled, merged into another or superseded by another, with a
-- reason. It keeps its page and its actions; lists and figures of goals leave it out.
alter table goal
    add column ending           text not null default '',
    add column ended_on         date,
    add column ending_reason_fi text not null default '',
    add column ending_reason_sv text not null default '',
    add column ending_reason_en text not null default '',
    add column into_goal_id     uuid constraint fk_goal_into_goal references goal (id), -- in which it goes on
    add constraint chk_goal_ending check (ending in ('', 'cancelled', 'merged', 'superseded')),
    add constraint chk_goal_ended check ((ending = '') = (ended_on is null)),
    add constraint chk_goal_into check ((ending in ('merged', 'superseded')) = (into_goal_id is not null) and into_goal_id <> id);
alter table goal_history
    add column ending           text not null default '',
    add column ended_on         date,
    add column ending_reason_fi text not null default '',
    add column ending_reason_sv text not null default '',
    add column ending_reason_en text not null default '',
    add column into_goal_id     uuid;
create index ix_goal_into_goal on goal (into_goal_id);

select refresh_asof_views();
