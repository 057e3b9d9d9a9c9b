package action

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// MaxDependencies is how many others an action can wait for, and how many can wait
// for it.
const MaxDependencies = 50

// MaxSteps is how many dependencies one after the other a late action is felt
// through: what is further away is not told as a risk.
const MaxSteps = 20

// Dependency says that an action waits for what another one brings about. It never
// changes; taken away, it stays in the history.
type Dependency struct {
	ID        domain.DependencyID `audit:"ignore"`
	ActionID  domain.ActionID     `audit:"track"` // which waits
	NeedsID   domain.ActionID     `audit:"track"` // for this one
	CreatedAt time.Time           `audit:"ignore"`
}

// Neighbour is the action at the other end of a dependency.
type Neighbour struct {
	Dependency
	View View
}

// Name is what people know an action by.
type Name struct {
	ID    domain.ActionID
	No    int
	Title domain.Text
}

// CrossesParties reports whether two actions are led by different parties.
func CrossesParties(a, b Action) bool {
	one, ok := a.Lead()
	other, too := b.Lead()
	return ok && too && one.PartyID != other.PartyID
}

// Needs is what actions wait for, by the action that does.
type Needs map[domain.ActionID][]domain.ActionID

// Way is the shortest way by which from waits for to, both ends included; nil if it
// does not.
func (n Needs) Way(from, to domain.ActionID) []domain.ActionID {
	came := map[domain.ActionID]domain.ActionID{from: {}}
	for wave := []domain.ActionID{from}; len(wave) > 0; {
		var next []domain.ActionID
		for _, id := range wave {
			if id == to {
				var way []domain.ActionID
				for at := to; !at.IsZero(); at = came[at] {
					way = append(way, at)
				}
				slices.Reverse(way)
				return way
			}
			for _, needed := range n[id] {
				if _, seen := came[needed]; !seen {
					came[needed] = id
					next = append(next, needed)
				}
			}
		}
		wave = next
	}
	return nil
}

// Cycle is the way around that a dependency would close: from the action that was to
// wait, by what it was to wait for, back to itself.
type Cycle struct {
	Names []Name // those that the actor may see
}

// Risk is a late action on which another one waits.
type Risk struct {
	Name
	LateOn domain.Date // the last day on which it was not late
	Steps  int         // 1: it is waited for itself; 2: what is waited for waits for it
	Via    Name        // what is waited for and waits for it; zero with one step
}

// Waited is what the rule for the risk has to know of an action that others wait for.
type Waited struct {
	Name
	Status Status
	LateOn domain.Date // as the column late_on of the table: the last day on which it is not late; zero: nothing is due
}

// late reports whether it is late on a day: Condition's rule.
func (w Waited) late(day domain.Date) bool {
	return (w.Status == NotStarted || w.Status == InProgress) && !w.LateOn.IsZero() && w.LateOn.Before(day)
}

// Risk tells by which late action an action is at risk on a day: the nearest that it
// waits for, at most MaxSteps away, of several the one that has been late for longest;
// nil if there is none. What is over passes no risk on: it has brought about what it
// was to, or never will. of has what is known of the actions that are waited for;
// what it does not have does not exist. ActionStore's filter by the flag is the same
// rule in SQL.
func (n Needs) Risk(id domain.ActionID, of map[domain.ActionID]Waited, day domain.Date) *Risk {
	type reached struct {
		id  domain.ActionID
		via Name
	}
	seen := map[domain.ActionID]bool{id: true}
	wave := []reached{{id: id}}
	for steps := 1; steps <= MaxSteps && len(wave) > 0; steps++ {
		var next []reached
		var found *Risk
		for _, at := range wave {
			for _, needed := range n[at.id] {
				w, known := of[needed]
				if !known || seen[needed] || w.Status.Closed() {
					continue
				}
				seen[needed] = true
				via := at.via
				if steps == 2 {
					via = of[at.id].Name
				}
				if !w.late(day) {
					next = append(next, reached{needed, via})
				} else if found == nil || w.LateOn.Before(found.LateOn) || w.LateOn == found.LateOn && w.No < found.No {
					found = &Risk{Name: w.Name, LateOn: w.LateOn, Steps: steps, Via: via}
				}
			}
		}
		if found != nil {
			return found
		}
		wave = next
	}
	return nil
}
