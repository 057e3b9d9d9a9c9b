package api_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func chainInput(f *apitest.Fixture, key, visibility string) apitest.JSON {
	in := apitest.JSON{"key": key, "position": 1, "title": apitest.JSON{"fi": "Ketju " + key}, "visibility": visibility, "themeId": f.Theme["older"],
		"stages": []apitest.JSON{
			{"partyId": f.Party["espoo"], "title": apitest.JSON{"fi": "Ensin"}, "level": "universal",
				"responsibilities": []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}}},
			{"partyId": f.Party["luvn"], "title": apitest.JSON{"fi": "Sitten"}, "level": "targeted",
				"responsibilities": []apitest.JSON{{"postId": f.Post["luvn_family_head"], "part": "lead"}}},
			{"partyId": f.Party["hus"], "title": apitest.JSON{"fi": "Lopuksi"}, "level": "specialised"}}}
	if visibility == "internal" {
		in["visibilityGround"] = "keskeneräinen"
	}
	return in
}

// newChain is a chain that a coordinator creates. A public one stands as both
// parties have published it: nobody creates one alone with the other's stages.
func newChain(e *apitest.Env, name string, in apitest.JSON) apitest.Response {
	e.T.Helper()
	if in["visibility"] != "public" {
		return e.As(name).Post("/chains", in).Want(201)
	}
	internal := maps.Clone(in)
	internal["visibility"], internal["visibilityGround"] = "internal", "keskeneräinen"
	id := apitest.As[api.Chain](e.As(name).Post("/chains", internal).Want(201)).ID.String()
	e.Exec("update chain set visibility = 'public', visibility_ground = '' where id = $1", id)
	return e.As(name).Get("/chains/" + id).Want(200)
}

func stageTitles(c api.Chain) (titles []string) {
	for _, s := range c.Stages {
		titles = append(titles, s.Title.FI)
	}
	return titles
}

// Topology: a public and an internal chain. Staff of either party see both, the
// public sees the public one; coordinators of either party change both.
func TestChainsVisibleSetAndPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	first := newChain(e, "espoo coordinator", chainInput(f, "open", "public"))
	e.As("luvn coordinator").Post("/chains", chainInput(f, "hidden", "internal")).Want(201)
	id := apitest.As[api.Chain](first).ID.String()
	for _, name := range append([]string{"", "espoo coordinator", "luvn coordinator"}, everybodyButCoordinators...) {
		want := []string{"open", "hidden"}
		if name == "" {
			want = want[:1]
		}
		var got []string
		for _, c := range apitest.As[api.List[api.Chain]](e.As(name).Get("/chains").Want(200)).Items {
			got = append(got, c.Key)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q sees chains %v, want %v", name, got, want)
		}
	}
	if n := len(apitest.As[api.List[api.Chain]](e.As("").Get("/chains?themeId=none").Want(200)).Items); n != 0 {
		t.Errorf("%d chains of no theme", n)
	}
	e.As("").Get("/chains/hidden").WantProblem(404, "chain_not_found")
	for _, name := range everybodyButCoordinators {
		e.As(name).Post("/chains", chainInput(f, "other", "public")).WantProblem(403, "forbidden")
		e.As(name).Put("/chains/"+id, first.ETag(), without(chainInput(f, "open", "public"), "key")).WantProblem(403, "forbidden")
	}
	e.As("").Post("/chains", chainInput(f, "other", "public")).WantProblem(401, "sign_in_required")
}

// Stages are reordered, added and ended inside the change of their chain; the
// past keeps them as they were.
func TestChainStages(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	first := newChain(e, "espoo coordinator", chainInput(f, "chain", "public"))
	old := apitest.As[api.Chain](first)
	e.Exec(`insert into action (id, no, title_fi, title_sv, title_en, result_fi, due_on, due_last_on, status, progress, stage_id, visibility, version, created_at, updated_at)
	        select gen_random_uuid(), n, 'T', '', '', 'R', '2026-11-01', '2026-11-01', case n when 1 then 'done' else 'in_progress' end, 0, $1,
	               case n when 3 then 'internal' else 'public' end, 1, $2, $2 from generate_series(1, 3) n`, old.Stages[1].ID, e.Now())
	day := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)

	in := without(chainInput(f, "chain", "public"), "key")
	stages := in["stages"].([]apitest.JSON)
	stages[0]["id"], stages[1]["id"] = old.Stages[0].ID, old.Stages[1].ID
	added := apitest.JSON{"partyId": f.Party["luvn"], "title": apitest.JSON{"fi": "Uusi"}, "level": "early_support"}
	in["stages"] = []apitest.JSON{stages[1], added, stages[0]}
	changeTogether(e, "luvn coordinator", "espoo coordinator", old, in)
	now := apitest.As[api.Chain](e.As("").Get("/chains/chain").Want(200))
	if got, want := stageTitles(now), []string{"Sitten", "Uusi", "Ensin"}; !slices.Equal(got, want) {
		t.Errorf("stages %v, want %v", got, want)
	}
	if now.Stages[0].ID != old.Stages[1].ID || now.Stages[0].Responsibilities[0].Post.Title.FI != "luvn_family_head" {
		t.Errorf("the moved stage is another one: %+v", now.Stages[0])
	}
	if got := now.Stages[0]; got.Actions != 2 || got.Conditions["late"] != 1 || got.Conditions["done"] != 1 {
		t.Errorf("the public counts %+v", got.Conditions)
	}
	if got := apitest.As[api.Chain](e.As("luvn reader").Get("/chains/chain")).Stages[0]; got.Actions != 3 {
		t.Errorf("staff count %+v", got.Conditions)
	}
	past := apitest.As[api.Chain](e.As("").Get("/chains/chain?asOf=" + day.String()).Want(200))
	if got, want := stageTitles(past), []string{"Ensin", "Sitten", "Lopuksi"}; !slices.Equal(got, want) {
		t.Errorf("stages of the day before %v, want %v", got, want)
	}
	c.Put("/chains/"+old.ID.String(), etag(now.Version), in).WantProblem(409, "draft_required")
	c.Change("/chains/"+old.ID.String(), first.ETag(), in).WantProblem(412, "base_changed")

	in["stages"] = []apitest.JSON{stages[0], stages[0]}
	p := c.Change("/chains/"+old.ID.String(), etag(now.Version), in).WantProblem(422, "validation_failed")
	if !slices.Contains(p.Errors, domain.FieldError{Pointer: "/content/stages/1/id", Code: "duplicate"}) {
		t.Errorf("the same stage twice: %v", p.Errors)
	}
	ended := apitest.JSON{"id": old.Stages[2].ID, "partyId": f.Party["hus"], "title": apitest.JSON{"fi": " "}, "level": "universal"}
	in["stages"] = []apitest.JSON{ended}
	p = c.Change("/chains/"+old.ID.String(), etag(now.Version), in).WantProblem(422, "validation_failed")
	for _, want := range []domain.FieldError{{Pointer: "/content/stages/0/id", Code: "unknown"}, {Pointer: "/content/stages/0/title/fi", Code: "required"}} {
		if !slices.Contains(p.Errors, want) {
			t.Errorf("errors %v, want %v", p.Errors, want)
		}
	}
}
