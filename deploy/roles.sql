-- The roles of Yhdyspinta and who may connect. The demo, the tests and the operator
-- all run this file; there is no other place that makes a role.
--
-- As a superuser of the server, before the first migration:
--
--     createdb --encoding UTF8 --template template0 yhdyspinta
--     psql --dbname yhdyspinta --file deploy/roles.sql
--     psql --dbname yhdyspinta --command '\password yhdyspinta_owner'    -- and so for each
--
-- It may be run again at any time and changes no password. Roles:
--
--     yhdyspinta_owner    owns the database and its tables; runs migrations and restores
--     yhdyspinta_app      what the product runs as: reads and writes rows, row by row.
--                         It cannot change or remove entries of the log or versions of
--                         the past, nor switch a trigger off
--     yhdyspinta_reader   for reports and looking: reads, and never sees sessions,
--                         secrets, people's names and addresses, or what is being typed
--
-- Which tables each may use follows from the migrations, which know the tables: after
-- making the reader on a database that exists, run `yhdyspinta migrate`.
do
$roles$
declare
    base name := coalesce(nullif(current_setting('yhdyspinta.database', true), ''), current_database());
begin
    perform pg_advisory_xact_lock(hashtext('yhdyspinta roles'));
    if not exists (select from pg_roles where rolname = 'yhdyspinta_owner') then
        create role yhdyspinta_owner login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'yhdyspinta_app') then
        create role yhdyspinta_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'yhdyspinta_reader') then
        create role yhdyspinta_reader login nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit 5;
        -- A long report must not hold up the product's own housekeeping.
        alter role yhdyspinta_reader set default_transaction_read_only = on;
        alter role yhdyspinta_reader set statement_timeout = '60s';
        alter role yhdyspinta_reader set idle_in_transaction_session_timeout = '60s';
    end if;
    if base in ('postgres', 'template0', 'template1') then
        raise notice 'the roles are there; connect to the database of the product to say who may connect to it';
        return;
    end if;
    if (select pg_get_userbyid(datdba) from pg_database where datname = base) <> 'yhdyspinta_owner' then
        execute format('alter database %I owner to yhdyspinta_owner', base);
    end if;
    execute format('revoke all on database %I from public', base);
    execute format('grant connect on database %I to yhdyspinta_app, yhdyspinta_reader', base);
end
$roles$;
