package action

import (
	"context"
	"slices"
	"strconv"

	"yhdyspinta/domain"
)

// MayImport is nil if the actor may create actions of some kind.
func MayImport(actor domain.Actor) error {
	if !slices.Contains(actor.Somewhere(), domain.ActionCreate) {
		return actor.Check(domain.ActionCreate, domain.Resource{})
	}
	return nil
}

// Import takes in a file of actions (domain.RunImport), each by its number. Due
// dates that were set move with one reason for the file.
func (s *Service) Import(ctx context.Context, actor domain.Actor, in domain.Import[View, Edit]) (domain.ImportResult, error) {
	if err := MayImport(actor); err != nil {
		return domain.ImportResult{}, err
	}
	return domain.RunImport(ctx, s.UoW, s.NewID, actor, domain.ActionCreate, in, func(st Stores, log *domain.AuditLog, run *domain.ImportRun) domain.Importer[View, Edit] {
		return &importer{Service: s, st: st, log: log, actor: actor, run: run}
	})
}

// importer implements domain.Importer.
type importer struct {
	*Service
	st    Stores
	log   *domain.AuditLog
	actor domain.Actor
	run   *domain.ImportRun
	ids   []domain.ActionID // of the new ones to come
	gone  map[string]bool   // numbers of the file that were withdrawn as made in error
	saves []interface{ Save() error }
}

// Stored implements domain.Importer.
func (r *importer) Stored(keys []string) (map[string]*View, error) {
	var nos []int
	for _, key := range keys {
		if no, err := strconv.Atoi(key); err == nil {
			nos = append(nos, no)
		}
	}
	out := map[string]*View{}
	r.gone = map[string]bool{}
	for some := range slices.Chunk(nos, domain.MaxPage) {
		page, err := r.st.Actions.ListWhole(r.actor.Scope(), Filter{No: some}, domain.PageRequest{Limit: domain.MaxPage, Sort: "no"})
		if err != nil {
			return nil, err
		}
		for _, v := range page.Items {
			out[strconv.Itoa(v.No)] = &v
		}
		some = slices.DeleteFunc(slices.Clone(some), func(no int) bool { return out[strconv.Itoa(no)] != nil })
		if len(some) == 0 {
			continue
		}
		page, err = r.st.Actions.List(r.actor.Scope(), Filter{No: some, Withdrawn: true}, domain.PageRequest{Limit: domain.MaxPage, Sort: "no"})
		if err != nil {
			return nil, err
		}
		for _, v := range page.Items {
			r.gone[strconv.Itoa(v.No)] = true
		}
	}
	return out, nil
}

// Missing says of a number that is not in use that its action was withdrawn: it is
// restored first, which a file cannot do.
func (r *importer) Missing(key string) string {
	if r.gone[key] {
		return "withdrawn"
	}
	return ""
}

// Version implements domain.Importer.
func (*importer) Version(v View) int { return v.Version }

// Name implements domain.Importer.
func (*importer) Name(e Edit, stored *View) (int, domain.Text) {
	if stored != nil {
		return stored.No, e.Title
	}
	return 0, e.Title
}

// Begin implements domain.Importer. It puts stores in the place of those of the
// unit of work that read once and write once: a statement for each row would take
// minutes.
func (r *importer) Begin(reads []domain.ImportRead[View, Edit]) error {
	if err := r.takeTitles(reads); err != nil {
		return err
	}
	var changing []Action
	var subjects []domain.Subject
	for _, read := range reads {
		switch {
		case !r.run.Saving || !read.Saves():
		case read.New:
			var id domain.ActionID
			id.SetNew(r.NewID)
			r.ids = append(r.ids, id)
			subjects = append(subjects, domain.SubjectOf(domain.SubjectAction, id))
		default:
			changing = append(changing, read.Stored.Action)
			subjects = append(subjects, domain.SubjectOf(domain.SubjectAction, read.Stored.ID))
		}
	}
	actions, err := r.st.Actions.Batch(changing, len(r.ids))
	if err != nil {
		return err
	}
	r.st.Actions, r.st.Terms = actions, domain.RememberTerms(r.st.Terms)
	if !r.run.Saving {
		return nil
	}
	book, err := r.st.Book.Batch(subjects)
	if err != nil {
		return err
	}
	r.st.Book = book
	r.saves = []interface{ Save() error }{actions, book}
	return nil
}

// takeTitles marks each new action whose title an open one that the actor sees has,
// or a row before.
func (r *importer) takeTitles(reads []domain.ImportRead[View, Edit]) error {
	var wanted []domain.Text
	for _, read := range reads {
		if read.New {
			wanted = append(wanted, read.Edit.Title)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	open, err := r.st.Actions.OpenTitles(r.actor.Scope(), wanted)
	if err != nil {
		return err
	}
	titles := domain.ImportTitles{}
	for _, t := range open {
		titles.Take(t)
	}
	for i, read := range reads {
		if read.New {
			reads[i].Taken = titles.Take(read.Edit.Title)
		}
	}
	return nil
}

// Create implements domain.Importer.
func (r *importer) Create(e Edit) (no int, err error) {
	if e.Responsibilities, err = r.st.Actions.Complete(e.Responsibilities); err != nil {
		return 0, err
	}
	if err := r.actor.Check(domain.ActionCreate, creation(e)); err != nil {
		return 0, err
	}
	if !r.run.Saving {
		a, err := New(domain.ActionID{}, 0, domain.OutcomeID{}, e, r.log.Now())
		if err != nil {
			return 0, err
		}
		return 0, domain.CheckTerms(r.st.Terms, a.termsSince(Action{})...)
	}
	id := r.ids[0]
	r.ids = r.ids[1:]
	a, err := Record(r.st, r.log, r.actor, domain.ActionCreate, id, domain.OutcomeID{}, e)
	return a.No, err
}

// Change implements domain.Importer.
func (r *importer) Change(v View, e Edit) error {
	if err := v.check(r.actor, domain.ActionEdit); err != nil {
		return err
	}
	reason := ""
	if v.moves(e) {
		r.run.NeedsReason = true
		if reason = r.run.Reason; reason == "" && !r.run.Saving {
			reason = "?" // asked for before anything is saved
		}
	}
	if !r.run.Saving {
		_, err := edited(r.st, r.log, r.actor, &v, e, reason)
		return err
	}
	changes, err := change(r.st, r.log, r.actor, &v, e, reason)
	if err != nil {
		return err
	}
	r.log.Add(r.actor, domain.ActionEdit, domain.SubjectOf(domain.SubjectAction, v.ID), v.Version, changes, domain.Because(reason))
	return nil
}

// Save implements domain.Importer.
func (r *importer) Save() error {
	for _, s := range r.saves {
		if err := s.Save(); err != nil {
			return err
		}
	}
	return nil
}
