package chain

import (
	"context"
	"slices"

	"yhdyspinta/domain"
)

// Service holds the use cases of chains.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	Gaps  domain.UnitOfWork[BreakStores]
	NewID domain.IDSource
}

// View is a chain with the actions of its stages counted and, where it is asked
// for by itself, named, with the goals and forums that are pinned to it.
type View struct {
	Chain
	Actions map[domain.StageID]Conditions
	Pinned  []PinnedAction
	Goals   []PinnedThing
	Forums  []PinnedThing
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
		return v.complete(st, actor)
	})
	return v, err
}

func (v *View) complete(st Stores, actor domain.Actor) (err error) {
	if v.Actions, err = st.Chains.Actions(actor.Scope(), []Chain{v.Chain}); err != nil {
		return err
	}
	if v.Pinned, err = st.Chains.Pinned(actor.Scope(), v.Chain, maxPinned); err != nil {
		return err
	}
	if v.Goals, err = st.Chains.PinnedThings(actor.Scope(), v.Chain, domain.SubjectGoal, maxPinned); err != nil {
		return err
	}
	v.Forums, err = st.Chains.PinnedThings(actor.Scope(), v.Chain, domain.SubjectForum, maxPinned)
	return err
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
			out.Items[i] = View{Chain: c, Actions: actions}
		}
		return nil
	})
	return out, err
}

// Create adds a chain with its stages and hand-overs: word_needed (Conflict) if
// it would be public with stages of another principal party.
func (s *Service) Create(ctx context.Context, actor domain.Actor, e Edit) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.ChainEdit, domain.Resource{}); err != nil {
			return err
		}
		by, err := s.by(st, actor)
		if err != nil {
			return err
		}
		var id domain.ChainID
		id.SetNew(s.NewID)
		c, err := New(id, by, e, log.Now())
		if err != nil {
			return err
		}
		if err := c.beginsAlone(by); err != nil {
			return err
		}
		if err := domain.CheckTerms(st.Terms, c.termsSince(Chain{})...); err != nil {
			return err
		}
		if err := st.Chains.Insert(c); err != nil {
			return err
		}
		if err := bookkeep(st, log, actor, c, Ended{}); err != nil {
			return err
		}
		record(log, actor, Chain{}, c, Ended{})
		v.Chain, err = st.Chains.Get(actor.Scope(), c.ID)
		return err
	})
	return v, err
}

func (s *Service) by(st Stores, actor domain.Actor) (By, error) {
	return Editor{st, s.NewID}.by(actor)
}

// Change replaces the editable fields of version of a chain, its stages and
// hand-overs among them: Stale if it has another version by now, draft_required
// (Conflict) if a person changes what is or was public, or what another party has
// a word in.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.ChainID, version int, e Edit) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		ed := Editor{st, s.NewID}
		old, err := ed.load(actor, id)
		if err != nil {
			return err
		}
		drafted, err := st.Chains.WasPublic(id)
		if err == nil && !drafted && old.Version == version {
			words, failed := ed.Words(old, e)
			drafted, err = slices.ContainsFunc(words, func(p domain.PartyID) bool { return p != actor.PartyID }), failed
		}
		if err := domain.CheckDirect(actor, drafted, err); err != nil {
			return err
		}
		if v.Chain, err = ed.change(log, actor, old, version, e); err != nil {
			return err
		}
		return v.complete(st, actor)
	})
	return v, err
}

// Editor changes chains inside a unit of work, of this feature or of another.
type Editor struct {
	Stores
	NewID domain.IDSource
}

func (ed Editor) by(actor domain.Actor) (By, error) {
	principals, err := ed.Chains.Principals()
	return By{Actor: actor, Principals: principals, NewID: ed.NewID}, err
}

// Change replaces the editable fields of version of a chain that the actor may
// see and edit, its stages and hand-overs among them, with its entries: Stale if
// it has another version by now.
func (ed Editor) Change(log *domain.AuditLog, actor domain.Actor, id domain.ChainID, version int, e Edit) (Chain, error) {
	old, err := ed.load(actor, id)
	if err != nil {
		return old, err
	}
	return ed.change(log, actor, old, version, e)
}

// Words are the principal parties whose word an edit needs.
func (ed Editor) Words(c Chain, e Edit) ([]domain.PartyID, error) {
	principals, err := ed.Chains.Principals()
	if err != nil {
		return nil, err
	}
	var parts []domain.AnyID
	for _, s := range c.Stages {
		parts = append(parts, domain.AnyID{UUID: s.ID.UUID})
	}
	for _, h := range c.Handovers {
		parts = append(parts, domain.AnyID{UUID: h.ID.UUID})
	}
	held, err := ed.Chains.Held(parts)
	if err != nil {
		return nil, err
	}
	over, err := ed.over(c.Handovers)
	for h, p := range over {
		id := domain.AnyID{UUID: h.UUID}
		held[id] = append(held[id], p)
	}
	return c.Words(principals, e, held), err
}

// over finds whose unanswered proposals what waits at hand-overs took the place of.
func (ed Editor) over(handovers []Handover) (map[domain.HandoverID]domain.PartyID, error) {
	out := map[domain.HandoverID]domain.PartyID{}
	for _, h := range handovers {
		if !h.Countered() {
			continue
		}
		past, err := ed.Handovers.Revisions(domain.Scope{Staff: true}, h.ID, maxRevisions)
		if err != nil {
			return nil, err
		}
		out[h.ID] = domain.Over(h.Accord, past, Revision.agreement)
	}
	return out, nil
}

// Lock waits until no other unit of work changes the chain, and keeps others
// from it.
func (ed Editor) Lock(id domain.ChainID) error { return ed.Chains.Lock(id) }

// load locks a chain that the actor may edit and returns it.
func (ed Editor) load(actor domain.Actor, id domain.ChainID) (Chain, error) {
	if err := ed.Chains.Lock(id); err != nil {
		return Chain{}, err
	}
	c, err := ed.Chains.Get(actor.Scope(), id)
	if err != nil {
		return c, err
	}
	return c, actor.Check(domain.ChainEdit, c.Resource())
}

func (ed Editor) change(log *domain.AuditLog, actor domain.Actor, old Chain, version int, e Edit) (Chain, error) {
	if old.Version != version {
		return old, domain.Stale(domain.SubjectOf(domain.SubjectChain, old.ID), version, View{Chain: old})
	}
	by, err := ed.by(actor)
	if err != nil {
		return old, err
	}
	if by.Over, err = ed.over(old.Handovers); err != nil {
		return old, err
	}
	c := old
	ended, err := c.Change(by, e, log.Now())
	if err != nil {
		return old, err
	}
	if err := domain.CheckTerms(ed.Terms, c.termsSince(old)...); err != nil {
		return old, err
	}
	if c, err = ed.Chains.Update(old, c, ended); err != nil {
		return old, err
	}
	if err := bookkeep(ed.Stores, log, actor, c, ended); err != nil {
		return old, err
	}
	record(log, actor, old, c, ended)
	return ed.Chains.Get(actor.Scope(), old.ID)
}

// bookkeep proposes what the posts are to have in the chain and in its stages,
// and ends what they had in what ended.
func bookkeep(st Stores, log *domain.AuditLog, actor domain.Actor, c Chain, ended Ended) error {
	subject := domain.SubjectOf(domain.SubjectChain, c.ID)
	if err := st.Book.Replace(log, actor, subject, subject, c.Responsibilities); err != nil {
		return err
	}
	for _, s := range c.Stages {
		if err := st.Book.Replace(log, actor, domain.SubjectOf(domain.SubjectStage, s.ID), subject, s.Responsibilities); err != nil {
			return err
		}
	}
	for _, s := range ended.Stages {
		if err := st.Book.EndAll(log, actor, domain.SubjectOf(domain.SubjectStage, s.ID), subject); err != nil {
			return err
		}
	}
	for _, h := range ended.Handovers {
		if err := st.Book.EndAll(log, actor, domain.SubjectOf(domain.SubjectHandover, h.ID), subject); err != nil {
			return err
		}
	}
	return nil
}

// record adds one entry for the chain and one for each stage and hand-over that
// changed.
func record(log *domain.AuditLog, actor domain.Actor, old, c Chain, ended Ended) {
	subject := domain.SubjectOf(domain.SubjectChain, c.ID)
	log.Add(actor, domain.ChainEdit, subject, c.Version, domain.Diff(old, c))
	stages := map[domain.StageID]Stage{}
	for _, s := range old.Stages {
		stages[s.ID] = s
	}
	for _, list := range [][]Stage{c.Stages, ended.Stages} {
		for _, s := range list {
			if changes := domain.Diff(stages[s.ID], s); len(changes) > 0 {
				log.Add(actor, domain.ChainEdit, domain.SubjectOf(domain.SubjectStage, s.ID), s.Version, changes, domain.Under(subject))
			}
		}
	}
	handovers := map[domain.HandoverID]Handover{}
	for _, h := range old.Handovers {
		handovers[h.ID] = h
	}
	for _, list := range [][]Handover{c.Handovers, ended.Handovers} {
		for _, h := range list {
			if changes := changesOf(handovers[h.ID], h); len(changes) > 0 {
				log.Add(actor, domain.ChainEdit, domain.SubjectOf(domain.SubjectHandover, h.ID), h.Version, changes, domain.Under(subject))
			}
		}
	}
}

func changesOf(old, h Handover) []domain.Change {
	return append(domain.Diff(old, h), h.AnswersSince(old.Accord)...)
}
