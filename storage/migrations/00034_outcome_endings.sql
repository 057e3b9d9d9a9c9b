-- +goose Up

-- What is said after its meeting of an outcome from which nothing more follows:
-- a deferral that has become moot, or a referral that no forum was sent. The
-- paper stays as it was; this stands beside it.
alter table outcome
    add column ended_at      timestamptz,
    add column end_reason_fi text not null default '',
    add column end_reason_sv text not null default '',
    add column end_reason_en text not null default '',
    add constraint chk_outcome_ended check ((ended_at is null) = (end_reason_fi || end_reason_sv || end_reason_en = ''));
alter table outcome_history
    add column ended_at      timestamptz,
    add column end_reason_fi text not null default '',
    add column end_reason_sv text not null default '',
    add column end_reason_en text not null default '';

select refresh_asof_views();
