package meeting

import (
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// AmendmentStatus is where an amendment is in its life.
type AmendmentStatus string

// The states of an amendment.
const (
	AmendmentProposed  AmendmentStatus = "proposed"
	AmendmentApproved  AmendmentStatus = "approved"
	AmendmentPublished AmendmentStatus = "published"
	AmendmentWithdrawn AmendmentStatus = "withdrawn"
)

// Amendment is a correction (oikaisu, rättelse) of an approved paper: what a
// passage was and what it is now. The paper itself never changes; the amendment
// stands beside it. The chair and one inspector of each principal party approve
// it as they approved the paper.
type Amendment struct {
	ID             domain.AmendmentID  `audit:"ignore"`
	MeetingID      domain.MeetingID    `audit:"ignore"`
	No             int                 `audit:"track"` // within the meeting, from 1, given when it is published; 0 before
	Place          Place               `audit:"ignore"`
	ItemID         domain.AgendaItemID `audit:"track"` // as in Place
	Part           Part                `audit:"track"` // as in Place
	Was            domain.Text         `audit:"track"` // the passage as it reads, in each language that changes
	Becomes        domain.Text         `audit:"track"`
	Reason         domain.Text         `audit:"track"`
	Status         AmendmentStatus     `audit:"track"`
	PostID         domain.PostID       `audit:"track"` // who proposed the present version
	PartyID        domain.PartyID      `audit:"ignore"`
	ProposedAt     time.Time           `audit:"ignore"`
	ApprovedAt     *time.Time          `audit:"ignore"`
	PublishedAt    *time.Time          `audit:"ignore"`
	WithdrawnAt    *time.Time          `audit:"ignore"`
	WithdrawReason string              `audit:"ignore"` // the entry has it as its reason
	Version        int                 `audit:"ignore"`

	// What storage and the service fill beside it.
	Approvals []AmendmentApproval `audit:"ignore"`
	Post      domain.Text         `audit:"ignore"`
	AgendaNo  int                 `audit:"ignore"`
	Label     string              `audit:"ignore"`
	Section   int                 `audit:"ignore"`
	Hidden    bool                `audit:"ignore"` // the reader may not read the matter: numbers and ground only
	Ground    string              `audit:"ignore"` // why, if Hidden
}

// AmendmentApproval is one post's approval of an amendment's present version.
type AmendmentApproval struct {
	PostID     domain.PostID
	Role       ApprovalRole
	ApprovedAt time.Time
}

// AmendmentEdit is what can be said of an amendment.
type AmendmentEdit struct {
	Place   Place
	Was     domain.Text
	Becomes domain.Text
	Reason  domain.Text
}

// amendable is nil if the meeting's paper has been approved.
func (m Meeting) amendable() error { return m.in("meeting_not_approved", Approved, Published) }

// Amend proposes an amendment of the approved paper, with the amendments that
// have been published so far, or says everything that is wrong with it.
func (m Meeting) Amend(id domain.AmendmentID, p Paper, published []Amendment, e AmendmentEdit, actor domain.Actor, now time.Time) (Amendment, error) {
	a := Amendment{ID: id, MeetingID: m.ID, Status: AmendmentProposed, Version: 1}
	if err := m.amendable(); err != nil {
		return a, err
	}
	return a, a.change(p, published, e, actor, now)
}

// ChangeAmendment replaces what an amendment says before it is published.
// Approvals given before are taken back: they were of other words.
func (m Meeting) ChangeAmendment(a *Amendment, p Paper, published []Amendment, e AmendmentEdit, actor domain.Actor, now time.Time) error {
	if err := firstOf(m.amendable(), a.in(AmendmentProposed, AmendmentApproved)); err != nil {
		return err
	}
	a.Status, a.ApprovedAt, a.Approvals = AmendmentProposed, nil, nil
	return a.change(p, published, e, actor, now)
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (a Amendment) in(allowed ...AmendmentStatus) error {
	if slices.Contains(allowed, a.Status) {
		return nil
	}
	return domain.Conflict("amendment_settled", string(a.Status), "the amendment is "+string(a.Status))
}

func (a *Amendment) change(p Paper, published []Amendment, e AmendmentEdit, actor domain.Actor, now time.Time) error {
	e.Was, e.Becomes, e.Reason = e.Was.Trim(), e.Becomes.Trim(), e.Reason.Trim()
	var v domain.Violations
	said, item, ok := p.Text(e.Place)
	if !ok {
		v.Add("/part", "unknown")
	} else {
		said = Amended(said, e.Place, published)
		changes := false
		for _, lang := range domain.Langs {
			was, becomes, text := e.Was.Of(lang), e.Becomes.Of(lang), said.Of(lang)
			switch {
			case was == "" && becomes == "":
				continue
			case was == "" && text != "":
				v.Add("/was/"+string(lang), "required")
			case !strings.Contains(text, was):
				v.Add("/was/"+string(lang), "not_in_text")
			case was == becomes:
				v.Add("/becomes/"+string(lang), "unchanged")
			}
			changes = true
		}
		v.Require(changes, "/was/fi")
	}
	e.Was.Check(&v, "/was", false, maxPart)
	e.Becomes.Check(&v, "/becomes", false, maxPart)
	e.Reason.Check(&v, "/reason", true, maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	a.Place, a.ItemID, a.Part, a.Was, a.Becomes, a.Reason = e.Place, e.Place.ItemID, e.Place.Part, e.Was, e.Becomes, e.Reason
	a.AgendaNo, a.Label, a.Section = item.AgendaNo, item.Label, item.Section
	a.PostID, a.PartyID, a.ProposedAt = actor.PostID, actor.PartyID, now
	return nil
}

// Amended is a text of the paper as it reads with the published amendments of
// its place, in their order.
func Amended(text domain.Text, at Place, amendments []Amendment) domain.Text {
	for _, a := range amendments {
		if a.Status != AmendmentPublished || a.Place != at {
			continue
		}
		text.FI, text.SV, text.EN = replaced(text.FI, a.Was.FI, a.Becomes.FI), replaced(text.SV, a.Was.SV, a.Becomes.SV), replaced(text.EN, a.Was.EN, a.Becomes.EN)
	}
	return text
}

func replaced(text, was, becomes string) string {
	if was == "" {
		if text == "" {
			return becomes
		}
		return text
	}
	return strings.Replace(text, was, becomes, 1)
}

// ApproveAmendment notes the approval of a post that approves the meeting's
// paper too, and the amendment is approved with the last of them.
func (m Meeting) ApproveAmendment(a *Amendment, post domain.PostID, now time.Time) (AmendmentApproval, error) {
	if err := firstOf(m.amendable(), a.in(AmendmentProposed)); err != nil {
		return AmendmentApproval{}, err
	}
	for _, w := range m.AmendmentApprovers(*a) {
		if w.PostID != post {
			continue
		}
		if w.Approved {
			return AmendmentApproval{}, domain.Conflict("already_approved", string(a.Status), "this post has approved already")
		}
		given := AmendmentApproval{post, w.Role, now}
		a.Approvals = append(slices.Clone(a.Approvals), given)
		if m.approvedBy(a.Approvals) {
			a.Status, a.ApprovedAt = AmendmentApproved, &now
		}
		return given, nil
	}
	return AmendmentApproval{}, domain.Forbidden(domain.AmendmentApprove)
}

// AmendmentApprovers lists whose approval the amendment needs: those of the
// paper.
func (m Meeting) AmendmentApprovers(a Amendment) []Approver {
	out := m.Approvers()
	for i, w := range out {
		out[i].Approved = slices.ContainsFunc(a.Approvals, func(g AmendmentApproval) bool { return g.PostID == w.PostID && g.Role == w.Role })
	}
	return out
}

// approvedBy reports whether the chair and an inspector of each principal party
// are among those who approved.
func (m Meeting) approvedBy(given []AmendmentApproval) bool {
	m.Approvals = nil
	for _, g := range given {
		m.Approvals = append(m.Approvals, Approval{PostID: g.PostID, Role: g.Role})
	}
	return m.complete()
}

// PublishAmendment gives an approved amendment its number and puts it beside the
// paper, for whoever reads that.
func (m Meeting) PublishAmendment(a *Amendment, no int, now time.Time) error {
	if err := m.amendable(); err != nil {
		return err
	}
	if a.Status == AmendmentProposed {
		return domain.Conflict("amendment_not_approved", string(a.Status), "the amendment is not approved")
	}
	if err := a.in(AmendmentApproved); err != nil {
		return err
	}
	a.No, a.Status, a.PublishedAt = no, AmendmentPublished, &now
	return nil
}

// Withdraw gives up an amendment that has not been published, with a reason.
func (a *Amendment) Withdraw(reason string, now time.Time) error {
	if err := a.in(AmendmentProposed, AmendmentApproved); err != nil {
		return err
	}
	var v domain.Violations
	v.Require(reason != "", "/reason")
	if len([]rune(reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	if err := v.Err(); err != nil {
		return err
	}
	a.Status, a.WithdrawReason, a.WithdrawnAt = AmendmentWithdrawn, reason, &now
	return nil
}

// AmendmentPermissions lists what the actor may do with an amendment in its
// present state.
func (m Meeting) AmendmentPermissions(actor domain.Actor, a Amendment) []domain.Permission {
	if m.amendable() != nil {
		return []domain.Permission{}
	}
	var possible []domain.Permission
	if a.in(AmendmentProposed, AmendmentApproved) == nil {
		possible = append(possible, domain.AmendmentPropose)
	}
	waits := slices.ContainsFunc(m.AmendmentApprovers(a), func(w Approver) bool { return w.PostID == actor.PostID && !w.Approved })
	if a.Status == AmendmentProposed && waits {
		possible = append(possible, domain.AmendmentApprove)
	}
	if a.Status == AmendmentApproved {
		possible = append(possible, domain.AmendmentPublish)
	}
	return actor.Allowed(m.Resource(), possible...)
}
