-- +goose Up

-- A number that rises whenever what people hold or are granted may have
-- changed, for caches of it. Writers of these tables wait for each other on its
-- one row until they commit, so that a reader who sees the number also sees the
-- change behind it.
create table access_version
(
    id      boolean not null default true constraint pk_access_version primary key constraint chk_access_version_one check (id),
    version bigint  not null
);
insert into access_version (version) values (1);

-- +goose StatementBegin
create function raise_access_version() returns trigger
    language plpgsql as
$$
begin
    update access_version set version = version + 1;
    return null;
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
do
$$
declare
    t text;
begin
    foreach t in array array ['unit', 'post', 'person', 'holding', 'role_grant', 'membership']
        loop
            execute format('create trigger access_version after insert or update or delete on %I
                            for each statement execute function raise_access_version()', t);
        end loop;
end
$$;
-- +goose StatementEnd
