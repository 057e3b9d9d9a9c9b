package action

import "yhdyspinta/domain"

// SoonDays is how near a due date is due soon, in days.
const SoonDays = 30

// ConditionValue is the one word for how an action is doing.
type ConditionValue string

// The conditions in order of precedence: the first that holds is the value.
const (
	CondCancelled  ConditionValue = "cancelled" // cancelled, merged or superseded
	CondDone       ConditionValue = "done"
	CondPaused     ConditionValue = "paused"
	CondLate       ConditionValue = "late"     // its due period or that of an open task has ended
	CondStale      ConditionValue = "stale"    // confirmed longer ago than the limit of its rhythm
	CondDueSoon    ConditionValue = "due_soon" // it or an open task is due within SoonDays
	CondNotStarted ConditionValue = "not_started"
	CondOnTime     ConditionValue = "on_time"
)

// Conditions lists the values in order of precedence.
var Conditions = []ConditionValue{CondCancelled, CondDone, CondPaused, CondLate, CondStale, CondDueSoon, CondNotStarted, CondOnTime}

// FreshnessLevel is how long ago the status of an action that is not over was
// confirmed, against its rhythm. It asks only for the days: what is late or paused
// is at a level too.
type FreshnessLevel string

// The levels of freshness.
const (
	FreshInTarget  FreshnessLevel = "in_target"
	FreshInLimit   FreshnessLevel = "in_limit" // after the target
	FreshOutOfDate FreshnessLevel = "stale"    // after the limit, or never confirmed
)

// FreshnessLevels lists the levels, the freshest first.
var FreshnessLevels = []FreshnessLevel{FreshInTarget, FreshInLimit, FreshOutOfDate}

// Explanation tells in code and numbers why the condition is what it is; the
// API has the words.
type Explanation struct {
	// Code is the condition's own value, or one of these that tell more:
	// merged, superseded, withdrawn; task_late and milestone_late of what is late, task_soon
	// and milestone_soon of what is due soon by an open task; start_passed and
	// starts_on of what has not started; no_due_date of what is on time.
	Code      string
	Days      *int             // late: days past due; stale: since confirmed; due soon and on_time: days left; start_passed: days past the start; starts_on: days until its last day
	Limit     int              // stale: the limit of its rhythm
	On        domain.Date      // late, due soon, on_time: last day of the due period; stale: when confirmed; start_passed, starts_on: last day of the start period
	Precision domain.Precision // of the period that ends on On; "" where On is no end of one
	Task      *Task            // the open task by which it is late or due soon
}

// Condition is how an action is doing on a day.
type Condition struct {
	Value       ConditionValue
	Unowned     bool  // nobody leads it, or nobody holds the lead post; only while something is expected
	AtRisk      *Risk // the late action on which it waits; nil: none, or nothing is expected any more
	Explanation Explanation
}

// Condition computes the condition on a day. The SQL function action_condition
// has the same rule for the value; a test holds both against each other.
func (a Action) Condition(day domain.Date) Condition {
	c := Condition{Unowned: !a.Status.Closed() && !a.LeadHeld && !a.Withdrawn()}
	if !a.Status.Closed() && !a.Withdrawn() {
		c.AtRisk = a.Risk
	}
	c.Value, c.Explanation = a.conditionValue(day)
	if c.Explanation.Code == "" {
		c.Explanation.Code = string(c.Value)
	}
	return c
}

func (a Action) conditionValue(day domain.Date) (ConditionValue, Explanation) {
	due, next := a.DueLast(), a.Tasks.Next.DueLast()
	until := func(d domain.Date) *int { n := day.DaysUntil(d); return &n }
	since := func(d domain.Date) *int { n := d.DaysUntil(day); return &n }
	switch {
	case a.Withdrawn():
		return CondCancelled, Explanation{Code: "withdrawn"}
	case a.Status == Cancelled:
		return CondCancelled, Explanation{}
	case a.Status == Merged || a.Status == Superseded:
		return CondCancelled, Explanation{Code: string(a.Status)}
	case a.Status == Done:
		return CondDone, Explanation{}
	case a.Status == Paused:
		return CondPaused, Explanation{}
	case !due.IsZero() && due.Before(day):
		return CondLate, Explanation{Days: since(due), On: due, Precision: a.DuePrecision}
	case !next.IsZero() && next.Before(day):
		return CondLate, Explanation{Code: string(a.Tasks.Next.Kind) + "_late", Days: since(next), On: next, Precision: a.Tasks.Next.DuePrecision, Task: &a.Tasks.Next}
	case !a.ConfirmedOn.IsZero() && a.ConfirmedOn.AddDays(a.Freshness().Limit).Before(day):
		return CondStale, Explanation{Days: since(a.ConfirmedOn), Limit: a.Freshness().Limit, On: a.ConfirmedOn}
	case !next.IsZero() && !next.After(day.AddDays(SoonDays)) && (due.IsZero() || next.Before(due)):
		return CondDueSoon, Explanation{Code: string(a.Tasks.Next.Kind) + "_soon", Days: until(next), On: next, Precision: a.Tasks.Next.DuePrecision, Task: &a.Tasks.Next}
	case !due.IsZero() && !due.After(day.AddDays(SoonDays)):
		return CondDueSoon, Explanation{Days: until(due), On: due, Precision: a.DuePrecision}
	case a.Status == NotStarted && a.StartsOn.IsZero():
		return CondNotStarted, Explanation{}
	case a.Status == NotStarted && a.startLast().Before(day):
		return CondNotStarted, Explanation{Code: "start_passed", Days: since(a.startLast()), On: a.startLast(), Precision: a.StartsPrecision}
	case a.Status == NotStarted:
		return CondNotStarted, Explanation{Code: "starts_on", Days: until(a.startLast()), On: a.startLast(), Precision: a.StartsPrecision}
	case due.IsZero():
		return CondOnTime, Explanation{Code: "no_due_date"}
	default:
		return CondOnTime, Explanation{Days: until(due), On: due, Precision: a.DuePrecision}
	}
}

// lateFrom is the last day on which the action is not late: the end of its own
// due period or of that of the open task which is due first, whichever comes
// first, and the task if it is that. Zero if nothing is due. The column late_on of
// the table is the same.
func (a Action) lateFrom() (domain.Date, *Task) {
	due, next := a.DueLast(), a.Tasks.Next.DueLast()
	if !next.IsZero() && (due.IsZero() || next.Before(due)) {
		return next, &a.Tasks.Next
	}
	return due, nil
}

// startLast is the last day of the period in which the action starts.
func (a Action) startLast() domain.Date { return a.StartsPrecision.Last(a.StartsOn) }

// Freshness is the rhythm in which the status is to be confirmed: the action's
// own, else the strictest of the plans whose goals it serves.
func (a Action) Freshness() domain.Rhythm { return a.Rhythm.Or(a.ByPlans.Or(domain.MonthlyRhythm)) }

// FreshnessLevel is the level on a day; "" of what is over.
func (a Action) FreshnessLevel(day domain.Date) FreshnessLevel {
	rhythm := a.Freshness()
	switch {
	case a.Status.Closed() || a.Withdrawn():
		return ""
	case a.ConfirmedOn.IsZero() || a.ConfirmedOn.AddDays(rhythm.Limit).Before(day):
		return FreshOutOfDate
	case a.ConfirmedOn.AddDays(rhythm.Target).Before(day):
		return FreshInLimit
	default:
		return FreshInTarget
	}
}

// DaysSinceConfirmed counts the days since somebody last said that the status
// is true; nil if nobody has.
func (a Action) DaysSinceConfirmed(day domain.Date) *int {
	if a.ConfirmedOn.IsZero() {
		return nil
	}
	n := a.ConfirmedOn.DaysUntil(day)
	return &n
}
