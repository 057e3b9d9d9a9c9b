package draft

import (
	"context"
	"errors"

	"yhdyspinta/domain"
)

// Step is one of several changes that are made at once: a new draft of a thing, or
// the publication of the draft that there is.
type Step struct {
	Subject domain.Subject
	Edit    Edit           // of a new draft
	Publish domain.DraftID // zero: a new draft
	Version int            // of the draft that is published
	At      int            // its place among what the caller sent
}

// Together makes all steps in one unit of work, or none: what needs the word of no
// other party becomes so at once, what does waits as a draft. Invalid at /items/i
// with the code that the step alone would be refused with.
func (s *Service) Together(ctx context.Context, actor domain.Actor, steps []Step) error {
	return s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		for _, step := range steps {
			if err := s.step(st, log, actor, step); err != nil {
				return ofItem(err, step.At)
			}
		}
		return nil
	})
}

func (s *Service) step(st Stores, log *domain.AuditLog, actor domain.Actor, step Step) error {
	ready := func(st Stores, log *domain.AuditLog, d Draft, current Current) error {
		return publish(st, log, actor, d, current)
	}
	if !step.Publish.IsZero() {
		return alter(st, log, actor, step.Publish, step.Version, ready)
	}
	kind, ok := st.Kinds[step.Subject.Kind]
	if !ok {
		return domain.InvalidField("/subjectKind", "not_allowed")
	}
	current, err := kind.Current(actor.Scope(), step.Subject.ID)
	if err != nil {
		return err
	}
	words, err := kind.Words(actor.Scope(), step.Subject.ID, step.Edit.Content)
	if err != nil {
		return err
	}
	alone := len(without(words, actor)) == 0
	if !current.Drafted && alone {
		if err := mayEdit(actor, current); err != nil {
			return err
		}
		return kind.Publish(log, actor, step.Subject.ID, step.Edit.BaseVersion, step.Edit.Content)
	}
	id, err := s.create(st, log, actor, step.Subject, step.Edit)
	if err != nil || !alone {
		return err
	}
	return alter(st, log, actor, id, 1, ready)
}

// ofItem points at the item that is wrong. That somebody may not is said as it is.
func ofItem(err error, i int) error {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Kind == domain.KindForbidden || e.Kind == domain.KindUnauthenticated {
		return err
	}
	code := e.Code
	if e.Kind == domain.KindStale {
		code = "stale_version"
	}
	if len(e.Fields) > 0 {
		code = e.Fields[0].Code
	}
	return domain.InvalidField(domain.Pointer("/items", i), code)
}
