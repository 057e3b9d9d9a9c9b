package meeting

import (
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// AgendaItem is one matter of a meeting, with the parts that Finnish decision
// papers have. A hidden one tells only its number and the ground for hiding it.
type AgendaItem struct {
	ID               domain.AgendaItemID `audit:"ignore"`
	MeetingID        domain.MeetingID    `audit:"ignore"` // another only after a move, which is told as a transfer
	Kind             ItemKind            `audit:"track"`
	ParentID         domain.AgendaItemID `audit:"track"`  // of a sub-item; zero: none
	Position         string              `audit:"ignore"` // order, see KeyBetween; the log tells a move as agendaNo
	AgendaNo         int                 `audit:"track"`  // asianumero: its place among the items, from 1; a sub-item has that of its item, a heading 0
	SubNo            int                 `audit:"track"`  // of a sub-item its place under its item, from 1; else 0
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
	Links            Links               `audit:"track"`
	NotHandled       domain.Text         `audit:"track"` // why the meeting did not handle it; empty if it did, or that is not said
	References       domain.References   `audit:"track"`
	Visibility       domain.Visibility   `audit:"track"`
	VisibilityGround string              `audit:"track"` // why it is internal
	Version          int                 `audit:"ignore"`
	CreatedAt        time.Time           `audit:"ignore"`
	UpdatedAt        time.Time           `audit:"ignore"`

	// What storage fills beside it.
	Hidden         bool                `audit:"ignore"` // the reader may not see it
	PresenterTitle domain.Text         `audit:"ignore"`
	PresenterParty domain.PartyID      `audit:"ignore"`
	Outcomes       []Outcome           `audit:"ignore"`
	Attachments    []Attachment        `audit:"ignore"` // that the reader may see, removed ones too
	Transfers      []Transfer          `audit:"ignore"` // by which it came here or was copied elsewhere, oldest first
	CarriedOn      bool                `audit:"ignore"` // carried over to a later meeting
	CarriedTimes   int                 `audit:"ignore"` // how many times it was put off before it came here
	CameFrom       *Referral           `audit:"ignore"` // the referral that it came by, if any
	Newer          *MeetingName        `audit:"ignore"` // the latest meeting that handles its case later; nil: none that the reader may see
	NewerID        domain.AgendaItemID `audit:"ignore"`
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
	Links            Links
	Section          int // 0: none. By hand for a memo or an older paper; minutes get theirs at closing
	References       domain.References
	Visibility       domain.Visibility
	VisibilityGround string
}

// NewItem makes an agenda item, or says what is wrong with the edit. Place has
// said where it stands.
func (m Meeting) NewItem(id domain.AgendaItemID, at Spot, e ItemEdit, now time.Time) (AgendaItem, error) {
	i := AgendaItem{ID: id, MeetingID: m.ID, Kind: at.Kind, ParentID: at.ParentID, Position: at.Position, AgendaNo: at.AgendaNo, SubNo: at.SubNo,
		Version: 1, CreatedAt: now}
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

// RemoveItem is nil if an item may be taken off the agenda: until the meeting
// begins, and not while it has sub-items.
func (m Meeting) RemoveItem(i AgendaItem, all []AgendaItem) error {
	if err := m.in("meeting_begun", Draft, Called); err != nil {
		return err
	}
	if len(subItems(all, i.ID)) > 0 {
		return domain.Conflict("item_has_sub_items", string(m.Status), "remove or move its sub-items first")
	}
	return nil
}

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
	if i.Kind == Heading { // says only what stands under it
		e = ItemEdit{Title: e.Title, Visibility: e.Visibility, VisibilityGround: e.VisibilityGround}
	}
	if !i.ParentID.IsZero() && e.Section > 0 {
		v.Add("/section", "not_allowed")
	}
	e.Links = e.Links.check(&v)
	domain.CheckVisibility(&v, e.Visibility, e.VisibilityGround)
	e.References.Check(&v)
	if err := v.Err(); err != nil {
		return err
	}
	i.Title, i.Preparer, i.Proposal, i.Proceedings, i.Decision = e.Title, e.Preparer, e.Proposal, e.Proceedings, e.Decision
	i.Explanation, i.Heard, i.GoesOnTo = e.Explanation, e.Heard, e.GoesOnTo
	i.PresenterID, i.MinutesReserved, i.Section, i.Links = e.PresenterID, e.MinutesReserved, e.Section, e.Links
	i.References, i.Visibility, i.VisibilityGround = e.References, e.Visibility, e.VisibilityGround
	i.UpdatedAt = now
	return nil
}

// Sections gives the items of closed minutes the forum's next § numbers, in
// their order, and returns those that it changed. Headings and sub-items have
// none. If any item has one already, they were given by hand and stand; of a
// meeting that was opened again they are those of its first closing, and what
// was added since gets the next ones.
func (m Meeting) Sections(items []AgendaItem, next int) []AgendaItem {
	if m.ReopenedAt == nil && slices.ContainsFunc(items, func(i AgendaItem) bool { return i.Section > 0 }) {
		return nil
	}
	var out []AgendaItem
	for _, i := range items {
		if i.Kind == Matter && i.ParentID.IsZero() && i.Section == 0 {
			i.Section = next + len(out)
			out = append(out, i)
		}
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
	Referred       OutcomeType = "referral" // goes on in another forum
)

// Outcome is one thing that came of an agenda item.
type Outcome struct {
	ID             domain.OutcomeID    `audit:"ignore"`
	AgendaItemID   domain.AgendaItemID `audit:"track"`
	No             int                 `audit:"track"` // within the item, from 1
	Type           OutcomeType         `audit:"track"`
	Text           domain.Text         `audit:"track"`  // of a deferral or referral: also where it goes on
	NoActionReason domain.Text         `audit:"track"`  // why nothing follows; empty if something does
	ToPostID       domain.PostID       `audit:"track"`  // of an assignment or recommendation: to whom; zero: in words, or not said
	ToWhom         domain.Text         `audit:"track"`  // the same in words
	DueOn          domain.Date         `audit:"track"`  // of an assignment: by when; of a deferral: until when
	ToMeetingID    domain.MeetingID    `audit:"track"`  // of a deferral: until which meeting
	ToForumID      domain.ForumID      `audit:"track"`  // of a referral: to which forum
	EndedAt        *time.Time          `audit:"ignore"` // when somebody said after the meeting that nothing more follows
	EndReason      domain.Text         `audit:"track"`  // and why; empty: nobody did. Never in the paper
	LateEntry      bool                `audit:"track"`  // recorded after the meeting was closed
	RecordedAt     time.Time           `audit:"ignore"`
	Version        int                 `audit:"ignore"`
	Actions        []Action            `audit:"ignore"` // that came from it, of those that the reader may see; filled by storage
	Followed       bool                `audit:"ignore"` // some action came from it, seen or not; filled by storage
	TakenUp        bool                `audit:"ignore"` // an agenda that has been called has taken it up, as an item of its own or carried over; filled by storage
	ToPostTitle    domain.Text         `audit:"ignore"` // filled by storage, as what follows
	ToPostParty    domain.PartyID      `audit:"ignore"`
	ToMeeting      *MeetingName        `audit:"ignore"` // nil: none, or one that the reader may not see
	Referrals      []Referral          `audit:"ignore"` // oldest first
	Dissents       []Dissent           `audit:"ignore"` // oldest first, withdrawn ones too
}

// MeetingName is what names a meeting elsewhere.
type MeetingName struct {
	ID       domain.MeetingID
	ForumID  domain.ForumID
	ForumKey string
	Forum    domain.Text
	Year     int
	Number   int
	StartsAt time.Time
	Status   Status
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
	// LeadStanding is how far the parties have agreed on the lead: a follow-up
	// begins as a proposal.
	LeadStanding domain.Standing
}

// OutcomeEdit is what can be said of an outcome.
type OutcomeEdit struct {
	Type           OutcomeType
	Text           domain.Text
	NoActionReason domain.Text
	ToPostID       domain.PostID
	ToWhom         domain.Text
	DueOn          domain.Date
	ToMeetingID    domain.MeetingID
	ToForumID      domain.ForumID
}

// Open reports whether an outcome of the item still lacks its ending, see
// Outcome.Open.
func (i AgendaItem) Open(o Outcome) bool {
	return o.Open(i.CarriedOn || slices.ContainsFunc(i.Outcomes, func(c Outcome) bool {
		return c.EndedAt == nil && (c.Type == Deferred || c.Type == Referred && c.goesOn())
	}))
}

// goesOn reports whether a referral still carries its matter: it has not come
// back refused, nor been taken back.
func (o Outcome) goesOn() bool {
	if len(o.Referrals) == 0 {
		return true
	}
	last := o.Referrals[len(o.Referrals)-1].State
	return last != Refused && last != Withdrawn
}

// Open reports whether an outcome lacks its ending. A decision or assignment
// does while it has no action, no stated "no action", and its item is not
// carried on: by a deferral, by being carried over, or by a referral that was
// neither refused nor withdrawn; what was ended carries nothing. A referral does when it was refused, until the sender makes an
// action, refers it on, carries it over or says that nothing follows. None does
// of which was said later that nothing more follows.
func (o Outcome) Open(carried bool) bool {
	if o.Followed || !o.NoActionReason.IsZero() || o.EndedAt != nil || carried {
		return false
	}
	return o.Type == Decision || o.Type == Assignment || o.Type == Referred && o.refused()
}

// refused reports whether the outcome's last referral came back refused and the
// sender has not yet said that nothing follows.
func (o Outcome) refused() bool {
	if len(o.Referrals) == 0 {
		return false
	}
	last := o.Referrals[len(o.Referrals)-1]
	return last.State == Refused && last.SettledAt == nil
}

// Record makes an outcome of an item while the meeting is in progress. After it
// has been closed and before it is published, it is a late entry, marked so.
func (m Meeting) Record(id domain.OutcomeID, item domain.AgendaItemID, no int, e OutcomeEdit, now time.Time) (Outcome, error) {
	o := Outcome{ID: id, AgendaItemID: item, No: no, LateEntry: m.Status == Closed || m.Status == Approved, RecordedAt: now, Version: 1}
	if err := m.recordable(); err != nil {
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

// recordable is nil while an outcome or a dissent may be recorded.
func (m Meeting) recordable() error {
	return firstOf(m.in("meeting_not_in_progress", InProgress, Closed, Approved), m.unamended())
}

func (m Meeting) correctable(o Outcome) error {
	if o.LateEntry {
		return firstOf(m.in("meeting_not_in_progress", Closed, Approved), m.unamended())
	}
	return m.in("meeting_not_in_progress", InProgress)
}

func (o *Outcome) change(e OutcomeEdit) error {
	e.Text, e.NoActionReason = e.Text.Trim(), e.NoActionReason.Trim()
	var v domain.Violations
	if !slices.Contains([]OutcomeType{Decision, Assignment, Recommendation, Noted, Deferred, Referred}, e.Type) {
		v.Add("/type", "not_allowed")
	}
	e.Text.Check(&v, "/text", true, maxPart)
	e.NoActionReason.Check(&v, "/noActionReason", false, maxReason)
	e = e.ofType()
	e.ToWhom.Check(&v, "/toWhom", false, maxShort)
	v.Require(e.Type != Referred || !e.ToForumID.IsZero(), "/toForumId")
	if !e.NoActionReason.IsZero() && o.Followed {
		v.Add("/noActionReason", "action_follows")
	}
	if err := v.Err(); err != nil {
		return err
	}
	if e.Type != o.Type { // what was said of it was said of another thing
		o.EndedAt, o.EndReason = nil, domain.Text{}
	}
	o.Type, o.Text, o.NoActionReason = e.Type, e.Text, e.NoActionReason
	o.ToPostID, o.ToWhom, o.DueOn, o.ToMeetingID, o.ToForumID = e.ToPostID, e.ToWhom, e.DueOn, e.ToMeetingID, e.ToForumID
	return nil
}

// End says of an open outcome of a meeting that is over why nothing more follows:
// of a deferral that no agenda has taken up, of a referral that no forum was
// sent, and, once the paper is published, of a decision or assignment without an
// ending. What a forum was sent ends by its referral. The paper stays as it was.
func (m Meeting) End(i AgendaItem, o *Outcome, reason domain.Text, now time.Time) error {
	if err := m.in("meeting_not_closed", Closed, Approved, Published); err != nil {
		return err
	}
	if o.EndedAt != nil {
		return domain.Conflict("outcome_ended", string(m.Status), "it has been ended already")
	}
	if !m.endable(i, *o) {
		return domain.Conflict("outcome_not_open", string(m.Status), "it is not open, or ends in another way")
	}
	var v domain.Violations
	reason = reason.Trim()
	reason.Check(&v, "/reason", true, maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	o.EndedAt, o.EndReason = &now, reason
	return nil
}

// EndingEdit is another wording of why nothing more follows. Reason is why it is
// corrected: it stands in the log, beside both wordings.
type EndingEdit struct {
	Ending domain.Text
	Reason string
}

// check trims an edit of the wording was and refuses one that says nothing else.
func (e *EndingEdit) check(was domain.Text) error {
	e.Ending = e.Ending.Trim()
	var v domain.Violations
	e.Ending.Check(&v, "/ending", true, maxReason)
	if e.Ending == was {
		v.Add("/ending/fi", "unchanged")
	}
	checkReason(&v, &e.Reason)
	return v.Err()
}

// checkReason trims a reason for the log, which is required.
func checkReason(v *domain.Violations, reason *string) {
	*reason = strings.TrimSpace(*reason)
	v.Require(*reason != "", "/reason")
	if len([]rune(*reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
}

// CorrectEnding says in other words why nothing more follows from an outcome that
// was ended after its meeting. When it was ended stays.
func (m Meeting) CorrectEnding(o *Outcome, e *EndingEdit) error {
	if err := m.wasEnded(*o); err != nil {
		return err
	}
	if err := e.check(o.EndReason); err != nil {
		return err
	}
	o.EndReason = e.Ending
	return nil
}

// RetractEnding takes back that nothing more follows from an outcome: it is open
// again. Not once something has followed: an action, or another agenda has taken
// it up.
func (m Meeting) RetractEnding(i AgendaItem, o *Outcome, reason *string) error {
	if err := m.wasEnded(*o); err != nil {
		return err
	}
	again := o.unended()
	if !m.endable(i.with(again), again) {
		return domain.Conflict("ending_followed", string(m.Status), "something has followed from it since")
	}
	var v domain.Violations
	checkReason(&v, reason)
	if err := v.Err(); err != nil {
		return err
	}
	*o = again
	return nil
}

// wasEnded is nil of an outcome that was ended after its meeting, which is over.
func (m Meeting) wasEnded(o Outcome) error {
	if err := m.in("meeting_not_closed", Closed, Approved, Published); err != nil {
		return err
	}
	if o.EndedAt == nil {
		return domain.Conflict("outcome_not_ended", string(m.Status), "it has not been ended, or its ending was taken back")
	}
	return nil
}

// unended is the outcome as it was before it was ended.
func (o Outcome) unended() Outcome {
	o.EndedAt, o.EndReason = nil, domain.Text{}
	return o
}

// with is the item with another version of one of its outcomes.
func (i AgendaItem) with(o Outcome) AgendaItem {
	i.Outcomes = slices.Clone(i.Outcomes)
	for n := range i.Outcomes {
		if i.Outcomes[n].ID == o.ID {
			i.Outcomes[n] = o
		}
	}
	return i
}

// retractable reports whether the withdrawal of a referral can be taken back: it
// is still the last that became of its outcome, and the matter goes on nowhere
// else.
func (i AgendaItem) retractable(o Outcome, r Referral) bool {
	n := len(o.Referrals)
	return r.withdrawn() == nil && o.Type == Referred && o.EndedAt == nil && n > 0 && o.Referrals[n-1].ID == r.ID &&
		!o.Followed && !o.TakenUp && !i.CarriedOn
}

func (m Meeting) endable(i AgendaItem, o Outcome) bool {
	if o.EndedAt != nil || m.in("", Closed, Approved, Published) != nil {
		return false
	}
	switch o.Type {
	case Deferred: // what stands on another agenda, called or not, goes on there
		return !o.TakenUp && !i.CarriedOn
	case Referred:
		return len(o.Referrals) == 0 && !o.TakenUp && !i.CarriedOn
	case Decision, Assignment: // until then the outcome itself says why nothing follows
		return m.Status == Published && i.Open(o)
	default:
		return false
	}
}

// ofType keeps of an edit the fields that its type has.
func (e OutcomeEdit) ofType() OutcomeEdit {
	e.ToWhom = e.ToWhom.Trim()
	if e.Type != Assignment && e.Type != Recommendation {
		e.ToPostID, e.ToWhom = domain.PostID{}, domain.Text{}
	}
	if e.Type != Assignment && e.Type != Deferred {
		e.DueOn = domain.Date{}
	}
	if e.Type != Deferred {
		e.ToMeetingID = domain.MeetingID{}
	}
	if e.Type != Referred {
		e.ToForumID = domain.ForumID{}
	}
	return e
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
	if err := m.mayFollow(i, o); err != nil {
		return err
	}
	var v domain.Violations
	v.Require(!f.LeadID.IsZero(), "/leadPostId")
	v.Require(!f.DueOn.IsZero(), "/dueOn")
	if !o.NoActionReason.IsZero() {
		v.Add("/noActionReason", "no_action_stated")
	}
	f.OutcomeID, f.ForumID, f.Visibility, f.VisibilityGround = o.ID, m.ForumID, domain.Internal, UnpublishedGround
	if m.Status == Published {
		f.Visibility, f.VisibilityGround = domain.Public, ""
	}
	switch domain.Internal {
	case i.Visibility:
		f.Visibility, f.VisibilityGround = domain.Internal, i.VisibilityGround
	case m.Visibility:
		f.Visibility, f.VisibilityGround = domain.Internal, m.VisibilityGround
	}
	return v.Err()
}

// mayFollow is nil if an action may be made from the outcome now.
func (m Meeting) mayFollow(i AgendaItem, o Outcome) error {
	if o.Type == Referred && i.Open(o) {
		return nil
	}
	return m.in("meeting_not_in_progress", InProgress, Closed, Approved)
}

// ItemPermissions lists what the actor may do with an agenda item, its outcomes
// apart, in the meeting's present state.
func (m Meeting) ItemPermissions(actor domain.Actor) []domain.Permission {
	var possible []domain.Permission
	if m.in("", Draft, Called, InProgress, Closed) == nil {
		possible = append(possible, domain.MeetingEdit)
	}
	if m.recordable() == nil {
		possible = append(possible, domain.MeetingRecord)
	}
	return actor.Allowed(m.Resource(), possible...)
}

// OutcomePermissions lists what the actor may do with an outcome in the
// meeting's present state: correct it, make an action from it, end it, or correct
// or take back its ending.
func (m Meeting) OutcomePermissions(actor domain.Actor, i AgendaItem, o Outcome) []domain.Permission {
	var possible []domain.Permission
	if m.correctable(o) == nil {
		possible = append(possible, domain.MeetingRecord)
	}
	if m.mayFollow(i, o) == nil && o.NoActionReason.IsZero() {
		possible = append(possible, domain.ActionCreate)
	}
	if o.Type == Referred && i.Open(o) {
		possible = append(possible, domain.ReferralSettle)
	}
	if n := len(o.Referrals); n > 0 && o.Referrals[n-1].State == Waiting {
		possible = append(possible, domain.ReferralWithdraw)
	}
	if m.endable(i, o) {
		possible = append(possible, domain.OutcomeEnd)
	}
	if m.wasEnded(o) == nil {
		possible = append(possible, domain.EndingCorrect)
		if again := o.unended(); m.endable(i.with(again), again) {
			possible = append(possible, domain.EndingRetract)
		}
	} else if n := len(o.Referrals); n > 0 && o.Referrals[n-1].withdrawn() == nil {
		possible = append(possible, domain.EndingCorrect)
		if i.retractable(o, o.Referrals[n-1]) {
			possible = append(possible, domain.EndingRetract)
		}
	}
	return actor.Allowed(m.Resource(), possible...)
}
