package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// running is a meeting in progress of the forum lape with two items, and its two
// secretaries, one of each party: "lape secretary" (Espoo) and "luvn writer".
// Everybody who sits at its desk is a person that the database knows.
func running(e *apitest.Env, f *apitest.Fixture) (api.Meeting, []api.AgendaItem) {
	e.T.Helper()
	forum := lape(e, f)
	for name, who := range map[string][2]string{"lape secretary": {"espoo", "esp_secretary"}, "luvn writer": {"luvn", "luvn_secretary"}} {
		e.Name(name, domain.Actor{PersonID: e.Person(f, name, who[0]), PostID: f.Post[who[1]], PartyID: f.Party[who[0]],
			Grants: []domain.ActiveGrant{{Role: domain.RoleSecretary, PartyID: f.Party[who[0]], ForumID: forum}}})
	}
	for name, who := range map[string][2]string{"chair": {"luvn", "luvn_family_head"}, "espoo member": {"espoo", "esp_youth_head"}} {
		e.Name(name, domain.Actor{PersonID: e.Person(f, name, who[0]), PostID: f.Post[who[1]], PartyID: f.Party[who[0]], Forums: []domain.ForumID{forum}})
	}
	m := newMeeting(e, forum, "2026-12-08", "public")
	items := []api.AgendaItem{newItem(e, m.ID, "Ensimmäinen", "public"), newItem(e, m.ID, "Toinen", "public")}
	return step(e, "lape secretary", m.ID, "call", "start"), items
}

func deskOf(e *apitest.Env, who string, m domain.MeetingID) api.Desk {
	e.T.Helper()
	return apitest.As[api.Desk](e.As(who).Get("/meetings/" + m.String() + "/desk").Want(200))
}

func participantOf(t *testing.T, m api.Meeting, post domain.PostID) api.Participant {
	t.Helper()
	i := slices.IndexFunc(m.Participants, func(p api.Participant) bool { return p.Post != nil && p.Post.ID == post })
	if i < 0 {
		t.Fatalf("%s does not take part", post)
	}
	return m.Participants[i]
}

// Coming and leaving, substitutes, and what they make of each item's quorum:
// live, in the paper, in the log and of the past.
func TestAttendanceDuringTheMeeting(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m, items := running(e, f)
	c := e.As("lape secretary")
	path := "/meetings/" + m.ID.String() + "/participants/"
	attend := func(post string, in apitest.JSON) apitest.Response {
		p := participantOf(t, apitest.As[api.Meeting](c.Get("/meetings/"+m.ID.String())), f.Post[post])
		in["inspector"] = p.Inspector
		return c.Put(path+p.ID.String(), fmt.Sprintf("%q", fmt.Sprint(p.Version)), in)
	}
	attend("esp_education_head", apitest.JSON{"attendance": "remote"}).Want(200)
	now := apitest.As[api.Meeting](attend("luvn_older_head", apitest.JSON{"attendance": "present",
		"substitute": apitest.JSON{"postId": f.Post["luvn_coordinator"]}}).Want(200))
	if p := participantOf(t, now, f.Post["luvn_older_head"]); p.Substitute == nil || p.Substitute.Post.Title.FI != "luvn_coordinator" || !p.There || !now.Quorum.Met {
		t.Errorf("substitute %+v, quorum %+v", p, now.Quorum)
	}
	if entry := lastEntry(e, "participant"); !strings.Contains(entry.changes, f.Post["luvn_coordinator"].String()) || entry.parent != "meeting" {
		t.Errorf("entry %+v", entry)
	}
	left := apitest.JSON{"attendance": "present", "substitute": apitest.JSON{"postId": f.Post["luvn_coordinator"]},
		"movements": []apitest.JSON{{"kind": "left", "at": "2026-12-08T12:20:00Z", "agendaItemId": items[1].ID}}}
	e.Advance(time.Minute)
	now = apitest.As[api.Meeting](attend("luvn_older_head", left).Want(200))
	if p := participantOf(t, now, f.Post["luvn_older_head"]); p.There || p.Attendance != "present" || len(p.Movements) != 1 || p.Movements[0].AgendaNo != 2 ||
		!p.Movements[0].At.Equal(time.Date(2026, 12, 8, 12, 20, 0, 0, time.UTC)) || now.Quorum.Met || now.Attendance[1].Present != 0 {
		t.Errorf("after leaving %+v, quorum %+v", p, now.Quorum)
	}
	if entry := lastEntry(e, "participant"); !strings.Contains(entry.changes, items[1].ID.String()) || !strings.Contains(entry.changes, "left") {
		t.Errorf("entry %+v", entry)
	}
	for _, i := range items {
		c.Post("/agenda-items/"+i.ID.String()+"/outcomes", outcomeInput("noted", "Merkittiin tiedoksi.")).Want(201)
	}
	got := agenda(e, "chair", m.ID, "")
	if q := got[0].Quorum; q == nil || !q.Met {
		t.Errorf("first item %+v", q)
	}
	if q := got[1].Quorum; q == nil || q.Met || !slices.Equal(q.MissingPartyIDs, []domain.PartyID{f.Party["luvn"]}) {
		t.Errorf("second item %+v", q)
	}
	if past := apitest.As[api.Meeting](c.Get("/meetings/" + m.ID.String() + "?asOf=" + e.Now().Add(-30*time.Second).Format(time.RFC3339)).Want(200)); !past.Quorum.Met ||
		len(participantOf(t, past, f.Post["luvn_older_head"]).Movements) != 0 {
		t.Errorf("before leaving %+v", past.Quorum)
	}

	for name, tt := range map[string]struct {
		in      apitest.JSON
		pointer string
	}{
		"unknown item":   {apitest.JSON{"attendance": "present", "movements": []apitest.JSON{{"kind": "left", "at": "2026-12-08T12:20:00Z", "agendaItemId": m.ID}}}, "/movements/0/agendaItemId"},
		"not there":      {apitest.JSON{"attendance": "absent", "movements": []apitest.JSON{{"kind": "left", "at": "2026-12-08T12:20:00Z", "agendaItemId": items[0].ID}}}, "/movements"},
		"unknown post":   {apitest.JSON{"attendance": "present", "substitute": apitest.JSON{"postId": m.ID}}, "/substitute/postId"},
		"takes part too": {apitest.JSON{"attendance": "present", "substitute": apitest.JSON{"postId": f.Post["esp_youth_head"]}}, "/substitute/postId"},
	} {
		if p := attend("luvn_family_head", tt.in).WantProblem(422, "validation_failed"); len(p.Errors) != 1 || p.Errors[0].Pointer != tt.pointer {
			t.Errorf("%s: %+v", name, p.Errors)
		}
	}
	p := participantOf(t, now, f.Post["luvn_family_head"])
	e.As("chair").Put(path+p.ID.String(), `"1"`, apitest.JSON{"attendance": "present", "inspector": false}).WantProblem(403, "forbidden")

	// After the closure the paper changes only with a reason, and then it is
	// approved anew.
	step(e, "lape secretary", m.ID, "closure")
	step(e, "chair", m.ID, "approvals")
	back := apitest.JSON{"attendance": "present", "substitute": apitest.JSON{"name": "varajäsen"}}
	attend("luvn_older_head", back).WantProblem(422, "validation_failed")
	back["reason"] = "Ei poistunutkaan."
	if now = apitest.As[api.Meeting](attend("luvn_older_head", back).Want(200)); now.Approvers[len(now.Approvers)-1].ApprovedAt != nil || now.Approvers[0].ApprovedAt != nil {
		t.Errorf("approvals stand: %+v", now.Approvers)
	}
	if q := agenda(e, "chair", m.ID, "")[1].Quorum; q == nil || !q.Met {
		t.Errorf("second item after the correction %+v", q)
	}
	if entry := lastEntry(e, "participant"); entry.reason != "Ei poistunutkaan." {
		t.Errorf("entry %+v", entry)
	}
}

// Topology: two secretaries of one forum, its chair and a member, people beside
// it, the public. Who writes is decided by the pen; who sees the desk by the
// papers.
func TestPenPassesFromHandToHand(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m, items := running(e, f)
	espoo, luvn := e.As("lape secretary"), e.As("luvn writer")
	at := func(what string) string { return "/meetings/" + m.ID.String() + "/" + what }
	item := "/agenda-items/" + items[0].ID.String()
	body := itemInput("Ensimmäinen", "public")

	luvn.Put(item, `"1"`, body).Want(200) // nobody holds the pen
	desk := apitest.As[api.Desk](espoo.Post(at("pen"), nil).Want(200))
	if desk.Pen == nil || !desk.Pen.Mine || desk.Pen.Holder.Title.FI != "esp_secretary" {
		t.Fatalf("pen %+v", desk.Pen)
	}
	p := luvn.Put(item, `"2"`, body).WantProblem(409, "pen_held")
	if p.Holder == nil || p.Holder.Title.FI != "esp_secretary" || p.Holder.PartyID != f.Party["espoo"] {
		t.Errorf("the holder is told as %+v", p.Holder)
	}
	luvn.Post(item+"/outcomes", outcomeInput("noted", "Ohi")).WantProblem(409, "pen_held")
	made := apitest.As[api.AgendaItem](espoo.Post(item+"/outcomes", outcomeInput("decision", "Päätös")).Want(201)).Outcomes[0]
	luvn.Put("/outcomes/"+made.ID.String(), `"1"`, outcomeInput("decision", "Ohi")).WantProblem(409, "pen_held")
	// Attendance and actions are not text: two share the work.
	luvn.Put(at("participants/"+m.Participants[0].ID.String()), `"1"`, apitest.JSON{"attendance": "present", "inspector": m.Participants[0].Inspector}).Want(200)
	luvn.Post("/outcomes/"+made.ID.String()+"/actions", apitest.JSON{"title": apitest.JSON{"fi": "Toimi", "sv": "Åtgärd"},
		"leadPostId": f.Post["luvn_older_head"], "dueOn": "2027-01-31"}).Want(201)

	luvn.Post(at("pen"), nil).WantProblem(409, "pen_held")
	luvn.Post(at("pen-refusal"), nil).WantProblem(409, "pen_not_yours")
	luvn.Post(at("pen-passing"), apitest.JSON{}).WantProblem(409, "pen_not_yours")
	espoo.Post(at("pen-request"), nil).WantProblem(409, "pen_yours")
	espoo.Post(at("pen-passing"), apitest.JSON{"postId": f.Post["luvn_secretary"]}).WantProblem(422, "validation_failed") // not watching
	luvn.Post(at("pen-request"), nil).Want(200)
	if asking := deskOf(e, "lape secretary", m.ID).Pen.Asking; asking == nil || asking.Mine || asking.Post.Title.FI != "luvn_secretary" {
		t.Errorf("asking %+v", asking)
	}
	espoo.Post(at("pen-refusal"), nil).Want(200)
	e.Advance(meeting.PenAnswer)
	luvn.Post(at("pen"), nil).WantProblem(409, "pen_held") // was answered
	luvn.Post(at("pen-request"), nil).Want(200)
	e.Advance(meeting.PenAnswer)
	if desk = apitest.As[api.Desk](luvn.Post(at("pen"), nil).Want(200)); !desk.Pen.Mine || desk.Pen.Asking != nil {
		t.Errorf("taken without an answer: %+v", desk.Pen)
	}
	espoo.Put(item, `"3"`, body).WantProblem(409, "pen_held")
	espoo.Post(at("pen-request"), nil).Want(200)
	luvn.Post(at("pen-passing"), apitest.JSON{"postId": f.Post["esp_secretary"]}).Want(200)
	if !deskOf(e, "lape secretary", m.ID).Pen.Mine {
		t.Error("it was not passed on")
	}

	// It lapses without a sign of life; typing is one.
	e.Advance(2 * time.Minute)
	espoo.Post(at("autosaves"), apitest.JSON{"key": "item." + items[0].ID.String(), "content": apitest.JSON{"body": "Kesken"}}).Want(200)
	e.Advance(2 * time.Minute)
	luvn.Post(at("pen"), nil).WantProblem(409, "pen_held")
	e.Advance(2 * time.Minute)
	if deskOf(e, "luvn writer", m.ID).Pen != nil {
		t.Error("a lapsed pen is shown")
	}
	luvn.Post(at("pen-request"), nil).WantProblem(409, "pen_free")
	luvn.Put(item, `"2"`, body).Want(200)

	for who, status := range map[string]int{"": 401, "chair": 403, "espoo member": 403, "espoo coordinator": 403, "auditor": 403, "other secretary": 404, "espoo administrator": 404, "luvn reader": 403} {
		for _, op := range []string{"pen", "pen-request", "pen-refusal", "pen-passing", "autosaves"} {
			body := map[string]apitest.JSON{"pen-passing": {}, "autosaves": {"key": "item." + items[0].ID.String()}}[op]
			if body == nil {
				e.As(who).Post(at(op), nil).Want(status)
			} else {
				e.As(who).Post(at(op), body).Want(status)
			}
		}
	}
}

// What is typed is nobody's but the typist's and those who may write; it is no
// content.
func TestAutosaves(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m, items := running(e, f)
	at := "/meetings/" + m.ID.String() + "/autosaves"
	key := "item." + items[0].ID.String()
	save := func(who, key string, content any) apitest.Response {
		return e.As(who).Post(at, apitest.JSON{"key": key, "content": content})
	}
	var before int
	e.QueryRow("select count(*) from audit_entry", nil, &before)
	save("lape secretary", key, apitest.JSON{"body": apitest.JSON{"decision": apitest.JSON{"fi": "Salai"}}, "version": 1}).Want(200)
	save("lape secretary", key, apitest.JSON{"body": apitest.JSON{"decision": apitest.JSON{"fi": "Salainen luonnos"}}, "version": 1}).Want(200)
	save("luvn writer", key, apitest.JSON{"body": "toinen"}).Want(200)
	for who, want := range map[string]string{"lape secretary": "false esp_secretary true luvn_secretary", "luvn writer": "true luvn_secretary false esp_secretary",
		"chair": "", "espoo member": "", "espoo coordinator": "", "auditor": ""} {
		var got []string
		for _, a := range deskOf(e, who, m.ID).Autosaves {
			got = append(got, fmt.Sprint(a.Mine), a.Post.Title.FI)
		}
		slices.Sort(got)
		parts := strings.Fields(want)
		slices.Sort(parts)
		if !slices.Equal(got, parts) {
			t.Errorf("%s reads %v, want %v", who, got, parts)
		}
	}
	if r := e.As("lape secretary").Get("/meetings/" + m.ID.String() + "/desk"); !strings.Contains(string(r.Bytes), "Salainen luonnos") {
		t.Error("the last text is not there")
	}
	e.As("").Get("/meetings/"+m.ID.String()+"/desk").WantProblem(404, "meeting_not_found")
	e.As("other secretary").Get("/meetings/"+m.ID.String()+"/desk").WantProblem(404, "meeting_not_found")
	if got := agenda(e, "lape secretary", m.ID, "")[0]; got.Version != 1 || got.Decision.FI != "" {
		t.Errorf("the draft is content: %+v", got)
	}
	var after int
	if e.QueryRow("select count(*) from audit_entry", nil, &after); after != before {
		t.Errorf("%d entries for what is no content", after-before)
	}
	save("lape secretary", key, nil).Want(200)
	if got := deskOf(e, "lape secretary", m.ID).Autosaves; len(got) != 1 || got[0].Mine {
		t.Errorf("after forgetting one's own: %+v", got)
	}
	for _, tt := range [][2]string{{"item", "/key"}, {"Item." + items[0].ID.String(), "/key"}} {
		if p := save("lape secretary", tt[0], apitest.JSON{}).WantProblem(422, "validation_failed"); p.Errors[0].Pointer != tt[1] {
			t.Errorf("%v: %+v", tt, p.Errors)
		}
	}
	save("lape secretary", key, apitest.JSON{"body": strings.Repeat("x", 400_001)}).WantProblem(422, "validation_failed")
	e.Advance(31 * 24 * time.Hour)
	save("lape secretary", "outcome."+items[1].ID.String(), apitest.JSON{"body": 1}).Want(200)
	if got := deskOf(e, "lape secretary", m.ID).Autosaves; len(got) != 1 || !got[0].Mine {
		t.Errorf("old ones stay: %+v", got)
	}
}

// Two instances of the server on one database: what is written through one is
// told by the other, as ids and versions, to those who may read the papers and
// only as long as they may.
func TestWatchersOfTwoInstances(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m, items := running(e, f)
	second := e.Another(t)
	at := "/meetings/" + m.ID.String() + "/"
	kind := func(k meeting.EventKind) func(api.MeetingEvent) bool {
		return func(ev api.MeetingEvent) bool { return ev.Kind == k }
	}

	for who, status := range map[string]int{"": 404, "other secretary": 404, "espoo administrator": 404, "luvn reader": 200, "auditor": 200, "espoo coordinator": 200, "chair": 200} {
		s := e.As(who).Watch(at + "events")
		if s.Status != status {
			t.Errorf("%s watches: %d, want %d", who, s.Status, status)
		}
		s.Stop()
	}
	here, there := e.As("espoo member").Watch(at+"events"), e.As("luvn writer").At(second).Watch(at+"events")
	// The second resync says that the instance listens: from here on nothing is missed.
	for range 2 {
		there.Next(kind(meeting.EventResync))
	}
	here.Next(kind(meeting.EventResync))

	secret := itemInput("Salainen otsikko", "public")
	e.As("lape secretary").Put("/agenda-items/"+items[0].ID.String(), `"1"`, secret).Want(200)
	for _, s := range []*apitest.Stream{here, there} {
		got := s.Next(kind(meeting.EventItem))
		if got.ID.String() != items[0].ID.String() || got.Version != 2 || got.ItemID == nil || *got.ItemID != items[0].ID {
			t.Errorf("event %+v", got)
		}
	}
	made := apitest.As[api.AgendaItem](e.As("luvn writer").At(second).Post("/agenda-items/"+items[1].ID.String()+"/outcomes", outcomeInput("decision", "Päätös")).Want(201))
	if got := here.Next(kind(meeting.EventOutcome)); got.ID.String() != made.Outcomes[0].ID.String() || *got.ItemID != items[1].ID || got.Version != 1 {
		t.Errorf("event %+v", got)
	}
	e.As("lape secretary").Post("/outcomes/"+made.Outcomes[0].ID.String()+"/actions", apitest.JSON{"title": apitest.JSON{"fi": "Toimi", "sv": "Åtgärd"},
		"leadPostId": f.Post["luvn_older_head"], "dueOn": "2027-01-31"}).Want(201)
	there.Next(kind(meeting.EventAction))
	e.As("lape secretary").Post(at+"pen", nil).Want(200)
	there.Next(kind(meeting.EventPen))
	e.As("lape secretary").Put(at+"participants/"+m.Participants[0].ID.String(), `"1"`, apitest.JSON{"attendance": "present", "inspector": m.Participants[0].Inspector}).Want(200)
	there.Next(kind(meeting.EventMeeting))
	e.As("lape secretary").Post(at+"autosaves", apitest.JSON{"key": "item." + items[0].ID.String(), "content": apitest.JSON{"body": "Salainen otsikko"}}).Want(200)
	if got := there.Next(kind(meeting.EventAutosave)); got.ID != nil {
		t.Errorf("event %+v", got)
	}

	// Who watches through either instance sits at the same desk, and can be given the pen.
	desk := deskOf(e, "lape secretary", m.ID)
	if !slices.ContainsFunc(desk.Watchers, func(w api.Watcher) bool { return w.Post.Title.FI == "luvn_secretary" && w.Writes }) ||
		!slices.ContainsFunc(desk.Watchers, func(w api.Watcher) bool { return w.Post.Title.FI == "esp_youth_head" && !w.Writes }) {
		t.Errorf("watchers %+v", desk.Watchers)
	}
	e.As("lape secretary").Post(at+"pen-passing", apitest.JSON{"postId": f.Post["esp_youth_head"]}).WantProblem(422, "validation_failed")
	e.As("lape secretary").Post(at+"pen-passing", apitest.JSON{"postId": f.Post["luvn_secretary"]}).Want(200)
	if !deskOf(e, "luvn writer", m.ID).Pen.Mine {
		t.Error("the pen was not passed to who watches")
	}
	if public := apitest.As[api.Meeting](e.As("auditor").Get("/meetings/" + m.ID.String()).Want(200)); public.Papers != true {
		t.Error("the auditor reads no papers")
	}

	// The member leaves the forum while watching: the next event is not theirs.
	e.Name("espoo member", domain.Actor{PostID: f.Post["esp_youth_head"], PartyID: f.Party["espoo"]})
	e.As("luvn writer").Put("/agenda-items/"+items[0].ID.String(), `"2"`, secret).Want(200)
	for _, data := range here.Ended() {
		if strings.Contains(data, `"version":3`) {
			t.Errorf("told after losing access: %s", data)
		}
	}
	there.Next(func(ev api.MeetingEvent) bool { return ev.Kind == meeting.EventItem && ev.Version == 3 })
	if s := e.As("espoo member").Watch(at + "events"); s.Status != http.StatusNotFound {
		t.Errorf("watches again: %d", s.Status)
	}
}
