package action

import (
	"cmp"
	"slices"

	"yhdyspinta/domain"
)

// Waiting is why an action waits for those who lead or share it.
type Waiting string

// The reasons, the most urgent first.
const (
	WaitLate        Waiting = "late"
	WaitStale       Waiting = "stale"
	WaitStartPassed Waiting = "start_passed" // its start has passed and it has not started
	WaitConfirm     Waiting = "confirm"      // confirmed longer ago than the target of its rhythm
	WaitDueSoon     Waiting = "due_soon"
)

var urgency = []Waiting{WaitLate, WaitStale, WaitStartPassed, WaitConfirm, WaitDueSoon}

// Wait is one action's reason to wait.
type Wait struct {
	Reason Waiting
	Days   int         // late: past due; stale, confirm: since confirmed; start_passed: since the start; due_soon: left
	On     domain.Date // late, due_soon: last day of the due period; stale, confirm: the first day on which it is stale; start_passed: the start
	Task   *Task       // late, due_soon: the open task that is meant; nil: the action itself
}

// Waits tells why the action waits on a day for a party that leads or shares it,
// and whether it does: the most urgent of AllWaits.
func (a Action) Waits(party domain.PartyID, day domain.Date) (Wait, bool) {
	return first(a.AllWaits(party, day))
}

func first(waits []Wait) (Wait, bool) {
	if len(waits) == 0 {
		return Wait{}, false
	}
	return waits[0], true
}

// AllWaits tells all reasons for which the action waits on a day for a party that
// leads or shares it, the most urgent first. What it has not confirmed is the
// party's own word: the silence of the other one waits for the other one.
func (a Action) AllWaits(party domain.PartyID, day domain.Date) (out []Wait) {
	c := a.Condition(day)
	days := func(d domain.Date) int { return d.DaysUntil(day) }
	late := c.Value == CondLate
	if late {
		out = append(out, Wait{WaitLate, days(c.Explanation.On), c.Explanation.On, c.Explanation.Task})
	}
	if a.Status != NotStarted && a.Status != InProgress {
		return out
	}
	word, asked := a.Word(party)
	asked = asked && !word.IsZero()
	rhythm := a.Freshness()
	limit := word.AddDays(rhythm.Limit + 1)
	stale := asked && days(word) > rhythm.Limit
	if stale {
		out = append(out, Wait{Reason: WaitStale, Days: days(word), On: limit})
	}
	if a.Status == NotStarted && !a.StartsOn.IsZero() && a.startLast().Before(day) {
		out = append(out, Wait{Reason: WaitStartPassed, Days: days(a.startLast()), On: a.startLast()})
	}
	if asked && !stale && days(word) > rhythm.Target {
		out = append(out, Wait{Reason: WaitConfirm, Days: days(word), On: limit})
	}
	if soon, task := a.lateFrom(); !late && !soon.IsZero() && days(soon) >= -SoonDays {
		out = append(out, Wait{WaitDueSoon, -days(soon), soon, task})
	}
	return out
}

// WaitFor says which of the actions that wait for a post are asked for.
type WaitFor struct {
	Reasons []Waiting // for one of these, whatever else it waits for; empty: for any
	About   domain.AboutFilter
	Only    []domain.ActionID // of these; nil: of all
	Limit   int               // the most urgent
}

// OfPost is an action that waits for a post, and the tasks of it by which it does.
type OfPost struct {
	View
	Waits []Wait // all reasons, the most urgent first; never empty
	Own   []Task // open ones that the post itself does and that are late or due soon, by due date
}

// WaitsOf tells all reasons for which the action waits for a post of a party on a
// day, the most urgent first. What the post leads or shares waits as AllWaits says; of
// any other action only what the post itself has to do does: own are its open tasks
// that are late or due soon, by due date. The SQL of ActionStore.Waiting is the same
// rule.
func (a Action) WaitsOf(post domain.PostID, party domain.PartyID, own []Task, day domain.Date) []Wait {
	leads := func(r domain.Responsible) bool {
		return r.PostID == post && (r.Part == domain.Lead || r.Part == domain.Shared)
	}
	if slices.ContainsFunc(a.Responsibilities, leads) {
		return a.AllWaits(party, day)
	}
	if len(own) == 0 || a.Status != NotStarted && a.Status != InProgress {
		return nil
	}
	last := own[0].DueLast()
	if days := last.DaysUntil(day); days > 0 {
		return []Wait{{WaitLate, days, last, &own[0]}}
	}
	return []Wait{{WaitDueSoon, day.DaysUntil(last), last, &own[0]}}
}

// CompareUrgency orders waits, the most urgent first.
func CompareUrgency(a, b Wait) int {
	if c := cmp.Compare(slices.Index(urgency, a.Reason), slices.Index(urgency, b.Reason)); c != 0 {
		return c
	}
	if a.Reason == WaitDueSoon {
		return cmp.Compare(a.Days, b.Days)
	}
	return cmp.Compare(b.Days, a.Days)
}
