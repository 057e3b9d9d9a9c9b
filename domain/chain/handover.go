package chain

import (
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Gap says how well a hand-over works.
type Gap string

// The gaps, the narrowest first.
const (
	NoGap    Gap = "none"
	MinorGap Gap = "minor"
	MajorGap Gap = "major"
)

// Terms are the material fields of a hand-over: what the giving and the
// receiving party accept.
type Terms struct {
	FromStageID domain.StageID `json:"fromStageId"`
	ToStageID   domain.StageID `json:"toStageId"`
	What        domain.Text    `json:"what"`                // what passes
	Channel     domain.Text    `json:"channel,omitzero"`    // by which way
	TargetDays  *int           `json:"targetDays,omitzero"` // calendar days from the giver's step to the receiver's; nil: none agreed
}

// Same reports whether both say the same.
func (t Terms) Same(o Terms) bool {
	return t.FromStageID == o.FromStageID && t.ToStageID == o.ToStageID && t.What == o.What && t.Channel == o.Channel && sameDays(t.TargetDays, o.TargetDays)
}

func sameDays(a, b *int) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// AuditValue shows the terms in the log as they are on the wire.
func (t *Terms) AuditValue() any {
	if t == nil {
		return nil
	}
	return *t
}

// Evidence shows that a hand-over works, or how it does not.
type Evidence struct {
	Title     domain.Text `json:"title"`
	URL       string      `json:"url,omitzero"`
	CheckedOn domain.Date `json:"checkedOn"`
}

// Handover is an edge of a chain: something passes from one stage to another. It
// is in force when the principal parties of both stages have accepted its
// terms; how well it works, and what shows that, needs nobody's acceptance.
type Handover struct {
	ID          domain.HandoverID `audit:"ignore"`
	Position    int               `audit:"track"` // from 1
	FromStageID domain.StageID    `audit:"track"`
	ToStageID   domain.StageID    `audit:"track"`
	What        domain.Text       `audit:"track"`
	Channel     domain.Text       `audit:"track"`
	TargetDays  *int              `audit:"track"`
	// What the parties have agreed on the terms above.
	domain.Accord[Terms]
	Gap              Gap                  `audit:"track"`
	GapReason        domain.Text          `audit:"track"`
	NextReviewOn     domain.Date          `audit:"track"` // zero: none set
	Evidence         []Evidence           `audit:"track"`
	Responsibilities []domain.Responsible `audit:"ignore"` // have entries of their own; kept through domain/responsibility
	ValidFrom        domain.Date          `audit:"track"`
	ValidTo          domain.Date          `audit:"track"` // zero while in force; the day before ValidFrom if it ended on its first day
	Version          int                  `audit:"ignore"`
	UpdatedAt        time.Time            `audit:"ignore"`
}

// Terms returns the terms in force, or those that were proposed last while none
// are.
func (h Handover) Terms() Terms {
	return Terms{h.FromStageID, h.ToStageID, h.What, h.Channel, h.TargetDays}
}

// Latest returns the terms that somebody said last: the change that waits, if
// one does.
func (h Handover) Latest() Terms { return h.Accord.Latest(h.Terms()) }

func (h *Handover) setTerms(t Terms) {
	h.FromStageID, h.ToStageID, h.What, h.Channel, h.TargetDays = t.FromStageID, t.ToStageID, t.What, t.Channel, t.TargetDays
}

// ReviewOverdue reports whether the review was to be before the day.
func (h Handover) ReviewOverdue(day domain.Date) bool {
	return !h.NextReviewOn.IsZero() && h.NextReviewOn.Before(day)
}

// Answer records the answer of the actor's party to what waits.
func (h *Handover) Answer(actor domain.Actor, accept bool, reason domain.Text, now time.Time) error {
	if err := h.open(); err != nil {
		return err
	}
	t, err := h.Accord.Answer(h.Terms(), actor, accept, reason, now)
	if err != nil {
		return err
	}
	h.setTerms(t)
	h.UpdatedAt = now
	return nil
}

// Withdraw takes back what waits. What never was in force ends: then gone.
func (h *Handover) Withdraw(actor domain.Actor, now time.Time) (gone bool, err error) {
	if err := h.open(); err != nil {
		return false, err
	}
	if gone, err = h.Accord.Withdraw(actor, now); err != nil {
		return false, err
	}
	h.UpdatedAt = now
	if gone {
		h.ValidTo = domain.DateOf(now).AddDays(-1)
	}
	return gone, nil
}

// Restore lets terms wait again that another party had proposed.
func (h *Handover) Restore(id domain.AgreementID, t Terms, old domain.Agreement, now time.Time) {
	h.setTerms(h.Accord.Restore(id, h.Terms(), t, old, now))
	h.ValidTo, h.UpdatedAt = domain.Date{}, now
}

func (h Handover) open() error {
	if !h.ValidTo.IsZero() {
		return domain.Conflict("handover_ended", "ended", "the hand-over has ended")
	}
	return nil
}

// end makes yesterday the last day; what waits is withdrawn.
func (h *Handover) end(now time.Time) {
	h.TakeBack(now)
	h.ValidTo = domain.DateOf(now).AddDays(-1)
	h.Version++
	h.UpdatedAt = now
}

// answering is what the permission to answer for a party is asked for: its
// coordinator has it, and the manager of a unit of a post that leads or shares
// the giving or receiving stage or has a part in the hand-over.
func (h Handover) answering(party domain.PartyID, stages ...[]domain.Responsible) domain.Resource {
	r := domain.Resource{Parties: []domain.PartyID{party}}
	for _, posts := range stages {
		for _, p := range posts {
			if p.PartyID == party && (p.Part == domain.Lead || p.Part == domain.Shared) {
				r.Units = append(r.Units, p.UnitID)
			}
		}
	}
	for _, p := range h.Responsibilities {
		if p.PartyID == party {
			r.Units = append(r.Units, p.UnitID)
		}
	}
	return r
}

func (h Handover) answers(actor domain.Actor, stages ...[]domain.Responsible) bool {
	return h.ValidTo.IsZero() && h.Waiting != nil && h.Waiting.Waits(actor.PartyID) &&
		actor.Can(domain.AgreementAccept, h.answering(actor.PartyID, stages...))
}

// Answers reports whether the actor may answer what waits at a hand-over of the
// chain, for their party.
func (c Chain) Answers(actor domain.Actor, h Handover) bool {
	var posts [][]domain.Responsible
	for _, s := range c.Stages {
		if h.at(s.ID) {
			posts = append(posts, s.Responsibilities)
		}
	}
	return h.answers(actor, posts...)
}

// at reports whether the hand-over begins or ends at a stage, or would by the
// change that waits.
func (h Handover) at(stage domain.StageID) bool {
	for _, t := range []Terms{h.Terms(), h.Latest()} {
		if t.FromStageID == stage || t.ToStageID == stage {
			return true
		}
	}
	return false
}

// HandoverEdit is what a coordinator can say of a hand-over. ID is zero for a
// new one; From and To are the places of the stages in Edit.Stages, from 1.
type HandoverEdit struct {
	ID           domain.HandoverID
	From         int
	To           int
	What         domain.Text
	Channel      domain.Text
	TargetDays   *int
	Gap          Gap
	GapReason    domain.Text
	NextReviewOn domain.Date
	Evidence     []Evidence
}

const (
	maxHandovers  = 120
	maxWhat       = 500
	maxChannel    = 300
	maxGapReason  = 2000
	maxEvidence   = 20
	maxTargetDays = 3650
)

// By is who edits a chain, with what the rules need to know beside.
type By struct {
	Actor      domain.Actor
	Principals []domain.PartyID // the principal parties: those whose acceptance counts
	NewID      domain.IDSource
	// Over is whose unanswered proposal what waits at a hand-over took the place of.
	Over map[domain.HandoverID]domain.PartyID
}

// proposer is the actor as who proposes terms of a hand-over: a coordinator
// answers for their own party, and has accepted by proposing.
func (by By) proposer(h domain.HandoverID) domain.Proposer {
	own := domain.Resource{Parties: []domain.PartyID{by.Actor.PartyID}}
	return domain.Proposer{Actor: by.Actor, Accepts: by.Actor.Can(domain.AgreementAccept, own), Over: by.Over[h]}
}

func (c *Chain) handovers(v *domain.Violations, by By, edits []HandoverEdit, stages []Stage, now time.Time) []Handover {
	if len(edits) > maxHandovers {
		v.Add("/handovers", "too_many")
		return nil
	}
	out := make([]Handover, len(edits))
	for i, e := range edits {
		at := domain.Pointer("/handovers", i)
		h := Handover{ValidFrom: domain.DateOf(now)}
		if e.ID.IsZero() {
			h.ID.SetNew(by.NewID)
		} else if j := slices.IndexFunc(c.Handovers, func(h Handover) bool { return h.ID == e.ID }); j >= 0 {
			h = c.Handovers[j]
		} else {
			v.Add(at+"/id", "unknown")
		}
		if slices.ContainsFunc(out[:i], func(o Handover) bool { return o.ID == h.ID }) {
			v.Add(at+"/id", "duplicate")
		}
		old := h
		t := e.terms(v, at, stages)
		e.GapReason = e.GapReason.Trim()
		switch e.Gap {
		case NoGap, MinorGap, MajorGap:
		default:
			v.Add(at+"/gap", "not_allowed")
		}
		e.GapReason.Check(v, at+"/gapReason", e.Gap == MinorGap || e.Gap == MajorGap, maxGapReason)
		e.Evidence = checkEvidence(v, at+"/evidence", e.Evidence, domain.DateOf(now))
		if v.Err() != nil {
			out[i] = h // what follows is of a chain that is refused
			continue
		}
		h.Position, h.Gap, h.GapReason, h.NextReviewOn, h.Evidence = i+1, e.Gap, e.GapReason, e.NextReviewOn, e.Evidence
		agreed := h.agree(by, t, c.Stages, stages, now)
		if agreed || len(domain.Diff(old, h)) > 0 {
			h.Version++
			h.UpdatedAt = now
		}
		out[i] = h
	}
	return out
}

func (e HandoverEdit) terms(v *domain.Violations, at string, stages []Stage) Terms {
	t := Terms{What: e.What.Trim(), Channel: e.Channel.Trim(), TargetDays: e.TargetDays}
	place := func(id *domain.StageID, field string, n int) {
		switch {
		case n == 0:
			v.Add(at+field, "required")
		case n < 0 || n > len(stages):
			v.Add(at+field, "unknown")
		default:
			*id = stages[n-1].ID
		}
	}
	place(&t.FromStageID, "/from", e.From)
	place(&t.ToStageID, "/to", e.To)
	if e.From == e.To && e.From != 0 {
		v.Add(at+"/to", "same_stage")
	}
	t.What.Check(v, at+"/what", true, maxWhat)
	t.Channel.Check(v, at+"/channel", false, maxChannel)
	if e.TargetDays != nil && (*e.TargetDays < 0 || *e.TargetDays > maxTargetDays) {
		v.Add(at+"/targetDays", "not_allowed")
	}
	return t
}

func checkEvidence(v *domain.Violations, at string, evidence []Evidence, today domain.Date) []Evidence {
	if len(evidence) > maxEvidence {
		v.Add(at, "too_many")
		return nil
	}
	out := make([]Evidence, len(evidence))
	for i, e := range evidence {
		p := domain.Pointer(at, i)
		e.Title, e.URL = e.Title.Trim(), strings.TrimSpace(e.URL)
		e.Title.Check(v, p+"/title", true, maxTitle)
		domain.CheckWebAddress(v, p+"/url", e.URL)
		v.Require(!e.CheckedOn.IsZero(), p+"/checkedOn")
		if e.CheckedOn.After(today) {
			v.Add(p+"/checkedOn", "in_future")
		}
		out[i] = e
	}
	return out
}

// agree proposes terms to the parties that they concern, unless they are those
// in force or those that wait. It reports whether what was agreed or waits has
// changed.
func (h *Handover) agree(by By, t Terms, before, stages []Stage, now time.Time) bool {
	var id domain.AgreementID
	id.SetNew(by.NewID)
	current, changed := h.Terms(), false
	propose := func() {
		// Whom the terms concern, those in force and those proposed; a party whose
		// stage has passed to another was concerned by the former, and is asked too.
		to := domain.Asked{Concerned: circle(by, stages, t), Leaving: append(circle(by, append(slices.Clone(before), stages...), current), h.Bound()...)}
		if !stands(current, stages) {
			h.Lapse(now) // what was agreed cannot hold without its stage
		}
		h.setTerms(h.Propose(id, current, t, to, by.proposer(h.ID), now))
		changed = true
	}
	switch {
	case h.Revision > 0 && (!stands(current, stages) || !stands(h.Latest(), stages)):
		propose() // a stage is gone: neither what was agreed nor what waits can hold with it
	case h.Revision == 0 || !t.Same(current) && !t.Same(h.Latest()):
		propose()
	}
	return h.widen(by, stages, now) || changed
}

// widen asks the parties of the stages that have not been asked. It reports
// whether anybody is.
func (h *Handover) widen(by By, stages []Stage, now time.Time) bool {
	var id domain.AgreementID
	id.SetNew(by.NewID)
	return h.Accord.Widen(id, h.Terms(), circle(by, stages, h.Latest()), now)
}

// stands reports whether both stages are there.
func stands(t Terms, stages []Stage) bool {
	has := func(id domain.StageID) bool {
		return slices.ContainsFunc(stages, func(s Stage) bool { return s.ID == id })
	}
	return has(t.FromStageID) && has(t.ToStageID)
}

// circle is whom terms concern: the principal parties of their stages.
func circle(by By, stages []Stage, terms ...Terms) []domain.PartyID {
	var out []domain.PartyID
	for _, p := range by.Principals {
		for _, s := range stages {
			if s.PartyID == p && !slices.Contains(out, p) &&
				slices.ContainsFunc(terms, func(t Terms) bool { return t.FromStageID == s.ID || t.ToStageID == s.ID }) {
				out = append(out, p)
			}
		}
	}
	return out
}
