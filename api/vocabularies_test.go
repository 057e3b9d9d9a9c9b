package api_test

import (
	"slices"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// retirable are the vocabularies whose terms are retired and merged, by their
// paths.
var retirable = []string{"/themes", "/target-groups", "/districts", "/tags", "/phases"}

func newTerm(e *apitest.Env, path, key string) api.Term {
	e.T.Helper()
	return apitest.As[api.Term](e.As("espoo coordinator").Post(path, apitest.JSON{"key": key, "position": 1, "title": apitest.JSON{"fi": key, "sv": key}}).Want(201))
}

func termOf(e *apitest.Env, as, path, idOrKey string) api.Term {
	e.T.Helper()
	return apitest.As[api.Term](e.As(as).Get(path + "/" + idOrKey).Want(200))
}

// retire, restore and merge send the reason "syy" in the name of Espoo's
// coordinator.
func decide(e *apitest.Env, path string, id domain.AnyID, decision string, more apitest.JSON) apitest.Response {
	e.T.Helper()
	body := apitest.JSON{"reason": "syy"}
	for k, v := range more {
		body[k] = v
	}
	etag := e.As("espoo coordinator").Get(path + "/" + id.String()).ETag()
	return e.As("espoo coordinator").Post(path+"/"+id.String()+"/"+decision, body, "If-Match", etag)
}

// Coordinators of either party retire, restore and merge; everybody reads that a
// term is retired, those who keep it also why.
func TestWhoRetiresAndMergesTerms(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	for _, path := range retirable {
		t.Run(path, func(t *testing.T) {
			a, b := newTerm(e, path, "aa"), newTerm(e, path, "bb")
			for decision, body := range map[string]apitest.JSON{"retirement": {"reason": "syy"}, "restoration": {"reason": "syy"}, "merger": {"reason": "syy", "intoId": a.ID}} {
				at := path + "/" + b.ID.String() + "/" + decision
				for _, name := range everybodyButCoordinators {
					e.As(name).Post(at, body, "If-Match", `"1"`).WantProblem(403, "forbidden")
				}
				e.As("").Post(at, body, "If-Match", `"1"`).WantProblem(401, "sign_in_required")
				e.As("luvn coordinator").Post(at, body).WantProblem(428, "if_match_required")
				e.As("luvn coordinator").Post(at, body, "If-Match", `"7"`).WantProblem(412, "stale_version")
				e.As("luvn coordinator").Post(at, without(body, "reason"), "If-Match", `"1"`).WantProblem(422, "validation_failed")
				e.As("luvn coordinator").Post(path+"/"+domain.UUIDv7().String()+"/"+decision, body, "If-Match", `"1"`).Want(404)
			}
			decide(e, path, b.ID, "restoration", nil).WantProblem(409, "term_in_use")

			before := domain.DateOf(e.Now())
			e.Advance(24 * time.Hour)
			today := domain.DateOf(e.Now())
			retired := apitest.As[api.Term](decide(e, path, b.ID, "retirement", nil).Want(200))
			if !retired.Retired || retired.RetiredOn != today || retired.RetiredReason != "syy" || retired.Version != 2 {
				t.Errorf("after the retirement: %+v", retired)
			}
			if got := termOf(e, "", path, "bb"); !got.Retired || got.RetiredReason != "" || got.MergedIntoID != nil {
				t.Errorf("the public reads %+v", got)
			}
			if got := termOf(e, "", path, "bb?asOf="+before.String()); got.Retired || !got.RetiredOn.IsZero() {
				t.Errorf("of the day before: %+v", got)
			}
			decide(e, path, b.ID, "retirement", nil).WantProblem(409, "term_retired")
			if p := decide(e, path, a.ID, "merger", apitest.JSON{"intoId": b.ID}).WantProblem(422, "validation_failed"); p.Errors[0] != (domain.FieldError{Pointer: "/intoId", Code: "retired"}) {
				t.Errorf("into a retired term: %v", p.Errors)
			}
			if got := apitest.As[api.Term](decide(e, path, b.ID, "restoration", nil).Want(200)); got.Retired || got.RetiredReason != "" {
				t.Errorf("after the restoration: %+v", got)
			}
			for into, code := range map[domain.AnyID]string{a.ID: "own_term", {UUID: domain.UUIDv7()}: "unknown"} {
				if p := decide(e, path, a.ID, "merger", apitest.JSON{"intoId": into}).WantProblem(422, "validation_failed"); p.Errors[0] != (domain.FieldError{Pointer: "/intoId", Code: code}) {
					t.Errorf("%s: %v", code, p.Errors)
				}
			}
			merged := apitest.As[api.Term](decide(e, path, b.ID, "merger", apitest.JSON{"intoId": a.ID}).Want(200))
			if merged.MergedIntoID == nil || *merged.MergedIntoID != a.ID || !merged.Retired {
				t.Errorf("after the merger: %+v", merged)
			}
			decide(e, path, b.ID, "merger", apitest.JSON{"intoId": a.ID}).WantProblem(409, "term_merged")
			if p := decide(e, path, a.ID, "merger", apitest.JSON{"intoId": b.ID}).WantProblem(422, "validation_failed"); p.Errors[0].Code != "retired" {
				t.Errorf("in a circle: %v", p.Errors)
			}
		})
	}
	theme, tag := newTerm(e, "/themes", "cc"), newTerm(e, "/tags", "cc")
	if p := decide(e, "/tags", tag.ID, "merger", apitest.JSON{"intoId": theme.ID}).WantProblem(422, "validation_failed"); p.Errors[0].Code != "unknown" {
		t.Errorf("into another vocabulary: %v", p.Errors)
	}
}

// tagged is a goal, an action, a chain and a forum that have the same terms.
type tagged struct {
	goal   apitest.JSON
	action apitest.JSON
	chain  apitest.JSON
	forum  apitest.JSON
}

func inputs(f *apitest.Fixture, theme, group, district, tag domain.AnyID) tagged {
	goal, action, chain, forum := bareGoal(f, "Tavoite", "public"), actionInput(f, "Toimenpide", "", ""), chainInput(f, "chain", "public"), forumInput("forum", "Foorumi", "public")
	goal["themeId"], goal["targetGroupIds"] = theme, []any{group}
	action["targetGroupIds"], action["districtIds"] = []any{group}, []any{district}
	chain["themeId"], chain["stages"] = theme, []apitest.JSON{}
	for _, in := range []apitest.JSON{goal, action, chain, forum} {
		in["tagIds"] = []any{tag}
	}
	return tagged{goal, action, chain, forum}
}

// What is retired is refused wherever it would be new, and stays where it is.
func TestRetiredTermsAreGivenToNothingNew(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	ids := map[string]domain.AnyID{}
	for _, path := range retirable {
		ids[path] = newTerm(e, path, "old").ID
	}
	in := inputs(f, ids["/themes"], ids["/target-groups"], ids["/districts"], ids["/tags"])
	created := map[string]apitest.Response{"/goals": c.Post("/goals", in.goal).Want(201), "/actions": c.Post("/actions", in.action).Want(201),
		"/chains": c.Post("/chains", in.chain).Want(201), "/forums": c.Post("/forums", in.forum).Want(201)}
	for _, path := range retirable {
		decide(e, path, ids[path], "retirement", nil).Want(200)
	}
	kept := map[string]apitest.JSON{"/goals": in.goal, "/actions": in.action, "/chains": without(in.chain, "key"), "/forums": in.forum}
	want := map[string][]domain.FieldError{
		"/goals":   {{Pointer: "/themeId", Code: "retired"}, {Pointer: "/targetGroupIds", Code: "retired"}, {Pointer: "/tagIds", Code: "retired"}},
		"/actions": {{Pointer: "/targetGroupIds", Code: "retired"}, {Pointer: "/districtIds", Code: "retired"}, {Pointer: "/tagIds", Code: "retired"}},
		"/chains":  {{Pointer: "/themeId", Code: "retired"}, {Pointer: "/tagIds", Code: "retired"}},
		"/forums":  {{Pointer: "/tagIds", Code: "retired"}},
	}
	fresh := inputs(f, ids["/themes"], ids["/target-groups"], ids["/districts"], ids["/tags"])
	fresh.chain["key"], fresh.forum["key"] = "other", "other"
	for path, body := range map[string]apitest.JSON{"/goals": fresh.goal, "/actions": fresh.action, "/chains": fresh.chain, "/forums": fresh.forum} {
		if p := c.Post(path, body).WantProblem(422, "validation_failed"); !slices.Equal(p.Errors, want[path]) {
			t.Errorf("a new one of %s: %v, want %v", path, p.Errors, want[path])
		}
		change := kept[path]
		change["title"] = apitest.JSON{"fi": "Uusi nimi"}
		at := path + "/" + apitest.As[struct{ ID string }](created[path]).ID
		put, refused := c.Put, want[path]
		if path == "/goals" || path == "/chains" { // public: by a draft
			put, refused = c.Change, nil
			for _, e := range want[path] {
				refused = append(refused, domain.FieldError{Pointer: "/content" + e.Pointer, Code: e.Code})
			}
		}
		edited := put(at, created[path].ETag(), change).Want(200)
		bare := without(change, "targetGroupIds", "districtIds", "tagIds")
		bare["themeId"] = f.Theme["older"]
		if path == "/actions" || path == "/forums" {
			bare = without(bare, "themeId")
		}
		edited = put(at, edited.ETag(), bare).Want(200)
		if p := put(at, edited.ETag(), change).WantProblem(422, "validation_failed"); !slices.Equal(p.Errors, refused) {
			t.Errorf("given back in %s: %v, want %v", path, p.Errors, refused)
		}
	}
	for _, path := range retirable {
		decide(e, path, ids[path], "restoration", nil).Want(200)
	}
	c.Post("/goals", fresh.goal).Want(201)

	later := newTerm(e, "/tags", "later")
	decide(e, "/tags", later.ID, "retirement", apitest.JSON{"on": domain.DateOf(e.Now()).AddDays(1)}).Want(200)
	fresh.forum["tagIds"] = []any{later.ID}
	c.Post("/forums", fresh.forum).Want(201)
	e.Advance(24 * time.Hour)
	fresh.forum["key"] = "third"
	c.Post("/forums", fresh.forum).WantProblem(422, "validation_failed")
}

// Topology: goal, action, chain and forum 1 have the terms A, 2 have B; action 3
// has both. After B is merged into A all have A once, and filters by either find
// all; the day before still shows B.
func TestMergedTermsMoveTheirThings(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("luvn coordinator")
	a, b := map[string]domain.AnyID{}, map[string]domain.AnyID{}
	for _, path := range retirable {
		a[path], b[path] = newTerm(e, path, "aa").ID, newTerm(e, path, "bb").ID
	}
	one, two := inputs(f, a["/themes"], a["/target-groups"], a["/districts"], a["/tags"]), inputs(f, b["/themes"], b["/target-groups"], b["/districts"], b["/tags"])
	two.chain["key"], two.forum["key"] = "second", "second"
	for _, in := range []tagged{one, two} {
		c.Post("/goals", in.goal).Want(201)
		c.Post("/actions", in.action).Want(201)
		c.Post("/chains", in.chain).Want(201)
		c.Post("/forums", in.forum).Want(201)
	}
	both := actionInput(f, "Molemmat", "", "")
	both["targetGroupIds"], both["districtIds"], both["tagIds"] = []any{b["/target-groups"], a["/target-groups"]}, []any{a["/districts"], b["/districts"]}, []any{b["/tags"], a["/tags"]}
	c.Post("/actions", both).Want(201)

	uses := func(as string) map[domain.AnyID]api.TermUses {
		out := map[domain.AnyID]api.TermUses{}
		for _, u := range apitest.As[api.AllTermUses](e.As(as).Get("/term-uses").Want(200)).Items {
			out[u.ID] = u
		}
		return out
	}
	for _, name := range everybodyButCoordinators {
		e.As(name).Get("/term-uses").WantProblem(403, "forbidden")
	}
	e.As("").Get("/term-uses").WantProblem(401, "sign_in_required")
	before := uses("espoo coordinator")
	for path, want := range map[string]api.TermUses{
		"/themes":        {Vocabulary: domain.SubjectTheme, Goals: 1, Chains: 1},
		"/target-groups": {Vocabulary: domain.SubjectTargetGroup, Goals: 1, Actions: 2},
		"/districts":     {Vocabulary: domain.SubjectDistrict, Actions: 2},
		"/tags":          {Vocabulary: domain.SubjectTag, Goals: 1, Actions: 2, Chains: 1, Forums: 1},
	} {
		want.ID = b[path]
		if before[b[path]] != want {
			t.Errorf("uses %+v, want %+v", before[b[path]], want)
		}
	}

	count := func(query string) int {
		return len(apitest.As[api.List[struct{}]](e.As("").Get(query).Want(200)).Items)
	}
	// lists: what both terms find, before and after
	lists := []struct {
		path, param, list string
		before, after     int
	}{
		{"/themes", "themeId", "/goals", 1, 2}, {"/themes", "themeId", "/chains", 1, 2},
		{"/target-groups", "targetGroupId", "/goals", 1, 2}, {"/target-groups", "targetGroupId", "/actions", 2, 3}, {"/districts", "districtId", "/actions", 2, 3},
		{"/tags", "tagId", "/goals", 1, 2}, {"/tags", "tagId", "/actions", 2, 3}, {"/tags", "tagId", "/chains", 1, 2}, {"/tags", "tagId", "/forums", 1, 2},
	}
	for _, l := range lists {
		if got := count(l.list + "?" + l.param + "=" + b[l.path].String()); got != l.before {
			t.Errorf("%s by %s: %d, want %d", l.list, l.param, got, l.before)
		}
	}
	day := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)
	for _, path := range retirable {
		decide(e, path, b[path], "merger", apitest.JSON{"intoId": a[path]}).Want(200)
	}
	for _, l := range lists {
		for name, id := range map[string]domain.AnyID{"the one": a[l.path], "the other": b[l.path]} {
			if got := count(l.list + "?" + l.param + "=" + id.String()); got != l.after {
				t.Errorf("%s by %s of %s after the merger: %d, want %d", l.list, l.param, name, got, l.after)
			}
			if got := count(l.list + "?asOf=" + day.String() + "&" + l.param + "=" + id.String()); got != l.before {
				t.Errorf("%s by %s of %s on the day before: %d, want %d", l.list, l.param, name, got, l.before)
			}
		}
	}
	if got := count("/actions?tagId=none"); got != 0 {
		t.Errorf("%d actions without tags", got)
	}
	if got := apitest.As[api.Action](e.As("").Get("/actions/3").Want(200)); len(got.TagIDs) != 1 || len(got.TargetGroupIDs) != 1 || len(got.DistrictIDs) != 1 || got.TagIDs[0].UUID != a["/tags"].UUID || got.Version != 1 {
		t.Errorf("the action that had both: %+v", got)
	}
	if got := apitest.As[api.Action](e.As("").Get("/actions/3?asOf=" + day.String()).Want(200)); len(got.TagIDs) != 2 || len(got.TargetGroupIDs) != 2 {
		t.Errorf("on the day before: %+v", got)
	}
	if got := apitest.As[api.Goal](e.As("").Get("/goals/2").Want(200)); got.ThemeID.UUID != a["/themes"].UUID {
		t.Errorf("theme of goal 2: %s", got.ThemeID)
	}
	after := uses("luvn coordinator")
	if got := after[a["/tags"]]; got.Goals != 2 || got.Actions != 3 || got.Chains != 2 || got.Forums != 2 || after[b["/tags"]].ID == b["/tags"] {
		t.Errorf("uses after the merger: %+v", after)
	}

	// An edit that was begun before the merger would bring the other term back.
	stale := without(two.goal)
	p := e.As("espoo coordinator").Change("/goals/"+goalID(e, 2), `"1"`, stale).WantProblem(422, "validation_failed")
	if !slices.Contains(p.Errors, domain.FieldError{Pointer: "/content/themeId", Code: "retired"}) {
		t.Errorf("a merged term again: %v", p.Errors)
	}

	// One entry tells of it, under both terms.
	for _, id := range []domain.AnyID{a["/tags"], b["/tags"]} {
		got := entries(e.As("auditor").Get("/audit/entries?subjectId=" + id.String()))[0]
		goals, _ := change(got, "movedGoals")
		actions, _ := change(got, "movedActions")
		into, _ := change(got, "mergedIntoId")
		if got.Permission != domain.TagEdit || got.Reason != "syy" || got.Subject.ID != b["/tags"] || goals.New != 1.0 || actions.New != 2.0 || into.New != a["/tags"].String() {
			t.Errorf("the entry of the merger: %+v", got)
		}
	}

	// A merged term that goes on merging leads all the way.
	last := newTerm(e, "/tags", "last").ID
	decide(e, "/tags", a["/tags"], "merger", apitest.JSON{"intoId": last}).Want(200)
	if got := count("/forums?tagId=" + b["/tags"].String()); got != 2 {
		t.Errorf("%d forums by a term that was merged twice over", got)
	}
	// Restored, it has nothing.
	decide(e, "/tags", b["/tags"], "restoration", nil).Want(200)
	if got := count("/forums?tagId=" + b["/tags"].String()); got != 0 {
		t.Errorf("%d forums by a term that was restored", got)
	}
}
