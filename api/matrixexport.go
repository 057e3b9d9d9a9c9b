package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
	"yhdyspinta/domain/matrix"
)

// matrixWords are the words of an export in one language.
type matrixWords struct {
	sheet      string
	heads      [14]string
	kinds      map[domain.SubjectKind]string
	parts      map[domain.Part]string
	standings  map[domain.Standing]string
	conditions map[string]string
}

var matrixTexts = map[domain.Lang]matrixWords{
	domain.Finnish: {
		sheet: "Vastuut",
		heads: [14]string{"Ryhmä", "Laji", "Tavoitteen numero", "Numero", "Nimi", "Kunto", "Osapuoli", "Yksikkö", "Tehtävänimike", "Osa", "Hyväksyntä", "Sanamuoto", "Voimassa alkaen", "Voimassa asti"},
		kinds: map[domain.SubjectKind]string{domain.SubjectGoal: "Tavoite", domain.SubjectAction: "Toimenpide", domain.SubjectStage: "Vaihe", domain.SubjectHandover: "Siirtymä",
			domain.SubjectChain: "Palveluketju", domain.SubjectForum: "Foorumi"},
		parts: map[domain.Part]string{domain.Lead: "Päävastuu", domain.Shared: "Yhteisvastuu", domain.Support: "Tuki", domain.Informed: "Tiedoksi"},
		standings: map[domain.Standing]string{domain.Proposed: "Ehdotettu", domain.Declined: "Palautettu", domain.InForce: "Voimassa",
			domain.Reopened: "Voimassa, muutos odottaa", domain.ChangeDeclined: "Voimassa, muutos palautettu"},
		conditions: map[string]string{"late": "Myöhässä", "stale": "Tieto vanhentunut", "due_soon": "Määräaika lähellä", "on_time": "Ajallaan",
			"not_started": "Ei alkanut", "paused": "Tauolla", "done": "Valmis", "cancelled": "Peruttu"},
	},
	domain.Swedish: {
		sheet: "Ansvar",
		heads: [14]string{"Grupp", "Slag", "Målets nummer", "Nummer", "Namn", "Läge", "Part", "Enhet", "Befattning", "Del", "Godkännande", "Ordalydelse", "I kraft från", "I kraft till"},
		kinds: map[domain.SubjectKind]string{domain.SubjectGoal: "Mål", domain.SubjectAction: "Åtgärd", domain.SubjectStage: "Steg", domain.SubjectHandover: "Övergång",
			domain.SubjectChain: "Servicekedja", domain.SubjectForum: "Forum"},
		parts: map[domain.Part]string{domain.Lead: "Huvudansvar", domain.Shared: "Delat ansvar", domain.Support: "Stöd", domain.Informed: "För kännedom"},
		standings: map[domain.Standing]string{domain.Proposed: "Föreslagen", domain.Declined: "Returnerad", domain.InForce: "I kraft",
			domain.Reopened: "I kraft, en ändring väntar", domain.ChangeDeclined: "I kraft, en ändring har returnerats"},
		conditions: map[string]string{"late": "Försenad", "stale": "Föråldrad uppgift", "due_soon": "Tidsfristen nära", "on_time": "I tid",
			"not_started": "Inte påbörjad", "paused": "Pausad", "done": "Färdig", "cancelled": "Inställd"},
	},
	domain.English: {
		sheet: "Responsibilities",
		heads: [14]string{"Group", "Kind", "Number of the goal", "Number", "Name", "Condition", "Party", "Unit", "Post", "Part", "Acceptance", "Wording", "Valid from", "Valid until"},
		kinds: map[domain.SubjectKind]string{domain.SubjectGoal: "Goal", domain.SubjectAction: "Action", domain.SubjectStage: "Stage", domain.SubjectHandover: "Hand-over",
			domain.SubjectChain: "Service chain", domain.SubjectForum: "Forum"},
		parts: map[domain.Part]string{domain.Lead: "Lead", domain.Shared: "Shared", domain.Support: "Support", domain.Informed: "Informed"},
		standings: map[domain.Standing]string{domain.Proposed: "Proposed", domain.Declined: "Declined", domain.InForce: "In force",
			domain.Reopened: "In force, a change waits", domain.ChangeDeclined: "In force, a change was declined"},
		conditions: map[string]string{"late": "Late", "stale": "Out of date", "due_soon": "Due soon", "on_time": "On time",
			"not_started": "Not started", "paused": "Paused", "done": "Done", "cancelled": "Cancelled"},
	},
}

// matrixWidths are the columns' widths in characters, in the order of the heads.
var matrixWidths = []float64{28, 12, 10, 10, 48, 16, 28, 32, 36, 14, 18, 60, 14, 14}

// row is a line in the words and texts of one language.
func (w matrixWords) row(lang domain.Lang, l matrix.Line) []any {
	in := func(t domain.Text) string { s, _ := t.In(lang); return s }
	number := func(n int) any {
		if n == 0 {
			return ""
		}
		return n
	}
	return []any{in(l.Group), w.kinds[l.Kind], number(l.GoalNo), number(l.No), in(l.Title), w.conditions[l.Condition], in(l.Party), in(l.Unit), in(l.Post),
		w.parts[l.Part], w.standings[l.Standing], in(l.Wording), l.ValidFrom.String(), l.ValidTo.String()}
}

type matrixExportParams struct {
	MatrixParams
	Lang string `query:"lang" enum:"fi,sv,en" default:"fi" doc:"Language of the words and of the texts that have it"`
}

func (s *Server) registerMatrixExport() {
	for _, kind := range []struct{ id, suffix, media, name string }{
		{"exportMatrixCSV", "csv", mediaCSV, "CSV (UTF-8 with a byte order mark, semicolons)"},
		{"exportMatrixXLSX", "xlsx", mediaXLSX, "XLSX"},
	} {
		handle(s, operation{ID: kind.id, Method: http.MethodGet, Path: "/matrix." + kind.suffix, Tag: "Responsibilities", Permission: readScope, Media: kind.media,
			Summary: "Download the matrix as " + kind.name,
			Description: "One line for each responsibility, and one for each thing without any: the goals and all their actions, without the limits of GET /matrix, whose filters it takes. " +
				"A text that a spreadsheet would take for a formula has an apostrophe before it in CSV."},
			func(_ context.Context, a domain.Actor, in *matrixExportParams) (*huma.StreamResponse, error) {
				f, err := in.filter()
				if err != nil {
					return nil, err
				}
				return &huma.StreamResponse{Body: func(ctx huma.Context) {
					// The past that was asked for stands in handle's context, not in this one.
					past, err := in.in(ctx.Context(), s.Clock)
					if err == nil {
						err = s.exportMatrix(past, ctx, a, f, domain.Lang(in.Lang), kind.suffix, kind.media)
					}
					if err != nil {
						s.brokenExport(ctx, err)
					}
				}}, nil
			})
	}
}

// errBegun marks an error after the answer has begun.
type errBegun struct{ error }

func (s *Server) exportMatrix(ctx context.Context, to huma.Context, a domain.Actor, f matrix.Filter, lang domain.Lang, suffix, media string) error {
	words := matrixTexts[lang]
	var out sheet
	begin := func() (err error) {
		if out != nil {
			return nil
		}
		to.SetHeader("Content-Type", media)
		to.SetHeader("Content-Disposition", `attachment; filename="responsibilities-`+domain.DayShown(ctx, s.Clock).String()+"."+suffix+`"`)
		to.SetHeader("Content-Language", string(lang))
		to.SetStatus(http.StatusOK)
		if suffix == "csv" {
			out, err = newCSV(to.BodyWriter())
		} else {
			out, err = newXLSX(to.BodyWriter(), lang, words.sheet, matrixWidths)
		}
		if err != nil {
			return err
		}
		heads := make([]any, len(words.heads))
		for i, h := range words.heads {
			heads[i] = h
		}
		return out.row(heads...)
	}
	err := s.Services.Matrix.Lines(ctx, a, f, func(l matrix.Line) error {
		if err := begin(); err != nil {
			return err
		}
		return out.row(words.row(lang, l)...)
	})
	if err == nil {
		err = begin()
	}
	if err == nil {
		err = out.end()
	}
	if err != nil && out != nil {
		return errBegun{err}
	}
	return err
}

// brokenExport answers with a problem, or, if a part of the file is on its way,
// cuts the connection: half a file must not look whole.
func (s *Server) brokenExport(ctx huma.Context, err error) {
	p := problemOf(err, requestID(ctx.Context()), s.Log)
	if _, begun := errors.AsType[errBegun](err); begun {
		panic(http.ErrAbortHandler)
	}
	ctx.SetHeader("Content-Type", "application/problem+json")
	if p.Status == http.StatusServiceUnavailable {
		ctx.SetHeader("Retry-After", "5")
	}
	ctx.SetStatus(p.Status)
	_ = json.NewEncoder(ctx.BodyWriter()).Encode(p) // nobody is left to be told
}
