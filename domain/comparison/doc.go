// Package comparison tells what differs between a plan as it was on two days:
// which goals and actions were added and removed, and which fields of the others
// changed, with the old and the new value. It is derived from the history and
// writes nothing.
//
// What a reader may not see on a day is not there on that day: a goal that was
// internal first and then made public counts as added for the public, one that
// was hidden as removed, and no value of an internal version is told.
package comparison
