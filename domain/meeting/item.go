package meeting

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// AgendaItem is one matter of a meeting, with the parts that Finnish decision
// papers have. A hidden one tells only its number and the ground for hiding it.
type AgendaItem struct {
	ID               domain.AgendaItemID `audit:"ignore"`
	MeetingID        domain.MeetingID    `audit:"ignore"`
	Position         string              `audit:"ignore"` // order, see KeyBetween; the log tells a move as agendaNo
	AgendaNo         int                 `audit:"track"`  // asianumero: its place on the agenda, from 1
	Section          int                 `audit:"track"`  // § in the paper; 0: none
	Title            domain.Text         `audit:"track"`
	Preparer         domain.Text         `audit:"track"` // who prepared it, in words
	Proposal         domain.Text         `audit:"track"`
	Proceedings      domain.Text         `audit:"track"`
	Decision         domain.Text         `audit:"track"`
	Explanation      domain.Text         `audit:"track"`
	Heard            domain.Text         `audit:"track"` // who was heard, e.g. advisory bodies
	GoesOnTo         domain.Text         `audit:"track"` // the bodies that handle it next
	PresenterID      domain.PostID       `audit:"track"` // zero: none
	MinutesReserved  int                 `audit:"track"` // time on the agenda; 0: not said
	References       domain.References   `audit:"track"`
	Visibility       domain.Visibility   `audit:"track"`
	VisibilityGround string              `audit:"track"` // why it is internal
	Version          int                 `audit:"ignore"`
	CreatedAt        time.Time           `audit:"ignore"`
	UpdatedAt        time.Time           `audit:"ignore"`

	// What storage fills beside it.
	Hidden         bool           `audit:"ignore"` // the reader may not see it
	PresenterTitle domain.Text    `audit:"ignore"`
	PresenterParty domain.PartyID `audit:"ignore"`
	Outcomes       []Outcome      `audit:"ignore"`
}

// ItemEdit is what can be said of an agenda item.
type ItemEdit struct {
	Title            domain.Text
	Preparer         domain.Text
	Proposal         domain.Text
	Proceedings      domain.Text
	Decision         domain.Text
	Explanation      domain.Text
	Heard            domain.Text
	GoesOnTo         domain.Text
	PresenterID      domain.PostID
	MinutesReserved  int
	Section          int // 0: none. By hand for a memo or an older paper; minutes get theirs at closing
	References       domain.References
	Visibility       domain.Visibility
	VisibilityGround string
}

// NewItem makes an agenda item at a position, or says what is wrong with the edit.
func (m Meeting) NewItem(id domain.AgendaItemID, position string, agendaNo int, e ItemEdit, now time.Time) (AgendaItem, error) {
	i := AgendaItem{ID: id, MeetingID: m.ID, Position: position, AgendaNo: agendaNo, Version: 1, CreatedAt: now}
	if err := m.in("meeting_locked", Draft, Called, InProgress); err != nil {
		return i, err
	}
	return i, i.change(e, now)
}

// ChangeItem replaces what can be edited of an item, or says everything that is
// wrong. Approved and published papers are locked.
func (m Meeting) ChangeItem(i *AgendaItem, e ItemEdit, now time.Time) error {
	if err := m.in("meeting_locked", Draft, Called, InProgress, Closed); err != nil {
		return err
	}
	return i.change(e, now)
}

// MoveItem puts an item at another position. After the meeting has been closed
// the order stands. A move is not a new version: what somebody is writing in
// the item stays valid.
func (m Meeting) MoveItem(i *AgendaItem, position string, agendaNo int) error {
	if err := m.in("meeting_locked", Draft, Called, InProgress); err != nil {
		return err
	}
	i.Position, i.AgendaNo = position, agendaNo
	return nil
}

// RemoveItem is nil if an item may be taken off the agenda: until the meeting
// begins.
func (m Meeting) RemoveItem() error { return m.in("meeting_begun", Draft, Called) }

func (i *AgendaItem) change(e ItemEdit, now time.Time) error {
	var v domain.Violations
	for _, p := range []struct {
		text     *domain.Text
		pointer  string
		required bool
		max      int
	}{
		{&e.Title, "/title", true, maxTitle}, {&e.Preparer, "/preparer", false, maxShort}, {&e.Proposal, "/proposal", false, maxPart},
		{&e.Proceedings, "/proceedings", false, maxPart}, {&e.Decision, "/decision", false, maxPart}, {&e.Explanation, "/explanation", false, maxPart},
		{&e.Heard, "/heard", false, maxShort}, {&e.GoesOnTo, "/goesOnTo", false, maxShort},
	} {
		*p.text = p.text.Trim()
		p.text.Check(&v, p.pointer, p.required, p.max)
	}
	if e.MinutesReserved < 0 || e.MinutesReserved > 1440 {
		v.Add("/minutesReserved", "too_large")
	}
	if e.Section < 0 || e.Section > 100000 {
		v.Add("/section", "too_large")
	}
	domain.CheckVisibility(&v, e.Visibility, e.VisibilityGround)
	e.References.Check(&v)
	if err := v.Err(); err != nil {
		return err
	}
	i.Title, i.Preparer, i.Proposal, i.Proceedings, i.Decision = e.Title, e.Preparer, e.Proposal, e.Proceedings, e.Decision
	i.Explanation, i.Heard, i.GoesOnTo = e.Explanation, e.Heard, e.GoesOnTo
	i.PresenterID, i.MinutesReserved, i.Section = e.PresenterID, e.MinutesReserved, e.Section
	i.References, i.Visibility, i.VisibilityGround = e.References, e.Visibility, e.VisibilityGround
	i.UpdatedAt = now
	return nil
}

// Number gives the items of closed minutes the forum's next § numbers, in
// their order, and returns those that it changed. If any item has one already,
// they were given by hand and stand.
func Number(items []AgendaItem, next int) []AgendaItem {
	if slices.ContainsFunc(items, func(i AgendaItem) bool { return i.Section > 0 }) {
		return nil
	}
	out := slices.Clone(items)
	for n := range out {
		out[n].Section = next + n
	}
	return out
}

// OutcomeType is what came of a matter.
type OutcomeType string

// The types of outcome.
const (
	Decision       OutcomeType = "decision"
	Assignment     OutcomeType = "assignment"
	Recommendation OutcomeType = "recommendation"
	Noted          OutcomeType = "noted"
	Deferred       OutcomeType = "deferred" // goes on in a later meeting
	Referral       OutcomeType = "referral" // goes on in another forum
)

// Outcome is one thing that came of an agenda item.
type Outcome struct {
	ID             domain.OutcomeID    `audit:"ignore"`
	AgendaItemID   domain.AgendaItemID `audit:"track"`
	No             int                 `audit:"track"` // within the item, from 1
	Type           OutcomeType         `audit:"track"`
	Text           domain.Text         `audit:"track"` // of a deferral or referral: also where it goes on
	NoActionReason domain.Text         `audit:"track"` // why nothing follows; empty if something does
	LateEntry      bool                `audit:"track"` // recorded after the meeting was closed
	RecordedAt     time.Time           `audit:"ignore"`
	Version        int                 `audit:"ignore"`
	Actions        []Action            `audit:"ignore"` // that came from it, of those that the reader may see; filled by storage
	Followed       bool                `audit:"ignore"` // some action came from it, seen or not; filled by storage
}

// Action is what an outcome shows of an action that came from it.
type Action struct {
	ID        domain.ActionID
	No        int
	Title     domain.Text
	Condition string // on the day shown, as domain/action defines it
	DueOn     domain.Date
	Precision domain.Precision
	LeadID    domain.PostID // zero: nobody leads it
	LeadTitle domain.Text
	LeadParty domain.PartyID
}

// OutcomeEdit is what can be said of an outcome.
type OutcomeEdit struct {
	Type           OutcomeType
	Text           domain.Text
	NoActionReason domain.Text
}

// Open reports whether an outcome of the item still lacks its ending, see
// Outcome.Open.
func (i AgendaItem) Open(o Outcome) bool {
	return o.Open(slices.ContainsFunc(i.Outcomes, func(c Outcome) bool { return c.Type == Deferred || c.Type == Referral }))
}

// Open reports whether a decision or assignment lacks its ending: it has no
// action, no stated "no action", and its item is not carried on by a deferral or
// referral.
func (o Outcome) Open(carried bool) bool {
	return (o.Type == Decision || o.Type == Assignment) && !o.Followed && o.NoActionReason.IsZero() && !carried
}

// Record makes an outcome of an item while the meeting is in progress. After it
// has been closed and before it is published, it is a late entry, marked so.
func (m Meeting) Record(id domain.OutcomeID, item domain.AgendaItemID, no int, e OutcomeEdit, now time.Time) (Outcome, error) {
	o := Outcome{ID: id, AgendaItemID: item, No: no, LateEntry: m.Status == Closed || m.Status == Approved, RecordedAt: now, Version: 1}
	if err := m.in("meeting_not_in_progress", InProgress, Closed, Approved); err != nil {
		return o, err
	}
	return o, o.change(e)
}

// Correct replaces what an outcome says: of any while the meeting is in
// progress, of a late entry until the paper is published.
func (m Meeting) Correct(o *Outcome, e OutcomeEdit) error {
	if err := m.correctable(*o); err != nil {
		return err
	}
	return o.change(e)
}

func (m Meeting) correctable(o Outcome) error {
	if o.LateEntry {
		return m.in("meeting_not_in_progress", Closed, Approved)
	}
	return m.in("meeting_not_in_progress", InProgress)
}

func (o *Outcome) change(e OutcomeEdit) error {
	e.Text, e.NoActionReason = e.Text.Trim(), e.NoActionReason.Trim()
	var v domain.Violations
	if !slices.Contains([]OutcomeType{Decision, Assignment, Recommendation, Noted, Deferred, Referral}, e.Type) {
		v.Add("/type", "not_allowed")
	}
	e.Text.Check(&v, "/text", true, maxPart)
	e.NoActionReason.Check(&v, "/noActionReason", false, maxReason)
	if !e.NoActionReason.IsZero() && o.Followed {
		v.Add("/noActionReason", "action_follows")
	}
	if err := v.Err(); err != nil {
		return err
	}
	o.Type, o.Text, o.NoActionReason = e.Type, e.Text, e.NoActionReason
	return nil
}

// FollowUp is an action to make from an outcome.
type FollowUp struct {
	OutcomeID domain.OutcomeID
	ForumID   domain.ForumID
	Title     domain.Text
	LeadID    domain.PostID
	Wording   domain.Text // of the lead's responsibility; may be empty
	DueOn     domain.Date
	GoalIDs   []domain.GoalID
	// Filled by Meeting.Follow.
	Visibility       domain.Visibility
	VisibilityGround string
}

// UnpublishedGround is why an action that will be public is internal until the
// paper that decided it has been published.
const UnpublishedGround = "Kokouksen asiakirjaa ei ole vielä julkaistu"

// Follow completes an action to make from an outcome of an item, if the
// meeting's state allows it: from when the outcome is recorded until the paper
// is published. The action is internal until then, and stays so if the item is.
func (m Meeting) Follow(i AgendaItem, o Outcome, f *FollowUp) error {
	if err := m.in("meeting_not_in_progress", InProgress, Closed, Approved); err != nil {
		return err
	}
	var v domain.Violations
	v.Require(!f.LeadID.IsZero(), "/leadPostId")
	v.Require(!f.DueOn.IsZero(), "/dueOn")
	if !o.NoActionReason.IsZero() {
		v.Add("/noActionReason", "no_action_stated")
	}
	f.OutcomeID, f.ForumID, f.Visibility, f.VisibilityGround = o.ID, m.ForumID, domain.Internal, UnpublishedGround
	switch domain.Internal {
	case i.Visibility:
		f.VisibilityGround = i.VisibilityGround
	case m.Visibility:
		f.VisibilityGround = m.VisibilityGround
	}
	return v.Err()
}

// ItemPermissions lists what the actor may do with an agenda item, its outcomes
// apart, in the meeting's present state.
func (m Meeting) ItemPermissions(actor domain.Actor) []domain.Permission {
	var possible []domain.Permission
	if m.in("", Draft, Called, InProgress, Closed) == nil {
		possible = append(possible, domain.MeetingEdit)
	}
	if m.in("", InProgress, Closed, Approved) == nil {
		possible = append(possible, domain.MeetingRecord)
	}
	return actor.Allowed(m.Resource(), possible...)
}

// OutcomePermissions lists what the actor may do with an outcome in the
// meeting's present state: correct it, or make an action from it.
func (m Meeting) OutcomePermissions(actor domain.Actor, o Outcome) []domain.Permission {
	var possible []domain.Permission
	if m.correctable(o) == nil {
		possible = append(possible, domain.MeetingRecord)
	}
	if m.in("", InProgress, Closed, Approved) == nil && o.NoActionReason.IsZero() {
		possible = append(possible, domain.ActionCreate)
	}
	return actor.Allowed(m.Resource(), possible...)
}
