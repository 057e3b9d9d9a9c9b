package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/draft"
)

// publicGoal is a public goal, led by a post of each party, and its body.
func publicGoal(e *apitest.Env, f *apitest.Fixture) (api.Goal, apitest.JSON) {
	e.T.Helper()
	in := goalInput(f, "Julkinen", "public")
	return apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", in).Want(201)), in
}

func with(in apitest.JSON, field string, value any) apitest.JSON {
	out := apitest.JSON{}
	for k, v := range in {
		out[k] = v
	}
	out[field] = value
	return out
}

func goalDraft(g api.Goal, content apitest.JSON) apitest.JSON {
	return apitest.JSON{"subjectKind": "goal", "subjectId": g.ID, "baseVersion": g.Version, "content": content,
		"note": apitest.JSON{"fi": "Otsikko selkeämmäksi"}}
}

// drafted is a draft of another title of a public goal, saved by Espoo.
func drafted(e *apitest.Env, f *apitest.Fixture) (api.Goal, apitest.JSON, api.Draft) {
	e.T.Helper()
	g, in := publicGoal(e, f)
	in = with(in, "title", apitest.JSON{"fi": "Uusi", "sv": "Ny"})
	return g, in, apitest.As[api.Draft](e.As("espoo coordinator").Post("/drafts", goalDraft(g, in)).Want(201))
}

func about(c apitest.Client, d api.Draft, what string, body any) apitest.Response {
	return c.Post("/drafts/"+d.ID.String()+"/"+what, body, "If-Match", etag(d.Version))
}

// Topology: a public goal with a draft by Espoo's coordinator. Staff of either
// party read the draft, whatever their role; the public does not, not even of
// the past. Espoo's coordinator may change, publish and comment, LUVN's may also
// agree or ask for changes; the managers whose posts are responsible in the goal
// comment; nobody else does anything.
func TestDraftsVisibleSetAndPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	g, in, d := drafted(e, f)
	e.Advance(48 * time.Hour)
	path, yesterday := "/drafts/"+d.ID.String(), domain.DateOf(e.Now()).AddDays(-1).String()

	own := []domain.Permission{domain.DraftEdit, domain.DraftPublish, domain.DraftComment}
	for name, want := range map[string][]domain.Permission{
		"espoo coordinator": own, "luvn coordinator": append(slices.Clone(own), domain.DraftAnswer),
		"espoo manager": {domain.DraftComment}, "luvn manager": {domain.DraftComment}, "espoo reader": {}, "luvn reader": {}, "auditor": {}, "espoo administrator": {}, "luvn administrator": {},
	} {
		got := apitest.As[api.Draft](e.As(name).Get(path).Want(200))
		if !slices.Equal(got.Permissions, want) {
			t.Errorf("%s may %v, want %v", name, got.Permissions, want)
		}
		if n := len(apitest.As[api.List[api.DraftSummary]](e.As(name).Get("/drafts").Want(200)).Items); n != 1 {
			t.Errorf("%s sees %d drafts", name, n)
		}
	}
	for _, when := range []string{"", "?asOf=" + yesterday} {
		e.As("").Get(path+when).WantProblem(404, "draft_not_found")
		if n := len(apitest.As[api.List[api.DraftSummary]](e.As("").Get("/drafts" + when).Want(200)).Items); n != 0 {
			t.Errorf("the public sees %d drafts of %q", n, when)
		}
	}
	if past := apitest.As[api.Draft](e.As("luvn reader").Get(path + "?asOf=" + yesterday).Want(200)); past.ID != d.ID {
		t.Error("staff do not see the draft of yesterday")
	}
	if text := string(e.As("").Get("/goals/1").Want(200).Bytes) + string(e.As("").Get("/audit/entries?subjectKind=goal&subjectId="+g.ID.String()).Want(200).Bytes); strings.Contains(text, "Uusi") {
		t.Error("the public reads what is drafted")
	}

	change := apitest.JSON{"baseVersion": 1, "content": with(in, "title", apitest.JSON{"fi": "Muu"})}
	word := apitest.JSON{"kind": "comment", "text": apitest.JSON{"fi": "Hyvä"}}
	answer := apitest.JSON{"kind": "changes_requested", "text": apitest.JSON{"sv": "Tydligare"}}
	for _, name := range []string{"espoo manager", "luvn manager", "luvn reader", "auditor", "espoo administrator"} {
		e.As(name).Post("/drafts", goalDraft(g, in)).WantProblem(403, "forbidden")
		e.As(name).Put(path, `"1"`, change).WantProblem(403, "forbidden")
		if !strings.HasSuffix(name, "manager") {
			about(e.As(name), d, "comments", word).WantProblem(403, "forbidden")
		}
		about(e.As(name), d, "comments", answer).WantProblem(403, "forbidden")
		about(e.As(name), d, "publication", nil).WantProblem(403, "forbidden")
		about(e.As(name), d, "discard", apitest.JSON{"reason": "ei"}).WantProblem(403, "forbidden")
	}
	e.As("").Post("/drafts", goalDraft(g, in)).WantProblem(401, "sign_in_required")
	e.As("").Put(path, `"1"`, change).WantProblem(401, "sign_in_required")
	for _, what := range []string{"comments", "publication", "discard"} {
		body := map[string]apitest.JSON{"comments": word, "discard": {"reason": "ei"}}[what]
		about(e.As(""), d, what, any(body)).WantProblem(401, "sign_in_required")
	}
	// One's own draft is neither agreed to nor sent back.
	about(e.As("espoo coordinator"), d, "comments", answer).WantProblem(403, "forbidden")
}

// Topology: a public goal of esp_education_head and luvn_family_head. Managers of
// either party comment on its draft if a post of their units is responsible in the
// goal as it is, or would be: that of luvn_older only once a version proposes it.
// Their words never answer for the party.
func TestManagersCommentOnDrafts(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	for name, at := range map[string][3]string{"older manager": {"luvn", "luvn_older_head", "luvn_older"}, "youth manager": {"espoo", "esp_youth_head", "esp_youth"}} {
		e.Name(name, domain.Actor{PersonID: e.Person(f, name, at[0]), PostID: f.Post[at[1]], PartyID: f.Party[at[0]],
			Grants: []domain.ActiveGrant{{Role: domain.RoleManager, PartyID: f.Party[at[0]], Units: []domain.UnitID{f.Unit[at[2]]}}}})
	}
	_, in, d := drafted(e, f)
	word := apitest.JSON{"kind": "comment", "text": apitest.JSON{"fi": "Aikataulu on tiukka."}}
	may := func(who string, want bool) {
		t.Helper()
		got := apitest.As[api.Draft](e.As(who).Get("/drafts/" + d.ID.String()).Want(200))
		if slices.Contains(got.Permissions, domain.DraftComment) != want || slices.Contains(got.Permissions, domain.DraftAnswer) {
			t.Errorf("%s may %v", who, got.Permissions)
		}
		if !want {
			about(e.As(who), d, "comments", word).WantProblem(403, "forbidden")
			return
		}
		for _, kind := range []string{"agreed", "changes_requested"} {
			about(e.As(who), d, "comments", with(word, "kind", kind)).WantProblem(403, "forbidden")
		}
		said := apitest.As[api.Draft](about(e.As(who), d, "comments", word).Want(200))
		if said.Standing != draft.Waiting || said.Version != d.Version {
			t.Errorf("a comment of %s made it %s", who, said.Standing)
		}
		last := apitest.As[api.List[api.DraftComment]](e.As("luvn reader").Get("/drafts/" + d.ID.String() + "/comments?limit=1").Want(200)).Items[0]
		if last.Kind != draft.Remark || last.Text.FI != "Aikataulu on tiukka." {
			t.Errorf("said %+v", last)
		}
	}
	for who, want := range map[string]bool{"espoo manager": true, "luvn manager": true, "older manager": false, "youth manager": false} {
		may(who, want)
	}
	if entry := lastEntry(e, "draft_comment"); entry.permission != "draft.comment" || entry.parent != "goal" {
		t.Errorf("entry %+v", entry)
	}
	in = with(in, "responsibilities", []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}, {"postId": f.Post["luvn_older_head"], "part": "support"}})
	d = apitest.As[api.Draft](e.As("espoo coordinator").Put("/drafts/"+d.ID.String(), etag(d.Version), apitest.JSON{"baseVersion": 1, "content": in}).Want(200))
	for who, want := range map[string]bool{"espoo manager": true, "luvn manager": true, "older manager": true, "youth manager": false} {
		may(who, want)
	}
}

// A draft says field by field what it changes, old and new.
func TestDraftTellsWhatDiffers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	_, _, d := drafted(e, f)
	if len(d.Differences) != 1 || d.Differences[0].Field != "title" {
		t.Fatalf("differences %+v", d.Differences)
	}
	if got, _ := json.Marshal(d.Differences[0]); string(got) != `{"field":"title","old":{"en":"","fi":"Julkinen","sv":"Julkinen sv"},"new":{"en":"","fi":"Uusi","sv":"Ny"}}` {
		t.Errorf("the difference is %s", got)
	}
	if d.Subject.No != 1 || d.Subject.Title.FI != "Julkinen" || d.Post.Title.FI != "esp_coordinator" || d.Outdated || d.State != draft.Open || d.Standing != draft.Waiting {
		t.Errorf("the draft is %+v", d.DraftSummary)
	}
	if l := d.Labels[f.Theme["children_youth"].String()]; l.Title.FI == "" {
		t.Error("the theme has no name")
	}
	if len(d.Posts) != 2 {
		t.Errorf("posts %v", d.Posts)
	}

	// Of a chain's stages: one new, one left out, one changed, two that changed places.
	chain := apitest.As[api.Chain](newChain(e, "espoo coordinator", chainInput(f, "open", "public")))
	stage := func(s api.Stage, title string) apitest.JSON {
		posts := []apitest.JSON{}
		for _, r := range s.Responsibilities {
			posts = append(posts, apitest.JSON{"postId": r.Post.ID, "part": r.Part, "wording": r.Wording})
		}
		return apitest.JSON{"id": s.ID, "partyId": s.PartyID, "title": apitest.JSON{"fi": title, "sv": s.Title.SV, "en": s.Title.EN}, "description": s.Description, "level": s.Level, "responsibilities": posts}
	}
	stages := []apitest.JSON{{"partyId": f.Party["espoo"], "title": text("Uusi vaihe"), "level": "universal"}}
	for i := len(chain.Stages) - 1; i > 0; i-- {
		stages = append(stages, stage(chain.Stages[i], chain.Stages[i].Title.FI))
	}
	stages[1]["title"] = text("Toisin")
	in := with(without(chainInput(f, "open", "public"), "key"), "stages", stages)
	d = apitest.As[api.Draft](c.Post("/drafts", apitest.JSON{"subjectKind": "chain", "subjectId": chain.ID, "baseVersion": 1, "content": in}).Want(201))
	var got []string
	for _, diff := range d.Differences {
		got = append(got, fmt.Sprintf("%s.%s %d old %t new %t", diff.List, diff.Field, diff.Place, diff.Old != nil, diff.New != nil))
	}
	want := []string{"stages. 1 old false new true", "stages.title 2 old true new true", "stages. 1 old true new false"}
	if len(chain.Stages) > 2 {
		want = append(want, ".stages 0 old true new true")
	}
	if !slices.Equal(got, want) {
		t.Errorf("differences\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A body in which every field that can be said is said, drafted with nothing but
// another title, differs in the title: no field of the body is forgotten where a
// thing is written as its own body.
func TestDraftForgetsNoField(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	group := apitest.As[api.Term](c.Post("/target-groups", apitest.JSON{"key": "all", "position": 1, "title": text("Kaikki")}).Want(201)).ID
	basis := apitest.As[api.LegalBasis](c.Post("/legal-bases", apitest.JSON{"key": "act", "act": "612/2021", "section": "6 §", "title": text("Laki")}).Want(201)).ID

	goal := with(goalInput(f, "Tavoite", "internal"), "description", text("Kuvaus"))
	goal["targetGroupIds"], goal["legalBasisIds"] = []any{group}, []any{basis}
	place := handoverChain(e, f, "pinned", "public", handoverInput())
	goal["stageIds"], goal["handoverIds"] = []any{place.Stages[0].ID}, []any{place.Handovers[0].ID}
	chain := chainInput(f, "all", "internal")
	chain["themeId"], chain["description"], chain["position"], chain["legalBasisIds"] = f.Theme["children_youth"], text("Kuvaus"), 7, []any{basis}
	chain["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_coordinator"], "part": "lead"}}
	chain["cases"], chain["visibilityGround"] = goal["cases"], "keskeneräinen"
	tag := apitest.As[api.Term](c.Post("/tags", apitest.JSON{"key": "tag", "position": 1, "title": text("Tunniste")}).Want(201)).ID
	goal["tagIds"], chain["tagIds"] = []any{tag}, []any{tag}
	chain["handovers"] = []apitest.JSON{{"from": 1, "to": 2, "what": text("Lähete"), "channel": text("Posti"), "targetDays": 7, "gap": "minor", "gapReason": text("Ruuhka"),
		"nextReviewOn": "2027-01-31", "evidence": []apitest.JSON{{"title": text("Mittari"), "url": "https://example.org/1", "checkedOn": "2026-11-01"}}}}
	complete[api.HandoverInput](t, with(chain["handovers"].([]apitest.JSON)[0], "id", ""))
	chain["stages"].([]apitest.JSON)[0]["targetGroup"], chain["stages"].([]apitest.JSON)[0]["channel"] = text("Kaikki"), text("Puhelin")
	chain["stages"].([]apitest.JSON)[0]["languages"], chain["stages"].([]apitest.JSON)[0]["description"] = []string{"fi"}, text("Kuvaus")
	complete[api.StageInput](t, with(chain["stages"].([]apitest.JSON)[0], "id", ""))
	above, _ := publicGoal(e, f)
	goal["sharedGoalId"], goal["partyId"] = above.ID, f.Party["espoo"]
	goal["responsibilities"] = goal["responsibilities"].([]apitest.JSON)[:1]                // its party's
	ended := with(goal, "ending", apitest.JSON{"kind": "cancelled", "reason": text("Syy")}) // a goal is made without one
	complete[api.GoalInput](t, with(ended, "reason", ""))
	complete[api.ChainInput](t, without(chain, "key"))

	created := map[string]string{}
	for kind, in := range map[string]apitest.JSON{"goal": goal, "chain": chain} {
		r := c.Post("/"+kind+"s", in).Want(201)
		created[kind] = apitest.As[struct{ ID string }](r).ID
		e.Exec("update "+kind+" set visibility = 'public' where id = $1", created[kind])
	}
	e.Exec("update goal set ending = 'cancelled', ended_on = '2026-11-20', ending_reason_fi = $2, ending_reason_sv = $3 where id = $1", created["goal"], text("Syy")["fi"], text("Syy")["sv"])
	for kind, in := range map[string]apitest.JSON{"goal": ended, "chain": without(chain, "key")} {
		published := apitest.As[api.Draft](c.Post("/drafts", apitest.JSON{"subjectKind": kind, "subjectId": created[kind], "baseVersion": 1,
			"content": with(in, "title", text("Toinen"))}).Want(201))
		// The body names no ids of stages: to say the same again, take what is published.
		content := published.Published.Content.(map[string]any)
		content["title"] = text("Kolmas")
		d := apitest.As[api.Draft](c.Put("/drafts/"+published.ID.String(), `"1"`, apitest.JSON{"baseVersion": 1, "content": content}).Want(200))
		if len(d.Differences) != 1 || d.Differences[0].Field != "title" {
			t.Errorf("%s: differences %+v", kind, d.Differences)
		}
		told := func(where string, said apitest.JSON, content any) {
			for name := range said {
				if content.(map[string]any)[name] == nil {
					t.Errorf("%s does not tell %s", where, name)
				}
			}
		}
		told(kind, in, content)
		for _, list := range []string{"stages", "handovers"} {
			if kind == "chain" {
				told(list, in[list].([]apitest.JSON)[0], content[list].([]any)[0])
			}
		}
	}
}

// complete fails unless the body fills each field of T.
func complete[T any](t *testing.T, body apitest.JSON) {
	t.Helper()
	for i := range reflect.TypeFor[T]().NumField() {
		name, _, _ := strings.Cut(reflect.TypeFor[T]().Field(i).Tag.Get("json"), ",")
		if body[name] == nil {
			t.Errorf("the test says nothing in %s of %v", name, reflect.TypeFor[T]())
		}
	}
}

// Espoo drafts, LUVN asks for changes, which stops the publication; a new
// version lifts that, LUVN agrees, Espoo publishes. The log tells it all to
// staff, under the goal.
func TestDraftReviewedAndPublished(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	espoo, luvn := e.As("espoo coordinator"), e.As("luvn coordinator")
	g, in, d := drafted(e, f)

	waiting := func(c apitest.Client) int {
		return len(apitest.As[api.List[api.DraftSummary]](c.Get("/drafts?awaiting=me").Want(200)).Items)
	}
	if waiting(luvn) != 1 || waiting(espoo) != 0 || waiting(e.As("luvn reader")) != 0 || waiting(e.As("")) != 0 {
		t.Error("the draft waits for LUVN's coordinators only")
	}
	drafts := func(i api.WorkItem) bool { return i.Reason == "draft" && i.Draft != nil && i.Draft.ID == d.ID }
	if inWork(luvn, drafts) != 1 || inWork(espoo, drafts) != 0 {
		t.Error("it is not in the work of LUVN's coordinator alone")
	}
	about(luvn, d, "comments", apitest.JSON{"kind": "changes_requested"}).WantProblem(422, "validation_failed")
	about(luvn, d, "comments", apitest.JSON{"kind": "comment", "text": apitest.JSON{"en": "Interesting"}}).Want(200)
	if waiting(luvn) != 1 {
		t.Error("a remark is no answer")
	}
	said := apitest.As[api.Draft](about(luvn, d, "comments", apitest.JSON{"kind": "changes_requested", "text": apitest.JSON{"sv": "Tydligare"}}).Want(200))
	if said.Standing != draft.ChangesWanted || said.Version != 1 {
		t.Errorf("after LUVN's word: %+v", said.DraftSummary)
	}
	// Page by page, the latest first; the public has no word of it.
	path := "/drafts/" + d.ID.String() + "/comments"
	latest := apitest.As[api.List[api.DraftComment]](espoo.Get(path + "?limit=1&count=exact").Want(200))
	if *latest.Total != 2 || len(latest.Items) != 1 || latest.Items[0].Text.SV != "Tydligare" || latest.Items[0].Post.PartyID != f.Party["luvn"] || latest.Items[0].Post.Title.FI == "" {
		t.Errorf("what was said last: %+v", latest)
	}
	rest := apitest.As[api.List[api.DraftComment]](espoo.Get(path + "?limit=1&cursor=" + latest.NextCursor).Want(200))
	if len(rest.Items) != 1 || rest.Items[0].Text.EN != "Interesting" || rest.NextCursor != "" {
		t.Errorf("what was said before: %+v", rest)
	}
	e.As("").Get(path).WantProblem(404, "draft_not_found")
	if waiting(luvn) != 0 {
		t.Error("the draft waits although LUVN has answered")
	}
	about(espoo, d, "publication", nil).WantProblem(409, "changes_requested")
	about(luvn, d, "publication", nil).WantProblem(409, "changes_requested")
	if p := apitest.As[api.Draft](espoo.Get("/drafts/" + d.ID.String())).Permissions; slices.Contains(p, domain.DraftPublish) {
		t.Error("a draft with changes requested offers to be published")
	}

	in = with(in, "title", apitest.JSON{"fi": "Selkeämpi", "sv": "Tydligare"})
	e.Advance(time.Hour)
	second := apitest.As[api.Draft](espoo.Put("/drafts/"+d.ID.String(), etag(1), apitest.JSON{"baseVersion": 1, "content": in}).Want(200))
	if second.Standing != draft.Waiting || second.Version != 2 || !second.SavedAt.After(second.CreatedAt) {
		t.Errorf("the second version is %+v", second.DraftSummary)
	}
	if p := about(luvn, d, "comments", apitest.JSON{"kind": "agreed"}).WantProblem(412, "stale_version"); p.Current == nil {
		t.Error("no current draft")
	}
	about(luvn, second, "comments", apitest.JSON{"kind": "agreed"}).Want(200)
	about(luvn, second, "comments", apitest.JSON{"kind": "changes_requested", "text": apitest.JSON{"fi": "Ei sittenkään"}}).Want(200)
	about(espoo, second, "publication", nil).WantProblem(409, "changes_requested")
	about(luvn, second, "comments", apitest.JSON{"kind": "agreed"}).Want(200)
	e.Advance(time.Hour)
	done := apitest.As[api.Draft](about(espoo, second, "publication", nil).Want(200))
	if done.State != draft.Published || done.Standing != draft.AllAgree || done.SettledAt == nil || len(done.Differences) != 1 || len(done.Permissions) != 0 || done.Outdated {
		t.Errorf("the published draft is %+v", done)
	}
	if now := apitest.As[api.Goal](e.As("").Get("/goals/1").Want(200)); now.Title.FI != "Selkeämpi" || now.Version != 2 {
		t.Errorf("the goal is %+v", now)
	}
	about(luvn, done, "comments", apitest.JSON{"kind": "comment", "text": apitest.JSON{"fi": "x"}}).WantProblem(409, "draft_settled")
	about(espoo, done, "publication", nil).WantProblem(409, "draft_settled")
	about(espoo, done, "discard", apitest.JSON{"reason": "x"}).WantProblem(409, "draft_settled")
	espoo.Put("/drafts/"+d.ID.String(), etag(done.Version), apitest.JSON{"baseVersion": 2, "content": in}).WantProblem(409, "draft_settled")

	var told []string
	for _, entry := range apitest.As[api.List[api.AuditEntry]](e.As("luvn reader").Get("/audit/entries?sort=at&subjectKind=goal&subjectId=" + g.ID.String()).Want(200)).Items {
		if entry.Permission != domain.ResponsibilityEdit {
			told = append(told, fmt.Sprintf("%s %s %d", entry.Permission, entry.Subject.Kind, entry.Version))
		}
	}
	want := []string{"goal.create goal 1", "draft.edit draft 1", "draft.comment draft_comment 1", "draft.answer draft_comment 1", "draft.edit draft 2",
		"draft.answer draft_comment 1", "draft.answer draft_comment 1", "draft.answer draft_comment 1", "goal.edit goal 2", "draft.publish draft 3"}
	if !slices.Equal(told, want) {
		t.Errorf("the log tells\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
	// A new draft can follow.
	espoo.Post("/drafts", apitest.JSON{"subjectKind": "goal", "subjectId": g.ID, "baseVersion": 2, "content": with(in, "title", text("Kolmas"))}).Want(201)
	if n := len(apitest.As[api.List[api.DraftSummary]](luvn.Get("/drafts?state=published&subjectKind=goal&subjectId=" + g.ID.String() + "&partyId=" + f.Party["espoo"].String()).Want(200)).Items); n != 1 {
		t.Errorf("%d published drafts", n)
	}
}

func TestDraftRefuses(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	g, in, d := drafted(e, f)
	c.Post("/drafts", goalDraft(g, in)).WantProblem(409, "draft_exists")
	about(c, d, "discard", apitest.JSON{"reason": " "}).WantProblem(422, "validation_failed")
	gone := apitest.As[api.Draft](about(c, d, "discard", apitest.JSON{"reason": "Muutos ei ole tarpeen"}).Want(200))
	if gone.State != draft.Discarded || gone.Reason != "Muutos ei ole tarpeen" {
		t.Errorf("discarded: %+v", gone.DraftSummary)
	}

	hidden := apitest.As[api.Goal](c.Post("/goals", goalInput(f, "Sisäinen", "internal")).Want(201))
	c.Post("/drafts", goalDraft(hidden, in)).WantProblem(409, "draft_not_needed")
	c.Post("/drafts", goalDraft(g, goalInput(f, "Julkinen", "public"))).WantProblem(409, "nothing_changed")
	c.Post("/drafts", with(goalDraft(g, in), "subjectId", f.Plan)).WantProblem(404, "goal_not_found")
	c.Post("/drafts", with(goalDraft(g, in), "subjectKind", "action")).WantProblem(422, "validation_failed")
	c.Do("PUT", "/api/v1/drafts/"+d.ID.String(), apitest.JSON{"baseVersion": 1, "content": in}).WantProblem(428, "if_match_required")

	// What the goal itself refuses, its draft refuses too, at the same place below /content.
	for name, tt := range map[string]struct {
		field   string
		value   any
		pointer string
		code    string
	}{
		"by the schema": {"owner", 1, "/content/owner", "unknown_field"}, "by the rules": {"title", apitest.JSON{"fi": " "}, "/content/title/fi", "required"},
		"by the tables": {"themeId", f.Plan, "/content/themeId", "unknown"}, "by the book": {"responsibilities", []apitest.JSON{{"postId": f.Plan, "part": "lead"}}, "/content/responsibilities", "unknown"},
	} {
		p := c.Post("/drafts", goalDraft(g, with(in, tt.field, tt.value))).WantProblem(422, "validation_failed")
		if !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
			t.Errorf("%s: errors %v", name, p.Errors)
		}
	}
	if now := apitest.As[api.Goal](c.Get("/goals/1")); now.Version != 1 || now.Title.FI != "Julkinen" {
		t.Errorf("trying a draft has changed the goal: %+v", now)
	}
}

// What is published changes under a draft: the draft says so, cannot be
// published, and is saved again on what is published now.
func TestDraftOfWhatHasChanged(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	g, in, d := drafted(e, f)
	e.Exec("update goal set title_fi = 'Muualla muutettu', version = 2 where id = $1", g.ID)
	now := apitest.As[api.Draft](c.Get("/drafts/" + d.ID.String()).Want(200))
	if !now.Outdated || now.Published.Version != 2 || slices.Contains(now.Permissions, domain.DraftPublish) {
		t.Errorf("the draft is %+v", now)
	}
	for _, r := range []apitest.Response{about(c, d, "publication", nil), c.Put("/drafts/"+d.ID.String(), etag(1), apitest.JSON{"baseVersion": 1, "content": with(in, "title", text("Kolmas"))})} {
		p := r.WantProblem(412, "base_changed")
		current := p.Current.(map[string]any)
		if current["version"] != 2.0 || current["content"].(map[string]any)["title"].(map[string]any)["fi"] != "Muualla muutettu" || len(current["posts"].([]any)) != 2 {
			t.Errorf("current %v", current)
		}
	}
	again := apitest.As[api.Draft](c.Put("/drafts/"+d.ID.String(), etag(1), apitest.JSON{"baseVersion": 2, "content": in}).Want(200))
	if again.Outdated {
		t.Error("saved on what is published now, and still outdated")
	}
	about(c, again, "publication", nil).Want(200)
	c.Post("/drafts", goalDraft(g, with(in, "title", text("x")))).WantProblem(412, "base_changed")
}

// Publishing and saving the same version at once: one of the two wins, and what
// is published is what somebody saw.
func TestDraftPublishedAgainstSaved(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	_, in, d := drafted(e, f)
	for round := range 5 {
		if round > 0 {
			g := apitest.As[api.Goal](e.As("").Get("/goals/1"))
			d = apitest.As[api.Draft](e.As("espoo coordinator").Post("/drafts", goalDraft(g, with(in, "title", apitest.JSON{"fi": fmt.Sprint("Kierros ", round)}))).Want(201))
		}
		title := apitest.As[api.Draft](e.As("luvn reader").Get("/drafts/" + d.ID.String())).Content.(map[string]any)["title"].(map[string]any)["fi"]
		var published, saved apitest.Response
		var wg sync.WaitGroup
		wg.Go(func() { published = about(e.As("luvn coordinator"), d, "publication", nil) })
		wg.Go(func() {
			saved = e.As("espoo coordinator").Put("/drafts/"+d.ID.String(), etag(d.Version), apitest.JSON{"baseVersion": d.BaseVersion, "content": with(in, "title", text(fmt.Sprint("Toisin ", round)))})
		})
		wg.Wait()
		now := apitest.As[api.Goal](e.As("").Get("/goals/1")).Title.FI
		switch {
		case published.StatusCode == http.StatusOK && saved.StatusCode == http.StatusPreconditionFailed:
			if now != title {
				t.Errorf("published %q, seen %q", now, title)
			}
		case saved.StatusCode == http.StatusOK && published.StatusCode == http.StatusPreconditionFailed:
			if now == fmt.Sprint("Toisin ", round) || now == title {
				t.Errorf("nothing was published, and yet %q", now)
			}
			d = apitest.As[api.Draft](saved)
			about(e.As("espoo coordinator"), d, "publication", nil).Want(200)
		default:
			t.Errorf("published %d, saved %d %.200s", published.StatusCode, saved.StatusCode, saved.Bytes)
		}
	}
}

// A part that the other party takes meanwhile is not thrown out by a draft that
// does not know of it.
func TestDraftDoesNotThrowOutANewPart(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := ownGoal(e, f, "Espoon")
	in := without(goalInput(f, "Uusi nimi", "public"), "responsibilities")
	in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}}
	c := e.As("espoo coordinator")
	d := apitest.As[api.Draft](c.Post("/drafts", goalDraft(goal, in)).Want(201))
	e.As("luvn manager").Post("/responsibilities", apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID, "postId": f.Post["luvn_family_head"], "part": "shared"}).Want(201)
	if now := apitest.As[api.Draft](c.Get("/drafts/" + d.ID.String()).Want(200)); !now.Outdated || slices.Contains(now.Permissions, domain.DraftPublish) {
		t.Errorf("outdated: %t, permissions %v", now.Outdated, now.Permissions)
	}
	about(c, d, "publication", nil).WantProblem(412, "base_changed")
	if left := ofGoal(e, "", goal.ID, ""); len(left) != 2 {
		t.Errorf("parts left: %+v", left)
	}
}
