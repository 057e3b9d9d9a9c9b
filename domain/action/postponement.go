package action

import (
	"time"

	"yhdyspinta/domain"
)

// DueMove is how a due date that was set has changed.
type DueMove string

// The moves, by the last day of the due period.
const (
	DueLater    DueMove = "later"
	DueEarlier  DueMove = "earlier"
	DueRemoved  DueMove = "removed"  // no due date by now
	DueReworded DueMove = "reworded" // the same last day, known more or less exactly
)

// Postponement is one change of a due date that was set, as the history and the
// log have it.
type Postponement struct {
	At            time.Time
	FromOn        domain.Date
	FromPrecision domain.Precision
	ToOn          domain.Date // zero: removed
	ToPrecision   domain.Precision
	Reason        string // "" where it came by an import without one
	PartyID       domain.PartyID
	PostID        domain.PostID // zero: in no post
	Post          domain.Text
}

// Move tells which way the due date moved, and by how many days.
func (p Postponement) Move() (move DueMove, days int) {
	if p.ToOn.IsZero() {
		return DueRemoved, 0
	}
	days = p.FromPrecision.Last(p.FromOn).DaysUntil(p.ToPrecision.Last(p.ToOn))
	switch {
	case days > 0:
		return DueLater, days
	case days < 0:
		return DueEarlier, days
	}
	return DueReworded, 0
}

// explain gives the moves of the unit of work itself, whose entry is not in the log
// yet, what that will say.
func explain(moves []Postponement, actor domain.Actor, reason string, now time.Time) {
	for i := range moves {
		if p := &moves[i]; !p.At.Before(now) {
			p.Reason, p.PartyID = reason, actor.PartyID
		}
	}
}
