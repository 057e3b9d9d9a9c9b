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

// bulkOf is a bulk change of actions in the versions that a caller has.
func bulkOf(what apitest.JSON, actions ...api.Action) apitest.JSON {
	items := []apitest.JSON{}
	for _, a := range actions {
		items = append(items, apitest.JSON{"id": a.ID, "version": a.Version})
	}
	what["items"] = items
	return what
}

func checkBulk(e *apitest.Env, as string, body apitest.JSON) api.BulkChange {
	e.T.Helper()
	return apitest.As[api.BulkChange](e.As(as).Post("/action-bulk-change-checks", body).Want(200))
}

func bulk(e *apitest.Env, as string, body apitest.JSON) api.BulkChange {
	e.T.Helper()
	return apitest.As[api.BulkChange](e.As(as).Post("/action-bulk-changes", body).Want(200))
}

// became is each row in a few words: number, state, what changes, why not.
func became(b api.BulkChange) (out []string) {
	for _, r := range b.Rows {
		var why []string
		for _, f := range r.Errors {
			why = append(why, f.Pointer+" "+f.Code)
		}
		reason := ""
		if r.NeedsReason {
			reason = " needs a reason"
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%d %s %s%s%s", r.No, r.State, strings.Join(r.Fields, " "), strings.Join(why, ","), reason)))
	}
	return out
}

func readAction(e *apitest.Env, as string, no int) api.Action {
	e.T.Helper()
	return apitest.As[api.Action](e.As(as).Get(fmt.Sprintf("/actions/%d", no)).Want(200))
}

func logEntries(e *apitest.Env) (n int) {
	e.Row(`select count(*) from audit_entry`, &n)
	return n
}

// Topology: 1 led by Espoo's education head, due; 2 the same, shared by LUVN's
// family head, no due date; 3 led by LUVN's family head alone; 4 internal, led by
// LUVN's family head; 5 led by Espoo's youth head (of whom the manager of schools
// is none). Espoo's coordinator reaches 1, 2, 5; its manager 1, 2; the reader in
// the post of the youth head 5.
func bulkTopology(e *apitest.Env, f *apitest.Fixture) []api.Action {
	two := actionInput(f, "Kaksi", "esp_education_head", "")
	two["responsibilities"] = append(two["responsibilities"].([]apitest.JSON), apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "shared"})
	four := actionInput(f, "Neljä", "luvn_family_head", "")
	four["visibility"], four["visibilityGround"] = "internal", "keskeneräinen"
	return []api.Action{
		createAction(e, "espoo coordinator", actionInput(f, "Yksi", "esp_education_head", "2027-01-31")),
		createAction(e, "espoo coordinator", two),
		createAction(e, "luvn coordinator", actionInput(f, "Kolme", "luvn_family_head", "2027-01-31")),
		createAction(e, "luvn coordinator", four),
		createAction(e, "espoo coordinator", actionInput(f, "Viisi", "esp_youth_head", "2027-01-31")),
	}
}

// A preview tells of each row what it becomes or why not, and writes nothing; the
// change itself is all or nothing.
func TestBulkChangeOfDatesIsSeenFirst(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	as := bulkTopology(e, f)
	due := func(more apitest.JSON, of ...api.Action) apitest.JSON {
		body := bulkOf(apitest.JSON{"edit": apitest.JSON{"due": apitest.JSON{"on": "2027-05-10", "precision": "month"}}}, of...)
		for k, v := range more {
			body[k] = v
		}
		return body
	}
	stale := as[4]
	report(e, "espoo reader", stale, apitest.JSON{"status": "in_progress"}).Want(200)
	var nobody domain.ActionID
	nobody.SetNew(domain.UUIDv7)
	before := logEntries(e)
	seen := checkBulk(e, "espoo manager", due(nil, as[0], as[1], as[2], stale, api.Action{ActionSummary: api.ActionSummary{ID: nobody, Version: 1}}))
	want := []string{"1 changed dueOn duePrecision needs a reason", "2 changed dueOn duePrecision", "3 refused  forbidden", "5 refused  stale_version", "0 refused  unknown"}
	if got := became(seen); !slices.Equal(got, want) {
		t.Errorf("a manager sees\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if seen.Changed != 2 || seen.Refused != 3 || !seen.NeedsReason || seen.Made {
		t.Errorf("%d changed, %d refused, reason %v, made %v", seen.Changed, seen.Refused, seen.NeedsReason, seen.Made)
	}
	if r := seen.Rows[0]; r.Before.DueOn.String() != "2027-01-31" || r.After.DueOn.String() != "2027-05-01" || r.After.DuePrecision != domain.Month {
		t.Errorf("from %+v to %+v", r.Before, r.After)
	}
	if got := readAction(e, "", 2); !got.DueOn.IsZero() || got.Version != as[1].Version || logEntries(e) != before {
		t.Errorf("a preview left due %s in version %d", got.DueOn, got.Version)
	}

	// One row that is refused holds up all.
	p := e.As("espoo manager").Post("/action-bulk-changes", due(apitest.JSON{"reason": "siirtyi"}, as[0], as[2])).WantProblem(422, "bulk_change_refused")
	if !slices.Equal(p.Errors, []domain.FieldError{{Pointer: "/items/1", Code: "forbidden"}}) {
		t.Errorf("errors %v", p.Errors)
	}
	p = e.As("espoo manager").Post("/action-bulk-changes", due(nil, as[0], as[1])).WantProblem(422, "bulk_change_refused")
	if !slices.Equal(p.Errors, []domain.FieldError{{Pointer: "/items/0/reason", Code: "due_date_needs_reason"}}) {
		t.Errorf("without a reason %v", p.Errors)
	}
	if logEntries(e) != before || readAction(e, "", 1).Version != as[0].Version {
		t.Error("what was refused left something")
	}

	made := bulk(e, "espoo manager", due(apitest.JSON{"reason": "  siirtyi "}, as[0], as[1]))
	if got := became(made); !slices.Equal(got, []string{"1 changed dueOn duePrecision", "2 changed dueOn duePrecision"}) || !made.Made {
		t.Errorf("made %v", got)
	}
	if logEntries(e) != before+2 {
		t.Errorf("%d entries for two actions", logEntries(e)-before)
	}
	var permission, reason string
	var version, requests int
	e.Row(`select permission, reason, subject_version from audit_entry where subject_kind = 'action' and subject_id = '`+as[0].ID.String()+`' order by id desc limit 1`, &permission, &reason, &version)
	if permission != "action.edit" || reason != "siirtyi" || version != 2 {
		t.Errorf("entry %s %q of version %d", permission, reason, version)
	}
	e.Row(`select count(distinct request_id) from audit_entry where reason = 'siirtyi'`, &requests)
	if requests != 1 {
		t.Errorf("%d requests for one change", requests)
	}

	// What is so already is left alone; if all are, there is nothing to do.
	again := []api.Action{readAction(e, "", 1), readAction(e, "", 2)}
	if got := became(checkBulk(e, "espoo manager", due(nil, again...))); !slices.Equal(got, []string{"1 same", "2 same"}) {
		t.Errorf("again %v", got)
	}
	e.As("espoo manager").Post("/action-bulk-changes", due(nil, again...)).WantProblem(422, "bulk_change_has_no_changes")
	e.As("").Post("/action-bulk-change-checks", due(nil, as[0])).WantProblem(401, "sign_in_required")
	if got := became(checkBulk(e, "auditor", due(nil, as[3]))); !slices.Equal(got, []string{"4 refused  forbidden"}) {
		t.Errorf("an auditor sees %v", got)
	}
	p = e.As("espoo manager").Post("/action-bulk-changes", due(apitest.JSON{"report": apitest.JSON{"status": "done", "public": true}}, as[0])).WantProblem(422, "validation_failed")
	if !slices.Contains(p.Errors, domain.FieldError{Pointer: "/edit", Code: "edit_or_report"}) {
		t.Errorf("both: %v", p.Errors)
	}
}

// A bulk report is the word of one's own party alone, and can be taken back whole.
func TestBulkReportIsOnesOwnWord(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	as := bulkTopology(e, f)
	to := func(status string, more apitest.JSON, of ...api.Action) apitest.JSON {
		body := bulkOf(apitest.JSON{"report": apitest.JSON{"status": status, "public": true}}, of...)
		for k, v := range more {
			body[k] = v
		}
		return body
	}
	// Done needs a result, and an Espoo coordinator says nothing for LUVN.
	if got, want := became(checkBulk(e, "espoo coordinator", to("done", nil, as[0], as[1], as[2]))), []string{
		"1 refused /result/fi required", "2 refused /result/fi required", "3 refused  forbidden"}; !slices.Equal(got, want) {
		t.Errorf("done: %v", got)
	}
	paused := checkBulk(e, "espoo coordinator", to("paused", nil, as[0], as[1]))
	if got := became(paused); !slices.Equal(got, []string{"1 changed status confirmedOn needs a reason", "2 changed status confirmedOn partyStatus needs a reason"}) &&
		!slices.Equal(got, []string{"1 changed status needs a reason", "2 changed status partyStatus needs a reason"}) {
		t.Errorf("paused: %v", got)
	}

	// What is merged goes on elsewhere, which a report of several cannot name.
	for _, status := range []string{"merged", "superseded"} {
		p := e.As("espoo coordinator").Post("/action-bulk-changes", to(status, apitest.JSON{"reason": "x"}, as[0], as[1])).WantProblem(422, "validation_failed")
		if !slices.ContainsFunc(p.Errors, func(f domain.FieldError) bool { return f.Pointer == "/report/status" }) {
			t.Errorf("%s: %v", status, p.Errors)
		}
	}

	made := bulk(e, "espoo coordinator", to("in_progress", nil, as[0], as[1]))
	if made.Changed != 2 {
		t.Fatalf("%v", became(made))
	}
	two := readAction(e, "luvn coordinator", 2)
	says := map[domain.PartyID]api.PartyStatus{}
	for _, p := range two.PartyStatuses {
		says[p.PartyID] = p
	}
	if says[f.Party["espoo"]].Status != "in_progress" || !says[f.Party["espoo"]].Own || says[f.Party["luvn"]].Own {
		t.Errorf("parties say %+v", two.PartyStatuses)
	}
	// The other party says its own in the same way, of what it leads or shares.
	if got, want := became(checkBulk(e, "luvn coordinator", to("in_progress", nil, readAction(e, "", 1), two, as[2], as[3]))), []string{
		"1 refused  forbidden", "2 changed", "3 changed status", "4 changed status"}; !slices.Equal(got, want) {
		t.Errorf("LUVN: %v", got)
	}
	// It is so already: no second word.
	if got := became(checkBulk(e, "espoo coordinator", to("in_progress", nil, readAction(e, "", 1), two))); !slices.Equal(got, []string{"1 same", "2 same"}) {
		t.Errorf("again: %v", got)
	}

	// Taking back is all or nothing too.
	var items []apitest.JSON
	for _, r := range made.Rows {
		items = append(items, apitest.JSON{"id": r.ID, "wordId": r.WordID})
	}
	one := readAction(e, "", 1)
	later := apitest.As[api.Action](report(e, "espoo manager", one, apitest.JSON{"status": "in_progress", "progress": 40}).Want(200))
	p := e.As("espoo coordinator").Post("/action-bulk-withdrawals", apitest.JSON{"items": items}).WantProblem(422, "bulk_change_refused")
	if !slices.Equal(p.Errors, []domain.FieldError{{Pointer: "/items/0", Code: "not_latest_word"}}) {
		t.Errorf("errors %v", p.Errors)
	}
	if got := readAction(e, "", 2); got.Status != "in_progress" {
		t.Errorf("action 2 is %s", got.Status)
	}
	e.As("espoo manager").Post("/actions/"+later.ID.String()+"/words/"+readAction(e, "espoo manager", 1).Undoable.ID.String()+"/withdrawal", nil).Want(200)
	e.As("luvn coordinator").Post("/action-bulk-withdrawals", apitest.JSON{"items": items[1:]}).WantProblem(422, "bulk_change_refused") // not LUVN's word
	before := logEntries(e)
	if got := apitest.As[api.BulkWithdrawal](e.As("espoo coordinator").Post("/action-bulk-withdrawals", apitest.JSON{"items": items}).Want(200)); got.Withdrawn != 2 {
		t.Errorf("%d taken back", got.Withdrawn)
	}
	if one, two := readAction(e, "", 1), readAction(e, "", 2); one.Status != "not_started" || two.Status != "not_started" || logEntries(e) != before+2 {
		t.Errorf("%s and %s, %d entries", one.Status, two.Status, logEntries(e)-before)
	}
	e.As("").Post("/action-bulk-withdrawals", apitest.JSON{"items": items}).WantProblem(401, "sign_in_required")

	// On a later day others have read it: a reason is asked for, and kept.
	// So it is of endings alone.
	made = bulk(e, "espoo coordinator", to("cancelled", apitest.JSON{"reason": "Ei tarvita"}, readAction(e, "", 1), readAction(e, "", 2)))
	items = nil
	for _, r := range made.Rows {
		items = append(items, apitest.JSON{"id": r.ID, "wordId": r.WordID})
	}
	e.Advance(24 * time.Hour)
	p = e.As("espoo coordinator").Post("/action-bulk-withdrawals", apitest.JSON{"items": items}).WantProblem(422, "bulk_change_refused")
	if !slices.Equal(p.Errors, []domain.FieldError{{Pointer: "/items/0", Code: "reason_required"}, {Pointer: "/items/1", Code: "reason_required"}}) {
		t.Errorf("errors %v", p.Errors)
	}
	e.As("espoo coordinator").Post("/action-bulk-withdrawals", apitest.JSON{"items": items, "reason": "Väärä kohta"}).Want(200)
	if got := readAction(e, "", 2); got.Status != "not_started" {
		t.Errorf("action 2 is %s", got.Status)
	}
}

// Who takes part changes for coordinators and managers; what is another party's is
// proposed to it, and a manager does not take away what that party's post has
// promised.
func TestBulkChangeOfPostsAndTags(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	as := bulkTopology(e, f)
	tag := newTerm(e, "/tags", "tieto").ID
	edit := func(edit apitest.JSON, of ...api.Action) apitest.JSON {
		return bulkOf(apitest.JSON{"edit": edit}, of...)
	}
	lead := apitest.JSON{"leadPostId": f.Post["esp_youth_head"]}
	if got, want := became(checkBulk(e, "espoo coordinator", edit(lead, as[0], as[1], as[4]))), []string{
		"1 changed responsibilities", "2 changed responsibilities", "5 same"}; !slices.Equal(got, want) {
		t.Errorf("a coordinator: %v", got)
	}
	// The holder of the lead post edits it, and does not hand it on.
	if got, want := became(checkBulk(e, "espoo reader", edit(apitest.JSON{"leadPostId": f.Post["esp_education_head"]}, as[4]))), []string{"5 refused  parts_forbidden"}; !slices.Equal(got, want) {
		t.Errorf("the holder: %v", got)
	}
	// LUVN has accepted its part in 2: a manager of Espoo cannot take it away.
	answerAll(e, "luvn coordinator", "accepted")
	two := readAction(e, "", 2)
	gone := apitest.JSON{"removePostIds": []domain.PostID{f.Post["luvn_family_head"]}}
	if got, want := became(checkBulk(e, "espoo manager", edit(gone, as[0], two))), []string{"1 same", "2 refused  post_of_other_party"}; !slices.Equal(got, want) {
		t.Errorf("a manager: %v", got)
	}

	made := bulk(e, "espoo coordinator", edit(apitest.JSON{"leadPostId": f.Post["esp_youth_head"], "addTagIds": []any{tag}}, as[0], two))
	if made.Changed != 2 {
		t.Fatalf("%v", became(made))
	}
	one, two := readAction(e, "", 1), readAction(e, "", 2)
	if one.Lead == nil || one.Lead.ID != f.Post["esp_youth_head"] || len(one.TagIDs) != 1 {
		t.Errorf("action 1: lead %+v, tags %v", one.Lead, one.TagIDs)
	}
	// LUVN shares 2: the new lead waits for its word, and the one that it accepted leads on.
	if two.Lead == nil || two.Lead.ID != f.Post["esp_education_head"] || two.LeadStanding != domain.Reopened || len(two.TagIDs) != 1 {
		t.Errorf("action 2: lead %+v %s, tags %v", two.Lead, two.LeadStanding, two.TagIDs)
	}
	if r := made.Rows[1]; r.After.Responsibilities[0].Standing != domain.Reopened || r.Before.Responsibilities[0].Standing != domain.InForce {
		t.Errorf("told from %+v to %+v", r.Before.Responsibilities, r.After.Responsibilities)
	}
	var unknown domain.TagID
	unknown.SetNew(domain.UUIDv7)
	p := e.As("espoo coordinator").Post("/action-bulk-change-checks", edit(apitest.JSON{"addTagIds": []any{unknown}}, as[4])).WantProblem(422, "validation_failed")
	if !slices.Contains(p.Errors, domain.FieldError{Pointer: "/tagIds", Code: "unknown"}) {
		t.Errorf("an unknown tag: %v", p.Errors)
	}
}
