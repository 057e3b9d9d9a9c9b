package action

import (
	"context"
	"strconv"
	"strings"

	"yhdyspinta/domain"
)

// AddDependency says that an action waits for another one. It is for those who may
// edit the action that waits: Conflict if that is over, if it waits for the other
// already, if either has MaxDependencies, and dependency_cycle with the Cycle if the
// other waits for it in the end.
func (s *Service) AddDependency(ctx context.Context, actor domain.Actor, of, needs domain.ActionID) (item Item, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := st.Dependencies.Lock(); err != nil {
			return err
		}
		v, err := st.Actions.Get(actor.Scope(), of)
		if err != nil {
			return err
		}
		if err := v.check(actor, domain.ActionEdit); err != nil {
			return err
		}
		if v.Status.Closed() {
			return domain.Conflict("action_over", string(v.Status), "nothing more is expected of the action")
		}
		if err := mayNeed(st, actor, of, needs); err != nil {
			return err
		}
		d := Dependency{ActionID: of, NeedsID: needs, CreatedAt: log.Now()}
		d.ID.SetNew(s.NewID)
		if err := st.Dependencies.Insert(d); err != nil {
			return err
		}
		logDependency(log, actor, d, 1, domain.Diff(Dependency{}, d))
		item, err = whole(st, actor, of)
		return err
	})
	return item, err
}

// mayNeed is nil if an action can wait for another one that the actor may see.
func mayNeed(st Stores, actor domain.Actor, of, needs domain.ActionID) error {
	found, err := st.Actions.Some(actor.Scope(), []domain.ActionID{needs})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return domain.InvalidField("/needsId", "unknown")
	}
	if found[0].Withdrawn() { // also when a removal is to be undone: what was waited for is no more
		return domain.Conflict("needs_withdrawn", strconv.Itoa(found[0].No), "the other action was withdrawn as made in error: nothing waits for it")
	}
	if needs == of {
		return domain.InvalidField("/needsId", "itself")
	}
	mine, _, err := st.Dependencies.Count(of)
	if err != nil {
		return err
	}
	_, theirs, err := st.Dependencies.Count(needs)
	if err != nil {
		return err
	}
	if mine >= MaxDependencies || theirs >= MaxDependencies {
		return domain.Conflict("too_many_dependencies", "", "one of the actions has as many dependencies as it can have")
	}
	above, err := st.Dependencies.Above(needs)
	if err != nil {
		return err
	}
	way := above.Way(needs, of)
	if way == nil {
		return nil
	}
	names, err := st.Dependencies.Names(actor.Scope(), way)
	if err != nil {
		return err
	}
	var cycle Cycle
	for _, id := range append([]domain.ActionID{of}, way...) {
		if name, ok := names[id]; ok {
			cycle.Names = append(cycle.Names, name)
		}
	}
	e := domain.Conflict("dependency_cycle", "", "the other action waits for this one, directly or by others: take one of the dependencies on the path away first")
	e.Current = cycle
	return e
}

// RemoveDependency says that an action no longer waits for another one, also when it
// is over; NotFound if it did not. The history keeps that it did.
func (s *Service) RemoveDependency(ctx context.Context, actor domain.Actor, of domain.ActionID, id domain.DependencyID, reason string) (item Item, err error) {
	reason = strings.TrimSpace(reason)
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		v, err := st.Actions.Get(actor.Scope(), of)
		if err != nil {
			return err
		}
		if err := v.check(actor, domain.ActionEdit); err != nil {
			return err
		}
		if len([]rune(reason)) > maxReason {
			return domain.InvalidField("/reason", "too_long")
		}
		d, err := st.Dependencies.Get(of, id)
		if err != nil {
			return err
		}
		if err := st.Dependencies.Delete(id); err != nil {
			return err
		}
		logDependency(log, actor, d, 2, domain.Diff(d, Dependency{}), domain.Because(reason))
		item, err = whole(st, actor, of)
		return err
	})
	return item, err
}

// logDependency adds an entry under each of the two actions: both sides look for it
// in their own history.
func logDependency(log *domain.AuditLog, actor domain.Actor, d Dependency, version int, changes []domain.Change, opts ...domain.EntryOption) {
	for _, end := range []domain.ActionID{d.ActionID, d.NeedsID} {
		log.Add(actor, domain.ActionEdit, domain.SubjectOf(domain.SubjectDependency, d.ID), version, changes,
			append(opts[:len(opts):len(opts)], domain.Under(domain.SubjectOf(domain.SubjectAction, end)))...)
	}
}
