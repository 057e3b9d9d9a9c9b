package api

import (
	"context"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/overview"
)

type overviewFileParams struct {
	ExportParams
	OverviewParams
}

type groupFileParams struct {
	ExportParams
	OverviewParams
	By string `query:"by" required:"true" enum:"chain,party"`
}

// unsorted refuses an order: the rows of an overview stand as they are shown.
func unsorted(sort string) error {
	if sort != "" {
		return domain.InvalidField("sort", "unknown_sort_key")
	}
	return nil
}

func (s *Server) registerOverviewFiles() {
	service := s.Services.Overview
	registerListFile(s, listFile[overviewFileParams, overview.Line]{
		id: "Overview", path: "/overview", tag: "Overview", noun: "the goals of the overview",
		name: domain.Text{FI: "Kokonaiskuva", SV: "Helhetsbild", EN: "Overview"}, columns: overviewColumns,
		rows: func(a domain.Actor, in *overviewFileParams) (func(context.Context, string, func([]overview.Line) error) error, error) {
			f, err := in.filter()
			return func(ctx context.Context, _ string, yield func([]overview.Line) error) error {
				lines, err := service.Lines(ctx, a, f)
				if err != nil {
					return err
				}
				return yield(lines)
			}, firstError(unsorted(in.Sort), err)
		}})
	registerListFile(s, listFile[groupFileParams, overview.Group]{
		id: "OverviewGroups", path: "/overview-groups", tag: "Overview", noun: "the figures of the overview by chain or party",
		name: domain.Text{FI: "Kokonaiskuva", SV: "Helhetsbild", EN: "Overview"}, columns: groupColumns,
		rows: func(a domain.Actor, in *groupFileParams) (func(context.Context, string, func([]overview.Group) error) error, error) {
			f, err := in.filter()
			return func(ctx context.Context, _ string, yield func([]overview.Group) error) error {
				groups, err := service.Groups(ctx, a, overview.By(in.By), f)
				if err != nil {
					return err
				}
				groups = slices.Clone(groups) // they are kept in memory
				for i := range groups {
					if groups[i].ID.IsZero() {
						groups[i].Title = restWords[overview.By(in.By)]
					}
				}
				return yield(groups)
			}, firstError(unsorted(in.Sort), err)
		}})
}

// conditionKeys are the conditions in the order in which they ask for attention.
var conditionKeys = []string{"late", "stale", "due_soon", "on_time", "not_started", "paused", "done", "cancelled"}

// conditionColumns are how many actions are in each condition.
func conditionColumns[R any](by func(R) map[string]int) []column[R] {
	out := make([]column[R], len(conditionKeys))
	for i, key := range conditionKeys {
		out[i] = column[R]{key, domain.Text{FI: matrixTexts[domain.Finnish].conditions[key], SV: matrixTexts[domain.Swedish].conditions[key],
			EN: matrixTexts[domain.English].conditions[key]}, 12, func(_ fileWords, r R) any { return by(r)[key] }}
	}
	return out
}

var acceptanceWords = map[domain.Lang]map[string]string{
	domain.Finnish: {overview.Accepted: "Voimassa", overview.Open: "Odottaa hyväksyntää", overview.Unshared: "Ei vastuita"},
	domain.Swedish: {overview.Accepted: "I kraft", overview.Open: "Väntar på godkännande", overview.Unshared: "Inga ansvar"},
	domain.English: {overview.Accepted: "In force", overview.Open: "Waits for acceptance", overview.Unshared: "No responsibilities"},
}

var (
	actionsHead = domain.Text{FI: "Toimenpiteitä", SV: "Antal åtgärder", EN: "Actions"}
	goalsHead   = domain.Text{FI: "Tavoitteita", SV: "Antal mål", EN: "Goals"}
)

// answering are the parties in one of the states of an answer, with the day since
// which each of them has been waited for.
func answering(w fileWords, l overview.Line, states ...domain.AcceptanceState) string {
	var names []string
	for _, a := range l.Answers {
		if !slices.Contains(states, a.State) {
			continue
		}
		name := w.in(w.parties[a.PartyID])
		if !a.Since.IsZero() {
			name += " " + a.Since.String()
		}
		names = append(names, name)
	}
	return list(names)
}

var overviewColumns = slices.Concat(
	[]column[overview.Line]{
		{"theme", domain.Text{FI: "Teema", SV: "Tema", EN: "Theme"}, 32, func(w fileWords, l overview.Line) any { return w.in(l.Theme.Title) }},
		{"no", numberHead, 9, func(_ fileWords, l overview.Line) any { return l.No }},
		{"goal", domain.Text{FI: "Tavoite", SV: "Mål", EN: "Goal"}, 48, func(w fileWords, l overview.Line) any { return w.in(l.Title) }},
		{"leads", domain.Text{FI: "Päävastuu", SV: "Huvudansvar", EN: "Lead"}, 48, func(w fileWords, l overview.Line) any {
			names := make([]string, len(l.Leads))
			for i, p := range l.Leads {
				names[i] = w.post(p.PartyID, p.Title)
			}
			return list(names)
		}},
		{"acceptance", domain.Text{FI: "Hyväksyntä", SV: "Godkännande", EN: "Acceptance"}, 20, func(w fileWords, l overview.Line) any { return word(w, acceptanceWords, l.Acceptance()) }},
		{"waitsFor", domain.Text{FI: "Odotetaan (mistä päivästä)", SV: "Väntar på (sedan)", EN: "Waits for (since)"}, 28, func(w fileWords, l overview.Line) any {
			return answering(w, l, domain.AcceptanceOpen, overview.AnswerReopened)
		}},
		{"declinedBy", domain.Text{FI: "Palauttanut", SV: "Returnerat av", EN: "Declined by"}, 20, func(w fileWords, l overview.Line) any {
			return answering(w, l, domain.AcceptanceDeclined)
		}},
		{"actions", actionsHead, 12, func(_ fileWords, l overview.Line) any { return l.Total }},
	},
	conditionColumns(func(l overview.Line) map[string]int { return l.ByCondition }),
	[]column[overview.Line]{
		{"nextDueOn", domain.Text{FI: "Seuraava määräaika", SV: "Nästa tidsfrist", EN: "Next due date"}, 14, func(_ fileWords, l overview.Line) any { return l.NextDueOn }},
		{"visibility", seenHead, 12, func(w fileWords, l overview.Line) any { return word(w, visibilityWords, l.Visibility) }},
	},
)

// restWords name what belongs to no group, as on the page.
var restWords = map[overview.By]domain.Text{
	overview.ByChain: {FI: "Ei missään palveluketjussa", SV: "I ingen servicekedja", EN: "In no service chain"},
	overview.ByParty: {FI: "Ilman päävastuuta", SV: "Utan huvudansvar", EN: "Without a lead"},
}

var groupColumns = slices.Concat(
	[]column[overview.Group]{
		{"group", domain.Text{FI: "Ketju tai osapuoli", SV: "Kedja eller part", EN: "Chain or party"}, 36, func(w fileWords, g overview.Group) any { return w.in(g.Title) }},
		{"goals", goalsHead, 12, func(_ fileWords, g overview.Group) any { return g.Goals }},
		{"goalsOpen", domain.Text{FI: "Tavoitteita, joiden vastuut odottavat hyväksyntää", SV: "Mål vars ansvar väntar på godkännande", EN: "Goals that wait for acceptance"}, 16, func(_ fileWords, g overview.Group) any { return g.GoalsOpen }},
		{"actions", actionsHead, 12, func(_ fileWords, g overview.Group) any { return g.Actions }},
	},
	conditionColumns(func(g overview.Group) map[string]int { return g.ByCondition }),
	[]column[overview.Group]{
		{"majorGaps", domain.Text{FI: "Siirtymiä, joissa suuri aukko", SV: "Övergångar med en stor lucka", EN: "Hand-overs with a major gap"}, 14, func(_ fileWords, g overview.Group) any { return g.Major }},
		{"minorGaps", domain.Text{FI: "Siirtymiä, joissa pieni aukko", SV: "Övergångar med en liten lucka", EN: "Hand-overs with a minor gap"}, 14, func(_ fileWords, g overview.Group) any { return g.Minor }},
		{"handoversOpen", domain.Text{FI: "Siirtymiä, jotka odottavat hyväksyntää", SV: "Övergångar som väntar på godkännande", EN: "Hand-overs that wait for acceptance"}, 16, func(_ fileWords, g overview.Group) any { return g.HandoversOpen }},
	},
)
