-- +goose Up

-- A paper that somebody approved, as it was then: the exact text whose SHA-256
-- the approval names, and the text that the public reads.
create table paper
(
    id             uuid        not null constraint pk_paper primary key,
    meeting_id     uuid        not null constraint fk_paper_meeting references meeting (id),
    hash           text        not null constraint chk_paper_hash check (hash ~ '^[0-9a-f]{64}$'),
    content        text        not null,
    public_hash    text        not null constraint chk_paper_public_hash check (public_hash ~ '^[0-9a-f]{64}$'),
    public_content text        not null,
    frozen_at      timestamptz not null,
    constraint uniq_paper_hash unique (meeting_id, hash)
);

alter table approval add column paper_hash text not null default '';
alter table approval_history add column paper_hash text not null default '';

-- What members say of passages before the paper is approved. Nothing is taken back.
create table paper_comment
(
    id             uuid        not null constraint pk_paper_comment primary key,
    meeting_id     uuid        not null constraint fk_paper_comment_meeting references meeting (id),
    thread_id      uuid        constraint fk_paper_comment_thread references paper_comment (id), -- the comment that it answers
    agenda_item_id uuid        not null constraint fk_paper_comment_agenda_item references agenda_item (id),
    outcome_id     uuid        constraint fk_paper_comment_outcome references outcome (id),
    part           text        not null constraint chk_paper_comment_part check (part in ('title', 'explanation', 'heard', 'proposal', 'proceedings', 'decision', 'goes_on_to', 'outcome')),
    quote_lang     text        not null constraint chk_paper_comment_quote_lang check (quote_lang in ('fi', 'sv', 'en')),
    quote          text        not null,
    quote_start    integer     not null constraint chk_paper_comment_quote_start check (quote_start >= 0),
    kind           text        not null constraint chk_paper_comment_kind check (kind in ('comment', 'resolved', 'reopened')),
    party_id       uuid        not null constraint fk_paper_comment_party references party (id),
    post_id        uuid        not null constraint fk_paper_comment_post references post (id),
    text           text        not null,
    lang           text        not null constraint chk_paper_comment_lang check (lang in ('fi', 'sv', 'en')),
    said_at        timestamptz not null
);
create index ix_paper_comment_meeting on paper_comment (meeting_id, said_at, id);
create index ix_paper_comment_thread on paper_comment (thread_id, said_at);
create index ix_paper_comment_item on paper_comment (agenda_item_id);
create index ix_paper_comment_outcome on paper_comment (outcome_id);
create index ix_paper_comment_party on paper_comment (party_id);
create index ix_paper_comment_post on paper_comment (post_id);

-- How those whose approval is asked gave the paper back to the secretary.
create table paper_return
(
    id          uuid        not null constraint pk_paper_return primary key,
    meeting_id  uuid        not null constraint fk_paper_return_meeting references meeting (id),
    party_id    uuid        not null constraint fk_paper_return_party references party (id),
    post_id     uuid        not null constraint fk_paper_return_post references post (id),
    role        text        not null constraint chk_paper_return_role check (role in ('chair', 'inspector')),
    paper_hash  text        not null,
    reason      text        not null constraint chk_paper_return_reason check (reason <> ''),
    lang        text        not null constraint chk_paper_return_lang check (lang in ('fi', 'sv', 'en')),
    returned_at timestamptz not null
);
create index ix_paper_return_meeting on paper_return (meeting_id, returned_at, id);
create index ix_paper_return_party on paper_return (party_id);
create index ix_paper_return_post on paper_return (post_id);

select keep_history(array ['paper', 'paper_comment', 'paper_return']);
create index ix_paper_history_meeting on paper_history (meeting_id, sys_from);
create index ix_paper_comment_history_meeting on paper_comment_history (meeting_id, sys_from);
create index ix_paper_return_history_meeting on paper_return_history (meeting_id, sys_from);

-- +goose StatementBegin
do
$$
begin
    execute format('revoke update, delete on paper, paper_comment, paper_return from %I', app_role());
end
$$;
-- +goose StatementEnd

select refresh_asof_views();
