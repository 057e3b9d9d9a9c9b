package api_test

import (
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// What the minutes say is found by those who may read them, as the page shows it: not by
// the public before publication, not of a day before it, and never of an internal item.
func TestSearchWaitsForPublication(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m := newMeeting(e, forum, "2026-10-01", "public")
	for visibility, word := range map[string]string{"public": "Pajukukka", "internal": "Kissankello"} {
		item := newItem(e, m.ID, "Asia "+visibility, visibility)
		e.Exec(`update agenda_item set proceedings_fi = $2, decision_fi = $2, heard_fi = $2, goes_on_to_fi = $2 where id = $1`, item.ID, word+" mainittiin")
	}
	finds := func(as, q, query string, want int) {
		t.Helper()
		if got := searched(e, as, q, query); len(got) != want {
			t.Errorf("%q finds %q%s: %q, want %d", as, q, query, got, want)
		}
	}
	states := []string{
		`update meeting set status = 'called', called_at = now() where id = $1`,
		`update meeting set status = 'closed', started_at = now(), closed_at = now() where id = $1`,
		`update meeting set status = 'approved', approved_at = now() where id = $1`,
	}
	for _, state := range states {
		e.Exec(state, m.ID)
		for _, q := range []string{"pajukukka", "pajuk", "pajukuka", "kissankello"} {
			finds("", q, "", 0)
			finds("espoo administrator", q, "", 0)
		}
		finds("lape secretary", "pajukukka", "", 1)
		if !internalHit(e, "lape secretary", "pajukukka") {
			t.Error("what the public does not read yet is not marked")
		}
	}
	before := e.Now().Format("2006-01-02")
	e.Advance(48 * time.Hour)
	e.Exec(`update meeting set status = 'published', published_at = now() where id = $1`, m.ID)
	finds("", "pajukukka", "", 1)
	finds("", "kissankello", "", 0)
	finds("", "pajukukka", "&asOf="+before, 0)
	finds("espoo administrator", "kissankello", "", 1)
	if internalHit(e, "lape secretary", "pajukukka") || !internalHit(e, "lape secretary", "kissankello") {
		t.Error("marked is not what is internal")
	}
	e.Exec(`update agenda_item set visibility = 'internal', visibility_ground = 'salassa' where meeting_id = $1`, m.ID)
	finds("", "pajukukka", "", 0)
}

// internalHit tells whether the first agenda item that is found is marked as internal.
func internalHit(e *apitest.Env, as, q string) bool {
	e.T.Helper()
	for _, g := range apitest.As[api.SearchResult](e.As(as).Get("/search?kind=agenda_item&q=" + q).Want(200)).Groups {
		for _, hit := range g.Items {
			return hit.Internal
		}
	}
	e.T.Fatalf("nothing is found for %q", q)
	return false
}

// A change that leaves the texts as they are does not touch what search looks through.
func TestSearchTextStaysWhereTextsStay(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	action := createAction(e, "espoo coordinator", actionInput(f, "Pajukukka kukkii", "esp_coordinator", ""))
	row := func() (place string) {
		e.QueryRow(`select ctid::text || ' ' || xmin::text from search_text where id = $1`, []any{action.ID}, &place)
		return place
	}
	was := row()
	e.Exec(`update action set status = 'in_progress', due_on = '2027-01-31', version = version + 1 where id = $1`, action.ID)
	if got := row(); got != was {
		t.Errorf("written anew: %s, was %s", got, was)
	}
	e.Exec(`update action set result_fi = 'Kissankello kukkii', version = version + 1 where id = $1`, action.ID)
	if got := row(); got == was {
		t.Error("not written for a new text")
	}
}
