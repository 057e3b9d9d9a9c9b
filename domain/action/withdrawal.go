package action

import (
	"context"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Withdrawal is that an action was made in error: a copy of another, or one that
// nobody decided. It is kept and read at its address with the reason; no list,
// figure or condition has it.
type Withdrawal struct {
	On     domain.Date // zero: it stands
	Reason string      // read by everybody who may read the action
	PostID domain.PostID
	// The title and party of that post; filled by storage.
	Post    domain.Text
	PartyID domain.PartyID
}

// AuditValue is the day, as the log shows it: the reason is that of the entry.
func (w Withdrawal) AuditValue() any {
	if w.On.IsZero() {
		return nil
	}
	return w.On
}

// Withdrawn reports whether the action was withdrawn.
func (a Action) Withdrawn() bool { return !a.MadeInError.On.IsZero() }

// Withdraw says that the action was made in error. A party alone does so only while
// no other has had a word in it: Conflict others_spoke if another party has reported
// or confirmed it, or a post of another has taken a leading or sharing part; then it
// is cancelled by the words of all. Conflict action_ended if it has ended,
// action_withdrawn if it was withdrawn already, forwarded_here if another action
// goes on in it by what any party says.
func (a *Action) Withdraw(party domain.PartyID, post domain.PostID, here []Ref, reason string, now time.Time) error {
	reason, err := reasonOf(reason)
	spoke := func(p PartyStatus) bool { return p.PartyID != party }
	agreed := func(r domain.Responsible) bool {
		return r.PartyID != party && r.Principal && (r.Part == domain.Lead || r.Part == domain.Shared) && r.Standing.IsInForce()
	}
	switch {
	case a.Withdrawn():
		return withdrawn()
	case a.Status.Closed():
		return domain.Conflict("action_ended", string(a.Status), "it has ended")
	case !party.IsZero() && (slices.ContainsFunc(a.Said, spoke) || slices.ContainsFunc(a.Responsibilities, agreed)):
		return domain.Conflict("others_spoke", "", "another party has had a word in it: cancel it by a report")
	case len(here) > 0:
		return domain.Conflict("forwarded_here", "", "another action goes on in it")
	case err != nil:
		return err
	}
	a.MadeInError, a.UpdatedAt = Withdrawal{On: domain.DateOf(now), Reason: reason, PostID: post}, now
	return nil
}

// Restore takes back that the action was withdrawn: Conflict action_not_withdrawn if
// it was not.
func (a *Action) Restore(reason string, now time.Time) error {
	if !a.Withdrawn() {
		return domain.Conflict("action_not_withdrawn", "", "it was not withdrawn")
	}
	if _, err := reasonOf(reason); err != nil {
		return err
	}
	a.MadeInError, a.UpdatedAt = Withdrawal{}, now
	return nil
}

func withdrawn() error {
	return domain.Conflict("action_withdrawn", "", "it was withdrawn as made in error: restore it first")
}

func reasonOf(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	var v domain.Violations
	v.Require(reason != "", "/reason")
	if len([]rune(reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	return reason, v.Err()
}

// Withdraw says of version of an action that it was made in error.
func (s *Service) Withdraw(ctx context.Context, actor domain.Actor, id domain.ActionID, version int, reason string) (Item, error) {
	return s.withdrawal(ctx, actor, id, version, reason, func(a *Action, here []Ref, now time.Time) error {
		return a.Withdraw(actor.PartyID, actor.PostID, here, reason, now)
	})
}

// Restore takes that back.
func (s *Service) Restore(ctx context.Context, actor domain.Actor, id domain.ActionID, version int, reason string) (Item, error) {
	return s.withdrawal(ctx, actor, id, version, reason, func(a *Action, _ []Ref, now time.Time) error {
		return a.Restore(reason, now)
	})
}

func (s *Service) withdrawal(ctx context.Context, actor domain.Actor, id domain.ActionID, version int, reason string, change func(*Action, []Ref, time.Time) error) (Item, error) {
	return s.write(ctx, actor, domain.ActionWithdraw, id, version, func(st Stores, log *domain.AuditLog, v *View) ([]domain.Change, string, error) {
		if err := st.Actions.LockForwards(); err != nil {
			return nil, "", err
		}
		old := v.Action
		here, err := st.Actions.NamedBy(id)
		if err != nil {
			return nil, "", err
		}
		if err := change(&v.Action, here, log.Now()); err != nil {
			return nil, "", err
		}
		changes := domain.Diff(old, v.Action)
		if _, err := st.Actions.UpdateWithdrawal(v.Action); err != nil {
			return nil, "", err
		}
		*v, err = st.Actions.Get(actor.Scope(), id)
		return changes, strings.TrimSpace(reason), err
	})
}
