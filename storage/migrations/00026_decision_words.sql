-- +goose Up

-- To find what holds a word that a forum watches, also inside another word.
create index ix_decision_entry_folded on decision_entry using gin (folded gin_trgm_ops);
