package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func postsOf(refs []api.PostRef) string {
	var out []string
	for _, p := range refs {
		out = append(out, p.Title.FI)
	}
	return strings.Join(out, " ")
}

// Topology: a forum in which LUVN sits by its chair alone, beside a member and
// the secretary of Espoo; "luvn reader" holds a LUVN post outside it. The closed
// meeting tells what is lacking, and naming mends it.
func TestNobodyToInspect(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := newForum(e, f, "lape", "LAPE", "public").ID
	newForum(e, f, "other", "Muu", "public")
	join(e, f, forum, "esp_secretary", "secretary")
	join(e, f, forum, "esp_education_head", "member")
	join(e, f, forum, "luvn_family_head", "chair")
	for name, post := range map[string]string{"chair": "luvn_family_head", "espoo inspector": "esp_education_head"} {
		party, _, _ := strings.Cut(post, "_")
		e.Name(name, domain.Actor{PersonID: newPerson(), PostID: f.Post[post], PartyID: f.Party[map[string]string{"esp": "espoo", "luvn": "luvn"}[party]], Forums: []domain.ForumID{forum}})
	}
	for person, post := range map[string]string{"Lauri": "luvn_family_head", "Liisa": "luvn_older_head", "Eeva": "esp_education_head"} {
		party := map[string]string{"esp": "espoo", "luvn": "luvn"}[strings.SplitN(post, "_", 2)[0]]
		e.Hold(f, person, party, post, "holder", strings.ToLower(person)+"@example.fi")
	}
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-12-08", "public")
	path := "/meetings/" + m.ID.String()
	luvn := []domain.PartyID{f.Party["luvn"]}
	if r := apitest.As[api.Roster](c.Get(path + "/roster").Want(200)); len(r.Joined) != 3 || r.Lacking.Chair || !slices.Equal(r.Lacking.InspectorPartyIDs, luvn) {
		t.Errorf("before the call %+v", r)
	}
	called := step(e, "lape secretary", m.ID, "call")
	if called.Lacking.Chair || !slices.Equal(called.Lacking.InspectorPartyIDs, luvn) || called.Naming == nil ||
		postsOf(called.Naming.Inspectors) != "esp_education_head esp_secretary" || postsOf(called.Naming.Chairs) != "esp_education_head esp_secretary" {
		t.Errorf("called: lacking %+v, naming %+v", called.Lacking, called.Naming)
	}
	if read := apitest.As[api.Meeting](e.As("chair").Get(path).Want(200)); read.Naming != nil || len(read.Lacking.InspectorPartyIDs) != 1 {
		t.Errorf("the chair reads naming %+v, lacking %+v", read.Naming, read.Lacking)
	}
	step(e, "lape secretary", m.ID, "start", "closure")
	e.DeliverMail(service)
	before := len(server.Got())

	name := func(to, post, reason string) apitest.Response {
		in := apitest.JSON{"reason": reason}
		if post != "" {
			in["postId"] = f.Post[post]
		}
		return c.Post(path+"/"+to, in)
	}
	for _, tt := range [][5]string{{"inspectors", "luvn_older_head", " ", "/reason", "required"}, {"inspectors", "luvn_family_head", "Syy", "/postId", "chairs"},
		{"inspectors", "hus_liaison", "Syy", "/postId", "not_of_principal_party"}, {"inspectors", "", "Syy", "/postId", "required"},
		{"acting-chair", "luvn_older_head", "Syy", "/postId", "not_taking_part"}, {"acting-chair", "esp_education_head", "", "/reason", "required"}} {
		if p := name(tt[0], tt[1], tt[2]).WantProblem(422, "validation_failed"); len(p.Errors) != 1 || p.Errors[0].Pointer != tt[3] || p.Errors[0].Code != tt[4] {
			t.Errorf("%v: %+v", tt, p.Errors)
		}
	}
	if p := c.Post(path+"/inspectors", apitest.JSON{"postId": m.ID, "reason": "Syy"}).WantProblem(422, "validation_failed"); p.Errors[0].Code != "unknown" {
		t.Errorf("an unknown post: %+v", p.Errors)
	}
	for _, to := range []string{"/inspectors", "/acting-chair", "/members"} {
		for _, who := range []string{"other secretary", "chair", "espoo inspector", "espoo coordinator", "auditor"} {
			e.As(who).Post(path+to, apitest.JSON{"postId": f.Post["esp_education_head"], "reason": "Syy"}).WantProblem(403, "forbidden")
		}
		e.As("").Post(path+to, apitest.JSON{"postId": f.Post["esp_education_head"], "reason": "Syy"}).WantProblem(401, "sign_in_required")
	}
	for _, who := range []string{"other secretary", "chair", "auditor"} {
		e.As(who).Get(path+"/roster").WantProblem(403, "forbidden")
	}

	if outside := apitest.As[api.Meeting](e.As("luvn reader").Get(path).Want(200)); outside.Papers {
		t.Error("a post outside reads the papers before it is named")
	}
	step(e, "chair", m.ID, "approvals")
	named := apitest.As[api.Meeting](name("inspectors", "luvn_older_head", "Osapuolta edusti vain puheenjohtaja.").Want(200))
	if named.Lacking.Chair || len(named.Lacking.InspectorPartyIDs) != 0 || len(given(named)) != 0 {
		t.Errorf("named: lacking %+v, approvals %v: the paper tells who inspects", named.Lacking, given(named))
	}
	if entry := lastEntry(e, "meeting"); entry.reason != "Osapuolta edusti vain puheenjohtaja." || !strings.Contains(entry.changes, "inspectors") ||
		!strings.Contains(entry.changes, f.Post["luvn_older_head"].String()) || !strings.Contains(entry.changes, "approvals") {
		t.Errorf("entry %+v", entry)
	}
	e.DeliverMail(service)
	if got := server.Got()[before:]; addressees(got) != "liisa" {
		t.Errorf("told that their approval is asked: %s", addressees(got))
	}
	inside := apitest.As[api.Meeting](e.As("luvn reader").Get(path).Want(200))
	if !inside.Papers || !slices.Contains(inside.Permissions, domain.MeetingApprove) {
		t.Errorf("who is named reads papers %v, may %v", inside.Papers, inside.Permissions)
	}
	if w := apitest.As[api.MyWork](e.As("luvn reader").Get("/me/work").Want(200)).Waiting; len(w) != 1 || w[0].Meeting.ID != m.ID {
		t.Errorf("waits for %+v", w)
	}

	// The Espoo member chairs after all: Espoo has nobody left but its secretary.
	acting := apitest.As[api.Meeting](name("acting-chair", "esp_education_head", "Puheenjohtaja estyi.").Want(200))
	if acting.ActingChair == nil || acting.ActingChair.ID != f.Post["esp_education_head"] || !slices.Equal(acting.Lacking.InspectorPartyIDs, []domain.PartyID{f.Party["espoo"]}) {
		t.Errorf("acting chair %+v, lacking %+v", acting.ActingChair, acting.Lacking)
	}
	if entry := lastEntry(e, "meeting"); !strings.Contains(entry.changes, "actingChair") || entry.reason != "Puheenjohtaja estyi." {
		t.Errorf("entry %+v", entry)
	}
	// Why somebody else chairs is for those who read the papers.
	for who, reason := range map[string]string{"auditor": "Puheenjohtaja estyi.", "espoo reader": ""} {
		got := entries(e.As(who).Get("/audit/entries?subjectKind=meeting&permission=meeting.record&subjectId=" + m.ID.String()))
		if len(got) == 0 || got[0].Reason != reason || got[0].Withheld != (reason == "") {
			t.Errorf("%s reads in the log %+v", who, got)
		}
	}
	e.As("chair").Post(path+"/approvals", approval(paperHash(e, m.ID))).WantProblem(403, "forbidden")
	if w := apitest.As[api.MyWork](e.As("chair").Get("/me/work").Want(200)).Waiting; len(w) != 0 {
		t.Errorf("the chair waits for %+v", w)
	}
	name("inspectors", "esp_secretary", "Muuta edustajaa ei ollut.").Want(200)
	p := paper(e, "chair", m.ID, "")
	if len(p.Paper.Named) != 2 || p.Paper.Named[0].Role != "chair" || p.Paper.Named[0].Post.Title.FI != "esp_education_head" || p.Paper.Named[1].Post.Title.FI != "luvn_older_head" {
		t.Errorf("on paper %+v", p.Paper.Named)
	}
	if docx := e.As("chair").Get(path + "/paper/docx").Want(200).Bytes; !strings.Contains(unzipped(t, docx), "Puheenjohtajana toimi") {
		t.Error("the file does not say who chaired")
	}
	step(e, "espoo inspector", m.ID, "approvals")
	name("acting-chair", "", "Väärä kirjaus").WantProblem(409, "chair_has_approved")
	step(e, "luvn reader", m.ID, "approvals")
	name("inspectors", "luvn_coordinator", "Syy").WantProblem(409, "inspector_has_approved")
	if done := step(e, "lape secretary", m.ID, "approvals"); done.Status != "approved" {
		t.Errorf("after all: %s, %+v", done.Status, done.Approvers)
	}
	name("acting-chair", "", "Syy").WantProblem(409, "meeting_locked")
	step(e, "lape secretary", m.ID, "publication")
	e.As("").Get(path + "/paper/docx").Want(200)
}

// A substitute inspects for the place that it takes, until it takes none any more.
func TestSubstituteInspects(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m, _ := running(e, f)
	c := e.As("lape secretary")
	path := "/meetings/" + m.ID.String()
	attend := func(in apitest.JSON) api.Meeting {
		t.Helper()
		p := participantOf(t, apitest.As[api.Meeting](c.Get(path)), f.Post["luvn_older_head"])
		in["inspector"] = p.Inspector
		return apitest.As[api.Meeting](c.Put(path+"/participants/"+p.ID.String(), fmt.Sprintf("%q", fmt.Sprint(p.Version)), in).Want(200))
	}
	older := participantOf(t, apitest.As[api.Meeting](c.Get(path)), f.Post["luvn_older_head"])
	for post, want := range map[string]string{f.Post["esp_coordinator"].String(): "other_party", m.ID.String(): "unknown"} {
		in := apitest.JSON{"attendance": "present", "inspector": older.Inspector, "substitute": apitest.JSON{"postId": post}}
		p := c.Put(path+"/participants/"+older.ID.String(), etag(older.Version), in).WantProblem(422, "validation_failed")
		if len(p.Errors) != 1 || p.Errors[0].Pointer != "/substitute/postId" || p.Errors[0].Code != want {
			t.Errorf("%s: %+v", want, p.Errors)
		}
	}
	attend(apitest.JSON{"attendance": "present", "substitute": apitest.JSON{"postId": f.Post["luvn_coordinator"]}})
	named := apitest.As[api.Meeting](c.Post(path+"/inspectors", apitest.JSON{"postId": f.Post["luvn_coordinator"]}).Want(200))
	if p := participantOf(t, named, f.Post["luvn_older_head"]); p.Inspector || len(named.Approvers) != 3 || named.Approvers[2].Post.ID != f.Post["luvn_coordinator"] {
		t.Errorf("approvers %+v", named.Approvers)
	}
	left := attend(apitest.JSON{"attendance": "present"})
	if !slices.Equal(left.Lacking.InspectorPartyIDs, []domain.PartyID{f.Party["luvn"]}) {
		t.Errorf("a substitute who takes nobody's place still inspects: %+v", left.Approvers)
	}
	in := apitest.JSON{"attendance": "present", "inspector": true}
	p := participantOf(t, left, f.Post["luvn_older_head"])
	back := apitest.As[api.Meeting](c.Put(path+"/participants/"+p.ID.String(), fmt.Sprintf("%q", fmt.Sprint(p.Version)), in).Want(200))
	if len(back.Lacking.InspectorPartyIDs) != 0 {
		t.Errorf("lacking %+v", back.Lacking)
	}
}

// The members change between the call and the meeting: who has joined is taken in
// and called, who has left is marked and can be taken off while nothing was
// recorded of them.
func TestMembersChangeAfterTheCall(t *testing.T) {
	t.Parallel()
	e, f, forum := mailTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	e.Hold(f, "Sara", "espoo", "esp_coordinator", "holder", "sara@espoo.example")
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-12-08", "public")
	path := "/meetings/" + m.ID.String()
	step(e, "lape secretary", m.ID, "call")
	e.DeliverMail(service)
	before := len(server.Got())
	c.Post(path+"/members", nil).WantProblem(409, "nobody_joined")

	joined := join(e, f, forum, "esp_coordinator", "member")
	end := func(post string) {
		t.Helper()
		i := slices.IndexFunc(joined.Members, func(x api.Membership) bool { return x.Post.ID == f.Post[post] })
		e.As("espoo coordinator").Post("/forums/"+forum.String()+"/members/"+joined.Members[i].ID.String()+"/end",
			apitest.JSON{"on": "2026-12-01", "reason": "Tehtävät vaihtuivat."}).Want(200)
	}
	end("esp_education_head")
	end("hus_liaison")
	was := apitest.As[api.Meeting](c.Get(path).Want(200))
	inspector, hus, youth := participantOf(t, was, f.Post["esp_education_head"]), participantOf(t, was, f.Post["hus_liaison"]), participantOf(t, was, f.Post["esp_youth_head"])
	r := apitest.As[api.Roster](c.Get(path + "/roster").Want(200))
	if len(r.Joined) != 1 || r.Joined[0].Post.ID != f.Post["esp_coordinator"] || r.Joined[0].Post.Title.FI != "esp_coordinator" || !slices.Equal(r.Left, []domain.ParticipantID{inspector.ID, hus.ID}) {
		t.Errorf("roster %+v", r)
	}
	taken := apitest.As[api.Meeting](c.Post(path+"/members", nil).Want(200))
	if p := participantOf(t, taken, f.Post["esp_coordinator"]); p.Role != "member" || p.Attendance != "expected" || len(taken.Participants) != len(was.Participants)+1 {
		t.Errorf("taken in %+v", p)
	}
	if entry := lastEntry(e, "meeting"); !strings.Contains(entry.changes, f.Post["esp_coordinator"].String()) || !strings.Contains(entry.changes, "participants") {
		t.Errorf("entry %+v", entry)
	}
	e.DeliverMail(service)
	called := server.Got()[before:]
	if addressees(called) != "sara" {
		t.Fatalf("called: %s", addressees(called))
	}
	if _, text, calendar := to(t, called, "sara"); !strings.Contains(calendar, "BEGIN:VEVENT") || text == "" {
		t.Errorf("the call has no calendar entry: %s", text)
	}

	off := func(p api.Participant, version string) apitest.Response {
		return c.Post(path+"/participants/"+p.ID.String()+"/removal", nil, "If-Match", version)
	}
	off(youth, `"1"`).WantProblem(409, "membership_goes_on")
	off(inspector, `"9"`).WantProblem(412, "stale_version")
	c.Post(path+"/participants/"+inspector.ID.String()+"/removal", nil).WantProblem(428, "if_match_required")
	e.As("chair").Post(path+"/participants/"+inspector.ID.String()+"/removal", nil, "If-Match", `"1"`).WantProblem(403, "forbidden")
	c.Post(path+"/participants/"+m.ID.String()+"/removal", nil, "If-Match", `"1"`).WantProblem(404, "participant_not_found")
	gone := apitest.As[api.Meeting](off(inspector, `"1"`).Want(200))
	if len(gone.Participants) != len(taken.Participants)-1 || !participantOf(t, gone, f.Post["esp_youth_head"]).Inspector {
		t.Errorf("the next member inspects: %+v", gone.Approvers)
	}
	if entry := lastEntry(e, "meeting"); !strings.Contains(entry.changes, f.Post["esp_education_head"].String()) {
		t.Errorf("entry %+v", entry)
	}
	c.Put(path+"/participants/"+hus.ID.String(), `"1"`, apitest.JSON{"attendance": "present", "inspector": false}).Want(200)
	off(hus, `"2"`).WantProblem(409, "attendance_recorded")
	step(e, "lape secretary", m.ID, "start", "closure")
	c.Post(path+"/members", nil).WantProblem(409, "meeting_locked")
	off(hus, `"2"`).WantProblem(409, "meeting_locked")
	if r := apitest.As[api.Roster](c.Get(path + "/roster").Want(200)); len(r.Joined)+len(r.Left) != 0 {
		t.Errorf("after the closure %+v", r)
	}
}

// A guest of LUVN, its expert and the secretary are there, its members are not:
// there is no quorum, live or on paper.
func TestGuestsMakeNoQuorum(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m, items := running(e, f)
	c := e.As("lape secretary")
	path := "/meetings/" + m.ID.String()
	c.Post(path+"/participants", apitest.JSON{"partyId": f.Party["luvn"], "guest": "Konsultti"}).Want(200)
	guests := apitest.As[api.Meeting](c.Post(path+"/participants", apitest.JSON{"partyId": f.Party["luvn"], "postId": f.Post["luvn_coordinator"]}).Want(200))
	for _, p := range guests.Participants {
		attendance := "absent"
		if p.Role == "expert" || p.Role == "secretary" {
			attendance = "present"
		}
		c.Put(path+"/participants/"+p.ID.String(), fmt.Sprintf("%q", fmt.Sprint(p.Version)), apitest.JSON{"attendance": attendance, "inspector": p.Inspector}).Want(200)
	}
	principals := []domain.PartyID{f.Party["espoo"], f.Party["luvn"]}
	if got := apitest.As[api.Meeting](c.Get(path).Want(200)); got.Quorum.Met || !slices.Equal(got.Quorum.MissingPartyIDs, principals) {
		t.Errorf("quorum %+v", got.Quorum)
	}
	c.Post("/agenda-items/"+items[0].ID.String()+"/outcomes", outcomeInput("noted", "Merkittiin tiedoksi.")).Want(201)
	if q := agenda(e, "chair", m.ID, "")[0].Quorum; q == nil || q.Met || !slices.Equal(q.MissingPartyIDs, principals) {
		t.Errorf("of the item %+v", q)
	}
	step(e, "lape secretary", m.ID, "closure")
	if p := paper(e, "chair", m.ID, ""); p.Quorum || !slices.Equal(p.Paper.Items[0].Missing, principals) {
		t.Errorf("on paper %v, %v", p.Quorum, p.Paper.Items[0].Missing)
	}
}

// Naming who is named already leaves everything as it is: no version, no entry, and
// the approvals stand. What is refused is refused as ever.
func TestNamingWhoIsNamedChangesNothing(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-12-08", "public")
	path := "/meetings/" + m.ID.String()
	step(e, "lape secretary", m.ID, "call")
	state := func() string {
		t.Helper()
		var entries, versions int
		e.QueryRow("select count(*) from audit_entry", nil, &entries)
		e.QueryRow("select count(*) from meeting_history", nil, &versions)
		return fmt.Sprint(entries, versions, string(c.Get(path).Want(200).Bytes))
	}
	again := func(what string, in apitest.JSON) {
		t.Helper()
		c.Post(path+"/"+what, in).Want(200)
		was := state()
		answer := string(c.Post(path+"/"+what, in).Want(200).Bytes)
		if now := state(); now != was || !strings.HasSuffix(was, answer) {
			t.Errorf("%s twice: %s and %s, was %s", what, answer, now, was)
		}
	}
	chair := apitest.JSON{"postId": f.Post["esp_youth_head"], "reason": "Puheenjohtaja on estynyt"}
	again("acting-chair", chair)
	again("inspectors", apitest.JSON{"postId": f.Post["esp_education_head"], "reason": ""})
	again("acting-chair", apitest.JSON{"reason": "Puheenjohtaja pääseekin"})
	c.Post(path+"/acting-chair", apitest.JSON{"postId": f.Post["esp_youth_head"], "reason": ""}).WantProblem(422, "validation_failed")

	step(e, "lape secretary", m.ID, "start", "closure")
	step(e, "luvn inspector", m.ID, "approvals")
	was := state()
	c.Post(path+"/inspectors", apitest.JSON{"postId": f.Post["luvn_older_head"], "reason": "Vahvistetaan"}).Want(200)
	if now := state(); now != was {
		t.Errorf("after the closure: %s, was %s", now, was)
	}
}
