package domain

import "slices"

// MaxPins is at how many stages, and at how many hand-overs, one thing is pinned
// at most.
const MaxPins = 40

// PinnedStage names a stage of a service chain at which something is pinned.
type PinnedStage struct {
	ID         StageID
	ChainID    ChainID
	ChainKey   string
	ChainTitle Text
	PartyID    PartyID // whose stage it is
	Position   int     // place in the chain, from 1
	Title      Text
	ValidTo    Date // last day; zero: goes on
}

// PinnedHandover names a hand-over of a service chain at which something is
// pinned.
type PinnedHandover struct {
	ID         HandoverID
	ChainID    ChainID
	ChainKey   string
	ChainTitle Text
	What       Text // passes
	From       Text // title of the giving stage
	To         Text // and of the receiving one
	ValidTo    Date // last day; zero: goes on
}

// Pins are the places in service chains at which something is pinned, as far as
// a scope may see the chains, in the order of the chains.
type Pins struct {
	Stages    []PinnedStage
	Handovers []PinnedHandover
}

// StageIDs are the ids of the stages.
func (p Pins) StageIDs() (ids []StageID) {
	for _, s := range p.Stages {
		ids = append(ids, s.ID)
	}
	return ids
}

// HandoverIDs are the ids of the hand-overs.
func (p Pins) HandoverIDs() (ids []HandoverID) {
	for _, h := range p.Handovers {
		ids = append(ids, h.ID)
	}
	return ids
}

// PinUse is what a thing names of service chains: before an edit and after it.
type PinUse struct {
	OldStages, Stages       []StageID
	OldHandovers, Handovers []HandoverID
}

// PinBook tells features of service chains what they need when they save what is
// pinned to them.
type PinBook interface {
	// Places returns those of the stages and hand-overs that there are, by whether
	// they have ended by the day of the unit of work.
	Places(stages []StageID, handovers []HandoverID) (PinPlaces, error)
}

// PinPlaces are stages and hand-overs that there are: true for one that has ended.
type PinPlaces struct {
	Stages    map[StageID]bool
	Handovers map[HandoverID]bool
}

// CheckPins is the error "unknown" at each field that begins to name a stage or
// hand-over that is not there, "pin_ended" at one that begins to name one that has
// ended, and "too_many" at one with more than MaxPins. A pin stays where it is when
// its place ends.
func CheckPins(book PinBook, u PinUse) error {
	var v Violations
	if len(u.Stages) > MaxPins {
		v.Add("/stageIds", "too_many")
	}
	if len(u.Handovers) > MaxPins {
		v.Add("/handoverIds", "too_many")
	}
	if err := v.Err(); err != nil {
		return err
	}
	stages, handovers := begun(u.OldStages, u.Stages), begun(u.OldHandovers, u.Handovers)
	if len(stages) == 0 && len(handovers) == 0 {
		return nil
	}
	places, err := book.Places(stages, handovers)
	if err != nil {
		return err
	}
	checkPlaces(&v, "/stageIds", stages, places.Stages)
	checkPlaces(&v, "/handoverIds", handovers, places.Handovers)
	return v.Err()
}

// checkPlaces adds what is wrong with ids at a pointer; of several things what is
// wrong most.
func checkPlaces[K any](v *Violations, pointer string, ids []ID[K], ended map[ID[K]]bool) {
	code := ""
	for _, id := range ids {
		switch over, known := ended[id]; {
		case !known:
			code = "unknown"
		case over && code == "":
			code = "pin_ended"
		}
	}
	if code != "" {
		v.Add(pointer, code)
	}
}

// begun are those of now that old does not have.
func begun[K any](old, now []ID[K]) (out []ID[K]) {
	for _, id := range now {
		if !slices.Contains(old, id) {
			out = append(out, id)
		}
	}
	return out
}
