-- +goose Up

-- A forum's year: the template of its meetings, what the series has made, the
-- annual cycle of the plan in its meetings, and the backlog of topics.

create table meeting_template
(
    id                uuid        not null constraint pk_meeting_template primary key,
    forum_id          uuid        not null constraint fk_meeting_template_forum references forum (id),
    title_fi          text        not null default '', title_sv text not null default '', title_en text not null default '',
    place_fi          text        not null default '', place_sv text not null default '', place_en text not null default '',
    frequency         text        not null constraint chk_meeting_template_frequency check (frequency in ('monthly', 'weekly')),
    weekday           integer     not null constraint chk_meeting_template_weekday check (weekday between 1 and 7), -- ISO 8601: 1 is Monday
    week              integer     not null constraint chk_meeting_template_week check (week in (-1, 1, 2, 3, 4)), -- of the month; -1: the last
    every             integer     not null constraint chk_meeting_template_every check (every between 1 and 12), -- weeks
    months            integer[]   not null,
    starts_minute     integer     not null constraint chk_meeting_template_starts check (starts_minute between 0 and 1439), -- from midnight in Helsinki
    duration_minutes  integer     not null constraint chk_meeting_template_duration check (duration_minutes between 5 and 720),
    visibility        text        not null constraint chk_meeting_template_visibility check (visibility in ('public', 'internal')),
    visibility_ground text        not null default '',
    version           integer     not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    constraint uniq_meeting_template_forum unique (forum_id)
);

create table template_item
(
    id               uuid    not null constraint pk_template_item primary key,
    template_id      uuid    not null constraint fk_template_item_template references meeting_template (id),
    position         integer not null,
    title_fi         text    not null, title_sv text not null, title_en text not null,
    minutes_reserved integer not null constraint chk_template_item_minutes check (minutes_reserved between 0 and 1440),
    presenter_id     uuid    constraint fk_template_item_presenter references post (id)
);
create index ix_template_item_template on template_item (template_id, position);
create index ix_template_item_presenter on template_item (presenter_id);

-- Which day of the series a meeting was made for: it keeps it when it is moved,
-- so that the day is not filled twice.
create table series_meeting
(
    id         uuid not null constraint pk_series_meeting primary key,
    forum_id   uuid not null constraint fk_series_meeting_forum references forum (id),
    meeting_id uuid not null constraint fk_series_meeting_meeting references meeting (id),
    slot_on    date not null,
    constraint uniq_series_meeting_meeting unique (meeting_id),
    constraint uniq_series_meeting_slot unique (forum_id, slot_on)
);

-- Which forum handles an event of the annual cycle, and in which meeting of a year.
create table plan_event_forum
(
    id            uuid not null constraint pk_plan_event_forum primary key,
    plan_event_id uuid not null constraint fk_plan_event_forum_event references plan_event (id) on delete cascade,
    forum_id      uuid not null constraint fk_plan_event_forum_forum references forum (id),
    constraint uniq_plan_event_forum unique (plan_event_id)
);
create index ix_plan_event_forum_forum on plan_event_forum (forum_id);

create table plan_event_meeting
(
    id            uuid    not null constraint pk_plan_event_meeting primary key,
    plan_event_id uuid    not null constraint fk_plan_event_meeting_event references plan_event (id) on delete cascade,
    year          integer not null constraint chk_plan_event_meeting_year check (year between 1900 and 2200),
    meeting_id    uuid    not null constraint fk_plan_event_meeting_meeting references meeting (id),
    constraint uniq_plan_event_meeting unique (plan_event_id, year)
);
create index ix_plan_event_meeting_meeting on plan_event_meeting (meeting_id);

-- Topics that members propose. A topic is drawn while an agenda item comes from
-- it: agenda_item_source tells, so that taking the item off the agenda opens it
-- again.
create table forum_topic
(
    id                uuid        not null constraint pk_forum_topic primary key,
    forum_id          uuid        not null constraint fk_forum_topic_forum references forum (id),
    title_fi          text        not null, title_sv text not null, title_en text not null,
    why_fi            text        not null default '', why_sv text not null default '', why_en text not null default '',
    about_kind        text        constraint chk_forum_topic_about check (about_kind in ('goal', 'action', 'handover')),
    about_id          uuid,
    case_party_id     uuid        constraint fk_forum_topic_case_party references party (id),
    case_registry_no  text        not null default '',
    wanted_on         date,
    state             text        not null constraint chk_forum_topic_state check (state in ('open', 'declined', 'withdrawn')),
    reason_fi         text        not null default '', reason_sv text not null default '', reason_en text not null default '',
    proposed_party_id uuid        not null constraint fk_forum_topic_party references party (id),
    proposed_post_id  uuid        not null constraint fk_forum_topic_post references post (id),
    version           integer     not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    constraint chk_forum_topic_about_id check ((about_kind is null) = (about_id is null)),
    constraint chk_forum_topic_case check ((case_party_id is null) = (case_registry_no = ''))
);
create index ix_forum_topic_forum on forum_topic (forum_id, created_at, id);
create index ix_forum_topic_party on forum_topic (proposed_party_id);
create index ix_forum_topic_post on forum_topic (proposed_post_id);
create index ix_forum_topic_case_party on forum_topic (case_party_id);

-- What an agenda item was drawn from: a topic, an action of an earlier meeting,
-- or an outcome that was deferred or referred.
create table agenda_item_source
(
    id             uuid not null constraint pk_agenda_item_source primary key,
    agenda_item_id uuid not null constraint fk_agenda_item_source_item references agenda_item (id) on delete cascade,
    source_kind    text not null constraint chk_agenda_item_source_kind check (source_kind in ('topic', 'action', 'outcome')),
    source_id      uuid not null,
    constraint uniq_agenda_item_source unique (agenda_item_id, source_kind, source_id)
);
create index ix_agenda_item_source on agenda_item_source (source_kind, source_id);

select keep_history(array ['meeting_template', 'template_item', 'series_meeting', 'plan_event_forum', 'plan_event_meeting',
    'forum_topic', 'agenda_item_source']);
create index ix_template_item_history_template on template_item_history (template_id, sys_from);
create index ix_series_meeting_history_forum on series_meeting_history (forum_id, sys_from);
create index ix_plan_event_forum_history_event on plan_event_forum_history (plan_event_id, sys_from);
create index ix_plan_event_meeting_history_event on plan_event_meeting_history (plan_event_id, sys_from);
create index ix_forum_topic_history_forum on forum_topic_history (forum_id, sys_from);
create index ix_agenda_item_source_history_source on agenda_item_source_history (source_kind, source_id, sys_from);

select refresh_asof_views();
