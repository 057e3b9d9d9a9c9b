-- +goose Up

-- Own work and the matrix of responsibilities have saved views, too.

alter table saved_view drop constraint chk_saved_view_page;
alter table saved_view add constraint chk_saved_view_page check (page in ('actions', 'goals', 'my_work', 'matrix'));
