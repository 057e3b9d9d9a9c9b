-- +goose Up

-- Saved views of lists: a name for what the address of a page says, of a person,
-- shared with their party or with everybody.

create table saved_view
(
    id           uuid        not null constraint pk_saved_view primary key,
    page         text        not null constraint chk_saved_view_page check (page in ('actions', 'goals')),
    name_fi      text        not null, name_sv text not null, name_en text not null,
    sharing      text        not null constraint chk_saved_view_sharing check (sharing in ('own', 'party', 'everybody')),
    person_id    uuid        not null constraint fk_saved_view_person references person (id), -- whose it is
    party_id     uuid        not null constraint fk_saved_view_party references party (id),   -- for which they acted, and which it is shared with
    query        jsonb       not null, -- parameter of the list or of the page: values
    withdrawn_at timestamptz,
    version      integer     not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    constraint chk_saved_view_name check (name_fi <> '' or name_sv <> '' or name_en <> '')
);
create index ix_saved_view_person on saved_view (person_id);
create index ix_saved_view_party on saved_view (party_id);
create index ix_saved_view_everybody on saved_view (page) where sharing = 'everybody' and withdrawn_at is null;

select keep_history(array ['saved_view']);

select refresh_asof_views();
