package api

import (
	"yhdyspinta/domain"
	"yhdyspinta/domain/chain"
)

// Pins are the places in service chains at which something is pinned.
type Pins struct {
	Stages    []PinnedStage    `json:"stages"`
	Handovers []PinnedHandover `json:"handovers"`
}

// PinnedStage names a stage at which something is pinned.
type PinnedStage struct {
	ID       domain.StageID `json:"id" format:"uuid"`
	Chain    ChainRef       `json:"chain"`
	PartyID  domain.PartyID `json:"partyId" format:"uuid" doc:"Whose stage it is"`
	Position int            `json:"position" doc:"Place in the chain, from 1"`
	Title    Text           `json:"title"`
	ValidTo  domain.Date    `json:"validTo,omitzero" format:"date" doc:"Last day; missing while it goes on"`
}

// PinnedHandover names a hand-over at which something is pinned.
type PinnedHandover struct {
	ID      domain.HandoverID `json:"id" format:"uuid"`
	Chain   ChainRef          `json:"chain"`
	What    Text              `json:"what" doc:"What passes"`
	From    Text              `json:"from" doc:"Title of the giving stage"`
	To      Text              `json:"to" doc:"Title of the receiving stage"`
	ValidTo domain.Date       `json:"validTo,omitzero" format:"date" doc:"Last day; missing while it goes on"`
}

func pinsOf(p domain.Pins) Pins {
	out := Pins{Stages: []PinnedStage{}, Handovers: []PinnedHandover{}}
	for _, s := range p.Stages {
		out.Stages = append(out.Stages, PinnedStage{ID: s.ID, Chain: ChainRef{s.ChainID, s.ChainKey, s.ChainTitle}, PartyID: s.PartyID,
			Position: s.Position, Title: s.Title, ValidTo: s.ValidTo})
	}
	for _, h := range p.Handovers {
		out.Handovers = append(out.Handovers, PinnedHandover{ID: h.ID, Chain: ChainRef{h.ChainID, h.ChainKey, h.ChainTitle},
			What: h.What, From: h.From, To: h.To, ValidTo: h.ValidTo})
	}
	return out
}

// PinnedGoal is a goal at stages and hand-overs of a chain.
type PinnedGoal struct {
	ID          domain.GoalID       `json:"id" format:"uuid"`
	No          int                 `json:"no" doc:"The number people use"`
	Title       Text                `json:"title"`
	StageIDs    []domain.StageID    `json:"stageIds"`
	HandoverIDs []domain.HandoverID `json:"handoverIds"`
}

// PinnedForum is a forum at stages and hand-overs of a chain.
type PinnedForum struct {
	ID          domain.ForumID      `json:"id" format:"uuid"`
	Key         string              `json:"key"`
	Title       Text                `json:"title"`
	StageIDs    []domain.StageID    `json:"stageIds"`
	HandoverIDs []domain.HandoverID `json:"handoverIds"`
}

func pinnedGoals(things []chain.PinnedThing) []PinnedGoal {
	out := make([]PinnedGoal, len(things))
	for i, p := range things {
		out[i] = PinnedGoal{ID: domain.GoalID{UUID: p.ID.UUID}, No: p.No, Title: p.Title, StageIDs: orEmpty(p.StageIDs), HandoverIDs: orEmpty(p.HandoverIDs)}
	}
	return out
}

func pinnedForums(things []chain.PinnedThing) []PinnedForum {
	out := make([]PinnedForum, len(things))
	for i, p := range things {
		out[i] = PinnedForum{ID: domain.ForumID{UUID: p.ID.UUID}, Key: p.Key, Title: p.Title, StageIDs: orEmpty(p.StageIDs), HandoverIDs: orEmpty(p.HandoverIDs)}
	}
	return out
}
