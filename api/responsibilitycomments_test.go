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

// say says something of what waits.
func say(e *apitest.Env, name string, r api.ResponsibilityItem, kind, text string) apitest.Response {
	return e.As(name).Post("/responsibilities/"+r.ID.String()+"/comments", apitest.JSON{"kind": kind, "text": apitest.JSON{"fi": text}}, "If-Match", etag(r.Version))
}

// said are the comments on a responsibility that somebody sees, the newest first.
func said(e *apitest.Env, name string, r api.ResponsibilityItem, query string) (out []string) {
	e.T.Helper()
	for _, c := range apitest.As[api.List[api.ResponsibilityComment]](e.As(name).Get("/responsibilities/" + r.ID.String() + "/comments" + query).Want(200)).Items {
		out = append(out, fmt.Sprintf("%d %s %s: %s %t", c.Revision, c.Post.Title.FI, c.Kind, c.Text.FI, c.Waiting))
	}
	return out
}

// asked are the ids of what the caller's party has proposed and is asked to change.
func asked(e *apitest.Env, name string) (ids []domain.ResponsibilityID) {
	e.T.Helper()
	for _, r := range apitest.As[api.List[api.ResponsibilityItem]](e.As(name).Get("/responsibilities?changesAsked=me&sort=waitingSince").Want(200)).Items {
		ids = append(ids, r.ID)
	}
	if name == "" {
		return ids
	}
	if n := inWork(e.As(name), func(i api.WorkItem) bool { return i.Reason == "changes" && i.Responsibility != nil }); n != len(ids) {
		e.T.Errorf("%d in the work of %q, %d in the list", n, name, len(ids))
	}
	return ids
}

// Topology: a public goal that esp_education_head and luvn_family_head lead, both
// parts proposed by Espoo's coordinator. The coordinators of both parties and the
// managers of both posts' units comment on either part; LUVN's, who have not
// answered, ask for changes. Managers of other units, readers, auditors and
// administrators read what is said; the public does not know of it.
func TestWhoDiscussesAProposal(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	for name, at := range map[string][3]string{"older manager": {"luvn", "luvn_older_head", "luvn_older"}, "youth manager": {"espoo", "esp_youth_head", "esp_youth"}} {
		e.Name(name, domain.Actor{PersonID: e.Person(f, name, at[0]), PostID: f.Post[at[1]], PartyID: f.Party[at[0]],
			Grants: []domain.ActiveGrant{{Role: domain.RoleManager, PartyID: f.Party[at[0]], Units: []domain.UnitID{f.Unit[at[2]]}}}})
	}
	goal := sharedGoal(e, f)
	items := ofGoal(e, "auditor", goal.ID, "")
	both := []domain.Permission{domain.AgreementComment, domain.AgreementAskChanges}
	may := map[string][]domain.Permission{
		"espoo coordinator": both[:1], "espoo manager": both[:1], "luvn coordinator": both, "luvn manager": both,
		"older manager": {}, "youth manager": {}, "espoo reader": {}, "luvn reader": {}, "auditor": {}, "espoo administrator": {}, "luvn administrator": {},
	}
	n := 0
	for name, want := range may {
		for i, r := range ofGoal(e, name, goal.ID, "") {
			got := slices.DeleteFunc(slices.Clone(r.Permissions), func(p domain.Permission) bool { return !slices.Contains(both, p) })
			single := apitest.As[api.ResponsibilityItem](e.As(name).Get("/responsibilities/" + r.ID.String()).Want(200))
			if !slices.Equal(got, want) || !slices.Equal(single.Permissions, r.Permissions) || r.Discussion == nil || r.Discussion.Requests == nil {
				t.Errorf("%s may %v of part %d, want %v; discussion %+v", name, got, i, want, r.Discussion)
			}
			if len(want) == 0 {
				say(e, name, r, "comment", "Ei").WantProblem(403, "forbidden")
			} else {
				say(e, name, r, "comment", "Kommentti").Want(200)
				n++
			}
			switch {
			case len(want) == 2:
			case len(want) == 1:
				say(e, name, r, "changes_requested", "Ei").WantProblem(409, "own_proposal")
			default:
				say(e, name, r, "changes_requested", "Ei").WantProblem(403, "forbidden")
			}
		}
	}
	for name := range may {
		seen := 0
		for _, r := range ofGoal(e, name, goal.ID, "") {
			seen += r.Discussion.Comments
			if len(said(e, name, r, "")) != r.Discussion.Comments {
				t.Errorf("%s: %d comments are counted, not those listed", name, r.Discussion.Comments)
			}
		}
		if seen != n || n != 8 {
			t.Errorf("%s sees %d comments of %d", name, seen, n)
		}
	}

	e.Advance(48 * time.Hour)
	yesterday := "?asOf=" + domain.DateOf(e.Now()).AddDays(-1).String()
	for _, when := range []string{"", yesterday} {
		for _, r := range ofGoal(e, "", goal.ID, when) {
			if r.Discussion != nil || len(said(e, "", r, when)) != 0 {
				t.Errorf("the public sees what is said %q", when)
			}
		}
		if r := ofGoal(e, "luvn reader", goal.ID, when)[0]; r.Discussion.Comments != 4 || len(said(e, "luvn reader", r, when)) != 4 {
			t.Errorf("staff do not see what was said %q", when)
		}
	}
	log := "/audit/entries?subjectKind=goal&subjectId=" + goal.ID.String()
	if text := string(e.As("").Get("/responsibilities/of/goal/"+goal.ID.String()).Want(200).Bytes) + string(e.As("").Get(log).Want(200).Bytes) + string(e.As("").Get("/responsibilities").Want(200).Bytes); strings.Contains(text, "Kommentti") || strings.Contains(text, "discussion") {
		t.Error("the public reads what is said")
	}
	if text := string(e.As("luvn reader").Get(log).Want(200).Bytes); strings.Count(text, `"Kommentti"`) != 8 {
		t.Error("staff do not find it in the log of the goal")
	}
	say(e, "", items[0], "comment", "Ei").WantProblem(401, "sign_in_required")
	e.As("").Get("/responsibilities/"+domain.UUIDv7().String()+"/comments").WantProblem(404, "responsibility_not_found")
}

// LUVN asks Espoo to change what it proposed instead of declining it; Espoo's
// people see that and propose other words, of which nobody has asked anything;
// LUVN accepts, and all that was said stays readable beside its own words.
func TestChangesAreAskedForWithoutDeclining(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	first := ofGoal(e, "espoo coordinator", goal.ID, "")
	espoo, luvn := first[0], first[1]
	e.Advance(24 * time.Hour)
	p := say(e, "luvn manager", luvn, "changes_requested", " ").WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/text/fi" || p.Errors[0].Code != "required" {
		t.Errorf("without words: %+v", p.Errors)
	}
	p = say(e, "luvn manager", luvn, "comment", strings.Repeat("ä", 2001)).WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Code != "too_long" {
		t.Errorf("too many words: %+v", p.Errors)
	}
	e.As("luvn manager").Post("/responsibilities/"+luvn.ID.String()+"/comments", apitest.JSON{"kind": "comment", "text": apitest.JSON{"fi": "Ei"}}).WantProblem(428, "if_match_required")

	now := apitest.As[api.ResponsibilityItem](say(e, "luvn manager", luvn, "changes_requested", "Millä luvalla?").Want(200))
	if now.Standing != domain.Proposed || now.Version != luvn.Version || now.Discussion.Comments != 1 || !now.Discussion.LastAt.Equal(e.Now()) ||
		len(now.Discussion.Requests) != 1 || now.Discussion.Requests[0].PartyID != f.Party["luvn"] || !now.Discussion.Requests[0].At.Equal(e.Now()) {
		t.Errorf("asked: %s, version %d, %+v", now.Standing, now.Version, now.Discussion)
	}
	if entry := lastEntry(e, "agreement_comment"); entry.permission != "agreement.ask_changes" || entry.parent != "goal" || !strings.Contains(entry.changes, "Millä luvalla?") || !strings.Contains(entry.changes, f.Post["luvn_family_head"].String()) {
		t.Errorf("entry %+v", entry)
	}
	waiting := apitest.As[api.List[api.ResponsibilityItem]](e.As("luvn manager").Get("/responsibilities?awaiting=me&sort=waitingSince").Want(200)).Items
	if len(waiting) != 2 || waiting[0].Discussion == nil || waiting[0].Discussion.Comments+waiting[1].Discussion.Comments != 1 {
		t.Errorf("what waits for LUVN's answer: %+v", waiting)
	}
	// Espoo's coordinator is told of both parts; its manager of the one of their own post.
	e.Advance(time.Hour)
	say(e, "luvn coordinator", espoo, "changes_requested", "Koska?").Want(200)
	for name, want := range map[string][]domain.ResponsibilityID{"espoo coordinator": {espoo.ID, luvn.ID}, "espoo manager": {espoo.ID}, "luvn coordinator": nil, "luvn manager": nil, "espoo reader": nil, "auditor": nil, "": nil} {
		got := asked(e, name)
		slices.SortFunc(got, func(a, b domain.ResponsibilityID) int { return slices.Compare(a.UUID[:], b.UUID[:]) })
		slices.SortFunc(want, func(a, b domain.ResponsibilityID) int { return slices.Compare(a.UUID[:], b.UUID[:]) })
		if !slices.Equal(got, want) {
			t.Errorf("%q is told of %v, want %v", name, got, want)
		}
	}

	terms := apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "lead", "wording": apitest.JSON{"fi": "LUVN tuo tiedot luvalla."}}
	e.Advance(time.Hour)
	say(e, "espoo coordinator", luvn, "comment", "Kirjoitan luvasta.").Want(200)
	changed := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Put("/responsibilities/"+luvn.ID.String(), etag(luvn.Version), terms).Want(200))
	if changed.Discussion == nil || changed.Discussion.Comments != 0 || changed.Discussion.LastAt != nil || len(changed.Discussion.Requests) != 0 {
		t.Errorf("of the new words: %+v", changed.Discussion)
	}
	if got := asked(e, "espoo coordinator"); !slices.Equal(got, []domain.ResponsibilityID{espoo.ID}) {
		t.Errorf("after the change Espoo is told of %v", got)
	}
	stale := say(e, "luvn manager", luvn, "comment", "Vanhasta").WantProblem(412, "stale_version")
	if stale.Current == nil {
		t.Error("the new words are not told")
	}
	e.Advance(time.Hour)
	say(e, "luvn manager", changed, "comment", "Hyvä näin.").Want(200)
	accepted := apitest.As[api.ResponsibilityItem](e.As("luvn manager").Post("/responsibilities/"+luvn.ID.String()+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(changed.Version)).Want(200))
	if accepted.Standing != domain.InForce || accepted.Discussion != nil || slices.Contains(accepted.Permissions, domain.AgreementComment) {
		t.Errorf("accepted: %s %+v %v", accepted.Standing, accepted.Discussion, accepted.Permissions)
	}
	say(e, "luvn manager", accepted, "comment", "Jälkikäteen").WantProblem(409, "agreement_settled")
	say(e, "luvn manager", accepted, "changes_requested", "Jälkikäteen").WantProblem(409, "agreement_settled")
	want := []string{"2 luvn_family_head comment: Hyvä näin. false", "1 esp_coordinator comment: Kirjoitan luvasta. false", "1 luvn_family_head changes_requested: Millä luvalla? false"}
	for _, name := range []string{"espoo reader", "luvn reader", "auditor"} {
		if got := said(e, name, luvn, ""); !slices.Equal(got, want) {
			t.Errorf("%s reads %q, want %q", name, got, want)
		}
	}
	if got := said(e, "auditor", luvn, "?sort=at&limit=1"); !slices.Equal(got, want[2:]) {
		t.Errorf("the oldest first: %q", got)
	}
	// Whoever has answered asks for nothing any more.
	e.As("luvn coordinator").Post("/responsibilities/"+espoo.ID.String()+"/acceptances", apitest.JSON{"answer": "declined", "reason": apitest.JSON{"fi": "Ei käy."}}, "If-Match", etag(espoo.Version)).Want(200)
	declined := ofGoal(e, "luvn coordinator", goal.ID, "")[0]
	if declined.Standing != domain.Declined || declined.Discussion.Comments != 1 || len(declined.Discussion.Requests) != 0 || len(asked(e, "espoo coordinator")) != 0 {
		t.Errorf("declined: %s %+v", declined.Standing, declined.Discussion)
	}
	say(e, "luvn coordinator", declined, "changes_requested", "Vielä").WantProblem(409, "party_has_answered")
	say(e, "espoo coordinator", declined, "comment", "Miten kävisi?").Want(200)
}

// What was said of words stands when the very same words wait again: Espoo asks
// for changes of LUVN's proposal, proposes other words instead, and takes these
// back.
func TestARequestStandsWhenTheSameWordsWaitAgain(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	answerAll(e, "luvn coordinator", "accepted")
	r := ofGoal(e, "luvn coordinator", goal.ID, "")[1]
	propose := func(name, wording string) {
		t.Helper()
		e.Advance(time.Hour)
		r = apitest.As[api.ResponsibilityItem](e.As(name).Put("/responsibilities/"+r.ID.String(), etag(r.Version), apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "lead", "wording": apitest.JSON{"fi": wording}}).Want(200))
	}
	propose("luvn coordinator", "LUVN kutsuu.")
	r = apitest.As[api.ResponsibilityItem](say(e, "espoo coordinator", r, "changes_requested", "Kenet?").Want(200))
	propose("espoo coordinator", "LUVN kutsuu Espoon.")
	if r.Discussion.Comments != 0 || len(asked(e, "luvn coordinator")) != 0 || len(asked(e, "espoo coordinator")) != 0 {
		t.Errorf("of Espoo's own words: %+v", r.Discussion)
	}
	e.As("espoo coordinator").Post("/responsibilities/"+r.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", etag(r.Version)).Want(200)
	r = ofGoal(e, "luvn coordinator", goal.ID, "")[1]
	if r.Change == nil || r.Change.Wording.FI != "LUVN kutsuu." || r.Discussion.Comments != 1 || len(r.Discussion.Requests) != 1 || r.Discussion.Requests[0].PartyID != f.Party["espoo"] || len(asked(e, "luvn coordinator")) != 1 {
		t.Errorf("LUVN's words wait again: %+v %+v", r.Change, r.Discussion)
	}
	if got := said(e, "luvn reader", r, ""); !slices.Equal(got, []string{"2 esp_coordinator changes_requested: Kenet? true"}) {
		t.Errorf("said %q", got)
	}
	// Once they have been in force, what was said of them is past.
	e.As("espoo coordinator").Post("/responsibilities/"+r.ID.String()+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(r.Version)).Want(200)
	r = ofGoal(e, "luvn coordinator", goal.ID, "")[1]
	propose("luvn coordinator", "LUVN kutsuu kaikki.")
	e.As("espoo coordinator").Post("/responsibilities/"+r.ID.String()+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(r.Version)).Want(200)
	r = ofGoal(e, "luvn coordinator", goal.ID, "")[1]
	propose("luvn coordinator", "LUVN kutsuu.")
	if r.Discussion.Comments != 0 || len(r.Discussion.Requests) != 0 {
		t.Errorf("proposed anew: %+v", r.Discussion)
	}
}
