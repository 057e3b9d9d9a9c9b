package goal

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// EndingKind is how a goal has ended.
type EndingKind string

// The endings; "" is none. Merged and superseded goals go on in another.
const (
	Cancelled  EndingKind = "cancelled"
	Merged     EndingKind = "merged"
	Superseded EndingKind = "superseded"
)

// GoesOn reports whether what the goal was about goes on in another.
func (k EndingKind) GoesOn() bool { return k == Merged || k == Superseded }

const maxReason = 1000

// Ref names another goal as readers see it.
type Ref struct {
	ID      domain.GoalID
	No      int
	Title   domain.Text
	Ending  EndingKind     // of the other goal
	PartyID domain.PartyID // whose the other goal is; zero: a shared goal
}

// EndingEdit is how a goal ends.
type EndingEdit struct {
	Kind   EndingKind
	Reason domain.Text
	IntoID domain.GoalID // in which a merged or superseded one goes on
}

// Ended reports whether the goal has ended.
func (g Goal) Ended() bool { return g.Ending != "" }

// end takes an ending into the goal, or that there is none. Taking one back needs a
// reason.
func (g *Goal) end(e Edit, v *domain.Violations, now time.Time) {
	if e.Ending == nil {
		if g.Ended() {
			v.Require(e.Reason != "", "/reason")
		}
		g.Ending, g.EndedOn, g.EndingReason, g.IntoID, g.Into = "", domain.Date{}, domain.Text{}, domain.GoalID{}, nil
		return
	}
	n := *e.Ending
	n.Reason = n.Reason.Trim()
	n.Reason.Check(v, "/ending/reason", true, maxReason)
	switch {
	case n.Kind.GoesOn() && n.IntoID.IsZero():
		v.Add("/ending/goalId", "required")
	case !n.Kind.GoesOn() && !n.IntoID.IsZero():
		v.Add("/ending/goalId", "not_merged")
	case n.IntoID == g.ID && !n.IntoID.IsZero():
		v.Add("/ending/goalId", "itself")
	}
	if g.Ending != n.Kind {
		g.EndedOn = domain.DateOf(now)
	}
	g.Ending, g.EndingReason, g.IntoID = n.Kind, n.Reason, n.IntoID
}

// checkInto refuses a goal to go on in that the actor may not see or that has ended
// itself: so no goals go on in each other in a circle. into is nil if there is none.
func (g Goal) checkInto(old Goal, into *Goal) error {
	switch {
	case g.IntoID == old.IntoID:
		return nil
	case into == nil:
		return domain.InvalidField("/ending/goalId", "unknown")
	case into.Ended():
		return domain.InvalidField("/ending/goalId", "goal_over")
	}
	return nil
}

// endsOtherwise reports whether an edit ends the goal, takes that back, or makes it
// go on elsewhere.
func (g Goal) endsOtherwise(e Edit) bool {
	if e.Ending == nil {
		return g.Ended()
	}
	return g.Ending != e.Ending.Kind || g.IntoID != e.Ending.IntoID
}

// answering are the principal parties whose posts have a part in force, those that
// are only informed apart.
func (g Goal) answering() (out []domain.PartyID) {
	for _, r := range g.Responsibilities {
		if r.Principal && r.Part != domain.Informed && r.Standing.IsInForce() && !slices.Contains(out, r.PartyID) {
			out = append(out, r.PartyID)
		}
	}
	return out
}
