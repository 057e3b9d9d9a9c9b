package chain

import (
	"context"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Handover returns a hand-over of a chain that the actor may see, or NotFound.
func (s *Service) Handover(ctx context.Context, actor domain.Actor, id domain.HandoverID) (v HandoverView, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		v, err = st.Handovers.Get(actor.Scope(), id)
		return err
	})
	v.mayAnswer(actor)
	return v, err
}

func (v *HandoverView) mayAnswer(actor domain.Actor) { v.Answers = v.answers(actor, v.Posts) }

// Handovers returns one page of the hand-overs of the chains that the actor may
// see.
func (s *Service) Handovers(ctx context.Context, actor domain.Actor, f HandoverFilter, p domain.PageRequest) (page domain.Page[HandoverView], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Handovers.List(actor.Scope(), f, p)
		return err
	})
	for i := range page.Items {
		page.Items[i].mayAnswer(actor)
	}
	return page, err
}

// Breaks returns one page of the hand-overs that do not hold on the day shown,
// in the chains that the actor may see.
func (s *Service) Breaks(ctx context.Context, actor domain.Actor, f BreakFilter, p domain.PageRequest) (page domain.Page[Break], err error) {
	err = s.Gaps.Read(ctx, func(st BreakStores) error {
		page, err = st.Breaks.Breaks(actor.Scope(), f, p)
		return err
	})
	for i := range page.Items {
		page.Items[i].mayAnswer(actor)
	}
	return page, err
}

// maxRevisions is how many contents of a hand-over are shown.
const maxRevisions = 100

// Revisions returns the contents that were proposed for a hand-over with the
// answers to them, newest first.
func (s *Service) Revisions(ctx context.Context, actor domain.Actor, id domain.HandoverID) (out []Revision, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if _, err := st.Handovers.Get(actor.Scope(), id); err != nil {
			return err
		}
		out, err = st.Handovers.Revisions(actor.Scope(), id, maxRevisions)
		return err
	})
	return out, err
}

// AnswerHandover accepts or declines what waits, for the actor's own party:
// exactly the content of version. Declining needs a reason.
func (s *Service) AnswerHandover(ctx context.Context, actor domain.Actor, id domain.HandoverID, version int, accept bool, reason domain.Text) (HandoverView, error) {
	return s.decide(ctx, actor, id, version, func(st Stores, log *domain.AuditLog, v HandoverView) error {
		if err := actor.Check(domain.AgreementAccept, v.answering(actor.PartyID, v.Posts)); err != nil {
			return err
		}
		h := v.Handover
		if err := h.Answer(actor, accept, reason, log.Now()); err != nil {
			return err
		}
		said, _ := reason.Trim().In(domain.Finnish)
		return save(st, log, actor, domain.AgreementAccept, v, h, said)
	})
}

// WithdrawHandover takes back what the actor's party proposed and another has
// not yet accepted. A hand-over that never was in force ends: then gone.
func (s *Service) WithdrawHandover(ctx context.Context, actor domain.Actor, id domain.HandoverID, version int, reason string) (gone bool, v HandoverView, err error) {
	v, err = s.decide(ctx, actor, id, version, func(st Stores, log *domain.AuditLog, v HandoverView) error {
		if err := actor.Check(domain.ChainEdit, domain.Resource{}); err != nil {
			return err
		}
		h := v.Handover
		if gone, err = h.Withdraw(actor, log.Now()); err != nil {
			return err
		}
		restored, err := s.restore(st, actor, v, &h, log.Now())
		if err != nil {
			return err
		}
		gone = gone && !restored
		if gone {
			held, err := st.Chains.Held([]domain.AnyID{{UUID: id.UUID}})
			if err != nil {
				return err
			}
			if slices.ContainsFunc(held[domain.AnyID{UUID: id.UUID}], func(p domain.PartyID) bool { return p != actor.PartyID }) {
				return domain.Conflict("part_in_force", string(v.Standing), "a post of another party has a part in it, or that party has proposed one: end or answer that first")
			}
		}
		if !gone { // who was asked only about what waited is asked about what stands
			by, err := s.by(st, actor)
			if err != nil {
				return err
			}
			c, err := st.Chains.Get(domain.Scope{Staff: true}, v.Chain.ID) // the stages of what stands now
			if err != nil {
				return err
			}
			h.widen(by, c.Stages, log.Now())
		}
		if err := save(st, log, actor, domain.ChainEdit, v, h, strings.TrimSpace(reason)); err != nil || !gone {
			return err
		}
		chain := domain.SubjectOf(domain.SubjectChain, v.Chain.ID)
		return st.Book.EndAll(log, actor, domain.SubjectOf(domain.SubjectHandover, id), chain)
	})
	return gone, v, err
}

// restore lets the terms wait again that another party had proposed and the ones
// taken back had replaced, if their stages are still there. It reports whether
// there were such terms.
func (s *Service) restore(st Stores, actor domain.Actor, v HandoverView, h *Handover, now time.Time) (bool, error) {
	past, err := st.Handovers.Revisions(domain.Scope{Staff: true}, h.ID, maxRevisions)
	if err != nil {
		return false, err
	}
	i := domain.ReplacedBy(actor.PartyID, past, Revision.agreement)
	if i < 0 {
		return false, nil
	}
	c, err := st.Chains.Get(domain.Scope{Staff: true}, v.Chain.ID)
	if err != nil || !stands(past[i].Content, c.Stages) {
		return false, err
	}
	var id domain.AgreementID
	id.SetNew(s.NewID)
	h.Restore(id, past[i].Content, past[i].Agreement, now)
	return true, nil
}

func save(st Stores, log *domain.AuditLog, actor domain.Actor, p domain.Permission, old HandoverView, h Handover, reason string) error {
	h, err := st.Handovers.Update(h)
	if err != nil {
		return err
	}
	log.Add(actor, p, domain.SubjectOf(domain.SubjectHandover, h.ID), h.Version, changesOf(old.Handover, h),
		domain.Under(domain.SubjectOf(domain.SubjectChain, old.Chain.ID)), domain.Because(reason))
	if h.ValidTo == old.ValidTo && h.Terms().Same(old.Terms()) && h.Latest().Same(old.Latest()) {
		return nil
	}
	return st.Chains.Touch(old.Chain.ID, log.Now()) // no form that was opened before proposes old terms again
}

// decide locks the chain of a hand-over that the actor may see and lets change
// work on version of it: Stale if it has another version by now.
func (s *Service) decide(ctx context.Context, actor domain.Actor, id domain.HandoverID, version int,
	change func(Stores, *domain.AuditLog, HandoverView) error) (v HandoverView, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if v, err = st.Handovers.Get(actor.Scope(), id); err != nil {
			return err
		}
		if err := st.Chains.Lock(v.Chain.ID); err != nil {
			return err
		}
		if v, err = st.Handovers.Get(actor.Scope(), id); err != nil { // as it is behind the lock
			return err
		}
		if v.Version != version {
			v.mayAnswer(actor)
			return domain.Stale(domain.SubjectOf(domain.SubjectHandover, id), version, v)
		}
		if err := change(st, log, v); err != nil {
			return err
		}
		if v, err = st.Handovers.Get(actor.Scope(), id); err != nil {
			return err
		}
		v.mayAnswer(actor)
		return nil
	})
	return v, err
}
