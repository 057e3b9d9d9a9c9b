package mail

import (
	"context"

	"yhdyspinta/domain"
)

func mine(a domain.Actor) domain.Resource { return domain.Resource{PersonID: a.PersonID} }

func subjectOf(p Preference) domain.Subject {
	return domain.SubjectOf(domain.SubjectMailPreference, p.ID)
}

// Preference returns when and of what the actor wants the daily mail; of who has
// not chosen the usual, with version 1.
func (s *Service) Preference(ctx context.Context, actor domain.Actor) (p Preference, err error) {
	if err := actor.Check(domain.ProfileEdit, mine(actor)); err != nil {
		return p, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		p, err = st.Digests.Preference(actor.PersonID)
		return err
	})
	return p, err
}

// Prefer says when and of what the actor wants the daily mail from a version on, or
// Stale.
func (s *Service) Prefer(ctx context.Context, actor domain.Actor, version int, e PreferenceEdit) (p Preference, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.ProfileEdit, mine(actor)); err != nil {
			return err
		}
		p, err = s.change(st, log, actor, actor.PersonID, domain.ProfileEdit, func(p *Preference) error {
			if p.Version != version {
				return domain.Stale(subjectOf(*p), version, *p)
			}
			return p.Choose(e, log.Now())
		})
		return err
	})
	return p, err
}

// Unsubscribe switches off what the token of a mail's link says, and returns it: a
// topic, or "" for the whole daily mail. It needs no sign-in, and is NotFound for a
// token that is not ours. What is off already stays off.
func (s *Service) Unsubscribe(ctx context.Context, actor domain.Actor, text string) (t Topic, err error) {
	if err := actor.Check(domain.MailUnsubscribe, domain.Resource{}); err != nil {
		return "", err
	}
	var person domain.PersonID
	off := false
	err = s.UoW.Read(ctx, func(st Stores) error {
		var p Preference
		if person, t, p, err = subscription(st, text); err != nil {
			return err
		}
		off = !p.Stop(t, s.Clock.Now())
		return nil
	})
	if err != nil || off {
		return t, err
	}
	return t, s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		// Whoever has the link acts for the person whose mail it came from.
		by := domain.Actor{PersonID: person, RequestID: actor.RequestID}
		_, err := s.change(st, log, by, person, domain.MailUnsubscribe, func(p *Preference) error {
			p.Stop(t, log.Now())
			return nil
		})
		return err
	})
}

func subscription(st Stores, text string) (person domain.PersonID, t Topic, p Preference, err error) {
	secret, err := st.Digests.Secret()
	if err != nil {
		return person, t, p, err
	}
	person, t, ok := readToken(secret, text)
	if !ok {
		return person, t, p, domain.NotFound("mail_unsubscription")
	}
	p, err = st.Digests.Preference(person)
	return person, t, p, err
}

// change saves what a person wants, which may be their first word.
func (s *Service) change(st Stores, log *domain.AuditLog, by domain.Actor, person domain.PersonID, permission domain.Permission, fn func(*Preference) error) (Preference, error) {
	old, err := st.Digests.LockPreference(person)
	if err != nil {
		return old, err
	}
	p := old
	if err := fn(&p); err != nil {
		return p, err
	}
	if p.ID.IsZero() {
		p.ID.SetNew(s.NewID)
	}
	if p, err = st.Digests.SavePreference(p); err != nil {
		return p, err
	}
	log.Add(by, permission, subjectOf(p), p.Version, domain.Diff(old, p))
	return p, nil
}
