package organisation

import (
	"context"
	"errors"

	"yhdyspinta/domain"
)

// Service holds the use cases of the organisation.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

// What an actor may do, as the API sends it with each item. Who may edit a unit
// may add posts and units under it; who may edit holdings may say who has a post.
var (
	PartyPermissions   = []domain.Permission{domain.PartyEdit, domain.UnitEdit, domain.PostEdit, domain.HoldingEdit, domain.GrantCreate, domain.DecisionFeedEdit, domain.MailTemplateRead}
	UnitPermissions    = []domain.Permission{domain.UnitEdit, domain.PostEdit}
	PostPermissions    = []domain.Permission{domain.PostEdit, domain.HoldingEdit}
	HoldingPermissions = []domain.Permission{domain.HoldingEdit, domain.HoldingPublish}
)

// Parties returns all parties in their order.
func (s *Service) Parties(ctx context.Context) (ps []Party, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		ps, err = st.Organisation.Parties()
		return err
	})
	return ps, err
}

// Party returns a party, or NotFound.
func (s *Service) Party(ctx context.Context, id domain.PartyID) (p Party, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		p, err = st.Organisation.Party(id)
		return err
	})
	return p, err
}

// AddParty makes a party known; only the operator may.
func (s *Service) AddParty(ctx context.Context, actor domain.Actor, key string, kind Kind, principal bool, letter string, position int, name, short domain.Text) (p Party, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.PartyEdit, domain.Resource{}); err != nil {
			return err
		}
		var id domain.PartyID
		id.SetNew(s.NewID)
		if p, err = NewParty(id, key, kind, principal, letter, position, name, short); err != nil {
			return err
		}
		log.Add(actor, domain.PartyEdit, domain.SubjectOf(domain.SubjectParty, p.ID), p.Version, domain.Diff(Party{}, p))
		return st.Organisation.InsertParty(p)
	})
	return p, err
}

// RenameParty replaces the names of version of a party: Stale if it has
// another version by now.
func (s *Service) RenameParty(ctx context.Context, actor domain.Actor, id domain.PartyID, version int, name, short domain.Text) (p Party, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := st.Organisation.Party(id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.PartyEdit, old.Resource()); err != nil {
			return err
		}
		subject := domain.SubjectOf(domain.SubjectParty, id)
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		p = old
		if err := p.Rename(name, short); err != nil {
			return err
		}
		if p, err = st.Organisation.UpdateParty(p); err != nil {
			return err
		}
		log.Add(actor, domain.PartyEdit, subject, p.Version, domain.Diff(old, p))
		return nil
	})
	return p, err
}

// Unit returns a unit, or NotFound.
func (s *Service) Unit(ctx context.Context, id domain.UnitID) (u Unit, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		u, err = st.Organisation.Unit(id)
		return err
	})
	return u, err
}

// Units returns one page of units.
func (s *Service) Units(ctx context.Context, f UnitFilter, p domain.PageRequest) (page domain.Page[Unit], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Organisation.Units(f, p)
		return err
	})
	return page, err
}

// CreateUnit adds a unit to a party.
func (s *Service) CreateUnit(ctx context.Context, actor domain.Actor, party domain.PartyID, e UnitEdit) (u Unit, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		p, err := st.Organisation.Party(party)
		if err != nil {
			return unknown(err, "/partyId")
		}
		if err := actor.Check(domain.UnitEdit, p.Resource()); err != nil {
			return err
		}
		if err := st.Organisation.Lock(party); err != nil {
			return err
		}
		var id domain.UnitID
		id.SetNew(s.NewID)
		if u, err = NewUnit(id, party, e); err != nil {
			return err
		}
		if err := checkParent(st, u); err != nil {
			return err
		}
		if err := st.Organisation.InsertUnit(u); err != nil {
			return err
		}
		log.Add(actor, domain.UnitEdit, domain.SubjectOf(domain.SubjectUnit, u.ID), u.Version, domain.Diff(Unit{}, u))
		return nil
	})
	return u, err
}

// ChangeUnit replaces the editable fields of version of a unit: Stale if it has
// another version by now. A last day is refused while posts or units in it
// outlast it.
func (s *Service) ChangeUnit(ctx context.Context, actor domain.Actor, id domain.UnitID, version int, e UnitEdit) (u Unit, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := st.Organisation.Unit(id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.UnitEdit, old.Resource()); err != nil {
			return err
		}
		if err := st.Organisation.Lock(old.PartyID); err != nil {
			return err
		}
		subject := domain.SubjectOf(domain.SubjectUnit, id)
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		u = old
		if err := u.Change(e); err != nil {
			return err
		}
		if err := checkParent(st, u); err != nil {
			return err
		}
		if err := checkNothingOutlasts(st, u); err != nil {
			return err
		}
		if u, err = st.Organisation.UpdateUnit(u); err != nil {
			return err
		}
		log.Add(actor, domain.UnitEdit, subject, u.Version, domain.Diff(old, u))
		return nil
	})
	return u, err
}

func checkParent(st Stores, u Unit) error {
	if u.ParentID.IsZero() {
		return nil
	}
	parent, err := st.Organisation.Unit(u.ParentID)
	if err != nil {
		return unknown(err, "/parentId")
	}
	above, err := st.Organisation.Above(parent.ID)
	if err != nil {
		return err
	}
	return u.UnderParent(parent, above)
}

func checkNothingOutlasts(st Stores, u Unit) error {
	if u.ValidTo.IsZero() {
		return nil
	}
	posts, units, err := st.Organisation.OpenUnder(u.ID, u.ValidTo)
	if err != nil {
		return err
	}
	if posts > 0 {
		return domain.Conflict("unit_has_posts", "open", "posts in the unit outlast it: end or move them first")
	}
	if units > 0 {
		return domain.Conflict("unit_has_units", "open", "units under it outlast it: end or move them first")
	}
	return nil
}

// unknown turns the NotFound of something that the request names into an error
// of that field.
func unknown(err error, pointer string) error {
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Kind == domain.KindNotFound {
		return domain.InvalidField(pointer, "unknown")
	}
	return err
}

// Post returns a post, or NotFound.
func (s *Service) Post(ctx context.Context, id domain.PostID) (p Post, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		p, err = st.Organisation.Post(id)
		return err
	})
	return p, err
}

// Posts returns one page of posts.
func (s *Service) Posts(ctx context.Context, f PostFilter, p domain.PageRequest) (page domain.Page[Post], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Organisation.Posts(f, p)
		return err
	})
	return page, err
}

// ExportPosts hands all posts that Posts would list to yield: page after page in
// the order of sort, and from one snapshot.
func (s *Service) ExportPosts(ctx context.Context, f PostFilter, sort string, yield func([]Post) error) error {
	ctx = domain.Once(ctx)
	return s.UoW.Read(ctx, func(st Stores) error {
		return domain.EachPage(sort, func(p domain.PageRequest) (domain.Page[Post], error) {
			return st.Organisation.Posts(f, p)
		}, yield)
	})
}

// CreatePost adds a post to a unit.
func (s *Service) CreatePost(ctx context.Context, actor domain.Actor, e PostEdit) (p Post, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		unit, err := st.Organisation.Unit(e.UnitID)
		if err != nil {
			return unknown(err, "/unitId")
		}
		if err := actor.Check(domain.PostEdit, unit.Resource()); err != nil {
			return err
		}
		if unit, err = lockedUnit(st, unit); err != nil {
			return err
		}
		var id domain.PostID
		id.SetNew(s.NewID)
		if p, err = NewPost(id, unit, e); err != nil {
			return err
		}
		if err := st.Organisation.InsertPost(p); err != nil {
			return err
		}
		log.Add(actor, domain.PostEdit, domain.SubjectOf(domain.SubjectPost, p.ID), p.Version, domain.Diff(Post{}, p))
		p, err = st.Organisation.Post(p.ID)
		return err
	})
	return p, err
}

// ChangePost replaces the editable fields of version of a post: Stale if it has
// another version by now.
func (s *Service) ChangePost(ctx context.Context, actor domain.Actor, id domain.PostID, version int, e PostEdit) (p Post, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := st.Organisation.Post(id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.PostEdit, old.Resource()); err != nil {
			return err
		}
		subject := domain.SubjectOf(domain.SubjectPost, id)
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		unit, err := st.Organisation.Unit(e.UnitID)
		if err != nil {
			return unknown(err, "/unitId")
		}
		if unit, err = lockedUnit(st, unit); err != nil {
			return err
		}
		p = old
		if err := p.Change(e, unit); err != nil {
			return err
		}
		if p, err = st.Organisation.UpdatePost(p); err != nil {
			return err
		}
		log.Add(actor, domain.PostEdit, subject, p.Version, domain.Diff(old, p))
		p, err = st.Organisation.Post(id)
		return err
	})
	return p, err
}

// lockedUnit is the unit as it is once no one else changes its party.
func lockedUnit(st Stores, u Unit) (Unit, error) {
	if err := st.Organisation.Lock(u.PartyID); err != nil {
		return u, err
	}
	return st.Organisation.Unit(u.ID)
}

// Holdings returns one page of the holdings that the actor may see: none for
// the public.
func (s *Service) Holdings(ctx context.Context, actor domain.Actor, f HoldingFilter, p domain.PageRequest) (page domain.Page[Holding], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Organisation.Holdings(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// CreateHolding gives a post to a person of the post's party.
func (s *Service) CreateHolding(ctx context.Context, actor domain.Actor, in HoldingInput) (h Holding, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		post, err := st.Organisation.Post(in.PostID)
		if err != nil {
			return unknown(err, "/postId")
		}
		if err := actor.Check(domain.HoldingEdit, domain.Resource{Parties: []domain.PartyID{post.PartyID}}); err != nil {
			return err
		}
		if err := st.Organisation.Lock(post.PartyID); err != nil {
			return err
		}
		h, err = s.addHolding(st, log, actor, in, post)
		return err
	})
	return h, err
}

// EndHolding sets the last day of a holding. next, unless nil, is who takes over
// as holder or deputy of the same post, in the same transaction: its PostID is
// that of the holding. Nothing that the post owns moves.
func (s *Service) EndHolding(ctx context.Context, actor domain.Actor, id domain.HoldingID, last domain.Date, next *HoldingInput) (h Holding, taken *Holding, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := st.Organisation.Holding(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.HoldingEdit, old.Resource()); err != nil {
			return err
		}
		if err := st.Organisation.Lock(old.PartyID); err != nil {
			return err
		}
		if old, err = st.Organisation.Holding(actor.Scope(), id); err != nil {
			return err
		}
		h = old
		if err := h.End(last); err != nil {
			return err
		}
		if h, err = st.Organisation.EndHolding(h); err != nil {
			return err
		}
		log.Add(actor, domain.HoldingEdit, domain.SubjectOf(domain.SubjectHolding, id), h.Version, domain.Diff(old, h),
			domain.Under(domain.SubjectOf(domain.SubjectPost, h.PostID)))
		if next == nil {
			return nil
		}
		in := *next
		in.PostID = h.PostID
		post, err := st.Organisation.Post(h.PostID)
		if err != nil {
			return err
		}
		added, err := s.addHolding(st, log, actor, in, post)
		if err != nil {
			return inside(err, "/next")
		}
		taken = &added
		return nil
	})
	if err != nil {
		return Holding{}, nil, err
	}
	return h, taken, nil
}

// inside says of the field errors of a part of a request where the part is.
func inside(err error, part string) error {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || len(e.Fields) == 0 {
		return err
	}
	out := *e
	out.Fields = nil
	for _, f := range e.Fields {
		out.Fields = append(out.Fields, domain.FieldError{Pointer: part + f.Pointer, Code: f.Code})
	}
	return &out
}

// addHolding gives a post to a person, once no one else changes its party.
func (s *Service) addHolding(st Stores, log *domain.AuditLog, actor domain.Actor, in HoldingInput, post Post) (Holding, error) {
	party, err := st.Organisation.PartyOfPerson(in.PersonID)
	if err != nil {
		return Holding{}, unknown(err, "/personId")
	}
	others, err := st.Organisation.HoldingsOf(post.ID)
	if err != nil {
		return Holding{}, err
	}
	var id domain.HoldingID
	id.SetNew(s.NewID)
	h, err := NewHolding(id, in, post, party, others)
	if err != nil {
		return Holding{}, err
	}
	if err := st.Organisation.InsertHolding(h); err != nil {
		return Holding{}, err
	}
	log.Add(actor, domain.HoldingEdit, domain.SubjectOf(domain.SubjectHolding, h.ID), h.Version, domain.Diff(Holding{}, h),
		domain.Under(domain.SubjectOf(domain.SubjectPost, h.PostID)))
	return st.Organisation.Holding(actor.Scope(), h.ID)
}

// MyHoldings returns all holdings of the actor, whenever, the newest first:
// also of who has no post any more. Unauthenticated for the public.
func (s *Service) MyHoldings(ctx context.Context, actor domain.Actor) (hs []Holding, err error) {
	if actor.PersonID.IsZero() {
		return nil, domain.Unauthenticated()
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		hs, err = st.Organisation.HoldingsByPerson(actor.PersonID)
		return err
	})
	return hs, err
}

// ShowName says whether the public sees the name of a holding's person: only
// that person may, also when the holding is over. Stale if it has another
// version by now.
func (s *Service) ShowName(ctx context.Context, actor domain.Actor, id domain.HoldingID, version int, public bool) (h Holding, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		scope := actor.Scope()
		scope.Staff = scope.Staff || actor.SignedIn() // a former holder still decides on the own name
		old, err := st.Organisation.Holding(scope, id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.HoldingPublish, old.Resource()); err != nil {
			if !actor.Scope().Staff {
				return domain.NotFound("holding")
			}
			return err
		}
		subject := domain.SubjectOf(domain.SubjectHolding, id)
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		h = old
		h.ShowName(public)
		if h, err = st.Organisation.UpdateNamePublic(h); err != nil {
			return err
		}
		log.Add(actor, domain.HoldingPublish, subject, h.Version, domain.Diff(old, h),
			domain.Under(domain.SubjectOf(domain.SubjectPost, h.PostID)))
		return nil
	})
	return h, err
}
