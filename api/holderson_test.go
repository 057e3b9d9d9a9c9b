package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// Topology: accessFixture. On 24 November it is decided that Espoo's coordinator
// leaves the post on the 25th and the reader follows. Of each day it is told, as
// it was known then, who held the post and which roles somebody had by it, to
// whom it may be told today.
func TestWhoHeldWhatOnADay(t *testing.T) {
	t.Parallel()
	e, f := accessFixture(t)
	admin, auditor := e.As("espoo administrator"), e.As("auditor")
	post := f.Post["esp_coordinator"].String()
	left, came := f.Person["espoo coordinator"].String(), f.Person["espoo reader"].String()
	held := apitest.As[api.List[api.Holding]](admin.Get("/holdings?postId=" + post).Want(200)).Items
	if len(held) != 1 {
		t.Fatalf("holdings %+v", held)
	}
	e.Advance(24 * time.Hour) // 24 November
	admin.Post("/holdings/"+held[0].ID.String()+"/end", apitest.JSON{"lastDay": "2026-11-25",
		"next": apitest.JSON{"personId": came, "kind": "holder", "validFrom": "2026-11-26"}}).Want(200)
	e.Advance(3 * 24 * time.Hour) // 27 November

	for query, want := range map[string][]string{
		"asOf=2026-11-25":             {"holder espoo coordinator 2026-01-01–2026-11-25"},
		"asOf=2026-11-26":             {"holder espoo reader 2026-11-26–"},
		"validOn=any":                 {"holder espoo coordinator 2026-01-01–2026-11-25", "holder espoo reader 2026-11-26–"},
		"validOn=any&asOf=2026-11-23": {"holder espoo coordinator 2026-01-01–"}, // nobody knew then that it would end
	} {
		for _, name := range []string{"auditor", "luvn reader", ""} {
			want := want
			if name == "" {
				want = nil // the public knows of nobody, on no day
			}
			var got []string
			for _, h := range apitest.As[api.List[api.Holding]](e.As(name).Get("/holdings?sort=validFrom&postId=" + post + "&" + query).Want(200)).Items {
				to := ""
				if h.ValidTo != nil {
					to = h.ValidTo.String()
				}
				got = append(got, string(h.Kind)+" "+strings.TrimPrefix(h.Person.Name, "Person of ")+" "+h.ValidFrom.String()+"–"+to)
			}
			if !slices.Equal(got, want) {
				t.Errorf("holdings?%s for %q: %v, want %v", query, name, got, want)
			}
		}
	}

	for query, want := range map[string][]string{
		"personId=" + left + "&asOf=2026-11-25": {"coordinator: espoo coordinator"},
		"personId=" + left + "&asOf=2026-11-26": {},
		"personId=" + came + "&asOf=2026-11-25": {},
		"personId=" + came + "&asOf=2026-11-26": {"coordinator: espoo reader"},
		"postId=" + post + "&asOf=2026-11-26":   {"coordinator: espoo reader"},
	} {
		if got := whoHas(auditor.Get("/grants?" + query)); !slices.Equal(got, want) {
			t.Errorf("grants?%s: %v, want %v", query, got, want)
		}
		if got := whoHas(e.As("luvn administrator").Get("/grants?" + query)); len(got) != 0 {
			t.Errorf("grants?%s of the other party: %v", query, got)
		}
		e.As("luvn reader").Get("/grants?"+query).WantProblem(403, "forbidden")
		e.As("").Get("/grants?" + query).Want(401)
	}

	// The files have the same rows, below their headings.
	for path, want := range map[string]int{
		"/grants.csv?personId=" + left + "&asOf=2026-11-25":             1,
		"/grants.csv?personId=" + left + "&asOf=2026-11-26":             0,
		"/holdings.csv?postId=" + post + "&validOn=any":                 2,
		"/holdings.csv?postId=" + post + "&validOn=any&asOf=2026-11-23": 1,
		"/holdings.csv?personId=" + came + "&asOf=2026-11-26":           1,
	} {
		if rows, _ := csvTable(e, "auditor", path); len(rows) != want+1 {
			t.Errorf("%s: %v, want %d rows", path, rows, want)
		}
	}
}
