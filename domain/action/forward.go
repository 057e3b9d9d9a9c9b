package action

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yhdyspinta/domain"
)

// MaxForwards is in how many other actions one can go on.
const MaxForwards = 10

// GoesOn reports whether what it was about goes on in another action, so that a
// report names it.
func (s Status) GoesOn() bool { return s == Merged || s == Superseded }

// Ref names another action as readers see it.
type Ref struct {
	ID     domain.ActionID
	No     int
	Title  domain.Text
	Status Status // of the other action
}

// Target is an action that a report names as the one in which another goes on.
type Target struct {
	Ref       // its ID is zero if there is no such action, or none that the actor may see
	Withdrawn bool
	// Back are the numbers of the actions by which it leads back to the one that is
	// reported, by what parties say now: its own first, that one last. Empty: it does not.
	Back []int
}

// forward checks where a report says that the action goes on, and returns it. A
// party that says the same status again without naming any goes on naming those
// that it named. An action that is over is named only by a party that follows
// another one, which named it earlier. Conflict forward_circle, with the path as its
// state, if an action would go on in itself.
func (a Action) forward(r Reporting, own PartyStatus, v *domain.Violations) ([]Ref, error) {
	if !r.Status.GoesOn() {
		if len(r.ForwardTo) > 0 {
			v.Add("/forwardTo", "not_merged")
		}
		return nil, nil
	}
	if len(r.ForwardTo) == 0 {
		if own.Status != r.Status || len(own.Forwards) == 0 {
			v.Add("/forwardTo", "required")
		}
		return own.Forwards, nil
	}
	if len(r.ForwardTo) > MaxForwards {
		v.Add("/forwardTo", "too_many")
	}
	named := slices.Clone(a.ForwardedTo)
	for _, p := range a.Said {
		named = append(named, p.Forwards...)
	}
	var out []Ref
	for i, t := range r.ForwardTo {
		pointer := fmt.Sprintf("/forwardTo/%d", i)
		same := func(o Ref) bool { return o.ID == t.ID }
		switch {
		case t.ID.IsZero():
			v.Add(pointer, "unknown")
		case t.ID == a.ID:
			v.Add(pointer, "itself")
		case slices.ContainsFunc(out, same):
			v.Add(pointer, "duplicate")
		case t.Withdrawn, t.Status.Closed() && !slices.ContainsFunc(named, same):
			v.Add(pointer, "action_over")
		case len(t.Back) > 0:
			return nil, domain.Conflict("forward_circle", a.circle(t), "the action would go on in itself")
		}
		out = append(out, t.Ref)
	}
	return out, nil
}

// circle is the way by which an action would go on in itself, as numbers.
func (a Action) circle(t Target) string {
	way := []string{strconv.Itoa(a.No)}
	for _, no := range t.Back {
		way = append(way, strconv.Itoa(no))
	}
	return strings.Join(way, " → ")
}

// onwards is where a party says that the action goes on, or where it goes on by the
// word that nobody was asked for.
func (a Action) onwards(party domain.PartyID) []Ref {
	if p, ok := a.said(party); ok {
		return p.Forwards
	}
	if len(a.Reporters()) == 0 {
		return a.ForwardedTo
	}
	return nil
}

// goOnAgain checks where an action goes on again after a word was taken back: what it
// named may have been withdrawn since, or go on in this one by now. Conflict
// forward_outdated, with the path as its state where there is a circle.
func (a Action) goOnAgain(to []Target) error {
	for _, t := range to {
		switch {
		case len(t.Back) > 0:
			return domain.Conflict("forward_outdated", a.circle(t), "the action would go on in itself: report its status anew")
		case t.Withdrawn:
			return domain.Conflict("forward_outdated", strconv.Itoa(t.No), "the action would go on in one that was withdrawn: report its status anew")
		}
	}
	return nil
}

// refIDs are the ids of actions, as the log keeps them; nil of none.
func refIDs(refs []Ref) any {
	if len(refs) == 0 {
		return nil
	}
	ids := make([]domain.ActionID, len(refs))
	for i, r := range refs {
		ids[i] = r.ID
	}
	return ids
}

func sameRefs(a, b []Ref) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(r Ref) bool {
		return !slices.ContainsFunc(b, func(o Ref) bool { return o.ID == r.ID })
	})
}
