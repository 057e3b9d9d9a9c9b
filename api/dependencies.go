package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// ActionName is what people know an action by.
type ActionName struct {
	ID    domain.ActionID `json:"id" format:"uuid"`
	No    int             `json:"no" doc:"The number people use"`
	Title Text            `json:"title"`
}

// Risk is a late action on which another one waits.
type Risk struct {
	ActionName
	LateOn  domain.Date `json:"lateOn" format:"date" doc:"The last day on which that action was not late"`
	Steps   int         `json:"steps" doc:"1: it is waited for itself; more: what is waited for waits for it in turn"`
	Summary Text        `json:"summary" doc:"In words"`
}

// Dependency is the action at the other end of a dependency.
type Dependency struct {
	ID             domain.DependencyID `json:"id" format:"uuid" doc:"Of the dependency"`
	Action         ActionName          `json:"action"`
	Status         action.Status       `json:"status" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded"`
	Condition      Condition           `json:"condition"`
	DueOn          domain.Date         `json:"dueOn,omitzero" format:"date"`
	DuePrecision   domain.Precision    `json:"duePrecision" enum:"day,month,quarter,year"`
	Lead           *PostRef            `json:"lead,omitempty" doc:"The post that leads it; missing when nobody does"`
	CrossesParties bool                `json:"crossesParties" doc:"The two actions are led by different parties"`
	Visibility     domain.Visibility   `json:"visibility" enum:"public,internal"`
	AddedAt        time.Time           `json:"addedAt"`
}

// DependencyInput names the action that another one waits for.
type DependencyInput struct {
	NeedsID domain.ActionID `json:"needsId" format:"uuid" doc:"The action that is waited for"`
}

func dependenciesOf(a action.Action, neighbours []action.Neighbour, day domain.Date) []Dependency {
	out := make([]Dependency, len(neighbours))
	for i, n := range neighbours {
		v := n.View
		out[i] = Dependency{ID: n.ID, Action: ActionName{v.ID, v.No, v.Title}, Status: v.Status, Condition: conditionOf(v.Action, day), DueOn: v.DueOn, DuePrecision: v.DuePrecision,
			CrossesParties: action.CrossesParties(a, v.Action), Visibility: v.Visibility, AddedAt: n.CreatedAt.UTC()}
		if lead, ok := v.Lead(); ok {
			out[i].Lead = &PostRef{ID: lead.PostID, Title: lead.Title, PartyID: lead.PartyID}
		}
	}
	return out
}

func (s *Server) registerDependencies() {
	const tag = "Actions"
	actions := s.Services.Actions

	handle(s, operation{ID: "addDependency", Method: http.MethodPost, Adds: true, Path: "/actions/{id}/dependencies", Tag: tag, Permission: domain.ActionEdit,
		Errors: []int{401, 403, 404, 409}, Summary: "Say that an action waits for another one",
		Description: "Those who may edit the action that waits. Answers with it. 409 dependency_cycle, with the path, when the other waits for it in the end; dependency_exists; action_over when nothing more is expected of it; too_many_dependencies from the fifty-first on, either way. Its version stays."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body DependencyInput
		}) (*ItemOutput[Action], error) {
			var id domain.ActionID
			if err := pathID(&id, in.ID, "action"); err != nil {
				return nil, err
			}
			i, err := actions.AddDependency(ctx, a, id, in.Body.NeedsID)
			if err != nil {
				return nil, err
			}
			return item(actionBody(a, s.Clock.Today())(i), i.Version), nil
		})

	handle(s, operation{ID: "removeDependency", Method: http.MethodPost, Path: "/actions/{id}/dependencies/{dependencyId}/removal", Tag: tag, Permission: domain.ActionEdit,
		Errors: []int{401, 403, 404}, Summary: "Say that an action no longer waits for another one",
		Description: "The history and the log keep that it did. Answers with the action. A dependency never changes, so it needs no version."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID           string `path:"id" format:"uuid"`
			DependencyID string `path:"dependencyId" format:"uuid"`
			Body         struct {
				Reason string `json:"reason,omitempty" maxLength:"1000" doc:"Kept in the log"`
			}
		}) (*ItemOutput[Action], error) {
			var id domain.ActionID
			var dependency domain.DependencyID
			if err := firstError(pathID(&id, in.ID, "action"), pathID(&dependency, in.DependencyID, "dependency")); err != nil {
				return nil, err
			}
			i, err := actions.RemoveDependency(ctx, a, id, dependency, in.Body.Reason)
			if err != nil {
				return nil, err
			}
			return item(actionBody(a, s.Clock.Today())(i), i.Version), nil
		})
}
