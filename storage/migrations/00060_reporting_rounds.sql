-- +goose Up

-- Reporting rounds: what is asked of whom follows from the plan's goals and actions
-- and from who answers for them; only what people say and decide is stored.

create table reporting_round
(
    id               uuid    not null constraint pk_reporting_round primary key,
    key              text    not null constraint uniq_reporting_round_key unique,
    plan_id          uuid    not null constraint fk_reporting_round_plan references plan (id),
    kind             text    not null constraint chk_reporting_round_kind check (kind in ('annual', 'interim')),
    title_fi         text    not null, title_sv text not null, title_en text not null,
    period_from      date    not null,
    period_to        date    not null,
    opens_on         date    not null, -- what was said from this day on counts
    state            text    not null constraint chk_reporting_round_state check (state in ('open', 'completed', 'cancelled')),
    opened_party_id  uuid    constraint fk_reporting_round_opened_party references party (id),
    opened_post_id   uuid    constraint fk_reporting_round_opened_post references post (id),
    ended_at         timestamptz, -- when it was completed or cancelled
    cancel_reason_fi text    not null default '', cancel_reason_sv text not null default '', cancel_reason_en text not null default '',
    version          integer not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    constraint chk_reporting_round_period check (period_to >= period_from),
    constraint chk_reporting_round_ended check ((state = 'open') = (ended_at is null)),
    constraint chk_reporting_round_cancel_reason check (state <> 'cancelled' or cancel_reason_fi <> '' or cancel_reason_sv <> '')
);
create index ix_reporting_round_plan on reporting_round (plan_id, period_to);
create index ix_reporting_round_opened_party on reporting_round (opened_party_id);
create index ix_reporting_round_opened_post on reporting_round (opened_post_id);
create unique index uniq_reporting_round_open on reporting_round (plan_id) where state = 'open';

-- The last day of each level. It is what was decided: a change of the calendar of
-- holidays does not move it.
create table round_level
(
    id           uuid    not null constraint pk_round_level primary key,
    round_id     uuid    not null constraint fk_round_level_round references reporting_round (id),
    level        text    not null constraint chk_round_level_level check (level in ('action', 'goal', 'plan')),
    working_days integer not null constraint chk_round_level_working_days check (working_days >= 0), -- until the level above; 0 for the highest
    due_on       date    not null,
    constraint uniq_round_level unique (round_id, level)
);

-- What a party says of a goal or of the plan. Of actions it is their status reports
-- and confirmations that count. Never changed: a later one stands beside it.
create table round_report
(
    id           uuid    not null constraint pk_round_report primary key,
    round_id     uuid    not null constraint fk_round_report_round references reporting_round (id),
    subject_kind text    not null constraint chk_round_report_subject check (subject_kind in ('goal', 'plan')),
    subject_id   uuid    not null,
    party_id     uuid    not null constraint fk_round_report_party references party (id),
    post_id      uuid    constraint fk_round_report_post references post (id),
    assessment   text    not null constraint chk_round_report_assessment check (assessment in ('reached', 'on_course', 'partly', 'off_course')),
    text_fi      text    not null default '', text_sv text not null default '', text_en text not null default '',
    public       boolean not null,
    reported_on  date    not null,
    reported_at  timestamptz not null,
    version      integer not null
);
create index ix_round_report_round on round_report (round_id, subject_id, party_id, reported_at desc);
create index ix_round_report_party on round_report (party_id);
create index ix_round_report_post on round_report (post_id);

-- A principal party that has completed its side. It is taken back by deleting the row.
create table round_completion
(
    id           uuid    not null constraint pk_round_completion primary key,
    round_id     uuid    not null constraint fk_round_completion_round references reporting_round (id),
    party_id     uuid    not null constraint fk_round_completion_party references party (id),
    post_id      uuid    constraint fk_round_completion_post references post (id),
    note_fi      text    not null default '', note_sv text not null default '', note_en text not null default '',
    completed_at timestamptz not null,
    constraint uniq_round_completion_party unique (round_id, party_id)
);
create index ix_round_completion_party on round_completion (party_id);
create index ix_round_completion_post on round_completion (post_id);

-- The round as it was when both parties had completed it: the exact bytes, for staff
-- and for everybody, with their SHA-256.
create table round_snapshot
(
    id             uuid not null constraint pk_round_snapshot primary key,
    round_id       uuid not null constraint fk_round_snapshot_round references reporting_round (id),
    content        text not null,
    hash           text not null constraint chk_round_snapshot_hash check (hash ~ '^[0-9a-f]{64}$'),
    public_content text not null,
    public_hash    text not null constraint chk_round_snapshot_public_hash check (public_hash ~ '^[0-9a-f]{64}$'),
    frozen_at      timestamptz not null,
    constraint uniq_round_snapshot_round unique (round_id)
);

select keep_history(array ['reporting_round', 'round_level', 'round_report', 'round_completion', 'round_snapshot']);
create index ix_reporting_round_history_plan on reporting_round_history (plan_id, sys_from);
create index ix_round_level_history_round on round_level_history (round_id, sys_from);
create index ix_round_report_history_round on round_report_history (round_id, subject_id, party_id, sys_from);
create index ix_round_completion_history_round on round_completion_history (round_id, sys_from);
create index ix_round_snapshot_history_round on round_snapshot_history (round_id, sys_from);

-- When a party first said something of an action in a round is asked of all that it
-- has said: reports and confirmations alike leave a version.
create index ix_action_party_status_history_word on action_party_status_history (action_id, party_id, confirmed_on);

-- +goose StatementBegin
do
$$
begin
    execute format('revoke update, delete on round_report, round_snapshot from %I', app_role());
end
$$;
-- +goose StatementEnd

select refresh_asof_views();
