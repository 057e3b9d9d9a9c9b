package forum

import (
	"time"

	"yhdyspinta/domain"
)

// Filter narrows a list of forums. Different fields are AND.
type Filter struct {
	Level    domain.AnyOf[Level]
	Reach    domain.AnyOf[Reach]
	Party    domain.AnyOf[domain.PartyID]    // has a post of these parties as a member on the day shown
	Chain    domain.AnyOf[domain.ChainID]    // that it follows, or to a stage or hand-over of which it is pinned
	Stage    domain.AnyOf[domain.StageID]    // at which it is pinned
	Handover domain.AnyOf[domain.HandoverID] // likewise
	Goal     domain.AnyOf[domain.GoalID]
	Tag      domain.AnyOf[domain.TagID]
	About    domain.AboutFilter
	// Awaits is the principal party that has not accepted purpose and mandate in
	// their present words; zero: whether anybody has.
	Awaits domain.PartyID
}

// ForumRef names a forum.
type ForumRef struct {
	ID    domain.ForumID
	Key   string
	Title domain.Text
}

// ChainRef names a service chain.
type ChainRef struct {
	ID    domain.ChainID
	Key   string
	Title domain.Text
}

// MeetingRef names a meeting of the forum.
type MeetingRef struct {
	ID       domain.MeetingID
	Year     int
	Number   int
	StartsAt time.Time
	EndsAt   time.Time
	Status   string
}

// View is a forum with what readers see beside it. What the reader may not see
// is left out: a link to an internal goal, a meeting that is only a draft.
type View struct {
	Forum
	Parent      *ForumRef
	Chain       *ChainRef
	Goals       []GoalRef
	LastMeeting *MeetingRef // the last one held
	NextMeeting *MeetingRef // the first one that is neither held nor cancelled, in progress included
	Held        int         // meetings held in the calendar year shown
	Figures     Figures
	Mandated    []MandateAnswer // of each principal party, in their order
}

// GoalRef names a goal.
type GoalRef struct {
	ID      domain.GoalID
	No      int
	Title   domain.Text
	EndedOn domain.Date // zero while it goes on
}

// Store keeps forums. Its reads start from the scope: what the scope does not
// cover does not exist.
type Store interface {
	// Get returns a forum with its members, references and pins, or NotFound.
	Get(scope domain.Scope, id domain.ForumID) (View, error)
	// ByKey is Get by the forum's key.
	ByKey(scope domain.Scope, key string) (View, error)
	// List returns one page, sorted by title (the default, Finnish alphabet), level,
	// updatedAt or waitingSince (the age of the present words of purpose and
	// mandate), with a fixed number of queries.
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[View], error)
	// AcceptMandate keeps the acceptance of a party of the forum's purpose and
	// mandate in their present words, in place of its earlier one.
	AcceptMandate(id domain.AcceptanceID, f Forum, party domain.PartyID, post domain.PostID, at time.Time) error
	// Lock makes other writers of the forum wait until this transaction ends.
	Lock(id domain.ForumID) error
	// Insert adds a forum with its goals, references and pins, without members.
	Insert(f Forum) error
	// Update replaces the forum if its version is still f.Version, and returns it
	// with the next version; domain.Stale with what is stored if not.
	Update(f Forum) (Forum, error)
	// Membership returns one membership of a forum, ended or not, or NotFound.
	Membership(forum domain.ForumID, id domain.MembershipID) (Membership, error)
	// InsertMembership adds a member.
	InsertMembership(m Membership) error
	// UpdateMembership ends a membership if its version is still m.Version.
	UpdateMembership(m Membership) (Membership, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Forums Store
	Terms  domain.TermBook
	Pins   domain.PinBook
}
