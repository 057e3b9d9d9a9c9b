package responsibility

import (
	"context"
	"slices"

	"yhdyspinta/domain"
)

// ImportEdit is what a row of a file says of a responsibility. The subject is that
// of a new one: a responsibility never becomes one for another thing.
type ImportEdit struct {
	Subject domain.Subject
	Terms
}

// MayImport is nil if the actor may propose responsibilities somewhere.
func MayImport(actor domain.Actor) error {
	if !slices.Contains(actor.Somewhere(), domain.ResponsibilityEdit) {
		return actor.Check(domain.ResponsibilityEdit, domain.Resource{})
	}
	return nil
}

// Import takes in a file of responsibilities (domain.RunImport), each by its id. A
// row proposes what its form would: the parties that it concerns are asked, and what
// they accepted last stays in force meanwhile.
func (s *Service) Import(ctx context.Context, actor domain.Actor, in domain.Import[View, ImportEdit]) (domain.ImportResult, error) {
	if err := MayImport(actor); err != nil {
		return domain.ImportResult{}, err
	}
	return domain.RunImport(ctx, s.UoW, s.NewID, actor, domain.ResponsibilityEdit, in, func(st Stores, log *domain.AuditLog, run *domain.ImportRun) domain.Importer[View, ImportEdit] {
		return &importer{Service: s, st: st, log: log, actor: actor, run: run}
	})
}

// importer implements domain.Importer.
type importer struct {
	*Service
	st    Stores
	batch BatchStore
	log   *domain.AuditLog
	actor domain.Actor
	run   *domain.ImportRun
}

// Stored implements domain.Importer.
func (r *importer) Stored(keys []string) (map[string]*View, error) {
	var ids []domain.ResponsibilityID
	for _, key := range keys {
		var id domain.ResponsibilityID
		if id.UnmarshalText([]byte(key)) == nil {
			ids = append(ids, id)
		}
	}
	out := map[string]*View{}
	for some := range slices.Chunk(ids, domain.MaxPage) {
		page, err := r.st.Responsibilities.List(r.actor.Scope(), Filter{ID: some}, domain.PageRequest{Limit: domain.MaxPage})
		if err != nil {
			return nil, err
		}
		for _, v := range page.Items {
			out[v.ID.String()] = &v
		}
	}
	return out, nil
}

// Version implements domain.Importer.
func (*importer) Version(v View) int { return v.Version }

// Name implements domain.Importer.
func (*importer) Name(ImportEdit, *View) (int, domain.Text) { return 0, domain.Text{} }

// Begin implements domain.Importer. The things are locked before what is said of
// them, as everywhere.
func (r *importer) Begin(reads []domain.ImportRead[View, ImportEdit]) error {
	var subjects []domain.Subject
	seen := map[domain.Subject]bool{}
	for _, read := range reads {
		if !read.Saves() {
			continue
		}
		subject := read.Edit.Subject
		if read.Stored != nil {
			subject = read.Stored.Subject
		}
		if !subject.ID.IsZero() && !seen[subject] {
			seen[subject] = true
			subjects = append(subjects, subject)
		}
	}
	if r.run.Saving {
		if err := r.st.Responsibilities.LockThings(subjects); err != nil {
			return err
		}
	}
	var err error
	if r.batch, err = r.st.Responsibilities.Batch(subjects, r.run.Saving); err != nil {
		return err
	}
	r.st.Responsibilities = r.batch
	for _, read := range reads {
		if !read.Saves() || read.New {
			continue
		}
		if now, err := r.batch.Lock(read.Stored.ID); err != nil || now.Version != read.Stored.Version {
			return domain.Conflict("import_outdated", "", "a responsibility changed meanwhile")
		}
	}
	return nil
}

// Create implements domain.Importer.
func (r *importer) Create(e ImportEdit) (no int, err error) {
	if e.Subject.ID.IsZero() {
		return 0, domain.InvalidField("/subject", "required")
	}
	_, err = r.propose(r.st, r.log, r.actor, e.Subject, e.Terms)
	return 0, err
}

// Change implements domain.Importer.
func (r *importer) Change(v View, e ImportEdit) error {
	before, err := r.st.Responsibilities.OfSubject(v.Subject, true)
	if err != nil {
		return err
	}
	current, err := r.st.Responsibilities.Lock(v.ID) // a row before may have asked others for it too
	if err != nil {
		return err
	}
	if err := r.change(r.st, r.log, r.actor, current, e.Terms); err != nil {
		return err
	}
	return touch(r.st, v.Subject, before, r.log.Now())
}

// Save implements domain.Importer.
func (r *importer) Save() error { return r.batch.Save() }
