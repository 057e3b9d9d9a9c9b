-- +goose Up

-- A party that is asked only because what was in force before concerned it: once
-- it has accepted, nothing binds it any more.
alter table acceptance add column leaves boolean not null default false;
alter table acceptance_history add column leaves boolean;

-- When the lead of an action is valid, beside the copy of who it is: lists decide
-- by the day that they show. A first day of null is from long before.
alter table action add column lead_from date, add column lead_to date;
alter table action_history add column lead_from date, add column lead_to date;
create index ix_action_lead_from on action (lead_from) where lead_from is not null;
create index ix_action_lead_to on action (lead_to) where lead_to is not null;

select set_config('app.now', now()::text, true);
update action a
set lead_from = r.valid_from, lead_to = r.valid_to
from (
    select distinct on (subject_id, post_id) subject_id, post_id, valid_from, valid_to
    from responsibility
    where subject_kind = 'action' and part = 'lead'
    order by subject_id, post_id, (valid_to is null or valid_to >= current_date) desc, valid_from desc
) r
where r.subject_id = a.id and r.post_id = a.lead_post_id;

select refresh_asof_views();
