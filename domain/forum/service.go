package forum

import (
	"context"

	"yhdyspinta/domain"
)

// Service holds the use cases of forums.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

// Permissions lists what an actor may do with a forum.
var Permissions = []domain.Permission{domain.ForumEdit, domain.MeetingCreate, domain.WatchListEdit}

// Get returns a forum that the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.ForumID) (f View, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		f, err = st.Forums.Get(actor.Scope(), id)
		return err
	})
	return f, err
}

// ByKey is Get by the forum's key.
func (s *Service) ByKey(ctx context.Context, actor domain.Actor, key string) (f View, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		f, err = st.Forums.ByKey(actor.Scope(), key)
		return err
	})
	return f, err
}

// List returns one page of the forums that the actor may see.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[View], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Forums.List(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// Create adds a forum without members.
func (s *Service) Create(ctx context.Context, actor domain.Actor, e Edit) (f View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.ForumCreate, domain.Resource{}); err != nil {
			return err
		}
		var id domain.ForumID
		id.SetNew(s.NewID)
		created, err := New(id, e, log.Now())
		if err != nil {
			return err
		}
		if err := domain.CheckTerms(st.Terms, domain.UseOf(domain.SubjectTag, "/tagIds", nil, created.TagIDs)); err != nil {
			return err
		}
		if err := domain.CheckPins(st.Pins, created.pinsSince(Forum{})); err != nil {
			return err
		}
		if err := st.Forums.Insert(created); err != nil {
			return err
		}
		log.Add(actor, domain.ForumCreate, domain.SubjectOf(domain.SubjectForum, id), created.Version, domain.Diff(Forum{}, created))
		f, err = st.Forums.Get(actor.Scope(), id)
		return err
	})
	return f, err
}

// Change replaces the editable fields of version of a forum: Stale if it has
// another version by now.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.ForumID, version int, e Edit) (f View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := s.locked(st, actor, id)
		if err != nil {
			return err
		}
		subject := domain.SubjectOf(domain.SubjectForum, id)
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		changed := old.Forum
		if err := changed.Change(e, log.Now()); err != nil {
			return err
		}
		if err := domain.CheckTerms(st.Terms, domain.UseOf(domain.SubjectTag, "/tagIds", old.TagIDs, changed.TagIDs)); err != nil {
			return err
		}
		if err := domain.CheckPins(st.Pins, changed.pinsSince(old.Forum)); err != nil {
			return err
		}
		if changed, err = st.Forums.Update(changed); err != nil {
			return err
		}
		log.Add(actor, domain.ForumEdit, subject, changed.Version, domain.Diff(old.Forum, changed))
		f, err = st.Forums.Get(actor.Scope(), id)
		return err
	})
	return f, err
}

// AddMember makes a post a member from a day on (zero: today).
func (s *Service) AddMember(ctx context.Context, actor domain.Actor, id domain.ForumID, post domain.PostID, role Role, from domain.Date) (f View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		forum, err := s.locked(st, actor, id)
		if err != nil {
			return err
		}
		if from.IsZero() {
			from = domain.DateOf(log.Now())
		}
		var member domain.MembershipID
		member.SetNew(s.NewID)
		m, err := forum.Join(member, post, role, from)
		if err != nil {
			return err
		}
		if err := st.Forums.InsertMembership(m); err != nil {
			return err
		}
		log.Add(actor, domain.ForumEdit, domain.SubjectOf(domain.SubjectMembership, member), m.Version, domain.Diff(Membership{}, m),
			domain.Under(domain.SubjectOf(domain.SubjectForum, id)))
		f, err = st.Forums.Get(actor.Scope(), id)
		return err
	})
	return f, err
}

// EndMembership makes on (zero: today) the last day of a membership, for a
// reason that may be empty.
func (s *Service) EndMembership(ctx context.Context, actor domain.Actor, id domain.ForumID, member domain.MembershipID, on domain.Date, reason string) (f View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if _, err := s.locked(st, actor, id); err != nil {
			return err
		}
		old, err := st.Forums.Membership(id, member)
		if err != nil {
			return err
		}
		if on.IsZero() {
			on = domain.DateOf(log.Now())
		}
		m := old
		if err := m.End(on); err != nil {
			return err
		}
		if m, err = st.Forums.UpdateMembership(m); err != nil {
			return err
		}
		log.Add(actor, domain.ForumEdit, domain.SubjectOf(domain.SubjectMembership, member), m.Version, domain.Diff(old, m),
			domain.Under(domain.SubjectOf(domain.SubjectForum, id)), domain.Because(reason))
		f, err = st.Forums.Get(actor.Scope(), id)
		return err
	})
	return f, err
}

// locked loads a forum that the actor may see and edit, and keeps other
// writers of it waiting.
func (s *Service) locked(st Stores, actor domain.Actor, id domain.ForumID) (View, error) {
	if err := st.Forums.Lock(id); err != nil {
		return View{}, err
	}
	f, err := st.Forums.Get(actor.Scope(), id)
	if err != nil {
		return View{}, err
	}
	return f, actor.Check(domain.ForumEdit, f.Resource())
}
