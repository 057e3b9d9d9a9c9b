-- +goose Up

-- A twin's column has the collation of its table's: the same SQL must sort the
-- past as it sorts today, and PostgreSQL refuses to run a prepared statement
-- whose result has another type, collation included.

-- +goose StatementBegin
create or replace function keep_history(tables text[]) returns void
    language plpgsql as
$$
declare
    t text;
begin
    foreach t in array tables
        loop
            execute format('create table %I (sys_from timestamptz not null, sys_to timestamptz not null)', t || '_history');
            execute format('alter table %I add column id uuid not null', t || '_history');
            execute (select string_agg(format('alter table %I add column %I %s%s', t || '_history', attname,
                                              format_type(atttypid, atttypmod),
                                              case when attcollation <> typcollation then ' collate ' || attcollation::regcollation else '' end),
                                       '; ' order by attnum)
                     from pg_attribute
                              join pg_type on pg_type.oid = atttypid
                     where attrelid = t::regclass
                       and attnum > 1
                       and not attisdropped);
            execute format('alter table %I add constraint %I primary key (id, sys_from)', t || '_history', 'pk_' || t || '_history');
            execute format('create unique index %I on %I (id) where sys_to = ''infinity''', 'uniq_' || t || '_history_current', t || '_history');
            execute format('create trigger history after insert or update or delete on %I
                            for each row execute function record_history()', t);
            execute format('revoke insert, update, delete, truncate on %I from %I', t || '_history',
                           app_role());
        end loop;
end
$$;
-- +goose StatementEnd

drop view asof.agenda_item;
alter table agenda_item_history
    alter column position type text collate "C";
select refresh_asof_views();
