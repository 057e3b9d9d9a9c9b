package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/goal"
)

// Goal is a goal as the API shows it.
type Goal struct {
	ID               domain.GoalID          `json:"id" format:"uuid"`
	No               int                    `json:"no" doc:"The number people use"`
	PlanID           domain.PlanID          `json:"planId" format:"uuid"`
	ThemeID          domain.ThemeID         `json:"themeId" format:"uuid"`
	PartyID          *domain.PartyID        `json:"partyId,omitempty" format:"uuid" doc:"Whose goal it is, under a shared one; missing: it is a shared goal"`
	SharedGoal       *OtherGoal             `json:"sharedGoal,omitempty" doc:"The shared goal above the goal of a party; missing where the caller may not see it"`
	PartyGoals       []OtherGoal            `json:"partyGoals" doc:"The parties' goals under this shared one, as far as the caller may see them, ended ones too; of a single goal only"`
	Title            Text                   `json:"title"`
	Description      Text                   `json:"description"`
	TargetGroupIDs   []domain.TargetGroupID `json:"targetGroupIds"`
	TagIDs           []domain.TagID         `json:"tagIds"`
	StageIDs         []domain.StageID       `json:"stageIds" doc:"Stages of service chains at which it is pinned, of chains that the caller may see"`
	HandoverIDs      []domain.HandoverID    `json:"handoverIds" doc:"Hand-overs at which it is pinned, likewise"`
	Pins             Pins                   `json:"pins" doc:"The same with their names"`
	Responsibilities []Responsibility       `json:"responsibilities" doc:"One lead per principal party, and others"`
	LegalBasisIDs    []domain.LegalBasisID  `json:"legalBasisIds"`
	Cases            []CaseReference        `json:"cases"`
	Visibility       domain.Visibility      `json:"visibility" enum:"public,internal"`
	VisibilityGround string                 `json:"visibilityGround,omitempty" doc:"Why it is internal"`
	Ending           *GoalEnding            `json:"ending,omitempty" doc:"How it has ended; missing: it has not"`
	ForwardedFrom    []OtherGoal            `json:"forwardedFrom" doc:"Goals that go on in this one, as far as the caller may see them; of a single goal only"`
	Actions          []GoalAction           `json:"actions" maxItems:"12" doc:"For it, as far as the caller may see, by number, if there are at most 12; of more, byCondition tells"`
	ActionCount      int                    `json:"actionCount" doc:"All, as GET /actions?goalId= counts them"`
	ByCondition      OverviewByCondition    `json:"byCondition" doc:"All, as GET /actions?goalId= with condition counts them"`
	NextDueOn        domain.Date            `json:"nextDueOn,omitzero" format:"date" doc:"The nearest due date to come of an action that is not started or in progress"`
	Version          int                    `json:"version"`
	UpdatedAt        time.Time              `json:"updatedAt"`
	Permissions      []domain.Permission    `json:"permissions" doc:"What the caller may do with it"`
}

// OtherGoal names another goal.
type OtherGoal struct {
	ID      domain.GoalID   `json:"id" format:"uuid"`
	No      int             `json:"no"`
	Title   Text            `json:"title"`
	Ending  goal.EndingKind `json:"ending,omitempty" enum:"cancelled,merged,superseded" doc:"Of that goal; missing: it has not ended"`
	PartyID *domain.PartyID `json:"partyId,omitempty" format:"uuid" doc:"Whose goal that is; missing: a shared goal"`
}

// GoalEnding tells how a goal has ended.
type GoalEnding struct {
	Kind   goal.EndingKind `json:"kind" enum:"cancelled,merged,superseded"`
	On     domain.Date     `json:"on" format:"date"`
	Reason Text            `json:"reason"`
	Goal   *OtherGoal      `json:"goal,omitempty" doc:"In which a merged or superseded goal goes on; missing where the caller may not see it"`
}

// GoalEndingInput is how a goal is to end.
type GoalEndingInput struct {
	Kind   goal.EndingKind `json:"kind" enum:"cancelled,merged,superseded"`
	Reason Text            `json:"reason" doc:"Everybody reads it who may read the goal"`
	GoalID *domain.GoalID  `json:"goalId,omitempty" format:"uuid" doc:"In which a merged or superseded goal goes on: another one, that has not ended; required with those"`
}

// GoalAction names an action for a goal.
type GoalAction struct {
	No        int    `json:"no"`
	Title     Text   `json:"title"`
	Condition string `json:"condition" enum:"cancelled,done,paused,late,stale,due_soon,not_started,on_time" doc:"On the day shown"`
}

// GoalInput is what can be said of a goal.
type GoalInput struct {
	PlanID           domain.PlanID          `json:"planId" format:"uuid"`
	ThemeID          domain.ThemeID         `json:"themeId" format:"uuid"`
	SharedGoalID     *domain.GoalID         `json:"sharedGoalId,omitempty" format:"uuid" doc:"With partyId: the shared goal of the same plan above the goal of a party"`
	PartyID          *domain.PartyID        `json:"partyId,omitempty" format:"uuid" doc:"With sharedGoalId: the principal party whose goal it is. Its posts alone have a part in it, others may be informed"`
	Title            Text                   `json:"title"`
	Description      Text                   `json:"description,omitempty"`
	TargetGroupIDs   []domain.TargetGroupID `json:"targetGroupIds,omitempty" maxItems:"50"`
	TagIDs           []domain.TagID         `json:"tagIds,omitempty" maxItems:"20"`
	StageIDs         []domain.StageID       `json:"stageIds,omitempty" maxItems:"40" doc:"Stages of service chains at which it is pinned"`
	HandoverIDs      []domain.HandoverID    `json:"handoverIds,omitempty" maxItems:"40" doc:"Hand-overs at which it is pinned"`
	Responsibilities []ResponsibilityInput  `json:"responsibilities,omitempty" maxItems:"40"`
	LegalBasisIDs    []domain.LegalBasisID  `json:"legalBasisIds,omitempty" maxItems:"50"`
	Cases            []CaseReference        `json:"cases,omitempty" maxItems:"50"`
	Visibility       domain.Visibility      `json:"visibility" enum:"public,internal"`
	VisibilityGround string                 `json:"visibilityGround,omitempty" maxLength:"300"`
	Ending           *GoalEndingInput       `json:"ending,omitempty" doc:"How it has ended; missing: it has not"`
	Reason           string                 `json:"reason,omitempty" maxLength:"1000" doc:"Why; required when an ending is taken back. Kept in the log"`
}

func otherGoal(r goal.Ref) OtherGoal {
	return OtherGoal{ID: r.ID, No: r.No, Title: r.Title, Ending: r.Ending, PartyID: r.PartyID.Ptr()}
}

func otherGoals(rs []goal.Ref) []OtherGoal {
	out := make([]OtherGoal, len(rs))
	for i, r := range rs {
		out[i] = otherGoal(r)
	}
	return out
}

func sharedGoal(g goal.Goal) *OtherGoal {
	if g.SharedGoal == nil {
		return nil
	}
	out := otherGoal(*g.SharedGoal)
	return &out
}

func goalBody(a domain.Actor) func(goal.View) Goal {
	return func(g goal.View) Goal {
		actions := make([]GoalAction, len(g.Work.Actions))
		for i, act := range g.Work.Actions {
			actions[i] = GoalAction(act)
		}
		return Goal{Ending: goalEnding(g.Goal), ForwardedFrom: otherGoals(g.From), PartyID: g.PartyID.Ptr(), SharedGoal: sharedGoal(g.Goal), PartyGoals: otherGoals(g.PartyGoals), Actions: actions, ActionCount: g.Work.Total, ByCondition: overviewConditions(g.Work.ByCondition), NextDueOn: g.Work.NextDueOn, ID: g.ID, No: g.No, PlanID: g.PlanID, ThemeID: g.ThemeID, Title: g.Title, Description: g.Description,
			TargetGroupIDs: orEmpty(g.TargetGroupIDs), TagIDs: orEmpty(g.TagIDs),
			StageIDs: orEmpty(g.StageIDs), HandoverIDs: orEmpty(g.HandoverIDs), Pins: pinsOf(g.Pins), Responsibilities: responsibilitiesOf(g.Responsibilities),
			LegalBasisIDs: orEmpty(g.References.LegalBases), Cases: casesOf(g.References.Cases),
			Visibility: g.Visibility, VisibilityGround: g.VisibilityGround, Version: g.Version, UpdatedAt: g.UpdatedAt,
			Permissions: g.Allowed(a)}
	}
}

func goalEnding(g goal.Goal) *GoalEnding {
	if !g.Ended() {
		return nil
	}
	out := &GoalEnding{Kind: g.Ending, On: g.EndedOn, Reason: g.EndingReason}
	if g.Into != nil {
		into := otherGoal(*g.Into)
		out.Goal = &into
	}
	return out
}

func (in GoalInput) ending() *goal.EndingEdit {
	if in.Ending == nil {
		return nil
	}
	e := &goal.EndingEdit{Kind: in.Ending.Kind, Reason: in.Ending.Reason}
	if in.Ending.GoalID != nil {
		e.IntoID = *in.Ending.GoalID
	}
	return e
}

func (in GoalInput) edit() goal.Edit {
	return goal.Edit{Ending: in.ending(), Reason: in.Reason, SharedGoalID: valueOf(in.SharedGoalID), PartyID: valueOf(in.PartyID),
		PlanID: in.PlanID, ThemeID: in.ThemeID, Title: in.Title, Description: in.Description, TargetGroupIDs: in.TargetGroupIDs, TagIDs: in.TagIDs,
		StageIDs: in.StageIDs, HandoverIDs: in.HandoverIDs,
		Responsibilities: responsibles(in.Responsibilities), References: references(in.LegalBasisIDs, in.Cases),
		Visibility: in.Visibility, VisibilityGround: in.VisibilityGround}
}

// GoalFilters are the filters of lists of goals.
type GoalFilters struct {
	Theme       []string `query:"themeId,explode" maxItems:"50" doc:"Of these themes"`
	Plan        []string `query:"planId,explode" maxItems:"50" doc:"Of these plans"`
	Post        []string `query:"postId,explode" maxItems:"50" doc:"For which one of these posts is responsible, in any part; none: nobody"`
	TargetGroup []string `query:"targetGroupId,explode" maxItems:"50" doc:"For one of these target groups; none: for no group"`
	Tag         []string `query:"tagId,explode" maxItems:"50" doc:"With one of these tags; none: without tags"`
	Party       []string `query:"partyId,explode" maxItems:"50" doc:"For which a post of one of these parties is responsible, in any part"`
	Chain       []string `query:"chainId,explode" maxItems:"50" doc:"An action for which belongs to one of these chains, or which is pinned there itself; none: neither to any"`
	Stage       []string `query:"stageId,explode" maxItems:"50" doc:"Pinned to one of these stages; none: to no stage"`
	Handover    []string `query:"handoverId,explode" maxItems:"50" doc:"Pinned to one of these hand-overs; none: to no hand-over"`
	Shared      []string `query:"sharedGoalId,explode" maxItems:"50" doc:"Of parties, under one of these shared goals; none: shared goals"`
	Ended       string   `query:"ended" enum:"true,all" doc:"Those that have ended, or all; missing: those that have not"`
	Acceptance  []string `query:"acceptance,explode" maxItems:"3" enum:"accepted,open,none" doc:"accepted: all responsibilities for it that have not ended are in force; open: one of them, or a change of one, is not accepted by all; none: nobody is responsible"`
}

func (in *GoalFilters) filter() (f goal.Filter, err error) {
	f.Ended = goal.Ended(in.Ended)
	f.Acceptance = filterOf(toStrings[goal.Acceptance](in.Acceptance))
	return f, firstError(
		idFilter(&f.Shared, "sharedGoalId", in.Shared), idFilter(&f.Theme, "themeId", in.Theme), idFilter(&f.Plan, "planId", in.Plan),
		idFilter(&f.Post, "postId", in.Post), idFilter(&f.TargetGroup, "targetGroupId", in.TargetGroup),
		idFilter(&f.Tag, "tagId", in.Tag), idFilter(&f.Party, "partyId", in.Party), idFilter(&f.Chain, "chainId", in.Chain),
		idFilter(&f.Stage, "stageId", in.Stage), idFilter(&f.Handover, "handoverId", in.Handover))
}

func (s *Server) registerGoals() {
	const tag = "Goals"
	goals := s.Services.Goals

	handle(s, operation{ID: "listGoals", Kept: true, Method: http.MethodGet, Path: "/goals", Tag: tag, Permission: readScope,
		Summary:     "List goals",
		Description: "Sorted by no (the default), theme, title or updatedAt."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			GoalFilters
		}) (*ListOutput[Goal], error) {
			f, err := in.filter()
			if err != nil {
				return nil, err
			}
			page, err := goals.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, goalBody(a)), nil
		})

	handle(s, operation{ID: "getGoal", Kept: true, Method: http.MethodGet, Path: "/goals/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get a goal by its id or number"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" maxLength:"36" doc:"Id or number"`
		}) (*ItemOutput[Goal], error) {
			g, err := byIDOrNo(in.ID, "goal",
				func(id domain.GoalID) (goal.View, error) { return goals.Get(ctx, a, id) },
				func(no int) (goal.View, error) { return goals.ByNo(ctx, a, no) })
			if err != nil {
				return nil, err
			}
			return item(goalBody(a)(g), g.Version), nil
		})

	handle(s, operation{ID: "createGoal", Method: http.MethodPost, Path: "/goals", Tag: tag, Permission: domain.GoalCreate, Status: http.StatusCreated,
		Errors: []int{401, 403}, Summary: "Create a goal"},
		func(ctx context.Context, a domain.Actor, in *struct{ Body GoalInput }) (*ItemOutput[Goal], error) {
			g, err := goals.Create(ctx, a, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(goalBody(a)(g), g.Version, "/goals/"+g.ID.String()), nil
		})

	handle(s, operation{ID: "updateGoal", Method: http.MethodPut, Path: "/goals/{id}", Tag: tag, Permission: domain.GoalEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Replace the editable fields of a goal",
		Description: "409 draft_required for what is or was public: a change of it is a draft first, POST /drafts. What never was public is changed directly, and published so for the first time, but for an ending on which another party has a word: a goal in which a post of that party has a part in force."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body GoalInput
		}) (*ItemOutput[Goal], error) {
			var id domain.GoalID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "goal")); err != nil {
				return nil, err
			}
			g, err := goals.Change(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, goalBody(a))
			}
			return item(goalBody(a)(g), g.Version), nil
		})
}
