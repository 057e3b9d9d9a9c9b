package storage

import (
	"fmt"

	"yhdyspinta/domain/action"
	"yhdyspinta/domain/overview"
)

// What the dates of an action mean on the day, in one small number: to group a hundred
// thousand actions by it is much cheaper than by their dates, or by their conditions,
// which are named afterwards of the groups.
const (
	stateLate     = 1  // a due date of it, or of a task, has passed
	stateDueSoon  = 2  // comes within action.SoonDays
	stateStale    = 4  // nobody has confirmed it within its limit
	stateInTarget = 8  // confirmed within its target
	stateInLimit  = 16 // not so, but within its limit
	stateDueNext  = 32 // its due date comes within overview.NextDays

	stateOfCondition = stateLate | stateDueSoon | stateStale // the part that a condition comes from
)

// stateOfDates is that number of an action a.
func (tx Tx) stateOfDates() string {
	day := dateSQL(tx.day)
	return fmt.Sprintf(`(case when a.late_on < %[1]s then %[4]d when a.late_on <= %[2]s then %[5]d else 0 end
  + case when a.fresh_to < %[1]s then %[6]d when a.target_to >= %[1]s then %[7]d when a.fresh_to >= %[1]s then %[8]d else 0 end
  + case when a.due_last_on between %[1]s and %[3]s then %[9]d else 0 end)::smallint`,
		day, dateSQL(tx.day.AddDays(action.SoonDays)), dateSQL(tx.day.AddDays(overview.NextDays)),
		stateLate, stateDueSoon, stateStale, stateInTarget, stateInLimit, stateDueNext)
}

// conditionOfState names the condition of a group's actions by its status and state: as
// tx.condition does, of dates that mean the same.
func (tx Tx) conditionOfState(group string) string {
	day := dateSQL(tx.day)
	return fmt.Sprintf(`action_condition(%[1]s.status, null::date, case when %[1]s.state & %[4]d > 0 then %[2]s - 1 when %[1]s.state & %[5]d > 0 then %[3]s end,
  case when %[1]s.state & %[6]d > 0 then %[2]s - 1 end, %[2]s, %[7]d)`,
		group, day, dateSQL(tx.day.AddDays(action.SoonDays)), stateLate, stateDueSoon, stateStale, action.SoonDays)
}
