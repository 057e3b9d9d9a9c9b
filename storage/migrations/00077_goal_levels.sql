-- +goose Up

-- A goal is shared by the principal parties, or a goal of one party under a shared
-- goal. The posts of no other party have a part in a party's goal, but to be informed.
alter table goal
    add column shared_goal_id uuid constraint fk_goal_shared_goal references goal (id),
    add column party_id       uuid constraint fk_goal_party references party (id),
    add constraint chk_goal_level check ((shared_goal_id is null) = (party_id is null) and shared_goal_id <> id);
alter table goal_history
    add column shared_goal_id uuid,
    add column party_id       uuid;
create index ix_goal_shared_goal on goal (shared_goal_id);
create index ix_goal_party on goal (party_id);

-- +goose StatementBegin
create function check_only_its_party() returns trigger language plpgsql as
$$
declare
    day date := (current_setting('app.now')::timestamptz at time zone 'Europe/Helsinki')::date;
    goal_id uuid := case tg_table_name when 'goal' then new.id else (to_jsonb(new) ->> 'subject_id')::uuid end;
begin
    if exists (select 1 from goal g join responsibility r on r.subject_kind = 'goal' and r.subject_id = g.id join post p on p.id = r.post_id
               where g.id = goal_id and p.party_id <> g.party_id and r.part <> 'informed' and (r.valid_to is null or r.valid_to >= day)) then
        raise exception 'a post of another party has a part in the goal of a party' using errcode = 'check_violation', constraint = 'chk_goal_only_its_party';
    end if;
    return null;
end
$$;
-- +goose StatementEnd

create trigger only_its_party after insert or update on responsibility for each row
    when (new.subject_kind = 'goal' and new.part <> 'informed') execute function check_only_its_party();
create trigger only_its_party after insert or update of party_id on goal for each row
    when (new.party_id is not null) execute function check_only_its_party();

select refresh_asof_views();
