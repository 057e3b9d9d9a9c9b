-- +goose Up

-- Which transactions have changed the content: what is kept in memory of it asks
-- here whether it still holds (storage/changes.go). Rows are only ever added, a
-- few bytes for each transaction beside its entries in the log. An id can come
-- again after the database has moved to another server, so it is not unique.
create table content_change
(
    xid xid8   not null,
    id  bigint generated always as identity,
    constraint pk_content_change primary key (xid, id)
);

-- +goose StatementBegin
do
$$
begin
    execute format('revoke insert, update, delete, truncate on content_change from %I', app_role());
end
$$;
-- +goose StatementEnd

-- As before, and notes the transaction once. A savepoint that is rolled back
-- takes the note with it, and the setting that says that it is there.
-- +goose StatementBegin
create or replace function record_history() returns trigger
    language plpgsql
    security definer
    set search_path = public, pg_temp as
$$
declare
    moment   timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
    previous timestamptz;
    twin     text        := quote_ident(tg_table_name || '_history');
    writer   xid8        := pg_current_xact_id();
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
    if current_setting('app.noted', true) is distinct from writer::text then
        insert into content_change (xid) values (writer);
        perform set_config('app.noted', writer::text, true);
    end if;
    return null;
end
$$;
-- +goose StatementEnd

-- What the read models count of all actions, without the actions' texts: a
-- fifth of the table's pages.
create index ix_action_state on action (id) include (visibility, status, starts_on, due_last_on, confirmed_on, lead_post_id, lead_party_id);

-- What nobody leads, for the radar. Nothing used the index before it.
create index ix_action_unled on action (id) where lead_post_id is null and status in ('not_started', 'in_progress', 'paused');
drop index ix_action_no_lead;

-- A cell of the matrix from the index alone.
drop index ix_responsibility_subject;
create index ix_responsibility_subject on responsibility (subject_kind, subject_id) include (post_id, part, standing, valid_from, valid_to);

-- What has ended, which is less than what has not.
create index ix_responsibility_ended on responsibility (valid_to) where valid_to is not null;

-- Which posts have reported on what.
drop index ix_status_report_post;
create index ix_status_report_post on status_report (post_id, action_id);
