package api_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// goalNos are the numbers of the goals of a list.
func goalNos(e *apitest.Env, name, path string) string {
	e.T.Helper()
	list := apitest.As[api.List[api.Goal]](e.As(name).Get(path + sep(path) + "count=exact").Want(200))
	var nos []string
	for _, g := range list.Items {
		nos = append(nos, fmt.Sprint(g.No))
	}
	if list.Total == nil || *list.Total != len(list.Items) {
		e.T.Errorf("%q counts %v at %s, for %d goals", name, list.Total, path, len(list.Items))
	}
	return strings.Join(nos, " ")
}

func sep(path string) string {
	if strings.Contains(path, "?") {
		return "&"
	}
	return "?"
}

// pinnedTo is what a goal or forum says of its pins: chain/stage and
// chain/hand-over, with their Finnish names.
func pinnedTo(p api.Pins) string {
	var out []string
	for _, s := range p.Stages {
		out = append(out, s.Chain.Key+"/"+s.Title.FI)
	}
	for _, h := range p.Handovers {
		out = append(out, h.Chain.Key+"/"+h.From.FI+">"+h.To.FI)
	}
	return strings.Join(out, " ")
}

// pinnedAt is what a chain says of the goals and forums at a place of it.
func pinnedAt(c api.Chain, stage domain.StageID, handover domain.HandoverID) string {
	var out []string
	for _, g := range c.Goals {
		if slices.Contains(g.StageIDs, stage) || slices.Contains(g.HandoverIDs, handover) {
			out = append(out, fmt.Sprint(g.No))
		}
	}
	for _, f := range c.Forums {
		if slices.Contains(f.StageIDs, stage) || slices.Contains(f.HandoverIDs, handover) {
			out = append(out, f.Key)
		}
	}
	return strings.Join(out, " ")
}

// Topology: a public chain and an internal one, each with a hand-over; a public
// and an internal goal and forum at places of both. Everybody sees at each end
// what they may see of the other, and no filter or count tells of the rest.
func TestPinsFromBothEnds(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	open := handoverChain(e, f, "open", "public", handoverInput())
	hidden := handoverChain(e, f, "hidden", "internal", handoverInput())
	pin := func(in apitest.JSON, stages []domain.StageID, handovers []domain.HandoverID) apitest.JSON {
		in = maps.Clone(in)
		in["stageIds"], in["handoverIds"] = stages, handovers
		return in
	}
	c.Post("/goals", pin(goalInput(f, "Julkinen", "public"), []domain.StageID{open.Stages[0].ID, hidden.Stages[1].ID}, []domain.HandoverID{open.Handovers[0].ID})).Want(201)
	c.Post("/goals", pin(goalInput(f, "Sisäinen", "internal"), []domain.StageID{open.Stages[0].ID}, nil)).Want(201)
	c.Post("/goals", pin(goalInput(f, "Piilossa", "public"), nil, []domain.HandoverID{hidden.Handovers[0].ID})).Want(201)
	c.Post("/goals", goalInput(f, "Irti", "public")).Want(201)
	c.Post("/forums", pin(forumInput("avoin", "Avoin", "public"), []domain.StageID{open.Stages[1].ID}, []domain.HandoverID{hidden.Handovers[0].ID})).Want(201)
	c.Post("/forums", pin(forumInput("salainen", "Salainen", "internal"), nil, []domain.HandoverID{open.Handovers[0].ID})).Want(201)
	c.Post("/forums", forumInput("irti", "Irti", "public")).Want(201)

	for _, name := range append([]string{"", "espoo coordinator", "luvn coordinator"}, everybodyButCoordinators...) {
		staff := name != ""
		either := func(s, p string) string {
			if staff {
				return s
			}
			return p
		}
		one, three := apitest.As[api.Goal](e.As(name).Get("/goals/1").Want(200)), apitest.As[api.Goal](e.As(name).Get("/goals/3").Want(200))
		forum := apitest.As[api.Forum](e.As(name).Get("/forums/avoin").Want(200))
		chain := getChain(e, name, "open")
		for what, tt := range map[string]struct{ got, want string }{
			"goal 1":                     {pinnedTo(one.Pins), either("open/Ensin hidden/Sitten open/Ensin>Sitten", "open/Ensin open/Ensin>Sitten")},
			"ids of goal 1":              {fmt.Sprint(len(one.StageIDs), len(one.HandoverIDs)), either("2 1", "1 1")},
			"goal 3":                     {pinnedTo(three.Pins), either("hidden/Ensin>Sitten", "")},
			"ids of goal 3":              {fmt.Sprint(len(three.StageIDs), len(three.HandoverIDs)), either("0 1", "0 0")},
			"forum":                      {pinnedTo(forum.Pins), either("open/Sitten hidden/Ensin>Sitten", "open/Sitten")},
			"first stage":                {pinnedAt(chain, open.Stages[0].ID, domain.HandoverID{}), either("1 2", "1")},
			"second stage":               {pinnedAt(chain, open.Stages[1].ID, domain.HandoverID{}), "avoin"},
			"third stage":                {pinnedAt(chain, open.Stages[2].ID, domain.HandoverID{}), ""},
			"hand-over":                  {pinnedAt(chain, domain.StageID{}, open.Handovers[0].ID), either("1 salainen", "1")},
			"stage":                      {goalNos(e, name, "/goals?stageId="+open.Stages[0].ID.String()), either("1 2", "1")},
			"stages":                     {goalNos(e, name, "/goals?stageId="+open.Stages[2].ID.String()+"&stageId="+open.Stages[0].ID.String()), either("1 2", "1")},
			"hidden stage":               {goalNos(e, name, "/goals?stageId="+hidden.Stages[1].ID.String()), either("1", "")},
			"no stage":                   {goalNos(e, name, "/goals?stageId=none"), either("3 4", "3 4")},
			"stage or none":              {goalNos(e, name, "/goals?stageId=none&stageId="+open.Stages[0].ID.String()), either("1 2 3 4", "1 3 4")},
			"of hand-over":               {goalNos(e, name, "/goals?handoverId="+open.Handovers[0].ID.String()), "1"},
			"no hand-over":               {goalNos(e, name, "/goals?handoverId=none"), either("2 4", "3 4")},
			"both":                       {goalNos(e, name, "/goals?handoverId="+open.Handovers[0].ID.String()+"&stageId="+open.Stages[1].ID.String()), ""},
			"chain":                      {goalNos(e, name, "/goals?chainId="+open.ID.String()), either("1 2", "1")},
			"hidden chain":               {goalNos(e, name, "/goals?chainId="+hidden.ID.String()), either("1 3", "")},
			"no chain":                   {goalNos(e, name, "/goals?chainId=none"), either("4", "3 4")},
			"chain or none":              {goalNos(e, name, "/goals?chainId=none&chainId="+open.ID.String()), either("1 2 4", "1 3 4")},
			"forums of stage":            {forumKeys(e, name, "/forums?stageId="+open.Stages[1].ID.String()), "avoin"},
			"forums of hand-over":        {forumKeys(e, name, "/forums?handoverId="+open.Handovers[0].ID.String()), either("salainen", "")},
			"forums of hidden hand-over": {forumKeys(e, name, "/forums?handoverId="+hidden.Handovers[0].ID.String()), either("avoin", "")},
			"forums of none":             {forumKeys(e, name, "/forums?handoverId=none"), either("irti", "avoin irti")},
			"forums of chain":            {forumKeys(e, name, "/forums?chainId="+open.ID.String()), either("avoin salainen", "avoin")},
			"forums of hidden chain":     {forumKeys(e, name, "/forums?chainId="+hidden.ID.String()), either("avoin", "")},
			"forums of no chain":         {forumKeys(e, name, "/forums?chainId=none"), "irti"},
		} {
			if tt.got != tt.want {
				t.Errorf("%q, %s: %q, want %q", name, what, tt.got, tt.want)
			}
		}
	}
	for _, path := range []string{"/goals?stageId=x", "/goals?handoverId=x", "/forums?stageId=x", "/forums?handoverId=x"} {
		c.Get(path).WantProblem(422, "validation_failed")
	}
}

// A change of pins is a change of the goal, drafted and logged as one; the past
// shows the pins of its day at both ends; a stage that ended keeps its pins and
// takes no new ones.
func TestPinsChangeAndPast(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	chain := handoverChain(e, f, "open", "public", handoverInput())
	in := goalInput(f, "Tavoite", "public")
	in["stageIds"] = []domain.StageID{chain.Stages[0].ID}
	goal := c.Post("/goals", in).Want(201)
	id := apitest.As[api.Goal](goal).ID.String()
	forum := c.Post("/forums", forumInput("avoin", "Avoin", "public")).Want(201)
	forumID := apitest.As[api.Forum](forum).ID.String()
	before := domain.DateOf(e.Now()).String()
	e.Advance(48 * time.Hour)

	in["stageIds"], in["handoverIds"] = []domain.StageID{chain.Stages[2].ID}, []domain.HandoverID{chain.Handovers[0].ID}
	c.Put("/goals/"+id, goal.ETag(), in).WantProblem(409, "draft_required")
	c.Change("/goals/"+id, goal.ETag(), in).Want(200)
	edits := entries(e.As("auditor").Get("/audit/entries?subjectKind=goal&subjectId=" + id + "&permission=goal.edit"))
	now := edits[0]
	stages, ok := change(now, "stageIds")
	if _, also := change(now, "handoverIds"); !ok || !also || len(now.Changes) != 2 || fmt.Sprint(stages.Old) != fmt.Sprint([]any{chain.Stages[0].ID.String()}) {
		t.Errorf("the log says %+v", now.Changes)
	}
	forumIn := forumInput("avoin", "Avoin", "public")
	forumIn["handoverIds"] = []domain.HandoverID{chain.Handovers[0].ID}
	for _, name := range everybodyButCoordinators {
		e.As(name).Put("/forums/"+forumID, forum.ETag(), forumIn).WantProblem(403, "forbidden")
	}
	c.Put("/forums/"+forumID, forum.ETag(), forumIn).Want(200)
	said := entries(e.As("auditor").Get("/audit/entries?subjectKind=forum&subjectId=" + forumID))[0]
	if _, ok := change(said, "handoverIds"); !ok || len(said.Changes) != 1 {
		t.Errorf("the log says %+v", said.Changes)
	}

	for path, want := range map[string]string{"": "open/Lopuksi open/Ensin>Sitten", "?asOf=" + before: "open/Ensin"} {
		if got := pinnedTo(apitest.As[api.Goal](e.As("").Get("/goals/1" + path).Want(200)).Pins); got != want {
			t.Errorf("goal%s at %q, want %q", path, got, want)
		}
	}
	for path, want := range map[string]string{"": "||1|1 avoin", "?asOf=" + before: "1|||"} {
		got := apitest.As[api.Chain](e.As("").Get("/chains/open" + path).Want(200))
		var at []string
		for _, s := range got.Stages {
			at = append(at, pinnedAt(got, s.ID, domain.HandoverID{}))
		}
		if said := strings.Join(append(at, pinnedAt(got, domain.StageID{}, got.Handovers[0].ID)), "|"); said != want {
			t.Errorf("chain%s says %q, want %q", path, said, want)
		}
	}
	if got := goalNos(e, "", "/goals?stageId="+chain.Stages[0].ID.String()+"&asOf="+before); got != "1" {
		t.Errorf("the filter finds %q in the past", got)
	}

	// The third stage ends.
	body := again(getChain(e, "espoo coordinator", "open"))
	body["stages"] = body["stages"].([]apitest.JSON)[:2]
	c.Change("/chains/"+chain.ID.String(), fmt.Sprintf(`"%d"`, getChain(e, "espoo coordinator", "open").Version), body).Want(200)
	e.Advance(48 * time.Hour)
	shown := apitest.As[api.Goal](e.As("").Get("/goals/1").Want(200))
	if got := pinnedTo(shown.Pins); got != "open/Lopuksi open/Ensin>Sitten" || shown.Pins.Stages[0].ValidTo.IsZero() {
		t.Errorf("after its stage has ended the goal is at %q, until %v", got, shown.Pins.Stages[0].ValidTo)
	}
	if got := getChain(e, "", "open"); len(got.Stages) != 2 || len(got.Goals) != 1 || len(got.Goals[0].StageIDs) != 0 {
		t.Errorf("the chain shows %+v", got.Goals)
	}
	kept := apitest.As[api.Goal](c.Get("/goals/1").Want(200))
	in["title"] = apitest.JSON{"fi": "Uusi nimi"}
	c.Change("/goals/"+id, fmt.Sprintf(`"%d"`, kept.Version), in).Want(200)
	fresh := goalInput(f, "Toinen", "public")
	fresh["stageIds"] = []domain.StageID{chain.Stages[2].ID}
	wantField(t, c.Post("/goals", fresh), "/stageIds", "pin_ended")
	forumIn["stageIds"], forumIn["handoverIds"] = []domain.StageID{chain.Stages[2].ID}, []domain.ThemeID{f.Theme["older"]}
	p := c.Put("/forums/"+forumID, `"2"`, forumIn).WantProblem(422, "validation_failed")
	if len(p.Errors) != 2 || p.Errors[0].Pointer != "/stageIds" || p.Errors[0].Code != "pin_ended" || p.Errors[1].Pointer != "/handoverIds" || p.Errors[1].Code != "unknown" {
		t.Errorf("a stage that ended and a hand-over that never was: %+v", p.Errors)
	}
}

func wantField(t *testing.T, r apitest.Response, pointer, code string) {
	t.Helper()
	p := r.WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != pointer || p.Errors[0].Code != code {
		t.Errorf("errors %+v, want %s %s", p.Errors, pointer, code)
	}
}
