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

// matrixWords are the words of responsibilities and conditions in one language.
type matrixWords struct {
	kinds      map[domain.SubjectKind]string
	parts      map[domain.Part]string
	standings  map[domain.Standing]string
	conditions map[string]string
}

var matrixTexts = map[domain.Lang]matrixWords{
	domain.Finnish: {
		kinds: map[domain.SubjectKind]string{domain.SubjectGoal: "Tavoite", domain.SubjectAction: "Toimenpide", domain.SubjectStage: "Vaihe", domain.SubjectHandover: "Siirtymä",
			domain.SubjectChain: "Palveluketju", domain.SubjectForum: "Foorumi"},
		parts: map[domain.Part]string{domain.Lead: "Päävastuu", domain.Shared: "Yhteisvastuu", domain.Support: "Tuki", domain.Informed: "Tiedoksi"},
		standings: map[domain.Standing]string{domain.Proposed: "Ehdotettu", domain.Declined: "Palautettu", domain.InForce: "Voimassa",
			domain.Reopened: "Voimassa, muutos odottaa", domain.ChangeDeclined: "Voimassa, muutos palautettu"},
		conditions: map[string]string{"late": "Myöhässä", "stale": "Tieto vanhentunut", "due_soon": "Määräaika lähellä", "on_time": "Ajallaan",
			"not_started": "Ei alkanut", "paused": "Tauolla", "done": "Valmis", "cancelled": "Peruttu"},
	},
	domain.Swedish: {
		kinds: map[domain.SubjectKind]string{domain.SubjectGoal: "Mål", domain.SubjectAction: "Åtgärd", domain.SubjectStage: "Steg", domain.SubjectHandover: "Övergång",
			domain.SubjectChain: "Servicekedja", domain.SubjectForum: "Forum"},
		parts: map[domain.Part]string{domain.Lead: "Huvudansvar", domain.Shared: "Delat ansvar", domain.Support: "Stöd", domain.Informed: "För kännedom"},
		standings: map[domain.Standing]string{domain.Proposed: "Föreslagen", domain.Declined: "Returnerad", domain.InForce: "I kraft",
			domain.Reopened: "I kraft, en ändring väntar", domain.ChangeDeclined: "I kraft, en ändring har returnerats"},
		conditions: map[string]string{"late": "Försenad", "stale": "Föråldrad uppgift", "due_soon": "Tidsfristen nära", "on_time": "I tid",
			"not_started": "Inte påbörjad", "paused": "Pausad", "done": "Färdig", "cancelled": "Inställd"},
	},
	domain.English: {
		kinds: map[domain.SubjectKind]string{domain.SubjectGoal: "Goal", domain.SubjectAction: "Action", domain.SubjectStage: "Stage", domain.SubjectHandover: "Hand-over",
			domain.SubjectChain: "Service chain", domain.SubjectForum: "Forum"},
		parts: map[domain.Part]string{domain.Lead: "Lead", domain.Shared: "Shared", domain.Support: "Support", domain.Informed: "Informed"},
		standings: map[domain.Standing]string{domain.Proposed: "Proposed", domain.Declined: "Declined", domain.InForce: "In force",
			domain.Reopened: "In force, a change waits", domain.ChangeDeclined: "In force, a change was declined"},
		conditions: map[string]string{"late": "Late", "stale": "Out of date", "due_soon": "Due soon", "on_time": "On time",
			"not_started": "Not started", "paused": "Paused", "done": "Done", "cancelled": "Cancelled"},
	},
}

// matrixColumns are a line for each responsibility, and one for each thing without any.
var matrixColumns = []column[matrix.Line]{
	{"group", domain.Text{FI: "Ryhmä", SV: "Grupp", EN: "Group"}, 28, func(w fileWords, l matrix.Line) any { return w.in(l.Group) }},
	{"kind", domain.Text{FI: "Laji", SV: "Slag", EN: "Kind"}, 12, func(w fileWords, l matrix.Line) any { return matrixTexts[w.lang].kinds[l.Kind] }},
	{"goalNo", domain.Text{FI: "Tavoitteen numero", SV: "Målets nummer", EN: "Number of the goal"}, 10, func(_ fileWords, l matrix.Line) any { return numberOrNone(l.GoalNo) }},
	{"no", numberHead, 10, func(_ fileWords, l matrix.Line) any { return numberOrNone(l.No) }},
	{"title", domain.Text{FI: "Nimi", SV: "Namn", EN: "Name"}, 48, func(w fileWords, l matrix.Line) any { return w.in(l.Title) }},
	{"condition", domain.Text{FI: "Kunto", SV: "Läge", EN: "Condition"}, 16, func(w fileWords, l matrix.Line) any { return matrixTexts[w.lang].conditions[l.Condition] }},
	{"party", partyHead, 28, func(w fileWords, l matrix.Line) any { return w.in(l.Party) }},
	{"unit", domain.Text{FI: "Yksikkö", SV: "Enhet", EN: "Unit"}, 32, func(w fileWords, l matrix.Line) any { return w.in(l.Unit) }},
	{"post", domain.Text{FI: "Tehtävänimike", SV: "Befattning", EN: "Post"}, 36, func(w fileWords, l matrix.Line) any { return w.in(l.Post) }},
	{"part", domain.Text{FI: "Osa", SV: "Del", EN: "Part"}, 14, func(w fileWords, l matrix.Line) any { return matrixTexts[w.lang].parts[l.Part] }},
	{"standing", domain.Text{FI: "Hyväksyntä", SV: "Godkännande", EN: "Acceptance"}, 18, func(w fileWords, l matrix.Line) any { return matrixTexts[w.lang].standings[l.Standing] }},
	{"wording", domain.Text{FI: "Sanamuoto", SV: "Ordalydelse", EN: "Wording"}, 60, func(w fileWords, l matrix.Line) any { return w.in(l.Wording) }},
	{"validFrom", fromHead, 14, func(_ fileWords, l matrix.Line) any { return l.ValidFrom }},
	{"validTo", toHead, 14, func(_ fileWords, l matrix.Line) any { return l.ValidTo }},
	{"visibility", seenHead, 12, func(w fileWords, l matrix.Line) any { return word(w, visibilityWords, l.Visibility) }},
}

// numberOrNone is a number, or nothing where there is none.
func numberOrNone(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

type matrixFileParams struct {
	ExportParams
	MatrixFilters
}

func (s *Server) registerMatrixFiles() {
	registerListFile(s, listFile[matrixFileParams, matrix.Line]{
		id: "Matrix", path: "/matrix", tag: "Responsibilities", noun: "the matrix, a line for each responsibility and one for each thing without any, without the limits of GET /matrix,",
		base: "responsibilities", name: responsibilitySheet, columns: matrixColumns,
		rows: func(a domain.Actor, in *matrixFileParams) (func(context.Context, string, func([]matrix.Line) error) error, error) {
			f, err := in.filter()
			return func(ctx context.Context, _ string, yield func([]matrix.Line) error) error {
				return s.Services.Matrix.Lines(ctx, a, f, func(l matrix.Line) error { return yield([]matrix.Line{l}) })
			}, firstError(unsorted(in.Sort), err)
		}})
}

// errBegun marks an error after the answer has begun.
type errBegun struct{ error }

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
