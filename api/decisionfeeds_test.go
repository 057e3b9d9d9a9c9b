package api_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/cmd/outward/feedreader"
	"yhdyspinta/domain"
	"yhdyspinta/domain/decisionfeed"
)

// decisionService is a decision service with feeds of Dynasty's shape.
type decisionService struct {
	URL string

	mu     sync.Mutex
	items  []string
	etag   string
	answer func(http.ResponseWriter, *http.Request) // instead of the feed
	asked  []string                                 // If-None-Match of each request
}

func newDecisionService(t *testing.T) (*decisionService, decisionfeed.Source) {
	t.Helper()
	d := &decisionService{}
	srv := httptest.NewTLSServer(d)
	t.Cleanup(srv.Close)
	u, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(srv.Certificate())
	d.URL = srv.URL + "/cgi/DREQUEST.PHP?page=rss/meetingitems&show=30"
	return d, feedreader.New(feedreader.Config{Ports: []uint16{uint16(port)}, Prefixes: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, Roots: roots, MaxSize: 100_000})
}

// publish makes the feed hold these things: "guid|title|text".
func (d *decisionService) publish(things ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.items, d.answer = nil, nil
	for i, thing := range things {
		p := strings.Split(thing, "|")
		d.items = append(d.items, fmt.Sprintf(`<item><title>%s</title><link>https://dynasty.example/cgi/DREQUEST.PHP?page=meetingitem&amp;id=%s</link>
<description>%s</description><pubDate>%s</pubDate><guid>%s</guid></item>`, p[1], p[0], p[2], apitest.Start.Add(-time.Duration(i)*time.Hour).Format(time.RFC1123Z), p[0]))
	}
	d.etag = fmt.Sprintf(`"%d"`, len(d.asked)+len(things)*1000)
}

// answers makes the service answer otherwise.
func (d *decisionService) answers(h func(http.ResponseWriter, *http.Request)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.answer = h
}

func (d *decisionService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, r.Header.Get("If-None-Match"))
	if d.answer != nil {
		d.answer(w, r)
		return
	}
	w.Header().Set("ETag", d.etag)
	if r.Header.Get("If-None-Match") == d.etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Kokousasiat</title>%s</channel></rss>`, strings.Join(d.items, ""))
}

func feedInput(f *apitest.Fixture, party, address string) apitest.JSON {
	return apitest.JSON{"partyId": f.Party[party], "url": address, "language": "fi", "active": true}
}

func addFeed(e *apitest.Env, f *apitest.Fixture, party, address string) api.DecisionFeed {
	e.T.Helper()
	return apitest.As[api.DecisionFeed](e.As(party+" administrator").Post("/decision-feeds", feedInput(f, party, address)).Want(201))
}

// Topology: Espoo and LUVN have a feed each. An administrator sees and changes
// the feed of their own party, an auditor sees both, nobody else any.
func TestDecisionFeedsPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	espoo := addFeed(e, f, "espoo", "https://espoo.example/rss")
	luvn := addFeed(e, f, "luvn", "https://luvn.example/rss")
	for who, want := range map[string][]string{"espoo administrator": {espoo.URL}, "luvn administrator": {luvn.URL}, "auditor": {espoo.URL, luvn.URL}} {
		var got []string
		for _, x := range apitest.As[api.List[api.DecisionFeed]](e.As(who).Get("/decision-feeds?sort=url").Want(200)).Items {
			got = append(got, x.URL)
			if may := slices.Contains(x.Permissions, domain.DecisionFeedEdit); may != (who != "auditor") {
				t.Errorf("%s may change it: %v", who, may)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s sees %v, want %v", who, got, want)
		}
	}
	if got := apitest.As[api.List[api.DecisionFeed]](e.As("auditor").Get("/decision-feeds?partyId=" + f.Party["luvn"].String()).Want(200)).Items; len(got) != 1 || got[0].ID != luvn.ID {
		t.Errorf("of LUVN: %+v", got)
	}
	path := "/decision-feeds/" + espoo.ID.String()
	change := apitest.JSON{"url": "https://espoo.example/rss?show=30", "language": "sv", "active": false}
	for who, status := range map[string]int{"": 401, "espoo coordinator": 403, "espoo manager": 403, "espoo reader": 403} {
		code := map[int]string{401: "sign_in_required", 403: "forbidden"}[status]
		e.As(who).Get("/decision-feeds").WantProblem(status, code)
		e.As(who).Get(path).WantProblem(status, code)
		e.As(who).Post("/decision-feeds", feedInput(f, "espoo", "https://espoo.example/2")).WantProblem(status, code)
		e.As(who).Put(path, `"1"`, change).WantProblem(status, code)
	}
	e.As("auditor").Put(path, `"1"`, change).WantProblem(403, "forbidden")
	e.As("luvn administrator").Get(path).WantProblem(404, "decision_feed_not_found")
	e.As("luvn administrator").Put(path, `"1"`, change).WantProblem(404, "decision_feed_not_found")
	e.As("luvn administrator").Post("/decision-feeds", feedInput(f, "espoo", "https://espoo.example/2")).WantProblem(403, "forbidden")
	e.As("espoo administrator").Get("/decision-feeds/x").WantProblem(422, "validation_failed")

	// What can be said of a feed.
	for address, code := range map[string]string{"http://espoo.example/rss": "https_required", "espoo.example": "url_malformed", espoo.URL: "taken", " ": "required"} {
		p := e.As("espoo administrator").Post("/decision-feeds", feedInput(f, "espoo", address)).WantProblem(422, "validation_failed")
		if len(p.Errors) != 1 || p.Errors[0].Pointer != "/url" || p.Errors[0].Code != code {
			t.Errorf("%s: %+v, want %s", address, p.Errors, code)
		}
	}
	e.As("espoo administrator").Do("PUT", "/api/v1"+path, change).WantProblem(428, "if_match_required")
	changed := e.As("espoo administrator").Put(path, `"1"`, change).Want(200)
	if got := apitest.As[api.DecisionFeed](changed); got.URL != change["url"] || got.Language != "sv" || got.Active || got.Version != 2 || changed.ETag() != `"2"` || got.Reading != nil {
		t.Errorf("changed: %+v", got)
	}
	e.As("espoo administrator").Put(path, `"1"`, change).WantProblem(412, "stale_version")
	var changes string
	e.QueryRow(`select changes::text from audit_entry join audit_value on entry_id = id where permission = 'decision_feed.edit' and subject_kind = 'decision_feed' and subject_id = $1 and subject_version = 2
and parent_kind = 'party' and parent_id = $2 and person_id = $3`, []any{espoo.ID, f.Party["espoo"], f.Person["espoo administrator"]}, &changes)
	for _, part := range []string{`"url"`, `"language"`, `"active"`} {
		if !strings.Contains(changes, part) {
			t.Errorf("the log tells %s, without %s", changes, part)
		}
	}
	for i := range decisionfeed.MaxFeeds - 1 {
		addFeed(e, f, "espoo", fmt.Sprintf("https://espoo.example/%d", i))
	}
	if p := e.As("espoo administrator").Post("/decision-feeds", feedInput(f, "espoo", "https://espoo.example/more")).WantProblem(422, "validation_failed"); p.Errors[0].Code != "too_many" {
		t.Errorf("%+v", p.Errors)
	}
}

// decisionOffers lists what is offered to a forum: "title [numbers] [words]".
func decisionOffers(e *apitest.Env, who string, forum domain.ForumID) (titles []string, found []api.DecisionOffer) {
	e.T.Helper()
	found = apitest.As[api.List[api.DecisionOffer]](e.As(who).Get("/forums/" + forum.String() + "/decision-offers").Want(200)).Items
	for _, o := range found {
		titles = append(titles, fmt.Sprintf("%s %v %v", o.Title, o.RegistryNos, o.Words))
	}
	return titles, found
}

// caseItem is an agenda item with a case of a party.
func caseItem(e *apitest.Env, m domain.MeetingID, party domain.PartyID, no string) api.AgendaItem {
	e.T.Helper()
	in := itemInput("Asia "+no, "public")
	in["cases"] = []apitest.JSON{{"partyId": party, "registryNo": no, "urlFi": "", "urlSv": ""}}
	return apitest.As[api.AgendaItem](e.As("lape secretary").Post("/meetings/"+m.String()+"/agenda-items", in).Want(201))
}

// Topology: LAPE has an item with a case of Espoo and watches a word; the forum
// Muu watches another. Only a forum's own secretary sees its words and offers.
func TestDecisionOffers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m := newMeeting(e, forum, "2026-12-08", "public")
	item := caseItem(e, m.ID, f.Party["espoo"], "4802/00.01.02/2025")
	service, source := newDecisionService(t)
	feeds := e.DecisionFeeds(source)
	addFeed(e, f, "espoo", service.URL)
	service.publish("1|Hyvinvointikertomus 4802/00.01.02/2025|", "2|Neuvolan aukiolo|Asia 14802/00.01.02/2025", "3|Muu asia|Viite 4802/00.01.02/2025, perheneuvola", "4|Tontti|Ei koske")
	if n := e.ReadFeeds(feeds); n != 1 {
		t.Fatalf("%d feeds were read", n)
	}

	words := "/forums/" + forum.String() + "/watched-words"
	list := "/forums/" + forum.String() + "/decision-offers"
	for who, status := range map[string]int{"": 401, "espoo coordinator": 403, "luvn coordinator": 403, "espoo manager": 403, "espoo reader": 403, "auditor": 403,
		"espoo administrator": 403, "chair": 403, "espoo member": 403, "other secretary": 403} {
		code := map[int]string{401: "sign_in_required", 403: "forbidden"}[status]
		e.As(who).Get(words).WantProblem(status, code)
		e.As(who).Put(words, `"1"`, apitest.JSON{"words": []string{"neuvola"}}).WantProblem(status, code)
		e.As(who).Get(list).WantProblem(status, code)
		e.As(who).Post(list+"/"+item.ID.String()+"/dismissal", nil).WantProblem(status, code)
		e.As(who).Post(list+"/"+item.ID.String()+"/agenda-link", apitest.JSON{"agendaItemId": item.ID}).WantProblem(status, code)
	}
	for _, path := range []string{"/watched-words", "/decision-offers"} {
		e.As("lape secretary").Get("/forums/"+item.ID.String()+path).WantProblem(404, "forum_not_found")
	}

	// By registry number, before there are words.
	if got, _ := decisionOffers(e, "lape secretary", forum); !slices.Equal(got, []string{"Hyvinvointikertomus 4802/00.01.02/2025 [4802/00.01.02/2025] []", "Muu asia [4802/00.01.02/2025] []"}) {
		t.Errorf("by number: %q", got)
	}
	none := e.As("lape secretary").Get(words).Want(200)
	if got := apitest.As[api.WatchedWords](none); len(got.Words) != 0 || !strings.HasPrefix(none.ETag(), `"1-`) || !slices.Equal(got.Permissions, []domain.Permission{domain.WatchListEdit}) {
		t.Errorf("no words: %+v", got)
	}
	e.As("lape secretary").Do("PUT", "/api/v1"+words, apitest.JSON{"words": []string{}}).WantProblem(428, "if_match_required")
	if p := e.As("lape secretary").Put(words, `"1"`, apitest.JSON{"words": []string{"ab"}}).WantProblem(422, "validation_failed"); p.Errors[0].Pointer != "/words/0" || p.Errors[0].Code != "too_short" {
		t.Errorf("%+v", p.Errors)
	}
	if got := e.As("lape secretary").Put(words, `"1"`, apitest.JSON{"words": []string{"Neuvola"}}).Want(200); got.ETag() != `"2"` {
		t.Errorf("version %s", got.ETag())
	}
	e.As("lape secretary").Put(words, `"1"`, apitest.JSON{"words": []string{"Tontti"}}).WantProblem(412, "stale_version")
	var changes string
	e.QueryRow(`select changes::text from audit_entry join audit_value on entry_id = id where permission = 'watch_list.edit' and subject_kind = 'watch_list' and subject_version = 2
and parent_kind = 'forum' and parent_id = $1`, []any{forum}, &changes)
	if !strings.Contains(changes, "Neuvola") {
		t.Errorf("the log tells %s", changes)
	}

	got, found := decisionOffers(e, "lape secretary", forum)
	if !slices.Equal(got, []string{"Hyvinvointikertomus 4802/00.01.02/2025 [4802/00.01.02/2025] []", "Neuvolan aukiolo [] [Neuvola]", "Muu asia [4802/00.01.02/2025] [Neuvola]"}) {
		t.Fatalf("by number and word: %q", got)
	}
	if o := found[0]; o.PartyID != f.Party["espoo"] || o.Language != "fi" || o.PublishedAt == nil || !o.PublishedAt.Equal(apitest.Start) || !o.FoundAt.Equal(apitest.Start) ||
		o.Link != "https://dynasty.example/cgi/DREQUEST.PHP?page=meetingitem&id=1" {
		t.Errorf("offer %+v", o)
	}
	page := apitest.As[api.List[api.DecisionOffer]](e.As("lape secretary").Get(list + "?limit=2&count=exact").Want(200))
	next := apitest.As[api.List[api.DecisionOffer]](e.As("lape secretary").Get(list + "?limit=2&cursor=" + page.NextCursor).Want(200))
	if len(page.Items) != 2 || *page.Total != 3 || len(next.Items) != 1 || next.Items[0].ID != found[2].ID || next.NextCursor != "" {
		t.Errorf("pages %+v and %+v", page, next)
	}
	if got, _ := decisionOffers(e, "other secretary", forumKey(e, "other")); len(got) != 0 {
		t.Errorf("Muu is offered %q", got)
	}

	// Taking.
	take := func(who string, o api.DecisionOffer, item domain.AgendaItemID) apitest.Response {
		t.Helper()
		return e.As(who).Post(list+"/"+o.ID.String()+"/agenda-link", apitest.JSON{"agendaItemId": item})
	}
	wrong := func(r apitest.Response, code string) {
		t.Helper()
		if p := r.WantProblem(422, "validation_failed"); len(p.Errors) != 1 || p.Errors[0].Pointer != "/agendaItemId" || p.Errors[0].Code != code {
			t.Errorf("%+v, want %s", p.Errors, code)
		}
	}
	var nobody domain.AgendaItemID
	nobody.SetNew(domain.UUIDv7)
	wrong(take("lape secretary", found[0], nobody), "unknown")
	heading := itemInput("Otsikko", "public")
	heading["kind"] = "heading"
	wrong(take("lape secretary", found[0], apitest.As[api.AgendaItem](e.As("lape secretary").Post("/meetings/"+m.ID.String()+"/agenda-items", heading).Want(201)).ID), "not_allowed")
	taken := apitest.As[api.DecisionSettlement](take("lape secretary", found[0], item.ID).Want(200))
	if taken.State != "taken" || *taken.AgendaItemID != item.ID || taken.Title != found[0].Title {
		t.Errorf("taken: %+v", taken)
	}
	linked := agenda(e, "lape secretary", m.ID, "")[0]
	if linked.ID != item.ID || len(linked.Links) != 1 || linked.Links[0] != (api.ItemLink{Title: api.Text{FI: found[0].Title}, URL: found[0].Link}) || linked.Version != item.Version+1 {
		t.Errorf("the item: %+v", linked)
	}
	if len(linked.Cases) != 1 || linked.Title != item.Title {
		t.Errorf("the link changed more: %+v", linked)
	}
	var entries int
	e.QueryRow(`select count(*) from audit_entry join audit_value on entry_id = id where permission = 'meeting.edit' and at = $1 and (subject_kind = 'decision_settlement' and parent_id = $2 and changes::text like '%taken%'
or subject_kind = 'agenda_item' and subject_id = $3 and subject_version = 2 and changes::text like '%"links"%')`, []any{e.Now(), forum, item.ID}, &entries)
	if entries != 2 {
		t.Errorf("%d entries in the log tell of it", entries)
	}
	take("lape secretary", found[0], item.ID).WantProblem(404, "decision_offer_not_found")

	// Dismissing.
	dismissed := apitest.As[api.DecisionSettlement](e.As("lape secretary").Post(list+"/"+found[1].ID.String()+"/dismissal", nil).Want(200))
	if dismissed.State != "dismissed" || dismissed.AgendaItemID != nil {
		t.Errorf("dismissed: %+v", dismissed)
	}
	e.As("lape secretary").Post(list+"/"+found[1].ID.String()+"/dismissal", nil).WantProblem(404, "decision_offer_not_found")
	if got, _ := decisionOffers(e, "lape secretary", forum); !slices.Equal(got, []string{"Muu asia [4802/00.01.02/2025] [Neuvola]"}) {
		t.Errorf("left: %q", got)
	}
	// Another forum has its own.
	e.As("other secretary").Put("/forums/"+forumKey(e, "other").String()+"/watched-words", `"1"`, apitest.JSON{"words": []string{"aukiolo"}}).Want(200)
	if got, _ := decisionOffers(e, "other secretary", forumKey(e, "other")); !slices.Equal(got, []string{"Neuvolan aukiolo [] [aukiolo]"}) {
		t.Errorf("Muu is offered %q", got)
	}
	other := "/forums/" + forumKey(e, "other").String() + "/decision-offers/" + found[1].ID.String() + "/agenda-link"
	wrong(e.As("other secretary").Post(other, apitest.JSON{"agendaItemId": item.ID}), "unknown") // a draft of LAPE
	e.Name("secretary of both", domain.Actor{PersonID: f.Person["espoo reader"], PostID: f.Post["esp_secretary"], PartyID: f.Party["espoo"], Grants: []domain.ActiveGrant{
		{Role: domain.RoleSecretary, PartyID: f.Party["espoo"], ForumID: forum}, {Role: domain.RoleSecretary, PartyID: f.Party["espoo"], ForumID: forumKey(e, "other")}}})
	wrong(e.As("secretary of both").Post(other, apitest.JSON{"agendaItemId": item.ID}), "other_forum")

	// What was settled stays so when the feed tells it again; an item that goes
	// opens its offer.
	e.Advance(2 * time.Hour)
	service.publish("1|Hyvinvointikertomus 4802/00.01.02/2025, oikaisu|", "2|Neuvolan aukiolo|")
	e.ReadFeeds(feeds)
	if got, _ := decisionOffers(e, "lape secretary", forum); !slices.Equal(got, []string{"Muu asia [4802/00.01.02/2025] [Neuvola]"}) {
		t.Errorf("told again: %q", got)
	}
	e.As("lape secretary").Post("/agenda-items/"+item.ID.String()+"/removal", nil, "If-Match", fmt.Sprintf(`"%d"`, linked.Version)).Want(200)
	caseItem(e, m.ID, f.Party["espoo"], "4802/00.01.02/2025")
	if got, _ := decisionOffers(e, "lape secretary", forum); !slices.Equal(got, []string{"Hyvinvointikertomus 4802/00.01.02/2025, oikaisu [4802/00.01.02/2025] []", "Muu asia [4802/00.01.02/2025] [Neuvola]"}) {
		t.Errorf("after the item went: %q", got)
	}
	// A paper that is approved takes no link.
	_, found = decisionOffers(e, "lape secretary", forum)
	step(e, "lape secretary", m.ID, "call", "start", "closure")
	approve(e, m.ID)
	step(e, "lape secretary", m.ID, "publication")
	take("lape secretary", found[0], agenda(e, "lape secretary", m.ID, "")[1].ID).WantProblem(409, "meeting_locked")
}

func forumKey(e *apitest.Env, key string) (id domain.ForumID) {
	e.T.Helper()
	e.QueryRow("select id from forum where key = $1", []any{key}, &id)
	return id
}

// A feed is asked only for what is new, keeps what it told while the service is
// away, and forgets it after a time.
func TestDecisionFeedsAreRead(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	e.As("lape secretary").Put("/forums/"+forum.String()+"/watched-words", `"1"`, apitest.JSON{"words": []string{"asia"}}).Want(200)
	service, source := newDecisionService(t)
	feeds := e.DecisionFeeds(source)
	feed := addFeed(e, f, "luvn", service.URL)
	path := "/decision-feeds/" + feed.ID.String()
	reading := func() (api.DecisionFeed, api.FeedReading) {
		t.Helper()
		got := apitest.As[api.DecisionFeed](e.As("luvn administrator").Get(path).Want(200))
		return got, *got.Reading
	}
	service.publish("1|Asia 1|", "2|Asia 2|", "1|Asia 1 uudelleen|", "3|<![CDATA[<b></b>]]>|")
	e.ReadFeeds(feeds)
	if got, r := reading(); got.Entries != 2 || r.Failure != "" || r.Failures != 0 || !r.ReadAt.Equal(e.Now()) || !r.NextAt.Equal(e.Now().Add(time.Hour)) {
		t.Errorf("read: %+v %+v", got, r)
	}
	if n := e.ReadFeeds(feeds); n != 0 {
		t.Errorf("%d feeds are due at once", n)
	}
	e.Advance(time.Hour)
	e.ReadFeeds(feeds) // unchanged
	if _, r := reading(); r.Failure != "" || !r.ReadAt.Equal(e.Now()) || !slices.Equal(service.asked, []string{"", service.etag}) {
		t.Errorf("unchanged: %+v, asked for %q", r, service.asked)
	}

	failures := 0
	for _, c := range []struct {
		want   decisionfeed.FailureCode
		status int
		h      http.HandlerFunc
	}{
		{"status", 500, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }},
		{"not_a_feed", 0, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<html>Huoltokatko")
		}},
		{"too_large", 0, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/xml")
			fmt.Fprint(w, "<rss><channel>"+strings.Repeat(" ", 200_000))
		}},
		{"address", 0, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://169.254.169.254/", http.StatusFound)
		}},
	} {
		service.answers(c.h)
		e.Advance(24 * time.Hour)
		e.ReadFeeds(feeds)
		failures++
		if got, r := reading(); r.Failure != c.want || r.HTTPStatus != c.status || r.Failures != failures || got.Entries != 2 || !r.TriedAt.Equal(e.Now()) || !r.ReadAt.Equal(apitest.Start.Add(time.Hour)) {
			t.Errorf("%s: %+v %+v", c.want, got, r)
		}
	}
	if got, _ := decisionOffers(e, "lape secretary", forum); len(got) != 2 {
		t.Errorf("while the service is away: %q", got)
	}

	// It comes back; a feed that is not active is not read.
	service.publish("2|Asia 2|")
	e.Advance(24 * time.Hour)
	e.ReadFeeds(feeds)
	if _, r := reading(); r.Failure != "" || r.Failures != 0 {
		t.Errorf("back: %+v", r)
	}
	e.As("luvn administrator").Put(path, `"1"`, apitest.JSON{"url": service.URL, "language": "fi", "active": false}).Want(200)
	e.Advance(decisionfeed.Kept - 5*24*time.Hour) // 1 was last seen an hour after the start, 2 five days later
	if n := e.ReadFeeds(feeds); n != 0 {
		t.Errorf("%d feeds are read that are not active", n)
	}
	if got, _ := decisionOffers(e, "lape secretary", forum); len(got) != 2 {
		t.Errorf("kept: %q", got)
	}
	e.Advance(24 * time.Hour)
	e.ReadFeeds(feeds)
	if got, _ := decisionOffers(e, "lape secretary", forum); !slices.Equal(got, []string{"Asia 2 [] [asia]"}) {
		t.Errorf("after the time of the first: %q", got)
	}
	e.Advance(10 * 24 * time.Hour)
	e.ReadFeeds(feeds)
	if got, _ := decisionOffers(e, "lape secretary", forum); len(got) != 0 {
		t.Errorf("after the time of both: %q", got)
	}
}

// repeated is a source that tells the same whenever it is asked.
type repeated []decisionfeed.Item

func (s repeated) Read(context.Context, decisionfeed.Request) (decisionfeed.Answer, error) {
	return decisionfeed.Answer{Items: s}, nil
}

// What a database cannot keep is cleaned; a feed that it refuses all the same is
// noted as a failure, and left alone like any other that fails.
func TestDecisionFeedsThatCannotBeKept(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	feed := addFeed(e, f, "luvn", "https://luvn.example/rss")
	feeds := e.DecisionFeeds(repeated{{GUID: " b\n\x00 2 ", Title: "Asia\x00", Text: "\xff", Link: "https://dynasty.example/2"}, {GUID: "a", Title: "Asia", Link: "https://dynasty.example/1"}})
	e.ReadFeeds(feeds)
	var guids []string
	e.QueryRow("select array_agg(guid order by guid) from decision_entry", nil, &guids)
	if !slices.Equal(guids, []string{"a", "b 2"}) {
		t.Errorf("kept: %q", guids)
	}

	owner, err := pgx.Connect(t.Context(), e.Raw.OwnerDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(t.Context())
	if _, err := owner.Exec(t.Context(), "alter table decision_entry add constraint chk_decision_entry_test check (guid <> 'b 2') not valid"); err != nil {
		t.Fatal(err)
	}
	for i, pause := range []time.Duration{time.Hour, 2 * time.Hour} {
		e.Advance(24 * time.Hour)
		if n := e.ReadFeeds(feeds); n != 1 {
			t.Fatalf("%d feeds are due", n)
		}
		got := apitest.As[api.DecisionFeed](e.As("luvn administrator").Get("/decision-feeds/" + feed.ID.String()).Want(200))
		if r := got.Reading; r.Failure != decisionfeed.FailureNotKept || r.Failures != i+1 || !r.ReadAt.Equal(apitest.Start) || !r.NextAt.Equal(e.Now().Add(pause)) || got.Entries != 2 {
			t.Errorf("refused: %+v %+v", got, r)
		}
	}
	e.Advance(5 * time.Minute)
	if n := e.ReadFeeds(feeds); n != 0 {
		t.Errorf("%d feeds are read at the next look", n)
	}
}

// However much a feed tells, a bounded number of it is kept.
func TestDecisionFeedsAreBounded(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	service, source := newDecisionService(t)
	feeds := e.DecisionFeeds(source)
	feed := addFeed(e, f, "luvn", service.URL)
	var many []string
	for i := range decisionfeed.MaxItems + 20 {
		many = append(many, fmt.Sprintf("%d|Asia %d|", i, i))
	}
	service.publish(many...)
	e.ReadFeeds(feeds)
	e.Exec(`insert into decision_entry (id, feed_id, party_id, language, guid, title, body, link, folded, mentions, found_at, seen_at)
select gen_random_uuid(), $1, $2, 'fi', 'old ' || n, 'Vanha', '', 'https://dynasty.example/', 'vanha', '{}', $3, $3 from generate_series(1, $4::int) n`,
		feed.ID, f.Party["luvn"], e.Now().Add(-time.Hour), decisionfeed.MaxEntries)
	e.Advance(time.Hour)
	service.publish(many[0])
	e.ReadFeeds(feeds)
	var all, old int
	e.QueryRow("select count(*), count(*) filter (where title = 'Vanha') from decision_entry", nil, &all, &old)
	if all != decisionfeed.MaxEntries || old != decisionfeed.MaxEntries-decisionfeed.MaxItems {
		t.Errorf("%d are kept, %d of them old", all, old)
	}
}
