-- +goose Up

-- Agendas of headings, items and sub-items, in one flat order: sub-items follow
-- their item. What a table gains its twin gains too, so that their columns stay
-- in step.
alter table agenda_item
    add column kind           text  not null default 'item' constraint chk_agenda_item_kind check (kind in ('heading', 'item')),
    add column parent_id      uuid  constraint fk_agenda_item_parent references agenda_item (id),
    add column sub_no         integer constraint chk_agenda_item_sub_no check (sub_no > 0), -- 1 in 4.1
    add column links          jsonb not null default '[]',
    add column not_handled_fi text  not null default '', -- why the meeting did not handle it
    add column not_handled_sv text  not null default '',
    add column not_handled_en text  not null default '',
    add constraint chk_agenda_item_parent check (parent_id <> id);
alter table agenda_item_history
    add column kind           text  not null default 'item',
    add column parent_id      uuid,
    add column sub_no         integer,
    add column links          jsonb not null default '[]',
    add column not_handled_fi text  not null default '',
    add column not_handled_sv text  not null default '',
    add column not_handled_en text  not null default '';
create index ix_agenda_item_parent on agenda_item (parent_id);

-- What a type of outcome needs beside its text.
alter table outcome
    add column to_post_id    uuid constraint fk_outcome_to_post references post (id), -- whom it is assigned or recommended to
    add column to_whom_fi    text not null default '', -- the same in words, where there is no post
    add column to_whom_sv    text not null default '',
    add column to_whom_en    text not null default '',
    add column due_on        date, -- by when; of a deferral: until when
    add column to_meeting_id uuid constraint fk_outcome_to_meeting references meeting (id); -- of a deferral
alter table outcome_history
    add column to_post_id    uuid,
    add column to_whom_fi    text not null default '',
    add column to_whom_sv    text not null default '',
    add column to_whom_en    text not null default '',
    add column due_on        date,
    add column to_meeting_id uuid;
create index ix_outcome_to_post on outcome (to_post_id);
create index ix_outcome_to_meeting on outcome (to_meeting_id);

-- A closed meeting can be opened again before it is approved; the last time is shown.
alter table meeting
    add column reopened_at      timestamptz,
    add column reopen_reason_fi text    not null default '',
    add column reopen_reason_sv text    not null default '',
    add column reopen_reason_en text    not null default '',
    add column reopen_approvals integer not null default 0; -- approvals that it took back
alter table meeting_history
    add column reopened_at      timestamptz,
    add column reopen_reason_fi text    not null default '',
    add column reopen_reason_sv text    not null default '',
    add column reopen_reason_en text    not null default '',
    add column reopen_approvals integer not null default 0;

-- Within how many days a forum answers what is referred to it.
alter table forum
    add column referral_days integer not null default 14 constraint chk_forum_referral_days check (referral_days between 1 and 365);
alter table forum_history
    add column referral_days integer not null default 14;

-- A dissenting opinion or a reservation at an outcome.
create table dissent
(
    id               uuid        not null constraint pk_dissent primary key,
    outcome_id       uuid        not null constraint fk_dissent_outcome references outcome (id),
    kind             text        not null constraint chk_dissent_kind check (kind in ('dissent', 'reservation')),
    party_id         uuid        not null constraint fk_dissent_party references party (id),
    post_id          uuid        constraint fk_dissent_post references post (id), -- null: the whole party
    text_fi          text        not null, text_sv text not null, text_en text not null,
    withdrawn_at     timestamptz,
    withdrawn_reason text        not null default '',
    recorded_at      timestamptz not null,
    version          integer     not null,
    constraint chk_dissent_withdrawn check ((withdrawn_at is null) = (withdrawn_reason = ''))
);
create index ix_dissent_outcome on dissent (outcome_id, recorded_at, id);
create index ix_dissent_party on dissent (party_id);
create index ix_dissent_post on dissent (post_id);

-- An outcome that hands its matter to another forum, which accepts or refuses.
-- It is prepared while the meeting runs and sent when it is closed. Whether it
-- is overdue follows from due_on.
create table referral
(
    id               uuid        not null constraint pk_referral primary key,
    outcome_id       uuid        not null constraint fk_referral_outcome references outcome (id),
    from_forum_id    uuid        not null constraint fk_referral_from_forum references forum (id),
    to_forum_id      uuid        not null constraint fk_referral_to_forum references forum (id),
    state            text        not null constraint chk_referral_state check (state in ('prepared', 'open', 'accepted', 'refused', 'withdrawn')),
    sent_at          timestamptz,
    due_on           date,
    answered_at      timestamptz,
    answered_post_id uuid        constraint fk_referral_answered_post references post (id),
    answer_fi        text        not null default '', answer_sv text not null default '', answer_en text not null default '', -- of a refusal: why
    agenda_item_id   uuid        constraint fk_referral_agenda_item references agenda_item (id), -- where an accepted one landed; null: still in the forum's list of matters
    settled_at       timestamptz, -- of a refused one: when the sender said that nothing follows
    settled_fi       text        not null default '', settled_sv text not null default '', settled_en text not null default '', -- and why
    created_at       timestamptz not null,
    version          integer     not null,
    constraint chk_referral_forums check (from_forum_id <> to_forum_id),
    constraint chk_referral_sent check (state in ('prepared', 'withdrawn') or (sent_at is not null and due_on is not null)),
    constraint chk_referral_answered check ((state in ('accepted', 'refused')) = (answered_at is not null))
);
create unique index uniq_referral_waiting on referral (outcome_id) where state in ('prepared', 'open', 'accepted');
create index ix_referral_outcome on referral (outcome_id, created_at, id);
create index ix_referral_from_forum on referral (from_forum_id, sent_at);
create index ix_referral_to_forum on referral (to_forum_id, sent_at);
create index ix_referral_agenda_item on referral (agenda_item_id);
create index ix_referral_answered_post on referral (answered_post_id);
create index ix_referral_sent on referral (sent_at desc, id desc);
create index ix_referral_due on referral (due_on, id) where state = 'open';

-- How items went from one agenda to another: moved (the item itself, with its
-- outcomes), copied (without them), or carried over. What stands here of the
-- item is how it stood where it came from.
create table transfer
(
    id                uuid        not null constraint pk_transfer primary key,
    kind              text        not null constraint chk_transfer_kind check (kind in ('move', 'copy', 'carry_over')),
    from_meeting_id   uuid        not null constraint fk_transfer_from_meeting references meeting (id),
    from_item_id      uuid        constraint fk_transfer_from_item references agenda_item (id), -- of a move: the item itself
    to_meeting_id     uuid        not null constraint fk_transfer_to_meeting references meeting (id),
    to_item_id        uuid        constraint fk_transfer_to_item references agenda_item (id), -- null: taken off that agenda since
    position          text        not null collate "C",
    agenda_no         integer,
    sub_no            integer,
    title_fi          text        not null, title_sv text not null, title_en text not null,
    visibility        text        not null constraint chk_transfer_visibility check (visibility in ('public', 'internal')),
    visibility_ground text        not null default '',
    post_id           uuid        constraint fk_transfer_post references post (id),
    made_at           timestamptz not null,
    version           integer     not null
);
create index ix_transfer_from_meeting on transfer (from_meeting_id);
create index ix_transfer_from_item on transfer (from_item_id);
create index ix_transfer_to_meeting on transfer (to_meeting_id);
create index ix_transfer_to_item on transfer (to_item_id);
create index ix_transfer_post on transfer (post_id);

-- Attachments of items. Each file that an attachment has had stays.
create table attachment
(
    id                uuid        not null constraint pk_attachment primary key,
    agenda_item_id    uuid        not null constraint fk_attachment_agenda_item references agenda_item (id),
    title_fi          text        not null, title_sv text not null, title_en text not null,
    visibility        text        not null constraint chk_attachment_visibility check (visibility in ('public', 'internal')),
    visibility_ground text        not null default '',
    removed_at        timestamptz,
    removed_reason    text        not null default '',
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    version           integer     not null,
    constraint chk_attachment_removed check ((removed_at is null) = (removed_reason = ''))
);
create index ix_attachment_agenda_item on attachment (agenda_item_id, created_at, id);

create table attachment_file
(
    id             uuid        not null constraint pk_attachment_file primary key,
    attachment_id  uuid        not null constraint fk_attachment_file_attachment references attachment (id),
    no             integer     not null constraint chk_attachment_file_no check (no > 0),
    name           text        not null,
    media_type     text        not null,
    size           bigint      not null constraint chk_attachment_file_size check (size >= 0), -- bytes
    sha256         text        not null, -- hexadecimal
    stored_file_id uuid        not null, -- where the bytes are; no foreign key: they are no content of the history
    post_id        uuid        constraint fk_attachment_file_post references post (id),
    uploaded_at    timestamptz not null,
    constraint uniq_attachment_file_no unique (attachment_id, no)
);
create index ix_attachment_file_post on attachment_file (post_id);
create index ix_attachment_file_stored on attachment_file (stored_file_id);

-- The bytes: written once before an attachment names them, in pieces so that
-- nobody holds a whole file in memory. With a folder configured the pieces are
-- there instead.
create table stored_file
(
    id         uuid        not null constraint pk_stored_file primary key,
    place      text        not null constraint chk_stored_file_place check (place in ('database', 'folder')),
    complete   boolean     not null default false,
    created_at timestamptz not null
);
create index ix_stored_file_created on stored_file (created_at);

create table stored_piece
(
    stored_file_id uuid    not null constraint fk_stored_piece_stored_file references stored_file (id),
    no             integer not null,
    data           bytea   not null,
    constraint pk_stored_piece primary key (stored_file_id, no)
);
alter table stored_piece alter column data set storage external; -- documents are compressed already

select keep_history(array ['dissent', 'referral', 'transfer', 'attachment', 'attachment_file']);
create index ix_dissent_history_outcome on dissent_history (outcome_id, sys_from);
create index ix_referral_history_outcome on referral_history (outcome_id, sys_from);
create index ix_referral_history_from_forum on referral_history (from_forum_id, sys_from);
create index ix_referral_history_to_forum on referral_history (to_forum_id, sys_from);
create index ix_transfer_history_from_meeting on transfer_history (from_meeting_id, sys_from);
create index ix_transfer_history_to_item on transfer_history (to_item_id, sys_from);
create index ix_attachment_history_agenda_item on attachment_history (agenda_item_id, sys_from);
create index ix_attachment_file_history_attachment on attachment_file_history (attachment_id, sys_from);
create index ix_attachment_file_history_stored on attachment_file_history (stored_file_id);

select refresh_asof_views();
