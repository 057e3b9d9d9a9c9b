// Package comparison tells what differs between a plan as it was on two days:
// which goals and actions were added and removed, and which fields of the others
// changed, with the old and the new value. It is derived from the history and
// writes nothing.
//
// What a reader may not see on a day is not there on that day: a goal that was
// internal first and then made public counts as added for the public, what is
// hidden today is told of on no day, and no value of an internal version is told.
// A day on which the plan itself was not there is said, and nothing compared.
package comparison
