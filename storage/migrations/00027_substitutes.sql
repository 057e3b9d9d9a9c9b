-- +goose Up

-- The call of a substitute goes to one post. A version that does not know the
-- kind makes no mail of it: the row waits for one that does.
alter table outbox
    add column post_id uuid constraint fk_outbox_post references post (id),
    drop constraint chk_outbox_kind,
    add constraint chk_outbox_kind check (kind in ('meeting_called', 'meeting_changed', 'meeting_cancelled', 'approval_asked', 'meeting_published', 'substitute_called')),
    add constraint chk_outbox_post check ((kind = 'substitute_called') = (post_id is not null));
create index ix_outbox_post on outbox (post_id);
