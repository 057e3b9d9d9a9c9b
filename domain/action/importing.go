package action

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yhdyspinta/domain"
)

// MaxImportRows is how many rows one file may have: each is saved as if by its
// form, and all of them within the time of one request.
const MaxImportRows = 5000

// ImportRow is one row of a file.
type ImportRow struct {
	Line int // in the file
	No   int // of the action that the row is about; 0: it is a new one
	// Read makes the row an edit of what is stored; nil: of nothing. It tells
	// whether the row says anything new, and whether it could be read at all. It may
	// be called more than once.
	Read func(stored *View) (e Edit, news, ok bool)
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
	No     int // 0 of a new one that has not been saved
	Title  domain.Text
	State  ImportState
	Errors []domain.FieldError // by pointer into the edit; "" is the whole row
}

// ImportFile names the file for the log.
type ImportFile struct {
	Name   string
	SHA256 string
}

// Import is a file to take in.
type Import struct {
	File   ImportFile
	Rows   []ImportRow
	Reason string // why due dates that were set move; needed if any does
	// Answers are what else was said of the file: another answer is another preview.
	Answers []string
	// Seen is the Fingerprint of the preview that was looked at. "" only looks:
	// nothing is saved.
	Seen string
}

// ImportResult is what becomes of a file.
type ImportResult struct {
	Rows        []ImportedRow
	NeedsReason bool   // a due date that was set moves
	Fingerprint string // of the file and of every action in it as it is stored; "" while a row is wrong
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

// errLooked ends a unit of work that only looked.
var errLooked = errors.New("only looked")

// MayImport is nil if the actor may create actions of some kind.
func MayImport(actor domain.Actor) error {
	if !slices.Contains(actor.Somewhere(), domain.ActionCreate) {
		return actor.Check(domain.ActionCreate, domain.Resource{})
	}
	return nil
}

// Import makes each row an action or a change of one, as its form would and with
// the same permissions, all in one transaction or none: one entry in the log for
// each row, under that of the import. A preview holds every row against the same
// rules, writes nothing and tells of all that is wrong at once; an import ends at
// the first row that is wrong.
//
// Conflict import_outdated if the file or an action in it is not what was seen,
// or another action has the title of a new one by now.
func (s *Service) Import(ctx context.Context, actor domain.Actor, in Import) (out ImportResult, err error) {
	if err := MayImport(actor); err != nil {
		return out, err
	}
	in.Reason = strings.TrimSpace(in.Reason)
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		stored, err := importStored(st, actor, in.Rows)
		if err != nil {
			return err
		}
		reads := make([]importRead, len(in.Rows))
		for i, row := range in.Rows {
			v := stored[row.No]
			reads[i] = importRead{stored: v}
			if row.No == 0 || v != nil {
				reads[i].e, reads[i].news, reads[i].ok = row.Read(v)
			}
		}
		if err := takeTitles(st, actor, in.Rows, reads); err != nil {
			return err
		}
		out = ImportResult{Fingerprint: fingerprint(in, reads)}
		if in.Seen != "" && in.Seen != out.Fingerprint {
			return domain.Conflict("import_outdated", "", "the file, or what is stored, is not what the preview showed")
		}
		var id domain.AnyID
		id.SetNew(s.NewID)
		run := importRun{s, st, log, actor, in, domain.Subject{Kind: domain.SubjectImport, ID: id}, &out, nil}
		save, err := run.batch(reads)
		if err != nil {
			return err
		}
		lines := map[int]bool{}
		for i, row := range in.Rows {
			done := ImportedRow{Line: row.Line, No: row.No, State: ImportWrong}
			if row.No != 0 && lines[row.No] {
				done.Errors = []domain.FieldError{{Pointer: "/no", Code: "duplicate"}}
			} else if err := run.take(row, reads[i], &done); err != nil {
				return err
			}
			lines[row.No] = true
			out.Rows = append(out.Rows, done)
			if in.Seen != "" && done.State == ImportWrong {
				break // nothing more can be asked of the transaction
			}
		}
		if in.Seen == "" || out.Count(ImportWrong) > 0 {
			return errLooked
		}
		record := ImportRecord{in.File.Name, in.File.SHA256, out.Count(ImportNew), out.Count(ImportChanged)}
		if record.RowsNew+record.RowsEdited == 0 {
			return domain.Invalid("import_has_no_changes", "the file says nothing new")
		}
		log.Add(actor, domain.ActionCreate, run.subject, 0, domain.Diff(ImportRecord{}, record), domain.Via(domain.OriginImport), domain.Because(in.Reason))
		return save()
	})
	if !errors.Is(err, errLooked) {
		return out, err
	}
	if in.Seen != "" {
		return out, domain.Invalid("import_has_errors", "some rows are wrong")
	}
	if out.Count(ImportWrong) > 0 {
		out.Fingerprint = ""
	}
	return out, nil
}

// importStored loads the actions that the rows are about, as far as the actor may
// see them, by their numbers.
func importStored(st Stores, actor domain.Actor, rows []ImportRow) (map[int]*View, error) {
	out := map[int]*View{}
	var nos []int
	for _, r := range rows {
		if r.No > 0 {
			nos = append(nos, r.No)
		}
	}
	slices.Sort(nos)
	for some := range slices.Chunk(slices.Compact(nos), domain.MaxPage) {
		page, err := st.Actions.ListWhole(actor.Scope(), Filter{No: some}, domain.PageRequest{Limit: domain.MaxPage, Sort: "no"})
		if err != nil {
			return nil, err
		}
		for _, v := range page.Items {
			out[v.No] = &v
		}
	}
	return out, nil
}

// importRead is what a row says, and of what.
type importRead struct {
	stored   *View // nil of a new one, and of one that there is not
	e        Edit
	news, ok bool
	taken    string // the language in which an open action, or a row before, has the title of a new one
}

// titleSet are titles without regard to case and space, by their language.
type titleSet map[string]bool

// takeTitles tells of each new action whether an open one that the actor sees, or
// a row before, has its title.
func takeTitles(st Stores, actor domain.Actor, rows []ImportRow, reads []importRead) error {
	var wanted []domain.Text
	for i, row := range rows {
		if row.No == 0 {
			wanted = append(wanted, reads[i].e.Title)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	open, err := st.Actions.OpenTitles(actor.Scope(), wanted)
	if err != nil {
		return err
	}
	titles := titleSet{}
	for _, t := range open {
		titles.take(t)
	}
	for i, row := range rows {
		if row.No == 0 {
			reads[i].taken = titles.take(reads[i].e.Title)
		}
	}
	return nil
}

// take adds a title, and tells the first language in which it is there already.
func (s titleSet) take(t domain.Text) (taken string) {
	for _, of := range []struct {
		lang domain.Lang
		text string
	}{{domain.Finnish, t.FI}, {domain.Swedish, t.SV}, {domain.English, t.EN}} {
		key := string(of.lang) + " " + strings.ToLower(strings.Join(strings.Fields(of.text), " "))
		if of.text == "" {
			continue
		}
		if s[key] && taken == "" {
			taken = string(of.lang)
		}
		s[key] = true
	}
	return taken
}

// fingerprint is of what the person saw: the file, each stored action, and which
// titles there were.
func fingerprint(in Import, reads []importRead) string {
	h := sha256.New()
	fmt.Fprintln(h, in.File.SHA256, strings.Join(in.Answers, "\n"))
	for i, r := range in.Rows {
		switch read := reads[i]; {
		case read.stored != nil:
			fmt.Fprintln(h, r.Line, r.No, read.stored.Version)
		case read.taken != "":
			fmt.Fprintln(h, r.Line, "taken", read.taken)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// importRun is one unit of work of an import.
type importRun struct {
	*Service
	st      Stores
	log     *domain.AuditLog
	actor   domain.Actor
	in      Import
	subject domain.Subject // of the import in the log
	out     *ImportResult
	ids     []domain.ActionID // of the new ones to come
}

// batch puts stores in the place of those of the run that read once and write
// once: a statement for each row would take minutes. save writes. All actions that
// change are waited for, always in the same order: two imports do not wait for each
// other. A preview waits for nobody.
func (r *importRun) batch(reads []importRead) (save func() error, err error) {
	var changing []Action
	var subjects []domain.Subject
	for _, read := range reads {
		switch {
		case r.in.Seen == "":
		case read.stored != nil && read.news && read.ok:
			changing = append(changing, read.stored.Action)
			subjects = append(subjects, domain.SubjectOf(domain.SubjectAction, read.stored.ID))
		case read.stored == nil && read.ok:
			var id domain.ActionID
			id.SetNew(r.NewID)
			r.ids = append(r.ids, id)
			subjects = append(subjects, domain.SubjectOf(domain.SubjectAction, id))
		}
	}
	actions, err := r.st.Actions.Batch(changing, len(r.ids))
	if err != nil {
		return nil, err
	}
	r.st.Actions, r.st.Terms = actions, domain.RememberTerms(r.st.Terms)
	if r.in.Seen == "" {
		return nil, nil
	}
	book, err := r.st.Book.Batch(subjects)
	if err != nil {
		return nil, err
	}
	r.st.Book = book
	return func() error {
		if err := actions.Save(); err != nil {
			return err
		}
		return book.Save()
	}, nil
}

// take saves one row. What is wrong with it is told in done; an error ends the
// import.
func (r *importRun) take(row ImportRow, read importRead, done *ImportedRow) error {
	stored, e := read.stored, read.e
	if row.No != 0 && stored == nil {
		done.Errors = []domain.FieldError{{Pointer: "/no", Code: "unknown"}}
		return nil
	}
	done.Title = e.Title
	if !read.ok {
		return nil
	}
	if stored != nil && !read.news {
		done.State = ImportSame
		return nil
	}
	if read.taken != "" {
		done.Errors = []domain.FieldError{{Pointer: "/title/" + read.taken, Code: "same_title"}}
		return nil
	}
	var err error
	if stored == nil {
		done.State = ImportNew
		done.No, err = r.create(e)
	} else {
		done.State = ImportChanged
		err = r.change(*stored, e)
	}
	wrong, told := errors.AsType[*domain.Error](err)
	switch {
	case !told:
		return err
	case wrong.Kind == domain.KindStale:
		return domain.Conflict("import_outdated", "", "an action changed meanwhile")
	case wrong.Kind == domain.KindInvalid && slices.ContainsFunc(wrong.Fields, func(f domain.FieldError) bool { return f.Pointer == "/reason" }):
		return err // it is of the whole file
	case wrong.Kind == domain.KindInvalid && len(wrong.Fields) > 0:
		done.Errors = wrong.Fields
	case wrong.Kind == domain.KindForbidden, wrong.Kind == domain.KindConflict, wrong.Kind == domain.KindInvalid:
		done.Errors = []domain.FieldError{{Code: wrong.Code}}
	default:
		return err
	}
	done.State = ImportWrong
	return nil
}

// create adds an action; a preview uses up no number for it.
func (r *importRun) create(e Edit) (no int, err error) {
	if e.Responsibilities, err = r.st.Actions.Complete(e.Responsibilities); err != nil {
		return 0, err
	}
	if err := r.actor.Check(domain.ActionCreate, creation(e)); err != nil {
		return 0, err
	}
	if r.in.Seen == "" {
		a, err := New(domain.ActionID{}, 0, domain.OutcomeID{}, e, r.log.Now())
		if err != nil {
			return 0, err
		}
		return 0, domain.CheckTerms(r.st.Terms, a.termsSince(Action{})...)
	}
	id := r.ids[0]
	r.ids = r.ids[1:]
	a, err := Record(r.st, r.log, r.actor, domain.ActionCreate, id, domain.OutcomeID{}, e, domain.Via(domain.OriginImport), domain.Under(r.subject))
	return a.No, err
}

func (r *importRun) change(v View, e Edit) error {
	if err := v.check(r.actor, domain.ActionEdit); err != nil {
		return err
	}
	reason := ""
	if v.moves(e) {
		r.out.NeedsReason = true
		if reason = r.in.Reason; reason == "" && r.in.Seen == "" {
			reason = "?" // asked for before anything is saved
		}
	}
	if r.in.Seen == "" {
		_, err := edited(r.st, r.log, r.actor, &v, e, reason)
		return err
	}
	changes, err := change(r.st, r.log, r.actor, &v, e, reason)
	if err != nil {
		return err
	}
	r.log.Add(r.actor, domain.ActionEdit, domain.SubjectOf(domain.SubjectAction, v.ID), v.Version, changes,
		domain.Because(reason), domain.Via(domain.OriginImport), domain.Under(r.subject))
	return nil
}
