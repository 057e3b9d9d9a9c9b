package api

import (
	"context"
	"net/http"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/freshness"
	"yhdyspinta/domain/mywork"
)

// MyUnits is what is late, out of date or due soon of what the units that the caller
// manages lead.
type MyUnits struct {
	UnitIDs    []domain.UnitID `json:"unitIds" doc:"The units that the caller manages and those below them; empty: none"`
	Waiting    []WorkItem      `json:"waiting" doc:"The actions: what is late first, then what is out of date, then what is due soon, each by due date; at most limit"`
	Total      int             `json:"total" doc:"How many there are in all"`
	Units      []UnitFigures   `json:"units" doc:"Each unit with what the units below it have; the most late first, at most 100"`
	UnitsTotal int             `json:"unitsTotal" doc:"How many units lead running actions in all"`
	Posts      []UnitFigures   `json:"posts" doc:"Each post that leads running actions, the most late first, at most 50"`
	PostsTotal int             `json:"postsTotal" doc:"How many posts do in all"`
}

// UnitFigures count the actions that a unit or post leads. Each number counts the rows
// of GET /actions with the group as unitId or leadPostId and the condition.
type UnitFigures struct {
	Unit    *FreshnessUnit `json:"unit,omitempty"`
	Post    *PostRef       `json:"post,omitempty"`
	Running int            `json:"running" doc:"Not started or in progress"`
	Late    int            `json:"late"`
	Stale   int            `json:"stale" doc:"Out of date, and not late"`
	DueSoon int            `json:"dueSoon" doc:"Neither late nor out of date"`
}

// How many groups are told.
const (
	unitsTold = 100
	postsTold = 50
)

func unitFigures(g freshness.Group) UnitFigures {
	out := UnitFigures{Running: g.Running, Late: g.Late, Stale: g.OutOfDate, DueSoon: g.DueSoon}
	if g.Unit != nil {
		out.Unit = &FreshnessUnit{ID: g.Unit.ID, Name: g.Unit.Name}
	}
	if g.Post != nil {
		out.Post = &PostRef{ID: g.Post.ID, Title: g.Post.Title, PartyID: g.PartyID}
	}
	return out
}

// managedUnits are the units of which the actor is a manager for the own party.
func managedUnits(a domain.Actor) []domain.UnitID {
	var out []domain.UnitID
	for _, g := range a.Grants {
		if g.Role == domain.RoleManager && g.PartyID == a.PartyID {
			out = append(out, g.Units...)
		}
	}
	slices.SortFunc(out, func(x, y domain.UnitID) int { return slices.Compare(x.UUID[:], y.UUID[:]) })
	return slices.Compact(out)
}

// conditionItem is an action as it stands, as something that waits.
func conditionItem(sum ActionSummary, c action.Condition) WorkItem {
	i := WorkItem{Reason: mywork.Reason(c.Value), On: c.Explanation.On, Action: &sum, Task: taskRef(c.Explanation.Task)}
	if c.Explanation.Days != nil {
		i.Days = *c.Explanation.Days
	}
	if c.Value == action.CondStale {
		i.On = c.Explanation.On.AddDays(c.Explanation.Limit + 1)
	}
	return i
}

func (s *Server) registerMyUnits() {
	handle(s, operation{ID: "getMyUnits", Method: http.MethodGet, Path: "/me/units", Tag: "Me", Permission: readScope, Errors: []int{401},
		Summary:     "Tell what is late, out of date or due soon in the units that the caller manages",
		Description: "Of today, by unit and by post, and the actions themselves. Everything is empty for who manages no unit. " + aboutDescription},
		func(ctx context.Context, a domain.Actor, in *struct {
			AboutParams
			Limit  int      `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many of the actions"`
			Reason []string `query:"reason,explode" maxItems:"3" enum:"late,stale,due_soon" doc:"Only the actions in these conditions; the figures are of all conditions"`
		}) (*struct{ Body MyUnits }, error) {
			if !a.SignedIn() {
				return nil, domain.Unauthenticated()
			}
			about, err := in.about()
			if err != nil {
				return nil, err
			}
			out := MyUnits{UnitIDs: []domain.UnitID{}, Waiting: []WorkItem{}, Units: []UnitFigures{}, Posts: []UnitFigures{}}
			units := managedUnits(a)
			if len(units) == 0 {
				return &struct{ Body MyUnits }{out}, nil
			}
			out.UnitIDs = units
			conditions := toStrings[action.ConditionValue](in.Reason)
			if len(conditions) == 0 {
				conditions = []action.ConditionValue{action.CondLate, action.CondStale, action.CondDueSoon}
			}
			f := actionsAbout(about)
			f.Unit, f.Condition = units, filterOf(conditions)
			page, err := s.Services.Actions.List(ctx, a, f, domain.PageRequest{Limit: in.Limit, Sort: "condition,dueOn", Count: true})
			if err != nil {
				return nil, err
			}
			day := s.Clock.Today()
			for _, v := range page.Items {
				i := conditionItem(actionSummary(a, day)(v), v.Condition(day))
				i.OfOther = v.Condition(day).Explanation.Task != nil && v.Condition(day).Explanation.Task.Post.OfOther(a)
				out.Waiting = append(out.Waiting, i)
			}
			if page.Total != nil {
				out.Total = *page.Total
			}
			for _, by := range []struct {
				what  freshness.By
				limit int
				items *[]UnitFigures
				total *int
			}{{freshness.ByUnit, unitsTold, &out.Units, &out.UnitsTotal}, {freshness.ByPost, postsTold, &out.Posts, &out.PostsTotal}} {
				figures := freshnessAbout(about)
				figures.Unit, figures.Conditions = units, true
				groups, err := s.Services.Freshness.Groups(ctx, a, by.what, figures,
					domain.PageRequest{Limit: by.limit, Sort: "-late,-outOfDate,-dueSoon", Count: true})
				if err != nil {
					return nil, err
				}
				for _, g := range groups.Items {
					*by.items = append(*by.items, unitFigures(g))
				}
				if groups.Total != nil {
					*by.total = *groups.Total
				}
			}
			return &struct{ Body MyUnits }{out}, nil
		})
}
