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

// refNos are the numbers of actions that are named.
func refNos(refs []api.ActionRef) []int {
	nos := []int{}
	for _, r := range refs {
		nos = append(nos, r.No)
	}
	return nos
}

func actionOf(e *apitest.Env, as string, no int) api.Action {
	e.T.Helper()
	return apitest.As[api.Action](e.As(as).Get(fmt.Sprintf("/actions/%d", no)).Want(200))
}

// Topology: action 1 public, led by Espoo and shared by LUVN; 2 public and 3
// internal, led by Espoo; 4 public, led by nobody. Each party says for itself where 1
// goes on; it is said of 1 when both say merged. The public reads of 2, staff of 3
// too.
func TestAnActionGoesOnInAnother(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	both := actionInput(f, "Yhteinen malli", "esp_education_head", "")
	both["responsibilities"] = append(both["responsibilities"].([]apitest.JSON), apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "shared"})
	a := createAction(e, "espoo coordinator", both)
	open := createAction(e, "espoo coordinator", actionInput(f, "Perhekeskus", "esp_education_head", ""))
	secret := actionInput(f, "Sisäinen valmistelu", "esp_education_head", "")
	secret["visibility"], secret["visibilityGround"] = "internal", "valmistelu"
	hidden := createAction(e, "espoo coordinator", secret)
	nobodys := createAction(e, "espoo coordinator", actionInput(f, "Ei kenenkään", "", ""))
	merge := func(to ...any) apitest.JSON {
		return apitest.JSON{"status": "merged", "reason": "Sama työ", "forwardTo": append([]any{}, to...)}
	}
	refused := func(a api.Action, body apitest.JSON, pointer, code string) {
		t.Helper()
		p := report(e, "espoo coordinator", a, body).WantProblem(422, "validation_failed")
		if len(p.Errors) != 1 || p.Errors[0].Pointer != pointer || p.Errors[0].Code != code {
			t.Errorf("%+v, want %s %s", p.Errors, pointer, code)
		}
	}
	refused(a, merge(), "/forwardTo", "required")
	refused(a, merge(a.ID), "/forwardTo/0", "itself")
	refused(a, merge(open.ID, f.Plan), "/forwardTo/1", "unknown")
	refused(a, apitest.JSON{"status": "cancelled", "reason": "x", "forwardTo": []any{open.ID}}, "/forwardTo", "not_merged")

	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](report(e, "espoo manager", a, merge(open.ID, hidden.ID)).Want(200))
	// LUVN has said nothing and goes with Espoo.
	for who, want := range map[string][]int{"": {2}, "luvn reader": {2, 3}} {
		got := actionOf(e, who, 1)
		if got.Status != "merged" || !slices.Equal(refNos(got.ForwardedTo), want) || !slices.Equal(refNos(got.Reports[0].ForwardTo), want) || !slices.Equal(refNos(got.PartyStatuses[0].ForwardedTo), want) {
			t.Errorf("%q reads %s: on in %v, by report %v", who, got.Status, refNos(got.ForwardedTo), refNos(got.Reports[0].ForwardTo))
		}
		if from := actionOf(e, who, 2).ForwardedFrom; !slices.Equal(refNos(from), []int{1}) || from[0].Status != "merged" {
			t.Errorf("%q reads at 2 %+v", who, from)
		}
	}
	if got := actionOf(e, "espoo reader", 3).ForwardedFrom; !slices.Equal(refNos(got), []int{1}) {
		t.Errorf("at the internal one %v", got)
	}
	if got := actionOf(e, "", 1); strings.Contains(string(e.As("").Get("/actions/"+a.ID.String()+"/status-reports").Want(200).Bytes), "Sisäinen") || got.Condition.Explanation.Code != "merged" {
		t.Errorf("the public is told of the internal one, or not that it is merged: %+v", got.Condition)
	}
	if csv := string(e.As("").Get("/actions.csv?status=merged").Want(200).Bytes); !strings.Contains(csv, "2 Perhekeskus") || strings.Contains(csv, "Sisäinen") {
		t.Errorf("the public's file: %s", csv)
	}

	// LUVN still works on it: it is not merged, and only Espoo says so.
	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](report(e, "luvn manager", a, apitest.JSON{"status": "in_progress", "reason": "Jatkuu meillä"}).Want(200))
	if a.Status != "in_progress" || len(a.ForwardedTo) != 0 || !slices.Equal(refNos(a.PartyStatuses[0].ForwardedTo), []int{2, 3}) || len(a.PartyStatuses[1].ForwardedTo) != 0 {
		t.Errorf("one party alone: %s, %+v", a.Status, a.PartyStatuses)
	}
	if from := actionOf(e, "", 2).ForwardedFrom; len(from) != 0 {
		t.Errorf("2 already goes on for %v", from)
	}
	// What Espoo says is enough to make a circle of it.
	if p := report(e, "espoo manager", open, merge(a.ID)).WantProblem(409, "forward_circle"); p.State != "2 → 1 → 2" {
		t.Errorf("the path is %q", p.State)
	}

	// Both say merged, each where for itself; the log has it.
	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](report(e, "luvn manager", a, merge(nobodys.ID)).Want(200))
	if a.Status != "merged" || !slices.Equal(refNos(a.ForwardedTo), []int{2, 3, 4}) {
		t.Errorf("both: %s on in %v", a.Status, refNos(a.ForwardedTo))
	}
	var changes []domain.Change
	e.Row(fmt.Sprintf(`select v.changes from audit_entry e join audit_value v on v.entry_id = e.id where e.subject_kind = 'action' and e.subject_id = '%s' and e.subject_version = %d`, a.ID, a.Version), &changes)
	if i := slices.IndexFunc(changes, func(c domain.Change) bool { return c.Field == "forwardedTo" }); i < 0 || fmt.Sprint(changes[i].New) != "["+nobodys.ID.String()+"]" || changes[i].Old != nil {
		t.Errorf("the log: %+v", changes)
	}
	refused(open, merge(a.ID), "/forwardTo/0", "action_over")

	// The report is taken back with its address; on the day before it stands.
	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](e.As("luvn manager").Post("/actions/"+a.ID.String()+"/words/"+actionOf(e, "luvn manager", 1).Undoable.ID.String()+"/withdrawal", apitest.JSON{"reason": "Ei jatkukaan muualla"}).Want(200))
	if a.Status != "in_progress" || len(a.ForwardedTo) != 0 || len(a.PartyStatuses[1].ForwardedTo) != 0 {
		t.Errorf("taken back: %s on in %v", a.Status, refNos(a.ForwardedTo))
	}
	if past := apitest.As[api.Action](e.As("").Get("/actions/1?asOf=2026-11-26").Want(200)); !slices.Equal(refNos(past.ForwardedTo), []int{2, 4}) {
		t.Errorf("the day before: %v", refNos(past.ForwardedTo))
	}

	// Where nobody is asked, the latest report says it.
	nobodys = actionOf(e, "espoo coordinator", 4)
	nobodys = apitest.As[api.Action](report(e, "espoo coordinator", nobodys, apitest.JSON{"status": "superseded", "reason": "Uusi malli", "forwardTo": []any{open.ID}}).Want(200))
	if from := actionOf(e, "", 2).ForwardedFrom; len(from) != 1 || from[0].No != 4 || from[0].Status != "superseded" {
		t.Errorf("took the place of %+v", from)
	}
	nobodys = apitest.As[api.Action](report(e, "espoo coordinator", nobodys, apitest.JSON{"status": "superseded", "text": apitest.JSON{"fi": "Tarkennus"}}).Want(200))
	if !slices.Equal(refNos(nobodys.ForwardedTo), []int{2}) {
		t.Errorf("said again: %v", refNos(nobodys.ForwardedTo))
	}
	nobodys = apitest.As[api.Action](report(e, "espoo coordinator", nobodys, apitest.JSON{"status": "in_progress", "reason": "Erehdys"}).Want(200))
	if len(nobodys.ForwardedTo) != 0 || len(actionOf(e, "", 2).ForwardedFrom) != 0 {
		t.Errorf("goes on itself again, and in %v", refNos(nobodys.ForwardedTo))
	}
}

// A report that is taken back brings back where the action went on before: not to one
// that goes on in it by now, and not to one that was withdrawn meanwhile.
func TestTakingBackMakesNoCircle(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	merged := func(to api.Action) apitest.JSON {
		return apitest.JSON{"status": "merged", "reason": "Sama työ", "forwardTo": []any{to.ID}}
	}
	for _, lead := range []string{"esp_education_head", ""} { // nobody leads: the latest word is that of all
		one := createAction(e, "espoo coordinator", actionInput(f, "Yksi", lead, ""))
		two := createAction(e, "espoo coordinator", actionInput(f, "Kaksi", lead, ""))
		back := func() apitest.Response {
			word := actionOf(e, "espoo coordinator", one.No).Undoable.ID.String()
			return e.As("espoo coordinator").Post("/actions/"+one.ID.String()+"/words/"+word+"/withdrawal", nil)
		}
		say := func(a api.Action, body apitest.JSON) {
			t.Helper()
			e.Advance(time.Minute)
			report(e, "espoo coordinator", actionOf(e, "", a.No), body).Want(200)
		}
		say(one, merged(two))
		say(one, apitest.JSON{"status": "in_progress", "reason": "Jatkuu"})
		say(two, merged(one))
		if p := back().WantProblem(409, "forward_outdated"); p.State != fmt.Sprintf("%d → %d → %[1]d", one.No, two.No) {
			t.Errorf("the path is %q", p.State)
		}
		if got := actionOf(e, "", one.No); got.Status != "in_progress" || len(got.ForwardedTo) != 0 {
			t.Errorf("refused, and %s on in %v", got.Status, refNos(got.ForwardedTo))
		}
		say(two, apitest.JSON{"status": "in_progress", "reason": "Jatkuu"})
		two = actionOf(e, "", two.No)
		gone := apitest.As[api.Action](e.As("espoo coordinator").Post("/actions/"+two.ID.String()+"/withdrawal", apitest.JSON{"reason": "x"}, "If-Match", etagOf(two)).Want(200))
		back().WantProblem(409, "forward_outdated")
		e.As("espoo coordinator").Post("/actions/"+two.ID.String()+"/restoration", apitest.JSON{"reason": "x"}, "If-Match", etagOf(gone)).Want(200)
		if got := apitest.As[api.Action](back().Want(200)); got.Status != "merged" || !slices.Equal(refNos(got.ForwardedTo), []int{two.No}) {
			t.Errorf("taken back: %s on in %v", got.Status, refNos(got.ForwardedTo))
		}
	}
}

// Topology: action 1 public, led by Espoo's education head; 2 public, led by Espoo and
// shared by LUVN, which has accepted. Espoo's manager and coordinator withdraw 1 with a
// reason; everybody reads it at its address, in no list; they restore it. 2 is both's.
func TestAnActionMadeInErrorIsWithdrawn(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := createAction(e, "espoo coordinator", actionInput(f, "Kaksoiskappale", "esp_education_head", "2026-11-01"))
	both := actionInput(f, "Yhteinen malli", "esp_education_head", "")
	both["responsibilities"] = append(both["responsibilities"].([]apitest.JSON), apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "shared"})
	shared := createAction(e, "espoo coordinator", both)
	answerAll(e, "luvn coordinator", "accepted")
	decide := func(as string, a api.Action, what, reason string) apitest.Response {
		return e.As(as).Post("/actions/"+a.ID.String()+"/"+what, apitest.JSON{"reason": reason}, "If-Match", etagOf(a))
	}
	for _, who := range []string{"luvn coordinator", "luvn manager", "espoo reader", "auditor", "espoo administrator"} {
		decide(who, a, "withdrawal", "x").WantProblem(403, "forbidden")
	}
	decide("", a, "withdrawal", "x").WantProblem(401, "sign_in_required")
	e.As("espoo manager").Post("/actions/"+a.ID.String()+"/withdrawal", apitest.JSON{"reason": "x"}).WantProblem(428, "if_match_required")
	e.As("espoo manager").Post("/actions/"+a.ID.String()+"/withdrawal", apitest.JSON{"reason": "x"}, "If-Match", `"9"`).WantProblem(412, "stale_version")
	e.As("espoo manager").Post("/actions/"+f.Plan.String()+"/withdrawal", apitest.JSON{"reason": "x"}, "If-Match", `"1"`).WantProblem(404, "action_not_found")
	decide("espoo manager", a, "withdrawal", " ").WantProblem(422, "validation_failed")
	decide("espoo manager", a, "restoration", "x").WantProblem(409, "action_not_withdrawn")
	decide("espoo coordinator", actionOf(e, "", 2), "withdrawal", "x").WantProblem(409, "others_spoke")

	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](decide("espoo manager", a, "withdrawal", "Sama kuin 2").Want(200))
	for _, who := range []string{"", "espoo manager", "luvn reader"} {
		got := actionOf(e, who, 1)
		if got.Withdrawn == nil || got.Withdrawn.Reason != "Sama kuin 2" || got.Withdrawn.On.String() != "2026-11-24" || got.Withdrawn.Post.ID != f.Post["esp_education_head"] ||
			got.Condition.Value != "cancelled" || got.Condition.Explanation.Code != "withdrawn" || len(got.Condition.Flags) != 0 {
			t.Errorf("%q reads %+v, %+v", who, got.Withdrawn, got.Condition)
		}
		want := map[string][]domain.Permission{"espoo manager": {domain.ActionWithdraw}}[who]
		if !slices.Equal(got.Permissions, append([]domain.Permission{}, want...)) {
			t.Errorf("%q may %v", who, got.Permissions)
		}
		if nos := listed(e, who, ""); !slices.Equal(nos, []int{2}) {
			t.Errorf("%q lists %v", who, nos)
		}
		if nos := listed(e, who, "condition=late"); len(nos) != 0 {
			t.Errorf("%q sees late %v", who, nos)
		}
		if nos := listed(e, who, "withdrawn=true"); !slices.Equal(nos, []int{1}) {
			t.Errorf("%q lists of the withdrawn %v", who, nos)
		}
		if nos := listed(e, who, "asOf=2026-11-23"); !slices.Equal(nos, []int{1, 2}) {
			t.Errorf("%q listed the day before %v", who, nos)
		}
	}
	if n := len(apitest.As[api.MyWork](e.As("espoo manager").Get("/me/work").Want(200)).Waiting); n != 0 {
		t.Errorf("%d wait for the post that leads it", n)
	}
	for _, who := range []string{"", "luvn reader"} {
		counts := apitest.As[api.ResponsibilityCounts](e.As(who).Get("/responsibilities/counts").Want(200))
		if n := len(apitest.As[api.List[api.ResponsibilityItem]](e.As(who).Get("/responsibilities").Want(200)).Items); n != 2 || counts.All != n {
			t.Errorf("%q counts %d responsibilities, lists %d", who, counts.All, n)
		}
	}
	report(e, "espoo manager", a, apitest.JSON{"status": "in_progress"}).WantProblem(409, "action_withdrawn")
	e.As("espoo manager").Post("/actions/"+a.ID.String()+"/confirmation", nil, "If-Match", etagOf(a)).WantProblem(409, "action_withdrawn")
	e.As("espoo manager").Put("/actions/"+a.ID.String(), etagOf(a), actionInput(f, "Toinen", "esp_education_head", "2026-11-01")).WantProblem(409, "action_withdrawn")
	e.As("espoo manager").Post("/actions/"+a.ID.String()+"/tasks", apitest.JSON{"kind": "task", "title": apitest.JSON{"fi": "Osa"}, "dueOn": "2027-01-01", "duePrecision": "day"}).WantProblem(409, "action_withdrawn")
	decide("espoo manager", a, "withdrawal", "x").WantProblem(409, "action_withdrawn")
	report(e, "espoo coordinator", shared, apitest.JSON{"status": "merged", "reason": "x", "forwardTo": []any{a.ID}}).WantProblem(422, "validation_failed")

	e.Advance(24 * time.Hour)
	decide("espoo coordinator", a, "restoration", "").WantProblem(422, "validation_failed")
	a = apitest.As[api.Action](decide("espoo coordinator", a, "restoration", "Ei sama työ").Want(200))
	if a.Withdrawn != nil || a.Condition.Value != "late" || !slices.Equal(listed(e, "", ""), []int{1, 2}) {
		t.Errorf("restored: %+v", a)
	}
	if past := apitest.As[api.Action](e.As("").Get("/actions/1?asOf=2026-11-24").Want(200)); past.Withdrawn == nil {
		t.Error("the day before it was withdrawn")
	}
	entries := apitest.As[api.List[api.AuditEntry]](e.As("").Get("/audit/entries?subjectKind=action&subjectId=" + a.ID.String()).Want(200)).Items
	if entries[0].Reason != "Ei sama työ" || entries[1].Reason != "Sama kuin 2" || entries[1].Permission != domain.ActionWithdraw || entries[1].Changes[0].Field != "madeInError" || entries[1].Changes[0].New != "2026-11-24" {
		t.Errorf("the public log: %+v", entries[:2])
	}

	// Nothing is withdrawn in which another action goes on.
	other := createAction(e, "espoo coordinator", actionInput(f, "Osa", "esp_education_head", ""))
	report(e, "espoo manager", other, apitest.JSON{"status": "merged", "reason": "x", "forwardTo": []any{a.ID}}).Want(200)
	decide("espoo manager", a, "withdrawal", "x").WantProblem(409, "forwarded_here")
	decide("espoo manager", actionOf(e, "", 3), "withdrawal", "x").WantProblem(409, "action_ended")

	// Nor one in which another goes on by the word of one party alone so far.
	named := createAction(e, "espoo coordinator", actionInput(f, "Jatko", "esp_education_head", ""))
	report(e, "luvn manager", actionOf(e, "", 2), apitest.JSON{"status": "in_progress"}).Want(200)
	if got := apitest.As[api.Action](report(e, "espoo manager", actionOf(e, "", 2), apitest.JSON{"status": "merged", "reason": "x", "forwardTo": []any{named.ID}}).Want(200)); got.Status != "in_progress" {
		t.Errorf("one party alone: %s", got.Status)
	}
	decide("espoo manager", named, "withdrawal", "x").WantProblem(409, "forwarded_here")
}

// Topology: action 1 public, led by Espoo. Its due date is set, moved three times,
// the second time while it is internal, and removed. Staff read every move, the public
// those from public to public; of a past day what had moved by then.
func TestPostponementsAreRead(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := actionInput(f, "Perhekeskus", "esp_education_head", "")
	a := createAction(e, "espoo coordinator", in)
	change := func(reason string, more apitest.JSON) {
		t.Helper()
		e.Advance(24 * time.Hour)
		for k, v := range more {
			if in[k] = v; v == nil {
				delete(in, k)
			}
		}
		in["reason"] = reason
		a = apitest.As[api.Action](e.As("espoo manager").Put("/actions/"+a.ID.String(), etagOf(a), in).Want(200))
	}
	moves := func(as, query string) (out []string, times int) {
		t.Helper()
		got := apitest.As[api.Action](e.As(as).Get("/actions/1" + query).Want(200))
		for _, p := range got.Postponements {
			out = append(out, fmt.Sprintf("%s %s-%s %d %s %s", domain.DateOf(p.At), p.FromOn, p.ToOn, p.Days, p.Move, p.Reason))
		}
		return out, got.Postponed
	}
	change("", apitest.JSON{"dueOn": "2027-06-30"})
	if got, times := moves("", ""); len(got) != 0 || times != 0 {
		t.Errorf("the first due date is no move: %q", got)
	}
	change("Hankinta viivästyi", apitest.JSON{"dueOn": "2027-12-31"})
	if p := a.Postponements; len(p) != 1 || p[0].Reason != "Hankinta viivästyi" || a.Postponed != 1 {
		t.Errorf("the answer has %+v", p)
	}
	change("Salainen syy", apitest.JSON{"dueOn": "2028-01-01", "duePrecision": "year", "visibility": "internal", "visibilityGround": "valmistelu"})
	change("Valmistui ennen", apitest.JSON{"dueOn": "2028-01-01", "duePrecision": "quarter", "visibility": "public", "visibilityGround": ""})
	change("Ei päivää", apitest.JSON{"dueOn": nil, "duePrecision": "day"})
	all := []string{"2026-11-28 2028-01-01- 0 removed Ei päivää", "2026-11-27 2028-01-01-2028-01-01 -275 earlier Valmistui ennen",
		"2026-11-26 2027-12-31-2028-01-01 366 later Salainen syy", "2026-11-25 2027-06-30-2027-12-31 184 later Hankinta viivästyi"}
	for who, want := range map[string][]string{"luvn reader": all, "": {all[0], all[3]}} {
		later := map[string]int{"luvn reader": 2, "": 1}[who]
		if got, times := moves(who, ""); !slices.Equal(got, want) || times != later {
			t.Errorf("%q reads %d: %q", who, times, got)
		}
		if n := apitest.As[api.List[api.ActionSummary]](e.As(who).Get("/actions").Want(200)).Items[0].Postponed; n != later {
			t.Errorf("%q lists %d", who, n)
		}
	}
	if got, times := moves("luvn reader", "?asOf=2026-11-26"); !slices.Equal(got, all[2:]) || times != 2 {
		t.Errorf("by that day: %d, %q", times, got)
	}
	if post := actionOf(e, "", 1).Postponements[0].Post; post == nil || post.ID != f.Post["esp_education_head"] {
		t.Errorf("by %+v", post)
	}
	if rows, _ := csvTable(e, "", "/actions.csv"); !slices.Equal(columnOf(rows, "Määräaikaa siirretty, kertaa"), []string{"1"}) {
		t.Errorf("the file: %v", rows)
	}
}

// Two halves of a circle at once, over and over: one of them is refused, whoever
// comes first.
func TestTwoHalvesOfACircleAtOnce(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	for range 5 {
		var pair [2]api.Action
		for i := range pair {
			in := actionInput(f, "Puolikas", "esp_education_head", "")
			in["responsibilities"] = append(in["responsibilities"].([]apitest.JSON), apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "shared"})
			pair[i] = createAction(e, "espoo coordinator", in)
			pair[i] = apitest.As[api.Action](report(e, "luvn manager", pair[i], apitest.JSON{"status": "in_progress"}).Want(200)) // so that neither ends by one word
		}
		var codes [2]int
		var wg sync.WaitGroup
		for i := range pair {
			wg.Go(func() {
				codes[i] = report(e, "espoo manager", pair[i], apitest.JSON{"status": "merged", "reason": "Sama", "forwardTo": []any{pair[1-i].ID}}).StatusCode
			})
		}
		wg.Wait()
		if slices.Sort(codes[:]); codes != [2]int{200, 409} {
			t.Errorf("answered %v", codes)
		}
	}
}
