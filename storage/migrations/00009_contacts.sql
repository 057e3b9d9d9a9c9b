-- +goose Up

-- Whether the public sees the name of who holds a post: the holder's own choice.
-- Past reads ask both the choice of then and that of today.
alter table holding add column name_public boolean not null default false;
alter table holding_history add column name_public boolean not null default false;

-- What nobody leads, the longest first, for the radar.
create index ix_action_no_lead on action (created_at, id) where lead_post_id is null;

select refresh_asof_views();
