package goal

import (
	"context"
	"errors"
	"slices"
	"strings"

	"yhdyspinta/domain"
)

// Service holds the use cases of goals.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

// View is a goal with the work done for it.
type View struct {
	Goal
	Work Work
}

// Get returns a goal that the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.GoalID) (View, error) {
	return s.view(ctx, actor, func(st Stores) (Goal, error) { return st.Goals.Get(actor.Scope(), id) })
}

// ByNo is Get by the number people use.
func (s *Service) ByNo(ctx context.Context, actor domain.Actor, no int) (View, error) {
	return s.view(ctx, actor, func(st Stores) (Goal, error) { return st.Goals.ByNo(actor.Scope(), no) })
}

func (s *Service) view(ctx context.Context, actor domain.Actor, load func(Stores) (Goal, error)) (v View, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		g, err := load(st)
		if err != nil {
			return err
		}
		views, err := withWork(st, actor, []Goal{g})
		if err == nil {
			v = views[0]
		}
		return err
	})
	return v, err
}

func withWork(st Stores, actor domain.Actor, goals []Goal) ([]View, error) {
	work, err := st.Goals.Work(actor.Scope(), goals)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(goals))
	for i, g := range goals {
		views[i] = View{g, work[g.ID]}
	}
	return views, nil
}

// List returns one page of the goals that the actor may see.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (out domain.Page[View], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err := st.Goals.List(actor.Scope(), f, p)
		if err != nil {
			return err
		}
		out.NextCursor, out.Total = page.NextCursor, page.Total
		out.Items, err = withWork(st, actor, page.Items)
		return err
	})
	return out, err
}

// Export hands all goals that List would list to yield: page after page in the
// order of sort, and from one snapshot.
func (s *Service) Export(ctx context.Context, actor domain.Actor, f Filter, sort string, yield func([]View) error) error {
	ctx = domain.Once(ctx)
	return s.UoW.Read(ctx, func(st Stores) error {
		return domain.EachPage(sort, func(p domain.PageRequest) (domain.Page[Goal], error) {
			return st.Goals.List(actor.Scope(), f, p)
		}, func(goals []Goal) error {
			views, err := withWork(st, actor, goals)
			if err != nil {
				return err
			}
			return yield(views)
		})
	})
}

// Create adds a goal with the next number.
func (s *Service) Create(ctx context.Context, actor domain.Actor, e Edit) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.GoalCreate, domain.Resource{}); err != nil {
			return err
		}
		var id domain.GoalID
		id.SetNew(s.NewID)
		if _, err := add(st, log, actor, id, e); err != nil {
			return err
		}
		v.Goal, err = st.Goals.Get(actor.Scope(), id) // with what follows from the posts
		return err
	})
	return v, err
}

// add adds a goal with the next number and its entries inside a unit of work whose
// permission the caller has checked.
func add(st Stores, log *domain.AuditLog, actor domain.Actor, id domain.GoalID, e Edit) (Goal, error) {
	if e.Ending != nil {
		return Goal{}, domain.InvalidField("/ending", "new_goal")
	}
	g, err := New(id, 0, e, log.Now())
	if err != nil {
		return g, err // before a number is used up
	}
	if err := domain.CheckTerms(st.Terms, g.termsSince(Goal{})...); err != nil {
		return g, err
	}
	if err := domain.CheckPins(st.Pins, g.pinsSince(Goal{})); err != nil {
		return g, err
	}
	if err := (Editor{st}).checkLevel(actor, Goal{}, g); err != nil {
		return g, err
	}
	if g.No, err = st.Goals.NextNo(); err != nil {
		return g, err
	}
	if err := st.Goals.Insert(g); err != nil {
		return g, err
	}
	subject := domain.SubjectOf(domain.SubjectGoal, g.ID)
	if err := st.Book.Replace(log, actor, subject, subject, e.Responsibilities); err != nil {
		return g, err
	}
	log.Add(actor, domain.GoalCreate, subject, g.Version, domain.Diff(Goal{}, g))
	return g, nil
}

// Change replaces the editable fields of version of a goal: Stale if it has
// another version by now, draft_required (Conflict) if a person changes what is or was
// public, or what another party has a word in.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.GoalID, version int, e Edit) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		ed := Editor{st}
		old, err := ed.load(actor, id)
		if err != nil {
			return err
		}
		drafted, err := st.Goals.WasPublic(id)
		drafted = drafted || old.Version == version && slices.ContainsFunc(old.Words(e), func(p domain.PartyID) bool { return p != actor.PartyID })
		if err := domain.CheckDirect(actor, drafted, err); err != nil {
			return err
		}
		g, err := ed.change(log, actor, old, version, e)
		if err != nil {
			return err
		}
		views, err := withWork(st, actor, []Goal{g})
		if err == nil {
			v = views[0]
		}
		return err
	})
	return v, err
}

// Editor changes goals inside a unit of work, of this feature or of another.
type Editor struct{ Stores }

// Change replaces the editable fields of version of a goal that the actor may
// see and edit, with its entries: Stale if it has another version by now.
func (ed Editor) Change(log *domain.AuditLog, actor domain.Actor, id domain.GoalID, version int, e Edit) (Goal, error) {
	old, err := ed.load(actor, id)
	if err != nil {
		return old, err
	}
	return ed.change(log, actor, old, version, e)
}

// load returns a goal that the actor may edit.
func (ed Editor) load(actor domain.Actor, id domain.GoalID) (Goal, error) {
	g, err := ed.Goals.Get(actor.Scope(), id)
	if err != nil {
		return g, err
	}
	return g, g.check(actor)
}

func (ed Editor) change(log *domain.AuditLog, actor domain.Actor, old Goal, version int, e Edit) (Goal, error) {
	subject := domain.SubjectOf(domain.SubjectGoal, old.ID)
	if old.Version != version {
		return old, domain.Stale(subject, version, View{Goal: old})
	}
	g := old
	if err := g.Change(e, log.Now()); err != nil {
		return old, err
	}
	if err := domain.CheckTerms(ed.Terms, g.termsSince(old)...); err != nil {
		return old, err
	}
	if err := domain.CheckPins(ed.Pins, g.pinsSince(old)); err != nil {
		return old, err
	}
	if err := ed.checkInto(actor, old, g); err != nil {
		return old, err
	}
	if err := ed.checkLevel(actor, old, g); err != nil {
		return old, err
	}
	if err := ed.checkPlan(old, g); err != nil {
		return old, err
	}
	g, err := ed.Goals.Update(g)
	if err != nil {
		return old, err
	}
	if err := ed.Book.Replace(log, actor, subject, subject, e.Responsibilities); err != nil {
		return old, err
	}
	log.Add(actor, domain.GoalEdit, subject, g.Version, domain.Diff(old, g), domain.Because(strings.TrimSpace(e.Reason)))
	return ed.Goals.Get(actor.Scope(), old.ID)
}

// checkPlan refuses to move a goal that everybody reads into a plan that only
// insiders see: it would go from the public pages without anybody's word on that.
func (ed Editor) checkPlan(old, g Goal) error {
	if g.PlanID == old.PlanID || old.Visibility != domain.Public || g.Visibility != domain.Public {
		return nil
	}
	public, err := ed.Goals.PlanIsPublic(g.PlanID)
	if err == nil && !public {
		return domain.InvalidField("/planId", "plan_internal")
	}
	return err
}

// checkInto checks the goal in which another goes on from now, while nobody else ends
// one.
func (ed Editor) checkInto(actor domain.Actor, old, g Goal) error {
	if g.IntoID.IsZero() || g.IntoID == old.IntoID {
		return nil
	}
	if err := ed.Goals.LockEndings(); err != nil {
		return err
	}
	into, err := ed.seen(actor, g.IntoID)
	if err != nil {
		return err
	}
	return g.checkInto(old, into)
}

// seen returns a goal that the actor may see, or nil.
func (ed Editor) seen(actor domain.Actor, id domain.GoalID) (*Goal, error) {
	g, err := ed.Goals.Get(actor.Scope(), id)
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Kind == domain.KindNotFound {
		return nil, nil
	}
	return &g, err
}

// checkLevel checks where a goal of a party is to stand, while nobody else moves or
// ends one, and that it is the actor's to put there.
func (ed Editor) checkLevel(actor domain.Actor, old, g Goal) error {
	if !g.moved(old) || !g.IsParty() {
		return nil
	}
	if err := g.check(actor); err != nil {
		return err
	}
	if err := ed.Goals.LockEndings(); err != nil {
		return err
	}
	shared, err := ed.seen(actor, g.SharedGoalID)
	if err != nil {
		return err
	}
	principals, err := ed.Goals.Principals()
	if err != nil {
		return err
	}
	return g.checkLevel(old, shared, slices.Contains(principals, g.PartyID))
}
