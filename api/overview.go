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
	ByStatus    OverviewByStatus    `json:"byStatus"`
	ByPhase     []OverviewPhase     `json:"byPhase" doc:"Of the actions, in the order of the phases, what is in none last; empty if no action is in one"`
	Acceptance  OverviewAcceptance  `json:"acceptance"`
}

// OverviewPhase counts the actions in a phase of implementation, as GET /actions?phaseId= does.
type OverviewPhase struct {
	ID      *domain.PhaseID `json:"id,omitempty" format:"uuid" doc:"Missing: those in no phase, as phaseId=none"`
	Title   Text            `json:"title"`
	Actions int             `json:"actions"`
}

// OverviewByStatus counts actions by status, as GET /actions?status= does.
type OverviewByStatus struct {
	NotStarted int `json:"not_started"`
	InProgress int `json:"in_progress"`
	Paused     int `json:"paused"`
	Done       int `json:"done"`
	Cancelled  int `json:"cancelled"`
	Merged     int `json:"merged"`
	Superseded int `json:"superseded"`
}

// OverviewAcceptance counts the goals told here by how far the parties have agreed,
// as GET /goals?planId=&acceptance= does without a filter.
type OverviewAcceptance struct {
	Accepted int `json:"accepted" doc:"All responsibilities that have not ended are in force"`
	Open     int `json:"open" doc:"One of them, or a change of one, is not accepted by all"`
	None     int `json:"none" doc:"Nobody is responsible"`
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
	ID          domain.GoalID       `json:"id" format:"uuid"`
	No          int                 `json:"no"`
	Title       Text                `json:"title"`
	Visibility  domain.Visibility   `json:"visibility" enum:"public,internal"`
	Theme       OverviewTheme       `json:"theme"`
	PartyID     *domain.PartyID     `json:"partyId,omitempty" format:"uuid" doc:"Whose goal it is, under a shared one; missing: a shared goal"`
	SharedNo    int                 `json:"sharedNo,omitempty" doc:"Number of the shared goal above the goal of a party, if the caller may see that"`
	Leads       []PostRef           `json:"leads" doc:"By the order of the parties"`
	Unaccepted  int                 `json:"unaccepted" doc:"How many of its responsibilities, or changes of them, a party has not accepted"`
	Acceptance  string              `json:"acceptance" enum:"accepted,open,none" doc:"As the counts tell it"`
	Answers     []OverviewAnswer    `json:"answers" doc:"What each party says of all its responsibilities, by the order of the parties; empty where no agreement between parties is needed"`
	Actions     []OverviewAction    `json:"actions" maxItems:"12" doc:"By number, if there are at most 12; of more, byCondition tells"`
	ActionCount int                 `json:"actionCount" doc:"All, as GET /actions?goalId= counts them"`
	ByCondition OverviewByCondition `json:"byCondition" doc:"All, as GET /actions?goalId= with condition counts them"`
	NextDueOn   domain.Date         `json:"nextDueOn,omitzero" format:"date" doc:"The nearest due date to come of an action that is not started or in progress"`
}

// OverviewAnswer is a party's word on all responsibilities for a goal.
type OverviewAnswer struct {
	PartyID domain.PartyID         `json:"partyId" format:"uuid"`
	Answer  domain.AcceptanceState `json:"answer" enum:"open,accepted,declined,reopened" doc:"The worst: declined before open before reopened (a change of what is in force waits) before accepted"`
	Since   domain.Date            `json:"since,omitzero" format:"date" doc:"When what the party has not answered was proposed, the earliest"`
}

// OverviewGroup counts what belongs to a chain or a party.
type OverviewGroup struct {
	ID          *domain.AnyID       `json:"id,omitempty" format:"uuid" doc:"Of the chain or party; missing: what belongs to none"`
	Title       Text                `json:"title" doc:"The short name of a party"`
	Goals       int                 `json:"goals" doc:"As GET /goals?planId= with chainId or partyId counts them"`
	GoalsOpen   int                 `json:"goalsOpen" doc:"As acceptance=open"`
	Actions     int                 `json:"actions" doc:"As GET /actions with chainId or partyId counts them"`
	ByCondition OverviewByCondition `json:"byCondition"`
	Gaps        OverviewGroupGaps   `json:"gaps"`
}

// OverviewGroupGaps counts the hand-overs of a group, as GET /handovers with chainId or partyId does.
type OverviewGroupGaps struct {
	Major int `json:"major" doc:"As gap=major"`
	Minor int `json:"minor" doc:"As gap=minor"`
	Open  int `json:"open" doc:"With any standing but in_force"`
}

// OverviewGroups are the figures of an overview by chain or party.
type OverviewGroups struct {
	Day    domain.Date     `json:"day" format:"date" doc:"The day shown: today or the as-of day"`
	By     overview.By     `json:"by" enum:"chain,party"`
	Groups []OverviewGroup `json:"groups" doc:"Chains in their order, or parties, the principal ones first; last what belongs to none. A party that is not principal and has nothing is left out"`
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
	out := OverviewGoal{ID: g.ID, No: g.No, Title: g.Title, Visibility: g.Visibility, Theme: OverviewTheme(g.Theme), PartyID: g.PartyID.Ptr(), SharedNo: g.SharedNo,
		Leads: []PostRef{}, Unaccepted: g.Unaccepted, Acceptance: g.Acceptance(), Answers: make([]OverviewAnswer, len(g.Answers)), Actions: []OverviewAction{}, ActionCount: g.Total, ByCondition: overviewConditions(g.ByCondition), NextDueOn: g.NextDueOn}
	for i, a := range g.Answers {
		out.Answers[i] = OverviewAnswer{PartyID: a.PartyID, Answer: a.State, Since: a.Since}
	}
	for _, l := range g.Leads {
		out.Leads = append(out.Leads, PostRef{ID: l.PostID, Title: l.Title, PartyID: l.PartyID})
	}
	for _, a := range g.Actions {
		out.Actions = append(out.Actions, OverviewAction(a))
	}
	return out
}

func overviewConditions(by map[string]int) OverviewByCondition {
	return OverviewByCondition{Late: by["late"], Stale: by["stale"], DueSoon: by["due_soon"], OnTime: by["on_time"],
		NotStarted: by["not_started"], Paused: by["paused"], Done: by["done"], Cancelled: by["cancelled"]}
}

func overviewBody(o overview.Overview) Overview {
	status := o.ByStatus
	out := Overview{Day: o.Day, Goals: []OverviewGoal{}, Gaps: make([]OverviewGaps, len(o.Gaps)), LastDecisions: overviewDecisions(o.LastDecisions),
		Counts: OverviewCounts{Goals: len(o.Goals), Actions: o.Actions, ByCondition: overviewConditions(o.ByCondition),
			ByStatus: OverviewByStatus{NotStarted: status["not_started"], InProgress: status["in_progress"], Paused: status["paused"], Done: status["done"],
				Cancelled: status["cancelled"], Merged: status["merged"], Superseded: status["superseded"]},
			Acceptance: OverviewAcceptance{Accepted: o.Counted(overview.Accepted), Open: o.Counted(overview.Open), None: o.Counted(overview.Unshared)}},
		WithoutEnding: OverviewEndings{Decisions: o.Endings.Decisions, Without: o.Endings.Without, Open: overviewDecisions(o.Endings.Open)},
		Next:          OverviewNext{Until: o.Next.Until, Actions: o.Next.Actions, Events: []OverviewEvent{}},
		Freshness: OverviewFreshness{Total: o.Freshness.Total(), InTarget: o.Freshness.InTarget,
			InLimit: o.Freshness.InLimit, Stale: o.Freshness.Stale}}
	out.Counts.ByPhase = make([]OverviewPhase, len(o.ByPhase))
	for i, p := range o.ByPhase {
		out.Counts.ByPhase[i] = OverviewPhase{ID: p.ID.Ptr(), Title: p.Title, Actions: p.Actions}
	}
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

// OverviewParams are the filters of the overview and its files.
type OverviewParams struct {
	TermParams
	Plan  []string `query:"planId,explode" maxItems:"1" doc:"Of this plan instead of that of the day: its goals, and the actions for them only"`
	Party []string `query:"partyId,explode" maxItems:"50" doc:"Actions led by these parties, goals for which a post of theirs is responsible, hand-overs that they give or receive"`
	Chain []string `query:"chainId,explode" maxItems:"50" doc:"Actions and goals of these chains, and their hand-overs; none: actions and goals of no chain"`
}

func (p OverviewParams) filter() (f overview.Filter, err error) {
	return f, firstError(p.terms(&f.TermFilter), idFilter(&f.Plans, "planId", p.Plan), idFilter(&f.Parties, "partyId", p.Party), idFilter(&f.Chains, "chainId", p.Chain))
}

const overviewDescription = "Every number counts what the caller would find in the list that it names. " +
	"Filters narrow goals, actions and gaps; a goal stays also if only an action for it passes. Decisions and meetings are not narrowed. " + termsDescription

func (s *Server) registerOverview() {
	const tag = "Overview"
	handle(s, operation{ID: "getOverview", Kept: true, Method: http.MethodGet, Path: "/overview", Tag: tag, Permission: readScope,
		Summary:     "Get the overview: who answers for what, in which condition, what was decided and what comes next",
		Description: overviewDescription},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			OverviewParams
		}) (*struct{ Body Overview }, error) {
			f, err := in.filter()
			if err != nil {
				return nil, err
			}
			o, err := s.Services.Overview.Get(ctx, a, f)
			if err != nil {
				return nil, err
			}
			return &struct{ Body Overview }{overviewBody(o)}, nil
		})

	handle(s, operation{ID: "getOverviewGroups", Kept: true, Method: http.MethodGet, Path: "/overview-groups", Tag: tag, Permission: readScope,
		Summary:     "Get the figures of the overview by chain or by party",
		Description: "Every number counts what the caller would find in the list that it names, under the same filters. What belongs to several groups counts in each. " + termsDescription},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			OverviewParams
			By string `query:"by" required:"true" enum:"chain,party"`
		}) (*struct{ Body OverviewGroups }, error) {
			f, err := in.filter()
			if err != nil {
				return nil, err
			}
			groups, err := s.Services.Overview.Groups(ctx, a, overview.By(in.By), f)
			if err != nil {
				return nil, err
			}
			out := OverviewGroups{Day: domain.DayShown(ctx, s.Clock), By: overview.By(in.By), Groups: make([]OverviewGroup, len(groups))}
			for i, g := range groups {
				out.Groups[i] = OverviewGroup{ID: g.ID.Ptr(), Title: g.Title, Goals: g.Goals, GoalsOpen: g.GoalsOpen, Actions: g.Actions,
					ByCondition: overviewConditions(g.ByCondition), Gaps: OverviewGroupGaps{Major: g.Major, Minor: g.Minor, Open: g.HandoversOpen}}
			}
			return &struct{ Body OverviewGroups }{out}, nil
		})
	s.registerOverviewFiles()
}
