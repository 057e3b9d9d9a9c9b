// Package translation finds public content that lacks a language. Finnish and
// Swedish stand side by side by law (Language Act 423/2003), English beside
// them; what is missing is counted and shown to the coordinators, who can add
// it or ask for it.
package translation

import (
	"context"

	"yhdyspinta/domain"
)

// Missing is one public thing with texts that lack a language.
type Missing struct {
	Kind  domain.SubjectKind
	ID    domain.AnyID
	No    int // the number people use; 0 if it has none
	Title domain.Text
	Path  string // of its page below the language
	Texts []Gap
}

// Gap is one text that lacks a language although another has it.
type Gap struct {
	Field string // as in the API, e.g. description
	Lang  domain.Lang
}

// Kind is what is missing in one kind of content.
type Kind struct {
	Kind  domain.SubjectKind
	Count int       // all things that lack something
	Items []Missing // the first of them, by number or title
}

// Store finds what is missing.
type Store interface {
	// Kinds are the kinds of content that are looked through, in their order.
	Kinds() []domain.SubjectKind
	// Missing returns what lacks the language (any if ""), with at most limit items.
	Missing(kind domain.SubjectKind, lang domain.Lang, limit int) (Kind, error)
}

// Stores are what the use case needs, bound to one transaction.
type Stores struct{ Texts Store }

// Service holds the use case.
type Service struct {
	UoW domain.UnitOfWork[Stores]
}

// Missing returns, for each kind of content, what lacks the language (any if
// ""), with at most limit items of each kind.
func (s *Service) Missing(ctx context.Context, actor domain.Actor, lang domain.Lang, limit int) (kinds []Kind, err error) {
	if err := actor.Check(domain.TranslationRead, domain.Resource{}); err != nil {
		return nil, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		for _, k := range st.Texts.Kinds() {
			kind, err := st.Texts.Missing(k, lang, limit)
			if err != nil {
				return err
			}
			kinds = append(kinds, kind)
		}
		return nil
	})
	return kinds, err
}
