-- +goose Up

create extension pg_trgm;
create extension unaccent;

-- The order of letters that readers expect; Å, Ä and Ö come last in both.
create collation fi (provider = icu, locale = 'fi-FI');
create collation sv (provider = icu, locale = 'sv-SE');

-- The role that the product runs as. It is yhdyspinta_app unless the owner
-- says otherwise, before the first migration:
--     alter role OWNER set yhdyspinta.app_role = 'NAME';
create function app_role() returns name
    language sql stable
    return coalesce(nullif(current_setting('yhdyspinta.app_role', true), ''), 'yhdyspinta_app')::name;

-- Views of the past, one per history twin.
create schema asof;

-- What the owner makes later, the application may read and write row by row.
-- It never gets truncate, references or trigger, and the past it only reads.
-- +goose StatementBegin
do $$
begin
    revoke create on schema public from public;
    execute format('grant usage on schema public, asof to %I', app_role());
    execute format('grant select on goose_db_version to %I', app_role());
    execute format('alter default privileges in schema public
        grant select, insert, update, delete on tables to %I', app_role());
    execute format('alter default privileges in schema public
        grant usage on sequences to %I', app_role());
    execute format('alter default privileges in schema asof
        grant select on tables to %I', app_role());
end
$$;
-- +goose StatementEnd
