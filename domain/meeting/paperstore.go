package meeting

import "yhdyspinta/domain"

// PaperStore keeps what concerns the papers of meetings: the papers that were
// approved, what was said of them, and their amendments. It is asked for
// meetings that the caller has loaded within a scope.
type PaperStore interface {
	// Sources loads what the paper says of things that are not the meeting's own,
	// with a fixed number of queries.
	Sources(m Meeting, items []AgendaItem) (PaperSources, error)
	// Frozen returns the paper with the hash, or NotFound.
	Frozen(id domain.MeetingID, hash string) (Frozen, error)
	// Freeze keeps a paper; one that is kept already stays as it is.
	Freeze(f Frozen) error
	// DeleteApprovals takes back single approvals; history keeps them.
	DeleteApprovals(as []Approval) error
	// Inside is nil if the scope covers the meeting's paper also before it is
	// published: what is said of it and its amendments on the way. NotFound if
	// not.
	Inside(scope domain.Scope, id domain.MeetingID) error

	// Comments returns what was said of a meeting's paper, the first first.
	Comments(id domain.MeetingID) ([]PaperComment, error)
	// Comment finds one, or NotFound.
	Comment(id domain.PaperCommentID) (PaperComment, error)
	// InsertComment adds one. Nothing changes or deletes it.
	InsertComment(c PaperComment) error
	// Returns lists how the paper was returned, the first first.
	Returns(id domain.MeetingID) ([]Return, error)
	// InsertReturn adds one. Nothing changes or deletes it.
	InsertReturn(r Return) error

	// Amendments returns those of a meeting with their approvals: published ones
	// by number, then the others by time.
	Amendments(id domain.MeetingID) ([]Amendment, error)
	// Amendment finds one, or NotFound.
	Amendment(id domain.AmendmentID) (Amendment, error)
	// InsertAmendment adds one.
	InsertAmendment(a Amendment) error
	// UpdateAmendment replaces one and its approvals if its version is still
	// a.Version, and returns it with the next version; domain.Stale if not.
	UpdateAmendment(a Amendment) (Amendment, error)
	// InsertAmendmentApproval adds an approval.
	InsertAmendmentApproval(id domain.AmendmentID, a AmendmentApproval, own domain.AnyID) error
}
