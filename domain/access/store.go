package access

import "yhdyspinta/domain"

// Store keeps people and tells what they hold.
type Store interface {
	// PartyByKey returns the id of a party, or NotFound.
	PartyByKey(key string) (domain.PartyID, error)
	// LockIdentity returns the person with that issuer and subject, or NotFound. It
	// makes other transactions that ask for the same one wait: two sign-ins of a
	// person at once are one person.
	LockIdentity(issuer, subject string) (Person, error)
	// InsertPerson adds a person.
	InsertPerson(p Person) error
	// UpdatePerson replaces what the provider says of a person and returns it with
	// the next version.
	UpdatePerson(p Person) (Person, error)
	// Standing returns what the person holds and is granted on the day, or
	// NotFound. Ended grants and holdings do not count, nor do grants of a party
	// other than the person's.
	Standing(person domain.PersonID, day domain.Date) (Standing, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Access Store }
