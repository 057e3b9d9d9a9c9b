package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func topicInput(title string) apitest.JSON {
	return apitest.JSON{"title": apitest.JSON{"fi": title, "sv": title + " sv"}, "why": apitest.JSON{"fi": "Koska.", "sv": "Därför."}}
}

func newTopic(e *apitest.Env, who string, forum domain.ForumID, title string) api.Topic {
	e.T.Helper()
	return apitest.As[api.Topic](e.As(who).Post("/forums/"+forum.String()+"/topics", topicInput(title)).Want(201))
}

func topics(e *apitest.Env, who, query string) string {
	e.T.Helper()
	var out []string
	for _, t := range apitest.As[api.List[api.Topic]](e.As(who).Get("/topics" + query).Want(200)).Items {
		out = append(out, t.Title.FI+":"+string(t.State))
	}
	return strings.Join(out, " ")
}

// Topology: the forum lape with members of both parties and HUS, and the forum
// other. Members in their posts, the secretary and coordinators of either party
// propose; the proposing post changes and withdraws; the secretary declines.
// Staff of either party read the backlog; the public does not.
func TestTopics(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	e.As("espoo coordinator").Post("/goals", goalInput(f, "Tavoite", "public")).Want(201)
	goal := apitest.As[api.Goal](e.As("").Get("/goals/1"))
	path := "/forums/" + forum.String() + "/topics"
	for name, want := range map[string]int{"": 401, "other secretary": 201, "luvn administrator": 403, "auditor": 403} {
		if name == "other secretary" { // holds the post of the secretary of lape too
			continue
		}
		e.As(name).Post(path, topicInput("Ei")).Want(want)
	}
	var stranger domain.PersonID
	stranger.SetNew(domain.UUIDv7)
	e.Name("stranger", domain.Actor{PersonID: stranger, PostID: f.Post["luvn_secretary"], PartyID: f.Party["luvn"]})
	e.As("stranger").Post(path, topicInput("Ei")).WantProblem(403, "forbidden")

	first := newTopic(e, "espoo member", forum, "A")
	in := topicInput("B")
	in["about"] = apitest.JSON{"kind": "goal", "id": goal.ID}
	in["case"] = apitest.JSON{"partyId": f.Party["luvn"], "registryNo": "DEMO 7/2026"}
	in["wantedOn"] = "2027-01-31"
	b := apitest.As[api.Topic](e.As("luvn inspector").Post(path, in).Want(201))
	if b.About == nil || b.About.No != 1 || b.About.Path != "/goals/1" || b.Case == nil || b.Post.PartyID != f.Party["luvn"] || b.WantedOn.String() != "2027-01-31" {
		t.Errorf("topic %+v", b)
	}
	newTopic(e, "hus member", forum, "C")
	newTopic(e, "luvn coordinator", forum, "D")
	newTopic(e, "lape secretary", forum, "E")
	bad := topicInput("")
	bad["title"], bad["about"] = apitest.JSON{"fi": " "}, apitest.JSON{"kind": "goal", "id": forum}
	e.As("espoo member").Post(path, bad).WantProblem(422, "validation_failed")
	bad = topicInput("F")
	bad["about"] = apitest.JSON{"kind": "action", "id": goal.ID}
	e.As("espoo member").Post(path, bad).WantProblem(422, "validation_failed")

	const all = "A:open B:open C:open D:open E:open"
	for name, want := range map[string]string{"": "", "espoo coordinator": all, "luvn coordinator": all, "lape secretary": all, "other secretary": all, "chair": all,
		"espoo member": all, "hus member": all, "espoo manager": all, "luvn reader": all, "auditor": all, "stranger": all} {
		if got := topics(e, name, "?forumId="+forum.String()); got != want {
			t.Errorf("%q sees %q, want %q", name, got, want)
		}
	}
	e.As("").Get("/topics/"+first.ID.String()).WantProblem(404, "topic_not_found")
	if got := topics(e, "auditor", "?sort=wantedOn&partyId="+f.Party["luvn"].String()); got != "B:open D:open" {
		t.Errorf("LUVN's %q", got)
	}

	at := "/topics/" + first.ID.String()
	e.As("luvn inspector").Put(at, `"1"`, topicInput("A2")).WantProblem(403, "forbidden")
	e.As("").Put(at, `"1"`, topicInput("A2")).WantProblem(401, "sign_in_required")
	e.As("espoo member").Put(at, `"1"`, topicInput("A2")).Want(200)
	if p := e.As("espoo member").Put(at, `"1"`, topicInput("A3")).WantProblem(412, "stale_version"); p.Current == nil {
		t.Error("no current topic")
	}
	e.As("espoo member").Post(at+"/refusal", apitest.JSON{"reason": apitest.JSON{"fi": "Ei."}}, "If-Match", `"2"`).WantProblem(403, "forbidden")
	e.As("lape secretary").Post(at+"/withdrawal", apitest.JSON{}, "If-Match", `"2"`).WantProblem(403, "forbidden")
	e.As("lape secretary").Post(at+"/refusal", apitest.JSON{}, "If-Match", `"2"`).WantProblem(422, "validation_failed")
	e.Advance(time.Hour)
	declined := apitest.As[api.Topic](e.As("lape secretary").Post(at+"/refusal", apitest.JSON{"reason": apitest.JSON{"fi": "Kuuluu toiselle foorumille.", "sv": "Hör till ett annat forum."}}, "If-Match", `"2"`).Want(200))
	if declined.State != "declined" || declined.Reason.SV == "" || len(declined.Permissions) != 0 {
		t.Errorf("declined %+v", declined)
	}
	if entry := lastEntry(e, "topic"); entry.permission != "topic.decline" || entry.reason != "Kuuluu toiselle foorumille." || entry.parent != "forum" || !strings.Contains(entry.changes, `"declined"`) {
		t.Errorf("entry %+v", entry)
	}
	if p := e.As("espoo member").Put(at, `"3"`, topicInput("A4")).WantProblem(409, "topic_settled"); p.State != "declined" {
		t.Errorf("state %q", p.State)
	}
	e.As("luvn inspector").Post("/topics/"+b.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", `"1"`).Want(200)
	if got := topics(e, "auditor", "?state=open"); got != "C:open D:open E:open" {
		t.Errorf("open %q", got)
	}
	e.Advance(24 * time.Hour)
	if got := apitest.As[api.Topic](e.As("auditor").Get(at + "?asOf=2026-11-23T06:30:00Z").Want(200)); got.State != "open" || got.Title.FI != "A2" {
		t.Errorf("as of before: %+v", got)
	}
}

// Topology: the forum lape, an action, and a chain with a hand-over. A member of
// either party proposes topics about them; staff read what they concern and
// where it is shown.
func TestTopicsAboutActionsAndHandovers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	path := "/forums/" + forum.String() + "/topics"
	action := apitest.As[api.Action](e.As("espoo coordinator").Post("/actions", actionInput(f, "Toimenpide", "", "")).Want(201))
	chain := handoverChain(e, f, "perheet", "public", handoverInput())
	handover := chain.Handovers[0]

	for _, c := range []struct {
		who, kind, id, path, title string
		no                         int
	}{
		{"espoo member", "action", action.ID.String(), fmt.Sprintf("/actions/%d", action.No), action.Title.FI, action.No},
		{"luvn inspector", "handover", handover.ID.String(), "/chains/" + chain.ID.String(), "Tieto tuen tarpeesta", 0},
	} {
		in := topicInput("Aihe: " + c.kind)
		in["about"] = apitest.JSON{"kind": c.kind, "id": c.id}
		made := apitest.As[api.Topic](e.As(c.who).Post(path, in).Want(201))
		for _, reader := range []string{"espoo member", "luvn reader", "hus member", "auditor"} {
			about := apitest.As[api.Topic](e.As(reader).Get("/topics/" + made.ID.String()).Want(200)).About
			if about == nil || string(about.Kind) != c.kind || about.ID.String() != c.id || about.No != c.no || about.Title.FI != c.title || about.Path != c.path {
				t.Errorf("%s reads that the topic concerns %+v, want %+v", reader, about, c)
			}
		}
		if entry := lastEntry(e, "topic"); !strings.Contains(entry.changes, c.id) {
			t.Errorf("the log does not say what it concerns: %s", entry.changes)
		}
	}

	// A kind without its thing, a kind that is none, and what is not there.
	for _, c := range []struct{ kind, id, pointer, code string }{
		{"handover", "", "/about/id", "required"}, {"stage", chain.ID.String(), "/about/kind", "not_allowed"}, {"action", handover.ID.String(), "/about/id", "unknown"},
	} {
		in := topicInput("Ei")
		in["about"] = apitest.JSON{"kind": c.kind, "id": c.id}
		if c.id == "" {
			in["about"] = apitest.JSON{"kind": c.kind}
		}
		if p := e.As("espoo member").Post(path, in).WantProblem(422, "validation_failed"); len(p.Errors) != 1 || p.Errors[0].Pointer != c.pointer || p.Errors[0].Code != c.code {
			t.Errorf("%+v: %+v", c, p.Errors)
		}
	}
}

// deferredInput puts a matter off until the end of the year.
func deferredInput(text string) apitest.JSON {
	in := outcomeInput("deferred", text)
	in["dueOn"] = "2026-12-31"
	return in
}

// referralInput refers a matter to the forum other.
func referralInput(e *apitest.Env, text string) apitest.JSON {
	e.T.Helper()
	in := outcomeInput("referral", text)
	in["toForumId"] = apitest.As[api.Forum](e.As("espoo coordinator").Get("/forums/other").Want(200)).ID
	return in
}

func offers(e *apitest.Env, who string, m domain.MeetingID) (string, []api.Offer) {
	e.T.Helper()
	items := apitest.As[api.Offers](e.As(who).Get("/meetings/" + m.String() + "/offers").Want(200)).Items
	var out []string
	for _, o := range items {
		out = append(out, string(o.Kind)+":"+o.Title.FI)
	}
	return strings.Join(out, " "), items
}

func pick(offers []api.Offer, titles ...string) apitest.JSON {
	picks := []apitest.JSON{}
	for _, title := range titles {
		for _, o := range offers {
			if o.Title.FI == title {
				picks = append(picks, apitest.JSON{"kind": o.Kind, "id": o.ID})
			}
		}
	}
	return apitest.JSON{"picks": picks}
}

// Topology: a meeting of lape that left an action, a deferral and a referral
// behind, and topics in the backlog. All of it offers itself to the next
// agenda; what has been taken up offers itself no more, until the item is taken
// off again.
func TestOffersAndDrawing(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	e.As("espoo coordinator").Post("/goals", goalInput(f, "Tavoite", "public")).Want(201)
	goal := apitest.As[api.Goal](e.As("").Get("/goals/1")).ID
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-11-24", "public")
	decided, later, elsewhere := newItem(e, m.ID, "Päätetty", "public"), newItem(e, m.ID, "Siirretty", "internal"), newItem(e, m.ID, "Lähetetty", "public")
	step(e, "lape secretary", m.ID, "call", "start")
	o := apitest.As[api.AgendaItem](c.Post("/agenda-items/"+decided.ID.String()+"/outcomes", outcomeInput("decision", "Tehdään.")).Want(201)).Outcomes[0]
	c.Post("/outcomes/"+o.ID.String()+"/actions", apitest.JSON{"title": apitest.JSON{"fi": "Toimi", "sv": "Åtgärd"}, "leadPostId": f.Post["esp_youth_head"], "dueOn": "2026-12-01", "goalIds": []domain.GoalID{goal}}).Want(201)
	c.Post("/agenda-items/"+later.ID.String()+"/outcomes", deferredInput("Seuraavaan kokoukseen.")).Want(201)
	c.Post("/agenda-items/"+elsewhere.ID.String()+"/outcomes", referralInput(e, "Ohjausryhmälle.")).Want(201)
	next := newMeeting(e, forum, "2026-12-08", "public")
	step(e, "lape secretary", m.ID, "closure")
	newTopic(e, "espoo member", forum, "Aihe A")
	newTopic(e, "luvn inspector", forum, "Aihe B")

	for name, want := range map[string]int{"": 401, "chair": 404, "espoo coordinator": 403, "other secretary": 404, "auditor": 403} {
		e.As(name).Get("/meetings/" + next.ID.String() + "/offers").Want(want)
		e.As(name).Post("/meetings/"+next.ID.String()+"/draws", apitest.JSON{"picks": []apitest.JSON{{"kind": "topic", "id": forum}}}).Want(want)
	}
	got, list := offers(e, "lape secretary", next.ID)
	if got != "topic:Aihe A topic:Aihe B action:Toimi deferred:Siirretty sent:Lähetetty" {
		t.Fatalf("offers %s", got)
	}
	if a := list[2]; a.No != 1 || a.Condition == "" || a.Post == nil || a.From == nil || a.From.Number != 1 || a.DueOn.String() != "2026-12-01" || a.Standing != domain.Proposed || list[0].Standing != "" {
		t.Errorf("action %+v", a)
	}
	addTask(e, "espoo coordinator", apitest.As[api.Action](e.As("espoo coordinator").Get("/actions/1").Want(200)), taskInput("Lomake", "2026-11-27"))
	if _, list := offers(e, "lape secretary", next.ID); list[2].DueOn.String() != "2026-11-27" {
		t.Errorf("an action with a task that is due before it: %s", list[2].DueOn)
	}
	e.As("lape secretary").Post("/meetings/"+next.ID.String()+"/draws", apitest.JSON{"picks": []apitest.JSON{{"kind": "topic", "id": forum}}}).WantProblem(422, "validation_failed")
	drawn := apitest.As[api.Agenda](c.Post("/meetings/"+next.ID.String()+"/draws", pick(list, "Aihe B", "Toimi", "Siirretty")).Want(200)).Items
	if len(drawn) != 3 || drawn[0].Title.FI != "Aihe B" || drawn[0].Explanation.SV != "Därför." || drawn[2].AgendaNo != 3 ||
		drawn[2].Visibility != "internal" || drawn[2].VisibilityGround == "" {
		t.Errorf("agenda %+v", drawn)
	}
	var permission, changes string
	e.QueryRow(`select a.permission, v.changes::text from audit_entry a join audit_value v on v.entry_id = a.id where a.subject_id = $1`, []any{drawn[1].ID}, &permission, &changes)
	if permission != "meeting.edit" || !strings.Contains(changes, `"source"`) {
		t.Errorf("entry %s %s", permission, changes)
	}
	if got, _ := offers(e, "lape secretary", next.ID); got != "topic:Aihe A sent:Lähetetty" {
		t.Errorf("left %s", got)
	}
	if got := topics(e, "luvn reader", "?state=drawn"); got != "Aihe B:drawn" {
		t.Errorf("drawn %q", got)
	}
	b := apitest.As[api.List[api.Topic]](e.As("luvn reader").Get("/topics?state=drawn")).Items[0]
	if b.Drawn == nil || b.Drawn.Number != 2 || b.Drawn.ItemID != drawn[0].ID {
		t.Errorf("drawn into %+v", b.Drawn)
	}
	e.As("luvn inspector").Post("/topics/"+b.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", `"1"`).WantProblem(409, "topic_settled")
	c.Post("/meetings/"+next.ID.String()+"/draws", pick(list, "Aihe B")).WantProblem(422, "validation_failed")
	c.Post("/agenda-items/"+drawn[0].ID.String()+"/removal", nil, "If-Match", `"1"`).Want(200)
	if got := topics(e, "luvn reader", "?state=open"); got != "Aihe A:open Aihe B:open" {
		t.Errorf("after taking it off %q", got)
	}
	c.Post("/meetings/"+m.ID.String()+"/draws", pick(list, "Aihe A")).WantProblem(409, "meeting_locked")
	if got, _ := offers(e, "lape secretary", m.ID); got != "" {
		t.Errorf("a closed meeting is offered %s", got)
	}
}
