-- +goose Up

-- The past of what was written before: exact whatever is written meanwhile, since who
-- changes a text waits for it, at search_text, which triggers lock first too. Nobody who
-- reads does.
lock table search_text, search_past, search_word in exclusive mode;
select refill_search_past();
analyze search_past, search_word;
