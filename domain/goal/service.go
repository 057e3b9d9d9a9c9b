package goal

import (
	"context"

	"yhdyspinta/domain"
)

// Service holds the use cases of goals.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

// Permissions lists what an actor may do with a goal.
var Permissions = []domain.Permission{domain.GoalEdit}

// Get returns a goal that the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.GoalID) (g Goal, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		g, err = st.Goals.Get(actor.Scope(), id)
		return err
	})
	return g, err
}

// ByNo is Get by the number people use.
func (s *Service) ByNo(ctx context.Context, actor domain.Actor, no int) (g Goal, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		g, err = st.Goals.ByNo(actor.Scope(), no)
		return err
	})
	return g, err
}

// List returns one page of the goals that the actor may see.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[Goal], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Goals.List(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// Create adds a goal with the next number.
func (s *Service) Create(ctx context.Context, actor domain.Actor, e Edit) (g Goal, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.GoalCreate, domain.Resource{}); err != nil {
			return err
		}
		no, err := st.Goals.NextNo()
		if err != nil {
			return err
		}
		var id domain.GoalID
		id.SetNew(s.NewID)
		if g, err = New(id, no, e, log.Now()); err != nil {
			return err
		}
		if err := st.Goals.Insert(g); err != nil {
			return err
		}
		log.Add(actor, domain.GoalCreate, domain.SubjectOf(domain.SubjectGoal, g.ID), g.Version, domain.Diff(Goal{}, g))
		g, err = st.Goals.Get(actor.Scope(), g.ID) // with what follows from the posts
		return err
	})
	return g, err
}

// Change replaces the editable fields of version of a goal: Stale if it has
// another version by now.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.GoalID, version int, e Edit) (g Goal, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := st.Goals.Get(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.GoalEdit, old.Resource()); err != nil {
			return err
		}
		subject := domain.SubjectOf(domain.SubjectGoal, id)
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		g = old
		if err := g.Change(e, log.Now()); err != nil {
			return err
		}
		if g, err = st.Goals.Update(g); err != nil {
			return err
		}
		log.Add(actor, domain.GoalEdit, subject, g.Version, domain.Diff(old, g))
		g, err = st.Goals.Get(actor.Scope(), id)
		return err
	})
	return g, err
}
