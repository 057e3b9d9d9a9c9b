-- +goose Up

-- A party's acceptance of a forum's purpose and mandate, in the very words that
-- it accepted: it counts while the forum still says the same.
create table mandate_acceptance
(
    id          uuid        not null constraint pk_mandate_acceptance primary key,
    forum_id    uuid        not null constraint fk_mandate_acceptance_forum references forum (id),
    party_id    uuid        not null constraint fk_mandate_acceptance_party references party (id),
    post_id     uuid        constraint fk_mandate_acceptance_post references post (id),
    purpose_fi  text        not null, purpose_sv text not null, purpose_en text not null,
    mandate_fi  text        not null, mandate_sv text not null, mandate_en text not null,
    accepted_at timestamptz not null,
    constraint uniq_mandate_acceptance unique (forum_id, party_id)
);
create index ix_mandate_acceptance_party on mandate_acceptance (party_id);
create index ix_mandate_acceptance_post on mandate_acceptance (post_id);

create index ix_outcome_type on outcome (type, agenda_item_id);

select keep_history(array ['mandate_acceptance']);
create index ix_mandate_acceptance_history_forum on mandate_acceptance_history (forum_id, sys_from);

select refresh_asof_views();
