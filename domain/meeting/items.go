package meeting

import (
	"context"
	"errors"
	"slices"

	"yhdyspinta/domain"
)

// AddItem adds an item or heading to an agenda, where place says.
func (s *Service) AddItem(ctx context.Context, actor domain.Actor, id domain.MeetingID, p AgendaPlace, e ItemEdit) (m Meeting, i AgendaItem, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if m, err = s.locked(st, actor, id, domain.MeetingEdit); err != nil {
			return err
		}
		items, err := st.Meetings.Items(actor.Scope(), id)
		if err != nil {
			return err
		}
		at, err := spots(items, p, 1)
		if err != nil {
			return err
		}
		var item domain.AgendaItemID
		item.SetNew(s.NewID)
		if i, err = m.NewItem(item, at[0], e, log.Now()); err != nil {
			return err
		}
		if err := s.checkSection(st, m, i); err != nil {
			return err
		}
		if err := s.insertItem(st, log, actor, domain.MeetingEdit, items, i); err != nil {
			return err
		}
		i, err = st.Meetings.Item(actor.Scope(), item)
		return err
	})
	return m, i, err
}

// insertItem adds an item to an agenda, with its number in the log.
func (s *Service) insertItem(st Stores, log *domain.AuditLog, actor domain.Actor, p domain.Permission, items []AgendaItem, i AgendaItem) error {
	all := append(slices.Clone(items), i)
	slices.SortFunc(all, func(a, b AgendaItem) int { return compareKeys(a.Position, b.Position) })
	Renumber(all)
	i = all[slices.IndexFunc(all, func(o AgendaItem) bool { return o.ID == i.ID })]
	if err := st.Meetings.InsertItem(i); err != nil {
		return err
	}
	log.Add(actor, p, domain.SubjectOf(domain.SubjectAgendaItem, i.ID), i.Version, domain.Diff(AgendaItem{}, i), domain.Under(subjectOf(i.MeetingID)))
	return nil
}

// MoveItem puts an item with its sub-items at another place of its agenda.
func (s *Service) MoveItem(ctx context.Context, actor domain.Actor, id domain.AgendaItemID, p AgendaPlace) (m Meeting, items []AgendaItem, err error) {
	m, _, err = s.updateItem(ctx, actor, id, domain.MeetingEdit, func(st Stores, log *domain.AuditLog, m Meeting, _ AgendaItem) error {
		all, err := st.Meetings.Items(actor.Scope(), m.ID)
		if err != nil {
			return err
		}
		moved, err := m.MoveItem(all, id, p)
		if err != nil {
			return err
		}
		if err := st.Meetings.Move(m.ID, moved); err != nil {
			return err
		}
		old := all[slices.IndexFunc(all, func(i AgendaItem) bool { return i.ID == id })]
		log.Add(actor, domain.MeetingEdit, domain.SubjectOf(domain.SubjectAgendaItem, id), old.Version, domain.Diff(old, moved[0]), domain.Under(subjectOf(m.ID)))
		items, err = st.Meetings.Items(actor.Scope(), m.ID)
		return err
	})
	return m, items, err
}

// RemoveItem takes version of an item off the agenda of a meeting that has not
// begun, and returns the rest: Stale with what is stored if the item has another
// version by now.
func (s *Service) RemoveItem(ctx context.Context, actor domain.Actor, id domain.AgendaItemID, version int) (m Meeting, items []AgendaItem, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		var i AgendaItem
		if m, i, err = s.lockedItem(st, actor, id, domain.MeetingEdit); err != nil {
			return err
		}
		subject := domain.SubjectOf(domain.SubjectAgendaItem, id)
		if i.Version != version {
			return domain.Stale(subject, version, i)
		}
		all, err := st.Meetings.Items(actor.Scope(), m.ID)
		if err != nil {
			return err
		}
		if err := m.RemoveItem(i, all); err != nil {
			return err
		}
		if err := st.Meetings.DeleteItem(i); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingEdit, subject, 0, domain.Diff(i, AgendaItem{}), domain.Under(subjectOf(m.ID)))
		if m, err = st.Meetings.Get(actor.Scope(), m.ID); err != nil {
			return err
		}
		items, err = st.Meetings.Items(actor.Scope(), m.ID)
		return err
	})
	return m, items, err
}

// LeaveUnhandled says why the meeting did not handle version of an item, or
// takes that back.
func (s *Service) LeaveUnhandled(ctx context.Context, actor domain.Actor, id domain.AgendaItemID, version int, reason domain.Text) (m Meeting, i AgendaItem, err error) {
	stated, _ := reason.Trim().In(domain.Finnish)
	return s.updateItem(ctx, actor, id, domain.MeetingRecord, func(st Stores, log *domain.AuditLog, m Meeting, old AgendaItem) error {
		subject := domain.SubjectOf(domain.SubjectAgendaItem, id)
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		i := old
		if err := m.LeaveUnhandled(&i, reason, log.Now()); err != nil {
			return err
		}
		i, err := st.Meetings.UpdateItem(i)
		if err != nil {
			return err
		}
		log.Add(actor, domain.MeetingRecord, subject, i.Version, domain.Diff(old, i), domain.Under(subjectOf(m.ID)), domain.Because(stated))
		return nil
	})
}

// Traces returns what left a meeting's agenda for others by a move.
func (s *Service) Traces(ctx context.Context, actor domain.Actor, id domain.MeetingID) (out []Transfer, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		out, err = st.Meetings.Traces(actor.Scope(), id)
		return err
	})
	return out, err
}

// Transfer moves, copies or carries an item with its sub-items over to the
// agenda of another meeting, at its end, and returns it there.
//
// A move needs the right to edit both agendas, a copy that of the other one; to
// carry over ends a loop of the first meeting, so it needs the right to record
// there.
func (s *Service) Transfer(ctx context.Context, actor domain.Actor, id domain.AgendaItemID, kind TransferKind, to domain.MeetingID) (m Meeting, i AgendaItem, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		source, err := st.Meetings.Item(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := lockMeetings(st, to, []domain.MeetingID{source.MeetingID}); err != nil {
			return err
		}
		if source, err = st.Meetings.Item(actor.Scope(), id); err != nil { // as it is now that others wait
			return err
		}
		from, err := st.Meetings.Get(actor.Scope(), source.MeetingID)
		if err != nil {
			return err
		}
		if m, err = st.Meetings.Get(actor.Scope(), to); err != nil {
			return unknown(err, "/meetingId")
		}
		first, err := s.transfer(st, log, actor, kind, source, from, m)
		if err != nil {
			return err
		}
		i, err = st.Meetings.Item(actor.Scope(), first)
		return err
	})
	return m, i, err
}

// lockMeetings makes other writers of the meetings wait, always in one order.
func lockMeetings(st Stores, one domain.MeetingID, others []domain.MeetingID) error {
	all := append([]domain.MeetingID{one}, others...)
	slices.SortFunc(all, func(a, b domain.MeetingID) int { return compareKeys(a.String(), b.String()) })
	for _, id := range slices.Compact(all) {
		if err := st.Meetings.Lock(id); err != nil {
			return err
		}
	}
	return nil
}

// transfer puts an item with its sub-items at the end of the agenda of another
// meeting, both of them locked, and returns the item there.
func (s *Service) transfer(st Stores, log *domain.AuditLog, actor domain.Actor, kind TransferKind, source AgendaItem, from, to Meeting) (first domain.AgendaItemID, err error) {
	if kind != Copied {
		need := map[TransferKind]domain.Permission{Moved: domain.MeetingEdit, CarriedOver: domain.MeetingRecord}[kind]
		if err := actor.Check(need, from.Resource()); err != nil {
			return first, err
		}
	}
	if err := actor.Check(domain.MeetingEdit, to.Resource()); err != nil {
		return first, err
	}
	if err := TransferItem(kind, source, from, to); err != nil {
		return first, err
	}
	theirs, err := st.Meetings.Items(actor.Scope(), from.ID)
	if err != nil {
		return first, err
	}
	ours, err := st.Meetings.Items(actor.Scope(), to.ID)
	if err != nil {
		return first, err
	}
	group := withSubItems(theirs, source)
	if kind == CarriedOver { // sub-items that went on by themselves are there already
		group = slices.Concat(group[:1], slices.DeleteFunc(group[1:], func(i AgendaItem) bool { return i.CarriedOn }))
	}
	at, err := spots(ours, AgendaPlace{Last: true}, len(group))
	if err != nil {
		return first, err
	}
	for n, item := range group {
		landed := item
		landed.MeetingID, landed.Position, landed.Section = to.ID, at[n].Position, 0
		if kind != Moved {
			var fresh domain.AgendaItemID
			fresh.SetNew(s.NewID)
			landed = item.copyFor(to, fresh, at[n], log.Now())
		}
		if n == 0 {
			first = landed.ID
			landed.ParentID = domain.AgendaItemID{}
		} else {
			landed.ParentID = first
		}
		if err := s.land(st, log, actor, kind, item, landed, to); err != nil {
			return first, err
		}
	}
	return first, st.Meetings.Renumber(from.ID, to.ID)
}

// land puts one item of a transfer where it goes, with its trace and entries.
func (s *Service) land(st Stores, log *domain.AuditLog, actor domain.Actor, kind TransferKind, item, landed AgendaItem, to Meeting) error {
	var id domain.TransferID
	id.SetNew(s.NewID)
	t := item.trace(id, kind, to, landed.ID, actor.PostID, log.Now())
	if kind == Moved {
		if err := st.Meetings.Rehome(landed); err != nil {
			return err
		}
	} else {
		if err := st.Meetings.InsertItem(landed); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingEdit, domain.SubjectOf(domain.SubjectAgendaItem, landed.ID), landed.Version, domain.Diff(AgendaItem{}, landed), domain.Under(subjectOf(to.ID)))
		if err := s.copyAttachments(st, log, actor, item, landed); err != nil {
			return err
		}
	}
	if err := st.Meetings.InsertTransfer(t); err != nil {
		return err
	}
	for _, meeting := range []domain.MeetingID{t.FromMeetingID, t.ToMeetingID} { // each agenda tells of it
		log.Add(actor, domain.MeetingEdit, domain.SubjectOf(domain.SubjectTransfer, id), t.Version, domain.Diff(Transfer{}, t), domain.Under(subjectOf(meeting)))
	}
	return nil
}

// copyAttachments gives an item the present files of another one's attachments.
func (s *Service) copyAttachments(st Stores, log *domain.AuditLog, actor domain.Actor, from, to AgendaItem) error {
	for _, a := range from.Attachments {
		file, ok := a.File(0)
		if a.Hidden || a.RemovedAt != nil || !ok {
			continue
		}
		a.ID.SetNew(s.NewID)
		a.ItemID, a.CreatedAt, a.UpdatedAt, a.Version = to.ID, log.Now(), log.Now(), 1
		file.ID.SetNew(s.NewID)
		file.No = 1
		if err := st.Meetings.InsertAttachment(a); err != nil {
			return err
		}
		if err := st.Meetings.InsertFile(a.ID, file); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingEdit, domain.SubjectOf(domain.SubjectAttachment, a.ID), a.Version,
			append(domain.Diff(Attachment{}, a), domain.Diff(File{}, file)...), domain.Under(subjectOf(to.MeetingID)))
	}
	return nil
}

// unknown turns "not found" of something that a field names into a fault of the
// field.
func unknown(err error, pointer string) error {
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Kind == domain.KindNotFound {
		return domain.InvalidField(pointer, "unknown")
	}
	return err
}
