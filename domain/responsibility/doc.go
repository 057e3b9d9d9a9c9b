// Package responsibility says who answers for what, and whether the parties
// have agreed on it: a post's part in a goal, action, stage, hand-over, chain or
// forum, in an exact wording, that is in force when every principal party it
// concerns has accepted the same wording. A material edit (wording, post, part,
// dates) is a new proposal; until it is accepted the last accepted one stays in
// force.
//
// Whom it concerns: the principal parties that lead or share the subject (of a
// stage or hand-over also those whose stages they are), and the post's own party
// if it is principal. To be informed binds nobody and is in force at once.
package responsibility
