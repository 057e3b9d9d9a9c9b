package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
)

// ImportInput is a file of a list, with what was answered to its preview.
type ImportInput struct {
	FileName    string         `json:"fileName" minLength:"1" maxLength:"200"`
	File        []byte         `json:"file" doc:"XLSX, or CSV in UTF-8 or Windows-1252; base64, at most 8 MB and 5,000 rows"`
	Choices     []ImportChoice `json:"choices,omitempty" maxItems:"200" doc:"What names mean that the service does not know"`
	Reason      string         `json:"reason,omitempty" maxLength:"1000" doc:"Why due dates that were set move; kept in the log of each"`
	Fingerprint string         `json:"fingerprint,omitempty" maxLength:"64" doc:"Of the preview that was looked at; needed for the import, and only there"`
}

// ImportChoice says what a name in a file means.
type ImportChoice struct {
	Kind ImportName   `json:"kind" enum:"post,goal,target_group,district,tag,phase,theme,plan,party,unit,subject"`
	Name string       `json:"name" maxLength:"1000"`
	ID   domain.AnyID `json:"id" format:"uuid"`
}

// ImportName is what a name in a file is the name of.
type ImportName string

// What cells name. A subject is what a responsibility is about.
const (
	namesPost    ImportName = "post"
	namesGoal    ImportName = "goal"
	namesGroup   ImportName = "target_group"
	namesPlace   ImportName = "district"
	namesTag     ImportName = "tag"
	namesPhase   ImportName = "phase"
	namesTheme   ImportName = "theme"
	namesPlan    ImportName = "plan"
	namesParty   ImportName = "party"
	namesUnit    ImportName = "unit"
	namesSubject ImportName = "subject"
)

// ImportReport is what becomes of a file, or became of it.
type ImportReport struct {
	Sheet       string         `json:"sheet,omitempty" doc:"Of a workbook"`
	Unknown     []string       `json:"unknownHeadings" doc:"Columns that are not read"`
	Untaken     []string       `json:"untakenHeadings" doc:"Columns of an export that an import does not change, where a cell is not as it is stored"`
	New         int            `json:"new"`
	Changed     int            `json:"changed"`
	Same        int            `json:"same"`
	Wrong       int            `json:"wrong"`
	Rows        []ImportedRow  `json:"rows" doc:"All but those that say nothing new"`
	Names       []ImportedName `json:"names" doc:"Names that are unknown or of several things; each is chosen once for all rows"`
	NeedsReason bool           `json:"needsReason" doc:"A due date that was set moves"`
	Fingerprint string         `json:"fingerprint,omitempty" doc:"Sent with the import: it is refused if anything is not as this preview showed it. Missing while a row is wrong"`
	Imported    bool           `json:"imported"`
}

// ImportedRow is what becomes of one row of a file.
type ImportedRow struct {
	Line   int                `json:"line" doc:"Of the file, from 1"`
	No     int                `json:"no,omitempty" doc:"Of an action or goal; missing of a new one before it is imported"`
	Title  Text               `json:"title"`
	State  domain.ImportState `json:"state" enum:"new,changed,wrong"`
	Fields []ImportedField    `json:"fields" doc:"What the row says anew"`
	Errors []ImportError      `json:"errors"`
}

// ImportedField is a cell that is not as it is stored.
type ImportedField struct {
	Key     string `json:"key"`
	Heading string `json:"heading"`
	Old     string `json:"old" doc:"As an export would write it; empty of a new thing"`
	New     string `json:"new"`
}

// ImportError is one thing that is wrong with a row.
type ImportError struct {
	Code    string `json:"code"`
	Heading string `json:"heading,omitempty" doc:"Of the column; missing where the whole row is wrong"`
	Cell    string `json:"cell,omitempty" doc:"Of a workbook, e.g. C4"`
	Value   string `json:"value,omitempty" doc:"What of the cell is wrong"`
}

// ImportedName is a name that means nothing, or several things.
type ImportedName struct {
	Kind  ImportName       `json:"kind" enum:"post,goal,target_group,district,tag,phase,theme,plan,party,unit,subject"`
	Name  string           `json:"name"`
	Lines []int            `json:"lines"`
	Near  []ImportProposal `json:"near" doc:"The nearest, at most five, the nearest first"`
}

// ImportProposal is what a name may mean.
type ImportProposal struct {
	ID    domain.AnyID `json:"id" format:"uuid"`
	Label string       `json:"label" doc:"In the language of the file's headings"`
}

// importOf is all that is known of files about one kind of things V, of which R is
// a line and which are edited by E.
type importOf[R, V, E any] struct {
	name       string // in paths and operations: action
	noun, one  string // in the contract: actions, an action
	more       string // what the contract says beside
	tag        string
	permission domain.Permission
	may        func(domain.Actor) error
	sheet      domain.Text
	columns    []column[R]
	heads      map[string][]string // other headings under which people keep such lists
	taken      []string            // columns that an import changes
	moving     []string            // columns that say another thing on another day
	fixed      []string            // columns that tell what a new thing belongs to, and that never change
	silent     []string            // columns that say nothing of a stored thing where they are empty
	keys       []string            // columns that tell which thing a row is about, and its version
	required   []string            // one of them is among the headings
	pointers   map[string]string   // the columns of what the rules name
	// load reads what cells may name: what is valid today and the caller may see.
	load func(context.Context, domain.Actor, *fileReader) error
	// key is of the thing that a row is about; "" is a new one. What is wrong is told.
	key func(rowCells) string
	row func(*fileReader, V) R
	// title is what a row is called where an edit has no title of its own; nil: it has.
	title func(rowCells) string
	// edit is a stored thing as an edit that changes nothing, nil a new one; its
	// setter takes the cells that say something new, and the whole row at last.
	edit func(rowCells, *V) (E, cellSetter[E])
	run  func(context.Context, domain.Actor, domain.Import[V, E]) (domain.ImportResult, error)
}

// cellSetter takes the cells of one row into an edit.
type cellSetter[E any] interface {
	take(e *E, key, text string)
	end(e *E)
}

// read makes a row an edit; see domain.ImportRow.
func (k importOf[R, V, E]) read(r *fileReader, row tableRow, version func(V) int, stored *V) (e E, news, ok bool) {
	out := &readRow{fields: []ImportedField{}, errors: []ImportError{}}
	r.rows[row.line] = out
	cells := rowCells{r, row, out}
	e, set := k.edit(cells, stored)
	var now R
	if stored != nil {
		now = k.row(r, *stored)
	}
	for _, c := range k.columns {
		heading, there := r.file.headings[c.key]
		if !there || slices.Contains(k.keys, c.key) {
			continue
		}
		old, text := "", plain(row.cells[c.key])
		if stored != nil {
			value := c.value
			if c.key == "goalNos" && r.goalNames {
				value = k.valueOf("goals")
			}
			old = cellText(value(r.words, now))
		}
		if sameCell(text, old) {
			continue
		}
		if stored != nil && text == "" && (slices.Contains(k.fixed, c.key) || slices.Contains(k.silent, c.key)) {
			continue
		}
		if !slices.Contains(k.taken, c.key) || stored != nil && slices.Contains(k.fixed, c.key) {
			if !slices.Contains(k.moving, c.key) {
				r.untaken[heading] = true
			}
			continue
		}
		out.fields = append(out.fields, ImportedField{Key: c.key, Heading: heading, Old: old, New: text})
		set.take(&e, c.key, text)
	}
	if stored == nil || len(out.fields) > 0 {
		set.end(&e)
	}
	if stored != nil && len(out.fields) > 0 {
		if told := row.cells["version"]; told != "" && told != strconv.Itoa(version(*stored)) {
			cells.wrong("version", "row_outdated", told)
		}
	}
	return e, len(out.fields) > 0, len(out.errors) == 0
}

func (k importOf[R, V, E]) valueOf(key string) func(fileWords, R) any {
	return k.columns[slices.IndexFunc(k.columns, func(c column[R]) bool { return c.key == key })].value
}

// language is the one in which most headings of a file are; Finnish if no more are
// in another.
func (k importOf[R, V, E]) language(file tableFile) domain.Lang {
	best, most := domain.Finnish, 0
	for _, lang := range domain.Langs {
		n := 0
		for _, c := range k.columns {
			if name, _ := c.head.In(lang); name == file.headings[c.key] {
				n++
			}
		}
		if n > most {
			best, most = lang, n
		}
	}
	return best
}

// report tells what becomes of the file.
func (k importOf[R, V, E]) report(r *fileReader, result domain.ImportResult) ImportReport {
	out := ImportReport{Sheet: r.file.sheet, Unknown: orEmpty(r.file.unknown), Untaken: []string{}, Rows: []ImportedRow{}, Names: []ImportedName{},
		New: result.Count(domain.ImportNew), Changed: result.Count(domain.ImportChanged), Same: result.Count(domain.ImportSame), Wrong: result.Count(domain.ImportWrong),
		NeedsReason: result.NeedsReason, Fingerprint: result.Fingerprint}
	for _, c := range k.columns {
		if heading := r.file.headings[c.key]; r.untaken[heading] {
			out.Untaken = append(out.Untaken, heading)
		}
	}
	cells := map[int]map[string]string{}
	for _, row := range r.file.rows {
		cells[row.line] = row.cells
	}
	told := map[string]int{} // where each name stands in out.Names
	for _, done := range result.Rows {
		if done.State == domain.ImportSame {
			continue
		}
		if k.title != nil {
			done.Title = domain.Text{FI: k.title(rowCells{r, tableRow{done.Line, cells[done.Line]}, nil})}
		}
		row := ImportedRow{Line: done.Line, No: done.No, Title: done.Title, State: done.State, Fields: []ImportedField{}, Errors: []ImportError{}}
		if read := r.rows[done.Line]; read != nil {
			row.Fields, row.Errors = read.fields, read.errors
			for _, name := range read.names {
				r.tell(&out.Names, told, name, done.Line)
			}
		}
		for _, f := range done.Errors {
			key := r.there(k.pointers[f.Pointer])
			row.Errors = append(row.Errors, r.errorAt(done.Line, key, f.Code, cells[done.Line][key]))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// wrongRows are the errors of the rows of a report, each by its line and the key
// of its column.
func (k importOf[R, V, E]) wrongRows(r *fileReader, report ImportReport) (out []domain.FieldError) {
	for _, row := range report.Rows {
		for _, e := range row.Errors {
			pointer := "/lines/" + strconv.Itoa(row.Line)
			for key, heading := range r.file.headings {
				if heading == e.Heading {
					pointer += "/" + key
				}
			}
			out = append(out, domain.FieldError{Pointer: pointer, Code: e.Code})
		}
	}
	return out
}

func (k importOf[R, V, E]) take(ctx context.Context, s *Server, a domain.Actor, version func(V) int, in ImportInput) (*struct{ Body ImportReport }, error) {
	if err := k.may(a); err != nil {
		return nil, err // nobody else makes the server read a file
	}
	file, err := readTable(in.File, headsOf(k.columns, k.heads), k.required, domain.MaxImportRows)
	if err != nil {
		return nil, err
	}
	r := newFileReader(file, s.Clock.Today(), in.Choices)
	if r.words, err = s.fileWords(ctx, a, k.language(r.file)); err != nil {
		return nil, err
	}
	if err := k.load(ctx, a, r); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(in.File)
	what := domain.Import[V, E]{File: domain.ImportFile{Name: in.FileName, SHA256: hex.EncodeToString(sum[:])}, Reason: in.Reason, Seen: in.Fingerprint}
	for _, c := range in.Choices {
		what.Answers = append(what.Answers, string(c.Kind)+" "+fold(c.Name)+" "+c.ID.String())
	}
	for _, row := range r.file.rows {
		what.Rows = append(what.Rows, domain.ImportRow[V, E]{Line: row.line, Key: k.key(rowCells{r, row, nil}),
			Read: func(stored *V) (E, bool, bool) { return k.read(r, row, version, stored) }})
	}
	result, err := k.run(ctx, a, what)
	if wrong, ok := errors.AsType[*domain.Error](err); ok && wrong.Code == "import_has_errors" {
		wrong.Fields = k.wrongRows(r, k.report(r, result))
	}
	if err != nil {
		return nil, err
	}
	out := k.report(r, result)
	out.Imported = in.Fingerprint != ""
	return &struct{ Body ImportReport }{out}, nil
}

// numberKey is the key of things that people know by a number, the column no; what
// is no number is nothing's.
func numberKey(c rowCells) string {
	text := c.row.cells["no"]
	if no, err := strconv.ParseInt(text, 10, 32); err == nil && no > 0 {
		return strconv.FormatInt(no, 10)
	} else if text != "" {
		return "?" + text
	}
	return ""
}

// registerImport declares the check, the import and the empty workbook of a kind.
func registerImport[R, V, E any](s *Server, k importOf[R, V, E], version func(V) int) {
	description := "One row is " + k.one + ". Columns are found by their headings in Finnish, Swedish or English, also under other usual names, in one of the first ten rows; those that the file lacks are left as they are. " +
		"A cell that reads as the export would write it today says nothing. GET /" + k.noun + ".xlsx gives such a file, GET /" + k.name + "-import.xlsx an empty one. " + k.more
	title := map[string]string{"action": "Action", "goal": "Goal", "post": "Post", "responsibility": "Responsibility"}[k.name]
	plural := map[string]string{"action": "Actions", "goal": "Goals", "post": "Posts", "responsibility": "Responsibilities"}[k.name]
	handle(s, operation{ID: "check" + title + "Import", Method: http.MethodPost, Path: "/" + k.name + "-import-checks", Tag: k.tag, Permission: k.permission, Import: true, Errors: []int{401, 403, 413},
		Summary: "Tell what an import of " + k.noun + " would do, without doing it", Description: description + "What is wrong is told by row and column, beside what each row would change."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body ImportInput }) (*struct{ Body ImportReport }, error) {
			in.Body.Fingerprint = ""
			return k.take(ctx, s, a, version, in.Body)
		})
	handle(s, operation{ID: "import" + plural, Method: http.MethodPost, Path: "/" + k.name + "-imports", Tag: k.tag, Permission: k.permission, Import: true, Status: http.StatusCreated, Errors: []int{401, 403, 409, 413},
		Summary: "Import " + k.noun + " from a file", Description: description + "All rows in one transaction, or none if one is wrong: 422 import_has_errors has the first such row, at /lines/{line}/{column}. 409 import_outdated if the file, or what it is about, is not what the check showed. Each row needs the permission that its form would."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body ImportInput }) (*struct{ Body ImportReport }, error) {
			if in.Body.Fingerprint == "" {
				return nil, domain.InvalidField("/fingerprint", "required")
			}
			return k.take(ctx, s, a, version, in.Body)
		})
	handle(s, operation{ID: "get" + title + "ImportTemplate", Method: http.MethodGet, Path: "/" + k.name + "-import.xlsx", Tag: k.tag, Permission: readScope, Media: mediaXLSX,
		Summary: "Download an empty workbook for importing " + k.noun},
		func(_ context.Context, _ domain.Actor, in *struct {
			Lang string `query:"lang" enum:"fi,sv,en" default:"fi" doc:"Language of the headings; all are read"`
		}) (*huma.StreamResponse, error) {
			return &huma.StreamResponse{Body: func(to huma.Context) {
				f := &fileOf[R]{server: s, to: to, lang: domain.Lang(in.Lang), day: s.Clock.Today(), suffix: "xlsx", media: mediaXLSX, base: k.name + "-import", sheetName: k.sheet,
					columns: slices.DeleteFunc(slices.Clone(k.columns), func(c column[R]) bool { return c.key == "id" || !slices.Contains(k.taken, c.key) })}
				f.head()
				err := f.begin(to.BodyWriter())
				if err == nil {
					err = f.out.end()
				}
				if err != nil {
					s.brokenExport(to, errBegun{err})
				}
			}}, nil
		})
}
