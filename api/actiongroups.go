package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// ActionGroup is one group of a list of actions.
type ActionGroup struct {
	Key     string          `json:"key" doc:"Id, word or month (YYYY-MM) of what the actions of the group have in common; empty: they have none"`
	No      int             `json:"no,omitempty" doc:"Of a goal"`
	Title   *Text           `json:"title,omitempty" doc:"Of a goal, theme, post, phase, chain or forum"`
	PartyID *domain.PartyID `json:"partyId,omitempty" format:"uuid" doc:"Of a post"`
	Count   int             `json:"count" doc:"All actions of the group that the filters let through"`
	Late    int             `json:"late" doc:"Of them"`
	Span    GroupSpan       `json:"span" doc:"Of the same actions"`
	Plan    *GroupPlan      `json:"plan,omitempty" doc:"Of a goal: the period of its plan; missing where the caller may not see the plan"`
}

// GroupSpan is the time that the actions of a group take.
type GroupSpan struct {
	From         *domain.Date `json:"from,omitempty" format:"date" doc:"First day of the earliest start; missing: none has a start"`
	To           *domain.Date `json:"to,omitempty" format:"date" doc:"Last day of the latest due date; missing: none has one"`
	WithoutStart int          `json:"withoutStart" doc:"How many have no start"`
	WithoutDue   int          `json:"withoutDue" doc:"How many have no due date"`
}

// GroupPlan is the period of a plan.
type GroupPlan struct {
	From domain.Date `json:"from" format:"date"`
	To   domain.Date `json:"to" format:"date"`
}

// ActionGroups are the groups of a list of actions.
type ActionGroups struct {
	Items []ActionGroup `json:"items" doc:"In order, what has none last; at most 1,000"`
}

func actionGroupBody(g action.Group) ActionGroup {
	out := ActionGroup{Key: g.Key, No: g.No, PartyID: g.PartyID.Ptr(), Count: g.Count, Late: g.Late,
		Span: GroupSpan{datePtr(g.Span.From), datePtr(g.Span.To), g.Span.WithoutStart, g.Span.WithoutDue}}
	if !g.Plan[0].IsZero() {
		out.Plan = &GroupPlan{g.Plan[0], g.Plan[1]}
	}
	if !g.Title.IsZero() {
		out.Title = &g.Title
	}
	return out
}

func (s *Server) registerActionGroups() {
	handle(s, operation{ID: "listActionGroups", Kept: true, Method: http.MethodGet, Path: "/action-groups", Tag: "Actions", Permission: readScope,
		Summary:     "List the groups of a list of actions, with how many are in each",
		Description: "By the same filters as GET /actions, counted over all rows. With sort={by},… the list has its rows group after group in this order. An action is in one group: that of its first goal, of the theme of that, of its lead, of the chain of its stage, of the month in which its due period ends."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			By string `query:"by" required:"true" enum:"goal,theme,party,post,status,condition,phase,chain,forum,dueMonth"`
			ActionFilters
		}) (*struct{ Body ActionGroups }, error) {
			f, err := in.filter(a)
			if err != nil {
				return nil, err
			}
			groups, err := s.Services.Actions.Groups(ctx, a, f, action.By(in.By))
			if err != nil {
				return nil, err
			}
			out := ActionGroups{Items: make([]ActionGroup, len(groups))}
			for i, g := range groups {
				out.Items[i] = actionGroupBody(g)
			}
			return &struct{ Body ActionGroups }{out}, nil
		})
}
