package api_test

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// Topology: a public goal with a public action (1) and an internal one (2). Liisa has a
// post in LUVN, Pekka is signed in without a post.
func followingTopology(t *testing.T) (*apitest.Env, *apitest.Fixture, api.Goal, api.Action, api.Action) {
	e := apitest.New(t)
	f := e.Organisation()
	e.Hold(f, "Liisa", "luvn", "luvn_older_head", "holder", "liisa@luvn.example")
	e.ActIn("Liisa", f.Person["Liisa"], f.Post["luvn_older_head"])
	pekka := e.Person(f, "Pekka", "espoo")
	e.Exec("update person set email = 'pekka@espoo.example' where id = $1", pekka)
	e.Name("Pekka", domain.Actor{PersonID: pekka, PartyID: f.Party["espoo"]})
	goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Perheet saavat tukea", "public")).Want(201))
	make := func(title, visibility string) api.Action {
		in := actionInput(f, title, "esp_education_head", "2027-06-04")
		in["goalIds"] = []any{goal.ID}
		if visibility == "internal" {
			in["visibility"], in["visibilityGround"] = visibility, "keskeneräinen"
		}
		return createAction(e, "espoo coordinator", in)
	}
	return e, f, goal, make("Avoin", "public"), make("Sisäinen", "internal")
}

func followed(e *apitest.Env, who string) []string {
	e.T.Helper()
	out := []string{}
	for _, x := range apitest.As[api.List[api.FollowedThing]](e.As(who).Get("/me/following").Want(200)).Items {
		out = append(out, fmt.Sprint(x.Subject.Kind, " ", x.Subject.No, " ", x.Subject.Title.FI))
	}
	return out
}

// Anyone signed in follows what they may see, and is told in the daily mail what changed
// there since, once, each as far as they may see it; then they follow it no more.
func TestFollowing(t *testing.T) {
	t.Parallel()
	e, _, goal, open, hidden := followingTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	thing := func(kind string, id any) apitest.JSON { return apitest.JSON{"subjectKind": kind, "subjectId": id} }
	e.As("").Post("/me/following", thing("goal", goal.ID)).WantProblem(401, "sign_in_required")
	e.As("Pekka").Post("/me/following", thing("action", hidden.ID)).WantProblem(404, "action_not_found")
	for _, who := range []string{"Pekka", "Liisa"} {
		e.As(who).Post("/me/following", thing("goal", goal.ID)).Want(200)
	}
	if entry := lastEntry(e, "following"); entry.permission != "profile.edit" || !strings.Contains(entry.changes, goal.ID.String()) {
		t.Errorf("entry %+v", entry)
	}
	e.As("Liisa").Post("/me/following", thing("goal", goal.ID)).Want(200) // goes on
	e.As("Liisa").Post("/me/following", thing("action", hidden.ID)).Want(200)
	if got := followed(e, "Liisa"); !slices.Equal(got, []string{"goal 1 Perheet saavat tukea", "action 2 Sisäinen"}) {
		t.Errorf("Liisa follows %q", got)
	}
	if got := followed(e, "Pekka"); !slices.Equal(got, []string{"goal 1 Perheet saavat tukea"}) {
		t.Errorf("Pekka follows %q", got)
	}

	sleep(e, "2026-11-24")
	report(e, "espoo coordinator", open, apitest.JSON{"status": "in_progress", "text": apitest.JSON{"fi": "Ohje on sovittu", "sv": "Anvisning"}}).Want(200)
	report(e, "espoo coordinator", hidden, apitest.JSON{"status": "in_progress", "text": apitest.JSON{"fi": "Vain meille", "sv": "Bara för oss"}}).Want(200)
	got := morning(e, service, server)
	if who := addressees(got); who != "liisa pekka" {
		t.Fatalf("mail to %s", who)
	}
	_, text, _ := to(t, got, "liisa")
	if !strings.Contains(text, "Ohje on sovittu") || strings.Count(text, "Vain meille") != 1 || !strings.Contains(text, "/fi/actions/2") {
		t.Errorf("Liisa reads\n%s", text)
	}
	if _, text, _ = to(t, got, "pekka"); !strings.Contains(text, "SEURAAMASI") || !strings.Contains(text, "Tilannetieto: Toimenpide 1 Avoin\r\nKäynnissä. Ohje on sovittu\r\n") || strings.Contains(text, "Sisäinen") || strings.Contains(text, "Vain meille") {
		t.Errorf("Pekka reads\n%s", text)
	}
	for _, l := range mails(e, "auditor", "?kind=digest") {
		if fmt.Sprint(l.Topics, l.Reasons) != "[following] [follower]" || (l.Post == nil) != (l.Person.Name == "Person of Pekka") {
			t.Errorf("the log: %+v", l)
		}
	}
	for _, l := range mails(e, "auditor", "?kind=digest") { // what somebody follows is nobody's business
		path := "/mails/" + l.ID.String()
		if read := apitest.As[api.SentMailText](e.As("auditor").Get(path).Want(200)); read.Body == "" || read.Withheld {
			t.Errorf("an auditor reads %+v", read)
		}
		who := map[string]string{"Person of Pekka": "espoo administrator", "Person of Liisa": "luvn administrator"}[l.Person.Name]
		if read := apitest.As[api.SentMailText](e.As(who).Get(path).Want(200)); read.Body != "" || !read.Withheld {
			t.Errorf("%s reads %+v", who, read)
		}
	}
	for _, day := range []string{"2026-11-25", "2026-11-30"} {
		sleep(e, day)
		if got := morning(e, service, server); len(got) != 0 {
			t.Errorf("told again on %s to %s", day, addressees(got))
		}
	}

	e.As("Pekka").Post("/me/following/end", thing("goal", goal.ID)).Want(200)
	e.As("Pekka").Post("/me/following/end", thing("goal", goal.ID)).Want(200)
	if got := followed(e, "Pekka"); len(got) != 0 {
		t.Errorf("Pekka still follows %q", got)
	}
	open = apitest.As[api.Action](e.As("espoo coordinator").Get("/actions/1").Want(200))
	report(e, "espoo coordinator", open, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Ohje"}}).Want(200)
	sleep(e, "2026-12-01")
	if who := addressees(morning(e, service, server)); who != "liisa" {
		t.Errorf("mail to %s", who)
	}
}

type readFeed struct {
	ID      string `xml:"id"`
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Summary string `xml:"summary"`
	} `xml:"entry"`
}

func feedOf(e *apitest.Env, who, path string) (f readFeed, r apitest.Response) {
	e.T.Helper()
	r = e.As(who).Get(path).Want(200)
	if err := xml.Unmarshal(r.Bytes, &f); err != nil {
		e.T.Fatal(err)
	}
	return f, r
}

// The feed of a goal, action, chain or forum is the same for whoever asks: what
// everybody may know, with ids that stay and an ETag; what is not public has none.
func TestFeedsOfChanges(t *testing.T) {
	t.Parallel()
	e, f, goal, open, hidden := followingTopology(t)
	sleep(e, "2026-11-24")
	report(e, "espoo coordinator", open, apitest.JSON{"status": "in_progress", "text": apitest.JSON{"fi": "Ohje <on> sovittu", "sv": "Anvisning"}}).Want(200)
	report(e, "espoo coordinator", hidden, apitest.JSON{"status": "in_progress", "text": apitest.JSON{"fi": "Vain meille", "sv": "Bara för oss"}}).Want(200)

	feed, res := feedOf(e, "", "/goals/1/feed.atom")
	if ct := res.Header.Get("Content-Type"); ct != "application/atom+xml; charset=utf-8" || !strings.Contains(res.Header.Get("Cache-Control"), "public") {
		t.Errorf("%s, %s", ct, res.Header.Get("Cache-Control"))
	}
	if feed.Title != "Perheet saavat tukea – Yhdyspinta" || feed.Updated != "2026-11-24T06:05:00Z" || len(feed.Links) != 2 ||
		feed.Links[0].Href != "https://yhdyspinta.example/api/v1/goals/"+goal.ID.String()+"/feed.atom?lang=fi" || feed.Links[1].Href != "https://yhdyspinta.example/fi/goals/1" {
		t.Errorf("%+v", feed)
	}
	if len(feed.Entries) != 2 || feed.Entries[0].Title != "Tilannetieto: Toimenpide 1 Avoin" || feed.Entries[0].Summary != "Käynnissä. Ohje <on> sovittu" || feed.Entries[1].Title != "Uusi toimenpide: Toimenpide 1 Avoin" {
		t.Errorf("entries %+v", feed.Entries)
	}
	for _, who := range []string{"auditor", "espoo coordinator"} {
		if again := e.As(who).Get("/goals/" + goal.ID.String() + "/feed.atom").Want(200); string(again.Bytes) != string(res.Bytes) {
			t.Errorf("%s reads another feed", who)
		}
	}
	e.As("").Do("GET", "/api/v1/goals/1/feed.atom", nil, "If-None-Match", res.ETag()).Want(304)
	if sv, _ := feedOf(e, "", "/goals/1/feed.atom?lang=sv"); sv.Entries[0].Title != "Lägesrapport: Åtgärd 1 Avoin sv" || sv.Entries[0].ID != feed.Entries[0].ID || sv.ID != feed.ID {
		t.Errorf("in Swedish %+v", sv)
	}
	if one, _ := feedOf(e, "", "/actions/1/feed.atom"); len(one.Entries) != 2 {
		t.Errorf("the action's %+v", one.Entries)
	}
	e.As("auditor").Get("/actions/2/feed.atom").WantProblem(404, "action_not_found")
	e.As("").Get("/goals/99/feed.atom").WantProblem(404, "goal_not_found")
	e.As("").Get("/chains/nothing/feed.atom").WantProblem(404, "chain_not_found")

	forum := lape(e, f)
	m := newMeeting(e, forum, "2026-12-08", "public")
	newMeeting(e, forum, "2026-12-09", "public") // a draft
	e.As("lape secretary").Post("/meetings/"+m.ID.String()+"/call", nil).Want(200)
	if of, _ := feedOf(e, "", "/forums/"+forum.String()+"/feed.atom"); len(of.Entries) != 1 || !strings.HasPrefix(of.Entries[0].Title, "Kokous kutsuttiin koolle: ") {
		t.Errorf("the forum's %+v", of.Entries)
	}

	// What becomes internal is told no more.
	e.Exec("select set_config('app.now', $1, false)", e.Now().Format("2006-01-02 15:04:05.999999Z07:00"))
	e.Exec("update action set visibility = 'internal', visibility_ground = 'x' where no = 1")
	if after, changed := feedOf(e, "", "/goals/1/feed.atom"); len(after.Entries) != 0 || changed.ETag() == res.ETag() {
		t.Errorf("after it became internal %+v", after.Entries)
	}
}

// Who follows a goal is told that it ended, with the reason, and that it goes on; a due
// date is told as exactly as it was agreed. That an action was withdrawn is told to those
// who work with it, and the public's feed is silent on it.
func TestFollowersAreToldOfEndings(t *testing.T) {
	t.Parallel()
	e, f, goal, open, _ := followingTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	e.As("Liisa").Post("/me/following", apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID}).Want(200)
	sleep(e, "2026-12-07")
	morning(e, service, server)

	in := actionInput(f, "Avoin", "esp_education_head", "2027-10-01")
	in["goalIds"], in["duePrecision"], in["reason"] = []any{goal.ID}, "quarter", "Odotetaan päätöstä"
	open = apitest.As[api.Action](e.As("espoo coordinator").Put("/actions/"+open.ID.String(), etagOf(open), in).Want(200))
	set := func(sql string) {
		e.Exec("select set_config('app.now', $1, false)", e.Now().Format("2006-01-02 15:04:05.999999Z07:00"))
		e.Exec("update goal set " + sql + ", version = version + 1 where no = 1")
	}
	set("ending = 'cancelled', ended_on = '2026-12-07', ending_reason_fi = 'Raha loppui'")
	feed, _ := feedOf(e, "", "/goals/1/feed.atom")
	told := map[string]string{}
	for _, x := range feed.Entries {
		told[x.Title] = x.Summary
	}
	if told["Päättyi: Tavoite 1 Perheet saavat tukea"] != "Peruttu. Raha loppui" {
		t.Errorf("the feed tells %q", told)
	}
	sleep(e, "2026-12-08")
	_, text, _ := to(t, morning(e, service, server), "liisa")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	for _, part := range []string{"Päättyi: Tavoite 1 Perheet saavat tukea\nPeruttu. Raha loppui\n", "Määräaika siirtyi: Toimenpide 1 Avoin\n4.6.2027 → Q4/2027\n"} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}

	e.As("espoo coordinator").Post("/actions/"+open.ID.String()+"/withdrawal", apitest.JSON{"reason": "Kahteen kertaan"}, "If-Match", etagOf(open)).Want(200)
	sleep(e, "2026-12-09")
	_, text, _ = to(t, morning(e, service, server), "liisa")
	if !strings.Contains(text, "Poistettiin virheellisenä: Toimenpide 1 Avoin") || strings.Contains(text, "Kahteen kertaan") {
		t.Errorf("of the withdrawal\n%s", text)
	}
	if feed, _ = feedOf(e, "", "/goals/1/feed.atom"); len(feed.Entries) != 1 {
		t.Errorf("the feed after the withdrawal: %+v", feed.Entries)
	}

	sleep(e, "2027-03-09") // the ending is older than what a feed looks back, and known
	set("ending = '', ended_on = null, ending_reason_fi = ''")
	if feed, _ = feedOf(e, "", "/goals/1/feed.atom"); len(feed.Entries) != 1 || feed.Entries[0].Title != "Päättyminen peruttiin: Tavoite 1 Perheet saavat tukea" {
		t.Errorf("the feed of what goes on: %+v", feed.Entries)
	}
}
