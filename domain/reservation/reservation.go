package reservation

import (
	"time"

	"yhdyspinta/domain"
)

// Reservation is one party's dissent.
type Reservation struct {
	ID               domain.ReservationID `audit:"ignore"`
	Subject          domain.Subject       `audit:"ignore"` // goal, action or responsibility
	PartyID          domain.PartyID       `audit:"track"`
	PostID           domain.PostID        `audit:"ignore"` // in which it was made; the entry has it
	Text             domain.Text          `audit:"track"`
	Visibility       domain.Visibility    `audit:"track"`
	VisibilityGround string               `audit:"track"`
	MadeAt           time.Time            `audit:"ignore"`
	WithdrawnAt      time.Time            `audit:"track"` // zero while it holds
	WithdrawnPostID  domain.PostID        `audit:"ignore"`
	Withdrawal       domain.Text          `audit:"track"` // why it was withdrawn
	Version          int                  `audit:"ignore"`
}

// Statement is what a person can say in a reservation.
type Statement struct {
	Text             domain.Text // in at least one language
	Visibility       domain.Visibility
	VisibilityGround string
}

// Limits of text, in characters.
const (
	maxText   = 3000
	maxReason = 1000
)

// Kinds lists what a reservation can be about.
var Kinds = []domain.SubjectKind{domain.SubjectGoal, domain.SubjectAction, domain.SubjectResponsibility}

// Listing lists beside what reservations on it or on its responsibilities show.
var Listing = []domain.SubjectKind{domain.SubjectGoal, domain.SubjectAction, domain.SubjectResponsibility, domain.SubjectForum, domain.SubjectChain, domain.SubjectStage, domain.SubjectHandover}

// New makes a reservation of the actor's party, or says everything that is wrong.
func New(id domain.ReservationID, subject domain.Subject, s Statement, actor domain.Actor, now time.Time) (Reservation, error) {
	r := Reservation{ID: id, Subject: subject, PartyID: actor.PartyID, PostID: actor.PostID, Text: s.Text.Trim(),
		Visibility: s.Visibility, VisibilityGround: s.VisibilityGround, MadeAt: now, Version: 1}
	if r.PartyID.IsZero() {
		return r, domain.Invalid("party_required", "a reservation is a party's")
	}
	var v domain.Violations
	checkText(&v, "/text", r.Text, maxText)
	domain.CheckVisibility(&v, r.Visibility, r.VisibilityGround)
	return r, v.Err()
}

// Withdraw takes it back with a reason: Conflict if it is withdrawn already.
func (r *Reservation) Withdraw(reason domain.Text, actor domain.Actor, now time.Time) error {
	if !r.WithdrawnAt.IsZero() {
		return domain.Conflict("already_withdrawn", "withdrawn", "the reservation is withdrawn already")
	}
	reason = reason.Trim()
	var v domain.Violations
	checkText(&v, "/reason", reason, maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	r.WithdrawnAt, r.WithdrawnPostID, r.Withdrawal = now, actor.PostID, reason
	r.Version++
	return nil
}

// checkText asks for a text in at least one language.
func checkText(v *domain.Violations, pointer string, t domain.Text, limit int) {
	v.Require(!t.IsZero(), pointer+"/fi")
	t.Check(v, pointer, false, limit)
}
