-- +goose Up

-- Where an action goes on that was merged into or superseded by others, as the
-- report says that ends it. What counts is what the party's latest word names that
-- stands; what was reported before this migration names nothing.
create table status_report_forward
(
    id           uuid not null constraint pk_status_report_forward primary key,
    report_id    uuid not null constraint fk_status_report_forward_report references status_report (id),
    to_action_id uuid not null constraint fk_status_report_forward_to_action references action (id),
    constraint uniq_status_report_forward_action unique (report_id, to_action_id)
);
create index ix_status_report_forward_to_action on status_report_forward (to_action_id);

select keep_history(array ['status_report_forward']);

-- An action that was made in error is withdrawn: it is kept, with the reason, and
-- no list or figure has it.
alter table action
    add column withdrawn_on      date,
    add column withdrawal_reason text not null default '',
    add column withdrawn_post_id uuid constraint fk_action_withdrawn_post references post (id), -- in which post; null: in none
    add constraint chk_action_withdrawal check ((withdrawn_on is null) = (withdrawal_reason = ''));
alter table action_history
    add column withdrawn_on      date,
    add column withdrawal_reason text not null default '',
    add column withdrawn_post_id uuid;

create index ix_action_withdrawn_post on action (withdrawn_post_id);
create index ix_action_withdrawn on action (id) where withdrawn_on is not null;
drop index ix_action_state;
create index ix_action_state on action (id) include (visibility, status, starts_on, due_last_on, late_on, confirmed_on, target_to, fresh_to, fresh_limit,
                                                     lead_post_id, lead_party_id, created_at, withdrawn_on);

select refresh_asof_views();
