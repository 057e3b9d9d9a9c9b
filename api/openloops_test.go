package api_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func openLoops(e *apitest.Env, who, query string) string {
	e.T.Helper()
	list := apitest.As[api.List[api.OpenLoop]](e.As(who).Get("/open-loops" + query).Want(200))
	var out []string
	for _, l := range list.Items {
		out = append(out, string(l.Kind)+":"+l.Text.FI)
	}
	return strings.Join(out, " ")
}

// Topology: lape has closed a meeting with a late decision without an ending, an
// internal one, a deferral and a referral, beside a decision that has its
// ending. Whoever may read the papers sees what is open, the public only public
// items of what was published; the number in the register counts the same rows.
func TestOpenLoopsAndRegister(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-11-23", "public")
	ended, public, internal, later, elsewhere := newItem(e, m.ID, "A", "public"), newItem(e, m.ID, "B", "public"), newItem(e, m.ID, "C", "internal"),
		newItem(e, m.ID, "D", "public"), newItem(e, m.ID, "E", "public")
	started := step(e, "lape secretary", m.ID, "call", "start")
	for _, p := range started.Participants[:4] {
		c.Put("/meetings/"+m.ID.String()+"/participants/"+p.ID.String(), `"1"`, apitest.JSON{"attendance": "remote", "inspector": p.Inspector}).Want(200)
	}
	record := func(item domain.AgendaItemID, in apitest.JSON) {
		t.Helper()
		c.Post("/agenda-items/"+item.String()+"/outcomes", in).Want(201)
	}
	done := outcomeInput("decision", "Valmis")
	done["noActionReason"] = apitest.JSON{"fi": "Ei jatkoa.", "sv": "Ingen fortsättning."}
	record(ended.ID, done)
	record(later.ID, deferredInput("Siirto"))
	record(elsewhere.ID, referralInput(e, "Lähetys"))
	record(public.ID, outcomeInput("noted", "Kirjattu"))
	record(internal.ID, outcomeInput("noted", "Kirjattu"))
	step(e, "lape secretary", m.ID, "closure")
	record(public.ID, outcomeInput("assignment", "Avoin"))
	record(internal.ID, outcomeInput("decision", "Salainen"))

	const all = "referral:Lähetys deferred:Siirto without_ending:Avoin without_ending:Salainen"
	same := func(got, want string) bool {
		a, b := strings.Fields(got), strings.Fields(want)
		seen := map[string]bool{}
		for _, s := range b {
			seen[s] = true
		}
		for _, s := range a {
			if !seen[s] {
				return false
			}
		}
		return len(a) == len(b)
	}
	count := func(who string) int {
		return apitest.As[api.Forum](e.As(who).Get("/forums/lape").Want(200)).OpenLoops
	}
	for who, want := range map[string]string{"": "", "luvn reader": all, "other secretary": "", "chair": all, "espoo inspector": all, "hus member": all, "espoo coordinator": all,
		"luvn coordinator": all, "auditor": all, "lape secretary": all, "luvn administrator": "", "espoo manager": all} {
		got := openLoops(e, who, "")
		switch who {
		case "luvn reader", "espoo manager": // hold posts that inspect the meeting
		case "other secretary":
			want = got // holds the post of the forum's own secretary
		}
		if !same(got, want) {
			t.Errorf("%q sees %q, want %q", who, got, want)
		}
		if n := count(who); n != len(strings.Fields(got)) {
			t.Errorf("%q counts %d and sees %q", who, n, got)
		}
	}
	for query, want := range map[string]string{
		"?kind=deferred": "deferred:Siirto", "?forumId=" + forum.String() + "&kind=referral&kind=deferred": "referral:Lähetys deferred:Siirto",
		"?minAge=1": "", "?partyId=" + f.Party["hus"].String(): all, "?forumId=" + m.ID.String(): "",
	} {
		if got := openLoops(e, "auditor", query); !same(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	tag := newTerm(e, "/tags", "merkki").ID
	e.Exec(`insert into tag_link (id, subject_kind, subject_id, tag_id) values ($1, 'forum', $2, $3)`, domain.UUIDv7(), forum, tag)
	for query, want := range map[string]string{"?tagId=" + tag.String(): all, "?tagId=none": "", "?tagId=none&tagId=" + tag.String(): all, "?kind=deferred&tagId=" + tag.String(): "deferred:Siirto"} {
		if got := openLoops(e, "auditor", query); !same(got, want) {
			t.Errorf("%s lists %q, want %q", query, got, want)
		}
	}
	// A referral tells whose answer it waits for and by when; by how much it is late
	// shows once it is. Of a forum that the reader may not see only the time stands.
	awaited := func(who, query string) string {
		t.Helper()
		var out []string
		for _, l := range apitest.As[api.List[api.OpenLoop]](e.As(who).Get("/open-loops" + query).Want(200)).Items {
			if l.Awaited == nil {
				continue
			}
			if l.Awaited.ReferralID.IsZero() || l.Kind != "referral" {
				t.Errorf("awaited of %+v", l)
			}
			to := "?"
			if l.Awaited.Forum != nil {
				to = l.Awaited.Forum.Key + " " + l.Awaited.Forum.Title.FI
			}
			out = append(out, fmt.Sprintf("%s by %s, %d over", to, l.Awaited.DueOn, l.Awaited.DaysOver))
		}
		return strings.Join(out, "; ")
	}
	for _, who := range []string{"auditor", "hus member", "lape secretary"} {
		if got := awaited(who, ""); got != "other Muu by 2026-12-07, 0 over" {
			t.Errorf("%q reads that it waits for %q", who, got)
		}
	}
	e.As("auditor").Get("/open-loops?kind=closed").WantProblem(422, "validation_failed")

	// What an agenda that has been called takes up is open no more.
	next := newMeeting(e, forum, "2026-12-08", "public")
	_, list := offers(e, "lape secretary", next.ID)
	c.Post("/meetings/"+next.ID.String()+"/draws", pick(list, "D")).Want(200)
	if got := openLoops(e, "auditor", "?kind=deferred"); got != "deferred:Siirto" {
		t.Errorf("taken up by a draft: %q", got)
	}
	step(e, "lape secretary", next.ID, "call")
	if got := openLoops(e, "auditor", "?kind=deferred"); got != "" {
		t.Errorf("taken up: %q", got)
	}
	e.Advance(48 * time.Hour)
	if got := openLoops(e, "auditor", "?minAge=2&kind=without_ending"); !same(got, "without_ending:Avoin without_ending:Salainen") {
		t.Errorf("two days old: %q", got)
	}
	if got := awaited("auditor", "?asOf=2026-11-23"); got != "other Muu by 2026-12-07, 0 over" {
		t.Errorf("then %q", got)
	}
	loop := apitest.As[api.List[api.OpenLoop]](e.As("auditor").Get("/open-loops?kind=referral")).Items[0]
	if loop.AgeDays != 2 || loop.Since.String() != "2026-11-23" || loop.Forum.Key != "lape" || loop.Item.Title.FI != "E" || loop.Meeting.Number != 1 {
		t.Errorf("loop %+v", loop)
	}

	staff, everybody := apitest.As[api.Forum](e.As("auditor").Get("/forums/lape")), apitest.As[api.Forum](e.As("").Get("/forums/lape"))
	if staff.DecisionsThisYear != 3 || staff.HeldThisYear != 1 || len(staff.AttendanceThisYear) != 3 || staff.AttendanceThisYear[0] != (api.PartyAttendance{PartyID: f.Party["espoo"], Seats: 2, Present: 2}) || staff.AttendanceThisYear[1].Seats != 2 ||
		everybody.DecisionsThisYear != 0 || len(everybody.AttendanceThisYear) != 0 || everybody.OpenLoops != 0 {
		t.Errorf("staff %+v %+v, the public %+v", staff.DecisionsThisYear, staff.AttendanceThisYear, everybody.AttendanceThisYear)
	}
	c.Post("/meetings/"+next.ID.String()+"/cancellation", apitest.JSON{"reason": apitest.JSON{"fi": "Ei asioita."}}).Want(200)
	if got := apitest.As[api.Forum](e.As("").Get("/forums/lape")); got.CancelledThisYear != 1 {
		t.Errorf("cancelled %d", got.CancelledThisYear)
	}

	file := e.As("auditor").Get("/forums.csv?lang=sv&sort=-title").Want(200)
	if ct := file.Header.Get("Content-Type"); ct != "text/csv; charset=utf-8" || !strings.Contains(file.Header.Get("Content-Disposition"), "forums-2026-11-25.csv") {
		t.Errorf("headers %v", file.Header)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(file.Bytes), "\ufeff")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || len(rows) != 3 || rows[0][12] != "Öppna ärenden" {
		t.Fatalf("rows %v: %v", rows, err)
	}
	lapeRow := rows[2]
	if lapeRow[0] != "LAPE sv" || lapeRow[4] != "ESPOO; LUVN; HUS" || lapeRow[5] != "luvn_family_head" || lapeRow[6] != "esp_secretary" || lapeRow[8] != "1" || lapeRow[9] != "1" ||
		lapeRow[10] != "ESPOO 2/2; LUVN 1/2; HUS 0/1" || lapeRow[11] != "3" || lapeRow[13] != "2026-11-23" || lapeRow[15] != "Nej" {
		t.Errorf("row %q", lapeRow)
	}
	if x := e.As("").Get("/forums.xlsx?level=thematic").Want(200); string(x.Bytes[:2]) != "PK" {
		t.Error("no workbook")
	}
	e.As("").Get("/forums.csv?sort=colour").WantProblem(422, "validation_failed")
}

// Topology: a public forum. A coordinator of each principal party accepts purpose
// and mandate for it; other words are accepted anew, other fields change nothing.
func TestMandateAcceptance(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	id := newForum(e, f, "lape", "LAPE", "public").ID
	path := "/forums/" + id.String()
	get := func(query string) api.Forum {
		return apitest.As[api.Forum](e.As("").Get("/forums/lape" + query).Want(200))
	}
	if got := get(""); got.MandateAccepted || len(got.MandateAnswers) != 2 || got.MandateAnswers[0].AcceptedAt != nil {
		t.Errorf("new %+v", got.MandateAnswers)
	}
	accept := func(who, version string) apitest.Response {
		return e.As(who).Post(path+"/mandate-acceptance", nil, "If-Match", version)
	}
	for who, want := range map[string]int{"": 401, "lape secretary": 403, "espoo manager": 403, "luvn reader": 403, "auditor": 403, "espoo administrator": 403} {
		accept(who, `"1"`).Want(want)
	}
	e.As("espoo coordinator").Post(path+"/mandate-acceptance", nil).WantProblem(428, "if_match_required")
	accept("espoo coordinator", `"2"`).WantProblem(412, "stale_version")
	one := apitest.As[api.Forum](accept("espoo coordinator", `"1"`).Want(200))
	if one.MandateAccepted || one.MandateAnswers[0].AcceptedAt == nil || one.MandateAnswers[0].Post.Title.FI != "esp_coordinator" {
		t.Errorf("after one %+v", one.MandateAnswers)
	}
	if p := accept("espoo coordinator", `"1"`).WantProblem(409, "already_answered"); p.State != "accepted" {
		t.Errorf("state %q", p.State)
	}
	if got := apitest.As[api.Forum](accept("luvn coordinator", `"1"`).Want(200)); !got.MandateAccepted {
		t.Errorf("after both %+v", got.MandateAnswers)
	}
	if entry := lastEntry(e, "forum"); entry.permission != "agreement.accept" || !strings.Contains(entry.changes, f.Party["luvn"].String()) {
		t.Errorf("entry %+v", entry)
	}
	var person domain.PersonID
	person.SetNew(domain.UUIDv7)
	e.Name("hus coordinator", domain.Actor{PersonID: person, PostID: f.Post["hus_liaison"], PartyID: f.Party["hus"], Grants: []domain.ActiveGrant{{Role: domain.RoleCoordinator, PartyID: f.Party["hus"]}}})
	accept("hus coordinator", `"1"`).WantProblem(409, "party_not_concerned")
	e.Advance(24 * time.Hour)
	in := forumInput("lape", "LAPE 2", "public")
	e.As("espoo coordinator").Put(path, `"1"`, in).Want(200)
	if got := get(""); !got.MandateAccepted {
		t.Error("another title undid the acceptance")
	}
	in["purpose"] = apitest.JSON{"fi": "Sovittaa yhteen kaikki palvelut.", "sv": "Samordnar alla tjänster."}
	e.As("espoo coordinator").Put(path, `"2"`, in).Want(200)
	if got := get(""); got.MandateAccepted {
		t.Error("other words are still accepted")
	}
	if got := get("").MandateAnswers[1]; got.Since == nil || !got.Since.Truncate(time.Second).Equal(e.Now()) || got.Before != nil {
		t.Errorf("the public is told %+v", got)
	}
	if got := get("?asOf=2026-11-23"); !got.MandateAccepted {
		t.Error("it was not accepted yesterday")
	}
	if got := apitest.As[api.Forum](accept("espoo coordinator", `"3"`).Want(200)); got.MandateAccepted || got.MandateAnswers[0].AcceptedAt == nil {
		t.Errorf("anew %+v", got.MandateAnswers)
	}
}

// A mandate waits on the list of exactly those who may accept it, from when its
// present words were written, with what their party had accepted beside it.
func TestMandateAwaitsWhoMayAccept(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	lape, hidden := newForum(e, f, "lape", "LAPE", "public"), newForum(e, f, "piilo", "Piilo", "internal")
	written := e.Now()
	var person domain.PersonID
	person.SetNew(domain.UUIDv7)
	e.Name("hus coordinator", domain.Actor{PersonID: person, PostID: f.Post["hus_liaison"], PartyID: f.Party["hus"], Grants: []domain.ActiveGrant{{Role: domain.RoleCoordinator, PartyID: f.Party["hus"]}}})
	awaiting := func(who string) (keys []string, forums []api.Forum) {
		forums = apitest.As[api.List[api.Forum]](e.As(who).Get("/forums?awaiting=me&sort=waitingSince").Want(200)).Items
		for _, x := range forums {
			keys = append(keys, x.Key)
		}
		return keys, forums
	}
	want := func(when string, espoo, luvn []string) {
		t.Helper()
		sets := map[string][]string{"espoo coordinator": espoo, "luvn coordinator": luvn}
		for _, who := range append([]string{"", "espoo coordinator", "luvn coordinator", "hus coordinator"}, everybodyButCoordinators...) {
			if got, _ := awaiting(who); !slices.Equal(got, sets[who]) {
				t.Errorf("%s: for %q wait %v, want %v", when, who, got, sets[who])
			}
		}
	}
	accept := func(who string, id domain.ForumID, version string) {
		t.Helper()
		e.As(who).Post("/forums/"+id.String()+"/mandate-acceptance", nil, "If-Match", version).Want(200)
	}
	want("new", []string{"lape", "piilo"}, []string{"lape", "piilo"})
	e.Advance(24 * time.Hour)
	accept("luvn coordinator", lape.ID, `"1"`)
	accept("espoo coordinator", hidden.ID, `"1"`)
	want("each accepted one", []string{"lape"}, []string{"piilo"})

	// Another title makes the words no younger; other words are as old as they are,
	// and go behind what has waited longer.
	in := forumInput("lape", "LAPE 2", "public")
	e.As("espoo coordinator").Put("/forums/"+lape.ID.String(), `"1"`, in).Want(200)
	if _, got := awaiting("espoo coordinator"); !got[0].MandateAnswers[0].Since.Equal(written) || got[0].MandateAnswers[0].Before != nil {
		t.Errorf("waits %+v, want from %s and nothing before", got[0].MandateAnswers[0], written)
	}
	e.Advance(24 * time.Hour)
	old := in["purpose"]
	in["purpose"] = apitest.JSON{"fi": "Sovittaa yhteen kaikki palvelut.", "sv": "Samordnar alla tjänster."}
	e.As("espoo coordinator").Put("/forums/"+lape.ID.String(), `"2"`, in).Want(200)
	want("other words", []string{"lape"}, []string{"piilo", "lape"})
	_, got := awaiting("luvn coordinator")
	mine, theirs := got[1].MandateAnswers[1], got[1].MandateAnswers[0]
	if mine.Since == nil || !mine.Since.Equal(e.Now()) || mine.Before == nil || mine.Before.Purpose.FI != old.(apitest.JSON)["fi"] ||
		!mine.Before.AcceptedAt.Equal(written.Add(24*time.Hour)) || mine.AcceptedAt != nil || theirs.Before != nil {
		t.Errorf("LUVN is told %+v, of Espoo %+v", mine, theirs)
	}
	accept("luvn coordinator", lape.ID, `"3"`)
	want("accepted anew", []string{"lape"}, []string{"piilo"})
}

// Espoo has two members there, one by a substitute in words, LUVN its chair but
// not its member; beside them the secretary, a guest and an expert of LUVN. The
// meeting, the forum and the register count who decides, and nobody else.
func TestAttendanceCountsWhoDecides(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-11-23", "public")
	step(e, "lape secretary", m.ID, "call", "start")
	path := "/meetings/" + m.ID.String()
	c.Post(path+"/participants", apitest.JSON{"partyId": f.Party["luvn"], "guest": "Konsultti"}).Want(200)
	all := apitest.As[api.Meeting](c.Post(path+"/participants", apitest.JSON{"partyId": f.Party["luvn"], "postId": f.Post["luvn_coordinator"]}).Want(200))
	for _, p := range all.Participants {
		in := apitest.JSON{"attendance": "present", "inspector": p.Inspector}
		if p.Post != nil {
			switch p.Post.ID {
			case f.Post["esp_youth_head"]:
				in["substitute"] = apitest.JSON{"name": "varajäsen"}
			case f.Post["luvn_older_head"], f.Post["hus_liaison"]:
				in["attendance"] = "absent"
			}
		}
		c.Put(path+"/participants/"+p.ID.String(), fmt.Sprintf("%q", fmt.Sprint(p.Version)), in).Want(200)
	}
	want := []api.PartyAttendance{{PartyID: f.Party["espoo"], Seats: 2, Present: 2}, {PartyID: f.Party["luvn"], Seats: 2, Present: 1}, {PartyID: f.Party["hus"], Seats: 1}}
	step(e, "lape secretary", m.ID, "closure")
	if got := apitest.As[api.Meeting](c.Get(path)).Attendance; !slices.Equal(got, want) {
		t.Errorf("the meeting: %+v", got)
	}
	if got := apitest.As[api.List[api.MeetingSummary]](c.Get("/forums/" + forum.String() + "/meetings").Want(200)).Items[0].Attendance; !slices.Equal(got, want) {
		t.Errorf("in the list: %+v", got)
	}
	if got := apitest.As[api.Forum](c.Get("/forums/lape")).AttendanceThisYear; !slices.Equal(got, want) {
		t.Errorf("the register: %+v", got)
	}
	rows := string(e.As("auditor").Get("/forums.csv").Want(200).Bytes)
	if !strings.Contains(rows, `"ESPOO 2/2; LUVN 1/2; HUS 0/1"`) {
		t.Errorf("the file:\n%s", rows)
	}
}

// An answer that does not come: its lateness grows by the day, is told as of a past
// day as it was then, and ends with the answer.
func TestLateAnswersInOpenLoops(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m := newMeeting(e, forum, "2026-11-23", "public")
	item := newItem(e, m.ID, "Asia", "public")
	step(e, "lape secretary", m.ID, "call", "start")
	e.As("lape secretary").Post("/agenda-items/"+item.ID.String()+"/outcomes", referralInput(e, "Lähetys")).Want(201)
	step(e, "lape secretary", m.ID, "closure")
	over := func(query string) (days int, known bool) {
		t.Helper()
		list := apitest.As[api.List[api.OpenLoop]](e.As("auditor").Get("/open-loops?kind=referral" + query).Want(200)).Items
		if len(list) != 1 || list[0].Awaited == nil {
			return 0, false
		}
		return list[0].Awaited.DaysOver, true
	}
	e.Advance(14 * 24 * time.Hour)
	if days, known := over(""); !known || days != 0 {
		t.Errorf("on its day: %d, %v", days, known)
	}
	e.Advance(24 * time.Hour)
	if days, _ := over(""); days != 1 {
		t.Errorf("the day after: %d", days)
	}
	e.Advance(9 * 24 * time.Hour)
	if days, _ := over(""); days != 10 {
		t.Errorf("ten days late: %d", days)
	}
	if days, _ := over("&asOf=2026-12-10"); days != 3 {
		t.Errorf("as of 10 December: %d", days)
	}
	r := referrals(e, "auditor", "")[0]
	e.As("other secretary").Post("/referrals/"+r.ID.String()+"/acceptance", apitest.JSON{}).Want(200)
	if _, known := over(""); known {
		t.Error("answered, and awaited still")
	}
}
