-- +goose Up

-- History: every content table T has a twin T_history that holds every version
-- with the interval [sys_from, sys_to) in which it was the state. One generic
-- trigger fills it; the application can only read it. System columns come
-- first, so that a column added later to both tables stays in step.

-- +goose StatementBegin
create function record_history() returns trigger
    language plpgsql
    security definer
    set search_path = public, pg_temp as
$$
declare
    moment   timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
    previous timestamptz;
    twin     text        := quote_ident(tg_table_name || '_history');
begin
    if moment is null then
        raise exception 'app.now is not set: write through the unit of work' using errcode = 'YH001';
    end if;
    if tg_op <> 'INSERT' then
        execute format(
                'update %s set sys_to = greatest($1, sys_from + interval ''1 microsecond'')
                 where id = $2 and sys_to = ''infinity'' returning sys_to', twin)
            into previous using moment, old.id;
        moment := greatest(moment, previous);
    end if;
    if tg_op <> 'DELETE' then
        execute format('insert into %s select $1, ''infinity'', ($2).*', twin) using moment, new;
    end if;
    return null;
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function keep_history(tables text[]) returns void
    language plpgsql as
$$
declare
    t text;
begin
    foreach t in array tables
        loop
            execute format('create table %I (sys_from timestamptz not null, sys_to timestamptz not null)', t || '_history');
            execute format('alter table %I add column id uuid not null', t || '_history');
            execute (select string_agg(format('alter table %I add column %I %s', t || '_history', attname,
                                              format_type(atttypid, atttypmod)), '; ' order by attnum)
                     from pg_attribute
                     where attrelid = t::regclass
                       and attnum > 1
                       and not attisdropped);
            execute format('alter table %I add constraint %I primary key (id, sys_from)', t || '_history', 'pk_' || t || '_history');
            execute format('create unique index %I on %I (id) where sys_to = ''infinity''', 'uniq_' || t || '_history_current', t || '_history');
            execute format('create trigger history after insert or update or delete on %I
                            for each row execute function record_history()', t);
            execute format('revoke insert, update, delete, truncate on %I from %I', t || '_history',
                           app_role());
        end loop;
end
$$;
-- +goose StatementEnd

-- One view per twin in schema asof, under the name of its table: a read with
-- search_path "asof, public" and app.as_of set runs the same SQL on the past.
-- +goose StatementBegin
create function refresh_asof_views() returns void
    language plpgsql as
$$
declare
    twin text;
    base text;
begin
    for twin in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname like '%\_history'
        loop
            base := left(twin, -length('_history'));
            execute format('drop view if exists asof.%I', base);
            execute (select format('create view asof.%I as select %s from public.%I
                                    where sys_from <= (select current_setting(''app.as_of'')::timestamptz)
                                      and sys_to > (select current_setting(''app.as_of'')::timestamptz)',
                                   base, string_agg(quote_ident(attname), ', ' order by attnum), twin)
                     from pg_attribute
                     where attrelid = ('public.' || quote_ident(base))::regclass
                       and attnum > 0
                       and not attisdropped);
        end loop;
end
$$;
-- +goose StatementEnd

-- The audit log. Entries name people by id only. The values of an entry sit in
-- an erasable row of their own beside their salted hash.
create table audit_entry
(
    id              bigint generated always as identity
        constraint pk_audit_entry primary key,
    at              timestamptz not null,
    origin          text        not null
        constraint chk_audit_entry_origin check (origin in ('user', 'import', 'operator')),
    request_id      text        not null default '',
    person_id       uuid,
    post_id         uuid,
    party_id        uuid,
    permission      text        not null,
    subject_kind    text        not null,
    subject_id      uuid        not null,
    subject_version integer     not null,
    parent_kind     text        not null default '',
    parent_id       uuid,
    reason          text        not null default '',
    values_hash     bytea       not null
);
create index ix_audit_entry_at on audit_entry (at desc, id desc);
create index ix_audit_entry_subject on audit_entry (subject_kind, subject_id, at desc, id desc);
create index ix_audit_entry_parent on audit_entry (parent_kind, parent_id, at desc, id desc) where parent_id is not null;
create index ix_audit_entry_party on audit_entry (party_id, at desc, id desc);
create index ix_audit_entry_post on audit_entry (post_id, at desc, id desc);
create index ix_audit_entry_person on audit_entry (person_id, at desc, id desc);
create index ix_audit_entry_permission on audit_entry (permission, at desc, id desc);

create table audit_value
(
    entry_id bigint not null
        constraint pk_audit_value primary key
        constraint fk_audit_value_entry references audit_entry (id),
    salt     bytea  not null,
    changes  json   not null -- json, not jsonb: the hash covers its exact text
);

-- +goose StatementBegin
create function refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'YH002';
end
$$;
-- +goose StatementEnd

create trigger append_only before update or delete on audit_entry for each row execute function refuse_change();
create trigger append_only_truncate before truncate on audit_entry for each statement execute function refuse_change();
create trigger append_only before update or delete on audit_value for each row execute function refuse_change();
create trigger append_only_truncate before truncate on audit_value for each statement execute function refuse_change();

-- Organisation

create table party
(
    id        uuid    not null constraint pk_party primary key,
    key       text    not null constraint uniq_party_key unique,
    kind      text    not null constraint chk_party_kind check (kind in ('municipality', 'wellbeing_services_county', 'joint_authority', 'third_sector', 'parish_union', 'education_provider')),
    principal boolean not null,
    letter    text    not null constraint chk_party_letter check (length(letter) = 1),
    position  integer not null,
    name_fi   text    not null, name_sv text not null, name_en text not null,
    short_fi  text    not null, short_sv text not null, short_en text not null,
    version   integer not null
);

create table unit
(
    id         uuid    not null constraint pk_unit primary key,
    party_id   uuid    not null constraint fk_unit_party references party (id),
    parent_id  uuid    constraint fk_unit_parent references unit (id),
    name_fi    text    not null, name_sv text not null, name_en text not null,
    valid_from date    not null,
    valid_to   date    constraint chk_unit_validity check (valid_to >= valid_from),
    version    integer not null
);
create index ix_unit_party on unit (party_id);
create index ix_unit_parent on unit (parent_id);
create index ix_unit_name_trigram on unit using gin ((name_fi || ' ' || name_sv || ' ' || name_en) gin_trgm_ops);

create table post
(
    id              uuid    not null constraint pk_post primary key,
    party_id        uuid    not null constraint fk_post_party references party (id),
    unit_id         uuid    not null constraint fk_post_unit references unit (id),
    title_fi        text    not null, title_sv text not null, title_en text not null,
    service_address text    not null default '',
    valid_from      date    not null,
    valid_to        date    constraint chk_post_validity check (valid_to >= valid_from),
    version         integer not null
);
create index ix_post_unit on post (unit_id);
create index ix_post_party on post (party_id);
create index ix_post_title_trigram on post using gin ((title_fi || ' ' || title_sv || ' ' || title_en) gin_trgm_ops);

-- People. Names, e-mail addresses and subjects live here and nowhere else.
create table person
(
    id       uuid    not null constraint pk_person primary key,
    issuer   text    not null,
    subject  text    not null,
    party_id uuid    not null constraint fk_person_party references party (id),
    name     text    not null,
    email    text    not null default '',
    version  integer not null,
    constraint uniq_person_issuer_subject unique (issuer, subject)
);
create index ix_person_party on person (party_id);

create table holding
(
    id         uuid    not null constraint pk_holding primary key,
    person_id  uuid    not null constraint fk_holding_person references person (id),
    post_id    uuid    not null constraint fk_holding_post references post (id),
    kind       text    not null constraint chk_holding_kind check (kind in ('holder', 'deputy')),
    valid_from date    not null,
    valid_to   date    constraint chk_holding_validity check (valid_to >= valid_from - 1), -- the day before: it never was in force
    version    integer not null
);
create index ix_holding_person on holding (person_id);
create index ix_holding_post on holding (post_id);

create table forum
(
    id                uuid    not null constraint pk_forum primary key,
    key               text    not null constraint uniq_forum_key unique,
    title_fi          text    not null, title_sv text not null, title_en text not null,
    purpose_fi        text    not null, purpose_sv text not null, purpose_en text not null,
    mandate_fi        text    not null default '', mandate_sv text not null default '', mandate_en text not null default '',
    level             text    not null constraint chk_forum_level check (level in ('statutory', 'strategic', 'thematic', 'network')),
    reach             text    not null constraint chk_forum_reach check (reach in ('bilateral', 'regional')),
    paper             text    not null constraint chk_forum_paper check (paper in ('memo', 'minutes')),
    meetings_per_year integer not null constraint chk_forum_rhythm check (meetings_per_year between 0 and 60),
    parent_id         uuid    constraint fk_forum_parent references forum (id),
    chain_id          uuid,
    valid_from        date    not null,
    valid_to          date    constraint chk_forum_validity check (valid_to >= valid_from),
    visibility        text    not null constraint chk_forum_visibility check (visibility in ('public', 'internal')),
    visibility_ground text    not null default '',
    version           integer not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null
);
create index ix_forum_parent on forum (parent_id);
create index ix_forum_chain on forum (chain_id);

create table role_grant
(
    id         uuid        not null constraint pk_role_grant primary key,
    role       text        not null constraint chk_role_grant_role check (role in ('reader', 'secretary', 'manager', 'coordinator', 'auditor', 'administrator')),
    post_id    uuid        constraint fk_role_grant_post references post (id),
    person_id  uuid        constraint fk_role_grant_person references person (id),
    party_id   uuid        not null constraint fk_role_grant_party references party (id),
    unit_id    uuid        constraint fk_role_grant_unit references unit (id),
    forum_id   uuid        constraint fk_role_grant_forum references forum (id),
    valid_from date        not null,
    valid_to   date        constraint chk_role_grant_validity check (valid_to >= valid_from),
    ended_at   timestamptz,
    end_reason text        not null default '',
    version    integer     not null,
    created_at timestamptz not null,
    constraint chk_role_grant_holder check ((post_id is null) <> (person_id is null)),
    constraint chk_role_grant_person check (person_id is null or role in ('auditor', 'administrator')),
    constraint chk_role_grant_scope check ((role = 'manager') = (unit_id is not null) and (role = 'secretary') = (forum_id is not null))
);
create index ix_role_grant_post on role_grant (post_id);
create index ix_role_grant_person on role_grant (person_id);
create index ix_role_grant_party on role_grant (party_id);
create index ix_role_grant_unit on role_grant (unit_id);
create index ix_role_grant_forum on role_grant (forum_id);

create table membership
(
    id         uuid    not null constraint pk_membership primary key,
    forum_id   uuid    not null constraint fk_membership_forum references forum (id),
    post_id    uuid    not null constraint fk_membership_post references post (id),
    role       text    not null constraint chk_membership_role check (role in ('chair', 'secretary', 'member')),
    valid_from date    not null,
    valid_to   date    constraint chk_membership_validity check (valid_to >= valid_from),
    version    integer not null
);
create index ix_membership_forum on membership (forum_id);
create index ix_membership_post on membership (post_id);

-- Plan

create table plan
(
    id                uuid    not null constraint pk_plan primary key,
    key               text    not null constraint uniq_plan_key unique,
    title_fi          text    not null, title_sv text not null, title_en text not null,
    council_term      text    not null,
    starts_on         date    not null,
    ends_on           date    not null constraint chk_plan_dates check (ends_on >= starts_on),
    supersedes_id     uuid    constraint fk_plan_supersedes references plan (id),
    visibility        text    not null constraint chk_plan_visibility check (visibility in ('public', 'internal')),
    visibility_ground text    not null default '',
    version           integer not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null
);
create index ix_plan_supersedes on plan (supersedes_id);

create table plan_event -- the annual cycle (vuosikello)
(
    id       uuid    not null constraint pk_plan_event primary key,
    plan_id  uuid    not null constraint fk_plan_event_plan references plan (id),
    month    integer not null constraint chk_plan_event_month check (month between 1 and 12),
    key      text    not null,
    title_fi text    not null, title_sv text not null, title_en text not null,
    constraint uniq_plan_event_key unique (plan_id, key)
);

create table theme
(
    id       uuid    not null constraint pk_theme primary key,
    key      text    not null constraint uniq_theme_key unique,
    position integer not null,
    title_fi text    not null, title_sv text not null, title_en text not null,
    version  integer not null
);

create table target_group
(
    id       uuid    not null constraint pk_target_group primary key,
    key      text    not null constraint uniq_target_group_key unique,
    position integer not null,
    title_fi text    not null, title_sv text not null, title_en text not null,
    version  integer not null
);

create table district
(
    id       uuid    not null constraint pk_district primary key,
    key      text    not null constraint uniq_district_key unique,
    position integer not null,
    title_fi text    not null, title_sv text not null, title_en text not null,
    version  integer not null
);

create table legal_basis
(
    id       uuid    not null constraint pk_legal_basis primary key,
    key      text    not null constraint uniq_legal_basis_key unique,
    act      text    not null, -- number/year, e.g. 612/2021
    section  text    not null,
    title_fi text    not null, title_sv text not null, title_en text not null,
    version  integer not null
);

create table goal
(
    id                uuid    not null constraint pk_goal primary key,
    no                integer not null constraint uniq_goal_no unique,
    plan_id           uuid    not null constraint fk_goal_plan references plan (id),
    theme_id          uuid    not null constraint fk_goal_theme references theme (id),
    title_fi          text    not null, title_sv text not null, title_en text not null,
    description_fi    text    not null default '', description_sv text not null default '', description_en text not null default '',
    visibility        text    not null constraint chk_goal_visibility check (visibility in ('public', 'internal')),
    visibility_ground text    not null default '',
    version           integer not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null
);
create index ix_goal_plan on goal (plan_id);
create index ix_goal_theme on goal (theme_id, no);

create table goal_target_group
(
    id              uuid not null constraint pk_goal_target_group primary key,
    goal_id         uuid not null constraint fk_goal_target_group_goal references goal (id),
    target_group_id uuid not null constraint fk_goal_target_group_target_group references target_group (id),
    constraint uniq_goal_target_group unique (goal_id, target_group_id)
);
create index ix_goal_target_group_target_group on goal_target_group (target_group_id);

-- Service chains

create table chain
(
    id                uuid    not null constraint pk_chain primary key,
    key               text    not null constraint uniq_chain_key unique,
    position          integer not null,
    theme_id          uuid    constraint fk_chain_theme references theme (id),
    title_fi          text    not null, title_sv text not null, title_en text not null,
    description_fi    text    not null default '', description_sv text not null default '', description_en text not null default '',
    visibility        text    not null constraint chk_chain_visibility check (visibility in ('public', 'internal')),
    visibility_ground text    not null default '',
    version           integer not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null
);
create index ix_chain_theme on chain (theme_id);
alter table forum add constraint fk_forum_chain foreign key (chain_id) references chain (id);

create table stage
(
    id               uuid    not null constraint pk_stage primary key,
    chain_id         uuid    not null constraint fk_stage_chain references chain (id),
    position         integer not null,
    party_id         uuid    not null constraint fk_stage_party references party (id),
    title_fi         text    not null, title_sv text not null, title_en text not null,
    description_fi   text    not null default '', description_sv text not null default '', description_en text not null default '',
    prevention_level text    not null constraint chk_stage_prevention_level check (prevention_level in ('universal', 'early_support', 'targeted', 'specialised', 'rehabilitation')),
    valid_from       date    not null,
    valid_to         date    constraint chk_stage_validity check (valid_to >= valid_from),
    version          integer not null
);
create index ix_stage_chain on stage (chain_id, position);
create index ix_stage_party on stage (party_id);

create table forum_goal
(
    id       uuid not null constraint pk_forum_goal primary key,
    forum_id uuid not null constraint fk_forum_goal_forum references forum (id),
    goal_id  uuid not null constraint fk_forum_goal_goal references goal (id),
    constraint uniq_forum_goal unique (forum_id, goal_id)
);
create index ix_forum_goal_goal on forum_goal (goal_id);

-- Meetings

create table meeting
(
    id                uuid        not null constraint pk_meeting primary key,
    forum_id          uuid        not null constraint fk_meeting_forum references forum (id),
    year              integer     not null,
    number            integer     not null constraint chk_meeting_number check (number > 0),
    title_fi          text        not null default '', title_sv text not null default '', title_en text not null default '',
    place_fi          text        not null default '', place_sv text not null default '', place_en text not null default '',
    starts_at         timestamptz not null,
    ends_at           timestamptz not null constraint chk_meeting_times check (ends_at > starts_at),
    status            text        not null constraint chk_meeting_status check (status in ('draft', 'called', 'in_progress', 'closed', 'approved', 'published', 'cancelled')),
    called_at         timestamptz,
    started_at        timestamptz,
    closed_at         timestamptz,
    approved_at       timestamptz,
    published_at      timestamptz,
    cancel_reason     text        not null default '',
    visibility        text        not null constraint chk_meeting_visibility check (visibility in ('public', 'internal')),
    visibility_ground text        not null default '',
    version           integer     not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    constraint uniq_meeting_forum_number unique (forum_id, year, number)
);
create index ix_meeting_forum on meeting (forum_id, starts_at);
create index ix_meeting_starts_at on meeting (starts_at, id);

create table participant
(
    id         uuid    not null constraint pk_participant primary key,
    meeting_id uuid    not null constraint fk_participant_meeting references meeting (id),
    party_id   uuid    not null constraint fk_participant_party references party (id),
    post_id    uuid    constraint fk_participant_post references post (id),
    guest_name text    not null default '', -- free text for who holds no post here
    role       text    not null constraint chk_participant_role check (role in ('chair', 'secretary', 'member', 'expert')),
    inspector  boolean not null default false,
    attendance text    not null constraint chk_participant_attendance check (attendance in ('expected', 'present', 'remote', 'absent')),
    position   integer not null,
    version    integer not null,
    constraint chk_participant_who check ((post_id is null) = (guest_name <> '')),
    constraint uniq_participant_post unique (meeting_id, post_id)
);
create index ix_participant_party on participant (party_id);
create index ix_participant_post on participant (post_id);

create table agenda_item
(
    id                uuid    not null constraint pk_agenda_item primary key,
    meeting_id        uuid    not null constraint fk_agenda_item_meeting references meeting (id),
    position          text    not null collate "C", -- fractional key: order without renumbering
    agenda_no         integer constraint chk_agenda_item_no check (agenda_no > 0),
    section           integer constraint chk_agenda_item_section check (section > 0),
    title_fi          text    not null, title_sv text not null, title_en text not null,
    preparer_fi       text    not null default '', preparer_sv text not null default '', preparer_en text not null default '',
    proposal_fi       text    not null default '', proposal_sv text not null default '', proposal_en text not null default '',
    proceedings_fi    text    not null default '', proceedings_sv text not null default '', proceedings_en text not null default '',
    decision_fi       text    not null default '', decision_sv text not null default '', decision_en text not null default '',
    explanation_fi    text    not null default '', explanation_sv text not null default '', explanation_en text not null default '',
    heard_fi          text    not null default '', heard_sv text not null default '', heard_en text not null default '',
    goes_on_to_fi     text    not null default '', goes_on_to_sv text not null default '', goes_on_to_en text not null default '',
    presenter_post_id uuid    constraint fk_agenda_item_presenter references post (id),
    minutes_reserved  integer constraint chk_agenda_item_minutes check (minutes_reserved between 0 and 1440),
    visibility        text    not null constraint chk_agenda_item_visibility check (visibility in ('public', 'internal')),
    visibility_ground text    not null default '',
    version           integer not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    constraint uniq_agenda_item_position unique (meeting_id, position)
);
create index ix_agenda_item_presenter on agenda_item (presenter_post_id);

create table outcome
(
    id               uuid        not null constraint pk_outcome primary key,
    agenda_item_id   uuid        not null constraint fk_outcome_agenda_item references agenda_item (id),
    no               integer     not null constraint chk_outcome_no check (no > 0),
    type             text        not null constraint chk_outcome_type check (type in ('decision', 'assignment', 'recommendation', 'noted', 'deferred', 'referral')),
    text_fi          text        not null, text_sv text not null, text_en text not null,
    no_action_reason text        not null default '', -- why nothing follows
    late_entry       boolean     not null default false, -- recorded after the meeting was closed
    recorded_at      timestamptz not null,
    version          integer     not null,
    constraint uniq_outcome_no unique (agenda_item_id, no)
);
create index ix_outcome_recorded_at on outcome (recorded_at desc);

create table approval
(
    id          uuid        not null constraint pk_approval primary key,
    meeting_id  uuid        not null constraint fk_approval_meeting references meeting (id),
    post_id     uuid        not null constraint fk_approval_post references post (id),
    role        text        not null constraint chk_approval_role check (role in ('chair', 'inspector')),
    approved_at timestamptz not null,
    version     integer     not null,
    constraint uniq_approval_post unique (meeting_id, post_id, role)
);
create index ix_approval_post on approval (post_id);

-- Actions

create table action
(
    id                uuid    not null constraint pk_action primary key,
    no                integer not null constraint uniq_action_no unique,
    title_fi          text    not null, title_sv text not null, title_en text not null,
    description_fi    text    not null default '', description_sv text not null default '', description_en text not null default '',
    starts_on         date,
    starts_precision  text    not null default 'day' constraint chk_action_starts_precision check (starts_precision in ('day', 'month', 'quarter', 'year')),
    due_on            date,
    due_precision     text    not null default 'day' constraint chk_action_due_precision check (due_precision in ('day', 'month', 'quarter', 'year')),
    due_last_on       date, -- last calendar date of the due period: what lateness counts from
    status            text    not null constraint chk_action_status check (status in ('not_started', 'in_progress', 'done', 'paused', 'cancelled', 'merged', 'superseded')),
    progress          integer not null constraint chk_action_progress check (progress between 0 and 100), -- per cent
    result_fi         text    not null default '', result_sv text not null default '', result_en text not null default '',
    confirmed_on      date, -- when somebody last said that the status is true
    lead_post_id      uuid    constraint fk_action_lead_post references post (id), -- copy of the lead responsibility, kept by the store, for the list's indexes
    lead_party_id     uuid    constraint fk_action_lead_party references party (id),
    forum_id          uuid    constraint fk_action_forum references forum (id),
    stage_id          uuid    constraint fk_action_stage references stage (id),
    outcome_id        uuid    constraint fk_action_outcome references outcome (id), -- where it came from
    visibility        text    not null constraint chk_action_visibility check (visibility in ('public', 'internal')),
    visibility_ground text    not null default '',
    version           integer not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    constraint chk_action_done_result check (status <> 'done' or result_fi <> '' or result_sv <> '' or result_en <> ''),
    constraint chk_action_dates check (due_last_on >= starts_on)
);
create index ix_action_due on action ((coalesce(due_last_on, 'infinity'::date)), id);
create index ix_action_status_party_due on action (status, lead_party_id, (coalesce(due_last_on, 'infinity'::date)), id);
create index ix_action_party_due on action (lead_party_id, (coalesce(due_last_on, 'infinity'::date)), id);
create index ix_action_lead_post on action (lead_post_id, due_last_on);
create index ix_action_forum on action (forum_id);
create index ix_action_stage on action (stage_id);
create index ix_action_outcome on action (outcome_id);
create index ix_action_updated on action (updated_at desc, id desc);
create index ix_action_confirmed on action ((coalesce(confirmed_on, '1900-01-01'::date)), id);
create index ix_action_internal on action (id) where visibility <> 'public'; -- what the public may not see of the past: see Tx.visible
create index ix_action_title on action (title_fi collate "fi", id);
create index ix_action_title_words on action using gin (title_fi gin_trgm_ops, title_sv gin_trgm_ops, title_en gin_trgm_ops);

create table action_goal
(
    id        uuid not null constraint pk_action_goal primary key,
    action_id uuid not null constraint fk_action_goal_action references action (id),
    goal_id   uuid not null constraint fk_action_goal_goal references goal (id),
    constraint uniq_action_goal unique (action_id, goal_id)
);
create index ix_action_goal_goal on action_goal (goal_id, action_id);

create table action_target_group
(
    id              uuid not null constraint pk_action_target_group primary key,
    action_id       uuid not null constraint fk_action_target_group_action references action (id),
    target_group_id uuid not null constraint fk_action_target_group_target_group references target_group (id),
    constraint uniq_action_target_group unique (action_id, target_group_id)
);
create index ix_action_target_group_target_group on action_target_group (target_group_id);

create table action_district
(
    id          uuid not null constraint pk_action_district primary key,
    action_id   uuid not null constraint fk_action_district_action references action (id),
    district_id uuid not null constraint fk_action_district_district references district (id),
    constraint uniq_action_district unique (action_id, district_id)
);
create index ix_action_district_district on action_district (district_id);

create table status_report
(
    id          uuid        not null constraint pk_status_report primary key,
    action_id   uuid        not null constraint fk_status_report_action references action (id),
    party_id    uuid        not null constraint fk_status_report_party references party (id),
    post_id     uuid        constraint fk_status_report_post references post (id),
    status      text        not null constraint chk_status_report_status check (status in ('not_started', 'in_progress', 'done', 'paused', 'cancelled', 'merged', 'superseded')),
    progress    integer     not null constraint chk_status_report_progress check (progress between 0 and 100),
    text_fi     text        not null default '', text_sv text not null default '', text_en text not null default '',
    reason      text        not null default '', -- why the status differs from what the dates say
    public      boolean     not null,
    reported_on date        not null,
    reported_at timestamptz not null,
    version     integer     not null
);
create index ix_status_report_action on status_report (action_id, reported_at desc);
create index ix_status_report_party on status_report (party_id);
create index ix_status_report_post on status_report (post_id);

-- Responsibilities: who owns what, in which part, in which words.

create table responsibility
(
    id           uuid    not null constraint pk_responsibility primary key,
    subject_kind text    not null constraint chk_responsibility_subject check (subject_kind in ('goal', 'action', 'stage', 'chain', 'forum')),
    subject_id   uuid    not null,
    post_id      uuid    not null constraint fk_responsibility_post references post (id),
    part         text    not null constraint chk_responsibility_part check (part in ('lead', 'shared', 'support', 'informed')),
    wording_fi   text    not null default '', wording_sv text not null default '', wording_en text not null default '',
    valid_from   date    not null,
    valid_to     date    constraint chk_responsibility_validity check (valid_to >= valid_from),
    version      integer not null
);
create index ix_responsibility_subject on responsibility (subject_kind, subject_id);
create index ix_responsibility_post on responsibility (post_id, subject_kind);
create unique index uniq_responsibility_action_lead on responsibility (subject_id) where subject_kind = 'action' and part = 'lead' and valid_to is null;
create unique index uniq_responsibility_open on responsibility (subject_kind, subject_id, post_id) where valid_to is null;

-- Case references and legal bases of any subject.

create table case_reference
(
    id           uuid not null constraint pk_case_reference primary key,
    subject_kind text not null,
    subject_id   uuid not null,
    party_id     uuid not null constraint fk_case_reference_party references party (id),
    registry_no  text not null default '',
    url_fi       text not null default '',
    url_sv       text not null default '',
    constraint chk_case_reference_something check (registry_no <> '' or url_fi <> '' or url_sv <> '')
);
create index ix_case_reference_subject on case_reference (subject_kind, subject_id);
create index ix_case_reference_party on case_reference (party_id);
create index ix_case_reference_registry_no on case_reference (registry_no);

create table legal_basis_link
(
    id             uuid not null constraint pk_legal_basis_link primary key,
    subject_kind   text not null,
    subject_id     uuid not null,
    legal_basis_id uuid not null constraint fk_legal_basis_link_legal_basis references legal_basis (id),
    constraint uniq_legal_basis_link unique (subject_kind, subject_id, legal_basis_id)
);
create index ix_legal_basis_link_legal_basis on legal_basis_link (legal_basis_id);

select keep_history(array [
    'party', 'unit', 'post', 'person', 'holding', 'role_grant', 'forum', 'membership',
    'plan', 'plan_event', 'theme', 'target_group', 'district', 'legal_basis',
    'goal', 'goal_target_group', 'chain', 'stage', 'forum_goal',
    'meeting', 'participant', 'agenda_item', 'outcome', 'approval',
    'action', 'action_goal', 'action_target_group', 'action_district', 'status_report',
    'responsibility', 'case_reference', 'legal_basis_link']);

-- The foreign keys of the twins that past reads join on.
create index ix_responsibility_history_subject on responsibility_history (subject_kind, subject_id, sys_from);
create index ix_responsibility_history_post on responsibility_history (post_id, sys_from);
create index ix_action_goal_history_action on action_goal_history (action_id, sys_from);
create index ix_action_goal_history_goal on action_goal_history (goal_id, sys_from);
create index ix_status_report_history_action on status_report_history (action_id, sys_from);
create index ix_agenda_item_history_meeting on agenda_item_history (meeting_id, sys_from);
create index ix_outcome_history_agenda_item on outcome_history (agenda_item_id, sys_from);
create index ix_participant_history_meeting on participant_history (meeting_id, sys_from);
create index ix_membership_history_forum on membership_history (forum_id, sys_from);
create index ix_holding_history_post on holding_history (post_id, sys_from);
create index ix_stage_history_chain on stage_history (chain_id, sys_from);
create index ix_case_reference_history_subject on case_reference_history (subject_kind, subject_id, sys_from);
create index ix_legal_basis_link_history_subject on legal_basis_link_history (subject_kind, subject_id, sys_from);
create index ix_action_history_outcome on action_history (outcome_id, sys_from) where outcome_id is not null;
create index ix_action_history_due on action_history ((coalesce(due_last_on, 'infinity'::date)), id);
create index ix_action_history_title on action_history (title_fi collate "fi", id);

-- The condition of an action on a day: one value, the worst first (decision 4).
-- domain/action has the same rule as a method; a test holds both against a
-- generated grid. target and limit of freshness are in days.
-- +goose StatementBegin
create function action_condition(status text, starts_on date, due_last_on date, confirmed_on date, day date,
                                 freshness_limit integer, soon integer) returns text
    language sql
    immutable
    parallel safe as
$$
select case
           when status in ('cancelled', 'merged', 'superseded') then 'cancelled'
           when status = 'done' then 'done'
           when status = 'paused' then 'paused'
           when due_last_on < day then 'late'
           when confirmed_on < day - freshness_limit then 'stale'
           when due_last_on <= day + soon then 'due_soon'
           when status = 'not_started' then 'not_started'
           else 'on_time'
           end
$$;
-- +goose StatementEnd

-- The numbers people talk about: unbroken enough for people, safe for writers.
create sequence goal_no_seq;
create sequence action_no_seq;

-- What the application may not do to the log.
-- +goose StatementBegin
do
$$
begin
    execute format('revoke update, delete, truncate on audit_entry, audit_value from %I', app_role());
end
$$;
-- +goose StatementEnd

-- Web sessions of signed-in people: machinery without content.
create table session
(
    token      text        not null constraint pk_session primary key, -- its hash
    data       bytea       not null,
    expires_at timestamptz not null, -- moves with use
    ends_at    timestamptz not null  -- does not
);
create index ix_session_expires_at on session (expires_at);

select refresh_asof_views();
