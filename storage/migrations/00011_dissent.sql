-- +goose Up

-- Each principal party that leads or shares an action says its own status; the
-- status of the action is what they say together (domain/action/parties.go).
-- What a party has never said is not here.
create table action_party_status
(
    id           uuid    not null constraint pk_action_party_status primary key,
    action_id    uuid    not null constraint fk_action_party_status_action references action (id),
    party_id     uuid    not null constraint fk_action_party_status_party references party (id),
    status       text    not null constraint chk_action_party_status_status check (status in ('not_started', 'in_progress', 'done', 'paused', 'cancelled', 'merged', 'superseded')),
    progress     integer not null constraint chk_action_party_status_progress check (progress between 0 and 100), -- per cent
    confirmed_on date    not null, -- when the party last said that this is true
    report_id    uuid    constraint fk_action_party_status_report references status_report (id), -- its latest report; null if it has only confirmed
    constraint uniq_action_party_status unique (action_id, party_id)
);
create index ix_action_party_status_party on action_party_status (party_id);
create index ix_action_party_status_report on action_party_status (report_id);

alter table action add column statuses_differ boolean not null default false; -- the parties do not say the same; kept with the status
alter table action_history add column statuses_differ boolean;

-- A reservation (eriävä kanta): a party's dissent from a goal, a responsibility
-- or the joint status of an action. It is never edited, only withdrawn.
create table reservation
(
    id                uuid        not null constraint pk_reservation primary key,
    subject_kind      text        not null constraint chk_reservation_subject check (subject_kind in ('goal', 'action', 'responsibility')),
    subject_id        uuid        not null,
    party_id          uuid        not null constraint fk_reservation_party references party (id),
    post_id           uuid        constraint fk_reservation_post references post (id), -- in which it was made
    text_fi           text        not null default '', text_sv text not null default '', text_en text not null default '',
    visibility        text        not null constraint chk_reservation_visibility check (visibility in ('public', 'internal')),
    visibility_ground text        not null default '',
    made_at           timestamptz not null,
    withdrawn_at      timestamptz,
    withdrawn_post_id uuid        constraint fk_reservation_withdrawn_post references post (id),
    withdrawal_fi     text        not null default '', withdrawal_sv text not null default '', withdrawal_en text not null default '', -- why
    version           integer     not null,
    constraint chk_reservation_text check (text_fi <> '' or text_sv <> '' or text_en <> ''),
    constraint chk_reservation_withdrawal check ((withdrawn_at is null) = (withdrawal_fi = '' and withdrawal_sv = '' and withdrawal_en = ''))
);
create index ix_reservation_subject on reservation (subject_kind, subject_id);
create index ix_reservation_party on reservation (party_id);
create index ix_reservation_post on reservation (post_id);
create index ix_reservation_withdrawn_post on reservation (withdrawn_post_id);
create index ix_reservation_made on reservation (made_at desc, id desc);

select keep_history(array ['action_party_status', 'reservation']);
create index ix_action_party_status_history_action on action_party_status_history (action_id, sys_from);
create index ix_reservation_history_subject on reservation_history (subject_kind, subject_id, sys_from);

-- Until now the latest report counted for everybody: it is what its party says,
-- and the others have said nothing of their own.
select set_config('app.now', now()::text, true);
insert into action_party_status (id, action_id, party_id, status, progress, confirmed_on, report_id)
select gen_random_uuid(), a.id, r.party_id, a.status, a.progress, coalesce(a.confirmed_on, r.reported_on), r.id
from action a
join lateral (select r.id, r.party_id, r.reported_on from status_report r where r.action_id = a.id order by r.reported_at desc, r.id desc limit 1) r on true;
