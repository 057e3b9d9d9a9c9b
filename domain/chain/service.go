package chain

import (
	"context"

	"yhdyspinta/domain"
)

// Service holds the use cases of chains.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

// View is a chain with the actions of its stages counted.
type View struct {
	Chain
	Actions map[domain.StageID]Conditions
}

// Get returns a chain that the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.ChainID) (View, error) {
	return s.view(ctx, actor, func(st Stores) (Chain, error) { return st.Chains.Get(actor.Scope(), id) })
}

// ByKey is Get by the permanent name.
func (s *Service) ByKey(ctx context.Context, actor domain.Actor, key string) (View, error) {
	return s.view(ctx, actor, func(st Stores) (Chain, error) { return st.Chains.ByKey(actor.Scope(), key) })
}

func (s *Service) view(ctx context.Context, actor domain.Actor, load func(Stores) (Chain, error)) (v View, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if v.Chain, err = load(st); err != nil {
			return err
		}
		v.Actions, err = st.Chains.Actions(actor.Scope(), []Chain{v.Chain})
		return err
	})
	return v, err
}

// List returns one page of the chains that the actor may see.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, req domain.PageRequest) (out domain.Page[View], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err := st.Chains.List(actor.Scope(), f, req)
		if err != nil {
			return err
		}
		actions, err := st.Chains.Actions(actor.Scope(), page.Items)
		if err != nil {
			return err
		}
		out = domain.Page[View]{Items: make([]View, len(page.Items)), NextCursor: page.NextCursor, Total: page.Total}
		for i, c := range page.Items {
			out.Items[i] = View{c, actions}
		}
		return nil
	})
	return out, err
}

// Create adds a chain with its stages.
func (s *Service) Create(ctx context.Context, actor domain.Actor, e Edit) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.ChainEdit, domain.Resource{}); err != nil {
			return err
		}
		var id domain.ChainID
		id.SetNew(s.NewID)
		c, err := New(id, s.NewID, e, log.Now())
		if err != nil {
			return err
		}
		if err := st.Chains.Insert(c); err != nil {
			return err
		}
		if err := bookkeep(st, log, actor, c, nil); err != nil {
			return err
		}
		record(log, actor, Chain{}, c, nil)
		v.Chain, err = st.Chains.Get(actor.Scope(), c.ID)
		return err
	})
	return v, err
}

// Change replaces the editable fields of version of a chain, its stages among
// them: Stale if it has another version by now.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.ChainID, version int, e Edit) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := st.Chains.Get(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.ChainEdit, old.Resource()); err != nil {
			return err
		}
		if old.Version != version {
			return domain.Stale(domain.SubjectOf(domain.SubjectChain, id), version, View{Chain: old})
		}
		c := old
		ended, err := c.Change(s.NewID, e, log.Now())
		if err != nil {
			return err
		}
		if c, err = st.Chains.Update(old, c, ended); err != nil {
			return err
		}
		if err := bookkeep(st, log, actor, c, ended); err != nil {
			return err
		}
		record(log, actor, old, c, ended)
		if v.Chain, err = st.Chains.Get(actor.Scope(), id); err != nil {
			return err
		}
		v.Actions, err = st.Chains.Actions(actor.Scope(), []Chain{v.Chain})
		return err
	})
	return v, err
}

// bookkeep proposes what the posts are to have in the chain and in its stages,
// and ends what they had in those that ended.
func bookkeep(st Stores, log *domain.AuditLog, actor domain.Actor, c Chain, ended []Stage) error {
	subject := domain.SubjectOf(domain.SubjectChain, c.ID)
	if err := st.Book.Replace(log, actor, subject, subject, c.Responsibilities); err != nil {
		return err
	}
	for _, s := range c.Stages {
		if err := st.Book.Replace(log, actor, domain.SubjectOf(domain.SubjectStage, s.ID), subject, s.Responsibilities); err != nil {
			return err
		}
	}
	for _, s := range ended {
		if err := st.Book.EndAll(log, actor, domain.SubjectOf(domain.SubjectStage, s.ID), subject); err != nil {
			return err
		}
	}
	return nil
}

// record adds one entry for the chain and one for each stage that changed.
func record(log *domain.AuditLog, actor domain.Actor, old, c Chain, ended []Stage) {
	subject := domain.SubjectOf(domain.SubjectChain, c.ID)
	log.Add(actor, domain.ChainEdit, subject, c.Version, domain.Diff(old, c))
	before := map[domain.StageID]Stage{}
	for _, s := range old.Stages {
		before[s.ID] = s
	}
	for _, list := range [][]Stage{c.Stages, ended} {
		for _, s := range list {
			if changes := domain.Diff(before[s.ID], s); len(changes) > 0 {
				log.Add(actor, domain.ChainEdit, domain.SubjectOf(domain.SubjectStage, s.ID), s.Version, changes, domain.Under(subject))
			}
		}
	}
}
