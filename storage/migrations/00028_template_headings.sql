-- +goose Up

-- A row of a template is an item or a heading, as on the agendas made of it.
alter table template_item
    add column kind text not null default 'item' constraint chk_template_item_kind check (kind in ('heading', 'item'));
alter table template_item_history
    add column kind text not null default 'item';

select refresh_asof_views();
