package chain_test

import (
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/chain"
)

func stage(title string) chain.StageEdit {
	var party domain.PartyID
	party.SetNew(domain.UUIDv7)
	return chain.StageEdit{PartyID: party, Title: domain.Text{FI: title}, Level: chain.Universal}
}

var by = chain.By{NewID: domain.UUIDv7}

func edit(stages ...chain.StageEdit) chain.Edit {
	return chain.Edit{Key: "chain", Title: domain.Text{FI: "Ketju"}, Visibility: domain.Public, Stages: stages}
}

// Stages keep their identity when they move, get a version for each change, and
// end when they are left out: yesterday, also if they began today.
func TestStagesMoveAndEnd(t *testing.T) {
	t.Parallel()
	monday := time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)
	c, err := chain.New(domain.ChainID{UUID: domain.UUIDv7()}, by, edit(stage("A"), stage("B"), stage("C")), monday)
	if err != nil {
		t.Fatal(err)
	}
	again := func(s chain.Stage) chain.StageEdit {
		return chain.StageEdit{ID: s.ID, PartyID: s.PartyID, Title: s.Title, Level: s.Level}
	}
	a, b, third := c.Stages[0], c.Stages[1], c.Stages[2]
	ended, err := c.Change(by, edit(again(b), again(a), stage("D")), monday.Add(24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if ended := ended.Stages; len(ended) != 1 || ended[0].ID != third.ID || ended[0].ValidTo.String() != "2026-11-23" || ended[0].Version != 2 {
		t.Errorf("ended %+v", ended)
	}
	if got := c.Stages[0]; got.ID != b.ID || got.Position != 1 || got.Version != 2 {
		t.Errorf("the first stage is %+v", got)
	}
	d := c.Stages[2]
	if d.ValidFrom.String() != "2026-11-24" || d.Version != 1 {
		t.Errorf("the new stage is %+v", d)
	}
	unchanged := c
	if ended, err = c.Change(by, edit(again(c.Stages[0]), again(c.Stages[1])), monday.Add(25*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if ended := ended.Stages; ended[0].ID != d.ID || ended[0].ValidTo.String() != "2026-11-23" {
		t.Errorf("what began today ends %s", ended[0].ValidTo)
	}
	if c.Stages[0].Version != unchanged.Stages[0].Version {
		t.Error("a stage that did not change has a new version")
	}
}
