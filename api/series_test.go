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
)

func templateInput(f *apitest.Fixture) apitest.JSON {
	return apitest.JSON{"title": apitest.JSON{"fi": "Kokous {number}/{year}", "sv": "Möte {number}/{year}"}, "place": apitest.JSON{"fi": "Kaupungintalo", "sv": "Stadshuset"},
		"frequency": "monthly", "weekday": 5, "week": 3, "months": []int{2, 6, 12}, "startsAt": "13:00", "durationMinutes": 120, "visibility": "public",
		"items": []apitest.JSON{{"title": apitest.JSON{"fi": "Kokouksen avaus", "sv": "Mötet öppnas"}, "minutesReserved": 5},
			{"title": apitest.JSON{"fi": "Tilannekatsaus", "sv": "Lägesöversikt"}, "minutesReserved": 20, "presenterPostId": f.Post["luvn_family_head"]}}}
}

func previewDays(e *apitest.Env, who string, forum domain.ForumID, year int) (string, api.Series) {
	e.T.Helper()
	s := apitest.As[api.Series](e.As(who).Get(fmt.Sprintf("/forums/%s/series?year=%d", forum, year)).Want(200))
	var out []string
	for _, d := range s.Days {
		line := d.On.String()[5:] + ":" + string(d.State)
		if d.Date != d.On {
			line += ">" + d.Date.String()[5:]
		}
		if d.Meeting != nil {
			line += fmt.Sprintf("@%d", d.Meeting.Number)
		}
		out = append(out, line)
	}
	return strings.Join(out, " "), s
}

// Topology: the forum lape with its secretary and members. Its secretary makes
// the template and the meetings; staff of either party read the template; the
// public, and the secretary of another forum in writing, have nothing of it.
func TestMeetingSeries(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	path := "/forums/" + forum.String()
	c := e.As("lape secretary")
	c.Get(path+"/meeting-template").WantProblem(404, "meeting_template_not_found")
	c.Get(path+"/series?year=2026").WantProblem(404, "meeting_template_not_found")
	in := templateInput(f)
	for _, name := range []string{"espoo coordinator", "luvn coordinator", "other secretary", "chair", "espoo member", "espoo manager", "luvn reader", "auditor", "luvn administrator"} {
		e.As(name).Post(path+"/meeting-template", in).WantProblem(403, "forbidden")
		e.As(name).Get(path+"/series?year=2026").WantProblem(403, "forbidden")
		e.As(name).Post(path+"/series", apitest.JSON{"year": 2026, "days": []string{"2026-12-18"}}, "If-Match", `"1"`).WantProblem(403, "forbidden")
	}
	e.As("").Post(path+"/meeting-template", in).WantProblem(401, "sign_in_required")
	e.As("").Get(path+"/series?year=2026").WantProblem(401, "sign_in_required")
	bad := templateInput(f)
	bad["startsAt"], bad["months"] = "25:00", []int{}
	if p := c.Post(path+"/meeting-template", bad).WantProblem(422, "validation_failed"); len(p.Errors) != 2 {
		t.Errorf("errors %+v", p.Errors)
	}
	bad["startsAt"], bad["months"] = in["startsAt"], []any{apitest.JSON{}}
	c.Post(path+"/meeting-template", bad).WantProblem(422, "validation_failed")
	tpl := apitest.As[api.MeetingTemplate](c.Post(path+"/meeting-template", in).Want(201))
	if tpl.StartsAt != "13:00" || tpl.Week != 3 || tpl.Every != 1 || len(tpl.Items) != 2 || tpl.Items[1].Presenter.Title.FI != "luvn_family_head" || len(tpl.Permissions) != 2 {
		t.Errorf("template %+v", tpl)
	}
	c.Post(path+"/meeting-template", in).WantProblem(409, "template_exists")
	for _, name := range []string{"espoo coordinator", "luvn reader", "auditor", "chair", "other secretary"} {
		if got := apitest.As[api.MeetingTemplate](e.As(name).Get(path + "/meeting-template").Want(200)); len(got.Permissions) != 0 {
			t.Errorf("%q may %v", name, got.Permissions)
		}
	}
	e.As("").Get(path+"/meeting-template").WantProblem(404, "meeting_template_not_found")

	// 19 June 2026 is Midsummer Eve; February and June are over on 23 November.
	if got, _ := previewDays(e, "lape secretary", forum, 2026); got != "02-20:past 06-19:past>06-22 12-18:missing" {
		t.Errorf("2026: %s", got)
	}
	got, series := previewDays(e, "lape secretary", forum, 2027)
	if got != "02-19:missing 06-18:missing 12-17:missing" || series.Days[2].Number != 3 || series.TemplateVersion != 1 {
		t.Errorf("2027: %s %+v", got, series)
	}
	if midsummer := apitest.As[api.Series](c.Get(path + "/series?year=2026")).Days[1].Skipped; len(midsummer) != 3 || midsummer[0].Holiday.SV != "midsommaraftonen" || midsummer[2].Holiday != nil {
		t.Errorf("skipped %+v", midsummer)
	}
	if n := apitest.As[api.List[api.MeetingSummary]](c.Get("/meetings")).Items; len(n) != 0 {
		t.Errorf("a preview made %v", n)
	}

	make := func(version string, days ...string) apitest.Response {
		return c.Post(path+"/series", apitest.JSON{"year": 2027, "days": days}, "If-Match", version)
	}
	c.Post(path+"/series", apitest.JSON{"year": 2027, "days": []string{"2027-02-19"}}).WantProblem(428, "if_match_required")
	make(`"9"`, "2027-02-19").WantProblem(412, "stale_version")
	if p := make(`"1"`, "2027-02-19", "2027-02-20").WantProblem(422, "validation_failed"); p.Errors[0].Pointer != "/days/1" || p.Errors[0].Code != "unknown" {
		t.Errorf("a day that is none of the series: %+v", p.Errors)
	}
	c.Post(path+"/series", apitest.JSON{"year": 2026, "days": []string{"2026-02-20"}}, "If-Match", `"1"`).WantProblem(422, "validation_failed")
	made := apitest.As[api.SeriesMade](make(`"1"`, "2027-02-19", "2027-12-17").Want(201))
	if len(made.Meetings) != 2 || made.Meetings[1].Number != 2 || made.Items != 4 || made.Meetings[0].Status != "draft" {
		t.Fatalf("made %+v", made)
	}
	feb := apitest.As[api.Meeting](c.Get("/meetings/" + made.Meetings[0].ID.String()).Want(200))
	if feb.Title.FI != "Kokous 1/2027" || feb.Title.SV != "Möte 1/2027" || !feb.StartsAt.Equal(time.Date(2027, 2, 19, 11, 0, 0, 0, time.UTC)) ||
		feb.EndsAt.Sub(feb.StartsAt) != 2*time.Hour || feb.Place.SV != "Stadshuset" {
		t.Errorf("draft %+v", feb)
	}
	items := agenda(e, "lape secretary", feb.ID, "")
	if len(items) != 2 || items[1].AgendaNo != 2 || items[1].Presenter == nil || items[1].MinutesReserved != 20 || items[0].Title.SV != "Mötet öppnas" {
		t.Errorf("agenda %+v", items)
	}
	e.As("").Get("/meetings/"+feb.ID.String()).WantProblem(404, "meeting_not_found")
	if entry := lastEntry(e, "meeting"); entry.permission != "meeting.create" || !strings.Contains(entry.changes, `"seriesDay"`) {
		t.Errorf("entry %+v", entry)
	}
	var entries int
	e.QueryRow(`select count(*) from audit_entry where permission = 'meeting.create'`, nil, &entries)
	if entries != 6 {
		t.Errorf("%d entries for two meetings with two items each", entries)
	}

	// Moving one leaves the others and its number; again adds only what is missing.
	in2 := meetingInput("2027-03-01", "public")
	moved := apitest.As[api.Meeting](c.Put("/meetings/"+feb.ID.String(), `"1"`, in2).Want(200))
	if moved.Number != 1 {
		t.Errorf("moved to number %d", moved.Number)
	}
	if got, _ := previewDays(e, "lape secretary", forum, 2027); got != "02-19:made@1 06-18:missing 12-17:made@2" {
		t.Errorf("after moving: %s", got)
	}
	c.Post("/meetings/"+made.Meetings[1].ID.String()+"/cancellation", apitest.JSON{"reason": apitest.JSON{"fi": "Ei asioita."}}).Want(200)
	again := apitest.As[api.SeriesMade](make(`"1"`, "2027-02-19", "2027-06-18", "2027-12-17").Want(201))
	if len(again.Meetings) != 1 || again.Meetings[0].Number != 3 {
		t.Errorf("again: %+v", again)
	}
	if p := make(`"1"`, "2027-06-18").WantProblem(409, "series_complete"); p.State != "made" {
		t.Errorf("state %q", p.State)
	}

	in["weekday"] = 2
	c.Put(path+"/meeting-template", `"7"`, in).WantProblem(412, "stale_version")
	if got := apitest.As[api.MeetingTemplate](c.Put(path+"/meeting-template", `"1"`, in).Want(200)); got.Version != 2 || got.Weekday != 2 {
		t.Errorf("changed %+v", got)
	}
	if entry := lastEntry(e, "meeting_template"); entry.permission != "meeting_template.edit" || entry.parent != "forum" || !strings.Contains(entry.changes, `"weekday"`) || strings.Contains(entry.changes, `"items"`) {
		t.Errorf("entry %+v", entry)
	}
	e.As("other secretary").Put(path+"/meeting-template", `"2"`, in).WantProblem(403, "forbidden")
}

// Ten at once make each day once, with unbroken numbers.
func TestMeetingSeriesAtOnce(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	c.Post("/forums/"+forum.String()+"/meeting-template", templateInput(f)).Want(201)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			c.Post("/forums/"+forum.String()+"/series", apitest.JSON{"year": 2027, "days": []string{"2027-02-19", "2027-06-18", "2027-12-17"}}, "If-Match", `"1"`)
		})
	}
	wg.Wait()
	var numbers []int
	for _, m := range apitest.As[api.List[api.MeetingSummary]](c.Get("/meetings?sort=startsAt").Want(200)).Items {
		numbers = append(numbers, m.Number)
	}
	if !slices.Equal(numbers, []int{1, 2, 3}) {
		t.Errorf("numbers %v", numbers)
	}
}

// Topology: a public plan with two events and the forum lape. Coordinators say
// which forum handles an event, its secretary in which meeting; everybody reads
// it, a meeting that is only a draft apart.
func TestAnnualCycleInForums(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	plan, in := planNow(e, "plan")
	publish(e, plan, with(in, "events", []apitest.JSON{{"key": "report", "month": 2, "title": apitest.JSON{"fi": "Vuosiraportti", "sv": "Årsrapport"}},
		{"key": "negotiation", "month": 10, "title": apitest.JSON{"fi": "Neuvottelu", "sv": "Förhandling"}}}))
	list := func(who, query string) []api.CycleEvent {
		t.Helper()
		return apitest.As[api.List[api.CycleEvent]](e.As(who).Get("/plan-events" + query).Want(200)).Items
	}
	events := list("", "")
	if len(events) != 2 || events[0].Key != "report" || events[0].Forum != nil || events[0].Year != 2026 || len(list("", "?forumId=none")) != 2 || len(list("", "?placed=true")) != 0 || len(list("", "?year=2031")) != 0 {
		t.Fatalf("events %+v", events)
	}
	event := "/plan-events/" + events[0].ID.String()
	for name, want := range map[string]int{"": 401, "lape secretary": 403, "luvn reader": 403, "auditor": 403, "espoo manager": 403} {
		e.As(name).Post(event+"/assignment", apitest.JSON{"forumId": forum}).Want(want)
	}
	e.As("luvn coordinator").Post("/plan-events/"+forum.String()+"/assignment", apitest.JSON{"forumId": forum}).WantProblem(404, "plan_event_not_found")
	e.As("luvn coordinator").Post(event+"/assignment", apitest.JSON{"forumId": events[0].ID}).WantProblem(422, "validation_failed")
	got := apitest.As[api.CycleEvent](e.As("luvn coordinator").Post(event+"/assignment", apitest.JSON{"forumId": forum}).Want(200))
	if got.Forum == nil || got.Forum.Key != "lape" || got.Meeting != nil {
		t.Errorf("assigned %+v", got)
	}
	if entry := lastEntry(e, "plan_event"); entry.permission != "plan_event.assign" || entry.parent != "plan" || !strings.Contains(entry.changes, forum.String()) {
		t.Errorf("entry %+v", entry)
	}
	m := newMeeting(e, forum, "2027-02-09", "public")
	for name, want := range map[string]int{"": 401, "other secretary": 403, "espoo coordinator": 403, "chair": 403} {
		e.As(name).Post(event+"/placement", apitest.JSON{"year": 2027, "meetingId": m.ID}).Want(want)
	}
	c := e.As("lape secretary")
	if p := c.Post(event+"/placement", apitest.JSON{"year": 2026, "meetingId": m.ID}).WantProblem(422, "validation_failed"); p.Errors[0].Code != "meeting_other_year" {
		t.Errorf("another year: %+v", p.Errors)
	}
	c.Post(event+"/placement", apitest.JSON{"year": 2027, "meetingId": forum}).WantProblem(422, "validation_failed")
	placed := apitest.As[api.CycleEvent](c.Post(event+"/placement", apitest.JSON{"year": 2027, "meetingId": m.ID}).Want(200))
	if placed.Meeting == nil || placed.Meeting.Number != 1 || placed.Meeting.StartsOn.String() != "2027-02-09" {
		t.Errorf("placed %+v", placed)
	}
	if n := list("", "?year=2027&placed=true"); len(n) != 0 {
		t.Errorf("the public sees a draft: %+v", n)
	}
	if n := list("espoo coordinator", "?year=2027&placed=true&forumId="+forum.String()); len(n) != 1 {
		t.Errorf("the coordinator sees %+v", n)
	}
	step(e, "lape secretary", m.ID, "call")
	if n := list("", "?year=2027&placed=true"); len(n) != 1 || n[0].Meeting == nil {
		t.Errorf("after the call the public sees %+v", n)
	}
	e.Advance(24 * time.Hour)
	other := apitest.As[api.Forum](e.As("").Get("/forums/other")).ID
	e.As("espoo coordinator").Post(event+"/assignment", apitest.JSON{"forumId": other}).Want(200)
	if n := list("", "?year=2027&placed=true"); len(n) != 0 {
		t.Errorf("still placed: %+v", n)
	}
	if n := list("", "?year=2027&placed=true&asOf=2026-11-23"); len(n) != 1 || n[0].Forum.Key != "lape" {
		t.Errorf("yesterday: %+v", n)
	}
	e.As("espoo coordinator").Post(event+"/assignment", apitest.JSON{}).Want(200)
	c.Post(event+"/placement", apitest.JSON{"year": 2027, "meetingId": m.ID}).WantProblem(403, "forbidden")
}

// Topology: that of the series. Headings of the template stand on the agendas
// made of it, in their places and without numbers; a template from before has
// items only. The mail of the call tells them without a number too.
func TestTemplateHeadings(t *testing.T) {
	t.Parallel()
	e, f, forum := mailTopology(t)
	path := "/forums/" + forum.String()
	c := e.As("lape secretary")
	in := templateInput(f)
	heading := func(title string) apitest.JSON {
		return apitest.JSON{"kind": "heading", "title": apitest.JSON{"fi": title, "sv": title + " sv"}, "minutesReserved": 15}
	}
	standing := in["items"].([]apitest.JSON)
	in["items"] = []apitest.JSON{heading("Alkutoimet"), standing[0], heading("Asiat"), standing[1]}
	bad := templateInput(f)
	bad["items"] = []apitest.JSON{{"kind": "sub_item", "title": apitest.JSON{"fi": "Alakohta"}}}
	if p := c.Post(path+"/meeting-template", bad).WantProblem(422, "validation_failed"); len(p.Errors) != 1 || p.Errors[0].Pointer != "/items/0/kind" {
		t.Errorf("errors %+v", p.Errors)
	}
	c.Post(path+"/meeting-template", in).Want(201)
	if entry := lastEntry(e, "meeting_template"); !strings.Contains(entry.changes, `"heading"`) {
		t.Errorf("the log does not tell headings: %s", entry.changes)
	}
	for _, who := range []string{"lape secretary", "luvn reader", "auditor"} {
		var rows []string
		for _, i := range apitest.As[api.MeetingTemplate](e.As(who).Get(path + "/meeting-template").Want(200)).Items {
			rows = append(rows, fmt.Sprintf("%s:%s:%d", i.Kind, i.Title.FI, i.MinutesReserved))
		}
		if got := strings.Join(rows, " "); got != "heading:Alkutoimet:0 item:Kokouksen avaus:5 heading:Asiat:0 item:Tilannekatsaus:20" {
			t.Errorf("%s reads %s", who, got)
		}
	}
	made := apitest.As[api.SeriesMade](c.Post(path+"/series", apitest.JSON{"year": 2027, "days": []string{"2027-02-19"}}, "If-Match", `"1"`).Want(201))
	if made.Items != 2 {
		t.Errorf("%d standing items, headings not counted", made.Items)
	}
	m := made.Meetings[0].ID
	var rows []string
	for _, i := range agenda(e, "lape secretary", m, "") {
		rows = append(rows, fmt.Sprintf("%s:%d:%s", i.Kind, i.AgendaNo, i.Title.FI))
	}
	if got := strings.Join(rows, " "); got != "heading:0:Alkutoimet item:1:Kokouksen avaus heading:0:Asiat item:2:Tilannekatsaus" {
		t.Errorf("agenda %s", got)
	}

	// What the template said before stays readable as of then.
	e.Advance(24 * time.Hour)
	in["items"] = standing
	c.Put(path+"/meeting-template", `"1"`, in).Want(200)
	past := e.Now().Add(-time.Hour).Format(time.RFC3339)
	for query, want := range map[string]int{"": 2, "?asOf=" + past: 4} {
		if items := apitest.As[api.MeetingTemplate](c.Get(path + "/meeting-template" + query).Want(200)).Items; len(items) != want || (want == 4) != (items[0].Kind == "heading") {
			t.Errorf("%q: %+v", query, items)
		}
	}

	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	step(e, "lape secretary", m, "call")
	e.DeliverMail(service)
	if _, text, _ := to(t, server.Got(), "liisa"); !strings.Contains(strings.ReplaceAll(text, "\r", ""), "\nAlkutoimet\n1. Kokouksen avaus (5 min)\nAsiat\n2. Tilannekatsaus (20 min)\n") {
		t.Errorf("the call tells\n%s", text)
	}
}
