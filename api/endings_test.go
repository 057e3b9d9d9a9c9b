package api_test

import (
	"fmt"
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
	if gone.State != "withdrawn" || gone.Settled.SV != "Asia ratkesi muualla sv" || gone.SettledAt == nil || gone.Overdue || gone.DaysOver != 0 ||
		!slices.Equal(gone.Permissions, []domain.Permission{domain.EndingCorrect}) {
		t.Errorf("withdrawn %+v", gone)
	}
	if p := c.Post(path+"/withdrawal", reasonInput("Taas")).WantProblem(409, "referral_withdrawn"); p.State != "withdrawn" {
		t.Errorf("state %q", p.State)
	}
	e.As("other secretary").Post(path+"/acceptance", apitest.JSON{}).WantProblem(409, "referral_withdrawn")
	e.As("other secretary").Post(path+"/refusal", reasonInput("Ei meille")).WantProblem(409, "referral_withdrawn")

	for _, who := range everyone {
		want := map[string][]domain.Permission{"lape secretary": {domain.EndingCorrect}}[who]
		if got := get(who); got.State != "withdrawn" || got.Settled.FI != "Asia ratkesi muualla" || !slices.Equal(got.Permissions, want) {
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

// sendsNone sends the same as everybody but one, and wants nobody to be let through.
func sendsNone(e *apitest.Env, but, method, path string, body any) {
	e.T.Helper()
	for _, who := range everyone {
		if who == but {
			continue
		}
		res := e.As(who).Do(method, "/api/v1"+path, body, "If-Match", `"9"`)
		if want := map[bool][]int{true: {401, 404}, false: {403, 404}}[who == ""]; !slices.Contains(want, res.StatusCode) {
			e.T.Errorf("%q is answered %d: %s", who, res.StatusCode, res.Bytes)
		}
	}
}

// Topology: lape puts a matter off, publishes the paper and ends it. Its secretary
// alone corrects the reason, and takes the ending back until something has
// followed; who reads the item reads what is said now, the log holds all of it, and
// the paper keeps its words and hash.
func TestAnEndingIsCorrectedAndTakenBack(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m := newMeeting(e, forum, "2026-12-08", "public")
	item := newItem(e, m.ID, "A", "public")
	step(e, "lape secretary", m.ID, "call", "start")
	c := e.As("lape secretary")
	made := apitest.As[api.AgendaItem](c.Post("/agenda-items/"+item.ID.String()+"/outcomes", deferredInput("Siirto")).Want(201)).Outcomes[0]
	path := "/outcomes/" + made.ID.String() + "/ending"
	step(e, "lape secretary", m.ID, "closure")
	approve(e, m.ID)
	step(e, "lape secretary", m.ID, "publication")
	before := apitest.As[api.PaperBody](e.As("").Get("/meetings/" + m.ID.String() + "/paper").Want(200))
	outcome := func(who string) api.Outcome {
		t.Helper()
		return agenda(e, who, m.ID, "")[0].Outcomes[0]
	}
	etag := func() string { return fmt.Sprintf(`"%d"`, outcome("lape secretary").Version) }
	words := func(fi string) apitest.JSON {
		return apitest.JSON{"ending": apitest.JSON{"fi": fi, "sv": fi + " sv"}, "reason": "Kirjausvirhe"}
	}
	may := func(when string, want ...domain.Permission) {
		t.Helper()
		for _, who := range everyone {
			expected := want
			if who != "lape secretary" {
				expected = nil
			}
			got := slices.DeleteFunc(outcome(who).Permissions, func(p domain.Permission) bool {
				return p != domain.OutcomeEnd && p != domain.EndingCorrect && p != domain.EndingRetract
			})
			if !slices.Equal(got, expected) {
				t.Errorf("%s: %q may %v, want %v", when, who, got, expected)
			}
		}
	}

	c.Put(path, etag(), words("Muu")).WantProblem(409, "outcome_not_ended")
	c.Post(path, reasonInput("Laki muuttui")).Want(200)
	endedAt := outcome("").EndedAt
	may("ended", domain.EndingCorrect, domain.EndingRetract)
	sendsNone(e, "lape secretary", "PUT", path, words("Muu"))
	sendsNone(e, "lape secretary", "POST", path+"-retraction", apitest.JSON{"reason": "Erehdys"})
	c.Do("PUT", "/api/v1"+path, words("Muu")).WantProblem(428, "if_match_required")
	c.Put(path, `"1"`, words("Muu")).WantProblem(412, "stale_version")
	if p := c.Put(path, etag(), words("Laki muuttui")).WantProblem(422, "validation_failed"); p.Errors[0] != (domain.FieldError{Pointer: "/ending/fi", Code: "unchanged"}) {
		t.Errorf("the same words: %v", p.Errors)
	}
	c.Put(path, etag(), apitest.JSON{"ending": apitest.JSON{"fi": "Muu", "sv": "Annat"}, "reason": " "}).WantProblem(422, "validation_failed")
	e.Advance(24 * time.Hour)
	c.Put(path, etag(), words("Asia ratkesi toisin")).Want(200)
	for _, who := range everyone {
		if o := outcome(who); o.EndReason.FI != "Asia ratkesi toisin" || !o.EndedAt.Equal(*endedAt) || o.Open {
			t.Errorf("%q reads %+v", who, o)
		}
	}
	if entry := lastEntry(e, "outcome"); entry.permission != "ending.correct" || entry.reason != "Kirjausvirhe" || entry.parent != "meeting" ||
		!strings.Contains(entry.changes, "Laki muuttui") || !strings.Contains(entry.changes, "Asia ratkesi toisin") {
		t.Errorf("entry %+v", entry)
	}

	c.Do("POST", "/api/v1"+path+"-retraction", apitest.JSON{"reason": "Erehdys"}).WantProblem(428, "if_match_required")
	c.Post(path+"-retraction", apitest.JSON{"reason": "Erehdys"}, "If-Match", `"1"`).WantProblem(412, "stale_version")
	c.Post(path+"-retraction", apitest.JSON{"reason": ""}, "If-Match", etag()).WantProblem(422, "validation_failed")
	c.Post(path+"-retraction", apitest.JSON{"reason": "Erehdys"}, "If-Match", etag()).Want(200)
	c.Post(path+"-retraction", apitest.JSON{"reason": "Taas"}, "If-Match", etag()).WantProblem(409, "outcome_not_ended")
	may("taken back", domain.OutcomeEnd)
	for _, who := range everyone {
		if o := outcome(who); o.EndedAt != nil || !o.EndReason.IsZero() {
			t.Errorf("%q reads %+v", who, o)
		}
		if got := openLoops(e, who, ""); got != "deferred:Siirto" {
			t.Errorf("%q sees open %q", who, got)
		}
	}
	if entry := lastEntry(e, "outcome"); entry.permission != "ending.retract" || entry.reason != "Erehdys" || !strings.Contains(entry.changes, "Asia ratkesi toisin") {
		t.Errorf("entry %+v", entry)
	}
	entries := apitest.As[api.List[api.AuditEntry]](e.As("auditor").Get("/audit/entries?subjectKind=outcome&subjectId=" + made.ID.String()).Want(200)).Items
	var done []string
	for _, entry := range entries {
		done = append(done, string(entry.Permission))
	}
	if got := strings.Join(done, " "); got != "ending.retract ending.correct outcome.end meeting.record" {
		t.Errorf("the log tells %s", got)
	}
	if o := agenda(e, "", m.ID, "?asOf=2026-11-23")[0].Outcomes[0]; o.EndReason.FI != "Laki muuttui" {
		t.Errorf("as of the day before: %+v", o)
	}

	// Something follows: what was said after that can be corrected, not taken back.
	c.Post(path, reasonInput("Siirtyy")).Want(200)
	next := newMeeting(e, forum, "2026-12-15", "public")
	c.Post("/agenda-items/"+item.ID.String()+"/transfers", apitest.JSON{"kind": "carry_over", "meetingId": next.ID}).Want(201)
	c.Post(path+"-retraction", apitest.JSON{"reason": "Erehdys"}, "If-Match", etag()).WantProblem(409, "ending_followed")
	may("carried over", domain.EndingCorrect)
	after := apitest.As[api.PaperBody](e.As("").Get("/meetings/" + m.ID.String() + "/paper").Want(200))
	if before.Hash != after.Hash || before.Hash == "" {
		t.Errorf("the paper became %s, was %s", after.Hash, before.Hash)
	}
}

// Topology: lape refers a matter to the forum "other" and withdraws it from there.
// lape's secretary alone corrects why, and takes the withdrawal back: the other
// forum has its full time again, and answers.
func TestAWithdrawalIsCorrectedAndTakenBack(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	other := apitest.As[api.Forum](e.As("espoo coordinator").Get("/forums/other").Want(200)).ID
	m, r := referred(e, forum, other)
	approve(e, m.ID)
	step(e, "lape secretary", m.ID, "publication")
	before := apitest.As[api.PaperBody](e.As("").Get("/meetings/" + m.ID.String() + "/paper").Want(200))
	c, path := e.As("lape secretary"), "/referrals/"+r.ID.String()
	get := func(who string) api.ReferralEntry {
		t.Helper()
		return apitest.As[api.ReferralEntry](e.As(who).Get(path).Want(200))
	}
	etag := func() string { return fmt.Sprintf(`"%d"`, get("lape secretary").Version) }
	words := apitest.JSON{"ending": apitest.JSON{"fi": "Asia ratkesi toisin", "sv": "Annan lösning"}, "reason": "Kirjausvirhe"}
	c.Put(path+"/withdrawal", etag(), words).WantProblem(409, "referral_not_withdrawn")
	e.Advance(24 * time.Hour)
	c.Post(path+"/withdrawal", reasonInput("Raukesi")).Want(200)
	for _, who := range everyone {
		own := who == "lape secretary"
		if got := get(who).Permissions; slices.Contains(got, domain.EndingCorrect) != own {
			t.Errorf("%q may %v of the referral", who, got)
		}
		got := agenda(e, who, m.ID, "")[0].Outcomes[0].Permissions
		if slices.Contains(got, domain.EndingCorrect) != own || slices.Contains(got, domain.EndingRetract) != own {
			t.Errorf("%q may %v of the outcome", who, got)
		}
	}
	sendsNone(e, "lape secretary", "PUT", path+"/withdrawal", words)
	sendsNone(e, "lape secretary", "POST", path+"/withdrawal-retraction", apitest.JSON{"reason": "Erehdys"})
	c.Do("PUT", "/api/v1"+path+"/withdrawal", words).WantProblem(428, "if_match_required")
	c.Put(path+"/withdrawal", `"1"`, words).WantProblem(412, "stale_version")
	c.Put(path+"/withdrawal", etag(), apitest.JSON{"ending": apitest.JSON{"fi": ""}, "reason": "x"}).WantProblem(422, "validation_failed")
	corrected := apitest.As[api.ReferralEntry](c.Put(path+"/withdrawal", etag(), words).Want(200))
	if corrected.State != "withdrawn" || corrected.Settled.SV != "Annan lösning" {
		t.Errorf("corrected %+v", corrected)
	}
	if entry := lastEntry(e, "referral"); entry.permission != "ending.correct" || entry.reason != "Kirjausvirhe" || !strings.Contains(entry.changes, "Raukesi") ||
		!strings.Contains(entry.changes, "Asia ratkesi toisin") {
		t.Errorf("entry %+v", entry)
	}
	for _, who := range everyone {
		if got := get(who); got.Settled.FI != "Asia ratkesi toisin" {
			t.Errorf("%q reads %q", who, got.Settled.FI)
		}
	}

	// Ten days later: those days do not count against who could not answer.
	e.Advance(10 * 24 * time.Hour)
	c.Post(path+"/withdrawal-retraction", apitest.JSON{"reason": " "}, "If-Match", etag()).WantProblem(422, "validation_failed")
	back := apitest.As[api.ReferralEntry](c.Post(path+"/withdrawal-retraction", apitest.JSON{"reason": "Erehdys"}, "If-Match", etag()).Want(200))
	if back.State != "open" || back.SettledAt != nil || !back.Settled.IsZero() || back.DueOn != r.DueOn.AddDays(10) || back.Overdue {
		t.Errorf("taken back %+v, was due on %s", back, r.DueOn)
	}
	if entry := lastEntry(e, "referral"); entry.permission != "ending.retract" || entry.reason != "Erehdys" {
		t.Errorf("entry %+v", entry)
	}
	if got := openLoops(e, "auditor", ""); got != "referral:Lähetetään." {
		t.Errorf("open again: %q", got)
	}
	c.Post(path+"/withdrawal-retraction", apitest.JSON{"reason": "Taas"}, "If-Match", etag()).WantProblem(409, "referral_not_withdrawn")
	e.As("other secretary").Post(path+"/acceptance", apitest.JSON{}).Want(200)
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
