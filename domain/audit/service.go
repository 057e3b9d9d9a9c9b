package audit

import (
	"context"

	"yhdyspinta/domain"
)

// Service holds the use cases of reading the log.
type Service struct {
	UoW domain.UnitOfWork[Stores]
}

// List returns one page of the entries that the actor may see. Only auditors
// may filter by person or token. Who has no role is told to sign in, or Forbidden,
// unless the filter names one public goal or action.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[Entry], err error) {
	scope := actor.Scope()
	err = s.UoW.Read(ctx, func(st Stores) error {
		if !scope.Audit && !(f.Person.IsZero() && f.Token.IsZero()) {
			return actor.Check(domain.AuditRead, domain.Resource{})
		}
		if !scope.Staff {
			subject, ok := f.subject()
			if ok {
				if ok, err = st.Log.IsPublic(subject); err != nil {
					return err
				}
			}
			if !ok {
				return actor.Check(domain.AuditRead, domain.Resource{})
			}
		}
		page, err = st.Log.List(scope, f, p)
		return err
	})
	return page, err
}

// Since tells who changed a subject after a version that the caller could read,
// when, and which fields.
func (s *Service) Since(ctx context.Context, subject domain.Subject, version int) (c Changed, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		c, err = st.Log.Since(subject, version)
		return err
	})
	return c, err
}
