package meeting

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Status is where a meeting is in its life.
type Status string

// The states of a meeting.
const (
	Draft      Status = "draft"
	Called     Status = "called"
	InProgress Status = "in_progress"
	Closed     Status = "closed"
	Approved   Status = "approved"
	Published  Status = "published"
	Cancelled  Status = "cancelled"
)

// Role is how somebody takes part.
type Role string

// The roles of participants.
const (
	Chair     Role = "chair"
	Secretary Role = "secretary"
	Member    Role = "member"
	Expert    Role = "expert" // heard in some matter, without a place in the forum
)

// Attendance is whether a participant was there.
type Attendance string

// The attendances.
const (
	Expected Attendance = "expected" // not yet said
	Present  Attendance = "present"
	Remote   Attendance = "remote"
	Absent   Attendance = "absent"
)

// Participant is a post, or a guest of a party in words: no account is needed.
type Participant struct {
	ID         domain.ParticipantID `audit:"ignore"`
	MeetingID  domain.MeetingID     `audit:"ignore"`
	PartyID    domain.PartyID       `audit:"track"`
	PostID     domain.PostID        `audit:"track"` // zero: a guest
	Guest      string               `audit:"track"` // "" unless a guest: what they represent
	Role       Role                 `audit:"track"`
	Inspector  bool                 `audit:"track"` // approves the paper for their party
	Attendance Attendance           `audit:"track"`
	Position   int                  `audit:"ignore"`
	Version    int                  `audit:"ignore"`
	Title      domain.Text          `audit:"ignore"` // of the post; filled by storage

	SubstituteID    domain.PostID `audit:"track"`  // who took their place; zero: nobody, or in words
	Substitute      string        `audit:"track"`  // "" unless somebody without a post here did
	Movements       []Movement    `audit:"track"`  // coming and leaving while the meeting went on, in their order
	SubstituteTitle domain.Text   `audit:"ignore"` // of the post; filled by storage
	SubstituteCall  Call          `audit:"ignore"` // of the substitute's post, until the meeting is closed; filled by storage
}

// Approval is one post's approval of the meeting's paper as it stands.
type Approval struct {
	ID         domain.ApprovalID `audit:"ignore"`
	MeetingID  domain.MeetingID  `audit:"ignore"`
	PostID     domain.PostID     `audit:"track"`
	Role       ApprovalRole      `audit:"track"`
	PaperHash  string            `audit:"track"` // of the exact paper that was approved, see Paper.Hash; "" if it was approved before papers were kept
	ApprovedAt time.Time         `audit:"ignore"`
}

// ApprovalRole is in what capacity a post approves.
type ApprovalRole string

// The capacities.
const (
	ByChair     ApprovalRole = "chair"
	ByInspector ApprovalRole = "inspector"
)

// Meeting is one meeting of a forum.
type Meeting struct {
	ID               domain.MeetingID  `audit:"ignore"`
	ForumID          domain.ForumID    `audit:"track"`
	Year             int               `audit:"track"` // with Number: 4/2026 is the forum's fourth meeting of 2026
	Number           int               `audit:"track"`
	Title            domain.Text       `audit:"track"` // may be empty: then it is its number
	Place            domain.Text       `audit:"track"`
	StartsAt         time.Time         `audit:"track"`
	EndsAt           time.Time         `audit:"track"`
	Status           Status            `audit:"track"`
	CalledAt         *time.Time        `audit:"ignore"` // the log has the time of each change of state
	StartedAt        *time.Time        `audit:"ignore"`
	ClosedAt         *time.Time        `audit:"ignore"`
	ApprovedAt       *time.Time        `audit:"ignore"`
	PublishedAt      *time.Time        `audit:"ignore"`
	CancelReason     domain.Text       `audit:"track"`
	ReopenedAt       *time.Time        `audit:"ignore"` // when it was last opened again after it had been closed
	ReopenReason     domain.Text       `audit:"track"`
	ReopenApprovals  int               `audit:"track"` // how many approvals that took back
	References       domain.References `audit:"track"`
	Visibility       domain.Visibility `audit:"track"`
	VisibilityGround string            `audit:"track"` // why it is internal
	Version          int               `audit:"ignore"`
	CreatedAt        time.Time         `audit:"ignore"`
	UpdatedAt        time.Time         `audit:"ignore"`

	// What storage fills beside it. Participants and Approvals are empty unless
	// the reader may see the papers.
	Forum        Forum            `audit:"ignore"`
	Amended      bool             `audit:"ignore"` // its paper has an amendment that was not withdrawn: what it says stands
	Papers       bool             `audit:"ignore"` // the reader may see the papers
	Participants []Participant    `audit:"ignore"`
	Approvals    []Approval       `audit:"ignore"`
	Named        []Named          `audit:"ignore"` // empty unless Papers, like Approvals
	Principals   []domain.PartyID `audit:"ignore"` // the parties without which there is no quorum
	Items        int              `audit:"ignore"` // how many agenda items; 0 unless Papers
}

// Forum is what a meeting shows of its forum.
type Forum struct {
	Key     string
	Title   domain.Text
	Minutes bool // its papers are minutes, with § numbers that run through its year
}

// Edit is what can be said of a meeting.
type Edit struct {
	Title            domain.Text
	Place            domain.Text
	StartsAt         time.Time
	EndsAt           time.Time
	References       domain.References
	Visibility       domain.Visibility
	VisibilityGround string
}

// Limits of text, in characters.
const (
	maxTitle  = 300
	maxPlace  = 300
	maxPart   = 20000
	maxShort  = 1000
	maxReason = 1000
	maxGuest  = 200
)

// New makes a draft with the given number, or says what is wrong with the edit.
// Its year is that of its start in Helsinki.
func New(id domain.MeetingID, forum domain.ForumID, number int, e Edit, now time.Time) (Meeting, error) {
	m := Meeting{ID: id, ForumID: forum, Year: domain.DateOf(e.StartsAt).Year(), Number: number, Status: Draft, Version: 1, CreatedAt: now}
	return m, m.Change(e, now)
}

// Change replaces what can be edited, or says everything that is wrong. What
// others have approved is locked.
func (m *Meeting) Change(e Edit, now time.Time) error {
	if err := m.in("meeting_locked", Draft, Called, InProgress, Closed); err != nil {
		return err
	}
	e.Title, e.Place = e.Title.Trim(), e.Place.Trim()
	var v domain.Violations
	e.Title.Check(&v, "/title", false, maxTitle)
	e.Place.Check(&v, "/place", false, maxPlace)
	if d := e.EndsAt.Sub(e.StartsAt); d <= 0 {
		v.Add("/endsAt", "before_start")
	} else if d > 24*time.Hour {
		v.Add("/endsAt", "too_late")
	}
	if y := domain.DateOf(e.StartsAt).Year(); y < domain.FirstYear || y > domain.LastYear {
		v.Add("/startsAt", "date_malformed")
	} else if y != m.Year {
		v.Add("/startsAt", "other_year")
	}
	domain.CheckVisibility(&v, e.Visibility, e.VisibilityGround)
	e.References.Check(&v)
	if err := v.Err(); err != nil {
		return err
	}
	m.Title, m.Place, m.StartsAt, m.EndsAt = e.Title, e.Place, utc(e.StartsAt), utc(e.EndsAt)
	m.References, m.Visibility, m.VisibilityGround = e.References, e.Visibility, e.VisibilityGround
	m.UpdatedAt = now
	return nil
}

// utc is an instant as it is stored.
func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// in is nil if the meeting is in one of the states, else the conflict that
// names the state it is in.
func (m Meeting) in(code string, allowed ...Status) error {
	if slices.Contains(allowed, m.Status) {
		return nil
	}
	return domain.Conflict(code, string(m.Status), "the meeting is "+string(m.Status))
}

// step is one change of state.
type step struct {
	permission domain.Permission
	from       []Status
	to         Status
	code       string // of the refusal
}

var (
	toCall    = step{domain.MeetingCall, []Status{Draft}, Called, "meeting_not_draft"}
	toStart   = step{domain.MeetingStart, []Status{Called}, InProgress, "meeting_not_called"}
	toClose   = step{domain.MeetingClose, []Status{InProgress}, Closed, "meeting_not_in_progress"}
	toApprove = step{domain.MeetingApprove, []Status{Closed}, Approved, "meeting_not_closed"}
	toPublish = step{domain.MeetingPublish, []Status{Approved}, Published, "meeting_not_approved"}
	toReopen  = step{domain.MeetingReopen, []Status{Closed}, InProgress, "meeting_not_closed"}
	toCancel  = step{domain.MeetingCancel, []Status{Draft, Called}, Cancelled, "meeting_begun"}
)

func (m *Meeting) take(s step, now time.Time) error {
	if err := m.in(s.code, s.from...); err != nil {
		return err
	}
	m.Status, m.UpdatedAt = s.to, now
	return nil
}

// Call sends out the draft: from now on the members see its papers.
func (m *Meeting) Call(now time.Time) error {
	if err := m.take(toCall, now); err != nil {
		return err
	}
	m.CalledAt = &now
	return nil
}

// Start opens the meeting: outcomes can be recorded.
func (m *Meeting) Start(now time.Time) error {
	if err := m.take(toStart, now); err != nil {
		return err
	}
	m.StartedAt = &now
	return nil
}

// Close ends the meeting. It refuses while anything is not accounted for, and
// names it in the error's Fields, see unaccounted.
func (m *Meeting) Close(items []AgendaItem, now time.Time) error {
	if err := m.in(toClose.code, toClose.from...); err != nil {
		return err
	}
	if err := m.accounted(items); err != nil {
		return err
	}
	m.ClosedAt = &now
	return m.take(toClose, now)
}

// ReopenMeeting opens a closed meeting again, with a reason, as long as it is
// not approved: more can be recorded. Approvals given already are taken back;
// the caller deletes them.
func (m *Meeting) ReopenMeeting(reason domain.Text, now time.Time) error {
	if err := m.in(toReopen.code, toReopen.from...); err != nil {
		return err
	}
	var v domain.Violations
	reason = reason.Trim()
	reason.Check(&v, "/reason", true, maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	m.ReopenedAt, m.ReopenReason, m.ReopenApprovals = &now, reason, len(m.Approvals)
	m.ClosedAt, m.Approvals = nil, nil
	return m.take(toReopen, now)
}

// Publish makes the approved paper public, its public parts for everybody. Like
// Close it refuses while a late entry has no ending.
func (m *Meeting) Publish(items []AgendaItem, now time.Time) error {
	if err := m.in(toPublish.code, toPublish.from...); err != nil {
		return err
	}
	if err := m.ended(items); err != nil {
		return err
	}
	m.PublishedAt = &now
	return m.take(toPublish, now)
}

// ended is nil if every decision and assignment among the items' outcomes has
// its ending.
func (m Meeting) ended(items []AgendaItem) error {
	var open []domain.FieldError
	for _, i := range items {
		for _, o := range i.Outcomes {
			if i.Open(o) && o.Type != Referred {
				open = append(open, domain.FieldError{Pointer: "/outcomes/" + o.ID.String(), Code: "without_ending"})
			}
		}
	}
	return m.unfinished("decisions_without_ending", open)
}

func (m Meeting) unfinished(code string, open []domain.FieldError) error {
	if len(open) == 0 {
		return nil
	}
	e := domain.Conflict(code, string(m.Status), "give each item an outcome, and each decision and assignment an action, or say why none follows")
	e.Fields = open
	return e
}

// Cancel calls the meeting off before it has begun, with a reason.
func (m *Meeting) Cancel(reason domain.Text, now time.Time) error {
	if err := m.in(toCancel.code, toCancel.from...); err != nil {
		return err
	}
	var v domain.Violations
	reason = reason.Trim()
	reason.Check(&v, "/reason", true, maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	m.CancelReason = reason
	return m.take(toCancel, now)
}

// Approve notes the approval of a post that the meeting waits for, of the paper
// with exactly this hash, and the meeting is approved with the last of them.
// Approvals of another paper no longer count: they are returned as outdated.
func (m *Meeting) Approve(id domain.ApprovalID, post domain.PostID, hash string, now time.Time) (a Approval, outdated []Approval, err error) {
	role, err := m.asked(post, domain.MeetingApprove)
	if err != nil {
		return a, nil, err
	}
	outdated = m.outdate(hash)
	if m.approved(post, role) {
		return a, nil, domain.Conflict("already_approved", string(m.Status), "this post has approved already")
	}
	a = Approval{ID: id, MeetingID: m.ID, PostID: post, Role: role, PaperHash: hash, ApprovedAt: now}
	m.Approvals = append(m.Approvals, a)
	m.UpdatedAt = now
	if m.complete() {
		m.ApprovedAt = &now
		return a, outdated, m.take(toApprove, now)
	}
	return a, outdated, nil
}

// asked says in what capacity the closed meeting asks for the post's approval,
// or that it does not.
func (m Meeting) asked(post domain.PostID, p domain.Permission) (ApprovalRole, error) {
	if err := m.in(toApprove.code, toApprove.from...); err != nil {
		return "", err
	}
	for _, w := range m.Approvers() {
		if w.PostID == post {
			return w.Role, nil
		}
	}
	return "", domain.Forbidden(p)
}

func (m Meeting) approved(post domain.PostID, role ApprovalRole) bool {
	return slices.ContainsFunc(m.Approvals, func(a Approval) bool { return a.PostID == post && a.Role == role })
}

// outdate takes away the approvals of another paper than that with the hash.
func (m *Meeting) outdate(hash string) (outdated []Approval) {
	current := []Approval{}
	for _, a := range m.Approvals {
		if a.PaperHash == hash {
			current = append(current, a)
		} else {
			outdated = append(outdated, a)
		}
	}
	m.Approvals = current
	return outdated
}

// Reopen takes back the approvals, since the paper that they approved changes:
// a late entry, or a corrected part. It reports whether there was anything to
// take back. Only a closed or approved meeting has any.
func (m *Meeting) Reopen(now time.Time) bool {
	if m.Status != Closed && m.Status != Approved || len(m.Approvals) == 0 {
		return false
	}
	m.Status, m.ApprovedAt, m.Approvals, m.UpdatedAt = Closed, nil, nil, now
	return true
}

// Expect makes the participants from the forum's members on the day of the
// call. A post with two places takes part once, in the first of chair,
// secretary, member. The first plain member of each principal party inspects,
// until the secretary names another.
func (m *Meeting) Expect(members []Participant) {
	for _, p := range members {
		if slices.ContainsFunc(m.Participants, func(o Participant) bool { return o.PostID == p.PostID }) {
			continue
		}
		m.Participants = append(m.Participants, m.joining(p))
	}
	m.inspect()
}

// joining is a member of the forum as the next participant.
func (m Meeting) joining(p Participant) Participant {
	p.MeetingID, p.Attendance, p.Version, p.Position = m.ID, Expected, 1, 1
	for _, o := range m.Participants {
		p.Position = max(p.Position, o.Position+1)
	}
	return p
}

// inspect has the first plain member of each principal party that has no
// inspector inspect, in the order of their positions. Who chairs does not, nor
// who is known to be absent or replaced.
func (m *Meeting) inspect() {
	for _, party := range m.lacking().Inspectors {
		first := -1
		for i, p := range m.Participants {
			if p.PartyID == party && p.Role == Member && !p.away() && !m.chairs(p.PostID) &&
				(first < 0 || p.Position < m.Participants[first].Position) {
				first = i
			}
		}
		if first >= 0 {
			m.Participants[first].Inspector = true
		}
	}
}

// away reports whether the participant themselves did not take part: they were
// absent, or somebody took their place.
func (p Participant) away() bool {
	return p.Attendance == Absent || !p.SubstituteID.IsZero() || p.Substitute != ""
}

// Guest adds somebody who has no place in the forum: a post, or a party's guest
// in words.
func (m Meeting) Guest(id domain.ParticipantID, party domain.PartyID, post domain.PostID, guest string) (Participant, error) {
	p := Participant{ID: id, MeetingID: m.ID, PartyID: party, PostID: post, Guest: guest, Role: Expert, Attendance: Expected,
		Position: len(m.Participants) + 1, Version: 1}
	if err := m.in("meeting_locked", Called, InProgress, Closed); err != nil {
		return p, err
	}
	var v domain.Violations
	v.Require(!party.IsZero(), "/partyId")
	v.Require(post.IsZero() != (guest == ""), "/guest")
	if len([]rune(guest)) > maxGuest {
		v.Add("/guest", "too_long")
	}
	return p, v.Err()
}

// Resource is what permissions on the meeting are asked for: its forum, and the
// posts whose approval it needs.
func (m Meeting) Resource() domain.Resource {
	r := domain.Resource{ForumID: m.ForumID}
	for _, a := range m.Approvers() {
		r.Posts = append(r.Posts, a.PostID)
	}
	return r
}

// unamended is nil until the approved paper has an amendment: after that what was
// recorded does not change any more.
func (m Meeting) unamended() error {
	if m.Status == Approved && m.Amended {
		return domain.Conflict("paper_amended", string(m.Status), "the paper has amendments: amend it again")
	}
	return nil
}

// Permissions lists what the actor may do with the meeting in its present
// state. meeting.record is to say who takes part, and from the beginning on to
// record; what of an item or an outcome may be recorded, they tell themselves.
func (m Meeting) Permissions(actor domain.Actor) []domain.Permission {
	possible := []domain.Permission{}
	if m.in("", Draft, Called, InProgress, Closed) == nil {
		possible = append(possible, domain.MeetingEdit)
	}
	if m.in("", Called, InProgress, Closed, Approved) == nil {
		possible = append(possible, domain.MeetingRecord)
	}
	for _, s := range []step{toCall, toStart, toClose, toReopen, toPublish, toCancel} {
		if m.in("", s.from...) == nil {
			possible = append(possible, s.permission)
		}
	}
	waits := slices.ContainsFunc(m.Approvers(), func(a Approver) bool { return a.PostID == actor.PostID && !a.Approved })
	if m.Status == Closed && waits {
		possible = append(possible, domain.MeetingApprove)
	}
	return actor.Allowed(m.Resource(), possible...)
}
