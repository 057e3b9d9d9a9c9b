package reservation

import "yhdyspinta/domain"

// Filter narrows a list of reservations. Different fields are AND.
type Filter struct {
	Kind domain.AnyOf[domain.SubjectKind]
	// Subject is the thing they are about; also what is about its responsibilities.
	Subject   domain.AnyID
	Party     domain.AnyOf[domain.PartyID]
	Terms     domain.TermFilter // of the thing itself, or of what the responsibility belongs to
	Withdrawn *bool
}

// Thing is what readers see of what a reservation is about: a goal or action
// itself, or what the responsibility belongs to.
type Thing struct {
	Kind  domain.SubjectKind
	ID    domain.AnyID
	No    int    // of a goal or action
	Key   string // of a forum, or of the chain of a stage or hand-over
	Title domain.Text
	From  domain.Text // of a hand-over: the giving stage
	To    domain.Text // and the receiving one
}

// View is a reservation as readers see it.
type View struct {
	Reservation
	Of        Thing
	PostTitle domain.Text
	PostOf    domain.Text     // of a responsibility: the title of its post
	Units     []domain.UnitID // of the reservation's party that lead or share the thing
}

// Concerned is what permissions on a subject need.
type Concerned struct {
	Thing domain.Subject // whose history shows it: the subject, or what the responsibility belongs to
	Units map[domain.PartyID][]domain.UnitID
	// Responsibilities says that there is one today to have a reservation on.
	Responsibilities bool
}

// Store keeps reservations. Its reads start from the scope: internal ones, and
// those about a hidden thing, do not exist for the public.
type Store interface {
	// Get returns a reservation, or NotFound.
	Get(scope domain.Scope, id domain.ReservationID) (View, error)
	// List returns one page, sorted by madeAt (-madeAt is the default).
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[View], error)
	// Concerned tells what a subject belongs to and which units lead or share it;
	// NotFound if the scope does not cover it.
	Concerned(scope domain.Scope, subject domain.Subject) (Concerned, error)
	// Insert adds a reservation.
	Insert(r Reservation) error
	// Withdraw writes the withdrawal if it is not withdrawn yet: Conflict if it is.
	Withdraw(r Reservation) error
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Reservations Store }
