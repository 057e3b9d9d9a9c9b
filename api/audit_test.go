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

func entries(r apitest.Response) []api.AuditEntry {
	return apitest.As[api.List[api.AuditEntry]](r.Want(200)).Items
}

func change(e api.AuditEntry, field string) (api.AuditChange, bool) {
	i := slices.IndexFunc(e.Changes, func(c api.AuditChange) bool { return c.Field == field })
	if i < 0 {
		return api.AuditChange{}, false
	}
	return e.Changes[i], true
}

// Topology: Espoo's coordinator creates a public goal, LUVN's changes it, Espoo's
// creates an internal one.
func TestAuditLogTellsWhoDidWhat(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	first := e.As("espoo coordinator").Post("/goals", bareGoal(f, "Vanha", "public")).Want(201)
	goal := apitest.As[api.Goal](first)
	e.Advance(24 * time.Hour)
	in := bareGoal(f, "Uusi", "public")
	in["themeId"] = f.Theme["older"]
	e.As("luvn coordinator").Change("/goals/"+goal.ID.String(), first.ETag(), in).Want(200)
	e.As("espoo coordinator").Post("/goals", bareGoal(f, "Sisäinen", "internal")).Want(201)

	all := entries(e.As("auditor").Get("/audit/entries?subjectKind=goal"))
	if len(all) != 3 || all[0].Subject.Path != "/goals/2" || all[2].Permission != domain.GoalCreate {
		t.Fatalf("the log: %+v", all)
	}
	got := all[1]
	if got.Permission != domain.GoalEdit || got.Version != 2 || got.Subject.ID.UUID != goal.ID.UUID || got.Subject.Title.FI != "Uusi" ||
		got.Post.Title.FI != "luvn_coordinator" || *got.PartyID != f.Party["luvn"] || got.PersonID == nil || got.RequestID == "" || !got.At.Equal(e.Now()) {
		t.Errorf("the entry of the change: %+v", got)
	}
	var fields []string
	for _, c := range got.Changes {
		fields = append(fields, c.Field)
	}
	if want := []string{"themeId", "title"}; !slices.Equal(fields, want) {
		t.Errorf("changed fields %v, want %v", fields, want)
	}
	if c, _ := change(got, "title"); c.Old.(map[string]any)["fi"] != "Vanha" || c.New.(map[string]any)["fi"] != "Uusi" {
		t.Errorf("values of the title: %+v", c)
	}
	if l := got.Labels[f.Theme["older"].String()]; l.Title.FI != "older" {
		t.Errorf("the theme is not named: %+v", got.Labels)
	}

	// The change was a draft: 1 created, 2 drafted, 3 changed, 4 published; 5 is the other goal.
	today, yesterday := domain.DateOf(e.Now()).String(), domain.DateOf(e.Now().Add(-24*time.Hour)).String()
	for query, want := range map[string][]int64{
		"partyId=" + f.Party["luvn"].String():          {4, 3, 2},
		"postId=" + f.Post["esp_coordinator"].String(): {5, 1},
		"postId=none":          nil,
		"permission=goal.edit": {3},
		"permission=goal.edit&permission=goal.create":         {5, 3, 1},
		"subjectId=" + goal.ID.String():                       {4, 3, 2, 1},
		"subjectKind=goal&subjectId=" + goal.ID.String():      {4, 3, 2, 1},
		"subjectKind=chain":                                   nil,
		"from=" + today:                                       {5, 4, 3, 2},
		"to=" + yesterday:                                     {1},
		"from=" + yesterday + "&to=" + yesterday + "&sort=at": {1},
		"personId=" + got.PersonID.String():                   {4, 3, 2},
		"personId=none":                                       nil,
		"sort=at":                                             {1, 2, 3, 4, 5},
	} {
		var ids []int64
		for _, entry := range entries(e.As("auditor").Get("/audit/entries?" + query)) {
			ids = append(ids, entry.ID-all[2].ID+1)
		}
		if !slices.Equal(ids, want) {
			t.Errorf("%s: entries %v, want %v", query, ids, want)
		}
	}
	var paged []int64
	cursor := ""
	for {
		page := apitest.As[api.List[api.AuditEntry]](e.As("auditor").Get("/audit/entries?limit=1&count=exact&cursor=" + cursor).Want(200))
		paged = append(paged, page.Items[0].ID)
		if *page.Total != 5 {
			t.Errorf("total %d", *page.Total)
		}
		if cursor = page.NextCursor; cursor == "" {
			break
		}
	}
	if !slices.Equal(paged, []int64{all[0].ID, all[1].ID + 1, all[1].ID, all[1].ID - 1, all[2].ID}) {
		t.Errorf("paged %v", paged)
	}
	for query, code := range map[string]string{"subjectId=none": "id_malformed", "from=yesterday": "date_malformed", "sort=id": "unknown_sort_key", "postId=1": "id_malformed"} {
		p := e.As("auditor").Get("/audit/entries?"+query).WantProblem(422, "validation_failed")
		if len(p.Errors) != 1 || p.Errors[0].Code != code {
			t.Errorf("%s: errors %v, want %s", query, p.Errors, code)
		}
	}
}

// bareGoal is a goal that no post has a part in: each part has an entry of its own.
func bareGoal(f *apitest.Fixture, title, visibility string) apitest.JSON {
	return without(goalInput(f, title, visibility), "responsibilities")
}

// Auditors read all entries, other staff those of content, without persons; the
// public only those of one public goal or action that it names.
func TestAuditLogVisibleSet(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	public := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", bareGoal(f, "Julkinen", "public")).Want(201))
	internal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", bareGoal(f, "Sisäinen", "internal")).Want(201))
	e.Exec(`insert into audit_entry (at, origin, permission, subject_kind, subject_id, subject_version, values_hash)
	        values ($1, 'operator', 'grant.create', 'grant', gen_random_uuid(), 1, '')`, e.Now())
	for name, want := range map[string]int{"auditor": 3, "espoo coordinator": 2, "luvn coordinator": 2, "espoo manager": 2, "luvn manager": 2,
		"espoo reader": 2, "luvn reader": 2, "espoo administrator": 2, "luvn administrator": 2} {
		got := entries(e.As(name).Get("/audit/entries"))
		if len(got) != want {
			t.Errorf("%s reads %d entries, want %d", name, len(got), want)
		}
		if name == "auditor" {
			continue
		}
		for _, entry := range got {
			if entry.PersonID != nil {
				t.Errorf("%s is told the person", name)
			}
		}
		e.As(name).Get("/audit/entries?personId=none").WantProblem(403, "forbidden")
	}
	e.Name("without role", domain.Actor{PersonID: domain.PersonID{UUID: domain.UUIDv7()}})
	e.As("without role").Get("/audit/entries").WantProblem(403, "forbidden")
	for _, query := range []string{"", "?subjectKind=goal", "?subjectId=" + public.ID.String(), "?subjectKind=goal&subjectId=" + internal.ID.String(),
		"?subjectKind=theme&subjectId=" + f.Theme["older"].String(),
		fmt.Sprintf("?subjectKind=goal&subjectId=%s&subjectId=%s", public.ID, internal.ID),
		fmt.Sprintf("?subjectKind=goal&subjectKind=grant&subjectId=%s", public.ID),
		fmt.Sprintf("?subjectKind=goal&subjectId=%s&personId=none", public.ID)} {
		e.As("").Get("/audit/entries"+query).WantProblem(401, "sign_in_required")
	}
	if got := entries(e.As("").Get("/audit/entries?subjectKind=goal&subjectId=" + public.ID.String())); len(got) != 1 || got[0].PersonID != nil || got[0].Withheld {
		t.Errorf("the public reads %+v", got)
	}
}

// A goal goes internal, public, internal, public: the public never reads a value
// of an internal version, nor the reason given there.
func TestAuditLogNeverLeaksInternalVersions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	last := c.Post("/goals", goalInput(f, "salaisuus1", "internal")).Want(201)
	id := apitest.As[api.Goal](last).ID.String()
	path := "/audit/entries?subjectKind=goal&subjectId=" + id
	for i, visibility := range []string{"public", "internal", "public"} {
		e.As("").Get(path).Want(map[string]int{"public": 401, "internal": 200}[visibility])
		e.Advance(time.Hour)
		title := fmt.Sprintf("%s%d", map[string]string{"public": "avoin", "internal": "salaisuus"}[visibility], i+2)
		change := c.Change
		if i == 0 { // its first publication
			change = c.Put
		}
		last = change("/goals/"+id, last.ETag(), goalInput(f, title, visibility)).Want(200)
	}
	r := e.As("").Get(path).Want(200)
	if strings.Contains(string(r.Bytes), "salaisuus") || strings.Contains(string(r.Bytes), "keskeneräinen") {
		t.Errorf("an internal value is public:\n%s", r.Bytes)
	}
	got := entries(r)
	var shown []string
	for _, entry := range got {
		title := "-"
		if c, ok := change(entry, "title"); ok {
			title = c.New.(map[string]any)["fi"].(string)
		}
		shown = append(shown, title)
		if !entry.Withheld {
			t.Errorf("version %d does not say that something is withheld", entry.Version)
		}
	}
	if want := []string{"avoin4", "-", "avoin2", "-"}; !slices.Equal(shown, want) {
		t.Errorf("titles %v, want %v", shown, want)
	}
	if staff := e.As("luvn reader").Get(path).Want(200); !strings.Contains(string(staff.Bytes), "salaisuus3") {
		t.Error("staff do not read the internal versions")
	}
}

// Who comes too late is told who was first, when, and what they changed.
func TestStaleProblemTellsWhatChanged(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	first := e.As("espoo coordinator").Post("/goals", bareGoal(f, "Yksi", "internal")).Want(201)
	path := "/goals/" + apitest.As[api.Goal](first).ID.String()
	e.Advance(time.Minute)
	second := e.As("luvn coordinator").Put(path, first.ETag(), bareGoal(f, "Kaksi", "internal")).Want(200)
	e.Advance(time.Minute)
	in := bareGoal(f, "Kaksi", "internal")
	in["cases"] = []apitest.JSON{}
	e.As("luvn coordinator").Put(path, second.ETag(), in).Want(200)
	p := e.As("espoo coordinator").Put(path, first.ETag(), bareGoal(f, "Kolme", "internal")).WantProblem(412, "stale_version")
	if p.Changed == nil || !p.Changed.At.Equal(e.Now()) || p.Changed.Post.FI != "luvn_coordinator" || p.Changed.Party != "luvn" ||
		!slices.Equal(p.Changed.Fields, []string{"title", "references"}) {
		t.Errorf("changed: %+v", p.Changed)
	}
	if current := p.Current.(map[string]any); current["version"] != 3.0 || current["no"] != 1.0 {
		t.Errorf("current: %v", current)
	}

	chain := e.As("espoo coordinator").Post("/chains", chainInput(f, "chain", "internal")).Want(201)
	in = without(chainInput(f, "chain", "internal"), "key")
	path = "/chains/" + apitest.As[api.Chain](chain).ID.String()
	stages := in["stages"].([]apitest.JSON)
	for i, s := range apitest.As[api.Chain](chain).Stages {
		stages[i]["id"] = s.ID
	}
	stages[1]["title"] = apitest.JSON{"fi": "Heti sitten"}
	stages[2]["responsibilities"] = []apitest.JSON{{"postId": f.Post["luvn_family_head"], "part": "shared"}}
	e.As("luvn coordinator").Put(path, chain.ETag(), in).Want(200)
	p = e.As("espoo coordinator").Put(path, chain.ETag(), in).WantProblem(412, "stale_version")
	if p.Changed == nil || !slices.Equal(p.Changed.Fields, []string{"stage", "responsibility"}) {
		t.Errorf("changed: %+v", p.Changed)
	}
}

// The public reads that a status was reported, but not the words of a report
// that is not public.
func TestAuditLogWithholdsInternalReports(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := createAction(e, "espoo manager", actionInput(f, "Teko", "esp_education_head", "2027-06-04"))
	a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "public": false, "reason": "salaisuus", "text": apitest.JSON{"fi": "salaisuus"}}).Want(200))
	e.Advance(time.Minute)
	report(e, "espoo manager", a, apitest.JSON{"status": "in_progress", "progress": 50, "text": apitest.JSON{"fi": "avoin"}}).Want(200)
	path := "/audit/entries?subjectKind=action&subjectId=" + a.ID.String()
	r := e.As("").Get(path)
	got := entries(r)
	if strings.Contains(string(r.Bytes), "salaisuus") || !strings.Contains(string(r.Bytes), "avoin") || len(got) != 3 {
		t.Errorf("the public reads:\n%s", r.Bytes)
	}
	if c, ok := change(got[1], "status"); !ok || c.New != "in_progress" || !got[1].Withheld || got[0].Withheld {
		t.Errorf("the entry of the internal report: %+v", got[1])
	}
	if !strings.Contains(string(e.As("luvn reader").Get(path).Want(200).Bytes), "salaisuus") {
		t.Error("staff do not read the internal report")
	}
}
