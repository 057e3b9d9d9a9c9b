-- A synthetic data set for measuring: the same rows on every run, since every
-- choice is a hash of a row's number (pg_temp.pick). The setting bench.actions
-- says how many actions to make, bench.past whether with their past: audit entries,
-- reports, versions and what search looks through. All words are made up.
--
-- It runs as the owner in one transaction, with the product's own triggers
-- switched off, and fills the history twins by insert-select. All constraints
-- and foreign keys hold and are checked. The data are those of a database whose
-- "today" is 23 November 2026.

create function pg_temp.k(kind integer, n bigint) returns uuid
    language sql immutable
    return (lpad(kind::text, 8, '0') || '-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid;

-- A number from 0 to m - 1 that depends on n and the name of the choice only.
create function pg_temp.pick(n bigint, choice text, m integer) returns integer
    language sql immutable
    return ((hashint8extended(n, hashtext(choice)::bigint) & 2147483647) % m)::integer;

-- One of the words.
create function pg_temp.word(n bigint, choice text, words text[]) returns text
    language sql immutable
    return words[1 + pg_temp.pick(n, choice, cardinality(words))];

-- A made-up name of three syllables and a common ending: some ten thousand words in all.
create function pg_temp.name(n bigint) returns text
    language sql immutable
    return (select string_agg(pg_temp.word(n, 'syllable ' || i, '{ka,li,mo,ru,tä,sö,vi,ne,ho,pu,jä,ky,ti,la,re,so,nuo,lii,kun,per,hei,den,tuk,ik}'), '' order by i) from generate_series(1, 3) i)
               || pg_temp.word(n, 'ending', '{hanke,neuvonta,palvelu,työ,ryhmä}');

do
$$
declare
    t text;
begin
    for t in select left(relname, -length('_history')) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname like '%\_history'
        loop
            execute format('alter table %I disable trigger user', t);
        end loop;
end
$$;

-- Indexes are made when the rows are there, at a tenth of the cost; those of keys stay.

create temporary table bench_index as
select i.indexrelid::regclass as name, pg_get_indexdef(i.indexrelid) as definition
from pg_index i join pg_class c on c.oid = i.indrelid
where c.relnamespace = 'public'::regnamespace and not i.indisprimary and not i.indisunique and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid);

do
$$
declare
    n text;
begin
    for n in select name from bench_index
        loop
            execute 'drop index ' || n;
        end loop;
end
$$;

-- Nothing of them is known to the planner yet, and without indexes a loop over a table
-- would read the other once for each row.
set local enable_nestloop = off;
set local enable_mergejoin = off;

-- Organisation: two principal parties and one other; posts 1 to 240, odd ones
-- of the first party, even ones of the second, every 24th of the third.

insert into party (id, key, kind, principal, letter, position, name_fi, name_sv, name_en, short_fi, short_sv, short_en, version)
values (pg_temp.k(1, 1), 'espoo', 'municipality', true, 'E', 1, 'Espoon kaupunki', 'Esbo stad', 'City of Espoo', 'Espoo', 'Esbo', 'Espoo', 1),
       (pg_temp.k(1, 2), 'luvn', 'wellbeing_services_county', true, 'L', 2, 'Länsi-Uudenmaan hyvinvointialue', 'Västra Nylands välfärdsområde', 'Western Uusimaa Wellbeing Services County', 'LUVN', 'LUVN', 'LUVN', 1),
       (pg_temp.k(1, 3), 'third', 'joint_authority', false, 'Y', 3, 'Yhteistyötaho', 'Samarbetspart', 'Partner', 'Yhteistyö', 'Partner', 'Partner', 1);

-- Units 1 to 90, every third of the same party: a tree with up to three under each.
insert into unit (id, party_id, parent_id, name_fi, name_sv, name_en, valid_from, valid_to, version)
select pg_temp.k(2, n), pg_temp.k(1, 1 + (n - 1) % 3), case when n > 3 then pg_temp.k(2, ((n - 1) / 3 - 1) / 3 * 3 + 1 + (n - 1) % 3) end,
       'Yksikkö ' || n, 'Enhet ' || n, 'Unit ' || n, '2025-01-01', null, 1
from generate_series(1, 90) n;

create temporary table bench_post as
select n, case when n % 24 = 0 then 3 when n % 2 = 1 then 1 else 2 end as party from generate_series(1, 240) n;

insert into post (id, party_id, unit_id, title_fi, title_sv, title_en, service_address, valid_from, valid_to, version)
select pg_temp.k(3, n), pg_temp.k(1, party), pg_temp.k(2, pg_temp.pick(n, 'unit', 30) * 3 + party),
       'Palvelupäällikkö ' || n, 'Servicechef ' || n, 'Service manager ' || n, '', '2025-01-01', null, 1
from bench_post;

insert into person (id, issuer, subject, party_id, name, email, version)
select pg_temp.k(4, n), 'https://bench.invalid/' || party, 'person-' || n, pg_temp.k(1, party), 'Henkilö ' || n, '', 1
from bench_post;

-- One post in twenty has no holder.
insert into holding (id, person_id, post_id, kind, valid_from, valid_to, version)
select pg_temp.k(5, n), pg_temp.k(4, n), pg_temp.k(3, n), 'holder', '2025-01-01', null, 1
from bench_post
where n % 20 <> 7;

-- Plan, themes, goals, chains, forums with their meetings

insert into plan (id, key, title_fi, title_sv, title_en, council_term, starts_on, ends_on, visibility, version, created_at, updated_at)
values (pg_temp.k(6, 1), 'plan', 'Suunnitelma', 'Plan', 'Plan', '2025–2029', '2025-06-01', '2029-05-31', 'public', 1, '2025-06-01', '2025-06-01');

insert into theme (id, key, position, title_fi, title_sv, title_en, version)
select pg_temp.k(7, n), 'theme_' || n, n, 'Teema ' || n, 'Tema ' || n, 'Theme ' || n, 1
from generate_series(1, 8) n;

insert into target_group (id, key, position, title_fi, title_sv, title_en, version)
select pg_temp.k(8, n), 'group_' || n, n, 'Kohderyhmä ' || n, 'Målgrupp ' || n, 'Target group ' || n, 1
from generate_series(1, 10) n;

insert into district (id, key, position, title_fi, title_sv, title_en, version)
select pg_temp.k(9, n), 'district_' || n, n, 'Alue ' || n, 'Område ' || n, 'District ' || n, 1
from generate_series(1, 7) n;

insert into legal_basis (id, key, act, section, title_fi, title_sv, title_en, version)
select pg_temp.k(10, n), 'basis_' || n, n || '/2021', n || ' §', 'Säädös ' || n, 'Författning ' || n, 'Act ' || n, 1
from generate_series(1, 12) n;

insert into goal (id, no, plan_id, theme_id, title_fi, title_sv, title_en, visibility, visibility_ground, version, created_at, updated_at)
select pg_temp.k(11, n), n, pg_temp.k(6, 1), pg_temp.k(7, 1 + n % 8), 'Tavoite ' || n || ': hyvinvointi vahvistuu', 'Mål ' || n || ': välfärden stärks', 'Goal ' || n || ': wellbeing grows',
       case when n % 20 = 0 then 'internal' else 'public' end, case when n % 20 = 0 then 'valmistelu kesken' else '' end, 1, '2025-06-01', '2025-06-01'
from generate_series(1, 120) n;

insert into chain (id, key, position, theme_id, title_fi, title_sv, title_en, visibility, visibility_ground, version, created_at, updated_at)
select pg_temp.k(12, n), 'chain_' || n, n, pg_temp.k(7, 1 + n % 8), 'Palveluketju ' || n, 'Servicekedja ' || n, 'Service chain ' || n,
       case when n = 30 then 'internal' else 'public' end, case when n = 30 then 'valmistelu kesken' else '' end, 1, '2025-06-01', '2025-06-01'
from generate_series(1, 30) n;

insert into stage (id, chain_id, position, party_id, title_fi, title_sv, title_en, prevention_level, valid_from, version)
select pg_temp.k(13, n), pg_temp.k(12, 1 + (n - 1) / 17), 1 + (n - 1) % 17, pg_temp.k(1, 1 + n % 2), 'Vaihe ' || n, 'Steg ' || n, 'Stage ' || n, 'early_support', '2025-06-01', 1
from generate_series(1, 500) n;

-- From each stage of a chain to the next; one in six has a gap, one in five is
-- past its review, one in seven waits for a party.
insert into handover (id, chain_id, from_stage_id, to_stage_id, position, what_fi, what_sv, what_en, target_days, gap, gap_reason_fi, next_review_on, standing, revision, valid_from, version, updated_at)
select pg_temp.k(18, n), pg_temp.k(12, 1 + (n - 1) / 17), pg_temp.k(13, n), pg_temp.k(13, n + 1), 1 + (n - 1) % 17, 'Tieto ' || n, 'Uppgift ' || n, 'Information ' || n, 30,
       case n % 6 when 0 then 'minor' when 3 then 'major' else 'none' end, case when n % 3 = 0 then 'Syy ' || n else '' end,
       date '2026-11-23' + case when n % 5 = 0 then -10 else 60 end, case when n % 7 = 0 then 'proposed' else 'in_force' end, 1, '2025-06-01', 1, '2025-06-01'
from generate_series(1, 499) n where n % 17 <> 0;

insert into forum (id, key, title_fi, title_sv, title_en, purpose_fi, purpose_sv, purpose_en, level, reach, paper, meetings_per_year, valid_from, visibility, visibility_ground, version, created_at, updated_at)
select pg_temp.k(14, n), 'forum_' || n, 'Foorumi ' || n, 'Forum ' || n, 'Forum ' || n, 'Tarkoitus', 'Syfte', 'Purpose', 'thematic', 'bilateral', 'memo', 6, '2025-06-01',
       case when n = 25 then 'internal' else 'public' end, case when n = 25 then 'valmistelu kesken' else '' end, 1, '2025-06-01', '2025-06-01'
from generate_series(1, 25) n;

insert into meeting (id, forum_id, year, number, starts_at, ends_at, status, called_at, started_at, closed_at, approved_at, published_at, visibility, version, created_at, updated_at)
select pg_temp.k(15, n), pg_temp.k(14, 1 + (n - 1) % 25), extract(year from at), 1 + (n - 1) / 25, at, at + interval '2 hours', 'published', at - interval '7 days', at, at + interval '2 hours',
       at + interval '7 days', at + interval '8 days', 'public', 6, at - interval '14 days', at + interval '8 days'
from (select n, timestamptz '2024-01-15 10:00+02' + interval '12 hours' * n as at from generate_series(1, 2000) n) m;

insert into agenda_item (id, meeting_id, position, agenda_no, title_fi, title_sv, title_en, visibility, version, created_at, updated_at)
select pg_temp.k(16, n), pg_temp.k(15, 1 + (n - 1) / 8), chr(97 + ((n - 1) % 8)::integer), 1 + (n - 1) % 8, 'Asia ' || n, 'Ärende ' || n, 'Item ' || n, 'public', 1, '2026-01-01', '2026-01-01'
from generate_series(1, 16000) n;

insert into outcome (id, agenda_item_id, no, type, text_fi, text_sv, text_en, recorded_at, version)
select pg_temp.k(17, n), pg_temp.k(16, n), 1, 'decision', 'Päätös ' || n, 'Beslut ' || n, 'Decision ' || n, '2026-06-01', 1
from generate_series(1, 16000) n;

-- Two meetings that go on: 2001 with 60 items, 40 members and 200 outcomes, 2002
-- with nothing.
insert into meeting (id, forum_id, year, number, starts_at, ends_at, status, called_at, started_at, visibility, version, created_at, updated_at)
select pg_temp.k(15, n), pg_temp.k(14, 24), 2026, n, '2026-11-23 08:00+02', '2026-11-23 12:00+02', 'in_progress', '2026-11-16 08:00+02', '2026-11-23 08:00+02', 'public', 3, '2026-11-16', '2026-11-23'
from generate_series(2001, 2002) n;

insert into agenda_item (id, meeting_id, position, agenda_no, title_fi, title_sv, title_en, proposal_fi, visibility, version, created_at, updated_at)
select pg_temp.k(16, 16000 + n), pg_temp.k(15, 2001), chr(98 + (n - 1) / 20) || chr(98 + (n - 1) % 20), n, 'Asia ' || n, 'Ärende ' || n, 'Item ' || n, repeat('Ehdotetaan, että asia etenee. ', 20), 'public', 1, '2026-11-16', '2026-11-16'
from generate_series(1, 60) n;

insert into outcome (id, agenda_item_id, no, type, text_fi, text_sv, text_en, recorded_at, version)
select pg_temp.k(17, 16000 + n), pg_temp.k(16, 16001 + (n - 1) % 60), 1 + (n - 1) / 60, 'noted', 'Merkittiin tiedoksi ' || n, 'Antecknades ' || n, 'Noted ' || n, '2026-11-23', 1
from generate_series(1, 200) n;

insert into participant (id, meeting_id, party_id, post_id, role, attendance, position, version)
select pg_temp.k(45, n), pg_temp.k(15, 2001), p.party_id, p.id, case n when 1 then 'chair' when 2 then 'secretary' else 'member' end, 'present', n, 1
from generate_series(1, 40) n join post p on p.id = pg_temp.k(3, n);

-- Actions. Of five, two are in progress, one is done, one has not started and
-- one is anything. Those in progress have begun.

create temporary table bench_action (like action including defaults including generated);

insert into bench_action (id, no, title_fi, title_sv, title_en, description_fi, description_sv, description_en, starts_on, starts_precision, due_on, due_precision, due_last_on,
                          status, progress, result_fi, result_sv, result_en, confirmed_on, lead_post_id, lead_party_id, lead_from, forum_id, stage_id, handover_id, outcome_id,
                          visibility, visibility_ground, version, created_at, updated_at)
select pg_temp.k(20, n), n,
       pg_temp.word(n, 'what', '{Nuorten ohjaus,Ikäihmisten liikunta,Perheiden tuki,Päihdetyö,Mielen hyvinvointi,Kouluterveys,Varhaiskasvatus,Kotoutuminen,Kaatumisten ehkäisy,Yksinäisyyden ehkäisy,Liikuntaneuvonta,Ravitsemus,Kulttuurihyvinvointi,Väkivallan ehkäisy,Asumisen tuki,Työllisyys,Vanhemmuuden tuki,Omaishoito,Vammaispalvelut,Suun terveys}')
           || ' ' || pg_temp.word(n, 'how', '{kehitetään yhdessä,arvioidaan,sovitaan työnjaosta,kootaan tiedot,viestitään asukkaille,koulutetaan henkilöstö,kokeillaan lähipalvelua,yhtenäistetään ohjeet,vahvistetaan yhteistyötä,kuullaan asukkaita}') || ', osa ' || n || case when n % 3 = 0 then ' ' || pg_temp.name(n) else '' end,
       pg_temp.word(n, 'what', '{Handledning för unga,Motion för äldre,Stöd till familjer,Missbruksarbete,Psykiskt välbefinnande,Skolhälsa,Småbarnspedagogik,Integration,Förebyggande av fallolyckor,Förebyggande av ensamhet,Motionsrådgivning,Näring,Kulturvälfärd,Förebyggande av våld,Stöd för boende,Sysselsättning,Stöd för föräldraskap,Närståendevård,Funktionshinderservice,Munhälsa}')
           || ', del ' || n,
       case when n % 3 = 0 then '' else 'Action of the joint plan, part ' || n end,
       'Toimenpiteen kuvaus ' || n || '. ' || repeat('Osapuolet tekevät työtä yhdessä ja seuraavat tuloksia. ', 3), 'Beskrivning av åtgärden ' || n || '.', '',
       starts_on, 'day', due_on, due_precision,
       case due_precision
           when 'day' then due_on
           when 'month' then (date_trunc('month', due_on::timestamp) + interval '1 month')::date - 1
           when 'quarter' then (date_trunc('quarter', due_on::timestamp) + interval '3 months')::date - 1
           else (date_trunc('year', due_on::timestamp) + interval '1 year')::date - 1 end,
       status, case status when 'not_started' then 0 when 'done' then 100 else pg_temp.pick(n, 'progress', 20) * 5 end,
       case when status = 'done' then 'Tulos ' || n else '' end, '', '',
       date '2026-11-23' - pg_temp.pick(n, 'confirmed', 90),
       case when lead_post is not null then pg_temp.k(3, lead_post) end,
       (select pg_temp.k(1, p.party) from bench_post p where p.n = lead_post),
       case when lead_post is not null then date '2025-06-01' end,
       case when pg_temp.pick(n, 'has forum', 5) < 2 then pg_temp.k(14, 1 + pg_temp.pick(n, 'forum', 25)) end,
       case when pg_temp.pick(n, 'has stage', 2) = 0 then pg_temp.k(13, 1 + pg_temp.pick(n, 'stage', 500)) end,
       case when pg_temp.pick(n, 'has stage', 2) = 1 and n % 40 = 1 then (select id from handover where id = pg_temp.k(18, 1 + pg_temp.pick(n, 'stage', 499))) end,
       case when pg_temp.pick(n, 'has outcome', 10) = 0 then pg_temp.k(17, 1 + pg_temp.pick(n, 'outcome', 16000)) end,
       case when n % 10 = 3 then 'internal' else 'public' end, case when n % 10 = 3 then 'valmistelu kesken' else '' end,
       2 + n % 2, created_at, timestamptz '2026-11-22 12:00+02' - interval '1 minute' * pg_temp.pick(n, 'updated', 120000)
from (select n, status, created_at,
             case
                 when status = 'in_progress' then (created_at at time zone 'Europe/Helsinki')::date
                 when pg_temp.pick(n, 'starts', 20) > 0 then (created_at at time zone 'Europe/Helsinki')::date + pg_temp.pick(n, 'starts', 120) end as starts_on,
             case when pg_temp.pick(n, 'has due', 12) > 0 then (created_at at time zone 'Europe/Helsinki')::date + 120 + pg_temp.pick(n, 'due', 900) end as due_on,
             pg_temp.word(n, 'precision', '{day,day,day,month,month,quarter,year}') as due_precision,
             case when pg_temp.pick(n, 'has lead', 33) > 0 then 1 + pg_temp.pick(n, 'lead', 240) end as lead_post
      from (select n, case n % 5
                          when 0 then 'in_progress'
                          when 1 then 'in_progress'
                          when 2 then 'done'
                          when 3 then 'not_started'
                          else pg_temp.word(n, 'status', '{not_started,done,paused,cancelled,merged,superseded}') end as status,
                   timestamptz '2026-11-20 09:00+02' - interval '1 hour' * pg_temp.pick(n, 'created', 12000) as created_at
            from generate_series(1, current_setting('bench.actions')::bigint) n) a) b;

-- Of four actions one has three tasks, the second a milestone; half of them are
-- done.

create temporary table bench_task as
select pg_temp.k(46, a.no * 10 + j) as id, a.id as action_id, case j when 2 then 'milestone' else 'task' end as kind, 'Osatehtävä ' || j as title_fi, 'Deluppgift ' || j as title_sv, '' as title_en,
       date '2026-05-01' + pg_temp.pick(a.no * 10 + j, 'task due', 500) as due_on, 'day' as due_precision,
       case when pg_temp.pick(a.no * 10 + j, 'task done', 2) = 0 then date '2026-11-20' end as done_on, a.created_at
from bench_action a, generate_series(1, 3) j
where pg_temp.pick(a.no, 'has tasks', 4) = 0;

update bench_action a
set task_last_on = t.last_on
from (select action_id, min(due_on) as last_on from bench_task where done_on is null group by action_id) t
where t.action_id = a.id;

do
$$
    begin
        execute (select format('insert into action (%1$s) select %1$s from bench_action order by id', string_agg(quote_ident(attname), ', ' order by attnum))
                 from pg_attribute
                 where attrelid = 'action'::regclass and attnum > 0 and not attisdropped and attgenerated = '');
    end
$$;

insert into action_task (id, action_id, kind, title_fi, title_sv, title_en, due_on, due_precision, due_last_on, done_on, version, created_at, updated_at)
select id, action_id, kind, title_fi, title_sv, title_en, due_on, due_precision, due_on, done_on, 1, created_at, created_at
from bench_task;

select setval('action_no_seq', current_setting('bench.actions')::bigint), setval('goal_no_seq', 120);

insert into action_goal (id, action_id, goal_id)
select pg_temp.k(21, n * 2 + j), pg_temp.k(20, n), pg_temp.k(11, 1 + (pg_temp.pick(n, 'goal', 120) + 50 * j) % 120)
from generate_series(1, current_setting('bench.actions')::bigint) n, generate_series(0, 1) j
where (j = 0 and n % 25 <> 0) or n % 3 = 0;

insert into action_target_group (id, action_id, target_group_id)
select pg_temp.k(22, n), pg_temp.k(20, n), pg_temp.k(8, 1 + pg_temp.pick(n, 'group', 10))
from generate_series(1, current_setting('bench.actions')::bigint) n where n % 2 = 0;

insert into action_district (id, action_id, district_id)
select pg_temp.k(23, n), pg_temp.k(20, n), pg_temp.k(9, 1 + pg_temp.pick(n, 'district', 7))
from generate_series(1, current_setting('bench.actions')::bigint) n where n % 3 = 0;

-- The lead, and up to three others: the nearest of them of the other party.
insert into responsibility (id, subject_kind, subject_id, post_id, part, wording_fi, wording_sv, wording_en, valid_from, valid_to, version)
select pg_temp.k(24, no * 5), 'action', id, lead_post_id, 'lead', '', '', '', '2025-06-01', null, 1
from bench_action where lead_post_id is not null
union all
select pg_temp.k(24, no * 5 + j), 'action', id, pg_temp.k(3, 1 + (coalesce(lead.n, no) + 2 * j - 2) % 240), ('{shared,support,informed}'::text[])[j],
       case when j = 1 then 'Vastaa omalta osaltaan' else '' end, case when j = 1 then 'Svarar för sin del' else '' end, '',
       date '2025-06-01', case when j = 3 and no % 7 = 0 then date '2026-05-31' end, 1
from bench_action left join bench_post lead on pg_temp.k(3, lead.n) = lead_post_id, generate_series(1, 3) j
where j <= pg_temp.pick(no, 'others', 4);

-- Goals: a lead of each principal party and three others. Stages and hand-overs: a
-- lead, and one who shares.
insert into responsibility (id, subject_kind, subject_id, post_id, part, wording_fi, wording_sv, wording_en, valid_from, valid_to, version)
select pg_temp.k(40, n * 5 + j), 'goal', pg_temp.k(11, n), pg_temp.k(3, 1 + (n * 6 + j) % 60), ('{lead,lead,shared,support,informed}'::text[])[1 + j],
       'Vastaa tavoitteesta ' || n, 'Svarar för mål ' || n, '', '2025-06-01', null::date, 1
from generate_series(1, 120) n, generate_series(0, 4) j
union all
select pg_temp.k(41, n * 2 + j), 'stage', pg_temp.k(13, n), pg_temp.k(3, 1 + (n * 2 + j) % 240), ('{lead,shared}'::text[])[1 + j], 'Vastaa vaiheesta ' || n, 'Svarar för steg ' || n, '', date '2025-06-01', null::date, 1
from generate_series(1, 500) n, generate_series(0, 1) j
union all
select pg_temp.k(42, n * 2 + j), 'handover', pg_temp.k(18, n), pg_temp.k(3, 1 + (n * 2 + j) % 240), ('{lead,shared}'::text[])[1 + j], 'Vastaa siirtymästä ' || n, 'Svarar för övergång ' || n, '', date '2025-06-01', null::date, 1
from generate_series(1, 499) n, generate_series(0, 1) j where n % 17 <> 0;

-- Agreements on 20,000 responsibilities (those of goals, stages and hand-overs
-- first) and on the hand-overs: nine in ten are in force, the others wait.
create temporary table bench_agreement as
select row_number() over (order by subject_kind = 'action', id) as n, id, subject_kind, wording_fi, post_id, part from responsibility
order by n limit 20000;

update responsibility r set standing = case when b.n % 20 = 0 then 'proposed' else 'reopened' end
from bench_agreement b where b.id = r.id and b.n % 10 = 0;

insert into agreement (id, subject_kind, subject_id, revision, content, state, proposed_party_id, proposed_at, settled_at)
select pg_temp.k(43, n * 2 + j), 'responsibility', id, 1 + j, json_build_object('postId', post_id, 'part', part, 'wording', json_build_object('fi', wording_fi), 'validFrom', '2025-06-01'),
       case when open then 'open' else 'in_force' end, pg_temp.k(1, 1 + (n % 2)::integer), at, case when not open then at + interval '3 days' end
from (select b.*, j, n % 20 = 0 or n % 10 = 0 and j = 1 as open, timestamptz '2026-01-10 09:00+02' + interval '20 minutes' * (n % 20000) as at
      from bench_agreement b, generate_series(0, 1) j where j = 0 or n % 20 = 10) a
union all
select pg_temp.k(44, n), 'handover', pg_temp.k(18, n), 1, '{}', case when n % 7 = 0 then 'open' else 'in_force' end, pg_temp.k(1, 1 + n % 2), '2026-01-10 09:00+02', case when n % 7 > 0 then timestamptz '2026-01-13 09:00+02' end
from generate_series(1, 499) n where n % 17 <> 0;

insert into acceptance (id, agreement_id, party_id, state, decided_at)
select overlay(a.id::text placing '45' from 1)::uuid, a.id, a.proposed_party_id, 'accepted', a.proposed_at from agreement a
union all
select overlay(a.id::text placing '46' from 1)::uuid, a.id, case a.proposed_party_id when pg_temp.k(1, 1) then pg_temp.k(1, 2) else pg_temp.k(1, 1) end,
       case a.state when 'open' then 'open' else 'accepted' end, a.settled_at
from agreement a;

insert into case_reference (id, subject_kind, subject_id, party_id, registry_no)
select pg_temp.k(25, n), 'action', pg_temp.k(20, n), pg_temp.k(1, 1 + n % 2), n || '/00.01.02/2026'
from generate_series(1, current_setting('bench.actions')::bigint) n where n % 4 = 0;

insert into legal_basis_link (id, subject_kind, subject_id, legal_basis_id)
select pg_temp.k(26, n), 'action', pg_temp.k(20, n), pg_temp.k(10, 1 + pg_temp.pick(n, 'basis', 12))
from generate_series(1, current_setting('bench.actions')::bigint) n where n % 2 = 1;

insert into status_report (id, action_id, party_id, post_id, status, progress, text_fi, text_sv, text_en, public, reported_on, reported_at, version)
select pg_temp.k(27, no * 10::bigint + j), id, coalesce(lead_party_id, pg_temp.k(1, 1)), lead_post_id, status, progress, 'Työ etenee, vaihe ' || j, 'Arbetet framskrider, steg ' || j, '',
       j > 1, confirmed_on - 30 * j, (confirmed_on - 30 * j)::timestamp at time zone 'Europe/Helsinki' + interval '10 hours', 1
from bench_action, generate_series(1, 3) j
where j <= no % 4 and status <> 'not_started' and current_setting('bench.past')::boolean;

analyze bench_action;
analyze responsibility;

-- What the parties last said themselves: the lead of three in four, the other
-- party, where it shares, of every second, up to thirty days after the lead.
insert into action_party_status (id, action_id, party_id, status, progress, confirmed_on)
select pg_temp.k(46, a.no), a.id, a.lead_party_id, a.status, a.progress, a.confirmed_on
from bench_action a join party pa on pa.id = a.lead_party_id and pa.principal
where a.no % 4 > 0;

insert into action_party_status (id, action_id, party_id, status, progress, confirmed_on)
select pg_temp.k(47, a.no), a.id, p.party_id, a.status, a.progress, least(a.confirmed_on + pg_temp.pick(a.no, 'other word', 30), date '2026-11-23')
from bench_action a
join responsibility r on r.subject_kind = 'action' and r.subject_id = a.id and r.part = 'shared'
join post p on p.id = r.post_id
join party pa on pa.id = p.party_id and pa.principal
where a.no % 2 = 0 and p.party_id is distinct from a.lead_party_id;

-- Five audit entries for each action: its creation, three reports, an edit.

create temporary table bench_entry as
select (a.no - 1) * 5::bigint + j as id, a.no, a.created_at + (timestamptz '2026-11-22 12:00+02' - a.created_at) * (j - 1) / 5 as at,
       ('{action.create,action.report,action.report,action.edit,action.report}'::text[])[j] as permission,
       case when j = 4 then 'Määräaika siirtyi' else '' end as reason, a.id as action_id, least(j, a.version) as version, a.lead_post_id, a.lead_party_id,
       case
           when j = 1 then json_build_array(json_build_object('field', 'title', 'old', null, 'new', json_build_object('fi', a.title_fi, 'sv', a.title_sv, 'en', a.title_en)),
                                            json_build_object('field', 'dueOn', 'old', null, 'new', a.due_on))
           when j = 4 then json_build_array(json_build_object('field', 'dueOn', 'old', a.due_on - 30, 'new', a.due_on))
           else json_build_array(json_build_object('field', 'progress', 'old', 0, 'new', a.progress), json_build_object('field', 'confirmedOn', 'old', null, 'new', a.confirmed_on)) end as changes
from bench_action a, generate_series(1, 5) j
where current_setting('bench.past')::boolean;

insert into audit_entry (id, at, origin, request_id, person_id, post_id, party_id, permission, subject_kind, subject_id, subject_version, reason, values_hash)
overriding system value
select id, at, 'user', pg_temp.k(30, id), pg_temp.k(4, 1 + pg_temp.pick(id, 'who', 240)), lead_post_id, lead_party_id, permission, 'action', action_id, version, reason,
       sha256(decode(md5(id::text), 'hex') || convert_to(changes::text, 'UTF8'))
from bench_entry order by id;

insert into audit_value (entry_id, salt, changes) select id, decode(md5(id::text), 'hex'), changes from bench_entry order by id;

select setval(pg_get_serial_sequence('audit_entry', 'id'), coalesce(max(id), 1)) from audit_entry;

-- The twins: one version of everything, and of actions every version they had.

do
$$
declare
    t text;
begin
    for t in select left(relname, -length('_history')) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname like '%\_history'
        loop
            if t <> 'action' and current_setting('bench.past')::boolean then
                execute format('insert into %I select timestamptz ''2025-06-01 00:00+03'', ''infinity'', t.* from %I t', t || '_history', t);
            end if;
            execute format('alter table %I enable trigger user', t);
        end loop;
end
$$;

insert into action_history
select created_at + (timestamptz '2026-11-22 12:00+02' - created_at) * (version - 1) / 5, 'infinity', a.* from bench_action a where current_setting('bench.past')::boolean;

-- One in ten has got its texts with its last change.
update bench_action set status = 'not_started', progress = 0, version = version - 1,
       title_fi = case when pg_temp.pick(no, 'retitled', 10) = 0 then 'Luonnos ' || no else title_fi end,
       description_fi = case when pg_temp.pick(no, 'retitled', 10) = 0 then 'Luonnos tarkentuu myöhemmin' else description_fi end;
insert into action_history
select created_at + (timestamptz '2026-11-22 12:00+02' - created_at) * (version - 1) / 5, created_at + (timestamptz '2026-11-22 12:00+02' - created_at) * version / 5, a.*
from bench_action a where current_setting('bench.past')::boolean;

update bench_action set version = version - 1;
insert into action_history
select created_at, created_at + (timestamptz '2026-11-22 12:00+02' - created_at) / 5, a.*
from bench_action a where version = 1 and current_setting('bench.past')::boolean;

-- What search looks through; its own triggers were off.
select refill_search_text() where current_setting('bench.past')::boolean;

do
$$
declare
    d text;
begin
    for d in select definition from bench_index
        loop
            execute d;
        end loop;
end
$$;

drop table bench_index, bench_action, bench_task, bench_post, bench_entry, bench_agreement;
