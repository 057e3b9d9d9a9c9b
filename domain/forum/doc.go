// Package forum holds the standing groups in which the parties meet (foorumi,
// forum): their purpose and mandate, rhythm, members from each party, and what
// kind of paper their meetings leave behind, a memo (muistio, promemoria) or
// minutes with § numbers (pöytäkirja, protokoll).
//
// Coordinators of either party create forums; a coordinator or the forum's own
// secretary edits them. Members are posts; a membership ends, it is never
// deleted. Public forums are read by everybody, internal ones by staff.
package forum
