package domain

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// MaxImportRows is how many rows one file may have: all of them are saved within
// the time of one request.
const MaxImportRows = 5000

// ImportRow is one row of a file about things V, which are edited by E.
type ImportRow[V, E any] struct {
	Line int    // in the file
	Key  string // of the thing that the row is about; "": it is a new one
	// Read makes the row an edit of what is stored; nil: of nothing. It tells
	// whether the row says anything new, and whether it could be read at all. It may
	// be called more than once.
	Read func(stored *V) (e E, news, ok bool)
}

// ImportState tells what becomes of a row.
type ImportState string

// The states of a row.
const (
	ImportNew     ImportState = "new"
	ImportChanged ImportState = "changed"
	ImportSame    ImportState = "same"
	ImportWrong   ImportState = "wrong"
)

// ImportedRow is what becomes of one row, or what is wrong with it.
type ImportedRow struct {
	Line   int
	No     int // that people use; 0 of what has none, and of a new thing that has not been saved
	Title  Text
	State  ImportState
	Errors []FieldError // by pointer into the edit; "" is the whole row
}

// ImportFile names the file for the log.
type ImportFile struct {
	Name   string
	SHA256 string
}

// Import is a file to take in.
type Import[V, E any] struct {
	File   ImportFile
	Rows   []ImportRow[V, E]
	Reason string // for the log; needed if ImportResult.NeedsReason
	// Answers are what else was said of the file: another answer is another preview.
	Answers []string
	// Seen is the Fingerprint of the preview that was looked at. "" only looks:
	// nothing is saved.
	Seen string
}

// ImportResult is what becomes of a file.
type ImportResult struct {
	Rows        []ImportedRow
	NeedsReason bool   // something changes that needs one
	Fingerprint string // of the file and of everything in it as it is stored; "" while a row is wrong
}

// Count is how many rows have a state.
func (r ImportResult) Count(s ImportState) (n int) {
	for _, row := range r.Rows {
		if row.State == s {
			n++
		}
	}
	return n
}

// ImportRecord is what the log keeps of an import.
type ImportRecord struct {
	FileName   string `audit:"track"`
	FileSHA256 string `audit:"track"`
	RowsNew    int    `audit:"track"`
	RowsEdited int    `audit:"track"`
}

// ImportRead is what a row says, and of what.
type ImportRead[V, E any] struct {
	Stored   *V // nil of a new thing, and of one that there is not
	New      bool
	Edit     E
	News, OK bool
	Taken    *FieldError // a new thing is there already, or in a row before
}

// Saves tells whether an import would save the row.
func (r ImportRead[V, E]) Saves() bool {
	return r.OK && r.Taken == nil && (r.New || r.Stored != nil && r.News)
}

// ImportRun is one import under way.
type ImportRun struct {
	Saving      bool // not a preview
	Reason      string
	NeedsReason bool // set by who finds it
}

// Importer is what a kind of thing brings to an import, bound to its unit of work.
// What is wrong with a row is an error of kind Invalid, Forbidden or Conflict.
type Importer[V, E any] interface {
	// Stored loads the things with these keys, as far as the actor may see them.
	Stored(keys []string) (map[string]*V, error)
	// Version is that of a stored thing, Name how readers know it.
	Version(v V) int
	Name(e E, stored *V) (no int, title Text)
	// Begin sees all rows before the first is taken: it marks what is there already,
	// and reads and locks what the rows need, all in one order. A preview locks
	// nothing.
	Begin(reads []ImportRead[V, E]) error
	// Create and Change hold a row against the rules and permissions of its form, and
	// keep what it saves until Save. A preview uses up no number.
	Create(e E) (no int, err error)
	Change(v V, e E) error
	// Save writes what was kept.
	Save() error
}

// ErrLooked ends a unit of work that only looked.
var ErrLooked = errors.New("only looked")

// RunImport makes each row a thing or a change of one, as its form would and with
// the same permissions, all in one transaction or none: one entry in the log for
// each, by way of the import and under its own. A preview holds every row against
// the same rules, writes nothing and tells of all that is wrong at once; an import
// ends at the first row that is wrong. p is the permission of the import's entry.
//
// Conflict import_outdated if the file or a thing in it is not what was seen.
func RunImport[S, V, E any](ctx context.Context, uow UnitOfWork[S], newID IDSource, actor Actor, p Permission, in Import[V, E],
	bind func(S, *AuditLog, *ImportRun) Importer[V, E]) (out ImportResult, err error) {
	err = uow.Write(ctx, func(st S, log *AuditLog) error {
		run := &ImportRun{Saving: in.Seen != "", Reason: strings.TrimSpace(in.Reason)}
		var id AnyID
		id.SetNew(newID)
		subject := Subject{SubjectImport, id}
		log.Within(OriginImport, subject)
		importer := bind(st, log, run)
		out, err = takeAll(in, importer, run)
		if err != nil {
			return err
		}
		if !run.Saving || out.Count(ImportWrong) > 0 {
			return ErrLooked
		}
		record := ImportRecord{in.File.Name, in.File.SHA256, out.Count(ImportNew), out.Count(ImportChanged)}
		if record.RowsNew+record.RowsEdited == 0 {
			return Invalid("import_has_no_changes", "the file says nothing new")
		}
		log.Add(actor, p, subject, 0, Diff(ImportRecord{}, record), Because(run.Reason))
		return importer.Save()
	})
	if !errors.Is(err, ErrLooked) {
		return out, err
	}
	if in.Seen != "" {
		return out, Invalid("import_has_errors", "some rows are wrong")
	}
	if out.Count(ImportWrong) > 0 {
		out.Fingerprint = ""
	}
	return out, nil
}

func takeAll[V, E any](in Import[V, E], importer Importer[V, E], run *ImportRun) (out ImportResult, err error) {
	var keys []string
	for _, row := range in.Rows {
		if row.Key != "" {
			keys = append(keys, row.Key)
		}
	}
	slices.Sort(keys)
	stored, err := importer.Stored(slices.Compact(keys))
	if err != nil {
		return out, err
	}
	reads := make([]ImportRead[V, E], len(in.Rows))
	for i, row := range in.Rows {
		r := ImportRead[V, E]{Stored: stored[row.Key], New: row.Key == ""}
		if r.New || r.Stored != nil {
			r.Edit, r.News, r.OK = row.Read(r.Stored)
		}
		reads[i] = r
	}
	if err := importer.Begin(reads); err != nil {
		return out, err
	}
	out.Fingerprint = fingerprint(in, importer, reads)
	if run.Saving && in.Seen != out.Fingerprint {
		return out, Conflict("import_outdated", "", "the file, or what is stored, is not what the preview showed")
	}
	seen := map[string]bool{}
	for i, row := range in.Rows {
		done := ImportedRow{Line: row.Line, State: ImportWrong}
		switch read := reads[i]; {
		case row.Key != "" && seen[row.Key]:
			done.Errors = []FieldError{{Pointer: "/key", Code: "duplicate"}}
		case row.Key != "" && read.Stored == nil:
			done.Errors = []FieldError{{Pointer: "/key", Code: missing(importer, row.Key)}}
		default:
			if err := takeRow(importer, read, &done); err != nil {
				return out, err
			}
		}
		seen[row.Key] = true
		out.Rows = append(out.Rows, done)
		if run.Saving && done.State == ImportWrong {
			break // nothing more can be asked of the transaction
		}
	}
	out.NeedsReason = run.NeedsReason
	return out, nil
}

// missing says why nothing is stored under a key: unknown, unless the importer
// knows better.
func missing(importer any, key string) string {
	if knows, ok := importer.(interface{ Missing(key string) string }); ok {
		return cmp.Or(knows.Missing(key), "unknown")
	}
	return "unknown"
}

// takeRow takes one row. What is wrong with it is told in done; an error ends the
// import.
func takeRow[V, E any](importer Importer[V, E], read ImportRead[V, E], done *ImportedRow) error {
	done.No, done.Title = importer.Name(read.Edit, read.Stored)
	switch {
	case !read.OK:
		return nil
	case read.Stored != nil && !read.News:
		done.State = ImportSame
		return nil
	case read.Taken != nil:
		done.Errors = []FieldError{*read.Taken}
		return nil
	}
	var err error
	if read.New {
		done.State = ImportNew
		done.No, err = importer.Create(read.Edit)
	} else {
		done.State = ImportChanged
		err = importer.Change(*read.Stored, read.Edit)
	}
	wrong, told := errors.AsType[*Error](err)
	switch {
	case !told:
		return err
	case wrong.Kind == KindStale:
		return Conflict("import_outdated", "", "something changed meanwhile")
	case wrong.Kind == KindInvalid && slices.ContainsFunc(wrong.Fields, func(f FieldError) bool { return f.Pointer == "/reason" }):
		return err // it is of the whole file
	case wrong.Kind == KindInvalid && len(wrong.Fields) > 0:
		done.Errors = wrong.Fields
	case wrong.Kind == KindForbidden, wrong.Kind == KindConflict, wrong.Kind == KindInvalid:
		done.Errors = []FieldError{{Code: wrong.Code}}
	default:
		return err
	}
	done.State = ImportWrong
	return nil
}

// fingerprint is of what the person saw: the file, each stored thing, and which new
// ones there were already.
func fingerprint[V, E any](in Import[V, E], importer Importer[V, E], reads []ImportRead[V, E]) string {
	h := sha256.New()
	fmt.Fprintln(h, in.File.SHA256, strings.Join(in.Answers, "\n"))
	for i, r := range in.Rows {
		switch read := reads[i]; {
		case read.Stored != nil:
			fmt.Fprintln(h, r.Line, r.Key, importer.Version(*read.Stored))
		case read.Taken != nil:
			fmt.Fprintln(h, r.Line, "taken", read.Taken.Pointer)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// ImportTitles tells of titles which of them there are already, in any language and
// without regard to case and space.
type ImportTitles map[string]bool

// Take adds a title, and tells where it is there already: nil if nowhere.
func (s ImportTitles) Take(t Text) (taken *FieldError) {
	for _, of := range []struct {
		lang Lang
		text string
	}{{Finnish, t.FI}, {Swedish, t.SV}, {English, t.EN}} {
		key := string(of.lang) + " " + strings.ToLower(strings.Join(strings.Fields(of.text), " "))
		if of.text == "" {
			continue
		}
		if s[key] && taken == nil {
			taken = &FieldError{Pointer: "/title/" + string(of.lang), Code: "same_title"}
		}
		s[key] = true
	}
	return taken
}
