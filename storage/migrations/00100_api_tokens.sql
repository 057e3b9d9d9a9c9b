-- +goose Up

-- API tokens: by one a program acts for the person who made it, in the post in which
-- they made it, within its scopes.

create table api_token
(
    id            uuid        not null constraint pk_api_token primary key,
    person_id     uuid        not null constraint fk_api_token_person references person (id), -- for whom the program acts
    party_id      uuid        not null constraint fk_api_token_party references party (id),   -- of that person
    post_id       uuid constraint fk_api_token_post references post (id),                     -- in which it acts; null: in none
    name          text        not null constraint chk_api_token_name check (length(name) between 1 and 100),
    purpose       text        not null,
    scopes        text[]      not null constraint chk_api_token_scopes check (cardinality(scopes) > 0),
    expires_on    date        not null, -- last day
    revoked_at    timestamptz,
    revoke_reason text        not null default '',
    version       integer     not null,
    created_at    timestamptz not null
);
create index ix_api_token_person on api_token (person_id);
create index ix_api_token_party on api_token (party_id);
create index ix_api_token_post on api_token (post_id);

select keep_history(array ['api_token']);

-- What opens a token, apart from it: no history and no backup has it.
create table api_token_secret
(
    token_id     uuid not null
        constraint pk_api_token_secret primary key
        constraint fk_api_token_secret_token references api_token (id),
    hash         bytea constraint uniq_api_token_secret_hash unique, -- SHA-256; null once it is revoked
    last_used_on date
);

-- By which token a program did what an entry tells. Like the other ids of an entry it
-- refers to nothing, and the name stands with the token, where it never changes.
alter table audit_entry add column program_id uuid;
create index ix_audit_entry_program on audit_entry (program_id, at desc, id desc) where program_id is not null;

select refresh_asof_views();

-- The role for reports sees neither. What was hidden before stays hidden, whatever
-- that was.
-- +goose StatementBegin
do
$$
declare
    hidden text;
begin
    select string_agg(format('(%L, %L)', h.relation, h.visible_columns), ', ') into hidden
    from (select relation, visible_columns from hidden_from_reader()
          union select unnest(array ['api_token', 'api_token_secret']), '') h;
    execute format($f$
        create or replace function hidden_from_reader() returns table (relation text, visible_columns text)
            language sql immutable as $body$ values %s $body$ $f$, hidden);
end
$$;
-- +goose StatementEnd
select grant_reading();
