package meeting

import (
	"context"
	"slices"

	"yhdyspinta/domain"
)

// TopicFilter narrows a backlog. Different fields are AND.
type TopicFilter struct {
	Forum domain.AnyOf[domain.ForumID]
	State domain.AnyOf[TopicState]
	Party domain.AnyOf[domain.PartyID] // that proposed it
}

// BacklogStore keeps the topics of forums, and knows what offers itself to an
// agenda.
type BacklogStore interface {
	// Topic returns a topic of a forum that the scope covers, for staff, or
	// NotFound.
	Topic(scope domain.Scope, id domain.TopicID) (Topic, error)
	// Topics returns one page of such topics, sorted by createdAt (the default) or
	// wantedOn (those without last); nothing but for staff.
	Topics(scope domain.Scope, f TopicFilter, p domain.PageRequest) (domain.Page[Topic], error)
	// LockTopic makes other writers of the topic wait until this transaction ends.
	LockTopic(id domain.TopicID) error
	// SeeAbout is NotFound unless the scope covers what a topic is about.
	SeeAbout(scope domain.Scope, about domain.Subject) error
	// InsertTopic adds a topic.
	InsertTopic(t Topic) error
	// UpdateTopic replaces a topic if its version is still t.Version; domain.Stale
	// if not.
	UpdateTopic(t Topic) (Topic, error)
	// Offers returns what the agenda of a meeting could take up, at most MaxOffers
	// of each kind: late actions first, otherwise what has waited longest. What
	// stands on the agenda of a coming meeting already is left out, and of an item
	// that can be carried over only one outcome is named.
	Offers(scope domain.Scope, m Meeting) ([]Offer, error)
	// AddSource remembers where an agenda item comes from.
	AddSource(id domain.AnyID, item domain.AgendaItemID, kind string, source domain.AnyID) error
}

// MaxOffers bounds what Offers returns of each kind.
const MaxOffers = 50

// BacklogStores are what the use cases of the backlog need, bound to one
// transaction.
type BacklogStores struct {
	Stores
	Backlog BacklogStore
}

// BacklogService holds the use cases of a forum's backlog.
type BacklogService struct {
	UoW      domain.UnitOfWork[BacklogStores]
	NewID    domain.IDSource
	Meetings *Service // whose carry-overs and answers to referrals a draw makes, in its own transaction
}

func topicSubject(id domain.TopicID) domain.Subject {
	return domain.SubjectOf(domain.SubjectTopic, id)
}

// Topic returns a topic that the actor may see, or NotFound.
func (s *BacklogService) Topic(ctx context.Context, actor domain.Actor, id domain.TopicID) (t Topic, err error) {
	err = s.UoW.Read(ctx, func(st BacklogStores) error {
		t, err = st.Backlog.Topic(actor.Scope(), id)
		return err
	})
	return t, err
}

// Topics returns one page of the topics that the actor may see.
func (s *BacklogService) Topics(ctx context.Context, actor domain.Actor, f TopicFilter, p domain.PageRequest) (page domain.Page[Topic], err error) {
	err = s.UoW.Read(ctx, func(st BacklogStores) error {
		page, err = st.Backlog.Topics(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// Propose adds a topic to a forum's backlog: a member's post of today, the
// forum's secretary or a coordinator may.
func (s *BacklogService) Propose(ctx context.Context, actor domain.Actor, forum domain.ForumID, e TopicEdit) (t Topic, err error) {
	err = s.UoW.Write(ctx, func(st BacklogStores, log *domain.AuditLog) error {
		if err := st.Meetings.SeeForum(actor.Scope(), forum); err != nil {
			return err
		}
		members, err := st.Meetings.Members(forum, domain.DateOf(log.Now()))
		if err != nil {
			return err
		}
		resource := domain.Resource{ForumID: forum}
		for _, m := range members {
			resource.Posts = append(resource.Posts, m.PostID)
		}
		if err := actor.Check(domain.TopicPropose, resource); err != nil {
			return err
		}
		if actor.PostID.IsZero() {
			return domain.Conflict("post_required", "", "a topic is proposed in a post: choose the post to act in")
		}
		var id domain.TopicID
		id.SetNew(s.NewID)
		if t, err = NewTopic(id, forum, actor, e, log.Now()); err != nil {
			return err
		}
		if err := s.seeAbout(st, actor, e.About); err != nil {
			return err
		}
		if err := st.Backlog.InsertTopic(t); err != nil {
			return err
		}
		log.Add(actor, domain.TopicPropose, topicSubject(id), t.Version, domain.Diff(Topic{}, t), domain.Under(domain.SubjectOf(domain.SubjectForum, forum)))
		t, err = st.Backlog.Topic(actor.Scope(), id)
		return err
	})
	return t, err
}

func (s *BacklogService) seeAbout(st BacklogStores, actor domain.Actor, about domain.Subject) error {
	if about == (domain.Subject{}) {
		return nil
	}
	if err := st.Backlog.SeeAbout(actor.Scope(), about); err != nil {
		return domain.InvalidField("/about/id", "unknown")
	}
	return nil
}

// Change replaces version of an open topic: Stale if it has another by now.
func (s *BacklogService) Change(ctx context.Context, actor domain.Actor, id domain.TopicID, version int, e TopicEdit) (Topic, error) {
	return s.update(ctx, actor, id, domain.TopicEdit, version, "", func(st BacklogStores, log *domain.AuditLog, t *Topic) error {
		if err := t.Change(e, log.Now()); err != nil {
			return err
		}
		return s.seeAbout(st, actor, e.About)
	})
}

// Withdraw takes back version of an open topic that the actor's post proposed.
func (s *BacklogService) Withdraw(ctx context.Context, actor domain.Actor, id domain.TopicID, version int, reason domain.Text) (Topic, error) {
	return s.settle(ctx, actor, id, version, domain.TopicEdit, TopicWithdrawn, reason)
}

// Decline turns version of an open topic down, with a reason.
func (s *BacklogService) Decline(ctx context.Context, actor domain.Actor, id domain.TopicID, version int, reason domain.Text) (Topic, error) {
	return s.settle(ctx, actor, id, version, domain.TopicDecline, TopicDeclined, reason)
}

func (s *BacklogService) settle(ctx context.Context, actor domain.Actor, id domain.TopicID, version int, p domain.Permission, state TopicState, reason domain.Text) (Topic, error) {
	stated, _ := reason.Trim().In(domain.Finnish)
	return s.update(ctx, actor, id, p, version, stated, func(_ BacklogStores, log *domain.AuditLog, t *Topic) error {
		return t.Settle(state, reason, log.Now())
	})
}

func (s *BacklogService) update(ctx context.Context, actor domain.Actor, id domain.TopicID, p domain.Permission, version int, reason string,
	change func(BacklogStores, *domain.AuditLog, *Topic) error) (t Topic, err error) {
	err = s.UoW.Write(ctx, func(st BacklogStores, log *domain.AuditLog) error {
		if err := st.Backlog.LockTopic(id); err != nil {
			return err
		}
		old, err := st.Backlog.Topic(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := actor.Check(p, old.Resource()); err != nil {
			return err
		}
		if old.Version != version {
			return domain.Stale(topicSubject(id), version, old)
		}
		t = old
		if err := change(st, log, &t); err != nil {
			return err
		}
		if t, err = st.Backlog.UpdateTopic(t); err != nil {
			return err
		}
		log.Add(actor, p, topicSubject(id), t.Version, domain.Diff(old, t), domain.Because(reason), domain.Under(domain.SubjectOf(domain.SubjectForum, t.ForumID)))
		t, err = st.Backlog.Topic(actor.Scope(), id)
		return err
	})
	return t, err
}

// Offers tells what the agenda of a meeting could take up, to who may change it.
func (s *BacklogService) Offers(ctx context.Context, actor domain.Actor, id domain.MeetingID) (offers []Offer, err error) {
	err = s.UoW.Read(ctx, func(st BacklogStores) error {
		m, err := st.Meetings.Get(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.MeetingEdit, m.Resource()); err != nil {
			return err
		}
		if m.Status != Draft && m.Status != Called && m.Status != InProgress {
			return nil
		}
		offers, err = st.Backlog.Offers(actor.Scope(), m)
		return err
	})
	return offers, err
}

// Draw takes each pick up, in their order, at the end of the agenda of a meeting
// that has not ended: all of them or none. What was put off or came back is
// carried over with its sub-items and attachments, a referral is accepted by the
// actor's post and lands; each leaves the record that it leaves elsewhere.
func (s *BacklogService) Draw(ctx context.Context, actor domain.Actor, id domain.MeetingID, picks []Pick) (m Meeting, items []AgendaItem, err error) {
	err = s.UoW.Write(ctx, func(st BacklogStores, log *domain.AuditLog) error {
		if m, err = st.Meetings.Get(actor.Scope(), id); err != nil {
			return err
		}
		if err := actor.Check(domain.MeetingEdit, m.Resource()); err != nil {
			return err
		}
		offers, err := st.Backlog.Offers(actor.Scope(), m)
		if err != nil {
			return err
		}
		if err := lockMeetings(st.Stores, id, sourcesOf(offers, picks)); err != nil {
			return err
		}
		if m, err = st.Meetings.Get(actor.Scope(), id); err != nil { // as it is now that others wait
			return err
		}
		if err := m.in("meeting_locked", Draft, Called, InProgress); err != nil {
			return err
		}
		if err := st.Meetings.LockForum(m.ForumID); err != nil { // two agendas of the forum cannot take the same
			return err
		}
		if offers, err = st.Backlog.Offers(actor.Scope(), m); err != nil {
			return err
		}
		for n, p := range picks {
			at := slices.IndexFunc(offers, func(o Offer) bool { return o.Kind == p.Kind && o.ID == p.ID })
			if at < 0 {
				return domain.InvalidField(domain.Pointer("/picks", n), "not_offered")
			}
			if err := s.take(st, log, actor, m, offers[at]); err != nil {
				return err
			}
			offers = slices.Delete(offers, at, at+1)
		}
		if m, err = st.Meetings.Get(actor.Scope(), id); err != nil {
			return err
		}
		items, err = st.Meetings.Items(actor.Scope(), id)
		return err
	})
	return m, items, err
}

// sourcesOf are the meetings whose records the picks change.
func sourcesOf(offers []Offer, picks []Pick) (out []domain.MeetingID) {
	for _, o := range offers {
		if o.Meeting != nil && slices.Contains(picks, Pick{o.Kind, o.ID}) && slices.Contains([]OfferKind{OfferDeferred, OfferReturned, OfferReferral}, o.Kind) {
			out = append(out, o.Meeting.MeetingID)
		}
	}
	return out
}

// take makes the item of one offer, by the record that its kind has elsewhere.
func (s *BacklogService) take(st BacklogStores, log *domain.AuditLog, actor domain.Actor, m Meeting, o Offer) error {
	switch o.Kind {
	case OfferDeferred, OfferReturned:
		source, err := st.Meetings.Item(actor.Scope(), o.Meeting.ItemID)
		if err != nil {
			return err
		}
		if source.CarriedOn { // with the item that it stands under, drawn just before
			return nil
		}
		from, err := st.Meetings.Get(actor.Scope(), source.MeetingID)
		if err != nil {
			return err
		}
		_, err = s.Meetings.transfer(st.Stores, log, actor, CarriedOver, source, from, m)
		return err
	case OfferReferral:
		return s.takeReferral(st, log, actor, m, domain.ReferralID(o.ID))
	default:
		return s.takeNew(st, log, actor, m, o)
	}
}

// takeReferral answers what was sent to the forum by putting it on the agenda.
func (s *BacklogService) takeReferral(st BacklogStores, log *domain.AuditLog, actor domain.Actor, m Meeting, id domain.ReferralID) error {
	v, err := st.Meetings.Referral(actor.Scope(), id)
	if err != nil {
		return err
	}
	if err := actor.Check(domain.ReferralAnswer, v.Resource()); err != nil {
		return err
	}
	r := v.Referral
	if r.State == Waiting {
		if err := r.Accept(actor.PostID, domain.Text{}, log.Now()); err != nil {
			return err
		}
	}
	if err := s.Meetings.landReferral(st.Stores, log, actor, v, &r, m.ID); err != nil {
		return err
	}
	return s.Meetings.saveReferral(st.Stores, log, actor, domain.ReferralAnswer, v.Referral, r, v.Meeting.ID)
}

// takeNew makes an item that remembers what it was drawn from.
func (s *BacklogService) takeNew(st BacklogStores, log *domain.AuditLog, actor domain.Actor, m Meeting, o Offer) error {
	have, err := st.Meetings.Items(actor.Scope(), m.ID)
	if err != nil {
		return err
	}
	at, err := spots(have, AgendaPlace{Last: true}, 1)
	if err != nil {
		return err
	}
	for _, i := range have {
		at[0].AgendaNo = max(at[0].AgendaNo, i.AgendaNo+1)
	}
	var id domain.AgendaItemID
	id.SetNew(s.NewID)
	i, err := m.NewItem(id, at[0], o.edit(m), log.Now())
	if err != nil {
		return err
	}
	if err := st.Meetings.InsertItem(i); err != nil {
		return err
	}
	var source domain.AnyID
	source.SetNew(s.NewID)
	if err := st.Backlog.AddSource(source, id, o.Kind.source(), o.ID); err != nil {
		return err
	}
	log.Add(actor, domain.MeetingEdit, domain.SubjectOf(domain.SubjectAgendaItem, id), i.Version,
		append(domain.Diff(AgendaItem{}, i), domain.Change{Field: "source", New: map[string]any{"kind": o.Kind, "id": o.ID}}), domain.Under(subjectOf(m.ID)))
	return nil
}
