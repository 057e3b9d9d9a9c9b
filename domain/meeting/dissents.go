package meeting

import (
	"context"
	"slices"

	"yhdyspinta/domain"
)

// RecordDissent records a dissenting opinion or reservation at an outcome. After
// the meeting has been closed it takes the approvals back.
func (s *Service) RecordDissent(ctx context.Context, actor domain.Actor, id domain.OutcomeID, e DissentEdit) (m Meeting, i AgendaItem, err error) {
	return s.updateOutcome(ctx, actor, id, domain.MeetingRecord, func(st Stores, log *domain.AuditLog, m Meeting, _ AgendaItem, o Outcome) error {
		var dissent domain.DissentID
		dissent.SetNew(s.NewID)
		d, err := m.Dissent(dissent, o.ID, e, log.Now())
		if err != nil {
			return err
		}
		if err := s.checkDissenter(st, d); err != nil {
			return err
		}
		if err := st.Meetings.InsertDissent(d); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingRecord, domain.SubjectOf(domain.SubjectDissent, d.ID), d.Version, domain.Diff(Dissent{}, d), domain.Under(subjectOf(m.ID)))
		return s.reopenPaper(st, log, actor, domain.MeetingRecord, m)
	})
}

// ChangeDissent replaces what version of a dissent says.
func (s *Service) ChangeDissent(ctx context.Context, actor domain.Actor, id domain.DissentID, version int, e DissentEdit) (Meeting, AgendaItem, error) {
	return s.updateDissent(ctx, actor, id, version, "", func(st Stores, _ *domain.AuditLog, m Meeting, d *Dissent) error {
		if err := m.ChangeDissent(d, e); err != nil {
			return err
		}
		return s.checkDissenter(st, *d)
	})
}

// WithdrawDissent takes version of a dissent back, with a reason.
func (s *Service) WithdrawDissent(ctx context.Context, actor domain.Actor, id domain.DissentID, version int, reason domain.Text) (Meeting, AgendaItem, error) {
	stated, _ := reason.Trim().In(domain.Finnish)
	return s.updateDissent(ctx, actor, id, version, stated, func(_ Stores, log *domain.AuditLog, m Meeting, d *Dissent) error {
		return m.WithdrawDissent(d, reason, log.Now())
	})
}

func (s *Service) updateDissent(ctx context.Context, actor domain.Actor, id domain.DissentID, version int, reason string,
	change func(Stores, *domain.AuditLog, Meeting, *Dissent) error) (m Meeting, i AgendaItem, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if i, err = st.Meetings.DissentItem(actor.Scope(), id); err != nil {
			return err
		}
		if m, err = s.locked(st, actor, i.MeetingID, domain.MeetingRecord); err != nil {
			return err
		}
		if i, err = st.Meetings.DissentItem(actor.Scope(), id); err != nil { // as it is now that others wait
			return err
		}
		old := i.dissent(id)
		subject := domain.SubjectOf(domain.SubjectDissent, id)
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		d := old
		if err := change(st, log, m, &d); err != nil {
			return err
		}
		if d, err = st.Meetings.UpdateDissent(d); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingRecord, subject, d.Version, domain.Diff(old, d), domain.Under(subjectOf(m.ID)), domain.Because(reason))
		if err := s.reopenPaper(st, log, actor, domain.MeetingRecord, m); err != nil {
			return err
		}
		i, err = st.Meetings.Item(actor.Scope(), i.ID)
		return err
	})
	return m, i, err
}

// DissentPermissions lists what the actor may do with a dissent in the meeting's
// present state: correct or withdraw it.
func (m Meeting) DissentPermissions(actor domain.Actor, d Dissent) []domain.Permission {
	if m.dissentable(d) != nil {
		return []domain.Permission{}
	}
	return actor.Allowed(m.Resource(), domain.MeetingRecord)
}

func (i AgendaItem) dissent(id domain.DissentID) Dissent {
	for _, o := range i.Outcomes {
		if at := slices.IndexFunc(o.Dissents, func(d Dissent) bool { return d.ID == id }); at >= 0 {
			return o.Dissents[at]
		}
	}
	return Dissent{}
}

// checkDissenter refuses a post of another party than the one named.
func (s *Service) checkDissenter(st Stores, d Dissent) error {
	if d.PostID.IsZero() {
		return nil
	}
	party, err := st.Meetings.PartyOf(d.PostID)
	if err != nil {
		return unknown(err, "/postId")
	}
	if party != d.PartyID {
		return domain.InvalidField("/postId", "other_party")
	}
	return nil
}
