package api

import (
	"context"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// readGoalNames makes the column of the goals' names that of the goals in a list
// that people have: an export has their numbers, too, and a version.
func (f tableFile) readGoalNames() bool {
	at, names := f.columns["goals"]
	_, numbers := f.columns["goalNos"]
	_, version := f.columns["version"]
	if !names || numbers || version {
		return false
	}
	f.columns["goalNos"], f.headings["goalNos"] = at, f.headings["goals"]
	delete(f.columns, "goals")
	delete(f.headings, "goals")
	for _, row := range f.rows {
		if text, ok := row.cells["goals"]; ok {
			row.cells["goalNos"] = text
			delete(row.cells, "goals")
		}
	}
	return true
}

// actionCells takes the cells of one row into an edit of an action.
type actionCells struct {
	rowCells
	stored *action.View
	posts  partCells
}

func (s actionCells) take(e *action.Edit, key, text string) {
	for name, t := range map[string]*domain.Text{"title": &e.Title, "description": &e.Description} {
		if field := textField(key, name, t); field != nil {
			*field = text
		}
	}
	switch key {
	case "starts":
		e.StartsOn, e.StartsPrecision = s.period(key, text)
	case "due":
		e.DueOn, e.DuePrecision = s.period(key, text)
	case "lead", "shared", "support", "informed":
		s.posts.take(s.rowCells, key, text)
	case "goalNos":
		setIDs(&e.GoalIDs, s.several(key, namesGoal, text))
		if s.stored != nil { // goals that the caller may not see stay
			for _, id := range s.stored.GoalIDs {
				if !slices.ContainsFunc(s.stored.Goals, func(g action.GoalRef) bool { return g.ID == id }) {
					e.GoalIDs = append(e.GoalIDs, id)
				}
			}
		}
	case "targetGroups":
		setIDs(&e.TargetGroupIDs, s.several(key, namesGroup, text))
	case "districts":
		setIDs(&e.DistrictIDs, s.several(key, namesPlace, text))
	case "tags":
		setIDs(&e.TagIDs, s.several(key, namesTag, text))
	case "phase":
		e.PhaseID = domain.PhaseID{}
		if id, ok := s.one(key, namesPhase, text, nil); ok {
			e.PhaseID.UUID = id.UUID
		}
	case "visibility":
		s.visibility(key, text, &e.Visibility)
	case "visibilityGround":
		e.VisibilityGround = text
	}
}

func (s actionCells) end(e *action.Edit) { s.posts.end(&e.Responsibilities) }

func (s *Server) registerActionImport() {
	registerImport(s, importOf[actionRow, action.View, action.Edit]{
		name: "action", noun: "actions", one: "one action; with the number of an action it is a change of that, as far as its cells are not as they are stored", tag: "Actions",
		more:       "A new row with the title of an open action is refused, so that a file is not imported twice. ",
		permission: domain.ActionCreate, may: action.MayImport, sheet: actionSheet, columns: actionColumns, required: []string{"title.fi", "title.sv", "title.en"},
		heads: map[string][]string{
			"no":               append(slices.Clone(numberHeads), "Toimenpiteen numero"),
			"title.fi":         {"Toimenpide", "Toimenpiteen nimi"},
			"title.sv":         {"Åtgärd"},
			"title.en":         {"Action"},
			"description.fi":   {"Kuvaus", "Toimenpiteen kuvaus", "Sisältö"},
			"description.sv":   {"Beskrivning"},
			"description.en":   {"Description"},
			"goalNos":          {"Tavoite", "Tavoitteen numero", "Tavoite nro", "Målets nummer", "Mål nr", "Goal"},
			"lead":             leadHeads,
			"shared":           sharedHeads,
			"support":          {"Tukee"},
			"starts":           {"Aloitus", "Alku", "Start"},
			"due":              {"Aikataulu", "Valmis viimeistään", "Päättyy", "Tidtabell", "Tidsplan", "Deadline"},
			"targetGroups":     groupHeads,
			"districts":        {"Alue", "Suuralue", "Område"},
			"tags":             tagHeads,
			"phase":            {"Toteutuksen vaihe", "Fas"},
			"visibility":       seenHeads,
			"visibilityGround": groundHeads,
		},
		taken: []string{"no", "title.fi", "title.sv", "title.en", "description.fi", "description.sv", "description.en", "goalNos", "lead", "shared", "support", "informed",
			"starts", "due", "phase", "targetGroups", "districts", "tags", "visibility", "visibilityGround"},
		moving: []string{"goals", "notAccepted", "condition", "postponed", "nextTask", "nextTaskDue", "confirmedOn", "changedOn"},
		keys:   []string{"no", "version"},
		pointers: map[string]string{"/key": "no", "/title": "title.fi", "/title/fi": "title.fi", "/title/sv": "title.sv", "/title/en": "title.en",
			"/description/fi": "description.fi", "/description/sv": "description.sv", "/description/en": "description.en", "/goalIds": "goalNos", "/responsibilities": "lead",
			"/startsOn": "starts", "/dueOn": "due", "/phaseId": "phase", "/targetGroupIds": "targetGroups", "/districtIds": "districts", "/tagIds": "tags",
			"/visibility": "visibility", "/visibilityGround": "visibilityGround"},
		load: func(ctx context.Context, a domain.Actor, r *fileReader) error {
			return firstError(s.addPosts(ctx, r), s.addGoals(ctx, a, r), s.addTerms(ctx, r, domain.SubjectTargetGroup, domain.SubjectDistrict, domain.SubjectTag, domain.SubjectPhase))
		},
		key: numberKey,
		row: func(r *fileReader, v action.View) actionRow { return actionRow{v, v.Condition(r.day).Value} },
		edit: func(cells rowCells, stored *action.View) (action.Edit, cellSetter[action.Edit]) {
			e := action.Edit{Visibility: domain.Public}
			if stored != nil {
				e = stored.AsEdit()
			}
			return e, actionCells{cells, stored, partCells{}}
		},
		run: s.Services.Actions.Import,
	}, func(v action.View) int { return v.Version })
}
