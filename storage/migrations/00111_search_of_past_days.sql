-- +goose Up

-- What search looks through of past days and of words that are typed wrongly (ADR 0082).

-- The texts that things had before those of search_text: which replaced them, or went
-- with the thing, at sys_to. A thing whose texts never changed has none. Only triggers
-- and the owner write it.
create table search_past
(
    kind     text        not null,
    id       uuid        not null,
    sys_from timestamptz not null, -- -infinity: since the thing was there
    sys_to   timestamptz not null,
    titles   text        not null,
    words    tsvector    not null,
    constraint pk_search_past primary key (kind, id, sys_from)
);
create index ix_search_past_words on search_past using gin (words) with (fastupdate = off);
create index ix_search_past_titles on search_past using gin (titles gin_trgm_ops) with (fastupdate = off);

-- The words that titles have or had, folded, for those that are typed nearly so. A word
-- may stand here twice: who writes a new one waits for nobody. It says nothing of what
-- has the word, and nobody is told one that is in nothing that they see.
create table search_word
(
    id   bigint generated always as identity
        constraint pk_search_word primary key,
    word text not null
);
create index ix_search_word_word on search_word (word);
create index ix_search_word_letters on search_word using gin (word gin_trgm_ops) with (fastupdate = off);

-- +goose StatementBegin
do
$$
begin
    execute format('revoke insert, update, delete, truncate on search_past, search_word from %I', app_role());
end
$$;
-- +goose StatementEnd

-- Where the texts come from, in each version that things had. Names of people are in
-- none of them.
create view search_version as
select 'goal' as kind, id, sys_from, sys_to, title_fi, title_sv, title_en, description_fi as body_fi, description_sv as body_sv, description_en as body_en from goal_history
union all
select 'action', id, sys_from, sys_to, title_fi, title_sv, title_en, description_fi || ' ' || result_fi, description_sv || ' ' || result_sv, description_en || ' ' || result_en from action_history
union all
select 'forum', id, sys_from, sys_to, title_fi, title_sv, title_en, purpose_fi || ' ' || mandate_fi, purpose_sv || ' ' || mandate_sv, purpose_en || ' ' || mandate_en from forum_history
union all
select 'agenda_item', id, sys_from, sys_to, title_fi, title_sv, title_en,
       concat_ws(' ', proposal_fi, proceedings_fi, decision_fi, explanation_fi, heard_fi, goes_on_to_fi),
       concat_ws(' ', proposal_sv, proceedings_sv, decision_sv, explanation_sv, heard_sv, goes_on_to_sv),
       concat_ws(' ', proposal_en, proceedings_en, decision_en, explanation_en, heard_en, goes_on_to_en) from agenda_item_history
union all
select 'outcome', id, sys_from, sys_to, text_fi, text_sv, text_en, no_action_reason_fi, no_action_reason_sv, no_action_reason_en from outcome_history
union all
select 'post', id, sys_from, sys_to, title_fi, title_sv, title_en, '', '', '' from post_history;

create function search_titles(fi text, sv text, en text) returns text
    language sql stable parallel safe
    return public.search_fold(fi) || E'\n' || public.search_fold(sv) || E'\n' || public.search_fold(en);

create function search_words(title_fi text, title_sv text, title_en text, body_fi text, body_sv text, body_en text) returns tsvector
    language sql stable parallel safe
    return setweight(public.search_vector(title_fi, title_sv, title_en, '='), 'A') || setweight(public.search_vector(body_fi, body_sv, body_en, '~'), 'D');

-- +goose StatementBegin
create or replace function search_rows(of_kind text, of_id uuid default null) returns setof search_text
    language sql stable as
$$
select kind, id, public.search_titles(title_fi, title_sv, title_en), public.search_words(title_fi, title_sv, title_en, body_fi, body_sv, body_en)
from public.search_version
where kind = of_kind and sys_to = 'infinity' and (of_id is null or id = of_id)
$$;
-- +goose StatementEnd
drop view search_source;

-- The words of folded titles by which nearly the same ones are found: no figures, none
-- so short that a letter makes another word of it, and none longer than what can be
-- asked for, which an index would not hold either.
-- +goose StatementBegin
create function search_title_words(titles text) returns setof text
    language sql immutable parallel safe as
$$
select w from regexp_split_to_table(titles, '\s+') w where length(w) between 4 and 200 and w !~ '[0-9]'
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create or replace function keep_search_text() returns trigger
    language plpgsql
    security definer
    set search_path = public, pg_temp as
$$
declare
    of_id   uuid := case when tg_op = 'DELETE' then old.id else new.id end;
    moment  timestamptz;
    written text;
begin
    if tg_op <> 'INSERT' then
        -- The locks in one order, whatever a transaction begins with: search_text comes first.
        perform from search_text where kind = tg_argv[0] and id = of_id for update;
        -- The history has been written by its own trigger, which comes before this one.
        execute format('select max(case when sys_to = ''infinity'' then sys_from else sys_to end) from %I where id = $1', tg_table_name || '_history')
            into moment using of_id;
        insert into search_past
        select t.kind, t.id, p.since, moment, t.titles, t.words
        from search_text t,
             lateral (select coalesce(max(sys_to), '-infinity') as since from search_past where kind = t.kind and id = t.id) p
        where t.kind = tg_argv[0] and t.id = of_id and p.since < moment;
    end if;
    if tg_op = 'DELETE' then
        delete from search_text where kind = tg_argv[0] and id = of_id;
        return null;
    end if;
    insert into search_text select * from search_rows(tg_argv[0], of_id)
    on conflict (kind, id) do update set titles = excluded.titles, words = excluded.words
    returning titles into written;
    insert into search_word (word)
    select distinct w from search_title_words(written) w where not exists (select from search_word s where s.word = w);
    return null;
end
$$;
-- +goose StatementEnd

-- The texts of the past and the words of titles anew, from the versions, for the owner.
-- +goose StatementBegin
create function refill_search_past() returns void
    language sql as
$$
delete from search_past;
delete from search_word;
insert into search_past
select kind, id, lag(until, 1, '-infinity') over thing, until,
       search_titles(title_fi, title_sv, title_en), search_words(title_fi, title_sv, title_en, body_fi, body_sv, body_en)
from (select v.*, case when next is null then sys_to when next is distinct from texts then least(sys_to, next_from) end as until
      from (select v.*, lead(texts) over thing as next, lead(sys_from) over thing as next_from
            from (select v.*, row(title_fi, title_sv, title_en, body_fi, body_sv, body_en)::text as texts from search_version v) v
            window thing as (partition by kind, id order by sys_from)) v) v
where until < 'infinity'
window thing as (partition by kind, id order by sys_from);
insert into search_word (word)
select distinct w
from (select titles from search_text union all select titles from search_past) t, search_title_words(titles) w;
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create or replace function refill_search_text() returns void
    language sql as
$$
delete from search_text;
insert into search_text select r.* from unnest(array ['goal', 'action', 'forum', 'agenda_item', 'outcome', 'post']) k, search_rows(k) r;
select refill_search_past();
$$;
-- +goose StatementEnd

-- As of a day the texts of that day stand under the same names.
-- +goose StatementBegin
do
$$
declare
    k text;
begin
    execute format('revoke all on search_version from %I', app_role());
    revoke execute on function refill_search_past() from public;
    foreach k in array array ['goal', 'action', 'forum', 'agenda_item', 'outcome', 'post']
        loop
            execute format('create view asof.%1$I as
                select x.kind, x.id, x.titles, x.words from public.%1$I x
                where not exists (select from public.search_past p
                                  where p.kind = %2$L and p.id = x.id and p.sys_to > (select current_setting(''app.as_of'')::timestamptz))
                union all
                select p.kind, p.id, p.titles, p.words from public.search_past p
                where p.kind = %2$L and p.sys_from <= (select current_setting(''app.as_of'')::timestamptz) and p.sys_to > (select current_setting(''app.as_of'')::timestamptz)',
                           'search_text_' || k, k);
        end loop;
end
$$;
-- +goose StatementEnd
select grant_reading();
