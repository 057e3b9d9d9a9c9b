package api

import (
	"context"
	"net/http"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/carryover"
	"yhdyspinta/domain/draft"
	"yhdyspinta/domain/goal"
)

// CarryOver is what became of the goals of the plan that another supersedes.
type CarryOver struct {
	From        PlanRef             `json:"from" doc:"The plan before"`
	To          PlanRef             `json:"to" doc:"The plan that supersedes it"`
	Before      domain.Date         `json:"before" format:"date" doc:"The last day on which the plan before was whole: before the first goal was carried over, at the latest its last day or today"`
	Goals       []CarriedGoal       `json:"goals" maxItems:"1000" doc:"By number, those of parties after the shared goal above them"`
	Permissions []domain.Permission `json:"permissions" doc:"draft.edit: the caller may decide on goals"`
}

// CarriedGoal is a goal of the plan before.
type CarriedGoal struct {
	ID           domain.GoalID       `json:"id" format:"uuid"`
	No           int                 `json:"no"`
	Title        Text                `json:"title"`
	PartyID      *domain.PartyID     `json:"partyId,omitempty" format:"uuid" doc:"Whose it is; missing: a shared goal"`
	SharedGoalID *domain.GoalID      `json:"sharedGoalId,omitempty" format:"uuid" doc:"Above the goal of a party, if the caller may see that"`
	Version      int                 `json:"version"`
	State        carryover.State     `json:"state" enum:"undecided,waiting,carried,dropped" doc:"undecided: still of the plan before; waiting: a draft that decides it waits for a party; carried: of the next plan; dropped: it has ended"`
	On           domain.Date         `json:"on,omitzero" format:"date" doc:"That it was carried over or dropped"`
	Ending       goal.EndingKind     `json:"ending,omitempty" enum:"cancelled,merged,superseded" doc:"How a dropped one ended"`
	Reason       Text                `json:"reason,omitzero" doc:"Why it was dropped"`
	Goal         *OtherGoal          `json:"goal,omitempty" doc:"In which a dropped one goes on; missing where the caller may not see it"`
	Draft        *CarryOverDraft     `json:"draft,omitempty" doc:"The open draft of the goal, of whatever change; for staff only"`
	ActionCount  int                 `json:"actionCount" doc:"Actions that name it and are not over, as far as the caller may see"`
	Hidden       bool                `json:"hidden,omitempty" doc:"The goal is public and the next plan is not: it is carried over once that plan has been published (plan_internal)"`
	Permissions  []domain.Permission `json:"permissions" doc:"goal.edit: the caller may decide on it"`
}

// CarryOverDraft is an open draft of a goal.
type CarryOverDraft struct {
	ID      domain.DraftID `json:"id" format:"uuid"`
	Version int            `json:"version"`
	PartyID domain.PartyID `json:"partyId" format:"uuid" doc:"Whose coordinator proposes it"`
	Choice  string         `json:"choice,omitempty" enum:"carry,drop" doc:"What it decides; missing: another change, which is settled first"`
	More    bool           `json:"more" doc:"It changes something else too, so that it is agreed to where it is read as a whole"`
	Reason  Text           `json:"reason,omitzero" doc:"Why it would be dropped"`
}

// CarryOverInput are decisions that are made at once.
type CarryOverInput struct {
	Items []CarryOverItem `json:"items" minItems:"1" maxItems:"100"`
}

// CarryOverItem is the decision on one goal.
type CarryOverItem struct {
	GoalID  domain.GoalID   `json:"goalId" format:"uuid"`
	Version int             `json:"version" minimum:"1" doc:"Of the goal; with agree: of its draft"`
	Choice  string          `json:"choice" enum:"carry,drop,agree" doc:"carry: into the next plan, with its actions. drop: it ends, for a reason. agree: to what the other party's draft decides, which is published; draft_open if that changes something else too"`
	Reason  Text            `json:"reason,omitempty" doc:"Why it is dropped; everybody reads it who may read the goal"`
	Ending  goal.EndingKind `json:"ending,omitempty" enum:"cancelled,merged,superseded" doc:"With drop: how it ends; missing: superseded with intoId, else cancelled"`
	IntoID  *domain.GoalID  `json:"intoId,omitempty" format:"uuid" doc:"With drop: the goal in which a merged or superseded one goes on"`
}

func carryOverBody(c carryover.CarryOver, a domain.Actor) CarryOver {
	out := CarryOver{From: PlanRef{c.From.ID, c.From.Key, c.From.Title}, To: PlanRef{c.To.ID, c.To.Key, c.To.Title}, Before: c.Before,
		Goals: make([]CarriedGoal, len(c.Goals)), Permissions: a.Allowed(domain.Resource{}, domain.DraftEdit)}
	for i, g := range c.Goals {
		item := CarriedGoal{ID: g.ID, No: g.No, Title: g.Title, PartyID: g.PartyID.Ptr(), SharedGoalID: g.SharedID.Ptr(), Version: g.Version, State: g.State, On: g.On,
			Ending: goal.EndingKind(g.Ending), Reason: g.Reason, ActionCount: g.Actions, Permissions: goal.Goal{PartyID: g.PartyID}.Allowed(a),
			Hidden: c.Hidden(g) && (g.State == carryover.Undecided || g.State == carryover.Waiting)}
		if g.Into != nil {
			item.Goal = &OtherGoal{ID: g.Into.ID, No: g.Into.No, Title: g.Into.Title}
		}
		if d := g.Draft; d != nil {
			item.Draft = &CarryOverDraft{ID: d.ID, Version: d.Version, PartyID: d.PartyID, More: d.More, Reason: d.Reason}
			switch {
			case d.Drops:
				item.Draft.Choice = "drop"
			case d.Carries:
				item.Draft.Choice = "carry"
			}
		}
		out.Goals[i] = item
	}
	return out
}

// carryOverSteps are the changes of goals that the decisions are. Shared goals go
// first, so that their parties' goals find them in the next plan.
func (s *Server) carryOverSteps(ctx context.Context, a domain.Actor, c carryover.CarryOver, items []CarryOverItem) ([]draft.Step, error) {
	at := map[domain.GoalID]carryover.Goal{}
	for _, g := range c.Goals {
		at[g.ID] = g
	}
	var v domain.Violations
	for i, item := range items {
		g, ok := at[item.GoalID]
		switch {
		case !ok:
			v.Add(domain.Pointer("/items", i), "not_of_predecessor")
		case g.State == carryover.Carried || g.State == carryover.Dropped:
			v.Add(domain.Pointer("/items", i), "already_decided")
		case item.Choice == "agree" && g.State != carryover.Waiting:
			v.Add(domain.Pointer("/items", i), "nothing_to_agree")
		case item.Choice == "carry" && c.Hidden(g), item.Choice == "agree" && g.Draft != nil && g.Draft.Carries && c.Hidden(g):
			v.Add(domain.Pointer("/items", i), "plan_internal")
		case item.Choice != "agree" && g.Draft != nil, item.Choice == "agree" && g.Draft.More:
			v.Add(domain.Pointer("/items", i), "draft_open")
		}
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	steps := make([]draft.Step, len(items))
	for i, item := range items {
		g := at[item.GoalID]
		if item.Choice == "agree" {
			steps[i] = draft.Step{At: i, Publish: g.Draft.ID, Version: item.Version}
			continue
		}
		whole, err := s.Services.Goals.Get(ctx, a, item.GoalID)
		if err != nil {
			return nil, err
		}
		in := goalInputOf(whole.Goal)
		if item.Choice == "carry" {
			in.PlanID = c.To.ID
		} else {
			kind := item.Ending
			switch {
			case kind != "":
			case item.IntoID != nil:
				kind = goal.Superseded
			default:
				kind = goal.Cancelled
			}
			in.Ending = &GoalEndingInput{Kind: kind, Reason: item.Reason, GoalID: item.IntoID}
		}
		content, err := contentOf(in)
		if err != nil {
			return nil, err
		}
		steps[i] = draft.Step{At: i, Subject: domain.SubjectOf(domain.SubjectGoal, item.GoalID), Edit: draft.Edit{BaseVersion: item.Version, Content: content}}
	}
	slices.SortStableFunc(steps, func(x, y draft.Step) int {
		return level(at[items[x.At].GoalID]) - level(at[items[y.At].GoalID])
	})
	return steps, nil
}

func level(g carryover.Goal) int {
	if g.PartyID.IsZero() {
		return 0
	}
	return 1
}

// CarryOverParams name a plan.
type CarryOverParams struct {
	ID string `path:"id" maxLength:"60" doc:"Id or key of the plan that supersedes another"`
}

func (s *Server) registerCarryOver() {
	const tag = "Plan"
	handle(s, operation{ID: "getCarryOver", Method: http.MethodGet, Path: "/plans/{id}/carry-over", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Tell what became of the goals of the plan before: carried over, dropped and why, or left to decide"},
		func(ctx context.Context, a domain.Actor, in *CarryOverParams) (*struct{ Body CarryOver }, error) {
			c, err := s.Services.CarryOver.Of(ctx, a, in.ID)
			if err != nil {
				return nil, err
			}
			return &struct{ Body CarryOver }{carryOverBody(c, a)}, nil
		})
	handle(s, operation{ID: "carryOverGoals", Method: http.MethodPost, Adds: true, Path: "/plans/{id}/carry-over", Tag: tag, Permission: domain.DraftEdit, Errors: []int{401, 403, 404},
		Summary: "Decide on goals of the plan before: carry them into this plan or drop them",
		Description: "All items or none. What no other party has a word in becomes so at once; the rest waits as drafts, to which the other party agrees here or on the page of each. " +
			"422 at /items/i: not_of_predecessor, already_decided, nothing_to_agree, draft_open, plan_internal (a public goal does not go into an internal plan), or as the change of the goal alone is refused."},
		func(ctx context.Context, a domain.Actor, in *struct {
			CarryOverParams
			Body CarryOverInput
		}) (*struct{ Body CarryOver }, error) {
			c, err := s.Services.CarryOver.Of(ctx, a, in.ID)
			if err != nil {
				return nil, err
			}
			if err := a.Check(domain.DraftEdit, domain.Resource{}); err != nil {
				return nil, err
			}
			steps, err := s.carryOverSteps(ctx, a, c, in.Body.Items)
			if err != nil {
				return nil, err
			}
			if err := s.Services.Drafts.Together(ctx, a, steps); err != nil {
				return nil, err
			}
			if c, err = s.Services.CarryOver.Of(ctx, a, in.ID); err != nil {
				return nil, err
			}
			return &struct{ Body CarryOver }{carryOverBody(c, a)}, nil
		})
}
