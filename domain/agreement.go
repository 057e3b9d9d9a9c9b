package domain

import (
	"slices"
	"time"
)

// Standing says how far the parties have agreed on something: on what is in
// force, or on what waits beside it.
type Standing string

// The standings.
const (
	Proposed       Standing = "proposed"        // nothing in force: a party has not yet answered
	Declined       Standing = "declined"        // nothing in force: a party declined
	InForce        Standing = "in_force"        // every party that it concerns has accepted this very content
	Reopened       Standing = "reopened"        // in force as accepted last; a change waits for an answer
	ChangeDeclined Standing = "change_declined" // in force as accepted last; a party declined a change
)

// IsInForce reports whether accepted content is in force.
func (s Standing) IsInForce() bool { return s == InForce || s == Reopened || s == ChangeDeclined }

// AgreementState is the state of one content that was proposed.
type AgreementState string

// The states of an agreement.
const (
	AgreementOpen       AgreementState = "open"       // a party has not yet answered
	AgreementInForce    AgreementState = "in_force"   // all have accepted, and nothing newer is in force
	AgreementDeclined   AgreementState = "declined"   // a party declined; it can still change its mind
	AgreementWithdrawn  AgreementState = "withdrawn"  // by the proposer
	AgreementSuperseded AgreementState = "superseded" // by a newer content
)

// AcceptanceState is one party's answer.
type AcceptanceState string

// The answers of a party.
const (
	AcceptanceOpen     AcceptanceState = "open"
	AcceptanceAccepted AcceptanceState = "accepted"
	AcceptanceDeclined AcceptanceState = "declined"
)

// Acceptance is the answer of one principal party to one exact content.
type Acceptance struct {
	PartyID PartyID
	State   AcceptanceState
	PostID  PostID    // in which it was given; zero while open
	At      time.Time // zero while open
	Reason  Text      // why it was declined
	// Leaves says that the content does not concern the party: it is asked because
	// what was in force before did, and is bound by nothing once it has accepted.
	Leaves bool
}

// Asked is whom a content needs the answers of.
type Asked struct {
	Concerned []PartyID // by the content itself
	Leaving   []PartyID // by what is in force until then, and not by the content
}

// Proposer is who proposes a content.
type Proposer struct {
	Actor
	// Accepts says that the actor may answer for their party: then to propose is to
	// accept. A secretary who records a decision proposes only.
	Accepts bool
	// Over is whose unanswered proposal the one of the actor's party that waits
	// took the place of; zero if none.
	Over PartyID
}

// Agreement is one exact content of a responsibility or hand-over, and the
// parties' answers to it. An acceptance never moves to another content.
type Agreement struct {
	ID            AgreementID
	Revision      int // of the subject's content, from 1
	State         AgreementState
	ProposedParty PartyID // whose person proposed it; zero if imported
	ProposedPost  PostID
	ProposedAt    time.Time
	SettledAt     time.Time    // zero while open
	Acceptances   []Acceptance // one for each principal party that it concerns
}

// ProposeAgreement proposes a content. A proposer who may answer for their party
// has accepted their own words; with nobody else to ask it is in force at once.
func ProposeAgreement(id AgreementID, revision int, to Asked, by Proposer, now time.Time) Agreement {
	a := Agreement{ID: id, Revision: revision, ProposedParty: by.PartyID, ProposedPost: by.PostID, ProposedAt: now}
	ask := func(p PartyID, leaves bool) {
		if slices.ContainsFunc(a.Acceptances, func(c Acceptance) bool { return c.PartyID == p }) {
			return
		}
		c := Acceptance{PartyID: p, State: AcceptanceOpen, Leaves: leaves}
		if p == by.PartyID && by.Accepts {
			c.State, c.PostID, c.At = AcceptanceAccepted, by.PostID, now
		}
		a.Acceptances = append(a.Acceptances, c)
	}
	for _, p := range to.Concerned {
		ask(p, false)
	}
	for _, p := range to.Leaving {
		ask(p, true)
	}
	a.settle(now)
	return a
}

// Carry takes over the acceptances of an agreement on the same content: for a
// content that by now concerns more parties than were asked.
func (a *Agreement) Carry(old Agreement, now time.Time) {
	for i, c := range a.Acceptances {
		if j := slices.IndexFunc(old.Acceptances, func(o Acceptance) bool { return o.PartyID == c.PartyID && o.Leaves == c.Leaves }); j >= 0 && c.State == AcceptanceOpen {
			a.Acceptances[i] = old.Acceptances[j]
		}
	}
	a.settle(now)
}

// Waits reports whether the party has not yet answered.
func (a Agreement) Waits(party PartyID) bool {
	return a.State == AgreementOpen && slices.ContainsFunc(a.Acceptances, func(c Acceptance) bool {
		return c.PartyID == party && c.State == AcceptanceOpen
	})
}

// Answer records the answer of the actor's party. A party that declined may
// accept later, and the other way round as long as it is not in force.
func (a *Agreement) Answer(actor Actor, accept bool, reason Text, now time.Time) error {
	if a.State != AgreementOpen && a.State != AgreementDeclined {
		return Conflict("agreement_settled", string(a.State), "nothing waits for an answer")
	}
	i := slices.IndexFunc(a.Acceptances, func(c Acceptance) bool { return c.PartyID == actor.PartyID })
	if i < 0 {
		return Conflict("party_not_concerned", string(a.State), "it does not concern this party")
	}
	answer := AcceptanceAccepted
	reason = reason.Trim()
	if !accept {
		answer = AcceptanceDeclined
		var v Violations
		reason.Check(&v, "/reason", true, 1000)
		if err := v.Err(); err != nil {
			return err
		}
	} else {
		reason = Text{}
	}
	if a.Acceptances[i].State == answer {
		return Conflict("already_answered", string(answer), "the party has given this answer")
	}
	a.Acceptances = slices.Clone(a.Acceptances)
	a.Acceptances[i] = Acceptance{PartyID: actor.PartyID, State: answer, PostID: actor.PostID, At: now, Reason: reason}
	a.settle(now)
	return nil
}

// Close ends an agreement that a newer content replaces or its proposer
// withdraws.
func (a *Agreement) Close(state AgreementState, now time.Time) { a.State, a.SettledAt = state, now }

func (a *Agreement) settle(now time.Time) {
	a.State, a.SettledAt = AgreementInForce, now
	for _, c := range a.Acceptances {
		if c.State == AcceptanceDeclined {
			a.State = AgreementDeclined
			return
		}
		if c.State == AcceptanceOpen {
			a.State, a.SettledAt = AgreementOpen, time.Time{}
		}
	}
}

// StandingOf is the standing that follows from the agreement in force and the
// one that waits; either may be nil.
func StandingOf(inForce, waiting *Agreement) Standing {
	declined := waiting != nil && waiting.State == AgreementDeclined
	switch {
	case inForce != nil && waiting == nil:
		return InForce
	case inForce != nil && declined:
		return ChangeDeclined
	case inForce != nil:
		return Reopened
	case declined:
		return Declined
	default:
		return Proposed
	}
}

// Answerer is who can answer for a party: what waits for it is looked up by it.
type Answerer struct {
	Party PartyID
	All   bool     // everything that waits for the party
	Units []UnitID // what concerns posts of these units
}

// Answerer is for whom the actor can answer; false if for nobody.
func (a Actor) Answerer() (Answerer, bool) {
	out := Answerer{Party: a.PartyID}
	for _, g := range a.Grants {
		switch {
		case g.Role == RoleCoordinator && g.PartyID == a.PartyID:
			out.All = true
		case g.Role == RoleManager && g.PartyID == a.PartyID:
			out.Units = append(out.Units, g.Units...)
		}
	}
	return out, out.All || len(out.Units) > 0
}
