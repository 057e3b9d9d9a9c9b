package storage_test

import (
	"testing"

	"yhdyspinta/domain"
	"yhdyspinta/storage/pgtest"
)

// What was said of a draft stays said, and a thing has one open draft at most.
func TestDraftTablesRefuse(t *testing.T) {
	t.Parallel()
	app := connect(t, pgtest.New(t).AppDSN)
	const at = "2026-11-23 06:05:00Z"
	party, unit, post, goal := domain.UUIDv7(), domain.UUIDv7(), domain.UUIDv7(), domain.UUIDv7()
	must := func(sql string, args ...any) {
		t.Helper()
		if err := execAt(t, app, at, sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	must(`insert into party values ($1, 'espoo', 'municipality', true, 'E', 1, 'Espoo', 'Esbo', 'Espoo', 'Espoo', 'Esbo', 'Espoo', 1)`, party)
	must(`insert into unit (id, party_id, name_fi, name_sv, name_en, valid_from, version) values ($1, $2, 'Yksikkö', '', '', '2025-01-01', 1)`, unit, party)
	must(`insert into post (id, unit_id, party_id, title_fi, title_sv, title_en, valid_from, version) values ($1, $2, $3, 'Tehtävä', '', '', '2025-01-01', 1)`, post, unit, party)

	draft := func(state string, settled any) string {
		id := domain.UUIDv7().String()
		return `insert into draft (id, subject_kind, subject_id, base_version, base, content, state, party_id, post_id, version, created_at, saved_at, settled_at)
values ('` + id + `', 'goal', $1, 1, '{}', '{}', '` + state + `', $2, $3, 1, now(), now(), ` + settled.(string) + `)`
	}
	must(draft("open", "null"), goal, party, post)
	must(draft("published", "now()"), goal, party, post)
	for name, tt := range map[string]struct{ sql, state string }{
		"a second open draft":        {draft("open", "null"), "23505"},
		"settled without a time":     {draft("discarded", "null"), "23514"},
		"open with a time":           {draft("open", "now()"), "23514"},
		"in a state that is obscure": {draft("lost", "now()"), "23514"},
	} {
		if err := execAt(t, app, at, tt.sql, goal, party, post); sqlState(err) != tt.state {
			t.Errorf("%s: %v, want %s", name, err, tt.state)
		}
	}

	must(`insert into draft_comment (id, draft_id, draft_version, kind, party_id, post_id, text_fi, said_at)
select gen_random_uuid(), id, 1, 'agreed', $1, $2, 'Sopii', now() from draft where state = 'open'`, party, post)
	for _, sql := range []string{`update draft_comment set kind = 'comment'`, `delete from draft_comment`} {
		if err := execAt(t, app, at, sql); sqlState(err) != "42501" { // insufficient_privilege
			t.Errorf("%s: %v, want insufficient_privilege", sql, err)
		}
	}
}
