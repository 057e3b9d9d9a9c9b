package api

import (
	"context"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/goal"
	"yhdyspinta/domain/plan"
)

// goalCells takes the cells of one row into an edit of a goal.
type goalCells struct {
	rowCells
	posts partCells
}

func (s goalCells) take(e *goal.Edit, key, text string) {
	for name, t := range map[string]*domain.Text{"title": &e.Title, "description": &e.Description} {
		if field := textField(key, name, t); field != nil {
			*field = text
		}
	}
	switch key {
	case "plan":
		e.PlanID = domain.PlanID{}
		if id, ok := s.one(key, namesPlan, text, nil); ok {
			e.PlanID.UUID = id.UUID
		}
	case "theme":
		e.ThemeID = domain.ThemeID{}
		if id, ok := s.one(key, namesTheme, text, nil); ok {
			e.ThemeID.UUID = id.UUID
		}
	case "sharedGoalNo":
		e.SharedGoalID = domain.GoalID{}
		if id, ok := s.one(key, namesGoal, text, nil); ok {
			e.SharedGoalID.UUID = id.UUID
		}
	case "party":
		e.PartyID = domain.PartyID{}
		if id, ok := s.one(key, namesParty, text, nil); ok {
			e.PartyID.UUID = id.UUID
		}
	case "lead", "shared", "support", "informed":
		s.posts.take(s.rowCells, key, text)
	case "targetGroups":
		setIDs(&e.TargetGroupIDs, s.several(key, namesGroup, text))
	case "tags":
		setIDs(&e.TagIDs, s.several(key, namesTag, text))
	case "visibility":
		s.visibility(key, text, &e.Visibility)
	case "visibilityGround":
		e.VisibilityGround = text
	}
}

func (s goalCells) end(e *goal.Edit) { s.posts.end(&e.Responsibilities) }

// editOfGoal is a goal as an edit that changes nothing.
func editOfGoal(g goal.Goal) goal.Edit {
	e := goal.Edit{PlanID: g.PlanID, ThemeID: g.ThemeID, SharedGoalID: g.SharedGoalID, PartyID: g.PartyID, Title: g.Title, Description: g.Description, TargetGroupIDs: g.TargetGroupIDs, TagIDs: g.TagIDs,
		StageIDs: g.StageIDs, HandoverIDs: g.HandoverIDs, Responsibilities: g.Responsibilities, References: g.References,
		Visibility: g.Visibility, VisibilityGround: g.VisibilityGround}
	if g.Ended() {
		e.Ending = &goal.EndingEdit{Kind: g.Ending, Reason: g.EndingReason, IntoID: g.IntoID}
	}
	return e
}

// addPlans makes the plans known that the caller sees, and the one of new goals
// whose row names none: the plan in force, if there is one only.
func (s *Server) addPlans(ctx context.Context, a domain.Actor, r *fileReader) error {
	inForce := 0
	err := domain.EachPage("", func(req domain.PageRequest) (domain.Page[plan.Plan], error) {
		return s.Services.Plans.List(ctx, a, req)
	},
		func(plans []plan.Plan) error {
			for _, p := range plans {
				r.add(namesPlan, named{id: domain.AnyID{UUID: p.ID.UUID}, label: r.words.in(p.Title), names: append(titleNames(p.Title), fold(p.Key), fold(p.CouncilTerm))})
				if p.State == plan.InForce {
					inForce++
					r.plan = p.ID
				}
			}
			return nil
		})
	if inForce != 1 {
		r.plan = domain.PlanID{}
	}
	return err
}

func (s *Server) registerGoalImport() {
	registerImport(s, importOf[goal.View, goal.View, goal.Edit]{
		name: "goal", noun: "goals", one: "one goal; with the number of a goal it is a change of that, as far as its cells are not as they are stored", tag: "Goals",
		more: "A new goal whose row names no plan is one of the plan in force. A goal that is or was public changes through a draft: its row is refused (draft_required). " +
			"A new row with the title of a goal of the same plan is refused. ",
		permission: domain.GoalCreate, may: goal.MayImport, sheet: goalSheet, columns: goalColumns, required: []string{"title.fi", "title.sv", "title.en"},
		heads: map[string][]string{
			"no":               append(slices.Clone(numberHeads), "Tavoitteen numero"),
			"plan":             {"Hyvinvointisuunnitelma", "Välfärdsplan"},
			"theme":            {"Painopiste", "Prioritering", "Priority"},
			"sharedGoalNo":     {"Yhteinen tavoite", "Gemensamt mål", "Shared goal"},
			"title.fi":         {"Tavoite", "Tavoitteen nimi"},
			"title.sv":         {"Mål"},
			"title.en":         {"Goal"},
			"description.fi":   {"Kuvaus", "Tavoitteen kuvaus", "Sisältö"},
			"description.sv":   {"Beskrivning"},
			"description.en":   {"Description"},
			"lead":             leadHeads,
			"shared":           sharedHeads,
			"support":          {"Tukee"},
			"targetGroups":     groupHeads,
			"tags":             tagHeads,
			"visibility":       seenHeads,
			"visibilityGround": groundHeads,
		},
		taken: []string{"no", "plan", "theme", "sharedGoalNo", "party", "title.fi", "title.sv", "title.en", "description.fi", "description.sv", "description.en", "lead", "shared", "support", "informed",
			"targetGroups", "tags", "visibility", "visibilityGround"},
		moving: []string{"notAccepted", "actions", "nextDueOn", "changedOn"},
		keys:   []string{"no", "version"},
		pointers: map[string]string{"/key": "no", "/planId": "plan", "/themeId": "theme", "/sharedGoalId": "sharedGoalNo", "/partyId": "party", "/title": "title.fi", "/title/fi": "title.fi", "/title/sv": "title.sv", "/title/en": "title.en",
			"/description/fi": "description.fi", "/description/sv": "description.sv", "/description/en": "description.en", "/responsibilities": "lead",
			"/targetGroupIds": "targetGroups", "/tagIds": "tags", "/visibility": "visibility", "/visibilityGround": "visibilityGround"},
		load: func(ctx context.Context, a domain.Actor, r *fileReader) error {
			return firstError(s.addPosts(ctx, r), s.addPlans(ctx, a, r), s.addGoals(ctx, a, r), s.addParties(ctx, r), s.addTerms(ctx, r, domain.SubjectTheme, domain.SubjectTargetGroup, domain.SubjectTag))
		},
		key: numberKey,
		row: func(_ *fileReader, v goal.View) goal.View { return v },
		edit: func(cells rowCells, stored *goal.View) (goal.Edit, cellSetter[goal.Edit]) {
			e := goal.Edit{Visibility: domain.Public, PlanID: cells.plan}
			if stored != nil {
				e = editOfGoal(stored.Goal)
			}
			return e, goalCells{cells, partCells{}}
		},
		run: s.Services.Goals.Import,
	}, func(v goal.View) int { return v.Version })
}
