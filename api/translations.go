package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/translation"
)

// MissingTranslations is what public content lacks in some language.
type MissingTranslations struct {
	Total int                       `json:"total" doc:"Things that lack a text in some language"`
	Kinds []MissingTranslationsKind `json:"kinds" doc:"By kind of content; kinds that lack nothing are left out"`
}

// MissingTranslationsKind is what one kind of content lacks.
type MissingTranslationsKind struct {
	Kind  domain.SubjectKind   `json:"kind"`
	Count int                  `json:"count" doc:"Things of this kind that lack something"`
	Items []MissingTranslation `json:"items" doc:"The first of them"`
}

// MissingTranslation is one thing with the texts that it lacks.
type MissingTranslation struct {
	ID    domain.AnyID     `json:"id" format:"uuid"`
	No    int              `json:"no,omitempty" doc:"The number people use"`
	Title Text             `json:"title"`
	Path  string           `json:"path,omitempty" doc:"Of its page, below the language" example:"/goals/4"`
	Texts []TranslationGap `json:"texts"`
}

// TranslationGap is one text that lacks a language although another has it.
type TranslationGap struct {
	Field string      `json:"field" example:"description"`
	Lang  domain.Lang `json:"lang" enum:"fi,sv,en"`
}

func (s *Server) registerTranslations() {
	handle(s, operation{ID: "listMissingTranslations", Method: http.MethodGet, Path: "/translations/missing", Tag: "Translations",
		Permission: domain.TranslationRead, Errors: []int{401, 403},
		Summary: "Count and list public content that lacks a language"},
		func(ctx context.Context, a domain.Actor, in *struct {
			Lang  domain.Lang `query:"lang" enum:"fi,sv,en" doc:"Only what lacks this language"`
			Limit int         `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"Items of each kind"`
		}) (*struct{ Body MissingTranslations }, error) {
			kinds, err := s.Services.Translations.Missing(ctx, a, in.Lang, in.Limit)
			if err != nil {
				return nil, err
			}
			return &struct{ Body MissingTranslations }{missingTranslationsBody(kinds)}, nil
		})
}

func missingTranslationsBody(kinds []translation.Kind) MissingTranslations {
	out := MissingTranslations{Kinds: []MissingTranslationsKind{}}
	for _, k := range kinds {
		if k.Count == 0 {
			continue
		}
		body := MissingTranslationsKind{Kind: k.Kind, Count: k.Count, Items: make([]MissingTranslation, len(k.Items))}
		for i, m := range k.Items {
			body.Items[i] = MissingTranslation{ID: m.ID, No: m.No, Title: m.Title, Path: m.Path, Texts: make([]TranslationGap, len(m.Texts))}
			for j, g := range m.Texts {
				body.Items[i].Texts[j] = TranslationGap(g)
			}
		}
		out.Total += k.Count
		out.Kinds = append(out.Kinds, body)
	}
	return out
}
