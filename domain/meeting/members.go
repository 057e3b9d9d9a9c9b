package meeting

import (
	"context"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Roster compares who takes part in a meeting with the members of its forum.
type Roster struct {
	// Joined are members who do not take part yet, or take part in another role:
	// then they have an id.
	Joined []Participant
	// Left are participants with a place in the forum who are not its members.
	Left []domain.ParticipantID
	// Lacking is what a draft would lack once it were called.
	Lacking Lacking
}

// rosterDay is the day whose members take part: that of the call until it is
// called, then that of the meeting.
func (m Meeting) rosterDay(now time.Time) domain.Date {
	if m.Status == Draft {
		return domain.DateOf(now)
	}
	return domain.DateOf(m.StartsAt)
}

// Roster compares the participants with the members of the forum on the meeting's
// day, or of today before the call. After the closure they are not compared: who
// took part is what was recorded.
func (m Meeting) Roster(members []Participant) Roster {
	r := Roster{Joined: []Participant{}, Left: []domain.ParticipantID{}}
	if m.in("", Draft, Called, InProgress) != nil {
		return r
	}
	var known []domain.PostID
	for _, p := range members {
		if slices.Contains(known, p.PostID) { // its first place is the one it takes part in
			continue
		}
		known = append(known, p.PostID)
		at := slices.IndexFunc(m.Participants, func(o Participant) bool { return o.PostID == p.PostID })
		switch {
		case at < 0:
			r.Joined = append(r.Joined, p)
		case m.Participants[at].Role != p.Role:
			p.ID = m.Participants[at].ID
			r.Joined = append(r.Joined, p)
		}
	}
	for _, p := range m.Participants {
		if p.Role != Expert && !slices.Contains(known, p.PostID) {
			r.Left = append(r.Left, p.ID)
		}
	}
	if m.Status == Draft {
		m.Expect(members)
		r.Lacking = m.lacking()
	}
	return r
}

// TakeIn makes participants of the members who do not take part yet, and gives
// those who do the role that they have in the forum now. If the forum has another
// chair, one who is no member any more takes part as an expert. Nothing that was
// recorded of anybody is lost. It returns the posts that are new.
func (m *Meeting) TakeIn(members []Participant) (added []domain.PostID, err error) {
	if err := m.in("meeting_locked", Called, InProgress); err != nil {
		return nil, err
	}
	r := m.Roster(members)
	if len(r.Joined) == 0 {
		return nil, domain.Conflict("nobody_joined", string(m.Status), "all members take part already")
	}
	for _, p := range r.Joined {
		at := slices.IndexFunc(m.Participants, func(o Participant) bool { return o.ID == p.ID })
		if p.ID.IsZero() || at < 0 {
			added = append(added, p.PostID)
			m.Participants = append(m.Participants, m.joining(p))
			continue
		}
		m.Participants[at].Role = p.Role
	}
	if slices.ContainsFunc(members, func(p Participant) bool { return p.Role == Chair }) {
		for i, p := range m.Participants {
			if p.Role == Chair && slices.Contains(r.Left, p.ID) {
				m.Participants[i].Role = Expert
			}
		}
	}
	for i, p := range m.Participants {
		m.Participants[i].Inspector = p.Inspector && p.Role != Expert && !m.chairs(p.PostID)
	}
	m.unname(func(n Named) bool { return n.Role == ByInspector && m.chairs(n.PostID) })
	m.inspect()
	return added, nil
}

// TakeOff takes off a participant who is not a member of the forum on the
// meeting's day, as long as nothing has been recorded of them: attendance and
// substitutes stay as they were noted.
func (m *Meeting) TakeOff(id domain.ParticipantID, members []Participant) (Participant, error) {
	at := slices.IndexFunc(m.Participants, func(p Participant) bool { return p.ID == id })
	if at < 0 {
		return Participant{}, domain.NotFound("participant")
	}
	p := m.Participants[at]
	if err := m.in("meeting_locked", Called, InProgress); err != nil {
		return p, err
	}
	member := slices.ContainsFunc(members, func(o Participant) bool { return o.PostID == p.PostID })
	switch {
	case member || p.PostID.IsZero():
		return p, domain.Conflict("membership_goes_on", string(m.Status), "only who has left the forum is taken off")
	case p.Recorded():
		return p, domain.Conflict("attendance_recorded", string(m.Status), "what was recorded of them stays")
	}
	m.Participants = slices.Delete(slices.Clone(m.Participants), at, at+1)
	m.unname(func(n Named) bool { return n.PostID == p.PostID })
	m.inspect()
	return p, nil
}

// awaited reports whether a meeting that has been called is yet to begin: until
// then who is to come, or is not any more, has something to be told.
func (m Meeting) awaited(now time.Time) bool { return m.Status == Called && now.Before(m.StartsAt) }

// Recorded reports whether anything was noted of them.
func (p Participant) Recorded() bool {
	return p.Attendance != Expected || !p.SubstituteID.IsZero() || p.Substitute != "" || len(p.Movements) > 0
}

// Roster compares who takes part with the members of the forum.
func (s *Service) Roster(ctx context.Context, actor domain.Actor, id domain.MeetingID) (m Meeting, r Roster, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if m, err = st.Meetings.Get(actor.Scope(), id); err != nil {
			return err
		}
		if err := actor.Check(domain.MeetingEdit, m.Resource()); err != nil {
			return err
		}
		members, err := st.Meetings.Members(m.ForumID, m.rosterDay(s.Clock.Now()))
		if err != nil {
			return err
		}
		r = m.Roster(members)
		return nil
	})
	return m, r, err
}

// TakeIn makes participants of those who have become members since the call.
// Before the meeting begins they are called like the others.
func (s *Service) TakeIn(ctx context.Context, actor domain.Actor, id domain.MeetingID) (Meeting, error) {
	return s.update(ctx, actor, id, domain.MeetingRecord, "", func(st Stores, log *domain.AuditLog, m *Meeting) ([]domain.Change, error) {
		old := *m
		m.Participants = slices.Clone(m.Participants)
		members, err := st.Meetings.Members(m.ForumID, m.rosterDay(log.Now()))
		if err != nil {
			return nil, err
		}
		added, err := m.TakeIn(members)
		if err != nil {
			return nil, err
		}
		var was, is []any
		var fresh []Participant
		for i := range m.Participants {
			p := &m.Participants[i]
			at := slices.IndexFunc(old.Participants, func(o Participant) bool { return o.ID == p.ID })
			if p.ID.IsZero() || at < 0 {
				p.ID.SetNew(s.NewID)
				fresh, is = append(fresh, *p), append(is, placeOf(*p))
				continue
			}
			if o := old.Participants[at]; o.Role != p.Role || o.Inspector != p.Inspector {
				was, is = append(was, placeOf(o)), append(is, placeOf(*p))
				if *p, err = st.Meetings.UpdateParticipant(*p); err != nil {
					return nil, err
				}
			}
		}
		if err := st.Meetings.InsertParticipants(fresh); err != nil {
			return nil, err
		}
		if m.awaited(log.Now()) {
			for _, post := range added {
				if err := st.Notices.CallMember(post, *m, log.Now()); err != nil {
					return nil, err
				}
			}
		}
		change := domain.Change{Field: "participants", New: is}
		if was != nil {
			change.Old = was
		}
		return append([]domain.Change{change}, m.namingChanges(old)...), s.saveNamed(st, m, old)
	})
}

// placeOf is what the log holds of a participant in a meeting's own entry.
func placeOf(p Participant) any {
	return map[string]any{"postId": p.PostID, "role": p.Role, "inspector": p.Inspector}
}

// TakeOff takes off version of a participant who has left the forum. Before the
// meeting begins they are told, and the date leaves their calendar.
func (s *Service) TakeOff(ctx context.Context, actor domain.Actor, id domain.MeetingID, participant domain.ParticipantID, version int) (Meeting, error) {
	return s.update(ctx, actor, id, domain.MeetingRecord, "", func(st Stores, log *domain.AuditLog, m *Meeting) ([]domain.Change, error) {
		old := *m
		m.Participants = slices.Clone(m.Participants)
		members, err := st.Meetings.Members(m.ForumID, m.rosterDay(log.Now()))
		if err != nil {
			return nil, err
		}
		p, err := m.TakeOff(participant, members)
		if err != nil {
			return nil, err
		}
		if p.Version != version {
			return nil, domain.Stale(domain.SubjectOf(domain.SubjectParticipant, p.ID), version, old)
		}
		if err := st.Meetings.DeleteParticipant(p); err != nil {
			return nil, err
		}
		if m.awaited(log.Now()) {
			if err := st.Notices.ReleaseMember(p.PostID, *m, log.Now()); err != nil {
				return nil, err
			}
		}
		changes := append([]domain.Change{{Field: "participants", Old: []any{placeOf(p)}}}, m.namingChanges(old)...)
		return changes, s.saveNaming(st, m, old)
	})
}

// NameActingChair names who chairs this meeting in the place of the forum's chair;
// without a post the forum's chair does again. Approvals given are taken back: the
// paper tells who chaired.
func (s *Service) NameActingChair(ctx context.Context, actor domain.Actor, id domain.MeetingID, e Naming) (Meeting, error) {
	return s.name(ctx, actor, id, e, (*Meeting).NameActingChair)
}

// NameInspector names who inspects the paper for the principal party of a post, in
// the place of whoever did.
func (s *Service) NameInspector(ctx context.Context, actor domain.Actor, id domain.MeetingID, e Naming) (Meeting, error) {
	return s.name(ctx, actor, id, e, (*Meeting).NameInspector)
}

// name runs a naming with its entry. Whoever is asked for the first time while the
// paper awaits approval is told.
func (s *Service) name(ctx context.Context, actor domain.Actor, id domain.MeetingID, e Naming, rule func(*Meeting, Naming) error) (Meeting, error) {
	return s.update(ctx, actor, id, domain.MeetingRecord, e.Reason, func(st Stores, log *domain.AuditLog, m *Meeting) ([]domain.Change, error) {
		old := *m
		m.Participants = slices.Clone(m.Participants)
		if !e.PostID.IsZero() {
			party, err := st.Meetings.PartyOf(e.PostID)
			if err != nil {
				return nil, domain.InvalidField("/postId", "unknown")
			}
			e.PartyID = party
		}
		if err := rule(m, e); err != nil {
			return nil, err
		}
		changes := m.namingChanges(old)
		if len(changes) == 0 { // who is named approves already
			return nil, errUnchanged
		}
		if err := s.saveNaming(st, m, old); err != nil {
			return nil, err
		}
		if m.Status == Closed {
			for _, post := range m.newlyAsked(old) {
				if err := st.Notices.AskApproval(post, *m, log.Now()); err != nil {
					return nil, err
				}
			}
		}
		if reopened, err := s.reopen(st, m, log); err != nil || !reopened {
			return changes, err
		}
		return append(changes, domain.Change{Field: "approvals", Old: len(old.Approvals)}), nil
	})
}

// saveNaming saves who inspects and who is named, as far as it differs from old.
func (s *Service) saveNaming(st Stores, m *Meeting, old Meeting) error {
	for i, p := range m.Participants {
		at := slices.IndexFunc(old.Participants, func(o Participant) bool { return o.ID == p.ID })
		if at < 0 || old.Participants[at].Inspector == p.Inspector {
			continue
		}
		saved, err := st.Meetings.UpdateParticipant(p)
		if err != nil {
			return err
		}
		m.Participants[i] = saved
	}
	return s.saveNamed(st, m, old)
}

// saveNamed saves who is named, if that differs from old.
func (s *Service) saveNamed(st Stores, m *Meeting, old Meeting) error {
	if slices.Equal(m.Named, old.Named) {
		return nil
	}
	for i := range m.Named {
		if m.Named[i].ID.IsZero() {
			m.Named[i].ID = domain.AnyID{UUID: s.NewID()}
		}
	}
	return st.Meetings.SaveNamed(m.ID, m.Named)
}

// dropNamed takes back the naming of who does not approve any more after
// participants have changed, with its entry.
func (s *Service) dropNamed(st Stores, log *domain.AuditLog, actor domain.Actor, old Meeting, changed []Participant) error {
	m := old.without(changed)
	changes := m.namingChanges(old)
	if slices.Equal(m.Named, old.Named) {
		return nil
	}
	if err := st.Meetings.SaveNamed(m.ID, m.Named); err != nil {
		return err
	}
	log.Add(actor, domain.MeetingRecord, subjectOf(m.ID), m.Version, changes)
	return nil
}
