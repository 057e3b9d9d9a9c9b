-- +goose Up

-- Themes, target groups and districts are retired and merged, never deleted: a
-- retired term stays on what has it and in the past, and is given to nothing new.

-- +goose StatementBegin
do
$$
declare
    t text;
    twin text;
begin
    foreach t in array array ['theme', 'target_group', 'district']
        loop
            execute format('alter table %I add column retired_on date', t); -- the first day without it
            execute format('alter table %I add column retired_reason text not null default ''''', t);
            execute format('alter table %I add column merged_into_id uuid constraint %I references %I (id)', t, 'fk_' || t || '_merged_into', t);
            execute format('alter table %I add constraint %I check (merged_into_id is null or (retired_on is not null and merged_into_id <> id))',
                           t, 'chk_' || t || '_merged');
            execute format('create index %I on %I (merged_into_id)', 'ix_' || t || '_merged_into', t);
            twin := t || '_history';
            execute format('alter table %I add column retired_on date, add column retired_reason text, add column merged_into_id uuid', twin);
        end loop;
end
$$;
-- +goose StatementEnd

-- Free tags of any subject.

create table tag
(
    id             uuid    not null constraint pk_tag primary key,
    key            text    not null constraint uniq_tag_key unique,
    position       integer not null,
    title_fi       text    not null, title_sv text not null, title_en text not null,
    version        integer not null,
    retired_on     date,
    retired_reason text    not null default '',
    merged_into_id uuid    constraint fk_tag_merged_into references tag (id),
    constraint chk_tag_merged check (merged_into_id is null or (retired_on is not null and merged_into_id <> id))
);
create index ix_tag_merged_into on tag (merged_into_id);

create table tag_link
(
    id           uuid not null constraint pk_tag_link primary key,
    subject_kind text not null constraint chk_tag_link_subject check (subject_kind in ('goal', 'action', 'chain', 'forum')),
    subject_id   uuid not null,
    tag_id       uuid not null constraint fk_tag_link_tag references tag (id),
    constraint uniq_tag_link unique (subject_kind, subject_id, tag_id)
);
create index ix_tag_link_tag on tag_link (tag_id, subject_kind, subject_id);

select keep_history(array ['tag', 'tag_link']);
create index ix_tag_link_history_subject on tag_link_history (subject_kind, subject_id, sys_from);
create index ix_tag_link_history_tag on tag_link_history (tag_id, sys_from);
