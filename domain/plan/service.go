package plan

import (
	"context"

	"yhdyspinta/domain"
)

// Service holds the use cases of plans and vocabularies.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

// Get returns a plan that the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.PlanID) (p Plan, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		p, err = st.Plans.Get(actor.Scope(), id)
		return err
	})
	return p, err
}

// ByKey is Get by the permanent name.
func (s *Service) ByKey(ctx context.Context, actor domain.Actor, key string) (p Plan, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		p, err = st.Plans.ByKey(actor.Scope(), key)
		return err
	})
	return p, err
}

// List returns one page of the plans that the actor may see.
func (s *Service) List(ctx context.Context, actor domain.Actor, req domain.PageRequest) (page domain.Page[Plan], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Plans.List(actor.Scope(), req)
		return err
	})
	return page, err
}

// Create adds a plan.
func (s *Service) Create(ctx context.Context, actor domain.Actor, e Edit) (p Plan, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.PlanEdit, domain.Resource{}); err != nil {
			return err
		}
		var id domain.PlanID
		id.SetNew(s.NewID)
		if p, err = New(id, e, log.Now()); err != nil {
			return err
		}
		if err := st.Plans.Insert(p); err != nil {
			return err
		}
		log.Add(actor, domain.PlanEdit, domain.SubjectOf(domain.SubjectPlan, p.ID), p.Version, domain.Diff(Plan{}, p))
		p, err = st.Plans.Get(actor.Scope(), p.ID)
		return err
	})
	return p, err
}

// Change replaces the editable fields of version of a plan: Stale if it has
// another version by now.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.PlanID, version int, e Edit) (p Plan, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := st.Plans.Get(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.PlanEdit, domain.Resource{}); err != nil {
			return err
		}
		subject := domain.SubjectOf(domain.SubjectPlan, id)
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		p = old
		if err := p.Change(e, log.Now()); err != nil {
			return err
		}
		if p, err = st.Plans.Update(p); err != nil {
			return err
		}
		log.Add(actor, domain.PlanEdit, subject, p.Version, domain.Diff(old, p))
		p, err = st.Plans.Get(actor.Scope(), id)
		return err
	})
	return p, err
}

// Term returns a term of a vocabulary by its id, or NotFound.
func (s *Service) Term(ctx context.Context, v Vocabulary, id domain.AnyID) (t Term, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		t, err = st.Terms.Get(v, id)
		return err
	})
	return t, err
}

// TermByKey is Term by the permanent name.
func (s *Service) TermByKey(ctx context.Context, v Vocabulary, key string) (t Term, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		t, err = st.Terms.ByKey(v, key)
		return err
	})
	return t, err
}

// Terms returns one page of a vocabulary.
func (s *Service) Terms(ctx context.Context, v Vocabulary, req domain.PageRequest) (page domain.Page[Term], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Terms.List(v, req)
		return err
	})
	return page, err
}

// CreateTerm adds a term to a vocabulary.
func (s *Service) CreateTerm(ctx context.Context, actor domain.Actor, v Vocabulary, e TermEdit) (t Term, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(EditPermission(v), domain.Resource{}); err != nil {
			return err
		}
		var id domain.AnyID
		id.SetNew(s.NewID)
		if t, err = NewTerm(v, id, e); err != nil {
			return err
		}
		if err := st.Terms.Insert(v, t); err != nil {
			return err
		}
		log.Add(actor, EditPermission(v), domain.Subject{Kind: v, ID: t.ID}, t.Version, domain.Diff(Term{}, t))
		return nil
	})
	return t, err
}

// ChangeTerm replaces the editable fields of version of a term: Stale if it has
// another version by now.
func (s *Service) ChangeTerm(ctx context.Context, actor domain.Actor, v Vocabulary, id domain.AnyID, version int, e TermEdit) (t Term, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := st.Terms.Get(v, id)
		if err != nil {
			return err
		}
		if err := actor.Check(EditPermission(v), domain.Resource{}); err != nil {
			return err
		}
		subject := domain.Subject{Kind: v, ID: id}
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		t = old
		if err := t.Change(v, e); err != nil {
			return err
		}
		if t, err = st.Terms.Update(v, t); err != nil {
			return err
		}
		log.Add(actor, EditPermission(v), subject, t.Version, domain.Diff(old, t))
		return nil
	})
	return t, err
}
