package api_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/chain"
	"yhdyspinta/domain/responsibility"
)

// fieldsOf are the names under which the fields of a struct travel, a text's once
// for each language.
func fieldsOf(of reflect.Type) (out []string) {
	for i := range of.NumField() {
		f := of.Field(i)
		if f.Anonymous {
			out = append(out, fieldsOf(f.Type)...)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Type != reflect.TypeFor[domain.Text]() {
			out = append(out, name)
			continue
		}
		for _, lang := range fieldsOf(f.Type) {
			out = append(out, name+"."+lang)
		}
	}
	return out
}

// wantClassified fails for a field that no case changes, and for a case without
// a field: whoever adds a field decides whether it is material.
func wantClassified[V any](t *testing.T, of reflect.Type, cases map[string]V, elsewhere ...string) {
	t.Helper()
	fields := fieldsOf(of)
	for _, name := range fields {
		if _, ok := cases[name]; ok == slices.Contains(elsewhere, name) {
			t.Errorf("%s of %s is classified: %v", name, of, ok)
		}
	}
	for name := range cases {
		if !slices.Contains(fields, name) {
			t.Errorf("%s has no %s", of, name)
		}
	}
}

// changed is a body with one field changed, of a text one language.
func changed(t *testing.T, in any, field string, value any) apitest.JSON {
	t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	var out apitest.JSON
	if err := json.Unmarshal(body, &out); err != nil {
		t.Fatal(err)
	}
	name, lang, ok := strings.Cut(field, ".")
	if !ok {
		out[name] = value
		return out
	}
	text, _ := out[name].(map[string]any)
	if text == nil {
		text = map[string]any{"fi": "", "sv": "", "en": ""}
	}
	text = maps.Clone(text)
	text[lang] = value
	out[name] = text
	return out
}

func (s seed) legalBasis() (id domain.LegalBasisID) {
	id.SetNew(domain.UUIDv7)
	s.Exec(`insert into legal_basis (id, key, act, section, title_fi, title_sv, title_en, version) values ($1, 'laki', '612/2021', '7 §', 'Laki', 'Lag', 'Act', 1)`, id)
	return id
}

// Every material field re-opens; the last accepted content stays in force
// meanwhile and stands beside the change. What is not material re-opens nothing.
func TestMaterialEditsReopen(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	answerAll(e, "luvn coordinator", "accepted")
	base := apitest.JSON{"postId": f.Post["esp_education_head"], "part": "lead", "wording": apitest.JSON{"fi": "Espoo kutsuu koolle."}, "validFrom": "2026-11-23"}
	material := map[string]any{"postId": f.Post["esp_coordinator"], "part": "shared", "wording.fi": "Espoo valmistelee.", "wording.sv": "Esbo sammankallar.", "wording.en": "Espoo convenes.",
		"validFrom": "2026-12-01", "validTo": "2027-12-31"}
	wantClassified(t, reflect.TypeFor[responsibility.Terms](), material)
	for field, value := range material {
		r := ofGoal(e, "espoo coordinator", goal.ID, "")[0]
		if r.Standing != domain.InForce {
			t.Fatalf("%s: %s to begin with", field, r.Standing)
		}
		path := "/responsibilities/" + r.ID.String()
		open := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Put(path, etag(r.Version), changed(t, base, field, value)).Want(200))
		espoo, luvn := answers(f, open)
		if open.Standing != domain.Reopened || open.Change == nil || espoo != "accepted" || luvn != "open" {
			t.Errorf("%s: %s, Espoo %s, LUVN %s", field, open.Standing, espoo, luvn)
		}
		if open.Wording != r.Wording || open.Post.ID != r.Post.ID || open.Part != r.Part || open.ValidFrom != r.ValidFrom || open.ValidTo != "" {
			t.Errorf("%s: what was accepted last is not in force any more: %+v", field, open)
		}
		if field == "postId" && open.Change.Post.Title.FI != "esp_coordinator" {
			t.Errorf("the change names %q", open.Change.Post.Title.FI)
		}
		back := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Put(path, etag(open.Version), base).Want(200))
		if back.Standing != domain.InForce || back.Waiting != nil {
			t.Errorf("%s taken back: %s", field, back.Standing)
		}
		e.As("espoo coordinator").Put(path, etag(back.Version), base).WantProblem(409, "nothing_changed")
	}

	// The goal's own fields; that it is hidden needs LUVN's word.
	in := without(goalInput(f, "Yhteinen", "public"), "responsibilities", "cases")
	in["responsibilities"] = []apitest.JSON{
		{"postId": f.Post["esp_education_head"], "part": "lead", "wording": apitest.JSON{"fi": "Espoo kutsuu koolle."}},
		{"postId": f.Post["luvn_family_head"], "part": "lead", "wording": apitest.JSON{"fi": "LUVN tuo tiedot."}}}
	s := seed{e, f}
	place := handoverChain(e, f, "chain", "public", handoverInput())
	immaterial := map[string]any{"stageIds": []any{place.Stages[0].ID}, "handoverIds": []any{place.Handovers[0].ID}, "themeId": f.Theme["older"], "title.fi": "Uusi nimi", "title.sv": "Nytt namn", "title.en": "New name",
		"description.fi": "Kuvaus", "description.sv": "Beskrivning", "description.en": "Description", "targetGroupIds": []any{newTerm(e, "/target-groups", "ryhma").ID},
		"tagIds": []any{newTerm(e, "/tags", "merkki").ID}, "legalBasisIds": []any{s.legalBasis()},
		"cases": []apitest.JSON{{"partyId": f.Party["espoo"], "registryNo": "DEMO 2/00.01.02/2026", "urlFi": "", "urlSv": ""}}}
	wantClassified(t, reflect.TypeFor[api.GoalInput](), immaterial, "responsibilities", "visibility", "visibilityGround", "ending", "reason", // endings: TestAGoalEnds
		"planId", "sharedGoalId", "partyId") // another plan: TestAPlanGoesOnInTheNext; levels: TestGoalsOfAParty
	for field, value := range immaterial {
		was := apitest.As[api.Goal](e.As("espoo coordinator").Get("/goals/" + goal.ID.String()).Want(200))
		now := apitest.As[api.Goal](e.As("espoo coordinator").Change("/goals/"+goal.ID.String(), etag(was.Version), changed(t, in, field, value)).Want(200))
		if now.Version != was.Version+1 {
			t.Errorf("%s was not changed", field)
		}
		for _, r := range ofGoal(e, "", goal.ID, "") {
			if r.Standing != domain.InForce || r.Waiting != nil || r.InForce.Revision != 1 {
				t.Errorf("the goal's %s re-opened %s: %s", field, r.Post.Title.FI, r.Standing)
			}
		}
	}
}

// Every material field re-opens for the other party, and the last accepted terms
// stay in force beside the change; what is not material re-opens nothing.
func TestMaterialHandoverEditsReopen(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	handoverChain(e, f, "chain", "public", handoverInput())
	answerHandover(e, "luvn coordinator", "chain", "accepted")
	edit := func(change func(in apitest.JSON) apitest.JSON) (was, now api.Chain) {
		t.Helper()
		was = getChain(e, "espoo coordinator", "chain")
		return was, apitest.As[api.Chain](e.As("espoo coordinator").Change("/chains/"+was.ID.String(), etag(was.Version), change(again(was))).Want(200))
	}
	first := func(list, field string, value any) func(in apitest.JSON) apitest.JSON {
		return func(in apitest.JSON) apitest.JSON {
			in[list].([]apitest.JSON)[0] = changed(t, in[list].([]apitest.JSON)[0], field, value)
			return in
		}
	}
	// The terms name the stages by id, the edit by place.
	place := map[string]string{"fromStageId": "from", "toStageId": "to"}
	material := map[string]any{"fromStageId": 3, "toStageId": 3, "what.fi": "Muu tieto", "what.sv": "Annan uppgift", "what.en": "Other information",
		"channel.fi": "Puhelu", "channel.sv": "Samtal", "channel.en": "A call", "targetDays": 14}
	wantClassified(t, reflect.TypeFor[chain.Terms](), material)
	for field, value := range material {
		if at, ok := place[field]; ok {
			field = at
		}
		was, now := edit(first("handovers", field, value))
		before, h := was.Handovers[0], now.Handovers[0]
		if before.Standing != domain.InForce {
			t.Fatalf("%s: %s to begin with", field, before.Standing)
		}
		espoo, luvn := answersOf(f, h)
		if h.Standing != domain.Reopened || h.Change == nil || espoo != "accepted" || luvn != "open" || h.Version != before.Version+1 {
			t.Errorf("%s: %s, Espoo %s, LUVN %s, version %d after %d", field, h.Standing, espoo, luvn, h.Version, before.Version)
		}
		if h.What != before.What || h.Channel != before.Channel || *h.TargetDays != 30 || h.FromStageID != before.FromStageID || h.ToStageID != before.ToStageID {
			t.Errorf("%s: what was accepted last is not in force any more: %+v", field, h)
		}
		if _, same := edit(func(in apitest.JSON) apitest.JSON { return in }); same.Handovers[0].Waiting == nil || same.Handovers[0].Version != h.Version {
			t.Errorf("%s: saving the chain as it is took the change back: %s", field, same.Handovers[0].Standing)
		}
		e.As("luvn coordinator").Post("/handovers/"+h.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", etag(h.Version)).WantProblem(409, "proposed_by_other_party")
		e.As("espoo manager").Post("/handovers/"+h.ID.String()+"/withdrawal", apitest.JSON{}, "If-Match", etag(h.Version)).WantProblem(403, "forbidden")
		back := apitest.As[struct {
			Gone bool
			Item api.HandoverItem
		}](e.As("espoo coordinator").Post("/handovers/"+h.ID.String()+"/withdrawal", apitest.JSON{"reason": "Turha"}, "If-Match", etag(h.Version)).Want(200))
		if back.Gone || back.Item.Standing != domain.InForce || back.Item.Waiting != nil {
			t.Errorf("%s taken back: %+v", field, back)
		}
	}

	// What is not material: of the hand-over, of a stage and of the chain. Whose
	// stage it is and whether the chain is public needs the other party's word.
	edit(func(in apitest.JSON) apitest.JSON {
		h := in["handovers"].([]apitest.JSON)[0]
		h["gap"], h["gapReason"] = "minor", apitest.JSON{"fi": "Viesti katoaa."}
		return in
	})
	s := seed{e, f}
	lists := map[string]map[string]any{
		"handovers": {"gap": "major", "gapReason.fi": "Viesti katoaa usein.", "gapReason.sv": "Budskapet försvinner.", "gapReason.en": "The message is lost.", "nextReviewOn": "2027-01-31",
			"evidence": []apitest.JSON{{"title": apitest.JSON{"fi": "Otos"}, "url": "https://example.fi/otos", "checkedOn": "2026-11-20"}}},
		"stages": {"title.fi": "Ensiksi", "title.sv": "Först", "title.en": "First", "description.fi": "Kuvaus", "description.sv": "Beskrivning", "description.en": "Description", "level": "targeted",
			"targetGroup.fi": "Nuoret", "targetGroup.sv": "Unga", "targetGroup.en": "The young", "channel.fi": "Neuvonta", "channel.sv": "Rådgivning", "channel.en": "Advice", "languages": []string{"fi", "sv"},
			"responsibilities": []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}, {"postId": f.Post["esp_youth_head"], "part": "support"}}},
	}
	own := map[string]any{"position": 7, "themeId": f.Theme["children_youth"], "title.fi": "Uusi nimi", "title.sv": "Nytt namn", "title.en": "New name",
		"description.fi": "Kuvaus", "description.sv": "Beskrivning", "description.en": "Description", "tagIds": []any{newTerm(e, "/tags", "merkki").ID}, "legalBasisIds": []any{s.legalBasis()},
		"cases":            []apitest.JSON{{"partyId": f.Party["espoo"], "registryNo": "DEMO 2/00.01.02/2026", "urlFi": "", "urlSv": ""}},
		"responsibilities": []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}}}
	wantClassified(t, reflect.TypeFor[api.HandoverInput](), lists["handovers"], "id", "from", "to", "what.fi", "what.sv", "what.en", "channel.fi", "channel.sv", "channel.en", "targetDays")
	wantClassified(t, reflect.TypeFor[api.StageInput](), lists["stages"], "id", "partyId")
	wantClassified(t, reflect.TypeFor[api.ChainInput](), own, "stages", "handovers", "visibility", "visibilityGround")
	untouched := func(what string, was, now api.Chain) {
		t.Helper()
		if now.Version != was.Version+1 {
			t.Errorf("%s was not changed", what)
		}
		if h := now.Handovers[0]; h.Standing != domain.InForce || h.Waiting != nil || h.InForce.Revision != 1 {
			t.Errorf("%s: %s, %+v", what, h.Standing, h.Waiting)
		}
	}
	for list, fields := range lists {
		for field, value := range fields {
			was, now := edit(first(list, field, value))
			untouched(list+" "+field, was, now)
		}
	}
	h := getChain(e, "", "chain").Handovers[0]
	if h.Gap != "major" || h.GapReason != (domain.Text{FI: "Viesti katoaa usein.", SV: "Budskapet försvinner.", EN: "The message is lost."}) || len(h.Evidence) != 1 ||
		h.Evidence[0].CheckedOn != "2026-11-20" || h.NextReviewOn != "2027-01-31" || h.ReviewOverdue {
		t.Errorf("what is not material was not saved: %+v", h)
	}
	for field, value := range own {
		was, now := edit(func(in apitest.JSON) apitest.JSON { return changed(t, in, field, value) })
		untouched("the chain's "+field, was, now)
	}

	// With the other party's word.
	c := getChain(e, "espoo coordinator", "chain")
	hidden := again(c)
	hidden["visibility"], hidden["visibilityGround"] = "internal", "keskeneräinen"
	now := changeTogether(e, "espoo coordinator", "luvn coordinator", c, hidden)
	untouched("the chain's visibility", c, now)
	in := again(now)
	in["stages"].([]apitest.JSON)[2]["partyId"], in["handovers"].([]apitest.JSON)[0]["to"] = f.Party["luvn"], 3
	if other := changeTogether(e, "espoo coordinator", "luvn coordinator", now, in).Handovers[0]; other.Standing != domain.Reopened {
		t.Errorf("another stage of the same party: %s", other.Standing)
	}
}
