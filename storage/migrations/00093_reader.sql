-- +goose Up

-- The role that only reads, for reports: yhdyspinta_reader unless the owner says
-- otherwise, as with app_role(). It need not exist (deploy/roles.sql makes it).
create function reader_role() returns name
    language sql stable
    return coalesce(nullif(current_setting('yhdyspinta.reader_role', true), ''), 'yhdyspinta_reader')::name;

-- What the reader never sees: sessions, what signs or opens something, what somebody
-- is typing, what people chose for themselves, texts of mail and bytes of files. Of
-- people it sees who they are for the log, and no more. Twins and views of the past
-- go with their table. A column "" means the whole table.
create function hidden_from_reader() returns table (relation text, visible_columns text)
    language sql immutable as
$$
values ('session', ''), ('mail_secret', ''), ('calendar_address', ''), ('pen', ''), ('autosave', ''), ('watcher', ''),
       ('outbox', ''), ('mail', ''), ('digest', ''), ('digest_item', ''), ('mail_preference', ''), ('watch_list', ''),
       ('following', ''), ('saved_view', ''), ('stored_piece', ''), ('person', 'id, party_id, version')
$$;

-- Gives the reader what it may see, anew: `yhdyspinta migrate` calls it each time.
-- +goose StatementBegin
create function grant_reading() returns void
    language plpgsql as
$$
declare
    reader name := reader_role();
    each   record;
begin
    if not exists (select from pg_roles where rolname = reader) then
        return;
    end if;
    execute format('grant usage on schema public, asof to %I', reader);
    for each in
        select c.oid, c.oid::regclass::text as name, h.visible_columns as columns, c.relname like '%\_history' as twin
        from pg_class c
                 left join hidden_from_reader() h on h.relation = regexp_replace(c.relname, '_history$', '')
        where c.relnamespace in ('public'::regnamespace, 'asof'::regnamespace)
          and c.relkind in ('r', 'p', 'v')
          and pg_has_role(c.relowner, 'usage') -- not the views of extensions
        loop
            if has_table_privilege(reader, each.oid, 'select') = (each.columns is null) and coalesce(each.columns, '') = '' then
                continue; -- as it should be: nothing is touched under load
            end if;
            execute format('revoke all on %s from %I', each.name, reader);
            if each.columns is null then
                execute format('grant select on %s to %I', each.name, reader);
            elsif each.columns <> '' then
                execute format('grant select (%s%s) on %s to %I', each.columns,
                               case when each.twin then ', sys_from, sys_to' else '' end, each.name, reader);
            end if;
        end loop;
end
$$;
-- +goose StatementEnd

revoke execute on function grant_reading() from public;
select grant_reading();
