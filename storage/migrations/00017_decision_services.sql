-- +goose Up

-- The addresses from which a party's decision service tells what is new.
create table decision_feed
(
    id         uuid        not null constraint pk_decision_feed primary key,
    party_id   uuid        not null constraint fk_decision_feed_party references party (id),
    url        text        not null,
    language   text        not null constraint chk_decision_feed_language check (language in ('fi', 'sv')),
    active     boolean     not null,
    version    integer     not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint uniq_decision_feed_url unique (party_id, url)
);

-- How the last reading of a feed went, and when the next one is: machinery.
create table decision_fetch
(
    feed_id       uuid        not null constraint pk_decision_fetch primary key constraint fk_decision_fetch_feed references decision_feed (id),
    url           text        not null, -- that was read: etag and last_modified belong to it
    etag          text        not null default '',
    last_modified text        not null default '',
    failure       text        not null default '', -- of the last reading, a code
    http_status   integer     not null default 0,
    failures      integer     not null default 0, -- one after another
    tried_at      timestamptz not null,
    read_at       timestamptz, -- when it was last read, or found unchanged
    next_at       timestamptz not null
);
create index ix_decision_fetch_next on decision_fetch (next_at);

-- What feeds have told: copies of what decision services publish, removed some
-- time after their feed had them last. Machinery.
create table decision_entry
(
    id           uuid        not null constraint pk_decision_entry primary key,
    feed_id      uuid        not null constraint fk_decision_entry_feed references decision_feed (id),
    party_id     uuid        not null constraint fk_decision_entry_party references party (id),
    language     text        not null,
    guid         text        not null,
    title        text        not null,
    body         text        not null,
    link         text        not null,
    folded       text        not null, -- title and body, to look for words in
    mentions     text[]      not null, -- what in title and body may be a registry number
    published_at timestamptz, -- as the feed says
    found_at     timestamptz not null,
    seen_at      timestamptz not null, -- when the feed had it last
    constraint uniq_decision_entry_guid unique (party_id, guid)
);
create index ix_decision_entry_feed on decision_entry (feed_id, seen_at);
create index ix_decision_entry_seen on decision_entry (seen_at);
create index ix_decision_entry_mentions on decision_entry using gin (mentions);

-- The words by which a forum looks for what concerns it.
create table watch_list
(
    id         uuid        not null constraint pk_watch_list primary key,
    forum_id   uuid        not null constraint fk_watch_list_forum references forum (id),
    words      jsonb       not null,
    version    integer     not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint uniq_watch_list_forum unique (forum_id)
);

-- What a forum's secretary did with an offered entry. It names the entry by party
-- and guid, and outlives it. If the agenda item goes, the entry is offered again.
create table decision_settlement
(
    id             uuid        not null constraint pk_decision_settlement primary key,
    forum_id       uuid        not null constraint fk_decision_settlement_forum references forum (id),
    party_id       uuid        not null constraint fk_decision_settlement_party references party (id),
    guid           text        not null,
    title          text        not null,
    link           text        not null,
    state          text        not null constraint chk_decision_settlement_state check (state in ('taken', 'dismissed')),
    agenda_item_id uuid        constraint fk_decision_settlement_item references agenda_item (id) on delete cascade,
    version        integer     not null,
    settled_at     timestamptz not null,
    constraint uniq_decision_settlement_entry unique (forum_id, party_id, guid),
    constraint chk_decision_settlement_item check ((state = 'taken') = (agenda_item_id is not null))
);
create index ix_decision_settlement_party on decision_settlement (party_id);
create index ix_decision_settlement_item on decision_settlement (agenda_item_id);

select keep_history(array ['decision_feed', 'watch_list', 'decision_settlement']);
create index ix_decision_feed_history_party on decision_feed_history (party_id, sys_from);
create index ix_watch_list_history_forum on watch_list_history (forum_id, sys_from);
create index ix_decision_settlement_history_forum on decision_settlement_history (forum_id, sys_from);

select refresh_asof_views();
