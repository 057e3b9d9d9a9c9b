// Package round is about reporting rounds (raportointikierros): a coordinator asks
// the principal parties for what became of a plan in a period, each level by its own
// day, the lower ones first. Who has reported follows from what was said; only what
// people say and decide is stored. When both principal parties have completed their
// side the round is frozen as a snapshot.
package round
