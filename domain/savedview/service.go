package savedview

import (
	"context"

	"yhdyspinta/domain"
)

// Filter narrows a list of views. Different fields are AND.
type Filter struct {
	Page    domain.AnyOf[Page]
	Sharing domain.AnyOf[Sharing]
}

// Store keeps saved views. Its reads find what the reader has; what is withdrawn
// is not there.
type Store interface {
	// Get returns a view, or NotFound.
	Get(r Reader, id domain.SavedViewID) (View, error)
	// List returns one page, sorted by name (the default) or updatedAt.
	List(r Reader, f Filter, p domain.PageRequest) (domain.Page[View], error)
	// CountOf is how many views a person has. Until the unit of work ends, the
	// person makes no other.
	CountOf(person domain.PersonID) (int, error)
	// Insert adds a view.
	Insert(v View) error
	// Update replaces a view if its version is still v.Version, and returns it with
	// the next one; Stale with the View that is stored if not.
	Update(v View) (View, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Views Store }

// Service holds the use cases of saved views.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

// Get returns a view that the actor has, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.SavedViewID) (v View, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		v, err = st.Views.Get(ReaderOf(actor), id)
		return err
	})
	return v, err
}

// List returns one page of the views that the actor has.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[View], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Views.List(ReaderOf(actor), f, p)
		return err
	})
	return page, err
}

// Create saves a view of the actor's: Conflict too_many_views if they have
// MaxOfSelf.
func (s *Service) Create(ctx context.Context, actor domain.Actor, page Page, e Edit) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.SavedViewEdit, domain.Resource{PersonID: actor.PersonID}); err != nil {
			return err
		}
		n, err := st.Views.CountOf(actor.PersonID)
		if err != nil {
			return err
		}
		if n >= MaxOfSelf {
			return tooMany()
		}
		var id domain.SavedViewID
		id.SetNew(s.NewID)
		if v, err = New(id, page, e, actor, log.Now()); err != nil {
			return err
		}
		if err := mayShare(actor, v); err != nil {
			return err
		}
		if err := st.Views.Insert(v); err != nil {
			return err
		}
		log.Add(actor, domain.SavedViewEdit, subject(v), v.Version, domain.Diff(View{}, v))
		return nil
	})
	return v, err
}

// Change replaces version of a view: Stale if it has another by now.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.SavedViewID, version int, e Edit) (View, error) {
	return s.write(ctx, actor, id, version, func(v *View, log *domain.AuditLog) error {
		if err := v.Change(e, actor, log.Now()); err != nil {
			return err
		}
		return mayShare(actor, *v)
	})
}

// Withdraw takes version of a view off: nobody has it any more.
func (s *Service) Withdraw(ctx context.Context, actor domain.Actor, id domain.SavedViewID, version int) error {
	_, err := s.write(ctx, actor, id, version, func(v *View, log *domain.AuditLog) error {
		v.WithdrawnAt, v.UpdatedAt = log.Now(), log.Now()
		return nil
	})
	return err
}

func (s *Service) write(ctx context.Context, actor domain.Actor, id domain.SavedViewID, version int, change func(*View, *domain.AuditLog) error) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if v, err = st.Views.Get(ReaderOf(actor), id); err != nil {
			return err
		}
		if err := actor.Check(domain.SavedViewEdit, v.Resource()); err != nil {
			return err
		}
		if err := mayShare(actor, v); err != nil { // what everybody has is not changed by who could not share it
			return err
		}
		if v.Version != version {
			return domain.Stale(subject(v), version, v)
		}
		old := v
		if err := change(&v, log); err != nil {
			return err
		}
		if v, err = st.Views.Update(v); err != nil {
			return err
		}
		log.Add(actor, domain.SavedViewEdit, subject(v), v.Version, domain.Diff(old, v))
		return nil
	})
	return v, err
}

// mayShare is nil if the actor may share a view as it is shared.
func mayShare(actor domain.Actor, v View) error {
	switch v.Sharing {
	case Everybody:
		return actor.Check(domain.SavedViewPublish, domain.Resource{Parties: []domain.PartyID{v.PartyID}})
	case Party:
		if !actor.IsStaff() {
			return domain.Forbidden(domain.SavedViewEdit)
		}
	}
	return nil
}

// Allowed lists what the actor may do with a view.
func (v View) Allowed(actor domain.Actor) []domain.Permission {
	out := []domain.Permission{}
	if actor.Can(domain.SavedViewEdit, v.Resource()) && mayShare(actor, v) == nil {
		out = append(out, domain.SavedViewEdit)
	}
	if actor.Can(domain.SavedViewPublish, domain.Resource{Parties: []domain.PartyID{v.PartyID}}) {
		out = append(out, domain.SavedViewPublish)
	}
	return out
}

func subject(v View) domain.Subject { return domain.SubjectOf(domain.SubjectSavedView, v.ID) }
