-- +goose Up

-- What was answered to a request with a key of its own, for a day: machinery, no content.
create table idempotency_key
(
    person_id uuid        not null constraint fk_idempotency_key_person references person (id),
    operation text        not null, -- method and path
    key       text        not null constraint chk_idempotency_key_length check (length(key) between 1 and 255),
    hash      bytea       not null, -- of the acting post and the body
    status    integer, -- null: it is not through
    header    text        not null default '{}', -- JSON
    body      bytea,
    made_at   timestamptz not null,
    constraint pk_idempotency_key primary key (person_id, operation, key)
);
create index ix_idempotency_key_made on idempotency_key (made_at);
