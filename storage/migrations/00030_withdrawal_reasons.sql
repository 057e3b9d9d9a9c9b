-- +goose Up

-- Why a dissent was withdrawn stands beside the dissent and is read by the public:
-- a text in three languages, required like the dissent's own. What was written so
-- far is taken as Finnish and keeps its column, which the version before reads and
-- writes.
alter table dissent
    add column withdrawn_reason_sv text not null default '',
    add column withdrawn_reason_en text not null default '',
    drop constraint chk_dissent_withdrawn,
    add constraint chk_dissent_withdrawn check ((withdrawn_at is null) = (withdrawn_reason = '' and withdrawn_reason_sv = '')),
    add constraint chk_dissent_withdrawn_en check (withdrawn_at is not null or withdrawn_reason_en = '');
alter table dissent_history
    add column withdrawn_reason_sv text not null default '',
    add column withdrawn_reason_en text not null default '';

select refresh_asof_views();
