package responsibility

import (
	"time"

	"yhdyspinta/domain"
)

// Terms are the material fields: what the parties accept.
type Terms struct {
	PostID    domain.PostID `json:"postId"`
	Part      domain.Part   `json:"part"`
	Wording   domain.Text   `json:"wording"`
	ValidFrom domain.Date   `json:"validFrom,omitzero"` // first day
	ValidTo   domain.Date   `json:"validTo,omitzero"`   // last day; zero while nobody has set one
}

// Same reports whether both say the same.
func (t Terms) Same(o Terms) bool { return t == o }

// AuditValue shows the terms in the log as they are on the wire.
func (t *Terms) AuditValue() any {
	if t == nil {
		return nil
	}
	return *t
}

// Responsibility is one post's part in a subject.
type Responsibility struct {
	ID        domain.ResponsibilityID `audit:"ignore"`
	Subject   domain.Subject          `audit:"ignore"` // the entry stands under it
	PostID    domain.PostID           `audit:"track"`
	Part      domain.Part             `audit:"track"`
	Wording   domain.Text             `audit:"track"`
	ValidFrom domain.Date             `audit:"track"`
	ValidTo   domain.Date             `audit:"track"`
	// What the parties have agreed on the fields above.
	domain.Accord[Terms]
	Version   int       `audit:"ignore"`
	UpdatedAt time.Time `audit:"ignore"`
	// What follows from the post; filled by storage.
	PartyID domain.PartyID `audit:"ignore"`
	UnitID  domain.UnitID  `audit:"ignore"`
	Title   domain.Text    `audit:"ignore"`
}

// Terms returns the content in force, or the one that was proposed first.
func (r Responsibility) Terms() Terms {
	return Terms{r.PostID, r.Part, r.Wording, r.ValidFrom, r.ValidTo}
}

// Latest returns the content that somebody said last: the change that waits, if
// one does.
func (r Responsibility) Latest() Terms { return r.Accord.Latest(r.Terms()) }

func (r *Responsibility) setTerms(t Terms) {
	r.PostID, r.Part, r.Wording, r.ValidFrom, r.ValidTo = t.PostID, t.Part, t.Wording, t.ValidFrom, t.ValidTo
}

// Circle is whom a content concerns: the principal parties that lead or share
// the subject, and the post's own party.
type Circle []domain.PartyID

// concerned are the parties that a part concerns.
func (c Circle) concerned(part domain.Part) []domain.PartyID {
	if part == domain.Informed {
		return nil
	}
	return c
}

const maxWording = 2000

func (t Terms) check() error {
	var v domain.Violations
	v.Require(!t.PostID.IsZero(), "/postId")
	switch t.Part {
	case domain.Lead, domain.Shared, domain.Support, domain.Informed:
	default:
		v.Add("/part", "not_allowed")
	}
	t.Wording.Check(&v, "/wording", false, maxWording)
	v.Require(!t.ValidFrom.IsZero(), "/validFrom")
	if !t.ValidTo.IsZero() && t.ValidTo.Before(t.ValidFrom) {
		v.Add("/validTo", "before_start")
	}
	return v.Err()
}

// New proposes a responsibility.
func New(id domain.ResponsibilityID, agreement domain.AgreementID, subject domain.Subject, t Terms, circle Circle, by domain.Proposer, now time.Time) (Responsibility, error) {
	r := Responsibility{ID: id, Subject: subject, Version: 1}
	t.Wording = t.Wording.Trim()
	if err := t.check(); err != nil {
		return r, err
	}
	r.propose(agreement, t, circle, by, now)
	return r, nil
}

// Edit proposes other terms. The same terms as those that wait change nothing;
// those in force take back a change that waits, if the same party proposed it:
// Conflict otherwise. It reports whether anything changed.
func (r *Responsibility) Edit(agreement domain.AgreementID, t Terms, circle Circle, by domain.Proposer, now time.Time) (bool, error) {
	t.Wording = t.Wording.Trim()
	if t == r.Latest() {
		return false, nil
	}
	if r.InForce != nil && t == r.Terms() && r.Waiting != nil && r.Waiting.ProposedParty != by.PartyID && by.System == "" {
		return false, domain.Conflict("proposed_by_other_party", string(r.Standing), "the other party proposed the change: decline it instead")
	}
	if err := t.check(); err != nil {
		return false, err
	}
	r.propose(agreement, t, circle, by, now)
	return true, nil
}

func (r *Responsibility) propose(agreement domain.AgreementID, t Terms, circle Circle, by domain.Proposer, now time.Time) {
	to := domain.Asked{Concerned: circle.concerned(t.Part)}
	if r.InForce != nil && r.Part != domain.Informed {
		to.Leaving = circle // to be informed binds nobody, but what bound ends by it
	}
	r.setTerms(r.Propose(agreement, r.Terms(), t, to, by, now))
	r.UpdatedAt = now
}

// Widen asks the parties of circle that have not been asked: those that lead or
// share the subject by now. It reports whether anybody is asked.
func (r *Responsibility) Widen(agreement domain.AgreementID, circle Circle, now time.Time) bool {
	if !r.Accord.Widen(agreement, r.Terms(), circle.concerned(r.Latest().Part), now) {
		return false
	}
	r.UpdatedAt = now
	return true
}

// Answer records the answer of the actor's party to what waits.
func (r *Responsibility) Answer(actor domain.Actor, accept bool, reason domain.Text, now time.Time) error {
	t, err := r.Accord.Answer(r.Terms(), actor, accept, reason, now)
	if err != nil {
		return err
	}
	r.setTerms(t)
	r.UpdatedAt = now
	return nil
}

// Withdraw takes back what waits. It reports whether nothing is left: then no
// wording ever was in force.
func (r *Responsibility) Withdraw(actor domain.Actor, now time.Time) (gone bool, err error) {
	if gone, err = r.Accord.Withdraw(actor, now); err == nil {
		r.UpdatedAt = now
	}
	return gone, err
}

// Restore lets what another party had proposed wait again.
func (r *Responsibility) Restore(id domain.AgreementID, t Terms, old domain.Agreement, now time.Time) {
	r.setTerms(r.Accord.Restore(id, r.Terms(), t, old, now))
	r.UpdatedAt = now
}

// End ends it with its subject, which is no more: what waits is taken back, and
// what bound until then is over without being asked about. What began only after
// last ends on its first day.
func (r *Responsibility) End(last domain.Date, now time.Time) {
	r.TakeBack(now)
	if last.Before(r.ValidFrom) {
		last = r.ValidFrom
	}
	if r.ValidTo.IsZero() || last.Before(r.ValidTo) {
		r.ValidTo = last
	}
	r.UpdatedAt = now
}
