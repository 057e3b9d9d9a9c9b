package meeting

import (
	"context"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Referral returns a referral that the actor may see, or NotFound.
func (s *Service) Referral(ctx context.Context, actor domain.Actor, id domain.ReferralID) (r ReferralView, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		r, err = st.Meetings.Referral(actor.Scope(), id)
		return err
	})
	return r, err
}

// Referrals returns one page of the referrals that the actor may see.
func (s *Service) Referrals(ctx context.Context, actor domain.Actor, f ReferralFilter, p domain.PageRequest) (page domain.Page[ReferralView], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Meetings.Referrals(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// checkTargets refuses an outcome that names a forum or meeting that the actor
// may not see.
func (s *Service) checkTargets(st Stores, actor domain.Actor, o Outcome) error {
	if !o.ToForumID.IsZero() {
		if err := st.Meetings.SeeForum(actor.Scope(), o.ToForumID); err != nil {
			return unknown(err, "/toForumId")
		}
	}
	if !o.ToMeetingID.IsZero() {
		if _, err := st.Meetings.Get(actor.Scope(), o.ToMeetingID); err != nil {
			return unknown(err, "/toMeetingId")
		}
	}
	return nil
}

// followReferral makes an outcome's referral what the outcome says now: a new
// one, another forum, or none any more. What the other forum has answered
// stands: the outcome cannot be made something else.
func (s *Service) followReferral(st Stores, log *domain.AuditLog, actor domain.Actor, m Meeting, old, o Outcome) error {
	if o.ToForumID == old.ToForumID {
		return nil
	}
	if n := len(old.Referrals); n > 0 {
		last := old.Referrals[n-1]
		if last.State == Accepted || last.State == Refused {
			return domain.Conflict("referral_answered", string(last.State), "the other forum has answered")
		}
		if last.State != Withdrawn {
			was := last
			if err := last.Withdraw(); err != nil {
				return err
			}
			if err := s.saveReferral(st, log, actor, domain.MeetingRecord, was, last, m.ID); err != nil {
				return err
			}
		}
	}
	if o.ToForumID.IsZero() {
		return nil
	}
	return s.refer(st, log, actor, domain.MeetingRecord, m, o)
}

// refer makes an outcome's referral, and sends it if the meeting is over.
func (s *Service) refer(st Stores, log *domain.AuditLog, actor domain.Actor, p domain.Permission, m Meeting, o Outcome) error {
	var id domain.ReferralID
	id.SetNew(s.NewID)
	r, err := refer(id, m.ForumID, o, log.Now())
	if err != nil {
		return err
	}
	if m.ClosedAt != nil {
		days, err := st.Meetings.ReferralDays(r.ToForumID)
		if err != nil {
			return err
		}
		r.Send(days, log.Now())
	}
	if err := st.Meetings.InsertReferral(r); err != nil {
		return err
	}
	log.Add(actor, p, domain.SubjectOf(domain.SubjectReferral, id), r.Version, domain.Diff(Referral{}, r), domain.Under(subjectOf(m.ID)))
	return nil
}

// sendReferrals starts the clocks of what a meeting referred to other forums.
func (s *Service) sendReferrals(st Stores, log *domain.AuditLog, actor domain.Actor, p domain.Permission, m Meeting, items []AgendaItem) error {
	for _, i := range items {
		for _, o := range i.Outcomes {
			for _, r := range o.Referrals {
				if r.State != Prepared {
					continue
				}
				days, err := st.Meetings.ReferralDays(r.ToForumID)
				if err != nil {
					return err
				}
				was := r
				r.Send(days, log.Now())
				if err := s.saveReferral(st, log, actor, p, was, r, m.ID); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// saveReferral saves a change of a referral with its entry, whose reason is what
// the change says.
func (s *Service) saveReferral(st Stores, log *domain.AuditLog, actor domain.Actor, p domain.Permission, was, r Referral, under domain.MeetingID) error {
	reason, _ := r.Answer.In(domain.Finnish)
	if r.SettledAt != nil {
		reason, _ = r.Settled.In(domain.Finnish)
	}
	return s.saveReferralBecause(st, log, actor, p, was, r, under, reason)
}

func (s *Service) saveReferralBecause(st Stores, log *domain.AuditLog, actor domain.Actor, p domain.Permission, was, r Referral, under domain.MeetingID, reason string) error {
	r, err := st.Meetings.UpdateReferral(r)
	if err != nil {
		return err
	}
	log.Add(actor, p, domain.SubjectOf(domain.SubjectReferral, r.ID), r.Version, domain.Diff(was, r), domain.Under(subjectOf(under)), domain.Because(reason))
	return nil
}

// updateReferral runs one change of a referral alone, after the check of the
// permission on what res says it concerns.
func (s *Service) updateReferral(ctx context.Context, actor domain.Actor, id domain.ReferralID, p domain.Permission, res func(Referral) domain.Resource,
	change func(Stores, *domain.AuditLog, ReferralView, *Referral) error) (v ReferralView, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if v, err = st.Meetings.Referral(actor.Scope(), id); err != nil {
			return err
		}
		if err := st.Meetings.Lock(v.Meeting.ID); err != nil {
			return err
		}
		if v, err = st.Meetings.Referral(actor.Scope(), id); err != nil { // as it is now that others wait
			return err
		}
		if err := actor.Check(p, res(v.Referral)); err != nil {
			return err
		}
		r := v.Referral
		if err := change(st, log, v, &r); err != nil {
			return err
		}
		if err := s.saveReferral(st, log, actor, p, v.Referral, r, v.Meeting.ID); err != nil {
			return err
		}
		v, err = st.Meetings.Referral(actor.Scope(), id)
		return err
	})
	return v, err
}

// updateWithdrawal runs a rule that changes version of a withdrawal, with its
// entry; the rule may trim the reason.
func (s *Service) updateWithdrawal(ctx context.Context, actor domain.Actor, id domain.ReferralID, p domain.Permission, version int, reason *string,
	rule func(AgendaItem, Outcome, *Referral, time.Time) error) (v ReferralView, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if v, err = st.Meetings.Referral(actor.Scope(), id); err != nil {
			return err
		}
		if err := st.Meetings.Lock(v.Meeting.ID); err != nil {
			return err
		}
		if v, err = st.Meetings.Referral(actor.Scope(), id); err != nil { // as it is now that others wait
			return err
		}
		if err := actor.Check(p, sender(v.Referral)); err != nil {
			return err
		}
		if v.Version != version {
			return domain.Stale(domain.SubjectOf(domain.SubjectReferral, id), version, v)
		}
		i, err := st.Meetings.Outcome(everything, v.OutcomeID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(i.Outcomes, func(o Outcome) bool { return o.ID == v.OutcomeID })
		r := v.Referral
		if err := rule(i, i.Outcomes[at], &r, log.Now()); err != nil {
			return err
		}
		if err := s.saveReferralBecause(st, log, actor, p, v.Referral, r, v.Meeting.ID, *reason); err != nil {
			return err
		}
		v, err = st.Meetings.Referral(actor.Scope(), id)
		return err
	})
	return v, err
}

// CorrectWithdrawal replaces the words of version of a withdrawal, which both
// forums read: Stale with what is stored if it has another version by now.
func (s *Service) CorrectWithdrawal(ctx context.Context, actor domain.Actor, id domain.ReferralID, version int, e EndingEdit) (ReferralView, error) {
	return s.updateWithdrawal(ctx, actor, id, domain.EndingCorrect, version, &e.Reason, func(_ AgendaItem, _ Outcome, r *Referral, _ time.Time) error {
		return r.CorrectWithdrawal(&e)
	})
}

// RetractWithdrawal takes version of a withdrawal back, with a reason for the log:
// the other forum is asked for its answer again.
func (s *Service) RetractWithdrawal(ctx context.Context, actor domain.Actor, id domain.ReferralID, version int, reason string) (ReferralView, error) {
	return s.updateWithdrawal(ctx, actor, id, domain.EndingRetract, version, &reason, func(i AgendaItem, o Outcome, r *Referral, now time.Time) error {
		return r.RetractWithdrawal(i, o, &reason, now)
	})
}

// AcceptReferral takes a matter over for the receiving forum, onto the agenda of
// one of its meetings or, without one, into the forum's list of matters.
func (s *Service) AcceptReferral(ctx context.Context, actor domain.Actor, id domain.ReferralID, meeting domain.MeetingID, words domain.Text) (ReferralView, error) {
	return s.updateReferral(ctx, actor, id, domain.ReferralAnswer, Referral.Resource, func(st Stores, log *domain.AuditLog, v ReferralView, r *Referral) error {
		if err := r.Accept(actor.PostID, words, log.Now()); err != nil || meeting.IsZero() {
			return err
		}
		return s.landReferral(st, log, actor, v, r, meeting)
	})
}

// PlaceReferral puts an accepted matter from the forum's list on the agenda of
// one of its meetings.
func (s *Service) PlaceReferral(ctx context.Context, actor domain.Actor, id domain.ReferralID, meeting domain.MeetingID) (ReferralView, error) {
	return s.updateReferral(ctx, actor, id, domain.ReferralAnswer, Referral.Resource, func(st Stores, log *domain.AuditLog, v ReferralView, r *Referral) error {
		return s.landReferral(st, log, actor, v, r, meeting)
	})
}

// landReferral makes the item of a referral on an agenda of the receiving forum.
// What the sender recorded is what is proposed there.
func (s *Service) landReferral(st Stores, log *domain.AuditLog, actor domain.Actor, v ReferralView, r *Referral, meeting domain.MeetingID) error {
	m, err := s.locked(st, actor, meeting, domain.MeetingEdit)
	if err != nil {
		return unknown(err, "/meetingId")
	}
	if m.ForumID != r.ToForumID {
		return domain.InvalidField("/meetingId", "other_forum")
	}
	if err := m.in("target_meeting_begun", Draft, Called, InProgress); err != nil {
		return err
	}
	source, err := st.Meetings.Item(everything, v.Item.ID)
	if err != nil {
		return err
	}
	items, err := st.Meetings.Items(actor.Scope(), meeting)
	if err != nil {
		return err
	}
	at, err := spots(items, AgendaPlace{Last: true}, 1)
	if err != nil {
		return err
	}
	var id domain.AgendaItemID
	id.SetNew(s.NewID)
	i := source.copyFor(m, id, at[0], log.Now())
	i.ParentID, i.PresenterID, i.Preparer, i.Proposal, i.MinutesReserved = domain.AgendaItemID{}, domain.PostID{}, domain.Text{}, v.Text, 0
	if err := s.insertItem(st, log, actor, domain.ReferralAnswer, items, i); err != nil {
		return err
	}
	if err := s.copyAttachments(st, log, actor, source, i); err != nil {
		return err
	}
	return r.Land(id)
}

// RefuseReferral sends a matter back with a reason.
func (s *Service) RefuseReferral(ctx context.Context, actor domain.Actor, id domain.ReferralID, reason domain.Text) (ReferralView, error) {
	return s.updateReferral(ctx, actor, id, domain.ReferralAnswer, Referral.Resource, func(_ Stores, log *domain.AuditLog, _ ReferralView, r *Referral) error {
		return r.Refuse(actor.PostID, reason, log.Now())
	})
}

func sender(r Referral) domain.Resource { return domain.Resource{ForumID: r.FromForumID} }

// SettleReferral ends a refused referral for the sender, with the reason why
// nothing follows.
func (s *Service) SettleReferral(ctx context.Context, actor domain.Actor, id domain.ReferralID, reason domain.Text) (ReferralView, error) {
	return s.updateReferral(ctx, actor, id, domain.ReferralSettle, sender, func(_ Stores, log *domain.AuditLog, _ ReferralView, r *Referral) error {
		return r.Settle(reason, log.Now())
	})
}

// WithdrawReferral takes a referral that waits for its answer back for the
// sender, with a reason that the other forum reads too.
func (s *Service) WithdrawReferral(ctx context.Context, actor domain.Actor, id domain.ReferralID, reason domain.Text) (ReferralView, error) {
	return s.updateReferral(ctx, actor, id, domain.ReferralWithdraw, sender, func(_ Stores, log *domain.AuditLog, _ ReferralView, r *Referral) error {
		return r.WithdrawSent(reason, log.Now())
	})
}

// ReferOn refers the matter of a refused referral to another forum. The refused
// one is settled by it.
func (s *Service) ReferOn(ctx context.Context, actor domain.Actor, id domain.ReferralID, to domain.ForumID) (ReferralView, error) {
	return s.updateReferral(ctx, actor, id, domain.ReferralSettle, sender, func(st Stores, log *domain.AuditLog, v ReferralView, r *Referral) error {
		if err := st.Meetings.SeeForum(actor.Scope(), to); err != nil {
			return unknown(err, "/toForumId")
		}
		if err := r.Settle(referredOn, log.Now()); err != nil {
			return err
		}
		m, err := st.Meetings.Get(everything, v.Meeting.ID)
		if err != nil {
			return err
		}
		return s.refer(st, log, actor, domain.ReferralSettle, m, Outcome{ID: r.OutcomeID, ToForumID: to})
	})
}

// referredOn is the reason that stands in a refused referral whose matter was
// referred to another forum.
var referredOn = domain.Text{FI: "Lähetetty toiselle foorumille", SV: "Hänskjutet till ett annat forum", EN: "Referred to another forum"}
