-- +goose Up

-- Why a meeting was cancelled, and why nothing follows from an outcome, is read
-- by the public: texts in three languages. What was written so far is taken as
-- Finnish. Table and twin change alike, so that their columns stay in step.
alter table meeting rename column cancel_reason to cancel_reason_fi;
alter table meeting
    add column cancel_reason_sv text not null default '',
    add column cancel_reason_en text not null default '';
alter table meeting_history rename column cancel_reason to cancel_reason_fi;
alter table meeting_history
    add column cancel_reason_sv text not null default '',
    add column cancel_reason_en text not null default '';

alter table outcome rename column no_action_reason to no_action_reason_fi;
alter table outcome
    add column no_action_reason_sv text not null default '',
    add column no_action_reason_en text not null default '';
alter table outcome_history rename column no_action_reason to no_action_reason_fi;
alter table outcome_history
    add column no_action_reason_sv text not null default '',
    add column no_action_reason_en text not null default '';

select refresh_asof_views();
