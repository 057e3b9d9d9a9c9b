package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/plan"
)

// Plan is a wellbeing plan as the API shows it.
type Plan struct {
	ID               domain.PlanID       `json:"id" format:"uuid"`
	Key              string              `json:"key" doc:"Permanent name"`
	Title            Text                `json:"title"`
	CouncilTerm      string              `json:"councilTerm" example:"2025–2029"`
	StartsOn         domain.Date         `json:"startsOn" format:"date"`
	EndsOn           domain.Date         `json:"endsOn" format:"date"`
	SupersedesID     *domain.PlanID      `json:"supersedesId,omitempty" format:"uuid" doc:"The plan before it"`
	Events           []PlanEvent         `json:"events" doc:"The annual cycle, by month"`
	Visibility       domain.Visibility   `json:"visibility" enum:"public,internal"`
	VisibilityGround string              `json:"visibilityGround,omitempty" doc:"Why it is internal"`
	Version          int                 `json:"version"`
	UpdatedAt        time.Time           `json:"updatedAt"`
	Permissions      []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// PlanEvent is what happens every year in a month of the annual cycle.
type PlanEvent struct {
	Key   string `json:"key" minLength:"1" maxLength:"60" doc:"Permanent name within the plan"`
	Month int    `json:"month" minimum:"1" maximum:"12"`
	Title Text   `json:"title"`
}

// PlanInput is what can be said of a plan.
type PlanInput struct {
	Title            Text              `json:"title"`
	CouncilTerm      string            `json:"councilTerm" maxLength:"40"`
	StartsOn         domain.Date       `json:"startsOn" format:"date"`
	EndsOn           domain.Date       `json:"endsOn" format:"date"`
	SupersedesID     *domain.PlanID    `json:"supersedesId,omitempty" format:"uuid"`
	Events           []PlanEvent       `json:"events,omitempty" maxItems:"60"`
	Visibility       domain.Visibility `json:"visibility" enum:"public,internal"`
	VisibilityGround string            `json:"visibilityGround,omitempty" maxLength:"300"`
}

// NewPlan is a plan with its permanent name.
type NewPlan struct {
	Key string `json:"key" minLength:"1" maxLength:"60" doc:"Permanent name: small letters, digits, hyphens and underscores"`
	PlanInput
}

func planBody(a domain.Actor) func(plan.Plan) Plan {
	return func(p plan.Plan) Plan {
		body := Plan{ID: p.ID, Key: p.Key, Title: p.Title, CouncilTerm: p.CouncilTerm, StartsOn: p.StartsOn, EndsOn: p.EndsOn,
			SupersedesID: p.SupersedesID.Ptr(), Events: make([]PlanEvent, len(p.Events)), Visibility: p.Visibility, VisibilityGround: p.VisibilityGround,
			Version: p.Version, UpdatedAt: p.UpdatedAt, Permissions: a.Allowed(domain.Resource{}, domain.PlanEdit)}
		for i, e := range p.Events {
			body.Events[i] = PlanEvent(e)
		}
		return body
	}
}

func (in PlanInput) edit(key string) plan.Edit {
	e := plan.Edit{Key: key, Title: in.Title, CouncilTerm: in.CouncilTerm, StartsOn: in.StartsOn, EndsOn: in.EndsOn,
		Visibility: in.Visibility, VisibilityGround: in.VisibilityGround}
	if in.SupersedesID != nil {
		e.SupersedesID = *in.SupersedesID
	}
	for _, ev := range in.Events {
		e.Events = append(e.Events, plan.Event(ev))
	}
	return e
}

// Term is one entry of a vocabulary as the API shows it.
type Term struct {
	ID          domain.AnyID        `json:"id" format:"uuid"`
	Key         string              `json:"key" doc:"Permanent name"`
	Position    int                 `json:"position" doc:"Order in lists"`
	Title       Text                `json:"title"`
	Version     int                 `json:"version"`
	Permissions []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// TermInput is what can be said of an entry of a vocabulary.
type TermInput struct {
	Position int  `json:"position" minimum:"0" maximum:"10000"`
	Title    Text `json:"title"`
}

// NewTerm is an entry of a vocabulary with its permanent name.
type NewTerm struct {
	Key string `json:"key" minLength:"1" maxLength:"60" doc:"Permanent name: small letters, digits, hyphens and underscores"`
	TermInput
}

// LegalBasis is a provision in law as the API shows it.
type LegalBasis struct {
	ID          domain.AnyID        `json:"id" format:"uuid"`
	Key         string              `json:"key" doc:"Permanent name"`
	Act         string              `json:"act" doc:"Number and year of the act" example:"612/2021"`
	Section     string              `json:"section" example:"6 §"`
	Title       Text                `json:"title"`
	Version     int                 `json:"version"`
	Permissions []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// LegalBasisInput is what can be said of a provision in law.
type LegalBasisInput struct {
	Act     string `json:"act" maxLength:"40"`
	Section string `json:"section" maxLength:"40"`
	Title   Text   `json:"title"`
}

// NewLegalBasis is a provision in law with its permanent name.
type NewLegalBasis struct {
	Key string `json:"key" minLength:"1" maxLength:"60" doc:"Permanent name: small letters, digits, hyphens and underscores"`
	LegalBasisInput
}

func (in TermInput) edit(key string) plan.TermEdit {
	return plan.TermEdit{Key: key, Position: in.Position, Title: in.Title}
}

func (in LegalBasisInput) edit(key string) plan.TermEdit {
	return plan.TermEdit{Key: key, Act: in.Act, Section: in.Section, Title: in.Title}
}

func (s *Server) registerPlans() {
	const tag = "Plan"
	plans := s.Services.Plans

	handle(s, operation{ID: "listPlans", Method: http.MethodGet, Path: "/plans", Tag: tag, Permission: readScope,
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

	handle(s, operation{ID: "getPlan", Method: http.MethodGet, Path: "/plans/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
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
		Errors: []int{401, 403}, Summary: "Create a plan"},
		func(ctx context.Context, a domain.Actor, in *struct{ Body NewPlan }) (*ItemOutput[Plan], error) {
			p, err := plans.Create(ctx, a, in.Body.edit(in.Body.Key))
			if err != nil {
				return nil, err
			}
			return created(planBody(a)(p), p.Version, "/plans/"+p.ID.String()), nil
		})

	handle(s, operation{ID: "updatePlan", Method: http.MethodPut, Path: "/plans/{id}", Tag: tag, Permission: domain.PlanEdit,
		Errors: []int{401, 403, 404, 412, 428}, Summary: "Replace the editable fields of a plan, its annual cycle among them"},
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

	for _, v := range []vocabulary{
		{domain.SubjectTheme, "/themes", "Theme", "a theme", "themes"},
		{domain.SubjectTargetGroup, "/target-groups", "TargetGroup", "a target group", "target groups"},
		{domain.SubjectDistrict, "/districts", "District", "a main district", "main districts"},
	} {
		registerVocabulary(s, v, func(a domain.Actor) func(plan.Term) Term {
			return func(t plan.Term) Term {
				return Term{t.ID, t.Key, t.Position, t.Title, t.Version, a.Allowed(domain.Resource{}, plan.EditPermission(v.kind))}
			}
		}, func(in NewTerm) plan.TermEdit { return in.edit(in.Key) }, func(in TermInput) plan.TermEdit { return in.edit("") })
	}
	registerVocabulary(s, vocabulary{domain.SubjectLegalBasis, "/legal-bases", "LegalBasis", "a legal basis", "legal bases"},
		func(a domain.Actor) func(plan.Term) LegalBasis {
			return func(t plan.Term) LegalBasis {
				return LegalBasis{t.ID, t.Key, t.Act, t.Section, t.Title, t.Version, a.Allowed(domain.Resource{}, domain.LegalBasisEdit)}
			}
		}, func(in NewLegalBasis) plan.TermEdit { return in.edit(in.Key) }, func(in LegalBasisInput) plan.TermEdit { return in.edit("") })
}

// vocabulary is what its operations are named by.
type vocabulary struct {
	kind             plan.Vocabulary
	path, name       string
	singular, plural string
}

// registerVocabulary declares the operations of one vocabulary: B is its body,
// C what a creation says, U what a change says.
func registerVocabulary[B, C, U any](s *Server, v vocabulary, body func(domain.Actor) func(plan.Term) B, create func(C) plan.TermEdit, update func(U) plan.TermEdit) {
	const tag = "Plan"
	plans := s.Services.Plans
	permission := plan.EditPermission(v.kind)
	list := "list" + strings.ReplaceAll(v.name, "Basis", "Base") + "s"
	sorts := "position (the default), title or key"
	if v.kind == domain.SubjectLegalBasis {
		sorts = "act (the default), title or key"
	}

	handle(s, operation{ID: list, Method: http.MethodGet, Path: v.path, Tag: tag, Permission: readScope,
		Summary: "List the " + v.plural, Description: "Sorted by " + sorts + "."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
		}) (*ListOutput[B], error) {
			page, err := plans.Terms(ctx, v.kind, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, body(a)), nil
		})

	handle(s, operation{ID: "get" + v.name, Method: http.MethodGet, Path: v.path + "/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get " + v.singular + " by its id or key"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" maxLength:"60" doc:"Id or key"`
		}) (*ItemOutput[B], error) {
			t, err := byIDOrKey(in.ID,
				func(id domain.AnyID) (plan.Term, error) { return plans.Term(ctx, v.kind, id) },
				func(key string) (plan.Term, error) { return plans.TermByKey(ctx, v.kind, key) })
			if err != nil {
				return nil, err
			}
			return item(body(a)(t), t.Version), nil
		})

	handle(s, operation{ID: "create" + v.name, Method: http.MethodPost, Path: v.path, Tag: tag, Permission: permission, Status: http.StatusCreated,
		Errors: []int{401, 403}, Summary: "Create " + v.singular},
		func(ctx context.Context, a domain.Actor, in *struct{ Body C }) (*ItemOutput[B], error) {
			t, err := plans.CreateTerm(ctx, a, v.kind, create(in.Body))
			if err != nil {
				return nil, err
			}
			return created(body(a)(t), t.Version, v.path+"/"+t.ID.String()), nil
		})

	handle(s, operation{ID: "update" + v.name, Method: http.MethodPut, Path: v.path + "/{id}", Tag: tag, Permission: permission,
		Errors: []int{401, 403, 404, 412, 428}, Summary: "Replace the editable fields of " + v.singular},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body U
		}) (*ItemOutput[B], error) {
			var id domain.AnyID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, string(v.kind))); err != nil {
				return nil, err
			}
			t, err := plans.ChangeTerm(ctx, a, v.kind, id, version, update(in.Body))
			if err != nil {
				return nil, stale(err, body(a))
			}
			return item(body(a)(t), t.Version), nil
		})
}
