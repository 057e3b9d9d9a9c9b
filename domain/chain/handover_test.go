package chain_test

import (
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/chain"
)

// parties are two principal ones, whose people edit a chain of three stages.
type parties struct{ giver, receiver domain.PartyID }

func (p parties) by(party domain.PartyID) chain.By {
	return chain.By{Actor: coordinator(party), Principals: []domain.PartyID{p.giver, p.receiver}, NewID: domain.UUIDv7}
}

func (p parties) edit(from, to int) chain.Edit {
	e := edit()
	for i, party := range []domain.PartyID{p.giver, p.receiver, p.receiver} {
		e.Stages = append(e.Stages, chain.StageEdit{PartyID: party, Title: domain.Text{FI: string(rune('A' + i))}, Level: chain.Universal})
	}
	e.Handovers = []chain.HandoverEdit{{From: from, To: to, What: domain.Text{FI: "Tieto"}, Gap: chain.NoGap}}
	return e
}

// keep names the chain's stages and its hand-over in the edit.
func keep(e chain.Edit, c chain.Chain) chain.Edit {
	for i := range e.Stages {
		e.Stages[i].ID = c.Stages[i].ID
	}
	e.Handovers[0].ID = c.Handovers[0].ID
	return e
}

func accept(t *testing.T, h *chain.Handover, party domain.PartyID, now time.Time) {
	t.Helper()
	if err := h.Answer(domain.Actor{PartyID: party}, true, domain.Text{}, now); err != nil {
		t.Fatal(err)
	}
}

// agreed is a chain whose hand-over from the first to the second stage both have
// accepted.
func agreed(t *testing.T, now time.Time) (parties, chain.Chain) {
	t.Helper()
	var p parties
	p.giver.SetNew(domain.UUIDv7)
	p.receiver.SetNew(domain.UUIDv7)
	c, err := chain.New(domain.ChainID{UUID: domain.UUIDv7()}, p.by(p.giver), p.edit(1, 2), now)
	if err != nil {
		t.Fatal(err)
	}
	accept(t, &c.Handovers[0], p.receiver, now)
	if c.Handovers[0].Standing != domain.InForce {
		t.Fatalf("accepted by both: %s", c.Handovers[0].Standing)
	}
	return p, c
}

// A change that waits and points to a stage that is taken out cannot wait any
// more; what is in force between the others stays.
func TestAChangeToARemovedStageIsTakenBack(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)
	p, c := agreed(t, now)
	if _, err := c.Change(p.by(p.giver), keep(p.edit(1, 3), c), now); err != nil {
		t.Fatal(err)
	}
	h := c.Handovers[0]
	if h.Standing != domain.Reopened || h.Change == nil || h.Change.ToStageID != c.Stages[2].ID {
		t.Fatalf("pointed to the third stage: %s, %+v", h.Standing, h.Change)
	}
	e := keep(p.edit(1, 2), c)
	e.Stages = e.Stages[:2]
	if _, err := c.Change(p.by(p.giver), e, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if h = c.Handovers[0]; h.Standing != domain.InForce || h.Waiting != nil || h.Change != nil || h.InForce.Revision != 1 {
		t.Errorf("without the third stage: %s, %+v", h.Standing, h)
	}
}

// What is in force with a stage that is taken out is in force no more; pointed to
// another it is proposed anew, and its agreement stands in the past.
func TestARemovedStageEndsWhatWasAgreedWithIt(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)
	p, c := agreed(t, now)
	e := keep(p.edit(1, 3), c)
	e.Stages = append(e.Stages[:1], e.Stages[2])
	e.Handovers[0].To = 2
	if _, err := c.Change(p.by(p.receiver), e, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	h := c.Handovers[0]
	if h.Standing != domain.Proposed || h.InForce != nil || h.Change != nil || h.ToStageID != c.Stages[1].ID || !h.Waiting.Waits(p.giver) || h.Waiting.Waits(p.receiver) {
		t.Errorf("pointed to the stage that is left: %s, %+v", h.Standing, h)
	}
	if len(h.Past) != 1 || h.Past[0].State != domain.AgreementSuperseded || h.Past[0].Revision != 1 || h.Waiting.Revision != 2 {
		t.Errorf("the past: %+v", h.Past)
	}
}

// A party that declined may accept later; declining what is in force, answering
// for a party that it does not concern, and answering twice are refused.
func TestAnswersToHandovers(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)
	p, c := agreed(t, now)
	e := keep(p.edit(1, 2), c)
	e.Handovers[0].Channel = domain.Text{FI: "Puhelin"}
	if _, err := c.Change(p.by(p.giver), e, now); err != nil {
		t.Fatal(err)
	}
	h := c.Handovers[0]
	if err := h.Answer(domain.Actor{PartyID: p.receiver}, false, domain.Text{FI: "Ei vielä"}, now); err != nil || h.Standing != domain.ChangeDeclined || !h.Channel.IsZero() {
		t.Fatalf("declined: %s, %v", h.Standing, err)
	}
	for name, party := range map[string]domain.PartyID{"the proposer again": p.giver, "a stranger": {UUID: domain.UUIDv7()}} {
		if err := h.Answer(domain.Actor{PartyID: party}, true, domain.Text{}, now); err == nil {
			t.Errorf("%s answered", name)
		}
	}
	accept(t, &h, p.receiver, now)
	if h.Standing != domain.InForce || h.Channel.FI != "Puhelin" || h.InForce.Revision != 2 {
		t.Errorf("accepted after all: %s, %q", h.Standing, h.Channel.FI)
	}
	if err := h.Answer(domain.Actor{PartyID: p.receiver}, false, domain.Text{FI: "Ei"}, now); err == nil {
		t.Error("what is in force was declined")
	}
	if day := domain.DateOf(now); h.ReviewOverdue(day) {
		t.Error("a hand-over without a review is overdue")
	}
}

// coordinator is one of a party, who answers for it.
func coordinator(party domain.PartyID) domain.Actor {
	return domain.Actor{PartyID: party, Grants: []domain.ActiveGrant{{Role: domain.RoleCoordinator, PartyID: party}}}
}
