package domain

import (
	"slices"
	"time"
)

// Accord is how far the parties agree on contents T of one subject: what is in
// force, and what waits beside it. The subject keeps its current content, which
// is the one in force or, while nothing is, the one that was proposed last; the
// methods are given it and return what it is from then on.
type Accord[T interface{ Same(T) bool }] struct {
	Standing Standing `audit:"track"`
	// InForce is the agreement behind the current content; nil while that is only
	// proposed.
	InForce *Agreement `audit:"ignore"`
	// Waiting is the agreement that waits for answers or was declined; nil if none.
	// Change is its content where something else is in force.
	Waiting *Agreement  `audit:"ignore"`
	Change  *T          `audit:"track"`
	Past    []Agreement `audit:"ignore"` // closed by the last change, for the store
	// Revision is the number of the content that was proposed last.
	Revision int `audit:"ignore"`
}

// Propose proposes next to the parties that it concerns, and to those that are
// bound until then. The current content takes back a change that waits.
func (a *Accord[T]) Propose(id AgreementID, current, next T, to Asked, by Proposer, now time.Time) T {
	to.Leaving = append(slices.Clone(to.Leaving), a.Bound()...)
	if p := a.Displaced(by); !p.IsZero() {
		to.Leaving = append(to.Leaving, p) // its own word is replaced
	}
	takesBack := a.InForce != nil && next.Same(current)
	if a.Waiting != nil {
		state := AgreementSuperseded
		if takesBack {
			state = AgreementWithdrawn
		}
		a.close(a.Waiting, state, now)
		a.Waiting, a.Change = nil, nil
	}
	if takesBack {
		return a.settle(current, now)
	}
	if a.InForce == nil {
		current = next
	} else {
		a.Change = &next
	}
	a.Revision++
	g := ProposeAgreement(id, a.Revision, to, by, now)
	a.Waiting = &g
	return a.settle(current, now)
}

// Bound are the parties without whose word nothing takes the place of what is
// there: those that what is in force concerns, and those that were to be
// released by what waits and have been told so only.
func (a Accord[T]) Bound() (out []PartyID) {
	if a.InForce != nil {
		for _, c := range a.InForce.Acceptances {
			if !c.Leaves {
				out = append(out, c.PartyID)
			}
		}
	}
	if a.Waiting != nil {
		for _, c := range a.Waiting.Acceptances {
			if c.Leaves {
				out = append(out, c.PartyID)
			}
		}
	}
	return out
}

// Pledged are the parties that have given their word on what is there: they are
// bound, or have accepted what waits.
func (a Accord[T]) Pledged() []PartyID {
	out := a.Bound()
	if a.Waiting != nil {
		for _, c := range a.Waiting.Acceptances {
			if c.State == AcceptanceAccepted {
				out = append(out, c.PartyID)
			}
		}
	}
	return out
}

// ProposedByOther reports whether nothing is in force and what waits is not the
// proposal of the actor's party: only an answer disposes of it.
func (a Accord[T]) ProposedByOther(actor Actor) bool {
	return a.InForce == nil && a.Waiting != nil && a.Waiting.ProposedParty != actor.PartyID && actor.System == ""
}

// Displaced is the party whose proposal a new one would take the place of before
// it has been answered; zero if none.
func (a Accord[T]) Displaced(by Proposer) PartyID {
	switch {
	case a.Waiting == nil || by.System != "" || a.answered(*a.Waiting):
		return PartyID{}
	case a.Waiting.ProposedParty == by.PartyID:
		return by.Over
	default:
		return a.Waiting.ProposedParty
	}
}

// answered reports whether an answer has disposed of a proposal: it was declined,
// and something else is in force.
func (a Accord[T]) answered(g Agreement) bool {
	return a.InForce != nil && slices.ContainsFunc(g.Acceptances, func(c Acceptance) bool { return c.State == AcceptanceDeclined })
}

// Countered reports whether there was another proposal between what is in force
// and what waits.
func (a Accord[T]) Countered() bool {
	last := 0
	if a.InForce != nil {
		last = a.InForce.Revision
	}
	return a.Waiting != nil && a.Waiting.Revision > last+1
}

// Widen asks the parties of circle that have not been asked. The content stays
// as it is, and what a party has accepted stays accepted; it reports whether
// anybody is asked.
func (a *Accord[T]) Widen(id AgreementID, current T, circle []PartyID, now time.Time) bool {
	latest := a.Waiting
	if latest == nil {
		latest = a.InForce
	}
	if latest == nil {
		return false
	}
	var to Asked
	for _, c := range latest.Acceptances {
		if !c.Leaves {
			to.Concerned = append(to.Concerned, c.PartyID)
		} else if !slices.Contains(circle, c.PartyID) {
			to.Leaving = append(to.Leaving, c.PartyID)
		}
	}
	asked := len(to.Concerned)
	for _, p := range circle {
		if !slices.Contains(to.Concerned, p) {
			to.Concerned = append(to.Concerned, p)
		}
	}
	if len(to.Concerned) == asked {
		return false
	}
	a.Revision++
	// Who widens the circle has not accepted what others promise.
	g := ProposeAgreement(id, a.Revision, to, Proposer{}, now)
	g.ProposedParty, g.ProposedPost = latest.ProposedParty, latest.ProposedPost
	g.Carry(*latest, now)
	if a.Waiting != nil {
		a.close(a.Waiting, AgreementSuperseded, now)
	} else {
		a.Change = &current
	}
	a.Waiting = &g
	a.settle(current, now)
	return true
}

// Answer records the answer of the actor's party to what waits.
func (a *Accord[T]) Answer(current T, actor Actor, accept bool, reason Text, now time.Time) (T, error) {
	if a.Waiting == nil {
		return current, a.nothingWaits()
	}
	g := *a.Waiting
	if err := g.Answer(actor, accept, reason, now); err != nil {
		return current, err
	}
	a.Waiting = &g
	return a.settle(current, now), nil
}

// Withdraw takes back what the actor's party proposed and still waits. It
// reports whether nothing is left: then nothing ever was in force.
func (a *Accord[T]) Withdraw(actor Actor, now time.Time) (gone bool, err error) {
	if a.Waiting == nil {
		return false, a.nothingWaits()
	}
	if a.Waiting.ProposedParty != actor.PartyID && actor.System == "" {
		return false, Conflict("proposed_by_other_party", string(a.Standing), "the other party proposed it: decline it instead")
	}
	a.TakeBack(now)
	return a.InForce == nil, nil
}

// Restore lets old wait again as its party proposed it, with the answers to it:
// what replaced it has been taken back, and only an answer disposes of it.
func (a *Accord[T]) Restore(id AgreementID, current, content T, old Agreement, now time.Time) T {
	if a.InForce == nil {
		current = content
	} else {
		a.Change = &content
	}
	a.Revision++
	old.ID, old.Revision, old.Acceptances = id, a.Revision, slices.Clone(old.Acceptances)
	old.settle(now)
	a.Waiting = &old
	return a.settle(current, now)
}

// ReplacedBy is the place in a subject's agreements, newest first, of the
// proposal of another party that the proposals of party took the place of, the
// newest of which waits; -1 if none.
func ReplacedBy[R any](party PartyID, newestFirst []R, of func(R) Agreement) int {
	for i, r := range newestFirst {
		g := of(r)
		held := !slices.ContainsFunc(g.Acceptances, func(c Acceptance) bool { return c.State != AcceptanceAccepted })
		switch {
		case i == 0:
		case g.State != AgreementSuperseded || held:
			return -1
		case g.ProposedParty != party:
			return i
		}
	}
	return -1
}

// Over is the party whose unanswered proposal what waits took the place of, by
// the subject's agreements, newest first; zero if none.
func Over[T interface{ Same(T) bool }, R any](a Accord[T], newestFirst []R, of func(R) Agreement) PartyID {
	if a.Waiting == nil {
		return PartyID{}
	}
	i := ReplacedBy(a.Waiting.ProposedParty, newestFirst, of)
	if i < 0 || a.answered(of(newestFirst[i])) {
		return PartyID{}
	}
	return of(newestFirst[i]).ProposedParty
}

// TakeBack closes what waits, whoever proposed it: what it was about is no more.
func (a *Accord[T]) TakeBack(now time.Time) {
	if a.Waiting == nil {
		return
	}
	a.close(a.Waiting, AgreementWithdrawn, now)
	a.Waiting, a.Change = nil, nil
	if a.InForce != nil {
		a.Standing = InForce
	}
}

// Lapse ends what is in force, since it cannot hold any more; what is proposed
// next begins anew.
func (a *Accord[T]) Lapse(now time.Time) {
	if a.InForce != nil {
		a.close(a.InForce, AgreementSuperseded, now)
		a.InForce = nil
	}
}

// Drop closes what waits and what is in force: the subject is no more.
func (a *Accord[T]) Drop(now time.Time) {
	for _, g := range []*Agreement{a.Waiting, a.InForce} {
		if g != nil {
			a.close(g, AgreementWithdrawn, now)
		}
	}
}

func (a *Accord[T]) nothingWaits() error {
	return Conflict("agreement_settled", string(a.Standing), "nothing waits for an answer")
}

// settle takes what all have accepted into force and names the standing.
func (a *Accord[T]) settle(current T, now time.Time) T {
	if a.Waiting != nil && a.Waiting.State == AgreementInForce {
		if a.InForce != nil {
			a.close(a.InForce, AgreementSuperseded, now)
		}
		if a.Change != nil {
			current = *a.Change
		}
		a.InForce, a.Waiting, a.Change = a.Waiting, nil, nil
	}
	a.Standing = StandingOf(a.InForce, a.Waiting)
	return current
}

func (a *Accord[T]) close(g *Agreement, state AgreementState, now time.Time) {
	old := *g
	old.Close(state, now)
	a.Past = append(a.Past, old)
}

// Latest returns the content that somebody said last: the change that waits, if
// one does, or the current one.
func (a Accord[T]) Latest(current T) T {
	if a.Change != nil {
		return *a.Change
	}
	return current
}

// AnswersSince are the parties' answers that differ from those of an earlier
// state, for the log.
func (a Accord[T]) AnswersSince(old Accord[T]) []Change {
	var out []Change
	var seen []PartyID
	for _, g := range []*Agreement{a.Waiting, a.InForce, old.Waiting, old.InForce} {
		if g == nil {
			continue
		}
		for _, c := range g.Acceptances {
			if slices.Contains(seen, c.PartyID) {
				continue
			}
			seen = append(seen, c.PartyID)
			if before, after := old.answerOf(c.PartyID), a.answerOf(c.PartyID); before != after {
				out = append(out, Change{Field: "acceptance", Old: before, New: after})
			}
		}
	}
	return out
}

// answerOf is a party's newest answer as the log shows it, or nil.
func (a Accord[T]) answerOf(p PartyID) any {
	for _, g := range []*Agreement{a.Waiting, a.InForce} {
		if g == nil {
			continue
		}
		for _, c := range g.Acceptances {
			if c.PartyID == p {
				return struct {
					PartyID  PartyID         `json:"partyId"`
					Answer   AcceptanceState `json:"answer"`
					Revision int             `json:"revision"`
				}{p, c.State, g.Revision}
			}
		}
	}
	return nil
}
