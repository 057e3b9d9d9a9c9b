// Package calendar gives meetings to people's calendars: one private address
// per person, and one public address per public forum.
//
// A private address (kalenteriosoite, kalenderadress) is a secret: whoever knows
// it reads the meetings of the forums where the person's posts are members
// today, drafts where the person may see them, and those where a post of theirs
// takes a participant's place. It is shown once; only a hash is kept. The person renews it, which ends the old one, or ends it; it tells
// nothing once the person has neither a post nor a role.
package calendar

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"yhdyspinta/domain"
)

// Address is a person's private calendar address.
type Address struct {
	ID        domain.CalendarID `audit:"ignore"`
	PersonID  domain.PersonID   `audit:"ignore"`
	TokenHash []byte            `audit:"secret"`
	MadeAt    time.Time         `audit:"track"`
	EndedAt   time.Time         `audit:"track"` // zero while it holds
	Version   int               `audit:"ignore"`
}

// NewAddress makes an address of a person with a fresh token.
func NewAddress(id domain.CalendarID, person domain.PersonID, now time.Time) (a Address, token string) {
	secret := make([]byte, 32)
	rand.Read(secret)
	token = base64.RawURLEncoding.EncodeToString(secret)
	return Address{ID: id, PersonID: person, TokenHash: hashOf(token), MadeAt: now, Version: 1}, token
}

// hashOf needs no salt: a token has 256 random bits.
func hashOf(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}

// End ends the address.
func (a *Address) End(now time.Time) { a.EndedAt = now }

// Event is a meeting as a calendar shows it: what the header tells.
type Event struct {
	ID        domain.MeetingID
	Forum     domain.Text
	Number    int
	Year      int
	Title     domain.Text
	Place     domain.Text
	StartsAt  time.Time
	EndsAt    time.Time
	Status    string // as domain/meeting has it
	Version   int
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Calendar is what an address gives.
type Calendar struct {
	Name     domain.Text // of the forum; empty of a person's
	Language domain.Lang // the person's; "" of a forum's
	Events   []Event
}

// Reader is a person whose calendar is read, as they are today.
type Reader struct {
	Language domain.Lang // "" while they have not said
	Nobody   bool        // has neither a post nor a role
	Actors   []domain.Actor
}

// Past is how long a meeting stays in a calendar.
const Past = 366 * 24 * time.Hour

// Store keeps addresses and reads meetings.
type Store interface {
	// Open is Of, and keeps other writers of the address waiting.
	Open(person domain.PersonID) (Address, error)
	// Of returns the person's address that holds, or NotFound.
	Of(person domain.PersonID) (Address, error)
	// Find returns the address with that hash that holds, or NotFound.
	Find(hash []byte) (Address, error)
	// Insert adds an address.
	Insert(a Address) error
	// End writes when an address ended.
	End(a Address) (Address, error)
	// Reader tells who a person is today.
	Reader(person domain.PersonID) (Reader, error)
	// Forum returns the title of a forum that the scope covers, or NotFound.
	Forum(scope domain.Scope, id domain.ForumID) (domain.Text, error)
	// OfForum lists the meetings of a forum whose header the scope covers and that
	// end after an instant, in order, 500 at most.
	OfForum(scope domain.Scope, id domain.ForumID, after time.Time) ([]Event, error)
	// OfPost lists in the same way the meetings of the scope's own forums, of those
	// that it is a member of, and those where its post takes a participant's place.
	OfPost(scope domain.Scope, after time.Time) ([]Event, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Calendars Store }

// Service holds the use cases of calendars.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
	Clock domain.Clock
}

func mine(a domain.Actor) domain.Resource { return domain.Resource{PersonID: a.PersonID} }

func subjectOf(a Address) domain.Subject {
	return domain.SubjectOf(domain.SubjectCalendarAddress, a.ID)
}

// Mine returns the actor's address that holds, or NotFound.
func (s *Service) Mine(ctx context.Context, actor domain.Actor) (a Address, err error) {
	if err := actor.Check(domain.ProfileEdit, mine(actor)); err != nil {
		return a, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		a, err = st.Calendars.Of(actor.PersonID)
		return err
	})
	return a, err
}

// Renew gives the actor a new address and ends the old one. The token is
// nowhere else.
func (s *Service) Renew(ctx context.Context, actor domain.Actor) (a Address, token string, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.ProfileEdit, mine(actor)); err != nil {
			return err
		}
		if err := s.end(st, log, actor); err != nil && !errors.Is(err, domain.NotFound("calendar")) {
			return err
		}
		var id domain.CalendarID
		id.SetNew(s.NewID)
		a, token = NewAddress(id, actor.PersonID, log.Now())
		if err := st.Calendars.Insert(a); err != nil {
			return err
		}
		log.Add(actor, domain.ProfileEdit, subjectOf(a), a.Version, domain.Diff(Address{}, a))
		return nil
	})
	return a, token, err
}

// End ends the actor's address, or NotFound if there is none.
func (s *Service) End(ctx context.Context, actor domain.Actor) error {
	return s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.ProfileEdit, mine(actor)); err != nil {
			return err
		}
		return s.end(st, log, actor)
	})
}

func (s *Service) end(st Stores, log *domain.AuditLog, actor domain.Actor) error {
	old, err := st.Calendars.Open(actor.PersonID)
	if err != nil {
		return err
	}
	a := old
	a.End(log.Now())
	if a, err = st.Calendars.End(a); err != nil {
		return err
	}
	log.Add(actor, domain.ProfileEdit, subjectOf(a), a.Version, domain.Diff(old, a))
	return nil
}

// OfToken returns the calendar of whoever has the address with that token, or
// NotFound: also once they have neither a post nor a role.
func (s *Service) OfToken(ctx context.Context, token string) (c Calendar, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		a, err := st.Calendars.Find(hashOf(token))
		if err != nil {
			return err
		}
		who, err := st.Calendars.Reader(a.PersonID)
		if err != nil {
			return err
		}
		if who.Nobody {
			return domain.NotFound("calendar")
		}
		c.Language = who.Language
		seen := map[domain.MeetingID]bool{}
		for _, actor := range who.Actors {
			events, err := st.Calendars.OfPost(actor.Scope(), s.Clock.Now().Add(-Past))
			if err != nil {
				return err
			}
			for _, e := range events {
				if !seen[e.ID] {
					seen[e.ID] = true
					c.Events = append(c.Events, e)
				}
			}
		}
		return nil
	})
	return c, err
}

// OfForum returns the calendar of a public forum: of its public meetings what
// everybody knows. It is the same for whoever asks.
func (s *Service) OfForum(ctx context.Context, id domain.ForumID) (c Calendar, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		everybody := domain.Actor{}.Scope()
		if c.Name, err = st.Calendars.Forum(everybody, id); err != nil {
			return err
		}
		c.Events, err = st.Calendars.OfForum(everybody, id, s.Clock.Now().Add(-Past))
		return err
	})
	return c, err
}
