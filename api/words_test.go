package api_test

import (
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func withdrawal(a api.Action, w *api.Word) string {
	return "/actions/" + a.ID.String() + "/words/" + w.ID.String() + "/withdrawal"
}

// Topology: a public action that Espoo leads and LUVN shares. What Espoo reports and
// confirms it takes back, the latest first; it stays to be read, marked, and no
// figure counts it.
func TestWithdrawWord(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := sharedAction(e, f, "Tiedonsiirto", "2027-06-04")
	get := func(as string) api.Action {
		return apitest.As[api.Action](e.As(as).Get("/actions/1").Want(200))
	}
	first := a.Undoable
	if first == nil || first.Kind != "report" || first.ReportID == nil || *first.ReportID != a.Reports[0].ID {
		t.Fatalf("undoable %+v", first)
	}
	for who, want := range map[string]bool{"": false, "auditor": false, "espoo reader": false, "luvn manager": false, "espoo coordinator": true} {
		if got := get(who).Undoable != nil; got != want {
			t.Errorf("%q may undo: %v", who, got)
		}
	}
	e.Advance(5 * 24 * time.Hour) // 28 November
	done := apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Ohje"}, "text": apitest.JSON{"fi": "Väärä toimenpide", "sv": "Fel åtgärd"}}).Want(200))
	if done.Status != "done" || done.Undoable == nil || done.Undoable.ID == first.ID {
		t.Fatalf("done %+v", done)
	}
	e.As("").Post(withdrawal(a, done.Undoable), nil).WantProblem(401, "sign_in_required")
	e.As("espoo reader").Post(withdrawal(a, done.Undoable), nil).WantProblem(403, "forbidden")
	e.As("luvn manager").Post(withdrawal(a, done.Undoable), nil).WantProblem(404, "word_not_found")
	e.As("espoo manager").Post(withdrawal(a, first), nil).WantProblem(409, "not_latest_word")
	var none domain.WordID
	none.SetNew(domain.UUIDv7)
	e.As("espoo manager").Post(withdrawal(a, &api.Word{ID: none}), nil).WantProblem(404, "word_not_found")

	back := apitest.As[api.Action](e.As("espoo coordinator").Post(withdrawal(a, done.Undoable), nil).Want(200))
	if back.Status != "in_progress" || back.Result.FI != "" || back.ConfirmedOn.String() != "2026-11-23" || back.Undoable == nil || back.Undoable.ID != first.ID || back.Version != done.Version+1 {
		t.Errorf("taken back: %s %q %s %+v", back.Status, back.Result.FI, back.ConfirmedOn, back.Undoable)
	}
	if len(back.PartyStatuses) != 2 || back.PartyStatuses[0].Status != "in_progress" || back.PartyStatuses[0].ConfirmedOn.String() != "2026-11-23" {
		t.Errorf("the party's own %+v", back.PartyStatuses)
	}
	entry := lastEntry(e, "action")
	if entry.permission != "action.report" || !strings.Contains(entry.changes, "reportWithdrawn") || !strings.Contains(entry.changes, `"done"`) || !strings.Contains(entry.changes, "partyStatus") {
		t.Errorf("entry %+v", entry)
	}
	// It stays in the list, for everybody who could read it, marked.
	for _, who := range []string{"", "luvn reader"} {
		all := apitest.As[api.List[api.StatusReport]](e.As(who).Get("/actions/" + a.ID.String() + "/status-reports").Want(200)).Items
		if len(all) != 2 || all[0].Text.FI != "Väärä toimenpide" || all[0].Withdrawn == nil || all[0].Withdrawn.Post == nil || all[0].Withdrawn.Post.Title.FI != "esp_coordinator" || all[1].Withdrawn != nil {
			t.Errorf("%q reads %+v", who, all)
		}
	}
	// The day before nothing of it had been said.
	e.Advance(24 * time.Hour)
	if past := apitest.As[api.Action](e.As("").Get("/actions/1?asOf=2026-11-27").Want(200)); past.Status != "in_progress" || len(past.Reports) != 1 {
		t.Errorf("the day before %+v", past.Reports)
	}
	if w := apitest.As[api.MyWork](e.As("luvn manager").Get("/me/work").Want(200)); len(w.Reports) != 1 || w.Reports[0].Text.FI == "Väärä toimenpide" {
		t.Errorf("told to the other party: %+v", w.Reports)
	}
	e.As("espoo manager").Post(withdrawal(a, done.Undoable), nil).WantProblem(409, "word_withdrawn")

	// So does a confirmation, and the first word of a party leaves it silent again.
	confirmed := apitest.As[api.Action](e.As("luvn manager").Post("/actions/"+a.ID.String()+"/confirmation", nil, "If-Match", etagOf(back)).Want(200))
	if confirmed.Undoable == nil || confirmed.Undoable.Kind != "confirmation" || !confirmed.PartyStatuses[1].Own {
		t.Fatalf("confirmed %+v", confirmed.Undoable)
	}
	silent := apitest.As[api.Action](e.As("luvn manager").Post(withdrawal(a, confirmed.Undoable), nil).Want(200))
	if silent.Undoable != nil || silent.PartyStatuses[1].Own || silent.ConfirmedOn.String() != "2026-11-23" {
		t.Errorf("silent again %+v", silent.PartyStatuses)
	}
	if entry := lastEntry(e, "action"); !strings.Contains(entry.changes, "confirmationWithdrawn") {
		t.Errorf("entry %+v", entry)
	}
	// It may be said anew.
	again := apitest.As[api.Action](e.As("luvn manager").Post("/actions/"+a.ID.String()+"/confirmation", nil, "If-Match", etagOf(silent)).Want(200))
	if again.Undoable == nil || again.Undoable.ID == confirmed.Undoable.ID {
		t.Errorf("said anew %+v", again.Undoable)
	}
}

// What was said for all, while nobody was asked for a word of their own, is more than
// what a party had said before.
func TestWithdrawWordBeforeAJointOne(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := sharedAction(e, f, "Tiedonsiirto", "2027-06-04")
	e.Advance(time.Hour)
	e.As("luvn manager").Post("/actions/"+a.ID.String()+"/confirmation", nil, "If-Match", etagOf(a)).Want(200)
	e.Exec("update action_word set joint = true where party_id = $1", f.Party["luvn"])
	for _, who := range []string{"espoo manager", "luvn manager"} {
		if w := apitest.As[api.Action](e.As(who).Get("/actions/1").Want(200)).Undoable; w != nil {
			t.Errorf("%s may undo %+v", who, w)
		}
	}
	e.As("espoo manager").Post(withdrawal(a, a.Undoable), nil).WantProblem(409, "not_latest_word")
}

// A post whose only report was taken back has never reported: the radar says so.
func TestWithdrawnReportIsNoReport(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := createAction(e, "espoo manager", actionInput(f, "Toimi", "esp_education_head", ""))
	a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "in_progress"}).Want(200))
	e.As("espoo manager").Post(withdrawal(a, a.Undoable), nil).Want(200)
	e.Advance(70 * 24 * time.Hour)
	for reason, want := range map[string]int{"never_updated": 1, "not_updated": 0} {
		got := apitest.As[api.List[api.RadarItem]](e.As("auditor").Get("/radar?reason=" + reason).Want(200)).Items
		if len(got) != want {
			t.Errorf("%s: %d", reason, len(got))
		}
	}
}

// Taking back a word that ended the action, which others could read since an earlier
// day, needs a reason, which the log keeps; on the same day it is a slip and needs none,
// and so does what changed nothing that ended.
func TestTakingBackAnEndingNeedsAReason(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := createAction(e, "espoo manager", actionInput(f, "Toimi", "esp_education_head", ""))
	done := func() {
		t.Helper()
		a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Ohje"}}).Want(200))
	}
	a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "in_progress"}).Want(200))
	done()
	if a.Undoable.NeedsReason {
		t.Error("a slip of the same day needs a reason")
	}
	a = apitest.As[api.Action](e.As("espoo manager").Post(withdrawal(a, a.Undoable), nil).Want(200))
	done()
	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](e.As("espoo manager").Get("/actions/1").Want(200))
	if !a.Undoable.NeedsReason {
		t.Error("what ended the action yesterday needs no reason")
	}
	for _, body := range []any{nil, apitest.JSON{"reason": "  "}} {
		if p := e.As("espoo manager").Post(withdrawal(a, a.Undoable), body).WantProblem(422, "validation_failed"); len(p.Errors) != 1 || p.Errors[0].Pointer != "/reason" || p.Errors[0].Code != "required" {
			t.Errorf("refused with %+v", p.Errors)
		}
	}
	a = apitest.As[api.Action](e.As("espoo manager").Post(withdrawal(a, a.Undoable), apitest.JSON{"reason": "Ohje olikin luonnos"}).Want(200))
	if a.Status != "in_progress" || a.Undoable == nil || a.Undoable.NeedsReason {
		t.Errorf("taken back: %s %+v", a.Status, a.Undoable)
	}
	var reason string
	e.Row("select reason from audit_entry where permission = 'action.report' order by id desc limit 1", &reason)
	if reason != "Ohje olikin luonnos" {
		t.Errorf("the log keeps %q", reason)
	}
	e.As("espoo manager").Post(withdrawal(a, a.Undoable), nil).Want(200) // a report of yesterday that ended nothing
}
