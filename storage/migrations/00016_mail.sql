-- +goose Up

-- The tables of the work queue, River, are made after the migrations by its own
-- tool in a schema of its own: the application may read and write their rows.
create schema if not exists river;
-- +goose StatementBegin
do
$$
begin
    execute format('grant usage on schema river to %I', app_role());
    execute format('alter default privileges in schema river
        grant select, insert, update, delete on tables to %I', app_role());
    execute format('alter default privileges in schema river
        grant usage on sequences to %I', app_role());
end
$$;
-- +goose StatementEnd

-- The language in which a person is written to; '' while they have said none.
alter table person add column language text not null default '' constraint chk_person_language check (language in ('', 'fi', 'sv', 'en'));
alter table person_history add column language text not null default '';

-- What a transaction wants told afterwards. Rows go when they have been drained
-- into mails: machinery.
create table outbox
(
    id         uuid        not null constraint pk_outbox primary key,
    kind       text        not null constraint chk_outbox_kind check (kind in ('meeting_called', 'meeting_changed', 'meeting_cancelled', 'approval_asked', 'meeting_published')),
    meeting_id uuid        not null constraint fk_outbox_meeting references meeting (id),
    version    integer     not null, -- of the meeting when it happened
    queued_at  timestamptz not null
);
create index ix_outbox_meeting on outbox (meeting_id);

-- One mail to one person, from the queue to the log of what was sent. It names
-- the person by id: the address is read from person when it is sent. Subject,
-- text and event are what was sent, or would have been; they are emptied after a
-- month.
create table mail
(
    id           uuid        not null constraint pk_mail primary key,
    kind         text        not null constraint chk_mail_kind check (kind in ('meeting_called', 'meeting_changed', 'meeting_cancelled', 'approval_asked', 'meeting_published')),
    outbox_id    uuid        not null, -- the row that it came from, gone by now
    meeting_id   uuid        not null constraint fk_mail_meeting references meeting (id),
    sequence     integer     not null, -- of the calendar event
    person_id    uuid        not null constraint fk_mail_person references person (id),
    party_id     uuid        not null constraint fk_mail_party references party (id),
    post_id      uuid        not null constraint fk_mail_post references post (id),
    state        text        not null constraint chk_mail_state check (state in ('queued', 'sending', 'sent', 'failed', 'withheld', 'not_configured', 'no_address', 'superseded')),
    failure      text        not null default '', -- of the last try, a code
    smtp_code    text        not null default '', -- what the server answered it with
    in_doubt     boolean     not null default false,
    attempts     integer     not null default 0,
    message_ref  text        not null, -- the header Message-ID
    language     text        not null default '',
    subject      text        not null default '',
    body         text        not null default '',
    event        jsonb,
    queued_at    timestamptz not null,
    next_try_at  timestamptz,
    last_try_at  timestamptz,
    settled_at   timestamptz, -- sent, or given up
    constraint uniq_mail_outbox_person unique (outbox_id, person_id),
    constraint chk_mail_settled check ((state in ('queued', 'sending')) = (settled_at is null))
);
create index ix_mail_queued on mail (queued_at desc, id desc);
create index ix_mail_party on mail (party_id, queued_at desc, id desc);
create index ix_mail_person on mail (person_id);
create index ix_mail_post on mail (post_id);
create index ix_mail_meeting on mail (meeting_id);
create index ix_mail_due on mail (next_try_at) where settled_at is null;
create index ix_mail_kept on mail (settled_at) where body <> '';

-- A person's private calendar address: whoever knows it reads the person's
-- meetings. Only a hash of it is kept.
create table calendar_address
(
    id         uuid        not null constraint pk_calendar_address primary key,
    person_id  uuid        not null constraint fk_calendar_address_person references person (id),
    token_hash bytea       not null constraint uniq_calendar_address_token unique,
    made_at    timestamptz not null,
    ended_at   timestamptz,
    version    integer     not null
);
create index ix_calendar_address_person on calendar_address (person_id);
create unique index uniq_calendar_address_open on calendar_address (person_id) where ended_at is null;

select keep_history(array ['calendar_address']);
select refresh_asof_views();
