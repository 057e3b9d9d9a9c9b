package api_test

import (
	"maps"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func handoverInput(more ...apitest.JSON) apitest.JSON {
	h := apitest.JSON{"from": 1, "to": 2, "what": apitest.JSON{"fi": "Tieto tuen tarpeesta"}, "channel": apitest.JSON{"fi": "Yhteinen tapaaminen"}, "targetDays": 30, "gap": "none"}
	for _, m := range more {
		maps.Copy(h, m)
	}
	return h
}

// handoverChain is a chain of three stages, Espoo's, LUVN's and HUS's, with
// these hand-overs, made by Espoo's coordinator.
func handoverChain(e *apitest.Env, f *apitest.Fixture, key, visibility string, handovers ...apitest.JSON) api.Chain {
	e.T.Helper()
	in := chainInput(f, key, visibility)
	in["handovers"] = handovers
	return apitest.As[api.Chain](e.As("espoo coordinator").Post("/chains", in).Want(201))
}

// again is what one says to leave a chain as it is.
func again(c api.Chain) apitest.JSON {
	in := apitest.JSON{"position": c.Position, "title": c.Title, "visibility": c.Visibility, "visibilityGround": c.VisibilityGround, "themeId": c.ThemeID}
	var stages, handovers []apitest.JSON
	place := map[domain.StageID]int{}
	for i, s := range c.Stages {
		place[s.ID] = i + 1
		posts := []apitest.JSON{}
		for _, r := range s.Responsibilities {
			posts = append(posts, apitest.JSON{"postId": r.Post.ID, "part": r.Part, "wording": r.Wording})
		}
		stages = append(stages, apitest.JSON{"id": s.ID, "partyId": s.PartyID, "title": s.Title, "level": s.Level, "targetGroup": s.TargetGroup,
			"channel": s.Channel, "languages": s.Languages, "responsibilities": posts})
	}
	for _, h := range c.Handovers {
		one := apitest.JSON{"id": h.ID, "from": place[h.FromStageID], "to": place[h.ToStageID], "what": h.What, "channel": h.Channel,
			"gap": h.Gap, "gapReason": h.GapReason, "evidence": h.Evidence}
		if h.NextReviewOn != "" {
			one["nextReviewOn"] = h.NextReviewOn
		}
		if h.TargetDays != nil {
			one["targetDays"] = *h.TargetDays
		}
		handovers = append(handovers, one)
	}
	in["stages"], in["handovers"] = stages, handovers
	return in
}

func getChain(e *apitest.Env, name, key string) api.Chain {
	e.T.Helper()
	return apitest.As[api.Chain](e.As(name).Get("/chains/" + key).Want(200))
}

// answerHandover answers for the caller's party what waits at the only hand-over
// of a chain.
func answerHandover(e *apitest.Env, name, key, answer string) api.HandoverItem {
	e.T.Helper()
	h := getChain(e, name, key).Handovers[0]
	body := apitest.JSON{"answer": answer}
	if answer == "declined" {
		body["reason"] = apitest.JSON{"fi": "Kanava ei toimi."}
	}
	return apitest.As[api.HandoverItem](e.As(name).Post("/handovers/"+h.ID.String()+"/acceptances", body, "If-Match", etag(h.Version)).Want(200))
}

// answersOf are the parties' answers to what waits, or to what is in force.
func answersOf(f *apitest.Fixture, h api.Handover) (espoo, luvn domain.AcceptanceState) {
	return answers(f, api.ResponsibilityItem{Waiting: h.Waiting, InForce: h.InForce})
}

// A hand-over is in force when the parties of both stages have accepted the same
// terms: proposed by Espoo, declined by LUVN with a reason, changed, accepted.
func TestHandoverIsAcceptedByBoth(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := handoverChain(e, f, "chain", "public", handoverInput())
	h := c.Handovers[0]
	if espoo, luvn := answersOf(f, h); h.Standing != domain.Proposed || h.InForce != nil || espoo != "accepted" || luvn != "open" {
		t.Fatalf("proposed by Espoo: %s, Espoo %s, LUVN %s", h.Standing, espoo, luvn)
	}
	if h.FromStageID != c.Stages[0].ID || h.ToStageID != c.Stages[1].ID || *h.TargetDays != 30 || h.ValidFrom != "2026-11-23" {
		t.Errorf("between other stages: %+v", h)
	}
	path := "/handovers/" + h.ID.String()
	p := e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "declined"}, "If-Match", etag(h.Version)).WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/reason/fi" {
		t.Errorf("declining without a reason: %v", p.Errors)
	}
	e.Advance(time.Hour)
	if declined := answerHandover(e, "luvn manager", "chain", "declined"); declined.Standing != domain.Declined || declined.Waiting.Acceptances[1].Reason.FI != "Kanava ei toimi." {
		t.Errorf("declined: %+v", declined)
	}
	c = getChain(e, "espoo coordinator", "chain")
	in := again(c)
	in["handovers"].([]apitest.JSON)[0]["channel"] = apitest.JSON{"fi": "Sähköinen viesti"}
	c = apitest.As[api.Chain](e.As("espoo coordinator").Put("/chains/"+c.ID.String(), etag(c.Version), in).Want(200))
	if espoo, luvn := answersOf(f, c.Handovers[0]); c.Handovers[0].Standing != domain.Proposed || espoo != "accepted" || luvn != "open" {
		t.Errorf("changed: %s, Espoo %s, LUVN %s", c.Handovers[0].Standing, espoo, luvn)
	}
	stale := e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(h.Version)).WantProblem(412, "stale_version")
	if stale.Changed == nil {
		t.Error("nobody is said to have changed it")
	}
	e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}).WantProblem(428, "if_match_required")
	e.Advance(24 * time.Hour)
	accepted := answerHandover(e, "luvn manager", "chain", "accepted")
	if accepted.Standing != domain.InForce || accepted.Waiting != nil || accepted.InForce.Revision != 2 || accepted.Chain.Key != "chain" || accepted.To.Title.FI != "Sitten" {
		t.Errorf("accepted: %+v", accepted)
	}
	e.As("luvn manager").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(accepted.Version)).WantProblem(409, "agreement_settled")
	revisions := apitest.As[api.List[api.HandoverRevision]](e.As("").Get(path + "/agreements").Want(200)).Items
	if len(revisions) != 2 || revisions[0].State != domain.AgreementInForce || revisions[1].State != domain.AgreementSuperseded || revisions[1].Content.Channel.FI != "Yhteinen tapaaminen" {
		t.Errorf("revisions: %+v", revisions)
	}
	if then := apitest.As[api.HandoverItem](e.As("").Get(path + "?asOf=2026-11-23").Want(200)); then.Standing != domain.Proposed || then.Channel.FI != "Sähköinen viesti" {
		t.Errorf("a day before: %s %q", then.Standing, then.Channel.FI)
	}
	if then := apitest.As[api.Chain](e.As("").Get("/chains/chain?asOf=2026-11-23T06:10:00Z").Want(200)).Handovers; len(then) != 1 || then[0].Channel.FI != "Yhteinen tapaaminen" || then[0].Waiting.Acceptances[1].Answer != "open" {
		t.Errorf("as it was proposed first: %+v", then)
	}
}
