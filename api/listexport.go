package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/goal"
	"yhdyspinta/domain/organisation"
	"yhdyspinta/domain/responsibility"
)

// ExportParams are what all files of lists are asked for with, beside the list's
// filters.
type ExportParams struct {
	AsOfParam
	Sort string `query:"sort" maxLength:"200" doc:"As in the list"`
	Lang string `query:"lang" enum:"fi,sv,en" default:"fi" doc:"Language of the headings and words, and of names that have it"`
}

func (p *ExportParams) export() *ExportParams { return p }

// listFile is a list as a file: what it is called, its columns, and what hands
// over its rows.
type listFile[I, R any] struct {
	id   string // ends that of the operations: exportID
	path string // of the list
	tag  string
	noun string      // in the contract
	base string      // of the file's name, if it is not called as its path
	name domain.Text // of the sheet
	// rows checks the filters, and returns what hands the rows to yield, page after
	// page.
	rows    func(domain.Actor, *I) (func(ctx context.Context, sort string, yield func([]R) error) error, error)
	columns []column[R]
}

// listFileKinds are the kinds of files that every list is to be had as.
var listFileKinds = []struct{ id, suffix, media, name string }{
	{"CSV", "csv", mediaCSV, "CSV (UTF-8 with a byte order mark, semicolons)"},
	{"XLSX", "xlsx", mediaXLSX, "XLSX"},
}

// registerListFile declares a list's two files. They hold all that the list's
// filters let through for the caller, whatever its limit. They are written to a
// file of the machine while they are read, so that a page is all that is in
// memory, and sent when the database is done with: a slow reader keeps nobody
// waiting.
func registerListFile[I any, P interface {
	*I
	export() *ExportParams
}, R any](s *Server, f listFile[I, R]) {
	for _, kind := range listFileKinds {
		handle(s, operation{ID: "export" + f.id + kind.id, Method: http.MethodGet, Path: f.path + "." + kind.suffix, Tag: f.tag, Permission: readScope, Media: kind.media, Errors: []int{503},
			Summary: "Download " + f.noun + " as " + kind.name,
			Description: "All that the filters of GET " + f.path + " let through, one line for each, in its order and from one moment. Dates are dates; what is known only by its month, quarter or year is written 11/2026, Q4/2026 or 2026. " +
				"Several things in one cell stand apart by a semicolon. A text that a spreadsheet would take for a formula has an apostrophe before it in CSV. 503 exports_busy while as many files are being made as the server makes at once."},
			func(ctx context.Context, a domain.Actor, in *I) (*huma.StreamResponse, error) {
				each, err := f.rows(a, in)
				if err != nil {
					return nil, err
				}
				params := P(in).export()
				base := cmp.Or(f.base, f.path[1:])
				return &huma.StreamResponse{Body: func(to huma.Context) {
					out := &fileOf[R]{server: s, to: to, day: domain.DayShown(ctx, s.Clock), lang: domain.Lang(params.Lang), suffix: kind.suffix, media: kind.media,
						base: base, sheetName: f.name, columns: f.columns, op: "list" + f.id, row: reflect.TypeFor[R]().Name()}
					if err := out.write(ctx, a, func(yield func([]R) error) error { return each(ctx, params.Sort, yield) }); err != nil {
						s.brokenExport(to, err)
					}
				}}, nil
			})
	}
}

// maxExports is how many lists are read for a file at once, each on a connection
// of the database.
const maxExports = 4

// fileOf is one file on its way to the reader.
type fileOf[R any] struct {
	server        *Server
	to            huma.Context
	day           domain.Date
	lang          domain.Lang
	suffix, media string
	base          string // of the file's name
	sheetName     domain.Text
	columns       []column[R]
	internal      bool     // the whole list is
	op, row       string   // of the list: its operation, and the view of its rows
	filters       [][2]any // in words, of a workbook
	rows          int      // written so far
	out           sheet
}

// write makes the file and sends it: what goes wrong before it is whole is still
// a problem, an error after that is errBegun.
func (f *fileOf[R]) write(ctx context.Context, a domain.Actor, each func(func([]R) error) error) error {
	file, err := passingFile()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was sent, or never will be
	if err := f.fill(ctx, a, each, file); err != nil {
		if _, full := errors.AsType[*fs.PathError](err); full {
			return noRoom(err)
		}
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read the file of a list: %w", err)
	}
	f.head()
	if _, err := io.Copy(f.to.BodyWriter(), file); err != nil {
		return errBegun{err}
	}
	return nil
}

// fill writes all rows, one of a few lists at a time.
func (f *fileOf[R]) fill(ctx context.Context, a domain.Actor, each func(func([]R) error) error, to io.Writer) error {
	select {
	case f.server.exports <- struct{}{}:
		defer func() { <-f.server.exports }()
	default:
		return &domain.Error{Kind: domain.KindUnavailable, Code: "exports_busy", Detail: "too many files are being made, try again"}
	}
	words, err := f.server.fileWords(ctx, a, f.lang)
	if err != nil {
		return err
	}
	if err := f.begin(to); err != nil {
		return err
	}
	if book, ok := f.out.(*xlsxSheet); ok {
		if err := f.learnFilters(ctx, words, a); err != nil {
			return err
		}
		book.about = func() about { return f.about(a) }
	}
	values := make([]any, len(f.columns))
	err = each(func(rows []R) error {
		if err := ctx.Err(); err != nil { // nobody waits for it any more
			return err
		}
		for _, r := range rows {
			for i, c := range f.columns {
				values[i] = c.value(words, r)
				if c.key == "visibility" && values[i] == word(words, visibilityWords, domain.Internal) {
					f.internal = true
				}
			}
			f.rows++
			if err := f.out.row(values...); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, f.out.end())
}

// head sends the headers.
func (f *fileOf[R]) head() {
	f.to.SetHeader("Content-Type", f.media)
	f.to.SetHeader("Content-Disposition", `attachment; filename="`+f.base+"-"+f.day.String()+"."+f.suffix+`"`)
	f.to.SetHeader("Content-Language", string(f.lang))
	f.to.SetStatus(http.StatusOK)
}

// begin writes the headings.
func (f *fileOf[R]) begin(to io.Writer) (err error) {
	heads, widths := make([]any, len(f.columns)), make([]float64, len(f.columns))
	for i, c := range f.columns {
		heads[i], _ = c.head.In(f.lang)
		widths[i] = c.width
	}
	if f.suffix == "csv" {
		f.out, err = newCSV(to)
	} else {
		name, _ := f.sheetName.In(f.lang)
		f.out, err = newXLSX(to, f.lang, name, widths)
	}
	if err != nil {
		return err
	}
	return f.out.row(heads...)
}

// The names of the sheets.
var (
	actionSheet         = domain.Text{FI: "Toimenpiteet", SV: "Åtgärder", EN: "Actions"}
	goalSheet           = domain.Text{FI: "Tavoitteet", SV: "Mål", EN: "Goals"}
	postSheet           = domain.Text{FI: "Tehtävät", SV: "Befattningar", EN: "Posts"}
	responsibilitySheet = domain.Text{FI: "Vastuut", SV: "Ansvar", EN: "Responsibilities"}
)

type actionFileParams struct {
	ExportParams
	ActionFilters
}

type goalFileParams struct {
	ExportParams
	GoalFilters
}

type postFileParams struct {
	ExportParams
	PostFilters
}

type responsibilityFileParams struct {
	ExportParams
	ResponsibilityFilters
}

func (s *Server) registerListFiles() {
	services := s.Services
	registerListFile(s, listFile[actionFileParams, actionRow]{
		id: "Actions", path: "/actions", tag: "Actions", noun: "actions", name: actionSheet, columns: actionColumns,
		rows: func(a domain.Actor, in *actionFileParams) (func(context.Context, string, func([]actionRow) error) error, error) {
			f, err := in.filter(a)
			return func(ctx context.Context, sort string, yield func([]actionRow) error) error {
				day := domain.DayShown(ctx, s.Clock)
				return services.Actions.Export(ctx, a, f, sort, func(views []action.View) error {
					rows := make([]actionRow, len(views))
					for i, v := range views {
						rows[i] = actionRow{v, v.Condition(day).Value}
					}
					return yield(rows)
				})
			}, err
		}})
	registerListFile(s, listFile[goalFileParams, goal.View]{
		id: "Goals", path: "/goals", tag: "Goals", noun: "goals", name: goalSheet, columns: goalColumns,
		rows: func(a domain.Actor, in *goalFileParams) (func(context.Context, string, func([]goal.View) error) error, error) {
			f, err := in.filter()
			return func(ctx context.Context, sort string, yield func([]goal.View) error) error {
				return services.Goals.Export(ctx, a, f, sort, yield)
			}, err
		}})
	registerListFile(s, listFile[postFileParams, organisation.Post]{
		id: "Posts", path: "/posts", tag: organisationTag, noun: "posts", name: postSheet, columns: postColumns,
		rows: func(_ domain.Actor, in *postFileParams) (func(context.Context, string, func([]organisation.Post) error) error, error) {
			f, err := in.posts()
			return func(ctx context.Context, sort string, yield func([]organisation.Post) error) error {
				return services.Organisation.ExportPosts(ctx, f, sort, yield)
			}, err
		}})
	registerListFile(s, listFile[responsibilityFileParams, responsibility.View]{
		id: "Responsibilities", path: "/responsibilities", tag: "Responsibilities", noun: "responsibilities", name: responsibilitySheet,
		columns: responsibilityColumns,
		rows: func(a domain.Actor, in *responsibilityFileParams) (func(context.Context, string, func([]responsibility.View) error) error, error) {
			f, some, err := in.filter(a)
			return func(ctx context.Context, sort string, yield func([]responsibility.View) error) error {
				if !some {
					return yield(nil)
				}
				return services.Responsibilities.Export(ctx, a, f, sort, yield)
			}, err
		}})
}
