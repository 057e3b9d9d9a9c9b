package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/chain"
)

// Chain is a service chain as the API shows it.
type Chain struct {
	ID               domain.ChainID        `json:"id" format:"uuid"`
	Key              string                `json:"key" doc:"Permanent name"`
	Position         int                   `json:"position" doc:"Order among chains"`
	ThemeID          *domain.ThemeID       `json:"themeId,omitempty" format:"uuid"`
	Title            Text                  `json:"title"`
	Description      Text                  `json:"description"`
	Stages           []Stage               `json:"stages" doc:"In order; those in force on the day shown"`
	Handovers        []Handover            `json:"handovers" doc:"Between the stages, in order; those in force on the day shown"`
	Actions          []PinnedAction        `json:"actions" doc:"Of a single chain: actions at its stages and hand-overs that the caller may see, by number, at most 200"`
	Goals            []PinnedGoal          `json:"goals" doc:"Of a single chain: goals pinned to its stages and hand-overs that the caller may see, by number, at most 200"`
	Forums           []PinnedForum         `json:"forums" doc:"Of a single chain: forums pinned to its stages and hand-overs that the caller may see, by title, at most 200"`
	Responsibilities []Responsibility      `json:"responsibilities"`
	TagIDs           []domain.TagID        `json:"tagIds"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds"`
	Cases            []CaseReference       `json:"cases"`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" doc:"Why it is internal"`
	Version          int                   `json:"version"`
	UpdatedAt        time.Time             `json:"updatedAt"`
	Permissions      []domain.Permission   `json:"permissions" doc:"What the caller may do with it"`
}

// Stage is one step of a chain as the API shows it.
type Stage struct {
	ID               domain.StageID   `json:"id" format:"uuid"`
	PartyID          domain.PartyID   `json:"partyId" format:"uuid" doc:"Whose stage it is"`
	Title            Text             `json:"title"`
	Description      Text             `json:"description"`
	Level            chain.Level      `json:"level" enum:"universal,early_support,targeted,specialised,rehabilitation" doc:"How early it helps"`
	TargetGroup      Text             `json:"targetGroup" doc:"For whom"`
	Channel          Text             `json:"channel" doc:"How one gets there"`
	Languages        []string         `json:"languages" doc:"In which one is served, ISO 639-1" example:"[\"fi\",\"sv\"]"`
	Responsibilities []Responsibility `json:"responsibilities"`
	ValidFrom        domain.Date      `json:"validFrom" format:"date"`
	ValidTo          domain.Date      `json:"validTo,omitzero" format:"date" doc:"Last day; missing while in force"`
	Actions          int              `json:"actions" doc:"How many actions that the caller may see are pinned to it"`
	Conditions       map[string]int   `json:"conditions" doc:"The same by condition, e.g. late: 2"`
}

// ChainInput is what can be said of a chain.
type ChainInput struct {
	Position         int                   `json:"position" minimum:"0" maximum:"10000"`
	ThemeID          *domain.ThemeID       `json:"themeId,omitempty" format:"uuid"`
	Title            Text                  `json:"title"`
	Description      Text                  `json:"description,omitempty"`
	Stages           []StageInput          `json:"stages,omitempty" maxItems:"40" doc:"Those that go on, in order: one that is left out ends"`
	Handovers        []HandoverInput       `json:"handovers,omitempty" maxItems:"120" doc:"Those that go on, in order: one that is left out ends. Other stages, what, channel and targetDays wait for the parties' acceptance"`
	Responsibilities []ResponsibilityInput `json:"responsibilities,omitempty" maxItems:"40"`
	TagIDs           []domain.TagID        `json:"tagIds,omitempty" maxItems:"20"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds,omitempty" maxItems:"50"`
	Cases            []CaseReference       `json:"cases,omitempty" maxItems:"50"`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" maxLength:"300"`
}

// NewChain is a chain with its permanent name.
type NewChain struct {
	Key string `json:"key" minLength:"1" maxLength:"60" doc:"Permanent name: small letters, digits, hyphens and underscores"`
	ChainInput
}

// StageInput is what can be said of a stage.
type StageInput struct {
	ID               *domain.StageID       `json:"id,omitempty" format:"uuid" doc:"Missing for a new stage"`
	PartyID          domain.PartyID        `json:"partyId" format:"uuid"`
	Title            Text                  `json:"title"`
	Description      Text                  `json:"description,omitempty"`
	Level            chain.Level           `json:"level" enum:"universal,early_support,targeted,specialised,rehabilitation"`
	TargetGroup      Text                  `json:"targetGroup,omitempty"`
	Channel          Text                  `json:"channel,omitempty"`
	Languages        []string              `json:"languages,omitempty" maxItems:"30" doc:"ISO 639-1"`
	Responsibilities []ResponsibilityInput `json:"responsibilities,omitempty" maxItems:"40"`
}

func chainBody(a domain.Actor, day domain.Date) func(chain.View) Chain {
	return func(c chain.View) Chain {
		body := Chain{ID: c.ID, Key: c.Key, Position: c.Position, ThemeID: c.ThemeID.Ptr(), Title: c.Title, Description: c.Description,
			Stages: make([]Stage, len(c.Stages)), Handovers: make([]Handover, len(c.Handovers)), Actions: pinnedActions(c.Pinned), Goals: pinnedGoals(c.Goals), Forums: pinnedForums(c.Forums), Responsibilities: responsibilitiesOf(c.Responsibilities),
			TagIDs: orEmpty(c.TagIDs), LegalBasisIDs: orEmpty(c.References.LegalBases), Cases: casesOf(c.References.Cases),
			Visibility: c.Visibility, VisibilityGround: c.VisibilityGround, Version: c.Version, UpdatedAt: c.UpdatedAt,
			Permissions: a.Allowed(c.Resource(), domain.ChainEdit)}
		for i, st := range c.Stages {
			body.Stages[i] = Stage{ID: st.ID, PartyID: st.PartyID, Title: st.Title, Description: st.Description, Level: st.Level,
				TargetGroup: st.TargetGroup, Channel: st.Channel, Languages: orEmpty(st.Languages), Responsibilities: responsibilitiesOf(st.Responsibilities), ValidFrom: st.ValidFrom, ValidTo: st.ValidTo, Conditions: map[string]int{}}
			for condition, n := range c.Actions[st.ID] {
				body.Stages[i].Conditions[condition] = n
				body.Stages[i].Actions += n
			}
		}
		for i, h := range c.Handovers {
			body.Handovers[i] = handoverBody(a, day, h, c.Answers(a, h))
		}
		return body
	}
}

func (in ChainInput) edit(key string) (chain.Edit, error) {
	e := chain.Edit{Key: key, Position: in.Position, Title: in.Title, Description: in.Description,
		Responsibilities: responsibles(in.Responsibilities), TagIDs: in.TagIDs, References: references(in.LegalBasisIDs, in.Cases),
		Visibility: in.Visibility, VisibilityGround: in.VisibilityGround}
	if in.ThemeID != nil {
		e.ThemeID = *in.ThemeID
	}
	for _, st := range in.Stages {
		se := chain.StageEdit{PartyID: st.PartyID, Title: st.Title, Description: st.Description, Level: st.Level,
			TargetGroup: st.TargetGroup, Channel: st.Channel, Languages: st.Languages, Responsibilities: responsibles(st.Responsibilities)}
		if st.ID != nil {
			se.ID = *st.ID
		}
		e.Stages = append(e.Stages, se)
	}
	for i, h := range in.Handovers {
		he, err := h.edit(domain.Pointer("/handovers", i))
		if err != nil {
			return e, err
		}
		e.Handovers = append(e.Handovers, he)
	}
	return e, nil
}

func (s *Server) registerChains() {
	const tag = "Chains"
	chains := s.Services.Chains

	handle(s, operation{ID: "listChains", Kept: true, Method: http.MethodGet, Path: "/chains", Tag: tag, Permission: readScope,
		Summary: "List service chains with their stages", Description: "Sorted by position (the default), title or updatedAt."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			Theme []string `query:"themeId,explode" maxItems:"50" doc:"Of these themes; none: of no theme"`
			Tag   []string `query:"tagId,explode" maxItems:"50" doc:"With one of these tags; none: without tags"`
			Party []string `query:"partyId,explode" maxItems:"50" doc:"With a stage of one of these parties"`
		}) (*ListOutput[Chain], error) {
			var f chain.Filter
			if err := firstError(idFilter(&f.Theme, "themeId", in.Theme), idFilter(&f.Tag, "tagId", in.Tag), idFilter(&f.Party, "partyId", in.Party)); err != nil {
				return nil, err
			}
			page, err := chains.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, chainBody(a, domain.DayShown(ctx, s.Clock))), nil
		})

	handle(s, operation{ID: "getChain", Kept: true, Method: http.MethodGet, Path: "/chains/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get a service chain by its id or key"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" maxLength:"60" doc:"Id or key"`
		}) (*ItemOutput[Chain], error) {
			c, err := byIDOrKey(in.ID,
				func(id domain.ChainID) (chain.View, error) { return chains.Get(ctx, a, id) },
				func(key string) (chain.View, error) { return chains.ByKey(ctx, a, key) })
			if err != nil {
				return nil, err
			}
			return item(chainBody(a, domain.DayShown(ctx, s.Clock))(c), c.Version), nil
		})

	handle(s, operation{ID: "createChain", Method: http.MethodPost, Path: "/chains", Tag: tag, Permission: domain.ChainEdit, Status: http.StatusCreated,
		Errors: []int{401, 403, 409}, Summary: "Create a service chain",
		Description: "409 word_needed for a public one with stages of another principal party: it is created as internal, and published by a draft to which that party agrees."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body NewChain }) (*ItemOutput[Chain], error) {
			e, err := in.Body.edit(in.Body.Key)
			if err != nil {
				return nil, err
			}
			c, err := chains.Create(ctx, a, e)
			if err != nil {
				return nil, err
			}
			return created(chainBody(a, domain.DayShown(ctx, s.Clock))(c), c.Version, "/chains/"+c.ID.String()), nil
		})

	handle(s, operation{ID: "updateChain", Method: http.MethodPut, Path: "/chains/{id}", Tag: tag, Permission: domain.ChainEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Replace the editable fields of a service chain, its stages among them",
		Description: "409 draft_required for what is or was public, and for what needs another party's word, as the first publication of its stages does: such a change is a draft first, POST /drafts. Anything else is changed directly."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body ChainInput
		}) (*ItemOutput[Chain], error) {
			var id domain.ChainID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "chain")); err != nil {
				return nil, err
			}
			e, err := in.Body.edit("")
			if err != nil {
				return nil, err
			}
			c, err := chains.Change(ctx, a, id, version, e)
			if err != nil {
				return nil, stale(err, chainBody(a, domain.DayShown(ctx, s.Clock)))
			}
			return item(chainBody(a, domain.DayShown(ctx, s.Clock))(c), c.Version), nil
		})
}
