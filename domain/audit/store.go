package audit

import "yhdyspinta/domain"

// Store reads the log.
type Store interface {
	// List returns one page, the newest first by default (sort keys: at). It
	// shows everything to a scope with Audit, to other staff the entries of
	// content that they may see in versions that they could see, and to the public
	// those of public goals and actions.
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[Entry], error)
	// IsPublic reports whether a goal or an action is public today.
	IsPublic(s domain.Subject) (bool, error)
	// Since sums up the entries after version of a subject, those of its parts
	// among them. Changed.At is zero if there is none.
	Since(s domain.Subject, version int) (Changed, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Log Store }
