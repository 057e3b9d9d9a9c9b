package api_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/responsibility"
)

// Who was responsible is told by the record of the end of the day: right across a
// change of acceptance, wording, post and holder. Each day of the test is one
// change: proposed on the 23rd, accepted on the 24th, other words proposed on the
// 25th and accepted on the 26th, another post on the 27th. On the 28th it is
// recorded that the holder had changed after the 25th.
func TestWhoWasResponsibleOn(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	admin := e.As("espoo administrator")
	hold := func(person, post, from string) api.Holding {
		return apitest.As[api.Holding](admin.Post("/holdings", apitest.JSON{"personId": f.Person[person], "postId": f.Post[post], "kind": "holder", "validFrom": from}).Want(201))
	}
	first := hold("espoo manager", "esp_education_head", "2025-01-01")
	goal := sharedGoal(e, f)
	id := ofGoal(e, "", goal.ID, "")[0].ID.String()
	on := func(name, date string) api.ResponsibleOn {
		t.Helper()
		return apitest.As[api.ResponsibleOn](e.As(name).Get("/responsibilities/on?subjectKind=goal&subjectId=" + goal.ID.String() + "&date=" + date).Want(200))
	}
	change := func(terms apitest.JSON) {
		t.Helper()
		r := apitest.As[api.ResponsibilityItem](e.As("").Get("/responsibilities/" + id).Want(200))
		e.As("espoo coordinator").Put("/responsibilities/"+id, etag(r.Version), terms).Want(200)
	}
	nextDay := func() { e.Advance(24 * time.Hour) }

	nextDay() // the 24th
	answerAll(e, "luvn coordinator", "accepted")
	nextDay()
	change(apitest.JSON{"postId": f.Post["esp_education_head"], "part": "lead", "wording": apitest.JSON{"fi": "Espoo valmistelee."}})
	nextDay()
	answerAll(e, "luvn coordinator", "accepted")
	nextDay()
	change(apitest.JSON{"postId": f.Post["esp_coordinator"], "part": "lead", "wording": apitest.JSON{"fi": "Espoo valmistelee."}})
	answerAll(e, "luvn coordinator", "accepted")
	nextDay() // the 28th
	admin.Post(fmt.Sprintf("/holdings/%s/end", first.ID), apitest.JSON{"lastDay": "2026-11-25"}).Want(200)
	second := hold("espoo reader", "esp_education_head", "2026-11-26")

	type holder struct {
		name     string
		recorded responsibility.Recorded
	}
	manager, reader := "Person of espoo manager", "Person of espoo reader"
	for date, want := range map[string]struct {
		bound    bool
		standing domain.Standing
		post     string
		wording  string
		holders  []holder
		changed  []responsibility.Change
	}{
		"2026-11-23": {false, domain.Proposed, "esp_education_head", "Espoo kutsuu koolle.", []holder{{manager, "then"}}, []responsibility.Change{"post", "wording", "standing"}},
		"2026-11-24": {true, domain.InForce, "esp_education_head", "Espoo kutsuu koolle.", []holder{{manager, "then"}}, []responsibility.Change{"post", "wording"}},
		"2026-11-25": {true, domain.Reopened, "esp_education_head", "Espoo kutsuu koolle.", []holder{{manager, "then"}}, []responsibility.Change{"post", "wording", "standing"}},
		"2026-11-26": {true, domain.InForce, "esp_education_head", "Espoo valmistelee.", []holder{{manager, "no_longer"}, {reader, "later"}}, []responsibility.Change{"post"}},
		"2026-11-27": {true, domain.InForce, "esp_coordinator", "Espoo valmistelee.", []holder{}, []responsibility.Change{}},
		"2026-11-28": {true, domain.InForce, "esp_coordinator", "Espoo valmistelee.", []holder{}, []responsibility.Change{}},
	} {
		got := on("luvn reader", date).Items[0]
		holders := []holder{}
		for _, h := range got.Holders {
			holders = append(holders, holder{h.Name, h.Recorded})
			if (h.RecordedAt != nil) != (h.Recorded != "then") || h.RecordedAt != nil && domain.DateOf(*h.RecordedAt).String() != "2026-11-28" {
				t.Errorf("%s: %s was recorded at %v", date, h.Name, h.RecordedAt)
			}
		}
		if got.Bound != want.bound || got.Then.Standing != want.standing || got.Then.Post.Title.FI != want.post || got.Then.Wording.FI != want.wording ||
			!slices.Equal(holders, want.holders) || !slices.Equal(got.Changed, want.changed) {
			t.Errorf("%s: %v %s %s %q %v, changed since %v", date, got.Bound, got.Then.Standing, got.Then.Post.Title.FI, got.Then.Wording.FI, holders, got.Changed)
		}
		if got.Now == nil || got.Now.Post.Title.FI != "esp_coordinator" {
			t.Errorf("%s: now %+v", date, got.Now)
		}
		for _, h := range on("", date).Items[0].Holders {
			if h.Name != "" {
				t.Errorf("%s: the public sees %s", date, h.Name)
			}
		}
	}
	if then := on("", "2026-11-24"); then.Subject.Title.FI != "Yhteinen" || then.Items[0].Then.InForce.Acceptances[1].DecidedAt == nil || len(then.Later) != 0 {
		t.Errorf("on the 24th: %+v", then)
	}

	// Whoever holds the post is named to everybody by their own choice only.
	e.As("espoo reader").Put("/holdings/"+second.ID.String()+"/name", etag(second.Version), apitest.JSON{"namePublic": true}).Want(200)
	if h := on("", "2026-11-26").Items[0].Holders; h[0].Name != "" || h[1].Name != reader {
		t.Errorf("the public sees %+v", h)
	}

	// A withdrawn proposal is gone; what is entered with an earlier first day is told apart.
	proposal := apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID, "postId": f.Post["esp_youth_head"], "part": "support", "validFrom": "2026-11-20"}
	late := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Post("/responsibilities", proposal).Want(201))
	nextDay() // the 29th
	path := "/responsibilities/" + late.ID.String()
	e.As("espoo coordinator").Post(path+"/withdrawal", apitest.JSON{}, "If-Match", etag(late.Version)).Want(200)
	if got := on("", "2026-11-28").Items[2]; got.Bound || got.Now != nil || !slices.Equal(got.Changed, []responsibility.Change{"gone"}) {
		t.Errorf("the withdrawn proposal: %+v", got)
	}
	e.As("espoo coordinator").Post("/responsibilities", proposal).Want(201)
	answerAll(e, "luvn coordinator", "accepted")
	if got := on("", "2026-11-24"); len(got.Items) != 2 || len(got.Later) != 1 || got.Later[0].ValidFrom != "2026-11-20" {
		t.Errorf("recorded later: %+v", got.Later)
	}
	change(apitest.JSON{"postId": f.Post["esp_coordinator"], "part": "lead", "wording": apitest.JSON{"fi": "Espoo valmistelee."}, "validTo": "2026-11-29"})
	answerAll(e, "luvn coordinator", "accepted")
	nextDay()
	if got := on("", "2026-11-29").Items[0]; !got.Bound || !slices.Equal(got.Changed, []responsibility.Change{"ended"}) {
		t.Errorf("its last day: %v, changed since %v", got.Bound, got.Changed)
	}
	if got := on("", "2026-11-30"); slices.ContainsFunc(got.Items, func(i api.ResponsibleOnItem) bool { return i.Then.ID.String() == id }) {
		t.Errorf("after its last day: %+v", got.Items)
	}
}

// The day is one that has been, and the thing one that the caller may see.
func TestWhoWasResponsibleOnRefuses(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Sisäinen", "internal")).Want(201))
	path := "/responsibilities/on?subjectKind=goal&subjectId=" + goal.ID.String() + "&date="
	e.As("luvn reader").Get(path + "2026-11-23").Want(200)
	e.As("").Get(path+"2026-11-23").WantProblem(404, "goal_not_found")
	e.As("luvn reader").Get(path+"2026-11-22").WantProblem(404, "goal_not_found")
	for date, code := range map[string]string{"2026-11-24": "in_future", "2026-13-01": "date_malformed", "": "required"} {
		if p := e.As("luvn reader").Get(path+date).WantProblem(422, "validation_failed"); p.Errors[0].Code != code {
			t.Errorf("%q: %v", date, p.Errors)
		}
	}
}
