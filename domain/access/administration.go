package access

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"yhdyspinta/domain"
)

// GrantPermissions lists what an actor may do with a grant.
var GrantPermissions = []domain.Permission{domain.GrantEnd}

// anywhere is a resource of the parties whose access the actor administers: to
// ask whether they may do something at all.
func anywhere(a domain.Actor) domain.Resource {
	return domain.Resource{Parties: a.Scope().AccessParties}
}

// People returns one page of the people that the actor may see.
func (s *Service) People(ctx context.Context, actor domain.Actor, f PersonFilter, p domain.PageRequest) (page domain.Page[KnownPerson], err error) {
	if err := actor.Check(domain.PersonRead, anywhere(actor)); err != nil {
		return page, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Grants.People(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// Grant returns a grant that the actor may see, or NotFound.
func (s *Service) Grant(ctx context.Context, actor domain.Actor, id domain.GrantID) (g Grant, err error) {
	if err := actor.Check(domain.GrantRead, anywhere(actor)); err != nil {
		return g, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		g, err = st.Grants.Get(actor.Scope(), id)
		return err
	})
	return g, err
}

// Grants returns one page of the grants that the actor may see.
func (s *Service) Grants(ctx context.Context, actor domain.Actor, f GrantFilter, p domain.PageRequest) (page domain.Page[Grant], err error) {
	if err := actor.Check(domain.GrantRead, anywhere(actor)); err != nil {
		return page, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Grants.List(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// CreateGrant gives a role to a post or person of a party that the actor
// administers.
func (s *Service) CreateGrant(ctx context.Context, actor domain.Actor, in GrantInput) (g Grant, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.GrantCreate, anywhere(actor)); err != nil {
			return err
		}
		var v domain.Violations
		if in.check(&v); v.Err() != nil {
			return v.Err()
		}
		to, err := st.Grants.Grantee(actor.Scope(), in.PostID, in.PersonID)
		if err != nil {
			return unknownGrantee(err, in)
		}
		if err := actor.Check(domain.GrantCreate, domain.Resource{Parties: []domain.PartyID{to.PartyID}}); err != nil {
			return err
		}
		g, err = s.grant(st, log, actor, in, to)
		return err
	})
	return g, err
}

// grant adds a grant that the actor may give.
func (s *Service) grant(st Stores, log *domain.AuditLog, actor domain.Actor, in GrantInput, to Grantee) (Grant, error) {
	if err := st.Grants.Lock(to.PartyID); err != nil {
		return Grant{}, err
	}
	var unitParty domain.PartyID
	if !in.UnitID.IsZero() {
		var err error
		if unitParty, err = st.Grants.PartyOfUnit(in.UnitID); err != nil {
			return Grant{}, unknown(err, "/unitId")
		}
	}
	others, err := st.Grants.Of(in.PostID, in.PersonID)
	if err != nil {
		return Grant{}, err
	}
	var id domain.GrantID
	id.SetNew(s.NewID)
	g, err := NewGrant(id, in, to, unitParty, others, log.Now())
	if err != nil {
		return g, err
	}
	if err := st.Grants.Insert(g); err != nil {
		return g, err
	}
	log.Add(actor, domain.GrantCreate, domain.SubjectOf(domain.SubjectGrant, g.ID), g.Version, domain.Diff(Grant{}, g))
	return st.Grants.Get(actor.Scope(), g.ID)
}

func unknownGrantee(err error, in GrantInput) error {
	if in.PostID.IsZero() {
		return unknown(err, "/personId")
	}
	return unknown(err, "/postId")
}

// unknown turns the NotFound of something that the request names into an error
// of that field.
func unknown(err error, pointer string) error {
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Kind == domain.KindNotFound {
		return domain.InvalidField(pointer, "unknown")
	}
	return err
}

// EndGrant ends a grant at once, for a reason. The last grant by which anybody
// administers a party is not ended: somebody must be left to grant another.
func (s *Service) EndGrant(ctx context.Context, actor domain.Actor, id domain.GrantID, reason string) (g Grant, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.GrantRead, anywhere(actor)); err != nil {
			return err
		}
		old, err := st.Grants.Get(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.GrantEnd, old.Resource()); err != nil {
			return err
		}
		if err := st.Grants.Lock(old.PartyID); err != nil {
			return err
		}
		if old, err = st.Grants.Get(actor.Scope(), id); err != nil { // as it is now that nobody else ends any
			return err
		}
		g = old
		reason = strings.TrimSpace(reason)
		if err := g.End(reason, log.Now()); err != nil {
			return err
		}
		if g.Role == domain.RoleAdministrator {
			others, err := st.Grants.OtherAdministrators(g.PartyID, g.ID)
			if err != nil {
				return err
			}
			if others == 0 {
				return domain.Conflict("last_administrator", "", "nobody else administers the party")
			}
		}
		if g, err = st.Grants.End(g); err != nil {
			return err
		}
		log.Add(actor, domain.GrantEnd, domain.SubjectOf(domain.SubjectGrant, id), g.Version, domain.Diff(old, g), domain.Because(reason))
		g, err = st.Grants.Get(actor.Scope(), id)
		return err
	})
	return g, err
}

// errNothingToDo leaves a unit of work that found nothing left to do.
var errNothingToDo = errors.New("nothing to do")

// EnsureAdministrator makes the person with that identity an administrator of
// their party, unless somebody administers it, and reports whether it did. Only
// the operator may: it is how a party gets its first administrator, and never
// how one whose role was ended comes back. A person who is not known yet becomes
// so; a party that is not is NotFound.
func (s *Service) EnsureAdministrator(ctx context.Context, actor domain.Actor, in Identity) (granted bool, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.GrantCreate, domain.Resource{}); err != nil {
			return err
		}
		party, err := st.Access.PartyByKey(in.PartyKey)
		if err != nil {
			return err
		}
		if err := st.Grants.Lock(party); err != nil {
			return err
		}
		if n, err := st.Grants.OtherAdministrators(party, domain.GrantID{}); err != nil || n > 0 {
			return cmp.Or(err, errNothingToDo)
		}
		p, err := st.Access.LockIdentity(in.Issuer, in.Subject)
		switch {
		case errors.Is(err, domain.NotFound("person")):
			var id domain.PersonID
			id.SetNew(s.NewID)
			p = NewPerson(id, in, party)
			if err := st.Access.InsertPerson(p); err != nil {
				return err
			}
			log.Add(actor, domain.GrantCreate, domain.SubjectOf(domain.SubjectPerson, p.ID), p.Version, domain.Diff(Person{}, p))
		case err != nil:
			return err
		case p.PartyID != party:
			return domain.Conflict("person_of_other_party", "", "the person belongs to another party")
		}
		_, err = s.grant(st, log, actor, GrantInput{Role: domain.RoleAdministrator, PersonID: p.ID, ValidFrom: domain.DateOf(log.Now())}, Grantee{PartyID: party})
		return err
	})
	if errors.Is(err, errNothingToDo) {
		return false, nil
	}
	return err == nil, err
}
