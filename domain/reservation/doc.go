// Package reservation holds reservations (eriävä kanta, avvikande ståndpunkt): a
// party's dissent from a goal, a responsibility or the joint status of an action,
// in its own words. A reservation is never edited nor deleted; its party may
// withdraw it with a reason, and it stays readable.
//
// A coordinator of the party makes it, or the manager of a unit of the party that
// leads or shares the thing. Public ones are read by everybody who may read the
// thing, internal ones by staff of both parties.
package reservation
