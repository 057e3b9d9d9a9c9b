package savedview

import (
	"strconv"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Page is the list that a view is of.
type Page string

// The pages with saved views.
const (
	Actions Page = "actions"
	Goals   Page = "goals"
	MyWork  Page = "my_work"
	Matrix  Page = "matrix" // of responsibilities
)

// Sharing says who has a view.
type Sharing string

// The sharings.
const (
	Own       Sharing = "own"       // its owner
	Party     Sharing = "party"     // staff of its party
	Everybody Sharing = "everybody" // also the public
)

// Query is what the address says: parameters of the list and of the page, each
// with its values in order. Which there are is known to the API.
type Query map[string][]string

// View is a saved view.
type View struct {
	ID          domain.SavedViewID `audit:"ignore"`
	Page        Page               `audit:"track"`
	Name        domain.Text        `audit:"track"` // in one language at least, that of its author
	Sharing     Sharing            `audit:"track"`
	PersonID    domain.PersonID    `audit:"ignore"` // whose it is: who made it
	PartyID     domain.PartyID     `audit:"track"`  // for which they acted
	Query       Query              `audit:"track"`
	WithdrawnAt time.Time          `audit:"track"` // zero while it is there
	Version     int                `audit:"ignore"`
	CreatedAt   time.Time          `audit:"ignore"`
	UpdatedAt   time.Time          `audit:"ignore"`
}

// Edit is what can be said of a view.
type Edit struct {
	Name    domain.Text
	Sharing Sharing
	Query   Query
}

// Limits.
const (
	maxName   = 100  // characters
	maxQuery  = 4000 // characters of all names and values
	MaxOfSelf = 100  // views that one person has at once
)

// New makes a view of the actor's.
func New(id domain.SavedViewID, page Page, e Edit, actor domain.Actor, now time.Time) (View, error) {
	v := View{ID: id, Page: page, PersonID: actor.PersonID, PartyID: actor.PartyID, Version: 1, CreatedAt: now}
	return v, v.Change(e, actor, now)
}

// Change replaces what can be said of a view, or says everything that is wrong.
// Only its owner makes a shared view their own again.
func (v *View) Change(e Edit, actor domain.Actor, now time.Time) error {
	e.Name = e.Name.Trim()
	var wrong domain.Violations
	if e.Name.IsZero() {
		wrong.Add("/name", "required")
	}
	e.Name.Check(&wrong, "/name", false, maxName)
	switch e.Sharing {
	case Own:
		if v.Sharing != "" && v.Sharing != Own && v.PersonID != actor.PersonID {
			wrong.Add("/sharing", "not_allowed")
		}
	case Party, Everybody:
	default:
		wrong.Add("/sharing", "not_allowed")
	}
	size := 0
	for name, values := range e.Query {
		size += len(name)
		for _, value := range values {
			if size += len(value); strings.ContainsRune(value, 0) {
				wrong.Add("/query/"+name, "character_not_allowed")
			}
		}
	}
	if size > maxQuery {
		wrong.Add("/query", "too_long")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	v.Name, v.Sharing, v.Query, v.UpdatedAt = e.Name, e.Sharing, e.Query, now
	return nil
}

// AuditValue is the query as the log shows it.
func (q Query) AuditValue() any {
	if len(q) == 0 {
		return nil
	}
	return map[string][]string(q)
}

// Resource is what permissions on the view are asked for: it is its owner's, and
// once it is shared also its party's.
func (v View) Resource() domain.Resource {
	r := domain.Resource{PersonID: v.PersonID}
	if v.Sharing != Own {
		r.Parties = []domain.PartyID{v.PartyID}
	}
	return r
}

// Reader is who looks, as far as views are concerned.
type Reader struct {
	PersonID domain.PersonID // zero: the public
	PartyID  domain.PartyID  // of staff; zero of others
}

// ReaderOf is the actor as a reader.
func ReaderOf(a domain.Actor) Reader {
	r := Reader{PersonID: a.PersonID}
	if a.IsStaff() {
		r.PartyID = a.PartyID
	}
	return r
}

// Reads reports whether a reader has the view. The SQL of the store is the same
// rule.
func (v View) Reads(r Reader) bool {
	switch {
	case !v.WithdrawnAt.IsZero():
		return false
	case v.Sharing == Everybody, !r.PersonID.IsZero() && v.PersonID == r.PersonID:
		return true
	}
	return v.Sharing == Party && !r.PartyID.IsZero() && v.PartyID == r.PartyID
}

// tooMany says that a person has as many views as they can have.
func tooMany() error {
	return domain.Conflict("too_many_views", strconv.Itoa(MaxOfSelf), "withdraw one first")
}
