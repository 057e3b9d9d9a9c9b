package meeting

import (
	"context"
	"errors"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Service holds the use cases of meetings.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
	Clock domain.Clock
	// Changes tells of them as they are committed; nil where nobody watches.
	Changes Feed
	Files   Files
}

func subjectOf(id domain.MeetingID) domain.Subject {
	return domain.SubjectOf(domain.SubjectMeeting, id)
}

// Get returns a meeting whose header the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.MeetingID) (m Meeting, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		m, err = st.Meetings.Get(actor.Scope(), id)
		return err
	})
	return m, err
}

// List returns one page of the meetings whose header the actor may see.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[Meeting], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Meetings.List(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// Agenda returns a meeting that the actor may see with its items, none unless the
// actor may read its papers, and what went from it to other meetings.
func (s *Service) Agenda(ctx context.Context, actor domain.Actor, id domain.MeetingID) (m Meeting, items []AgendaItem, moved []Transfer, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if m, err = st.Meetings.Get(actor.Scope(), id); err != nil {
			return err
		}
		if items, err = st.Meetings.Items(actor.Scope(), id); err != nil {
			return err
		}
		moved, err = st.Meetings.Traces(actor.Scope(), id)
		return err
	})
	return m, items, moved, err
}

// Item returns an agenda item that the actor may see, with its meeting.
func (s *Service) Item(ctx context.Context, actor domain.Actor, id domain.AgendaItemID) (m Meeting, i AgendaItem, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if i, err = st.Meetings.Item(actor.Scope(), id); err != nil {
			return err
		}
		m, err = st.Meetings.Get(actor.Scope(), i.MeetingID)
		return err
	})
	return m, i, err
}

// Outcomes returns one page of the outcomes that the actor may see.
func (s *Service) Outcomes(ctx context.Context, actor domain.Actor, f OutcomeFilter, p domain.PageRequest) (page domain.Page[OutcomeView], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Meetings.Outcomes(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// Create adds a draft to a forum, with the forum's next number of its year.
func (s *Service) Create(ctx context.Context, actor domain.Actor, forum domain.ForumID, e Edit) (m Meeting, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := st.Meetings.SeeForum(actor.Scope(), forum); err != nil {
			return err
		}
		if err := actor.Check(domain.MeetingCreate, domain.Resource{ForumID: forum}); err != nil {
			return err
		}
		if err := st.Meetings.LockForum(forum); err != nil {
			return err
		}
		number, err := st.Meetings.NextNumber(forum, domain.DateOf(e.StartsAt).Year())
		if err != nil {
			return err
		}
		var id domain.MeetingID
		id.SetNew(s.NewID)
		if m, err = New(id, forum, number, e, log.Now()); err != nil {
			return err
		}
		if err := st.Meetings.Insert(m); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingCreate, subjectOf(id), m.Version, domain.Diff(Meeting{}, m))
		m, err = st.Meetings.Get(actor.Scope(), id)
		return err
	})
	return m, err
}

// Change replaces the editable fields of version of a meeting: Stale if it has
// another version by now.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.MeetingID, version int, e Edit) (Meeting, error) {
	return s.update(ctx, actor, id, domain.MeetingEdit, "", func(st Stores, log *domain.AuditLog, m *Meeting) ([]domain.Change, error) {
		if m.Version != version {
			return nil, domain.Stale(subjectOf(id), version, *m)
		}
		if err := m.Change(e, log.Now()); err != nil {
			return nil, err
		}
		_, err := s.reopen(st, m, log)
		return nil, err
	})
}

// Call calls the meeting: its participants are the forum's members of today.
func (s *Service) Call(ctx context.Context, actor domain.Actor, id domain.MeetingID) (Meeting, error) {
	return s.update(ctx, actor, id, domain.MeetingCall, "", func(st Stores, log *domain.AuditLog, m *Meeting) ([]domain.Change, error) {
		if err := m.Call(log.Now()); err != nil {
			return nil, err
		}
		members, err := st.Meetings.Members(m.ForumID, domain.DateOf(log.Now()))
		if err != nil {
			return nil, err
		}
		m.Expect(members)
		var posts []any
		for i := range m.Participants {
			p := &m.Participants[i]
			p.ID.SetNew(s.NewID)
			posts = append(posts, map[string]any{"postId": p.PostID, "role": p.Role, "inspector": p.Inspector})
		}
		return []domain.Change{{Field: "participants", New: posts}}, st.Meetings.InsertParticipants(m.Participants)
	})
}

// Start opens a called meeting. It cannot be started twice.
func (s *Service) Start(ctx context.Context, actor domain.Actor, id domain.MeetingID) (Meeting, error) {
	return s.update(ctx, actor, id, domain.MeetingStart, "", func(_ Stores, log *domain.AuditLog, m *Meeting) ([]domain.Change, error) {
		return nil, m.Start(log.Now())
	})
}

// Close ends a meeting in which everything is accounted for. The items of
// minutes get their § numbers, and what was referred to other forums is sent.
func (s *Service) Close(ctx context.Context, actor domain.Actor, id domain.MeetingID) (Meeting, error) {
	return s.update(ctx, actor, id, domain.MeetingClose, "", func(st Stores, log *domain.AuditLog, m *Meeting) ([]domain.Change, error) {
		items, err := st.Meetings.Items(actor.Scope(), id)
		if err != nil {
			return nil, err
		}
		if err := m.Close(items, log.Now()); err != nil {
			return nil, err
		}
		if err := s.sendReferrals(st, log, actor, domain.MeetingClose, *m, items); err != nil || !m.Forum.Minutes {
			return nil, err
		}
		if err := st.Meetings.LockForum(m.ForumID); err != nil {
			return nil, err
		}
		next, err := st.Meetings.NextSection(m.ForumID, m.Year)
		if err != nil {
			return nil, err
		}
		var sections []any
		for _, i := range m.Sections(items, next) {
			if _, err := st.Meetings.UpdateItem(i); err != nil {
				return nil, err
			}
			sections = append(sections, map[string]any{"agendaNo": i.AgendaNo, "section": i.Section})
		}
		if sections == nil {
			return nil, nil
		}
		return []domain.Change{{Field: "sections", New: sections}}, nil
	})
}

// Reopen opens a closed meeting again with a reason, before it is approved. The
// approvals that were given are taken back.
func (s *Service) Reopen(ctx context.Context, actor domain.Actor, id domain.MeetingID, reason domain.Text) (Meeting, error) {
	stated, _ := reason.Trim().In(domain.Finnish)
	return s.update(ctx, actor, id, domain.MeetingReopen, stated, func(st Stores, log *domain.AuditLog, m *Meeting) ([]domain.Change, error) {
		if err := m.ReopenMeeting(reason, log.Now()); err != nil {
			return nil, err
		}
		return nil, st.Meetings.DeleteApprovals(id)
	})
}

// Publish publishes an approved meeting, and with it the actions that came from
// its public items.
func (s *Service) Publish(ctx context.Context, actor domain.Actor, id domain.MeetingID) (Meeting, error) {
	return s.update(ctx, actor, id, domain.MeetingPublish, "", func(st Stores, log *domain.AuditLog, m *Meeting) ([]domain.Change, error) {
		items, err := st.Meetings.Items(actor.Scope(), id)
		if err != nil {
			return nil, err
		}
		if err := m.Publish(items, log.Now()); err != nil || m.Visibility != domain.Public {
			return nil, err
		}
		revealed, err := st.FollowUps.Reveal(id, log.Now())
		for _, a := range revealed {
			log.Add(actor, domain.MeetingPublish, domain.SubjectOf(domain.SubjectAction, a.ID), a.Version, a.Changes, domain.Under(subjectOf(id)))
		}
		return nil, err
	})
}

// Cancel calls a meeting off before it has begun, with a reason.
func (s *Service) Cancel(ctx context.Context, actor domain.Actor, id domain.MeetingID, reason domain.Text) (Meeting, error) {
	stated, _ := reason.Trim().In(domain.Finnish)
	return s.update(ctx, actor, id, domain.MeetingCancel, stated, func(_ Stores, log *domain.AuditLog, m *Meeting) ([]domain.Change, error) {
		return nil, m.Cancel(reason, log.Now())
	})
}

// errUnchanged is what a change answers that would leave everything as it is.
var errUnchanged = errors.New("nothing changes")

// update runs one change of a meeting: alone, after the check of the permission,
// with its entry. change may add what the entry says beside the meeting's own
// fields. After errUnchanged nothing is kept, no version and no entry, and the
// answer is the meeting as it is.
func (s *Service) update(ctx context.Context, actor domain.Actor, id domain.MeetingID, p domain.Permission, reason string,
	change func(Stores, *domain.AuditLog, *Meeting) ([]domain.Change, error)) (m Meeting, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := s.locked(st, actor, id, p)
		if err != nil {
			return err
		}
		m = old
		m.Approvals, m.Participants = slices.Clone(old.Approvals), slices.Clone(old.Participants)
		more, err := change(st, log, &m)
		if errors.Is(err, errUnchanged) {
			m = old
		}
		if err != nil {
			return err
		}
		if m, err = st.Meetings.Update(m); err != nil {
			return err
		}
		log.Add(actor, p, subjectOf(id), m.Version, append(domain.Diff(old, m), more...), domain.Because(reason))
		if n := m.notice(old); n != "" {
			if err := st.Notices.Tell(n, m); err != nil {
				return err
			}
		}
		m, err = st.Meetings.Get(actor.Scope(), id)
		return err
	})
	if errors.Is(err, errUnchanged) {
		return m, nil
	}
	return m, err
}

// locked loads a meeting that the actor may see and do p to, and keeps other
// writers of it waiting.
func (s *Service) locked(st Stores, actor domain.Actor, id domain.MeetingID, p domain.Permission) (Meeting, error) {
	if err := st.Meetings.Lock(id); err != nil {
		return Meeting{}, err
	}
	m, err := st.Meetings.Get(actor.Scope(), id)
	if err != nil {
		return m, err
	}
	return m, actor.Check(p, m.Resource())
}

// reopen takes back the approvals of a paper that changes. One that has been
// amended does not change any more.
func (s *Service) reopen(st Stores, m *Meeting, log *domain.AuditLog) (bool, error) {
	if err := m.unamended(); err != nil {
		return false, err
	}
	if !m.Reopen(log.Now()) {
		return false, nil
	}
	return true, st.Meetings.DeleteApprovals(m.ID)
}

// reopenPaper is reopen with the meeting's own entry, for changes of what
// belongs to it.
func (s *Service) reopenPaper(st Stores, log *domain.AuditLog, actor domain.Actor, p domain.Permission, old Meeting) error {
	m := old
	reopened, err := s.reopen(st, &m, log)
	if err != nil || !reopened {
		return err
	}
	if m, err = st.Meetings.Update(m); err != nil {
		return err
	}
	log.Add(actor, p, subjectOf(m.ID), m.Version, append(domain.Diff(old, m), domain.Change{Field: "approvals", Old: len(old.Approvals)}))
	return nil
}

// Invite adds a guest: a post without a place in the forum, or a party's guest
// in words.
func (s *Service) Invite(ctx context.Context, actor domain.Actor, id domain.MeetingID, party domain.PartyID, post domain.PostID, guest string) (m Meeting, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := s.locked(st, actor, id, domain.MeetingRecord)
		if err != nil {
			return err
		}
		var pid domain.ParticipantID
		pid.SetNew(s.NewID)
		p, err := old.Guest(pid, party, post, guest)
		if err != nil {
			return err
		}
		if err := st.Meetings.InsertParticipants([]Participant{p}); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingRecord, domain.SubjectOf(domain.SubjectParticipant, pid), p.Version, domain.Diff(Participant{}, p),
			domain.Under(subjectOf(id)))
		if err := s.reopenPaper(st, log, actor, domain.MeetingRecord, old); err != nil {
			return err
		}
		m, err = st.Meetings.Get(actor.Scope(), id)
		return err
	})
	return m, err
}

// Attend says whether a participant is there, and whether they inspect the
// paper; an inspector who is replaced stops inspecting. A substitute named
// between the call and the beginning is called too, and one taken off is told.
// After the meeting has been
// closed, another attendance takes the approvals back.
func (s *Service) Attend(ctx context.Context, actor domain.Actor, id domain.MeetingID, participant domain.ParticipantID, version int,
	e AttendanceEdit) (m Meeting, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := s.locked(st, actor, id, domain.MeetingRecord)
		if err != nil {
			return err
		}
		var items []AgendaItem
		if len(e.Movements) > 0 {
			if items, err = st.Meetings.Places(id); err != nil {
				return err
			}
		}
		if !e.SubstituteID.IsZero() {
			if e.SubstituteParty, err = st.Meetings.PartyOf(e.SubstituteID); err != nil {
				return domain.InvalidField("/substitute/postId", "unknown")
			}
		}
		changed, err := old.Attend(participant, e, items)
		if err != nil {
			return err
		}
		standing := old // whose approvals are taken back is named by nothing but the record
		for _, p := range changed {
			was := old.Participants[slices.IndexFunc(old.Participants, func(o Participant) bool { return o.ID == p.ID })]
			subject := domain.SubjectOf(domain.SubjectParticipant, p.ID)
			if p.ID == participant && was.Version != version {
				return domain.Stale(subject, version, old)
			}
			if p, err = st.Meetings.UpdateParticipant(p); err != nil {
				return err
			}
			log.Add(actor, domain.MeetingRecord, subject, p.Version, domain.Diff(was, p), domain.Under(subjectOf(id)), domain.Because(e.Reason))
			if err := s.tellSubstitutes(st, old, p, was, log.Now()); err != nil {
				return err
			}
			if p.presenceDiffers(was) { // the paper says who was there
				if err := s.reopenPaper(st, log, actor, domain.MeetingRecord, old); err != nil {
					return err
				}
				standing.Approvals = nil
			}
		}
		if err := s.dropNamed(st, log, actor, standing, changed); err != nil {
			return err
		}
		m, err = st.Meetings.Get(actor.Scope(), id)
		return err
	})
	return m, err
}

// tellSubstitutes tells the post that takes the place of p from now on, and the
// one that did before.
func (s *Service) tellSubstitutes(st Stores, m Meeting, p, was Participant, now time.Time) error {
	called, released := m.substitution(p, was, now)
	if !released.IsZero() {
		if err := st.Notices.ReleaseSubstitute(released, m, now); err != nil {
			return err
		}
	}
	if called.IsZero() {
		return nil
	}
	return st.Notices.CallSubstitute(called, m, now)
}

// ChangeItem replaces the editable fields of version of an item: Stale with
// what is stored if it has another version by now.
func (s *Service) ChangeItem(ctx context.Context, actor domain.Actor, id domain.AgendaItemID, version int, e ItemEdit) (m Meeting, i AgendaItem, err error) {
	return s.updateItem(ctx, actor, id, domain.MeetingEdit, func(st Stores, log *domain.AuditLog, m Meeting, old AgendaItem) error {
		subject := domain.SubjectOf(domain.SubjectAgendaItem, id)
		if err := s.writable(st, actor, m.ID, log.Now()); err != nil {
			return err
		}
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		i := old
		if err := m.ChangeItem(&i, e, log.Now()); err != nil {
			return err
		}
		if err := s.checkSection(st, m, i); err != nil {
			return err
		}
		i, err := st.Meetings.UpdateItem(i)
		if err != nil {
			return err
		}
		log.Add(actor, domain.MeetingEdit, subject, i.Version, domain.Diff(old, i), domain.Under(subjectOf(m.ID)))
		return s.reopenPaper(st, log, actor, domain.MeetingEdit, m)
	})
}

func (s *Service) checkSection(st Stores, m Meeting, i AgendaItem) error {
	if i.Section == 0 {
		return nil
	}
	if err := st.Meetings.LockForum(m.ForumID); err != nil { // nobody else gives numbers meanwhile
		return err
	}
	taken, err := st.Meetings.SectionTaken(m, i.ID, i.Section)
	if err != nil {
		return err
	}
	if taken {
		return domain.InvalidField("/section", "taken")
	}
	return nil
}

// lockedItem loads an item that the actor may see and do p to, with its meeting,
// and keeps other writers of both waiting.
func (s *Service) lockedItem(st Stores, actor domain.Actor, id domain.AgendaItemID, p domain.Permission) (m Meeting, i AgendaItem, err error) {
	if i, err = st.Meetings.Item(actor.Scope(), id); err != nil {
		return m, i, err
	}
	if m, err = s.locked(st, actor, i.MeetingID, p); err != nil {
		return m, i, err
	}
	i, err = st.Meetings.Item(actor.Scope(), id) // as it is now that others wait
	return m, i, err
}

// updateItem runs one change of an item or its outcomes, alone in its meeting.
func (s *Service) updateItem(ctx context.Context, actor domain.Actor, id domain.AgendaItemID, p domain.Permission,
	change func(Stores, *domain.AuditLog, Meeting, AgendaItem) error) (m Meeting, i AgendaItem, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if m, i, err = s.lockedItem(st, actor, id, p); err != nil {
			return err
		}
		if err := change(st, log, m, i); err != nil {
			return err
		}
		i, err = st.Meetings.Item(actor.Scope(), id)
		return err
	})
	return m, i, err
}

// Record adds an outcome to an item: while the meeting is in progress, or as a
// late entry.
func (s *Service) Record(ctx context.Context, actor domain.Actor, item domain.AgendaItemID, e OutcomeEdit) (m Meeting, i AgendaItem, err error) {
	return s.updateItem(ctx, actor, item, domain.MeetingRecord, func(st Stores, log *domain.AuditLog, m Meeting, i AgendaItem) error {
		if err := s.writable(st, actor, m.ID, log.Now()); err != nil {
			return err
		}
		no := 1
		for _, o := range i.Outcomes {
			no = max(no, o.No+1)
		}
		var id domain.OutcomeID
		id.SetNew(s.NewID)
		o, err := m.Record(id, item, no, e, log.Now())
		if err != nil {
			return err
		}
		if err := s.checkTargets(st, actor, o); err != nil {
			return err
		}
		if err := st.Meetings.InsertOutcome(o); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingRecord, domain.SubjectOf(domain.SubjectOutcome, id), o.Version, domain.Diff(Outcome{}, o), domain.Under(subjectOf(m.ID)))
		if err := s.followReferral(st, log, actor, m, Outcome{}, o); err != nil {
			return err
		}
		if !i.NotHandled.IsZero() { // it was handled after all
			handled := i
			handled.NotHandled, handled.UpdatedAt = domain.Text{}, log.Now()
			if handled, err = st.Meetings.UpdateItem(handled); err != nil {
				return err
			}
			log.Add(actor, domain.MeetingRecord, domain.SubjectOf(domain.SubjectAgendaItem, i.ID), handled.Version, domain.Diff(i, handled), domain.Under(subjectOf(m.ID)))
		}
		return s.reopenPaper(st, log, actor, domain.MeetingRecord, m)
	})
}

// CorrectOutcome replaces what version of an outcome says: Stale with what is
// stored if it has another version by now.
func (s *Service) CorrectOutcome(ctx context.Context, actor domain.Actor, id domain.OutcomeID, version int, e OutcomeEdit) (m Meeting, i AgendaItem, err error) {
	return s.updateOutcome(ctx, actor, id, domain.MeetingRecord, func(st Stores, log *domain.AuditLog, m Meeting, i AgendaItem, old Outcome) error {
		subject := domain.SubjectOf(domain.SubjectOutcome, id)
		if err := s.writable(st, actor, m.ID, log.Now()); err != nil {
			return err
		}
		if old.Version != version {
			return domain.Stale(subject, version, OutcomeOf{i, old})
		}
		o := old
		if err := m.Correct(&o, e); err != nil {
			return err
		}
		if err := s.checkTargets(st, actor, o); err != nil {
			return err
		}
		o, err := st.Meetings.UpdateOutcome(o)
		if err != nil {
			return err
		}
		log.Add(actor, domain.MeetingRecord, subject, o.Version, domain.Diff(old, o), domain.Under(subjectOf(m.ID)))
		if err := s.followReferral(st, log, actor, m, old, o); err != nil {
			return err
		}
		return s.reopenPaper(st, log, actor, domain.MeetingRecord, m)
	})
}

// EndOutcome says of an open outcome of a meeting that is over why nothing more
// follows. Approvals stand: the paper does not tell it.
func (s *Service) EndOutcome(ctx context.Context, actor domain.Actor, id domain.OutcomeID, reason domain.Text) (Meeting, AgendaItem, error) {
	return s.updateOutcome(ctx, actor, id, domain.OutcomeEnd, func(st Stores, log *domain.AuditLog, m Meeting, i AgendaItem, old Outcome) error {
		o := old
		if err := m.End(i, &o, reason, log.Now()); err != nil {
			return err
		}
		o, err := st.Meetings.UpdateOutcome(o)
		if err != nil {
			return err
		}
		words, _ := o.EndReason.In(domain.Finnish)
		log.Add(actor, domain.OutcomeEnd, domain.SubjectOf(domain.SubjectOutcome, id), o.Version, domain.Diff(old, o), domain.Under(subjectOf(m.ID)), domain.Because(words))
		return nil
	})
}

// CorrectEnding replaces the words of version of an outcome's ending: Stale with
// what is stored if the outcome has another version by now. The paper does not
// tell it: approvals stand.
func (s *Service) CorrectEnding(ctx context.Context, actor domain.Actor, id domain.OutcomeID, version int, e EndingEdit) (m Meeting, i AgendaItem, err error) {
	return s.updateEnding(ctx, actor, id, domain.EndingCorrect, version, &e.Reason, func(m Meeting, _ AgendaItem, o *Outcome) error {
		return m.CorrectEnding(o, &e)
	})
}

// RetractEnding takes the ending of version of an outcome back, with a reason for
// the log.
func (s *Service) RetractEnding(ctx context.Context, actor domain.Actor, id domain.OutcomeID, version int, reason string) (Meeting, AgendaItem, error) {
	return s.updateEnding(ctx, actor, id, domain.EndingRetract, version, &reason, func(m Meeting, i AgendaItem, o *Outcome) error {
		return m.RetractEnding(i, o, &reason)
	})
}

// updateEnding runs a rule that changes what was said of an outcome after its
// meeting, with its entry; the rule may trim the reason.
func (s *Service) updateEnding(ctx context.Context, actor domain.Actor, id domain.OutcomeID, p domain.Permission, version int, reason *string,
	rule func(Meeting, AgendaItem, *Outcome) error) (Meeting, AgendaItem, error) {
	return s.updateOutcome(ctx, actor, id, p, func(st Stores, log *domain.AuditLog, m Meeting, i AgendaItem, old Outcome) error {
		subject := domain.SubjectOf(domain.SubjectOutcome, id)
		if old.Version != version {
			return domain.Stale(subject, version, OutcomeOf{i, old})
		}
		o := old
		if err := rule(m, i, &o); err != nil {
			return err
		}
		o, err := st.Meetings.UpdateOutcome(o)
		if err != nil {
			return err
		}
		log.Add(actor, p, subject, o.Version, domain.Diff(old, o), domain.Under(subjectOf(m.ID)), domain.Because(*reason))
		return nil
	})
}

// OutcomeOf is an outcome in its item: what a stale error of an outcome holds.
type OutcomeOf struct {
	Item    AgendaItem
	Outcome Outcome
}

// Follow makes an action from an outcome, in one transaction with its link.
func (s *Service) Follow(ctx context.Context, actor domain.Actor, id domain.OutcomeID, f FollowUp) (m Meeting, i AgendaItem, err error) {
	return s.updateOutcome(ctx, actor, id, domain.ActionCreate, func(st Stores, log *domain.AuditLog, m Meeting, i AgendaItem, o Outcome) error {
		if err := m.Follow(i, o, &f); err != nil {
			return err
		}
		var action domain.ActionID
		action.SetNew(s.NewID)
		created, err := st.FollowUps.Create(action, f, log.Now())
		if err != nil {
			return err
		}
		subject := domain.SubjectOf(domain.SubjectAction, action)
		log.Add(actor, domain.ActionCreate, subject, created.Version, created.Changes, domain.Under(subjectOf(m.ID)))
		return st.Book.Replace(log, actor, subject, subject, []domain.Responsible{{PostID: f.LeadID, Part: domain.Lead, Wording: f.Wording}})
	})
}

func (s *Service) updateOutcome(ctx context.Context, actor domain.Actor, id domain.OutcomeID, p domain.Permission,
	change func(Stores, *domain.AuditLog, Meeting, AgendaItem, Outcome) error) (m Meeting, i AgendaItem, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if i, err = st.Meetings.Outcome(actor.Scope(), id); err != nil {
			return err
		}
		if m, err = s.locked(st, actor, i.MeetingID, p); err != nil {
			return err
		}
		if i, err = st.Meetings.Outcome(actor.Scope(), id); err != nil { // as it is now that others wait
			return err
		}
		at := slices.IndexFunc(i.Outcomes, func(o Outcome) bool { return o.ID == id })
		if err := change(st, log, m, i, i.Outcomes[at]); err != nil {
			return err
		}
		i, err = st.Meetings.Item(actor.Scope(), i.ID)
		return err
	})
	return m, i, err
}
