package api

import (
	"bytes"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/api/paperdoc"
	"yhdyspinta/domain"
	"yhdyspinta/domain/comparison"
)

// PlanComparison is what differs between a plan on two days.
type PlanComparison struct {
	Plan    PlanRef               `json:"plan"`
	Before  *PlanRef              `json:"before,omitempty" doc:"The other plan with which it is compared; missing: itself"`
	From    domain.Date           `json:"from" format:"date" doc:"Its end is compared"`
	To      domain.Date           `json:"to" format:"date" doc:"With the end of this day, or with now"`
	Missing []comparison.Side     `json:"missing" enum:"from,to" doc:"The days on which the caller may see no such plan, since it was not in the system or was not public: then nothing is compared"`
	Goals   ComparisonCounts      `json:"goals"`
	Actions ComparisonCounts      `json:"actions"`
	Items   []ComparisonItem      `json:"items" maxItems:"1000" doc:"The plan itself if it differs, then goals and actions by number"`
	Left    int                   `json:"left" doc:"How many more there are than items tells"`
	Labels  map[string]AuditLabel `json:"labels" doc:"What the ids in the values name, by id, as far as the caller may know"`
}

// ComparisonCounts count goals, or actions, by what became of them.
type ComparisonCounts struct {
	Added     int `json:"added"`
	Removed   int `json:"removed"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
}

// ComparisonItem is a goal or action that differs, or the plan itself.
type ComparisonItem struct {
	Subject domain.SubjectKind `json:"subject" enum:"plan,goal,action"`
	ID      domain.AnyID       `json:"id" format:"uuid"`
	No      int                `json:"no,omitempty" doc:"Of a goal or action"`
	Title   Text               `json:"title" doc:"On the second day; of what was removed, on the first"`
	Kind    comparison.Kind    `json:"kind" enum:"added,removed,changed" doc:"For the caller: what was made public between the days is added for the public"`
	Why     *ComparisonWhy     `json:"why,omitempty" doc:"Of a goal of another plan that was not carried over: how it ended and why"`
	Changes []AuditChange      `json:"changes" doc:"Old and new values; of what was added the new ones only, of what was removed the old ones"`
}

// ComparisonWhy tells how a goal ended.
type ComparisonWhy struct {
	Ending string      `json:"ending" enum:"cancelled,merged,superseded"`
	Reason Text        `json:"reason"`
	Into   *AuditLabel `json:"into,omitempty" doc:"In which it goes on, as far as the caller may know"`
}

func comparisonWhy(w *comparison.Why) *ComparisonWhy {
	if w == nil {
		return nil
	}
	out := &ComparisonWhy{Ending: w.Ending, Reason: w.Reason}
	if w.Into != nil {
		out.Into = &AuditLabel{No: w.Into.No, Title: w.Into.Title, Path: w.Into.Path}
	}
	return out
}

func comparisonBody(c comparison.Comparison) PlanComparison {
	out := PlanComparison{Plan: PlanRef{c.Plan.ID, c.Plan.Key, c.Plan.Title}, From: c.From, To: c.To, Missing: orEmpty(c.Missing), Goals: ComparisonCounts(c.Goals), Actions: ComparisonCounts(c.Actions),
		Items: make([]ComparisonItem, len(c.Items)), Left: c.Left, Labels: map[string]AuditLabel{}}
	if c.Before.ID != c.Plan.ID {
		out.Before = &PlanRef{c.Before.ID, c.Before.Key, c.Before.Title}
	}
	for i, item := range c.Items {
		changes := make([]AuditChange, len(item.Changes))
		for j, x := range item.Changes {
			changes[j] = AuditChange{Field: x.Field, Old: x.Old, New: x.New}
		}
		out.Items[i] = ComparisonItem{item.Subject, item.ID, item.No, item.Title, item.Kind, comparisonWhy(item.Why), changes}
	}
	for id, n := range c.Names {
		out.Labels[id.String()] = AuditLabel{No: n.No, Title: n.Title, Path: n.Path}
	}
	return out
}

// ComparisonParams name a plan and the days to compare.
type ComparisonParams struct {
	ID     string `path:"id" maxLength:"60" doc:"Id or key"`
	Before string `query:"before" maxLength:"60" doc:"Id or key of another plan, such as the one before: that one on the first day is compared with this one on the second, which may be the same day"`
	From   string `query:"from" required:"true" format:"date" doc:"The earlier day, such as that on which a revision was adopted"`
	To     string `query:"to" format:"date" doc:"The later day; today if left out"`
}

func (in *ComparisonParams) compare(ctx context.Context, s *Server, a domain.Actor) (comparison.Comparison, error) {
	var from, to domain.Date
	if err := firstError(dateField(&from, "from", in.From), dateField(&to, "to", in.To)); err != nil {
		return comparison.Comparison{}, err
	}
	return s.Services.Comparisons.Of(ctx, a, in.ID, in.Before, from, to)
}

// ComparisonFileParams are those of a file.
type ComparisonFileParams struct {
	ComparisonParams
	Lang string `query:"lang" enum:"fi,sv,en" default:"fi" doc:"Language of the words, and of texts that have it"`
}

func (s *Server) registerComparisons() {
	const tag = "Plan"
	const what = "Goals and actions that were added or removed, and the changed fields of the others with their old and new values, as the caller may see each day. If there was no plan on one of the days for the caller, missing says so and nothing is listed. " +
		"422 too_much_changed if more than 20,000 goals or actions may differ: choose days that are closer."
	handle(s, operation{ID: "comparePlan", Method: http.MethodGet, Path: "/plans/{id}/comparison", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Compare a plan on two days", Description: what},
		func(ctx context.Context, a domain.Actor, in *ComparisonParams) (*struct{ Body PlanComparison }, error) {
			c, err := in.compare(ctx, s, a)
			if err != nil {
				return nil, err
			}
			return &struct{ Body PlanComparison }{comparisonBody(c)}, nil
		})
	for _, kind := range []struct {
		id, suffix, media, name string
		write                   func(comparisonFile) ([]byte, error)
	}{
		{"exportPlanComparisonCSV", "csv", mediaCSV, "CSV (UTF-8 with a byte order mark, semicolons)", comparisonFile.csv},
		{"exportPlanComparisonXLSX", "xlsx", mediaXLSX, "XLSX", comparisonFile.xlsx},
		{"exportPlanComparisonDOCX", "docx", mediaDOCX, "DOCX", func(f comparisonFile) ([]byte, error) { return paperdoc.DOCX(f.document()) }},
	} {
		handle(s, operation{ID: kind.id, Method: http.MethodGet, Path: "/plans/{id}/comparison/" + kind.suffix, Tag: tag, Permission: readScope, Media: kind.media, Errors: []int{404},
			Summary: "Download the comparison of a plan on two days as " + kind.name, Description: what + " What is beyond 1,000 goals and actions is counted only."},
			func(ctx context.Context, a domain.Actor, in *ComparisonFileParams) (*huma.StreamResponse, error) {
				c, err := in.compare(ctx, s, a)
				if err != nil {
					return nil, err
				}
				parties, err := s.Services.Organisation.Parties(ctx)
				if err != nil {
					return nil, err
				}
				f := newComparisonFile(c, domain.Lang(in.Lang))
				for _, p := range parties {
					if p.Principal {
						f.authors = append(f.authors, f.in(p.Name))
					}
				}
				content, err := kind.write(f)
				if err != nil {
					return nil, err
				}
				return file(f.fileKey()+"-"+c.From.String()+"-"+c.To.String()+"."+kind.suffix, kind.media, content), nil
			})
	}
}

// comparisonWidths are the columns' widths in characters.
var comparisonWidths = []float64{16, 10, 48, 14, 28, 60, 60}

// csv is the comparison as a table.
func (f comparisonFile) csv() ([]byte, error) {
	var out bytes.Buffer
	to, err := newCSV(&out)
	if err == nil {
		err = f.table(to)
	}
	return out.Bytes(), err
}

// xlsx is the comparison as a workbook.
func (f comparisonFile) xlsx() ([]byte, error) {
	var out bytes.Buffer
	to, err := newXLSX(&out, f.lang, comparisonTexts[f.lang].kind, comparisonWidths)
	if err == nil {
		err = f.table(to)
	}
	return out.Bytes(), err
}

// table writes a line for each field that differs.
func (f comparisonFile) table(to sheet) error {
	w := comparisonTexts[f.lang]
	if err := to.row(w.subject, w.number, w.title, w.difference, w.field, w.old, w.new); err != nil {
		return err
	}
	for _, item := range f.Items {
		for _, l := range append(f.why(item), f.lines(item)...) {
			if err := to.row(w.subjects[item.Subject], numberOrNone(item.No), f.in(item.Title), w.kinds[item.Kind], l.field, l.old, l.new); err != nil {
				return err
			}
		}
	}
	said := f.missing()
	if f.Left > 0 {
		said = append(said, w.left(f.Left))
	}
	for _, line := range said {
		if err := to.row(line, "", "", "", "", "", ""); err != nil {
			return err
		}
	}
	return to.end()
}

// document is the comparison as a paper: the figures, then what was added, removed
// and changed.
func (f comparisonFile) document() paperdoc.Document {
	w := comparisonTexts[f.lang]
	plain := func(s string) paperdoc.Cell { return paperdoc.Cell{{Text: s}} }
	d := paperdoc.Document{Lang: f.lang, Title: w.kind + ": " + f.plans(), Authors: f.authors, Forum: paperdoc.Span{Text: f.plans()}, Kind: w.kind,
		Date: f.date(f.From) + " – " + f.date(f.To), State: f.Plan.CouncilTerm, Version: w.ends}
	if said := f.missing(); len(said) > 0 {
		for _, s := range said {
			d.Blocks = append(d.Blocks, paperdoc.Block{Kind: paperdoc.Para, Spans: []paperdoc.Span{{Text: s}}})
		}
		return d
	}
	d.Blocks = append(d.Blocks, paperdoc.Block{Kind: paperdoc.Facts, Rows: [][]paperdoc.Cell{
		{plain(w.goals), plain(w.counts(f.Goals))}, {plain(w.actions), plain(w.counts(f.Actions))}}})
	if len(f.Items) == 0 {
		d.Blocks = append(d.Blocks, paperdoc.Block{Kind: paperdoc.Para, Spans: []paperdoc.Span{{Text: w.nothing}}})
	}
	section := domain.SubjectKind("")
	for _, item := range f.Items {
		if item.Subject != section {
			section = item.Subject
			d.Blocks = append(d.Blocks, paperdoc.Block{Kind: paperdoc.Heading, Level: 2, ID: string(section), Spans: []paperdoc.Span{{Text: w.sections[section]}}})
		}
		d.Blocks = append(d.Blocks, paperdoc.Block{Kind: paperdoc.Heading, Level: 3, Spans: []paperdoc.Span{{Text: w.kinds[item.Kind] + ": " + f.name(item)}}})
		rows := [][]paperdoc.Cell{{plain(w.field), plain(w.old), plain(w.new)}}
		for _, l := range append(f.why(item), f.lines(item)...) {
			rows = append(rows, []paperdoc.Cell{plain(l.field), plain(l.old), plain(l.new)})
		}
		d.Blocks = append(d.Blocks, paperdoc.Block{Kind: paperdoc.Table, Caption: f.name(item), Rows: rows, Widths: []int{22, 39, 39}})
	}
	if f.Left > 0 {
		d.Blocks = append(d.Blocks, paperdoc.Block{Kind: paperdoc.Note, Spans: []paperdoc.Span{{Text: w.left(f.Left)}}})
	}
	return d
}
