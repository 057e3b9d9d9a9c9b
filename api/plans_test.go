package api_test

import (
	"slices"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

var everybodyButCoordinators = []string{"espoo manager", "luvn manager", "espoo reader", "luvn reader", "auditor", "espoo administrator", "luvn administrator"}

func planInput(key, visibility string) apitest.JSON {
	in := apitest.JSON{"key": key, "title": apitest.JSON{"fi": "Suunnitelma " + key}, "councilTerm": "2029–2033", "startsOn": "2029-06-01", "endsOn": "2033-05-31",
		"visibility": visibility, "events": []apitest.JSON{
			{"key": "negotiation", "month": 10, "title": apitest.JSON{"fi": "Neuvottelu"}},
			{"key": "report", "month": 3, "title": apitest.JSON{"fi": "Raportti"}}}}
	if visibility == "internal" {
		in["visibilityGround"] = "keskeneräinen"
	}
	return in
}

func without(in apitest.JSON, keys ...string) apitest.JSON {
	out := apitest.JSON{}
	for k, v := range in {
		if !slices.Contains(keys, k) {
			out[k] = v
		}
	}
	return out
}

// Topology: the fixture's public plan and a new internal one. Staff of either
// party see both, the public sees the public one; coordinators of either party
// change both.
func TestPlans(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	c := e.As("luvn coordinator")
	first := c.Post("/plans", planInput("next", "internal")).Want(201)
	p := apitest.As[api.Plan](first)
	if p.Events[0].Month != 3 || p.Events[1].Month != 10 {
		t.Errorf("the annual cycle is not by month: %+v", p.Events)
	}
	for _, name := range append([]string{"", "espoo coordinator", "luvn coordinator"}, everybodyButCoordinators...) {
		want := []string{"next", "plan"}
		if name == "" {
			want = want[1:]
		}
		var got []string
		for _, p := range apitest.As[api.List[api.Plan]](e.As(name).Get("/plans").Want(200)).Items {
			got = append(got, p.Key)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q sees plans %v, want %v", name, got, want)
		}
	}
	e.As("").Get("/plans/next").WantProblem(404, "plan_not_found")
	e.As("").Get("/plans/plan").Want(200)
	for _, name := range everybodyButCoordinators {
		e.As(name).Post("/plans", planInput("other", "public")).WantProblem(403, "forbidden")
		e.As(name).Put("/plans/"+p.ID.String(), first.ETag(), without(planInput("next", "public"), "key")).WantProblem(403, "forbidden")
	}
	e.As("").Post("/plans", planInput("other", "public")).WantProblem(401, "sign_in_required")

	before := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)
	in := without(planInput("next", "internal"), "key")
	in["events"] = []apitest.JSON{{"key": "report", "month": 4, "title": apitest.JSON{"fi": "Raportti"}}}
	changed := e.As("espoo coordinator").Put("/plans/"+p.ID.String(), first.ETag(), in).Want(200)
	if got := apitest.As[api.Plan](changed).Events; len(got) != 1 || got[0].Month != 4 {
		t.Errorf("events after the change: %+v", got)
	}
	if got := apitest.As[api.Plan](c.Get("/plans/next?asOf=" + before.String()).Want(200)).Events; len(got) != 2 || got[0].Month != 3 {
		t.Errorf("events of the day before: %+v", got)
	}
	c.Put("/plans/"+p.ID.String(), first.ETag(), in).WantProblem(412, "stale_version")
	c.Do("PUT", "/api/v1/plans/"+p.ID.String(), in).WantProblem(428, "if_match_required")
	c.Put("/plans/"+p.Key, changed.ETag(), in).WantProblem(422, "validation_failed")

	c.Post("/plans", planInput("next", "public")).WantProblem(422, "validation_failed")
	for name, tt := range map[string]struct {
		change        func(apitest.JSON)
		pointer, code string
	}{
		"key form":     {func(in apitest.JSON) { in["key"] = "Ääkkönen" }, "/key", "key_malformed"},
		"ends first":   {func(in apitest.JSON) { in["endsOn"] = "2029-05-31" }, "/endsOn", "before_start"},
		"no such date": {func(in apitest.JSON) { in["startsOn"] = "2029-02-30" }, "/startsOn", "date_malformed"},
		"month 13": {func(in apitest.JSON) {
			in["events"] = []apitest.JSON{{"key": "a", "month": 13, "title": apitest.JSON{"fi": "A"}}}
		}, "/events/0/month", "too_large"},
		"event twice":     {func(in apitest.JSON) { in["events"] = slices.Repeat(in["events"].([]apitest.JSON)[:1], 2) }, "/events/1/key", "duplicate"},
		"unknown earlier": {func(in apitest.JSON) { in["supersedesId"] = domain.UUIDv7() }, "/supersedesId", "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			in := planInput("another", "public")
			tt.change(in)
			p := c.Post("/plans", in).WantProblem(422, "validation_failed")
			if !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
				t.Errorf("errors %v, want %s %s", p.Errors, tt.pointer, tt.code)
			}
		})
	}
}

// Everybody reads the vocabularies; coordinators of either party change them.
func TestVocabularies(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	for path, extra := range map[string]apitest.JSON{
		"/themes":        {"position": 9},
		"/target-groups": {"position": 1},
		"/districts":     {"position": 1},
		"/tags":          {"position": 1},
		"/phases":        {"position": 1},
		"/legal-bases":   {"act": "612/2021", "section": "6 §"},
	} {
		t.Run(path, func(t *testing.T) {
			in := apitest.JSON{"key": "new_one", "title": apitest.JSON{"fi": "Uusi", "sv": "Ny"}}
			for k, v := range extra {
				in[k] = v
			}
			first := e.As("espoo coordinator").Post(path, in).Want(201)
			id := apitest.As[api.Term](first).ID.String()
			for _, name := range everybodyButCoordinators {
				e.As(name).Post(path, in).WantProblem(403, "forbidden")
				e.As(name).Put(path+"/"+id, first.ETag(), without(in, "key")).WantProblem(403, "forbidden")
			}
			e.As("").Post(path, in).WantProblem(401, "sign_in_required")
			p := e.As("luvn coordinator").Post(path, in).WantProblem(422, "validation_failed")
			if !slices.Equal(p.Errors, []domain.FieldError{{Pointer: "/key", Code: "taken"}}) {
				t.Errorf("a key twice: %v", p.Errors)
			}
			change := without(in, "key")
			change["title"] = apitest.JSON{"fi": "Uudempi"}
			day := domain.DateOf(e.Now())
			e.Advance(24 * time.Hour)
			changed := e.As("luvn coordinator").Put(path+"/"+id, first.ETag(), change).Want(200)
			if got := apitest.As[api.Term](changed); got.Title.FI != "Uudempi" || got.Version != 2 || got.Key != "new_one" {
				t.Errorf("after the change: %+v", got)
			}
			e.As("espoo coordinator").Put(path+"/"+id, first.ETag(), change).WantProblem(412, "stale_version")
			if got := apitest.As[api.Term](e.As("").Get(path + "/new_one?asOf=" + day.String()).Want(200)); got.Title.FI != "Uusi" {
				t.Errorf("title of the day before: %q", got.Title.FI)
			}
			list := apitest.As[api.List[api.Term]](e.As("").Get(path + "?count=exact").Want(200))
			if last := list.Items[len(list.Items)-1]; last.Key != "new_one" || *list.Total != len(list.Items) {
				t.Errorf("list %+v", list)
			}
			e.As("").Get(path + "/nothing").Want(404)
			if p := e.As("espoo coordinator").Post(path, without(in, "title")).WantProblem(422, "validation_failed"); p.Errors[0].Code != "required" {
				t.Errorf("without a title: %v", p.Errors)
			}
		})
	}
}
