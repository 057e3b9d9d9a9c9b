-- +goose Up

-- Corrections of an approved paper, which itself never changes.
create table amendment
(
    id              uuid        not null constraint pk_amendment primary key,
    meeting_id      uuid        not null constraint fk_amendment_meeting references meeting (id),
    no              integer     constraint chk_amendment_no check (no > 0), -- given when it is published
    agenda_item_id  uuid        not null constraint fk_amendment_agenda_item references agenda_item (id),
    outcome_id      uuid        constraint fk_amendment_outcome references outcome (id),
    part            text        not null constraint chk_amendment_part check (part in ('title', 'explanation', 'heard', 'proposal', 'proceedings', 'decision', 'goes_on_to', 'outcome')),
    was_fi          text        not null, was_sv text not null, was_en text not null,
    becomes_fi      text        not null, becomes_sv text not null, becomes_en text not null,
    reason_fi       text        not null, reason_sv text not null, reason_en text not null,
    status          text        not null constraint chk_amendment_status check (status in ('proposed', 'approved', 'published', 'withdrawn')),
    party_id        uuid        not null constraint fk_amendment_party references party (id),
    post_id         uuid        not null constraint fk_amendment_post references post (id),
    proposed_at     timestamptz not null,
    approved_at     timestamptz,
    published_at    timestamptz,
    withdrawn_at    timestamptz,
    withdraw_reason text        not null default '',
    version         integer     not null,
    constraint chk_amendment_published check ((status = 'published') = (no is not null and published_at is not null)),
    constraint uniq_amendment_no unique (meeting_id, no)
);
create index ix_amendment_item on amendment (agenda_item_id);
create index ix_amendment_outcome on amendment (outcome_id);
create index ix_amendment_party on amendment (party_id);
create index ix_amendment_post on amendment (post_id);

-- Of the present version; those of other words are deleted, history keeps them.
create table amendment_approval
(
    id           uuid        not null constraint pk_amendment_approval primary key,
    amendment_id uuid        not null constraint fk_amendment_approval_amendment references amendment (id),
    post_id      uuid        not null constraint fk_amendment_approval_post references post (id),
    role         text        not null constraint chk_amendment_approval_role check (role in ('chair', 'inspector')),
    approved_at  timestamptz not null,
    constraint uniq_amendment_approval_post unique (amendment_id, post_id, role)
);
create index ix_amendment_approval_post on amendment_approval (post_id);

select keep_history(array ['amendment', 'amendment_approval']);
create index ix_amendment_history_meeting on amendment_history (meeting_id, sys_from);
create index ix_amendment_approval_history_amendment on amendment_approval_history (amendment_id, sys_from);

select refresh_asof_views();
