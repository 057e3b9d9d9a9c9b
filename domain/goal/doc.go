// Package goal holds the shared goals of a plan (tavoite, mål). A goal belongs
// to a theme, has a number that people use, and one responsible post per
// principal party (those are responsibilities with the part lead).
//
// Coordinators of either party create and change goals. Public goals are read
// by everybody, internal ones by staff of both parties.
package goal
