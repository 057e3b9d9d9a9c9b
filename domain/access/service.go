package access

import (
	"context"
	"errors"

	"yhdyspinta/domain"
)

// Service holds the use cases of access.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
	// Version changes whenever what anybody holds or is granted may have changed:
	// what was read under a version is good as long as it lasts, on the same day.
	Version func(context.Context) (int64, error)
}

// SignIn finds the person whom an identity provider has vouched for, or makes
// them, without grants, and notes the sign-in in the log. A party that the
// service does not know is NotFound.
func (s *Service) SignIn(ctx context.Context, in Identity, requestID string) (p Person, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		party, err := st.Access.PartyByKey(in.PartyKey)
		if err != nil {
			return err
		}
		old, err := st.Access.LockIdentity(in.Issuer, in.Subject)
		switch {
		case errors.Is(err, domain.NotFound("person")):
			var id domain.PersonID
			id.SetNew(s.NewID)
			p = NewPerson(id, in, party)
			err = st.Access.InsertPerson(p)
		case err == nil:
			p = old
			p.Meet(in, party)
			if p != old {
				p, err = st.Access.UpdatePerson(p)
			}
		}
		if err != nil {
			return err
		}
		actor := domain.Actor{PersonID: p.ID, PartyID: party, RequestID: requestID}
		log.Add(actor, domain.PersonSignIn, domain.SubjectOf(domain.SubjectPerson, p.ID), p.Version, domain.Diff(old, p))
		return nil
	})
	return p, err
}

// Standing tells what a person holds and is granted on a day.
func (s *Service) Standing(ctx context.Context, person domain.PersonID, day domain.Date) (who Standing, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		who, err = st.Access.Standing(person, day)
		return err
	})
	return who, err
}

// Speak notes in which language the actor is written to.
func (s *Service) Speak(ctx context.Context, actor domain.Actor, lang domain.Lang) error {
	return s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.ProfileEdit, domain.Resource{PersonID: actor.PersonID}); err != nil {
			return err
		}
		old, err := st.Access.LockPerson(actor.PersonID)
		if err != nil {
			return err
		}
		p := old
		if err := p.Speak(lang); err != nil {
			return err
		}
		if p, err = st.Access.UpdatePerson(p); err != nil {
			return err
		}
		log.Add(actor, domain.ProfileEdit, domain.SubjectOf(domain.SubjectPerson, p.ID), p.Version, domain.Diff(old, p))
		return nil
	})
}
