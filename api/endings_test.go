package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// everyone are the actors of Organisation and lape, and the public.
var everyone = []string{"", "lape secretary", "other secretary", "chair", "espoo inspector", "luvn inspector", "espoo member", "hus member", "espoo coordinator",
	"luvn coordinator", "espoo manager", "luvn reader", "auditor", "espoo administrator", "luvn administrator"}

// refuses sends the same as everybody but one and wants nobody to be let through:
// 401 without an account, else 403, or 404 of what they do not see.
func refuses(e *apitest.Env, but, path string, body any) {
	e.T.Helper()
	for _, who := range everyone {
		if who == but {
			continue
		}
		res := e.As(who).Post(path, body)
		if want := map[bool][]int{true: {401, 404}, false: {403, 404}}[who == ""]; !slices.Contains(want, res.StatusCode) {
			e.T.Errorf("%q is answered %d: %s", who, res.StatusCode, res.Bytes)
		}
	}
}

// Topology: lape refers a matter to the forum "other", which never answers; both
// meet in public. The paper is published. lape's secretary alone withdraws the
// referral, with a reason that all read who read the referral: with lape's paper
// everybody, the receiving secretary too. The paper keeps its words and hash.
func TestAReferralThatIsNeverAnsweredIsWithdrawn(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	other := apitest.As[api.Forum](e.As("espoo coordinator").Get("/forums/other").Want(200)).ID
	m, r := referred(e, forum, other)
	approve(e, m.ID)
	step(e, "lape secretary", m.ID, "publication")
	e.Advance(20 * 24 * time.Hour)
	c, path := e.As("lape secretary"), "/referrals/"+r.ID.String()
	get := func(who string) api.ReferralEntry {
		return apitest.As[api.ReferralEntry](e.As(who).Get(path).Want(200))
	}
	for _, who := range everyone {
		want := map[string][]domain.Permission{"lape secretary": {domain.ReferralWithdraw}, "other secretary": {domain.ReferralAnswer}}[who]
		if got := get(who); !got.Overdue || !slices.Equal(got.Permissions, want) {
			t.Errorf("%q may %v, want %v", who, got.Permissions, want)
		}
		if got := openLoops(e, who, ""); got != "referral:Lähetetään." {
			t.Errorf("%q sees open %q", who, got)
		}
	}
	before := apitest.As[api.PaperBody](e.As("").Get("/meetings/" + m.ID.String() + "/paper").Want(200))

	refuses(e, "lape secretary", path+"/withdrawal", reasonInput("Raukesi"))
	c.Post(path+"/withdrawal", reasonInput("")).WantProblem(422, "validation_failed")
	c.Post(path+"/settlement", reasonInput("Ei aiheuta")).WantProblem(409, "referral_not_refused")
	c.Post("/referrals/"+m.ID.String()+"/withdrawal", reasonInput("Raukesi")).WantProblem(404, "referral_not_found")
	gone := apitest.As[api.ReferralEntry](c.Post(path+"/withdrawal", reasonInput("Asia ratkesi muualla")).Want(200))
	if gone.State != "withdrawn" || gone.Settled.SV != "Asia ratkesi muualla sv" || gone.SettledAt == nil || gone.Overdue || gone.DaysOver != 0 || len(gone.Permissions) != 0 {
		t.Errorf("withdrawn %+v", gone)
	}
	if p := c.Post(path+"/withdrawal", reasonInput("Taas")).WantProblem(409, "referral_withdrawn"); p.State != "withdrawn" {
		t.Errorf("state %q", p.State)
	}
	e.As("other secretary").Post(path+"/acceptance", apitest.JSON{}).WantProblem(409, "referral_withdrawn")
	e.As("other secretary").Post(path+"/refusal", reasonInput("Ei meille")).WantProblem(409, "referral_withdrawn")

	for _, who := range everyone {
		if got := get(who); got.State != "withdrawn" || got.Settled.FI != "Asia ratkesi muualla" || len(got.Permissions) != 0 {
			t.Errorf("%q reads %+v", who, got)
		}
		if got := referrals(e, who, "?overdue=true"); len(got) != 0 {
			t.Errorf("%q still sees it overdue", who)
		}
		if got := openLoops(e, who, ""); got != "" {
			t.Errorf("%q sees open %q", who, got)
		}
		if n := apitest.As[api.Forum](e.As(who).Get("/forums/lape").Want(200)).OpenLoops; n != 0 {
			t.Errorf("%q counts %d", who, n)
		}
		o := agenda(e, who, m.ID, "")[0].Outcomes[0]
		if o.Open || o.Referrals[0].Settled.FI != "Asia ratkesi muualla" {
			t.Errorf("%q sees beside the outcome %+v", who, o)
		}
		found := apitest.As[api.Case](e.As(who).Get("/agenda-items/" + r.Item.ID.String() + "/case").Want(200))
		if got := found.Handlings[0].Item.Outcomes[0].Referrals[0]; got.State != "withdrawn" || got.Settled.FI != "Asia ratkesi muualla" {
			t.Errorf("%q sees in the case %+v", who, got)
		}
	}
	next := newMeeting(e, forum, "2027-02-08", "public")
	if list, _ := offers(e, "lape secretary", next.ID); strings.Contains(list, "Tiedonsiirto") {
		t.Errorf("offered again: %s", list)
	}
	after := apitest.As[api.PaperBody](e.As("").Get("/meetings/" + m.ID.String() + "/paper").Want(200))
	if before.Hash != after.Hash || before.Hash == "" {
		t.Errorf("the paper became %s, was %s", after.Hash, before.Hash)
	}
	entries := apitest.As[api.List[api.AuditEntry]](e.As("auditor").Get("/audit/entries?subjectKind=referral&subjectId=" + r.ID.String()).Want(200)).Items
	if len(entries) != 3 || entries[0].Reason != "Asia ratkesi muualla" || entries[0].Permission != domain.ReferralWithdraw {
		t.Errorf("%d entries, %+v", len(entries), entries[0])
	}
	if got := apitest.As[api.ReferralEntry](e.As("").Get(path + "?asOf=2026-11-23").Want(200)); got.State != "open" || !got.Settled.IsZero() {
		t.Errorf("as of the day before: %+v", got)
	}
}

// Topology: lape puts a public and an internal matter off to a day that comes and
// goes. lape's secretary alone ends them with a reason; who reads the item reads
// it: of the public one everybody, of the internal one staff.
func TestADeferralThatBecameMootIsEnded(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m := newMeeting(e, forum, "2026-12-08", "public")
	open, secret, up, noted := newItem(e, m.ID, "A", "public"), newItem(e, m.ID, "B", "internal"), newItem(e, m.ID, "C", "public"), newItem(e, m.ID, "D", "public")
	step(e, "lape secretary", m.ID, "call", "start")
	c := e.As("lape secretary")
	record := func(i api.AgendaItem, in apitest.JSON) string {
		t.Helper()
		return "/outcomes/" + apitest.As[api.AgendaItem](c.Post("/agenda-items/"+i.ID.String()+"/outcomes", in).Want(201)).Outcomes[0].ID.String() + "/ending"
	}
	path, hidden := record(open, deferredInput("Siirto")), record(secret, deferredInput("Salainen"))
	taken, other := record(up, deferredInput("Otettu")), record(noted, outcomeInput("noted", "Kirjattu"))
	c.Post(path, reasonInput("Liian aikaisin")).WantProblem(409, "meeting_not_closed")
	step(e, "lape secretary", m.ID, "closure")
	approve(e, m.ID)
	step(e, "lape secretary", m.ID, "publication")
	next := newMeeting(e, forum, "2026-12-15", "public")
	c.Post("/agenda-items/"+up.ID.String()+"/transfers", apitest.JSON{"kind": "carry_over", "meetingId": next.ID}).Want(201)
	step(e, "lape secretary", next.ID, "call")
	before := apitest.As[api.PaperBody](e.As("").Get("/meetings/" + m.ID.String() + "/paper").Want(200))

	may := func(who string, i int) bool {
		o := agenda(e, who, m.ID, "")[i].Outcomes
		return len(o) > 0 && slices.Contains(o[0].Permissions, domain.OutcomeEnd)
	}
	for _, who := range everyone {
		for i, want := range []bool{true, true, false, false} {
			if got := may(who, i); got != (want && who == "lape secretary") {
				t.Errorf("%q may end item %d: %v", who, i+1, got)
			}
		}
	}
	listed := apitest.As[api.List[api.OutcomeEntry]](c.Get("/outcomes?meetingId=" + m.ID.String()).Want(200)).Items
	for _, o := range listed {
		if got, want := slices.Contains(o.Permissions, domain.OutcomeEnd), o.Text.FI == "Siirto" || o.Text.FI == "Salainen"; got != want {
			t.Errorf("listed %s: %v", o.Text.FI, o.Permissions)
		}
	}
	refuses(e, "lape secretary", path, reasonInput("Rauennut"))
	e.As("").Post(hidden, reasonInput("Rauennut")).WantProblem(401, "sign_in_required")
	c.Post(path, reasonInput("")).WantProblem(422, "validation_failed")
	c.Post(taken, reasonInput("Rauennut")).WantProblem(409, "outcome_not_open")
	c.Post(other, reasonInput("Rauennut")).WantProblem(409, "outcome_not_open")
	e.Advance(24 * time.Hour)
	o := apitest.As[api.AgendaItem](c.Post(path, reasonInput("Laki muuttui")).Want(200)).Outcomes[0]
	if o.EndedAt == nil || o.EndReason.FI != "Laki muuttui" || o.EndReason.SV != "Laki muuttui sv" || slices.Contains(o.Permissions, domain.OutcomeEnd) {
		t.Errorf("ended %+v", o)
	}
	if entry := lastEntry(e, "outcome"); entry.permission != "outcome.end" || entry.reason != "Laki muuttui" || entry.parent != "meeting" || !strings.Contains(entry.changes, "Laki muuttui") {
		t.Errorf("entry %+v", entry)
	}
	c.Post(path, reasonInput("Taas")).WantProblem(409, "outcome_ended")
	c.Post(hidden, reasonInput("Salainen syy")).Want(200)
	for _, who := range everyone {
		if got := openLoops(e, who, ""); got != "" {
			t.Errorf("%q sees open %q", who, got)
		}
		items := agenda(e, who, m.ID, "")
		if got := items[0].Outcomes[0].EndReason.FI; got != "Laki muuttui" {
			t.Errorf("%q reads %q", who, got)
		}
		if got := e.As(who).Get("/meetings/" + m.ID.String() + "/agenda-items").Want(200); strings.Contains(string(got.Bytes), "Salainen syy") == items[1].Hidden {
			t.Errorf("%q, hidden %v: the internal reason", who, items[1].Hidden)
		}
		found := apitest.As[api.Case](e.As(who).Get("/agenda-items/" + open.ID.String() + "/case").Want(200))
		if got := found.Handlings[0].Item.Outcomes[0].EndReason.FI; got != "Laki muuttui" {
			t.Errorf("%q reads in the case %q", who, got)
		}
	}
	if got := openLoops(e, "auditor", "?asOf=2026-11-23"); !strings.Contains(got, "deferred:Siirto") {
		t.Errorf("as of the day before: %q", got)
	}
	if list, _ := offers(e, "lape secretary", next.ID); strings.Contains(list, "deferred") {
		t.Errorf("offered again: %s", list)
	}
	after := apitest.As[api.PaperBody](e.As("").Get("/meetings/" + m.ID.String() + "/paper").Want(200))
	if before.Hash != after.Hash || before.Hash == "" {
		t.Errorf("the paper became %s, was %s", after.Hash, before.Hash)
	}
}

// Topology: one case of LUVN's registry in meeting after meeting of lape. An item tells its latest later handling to who may see that
// one: to staff by the state of its papers, to the public once it is published,
// and never one that is internal, cancelled or earlier.
func TestAnItemTellsItsNewerHandling(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	cases := []apitest.JSON{{"partyId": f.Party["luvn"], "registryNo": "LUVN 1/00.01/2026", "urlFi": "", "urlSv": ""}}
	handling := func(day, visibility string, steps ...string) api.Meeting {
		t.Helper()
		m := newMeeting(e, forum, day, "public")
		in := itemInput("Asia", visibility)
		in["cases"] = cases
		e.As("lape secretary").Post("/meetings/"+m.ID.String()+"/agenda-items", in).Want(201)
		step(e, "lape secretary", m.ID, steps...)
		return m
	}
	publish := func(m domain.MeetingID) {
		t.Helper()
		step(e, "lape secretary", m, "start", "closure")
		approve(e, m)
		step(e, "lape secretary", m, "publication")
	}
	newer := func(who string, m domain.MeetingID) string {
		t.Helper()
		items := agenda(e, who, m, "")
		if len(items) == 0 {
			return "no papers"
		}
		if items[0].Newer == nil {
			return ""
		}
		return items[0].Newer.ID.String()
	}
	check := func(when string, m domain.MeetingID, want map[string]string) {
		t.Helper()
		for _, who := range []string{"", "lape secretary", "chair", "espoo member", "hus member", "luvn coordinator", "auditor", "espoo administrator"} {
			expected, told := want[who]
			if !told {
				expected = want["others"]
			}
			if got := newer(who, m); got != expected {
				t.Errorf("%s, %q is told %q, want %q", when, who, got, expected)
			}
		}
	}
	first := handling("2026-12-01", "public", "call")
	publish(first.ID)
	check("alone", first.ID, map[string]string{})
	second := handling("2026-12-08", "public")
	id := second.ID.String()
	check("a draft", first.ID, map[string]string{"lape secretary": id, "luvn coordinator": id, "auditor": id})
	step(e, "lape secretary", second.ID, "call")
	check("called", first.ID, map[string]string{"others": id, "": "", "espoo administrator": ""})
	publish(second.ID)
	check("published", first.ID, map[string]string{"others": id})
	third := handling("2026-12-15", "internal", "call")
	publish(third.ID)
	internal := third.ID.String()
	check("an internal one", first.ID, map[string]string{"others": internal, "": id})
	check("the second", second.ID, map[string]string{"others": internal, "": ""})
	check("the last", third.ID, map[string]string{})
	fourth := handling("2026-12-22", "public", "call")
	e.As("lape secretary").Post("/meetings/"+fourth.ID.String()+"/cancellation", reasonInput("Ei asioita")).Want(200)
	check("a cancelled one", first.ID, map[string]string{"others": internal, "": id})
}
