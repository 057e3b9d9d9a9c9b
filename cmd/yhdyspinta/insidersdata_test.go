package main

import (
	"context"
	"fmt"
	"regexp"
	"testing"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/api/apitest"
)

// caseOfAll is the registry number of Espoo that each item of an agenda has: what
// follows the case comes to items of every kind.
const caseOfAll = "DEMO 900/00.01.02/2026"

// hiding makes things of the demo data internal and adds those of which it has
// none, one of each kind that the public does not see. What it makes is meant for
// this test alone: the rows need not have come about by the rules.
var hiding = []string{
	`delete from membership where post_id in (select post_id from role_grant where role = 'reader')`, // those who only read
	`update plan set visibility = 'internal', visibility_ground = 'JulkL' where id = (select id from plan order by starts_on limit 1)`,
	`insert into reporting_round (id, key, plan_id, kind, title_fi, title_sv, title_en, period_from, period_to, opens_on, state, opened_party_id, opened_post_id, ended_at, cancel_reason_fi, cancel_reason_sv, cancel_reason_en, version, created_at, updated_at)
		select gen_random_uuid(), key || '-2', (select id from plan where visibility = 'internal'), kind, title_fi, title_sv, title_en, period_from, period_to, opens_on, state, opened_party_id, opened_post_id, ended_at, cancel_reason_fi, cancel_reason_sv, cancel_reason_en, version, created_at, updated_at from reporting_round`,
	`insert into round_level (id, round_id, level, working_days, due_on) select gen_random_uuid(), n.id, l.level, l.working_days, l.due_on from round_level l join reporting_round r on r.id = l.round_id join reporting_round n on n.key = r.key || '-2'`,
	`update goal set visibility = 'internal', visibility_ground = 'JulkL' where no % 3 = 0`,
	`update action set visibility = 'internal', visibility_ground = 'JulkL' where no % 3 = 0`,
	`update chain set visibility = 'internal', visibility_ground = 'JulkL' where position = (select max(position) from chain)`,
	`update forum set visibility = 'internal', visibility_ground = 'JulkL' where id = (select m.forum_id from meeting m where m.status = 'published' order by m.starts_at limit 1)`,
	`update meeting set visibility = 'internal', visibility_ground = 'JulkL' where id = (select m.id from meeting m join forum f on f.id = m.forum_id where m.status = 'published' and f.visibility = 'public' order by m.starts_at limit 1)`,
	`update agenda_item set visibility = 'internal', visibility_ground = 'JulkL' where id in (select i.id from agenda_item i join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id
		where m.status = 'published' and m.visibility = 'public' and f.visibility = 'public' and exists (select 1 from outcome o where o.agenda_item_id = i.id) order by i.id limit 3)`,
	`set session_replication_role = replica`, // a report is public or not from its first day on
	`update status_report set public = false where id in (select r.id from status_report r join action a on a.id = r.action_id where a.visibility = 'public' and r.text_fi <> '' order by r.id limit 9)`,
	`update round_report set public = false where id in (select id from round_report order by id limit 9)`,
	`update status_report_history set public = false where id in (select id from status_report where not public)`,
	`update round_report_history set public = false where id in (select id from round_report where not public)`,
	`set session_replication_role = origin`,
	`insert into case_reference (id, subject_kind, subject_id, party_id, registry_no, url_fi, url_sv)
		select gen_random_uuid(), 'agenda_item', i.id, p.id, '` + caseOfAll + `', '', '' from agenda_item i, party p where p.key = 'espoo'`,
	`insert into reservation (id, subject_kind, subject_id, party_id, post_id, text_fi, text_sv, text_en, visibility, visibility_ground, made_at, withdrawal_fi, withdrawal_sv, withdrawal_en, version)
		select gen_random_uuid(), 'goal', g.id, p.party_id, p.id, 'x', 'x', 'x', 'internal', 'JulkL', app_now(), '', '', '', 1 from goal g, post p where g.visibility = 'public' and p.id = (select min(id::text)::uuid from post) limit 2`,
	`insert into attachment (id, agenda_item_id, title_fi, title_sv, title_en, visibility, visibility_ground, removed_reason, created_at, updated_at, version)
		select gen_random_uuid(), i.id, 'x', 'x', 'x', v, case v when 'internal' then 'JulkL' else '' end, '', app_now(), app_now(), 1
		from agenda_item i join meeting m on m.id = i.meeting_id, unnest(array['public', 'internal']) v where i.visibility = 'public' and m.visibility = 'public'`,
	`insert into attachment (id, agenda_item_id, title_fi, title_sv, title_en, visibility, visibility_ground, removed_at, removed_reason, created_at, updated_at, version)
		select gen_random_uuid(), i.id, 'x', 'x', 'x', 'public', '', app_now(), 'x', app_now(), app_now(), 1
		from agenda_item i join meeting m on m.id = i.meeting_id where i.visibility = 'public' and m.status = 'published'`,
	`insert into stored_file (id, place, complete, created_at) values ('00000000-0000-4000-8000-00000000f11e', 'database', true, app_now())`,
	`insert into stored_piece (stored_file_id, no, data) values ('00000000-0000-4000-8000-00000000f11e', 1, 'x')`,
	`insert into attachment_file (id, attachment_id, no, name, media_type, size, sha256, stored_file_id, post_id, uploaded_at)
		select gen_random_uuid(), a.id, n, 'x', 'text/plain', 1, '', '00000000-0000-4000-8000-00000000f11e', (select min(id::text)::uuid from post), app_now() from attachment a, generate_series(1, 2) n`,
	`insert into draft (id, subject_kind, subject_id, base_version, base, content, note_fi, note_sv, note_en, state, party_id, post_id, reason, version, created_at, saved_at)
		select gen_random_uuid(), 'goal', g.id, g.version, c, c, 'x', 'x', 'x', 'open', p.party_id, p.id, 'x', 1, app_now(), app_now()
		from (select * from goal where visibility = 'public' order by no limit 1) g, (select * from post order by id limit 1) p, lateral (select jsonb_build_object('no', g.no, 'planId', g.plan_id, 'themeId', g.theme_id, 'title', jsonb_build_object('fi', 'x', 'sv', 'x', 'en', 'x'), 'visibility', 'public') c) c`,
	`insert into draft_comment (id, draft_id, draft_version, kind, party_id, post_id, text_fi, text_sv, text_en, said_at) select gen_random_uuid(), id, 1, 'comment', party_id, post_id, 'x', 'x', 'x', app_now() from draft`,
	`insert into forum_topic (id, forum_id, title_fi, title_sv, title_en, why_fi, why_sv, why_en, about_kind, about_id, case_registry_no, state, reason_fi, reason_sv, reason_en, proposed_party_id, proposed_post_id, version, created_at, updated_at)
		select gen_random_uuid(), f.id, 'x', 'x', 'x', 'x', 'x', 'x', 'action', (select a.id from action a where a.visibility = 'public' order by a.no limit 1), '', 'open', '', '', '', p.party_id, p.id, 1, app_now(), app_now() from forum f, (select * from post order by id limit 1) p`,
	`insert into paper_comment (id, meeting_id, agenda_item_id, part, quote_lang, quote, quote_start, kind, party_id, post_id, text, lang, said_at)
		select gen_random_uuid(), i.meeting_id, i.id, 'title', 'fi', 'x', 0, 'comment', p.party_id, p.id, 'x', 'fi', app_now()
		from agenda_item i, (select * from post order by id limit 1) p`,
	`insert into paper_return (id, meeting_id, party_id, post_id, role, paper_hash, reason, lang, returned_at) select gen_random_uuid(), m.id, p.party_id, p.id, 'chair', '', 'x', 'fi', app_now() from meeting m, (select * from post order by id limit 1) p where m.closed_at is not null`,
	`insert into amendment (id, meeting_id, agenda_item_id, part, was_fi, was_sv, was_en, becomes_fi, becomes_sv, becomes_en, reason_fi, reason_sv, reason_en, status, party_id, post_id, proposed_at, withdraw_reason, version)
		select gen_random_uuid(), m.id, i.id, 'decision', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'proposed', p.party_id, p.id, app_now(), '', 1
		from meeting m cross join lateral (select id from agenda_item where meeting_id = m.id and visibility = 'public' order by position limit 1) i, (select * from post order by id limit 1) p where m.status = 'published'`,
	`insert into dissent (id, outcome_id, kind, party_id, post_id, text_fi, text_sv, text_en, withdrawn_reason, withdrawn_reason_sv, withdrawn_reason_en, recorded_at, version)
		select gen_random_uuid(), o.id, 'dissent', p.party_id, p.id, 'x', 'x', 'x', '', '', '', app_now(), 1 from outcome o, (select * from post order by id limit 1) p`,
	`insert into referral (id, outcome_id, from_forum_id, to_forum_id, state, sent_at, due_on, answered_at, answer_fi, answer_sv, answer_en, settled_at, settled_fi, settled_sv, settled_en, created_at, version)
		select gen_random_uuid(), o.id, m.forum_id, t.id, 'refused', app_now(), '2026-12-20', app_now(), 'x', 'x', 'x', app_now(), 'x', 'x', 'x', app_now(), 1
		from outcome o join agenda_item i on i.id = o.agenda_item_id join meeting m on m.id = i.meeting_id join lateral (select id from forum where id <> m.forum_id order by id limit 1) t on true`,
	`insert into meeting_template (id, forum_id, title_fi, title_sv, title_en, place_fi, place_sv, place_en, frequency, weekday, week, every, months, starts_minute, duration_minutes, visibility, visibility_ground, version, created_at, updated_at)
		select gen_random_uuid(), id, 'x', 'x', 'x', 'x', 'x', 'x', 'monthly', 2, 1, 1, '{3}', 600, 60, 'public', '', 1, app_now(), app_now() from forum`,
	`insert into decision_feed (id, party_id, url, language, active, version, created_at, updated_at) select gen_random_uuid(), id, 'x', 'fi', true, 1, app_now(), app_now() from party where principal`,
	`insert into watch_list (id, forum_id, words, version, created_at, updated_at) select gen_random_uuid(), id, '["x"]', 1, app_now(), app_now() from forum`,
	`insert into saved_view (id, page, name_fi, name_sv, name_en, sharing, person_id, party_id, query, version, created_at, updated_at)
		select gen_random_uuid(), 'actions', 'x', 'x', 'x', s, pe.id, pe.party_id, '{"q": ["x"]}', 1, app_now(), app_now() from unnest(array['own', 'party']) s, (select * from person order by id limit 1) pe`,
	`insert into mail (id, kind, outbox_id, meeting_id, sequence, person_id, party_id, post_id, state, failure, smtp_code, in_doubt, attempts, message_ref, language, subject, body, queued_at, next_try_at, settled_at, topics, reasons)
		select gen_random_uuid(), 'meeting_called', gen_random_uuid(), (select id from meeting where called_at is not null order by id limit 1), 1, h.person_id, p.party_id, h.post_id, 'sent', '', '', false, 1, gen_random_uuid()::text, 'fi', 'x', 'x', app_now(), app_now(), app_now(), '{}', '{}'
		from holding h join post p on p.id = h.post_id order by h.id limit 3`,
	`insert into mail_template (id, party_id, kind, subject_fi, subject_sv, subject_en, intro_fi, intro_sv, intro_en, closing_fi, closing_sv, closing_en, version, updated_at)
		select gen_random_uuid(), id, 'digest', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 1, app_now() from party where principal`,
	`insert into api_token (id, person_id, party_id, name, purpose, scopes, expires_on, revoked_at, revoke_reason, version, created_at)
		select gen_random_uuid(), pe.id, pe.party_id, 'x', 'x', '{read}', '2027-01-31', case n when 2 then app_now() end, case n when 2 then 'x' else '' end, 1, app_now()
		from party p cross join lateral (select * from person where party_id = p.id order by id limit 1) pe, generate_series(1, 2) n where p.principal`,
	`insert into agreement_comment (id, agreement_id, kind, party_id, post_id, text_fi, text_sv, text_en, said_at)
		select gen_random_uuid(), a.id, 'comment', p.party_id, p.id, 'x', 'x', 'x', app_now() from agreement a, (select * from post order by id limit 1) p order by a.id limit 30`,
}

// secret is a kind of thing, or of words about one, that the public does not see.
type secret struct {
	row   string // its row in the table of docs/guide/authorisation.md
	table string
	cond  string // of a row of the table, t
	// closed says that not every member of staff reads it either.
	closed bool
	// placed says that the public is told that it is there, by id, without any word of it.
	placed bool
	// numbered says that staff are told its id, without any word of it: by what came of it.
	numbered bool
	// unread says that no answer has the words: it is told by other words, or to one person alone.
	unread bool
}

const (
	unpublished = "(select i.id from agenda_item i join meeting m on m.id = i.meeting_id where m.published_at is null)"
	internally  = "(select i.id from agenda_item i join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id where 'internal' in (i.visibility, m.visibility, f.visibility))"
	insideOnes  = "(select id from goal where visibility = 'internal' union all select id from action where visibility = 'internal' union all select id from chain where visibility = 'internal' union all select id from forum where visibility = 'internal' union all select s.id from stage s join chain c on c.id = s.chain_id where c.visibility = 'internal' union all select h.id from handover h join chain c on c.id = h.chain_id where c.visibility = 'internal')"
)

// secrets are all of them; a row that several would name is of the first.
var secrets = []secret{
	{row: "Meeting before the call", table: "meeting", cond: "t.called_at is null", closed: true},
	{row: "Papers before they are published", table: "agenda_item", cond: "t.id in " + unpublished, closed: true},
	{row: "Papers before they are published", table: "outcome", cond: "t.agenda_item_id in " + unpublished, closed: true, numbered: true},
	{row: "Papers before they are published", table: "attachment", cond: "t.agenda_item_id in " + unpublished, closed: true},
	{row: "Papers before they are published", table: "attachment_file", cond: "t.attachment_id in (select id from attachment where agenda_item_id in " + unpublished + ")", closed: true},
	{row: "Papers before they are published", table: "dissent", cond: "t.outcome_id in (select id from outcome where agenda_item_id in " + unpublished + ")", closed: true},
	{row: "Papers before they are published", table: "referral", cond: "t.outcome_id in (select id from outcome where agenda_item_id in " + unpublished + ")", closed: true},
	{row: "Comments on papers, returns", table: "paper_comment", cond: "true", closed: true},
	{row: "Comments on papers, returns", table: "paper_return", cond: "t.meeting_id in (select id from meeting where published_at is null)", closed: true},
	{row: "Comments on papers, returns", table: "paper_return", cond: "true"},
	{row: "Proposed amendments", table: "amendment", cond: "t.status <> 'published'"},
	{row: "Feeds of decisions, watched words", table: "decision_feed", cond: "true", closed: true},
	{row: "Feeds of decisions, watched words", table: "watch_list", cond: "true", closed: true, unread: true},
	{row: "Saved views", table: "saved_view", cond: "t.sharing = 'own'", closed: true},
	{row: "Saved views", table: "saved_view", cond: "t.sharing = 'party'"},
	{row: "API tokens", table: "api_token", cond: "true", closed: true},
	{row: "People, grants, mails and their texts, background work", table: "mail", cond: "true", closed: true},
	{row: "People, grants, mails and their texts, background work", table: "mail_template", cond: "true", closed: true},
	{row: "People, grants, mails and their texts, background work", table: "role_grant", cond: "true", closed: true},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "plan", cond: "t.visibility = 'internal'"},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "goal", cond: "t.visibility = 'internal'"},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "action", cond: "t.visibility = 'internal'"},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "action_task", cond: "t.action_id in (select id from action where visibility = 'internal')"},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "chain", cond: "t.visibility = 'internal'"},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "stage", cond: "t.chain_id in (select id from chain where visibility = 'internal')"},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "handover", cond: "t.chain_id in (select id from chain where visibility = 'internal')"},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "handover_evidence", cond: "t.handover_id in " + insideOnes},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "forum", cond: "t.visibility = 'internal'"},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "meeting", cond: "t.visibility = 'internal' or t.forum_id in " + insideOnes},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "responsibility", cond: "t.subject_id in " + insideOnes},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "case_reference", cond: "t.subject_id in " + insideOnes},
	{row: "Plans, goals, actions, chains, forums, meetings with a ground", table: "reporting_round", cond: "t.plan_id in (select id from plan where visibility = 'internal')"},
	{row: "Items of an agenda with a ground", table: "agenda_item", cond: "t.id in " + internally, placed: true},
	{row: "Items of an agenda with a ground", table: "outcome", cond: "t.agenda_item_id in " + internally},
	{row: "Items of an agenda with a ground", table: "dissent", cond: "t.outcome_id in (select id from outcome where agenda_item_id in " + internally + ")"},
	{row: "Items of an agenda with a ground", table: "referral", cond: "t.outcome_id in (select id from outcome where agenda_item_id in " + internally + ")"},
	{row: "Attachments: internal, removed, earlier files", table: "attachment", cond: "t.visibility = 'internal'", placed: true},
	{row: "Attachments: internal, removed, earlier files", table: "attachment", cond: "t.removed_at is not null"},
	{row: "Attachments: internal, removed, earlier files", table: "attachment_file", cond: "t.attachment_id in (select id from attachment where visibility = 'internal' or removed_at is not null) or t.no = 1"},
	{row: "Reports of an action that are not public", table: "status_report", cond: "t.action_id in " + insideOnes},
	{row: "Reports of an action that are not public", table: "status_report", cond: "not t.public", placed: true},
	{row: "Answers to a reporting round that are not public", table: "round_report", cond: "not t.public", placed: true},
	{row: "Reservations with a ground", table: "reservation", cond: "t.visibility = 'internal' or t.subject_id in " + insideOnes},
	{row: "Discussion of a proposal", table: "agreement_comment", cond: "true"},
	{row: "Drafts and what is said of them", table: "draft", cond: "true"},
	{row: "Drafts and what is said of them", table: "draft_comment", cond: "true"},
	{row: "Topics for meetings", table: "forum_topic", cond: "true"},
	{row: "Holders of posts", table: "holding", cond: "not t.name_public"},
	{row: "Holders of posts", table: "person", cond: "not exists (select 1 from holding h where h.person_id = t.id and h.name_public)"},
	{row: "The log", table: "audit_entry", cond: "t.subject_kind in ('person', 'holding', 'grant')", closed: true},
	{row: "The log", table: "audit_entry", cond: "t.subject_kind not in ('goal', 'action', 'meeting') and t.parent_kind is distinct from 'meeting' or t.subject_id in " + insideOnes},
}

// words are the columns that hold what somebody wrote.
var words = regexp.MustCompile(`^(title|description|result|text|reason|withdrawal_reason|withdrawal|wording|preparer|proposal|proceedings|decision|explanation|heard|goes_on_to|not_handled|no_action_reason|to_whom|end_reason|was|becomes|note|why|name|email|guest_name|substitute_name|body|subject|intro|closing|quote|place|purpose|mandate|cancel_reason|reopen_reason|what|channel|gap_reason|answer|settled|link|url|registry_no|ending_reason|withdraw_reason|target_group|removed_reason|revoke_reason)(_fi|_sv|_en)?$`)

// told finds in an answer the words of what is hidden, by whom and of what.
var told = regexp.MustCompile(`HIDDEN(staff|closed)_([a-z_]+\.[a-z_]+)_HIDDEN`)

// hidden is what a test has put out of the public's sight.
type hidden struct {
	columns map[string]bool   // "table.column" that hold words of something hidden
	ids     map[string]string // id -> table, of what the public is not told that it is there
	closed  map[string]bool   // those of the ids that not all staff are told either
	all     map[string][]string
	unread  map[string]bool // tables
}

// hide makes things internal and writes words into each of their texts, in the
// past too, that tell where they come from.
func hide(t *testing.T, e *apitest.Env) hidden {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, e.Raw.SuperDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	h := hidden{columns: map[string]bool{}, ids: map[string]string{}, closed: map[string]bool{}, all: map[string][]string{}, unread: map[string]bool{}}
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := conn.Exec(ctx, sql, args...); err != nil {
			t.Fatalf("%v\n%s", err, sql)
		}
	}
	strings := func(sql string, args ...any) []string {
		t.Helper()
		rows, err := conn.Query(ctx, sql, args...)
		if err != nil {
			t.Fatalf("%v\n%s", err, sql)
		}
		out, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatalf("%v\n%s", err, sql)
		}
		return out
	}
	exec("select set_config('app.now', $1, false)", e.Now().Format("2006-01-02T15:04:05.999999Z07:00"))
	exec("create function pg_temp.app_now() returns timestamptz language sql as $$ select current_setting('app.now')::timestamptz $$")
	for _, sql := range hiding {
		exec(regexp.MustCompile(`\bapp_now\(\)`).ReplaceAllString(sql, "pg_temp.app_now()"))
	}
	for _, s := range secrets {
		ids := strings("select t.id::text from "+s.table+" t where ("+s.cond+") and not t.id::text = any($1)", append([]string{}, h.all[s.table]...))
		if len(ids) == 0 {
			t.Errorf("no %s is hidden: %s", s.table, s.row)
		}
		h.all[s.table] = append(h.all[s.table], ids...)
		h.unread[s.table] = h.unread[s.table] || s.unread
		for _, id := range ids {
			if !s.placed && s.table != "audit_entry" {
				h.ids[id] = s.table
			}
			if s.closed && !s.numbered {
				h.closed[id] = true
			}
		}
		level := map[bool]string{true: "closed", false: "staff"}[s.closed]
		for _, column := range strings("select column_name::text from information_schema.columns where table_schema = 'public' and table_name = $1 and data_type = 'text'", s.table) {
			if !words.MatchString(column) || s.table == "person" && column == "subject" {
				continue
			}
			mark := fmt.Sprintf("HIDDEN%s_%s.%s_HIDDEN", level, s.table, column)
			where := " where id::text = any($2) and " + column + " <> ''"
			if s.table == "audit_entry" { // whose triggers let nobody change it
				where = " where id::text = any($2)"
				exec("set session_replication_role = replica")
			}
			exec("update "+s.table+" set "+column+" = $1"+where, mark, ids)
			exec("set session_replication_role = replica")
			if len(strings("select table_name::text from information_schema.tables where table_schema = 'public' and table_name = $1", s.table+"_history")) > 0 {
				exec("update "+s.table+"_history set "+column+" = $1"+where, mark, ids)
			}
			exec("set session_replication_role = origin")
			if len(strings("select id::text from "+s.table+" where "+column+" = $1", mark)) > 0 {
				h.columns[s.table+"."+column] = true
			}
		}
	}
	exec(`update draft set content = jsonb_set(content, '{title,fi}', '"HIDDENstaff_draft.content_HIDDEN"')`)
	exec(`update saved_view set query = '{"q": ["HIDDENclosed_saved_view.query_HIDDEN"]}' where sharing = 'own'`)
	exec(`update watch_list set words = '["HIDDENclosed_watch_list.words_HIDDEN"]'`)
	return h
}
