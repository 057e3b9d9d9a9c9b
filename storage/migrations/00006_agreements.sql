-- +goose Up

-- Acceptance. A shared duty counts when every principal party that it concerns
-- has accepted the same wording: an agreement is one exact content, and each
-- party's acceptance hangs on it. The row of the subject holds what is in force,
-- or what was proposed first while nothing is.

create table agreement
(
    id                uuid        not null constraint pk_agreement primary key,
    subject_kind      text        not null constraint chk_agreement_subject check (subject_kind in ('responsibility', 'handover')),
    subject_id        uuid        not null, -- may be of a proposal that was withdrawn and is gone
    revision          integer     not null constraint chk_agreement_revision check (revision > 0),
    content           jsonb       not null, -- the material fields, exactly as proposed
    state             text        not null constraint chk_agreement_state check (state in ('open', 'in_force', 'declined', 'withdrawn', 'superseded')),
    proposed_party_id uuid        constraint fk_agreement_party references party (id),
    proposed_post_id  uuid        constraint fk_agreement_post references post (id),
    proposed_at       timestamptz not null,
    settled_at        timestamptz, -- when it came into force, was declined, withdrawn or superseded
    constraint uniq_agreement_revision unique (subject_kind, subject_id, revision)
);
create index ix_agreement_party on agreement (proposed_party_id);
create index ix_agreement_post on agreement (proposed_post_id);
create index ix_agreement_open on agreement (proposed_at, id) where state = 'open';
create unique index uniq_agreement_in_force on agreement (subject_kind, subject_id) where state = 'in_force';
create unique index uniq_agreement_waiting on agreement (subject_kind, subject_id) where state in ('open', 'declined');

create table acceptance
(
    id           uuid not null constraint pk_acceptance primary key,
    agreement_id uuid not null constraint fk_acceptance_agreement references agreement (id),
    party_id     uuid not null constraint fk_acceptance_party references party (id),
    state        text not null constraint chk_acceptance_state check (state in ('open', 'accepted', 'declined')),
    post_id      uuid constraint fk_acceptance_post references post (id), -- in which it was decided
    decided_at   timestamptz,
    reason_fi    text not null default '', reason_sv text not null default '', reason_en text not null default '',
    constraint uniq_acceptance_party unique (agreement_id, party_id),
    constraint chk_acceptance_decided check ((state = 'open') = (decided_at is null))
);
create index ix_acceptance_party_open on acceptance (party_id, agreement_id) where state = 'open';
create index ix_acceptance_party on acceptance (party_id);
create index ix_acceptance_post on acceptance (post_id);

-- Standing: proposed, declined (nothing is in force); in_force; reopened,
-- change_declined (the last accepted content stays in force).
alter table responsibility add column standing text not null default 'in_force';
alter table responsibility add constraint chk_responsibility_standing check (standing in ('proposed', 'declined', 'in_force', 'reopened', 'change_declined'));
alter table responsibility add column revision integer not null default 1; -- of the content proposed last
alter table responsibility add column updated_at timestamptz not null default '2026-01-01';
alter table responsibility_history add column standing text;
alter table responsibility_history add column revision integer;
alter table responsibility_history add column updated_at timestamptz;
create index ix_responsibility_updated on responsibility (updated_at desc, id desc);
create index ix_responsibility_unsettled on responsibility (standing, updated_at desc, id desc) where standing <> 'in_force';

alter table responsibility drop constraint chk_responsibility_subject;
alter table responsibility add constraint chk_responsibility_subject check (subject_kind in ('goal', 'action', 'stage', 'handover', 'chain', 'forum'));
drop index uniq_responsibility_open;
create unique index uniq_responsibility_open on responsibility (subject_kind, subject_id, post_id, part) where valid_to is null;

-- Hand-overs: edges between the stages of a chain.

create table handover
(
    id             uuid    not null constraint pk_handover primary key,
    chain_id       uuid    not null constraint fk_handover_chain references chain (id),
    from_stage_id  uuid    not null constraint fk_handover_from references stage (id),
    to_stage_id    uuid    not null constraint fk_handover_to references stage (id),
    position       integer not null,
    what_fi        text    not null, what_sv text not null, what_en text not null,
    channel_fi     text    not null default '', channel_sv text not null default '', channel_en text not null default '',
    target_days    integer constraint chk_handover_target check (target_days between 0 and 3650), -- calendar days from the giver's step to the receiver's
    gap            text    not null constraint chk_handover_gap check (gap in ('none', 'minor', 'major')),
    gap_reason_fi  text    not null default '', gap_reason_sv text not null default '', gap_reason_en text not null default '',
    next_review_on date,
    standing       text    not null constraint chk_handover_standing check (standing in ('proposed', 'declined', 'in_force', 'reopened', 'change_declined')),
    revision       integer not null,
    valid_from     date    not null,
    valid_to       date    constraint chk_handover_validity check (valid_to >= valid_from),
    version        integer not null,
    updated_at     timestamptz not null,
    constraint chk_handover_stages check (from_stage_id <> to_stage_id)
);
create index ix_handover_chain on handover (chain_id, position);
create index ix_handover_from on handover (from_stage_id);
create index ix_handover_to on handover (to_stage_id);
create index ix_handover_unsettled on handover (standing) where standing <> 'in_force';

-- What shows that a hand-over works: a link or a text, and when it was checked.
create table handover_evidence
(
    id          uuid not null constraint pk_handover_evidence primary key,
    handover_id uuid not null constraint fk_handover_evidence_handover references handover (id),
    title_fi    text not null, title_sv text not null default '', title_en text not null default '',
    url         text not null default '',
    checked_on  date not null
);
create index ix_handover_evidence_handover on handover_evidence (handover_id);

-- What a stage is for readers: for whom, by which channel, in which languages.
alter table stage add column target_group_fi text not null default '';
alter table stage add column target_group_sv text not null default '';
alter table stage add column target_group_en text not null default '';
alter table stage add column channel_fi text not null default '';
alter table stage add column channel_sv text not null default '';
alter table stage add column channel_en text not null default '';
alter table stage add column languages text[] not null default '{}'; -- ISO 639-1
alter table stage_history add column target_group_fi text;
alter table stage_history add column target_group_sv text;
alter table stage_history add column target_group_en text;
alter table stage_history add column channel_fi text;
alter table stage_history add column channel_sv text;
alter table stage_history add column channel_en text;
alter table stage_history add column languages text[];

-- An action is pinned to a stage, or to a hand-over that it treats.
alter table action add column handover_id uuid constraint fk_action_handover references handover (id);
alter table action_history add column handover_id uuid;
create index ix_action_handover on action (handover_id);

select keep_history(array ['agreement', 'acceptance', 'handover', 'handover_evidence']);
create index ix_agreement_history_subject on agreement_history (subject_kind, subject_id, sys_from);
create index ix_acceptance_history_agreement on acceptance_history (agreement_id, sys_from);
create index ix_handover_history_chain on handover_history (chain_id, sys_from);
create index ix_handover_evidence_history_handover on handover_evidence_history (handover_id, sys_from);
create index ix_action_history_handover on action_history (handover_id, sys_from) where handover_id is not null;
