package domain

import "strconv"

// GoalEnded is the Conflict goal_ended: nothing new is given to a goal that has ended.
// Its state is the number of the goal in which it goes on; empty if there is none.
func GoalEnded(onwards int) error {
	state := ""
	if onwards > 0 {
		state = strconv.Itoa(onwards)
	}
	return Conflict("goal_ended", state, "the goal has ended: choose the one in which it goes on, or another")
}
