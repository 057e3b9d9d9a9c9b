package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func goalOf(e *apitest.Env, as string, no string) api.Goal {
	e.T.Helper()
	return apitest.As[api.Goal](e.As(as).Get("/goals/" + no).Want(200))
}

// Topology: goal 1 public, led by a post of each party, both in force; 2 public; 3
// internal, led by Espoo alone; an action for 1. Goal 1 ends by a draft that LUVN
// agrees to, and goes on in 2; so is that taken back. 3 is Espoo's own.
func TestAGoalEnds(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	g, in := publicGoal(e, f)
	answerAll(e, "luvn coordinator", "accepted")
	other, _ := publicGoal(e, f)
	served := actionInput(f, "Toimi", "esp_education_head", "2027-06-30")
	served["goalIds"] = []any{g.ID}
	createAction(e, "espoo coordinator", served)
	c := e.As("espoo coordinator")
	ending := func(kind string, more apitest.JSON) apitest.JSON {
		out := apitest.JSON{"kind": kind, "reason": apitest.JSON{"fi": "Sama tavoite", "sv": "Samma mål"}}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	for name, tt := range map[string]struct {
		ending        apitest.JSON
		pointer, code string
	}{
		"merged into nothing": {ending("merged", nil), "/content/ending/goalId", "required"},
		"into itself":         {ending("superseded", apitest.JSON{"goalId": g.ID}), "/content/ending/goalId", "itself"},
		"cancelled into":      {ending("cancelled", apitest.JSON{"goalId": other.ID}), "/content/ending/goalId", "not_merged"},
		"without a reason":    {apitest.JSON{"kind": "cancelled", "reason": apitest.JSON{"fi": ""}}, "/content/ending/reason/fi", "required"},
		"into what is not":    {ending("merged", apitest.JSON{"goalId": f.Plan}), "/content/ending/goalId", "unknown"},
	} {
		p := c.Post("/drafts", goalDraft(g, with(in, "ending", tt.ending))).WantProblem(422, "validation_failed")
		if !slices.ContainsFunc(p.Errors, func(e domain.FieldError) bool { return e.Pointer == tt.pointer && e.Code == tt.code }) {
			t.Errorf("%s: %+v", name, p.Errors)
		}
	}
	c.Put("/goals/"+g.ID.String(), etag(g.Version), with(in, "ending", ending("cancelled", nil))).WantProblem(409, "draft_required")

	e.Advance(24 * time.Hour)
	publish := func(content apitest.JSON) {
		t.Helper()
		d := apitest.As[api.Draft](c.Post("/drafts", goalDraft(goalOf(e, "espoo coordinator", "1"), content)).Want(201))
		about(c, d, "publication", nil).WantProblem(409, "word_missing")
		about(e.As("luvn coordinator"), d, "comments", apitest.JSON{"kind": "agreed", "text": apitest.JSON{"fi": "Sopii"}}).Want(200)
		about(c, d, "publication", nil).Want(200)
	}
	publish(with(in, "ending", ending("merged", apitest.JSON{"goalId": other.ID})))
	for _, who := range []string{"", "luvn reader"} {
		got := goalOf(e, who, "1")
		if got.Ending == nil || got.Ending.Kind != "merged" || got.Ending.On.String() != "2026-11-24" || got.Ending.Goal == nil || got.Ending.Goal.No != 2 || got.Ending.Reason.SV != "Samma mål" || got.ActionCount != 1 {
			t.Errorf("%q reads %+v", who, got.Ending)
		}
		if from := goalOf(e, who, "2").ForwardedFrom; len(from) != 1 || from[0].No != 1 || from[0].Ending != "merged" {
			t.Errorf("%q reads at 2 %+v", who, from)
		}
		for query, want := range map[string]int{"": 1, "?ended=true": 1, "?ended=all": 2, "?asOf=2026-11-23": 2} {
			if n := len(apitest.As[api.List[api.Goal]](e.As(who).Get("/goals" + query).Want(200)).Items); n != want {
				t.Errorf("%q lists %d of %q", who, n, query)
			}
		}
		if o := apitest.As[api.Overview](e.As(who).Get("/overview").Want(200)); len(o.Goals) != 1 {
			t.Errorf("%q counts %d goals", who, len(o.Goals))
		}
		if nos := listed(e, who, "goalId="+g.ID.String()); !slices.Equal(nos, []int{1}) {
			t.Errorf("%q finds of its actions %v", who, nos)
		}
	}
	if text := string(e.As("").Get("/audit/entries?subjectKind=goal&subjectId=" + g.ID.String()).Want(200).Bytes); !strings.Contains(text, `"field":"ending","new":"merged"`) {
		t.Errorf("the public log: %.900s", text)
	}
	// Nothing goes on in what has ended.
	p := c.Post("/drafts", goalDraft(other, with(in, "ending", ending("merged", apitest.JSON{"goalId": g.ID})))).WantProblem(422, "validation_failed")
	if p.Errors[0].Code != "goal_over" {
		t.Errorf("%+v", p.Errors)
	}

	// It is taken back with a reason and the same word.
	e.Advance(24 * time.Hour)
	if p := c.Post("/drafts", goalDraft(goalOf(e, "", "1"), in)).WantProblem(422, "validation_failed"); p.Errors[0].Pointer != "/content/reason" {
		t.Errorf("%+v", p.Errors)
	}
	publish(with(in, "reason", "Työ ei siirtynytkään"))
	if got := goalOf(e, "", "1"); got.Ending != nil || len(goalOf(e, "", "2").ForwardedFrom) != 0 {
		t.Errorf("taken back: %+v", got.Ending)
	}
	entries := apitest.As[api.List[api.AuditEntry]](e.As("").Get("/audit/entries?subjectKind=goal&subjectId=" + g.ID.String()).Want(200)).Items
	if !slices.ContainsFunc(entries, func(a api.AuditEntry) bool { return a.Reason == "Työ ei siirtynytkään" }) {
		t.Error("the reason is not in the log")
	}

	// What never was public ends directly where nobody else has a part in force.
	own := without(goalInput(f, "Espoon oma", "internal"), "responsibilities")
	own["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}}
	if p := c.Post("/goals", with(own, "ending", ending("cancelled", nil))).WantProblem(422, "validation_failed"); p.Errors[0].Code != "new_goal" {
		t.Errorf("%+v", p.Errors)
	}
	mine := apitest.As[api.Goal](c.Post("/goals", own).Want(201))
	e.As("luvn coordinator").Put("/goals/"+mine.ID.String(), etag(mine.Version), with(own, "ending", ending("cancelled", nil))).WantProblem(409, "draft_required")
	mine = apitest.As[api.Goal](c.Put("/goals/"+mine.ID.String(), etag(mine.Version), with(own, "ending", ending("cancelled", nil))).Want(200))
	if mine.Ending == nil || mine.Ending.Kind != "cancelled" {
		t.Errorf("%+v", mine.Ending)
	}
	if p := c.Put("/goals/"+mine.ID.String(), etag(mine.Version), own).WantProblem(422, "validation_failed"); p.Errors[0].Pointer != "/reason" {
		t.Errorf("%+v", p.Errors)
	}
}
