package api_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// shape writes an agenda as numbers and titles: "# Heading", "1 A", "1.1 B".
func shape(items []api.AgendaItem) string {
	var out []string
	for _, i := range items {
		no := fmt.Sprint(i.AgendaNo)
		if i.SubNo > 0 {
			no += fmt.Sprintf(".%d", i.SubNo)
		}
		if i.Kind == "heading" {
			no = "#"
		}
		out = append(out, no+" "+i.Title.FI)
	}
	return strings.Join(out, ", ")
}

func placed(e *apitest.Env, m domain.MeetingID, title string, more apitest.JSON) api.AgendaItem {
	e.T.Helper()
	in := itemInput(title, "public")
	for k, v := range more {
		in[k] = v
	}
	return apitest.As[api.AgendaItem](e.As("lape secretary").Post("/meetings/"+m.String()+"/agenda-items", in).Want(201))
}

func TestAgendaHasHeadingsItemsAndSubItems(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m := newMeeting(e, lape(e, f), "2026-12-08", "public")
	c := e.As("lape secretary")
	a := placed(e, m.ID, "A", apitest.JSON{"minutesReserved": 90})
	b := placed(e, m.ID, "B", apitest.JSON{"minutesReserved": 45})
	sub := placed(e, m.ID, "A1", apitest.JSON{"parentId": a.ID})
	placed(e, m.ID, "A0", apitest.JSON{"parentId": a.ID})
	h := placed(e, m.ID, "H", apitest.JSON{"kind": "heading", "after": a.ID, "proposal": apitest.JSON{"fi": "ei tänne"}})
	if h.Proposal.FI != "" || h.AgendaNo != 0 {
		t.Errorf("a heading has a proposal or a number: %+v", h)
	}
	if got := shape(agenda(e, "lape secretary", m.ID, "")); got != "1 A, 1.1 A1, 1.2 A0, # H, 2 B" {
		t.Errorf("agenda %s", got)
	}
	whole := apitest.As[api.Agenda](c.Get("/meetings/" + m.ID.String() + "/agenda-items").Want(200))
	if whole.MinutesReserved != 135 || whole.OverrunMinutes != 15 || !whole.Items[4].PlannedAt.Equal(m.StartsAt.Add(90*time.Minute)) {
		t.Errorf("plan %d, %d, %v", whole.MinutesReserved, whole.OverrunMinutes, whole.Items[4].PlannedAt)
	}
	moved := apitest.As[api.Agenda](c.Post("/agenda-items/"+a.ID.String()+"/move", apitest.JSON{"after": b.ID}).Want(200))
	if got := shape(moved.Items); got != "# H, 1 B, 2 A, 2.1 A1, 2.2 A0" {
		t.Errorf("moved with its sub-items: %s", got)
	}
	for name, tt := range map[string]struct {
		id   domain.AgendaItemID
		body apitest.JSON
	}{
		"what has sub-items":   {a.ID, apitest.JSON{"parentId": b.ID}},
		"under a sub-item":     {b.ID, apitest.JSON{"parentId": sub.ID}},
		"under a heading":      {b.ID, apitest.JSON{"parentId": h.ID}},
		"a heading under item": {h.ID, apitest.JSON{"parentId": b.ID}},
	} {
		if p := c.Post("/agenda-items/"+tt.id.String()+"/move", tt.body).WantProblem(422, "validation_failed"); p.Errors[0].Code != "two_levels" {
			t.Errorf("%s: %+v", name, p.Errors)
		}
	}
	out := apitest.As[api.Agenda](c.Post("/agenda-items/"+sub.ID.String()+"/move", apitest.JSON{"parentId": b.ID}).Want(200))
	if got := shape(out.Items); got != "# H, 1 B, 1.1 A1, 2 A, 2.1 A0" {
		t.Errorf("to another parent: %s", got)
	}
	c.Post("/agenda-items/"+b.ID.String()+"/removal", nil, "If-Match", `"1"`).WantProblem(409, "item_has_sub_items")
}

func TestClosingAccountsForEveryItem(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m := newMeeting(e, forum, "2026-12-08", "public")
	later := newMeeting(e, forum, "2026-12-15", "public")
	c := e.As("lape secretary")
	placed(e, m.ID, "Otsikko", apitest.JSON{"kind": "heading"})
	ids := map[string]api.AgendaItem{}
	for _, name := range []string{"Ei ehditty", "Jatkuu", "Suositus", "Siirto"} {
		ids[name] = placed(e, m.ID, name, nil)
	}
	step(e, "lape secretary", m.ID, "call", "start")
	record := func(item string, in apitest.JSON) api.AgendaItem {
		return apitest.As[api.AgendaItem](c.Post("/agenda-items/"+ids[item].ID.String()+"/outcomes", in).Want(201))
	}
	advised := record("Suositus", outcomeInput("recommendation", "Suositellaan.")).Outcomes[0]
	deferred := record("Siirto", outcomeInput("deferred", "Palataan.")).Outcomes[0]
	p := c.Post("/meetings/"+m.ID.String()+"/closure", nil).WantProblem(409, "decisions_without_ending")
	got := map[string]string{}
	for _, f := range p.Errors {
		got[f.Pointer] = f.Code
	}
	want := map[string]string{"/items/" + ids["Ei ehditty"].ID.String(): "without_outcome", "/items/" + ids["Jatkuu"].ID.String(): "without_outcome",
		"/outcomes/" + advised.ID.String(): "without_addressee", "/outcomes/" + deferred.ID.String(): "without_target"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("refused with %v, want %v", got, want)
	}
	in := outcomeInput("recommendation", "Suositellaan.")
	in["toWhom"] = apitest.JSON{"fi": "Kaupunginhallitukselle"}
	c.Put("/outcomes/"+advised.ID.String(), `"1"`, in).Want(200)
	in = outcomeInput("deferred", "Palataan.")
	in["toMeetingId"], in["toWhom"] = later.ID, apitest.JSON{"fi": "jää pois"}
	changed := apitest.As[api.AgendaItem](c.Put("/outcomes/"+deferred.ID.String(), `"1"`, in).Want(200)).Outcomes[0]
	if changed.ToMeeting == nil || changed.ToMeeting.ID != later.ID || changed.ToWhom.FI != "" {
		t.Errorf("deferral %+v", changed)
	}
	unhandled := "/agenda-items/" + ids["Ei ehditty"].ID.String() + "/non-handling"
	c.Post(unhandled, reasonInput("Aika loppui")).WantProblem(428, "if_match_required")
	c.Post(unhandled, reasonInput("Aika loppui"), "If-Match", `"7"`).WantProblem(412, "stale_version")
	e.As("other secretary").Post(unhandled, reasonInput("Aika loppui"), "If-Match", `"1"`).WantProblem(404, "agenda_item_not_found")
	c.Post(unhandled, reasonInput("Aika loppui"), "If-Match", `"1"`).Want(200)
	on := apitest.As[api.AgendaItem](c.Post("/agenda-items/"+ids["Jatkuu"].ID.String()+"/transfers", apitest.JSON{"kind": "carry_over", "meetingId": later.ID}).Want(201))
	if on.MeetingID != later.ID || on.CarriedTimes != 1 || len(on.Transfers) != 1 || on.Transfers[0].From.ID != m.ID {
		t.Errorf("carried over to %+v", on)
	}
	c.Post("/agenda-items/"+ids["Jatkuu"].ID.String()+"/transfers", apitest.JSON{"kind": "carry_over", "meetingId": later.ID}).WantProblem(409, "carried_over_already")
	closed := apitest.As[api.Meeting](c.Post("/meetings/"+m.ID.String()+"/closure", nil).Want(200))
	if closed.Status != "closed" {
		t.Errorf("status %s", closed.Status)
	}
	c.Post(unhandled, reasonInput(""), "If-Match", `"3"`).WantProblem(409, "meeting_not_in_progress") // it got its § meanwhile

	// Opened again before it is approved, with the reason and what it took back.
	step(e, "chair", m.ID, "approvals")
	c.Post("/meetings/"+m.ID.String()+"/reopening", reasonInput("")).WantProblem(422, "validation_failed")
	e.As("chair").Post("/meetings/"+m.ID.String()+"/reopening", reasonInput("Syy")).WantProblem(403, "forbidden")
	again := apitest.As[api.Meeting](c.Post("/meetings/"+m.ID.String()+"/reopening", reasonInput("Kirjaus puuttui")).Want(200))
	if again.Status != "in_progress" || again.Reopened == nil || again.Reopened.Approvals != 1 || again.Approvers[0].ApprovedAt != nil {
		t.Errorf("reopened %+v", again.Reopened)
	}
	step(e, "lape secretary", m.ID, "closure")
	approve(e, m.ID)
	c.Post("/meetings/"+m.ID.String()+"/reopening", reasonInput("Liian myöhään")).WantProblem(409, "meeting_not_closed")
}

func TestItemsGoToOtherMeetings(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m, later := newMeeting(e, forum, "2026-12-08", "public"), newMeeting(e, forum, "2026-12-15", "public")
	c := e.As("lape secretary")
	a, b := placed(e, m.ID, "A", nil), placed(e, m.ID, "B", nil)
	placed(e, m.ID, "A1", apitest.JSON{"parentId": a.ID})
	step(e, "lape secretary", m.ID, "call", "start")
	c.Post("/agenda-items/"+a.ID.String()+"/outcomes", outcomeInput("noted", "Todettiin.")).Want(201)
	path := "/agenda-items/" + a.ID.String() + "/transfers"
	e.As("espoo member").Post(path, apitest.JSON{"kind": "move", "meetingId": later.ID}).WantProblem(422, "validation_failed") // sees no draft
	c.Post(path, apitest.JSON{"kind": "move", "meetingId": m.ID}).WantProblem(422, "validation_failed")
	moved := apitest.As[api.AgendaItem](c.Post(path, apitest.JSON{"kind": "move", "meetingId": later.ID}).Want(201))
	if moved.ID != a.ID || len(moved.Outcomes) != 1 || moved.CarriedTimes != 1 {
		t.Errorf("moved %+v", moved)
	}
	if got := shape(agenda(e, "lape secretary", later.ID, "")); got != "1 A, 1.1 A1" {
		t.Errorf("there %s", got)
	}
	left := apitest.As[api.Agenda](c.Get("/meetings/" + m.ID.String() + "/agenda-items").Want(200))
	if shape(left.Items) != "1 B" || len(left.Moved) != 2 || left.Moved[0].Title.FI != "A" || left.Moved[0].AgendaNo != 1 || left.Moved[0].To.ID != later.ID {
		t.Errorf("left %s, %+v", shape(left.Items), left.Moved)
	}
	copied := apitest.As[api.AgendaItem](c.Post(path, apitest.JSON{"kind": "copy", "meetingId": m.ID}).Want(201))
	if copied.ID == a.ID || len(copied.Outcomes) != 0 || copied.Title.FI != "A" {
		t.Errorf("copied %+v", copied)
	}
	step(e, "lape secretary", m.ID, "closure")
	c.Post("/agenda-items/"+b.ID.String()+"/transfers", apitest.JSON{"kind": "move", "meetingId": later.ID}).WantProblem(409, "minutes_stay_whole")
	c.Post("/agenda-items/"+b.ID.String()+"/transfers", apitest.JSON{"kind": "copy", "meetingId": later.ID}).Want(201)
	c.Post("/agenda-items/"+moved.ID.String()+"/transfers", apitest.JSON{"kind": "copy", "meetingId": m.ID}).WantProblem(409, "target_meeting_begun")
}

// referred closes a meeting of LAPE with a matter for the other forum and
// returns the referral: its secretary "other secretary" is to answer.
func referred(e *apitest.Env, forum, to domain.ForumID) (api.Meeting, api.ReferralEntry) {
	e.T.Helper()
	m := newMeeting(e, forum, "2026-12-08", "public")
	item := newItem(e, m.ID, "Tiedonsiirto", "public")
	step(e, "lape secretary", m.ID, "call", "start")
	c := e.As("lape secretary")
	path := "/agenda-items/" + item.ID.String() + "/outcomes"
	if p := c.Post(path, outcomeInput("referral", "Lähetetään.")).WantProblem(422, "validation_failed"); p.Errors[0].Pointer != "/toForumId" {
		e.T.Errorf("%+v", p.Errors)
	}
	in := outcomeInput("referral", "Lähetetään.")
	in["toForumId"] = forum
	c.Post(path, in).WantProblem(422, "validation_failed")
	in["toForumId"] = to
	c.Post(path, in).Want(201)
	if got := referrals(e, "other secretary", ""); len(got) != 0 {
		e.T.Errorf("sent before the meeting was closed: %+v", got)
	}
	m = step(e, "lape secretary", m.ID, "closure")
	got := referrals(e, "other secretary", "")
	if len(got) != 1 {
		e.T.Fatalf("the receiving secretary sees %d", len(got))
	}
	return m, got[0]
}

func referrals(e *apitest.Env, who, query string) []api.ReferralEntry {
	e.T.Helper()
	return apitest.As[api.List[api.ReferralEntry]](e.As(who).Get("/referrals" + query).Want(200)).Items
}

// The sender's secretary, members and coordinators see it with their paper; of
// others the receiving forum's secretary; the public with the published paper.
func TestReferralIsAnsweredUnderAClock(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	other := apitest.As[api.Forum](e.As("espoo coordinator").Get("/forums/other").Want(200)).ID
	m, r := referred(e, forum, other)
	if r.State != "open" || r.DueOn.IsZero() || r.Overdue || len(r.Permissions) != 1 || r.Permissions[0] != domain.ReferralAnswer {
		t.Errorf("sent %+v", r)
	}
	for who, want := range map[string]int{"lape secretary": 1, "chair": 1, "espoo coordinator": 1, "luvn coordinator": 1, "auditor": 1, "other secretary": 1,
		"hus member": 1, "": 0} {
		if got := referrals(e, who, ""); len(got) != want {
			t.Errorf("%q sees %d", who, len(got))
		}
	}
	e.Advance(20 * 24 * time.Hour)
	if got := referrals(e, "lape secretary", "?overdue=true"); len(got) != 1 || !got[0].Overdue || got[0].DaysOver != 6 {
		t.Errorf("overdue %+v", got)
	}
	c, path := e.As("other secretary"), "/referrals/"+r.ID.String()
	e.As("").Get(path).WantProblem(404, "referral_not_found")
	e.As("lape secretary").Post(path+"/refusal", reasonInput("Ei meille")).WantProblem(403, "forbidden")
	c.Post(path+"/refusal", reasonInput("")).WantProblem(422, "validation_failed")
	refused := apitest.As[api.ReferralEntry](c.Post(path+"/refusal", reasonInput("Kuuluu muualle")).Want(200))
	if refused.State != "refused" || !refused.SenderOpen || refused.Answer.FI != "Kuuluu muualle" {
		t.Errorf("refused %+v", refused)
	}
	c.Post(path+"/acceptance", apitest.JSON{}).WantProblem(409, "referral_answered")
	if o := agenda(e, "lape secretary", m.ID, "")[0].Outcomes[0]; !o.Open {
		t.Error("a refused referral does not open the sender's loop")
	}
	if got := referrals(e, "lape secretary", "?unended=true"); len(got) != 1 {
		t.Errorf("unended %d", len(got))
	}
	c.Post(path+"/settlement", reasonInput("Ei aiheuta")).WantProblem(403, "forbidden")
	e.As("lape secretary").Post(path+"/settlement", reasonInput("Ei aiheuta toimia")).Want(200)
	e.As("lape secretary").Post(path+"/settlement", reasonInput("Taas")).WantProblem(409, "referral_settled")
	if o := agenda(e, "lape secretary", m.ID, "")[0].Outcomes[0]; o.Open {
		t.Error("settled and still open")
	}
	entries := apitest.As[api.List[api.AuditEntry]](e.As("auditor").Get("/audit/entries?subjectKind=referral&subjectId=" + r.ID.String()).Want(200)).Items
	if len(entries) != 4 || entries[0].Reason != "Ei aiheuta toimia" || entries[0].Permission != domain.ReferralSettle {
		t.Errorf("%d entries, %+v", len(entries), entries[0])
	}
	approve(e, m.ID)
	step(e, "lape secretary", m.ID, "publication")
	if got := referrals(e, "", ""); len(got) != 1 || got[0].To == nil {
		t.Errorf("published: the public sees %+v", got)
	}
}

func TestRefusedReferralGoesToAnotherForum(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	other := apitest.As[api.Forum](e.As("espoo coordinator").Get("/forums/other").Want(200)).ID
	m, r := referred(e, forum, other)
	path := "/referrals/" + r.ID.String()
	third := apitest.As[api.Forum](e.As("espoo coordinator").Post("/forums", forumInput("third", "Kolmas", "public")).Want(201)).ID
	to := apitest.JSON{"toForumId": third}
	e.As("other secretary").Post(path+"/refusal", reasonInput("Kuuluu muualle")).Want(200)
	e.As("other secretary").Post(path+"/forwarding", to).WantProblem(403, "forbidden")
	ended := apitest.As[api.ReferralEntry](e.As("lape secretary").Post(path+"/forwarding", to).Want(200))
	if ended.State != "refused" || ended.SenderOpen {
		t.Errorf("ended %+v", ended)
	}
	if got := referrals(e, "lape secretary", "?toForumId="+third.String()); len(got) != 1 || got[0].State != "open" {
		t.Errorf("goes on as %+v", got)
	}
	e.As("lape secretary").Post(path+"/forwarding", to).WantProblem(409, "referral_settled")
	if o := agenda(e, "lape secretary", m.ID, "")[0].Outcomes[0]; o.Type != "referral" {
		t.Errorf("the outcome became %+v", o)
	}
}

func TestAcceptedReferralLandsOnAnAgenda(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	other := apitest.As[api.Forum](e.As("espoo coordinator").Get("/forums/other").Want(200)).ID
	m, r := referred(e, forum, other)
	c, path := e.As("other secretary"), "/referrals/"+r.ID.String()
	listed := apitest.As[api.ReferralEntry](c.Post(path+"/acceptance", apitest.JSON{}).Want(200))
	if listed.State != "accepted" || !listed.Listed || len(referrals(e, "other secretary", "?listed=true")) != 1 {
		t.Errorf("in the list of matters: %+v", listed)
	}
	c.Post(path+"/placement", apitest.JSON{"meetingId": m.ID}).WantProblem(403, "forbidden") // another forum's meeting
	theirs := apitest.As[api.Meeting](c.Post("/forums/"+other.String()+"/meetings", meetingInput("2026-12-20", "public")).Want(201))
	landed := apitest.As[api.ReferralEntry](c.Post(path+"/placement", apitest.JSON{"meetingId": theirs.ID}).Want(200))
	if landed.Landed == nil || landed.Landed.ID != theirs.ID || landed.Listed {
		t.Errorf("landed %+v", landed)
	}
	c.Post(path+"/placement", apitest.JSON{"meetingId": theirs.ID}).WantProblem(409, "referral_on_agenda")
	item := apitest.As[api.Agenda](c.Get("/meetings/" + theirs.ID.String() + "/agenda-items").Want(200)).Items[0]
	if item.Title.FI != "Tiedonsiirto" || item.Proposal.FI != "Lähetetään." || item.CameFrom == nil || item.CameFrom.ID != r.ID {
		t.Errorf("item %+v", item)
	}
	found := apitest.As[api.Case](e.As("auditor").Get("/agenda-items/" + item.ID.String() + "/case").Want(200))
	if len(found.Handlings) != 2 || found.Handlings[0].Meeting.ID != m.ID || found.Handlings[1].Meeting.ID != theirs.ID {
		t.Errorf("case %+v", found.Handlings)
	}
}

// One case of Espoo's registry in two forums; the internal handling is not for
// the public.
func TestCaseGathersItsHandlings(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	ref := []apitest.JSON{{"partyId": f.Party["espoo"], "registryNo": "ESBO 1/00.01/2026", "urlFi": "https://espoo.example/1", "urlSv": ""}}
	var ids []domain.AgendaItemID
	for day, visibility := range map[string]string{"2026-12-01": "public", "2026-12-08": "internal"} {
		m := newMeeting(e, forum, day, "public")
		in := itemInput("Asia", visibility)
		in["cases"] = ref
		ids = append(ids, apitest.As[api.AgendaItem](e.As("lape secretary").Post("/meetings/"+m.ID.String()+"/agenda-items", in).Want(201)).ID)
		step(e, "lape secretary", m.ID, "call", "start", "closure")
		approve(e, m.ID)
		step(e, "lape secretary", m.ID, "publication")
	}
	query := "/cases?party=espoo&registryNo=" + url.QueryEscape("ESBO 1/00.01/2026")
	for who, want := range map[string]int{"auditor": 2, "espoo coordinator": 2, "": 1} {
		found := apitest.As[api.Case](e.As(who).Get(query).Want(200))
		if len(found.Handlings) != want || len(found.References) != 1 {
			t.Errorf("%q sees %d handlings, %+v", who, len(found.Handlings), found.References)
		}
	}
	e.As("").Get("/cases?party=luvn&registryNo="+url.QueryEscape("ESBO 1/00.01/2026")).WantProblem(404, "case_not_found")
	hidden := 0
	for _, id := range ids {
		if res := e.As("").Get("/agenda-items/" + id.String() + "/case"); res.StatusCode == 404 {
			hidden++
		}
	}
	if hidden != 1 {
		t.Errorf("%d cases hidden", hidden)
	}
}

func TestChangesSinceTheCall(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m := newMeeting(e, lape(e, f), "2026-12-08", "public")
	c := e.As("lape secretary")
	var items []api.AgendaItem
	for _, name := range []string{"A", "B", "C", "D"} {
		items = append(items, placed(e, m.ID, name, nil))
	}
	path := "/meetings/" + m.ID.String() + "/changes-since-call"
	changes := func(who string) string {
		t.Helper()
		var out []string
		for _, ch := range apitest.As[api.SinceCall](e.As(who).Get(path).Want(200)).Changes {
			post := ""
			if ch.Post != nil {
				post = " " + ch.Post.FI
			}
			out = append(out, fmt.Sprintf("%s %s%v%s", ch.Kind, ch.Title.FI, ch.Fields, post))
		}
		return strings.Join(out, ", ")
	}
	e.Advance(time.Minute)
	step(e, "lape secretary", m.ID, "call")
	if got := changes("chair"); got != "" {
		t.Errorf("at once %s", got)
	}
	e.Advance(time.Hour)
	in := itemInput("A", "public")
	in["proposal"] = apitest.JSON{"fi": "Uusi ehdotus"}
	c.Put("/agenda-items/"+items[0].ID.String(), `"1"`, in).Want(200)
	c.Post("/agenda-items/"+items[1].ID.String()+"/removal", nil, "If-Match", `"1"`).Want(200)
	c.Post("/agenda-items/"+items[3].ID.String()+"/move", apitest.JSON{"after": items[0].ID}).Want(200)
	placed(e, m.ID, "E", nil)
	want := "changed A[proposal] esp_secretary, moved D[] esp_secretary, added E[] esp_secretary, removed B[] esp_secretary"
	for _, who := range []string{"chair", "espoo member", "lape secretary", "auditor"} {
		if got := changes(who); got != want {
			t.Errorf("%s: %s, want %s", who, got, want)
		}
	}
	if got := changes(""); got != "" {
		t.Errorf("the public: %s", got)
	}
}

func TestDissentStandsAtItsOutcome(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m := newMeeting(e, lape(e, f), "2026-12-08", "public")
	item := newItem(e, m.ID, "Asia", "public")
	step(e, "lape secretary", m.ID, "call", "start")
	c := e.As("lape secretary")
	o := apitest.As[api.AgendaItem](c.Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("noted", "Todettiin.")).Want(201)).Outcomes[0]
	in := apitest.JSON{"kind": "dissent", "partyId": f.Party["luvn"], "postId": f.Post["luvn_family_head"], "text": apitest.JSON{"fi": "Eri mieltä", "sv": "Av annan åsikt"}}
	path := "/outcomes/" + o.ID.String() + "/dissents"
	wrong := apitest.JSON{"kind": "dissent", "partyId": f.Party["espoo"], "postId": f.Post["luvn_family_head"], "text": apitest.JSON{"fi": "Eri mieltä"}}
	if p := c.Post(path, wrong).WantProblem(422, "validation_failed"); p.Errors[0].Code != "other_party" {
		t.Errorf("%+v", p.Errors)
	}
	e.As("chair").Post(path, in).WantProblem(403, "forbidden")
	d := apitest.As[api.AgendaItem](c.Post(path, in).Want(201)).Outcomes[0].Dissents[0]
	if d.Kind != "dissent" || d.Post.Title.FI != "luvn_family_head" || d.Text.SV != "Av annan åsikt" {
		t.Errorf("dissent %+v", d)
	}
	in["kind"] = "reservation"
	c.Put("/dissents/"+d.ID.String(), `"2"`, in).WantProblem(412, "stale_version")
	c.Put("/dissents/"+d.ID.String(), `"1"`, in).Want(200)
	out := "/dissents/" + d.ID.String() + "/withdrawal"
	for pointer, reason := range map[string]apitest.JSON{"/reason/fi": {"fi": " ", "en": "Withdrew"}, "/reason/sv": {"fi": "Perui", "sv": strings.Repeat("x", 1001)}} {
		if p := c.Post(out, apitest.JSON{"reason": reason}, "If-Match", `"2"`).WantProblem(422, "validation_failed"); len(p.Errors) != 1 || p.Errors[0].Pointer != pointer {
			t.Errorf("%s: %+v", pointer, p.Errors)
		}
	}
	left := apitest.As[api.AgendaItem](c.Post(out, apitest.JSON{"reason": apitest.JSON{"sv": "Drog sig ur", "fi": "Perui "}}, "If-Match", `"2"`).Want(200)).Outcomes[0].Dissents[0]
	if left.Kind != "reservation" || left.WithdrawnAt == nil || left.WithdrawnReason != (api.Text{FI: "Perui", SV: "Drog sig ur"}) {
		t.Errorf("withdrawn %+v", left)
	}
	entry := entries(e.As("auditor").Get("/audit/entries?subjectKind=dissent&subjectId=" + d.ID.String()))[0]
	if got, ok := change(entry, "withdrawnReason"); !ok || fmt.Sprint(got.New) != fmt.Sprint(map[string]any{"fi": "Perui", "sv": "Drog sig ur", "en": ""}) || entry.Reason != "Perui" {
		t.Errorf("the log says %+v because %q", got, entry.Reason)
	}
	c.Put("/dissents/"+d.ID.String(), `"3"`, in).WantProblem(409, "dissent_withdrawn")
}

// A public meeting of a forum with the chair of LUVN, members of Espoo and HUS
// and Espoo's secretary; one dissent stands, one is withdrawn. Only the secretary
// may correct or withdraw the first, until the paper is published.
func TestDissentPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m := newMeeting(e, lape(e, f), "2026-12-08", "public")
	item := newItem(e, m.ID, "Asia", "public")
	step(e, "lape secretary", m.ID, "call", "start")
	for _, p := range apitest.As[api.Meeting](e.As("lape secretary").Get("/meetings/" + m.ID.String())).Participants {
		e.As("lape secretary").Put("/meetings/"+m.ID.String()+"/participants/"+p.ID.String(), `"1"`,
			apitest.JSON{"attendance": "present", "inspector": p.Inspector}).Want(200)
	}
	c := e.As("lape secretary")
	o := apitest.As[api.AgendaItem](c.Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("noted", "Todettiin.")).Want(201)).Outcomes[0]
	path := "/outcomes/" + o.ID.String() + "/dissents"
	in := func(kind string) apitest.JSON {
		return apitest.JSON{"kind": kind, "partyId": f.Party["luvn"], "text": apitest.JSON{"fi": "Eri mieltä", "sv": "Av annan åsikt"}}
	}
	c.Post(path, in("dissent")).Want(201)
	both := apitest.As[api.AgendaItem](c.Post(path, in("reservation")).Want(201)).Outcomes[0].Dissents
	c.Post("/dissents/"+both[1].ID.String()+"/withdrawal", apitest.JSON{"reason": apitest.JSON{"fi": "", "sv": "Drog sig ur"}}, "If-Match", `"1"`).Want(200)
	may := func(who string) string {
		t.Helper()
		ds := agenda(e, who, m.ID, "")[0].Outcomes[0].Dissents
		if len(ds) != 2 || ds[1].Permissions == nil {
			t.Fatalf("%s reads %+v", who, ds)
		}
		return fmt.Sprint(ds[0].Permissions, ds[1].Permissions)
	}
	readers := []string{"chair", "espoo member", "hus member", "auditor"}
	check := func(state, secretary string, readers ...string) {
		t.Helper()
		if got := may("lape secretary"); got != secretary {
			t.Errorf("%s: the secretary may %s, want %s", state, got, secretary)
		}
		for _, who := range readers {
			if got := may(who); got != "[] []" {
				t.Errorf("%s: %s may %s", state, who, got)
			}
		}
	}
	const first = "[meeting.record] []"
	check("in progress", first, readers...)
	if entry := apitest.As[api.List[api.OutcomeEntry]](c.Get("/outcomes?meetingId=" + m.ID.String()).Want(200)).Items[0]; fmt.Sprint(entry.Dissents[0].Permissions) != "[meeting.record]" {
		t.Errorf("in the list %+v", entry.Dissents)
	}
	step(e, "lape secretary", m.ID, "closure")
	check("closed", first, readers...)
	approve(e, m.ID)
	check("approved", first, readers...)
	p := c.Put("/dissents/"+both[0].ID.String(), `"9"`, in("dissent")).WantProblem(412, "stale_version")
	if current := p.Current.(map[string]any); fmt.Sprint(current["permissions"]) != "[meeting.record]" || current["version"] != 1.0 {
		t.Errorf("current %+v", current)
	}
	late := apitest.As[api.AgendaItem](c.Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("noted", "Jälkikirjaus.")).Want(201)).Outcomes[1]
	approve(e, m.ID)

	// Once the paper has an amendment, what was recorded stands: nothing is offered
	// that would be refused, until the amendment is withdrawn.
	amendment := amendmentInput(item, "Asia", "Oikea asia")
	amendment["part"] = "title"
	a := apitest.As[api.PaperBody](c.Post("/meetings/"+m.ID.String()+"/amendments", amendment).Want(201)).Amendments[0]
	check("amended", "[] []", readers...)
	got := agenda(e, "lape secretary", m.ID, "")[0]
	if len(got.Permissions) != 0 || slices.Contains(got.Outcomes[1].Permissions, domain.MeetingRecord) {
		t.Errorf("amended: of the item the secretary may %v, of the late entry %v", got.Permissions, got.Outcomes[1].Permissions)
	}
	for _, entry := range apitest.As[api.List[api.OutcomeEntry]](c.Get("/outcomes?meetingId=" + m.ID.String()).Want(200)).Items {
		if slices.Contains(entry.Permissions, domain.MeetingRecord) || slices.ContainsFunc(entry.Dissents, func(d api.Dissent) bool { return len(d.Permissions) > 0 }) {
			t.Errorf("amended, in the list: %+v", entry)
		}
	}
	c.Put("/dissents/"+both[0].ID.String(), `"1"`, in("reservation")).WantProblem(409, "paper_amended")
	c.Post("/dissents/"+both[0].ID.String()+"/withdrawal", apitest.JSON{"reason": apitest.JSON{"fi": "Perui"}}, "If-Match", `"1"`).WantProblem(409, "paper_amended")
	c.Post(path, in("dissent")).WantProblem(409, "paper_amended")
	c.Post("/agenda-items/"+item.ID.String()+"/outcomes", outcomeInput("noted", "Vielä.")).WantProblem(409, "paper_amended")
	c.Put("/outcomes/"+late.ID.String(), `"1"`, outcomeInput("noted", "Muu.")).WantProblem(409, "paper_amended")
	c.Post("/amendments/"+a.ID.String()+"/withdrawal", apitest.JSON{"reason": "Turha"}, "If-Match", fmt.Sprintf("%q", fmt.Sprint(a.Version))).Want(200)
	check("approved again", first, readers...)
	step(e, "lape secretary", m.ID, "publication")
	check("published", "[] []", append(readers, "")...)
}

const pdf = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

// storedIn runs a test against both places where files may be kept.
func storedIn(t *testing.T, run func(t *testing.T, e *apitest.Env)) {
	t.Helper()
	for place, start := range map[string]func(t *testing.T) *apitest.Env{
		"database": func(t *testing.T) *apitest.Env { t.Helper(); return apitest.New(t) },
		"folder":   func(t *testing.T) *apitest.Env { t.Helper(); return apitest.WithFolder(t, t.TempDir()) },
	} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			run(t, start(t))
		})
	}
}

// An internal attachment of a public item: staff read it, the public its ground.
func TestAttachments(t *testing.T) {
	t.Parallel()
	storedIn(t, attachmentsOfItems)
}

func attachmentsOfItems(t *testing.T, e *apitest.Env) {
	t.Helper()
	f := e.Organisation()
	m := newMeeting(e, lape(e, f), "2026-12-08", "public")
	item := newItem(e, m.ID, "Asia", "public")
	c := e.As("lape secretary")
	path := "/agenda-items/" + item.ID.String() + "/attachments?visibility=public&name="
	for name, body := range map[string]string{"a.html": "<html><script>1</script></html>", "a.pdf": "<html><script>1</script></html>", "a.txt": "<!DOCTYPE html><p>x</p>",
		"a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>", "a.docx": "PK\x03\x04 no document", "a.exe": "MZ", "a": pdf} {
		if p := c.Post(path+name, body).WantProblem(422, "validation_failed"); p.Errors[0].Code != "file_type_not_allowed" {
			t.Errorf("%s: %+v", name, p.Errors)
		}
	}
	c.Post(path+"a.pdf", strings.Repeat("x", 26<<20)).WantProblem(413, "file_too_large")
	e.As("chair").Post(path+"a.pdf", pdf).WantProblem(404, "agenda_item_not_found") // a draft
	e.As("").Post(path+"a.pdf", pdf).WantProblem(401, "sign_in_required")
	open := apitest.As[api.AgendaItem](c.Post(path+url.QueryEscape(`../Väli"arvio.pdf`), pdf).Want(201)).Attachments[0]
	if file := open.Files[0]; open.Title.FI != "Väliarvio.pdf" || file.Name != "Väliarvio.pdf" || file.MediaType != "application/pdf" || file.Size != int64(len(pdf)) || len(file.SHA256) != 64 {
		t.Errorf("attachment %+v", open)
	}
	internal := apitest.As[api.AgendaItem](c.Post("/agenda-items/"+item.ID.String()+"/attachments?visibility=internal&visibilityGround=JulkL&name=b.txt", "salaista").Want(201)).Attachments[1]
	content := "/attachments/" + open.ID.String() + "/content"
	e.As("").Get(content).WantProblem(404, "attachment_not_found")
	res := c.Get(content)
	if string(res.Bytes) != pdf {
		t.Errorf("%d %q", res.StatusCode, res.Bytes)
	}
	for header, want := range map[string]string{"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
		"Content-Disposition": "attachment; filename*=utf-8''V%C3%A4liarvio.pdf"} {
		if got := res.Header.Get(header); got != want {
			t.Errorf("%s: %s", header, got)
		}
	}
	second := strings.Replace(pdf, "1.4", "1.7", 1)
	c.Post("/attachments/"+open.ID.String()+"/files?name=uusi.pdf", second).WantProblem(428, "if_match_required")
	c.Post("/attachments/"+open.ID.String()+"/files?name=uusi.pdf", second, "If-Match", `"9"`).WantProblem(412, "stale_version")
	replaced := apitest.As[api.AgendaItem](c.Post("/attachments/"+open.ID.String()+"/files?name=uusi.pdf", second, "If-Match", `"1"`).Want(201)).Attachments[0]
	if len(replaced.Files) != 2 || string(c.Get(content).Bytes) != second || string(c.Get(content+"?file=1").Bytes) != pdf {
		t.Errorf("replaced %+v", replaced.Files)
	}
	third := apitest.As[api.AgendaItem](c.Post(path+"c.csv", "a;b\n1;2\n").Want(201)).Attachments[2]
	c.Post("/attachments/"+third.ID.String()+"/removal", apitest.JSON{"reason": ""}, "If-Match", `"1"`).WantProblem(422, "validation_failed")
	c.Post("/attachments/"+third.ID.String()+"/removal", apitest.JSON{"reason": "Väärä tiedosto"}, "If-Match", `"1"`).Want(200)
	c.Put("/attachments/"+third.ID.String(), `"2"`, apitest.JSON{"title": apitest.JSON{"fi": "C"}, "visibility": "public"}).WantProblem(409, "attachment_removed")
	c.Put("/attachments/"+open.ID.String(), `"2"`, apitest.JSON{"title": apitest.JSON{"fi": "Arvio"}, "visibility": "public"}).Want(200)

	step(e, "lape secretary", m.ID, "call", "start", "closure")
	approve(e, m.ID)
	step(e, "lape secretary", m.ID, "publication")
	seen := agenda(e, "", m.ID, "")[0].Attachments
	if len(seen) != 2 || seen[0].Title.FI != "Arvio" || len(seen[0].Files) != 1 || !seen[1].Hidden || seen[1].VisibilityGround != "JulkL" || seen[1].Title.FI != "" || len(seen[1].Files) != 0 {
		t.Errorf("the public sees %+v", seen)
	}
	if res := e.As("").Get(content); string(res.Bytes) != second {
		t.Errorf("the public downloads %q", res.Bytes)
	}
	e.As("").Get(content+"?file=1").WantProblem(404, "attachment_file_not_found")
	e.As("").Get("/attachments/"+internal.ID.String()+"/content").WantProblem(404, "attachment_not_found")
	e.As("").Get("/attachments/"+third.ID.String()+"/content").WantProblem(404, "attachment_file_not_found")
	if all := agenda(e, "espoo coordinator", m.ID, "")[0].Attachments; len(all) != 3 || all[2].RemovedReason != "Väärä tiedosto" {
		t.Errorf("staff sees %+v", all)
	}
	c.Post(path+"d.pdf", pdf).WantProblem(409, "meeting_locked")
	entries := apitest.As[api.List[api.AuditEntry]](e.As("auditor").Get("/audit/entries?subjectKind=attachment&subjectId=" + third.ID.String()).Want(200)).Items
	if len(entries) != 2 || entries[0].Reason != "Väärä tiedosto" {
		t.Errorf("%d entries %+v", len(entries), entries)
	}
}
