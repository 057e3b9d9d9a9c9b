-- +goose Up

-- A change of something public is a draft until it is published. Its content is
-- what the thing would be, in the form in which the API takes it; base is what
-- the thing was, in the same form, when the draft was saved.

create table draft
(
    id           uuid        not null constraint pk_draft primary key,
    subject_kind text        not null constraint chk_draft_subject check (subject_kind in ('goal', 'chain')),
    subject_id   uuid        not null,
    base_version integer     not null constraint chk_draft_base check (base_version > 0),
    base         jsonb       not null,
    content      jsonb       not null,
    note_fi      text        not null default '', note_sv text not null default '', note_en text not null default '',
    state        text        not null constraint chk_draft_state check (state in ('open', 'published', 'discarded')),
    party_id     uuid        not null constraint fk_draft_party references party (id), -- who saved the present version
    post_id      uuid        not null constraint fk_draft_post references post (id),
    reason       text        not null default '', -- why it was discarded
    version      integer     not null,
    created_at   timestamptz not null,
    saved_at     timestamptz not null, -- the present version
    settled_at   timestamptz,
    constraint chk_draft_settled check ((state = 'open') = (settled_at is null))
);
create unique index uniq_draft_open on draft (subject_kind, subject_id) where state = 'open';
create index ix_draft_subject on draft (subject_kind, subject_id, saved_at desc, id desc);
create index ix_draft_party on draft (party_id);
create index ix_draft_post on draft (post_id);
create index ix_draft_saved on draft (saved_at desc, id desc);

-- What the parties say of a draft. Nothing is taken back: a later word counts.
create table draft_comment
(
    id            uuid        not null constraint pk_draft_comment primary key,
    draft_id      uuid        not null constraint fk_draft_comment_draft references draft (id),
    draft_version integer     not null constraint chk_draft_comment_version check (draft_version > 0),
    kind          text        not null constraint chk_draft_comment_kind check (kind in ('comment', 'changes_requested', 'agreed')),
    party_id      uuid        not null constraint fk_draft_comment_party references party (id),
    post_id       uuid        not null constraint fk_draft_comment_post references post (id),
    text_fi       text        not null default '', text_sv text not null default '', text_en text not null default '',
    said_at       timestamptz not null
);
create index ix_draft_comment_draft on draft_comment (draft_id, said_at, id);
create index ix_draft_comment_party on draft_comment (party_id);
create index ix_draft_comment_post on draft_comment (post_id);

select keep_history(array ['draft', 'draft_comment']);
create index ix_draft_history_subject on draft_history (subject_kind, subject_id, sys_from);
create index ix_draft_comment_history_draft on draft_comment_history (draft_id, sys_from);

-- +goose StatementBegin
do
$$
begin
    execute format('revoke update, delete on draft_comment from %I', app_role());
end
$$;
-- +goose StatementEnd

select refresh_asof_views();
