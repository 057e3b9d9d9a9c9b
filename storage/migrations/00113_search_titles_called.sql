-- +goose Up

-- The whole titles of what there may be more of than search ranks (ADR 0063): what is
-- called as it was asked is found among any number that have the words.
-- Who changes a text waits for this at search_text, which triggers lock first; nobody who
-- reads does.
lock table search_text, search_past in exclusive mode;
create index ix_search_text_action_lines on search_text_action using gin (string_to_array(titles, E'\n')) with (fastupdate = off);
create index ix_search_text_agenda_item_lines on search_text_agenda_item using gin (string_to_array(titles, E'\n')) with (fastupdate = off);
create index ix_search_past_lines on search_past using gin (string_to_array(titles, E'\n')) with (fastupdate = off) where kind in ('action', 'agenda_item');
