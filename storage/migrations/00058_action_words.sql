-- +goose Up

-- What a party says of an action, a report or that it is still true, with what
-- held before it: so that its latest word can be taken back, and what was taken
-- back stays to be read. What was said before this migration has no row here and
-- stands.

create table action_word
(
    id                   uuid        not null constraint pk_action_word primary key,
    action_id            uuid        not null constraint fk_action_word_action references action (id),
    party_id             uuid        not null constraint fk_action_word_party references party (id),
    post_id              uuid        constraint fk_action_word_post references post (id),
    report_id            uuid        constraint fk_action_word_report references status_report (id), -- null: it confirmed
    joint                boolean     not null, -- nobody was asked for a word of their own: it was that of the action
    spoken_before        boolean     not null, -- the party had said something of its own; if not, the next four are null
    said_status          text        constraint chk_action_word_said_status check (said_status in ('not_started', 'in_progress', 'done', 'paused', 'cancelled', 'merged', 'superseded')),
    said_progress        integer     constraint chk_action_word_said_progress check (said_progress between 0 and 100), -- per cent
    said_confirmed_on    date,
    said_report_id       uuid        constraint fk_action_word_said_report references status_report (id),
    status_before        text        not null constraint chk_action_word_status_before check (status_before in ('not_started', 'in_progress', 'done', 'paused', 'cancelled', 'merged', 'superseded')), -- of the action
    progress_before      integer     not null constraint chk_action_word_progress_before check (progress_before between 0 and 100), -- per cent
    before_confirmed_on  date,
    result_before_fi     text        not null, result_before_sv text not null, result_before_en text not null,
    result_fi            text        not null, result_sv text not null, result_en text not null, -- with the word
    said_at              timestamptz not null,
    withdrawn_at         timestamptz,
    withdrawn_post_id    uuid        constraint fk_action_word_withdrawn_post references post (id),
    version              integer     not null,
    constraint uniq_action_word_report unique (report_id),
    constraint chk_action_word_said check (spoken_before = (said_status is not null)),
    constraint chk_action_word_withdrawn check (withdrawn_at >= said_at)
);
create index ix_action_word_action on action_word (action_id, said_at desc);
create index ix_action_word_party on action_word (party_id);
create index ix_action_word_post on action_word (post_id);
create index ix_action_word_said_report on action_word (said_report_id);
create index ix_action_word_withdrawn_post on action_word (withdrawn_post_id);

select keep_history(array ['action_word']);
create index ix_action_word_history_action on action_word_history (action_id, sys_from);
create index ix_action_word_history_report on action_word_history (report_id, sys_from);

select refresh_asof_views();
