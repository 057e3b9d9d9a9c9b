-- +goose Up

-- People see where they are signed in, and end it there. A session that an older
-- program made has none of this and is not shown; it ends within ten hours.
alter table session
    add column id         uuid,                                -- what its person calls it by: it opens nothing
    add column person_id  uuid constraint fk_session_person references person (id) on delete cascade, -- null while nobody has signed in
    add column began_at   timestamptz,                         -- of the sign-in
    add column used_at    timestamptz,                         -- the last use, to the minute
    add column browser    text constraint chk_session_browser check (browser in ('chrome', 'edge', 'firefox', 'opera', 'safari', 'samsung', 'other')),
    add column system     text constraint chk_session_system check (system in ('android', 'ios', 'linux', 'macos', 'windows', 'other')),
    add column ended_at   timestamptz;                         -- its person ended it; the row goes when it would have expired
create unique index uniq_session_id on session (id) where id is not null;
create index ix_session_person on session (person_id, began_at desc) where person_id is not null;
