-- +goose Up

-- Who took a member's place, and who came or left while the meeting went on.

alter table participant
    add column substitute_post_id uuid constraint fk_participant_substitute references post (id),
    add column substitute_name    text not null default '', -- in words, of who holds no post here
    add constraint chk_participant_substitute check (substitute_post_id is null or substitute_name = '');
alter table participant_history
    add column substitute_post_id uuid,
    add column substitute_name    text;
create index ix_participant_substitute on participant (substitute_post_id);

-- What a participant said by coming or leaving: from the end of the item on they
-- are there, or not. no is the order in which it was noted.
create table movement
(
    id             uuid        not null constraint pk_movement primary key,
    participant_id uuid        not null constraint fk_movement_participant references participant (id),
    no             integer     not null constraint chk_movement_no check (no > 0),
    kind           text        not null constraint chk_movement_kind check (kind in ('arrived', 'left')),
    moved_at       timestamptz not null,
    agenda_item_id uuid        not null constraint fk_movement_item references agenda_item (id),
    constraint uniq_movement_no unique (participant_id, no)
);
create index ix_movement_item on movement (agenda_item_id);

select keep_history(array ['movement']);
create index ix_movement_history_participant on movement_history (participant_id, sys_from);

-- The desk of a meeting in hand: machinery, without history.

-- Who writes, and who has asked to.
create table pen
(
    meeting_id      uuid        not null constraint pk_pen primary key constraint fk_pen_meeting references meeting (id),
    person_id       uuid        not null constraint fk_pen_person references person (id),
    post_id         uuid        not null constraint fk_pen_post references post (id),
    taken_at        timestamptz not null,
    seen_at         timestamptz not null, -- the last sign of life
    asked_person_id uuid        constraint fk_pen_asked_person references person (id),
    asked_post_id   uuid        constraint fk_pen_asked_post references post (id),
    asked_at        timestamptz,
    constraint chk_pen_asked check ((asked_person_id is null) = (asked_at is null) and (asked_post_id is null) = (asked_at is null))
);
create index ix_pen_person on pen (person_id);
create index ix_pen_post on pen (post_id);
create index ix_pen_asked_person on pen (asked_person_id);
create index ix_pen_asked_post on pen (asked_post_id);

-- What somebody is typing, until it is content.
create table autosave
(
    meeting_id uuid        not null constraint fk_autosave_meeting references meeting (id),
    person_id  uuid        not null constraint fk_autosave_person references person (id),
    key        text        not null,
    post_id    uuid        not null constraint fk_autosave_post references post (id),
    content    jsonb       not null,
    saved_at   timestamptz not null,
    constraint pk_autosave primary key (meeting_id, person_id, key)
);
create index ix_autosave_person on autosave (person_id);
create index ix_autosave_post on autosave (post_id);
create index ix_autosave_saved on autosave (saved_at);

-- Who has the meeting's page open: one row for each of its connections.
create table watcher
(
    id         uuid        not null constraint pk_watcher primary key,
    meeting_id uuid        not null constraint fk_watcher_meeting references meeting (id),
    person_id  uuid        not null constraint fk_watcher_person references person (id),
    post_id    uuid        not null constraint fk_watcher_post references post (id),
    writes     boolean     not null, -- they may hold the pen
    seen_at    timestamptz not null
);
create index ix_watcher_meeting on watcher (meeting_id, seen_at);
create index ix_watcher_person on watcher (person_id);
create index ix_watcher_post on watcher (post_id);

-- What changes in a meeting is told on the channel meeting_changed: ids and
-- versions, never what was written. Who listens asks for the rest in their own
-- name.
-- +goose StatementBegin
create function tell_meeting(meeting uuid, kind text, id uuid, version integer, item uuid) returns void
    language sql as
$$
select pg_notify('meeting_changed', json_build_object('meeting', meeting, 'kind', kind, 'id', id, 'version', version, 'item', item)::text)
$$;

create function meeting_told() returns trigger
    language plpgsql as
$$
declare
    r record;
begin
    if tg_op = 'DELETE' then r := old; else r := new; end if;
    case tg_table_name
        when 'meeting' then perform tell_meeting(r.id, 'meeting', r.id, r.version, null);
        when 'participant', 'approval' then perform tell_meeting(r.meeting_id, 'meeting', r.id, null, null);
        when 'agenda_item' then
            if tg_op = 'UPDATE' and new.version = old.version or tg_op <> 'UPDATE' then
                perform tell_meeting(r.meeting_id, 'agenda', null, null, null);
            else
                perform tell_meeting(r.meeting_id, 'agenda_item', r.id, r.version, r.id);
            end if;
        when 'outcome' then
            perform tell_meeting((select i.meeting_id from public.agenda_item i where i.id = r.agenda_item_id), 'outcome', r.id, r.version, r.agenda_item_id);
        when 'action' then
            perform tell_meeting(i.meeting_id, 'action', r.id, r.version, i.id)
            from public.outcome o join public.agenda_item i on i.id = o.agenda_item_id where o.id = r.outcome_id;
        when 'pen', 'watcher' then perform tell_meeting(r.meeting_id, tg_table_name::text, null, null, null);
        when 'autosave' then perform tell_meeting(r.meeting_id, 'autosave', null, null, null);
    end case;
    return null;
end
$$;
-- +goose StatementEnd

create trigger told after insert or update on meeting for each row execute function meeting_told();
create trigger told after insert or update on participant for each row execute function meeting_told();
create trigger told after insert or delete on approval for each row execute function meeting_told();
create trigger told after insert or update or delete on agenda_item for each row execute function meeting_told();
create trigger told after insert or update or delete on outcome for each row execute function meeting_told();
create trigger told after insert on action for each row when (new.outcome_id is not null) execute function meeting_told();
create trigger told after insert or delete on pen for each row execute function meeting_told();
create trigger told_again after update on pen for each row
    when ((new.person_id, new.post_id, new.asked_at, new.asked_post_id) is distinct from (old.person_id, old.post_id, old.asked_at, old.asked_post_id))
    execute function meeting_told();
create trigger told after insert or delete on watcher for each row execute function meeting_told();
create trigger told after insert or update or delete on autosave for each row execute function meeting_told();

select refresh_asof_views();
