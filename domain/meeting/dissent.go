package meeting

import (
	"time"

	"yhdyspinta/domain"
)

// DissentKind is what is recorded against an outcome.
type DissentKind string

// The kinds.
const (
	DissentingOpinion DissentKind = "dissent"     // eriävä mielipide, avvikande mening
	Reservation       DissentKind = "reservation" // varauma, reservation
)

// Dissent is a dissenting opinion or a reservation at an outcome, of a party or
// of one of its posts. It stands in the paper, in Finnish and Swedish.
type Dissent struct {
	ID              domain.DissentID `audit:"ignore"`
	OutcomeID       domain.OutcomeID `audit:"track"`
	Kind            DissentKind      `audit:"track"`
	PartyID         domain.PartyID   `audit:"track"`
	PostID          domain.PostID    `audit:"track"` // zero: the whole party
	Text            domain.Text      `audit:"track"`
	WithdrawnAt     *time.Time       `audit:"ignore"`
	WithdrawnReason domain.Text      `audit:"track"`
	RecordedAt      time.Time        `audit:"ignore"`
	Version         int              `audit:"ignore"`
	PostTitle       domain.Text      `audit:"ignore"` // filled by storage
}

// DissentEdit is what can be said of it.
type DissentEdit struct {
	Kind    DissentKind
	PartyID domain.PartyID
	PostID  domain.PostID // of that party
	Text    domain.Text
}

// Dissent records a dissenting opinion or reservation: while the meeting is in
// progress, or afterwards until its paper is published.
func (m Meeting) Dissent(id domain.DissentID, o domain.OutcomeID, e DissentEdit, now time.Time) (Dissent, error) {
	d := Dissent{ID: id, OutcomeID: o, RecordedAt: now, Version: 1}
	return d, m.ChangeDissent(&d, e)
}

// ChangeDissent replaces what a dissent says.
func (m Meeting) ChangeDissent(d *Dissent, e DissentEdit) error {
	if err := m.dissentable(*d); err != nil {
		return err
	}
	var v domain.Violations
	e.Text = e.Text.Trim()
	if e.Kind != DissentingOpinion && e.Kind != Reservation {
		v.Add("/kind", "not_allowed")
	}
	v.Require(!e.PartyID.IsZero(), "/partyId")
	e.Text.Check(&v, "/text", true, maxPart)
	if err := v.Err(); err != nil {
		return err
	}
	d.Kind, d.PartyID, d.PostID, d.Text = e.Kind, e.PartyID, e.PostID, e.Text
	return nil
}

// WithdrawDissent takes a dissent back with a reason; it stays readable.
func (m Meeting) WithdrawDissent(d *Dissent, reason domain.Text, now time.Time) error {
	if err := m.dissentable(*d); err != nil {
		return err
	}
	var v domain.Violations
	reason = reason.Trim()
	reason.Check(&v, "/reason", true, maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	d.WithdrawnAt, d.WithdrawnReason = &now, reason
	return nil
}

func (m Meeting) dissentable(d Dissent) error {
	if err := m.recordable(); err != nil {
		return err
	}
	if d.WithdrawnAt != nil {
		return domain.Conflict("dissent_withdrawn", string(m.Status), "it has been withdrawn")
	}
	return nil
}
