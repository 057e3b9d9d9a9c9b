-- +goose Up

-- What search looks through (ADR 0063): of each thing its titles, folded for parts
-- of words and near misses, and all its words as the stemmers and plain reading give
-- them. Each row is made from one row of content, in the transaction that writes
-- that one and under its lock, so that it is never behind. Only triggers write it.
--
-- Each kind is a table of its own beneath, with its own indexes and statistics: what few
-- things have is not looked for among what 100,000 have. Without a list of what waits to
-- be indexed, every search costs the same.
create table search_text
(
    kind   text     not null,
    id     uuid     not null,
    titles text     not null, -- a line for each language, folded
    words  tsvector not null, -- of titles with weight A, of texts with D
    constraint pk_search_text primary key (kind, id)
) partition by list (kind);

-- +goose StatementBegin
do
$$
declare
    k text;
    t text;
begin
    execute format('revoke insert, update, delete, truncate on search_text from %I', app_role());
    foreach k in array array ['goal', 'action', 'forum', 'agenda_item', 'outcome', 'post']
        loop
            t := 'search_text_' || k;
            execute format('create table %I (kind text not null, id uuid not null, titles text not null, words tsvector not null, constraint %I primary key (kind, id))', t, 'pk_' || t);
            execute format('revoke insert, update, delete, truncate on %I from %I', t, app_role());
            execute format('alter table search_text attach partition %I for values in (%L)', t, k);
        end loop;
end
$$;
-- +goose StatementEnd

-- Words and blanks of a text in small letters: no signs, no soft hyphens.
-- domain/search.Plain does the same.
create function search_plain(t text) returns text
    language sql immutable parallel safe
    return btrim(regexp_replace(lower(normalize(replace(t, U&'\00AD', ''))), '[^[:alnum:]]+', ' ', 'g'));

-- The same without accents: ä as a, å as a, ö as o. domain/search.Fold does the same.
create function search_fold(t text) returns text
    language sql stable parallel safe
    return public.unaccent('public.unaccent'::regdictionary, public.search_plain(t));

-- What the forms of a Finnish word have in common beyond their stem, which the
-- stemmer leaves in two grades (kunta, kunnan; hoito, hoidon): consonants that
-- alternate are written as one, and the vowels at the end are left out. Null where
-- too little is left to tell words apart.
create function search_root(stem text) returns text
    language sql immutable parallel safe
    return (select case when length(root) >= 3 then root end
            from (select translate(regexp_replace(regexp_replace(regexp_replace(stem, '([^aeiouyäö].*[^aeiouyäö])[aä]s$', '\1'), '([uy])[td]$', '\1s'), '(ks|ps|st)$', 's'), 'dv', 'tp') as one) a,
                 lateral (select regexp_replace(replace(replace(replace(one, 'kk', 'k'), 'pp', 'p'), 'tt', 't'), '([nlr])(t|\1)', '\1', 'g') as two) b,
                 lateral (select regexp_replace(regexp_replace(regexp_replace(two, 'm[mp]', 'm', 'g'), 'nk|ng', 'n', 'g'), '([aeiouyäö])k(?=[aeiouyäö])', '\1', 'g') as three) c,
                 lateral (select regexp_replace(regexp_replace(three, 'i[ns]$', ''), '[aeiouyäö]+$', '') as root) d);

-- The roots of a Finnish word: of its stem, and of itself where the stemmer took too
-- much (lapsi).
create function search_roots(word text) returns text[]
    language sql stable parallel safe
    return array(select distinct r from unnest(array [public.search_root((ts_lexize('pg_catalog.finnish_stem', word))[1]), public.search_root(word)]) r where r is not null);

-- The words of a text in three languages: the stems of each, all words as they stand,
-- folded, for their beginnings, and the roots of the Finnish ones behind a sign that no
-- word has.
create function search_vector(fi text, sv text, en text, sign text) returns tsvector
    language sql stable parallel safe
    return to_tsvector('pg_catalog.finnish', public.search_plain(fi)) || to_tsvector('pg_catalog.swedish', public.search_plain(sv))
               || to_tsvector('pg_catalog.english', public.search_plain(en))
               || to_tsvector('pg_catalog.simple', public.search_fold(fi || ' ' || sv || ' ' || en))
        || array_to_tsvector(array(select distinct sign || r
                                   from unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', public.search_plain(fi)))) w, unnest(public.search_roots(w)) r
                                   where ts_lexize('pg_catalog.finnish_stem', w) <> '{}'));

-- Where the texts come from. Names of people are in none of them.
create view search_source as
select 'goal' as kind, id, title_fi, title_sv, title_en, description_fi as body_fi, description_sv as body_sv, description_en as body_en from goal
union all
select 'action', id, title_fi, title_sv, title_en, description_fi || ' ' || result_fi, description_sv || ' ' || result_sv, description_en || ' ' || result_en from action
union all
select 'forum', id, title_fi, title_sv, title_en, purpose_fi || ' ' || mandate_fi, purpose_sv || ' ' || mandate_sv, purpose_en || ' ' || mandate_en from forum
union all
select 'agenda_item', id, title_fi, title_sv, title_en,
       concat_ws(' ', proposal_fi, proceedings_fi, decision_fi, explanation_fi, heard_fi, goes_on_to_fi),
       concat_ws(' ', proposal_sv, proceedings_sv, decision_sv, explanation_sv, heard_sv, goes_on_to_sv),
       concat_ws(' ', proposal_en, proceedings_en, decision_en, explanation_en, heard_en, goes_on_to_en) from agenda_item
union all
select 'outcome', id, text_fi, text_sv, text_en, no_action_reason_fi, no_action_reason_sv, no_action_reason_en from outcome
union all
select 'post', id, title_fi, title_sv, title_en, '', '', '' from post;

-- The rows of search_text as they should be: of one thing, or of all of a kind.
-- +goose StatementBegin
create function search_rows(of_kind text, of_id uuid default null) returns setof search_text
    language sql stable as
$$
select kind, id, public.search_fold(title_fi) || E'\n' || public.search_fold(title_sv) || E'\n' || public.search_fold(title_en),
       setweight(public.search_vector(title_fi, title_sv, title_en, '='), 'A') || setweight(public.search_vector(body_fi, body_sv, body_en, '~'), 'D')
from public.search_source
where kind = of_kind and (of_id is null or id = of_id)
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function keep_search_text() returns trigger
    language plpgsql
    security definer
    set search_path = public, pg_temp as
$$
begin
    if tg_op = 'DELETE' then
        delete from search_text where kind = tg_argv[0] and id = old.id;
    else
        insert into search_text select * from search_rows(tg_argv[0], new.id)
        on conflict (kind, id) do update set titles = excluded.titles, words = excluded.words;
    end if;
    return null;
end
$$;
-- +goose StatementEnd

-- All of it anew, for the owner: after rows were written with the triggers off.
-- +goose StatementBegin
create function refill_search_text() returns void
    language sql as
$$
delete from search_text;
insert into search_text select r.* from unnest(array ['goal', 'action', 'forum', 'agenda_item', 'outcome', 'post']) k, search_rows(k) r;
$$;
-- +goose StatementEnd

-- +goose StatementBegin
do
$$
declare
    s record;
    changed text;
begin
    execute format('revoke all on search_source from %I', app_role());
    revoke execute on function search_rows(text, uuid), keep_search_text(), refill_search_text() from public;
    -- A row whose texts stay is not looked at again.
    for s in select * from (values ('goal', array ['title', 'description']), ('action', array ['title', 'description', 'result']),
                                   ('forum', array ['title', 'purpose', 'mandate']),
                                   ('agenda_item', array ['title', 'proposal', 'proceedings', 'decision', 'explanation', 'heard', 'goes_on_to']),
                                   ('outcome', array ['text', 'no_action_reason']), ('post', array ['title'])) v (kind, texts)
        loop
            select string_agg(format('old.%1$I is distinct from new.%1$I', t || l), ' or ') into changed
            from unnest(s.texts) t, unnest(array ['_fi', '_sv', '_en']) l;
            execute format('create trigger search_text after insert or delete on %I for each row execute function keep_search_text(%L)', s.kind, s.kind);
            execute format('create trigger search_text_changed after update on %I for each row when (%s) execute function keep_search_text(%L)', s.kind, changed, s.kind);
        end loop;
end
$$;
-- +goose StatementEnd

select refill_search_text();

-- +goose StatementBegin
do
$$
declare
    k text;
begin
    foreach k in array array ['goal', 'action', 'forum', 'agenda_item', 'outcome', 'post']
        loop
            execute format('create index %I on %I using gin (words) with (fastupdate = off)', 'ix_search_text_' || k || '_words', 'search_text_' || k);
            execute format('create index %I on %I using gin (titles gin_trgm_ops) with (fastupdate = off)', 'ix_search_text_' || k || '_titles', 'search_text_' || k);
            execute format('analyze %I', 'search_text_' || k);
        end loop;
end
$$;
-- +goose StatementEnd
