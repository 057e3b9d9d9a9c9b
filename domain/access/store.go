package access

import (
	"time"

	"yhdyspinta/domain"
)

// Store keeps people and tells what they hold.
type Store interface {
	// PartyByKey returns the id of a party, or NotFound.
	PartyByKey(key string) (domain.PartyID, error)
	// LockIdentity returns the person with that issuer and subject, or NotFound. It
	// makes other transactions that ask for the same one wait: two sign-ins of a
	// person at once are one person.
	LockIdentity(issuer, subject string) (Person, error)
	// LockPerson returns a person, or NotFound, and keeps other writers of them
	// waiting.
	LockPerson(id domain.PersonID) (Person, error)
	// InsertPerson adds a person.
	InsertPerson(p Person) error
	// UpdatePerson replaces what the provider and the person say of them and returns it with
	// the next version.
	UpdatePerson(p Person) (Person, error)
	// Standing returns what the person holds and is granted on the day, or
	// NotFound. Ended grants and holdings do not count, nor do grants of a party
	// other than the person's.
	Standing(person domain.PersonID, day domain.Date) (Standing, error)
}

// GrantStore keeps grants, and lists the people they may be for. Its reads
// start from the scope's AccessAll and AccessParties: what they do not cover
// does not exist.
type GrantStore interface {
	// People returns one page, sorted by name (the default) or party.
	People(scope domain.Scope, f PersonFilter, p domain.PageRequest) (domain.Page[KnownPerson], error)
	// Get returns a grant, or NotFound.
	Get(scope domain.Scope, id domain.GrantID) (Grant, error)
	// List returns one page, sorted by party,role,holder (the default), validFrom,
	// createdAt or endedAt.
	List(scope domain.Scope, f GrantFilter, p domain.PageRequest) (domain.Page[Grant], error)
	// Of returns all grants of a post or of a person, whenever; the other id is zero.
	Of(post domain.PostID, person domain.PersonID) ([]Grant, error)
	// Grantee returns the post, or the person whom the scope covers, or NotFound.
	Grantee(scope domain.Scope, post domain.PostID, person domain.PersonID) (Grantee, error)
	// PartyOfUnit returns the party of a unit, or NotFound.
	PartyOfUnit(id domain.UnitID) (domain.PartyID, error)
	// Lock makes other changes of the party's organisation and grants wait for the
	// end of this transaction.
	Lock(party domain.PartyID) error
	// OtherAdministrators counts the other grants by which somebody administers the
	// party today: a person, or a post that is held.
	OtherAdministrators(party domain.PartyID, except domain.GrantID) (int, error)
	// Insert adds a grant.
	Insert(g Grant) error
	// End writes when and why the grant ended and returns it with the next version.
	End(g Grant) (Grant, error)
}

// SessionStore tells where people are signed in. What opens a session is told to nobody.
type SessionStore interface {
	// Of returns the living sessions of a person at an instant, the newest first, and of
	// very many the newest.
	Of(person domain.PersonID, at time.Time) ([]Session, error)
	// End ends a living session of a person at an instant and returns how many there were.
	End(person domain.PersonID, id domain.SessionID, at time.Time) (int, error)
	// EndOthers ends all living sessions of a person but one, however many there are.
	EndOthers(person domain.PersonID, except domain.SessionID, at time.Time) (int, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Access   Store
	Grants   GrantStore
	Sessions SessionStore
}
