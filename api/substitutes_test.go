package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// substitute names who takes a member's place in a meeting; nobody for "".
func substitute(t *testing.T, e *apitest.Env, f *apitest.Fixture, m domain.MeetingID, member, post string) api.Meeting {
	t.Helper()
	now := apitest.As[api.Meeting](e.As("lape secretary").Get("/meetings/" + m.String()))
	p := participantOf(t, now, f.Post[member])
	in := apitest.JSON{"attendance": "absent", "inspector": p.Inspector}
	if post != "" {
		in["substitute"] = apitest.JSON{"postId": f.Post[post]}
	}
	if now.Status == "closed" {
		in["reason"] = "Oikaisu"
	}
	return apitest.As[api.Meeting](e.As("lape secretary").Put("/meetings/"+m.String()+"/participants/"+p.ID.String(), fmt.Sprintf("%q", fmt.Sprint(p.Version)), in).Want(200))
}

// Topology: the forum LAPE with three called meetings, two of them internal, and
// a draft; each has a public item and a confidential one, the first with an
// attachment. In the first, a post of Espoo (esp_coordinator) and one of LUVN
// (luvn_secretary) take the places of members, neither of them of the forum nor
// with a role; in the second, another post of LUVN (luvn_coordinator) does. A
// substitute reads that meeting as a member does, and nothing else of the forum.
func TestSubstitutesReadTheirMeeting(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	for name, post := range map[string]string{"espoo substitute": "esp_coordinator", "luvn substitute": "luvn_secretary", "another substitute": "luvn_coordinator", "nobody's": "esp_secretary"} {
		party, _, _ := strings.Cut(post, "_")
		if party == "esp" {
			party = "espoo"
		}
		e.Name(name, domain.Actor{PersonID: newPerson(), PostID: f.Post[post], PartyID: f.Party[party]})
	}
	names := map[domain.MeetingID]string{}
	meetings := map[string]domain.MeetingID{}
	attachments := map[string]string{}
	for i, name := range []string{"first", "second", "third", "draft"} {
		visibility := "internal"
		if name == "first" {
			visibility = "public"
		}
		m := newMeeting(e, forum, fmt.Sprintf("2026-12-%02d", i+8), visibility)
		item := newItem(e, m.ID, "Julkinen asia", visibility)
		newItem(e, m.ID, "Salainen asia", "internal")
		a := apitest.As[api.AgendaItem](e.As("lape secretary").Post("/agenda-items/"+item.ID.String()+"/attachments?visibility=internal&visibilityGround=JulkL&name=a.txt", "salaista").Want(201))
		names[m.ID], meetings[name], attachments[name] = name, m.ID, "/attachments/"+a.Attachments[0].ID.String()+"/content"
		if name != "draft" {
			step(e, "lape secretary", m.ID, "call")
		}
	}
	substitute(t, e, f, meetings["first"], "esp_youth_head", "esp_coordinator")
	substitute(t, e, f, meetings["first"], "luvn_older_head", "luvn_secretary")
	substitute(t, e, f, meetings["second"], "luvn_older_head", "luvn_coordinator")
	e.Advance(time.Hour)
	named := e.Now()
	e.Advance(time.Hour)

	// papers is what they read the papers of: by the lists, the agenda, the
	// attachments and the log.
	papers := func(who string) string {
		t.Helper()
		var out []string
		for _, m := range apitest.As[api.List[api.MeetingSummary]](e.As(who).Get("/forums/" + forum.String() + "/meetings").Want(200)).Items {
			name := names[m.ID]
			items := agenda(e, who, m.ID, "")
			hidden := slices.ContainsFunc(items, func(i api.AgendaItem) bool { return i.Hidden })
			file := e.As(who).Get(attachments[name]).StatusCode == 200
			if m.Papers != (len(items) == 2) || m.Papers != file || hidden {
				t.Errorf("%q: of the %s meeting papers %v, attachment %v, items %+v", who, name, m.Papers, file, items)
			}
			for _, entry := range entriesIfStaff(e, who, "/audit/entries?subjectKind=meeting&subjectId="+m.ID.String()+"&permission=meeting.call") {
				if _, ok := change(entry, "participants"); ok != m.Papers {
					t.Errorf("%q reads in the log of the %s meeting who takes part: %v", who, name, ok)
				}
			}
			if m.Papers {
				out = append(out, name)
			}
		}
		return strings.Join(out, " ")
	}
	check := func(when string, want map[string]string) {
		t.Helper()
		for who, papersOf := range want {
			if got := papers(who); got != papersOf {
				t.Errorf("%s: %q reads the papers of %q, want %q", when, who, got, papersOf)
			}
		}
	}
	check("named", map[string]string{"": "", "nobody's": "", "espoo administrator": "", "luvn administrator": "", "espoo substitute": "first", "luvn substitute": "first",
		"another substitute": "second", "espoo member": "first second third", "hus member": "first second third", "lape secretary": "first second third draft"})
	for _, who := range []string{"espoo substitute", "luvn substitute"} {
		c, path := e.As(who), "/meetings/"+meetings["first"].String()
		got := apitest.As[api.Meeting](c.Get(path).Want(200))
		if p := participantOf(t, got, f.Post["esp_youth_head"]); p.Substitute == nil || p.Substitute.Call != nil || len(got.Permissions) != 0 {
			t.Errorf("%s reads %+v, may %v", who, p.Substitute, got.Permissions)
		}
		c.Get("/meetings/"+meetings["draft"].String()).WantProblem(404, "meeting_not_found")
		c.Get("/meetings/"+meetings["second"].String()+"/paper").WantProblem(404, "paper_not_found")
		c.Post(path+"/start", nil).WantProblem(403, "forbidden")
		if work := apitest.As[api.MyWork](c.Get("/me/work").Want(200)).Meetings; len(work) != 1 || work[0].ID != meetings["first"] {
			t.Errorf("%s has before them %+v", who, work)
		}
	}
	e.As("").Get("/meetings/"+meetings["second"].String()).WantProblem(404, "meeting_not_found")

	// The paper of the meeting is theirs to read, not to comment on or approve.
	step(e, "lape secretary", meetings["first"], "start")
	item := agenda(e, "lape secretary", meetings["first"], "")[0]
	e.As("lape secretary").Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("noted", "Todettiin.")).Want(201)
	e.As("lape secretary").Post("/agenda-items/"+agenda(e, "lape secretary", meetings["first"], "")[1].ID.String()+"/outcomes", outcomeInput("noted", "Todettiin.")).Want(201)
	step(e, "lape secretary", meetings["first"], "closure")
	path := "/meetings/" + meetings["first"].String()
	for _, who := range []string{"espoo substitute", "luvn substitute"} {
		if got := paper(e, who, meetings["first"], ""); got.Version != "internal" || len(got.Permissions) != 0 {
			t.Errorf("%s reads the %s version, may %v", who, got.Version, got.Permissions)
		}
		e.As(who).Get(path + "/paper/comments").Want(200)
		e.As(who).Post(path+"/paper/comments", apitest.JSON{"agendaItemId": item.ID, "part": "title", "quoteLang": "fi", "start": 0, "quote": "Julkinen", "text": "x", "lang": "fi"}).WantProblem(403, "forbidden")
		e.As(who).Post(path+"/approvals", approval(anyPaper)).WantProblem(403, "forbidden")
		if got := apitest.As[api.List[api.OutcomeEntry]](e.As(who).Get("/outcomes").Want(200)).Items; len(got) != 2 {
			t.Errorf("%s lists outcomes %+v", who, got)
		}
	}
	for _, who := range []string{"", "nobody's", "another substitute"} {
		e.As(who).Get(path+"/paper").WantProblem(404, "paper_not_found")
		if got := apitest.As[api.List[api.OutcomeEntry]](e.As(who).Get("/outcomes").Want(200)).Items; len(got) != 0 {
			t.Errorf("%q lists outcomes %+v", who, got)
		}
	}

	// Who is taken off loses it, of the past too.
	asOf := "?asOf=" + named.UTC().Format(time.RFC3339)
	if got := agenda(e, "espoo substitute", meetings["first"], asOf); len(got) != 2 {
		t.Errorf("as of then a substitute reads %+v", got)
	}
	substitute(t, e, f, meetings["first"], "esp_youth_head", "")
	if got := agenda(e, "espoo substitute", meetings["first"], asOf); len(got) != 0 {
		t.Errorf("taken off, as of then: %+v", got)
	}
	e.As("espoo substitute").Get(path+"/paper").WantProblem(404, "paper_not_found")
	check("taken off", map[string]string{"espoo substitute": "", "luvn substitute": "first", "another substitute": "second"})
}

// entriesIfStaff are the entries of the log; the public reads none of meetings.
func entriesIfStaff(e *apitest.Env, who, path string) []api.AuditEntry {
	if who == "" {
		return nil
	}
	return entries(e.As(who).Get(path))
}

// The calendar of who takes a member's place holds that meeting, until they are
// taken off.
func TestSubstitutesCalendar(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	e.Hold(f, "Rolf", "luvn", "luvn_coordinator", "holder", "")
	e.Name("Rolf", domain.Actor{PersonID: f.Person["Rolf"]})
	first := newMeeting(e, forum, "2026-12-08", "internal")
	other := newMeeting(e, forum, "2026-12-09", "internal")
	step(e, "lape secretary", first.ID, "call")
	step(e, "lape secretary", other.ID, "call")
	address := apitest.As[api.MyCalendar](e.As("Rolf").Post("/me/calendar", nil).Want(201)).URL
	feed := func() []string {
		t.Helper()
		return entriesOf(t, e.As("").Get(strings.TrimPrefix(address, "https://yhdyspinta.example/api/v1")))
	}
	if got := feed(); len(got) != 0 {
		t.Errorf("before: %q", got)
	}
	substitute(t, e, f, first.ID, "luvn_older_head", "luvn_coordinator")
	if got := feed(); !slices.Equal(got, []string{"LAPE 1/2026 CONFIRMED"}) {
		t.Errorf("named: %q", got)
	}
	substitute(t, e, f, first.ID, "luvn_older_head", "")
	if got := feed(); len(got) != 0 {
		t.Errorf("taken off: %q", got)
	}
}

// Topology: that of the mails. The secretary sees beside each substitute post
// whether the call has gone to who holds it, and why not; nobody else does.
func TestCallOfSubstitutesIsTold(t *testing.T) {
	t.Parallel()
	e, f, forum := mailTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	m := newMeeting(e, forum, "2026-12-08", "public")
	step(e, "lape secretary", m.ID, "call")
	e.DeliverMail(service)
	const member, post = "luvn_older_head", "luvn_coordinator"
	call := func(who string) string {
		t.Helper()
		p := participantOf(t, apitest.As[api.Meeting](e.As(who).Get("/meetings/"+m.ID.String()).Want(200)), f.Post[member])
		if p.Substitute == nil || p.Substitute.Call == nil {
			return ""
		}
		if (p.Substitute.Call.State == "called") != (p.Substitute.Call.At != nil) {
			t.Errorf("%+v", p.Substitute.Call)
		}
		return string(p.Substitute.Call.State)
	}
	want := func(when, state string) {
		t.Helper()
		if got := call("lape secretary"); got != state {
			t.Errorf("%s: %q, want %q", when, got, state)
		}
	}
	again := func() {
		t.Helper()
		substitute(t, e, f, m.ID, member, "")
		substitute(t, e, f, m.ID, member, post)
	}
	want("nobody is named", "")
	again()
	want("an empty post", "no_holder")
	e.DeliverMail(service)
	want("an empty post, after the mails", "no_holder")

	e.Hold(f, "Rolf", "luvn", post, "holder", "")
	want("who came later", "no_address")
	again()
	e.DeliverMail(service)
	want("without an address", "no_address")
	e.Exec("update person set email = 'rolf@luvn.example' where id = $1", f.Person["Rolf"])
	want("with an address since", "not_called")
	again()
	want("named", "on_its_way")
	server.Then(&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "later"})
	e.DeliverMail(service)
	want("deferred", "on_its_way")
	e.Advance(time.Minute)
	server.Then(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"})
	e.DeliverMail(service)
	want("refused", "failed")
	again()
	e.DeliverMail(e.Mails(nil))
	want("without a mail server", "no_mail_server")
	again()
	e.DeliverMail(service)
	want("sent", "called")
	if got := participantOf(t, apitest.As[api.Meeting](e.As("lape secretary").Get("/meetings/"+m.ID.String())), f.Post[member]).Substitute.Call.At; !got.Equal(e.Now()) {
		t.Errorf("called at %s, want %s", got, e.Now())
	}
	for _, who := range []string{"espoo member", "chair", "espoo coordinator", "auditor"} {
		if got := call(who); got != "" {
			t.Errorf("%s is told %q", who, got)
		}
	}
	substitute(t, e, f, m.ID, member, "luvn_secretary")
	want("another post", "no_holder")
	substitute(t, e, f, m.ID, member, post)
	e.DeliverMail(service)
	want("the first again", "called")
	step(e, "lape secretary", m.ID, "start")
	want("begun", "called")
	step(e, "lape secretary", m.ID, "closure")
	want("closed", "")
}
