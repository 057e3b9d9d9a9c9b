package plan

import (
	"context"
	"errors"
	"slices"
	"strings"

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

// Create adds a plan. One that would decide at once which plan is in force is
// refused as public: it is made internal, and published by a draft.
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
		if err := (Editor{st}).fits(p); err != nil {
			return err
		}
		if err := st.Plans.Insert(p); err != nil {
			return err
		}
		if actor.System == "" && (Plan{}).NeedsWord(e) {
			return domain.InvalidField("/visibility", "publish_by_draft")
		}
		log.Add(actor, domain.PlanEdit, domain.SubjectOf(domain.SubjectPlan, p.ID), p.Version, domain.Diff(Plan{}, p))
		p, err = st.Plans.Get(actor.Scope(), p.ID)
		return err
	})
	return p, err
}

// Change replaces the editable fields of version of a plan: Stale if it has
// another version by now, draft_required (Conflict) if a person changes what is or
// was public, or what needs the word of another party.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.PlanID, version int, e Edit) (p Plan, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		ed := Editor{st}
		old, err := ed.load(actor, id)
		if err != nil {
			return err
		}
		drafted, err := st.Plans.WasPublic(id)
		if err := domain.CheckDirect(actor, drafted || old.Version == version && old.NeedsWord(e), err); err != nil {
			return err
		}
		p, err = ed.change(log, actor, old, version, e)
		return err
	})
	return p, err
}

// Editor changes plans inside a unit of work, of this feature or of another.
type Editor struct{ Stores }

// Change replaces the editable fields of version of a plan that the actor may see
// and edit, with its entry: Stale if it has another version by now.
func (ed Editor) Change(log *domain.AuditLog, actor domain.Actor, id domain.PlanID, version int, e Edit) (Plan, error) {
	old, err := ed.load(actor, id)
	if err != nil {
		return old, err
	}
	return ed.change(log, actor, old, version, e)
}

// Words are the principal parties without whose word an edit is not made.
func (ed Editor) Words(p Plan, e Edit) ([]domain.PartyID, error) {
	if !p.NeedsWord(e) {
		return nil, nil
	}
	return ed.Plans.Principals()
}

// load returns a plan that the actor may edit.
func (ed Editor) load(actor domain.Actor, id domain.PlanID) (Plan, error) {
	p, err := ed.Plans.Get(actor.Scope(), id)
	if err != nil {
		return p, err
	}
	return p, actor.Check(domain.PlanEdit, domain.Resource{})
}

func (ed Editor) change(log *domain.AuditLog, actor domain.Actor, old Plan, version int, e Edit) (Plan, error) {
	subject := domain.SubjectOf(domain.SubjectPlan, old.ID)
	if old.Version != version {
		return old, domain.Stale(subject, version, old)
	}
	p := old
	if err := p.Change(e, log.Now()); err != nil {
		return old, err
	}
	if err := ed.fits(p); err != nil {
		return old, err
	}
	p, err := ed.Plans.Update(p)
	if err != nil {
		return old, err
	}
	log.Add(actor, domain.PlanEdit, subject, p.Version, domain.Diff(old, p))
	return ed.Plans.Get(actor.Scope(), old.ID)
}

// fits checks the place of a plan in the chain of plans.
func (ed Editor) fits(p Plan) error {
	before, after, next, err := ed.Plans.Neighbours(p.ID, p.SupersedesID)
	if err != nil {
		return err
	}
	return p.CheckChain(before, after, next)
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
func (s *Service) ChangeTerm(ctx context.Context, actor domain.Actor, v Vocabulary, id domain.AnyID, version int, e TermEdit) (Term, error) {
	return s.writeTerm(ctx, actor, v, id, version, "", func(_ Stores, _ *domain.AuditLog, t *Term) ([]domain.Change, domain.AnyID, error) {
		return nil, domain.AnyID{}, t.Change(v, e)
	})
}

// RetireTerm makes on (zero: today) the first day on which version of a term is
// given to nothing new.
func (s *Service) RetireTerm(ctx context.Context, actor domain.Actor, v Vocabulary, id domain.AnyID, version int, on domain.Date, reason string) (Term, error) {
	return s.writeTerm(ctx, actor, v, id, version, reason, func(st Stores, log *domain.AuditLog, t *Term) ([]domain.Change, domain.AnyID, error) {
		if on.IsZero() {
			on = domain.DateOf(log.Now())
		}
		return nil, domain.AnyID{}, t.Retire(on, reason)
	})
}

// RestoreTerm lets version of a term be given again.
func (s *Service) RestoreTerm(ctx context.Context, actor domain.Actor, v Vocabulary, id domain.AnyID, version int, reason string) (Term, error) {
	return s.writeTerm(ctx, actor, v, id, version, reason, func(_ Stores, _ *domain.AuditLog, t *Term) ([]domain.Change, domain.AnyID, error) {
		return nil, domain.AnyID{}, t.Restore(reason)
	})
}

// MergeTerm moves everything that has version of a term to another of the same
// vocabulary and retires it. One entry, which the log shows under both terms,
// names how many things of each kind were moved; their own versions stay.
func (s *Service) MergeTerm(ctx context.Context, actor domain.Actor, v Vocabulary, id domain.AnyID, version int, into domain.AnyID, reason string) (Term, error) {
	return s.writeTerm(ctx, actor, v, id, version, reason, func(st Stores, log *domain.AuditLog, t *Term) ([]domain.Change, domain.AnyID, error) {
		if err := st.Terms.Lock(v, id, into); err != nil {
			return nil, into, err
		}
		other, err := st.Terms.Get(v, into)
		if errors.Is(err, domain.NotFound(string(v))) {
			return nil, into, domain.InvalidField("/intoId", "unknown")
		}
		if err != nil {
			return nil, into, err
		}
		if err := t.MergeInto(other, domain.DateOf(log.Now()), reason); err != nil {
			return nil, into, err
		}
		moved, err := st.Terms.Move(v, id, into)
		return moved.changes(), into, err
	})
}

// changes are the counts of what was moved, for the log.
func (u Uses) changes() (out []domain.Change) {
	for _, f := range []struct {
		kind  domain.SubjectKind
		field string
	}{
		{domain.SubjectGoal, "movedGoals"}, {domain.SubjectAction, "movedActions"}, {domain.SubjectChain, "movedChains"}, {domain.SubjectForum, "movedForums"},
	} {
		if n := u[f.kind]; n > 0 {
			out = append(out, domain.Change{Field: f.field, New: n})
		}
	}
	return out
}

// writeTerm loads version of a term, checks the permission, changes it and logs
// that with what change returns: further changes, and the term under which the
// log shows the entry too (zero: none).
func (s *Service) writeTerm(ctx context.Context, actor domain.Actor, v Vocabulary, id domain.AnyID, version int, reason string,
	change func(Stores, *domain.AuditLog, *Term) ([]domain.Change, domain.AnyID, error)) (t Term, err error) {
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
		more, under, err := change(st, log, &t)
		if err != nil {
			return err
		}
		if t, err = st.Terms.Update(v, t); err != nil {
			return err
		}
		opts := []domain.EntryOption{domain.Because(strings.TrimSpace(reason))}
		if !under.IsZero() {
			opts = append(opts, domain.Under(domain.Subject{Kind: v, ID: under}))
		}
		log.Add(actor, EditPermission(v), subject, t.Version, slices.Concat(domain.Diff(old, t), more), opts...)
		return nil
	})
	return t, err
}

// TermUses counts what has each term; for those who keep the vocabularies.
func (s *Service) TermUses(ctx context.Context, actor domain.Actor) (uses []TermUses, err error) {
	if err := actor.Check(domain.TermUseRead, domain.Resource{}); err != nil {
		return nil, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		uses, err = st.Terms.Uses()
		return err
	})
	return uses, err
}
