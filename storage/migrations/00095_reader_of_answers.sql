-- +goose Up

-- What the reader does not see, with what has come since: answers that are kept for the
-- person who was given them, and texts of mail that a party has written.
create or replace function hidden_from_reader() returns table (relation text, visible_columns text)
    language sql immutable as
$$
values ('session', ''), ('mail_secret', ''), ('calendar_address', ''), ('pen', ''), ('autosave', ''), ('watcher', ''),
       ('outbox', ''), ('mail', ''), ('mail_template', ''), ('digest', ''), ('digest_item', ''), ('mail_preference', ''), ('watch_list', ''),
       ('following', ''), ('saved_view', ''), ('stored_piece', ''), ('idempotency_key', ''), ('person', 'id, party_id, version')
$$;
select grant_reading();
