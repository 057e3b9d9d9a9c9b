package api_test

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	goical "github.com/emersion/go-ical"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// entriesOf parses a feed with another library than wrote it, holds it against
// what calendar programs insist on, and names its entries: summary, status.
func entriesOf(t *testing.T, r apitest.Response) []string {
	t.Helper()
	r.Want(200)
	if ct := r.Header.Get("Content-Type"); ct != "text/calendar; charset=utf-8" {
		t.Errorf("content type %q", ct)
	}
	if strings.Count(string(r.Bytes), "\n") != strings.Count(string(r.Bytes), "\r\n") {
		t.Error("a line does not end in CR LF")
	}
	for line := range strings.SplitSeq(string(r.Bytes), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes is not folded: %s", len(line), line)
		}
	}
	cal, err := goical.NewDecoder(bytes.NewReader(r.Bytes)).Decode()
	if err != nil {
		t.Fatalf("%v\n%s", err, r.Bytes)
	}
	zones := 0
	for _, c := range cal.Children {
		if c.Name == goical.CompTimezone && c.Props.Get("TZID").Value == "Europe/Helsinki" && len(c.Children) == 2 {
			zones++
		}
	}
	if zones != 1 || cal.Props.Get("PRODID") == nil || cal.Props.Get("VERSION").Value != "2.0" {
		t.Errorf("%d zones, properties %v", zones, cal.Props)
	}
	out := []string{}
	for _, e := range cal.Events() {
		for _, p := range []string{"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "LAST-MODIFIED"} {
			if e.Props.Get(p) == nil {
				t.Errorf("an entry without %s", p)
			}
		}
		if z := e.Props.Get("DTSTART").Params.Get("TZID"); z != "Europe/Helsinki" {
			t.Errorf("zone %q", z)
		}
		summary, err := e.Props.Text("SUMMARY")
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, summary+" "+e.Props.Get("STATUS").Value)
	}
	return out
}

// Topology: of the forum LAPE a public meeting that is called, an internal one
// that is called, a public one that is cancelled, and a draft; of another forum
// one of each that nobody of LAPE sees. Sanna is LAPE's secretary by grant, Mikko
// a plain member, Ulla a member of nothing.
func TestCalendars(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	e.Hold(f, "Sanna", "espoo", "esp_secretary", "holder", "")
	e.Hold(f, "Mikko", "espoo", "esp_youth_head", "holder", "")
	e.Hold(f, "Ulla", "luvn", "luvn_secretary", "holder", "")
	e.Exec(`insert into role_grant (id, role, post_id, party_id, forum_id, valid_from, version, created_at) values (gen_random_uuid(), 'secretary', $1, $2, $3, '2026-01-01', 1, $4)`,
		f.Post["esp_secretary"], f.Party["espoo"], forum, e.Now())
	for _, name := range []string{"Sanna", "Mikko", "Ulla"} {
		e.Name(name, domain.Actor{PersonID: f.Person[name]})
	}
	public := newMeeting(e, forum, "2026-12-08", "public")
	internal := newMeeting(e, forum, "2026-12-09", "internal")
	cancelled := newMeeting(e, forum, "2026-12-10", "public")
	newMeeting(e, forum, "2026-12-11", "public")
	for _, m := range []api.Meeting{public, internal, cancelled} {
		step(e, "lape secretary", m.ID, "call")
	}
	e.As("lape secretary").Post("/meetings/"+cancelled.ID.String()+"/cancellation", apitest.JSON{"reason": apitest.JSON{"fi": "Syy"}}).Want(200)
	want := func(who string, r apitest.Response, entries ...string) {
		t.Helper()
		if got := entriesOf(t, r); !slices.Equal(got, entries) {
			t.Errorf("%s: %q, want %q", who, got, entries)
		}
	}

	feed := "/forums/" + forum.String() + "/calendar.ics"
	for _, who := range []string{"", "lape secretary", "auditor"} { // the same for everybody
		want(who, e.As(who).Get(feed), "LAPE 1/2026 CONFIRMED", "LAPE 3/2026 CANCELLED")
	}
	want("in Swedish", e.As("").Get(feed+"?lang=sv"), "LAPE sv 1/2026 CONFIRMED", "LAPE sv 3/2026 CANCELLED")
	first := e.As("").Get(feed)
	if again := e.As("").Do(http.MethodGet, "/api/v1"+feed, nil, "If-None-Match", first.ETag()); again.StatusCode != 304 || len(again.Bytes) != 0 {
		t.Errorf("unchanged: %d", again.StatusCode)
	}
	if first.Header.Get("Last-Modified") == "" {
		t.Error("no Last-Modified")
	}
	hidden := newForum(e, f, "hidden", "Piilo", "internal").ID
	e.As("lape secretary").Get("/forums/"+hidden.String()+"/calendar.ics").WantProblem(404, "forum_not_found")

	// The private addresses.
	address := func(who string) string {
		t.Helper()
		got := apitest.As[api.MyCalendar](e.As(who).Post("/me/calendar", nil).Want(201))
		path, ok := strings.CutPrefix(got.URL, "https://yhdyspinta.example/api/v1")
		if !ok || !got.Active || got.MadeAt == nil {
			t.Fatalf("address %+v", got)
		}
		return path
	}
	if got := apitest.As[api.MyCalendar](e.As("Mikko").Get("/me/calendar").Want(200)); got.Active {
		t.Errorf("before: %+v", got)
	}
	sanna, mikko, ulla := address("Sanna"), address("Mikko"), address("Ulla")
	want("Sanna", e.As("").Get(sanna), "LAPE 1/2026 CONFIRMED", "LAPE 2/2026 CONFIRMED", "LAPE 3/2026 CANCELLED", "Luonnos: LAPE 4/2026 TENTATIVE")
	want("Mikko", e.As("").Get(mikko), "LAPE 1/2026 CONFIRMED", "LAPE 2/2026 CONFIRMED", "LAPE 3/2026 CANCELLED")
	want("Ulla", e.As("").Get(ulla))
	if got := apitest.As[api.MyCalendar](e.As("Mikko").Get("/me/calendar").Want(200)); !got.Active || got.URL != "" {
		t.Errorf("told again: %+v", got)
	}
	var kept int
	e.Row(`select count(*) from calendar_address where encode(token_hash, 'escape') like '%`+strings.Split(mikko, "/")[2]+`%'`, &kept)
	if kept != 0 {
		t.Error("the token is kept")
	}

	// Renewed, ended, and without access.
	renewed := address("Mikko")
	e.As("").Get(mikko).WantProblem(404, "calendar_not_found")
	want("Mikko renewed", e.As("").Get(renewed), "LAPE 1/2026 CONFIRMED", "LAPE 2/2026 CONFIRMED", "LAPE 3/2026 CANCELLED")
	e.As("Sanna").Post("/me/calendar/end", nil).Want(200)
	e.As("").Get(sanna).WantProblem(404, "calendar_not_found")
	e.As("Sanna").Post("/me/calendar/end", nil).WantProblem(404, "calendar_not_found")
	e.Advance(48 * time.Hour)
	e.Exec("update membership set valid_to = '2026-11-23' where post_id = $1", f.Post["esp_youth_head"])
	want("Mikko out of the forum", e.As("").Get(renewed))
	e.Exec("update holding set valid_to = '2026-11-23' where person_id = $1", f.Person["Mikko"])
	e.As("").Get(renewed).WantProblem(404, "calendar_not_found")
	e.As("").Get("/calendars/nothing/meetings.ics").WantProblem(404, "calendar_not_found")
	for _, path := range []string{"/me/calendar", "/me/calendar/end"} {
		e.As("").Post(path, nil).WantProblem(401, "sign_in_required")
	}
	e.As("").Get("/me/calendar").WantProblem(401, "sign_in_required")
	if got := entries(e.As("auditor").Get("/audit/entries?permission=profile.edit")); len(got) != 6 { // four made, one of them ending another, one ended
		t.Errorf("%d entries", len(got))
	} else if c, ok := change(got[len(got)-1], "tokenHash"); !ok || c.Old != nil || c.New != nil {
		t.Errorf("the log tells %+v", c)
	}
}
