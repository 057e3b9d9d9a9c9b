package access

import (
	"slices"
	"strings"

	"yhdyspinta/domain"
)

// Identity is what an identity provider has said of a person.
type Identity struct {
	Issuer   string // address of the provider, the token's "iss"
	Subject  string // unique within the issuer, the token's "sub"
	PartyKey string // the party that the provider belongs to
	Name     string
	Email    string // may be empty
}

// Person is somebody who has signed in, or was made known before that. The log
// never shows their name, e-mail address or subject.
type Person struct {
	ID       domain.PersonID `audit:"ignore"`
	Issuer   string          `audit:"track"`
	Subject  string          `audit:"secret"`
	PartyID  domain.PartyID  `audit:"track"`
	Name     string          `audit:"secret"`
	Email    string          `audit:"secret"`
	Language domain.Lang     `audit:"track"` // in which they are written to; "" while they have not said
	Version  int             `audit:"ignore"`
}

// NewPerson makes the person that an identity of a party names.
func NewPerson(id domain.PersonID, in Identity, party domain.PartyID) Person {
	p := Person{ID: id, Issuer: in.Issuer, Subject: in.Subject, Version: 1}
	p.Meet(in, party)
	return p
}

// Meet takes over what the provider says today. A provider that tells no name
// or address leaves what is known.
func (p *Person) Meet(in Identity, party domain.PartyID) {
	p.PartyID = party
	if name := strings.TrimSpace(in.Name); name != "" {
		p.Name = shorten(name, 200)
	}
	if email := strings.TrimSpace(in.Email); email != "" {
		p.Email = shorten(email, 320)
	}
}

// shorten keeps what somebody else's system sends within what ours can show.
func shorten(s string, max int) string {
	if r := []rune(s); len(r) > max {
		return string(r[:max])
	}
	return s
}

// Speak says in which language the person is written to.
func (p *Person) Speak(lang domain.Lang) error {
	if !slices.Contains(domain.Langs, lang) {
		return domain.InvalidField("/language", "not_allowed")
	}
	p.Language = lang
	return nil
}
