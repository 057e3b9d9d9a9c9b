package api

import (
	"context"
	"net/http"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/plan"
)

// Term is one entry of a vocabulary as the API shows it.
type Term struct {
	ID            domain.AnyID        `json:"id" format:"uuid"`
	Key           string              `json:"key" doc:"Permanent name"`
	Position      int                 `json:"position" doc:"Order in lists"`
	Title         Text                `json:"title"`
	Retired       bool                `json:"retired" doc:"On the day shown it is given to nothing new"`
	RetiredOn     domain.Date         `json:"retiredOn,omitzero" format:"date" doc:"The first day on which it is given to nothing new; missing while it goes on"`
	RetiredReason string              `json:"retiredReason,omitempty" doc:"For those who may change it"`
	MergedIntoID  *domain.AnyID       `json:"mergedIntoId,omitempty" format:"uuid" doc:"The term that took its things: filters by this one find them"`
	Version       int                 `json:"version"`
	Permissions   []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// RetirementInput retires a term.
type RetirementInput struct {
	On     domain.Date `json:"on,omitzero" format:"date" doc:"The first day on which it is given to nothing new; missing: today"`
	Reason string      `json:"reason" maxLength:"1000" doc:"Why; kept in the log"`
}

// RestorationInput lets a retired term be given again.
type RestorationInput struct {
	Reason string `json:"reason" maxLength:"1000" doc:"Why; kept in the log"`
}

// MergerInput names the term that takes the things of another.
type MergerInput struct {
	IntoID domain.AnyID `json:"intoId" format:"uuid" doc:"A term of the same vocabulary that is not retired"`
	Reason string       `json:"reason" maxLength:"1000" doc:"Why; kept in the log"`
}

// TermUses counts the things that have a term, whoever may see them.
type TermUses struct {
	Vocabulary plan.Vocabulary `json:"vocabulary" enum:"theme,target_group,district,tag,phase"`
	ID         domain.AnyID    `json:"id" format:"uuid" doc:"Of the term"`
	Goals      int             `json:"goals"`
	Actions    int             `json:"actions"`
	Chains     int             `json:"chains"`
	Forums     int             `json:"forums"`
}

// AllTermUses are the uses of every term that anything has.
type AllTermUses struct {
	Items []TermUses `json:"items" doc:"By vocabulary; terms that nothing has are left out"`
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

func (s *Server) registerVocabularies() {
	for _, v := range []vocabulary{
		{domain.SubjectTheme, "/themes", "Theme", "a theme", "themes"},
		{domain.SubjectTargetGroup, "/target-groups", "TargetGroup", "a target group", "target groups"},
		{domain.SubjectDistrict, "/districts", "District", "a main district", "main districts"},
		{domain.SubjectTag, "/tags", "Tag", "a tag", "tags"},
		{domain.SubjectPhase, "/phases", "Phase", "a phase of implementation", "phases of implementation"},
	} {
		registerVocabulary(s, v, termBody(v.kind),
			func(in NewTerm) plan.TermEdit { return in.edit(in.Key) }, func(in TermInput) plan.TermEdit { return in.edit("") })
		registerRetiring(s, v)
	}
	registerVocabulary(s, vocabulary{domain.SubjectLegalBasis, "/legal-bases", "LegalBasis", "a legal basis", "legal bases"},
		func(a domain.Actor, _ domain.Date) func(plan.Term) LegalBasis {
			return func(t plan.Term) LegalBasis {
				return LegalBasis{t.ID, t.Key, t.Act, t.Section, t.Title, t.Version, a.Allowed(domain.Resource{}, domain.LegalBasisEdit)}
			}
		}, func(in NewLegalBasis) plan.TermEdit { return in.edit(in.Key) }, func(in LegalBasisInput) plan.TermEdit { return in.edit("") })

	handle(s, operation{ID: "listTermUses", Method: http.MethodGet, Path: "/term-uses", Tag: "Plan", Permission: domain.TermUseRead, Errors: []int{401, 403},
		Summary:     "Count what has each theme, target group, district, tag and phase",
		Description: "For those who keep the vocabularies: what a merge would move."},
		func(ctx context.Context, a domain.Actor, in *struct{}) (*struct{ Body AllTermUses }, error) {
			uses, err := s.Services.Plans.TermUses(ctx, a)
			if err != nil {
				return nil, err
			}
			out := AllTermUses{Items: make([]TermUses, len(uses))}
			for i, u := range uses {
				out.Items[i] = TermUses{Vocabulary: u.Vocabulary, ID: u.ID, Goals: u.Uses[domain.SubjectGoal], Actions: u.Uses[domain.SubjectAction],
					Chains: u.Uses[domain.SubjectChain], Forums: u.Uses[domain.SubjectForum]}
			}
			return &struct{ Body AllTermUses }{out}, nil
		})
}

// termBody shows a term on a day; who may change it is asked of today.
func termBody(v plan.Vocabulary) func(domain.Actor, domain.Date) func(plan.Term) Term {
	return func(a domain.Actor, day domain.Date) func(plan.Term) Term {
		return func(t plan.Term) Term {
			out := Term{ID: t.ID, Key: t.Key, Position: t.Position, Title: t.Title, Retired: t.Retired(day), RetiredOn: t.RetiredOn,
				MergedIntoID: t.MergedIntoID.Ptr(), Version: t.Version, Permissions: a.Allowed(domain.Resource{}, plan.EditPermission(v))}
			if len(out.Permissions) > 0 {
				out.RetiredReason = t.RetiredReason
			}
			return out
		}
	}
}

// vocabulary is what its operations are named by.
type vocabulary struct {
	kind             plan.Vocabulary
	path, name       string
	singular, plural string
}

// registerVocabulary declares the operations of one vocabulary: B is its body,
// C what a creation says, U what a change says.
func registerVocabulary[B, C, U any](s *Server, v vocabulary, body func(domain.Actor, domain.Date) func(plan.Term) B, create func(C) plan.TermEdit, update func(U) plan.TermEdit) {
	const tag = "Plan"
	plans := s.Services.Plans
	permission := plan.EditPermission(v.kind)
	list := "list" + strings.ReplaceAll(v.name, "Basis", "Base") + "s"
	sorts := "position (the default), title or key"
	if v.kind == domain.SubjectTag {
		sorts = "title (the default), position or key"
	}
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
			return listOf(page, body(a, domain.DayShown(ctx, s.Clock))), nil
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
			return item(body(a, domain.DayShown(ctx, s.Clock))(t), t.Version), nil
		})

	handle(s, operation{ID: "create" + v.name, Method: http.MethodPost, Path: v.path, Tag: tag, Permission: permission, Status: http.StatusCreated,
		Errors: []int{401, 403}, Summary: "Create " + v.singular},
		func(ctx context.Context, a domain.Actor, in *struct{ Body C }) (*ItemOutput[B], error) {
			t, err := plans.CreateTerm(ctx, a, v.kind, create(in.Body))
			if err != nil {
				return nil, err
			}
			return created(body(a, s.Clock.Today())(t), t.Version, v.path+"/"+t.ID.String()), nil
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
				return nil, stale(err, body(a, s.Clock.Today()))
			}
			return item(body(a, s.Clock.Today())(t), t.Version), nil
		})
}

// registerRetiring declares how terms of a vocabulary are retired, restored and
// merged.
func registerRetiring(s *Server, v vocabulary) {
	plans := s.Services.Plans
	declare := func(verb, noun, summary, description string) operation {
		return operation{ID: verb + v.name, Method: http.MethodPost, Path: v.path + "/{id}/" + noun, Tag: "Plan", Permission: plan.EditPermission(v.kind),
			Errors: []int{401, 403, 404, 409, 412, 428}, Summary: summary, Description: description}
	}
	write := func(a domain.Actor, m IfMatch, rawID string, do func(domain.AnyID, int) (plan.Term, error)) (*ItemOutput[Term], error) {
		var id domain.AnyID
		version, err := m.version()
		if err := firstError(err, pathID(&id, rawID, string(v.kind))); err != nil {
			return nil, err
		}
		body := termBody(v.kind)(a, s.Clock.Today())
		t, err := do(id, version)
		if err != nil {
			return nil, stale(err, body)
		}
		return item(body(t), t.Version), nil
	}

	handle(s, declare("retire", "retirement", "Retire "+v.singular,
		"It stays on what has it and in the past, and is given to nothing new. Refused with 409 term_retired if it is retired already."),
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body RetirementInput
		}) (*ItemOutput[Term], error) {
			return write(a, in.IfMatch, in.ID, func(id domain.AnyID, version int) (plan.Term, error) {
				return plans.RetireTerm(ctx, a, v.kind, id, version, in.Body.On, in.Body.Reason)
			})
		})

	handle(s, declare("restore", "restoration", "Let "+v.singular+" that was retired be given again",
		"What a merge took from it stays with the other. Refused with 409 term_in_use if it is not retired."),
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body RestorationInput
		}) (*ItemOutput[Term], error) {
			return write(a, in.IfMatch, in.ID, func(id domain.AnyID, version int) (plan.Term, error) {
				return plans.RestoreTerm(ctx, a, v.kind, id, version, in.Body.Reason)
			})
		})

	handle(s, declare("merge", "merger", "Merge "+v.singular+" into another",
		"What has it gets the other instead, in one step; it is retired, with mergedIntoId, and filters by it find the other's things. GET /term-uses tells what would move. "+
			"Refused with 409 term_merged if it has been merged already."),
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body MergerInput
		}) (*ItemOutput[Term], error) {
			return write(a, in.IfMatch, in.ID, func(id domain.AnyID, version int) (plan.Term, error) {
				return plans.MergeTerm(ctx, a, v.kind, id, version, in.Body.IntoID, in.Body.Reason)
			})
		})
}
