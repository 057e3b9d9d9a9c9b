package responsibility

import (
	"slices"
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
	Standing  domain.Standing         `audit:"track"`
	// InForce is the agreement behind the fields above; nil while they are only
	// proposed.
	InForce *domain.Agreement `audit:"ignore"`
	// Waiting is the agreement that waits for answers or was declined; nil if none.
	// Change is its content where something else is in force.
	Waiting *domain.Agreement  `audit:"ignore"`
	Change  *Terms             `audit:"track"`
	Past    []domain.Agreement `audit:"ignore"` // closed by the last change, for the store
	// Revision is the number of the content that was proposed last.
	Revision  int       `audit:"ignore"`
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
func (r Responsibility) Latest() Terms {
	if r.Change != nil {
		return *r.Change
	}
	return r.Terms()
}

func (r *Responsibility) setTerms(t Terms) {
	r.PostID, r.Part, r.Wording, r.ValidFrom, r.ValidTo = t.PostID, t.Part, t.Wording, t.ValidFrom, t.ValidTo
}

// Circle is whom a content concerns: the principal parties that lead or share
// the subject, and the post's own party.
type Circle []domain.PartyID

// asked are the parties whose answer a content needs.
func (c Circle) asked(part domain.Part) []domain.PartyID {
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
func New(id domain.ResponsibilityID, agreement domain.AgreementID, subject domain.Subject, t Terms, circle Circle, actor domain.Actor, now time.Time) (Responsibility, error) {
	t.Wording = t.Wording.Trim()
	r := Responsibility{ID: id, Subject: subject, Revision: 1, Version: 1, UpdatedAt: now}
	if err := t.check(); err != nil {
		return r, err
	}
	r.setTerms(t)
	a := domain.ProposeAgreement(agreement, 1, circle.asked(t.Part), actor, now)
	r.Waiting = &a
	r.settle(now)
	return r, nil
}

// Edit proposes other terms. The same terms as those that wait change nothing;
// those in force take back a change that waits. It reports whether anything
// changed.
func (r *Responsibility) Edit(agreement domain.AgreementID, t Terms, circle Circle, actor domain.Actor, now time.Time) (bool, error) {
	t.Wording = t.Wording.Trim()
	if t == r.Latest() {
		return false, nil
	}
	if err := t.check(); err != nil {
		return false, err
	}
	r.UpdatedAt = now
	if r.Waiting != nil {
		state := domain.AgreementSuperseded
		if r.InForce != nil && t == r.Terms() {
			state = domain.AgreementWithdrawn
		}
		r.close(r.Waiting, state, now)
		r.Waiting, r.Change = nil, nil
	}
	switch {
	case r.InForce == nil:
		r.setTerms(t)
	case t == r.Terms():
		r.settle(now)
		return true, nil
	default:
		r.Change = &t
	}
	r.Revision++
	a := domain.ProposeAgreement(agreement, r.Revision, circle.asked(t.Part), actor, now)
	r.Waiting = &a
	r.settle(now)
	return true, nil
}

// Widen asks the parties of circle that have not been asked: those that lead or
// share the subject by now. The content stays as it is; it reports whether
// anybody is asked.
func (r *Responsibility) Widen(agreement domain.AgreementID, circle Circle, now time.Time) bool {
	current := r.Waiting
	if current == nil {
		current = r.InForce
	}
	asked := func(a *domain.Agreement, p domain.PartyID) bool {
		return slices.ContainsFunc(a.Acceptances, func(c domain.Acceptance) bool { return c.PartyID == p })
	}
	missing := slices.ContainsFunc(circle.asked(r.Latest().Part), func(p domain.PartyID) bool { return current != nil && !asked(current, p) })
	if !missing {
		return false
	}
	r.UpdatedAt = now
	all := []domain.PartyID{}
	for _, c := range current.Acceptances {
		all = append(all, c.PartyID)
	}
	for _, p := range circle {
		if !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	r.Revision++
	// Who widens the circle has not accepted what others promise.
	a := domain.ProposeAgreement(agreement, r.Revision, all, domain.Actor{}, now)
	a.ProposedParty, a.ProposedPost = current.ProposedParty, current.ProposedPost
	a.Carry(*current, now)
	if r.Waiting != nil {
		r.close(r.Waiting, domain.AgreementSuperseded, now)
	} else {
		t := r.Terms()
		r.Change = &t
	}
	r.Waiting = &a
	r.settle(now)
	return true
}

// Answer records the answer of the actor's party to what waits.
func (r *Responsibility) Answer(actor domain.Actor, accept bool, reason domain.Text, now time.Time) error {
	if r.Waiting == nil {
		return domain.Conflict("agreement_settled", string(r.Standing), "nothing waits for an answer")
	}
	a := *r.Waiting
	if err := a.Answer(actor, accept, reason, now); err != nil {
		return err
	}
	r.Waiting, r.UpdatedAt = &a, now
	r.settle(now)
	return nil
}

// Withdraw takes back what waits. It reports whether nothing is left: then no
// wording ever was in force.
func (r *Responsibility) Withdraw(actor domain.Actor, now time.Time) (gone bool, err error) {
	if r.Waiting == nil {
		return false, domain.Conflict("agreement_settled", string(r.Standing), "nothing waits for an answer")
	}
	if r.Waiting.ProposedParty != actor.PartyID && actor.System == "" {
		return false, domain.Conflict("proposed_by_other_party", string(r.Standing), "the other party proposed it: decline it instead")
	}
	r.close(r.Waiting, domain.AgreementWithdrawn, now)
	r.Waiting, r.Change, r.UpdatedAt = nil, nil, now
	if r.InForce == nil {
		return true, nil
	}
	r.settle(now)
	return false, nil
}

// settle takes what all have accepted into force and names the standing.
func (r *Responsibility) settle(now time.Time) {
	if r.Waiting != nil && r.Waiting.State == domain.AgreementInForce {
		if r.InForce != nil {
			r.close(r.InForce, domain.AgreementSuperseded, now)
		}
		if r.Change != nil {
			r.setTerms(*r.Change)
		}
		r.InForce, r.Waiting, r.Change = r.Waiting, nil, nil
	}
	r.Standing = domain.StandingOf(r.InForce, r.Waiting)
}

func (r *Responsibility) close(a *domain.Agreement, state domain.AgreementState, now time.Time) {
	old := *a
	old.Close(state, now)
	r.Past = append(r.Past, old)
}
