-- +goose Up

-- The councils adopt a plan, and revise it yearly: each time is a revision, number
-- 1 the first adoption. Its decisions are case references.
create table plan_revision
(
    id         uuid    not null constraint pk_plan_revision primary key,
    plan_id    uuid    not null constraint fk_plan_revision_plan references plan (id),
    no         integer not null constraint chk_plan_revision_no check (no between 1 and 999),
    year       integer not null constraint chk_plan_revision_year check (year between 1900 and 2200), -- that it was made for
    adopted_on date    not null,
    description_fi    text    not null default '', description_sv text not null default '', description_en text not null default '',
    constraint uniq_plan_revision_no unique (plan_id, no)
);

select keep_history(array ['plan_revision']);
create index ix_plan_revision_history_plan on plan_revision_history (plan_id, sys_from);

-- Public plans change by drafts.
alter table draft
    drop constraint chk_draft_subject,
    add constraint chk_draft_subject check (subject_kind in ('goal', 'chain', 'plan'));

select refresh_asof_views();
