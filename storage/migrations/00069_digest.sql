-- +goose Up

-- The daily mail of what waits for a person. It belongs to no meeting, and may go to
-- somebody without a post. Why somebody got it and what it is about stays in the log.
-- A version that does not know the kind leaves such mails to one that does.
alter table mail
    drop constraint chk_mail_kind,
    add constraint chk_mail_kind check (kind in ('meeting_called', 'meeting_changed', 'meeting_cancelled', 'approval_asked', 'meeting_published', 'substitute_released', 'member_released', 'digest')),
    alter column meeting_id drop not null,
    alter column post_id drop not null,
    add column topics text[] not null default '{}',
    add column reasons text[] not null default '{}',
    add constraint chk_mail_subject check ((kind = 'digest') = (meeting_id is null)),
    add constraint chk_mail_post check (kind = 'digest' or post_id is not null);

-- When and of what a person wants the daily mail; no row: at eight, of everything.
create table mail_preference
(
    id         uuid    not null constraint pk_mail_preference primary key,
    person_id  uuid    not null constraint fk_mail_preference_person references person (id)
                       constraint uniq_mail_preference_person unique,
    digest     boolean not null,
    hour       integer not null constraint chk_mail_preference_hour check (hour between 0 and 23), -- in Helsinki
    off_topics text    not null, -- switched off, separated by commas
    version    integer not null,
    updated_at timestamptz not null
);
select keep_history(array ['mail_preference']);

-- That a person's day has been looked at: one row for a person and day, so that
-- nobody is written to twice, whoever looks. Machinery, kept for a while.
create table digest
(
    id        uuid        not null constraint pk_digest primary key,
    person_id uuid        not null constraint fk_digest_person references person (id),
    told_on   date        not null,
    made_at   timestamptz not null,
    constraint uniq_digest_person_day unique (person_id, told_on)
);
create index ix_digest_told on digest (told_on);

-- What was told in it, by which the next one knows what is no news any more.
create table digest_item
(
    digest_id uuid not null constraint fk_digest_item_digest references digest (id),
    item_key  text not null,
    person_id uuid not null constraint fk_digest_item_person references person (id),
    told_on   date not null,
    constraint pk_digest_item primary key (digest_id, item_key)
);
create index ix_digest_item_person on digest_item (person_id, item_key, told_on);

-- What signs the links by which a mail is switched off without signing in. Who knows
-- it can do nothing but that.
create table mail_secret
(
    id     uuid  not null constraint pk_mail_secret primary key,
    secret bytea not null constraint chk_mail_secret_length check (length(secret) >= 32)
);
insert into mail_secret values (gen_random_uuid(), decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

select refresh_asof_views();
