-- +goose Up

-- How far an action has come (toteutusvaihe, genomförandefas): a vocabulary that the
-- coordinators keep, in the order in which the phases come.
create table phase
(
    id             uuid    not null constraint pk_phase primary key,
    key            text    not null constraint uniq_phase_key unique,
    position       integer not null,
    title_fi       text    not null, title_sv text not null, title_en text not null,
    version        integer not null,
    retired_on     date,
    retired_reason text    not null default '',
    merged_into_id uuid    constraint fk_phase_merged_into references phase (id),
    constraint chk_phase_merged check (merged_into_id is null or (retired_on is not null and merged_into_id <> id))
);
create index ix_phase_merged_into on phase (merged_into_id);

select keep_history(array ['phase']);

alter table action
    add column phase_id uuid constraint fk_action_phase references phase (id);
alter table action_history
    add column phase_id uuid;
create index ix_action_phase on action (phase_id, (coalesce(due_last_on, 'infinity'::date)), id);
-- The overview counts by phase in the same pass.
drop index ix_action_state;
create index ix_action_state on action (id) include (visibility, status, starts_on, due_last_on, late_on, confirmed_on, target_to, fresh_to, fresh_limit,
                                                     lead_post_id, lead_party_id, created_at, phase_id);

-- What a word on an action made of its phase, so that it can be taken back.
alter table action_word
    add column phase_before_id uuid,
    add column phase_after_id  uuid;
alter table action_word_history
    add column phase_before_id uuid,
    add column phase_after_id  uuid;

select refresh_asof_views();
