package api_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// actionInput is a public action led by the post, due on the day (or never).
func actionInput(f *apitest.Fixture, title, lead, due string) apitest.JSON {
	in := apitest.JSON{"title": apitest.JSON{"fi": title, "sv": title + " sv"}, "visibility": "public"}
	if lead != "" {
		in["responsibilities"] = []apitest.JSON{{"postId": f.Post[lead], "part": "lead"}}
	}
	if due != "" {
		in["dueOn"] = due
	}
	return in
}

// hold gives a post a holder from a day on.
func hold(e *apitest.Env, f *apitest.Fixture, post, party, from string) {
	var person domain.PersonID
	var holding domain.HoldingID
	person.SetNew(domain.UUIDv7)
	holding.SetNew(domain.UUIDv7)
	e.Exec(`insert into person values ($1, 'https://idp.test', $2, $3, 'Test Person', '', 1)`, person, person.String(), f.Party[party])
	e.Exec(`insert into holding values ($1, $2, $3, 'holder', $4, null, 1)`, holding, person, f.Post[post], from)
}

func createAction(e *apitest.Env, as string, in apitest.JSON) api.Action {
	e.T.Helper()
	return apitest.As[api.Action](e.As(as).Post("/actions", in).Want(201))
}

func etagOf(a api.Action) string { return fmt.Sprintf("%q", fmt.Sprint(a.Version)) }

// report posts a status report on the version of a and returns the answer.
func report(e *apitest.Env, as string, a api.Action, body apitest.JSON) apitest.Response {
	e.T.Helper()
	if _, ok := body["public"]; !ok {
		body["public"] = true
	}
	return e.As(as).Post("/actions/"+a.ID.String()+"/status-reports", body, "If-Match", etagOf(a))
}

func listed(e *apitest.Env, as, query string) []int {
	e.T.Helper()
	nos := []int{}
	for _, a := range apitest.As[api.List[api.ActionSummary]](e.As(as).Get("/actions?" + query).Want(200)).Items {
		nos = append(nos, a.No)
	}
	return nos
}

// Topology: action 1 public, led by Espoo's education head and shared by LUVN's
// family head; 2 internal, led by LUVN's family head; 3 public, led by nobody.
// Staff of either party see all three, the public 1 and 3.
func TestActionsVisibleSetAndPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	first := actionInput(f, "Ensimmäinen", "esp_education_head", "2027-06-04")
	first["responsibilities"] = append(first["responsibilities"].([]apitest.JSON), apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "shared"})
	one := createAction(e, "espoo manager", first)
	second := actionInput(f, "Sisäinen", "luvn_family_head", "")
	second["visibility"], second["visibilityGround"] = "internal", "keskeneräinen"
	two := createAction(e, "luvn manager", second)
	three := createAction(e, "espoo coordinator", actionInput(f, "Kenen?", "", ""))

	all := []string{"espoo coordinator", "luvn coordinator", "espoo manager", "luvn manager", "espoo reader", "luvn reader", "auditor", "espoo administrator", "luvn administrator"}
	for _, name := range all {
		if got := listed(e, name, "sort=no"); !slices.Equal(got, []int{1, 2, 3}) {
			t.Errorf("%q sees actions %v", name, got)
		}
	}
	if got := listed(e, "", "sort=no"); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("the public sees actions %v", got)
	}
	e.As("").Get("/actions/2").WantProblem(404, "action_not_found")
	e.As("").Get("/actions/"+two.ID.String()).WantProblem(404, "action_not_found")
	e.As("").Get("/actions/"+two.ID.String()+"/status-reports").WantProblem(404, "action_not_found")

	edit, rep, out, task, resp := domain.ActionEdit, domain.ActionReport, domain.ActionWithdraw, domain.TaskEdit, domain.ResponsibilityEdit
	for _, tt := range []struct {
		as   string
		no   int
		want []domain.Permission
	}{
		{"", 1, nil}, {"auditor", 1, nil}, {"espoo reader", 1, nil}, {"espoo administrator", 1, nil},
		{"espoo manager", 1, []domain.Permission{edit, rep, out, task, resp}},
		{"luvn manager", 1, []domain.Permission{edit, rep, out, task, resp}}, // shares it
		{"espoo coordinator", 1, []domain.Permission{edit, rep, out, task, resp}},
		{"luvn coordinator", 1, []domain.Permission{edit, rep, out, task, resp}},
		{"espoo coordinator", 2, nil}, {"espoo manager", 2, nil},
		{"luvn coordinator", 2, []domain.Permission{edit, rep, out, task, resp}},
		{"espoo coordinator", 3, []domain.Permission{edit, rep, out, task, resp}}, // what nobody leads concerns every party
		{"luvn coordinator", 3, []domain.Permission{edit, rep, out, task, resp}},
		{"espoo manager", 3, nil},
	} {
		got := apitest.As[api.Action](e.As(tt.as).Get(fmt.Sprintf("/actions/%d", tt.no)).Want(200)).Permissions
		if !slices.Equal(got, tt.want) && len(got)+len(tt.want) > 0 {
			t.Errorf("%q has %v on action %d, want %v", tt.as, got, tt.no, tt.want)
		}
	}

	e.As("").Post("/actions", first).WantProblem(401, "sign_in_required")
	for _, name := range []string{"luvn manager", "espoo reader", "auditor", "luvn administrator"} {
		e.As(name).Post("/actions", first).WantProblem(403, "forbidden") // not the manager of the lead's unit
	}
	report(e, "", one, apitest.JSON{"status": "in_progress"}).WantProblem(401, "sign_in_required")
	report(e, "", two, apitest.JSON{"status": "in_progress"}).WantProblem(401, "sign_in_required")
	report(e, "espoo reader", one, apitest.JSON{"status": "in_progress"}).WantProblem(403, "forbidden")
	report(e, "espoo coordinator", two, apitest.JSON{"status": "in_progress"}).WantProblem(403, "forbidden")
	e.As("auditor").Post("/actions/"+one.ID.String()+"/confirmation", nil, "If-Match", etagOf(one)).WantProblem(403, "forbidden")
	e.As("luvn reader").Put("/actions/"+three.ID.String(), etagOf(three), first).WantProblem(403, "forbidden")
	report(e, "luvn manager", one, apitest.JSON{"status": "in_progress"}).Want(200)
}

// A holder of the lead post edits and reports, but does not hand the action to
// another post.
func TestActionHolderDoesNotChangeResponsiblePosts(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := createAction(e, "espoo coordinator", actionInput(f, "Nuorten ilta", "esp_youth_head", "2027-01-31"))
	holder := e.As("espoo reader") // in post esp_youth_head
	in := actionInput(f, "Nuorten illat", "esp_youth_head", "2027-01-31")
	a = apitest.As[api.Action](holder.Put("/actions/"+a.ID.String(), etagOf(a), in).Want(200))
	if a.Title.FI != "Nuorten illat" || a.Version != 2 {
		t.Errorf("%q in version %d", a.Title.FI, a.Version)
	}
	in = actionInput(f, "Nuorten illat", "esp_education_head", "2027-01-31")
	holder.Put("/actions/"+a.ID.String(), etagOf(a), in).WantProblem(403, "forbidden")
	a = apitest.As[api.Action](e.As("espoo coordinator").Put("/actions/"+a.ID.String(), etagOf(a), in).Want(200))
	holder.Put("/actions/"+a.ID.String(), etagOf(a), in).WantProblem(403, "forbidden")
}

func TestActionReportRules(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	for name, tt := range map[string]struct {
		starts, due   string
		before        []apitest.JSON // reports that go through first
		body          apitest.JSON
		pointer, code string // "": accepted
	}{
		"done without a result":     {"", "", nil, apitest.JSON{"status": "done"}, "/result/fi", "required"},
		"done with a result":        {"", "", nil, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Valmis malli"}}, "", ""},
		"done in Swedish":           {"", "", nil, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "", "sv": "Klar"}}, "", ""},
		"done before the start":     {"2026-12-01", "", nil, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "x"}}, "/reason", "required"},
		"in progress before start":  {"2026-12-01", "", nil, apitest.JSON{"status": "in_progress"}, "/reason", "required"},
		"with a reason":             {"2026-12-01", "", nil, apitest.JSON{"status": "in_progress", "reason": "aloitettiin etuajassa"}, "", ""},
		"not started after start":   {"2026-11-01", "", nil, apitest.JSON{"status": "not_started"}, "/reason", "required"},
		"not started with progress": {"", "", nil, apitest.JSON{"status": "not_started", "progress": 5}, "/reason", "required"},
		"paused":                    {"", "", nil, apitest.JSON{"status": "paused"}, "/reason", "required"},
		"paused again":              {"", "", []apitest.JSON{{"status": "paused", "reason": "x"}}, apitest.JSON{"status": "paused", "text": apitest.JSON{"fi": "yhä"}}, "", ""},
		"cancelled":                 {"", "", nil, apitest.JSON{"status": "cancelled", "reason": " "}, "/reason", "required"},
		"out of cancelled":          {"", "", []apitest.JSON{{"status": "cancelled", "reason": "x"}}, apitest.JSON{"status": "in_progress"}, "/reason", "required"},
		"out of done":               {"", "", []apitest.JSON{{"status": "done", "result": apitest.JSON{"fi": "x"}}}, apitest.JSON{"status": "in_progress"}, "/reason", "required"},
		"late and in progress":      {"", "2026-10-01", nil, apitest.JSON{"status": "in_progress", "progress": 50}, "", ""},
		"too far":                   {"", "", nil, apitest.JSON{"status": "in_progress", "progress": 101}, "/progress", "too_large"},
		"unknown status":            {"", "", nil, apitest.JSON{"status": "ready"}, "/status", "not_allowed"},
		"long text":                 {"", "", nil, apitest.JSON{"status": "in_progress", "text": apitest.JSON{"fi": fmt.Sprintf("%02001d", 1)}}, "/text/fi", "too_long"},
	} {
		t.Run(name, func(t *testing.T) {
			in := actionInput(f, name, "esp_education_head", tt.due)
			if tt.starts != "" {
				in["startsOn"] = tt.starts
			}
			a := createAction(e, "espoo coordinator", in)
			for _, b := range tt.before {
				a = apitest.As[api.Action](report(e, "espoo manager", a, b).Want(200))
			}
			res := report(e, "espoo manager", a, tt.body)
			if tt.code == "" {
				a = apitest.As[api.Action](res.Want(200))
				if a.Status == action.Done && a.Progress != 100 {
					t.Errorf("done at %d per cent", a.Progress)
				}
				return
			}
			if p := res.WantProblem(422, "validation_failed"); !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
				t.Errorf("errors %v, want %s %s", p.Errors, tt.pointer, tt.code)
			}
		})
	}
}

func TestActionReportsConfirmationAndPast(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	hold(e, f, "esp_education_head", "espoo", "2025-01-01")
	a := createAction(e, "espoo manager", actionInput(f, "Mielitaidot", "esp_education_head", "2027-06-04"))
	if a.Condition.Value != action.CondNotStarted || len(a.Condition.Flags) != 0 || a.ConfirmedOn.String() != "2026-11-23" {
		t.Fatalf("new action: %+v, confirmed %s", a.Condition, a.ConfirmedOn)
	}
	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "progress": 40, "text": apitest.JSON{"fi": "Alkoi"}}).Want(200))
	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](report(e, "espoo coordinator", a, apitest.JSON{"status": "paused", "reason": "tilat puuttuvat", "text": apitest.JSON{"fi": "Sisäinen"}, "public": false}).Want(200))
	if a.Status != action.Paused || a.Progress != 40 || a.Version != 3 || len(a.Reports) != 2 || a.Reports[0].Text.FI != "Sisäinen" || a.Reports[0].Post.Title.FI != "esp_coordinator" {
		t.Errorf("%+v", a)
	}
	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](e.As("espoo manager").Post("/actions/"+a.ID.String()+"/confirmation", nil, "If-Match", etagOf(a)).Want(200))
	if a.ConfirmedOn.String() != "2026-11-26" || a.Version != 4 || a.Status != action.Paused {
		t.Errorf("confirmed on %s in version %d", a.ConfirmedOn, a.Version)
	}

	reports := func(as, query string) (texts []string) {
		for _, r := range apitest.As[api.List[api.StatusReport]](e.As(as).Get("/actions/" + a.ID.String() + "/status-reports" + query).Want(200)).Items {
			texts = append(texts, r.Text.FI)
		}
		return texts
	}
	if got := reports("espoo reader", ""); !slices.Equal(got, []string{"Sisäinen", "Alkoi"}) {
		t.Errorf("staff read %v", got)
	}
	if got := reports("", ""); !slices.Equal(got, []string{"Alkoi"}) {
		t.Errorf("the public reads %v", got)
	}
	if got := reports("luvn reader", "?asOf=2026-11-24"); !slices.Equal(got, []string{"Alkoi"}) {
		t.Errorf("then staff read %v", got)
	}
	past := apitest.As[api.Action](e.As("").Get("/actions/1?asOf=2026-11-23").Want(200))
	if past.Status != action.NotStarted || past.Version != 1 || len(past.Reports) != 0 {
		t.Errorf("then %+v", past)
	}
	if got := listed(e, "", "status=in_progress&asOf=2026-11-24"); !slices.Equal(got, []int{1}) {
		t.Errorf("in progress then: %v", got)
	}
	if got := listed(e, "", "status=in_progress"); len(got) != 0 {
		t.Errorf("in progress now: %v", got)
	}

	// A closed action has nothing to confirm; reopening needs a reason.
	a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Malli"}}).Want(200))
	p := e.As("espoo manager").Post("/actions/"+a.ID.String()+"/confirmation", nil, "If-Match", etagOf(a)).WantProblem(409, "action_closed")
	if p.State != "done" {
		t.Errorf("state %q", p.State)
	}

	// What the log holds of the pause.
	var permission, reason, post string
	var changes []domain.Change
	e.Row(`select e.permission, e.reason, p.title_fi, v.changes from audit_entry e join audit_value v on v.entry_id = e.id join post p on p.id = e.post_id
where e.subject_kind = 'action' and e.subject_version = 3`, &permission, &reason, &post, &changes)
	if permission != "action.report" || reason != "tilat puuttuvat" || post != "esp_coordinator" {
		t.Errorf("entry: %s in %s because %q", permission, post, reason)
	}
	fields := map[string]domain.Change{}
	for _, c := range changes {
		fields[c.Field] = c
	}
	if c := fields["status"]; c.Old != "in_progress" || c.New != "paused" {
		t.Errorf("status %v -> %v", c.Old, c.New)
	}
	if c := fields["confirmedOn"]; c.Old != "2026-11-24" || c.New != "2026-11-25" {
		t.Errorf("confirmedOn %v -> %v", c.Old, c.New)
	}
	if c, ok := fields["reportText"]; !ok || c.New.(map[string]any)["fi"] != "Sisäinen" {
		t.Errorf("changes %+v", changes)
	}
}

func TestActionChangeNeedsReasonForDueDateAndVersion(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	a := createAction(e, "espoo coordinator", actionInput(f, "Alku", "esp_education_head", "2026-12-31"))
	path := "/actions/" + a.ID.String()
	in := actionInput(f, "Alku", "esp_education_head", "2027-03-31")
	c.Do("PUT", "/api/v1"+path, in).WantProblem(428, "if_match_required")
	c.Put(path, `"x"`, in).WantProblem(422, "validation_failed")
	p := c.Put(path, etagOf(a), in).WantProblem(422, "validation_failed")
	if !slices.Equal(p.Errors, []domain.FieldError{{Pointer: "/reason", Code: "due_date_needs_reason"}}) {
		t.Errorf("errors %v", p.Errors)
	}
	in["reason"] = "tilat valmistuvat myöhemmin"
	c.Put(path, etagOf(a), in).Want(200)
	stale := c.Put(path, etagOf(a), in).WantProblem(412, "stale_version")
	if current, ok := stale.Current.(map[string]any); !ok || current["dueOn"] != "2027-03-31" || current["version"] != 2.0 {
		t.Errorf("current %v", stale.Current)
	}
	var reason string
	e.Row(`select reason from audit_entry where permission = 'action.edit'`, &reason)
	if reason != "tilat valmistuvat myöhemmin" {
		t.Errorf("reason %q", reason)
	}
	delete(in, "reason")
	delete(in, "dueOn")
	c.Put(path, `"2"`, in).WantProblem(422, "validation_failed") // taking it away is a change too
	in["dueOn"], in["duePrecision"] = "2027-03-31", "quarter"
	c.Put(path, `"2"`, in).WantProblem(422, "validation_failed")
}

// Of reports that start from the same version exactly one is taken; the others
// are told what is stored.
func TestActionConcurrentReports(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := createAction(e, "espoo coordinator", actionInput(f, "Kilpa", "esp_education_head", ""))
	old := a
	for range 3 {
		var wg sync.WaitGroup
		status := make([]int, 6)
		for i := range status {
			wg.Go(func() {
				status[i] = report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "progress": i}).StatusCode
			})
		}
		wg.Wait()
		slices.Sort(status)
		if !slices.Equal(status, []int{200, 412, 412, 412, 412, 412}) {
			t.Fatalf("statuses %v", status)
		}
		next := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200))
		if next.Version != a.Version+1 {
			t.Fatalf("version %d after %d", next.Version, a.Version)
		}
		a = next
	}
	p := report(e, "espoo manager", old, apitest.JSON{"status": "done"}).WantProblem(412, "stale_version")
	current, _ := p.Current.(map[string]any)
	if reports, _ := current["reports"].([]any); len(reports) != 3 || current["version"] != 4.0 {
		t.Errorf("told %v", p.Current)
	}
}

func TestActionBadInput(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	for name, tt := range map[string]struct {
		change        func(apitest.JSON)
		pointer, code string
	}{
		"no title": {func(in apitest.JSON) { in["title"] = apitest.JSON{"fi": ""} }, "/title/fi", "required"},
		"two leads": {func(in apitest.JSON) {
			in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}, {"postId": f.Post["luvn_family_head"], "part": "lead"}}
		}, "/responsibilities", "one_lead"},
		"unknown post":     {func(in apitest.JSON) { in["responsibilities"] = []apitest.JSON{{"postId": f.Plan, "part": "lead"}} }, "/responsibilities", "unknown"},
		"unknown goal":     {func(in apitest.JSON) { in["goalIds"] = []any{f.Plan} }, "/goalIds", "unknown"},
		"unknown forum":    {func(in apitest.JSON) { in["forumId"] = f.Plan }, "/forumId", "unknown"},
		"unknown stage":    {func(in apitest.JSON) { in["stageId"] = f.Plan }, "/stageId", "unknown"},
		"impossible date":  {func(in apitest.JSON) { in["dueOn"] = "2027-02-30" }, "/dueOn", "date_malformed"},
		"due before start": {func(in apitest.JSON) { in["startsOn"], in["dueOn"] = "2027-02-02", "2027-02-01" }, "/dueOn", "due_before_start"},
		"no precision":     {func(in apitest.JSON) { in["duePrecision"] = "week" }, "/duePrecision", "not_allowed"},
		"status":           {func(in apitest.JSON) { in["status"] = "done" }, "/status", "unknown_field"},
		"outcome":          {func(in apitest.JSON) { in["outcomeId"] = f.Plan }, "/outcomeId", "unknown_field"},
	} {
		t.Run(name, func(t *testing.T) {
			in := actionInput(f, "Toimenpide", "esp_education_head", "2027-01-01")
			tt.change(in)
			p := c.Post("/actions", in).WantProblem(422, "validation_failed")
			if !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
				t.Errorf("errors %v, want %s %s", p.Errors, tt.pointer, tt.code)
			}
		})
	}
	for query, code := range map[string]string{
		"sort=progress": "unknown_sort_key", "status=ready": "not_allowed", "condition=none": "not_allowed", "partyId=espoo": "id_malformed",
		"dueFrom=2026-13-01": "date_malformed", "unowned=maybe": "not_allowed", "mine=false": "not_allowed", "late=true": "unknown_parameter",
	} {
		name, _, _ := strings.Cut(query, "=")
		if p := c.Get("/actions?"+query).WantProblem(422, "validation_failed"); len(p.Errors) != 1 || p.Errors[0].Code != code || p.Errors[0].Pointer != name {
			t.Errorf("%s: errors %v, want %s", query, p.Errors, code)
		}
	}
	if p := e.As("auditor").Get("/actions?mine=true").WantProblem(422, "validation_failed"); p.Errors[0].Code != "no_post" {
		t.Errorf("errors %v", p.Errors)
	}
	c.Get("/actions/999").WantProblem(404, "action_not_found")
	c.Get("/actions/0").WantProblem(404, "action_not_found")
	c.Post("/actions/"+f.Plan.String()+"/status-reports", apitest.JSON{"status": "done", "public": true}, "If-Match", `"1"`).WantProblem(404, "action_not_found")
}

func TestActionFilters(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	hold(e, f, "esp_education_head", "espoo", "2025-01-01")
	goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Tavoite", "public")).Want(201))
	hidden := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Piilo", "internal")).Want(201))
	var group domain.TargetGroupID
	group.SetNew(domain.UUIDv7)
	e.Exec(`insert into target_group values ($1, 'youth', 1, 'Nuoret', 'Unga', 'Youth', 1)`, group)

	with := func(title, lead, due string, more apitest.JSON) {
		in := actionInput(f, title, lead, due)
		for k, v := range more {
			in[k] = v
		}
		createAction(e, "espoo coordinator", in)
	}
	with("Koulun mielitaidot", "esp_education_head", "2026-11-01", apitest.JSON{"goalIds": []any{goal.ID}, "targetGroupIds": []any{group}}) // 1 late
	with("Perhetyö 100 %", "luvn_family_head", "2026-12-10", apitest.JSON{"goalIds": []any{goal.ID, hidden.ID}})                            // 2 due soon, its post vacant
	with("Alue_tieto", "", "", apitest.JSON{"goalIds": []any{hidden.ID}})                                                                   // 3 no due date, no lead
	with("Kaatumiset", "esp_youth_head", "2027-05-01", apitest.JSON{"targetGroupIds": []any{group}, "responsibilities": []apitest.JSON{     // 4
		{"postId": f.Post["esp_youth_head"], "part": "lead"}, {"postId": f.Post["luvn_older_head"], "part": "shared"}, {"postId": f.Post["luvn_family_head"], "part": "support"}}})
	four := apitest.As[api.Action](e.As("").Get("/actions/4"))
	report(e, "espoo coordinator", four, apitest.JSON{"status": "in_progress"}).Want(200)

	espoo, luvn := f.Party["espoo"].String(), f.Party["luvn"].String()
	for _, tt := range []struct {
		as, query string
		want      []int
	}{
		{"", "", []int{1, 2, 4, 3}}, // by due date, missing last
		{"", "sort=-dueOn", []int{3, 4, 2, 1}},
		{"", "sort=title", []int{3, 4, 1, 2}},
		{"", "sort=goal,-no", []int{2, 1, 4, 3}},
		{"espoo reader", "sort=goal,no", []int{1, 2, 3, 4}}, // sees the hidden goal of 3
		{"", "status=in_progress", []int{4}},
		{"", "status=in_progress&status=not_started", []int{1, 2, 4, 3}},
		{"", "status=done", []int{}},
		{"", "condition=late", []int{1}},
		{"", "condition=late&condition=on_time", []int{1, 4}},
		{"", "condition=due_soon", []int{2}},
		{"", "condition=not_started", []int{3}},
		{"", "condition=late&status=in_progress", []int{}},
		{"", "unowned=true", []int{2, 4, 3}},
		{"", "unowned=false", []int{1}},
		{"", "partyId=" + espoo, []int{1, 4}},
		{"", "partyId=" + luvn + "&partyId=" + espoo, []int{1, 2, 4}},
		{"", "partyId=none", []int{3}},
		{"", "partyId=none&partyId=" + luvn, []int{2, 3}},
		{"", "postId=" + f.Post["luvn_family_head"].String(), []int{2, 4}},
		{"", "postId=none", []int{3}},
		{"", "leadPostId=" + f.Post["luvn_family_head"].String(), []int{2}},
		{"", "goalId=" + goal.ID.String(), []int{1, 2}},
		{"", "goalId=none", []int{4, 3}}, // to the public the goal of 3 does not exist
		{"espoo reader", "goalId=none", []int{4}},
		{"", "goalId=" + hidden.ID.String(), []int{}},
		{"espoo reader", "goalId=" + hidden.ID.String(), []int{2, 3}},
		{"", "themeId=" + f.Theme["children_youth"].String(), []int{1, 2}},
		{"", "themeId=" + f.Theme["older"].String() + "&themeId=none", []int{4, 3}},
		{"", "chainId=none&stageId=none&forumId=none&outcomeId=none&districtId=none", []int{1, 2, 4, 3}},
		{"", "chainId=" + f.Plan.String(), []int{}},
		{"", "targetGroupId=" + group.String(), []int{1, 4}},
		{"", "targetGroupId=none", []int{2, 3}},
		{"", "dueTo=2026-12-10", []int{1, 2}},
		{"", "dueFrom=2026-12-10", []int{2, 4}},
		{"", "dueFrom=2026-12-10&dueTo=2026-12-31", []int{2}},
		{"", "q=mieli", []int{1}},
		{"", "q=perhetyo", []int{2}}, // nearly so
		{"", "q=" + url.QueryEscape("%"), []int{2}},
		{"", "q=_", []int{3}},
		{"", "q=4", []int{4}},
		{"espoo manager", "mine=true", []int{1}},
		{"luvn reader", "mine=true", []int{4}},
		{"luvn manager", "mine=true", []int{2}}, // support is not one's own work
	} {
		if got := listed(e, tt.as, tt.query); !slices.Equal(got, tt.want) {
			t.Errorf("%q ?%s: %v, want %v", tt.as, tt.query, got, tt.want)
		}
	}
	page := apitest.As[api.List[api.ActionSummary]](e.As("").Get("/actions?limit=1&count=exact&condition=late&condition=due_soon").Want(200))
	if page.Total == nil || *page.Total != 2 || page.NextCursor == "" {
		t.Errorf("page %+v", page)
	}
	second := apitest.As[api.List[api.ActionSummary]](e.As("").Get("/actions?limit=1&condition=late&condition=due_soon&cursor=" + page.NextCursor).Want(200))
	if len(second.Items) != 1 || second.Items[0].No != 2 || second.NextCursor != "" || len(second.Items[0].Goals) != 1 {
		t.Errorf("second page %+v", second)
	}
	e.Advance(61 * 24 * time.Hour)
	if got := listed(e, "", "condition=stale"); !slices.Equal(got, []int{4, 3}) {
		t.Errorf("stale after 61 days: %v", got)
	}
	if got := listed(e, "", "condition=stale&asOf=2026-11-23"); len(got) != 0 {
		t.Errorf("stale then: %v", got)
	}
}

// Topology: action 1 public, led by Espoo's education head and shared by LUVN's
// family head, supported by LUVN's older head. Each party reports for itself.
func TestActionStatusOfEachParty(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := actionInput(f, "Yhteinen malli", "esp_education_head", "2027-06-04")
	in["responsibilities"] = append(in["responsibilities"].([]apitest.JSON),
		apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "shared"}, apitest.JSON{"postId": f.Post["luvn_older_head"], "part": "support"})
	a := createAction(e, "espoo coordinator", in)
	espoo, luvn := f.Party["espoo"], f.Party["luvn"]
	check := func(when string, a api.Action, status action.Status, progress int, differ bool, code action.ReconciliationCode, confirmed string, own ...string) {
		t.Helper()
		var got []string
		for _, p := range a.PartyStatuses {
			got = append(got, fmt.Sprintf("%v %s %d", p.Own, p.Status, p.Progress))
		}
		if a.Status != status || a.Progress != progress || a.StatusesDiffer != differ || a.Reconciliation.Code != code || a.ConfirmedOn.String() != confirmed || !slices.Equal(got, own) {
			t.Errorf("%s: %s at %d, differ %v, %s, confirmed %s; %q", when, a.Status, a.Progress, a.StatusesDiffer, a.Reconciliation.Code, a.ConfirmedOn, got)
		}
	}
	check("new", a, action.NotStarted, 0, false, action.ReconciledSilent, "2026-11-23", "false not_started 0", "false not_started 0")
	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Malli"}, "text": apitest.JSON{"fi": "Valmis"}}).Want(200))
	check("Espoo alone", a, action.Done, 100, false, action.ReconciledSilent, "2026-11-24", "true done 100", "false done 100")
	e.Advance(24 * time.Hour)
	report(e, "luvn manager", a, apitest.JSON{"status": "in_progress", "progress": 45}).WantProblem(422, "validation_failed") // leaves what it went with
	a = apitest.As[api.Action](report(e, "luvn manager", a, apitest.JSON{"status": "in_progress", "progress": 45, "reason": "käyttöönotto jatkuu", "text": apitest.JSON{"fi": "Sisäinen"}, "public": false}).Want(200))
	check("both", a, action.InProgress, 72, true, action.ReconciledInProgress, "2026-11-25", "true done 100", "true in_progress 45")
	if a.PartyStatuses[0].PartyID != espoo || a.PartyStatuses[1].PartyID != luvn || a.PartyStatuses[1].Text.FI != "Sisäinen" || a.PartyStatuses[1].ReportedOn.String() != "2026-11-25" || *a.PartyStatuses[1].PostID != f.Post["luvn_family_head"] {
		t.Errorf("%+v", a.PartyStatuses)
	}
	if public := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200)); public.PartyStatuses[0].Text.FI != "Valmis" || public.PartyStatuses[1].Text != nil {
		t.Errorf("the public reads %+v", public.PartyStatuses)
	}
	if s := apitest.As[api.List[api.ActionSummary]](e.As("luvn manager").Get("/actions").Want(200)).Items[0]; !s.StatusesDiffer || slices.Contains(s.ReasonStatuses, action.InProgress) {
		t.Errorf("the list: %+v", s)
	}
	if s := apitest.As[api.List[api.ActionSummary]](e.As("espoo manager").Get("/actions").Want(200)).Items[0]; !slices.Contains(s.ReasonStatuses, action.InProgress) {
		t.Errorf("Espoo, done, leaves it without a reason: %v", s.ReasonStatuses)
	}
	var changes []domain.Change
	e.Row(`select v.changes from audit_entry e join audit_value v on v.entry_id = e.id where e.subject_kind = 'action' and e.subject_version = 3`, &changes)
	if !slices.ContainsFunc(changes, func(c domain.Change) bool {
		said, _ := c.New.(map[string]any)
		return c.Field == "partyStatus" && said["partyId"] == luvn.String() && said["status"] == "in_progress" && said["progress"] == 45.0
	}) {
		t.Errorf("the log: %+v", changes)
	}

	// The past, a confirmation by the one and by the other, and who has a say.
	past := apitest.As[api.Action](e.As("").Get("/actions/1?asOf=2026-11-24").Want(200))
	check("then", past, action.Done, 100, false, action.ReconciledSilent, "2026-11-24", "true done 100", "false done 100")
	confirm := func(as string) apitest.Response {
		return e.As(as).Post("/actions/"+a.ID.String()+"/confirmation", nil, "If-Match", etagOf(a))
	}
	if p := confirm("espoo manager").WantProblem(409, "action_closed"); p.State != "done" {
		t.Errorf("state %q", p.State)
	}
	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](confirm("luvn coordinator").Want(200))
	check("confirmed", a, action.InProgress, 72, true, action.ReconciledInProgress, "2026-11-26", "true done 100", "true in_progress 45")
	if rep := a.PartyStatuses[1]; rep.ReportedOn.String() != "2026-11-25" {
		t.Errorf("a confirmation forgot the report: %+v", rep)
	}

	// When LUVN, which had accepted, no longer shares it, what Espoo says is the status.
	answerAll(e, "luvn coordinator", "accepted")
	a = apitest.As[api.Action](e.As("luvn coordinator").Get("/actions/1").Want(200))
	in["responsibilities"] = in["responsibilities"].([]apitest.JSON)[:1]
	e.As("luvn coordinator").Put("/actions/"+a.ID.String(), etagOf(a), in).Want(200)
	answerAll(e, "espoo coordinator", "accepted")
	e.Advance(24 * time.Hour)
	a = apitest.As[api.Action](e.As("").Get("/actions/1").Want(200))
	check("Espoo's own", a, action.Done, 100, false, action.ReconciledSingle, "2026-11-24", "true done 100")
	report(e, "luvn manager", a, apitest.JSON{"status": "in_progress", "reason": "x"}).WantProblem(403, "forbidden")
}

// Both parties report at once, over and over: each is told of the other's report
// and says its own again, and neither is lost.
func TestActionPartiesReportAtOnce(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := actionInput(f, "Yhteinen", "esp_education_head", "")
	in["responsibilities"] = append(in["responsibilities"].([]apitest.JSON), apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "shared"})
	createAction(e, "espoo coordinator", in)
	var wg sync.WaitGroup
	for i, who := range []string{"espoo manager", "luvn manager"} {
		wg.Go(func() {
			for n := 1; n <= 5; n++ {
				for {
					a := apitest.As[api.Action](e.As(who).Get("/actions/1"))
					res := report(e, who, a, apitest.JSON{"status": "in_progress", "progress": 10*n + i})
					if res.StatusCode == 200 {
						break
					}
					if res.StatusCode != 412 {
						t.Errorf("%s: %d", who, res.StatusCode)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	a := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200))
	if a.Version != 11 || a.Progress != 50 || len(a.PartyStatuses) != 2 || a.PartyStatuses[0].Progress != 50 || a.PartyStatuses[1].Progress != 51 {
		t.Errorf("version %d at %d: %+v", a.Version, a.Progress, a.PartyStatuses)
	}
}

// A responsibility that has ended, and an action that is gone, are there in the past.
func TestActionPastWithDeletionsAndEndedResponsibilities(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	hold(e, f, "esp_education_head", "espoo", "2025-01-01")
	a := createAction(e, "espoo coordinator", actionInput(f, "Siirtyy", "esp_education_head", ""))
	createAction(e, "espoo coordinator", actionInput(f, "Poistuu", "", ""))
	e.Advance(48 * time.Hour)
	e.As("espoo coordinator").Put("/actions/"+a.ID.String(), etagOf(a), actionInput(f, "Siirtyi", "luvn_family_head", "")).Want(200)
	if waits := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200)); waits.Lead.Title.FI != "esp_education_head" || waits.LeadStanding != domain.Reopened {
		t.Errorf("the lead before LUVN has answered: %s, %s", waits.Lead.Title.FI, waits.LeadStanding)
	}
	answerAll(e, "luvn coordinator", "accepted")
	e.Exec(`delete from action where no = 2`)

	if got := listed(e, "", "sort=no"); !slices.Equal(got, []int{1}) {
		t.Errorf("now %v", got)
	}
	if got := listed(e, "", "sort=no&asOf=2026-11-24"); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("then %v", got)
	}
	e.As("").Get("/actions/2?asOf=2026-11-24").Want(200)
	now := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200))
	then := apitest.As[api.Action](e.As("").Get("/actions/1?asOf=2026-11-24").Want(200))
	if now.Lead.Title.FI != "luvn_family_head" || then.Lead.Title.FI != "esp_education_head" {
		t.Errorf("lead now %s, then %s", now.Lead.Title.FI, then.Lead.Title.FI)
	}
	if len(now.Condition.Flags) != 1 || len(then.Condition.Flags) != 0 {
		t.Errorf("flags now %v, then %v", now.Condition.Flags, then.Condition.Flags)
	}
	espoo := "partyId=" + f.Party["espoo"].String()
	if got := listed(e, "", espoo); len(got) != 0 {
		t.Errorf("Espoo leads %v now", got)
	}
	if got := listed(e, "", espoo+"&asOf=2026-11-24"); !slices.Equal(got, []int{1}) {
		t.Errorf("Espoo led %v then", got)
	}
}

// The outcome behind an action is told to those who may read the meeting's
// papers: nobody but its forum while it is in progress, everybody once published.
func TestActionOrigin(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	var forum domain.ForumID
	var meeting domain.MeetingID
	var item domain.AgendaItemID
	var outcome domain.OutcomeID
	forum.SetNew(domain.UUIDv7)
	meeting.SetNew(domain.UUIDv7)
	item.SetNew(domain.UUIDv7)
	outcome.SetNew(domain.UUIDv7)
	e.Exec(`insert into forum (id, key, title_fi, title_sv, title_en, purpose_fi, purpose_sv, purpose_en, level, reach, paper, meetings_per_year, valid_from, visibility, version, created_at, updated_at)
values ($1, 'forum', 'Ryhmä', 'Grupp', 'Group', 'x', 'x', 'x', 'thematic', 'bilateral', 'memo', 4, '2025-01-01', 'public', 1, $2, $2)`, forum, e.Now())
	e.Exec(`insert into meeting (id, forum_id, year, number, starts_at, ends_at, status, called_at, visibility, version, created_at, updated_at)
values ($1, $2, 2026, 4, '2026-11-05T07:00:00Z', '2026-11-05T09:00:00Z', 'in_progress', '2026-10-29T07:00:00Z', 'public', 1, $3, $3)`, meeting, forum, e.Now())
	e.Exec(`insert into agenda_item (id, meeting_id, position, agenda_no, section, title_fi, title_sv, title_en, visibility, version, created_at, updated_at)
values ($1, $2, 'a', 3, 14, 'Asia', 'Ärende', 'Item', 'public', 1, $3, $3)`, item, meeting, e.Now())
	e.Exec(`insert into outcome (id, agenda_item_id, no, type, text_fi, text_sv, text_en, recorded_at, version) values ($1, $2, 1, 'decision', 'Päätettiin', 'Beslöts', 'Decided', $3, 1)`, outcome, item, e.Now())
	createAction(e, "espoo coordinator", actionInput(f, "Kokouksesta", "esp_education_head", ""))
	e.Exec(`update action set outcome_id = $1`, outcome)
	e.Name("member", domain.Actor{PersonID: newPerson(), PostID: f.Post["luvn_older_head"], PartyID: f.Party["luvn"], Forums: []domain.ForumID{forum}})

	origin := func(as string) *api.ActionOrigin {
		return apitest.As[api.Action](e.As(as).Get("/actions/1").Want(200)).Origin
	}
	for as, want := range map[string]bool{"": false, "espoo reader": false, "espoo manager": false, "member": true, "espoo coordinator": true, "auditor": true} {
		if got := origin(as); (got != nil) != want {
			t.Errorf("%q sees the origin %+v of a meeting in progress", as, got)
		}
	}
	e.Exec(`update meeting set status = 'published', published_at = '2026-11-20T07:00:00Z'`)
	for _, as := range []string{"", "espoo reader", "member"} {
		o := origin(as)
		if o == nil || o.Number != 4 || o.Year != 2026 || *o.Section != 14 || o.HeldOn.String() != "2026-11-05" || o.Forum.Title.SV != "Grupp" {
			t.Errorf("%q sees the origin %+v", as, o)
		}
	}
	if got := listed(e, "", "outcomeId="+outcome.String()); !slices.Equal(got, []int{1}) {
		t.Errorf("from the outcome: %v", got)
	}
	e.Exec(`update agenda_item set visibility = 'internal', visibility_ground = 'x'`)
	if origin("") != nil || origin("espoo reader") == nil {
		t.Error("an internal item shows to the public, or not to staff")
	}
}

func newPerson() (id domain.PersonID) {
	id.SetNew(domain.UUIDv7)
	return id
}
