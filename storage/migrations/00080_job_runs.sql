-- +goose Up

-- How the last runs of background work went: for administrators and metrics. Machinery:
-- what a job did stands in the tables that it wrote. A run without an end was cut off,
-- unless it is under way.
create table job_run
(
    id       uuid        not null constraint pk_job_run primary key,
    kind     text        not null,
    job_no   bigint      not null, -- of the queue's job, as the operator's log has it
    attempt  integer     not null,
    began_at timestamptz not null,
    ended_at timestamptz,
    outcome  text        not null constraint chk_job_run_outcome check (outcome in ('', 'done', 'failed')),
    cause    text        not null, -- one word: what an error says may hold addresses and names
    detail   text        not null, -- the database's code
    constraint chk_job_run_end check ((outcome = '') = (ended_at is null)),
    constraint chk_job_run_cause check ((cause <> '') = (outcome = 'failed'))
);
create index ix_job_run_kind on job_run (kind, outcome, began_at desc, id desc);
create index ix_mail_failed on mail (settled_at) where state = 'failed';
