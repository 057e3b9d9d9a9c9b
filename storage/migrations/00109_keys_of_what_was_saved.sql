-- +goose Up

-- What was saved under a key is noted in the transaction that saves it, by the request that
-- has the key: whether it was carried out is known however the request ended (ADR 0080).
alter table idempotency_key
    add column request_id text not null default '', -- who has the key
    add column saved_at   timestamptz, -- null: nothing has been committed under it
    add column saved_kind text,
    add column saved_id   uuid,
    add column over       boolean not null default false, -- it has saved, has ended, and its answer is not known
    add constraint chk_idempotency_key_saved check ((saved_at is null) = (saved_id is null) and (saved_at is null) = (saved_kind is null));
