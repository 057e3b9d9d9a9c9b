package reservation

import (
	"context"
	"slices"

	"yhdyspinta/domain"
)

// Service holds the use cases of reservations.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

// Get returns a reservation that the actor may read, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.ReservationID) (v View, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		v, err = st.Reservations.Get(actor.Scope(), id)
		return err
	})
	return v, err
}

// List returns one page of the reservations that the actor may read.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[View], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Reservations.List(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// OfSubject returns the reservations on one thing and its responsibilities, the
// latest first, at most a page of 200, and whether the actor may make one.
func (s *Service) OfSubject(ctx context.Context, actor domain.Actor, subject domain.Subject) (items []View, may bool, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		of, err := st.Reservations.Concerned(actor.Scope(), subject)
		if err != nil {
			return err
		}
		may = (slices.Contains(Kinds, subject.Kind) || of.Responsibilities) && actor.Can(domain.ReservationMake, resource(actor.PartyID, of.Units[actor.PartyID]))
		page, err := st.Reservations.List(actor.Scope(), Filter{Kind: domain.AnyOf[domain.SubjectKind]{Values: []domain.SubjectKind{subject.Kind}}, Subject: subject.ID},
			domain.PageRequest{Limit: domain.MaxPage})
		items = page.Items
		return err
	})
	return items, may, err
}

// resource is what the permission is asked for: the party's own coordinators,
// and the managers of its units that lead or share the thing.
func resource(party domain.PartyID, units []domain.UnitID) domain.Resource {
	return domain.Resource{Parties: []domain.PartyID{party}, Units: units}
}

// MayWithdraw reports whether the actor may withdraw it.
func (v View) MayWithdraw(actor domain.Actor) bool {
	return v.WithdrawnAt.IsZero() && v.check(actor) == nil
}

// check is nil if the actor acts for the reservation's party.
func (v View) check(actor domain.Actor) error {
	if err := actor.Check(domain.ReservationMake, resource(v.PartyID, v.Units)); err != nil {
		return err
	}
	if actor.System == "" && actor.PartyID != v.PartyID {
		return domain.Forbidden(domain.ReservationMake)
	}
	return nil
}

// Make adds a reservation of the actor's party.
func (s *Service) Make(ctx context.Context, actor domain.Actor, subject domain.Subject, statement Statement) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if !slices.Contains(Kinds, subject.Kind) {
			return domain.InvalidField("/subjectKind", "not_allowed")
		}
		of, err := st.Reservations.Concerned(actor.Scope(), subject)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.ReservationMake, resource(actor.PartyID, of.Units[actor.PartyID])); err != nil {
			return err
		}
		var id domain.ReservationID
		id.SetNew(s.NewID)
		r, err := New(id, subject, statement, actor, log.Now())
		if err != nil {
			return err
		}
		if err := st.Reservations.Insert(r); err != nil {
			return err
		}
		log.Add(actor, domain.ReservationMake, domain.SubjectOf(domain.SubjectReservation, id), r.Version, domain.Diff(Reservation{}, r), domain.Under(of.Thing))
		v, err = st.Reservations.Get(actor.Scope(), id)
		return err
	})
	return v, err
}

// Withdraw takes back a reservation of the actor's party.
func (s *Service) Withdraw(ctx context.Context, actor domain.Actor, id domain.ReservationID, reason domain.Text) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if v, err = st.Reservations.Get(actor.Scope(), id); err != nil {
			return err
		}
		if err := v.check(actor); err != nil {
			return err
		}
		old := v.Reservation
		if err := v.Reservation.Withdraw(reason, actor, log.Now()); err != nil {
			return err
		}
		if err := st.Reservations.Withdraw(v.Reservation); err != nil {
			return err
		}
		said, _ := v.Withdrawal.In(domain.Finnish)
		log.Add(actor, domain.ReservationMake, domain.SubjectOf(domain.SubjectReservation, id), v.Version, domain.Diff(old, v.Reservation),
			domain.Under(domain.Subject{Kind: v.Of.Kind, ID: v.Of.ID}), domain.Because(said))
		return nil
	})
	return v, err
}
