package api_test

import (
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func draw(c apitest.Client, m domain.MeetingID, picks apitest.JSON) []api.AgendaItem {
	return apitest.As[api.Agenda](c.Post("/meetings/"+m.String()+"/draws", picks).Want(200)).Items
}

// Topology: lape referred a matter to the forum other. It offers itself to the
// agendas of other alone; whoever draws it has accepted it, and it lands.
func TestDrawingAReferralAcceptsIt(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	other := apitest.As[api.Forum](e.As("espoo coordinator").Get("/forums/other").Want(200)).ID
	m, r := referred(e, forum, other)
	c := e.As("other secretary")
	theirs := apitest.As[api.Meeting](c.Post("/forums/"+other.String()+"/meetings", meetingInput("2026-12-20", "public")).Want(201))

	got, list := offers(e, "other secretary", theirs.ID)
	if got != "referral:Tiedonsiirto" || list[0].ID != domain.AnyID(r.ID) || list[0].DueOn != r.DueOn || list[0].Forum == nil || list[0].Forum.Key != "lape" ||
		list[0].From.MeetingID != m.ID || list[0].Text.FI != "Lähetetään." {
		t.Fatalf("offered %s %+v", got, list)
	}
	ours := newMeeting(e, forum, "2026-12-21", "public")
	sent, waiting := offers(e, "lape secretary", ours.ID)
	if sent != "sent:Tiedonsiirto" || waiting[0].Forum == nil || waiting[0].Forum.Key != "other" || waiting[0].DueOn != r.DueOn {
		t.Errorf("the sender is offered %s %+v", sent, waiting)
	}
	for who, want := range map[string]int{"": 401, "lape secretary": 404, "espoo coordinator": 403} {
		e.As(who).Post("/meetings/"+theirs.ID.String()+"/draws", pick(list, "Tiedonsiirto")).Want(want)
	}
	e.As("lape secretary").Post("/meetings/"+ours.ID.String()+"/draws", pick(list, "Tiedonsiirto")).WantProblem(422, "validation_failed") // theirs to answer

	e.Advance(20 * 24 * time.Hour) // late: its clock runs until it is taken up
	if late := referrals(e, "lape secretary", "?overdue=true"); len(late) != 1 {
		t.Errorf("overdue %+v", late)
	}
	item := draw(c, theirs.ID, pick(list, "Tiedonsiirto"))[0]
	if item.CameFrom == nil || item.CameFrom.ID != r.ID || item.Proposal.FI != "Lähetetään." {
		t.Errorf("landed as %+v", item)
	}
	if entry := lastEntry(e, "referral"); entry.permission != "referral.answer" || entry.parent != "meeting" {
		t.Errorf("entry %+v", entry)
	}
	now := referrals(e, "lape secretary", "")
	if len(now) != 1 || now[0].State != "accepted" || now[0].Overdue || now[0].Listed || now[0].AnsweredBy == nil {
		t.Errorf("the sender sees %+v", now)
	}
	found := apitest.As[api.Case](e.As("auditor").Get("/agenda-items/" + item.ID.String() + "/case").Want(200))
	if len(found.Handlings) != 2 || found.Handlings[0].Meeting.ID != m.ID || found.Handlings[1].Meeting.ID != theirs.ID {
		t.Errorf("case %+v", found.Handlings)
	}
	c.Post("/meetings/"+theirs.ID.String()+"/draws", pick(list, "Tiedonsiirto")).WantProblem(422, "validation_failed")
	for _, who := range []struct {
		name    string
		meeting domain.MeetingID
	}{{"other secretary", theirs.ID}, {"lape secretary", ours.ID}} {
		if got, _ := offers(e, who.name, who.meeting); got != "" {
			t.Errorf("%s is still offered %s", who.name, got)
		}
	}

	// Taken off the agenda it is in the list of matters, and offers itself from there.
	c.Post("/agenda-items/"+item.ID.String()+"/removal", nil, "If-Match", `"1"`).Want(200)
	got, list = offers(e, "other secretary", theirs.ID)
	if got != "referral:Tiedonsiirto" || !referrals(e, "other secretary", "")[0].Listed {
		t.Fatalf("from the list of matters %s", got)
	}
	draw(c, theirs.ID, pick(list, "Tiedonsiirto"))
	if now := referrals(e, "other secretary", "")[0]; now.Listed || now.State != "accepted" {
		t.Errorf("placed %+v", now)
	}
}

// Topology: lape put a matter with a sub-item off, and another forum refused what
// was referred to it. Both are carried over by drawing them, once.
func TestDrawingWhatWasPutOffCarriesItOver(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-12-08", "public")
	later, elsewhere := placed(e, m.ID, "Siirretty", nil), placed(e, m.ID, "Lähetetty", nil)
	sub := placed(e, m.ID, "Osa", apitest.JSON{"parentId": later.ID})
	c.Post("/agenda-items/"+later.ID.String()+"/attachments?visibility=public&name=a.txt", "liite").Want(201)
	step(e, "lape secretary", m.ID, "call", "start")
	c.Post("/agenda-items/"+later.ID.String()+"/outcomes", deferredInput("Palataan.")).Want(201)
	c.Post("/agenda-items/"+later.ID.String()+"/outcomes", deferredInput("Palataan vielä.")).Want(201)
	c.Post("/agenda-items/"+sub.ID.String()+"/outcomes", outcomeInput("noted", "Todettiin.")).Want(201)
	c.Post("/agenda-items/"+elsewhere.ID.String()+"/outcomes", referralInput(e, "Muualle.")).Want(201)
	earlier, next := newMeeting(e, forum, "2026-12-01", "public"), newMeeting(e, forum, "2026-12-15", "public")
	step(e, "lape secretary", m.ID, "closure")
	r := referrals(e, "other secretary", "")[0]
	e.As("other secretary").Post("/referrals/"+r.ID.String()+"/refusal", reasonInput("Kuuluu muualle")).Want(200)

	if got, _ := offers(e, "lape secretary", earlier.ID); got != "" {
		t.Errorf("an earlier meeting is offered %s", got)
	}
	got, list := offers(e, "lape secretary", next.ID)
	if got != "deferred:Siirretty returned:Lähetetty" {
		t.Fatalf("offered %s", got)
	}
	items := draw(c, next.ID, pick(list, "Lähetetty", "Siirretty"))
	if shape(items) != "1 Lähetetty, 2 Siirretty, 2.1 Osa" {
		t.Fatalf("agenda %s", shape(items))
	}
	if carried := items[1]; carried.CarriedTimes != 1 || len(carried.Transfers) != 1 || carried.Transfers[0].Kind != "carry_over" || carried.Transfers[0].From.ID != m.ID ||
		len(carried.Attachments) != 1 || len(carried.Outcomes) != 0 {
		t.Errorf("carried over as %+v", carried)
	}
	if entry := lastEntry(e, "transfer"); entry.permission != "meeting.edit" || entry.parent != "meeting" {
		t.Errorf("entry %+v", entry)
	}
	for _, i := range agenda(e, "lape secretary", m.ID, "") {
		if i.ID != sub.ID && !i.CarriedOn {
			t.Errorf("%s does not tell that it went on", i.Title.FI)
		}
	}
	if open := referrals(e, "lape secretary", "?unended=true"); len(open) != 0 {
		t.Errorf("the sender's loop is open: %+v", open)
	}
	found := apitest.As[api.Case](e.As("auditor").Get("/agenda-items/" + items[1].ID.String() + "/case").Want(200))
	if len(found.Handlings) != 2 {
		t.Errorf("case %+v", found.Handlings)
	}
	if got, _ := offers(e, "lape secretary", next.ID); got != "" {
		t.Errorf("offered again %s", got)
	}
	c.Post("/meetings/"+next.ID.String()+"/draws", pick(list, "Siirretty")).WantProblem(422, "validation_failed")

	// Where the meeting is not held, nothing has been carried on.
	c.Post("/meetings/"+next.ID.String()+"/cancellation", apitest.JSON{"reason": apitest.JSON{"fi": "Ei asioita."}}).Want(200)
	last := newMeeting(e, forum, "2026-12-22", "public")
	got, list = offers(e, "lape secretary", last.ID)
	if got != "deferred:Siirretty returned:Lähetetty" || len(referrals(e, "lape secretary", "?unended=true")) != 1 {
		t.Errorf("after the cancellation %s", got)
	}
	if items := draw(c, last.ID, pick(list, "Siirretty")); shape(items) != "1 Siirretty, 1.1 Osa" {
		t.Errorf("at last %s", shape(items))
	}
}

// An item and its sub-item that were both put off are drawn together, in whatever
// order: neither comes twice.
func TestDrawingAnItemWithItsSubItem(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	m := newMeeting(e, forum, "2026-12-08", "public")
	whole := placed(e, m.ID, "Koko", nil)
	part := placed(e, m.ID, "Osa", apitest.JSON{"parentId": whole.ID})
	step(e, "lape secretary", m.ID, "call", "start")
	for _, i := range []api.AgendaItem{whole, part} {
		c.Post("/agenda-items/"+i.ID.String()+"/outcomes", deferredInput("Palataan.")).Want(201)
	}
	step(e, "lape secretary", m.ID, "closure")
	first := newMeeting(e, forum, "2026-12-15", "public")
	got, list := offers(e, "lape secretary", first.ID)
	if got != "deferred:Koko deferred:Osa" {
		t.Fatalf("offered %s", got)
	}
	if items := draw(c, first.ID, pick(list, "Koko", "Osa")); shape(items) != "1 Koko, 1.1 Osa" {
		t.Errorf("the whole first: %s", shape(items))
	}
	c.Post("/meetings/"+first.ID.String()+"/cancellation", apitest.JSON{"reason": apitest.JSON{"fi": "Este"}}).Want(200)
	second := newMeeting(e, forum, "2026-12-22", "public")
	_, list = offers(e, "lape secretary", second.ID)
	if items := draw(c, second.ID, pick(list, "Osa", "Koko")); shape(items) != "1 Osa, 2 Koko" {
		t.Errorf("the part first: %s", shape(items))
	}
}
