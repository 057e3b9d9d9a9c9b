package api_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// partyGoal is a goal of Espoo alone under a shared one.
func partyGoal(f *apitest.Fixture, title string, shared api.Goal) apitest.JSON {
	in := goalInput(f, title, "public")
	in["sharedGoalId"], in["partyId"] = shared.ID, f.Party["espoo"]
	in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}, {"postId": f.Post["luvn_family_head"], "part": "informed"}}
	return in
}

// Topology: goal 1 shared and public; 2 and 3 of Espoo under it, 2 public, 3
// internal; 4 shared. Action 1 is for 2, action 2 for 1 and 2, action 3 for 3; all
// are public. Espoo alone makes and changes its goals.
func TestGoalsOfAParty(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	shared, _ := publicGoal(e, f)
	espoo, luvn := e.As("espoo coordinator"), e.As("luvn coordinator")
	in := partyGoal(f, "Espoon oma", shared)
	for name, tt := range map[string]struct {
		in            apitest.JSON
		pointer, code string
	}{
		"of nobody":           {without(in, "partyId"), "/partyId", "required"},
		"under nothing":       {without(in, "sharedGoalId"), "/sharedGoalId", "required"},
		"under what is not":   {with(in, "sharedGoalId", f.Plan), "/sharedGoalId", "unknown"},
		"of another than led": {with(in, "partyId", f.Party["luvn"]), "", ""}, // not Espoo's to make
	} {
		if tt.pointer == "" {
			espoo.Post("/goals", tt.in).WantProblem(403, "forbidden")
			continue
		}
		p := espoo.Post("/goals", tt.in).WantProblem(422, "validation_failed")
		if !slices.ContainsFunc(p.Errors, func(e domain.FieldError) bool { return e.Pointer == tt.pointer && e.Code == tt.code }) {
			t.Errorf("%s: %+v", name, p.Errors)
		}
	}
	luvn.Post("/goals", in).WantProblem(403, "forbidden")
	own := apitest.As[api.Goal](espoo.Post("/goals", in).Want(201))
	hidden := apitest.As[api.Goal](espoo.Post("/goals", with(with(partyGoal(f, "Espoon sisäinen", shared), "visibility", "internal"), "visibilityGround", "kesken")).Want(201))
	second, _ := publicGoal(e, f)
	if p := espoo.Post("/goals", with(in, "sharedGoalId", own.ID)).WantProblem(422, "validation_failed"); p.Errors[0].Code != "not_shared" {
		t.Errorf("under a party's goal: %+v", p.Errors)
	}

	if p := espoo.Post("/goals", with(in, "responsibilities", goalInput(f, "", "public")["responsibilities"])).WantProblem(422, "validation_failed"); p.Errors[0].Code != "other_party" {
		t.Errorf("led by another: %+v", p.Errors)
	}
	espoo.Post("/responsibilities", apitest.JSON{"subjectKind": "goal", "subjectId": own.ID, "postId": f.Post["luvn_family_head"], "part": "support"}).Want(422)

	for i, goals := range [][]any{{own.ID}, {shared.ID, own.ID}, {hidden.ID}} {
		in := actionInput(f, "Toimi "+strconv.Itoa(i+1), "esp_education_head", "2027-06-30")
		in["goalIds"] = goals
		createAction(e, "espoo coordinator", in)
	}
	// Everybody counts for the shared goal what they find by it.
	for who, want := range map[string][]int{"": {1, 2}, "luvn reader": {1, 2, 3}} {
		for no, want := range map[string][]int{"1": want, "2": {1, 2}} {
			g := goalOf(e, who, no)
			var named []int
			for _, a := range g.Actions {
				named = append(named, a.No)
			}
			if got := listed(e, who, "goalId="+g.ID.String()); !slices.Equal(got, want) || g.ActionCount != len(want) || !slices.Equal(named, want) {
				t.Errorf("%q finds for goal %s %v and counts %d, names %v, want %v", who, no, got, g.ActionCount, named, want)
			}
			for _, o := range apitest.As[api.Overview](e.As(who).Get("/overview").Want(200)).Goals {
				if o.No == g.No && o.ActionCount != len(want) {
					t.Errorf("the overview counts for %q and goal %d %d, want %d", who, o.No, o.ActionCount, len(want))
				}
			}
		}
		for _, r := range apitest.As[api.Matrix](e.As(who).Get("/matrix").Want(200)).Rows {
			if r.Kind == domain.SubjectGoal && r.No == 1 && r.Actions != len(want) {
				t.Errorf("the matrix counts for %q and goal 1 %d, want %d", who, r.Actions, len(want))
			}
		}
	}

	// Both ends name each other, as far as the reader may see them.
	if g := goalOf(e, "", "2"); g.SharedGoal == nil || g.SharedGoal.No != 1 || g.PartyID == nil || *g.PartyID != f.Party["espoo"] {
		t.Errorf("above 2: %+v", g.SharedGoal)
	}
	for who, want := range map[string]int{"": 1, "luvn reader": 2} {
		if under := goalOf(e, who, "1").PartyGoals; len(under) != want || under[0].No != 2 || *under[0].PartyID != f.Party["espoo"] {
			t.Errorf("%q reads under 1 %+v", who, under)
		}
		for query, want := range map[string]int{"?sharedGoalId=" + shared.ID.String(): want, "?sharedGoalId=none": 2} {
			if n := len(apitest.As[api.List[api.Goal]](e.As(who).Get("/goals" + query).Want(200)).Items); n != want {
				t.Errorf("%q lists %d of %q, want %d", who, n, query, want)
			}
		}
	}
	csv := string(e.As("").Get("/goals.csv").Want(200).Bytes)
	if !strings.Contains(csv, "Yhteisen tavoitteen numero") || !strings.Contains(csv, ";1;ESPOO;Espoon oma;") {
		t.Errorf("the file: %.600s", csv)
	}

	// What is public changes by a draft of its own party, which needs nobody's word and
	// which the other party comments on, but cannot stop.
	e.Advance(time.Hour)
	if p := goalOf(e, "luvn coordinator", "2").Permissions; len(p) != 0 {
		t.Errorf("LUVN may %v Espoo's goal", p)
	}
	change := with(in, "title", apitest.JSON{"fi": "Espoon uusi", "sv": "Esbos nya"})
	luvn.Post("/drafts", goalDraft(own, change)).WantProblem(403, "forbidden")
	d := apitest.As[api.Draft](espoo.Post("/drafts", goalDraft(goalOf(e, "", "2"), change)).Want(201))
	if n := len(apitest.As[api.List[api.DraftSummary]](luvn.Get("/drafts?awaiting=me").Want(200)).Items); n != 0 {
		t.Errorf("LUVN is asked for %d words on Espoo's goal", n)
	}
	about(luvn, d, "comments", apitest.JSON{"kind": "changes_requested", "text": apitest.JSON{"fi": "Ei"}}).WantProblem(403, "forbidden")
	about(luvn, d, "comments", apitest.JSON{"kind": "comment", "text": apitest.JSON{"fi": "Huomio"}}).Want(200)
	about(espoo, d, "publication", nil).Want(200)
	ended := with(with(in, "title", change["title"]), "ending", apitest.JSON{"kind": "cancelled", "reason": apitest.JSON{"fi": "Tarpeeton", "sv": "Onödigt"}})
	d = apitest.As[api.Draft](espoo.Post("/drafts", goalDraft(goalOf(e, "", "2"), ended)).Want(201))
	about(espoo, d, "publication", nil).Want(200) // its own word is enough

	// A shared goal with parties' goals under it stays shared.
	p := espoo.Post("/drafts", goalDraft(goalOf(e, "", "1"), partyGoal(f, "Espoon", second))).WantProblem(422, "validation_failed")
	if p.Errors[0].Code != "has_party_goals" {
		t.Errorf("%+v", p.Errors)
	}
}

// A file of goals names the shared goal by its number and the party by its name.
func TestGoalsOfAPartyFromAFile(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	publicGoal(e, f)
	const who = "espoo coordinator"
	heads := []string{"Tavoite", "Suunnitelma", "Painopiste", "Vastuutaho", "Yhteisen tavoitteen numero", "Osapuoli"}
	r := checkFile(e, who, "goal", csvFile(heads,
		[]string{"Väärä", "Suunnitelma", "older", "esp_education_head", "77", "Espoo"},
		[]string{"Toisen", "Suunnitelma", "older", "luvn_family_head", "1", "luvn"},
		[]string{"Kenen", "Suunnitelma", "older", "esp_education_head", "1", ""}))
	want := []string{`2 Yhteisen tavoitteen numero: unknown_name "77"`, `3 Osapuoli: forbidden ""`, `4 Osapuoli: required ""`}
	if got := wrongCells(r); len(got) != 3 || got[0] != want[0] || got[2] != want[2] {
		t.Errorf("wrong is %q", got)
	}
	if r := takeFile(e, who, "goal", csvFile(heads, []string{"Espoon oma", "Suunnitelma", "older", "esp_education_head", "1", "Espoo"})); rowCounts(r) != "1 new, 0 changed, 0 same, 0 wrong" {
		t.Errorf("%+v", r)
	}
	if g := goalOf(e, "", "2"); g.SharedGoal == nil || g.SharedGoal.No != 1 || *g.PartyID != f.Party["espoo"] {
		t.Errorf("the new goal is %+v", g)
	}
	comesBack(e, who, "goal", "/goals", 2)
}
