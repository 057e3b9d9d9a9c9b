package api_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// lape is what most meeting tests need: a public forum whose papers are
// minutes, with its members, and these actors: "lape secretary" (Espoo),
// "chair" (LUVN), "espoo inspector", "luvn inspector", "espoo member",
// "hus member"; beside it "other secretary" of another forum.
func lape(e *apitest.Env, f *apitest.Fixture) domain.ForumID {
	e.T.Helper()
	id := newForum(e, f, "lape", "LAPE", "public").ID
	newForum(e, f, "other", "Muu", "public")
	for _, m := range [][2]string{{"esp_secretary", "secretary"}, {"esp_education_head", "member"}, {"esp_youth_head", "member"},
		{"luvn_family_head", "chair"}, {"luvn_older_head", "member"}, {"hus_liaison", "member"}} {
		join(e, f, id, m[0], m[1])
	}
	for name, post := range map[string][2]string{"chair": {"luvn", "luvn_family_head"}, "espoo inspector": {"espoo", "esp_education_head"},
		"luvn inspector": {"luvn", "luvn_older_head"}, "espoo member": {"espoo", "esp_youth_head"}, "hus member": {"hus", "hus_liaison"}} {
		var person domain.PersonID
		person.SetNew(domain.UUIDv7)
		e.Name(name, domain.Actor{PersonID: person, PostID: f.Post[post[1]], PartyID: f.Party[post[0]], Forums: []domain.ForumID{id}})
	}
	return id
}

func meetingInput(day, visibility string) apitest.JSON {
	in := apitest.JSON{"startsAt": day + "T11:00:00Z", "endsAt": day + "T13:00:00Z", "visibility": visibility,
		"place": apitest.JSON{"fi": "Kaupungintalo", "sv": "Stadshuset"}}
	if visibility == "internal" {
		in["visibilityGround"] = "keskeneräinen"
	}
	return in
}

func newMeeting(e *apitest.Env, forum domain.ForumID, day, visibility string) api.Meeting {
	e.T.Helper()
	return apitest.As[api.Meeting](e.As("lape secretary").Post("/forums/"+forum.String()+"/meetings", meetingInput(day, visibility)).Want(201))
}

func itemInput(title, visibility string) apitest.JSON {
	in := apitest.JSON{"title": apitest.JSON{"fi": title, "sv": title + " sv"}, "visibility": visibility}
	if visibility == "internal" {
		in["visibilityGround"] = "JulkL 24 § 1 mom. 25 k"
	}
	return in
}

func newItem(e *apitest.Env, m domain.MeetingID, title, visibility string) api.AgendaItem {
	e.T.Helper()
	return apitest.As[api.AgendaItem](e.As("lape secretary").Post("/meetings/"+m.String()+"/agenda-items", itemInput(title, visibility)).Want(201))
}

func outcomeInput(kind, text string) apitest.JSON {
	return apitest.JSON{"type": kind, "text": apitest.JSON{"fi": text, "sv": text + " sv"}}
}

// unhandled says of the items of a meeting that have no outcome why they were
// not handled, so that it can be closed.
func unhandled(e *apitest.Env, who string, m domain.MeetingID) {
	e.T.Helper()
	for _, i := range agenda(e, who, m, "") {
		if i.Kind == "item" && len(i.Outcomes) == 0 && i.NotHandled.IsZero() && !i.CarriedOn {
			e.As(who).Post("/agenda-items/"+i.ID.String()+"/non-handling", reasonInput("Aika ei riittänyt"), "If-Match", fmt.Sprintf(`"%d"`, i.Version))
		}
	}
}

func reasonInput(text string) apitest.JSON {
	if text == "" {
		return apitest.JSON{"reason": apitest.JSON{"fi": ""}}
	}
	return apitest.JSON{"reason": apitest.JSON{"fi": text, "sv": text + " sv"}}
}

// step takes a step as an actor and wants it to succeed. Before a closure it
// says of items without outcomes that they were not handled.
func step(e *apitest.Env, who string, m domain.MeetingID, steps ...string) api.Meeting {
	e.T.Helper()
	var last api.Meeting
	for _, s := range steps {
		if s == "closure" {
			unhandled(e, who, m)
		}
		var body any
		if s == "approvals" {
			body = approval(paperHash(e, m))
		}
		last = apitest.As[api.Meeting](e.As(who).Post("/meetings/"+m.String()+"/"+s, body).Want(200))
	}
	return last
}

// paperHash is the hash of a meeting's paper, which an approval names.
func paperHash(e *apitest.Env, m domain.MeetingID) string {
	e.T.Helper()
	return apitest.As[api.PaperBody](e.As("auditor").Get("/meetings/" + m.String() + "/paper").Want(200)).Hash
}

func approval(hash string) apitest.JSON { return apitest.JSON{"paper": hash} }

// anyPaper is the hash of a paper that nobody wrote.
var anyPaper = strings.Repeat("0", 64)

// approve has the chair and both inspectors approve.
func approve(e *apitest.Env, m domain.MeetingID) api.Meeting {
	e.T.Helper()
	step(e, "chair", m, "approvals")
	step(e, "espoo inspector", m, "approvals")
	return step(e, "luvn inspector", m, "approvals")
}

func agenda(e *apitest.Env, who string, m domain.MeetingID, query string) []api.AgendaItem {
	e.T.Helper()
	return apitest.As[api.Agenda](e.As(who).Get("/meetings/" + m.String() + "/agenda-items" + query).Want(200)).Items
}

// The main job: a decision travels from the agenda to a public action.
func TestMeetingWalk(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	e.As("espoo coordinator").Post("/goals", goalInput(f, "Tavoite", "public")).Want(201)
	goal := apitest.As[api.Goal](e.As("").Get("/goals/1")).ID
	c := e.As("lape secretary")

	m := newMeeting(e, forum, "2026-12-08", "public")
	if m.Number != 1 || m.Year != 2026 || m.Status != "draft" || m.Paper != "minutes" || !slices.Contains(m.Permissions, domain.MeetingCall) {
		t.Fatalf("draft %+v", m)
	}
	item := newItem(e, m.ID, "Tiedonsiirron ohje", "public")
	c.Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("decision", "Liian aikaisin")).WantProblem(409, "meeting_not_in_progress")
	called := step(e, "lape secretary", m.ID, "call")
	if got := participants(called); got != "secretary:esp_secretary inspector:esp_education_head member:esp_youth_head chair:luvn_family_head inspector:luvn_older_head member:hus_liaison" {
		t.Errorf("participants %s", got)
	}
	started := step(e, "lape secretary", m.ID, "start")
	if p := c.Post("/meetings/"+m.ID.String()+"/start", nil).WantProblem(409, "meeting_not_called"); p.State != "in_progress" {
		t.Errorf("started twice: state %q", p.State)
	}
	if started.Quorum.Met || len(started.Quorum.MissingPartyIDs) != 2 {
		t.Errorf("quorum of nobody: %+v", started.Quorum)
	}
	now := started
	for _, p := range started.Participants {
		now = apitest.As[api.Meeting](c.Put("/meetings/"+m.ID.String()+"/participants/"+p.ID.String(), `"1"`,
			apitest.JSON{"attendance": "present", "inspector": p.Inspector}).Want(200))
	}
	if !now.Quorum.Met || now.Attendance[0].Present != 2 || now.Attendance[1].Seats != 2 {
		t.Errorf("attendance %+v, quorum %+v", now.Attendance, now.Quorum)
	}
	item = apitest.As[api.AgendaItem](c.Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("decision", "Otetaan ohje käyttöön.")).Want(201))
	outcome := item.Outcomes[0]
	if !outcome.Open || outcome.LateEntry || outcome.No != 1 {
		t.Errorf("outcome %+v", outcome)
	}
	p := c.Post("/meetings/"+m.ID.String()+"/closure", nil).WantProblem(409, "decisions_without_ending")
	if p.State != "in_progress" || len(p.Errors) != 1 || p.Errors[0].Pointer != "/outcomes/"+outcome.ID.String() {
		t.Errorf("closure refused with %+v", p)
	}
	action := apitest.JSON{"title": apitest.JSON{"fi": "Ohje käyttöön", "sv": "Anvisningen tas i bruk"}, "leadPostId": f.Post["esp_youth_head"], "dueOn": "2027-01-31",
		"goalIds": []domain.GoalID{goal}, "wording": apitest.JSON{"fi": "Vie ohjeen käyttöön."}}
	item = apitest.As[api.AgendaItem](c.Post("/outcomes/"+outcome.ID.String()+"/actions", action).Want(201))
	made := item.Outcomes[0]
	if made.Open || len(made.Actions) != 1 || made.Actions[0].No != 1 || made.Actions[0].Lead.Title.FI != "esp_youth_head" || made.Actions[0].DueOn.String() != "2027-01-31" {
		t.Fatalf("outcome with its action %+v", made)
	}
	if entry := lastEntry(e, "action"); entry.permission != "action.create" || entry.parent != "meeting" || !strings.Contains(entry.changes, "Anvisningen tas i bruk") {
		t.Errorf("entry %+v", entry)
	}
	e.As("").Get("/actions/1").WantProblem(404, "action_not_found") // the paper that decided it is not published
	e.As("espoo reader").Get("/actions/1").Want(200)
	closed := step(e, "lape secretary", m.ID, "closure")
	if closed.Status != "closed" || agenda(e, "chair", m.ID, "")[0].Section != 1 {
		t.Errorf("closed %+v", closed.Status)
	}
	c.Post("/meetings/"+m.ID.String()+"/publication", nil).WantProblem(409, "meeting_not_approved")
	c.Post("/meetings/"+m.ID.String()+"/approvals", approval(anyPaper)).WantProblem(403, "forbidden")
	step(e, "chair", m.ID, "approvals")
	e.As("chair").Post("/meetings/"+m.ID.String()+"/approvals", approval(paperHash(e, m.ID))).WantProblem(409, "already_approved")
	if got := step(e, "espoo inspector", m.ID, "approvals"); got.Status != "closed" || got.Approvers[0].ApprovedAt == nil || got.Approvers[2].ApprovedAt != nil {
		t.Errorf("after two of three: %s %+v", got.Status, got.Approvers)
	}
	if got := step(e, "luvn inspector", m.ID, "approvals"); got.Status != "approved" {
		t.Errorf("after all: %s", got.Status)
	}
	if got := step(e, "lape secretary", m.ID, "publication"); got.Status != "published" || len(got.Permissions) != 0 {
		t.Errorf("published %s, may %v", got.Status, got.Permissions)
	}
	public := agenda(e, "", m.ID, "")
	if len(public) != 1 || len(public[0].Outcomes) != 1 || len(public[0].Outcomes[0].Actions) != 1 {
		t.Fatalf("the public reads %+v", public)
	}
	e.As("").Get("/actions/1").Want(200)
	c.Put("/agenda-items/"+item.ID.String(), fmt.Sprintf("%q", fmt.Sprint(public[0].Version)), itemInput("Uusi", "public")).WantProblem(409, "meeting_locked")
	c.Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("noted", "Myöhässä")).WantProblem(409, "meeting_not_in_progress")
	list := apitest.As[api.List[api.OutcomeEntry]](e.As("").Get("/outcomes?forumId=" + forum.String()).Want(200)).Items
	if len(list) != 1 || list[0].Open || list[0].Meeting.Number != 1 || list[0].Item.Section != 1 || list[0].Forum.Key != "lape" || len(list[0].Actions) != 1 {
		t.Errorf("outcomes %+v", list)
	}
}

func participants(m api.Meeting) string {
	var out []string
	for _, p := range m.Participants {
		role := string(p.Role)
		if p.Inspector {
			role = "inspector"
		}
		if p.Post != nil {
			out = append(out, role+":"+p.Post.Title.FI)
		} else {
			out = append(out, role+":"+p.Guest)
		}
	}
	return strings.Join(out, " ")
}

// Topology: one public forum, with a public meeting in each state and an
// internal one that was published; each has a public and an internal item.
// Headers from the call on; papers for members and for the posts that chair or
// inspect from the call on, for the secretary, coordinators and the auditor always, for others when published;
// of a hidden item its number and ground.
func TestMeetingsVisibleSet(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	ids := map[string]domain.MeetingID{}
	for i, state := range []string{"draft", "called", "in_progress", "closed", "approved", "published", "cancelled", "dropped", "internal"} {
		visibility := "public"
		if state == "internal" {
			visibility = "internal"
		}
		m := newMeeting(e, forum, fmt.Sprintf("2026-12-%02d", i+1), visibility)
		ids[state] = m.ID
		newItem(e, m.ID, "Julkinen asia", "public")
		newItem(e, m.ID, "Salainen asia", "internal")
		until := map[string][]string{"called": {"call"}, "in_progress": {"call", "start"}, "closed": {"call", "start", "closure"},
			"approved": {"call", "start", "closure"}, "published": {"call", "start", "closure"}, "internal": {"call", "start", "closure"}, "cancelled": {"call"}}[state]
		step(e, "lape secretary", m.ID, until...)
		if state == "approved" || state == "published" || state == "internal" {
			approve(e, m.ID)
		}
		if state == "published" || state == "internal" {
			step(e, "lape secretary", m.ID, "publication")
		}
		if state == "cancelled" || state == "dropped" {
			e.As("lape secretary").Post("/meetings/"+m.ID.String()+"/cancellation", apitest.JSON{"reason": apitest.JSON{"fi": "Este", "sv": "Förhinder"}}).Want(200)
		}
	}
	// The chair and a member have left the forum since. In the closed meeting another post has the chair.
	for name, post := range map[string]string{"former chair": "luvn_family_head", "former member": "esp_youth_head"} {
		party, _, _ := strings.Cut(post, "_")
		e.Name(name, domain.Actor{PersonID: newPerson(), PostID: f.Post[post], PartyID: f.Party[party]})
	}
	e.Exec("update participant set role = 'member' where meeting_id = $1 and post_id = $2", ids["closed"], f.Post["luvn_family_head"])
	const all = "draft called in_progress closed approved published cancelled dropped internal"
	const afterCall = "called in_progress closed approved published cancelled internal"
	for _, tt := range []struct{ who, headers, papers string }{
		{"", "called in_progress closed approved published cancelled", "published"},
		{"espoo reader", afterCall, "published internal"},
		{"espoo manager", afterCall, afterCall}, {"luvn reader", afterCall, afterCall}, // no members, but in the posts that inspect
		{"luvn administrator", afterCall, "published internal"},
		{"other secretary", afterCall, "published internal"},
		{"espoo member", afterCall, afterCall}, {"hus member", afterCall, afterCall}, {"chair", afterCall, afterCall},
		{"former chair", afterCall, "called in_progress approved published cancelled internal"}, {"former member", afterCall, "published internal"},
		{"lape secretary", all, all}, {"espoo coordinator", all, all}, {"luvn coordinator", all, all}, {"auditor", all, all},
	} {
		var headers, papers []string
		for _, m := range apitest.As[api.List[api.MeetingSummary]](e.As(tt.who).Get("/forums/" + forum.String() + "/meetings").Want(200)).Items {
			state := ""
			for name, id := range ids {
				if id == m.ID {
					state = name
				}
			}
			headers = append(headers, state)
			items := agenda(e, tt.who, m.ID, "")
			if m.Papers != (len(items) == 2) || m.Papers != (m.ItemCount == 2) {
				t.Errorf("%q: %s says papers %v and %d items, and has %d", tt.who, state, m.Papers, m.ItemCount, len(items))
			}
			if m.Papers {
				papers = append(papers, state)
			}
		}
		if got := strings.Join(headers, " "); got != tt.headers {
			t.Errorf("%q sees headers %q, want %q", tt.who, got, tt.headers)
		}
		if got := strings.Join(papers, " "); got != tt.papers {
			t.Errorf("%q sees papers %q, want %q", tt.who, got, tt.papers)
		}
	}
	for _, hidden := range []string{"draft", "dropped", "internal"} {
		e.As("").Get("/meetings/"+ids[hidden].String()).WantProblem(404, "meeting_not_found")
		e.As("").Get("/meetings/"+ids[hidden].String()+"/agenda-items").WantProblem(404, "meeting_not_found")
	}
	e.As("luvn reader").Get("/meetings/"+ids["draft"].String()).WantProblem(404, "meeting_not_found")
	if m := apitest.As[api.Meeting](e.As("").Get("/meetings/" + ids["called"].String()).Want(200)); len(m.Participants) != 0 || m.Quorum.Met {
		t.Errorf("the public reads participants %+v", m.Participants)
	}
	public := agenda(e, "", ids["published"], "")
	if h := public[1]; !h.Hidden || h.AgendaNo != 2 || h.VisibilityGround != "JulkL 24 § 1 mom. 25 k" || h.Title.FI != "" || public[0].Title.FI != "Julkinen asia" {
		t.Errorf("the public reads %+v", public)
	}
	if off := apitest.As[api.Meeting](e.As("").Get("/meetings/" + ids["cancelled"].String()).Want(200)); off.CancelReason != (api.Text{FI: "Este", SV: "Förhinder"}) {
		t.Errorf("the public reads why it was cancelled: %+v", off.CancelReason)
	}
	e.As("").Get("/agenda-items/"+public[1].ID.String()).WantProblem(404, "agenda_item_not_found")
	e.As("").Get("/agenda-items/" + public[0].ID.String()).Want(200)
	if staff := agenda(e, "luvn reader", ids["published"], ""); staff[1].Hidden || staff[1].Title.FI != "Salainen asia" {
		t.Errorf("staff read %+v", staff[1])
	}
	e.As("espoo reader").Get("/agenda-items/"+agenda(e, "auditor", ids["called"], "")[0].ID.String()).WantProblem(404, "agenda_item_not_found")
	for who, told := range map[string]map[string]bool{"espoo reader": {"published": true}, "espoo member": {"closed": true, "published": true}, "auditor": {"closed": true, "published": true}} {
		for _, state := range []string{"closed", "published"} {
			for _, entry := range entries(e.As(who).Get("/audit/entries?subjectKind=meeting&subjectId=" + ids[state].String() + "&permission=meeting.call")) {
				if _, ok := change(entry, "participants"); ok != told[state] || entry.Withheld == ok {
					t.Errorf("%s reads in the log of the %s meeting who takes part: %v, withheld %v", who, state, ok, entry.Withheld)
				}
			}
		}
	}
	if got := apitest.As[api.Forum](e.As("").Get("/forums/lape")); got.HeldThisYear != 3 || got.LastMeeting.ID != ids["published"] || got.NextMeeting.ID != ids["called"] {
		t.Errorf("the public reads of the forum: held %d, last %+v, next %+v", got.HeldThisYear, got.LastMeeting, got.NextMeeting)
	}
	if got := apitest.As[api.Forum](e.As("auditor").Get("/forums/lape")); got.HeldThisYear != 4 || got.NextMeeting.ID != ids["draft"] {
		t.Errorf("the auditor reads of the forum: held %d, next %+v", got.HeldThisYear, got.NextMeeting)
	}
}

// Only the forum's own secretary prepares and runs a meeting: another forum's
// secretary is told 404 of a draft and 403 of what has been called, as is
// everybody else.
func TestMeetingPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	draft := newMeeting(e, forum, "2026-12-01", "public").ID.String()
	m := newMeeting(e, forum, "2026-12-02", "public")
	item := newItem(e, m.ID, "Asia", "public")
	called := step(e, "lape secretary", m.ID, "call")
	if want := []domain.Permission{domain.MeetingEdit, domain.MeetingRecord, domain.MeetingStart, domain.MeetingCancel}; !slices.Equal(called.Permissions, want) {
		t.Errorf("of a called meeting the secretary may %v, want %v", called.Permissions, want)
	}
	step(e, "lape secretary", m.ID, "start")
	done := apitest.As[api.AgendaItem](e.As("lape secretary").Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("decision", "Päätös")).Want(201))
	outcome := done.Outcomes[0].ID.String()
	participant := apitest.As[api.Meeting](e.As("auditor").Get("/meetings/" + m.ID.String())).Participants[0].ID.String()
	cancel := apitest.JSON{"reason": apitest.JSON{"fi": "Este", "sv": "Förhinder"}}
	attend := apitest.JSON{"attendance": "present", "inspector": false}
	action := apitest.JSON{"title": apitest.JSON{"fi": "Toimi"}, "leadPostId": f.Post["esp_youth_head"], "dueOn": "2027-01-31"}
	for _, who := range []string{"other secretary", "chair", "espoo member", "espoo coordinator", "luvn manager", "luvn reader", "auditor", "espoo administrator"} {
		c, id := e.As(who), m.ID.String()
		c.Post("/forums/"+forum.String()+"/meetings", meetingInput("2026-12-20", "public")).WantProblem(403, "forbidden")
		c.Put("/meetings/"+id, `"3"`, meetingInput("2026-12-02", "public")).WantProblem(403, "forbidden")
		for _, s := range []string{"call", "start", "closure", "publication"} {
			c.Post("/meetings/"+id+"/"+s, nil).WantProblem(403, "forbidden")
		}
		if slices.Contains([]string{"chair", "luvn manager", "luvn reader"}, who) { // in the posts that chair and inspect
			c.Post("/meetings/"+id+"/approvals", approval(anyPaper)).WantProblem(409, "meeting_not_closed")
		} else {
			c.Post("/meetings/"+id+"/approvals", approval(anyPaper)).WantProblem(403, "forbidden")
		}
		c.Post("/meetings/"+id+"/cancellation", cancel).WantProblem(403, "forbidden")
		c.Post("/meetings/"+id+"/agenda-items", itemInput("Uusi", "public")).WantProblem(403, "forbidden")
		c.Post("/meetings/"+id+"/participants", apitest.JSON{"partyId": f.Party["hus"], "guest": "Asiantuntija"}).WantProblem(403, "forbidden")
		c.Put("/meetings/"+id+"/participants/"+participant, `"1"`, attend).WantProblem(403, "forbidden")
		switch who {
		case "other secretary", "espoo administrator": // without the papers
			c.Put("/agenda-items/"+item.ID.String(), `"1"`, itemInput("Uusi", "public")).WantProblem(404, "agenda_item_not_found")
			c.Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("noted", "Ei")).WantProblem(404, "agenda_item_not_found")
			c.Put("/outcomes/"+outcome, `"1"`, outcomeInput("noted", "Ei")).WantProblem(404, "outcome_not_found")
			c.Post("/outcomes/"+outcome+"/actions", action).WantProblem(404, "outcome_not_found")
		default:
			c.Put("/agenda-items/"+item.ID.String(), `"1"`, itemInput("Uusi", "public")).WantProblem(403, "forbidden")
			c.Post("/agenda-items/"+item.ID.String()+"/move", apitest.JSON{}).WantProblem(403, "forbidden")
			c.Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("noted", "Ei")).WantProblem(403, "forbidden")
			c.Put("/outcomes/"+outcome, `"1"`, outcomeInput("noted", "Ei")).WantProblem(403, "forbidden")
			if who != "espoo coordinator" { // who may create any action
				c.Post("/outcomes/"+outcome+"/actions", action).WantProblem(403, "forbidden")
			}
		}
		if who != "espoo coordinator" && who != "auditor" {
			c.Post("/meetings/"+draft+"/call", nil).WantProblem(404, "meeting_not_found")
		}
	}
	e.As("").Post("/meetings/"+m.ID.String()+"/closure", nil).WantProblem(401, "sign_in_required")
	e.As("").Post("/meetings/"+draft+"/call", nil).WantProblem(401, "sign_in_required")
	for who, want := range map[string][]domain.Permission{"": {}, "auditor": {}, "espoo coordinator": {}, "chair": {}, "other secretary": {},
		"lape secretary": {domain.MeetingEdit, domain.MeetingRecord, domain.MeetingClose}} {
		if got := apitest.As[api.Meeting](e.As(who).Get("/meetings/" + m.ID.String()).Want(200)).Permissions; !slices.Equal(got, want) {
			t.Errorf("%q may %v, want %v", who, got, want)
		}
	}
	e.As("lape secretary").Post("/outcomes/"+outcome+"/actions", action).Want(201)
	step(e, "lape secretary", m.ID, "closure")
	if got := apitest.As[api.Meeting](e.As("chair").Get("/meetings/" + m.ID.String()).Want(200)).Permissions; !slices.Equal(got, []domain.Permission{domain.MeetingApprove}) {
		t.Errorf("the chair may %v", got)
	}
}

// The second tab of a secretary gets both texts; nothing is overwritten.
func TestAgendaItemVersions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-12-08", "public")
	item := newItem(e, m.ID, "Asia", "public")
	other := newItem(e, m.ID, "Toinen", "public")
	path := "/agenda-items/" + item.ID.String()
	in := itemInput("Asia", "public")
	in["proceedings"] = apitest.JSON{"fi": "Keskusteltiin.", "sv": "Man diskuterade."}
	in["proposal"] = apitest.JSON{"fi": "1. Merkitään tiedoksi.\n2. Hyväksytään suunnitelma."}
	in["heard"] = apitest.JSON{"fi": "nuorisovaltuusto, vammaisneuvosto"}
	in["goesOnTo"] = apitest.JSON{"fi": "kaupunginhallitus, kaupunginvaltuusto"}
	in["cases"] = []apitest.JSON{{"partyId": f.Party["luvn"], "registryNo": "4802/00.01.02/2025", "urlFi": "https://example.org/fi", "urlSv": "https://example.org/sv"}}
	in["presenterPostId"], in["minutesReserved"] = f.Post["luvn_older_head"], 30
	saved := c.Put(path, `"1"`, in).Want(200)
	got := apitest.As[api.AgendaItem](saved)
	if saved.ETag() != `"2"` || got.Presenter.Title.FI != "luvn_older_head" || got.Cases[0].URLSV != "https://example.org/sv" || got.Heard.FI == "" || got.GoesOnTo.FI == "" || got.MinutesReserved != 30 {
		t.Errorf("saved %+v", got)
	}
	if entry := lastEntry(e, "agenda_item"); entry.permission != "meeting.edit" || entry.parent != "meeting" || !strings.Contains(entry.changes, "Man diskuterade.") || strings.Contains(entry.changes, `"title"`) {
		t.Errorf("entry %+v", entry)
	}
	in["proceedings"] = apitest.JSON{"fi": "Toisen välilehden teksti."}
	p := c.Put(path, `"1"`, in).WantProblem(412, "stale_version")
	current, ok := p.Current.(map[string]any)
	if !ok || current["proceedings"].(map[string]any)["fi"] != "Keskusteltiin." || current["version"] != 2.0 {
		t.Errorf("current %v", p.Current)
	}
	c.Do("PUT", "/api/v1"+path, in).WantProblem(428, "if_match_required")
	// A move keeps the version: what the other tab types stays valid.
	moved := apitest.As[api.Agenda](c.Post("/agenda-items/"+other.ID.String()+"/move", apitest.JSON{}).Want(200)).Items
	if moved[0].ID != other.ID || moved[0].AgendaNo != 1 || moved[1].AgendaNo != 2 || moved[1].Version != 2 {
		t.Errorf("moved %+v", moved)
	}
	if entry := lastEntry(e, "agenda_item"); !strings.Contains(entry.changes, `"agendaNo"`) {
		t.Errorf("entry of the move %+v", entry)
	}
	c.Post("/agenda-items/"+other.ID.String()+"/move", apitest.JSON{"after": item.ID}).Want(200)
	c.Post("/agenda-items/"+other.ID.String()+"/move", apitest.JSON{"after": forum}).WantProblem(422, "validation_failed")
	if items := agenda(e, "auditor", m.ID, ""); items[0].ID != item.ID || items[1].AgendaNo != 2 {
		t.Errorf("moved back %+v", items)
	}

	meetingIn := meetingInput("2026-12-08", "public")
	meetingIn["title"] = apitest.JSON{"fi": "Ylimääräinen kokous"}
	c.Put("/meetings/"+m.ID.String(), `"1"`, meetingIn).Want(200)
	if p := c.Put("/meetings/"+m.ID.String(), `"1"`, meetingIn).WantProblem(412, "stale_version"); p.Current == nil {
		t.Error("no current meeting")
	}
	step(e, "lape secretary", m.ID, "call", "start")
	outcome := apitest.As[api.AgendaItem](c.Post(path+"/outcomes", outcomeInput("decision", "Ensin")).Want(201)).Outcomes[0].ID.String()
	late := outcomeInput("decision", "Sitten")
	late["noActionReason"] = apitest.JSON{"fi": " Päätös ei aiheuta toimia. ", "sv": "Beslutet kräver inga åtgärder."}
	if got := apitest.As[api.AgendaItem](c.Put("/outcomes/"+outcome, `"1"`, late).Want(200)).Outcomes[0]; got.Open || got.Text.FI != "Sitten" || got.Version != 2 ||
		got.NoActionReason != (api.Text{FI: "Päätös ei aiheuta toimia.", SV: "Beslutet kräver inga åtgärder."}) {
		t.Errorf("corrected %+v", got)
	}
	if p := c.Put("/outcomes/"+outcome, `"1"`, late).WantProblem(412, "stale_version"); p.Current.(map[string]any)["text"].(map[string]any)["fi"] != "Sitten" {
		t.Errorf("current %v", p.Current)
	}
	action := apitest.JSON{"title": apitest.JSON{"fi": "Toimi"}, "leadPostId": f.Post["esp_youth_head"], "dueOn": "2027-01-31"}
	c.Post("/outcomes/"+outcome+"/actions", action).WantProblem(422, "validation_failed") // nothing follows, it says
	who := apitest.As[api.Meeting](c.Get("/meetings/" + m.ID.String())).Participants[1].ID.String()
	c.Put("/meetings/"+m.ID.String()+"/participants/"+who, `"1"`, apitest.JSON{"attendance": "remote", "inspector": true}).Want(200)
	c.Put("/meetings/"+m.ID.String()+"/participants/"+who, `"1"`, apitest.JSON{"attendance": "absent", "inspector": true}).WantProblem(412, "stale_version")
}

// Who chairs or inspects a meeting approves its paper also after leaving the
// forum, of which they read this meeting's papers and log and nothing more.
func TestApprovalByFormerMembers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m := newMeeting(e, forum, "2026-12-08", "internal")
	newItem(e, m.ID, "Asia", "internal")
	step(e, "lape secretary", m.ID, "call", "start", "closure")
	next := newMeeting(e, forum, "2026-12-15", "internal")
	newItem(e, next.ID, "Seuraava", "internal")
	step(e, "lape secretary", next.ID, "call")
	e.Exec("update participant set role = 'member', inspector = false where meeting_id = $1", next.ID)
	approvers := map[string]string{"former chair": "luvn_family_head", "former espoo inspector": "esp_education_head", "former luvn inspector": "luvn_older_head"}
	for name, post := range approvers {
		party, _, _ := strings.Cut(post, "_")
		e.Name(name, domain.Actor{PersonID: newPerson(), PostID: f.Post[post], PartyID: f.Party[party]})
	}
	e.Name("former member", domain.Actor{PersonID: newPerson(), PostID: f.Post["esp_youth_head"], PartyID: f.Party["espoo"]})
	path := "/meetings/" + m.ID.String()
	e.As("former member").Post(path+"/approvals", approval(anyPaper)).WantProblem(403, "forbidden")
	for name := range approvers {
		got := apitest.As[api.Meeting](e.As(name).Get(path).Want(200))
		if !got.Papers || !slices.Contains(got.Permissions, domain.MeetingApprove) || len(agenda(e, name, m.ID, "")) != 1 {
			t.Errorf("%s reads papers %v, may %v", name, got.Papers, got.Permissions)
		}
		if other := agenda(e, name, next.ID, ""); len(other) != 0 {
			t.Errorf("%s reads of the next meeting %+v", name, other)
		}
		if waits := apitest.As[api.MyWork](e.As(name).Get("/me/work").Want(200)).Waiting; len(waits) != 1 || waits[0].Meeting.ID != m.ID {
			t.Errorf("%s waits for %+v", name, waits)
		}
		step(e, name, m.ID, "approvals")
	}
	if got := apitest.As[api.Meeting](e.As("former chair").Get(path).Want(200)); got.Status != "approved" {
		t.Errorf("after all: %s", got.Status)
	}
}

// Until the meeting begins an item can be taken off the agenda, by its version:
// the rest is numbered anew, and log and history keep what it said.
func TestRemoveAgendaItem(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-12-08", "public")
	in := itemInput("Turha asia", "public")
	in["cases"] = []apitest.JSON{{"partyId": f.Party["luvn"], "registryNo": "DEMO 2/2026", "urlFi": "", "urlSv": ""}}
	first := apitest.As[api.AgendaItem](c.Post("/meetings/"+m.ID.String()+"/agenda-items", in).Want(201))
	second, third := newItem(e, m.ID, "Toinen", "public"), newItem(e, m.ID, "Kolmas", "public")
	path := "/agenda-items/" + first.ID.String()
	c.Post(path+"/removal", nil).WantProblem(428, "if_match_required")
	in["title"] = apitest.JSON{"fi": "Turha asia, tarkistettu"}
	c.Put(path, `"1"`, in).Want(200)
	if p := c.Post(path+"/removal", nil, "If-Match", `"1"`).WantProblem(412, "stale_version"); p.Current.(map[string]any)["title"].(map[string]any)["fi"] != "Turha asia, tarkistettu" {
		t.Errorf("current %v", p.Current)
	}
	e.As("").Post(path+"/removal", nil, "If-Match", `"2"`).WantProblem(401, "sign_in_required") // a draft
	e.As("luvn coordinator").Post(path+"/removal", nil, "If-Match", `"2"`).WantProblem(403, "forbidden")

	e.Advance(24 * time.Hour)
	step(e, "lape secretary", m.ID, "call")
	left := apitest.As[api.Agenda](c.Post(path+"/removal", nil, "If-Match", `"2"`).Want(200)).Items
	if len(left) != 2 || left[0].ID != second.ID || left[0].AgendaNo != 1 || left[1].ID != third.ID || left[1].AgendaNo != 2 || left[0].Version != 1 {
		t.Errorf("left on the agenda %+v", left)
	}
	c.Get(path).WantProblem(404, "agenda_item_not_found")
	c.Post(path+"/removal", nil, "If-Match", `"2"`).WantProblem(404, "agenda_item_not_found")
	entry := lastEntry(e, "agenda_item")
	if entry.permission != "meeting.edit" || entry.parent != "meeting" || !strings.Contains(entry.changes, "Turha asia, tarkistettu") || !strings.Contains(entry.changes, "DEMO 2/2026") {
		t.Errorf("entry %+v", entry)
	}
	if then := agenda(e, "auditor", m.ID, "?asOf=2026-11-23"); len(then) != 3 || then[0].Title.FI != "Turha asia, tarkistettu" || len(then[0].Cases) != 1 {
		t.Errorf("the agenda of then %+v", then)
	}

	step(e, "lape secretary", m.ID, "start")
	if p := c.Post("/agenda-items/"+second.ID.String()+"/removal", nil, "If-Match", `"1"`).WantProblem(409, "meeting_begun"); p.State != "in_progress" {
		t.Errorf("state %q", p.State)
	}
}

// What changes after the closure takes the approvals back: nobody has approved
// the new words. A late entry is marked, and needs its ending too.
func TestLateEntryTakesApprovalsBack(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-12-08", "public")
	item := newItem(e, m.ID, "Asia", "public")
	step(e, "lape secretary", m.ID, "call", "start", "closure")
	c.Post("/meetings/"+m.ID.String()+"/agenda-items", itemInput("Uusi", "public")).WantProblem(409, "meeting_locked")
	if got := approve(e, m.ID); got.Status != "approved" {
		t.Fatal(got.Status)
	}
	in := outcomeInput("decision", "Unohtunut päätös")
	late := apitest.As[api.AgendaItem](c.Post("/agenda-items/"+item.ID.String()+"/outcomes", in).Want(201)).Outcomes[0]
	if !late.LateEntry || !late.Open {
		t.Errorf("late entry %+v", late)
	}
	got := apitest.As[api.Meeting](c.Get("/meetings/" + m.ID.String()))
	if got.Status != "closed" || got.ApprovedAt != nil || got.Approvers[0].ApprovedAt != nil {
		t.Errorf("after a late entry: %s, %+v", got.Status, got.Approvers)
	}
	if entry := lastEntry(e, "meeting"); entry.permission != "meeting.record" || !strings.Contains(entry.changes, `"approvals"`) || !strings.Contains(entry.changes, `"closed"`) {
		t.Errorf("entry %+v", entry)
	}
	approve(e, m.ID)
	c.Post("/meetings/"+m.ID.String()+"/publication", nil).WantProblem(409, "decisions_without_ending")
	in["noActionReason"] = apitest.JSON{"fi": "Ei toimia"}
	c.Put("/outcomes/"+late.ID.String(), `"1"`, in).Want(200)
	approve(e, m.ID)
	edited := itemInput("Asia, tarkistettu", "public")
	edited["section"] = 1
	version := apitest.As[api.AgendaItem](c.Get("/agenda-items/" + item.ID.String())).Version
	c.Put("/agenda-items/"+item.ID.String(), fmt.Sprintf("%q", fmt.Sprint(version)), edited).WantProblem(409, "meeting_locked") // approved
	step(e, "lape secretary", m.ID, "publication")
	var versions int
	e.QueryRow("select count(*) from approval_history where meeting_id = $1 and sys_to <> 'infinity'", []any{m.ID}, &versions)
	if versions != 6 {
		t.Errorf("history keeps %d approvals that were taken back", versions)
	}
}

// After the closing, saying who was there changes the paper that was approved;
// naming another inspector does not.
func TestAnotherAttendanceTakesApprovalsBack(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("lape secretary")
	m := newMeeting(e, lape(e, f), "2026-12-08", "public")
	step(e, "lape secretary", m.ID, "call", "start", "closure")
	m = step(e, "chair", m.ID, "approvals")
	attend := func(post string, in apitest.JSON) api.Meeting {
		t.Helper()
		i := slices.IndexFunc(m.Participants, func(p api.Participant) bool { return p.Post != nil && p.Post.ID == f.Post[post] })
		p := m.Participants[i]
		return apitest.As[api.Meeting](c.Put("/meetings/"+m.ID.String()+"/participants/"+p.ID.String(), fmt.Sprintf("%q", fmt.Sprint(p.Version)), in).Want(200))
	}
	approvals := func(m api.Meeting) (n int) {
		for _, a := range m.Approvers {
			if a.ApprovedAt != nil {
				n++
			}
		}
		return n
	}
	m = attend("esp_youth_head", apitest.JSON{"attendance": "expected", "inspector": true, "reason": "Toinen oli estynyt."})
	if approvals(m) != 1 {
		t.Errorf("another inspector: %+v", m.Approvers)
	}
	m = attend("hus_liaison", apitest.JSON{"attendance": "absent", "inspector": false, "reason": "Merkintä puuttui."})
	if approvals(m) != 0 || m.Status != "closed" {
		t.Errorf("another attendance: %s, %+v", m.Status, m.Approvers)
	}
}

// Numbers and § run unbroken through the forum's year, also when several are
// made at once.
func TestMeetingNumbers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { c.Post("/forums/"+forum.String()+"/meetings", meetingInput("2026-12-08", "public")).Want(201) })
	}
	wg.Wait()
	newMeeting(e, forum, "2027-01-08", "public")
	var numbers []string
	for _, m := range apitest.As[api.List[api.MeetingSummary]](c.Get("/meetings?forumId=" + forum.String()).Want(200)).Items {
		numbers = append(numbers, fmt.Sprintf("%d/%d", m.Number, m.Year))
	}
	slices.Sort(numbers)
	if got := strings.Join(numbers, " "); got != "1/2026 1/2027 2/2026 3/2026 4/2026" {
		t.Errorf("numbers %s", got)
	}
	sections := ""
	for range 2 {
		m := newMeeting(e, forum, "2026-12-20", "public")
		newItem(e, m.ID, "Avaus", "public")
		newItem(e, m.ID, "Asia", "public")
		step(e, "lape secretary", m.ID, "call", "start", "closure")
		for _, i := range agenda(e, "auditor", m.ID, "") {
			sections += fmt.Sprintf("%d:%d ", i.AgendaNo, i.Section)
		}
	}
	if sections != "1:1 2:2 1:3 2:4 " {
		t.Errorf("§ %s", sections)
	}
	m := newMeeting(e, forum, "2026-12-21", "public")
	in := itemInput("Vanha asia", "public")
	in["section"] = 4
	c.Post("/meetings/"+m.ID.String()+"/agenda-items", in).WantProblem(422, "validation_failed")
	in["section"] = 17
	if got := apitest.As[api.AgendaItem](c.Post("/meetings/"+m.ID.String()+"/agenda-items", in).Want(201)); got.Section != 17 {
		t.Errorf("§ by hand %d", got.Section)
	}
}

func TestMeetingsOfThePast(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-12-08", "public")
	item := newItem(e, m.ID, "Ensimmäinen otsikko", "public")
	e.Advance(24 * time.Hour) // 24.11.
	c.Put("/agenda-items/"+item.ID.String(), `"1"`, itemInput("Toinen otsikko", "public")).Want(200)
	step(e, "lape secretary", m.ID, "call")
	e.Advance(24 * time.Hour) // 25.11.
	step(e, "lape secretary", m.ID, "start", "closure")
	approve(e, m.ID)
	step(e, "lape secretary", m.ID, "publication")
	if items := agenda(e, "auditor", m.ID, "?asOf=2026-11-23"); items[0].Title.FI != "Ensimmäinen otsikko" {
		t.Errorf("the agenda of then %+v", items)
	}
	if got := apitest.As[api.Meeting](e.As("").Get("/meetings/" + m.ID.String() + "?asOf=2026-11-24").Want(200)); got.Status != "called" || got.Papers {
		t.Errorf("the public sees of then %s, papers %v", got.Status, got.Papers)
	}
	if items := agenda(e, "", m.ID, "?asOf=2026-11-24"); len(items) != 0 {
		t.Errorf("the public reads the papers of then %+v", items)
	}
	e.As("").Get("/meetings/"+m.ID.String()+"?asOf=2026-11-23").WantProblem(404, "meeting_not_found")
	if n := len(apitest.As[api.List[api.MeetingSummary]](e.As("espoo member").Get("/meetings?asOf=2026-11-23").Want(200)).Items); n != 0 {
		t.Errorf("a member sees %d drafts of then", n)
	}
	if n := len(apitest.As[api.List[api.MeetingSummary]](e.As("espoo member").Get("/forums/" + forum.String() + "/meetings?asOf=2026-11-24").Want(200)).Items); n != 1 {
		t.Errorf("a member sees %d meetings of then", n)
	}
	// What is hidden today stays hidden in the past, although it was public then.
	e.Advance(24 * time.Hour)
	e.Exec("update agenda_item set visibility = 'internal', visibility_ground = 'JulkL 24 §' where id = $1", item.ID)
	if items := agenda(e, "", m.ID, "?asOf=2026-11-25"); len(items) != 1 || !items[0].Hidden || items[0].Title.FI != "" {
		t.Errorf("the public reads of then what is hidden today: %+v", items)
	}
}

// The past and today are read by the same SQL on the same connections, in
// turns: neither spoils the other.
func TestAgendaOfThePastAndOfToday(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	m := newMeeting(e, lape(e, e.Organisation()), "2026-12-08", "public")
	for _, title := range []string{"Eka", "Toka", "Kolmas"} {
		newItem(e, m.ID, title, "public")
	}
	for range 5 {
		for _, query := range []string{"", "?asOf=2026-11-23T06:05:00Z"} {
			if items := agenda(e, "auditor", m.ID, query); len(items) != 3 || items[2].Title.FI != "Kolmas" {
				t.Errorf("%q: %d items, %+v", query, len(items), items)
			}
		}
	}
}

func TestMeetingBadInput(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-12-08", "public")
	item := newItem(e, m.ID, "Asia", "public")
	for _, tt := range []struct {
		path, pointer, code string
		in                  apitest.JSON
		field               string
		value               any
	}{
		{"/forums/" + forum.String() + "/meetings", "/endsAt", "before_start", meetingInput("2026-12-08", "public"), "endsAt", "2026-12-08T10:00:00Z"},
		{"/forums/" + forum.String() + "/meetings", "/startsAt", "date_malformed", meetingInput("2026-12-08", "public"), "startsAt", "8.12.2026"},
		{"/forums/" + forum.String() + "/meetings", "/status", "unknown_field", meetingInput("2026-12-08", "public"), "status", "called"},
		{"/meetings/" + m.ID.String() + "/agenda-items", "/title/fi", "required", itemInput("x", "public"), "title", apitest.JSON{"fi": ""}},
		{"/meetings/" + m.ID.String() + "/agenda-items", "/visibilityGround", "required", itemInput("x", "public"), "visibility", "internal"},
		{"/meetings/" + m.ID.String() + "/agenda-items", "/presenterPostId", "unknown", itemInput("x", "public"), "presenterPostId", forum},
		{"/meetings/" + m.ID.String() + "/agenda-items", "/proposal/fi", "too_long", itemInput("x", "public"), "proposal", apitest.JSON{"fi": strings.Repeat("ä", 20001)}},
		{"/meetings/" + m.ID.String() + "/agenda-items", "/minutesReserved", "too_large", itemInput("x", "public"), "minutesReserved", 1441},
		{"/meetings/" + m.ID.String() + "/cancellation", "/reason/fi", "required", apitest.JSON{}, "reason", apitest.JSON{"fi": " "}},
		{"/meetings/" + m.ID.String() + "/cancellation", "/reason/sv", "too_long", apitest.JSON{}, "reason", apitest.JSON{"fi": "Este", "sv": strings.Repeat("ö", 1001)}},
	} {
		tt.in[tt.field] = tt.value
		p := c.Post(tt.path, tt.in).WantProblem(422, "validation_failed")
		if !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
			t.Errorf("%s: errors %v, want %s %s", tt.path, p.Errors, tt.pointer, tt.code)
		}
	}
	step(e, "lape secretary", m.ID, "call")
	c.Post("/meetings/"+m.ID.String()+"/participants", apitest.JSON{"partyId": f.Party["hus"]}).WantProblem(422, "validation_failed")
	c.Post("/meetings/"+m.ID.String()+"/participants", apitest.JSON{"partyId": forum, "guest": "Asiantuntija"}).WantProblem(422, "validation_failed")
	c.Post("/meetings/"+m.ID.String()+"/participants", apitest.JSON{"partyId": f.Party["hus"], "postId": f.Post["hus_liaison"]}).WantProblem(409, "participant_exists")
	guest := apitest.As[api.Meeting](c.Post("/meetings/"+m.ID.String()+"/participants", apitest.JSON{"partyId": f.Party["hus"], "guest": "Kokemusasiantuntija"}).Want(200))
	if p := guest.Participants[len(guest.Participants)-1]; p.Guest != "Kokemusasiantuntija" || p.Role != meeting.Expert || p.Post != nil {
		t.Errorf("guest %+v", p)
	}
	step(e, "lape secretary", m.ID, "start")
	p := c.Post("/agenda-items/"+item.ID.String()+"/outcomes", apitest.JSON{"type": "wish", "text": apitest.JSON{"fi": "Toive"}}).WantProblem(422, "validation_failed")
	if p.Errors[0].Code != "not_allowed" {
		t.Errorf("type: %v", p.Errors)
	}
	outcome := apitest.As[api.AgendaItem](c.Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("decision", "Päätös")).Want(201)).Outcomes[0].ID.String()
	for field, value := range map[string]any{"leadPostId": forum, "dueOn": "2027-02-30", "title": apitest.JSON{"fi": ""}, "goalIds": []any{forum}} {
		in := apitest.JSON{"title": apitest.JSON{"fi": "Toimi"}, "leadPostId": f.Post["esp_youth_head"], "dueOn": "2027-01-31"}
		in[field] = value
		p := c.Post("/outcomes/"+outcome+"/actions", in).WantProblem(422, "validation_failed")
		if !strings.HasPrefix(p.Errors[0].Pointer, "/"+field) {
			t.Errorf("%s: errors %v", field, p.Errors)
		}
	}
	var actions int
	e.QueryRow("select count(*) from action", nil, &actions)
	if actions != 0 {
		t.Errorf("%d actions of refused requests", actions)
	}
	for query, code := range map[string]string{"sort=x": "unknown_sort_key", "status=open": "not_allowed", "forumId=1": "id_malformed", "from=2026-02-30": "date_malformed"} {
		if p := c.Get("/meetings?"+query).WantProblem(422, "validation_failed"); p.Errors[0].Code != code {
			t.Errorf("%s: %v", query, p.Errors)
		}
	}
	c.Get("/outcomes?sort=x").WantProblem(422, "validation_failed")
	c.Get("/meetings/"+forum.String()).WantProblem(404, "meeting_not_found")
	c.Post("/forums/"+m.ID.String()+"/meetings", meetingInput("2026-12-08", "public")).WantProblem(404, "forum_not_found")
}

func TestMeetingLists(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	for _, day := range []string{"2026-12-03", "2026-12-01", "2026-12-02"} {
		m := newMeeting(e, forum, day, "public")
		for i, kind := range []string{"noted", "decision"} {
			item := newItem(e, m.ID, fmt.Sprint("Asia ", i), "public")
			if i == 0 {
				step(e, "lape secretary", m.ID, "call", "start")
			}
			e.As("lape secretary").Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput(kind, kind+" "+day)).Want(201)
		}
	}
	days := func(query string) (out []string) {
		cursor := ""
		for {
			page := apitest.As[api.List[api.MeetingSummary]](e.As("auditor").Get("/meetings?limit=2&cursor=" + cursor + "&" + query).Want(200))
			for _, m := range page.Items {
				out = append(out, m.StartsAt.Format("02"))
			}
			if cursor = page.NextCursor; cursor == "" {
				return out
			}
		}
	}
	for query, want := range map[string]string{"": "01 02 03", "sort=-startsAt": "03 02 01", "from=2026-12-02": "02 03", "to=2026-12-02": "01 02",
		"from=2026-12-02&to=2026-12-02": "02", "status=in_progress": "01 02 03", "status=draft&status=called": "", "status=draft&status=in_progress&to=2026-12-01": "01"} {
		if got := strings.Join(days(query), " "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	texts := func(query string) string {
		var out []string
		cursor := ""
		for {
			page := apitest.As[api.List[api.OutcomeEntry]](e.As("auditor").Get("/outcomes?limit=2&cursor=" + cursor + "&" + query).Want(200))
			for _, o := range page.Items {
				out = append(out, strings.ReplaceAll(o.Text.FI, "2026-12-", ""))
			}
			if cursor = page.NextCursor; cursor == "" {
				return strings.Join(out, ", ")
			}
		}
	}
	for query, want := range map[string]string{"": "noted 03, decision 03, noted 02, decision 02, noted 01, decision 01", "type=decision&from=2026-12-02": "decision 03, decision 02",
		"sort=meeting,-item": "decision 01, noted 01, decision 02, noted 02, decision 03, noted 03", "type=referral": ""} {
		if got := texts(query); got != want {
			t.Errorf("outcomes %s: %s, want %s", query, got, want)
		}
	}
	if n := len(apitest.As[api.List[api.OutcomeEntry]](e.As("").Get("/outcomes").Want(200)).Items); n != 0 {
		t.Errorf("the public reads %d outcomes of unpublished meetings", n)
	}
}
