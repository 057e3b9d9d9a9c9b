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

func goalInput(f *apitest.Fixture, title string, visibility string) apitest.JSON {
	in := apitest.JSON{"planId": f.Plan, "themeId": f.Theme["children_youth"],
		"title":      apitest.JSON{"fi": title, "sv": title + " sv"},
		"visibility": visibility,
		"responsibilities": []apitest.JSON{
			{"postId": f.Post["esp_education_head"], "part": "lead"},
			{"postId": f.Post["luvn_family_head"], "part": "lead"},
		},
		"cases": []apitest.JSON{{"partyId": f.Party["espoo"], "registryNo": "DEMO 1/00.01.02/2026", "urlFi": "https://example.org/1", "urlSv": ""}},
	}
	if visibility == "internal" {
		in["visibilityGround"] = "keskeneräinen"
	}
	return in
}

// Topology: one public and one internal goal, both led by a post of each party.
// Staff of either party see both; the public sees the public one; only
// coordinators change them.
func TestGoalsVisibleSetAndPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	e.As("espoo coordinator").Post("/goals", goalInput(f, "Julkinen", "public")).Want(201)
	e.As("luvn coordinator").Post("/goals", goalInput(f, "Sisäinen", "internal")).Want(201)

	for name, want := range map[string][]int{
		"": {1}, "espoo coordinator": {1, 2}, "luvn coordinator": {1, 2}, "espoo manager": {1, 2}, "luvn manager": {1, 2},
		"espoo reader": {1, 2}, "luvn reader": {1, 2}, "auditor": {1, 2}, "espoo administrator": {1, 2}, "luvn administrator": {1, 2},
	} {
		var got []int
		for _, g := range apitest.As[api.List[api.Goal]](e.As(name).Get("/goals").Want(200)).Items {
			got = append(got, g.No)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q sees goals %v, want %v", name, got, want)
		}
	}
	e.As("").Get("/goals/2").WantProblem(404, "goal_not_found")
	for _, name := range []string{"espoo manager", "luvn reader", "auditor", "espoo administrator"} {
		e.As(name).Post("/goals", goalInput(f, "Ei", "public")).WantProblem(403, "forbidden")
		e.As(name).Put("/goals/"+goalID(e, 1), `"1"`, goalInput(f, "Ei", "public")).WantProblem(403, "forbidden")
	}
	e.As("").Post("/goals", goalInput(f, "Ei", "public")).WantProblem(401, "sign_in_required")
	if p := apitest.As[api.Goal](e.As("luvn coordinator").Get("/goals/1")).Permissions; !slices.Equal(p, []domain.Permission{domain.GoalEdit}) {
		t.Errorf("permissions %v", p)
	}
	if p := apitest.As[api.Goal](e.As("auditor").Get("/goals/1")).Permissions; len(p) != 0 {
		t.Errorf("the auditor has permissions %v", p)
	}
}

func goalID(e *apitest.Env, no int) string {
	return apitest.As[api.Goal](e.As("espoo coordinator").Get(fmt.Sprintf("/goals/%d", no)).Want(200)).ID.String()
}

func TestGoalChangeVersionsAndPast(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	first := c.Post("/goals", goalInput(f, "Ensimmäinen", "public")).Want(201)
	id := apitest.As[api.Goal](first).ID.String()
	before := e.Now()
	e.Advance(48 * time.Hour)
	in := goalInput(f, "Toinen", "public")
	in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_youth_head"], "part": "lead"}, {"postId": f.Post["luvn_family_head"], "part": "lead"}}
	in["cases"] = []apitest.JSON{}
	c.Put("/goals/"+id, first.ETag(), in).WantProblem(409, "draft_required")
	changed := c.Change("/goals/"+id, first.ETag(), in).Want(200)
	if !strings.HasPrefix(changed.ETag(), `"2-`) {
		t.Errorf("ETag %s after a change", changed.ETag())
	}
	c.Do("PUT", "/api/v1/goals/"+id, in).WantProblem(428, "if_match_required")
	p := c.Change("/goals/"+id, first.ETag(), in).WantProblem(412, "base_changed")
	if p.Current == nil {
		t.Error("no current version in the stale problem")
	}
	now := apitest.As[api.Goal](e.As("").Get("/goals/1").Want(200))
	past := apitest.As[api.Goal](e.As("").Get("/goals/1?asOf=" + domain.DateOf(before).String()).Want(200))
	if now.Title.FI != "Toinen" || past.Title.FI != "Ensimmäinen" {
		t.Errorf("now %q, then %q", now.Title.FI, past.Title.FI)
	}
	if len(now.Cases) != 0 || len(past.Cases) != 1 {
		t.Errorf("cases now %d, then %d", len(now.Cases), len(past.Cases))
	}
	if lead(past) != "esp_education_head" || lead(now) != "esp_youth_head" {
		t.Errorf("lead now %s, then %s", lead(now), lead(past))
	}
	e.As("").Get("/goals/1?asOf=2026-11-01").WantProblem(404, "goal_not_found")
	if n := len(apitest.As[api.List[api.Goal]](e.As("").Get("/goals?asOf=2026-11-01").Want(200)).Items); n != 0 {
		t.Errorf("%d goals before there was one", n)
	}
}

func lead(g api.Goal) string { return g.Responsibilities[0].Post.Title.FI }

func TestGoalBadInput(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	for name, tt := range map[string]struct {
		change  func(apitest.JSON)
		pointer string
		code    string
	}{
		"no title": {func(in apitest.JSON) { in["title"] = apitest.JSON{"fi": " "} }, "/title/fi", "required"},
		"long title": {func(in apitest.JSON) {
			in["title"] = apitest.JSON{"fi": string(make([]byte, 0)) + fmt.Sprintf("%0301d", 1)}
		}, "/title/fi", "too_long"},
		"unknown field":      {func(in apitest.JSON) { in["owner"] = 1 }, "/owner", "unknown_field"},
		"other case":         {func(in apitest.JSON) { in["Visibility"] = "public" }, "/Visibility", "unknown_field"},
		"wrong type":         {func(in apitest.JSON) { in["title"] = 5 }, "/title", "wrong_type"},
		"unknown theme":      {func(in apitest.JSON) { in["themeId"] = f.Plan }, "/themeId", "unknown"},
		"unknown post":       {func(in apitest.JSON) { in["responsibilities"] = []apitest.JSON{{"postId": f.Plan, "part": "lead"}} }, "/responsibilities", "unknown"},
		"unknown visibility": {func(in apitest.JSON) { in["visibility"] = "secret" }, "/visibility", "not_allowed"},
		"no ground":          {func(in apitest.JSON) { in["visibility"] = "internal" }, "/visibilityGround", "required"},
		"blank ground":       {func(in apitest.JSON) { in["visibility"], in["visibilityGround"] = "internal", " " }, "/visibilityGround", "required"},
		"no theme":           {func(in apitest.JSON) { delete(in, "themeId") }, "/themeId", "required"},
		"half a case":        {func(in apitest.JSON) { in["cases"] = []apitest.JSON{{"registryNo": "1"}} }, "/cases/0/partyId", "required"},
		"script as address": {func(in apitest.JSON) {
			in["cases"] = []apitest.JSON{{"partyId": f.Party["espoo"], "registryNo": "1", "urlFi": "javascript:alert(1)", "urlSv": ""}}
		}, "/cases", "url_malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			in := goalInput(f, "Tavoite", "public")
			tt.change(in)
			p := c.Post("/goals", in).WantProblem(422, "validation_failed")
			if !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
				t.Errorf("errors %v, want %s %s", p.Errors, tt.pointer, tt.code)
			}
		})
	}
	for _, etag := range []string{`"0"`, `"x"`, "*", `"2147483648"`} {
		p := c.Put("/goals/"+f.Plan.String(), etag, goalInput(f, "Tavoite", "public")).WantProblem(422, "validation_failed")
		if len(p.Errors) != 1 || p.Errors[0] != (domain.FieldError{Pointer: "If-Match", Code: "etag_malformed"}) {
			t.Errorf("If-Match %s: errors %v", etag, p.Errors)
		}
	}
	for query, code := range map[string]string{
		"sort=nothing": "unknown_sort_key", "cursor=abc": "cursor_invalid", "limit=0": "too_small", "limit=201": "too_large", "limit=x": "wrong_type",
		"colour=red": "unknown_parameter", "themeId=1": "id_malformed", "asOf=2026-02-30": "date_malformed", "asOf=2027-01-01": "in_future", "asOf=0001-01-01T00:00:00Z": "date_malformed",
	} {
		p := c.Get("/goals?"+query).WantProblem(422, "validation_failed")
		if len(p.Errors) != 1 || p.Errors[0].Code != code {
			t.Errorf("%s: errors %v, want %s", query, p.Errors, code)
		}
	}
	for body, want := range map[string]domain.FieldError{
		`{"title":{"fi":"a\u0000b"}}`:                       {Pointer: "/title/fi", Code: "character_not_allowed"},
		`{"title":{"fi":"a","fi":"b"}}`:                     {Pointer: "/title/fi", Code: "duplicate_field"},
		"{\"title\":{\"fi\":\"\xff\"}}":                     {Pointer: "", Code: "not_utf8"},
		`{"cases":[{"registryNo":"1"},{"urlFi":"\u0000"}]}`: {Pointer: "/cases/1/urlFi", Code: "character_not_allowed"},
	} {
		p := c.Post("/goals", body).WantProblem(422, "validation_failed")
		if len(p.Errors) != 1 || p.Errors[0] != want {
			t.Errorf("%q: errors %v, want %v", body, p.Errors, want)
		}
	}
	for _, address := range []string{"/goals?sort=%00", "/goals?themeId=%ff", "/goals?%00=1"} {
		if p := c.Get(address).WantProblem(422, "validation_failed"); p.Errors[0].Code != "character_not_allowed" {
			t.Errorf("%s: errors %v", address, p.Errors)
		}
	}
	c.Get("/goals?sort=%zz").WantProblem(400, "malformed")
	c.Get("/goals/%00").WantProblem(400, "malformed")
	c.Get("/goals/not-an-id").WantProblem(404, "goal_not_found")
	c.Get("/nothing").WantProblem(404, "not_found")
	c.Do("POST", "/api/v1/goals", `{"title":`).WantProblem(400, "malformed")
}

func TestGoalPaging(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	for _, title := range []string{"Äiti", "Ahven", "Zebra", "Öylätti", "Ålanti"} {
		c.Post("/goals", goalInput(f, title, "public")).Want(201)
	}
	for sort, want := range map[string][]string{
		"title":     {"Ahven", "Zebra", "Ålanti", "Äiti", "Öylätti"}, // the order of Finnish letters
		"-title":    {"Öylätti", "Äiti", "Ålanti", "Zebra", "Ahven"},
		"theme,-no": {"Ålanti", "Öylätti", "Zebra", "Ahven", "Äiti"},
	} {
		var got []string
		cursor := ""
		for {
			page := apitest.As[api.List[api.Goal]](e.As("").Get("/goals?limit=2&count=exact&sort=" + sort + "&cursor=" + cursor).Want(200))
			for _, g := range page.Items {
				got = append(got, g.Title.FI)
			}
			if page.Total == nil || *page.Total != 5 {
				t.Fatalf("total %v", page.Total)
			}
			if cursor = page.NextCursor; cursor == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("sort=%s: %v, want %v", sort, got, want)
		}
	}
}

// The work for a goal is counted as the caller may see it, in the condition of
// the day shown.
func TestGoalWork(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	g := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Tavoite", "public")).Want(201))
	for _, due := range []string{"2026-11-25", "2027-03-01", ""} {
		in := actionInput(f, "Teko "+due, "esp_education_head", due)
		in["goalIds"] = []domain.GoalID{g.ID}
		if due == "2026-11-25" {
			in["visibility"], in["visibilityGround"] = "internal", "keskeneräinen"
		}
		createAction(e, "espoo coordinator", in)
	}
	for name, want := range map[string]struct {
		nos []int
		due string
	}{"": {[]int{2, 3}, "2027-03-01"}, "luvn reader": {[]int{1, 2, 3}, "2026-11-25"}} {
		got := apitest.As[api.List[api.Goal]](e.As(name).Get("/goals").Want(200)).Items[0]
		var nos []int
		for _, a := range got.Actions {
			nos = append(nos, a.No)
		}
		if !slices.Equal(nos, want.nos) || got.ActionCount != len(want.nos) || got.NextDueOn.String() != want.due {
			t.Errorf("%q sees actions %v, %d in all, next due %s", name, nos, got.ActionCount, got.NextDueOn)
		}
	}
	e.Advance(72 * time.Hour)
	if got := apitest.As[api.Goal](e.As("luvn reader").Get("/goals/1").Want(200)); got.Actions[0].Condition != "late" || got.NextDueOn.String() != "2027-03-01" {
		t.Errorf("after the due date: %+v, next due %s", got.Actions[0], got.NextDueOn)
	}
	if got := apitest.As[api.Goal](e.As("luvn reader").Get("/goals/1?asOf=2026-11-23").Want(200)); got.Actions[0].Condition != "due_soon" {
		t.Errorf("on the day before: %+v", got.Actions[0])
	}
}
