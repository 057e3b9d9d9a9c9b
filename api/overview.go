package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/overview"
)

// Overview is the state of the shared work on one page.
type Overview struct {
	Day           domain.Date        `json:"day" format:"date" doc:"The day shown: today or the as-of day"`
	Plan          *OverviewPlan      `json:"plan,omitempty" doc:"The plan in force, or the latest"`
	Counts        OverviewCounts     `json:"counts"`
	Goals         []OverviewGoal     `json:"goals" doc:"Of the plan, by theme and number"`
	Gaps          []OverviewGaps     `json:"gaps" doc:"Of chains with hand-overs, in the order of the chains"`
	LastDecisions []OverviewDecision `json:"lastDecisions" doc:"Decisions and assignments of closed meetings, the latest first"`
	WithoutEnding OverviewEndings    `json:"withoutEnding"`
	Next          OverviewNext       `json:"next"`
	Freshness     OverviewFreshness  `json:"freshness"`
}

// OverviewPlan names the plan of an overview.
type OverviewPlan struct {
	ID          domain.PlanID `json:"id" format:"uuid"`
	Title       Text          `json:"title"`
	CouncilTerm string        `json:"councilTerm"`
}

// OverviewCounts are the figures of an overview.
type OverviewCounts struct {
	Goals       int                 `json:"goals" doc:"As GET /goals?planId= counts them; with a filter, the goals told here"`
	Actions     int                 `json:"actions" doc:"As GET /actions counts them"`
	ByCondition OverviewByCondition `json:"byCondition"`
}

// OverviewByCondition counts actions by condition, as GET /actions?condition= does.
type OverviewByCondition struct {
	Late       int `json:"late"`
	Stale      int `json:"stale"`
	DueSoon    int `json:"due_soon"`
	OnTime     int `json:"on_time"`
	NotStarted int `json:"not_started"`
	Paused     int `json:"paused"`
	Done       int `json:"done"`
	Cancelled  int `json:"cancelled"`
}

// OverviewGoal is a goal with its leads and the condition of its actions.
type OverviewGoal struct {
	ID          domain.GoalID     `json:"id" format:"uuid"`
	No          int               `json:"no"`
	Title       Text              `json:"title"`
	Visibility  domain.Visibility `json:"visibility" enum:"public,internal"`
	Theme       OverviewTheme     `json:"theme"`
	Leads       []PostRef         `json:"leads" doc:"By the order of the parties"`
	Unaccepted  int               `json:"unaccepted" doc:"How many of its responsibilities, or changes of them, a party has not accepted"`
	Actions     []OverviewAction  `json:"actions" maxItems:"60" doc:"By number; of more than 60 the oldest"`
	ActionCount int               `json:"actionCount" doc:"All, as GET /actions?goalId= counts them"`
	NextDueOn   domain.Date       `json:"nextDueOn,omitzero" format:"date" doc:"The nearest due date to come of an action that is not started or in progress"`
}

// OverviewGaps counts the hand-overs of a chain by how wide their gap is.
type OverviewGaps struct {
	ChainID domain.ChainID `json:"chainId" format:"uuid"`
	Title   Text           `json:"title"`
	Major   int            `json:"major" doc:"As GET /handovers?chainId=&gap=major counts them, and GET /gaps likewise"`
	Minor   int            `json:"minor" doc:"As gap=minor"`
	None    int            `json:"none" doc:"Without a gap, as GET /handovers?chainId=&gap=none counts them"`
}

// OverviewTheme names the theme of a goal.
type OverviewTheme struct {
	ID       domain.ThemeID `json:"id" format:"uuid"`
	Title    Text           `json:"title"`
	Position int            `json:"position"`
}

// OverviewAction is an action with its condition.
type OverviewAction struct {
	No        int    `json:"no"`
	Title     Text   `json:"title"`
	Condition string `json:"condition" enum:"cancelled,done,paused,late,stale,due_soon,not_started,on_time"`
}

// OverviewMeeting names a meeting and its forum.
type OverviewMeeting struct {
	ID       domain.MeetingID `json:"id" format:"uuid"`
	Year     int              `json:"year"`
	Number   int              `json:"number" doc:"In its forum and year"`
	Title    Text             `json:"title" doc:"May be empty"`
	StartsAt time.Time        `json:"startsAt"`
	Date     domain.Date      `json:"date" format:"date" doc:"Of its start, in Helsinki"`
	Forum    ForumRef         `json:"forum"`
}

// OverviewDecision is a decision or assignment of a meeting.
type OverviewDecision struct {
	OutcomeID    domain.OutcomeID    `json:"outcomeId" format:"uuid"`
	Type         string              `json:"type" enum:"decision,assignment"`
	Text         Text                `json:"text"`
	AgendaItemID domain.AgendaItemID `json:"agendaItemId" format:"uuid"`
	ItemTitle    Text                `json:"itemTitle"`
	AgendaNo     *int                `json:"agendaNo,omitempty"`
	Section      *int                `json:"section,omitempty" doc:"§ of the minutes"`
	Visibility   domain.Visibility   `json:"visibility" enum:"public,internal" doc:"Of the agenda item"`
	Meeting      OverviewMeeting     `json:"meeting"`
	Actions      []OverviewFollow    `json:"actions" doc:"That came from it"`
}

// OverviewFollow names an action.
type OverviewFollow struct {
	No    int  `json:"no"`
	Title Text `json:"title"`
}

// OverviewEndings tells how many decisions end in an action or a stated reason for none.
type OverviewEndings struct {
	Decisions int                `json:"decisions" doc:"Decisions and assignments of closed meetings in all"`
	Without   int                `json:"without" doc:"Those from which no action followed and without a reason why"`
	Open      []OverviewDecision `json:"open" maxItems:"50" doc:"The latest of those"`
}

// OverviewNext is what comes within 60 days.
type OverviewNext struct {
	Until   domain.Date     `json:"until" format:"date"`
	Actions int             `json:"actions" doc:"Not started or in progress and due by then, as GET /actions with status, dueFrom and dueTo counts them"`
	Events  []OverviewEvent `json:"events" doc:"The nearest due dates and meetings, by date"`
}

// OverviewEvent is a due date or a meeting.
type OverviewEvent struct {
	Kind    string           `json:"kind" enum:"action_due,meeting"`
	Date    domain.Date      `json:"date" format:"date"`
	Action  *OverviewFollow  `json:"action,omitempty" doc:"Of action_due"`
	Meeting *OverviewMeeting `json:"meeting,omitempty" doc:"Of meeting"`
}

// OverviewFreshness counts the actions that are not ended by when their status was confirmed.
type OverviewFreshness struct {
	Total    int `json:"total" doc:"Not started, in progress or paused"`
	InTarget int `json:"inTarget" doc:"Confirmed within the target of each one's freshness"`
	InLimit  int `json:"inLimit" doc:"After the target, within the limit"`
	Stale    int `json:"stale" doc:"Before the limit or never, whatever their condition"`
}

func overviewMeeting(m overview.Meeting) OverviewMeeting {
	return OverviewMeeting{ID: m.ID, Year: m.Year, Number: m.Number, Title: m.Title, StartsAt: m.StartsAt, Date: domain.DateOf(m.StartsAt),
		Forum: ForumRef{ID: m.ForumID, Key: m.ForumKey, Title: m.ForumTitle}}
}

func overviewDecisions(ds []overview.Decision) []OverviewDecision {
	out := make([]OverviewDecision, len(ds))
	for i, d := range ds {
		out[i] = OverviewDecision{OutcomeID: d.OutcomeID, Type: d.Type, Text: d.Text, AgendaItemID: d.AgendaItemID, ItemTitle: d.ItemTitle,
			AgendaNo: d.AgendaNo, Section: d.Section, Visibility: d.Visibility, Meeting: overviewMeeting(d.Meeting), Actions: []OverviewFollow{}}
		for _, a := range d.Actions {
			out[i].Actions = append(out[i].Actions, OverviewFollow(a))
		}
	}
	return out
}

func overviewGoal(g overview.Goal) OverviewGoal {
	out := OverviewGoal{ID: g.ID, No: g.No, Title: g.Title, Visibility: g.Visibility, Theme: OverviewTheme(g.Theme),
		Leads: []PostRef{}, Unaccepted: g.Unaccepted, Actions: []OverviewAction{}, ActionCount: g.Total, NextDueOn: g.NextDueOn}
	for _, l := range g.Leads {
		out.Leads = append(out.Leads, PostRef{ID: l.PostID, Title: l.Title, PartyID: l.PartyID})
	}
	for _, a := range g.Actions {
		out.Actions = append(out.Actions, OverviewAction(a))
	}
	return out
}

func overviewBody(o overview.Overview) Overview {
	by := o.ByCondition
	out := Overview{Day: o.Day, Goals: []OverviewGoal{}, Gaps: make([]OverviewGaps, len(o.Gaps)), LastDecisions: overviewDecisions(o.LastDecisions),
		Counts: OverviewCounts{Goals: len(o.Goals), Actions: o.Actions, ByCondition: OverviewByCondition{
			Late: by["late"], Stale: by["stale"], DueSoon: by["due_soon"], OnTime: by["on_time"],
			NotStarted: by["not_started"], Paused: by["paused"], Done: by["done"], Cancelled: by["cancelled"]}},
		WithoutEnding: OverviewEndings{Decisions: o.Endings.Decisions, Without: o.Endings.Without, Open: overviewDecisions(o.Endings.Open)},
		Next:          OverviewNext{Until: o.Next.Until, Actions: o.Next.Actions, Events: []OverviewEvent{}},
		Freshness: OverviewFreshness{Total: o.Freshness.Total(), InTarget: o.Freshness.InTarget,
			InLimit: o.Freshness.InLimit, Stale: o.Freshness.Stale}}
	if o.Plan != nil {
		p := OverviewPlan(*o.Plan)
		out.Plan = &p
	}
	for i, g := range o.Gaps {
		out.Gaps[i] = OverviewGaps(g)
	}
	for _, g := range o.Goals {
		out.Goals = append(out.Goals, overviewGoal(g))
	}
	for _, e := range o.Next.Events {
		event := OverviewEvent{Kind: "action_due", Date: e.Date}
		if e.Meeting != nil {
			m := overviewMeeting(*e.Meeting)
			event.Kind, event.Meeting = "meeting", &m
		} else {
			a := OverviewFollow(*e.Action)
			event.Action = &a
		}
		out.Next.Events = append(out.Next.Events, event)
	}
	return out
}

func (s *Server) registerOverview() {
	handle(s, operation{ID: "getOverview", Method: http.MethodGet, Path: "/overview", Tag: "Overview", Permission: readScope,
		Summary: "Get the overview: who answers for what, in which condition, what was decided and what comes next",
		Description: "Every number counts what the caller would find in the list that it names. " +
			"Filters by terms narrow goals, actions and gaps; a goal stays also if only an action for it has the terms. Decisions and meetings have none. " + termsDescription},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			TermParams
			Plan []string `query:"planId,explode" maxItems:"1" doc:"Of this plan instead of that of the day: its goals, and the actions for them only"`
		}) (*struct{ Body Overview }, error) {
			var f domain.TermFilter
			if err := firstError(in.terms(&f), idFilter(&f.Plans, "planId", in.Plan)); err != nil {
				return nil, err
			}
			o, err := s.Services.Overview.Get(ctx, a, f)
			if err != nil {
				return nil, err
			}
			return &struct{ Body Overview }{overviewBody(o)}, nil
		})
}
