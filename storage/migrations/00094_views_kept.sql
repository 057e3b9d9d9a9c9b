-- +goose Up

-- As before, but a view of the past whose columns are right is left alone: to make
-- it anew takes a lock that readers of several views meet in another order, and one
-- of them would be stopped. A migration that changes what the views say besides
-- their columns drops them all first.
-- +goose StatementBegin
create or replace function refresh_asof_views() returns void
    language plpgsql as
$$
declare
    twin text;
    base text;
begin
    for twin in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname like '%\_history' order by relname
        loop
            base := left(twin, -length('_history'));
            if columns_of('public', base) = columns_of('asof', base) then
                continue;
            end if;
            execute format('drop view if exists asof.%I', base);
            execute (select format('create view asof.%I as select %s from public.%I
                                    where sys_from <= (select current_setting(''app.as_of'')::timestamptz)
                                      and sys_to > (select current_setting(''app.as_of'')::timestamptz)',
                                   base, string_agg(quote_ident(attname), ', ' order by attnum), twin)
                     from pg_attribute
                     where attrelid = ('public.' || quote_ident(base))::regclass
                       and attnum > 0
                       and not attisdropped);
        end loop;
end
$$;
-- +goose StatementEnd

create function columns_of(schema text, relation text) returns text
    language sql stable
    return (select string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod) || ' ' || attcollation, ', ' order by attnum)
            from pg_attribute
            where attrelid = to_regclass(quote_ident(schema) || '.' || quote_ident(relation))
              and attnum > 0
              and not attisdropped);

-- It does nothing where nothing is to be done, for whoever calls it: only the owner may.
revoke execute on function refresh_asof_views() from public;
select refresh_asof_views();
