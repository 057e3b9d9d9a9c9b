package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/savedview"
)

func viewInput(name, sharing string, query apitest.JSON) apitest.JSON {
	return apitest.JSON{"page": "actions", "name": apitest.JSON{"fi": name}, "sharing": sharing, "query": query}
}

func saveView(e *apitest.Env, as, name, sharing string) api.SavedView {
	e.T.Helper()
	return apitest.As[api.SavedView](e.As(as).Post("/saved-views", viewInput(name, sharing, apitest.JSON{"condition": []string{"late"}})).Want(201))
}

// changeOf is what a view is, as its change is sent.
func changeOf(v api.SavedView, sharing string) apitest.JSON {
	return apitest.JSON{"name": v.Name, "sharing": sharing, "query": v.Query}
}

// Topology: the manager of Espoo's schools has a view of their own and one that is
// shared with Espoo; LUVN's reader one of their own; Espoo's coordinator one for
// everybody.
func TestSavedViewsVisibleSetAndPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	own := saveView(e, "espoo manager", "A omat", "own")
	party := saveView(e, "espoo manager", "B Espoon", "party")
	saveView(e, "luvn reader", "C LUVN", "own")
	everybody := saveView(e, "espoo coordinator", "D kaikkien", "everybody")

	names := func(as, query string) (out []string) {
		for _, v := range apitest.As[api.List[api.SavedView]](e.As(as).Get("/saved-views?" + query).Want(200)).Items {
			out = append(out, v.Name.FI[:1])
		}
		return out
	}
	for as, want := range map[string]string{"espoo manager": "A B D", "espoo coordinator": "B D", "espoo reader": "B D", "espoo administrator": "B D",
		"luvn coordinator": "D", "luvn manager": "D", "luvn reader": "C D", "auditor": "D", "": "D"} {
		if got := strings.Join(names(as, ""), " "); got != want {
			t.Errorf("%q has %s, want %s", as, got, want)
		}
	}
	if got := names("espoo manager", "sharing=own&sharing=party&page=actions"); !slices.Equal(got, []string{"A", "B"}) {
		t.Errorf("own and the party's: %v", got)
	}
	if got := names("espoo manager", "page=goals"); len(got) != 0 {
		t.Errorf("of goals: %v", got)
	}
	path := func(v api.SavedView) string { return "/saved-views/" + v.ID.String() }
	e.As("espoo coordinator").Get(path(own)).WantProblem(404, "saved_view_not_found")
	e.As("luvn coordinator").Get(path(party)).WantProblem(404, "saved_view_not_found")
	e.As("").Get(path(party)).WantProblem(404, "saved_view_not_found")
	read := apitest.As[api.SavedView](e.As("").Get(path(everybody)).Want(200))
	if read.Mine || len(read.Permissions) != 0 || read.Rows != "/api/v1/actions?condition=late" || read.Address != "/views/"+read.ID.String() {
		t.Errorf("%+v", read)
	}

	edit, publish := domain.SavedViewEdit, domain.SavedViewPublish
	for _, tt := range []struct {
		as   string
		v    api.SavedView
		want []domain.Permission
	}{
		{"espoo manager", own, []domain.Permission{edit}}, {"espoo manager", party, []domain.Permission{edit}}, {"espoo manager", everybody, nil},
		{"espoo coordinator", party, []domain.Permission{edit, publish}}, {"espoo coordinator", everybody, []domain.Permission{edit, publish}},
		{"espoo reader", party, nil}, {"luvn coordinator", everybody, nil}, {"auditor", everybody, nil},
	} {
		got := apitest.As[api.SavedView](e.As(tt.as).Get(path(tt.v)).Want(200)).Permissions
		if !slices.Equal(got, tt.want) && len(got)+len(tt.want) > 0 {
			t.Errorf("%q has %v on %s", tt.as, got, tt.v.Name.FI)
		}
	}

	one := etag(1)
	e.As("").Post("/saved-views", viewInput("x", "own", apitest.JSON{})).WantProblem(401, "sign_in_required")
	e.As("espoo manager").Post("/saved-views", viewInput("x", "everybody", apitest.JSON{})).WantProblem(403, "forbidden")
	e.As("espoo reader").Put(path(party), one, changeOf(party, "party")).WantProblem(403, "forbidden")
	e.As("luvn coordinator").Put(path(everybody), one, changeOf(everybody, "everybody")).WantProblem(403, "forbidden")
	e.As("espoo manager").Put(path(party), one, changeOf(party, "everybody")).WantProblem(403, "forbidden")
	e.As("luvn coordinator").Put(path(own), one, changeOf(own, "own")).WantProblem(404, "saved_view_not_found")
	e.As("espoo coordinator").Put(path(party), one, changeOf(party, "own")).WantProblem(422, "validation_failed")
	e.As("espoo coordinator").Put(path(party), "", changeOf(party, "party")).WantProblem(428, "if_match_required")

	// Once a coordinator has given it to everybody its owner does not change it any more.
	public := apitest.As[api.SavedView](e.As("espoo coordinator").Put(path(party), one, changeOf(party, "everybody")).Want(200))
	if public.Version != 2 || public.Mine || strings.Join(names("", ""), " ") != "B D" {
		t.Errorf("%+v", public)
	}
	e.As("espoo manager").Put(path(party), etag(2), changeOf(party, "own")).WantProblem(403, "forbidden")
	p := e.As("espoo coordinator").Put(path(party), one, changeOf(party, "party")).WantProblem(412, "stale_version")
	if p.Current == nil || p.Changed == nil {
		t.Errorf("stale: %+v", p)
	}

	// What is withdrawn is nobody's, and the log knows.
	e.As("espoo reader").Post(path(everybody)+"/withdrawal", nil, "If-Match", one).WantProblem(403, "forbidden")
	e.As("espoo manager").Post(path(own)+"/withdrawal", nil, "If-Match", etag(4)).WantProblem(412, "stale_version")
	e.As("espoo manager").Post(path(own)+"/withdrawal", nil, "If-Match", one).Want(204)
	e.As("espoo manager").Get(path(own)).WantProblem(404, "saved_view_not_found")
	e.As("espoo manager").Post(path(own)+"/withdrawal", nil, "If-Match", etag(2)).WantProblem(404, "saved_view_not_found")
	var entries, seen int
	e.Row(`select count(*) from audit_entry where subject_kind = 'saved_view' and subject_id = '`+own.ID.String()+`'`, &entries)
	if entries != 2 {
		t.Errorf("%d entries of a view that was made and withdrawn", entries)
	}
	for _, as := range []string{"espoo reader", "espoo coordinator"} { // nobody reads in the log what one looks at
		for _, entry := range apitest.As[api.List[api.AuditEntry]](e.As(as).Get("/audit/entries?limit=200").Want(200)).Items {
			if entry.Subject.Kind == domain.SubjectSavedView {
				seen++
			}
		}
	}
	if seen != 0 {
		t.Errorf("%d entries of views in the log", seen)
	}
}

// The list refuses a parameter: so does the view. The address of its rows gives
// what the list gives.
func TestSavedViewHasTheParametersOfItsList(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	createAction(e, "espoo coordinator", actionInput(f, "Yksi", "esp_education_head", "2026-10-01"))
	createAction(e, "espoo coordinator", actionInput(f, "Kaksi", "esp_education_head", "2027-10-01"))
	two := actionInput(f, "Kolme", "luvn_family_head", "2026-09-01")
	createAction(e, "luvn coordinator", two)
	for query, want := range map[string]domain.FieldError{
		"nonsense":  {Pointer: "/query/nonsense", Code: "unknown_parameter"},
		"limit":     {Pointer: "/query/limit", Code: "unknown_parameter"},
		"asOf":      {Pointer: "/query/asOf", Code: "unknown_parameter"},
		"condition": {Pointer: "/query/condition", Code: "invalid"},
		"view":      {Pointer: "/query/view", Code: "not_allowed"},
		"unowned":   {Pointer: "/query/unowned", Code: "invalid"},
	} {
		p := e.As("espoo reader").Post("/saved-views", viewInput("x", "own", apitest.JSON{query: []string{"nothing"}})).WantProblem(422, "validation_failed")
		if !slices.Contains(p.Errors, want) {
			t.Errorf("%s: %v", query, p.Errors)
		}
	}
	v := apitest.As[api.SavedView](e.As("espoo coordinator").Post("/saved-views", viewInput("Myöhässä", "everybody", apitest.JSON{
		"condition": []string{"late", "paused"}, "sort": []string{"-dueOn,no"}, "partyId": []any{f.Party["espoo"], f.Party["luvn"]}, "columns": []string{"title", "due"}})).Want(201))
	rows := apitest.As[api.List[api.ActionSummary]](e.As("").Get(strings.TrimPrefix(v.Rows, "/api/v1")).Want(200))
	var nos []int
	for _, a := range rows.Items {
		nos = append(nos, a.No)
	}
	if !slices.Equal(nos, []int{1, 3}) || strings.Contains(v.Rows, "columns") || len(v.Query["columns"]) != 2 {
		t.Errorf("%s gives %v, query %v", v.Rows, nos, v.Query)
	}
	kept := apitest.As[api.SavedView](e.As("espoo coordinator").Post("/saved-views", viewInput("Vaarassa", "own", apitest.JSON{
		"atRisk": []string{"true"}, "withdrawn": []string{"true"}, "phaseId": []string{"none"}, "sort": []string{"phase,dueOn"}, "group": []string{"phase"}})).Want(201))
	if kept.Rows != "/api/v1/actions?atRisk=true&phaseId=none&sort=phase,dueOn&withdrawn=true" {
		t.Errorf("rows at %s", kept.Rows)
	}
	e.As("espoo coordinator").Get(strings.TrimPrefix(kept.Rows, "/api/v1")).Want(200)
	goals := apitest.As[api.SavedView](e.As("espoo reader").Post("/saved-views", apitest.JSON{"page": "goals", "name": apitest.JSON{"fi": "", "en": "Mine"}, "query": apitest.JSON{"acceptance": []string{"open"}}}).Want(201))
	if goals.Sharing != savedview.Own || goals.Rows != "/api/v1/goals?acceptance=open" {
		t.Errorf("%+v", goals)
	}
	e.As("espoo reader").Get(strings.TrimPrefix(goals.Rows, "/api/v1")).Want(200)
	e.As("espoo reader").Put("/saved-views/"+goals.ID.String(), etag(1), apitest.JSON{"name": apitest.JSON{"fi": "Omat"}, "sharing": "own", "query": apitest.JSON{"columns": []string{"no"}}}).WantProblem(422, "validation_failed")
	for i := range savedview.MaxOfSelf - 1 {
		saveView(e, "espoo reader", fmt.Sprint(i), "own")
	}
	e.As("espoo reader").Post("/saved-views", viewInput("x", "own", apitest.JSON{})).WantProblem(409, "too_many_views")
}

// Own work and the matrix have views like the lists, checked against their own
// declarations; a view of own work that is shared shows each reader their own.
func TestSavedViewsOfWorkAndMatrix(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	createAction(e, "espoo coordinator", actionInput(f, "Myöhässä", "esp_education_head", "2026-11-01"))
	createAction(e, "luvn coordinator", actionInput(f, "Myöhässä", "luvn_older_head", "2026-11-01"))
	make := func(as, page, sharing string, query apitest.JSON) apitest.Response {
		in := viewInput("Näkymä", sharing, query)
		in["page"] = page
		return e.As(as).Post("/saved-views", in)
	}
	work := apitest.As[api.SavedView](make("espoo coordinator", "my_work", "everybody", apitest.JSON{"reason": []string{"late", "stale"}, "scope": []string{"unit"}}).Want(201))
	if work.Rows != "/api/v1/me/work?reason=late&reason=stale" {
		t.Errorf("the rows of own work %q", work.Rows)
	}
	for as, no := range map[string]int{"espoo manager": 1, "luvn reader": 2} {
		w := apitest.As[api.MyWork](e.As(as).Get(strings.TrimPrefix(work.Rows, "/api/v1")).Want(200))
		if len(w.Waiting) != 1 || w.Waiting[0].Action.No != no {
			t.Errorf("%s opens it and sees %+v", as, w.Waiting)
		}
	}
	matrix := apitest.As[api.SavedView](make("espoo manager", "matrix", "party", apitest.JSON{"rows": []string{"chain"}, "standing": []string{"proposed", "declined"}, "view": []string{"list"}}).Want(201))
	if matrix.Rows != "/api/v1/matrix?rows=chain&standing=proposed&standing=declined" {
		t.Errorf("the rows of the matrix %q", matrix.Rows)
	}
	e.As("espoo manager").Get(strings.TrimPrefix(matrix.Rows, "/api/v1")).Want(200)
	for page, query := range map[string]apitest.JSON{
		"my_work": {"reason": []string{"sometime"}},
		"matrix":  {"condition": []string{"sometime"}},
	} {
		make("espoo manager", page, "own", query).WantProblem(422, "validation_failed")
	}
	make("espoo manager", "my_work", "own", apitest.JSON{"scope": []string{"party"}}).WantProblem(422, "validation_failed")
	make("espoo manager", "my_work", "own", apitest.JSON{"limit": []string{"5"}}).WantProblem(422, "validation_failed")
	make("espoo manager", "matrix", "own", apitest.JSON{"group": []string{"goal"}}).WantProblem(422, "validation_failed")
	if got := apitest.As[api.List[api.SavedView]](e.As("espoo reader").Get("/saved-views?page=my_work&page=matrix").Want(200)).Items; len(got) != 2 {
		t.Errorf("a colleague has %d", len(got))
	}
	if got := apitest.As[api.List[api.SavedView]](e.As("luvn reader").Get("/saved-views?page=matrix").Want(200)).Items; len(got) != 0 {
		t.Errorf("the other party has %d", len(got))
	}
}
