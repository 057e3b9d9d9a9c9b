package meeting

import (
	"time"

	"yhdyspinta/domain"
)

// Notice is something that those concerned by a meeting are told of.
type Notice string

// The notices.
const (
	NoticeCalled    Notice = "meeting_called"    // to the participants, with the agenda
	NoticeChanged   Notice = "meeting_changed"   // time or place of a called meeting changed: to the participants
	NoticeCancelled Notice = "meeting_cancelled" // to the participants of a called meeting
	NoticeApproval  Notice = "approval_asked"    // the paper awaits approval: to those who have not approved
	NoticePublished Notice = "meeting_published" // the paper is public: to the participants
	// NoticeSubstitute is the call to a post that takes the place of a participant
	// who had been called.
	NoticeSubstitute Notice = "substitute_called"
	// NoticeReleased is told to a post that does not take a participant's place any
	// more.
	NoticeReleased Notice = "substitute_released"
	// NoticeMember is the call to a post that became a member of the forum after the
	// others had been called.
	NoticeMember Notice = "member_called"
	// NoticeMemberReleased is told to a post that does not take part any more: its
	// membership ended after the call.
	NoticeMemberReleased Notice = "member_released"
	// NoticeApprover is told to a post whose approval is asked since the meeting was
	// closed.
	NoticeApprover Notice = "approver_named"
)

// Notices tells those concerned what happened to a meeting, after the
// transaction that it is called in has been committed; nobody if it is not. m
// is the meeting as it has been saved.
type Notices interface {
	Tell(n Notice, m Meeting) error
	// CallSubstitute tells who holds a post that it takes a participant's place in
	// m: once, however often it is named, and not if the meeting was told to them
	// already.
	CallSubstitute(post domain.PostID, m Meeting, at time.Time) error
	// ReleaseSubstitute tells who holds a post, and has been called to m, that it
	// does not take a participant's place any more; not if m concerns them still.
	ReleaseSubstitute(post domain.PostID, m Meeting, at time.Time) error
	// CallMember tells who holds a post that takes part in m that it is called: not
	// if the meeting was told to them already.
	CallMember(post domain.PostID, m Meeting, at time.Time) error
	// ReleaseMember tells who holds a post, and has been called to m, that it does not
	// take part any more; not if m concerns them still.
	ReleaseMember(post domain.PostID, m Meeting, at time.Time) error
	// AskApproval tells who holds a post that the paper of m awaits its approval.
	AskApproval(post domain.PostID, m Meeting, at time.Time) error
}

// moved reports whether a called meeting is held at another time or place, or
// under another name, than its participants know.
func (m Meeting) moved(old Meeting) bool {
	return m.Status == Called && (!m.StartsAt.Equal(old.StartsAt) || !m.EndsAt.Equal(old.EndsAt) || m.Place != old.Place || m.Title != old.Title)
}

// notice is what those concerned are told of the change from old to m; "" for
// nothing.
func (m Meeting) notice(old Meeting) Notice {
	switch {
	case m.Status == Called && old.Status == Draft:
		return NoticeCalled
	case m.Status == Cancelled && old.Status == Called:
		return NoticeCancelled
	case m.Status == Closed && old.Status == InProgress:
		return NoticeApproval
	case m.Status == Published && old.Status == Approved:
		return NoticePublished
	case m.moved(old):
		return NoticeChanged
	}
	return ""
}
