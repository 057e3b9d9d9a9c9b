-- +goose Up

-- What somebody follows: told in their daily mail. It is their own choice; ended by
-- deleting the row, whose twin stays.
create table following
(
    id           uuid        not null constraint pk_following primary key,
    person_id    uuid        not null constraint fk_following_person references person (id),
    subject_kind text        not null constraint chk_following_subject check (subject_kind in ('goal', 'action', 'chain', 'forum')),
    subject_id   uuid        not null,
    since_at     timestamptz not null,
    version      integer     not null,
    constraint uniq_following_subject unique (person_id, subject_kind, subject_id)
);
select keep_history(array ['following']);
select refresh_asof_views();
