package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/plan"
)

// PlanRef names a plan.
type PlanRef struct {
	ID    domain.PlanID `json:"id" format:"uuid"`
	Key   string        `json:"key"`
	Title Text          `json:"title"`
}

// Plan is a wellbeing plan as the API shows it.
type Plan struct {
	ID               domain.PlanID         `json:"id" format:"uuid"`
	Key              string                `json:"key" doc:"Permanent name"`
	Title            Text                  `json:"title"`
	CouncilTerm      string                `json:"councilTerm" example:"2025–2029"`
	StartsOn         domain.Date           `json:"startsOn" format:"date"`
	EndsOn           domain.Date           `json:"endsOn" format:"date"`
	State            plan.State            `json:"state" enum:"preparation,adopted,in_force,superseded,ended" doc:"On the day shown, by the dates, the adoption and the plan after it: no adoption is recorded; adopted, begins later; in force; the plan after it is adopted and has begun; past its last day, and no other has taken its place"`
	SupersedesID     *domain.PlanID        `json:"supersedesId,omitempty" format:"uuid" doc:"The plan before it, if the caller may see that"`
	Predecessor      *PlanLink             `json:"predecessor,omitempty" doc:"The same with its name"`
	Successor        *PlanLink             `json:"successor,omitempty" doc:"The plan that supersedes it, if the caller may see that"`
	Revisions        []PlanRevision        `json:"revisions" doc:"Its adoption and its revisions, by number"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds"`
	Cases            []CaseReference       `json:"cases"`
	Events           []PlanEvent           `json:"events" doc:"The annual cycle, by month"`
	Freshness        Freshness             `json:"freshness" doc:"How often the status of its actions is to be confirmed"`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" doc:"Why it is internal"`
	Version          int                   `json:"version"`
	UpdatedAt        time.Time             `json:"updatedAt"`
	Permissions      []domain.Permission   `json:"permissions" doc:"What the caller may do with it"`
}

// PlanLink names a plan before or after another.
type PlanLink struct {
	ID          domain.PlanID `json:"id" format:"uuid"`
	Key         string        `json:"key"`
	Title       Text          `json:"title"`
	CouncilTerm string        `json:"councilTerm"`
	StartsOn    domain.Date   `json:"startsOn" format:"date"`
	EndsOn      domain.Date   `json:"endsOn" format:"date"`
	AdoptedOn   domain.Date   `json:"adoptedOn,omitzero" format:"date" doc:"First adopted; missing if no adoption is recorded"`
}

// PlanRevision is one time that the councils adopted a plan.
type PlanRevision struct {
	No          int             `json:"no" minimum:"1" maximum:"999" doc:"That people use; 1 is the first adoption. Permanent within the plan"`
	Year        int             `json:"year" minimum:"1900" maximum:"2200" doc:"That it was made for"`
	AdoptedOn   domain.Date     `json:"adoptedOn" format:"date" doc:"The day of the last decision that it needed; not in the future"`
	Description Text            `json:"description,omitempty" doc:"What changed and why, at most 1,000 characters in each language"`
	Cases       []CaseReference `json:"cases,omitempty" maxItems:"50" doc:"The decisions, in each party's own registry"`
}

// PlanEvent is what happens every year in a month of the annual cycle.
type PlanEvent struct {
	Key   string `json:"key" minLength:"1" maxLength:"60" doc:"Permanent name within the plan"`
	Month int    `json:"month" minimum:"1" maximum:"12"`
	Title Text   `json:"title"`
}

// PlanInput is what can be said of a plan.
type PlanInput struct {
	Title            Text                  `json:"title"`
	CouncilTerm      string                `json:"councilTerm" maxLength:"40"`
	StartsOn         domain.Date           `json:"startsOn" format:"date"`
	EndsOn           domain.Date           `json:"endsOn" format:"date"`
	SupersedesID     *domain.PlanID        `json:"supersedesId,omitempty" format:"uuid" doc:"The plan before it: begins earlier, and no other supersedes it"`
	Revisions        []PlanRevision        `json:"revisions,omitempty" maxItems:"40" doc:"Its adoption and its revisions"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds,omitempty" maxItems:"50"`
	Cases            []CaseReference       `json:"cases,omitempty" maxItems:"50"`
	Events           []PlanEvent           `json:"events,omitempty" maxItems:"60"`
	Freshness        *Freshness            `json:"freshness,omitempty" doc:"How often the status of its actions is to be confirmed, unless an action has its own; missing: target 30, limit 60. Of the plans of an action the strictest counts."`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" maxLength:"300"`
}

// NewPlan is a plan with its permanent name.
type NewPlan struct {
	Key string `json:"key" minLength:"1" maxLength:"60" doc:"Permanent name: small letters, digits, hyphens and underscores"`
	PlanInput
}

func planBody(a domain.Actor) func(plan.Plan) Plan {
	return func(p plan.Plan) Plan {
		in := planInputOf(p)
		return Plan{ID: p.ID, Key: p.Key, Title: p.Title, CouncilTerm: p.CouncilTerm, StartsOn: p.StartsOn, EndsOn: p.EndsOn, State: p.State,
			SupersedesID: planLinkID(p.Predecessor), Predecessor: planLink(p.Predecessor), Successor: planLink(p.Successor),
			Revisions: in.Revisions, LegalBasisIDs: orEmpty(in.LegalBasisIDs), Cases: in.Cases, Events: in.Events, Freshness: Freshness(p.Rhythm), Visibility: p.Visibility,
			VisibilityGround: p.VisibilityGround, Version: p.Version, UpdatedAt: p.UpdatedAt, Permissions: a.Allowed(domain.Resource{}, domain.PlanEdit)}
	}
}

func planLink(l *plan.Link) *PlanLink {
	if l == nil {
		return nil
	}
	out := PlanLink(*l)
	return &out
}

func planLinkID(l *plan.Link) *domain.PlanID {
	if l == nil {
		return nil
	}
	return &l.ID
}

// planInputOf is the body that would leave a plan as it is.
func planInputOf(p plan.Plan) PlanInput {
	in := PlanInput{Title: p.Title, CouncilTerm: p.CouncilTerm, StartsOn: p.StartsOn, EndsOn: p.EndsOn, SupersedesID: p.SupersedesID.Ptr(),
		Revisions: make([]PlanRevision, len(p.Revisions)), LegalBasisIDs: p.References.LegalBases, Cases: casesOf(p.References.Cases),
		Events: make([]PlanEvent, len(p.Events)), Freshness: ownFreshness(p.Rhythm), Visibility: p.Visibility, VisibilityGround: p.VisibilityGround}
	for i, r := range p.Revisions {
		in.Revisions[i] = PlanRevision{No: r.No, Year: r.Year, AdoptedOn: r.AdoptedOn, Description: r.Description, Cases: casesOf(r.Cases)}
	}
	for i, e := range p.Events {
		in.Events[i] = PlanEvent(e)
	}
	return in
}

func (in PlanInput) edit(key string) plan.Edit {
	e := plan.Edit{Key: key, Title: in.Title, CouncilTerm: in.CouncilTerm, StartsOn: in.StartsOn, EndsOn: in.EndsOn,
		References: references(in.LegalBasisIDs, in.Cases), Rhythm: in.Freshness.rhythm().Or(domain.MonthlyRhythm), Visibility: in.Visibility, VisibilityGround: in.VisibilityGround}
	if in.SupersedesID != nil {
		e.SupersedesID = *in.SupersedesID
	}
	for _, r := range in.Revisions {
		e.Revisions = append(e.Revisions, plan.Revision{No: r.No, Year: r.Year, AdoptedOn: r.AdoptedOn, Description: r.Description, Cases: references(nil, r.Cases).Cases})
	}
	for _, ev := range in.Events {
		e.Events = append(e.Events, plan.Event(ev))
	}
	return e
}

func (s *Server) registerPlans() {
	const tag = "Plan"
	plans := s.Services.Plans

	handle(s, operation{ID: "listPlans", Kept: true, Method: http.MethodGet, Path: "/plans", Tag: tag, Permission: readScope,
		Summary: "List plans", Description: "Sorted by -startsOn (the default) or title."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
		}) (*ListOutput[Plan], error) {
			page, err := plans.List(ctx, a, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, planBody(a)), nil
		})

	handle(s, operation{ID: "getPlan", Kept: true, Method: http.MethodGet, Path: "/plans/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get a plan with its annual cycle by its id or key"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" maxLength:"60" doc:"Id or key"`
		}) (*ItemOutput[Plan], error) {
			p, err := byIDOrKey(in.ID,
				func(id domain.PlanID) (plan.Plan, error) { return plans.Get(ctx, a, id) },
				func(key string) (plan.Plan, error) { return plans.ByKey(ctx, a, key) })
			if err != nil {
				return nil, err
			}
			return item(planBody(a)(p), p.Version), nil
		})

	handle(s, operation{ID: "createPlan", Method: http.MethodPost, Path: "/plans", Tag: tag, Permission: domain.PlanEdit, Status: http.StatusCreated,
		Errors: []int{401, 403}, Summary: "Create a plan",
		Description: "One that is adopted or supersedes another plan is made internal; it is published by a draft, to which the other party agrees."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body NewPlan }) (*ItemOutput[Plan], error) {
			p, err := plans.Create(ctx, a, in.Body.edit(in.Body.Key))
			if err != nil {
				return nil, err
			}
			return created(planBody(a)(p), p.Version, "/plans/"+p.ID.String()), nil
		})

	handle(s, operation{ID: "updatePlan", Method: http.MethodPut, Path: "/plans/{id}", Tag: tag, Permission: domain.PlanEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Replace the editable fields of a plan, its annual cycle and revisions among them",
		Description: "409 draft_required for what is or was public, and for the publication of what is adopted or supersedes another plan: a change of it is a draft first, POST /drafts."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body PlanInput
		}) (*ItemOutput[Plan], error) {
			var id domain.PlanID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "plan")); err != nil {
				return nil, err
			}
			p, err := plans.Change(ctx, a, id, version, in.Body.edit(""))
			if err != nil {
				return nil, stale(err, planBody(a))
			}
			return item(planBody(a)(p), p.Version), nil
		})
}
