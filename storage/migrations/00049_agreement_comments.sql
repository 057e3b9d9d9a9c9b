-- +goose Up

-- What the parties say of a proposal before they answer it: of exactly the content
-- of its agreement. Nothing is taken back.
create table agreement_comment
(
    id           uuid        not null constraint pk_agreement_comment primary key,
    agreement_id uuid        not null constraint fk_agreement_comment_agreement references agreement (id),
    kind         text        not null constraint chk_agreement_comment_kind check (kind in ('comment', 'changes_requested')),
    party_id     uuid        not null constraint fk_agreement_comment_party references party (id),
    post_id      uuid        not null constraint fk_agreement_comment_post references post (id),
    text_fi      text        not null default '', text_sv text not null default '', text_en text not null default '',
    said_at      timestamptz not null,
    constraint chk_agreement_comment_text check (text_fi || text_sv || text_en <> '')
);
create index ix_agreement_comment_agreement on agreement_comment (agreement_id, said_at, id);
create index ix_agreement_comment_requested on agreement_comment (agreement_id) where kind = 'changes_requested';
create index ix_agreement_comment_party on agreement_comment (party_id);
create index ix_agreement_comment_post on agreement_comment (post_id);

select keep_history(array ['agreement_comment']);
create index ix_agreement_comment_history_agreement on agreement_comment_history (agreement_id, sys_from);

-- +goose StatementBegin
do
$$
begin
    execute format('revoke update, delete on agreement_comment from %I', app_role());
end
$$;
-- +goose StatementEnd

select refresh_asof_views();
