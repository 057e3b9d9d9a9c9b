package organisation

import (
	"context"
	"slices"

	"yhdyspinta/domain"
)

// MayImport is nil if the actor may edit posts somewhere.
func MayImport(actor domain.Actor) error {
	if !slices.Contains(actor.Somewhere(), domain.PostEdit) {
		return actor.Check(domain.PostEdit, domain.Resource{})
	}
	return nil
}

// ImportPosts takes in a file of posts (domain.RunImport), each by its id. A party's
// posts are edited by those who edit them in the form.
func (s *Service) ImportPosts(ctx context.Context, actor domain.Actor, in domain.Import[Post, PostEdit]) (domain.ImportResult, error) {
	if err := MayImport(actor); err != nil {
		return domain.ImportResult{}, err
	}
	return domain.RunImport(ctx, s.UoW, s.NewID, actor, domain.PostEdit, in, func(st Stores, log *domain.AuditLog, run *domain.ImportRun) domain.Importer[Post, PostEdit] {
		return &postImporter{NewID: s.NewID, st: st, log: log, actor: actor, run: run, units: map[domain.UnitID]Unit{}}
	})
}

// postImporter implements domain.Importer.
type postImporter struct {
	NewID          domain.IDSource
	st             Stores
	log            *domain.AuditLog
	actor          domain.Actor
	run            *domain.ImportRun
	units          map[domain.UnitID]Unit
	added, changed []Post
}

// Stored implements domain.Importer.
func (r *postImporter) Stored(keys []string) (map[string]*Post, error) {
	var ids []domain.PostID
	for _, key := range keys {
		var id domain.PostID
		if id.UnmarshalText([]byte(key)) == nil {
			ids = append(ids, id)
		}
	}
	out := map[string]*Post{}
	for some := range slices.Chunk(ids, domain.MaxPage) {
		page, err := r.st.Organisation.Posts(PostFilter{ID: domain.AnyOf[domain.PostID]{Values: some}, Valid: domain.OnDay{Any: true}}, domain.PageRequest{Limit: domain.MaxPage})
		if err != nil {
			return nil, err
		}
		for _, p := range page.Items {
			out[p.ID.String()] = &p
		}
	}
	return out, nil
}

// Version implements domain.Importer.
func (*postImporter) Version(p Post) int { return p.Version }

// Name implements domain.Importer.
func (*postImporter) Name(e PostEdit, _ *Post) (int, domain.Text) { return 0, e.Title }

// Begin implements domain.Importer. The parties whose posts change are locked as
// in the form, in one order.
func (r *postImporter) Begin(reads []domain.ImportRead[Post, PostEdit]) error {
	load := func() error {
		return domain.EachPage("", func(p domain.PageRequest) (domain.Page[Unit], error) {
			return r.st.Organisation.Units(UnitFilter{Valid: domain.OnDay{Any: true}}, p)
		}, func(units []Unit) error {
			for _, u := range units {
				r.units[u.ID] = u
			}
			return nil
		})
	}
	if err := load(); err != nil {
		return err
	}
	titles := map[domain.UnitID]domain.ImportTitles{}
	var parties []domain.PartyID
	for i, read := range reads {
		if !read.Saves() {
			continue
		}
		unit := read.Edit.UnitID
		if read.New {
			if titles[unit] == nil {
				titles[unit] = domain.ImportTitles{}
			}
			reads[i].Taken = titles[unit].Take(read.Edit.Title)
		}
		if u, ok := r.units[unit]; ok {
			parties = append(parties, u.PartyID)
		}
	}
	if !r.run.Saving {
		return nil
	}
	slices.SortFunc(parties, func(a, b domain.PartyID) int { return slices.Compare(a.UUID[:], b.UUID[:]) })
	for _, party := range slices.Compact(parties) {
		if err := r.st.Organisation.Lock(party); err != nil {
			return err
		}
	}
	return load() // as they are by now
}

// Create implements domain.Importer.
func (r *postImporter) Create(e PostEdit) (no int, err error) {
	unit, err := r.unit(e)
	if err != nil {
		return 0, err
	}
	if err := r.actor.Check(domain.PostEdit, unit.Resource()); err != nil {
		return 0, err
	}
	var id domain.PostID
	id.SetNew(r.NewID)
	p, err := NewPost(id, unit, e)
	if err != nil {
		return 0, err
	}
	r.added = append(r.added, p)
	r.log.Add(r.actor, domain.PostEdit, domain.SubjectOf(domain.SubjectPost, p.ID), p.Version, domain.Diff(Post{}, p))
	return 0, nil
}

// Change implements domain.Importer.
func (r *postImporter) Change(old Post, e PostEdit) error {
	if err := r.actor.Check(domain.PostEdit, old.Resource()); err != nil {
		return err
	}
	unit, err := r.unit(e)
	if err != nil {
		return err
	}
	p := old
	if err := p.Change(e, unit); err != nil {
		return err
	}
	p.Version++
	r.changed = append(r.changed, p)
	r.log.Add(r.actor, domain.PostEdit, domain.SubjectOf(domain.SubjectPost, p.ID), p.Version, domain.Diff(old, p))
	return nil
}

func (r *postImporter) unit(e PostEdit) (Unit, error) {
	unit, ok := r.units[e.UnitID]
	switch {
	case e.UnitID.IsZero():
		return unit, domain.InvalidField("/unitId", "required")
	case !ok:
		return unit, domain.InvalidField("/unitId", "unknown")
	}
	return unit, nil
}

// Save implements domain.Importer.
func (r *postImporter) Save() error { return r.st.Organisation.SavePosts(r.added, r.changed) }
