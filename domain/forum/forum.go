package forum

import (
	"regexp"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Level is what a forum is for.
type Level string

// The levels.
const (
	Statutory Level = "statutory" // an Act requires it
	Strategic Level = "strategic" // sets goals and the division of work
	Thematic  Level = "thematic"  // one theme or chain
	Network   Level = "network"   // exchange without decisions of its own
)

// Reach is whom a forum brings together.
type Reach string

// The reaches.
const (
	Bilateral Reach = "bilateral" // the two principal parties
	Regional  Reach = "regional"  // the county and its municipalities
)

// Paper is what a meeting of the forum leaves behind.
type Paper string

// The papers.
const (
	Memo    Paper = "memo"    // muistio: § numbers only if given by hand
	Minutes Paper = "minutes" // pöytäkirja: § numbers run through the forum's year
)

// Role is a post's place in a forum.
type Role string

// The roles of members. One post can have two, chair and secretary.
const (
	Chair     Role = "chair"
	Secretary Role = "secretary"
	Member    Role = "member"
)

// Membership is one post's place in a forum for a time. It ends, it is not
// deleted.
type Membership struct {
	ID        domain.MembershipID `audit:"ignore"`
	ForumID   domain.ForumID      `audit:"track"`
	PostID    domain.PostID       `audit:"track"`
	Role      Role                `audit:"track"`
	ValidFrom domain.Date         `audit:"track"`
	ValidTo   domain.Date         `audit:"track"` // last day; zero: goes on
	Version   int                 `audit:"ignore"`
	Title     domain.Text         `audit:"ignore"` // of the post; filled by storage
	PartyID   domain.PartyID      `audit:"ignore"` // of the post; filled by storage
}

// On reports whether the membership holds on a day.
func (m Membership) On(day domain.Date) bool {
	return !day.Before(m.ValidFrom) && (m.ValidTo.IsZero() || !day.After(m.ValidTo))
}

// End makes d the last day of the membership.
func (m *Membership) End(d domain.Date) error {
	if !m.ValidTo.IsZero() {
		return domain.Conflict("membership_ended", m.ValidTo.String(), "the membership has ended already")
	}
	if d.Before(m.ValidFrom) {
		return domain.InvalidField("/on", "before_start")
	}
	m.ValidTo = d
	return nil
}

// Forum is a standing group of the parties.
type Forum struct {
	ID               domain.ForumID      `audit:"ignore"`
	Key              string              `audit:"track"` // short name for addresses, e.g. lape; unique
	Title            domain.Text         `audit:"track"`
	Purpose          domain.Text         `audit:"track"` // in one sentence
	Mandate          domain.Text         `audit:"track"` // what it may decide
	Level            Level               `audit:"track"`
	Reach            Reach               `audit:"track"`
	Paper            Paper               `audit:"track"`
	MeetingsPerYear  int                 `audit:"track"` // the agreed rhythm; 0: none agreed
	ReferralDays     int                 `audit:"track"` // within how many days it answers what is referred to it
	ParentID         domain.ForumID      `audit:"track"` // to which it reports; zero: none
	ChainID          domain.ChainID      `audit:"track"` // service chain that it follows; zero: none
	GoalIDs          []domain.GoalID     `audit:"track"`
	StageIDs         []domain.StageID    `audit:"track"`  // of service chains, at which it is pinned
	HandoverIDs      []domain.HandoverID `audit:"track"`  // likewise
	Pins             domain.Pins         `audit:"ignore"` // names what both ids name; filled by storage
	TagIDs           []domain.TagID      `audit:"track"`
	References       domain.References   `audit:"track"`
	Visibility       domain.Visibility   `audit:"track"`
	VisibilityGround string              `audit:"track"` // why it is internal
	ValidFrom        domain.Date         `audit:"track"`
	Members          []Membership        `audit:"ignore"` // of the day shown and later; each has entries of its own
	Version          int                 `audit:"ignore"`
	CreatedAt        time.Time           `audit:"ignore"`
	UpdatedAt        time.Time           `audit:"ignore"`
}

// Edit is what can be said of a forum.
type Edit struct {
	Key              string
	Title            domain.Text
	Purpose          domain.Text
	Mandate          domain.Text
	Level            Level
	Reach            Reach
	Paper            Paper
	MeetingsPerYear  int
	ReferralDays     int // 0: as it was, for a new forum DefaultReferralDays
	ParentID         domain.ForumID
	ChainID          domain.ChainID
	GoalIDs          []domain.GoalID
	StageIDs         []domain.StageID
	HandoverIDs      []domain.HandoverID
	TagIDs           []domain.TagID
	References       domain.References
	Visibility       domain.Visibility
	VisibilityGround string
}

// DefaultReferralDays is within how many days a forum answers what is referred
// to it, unless it says otherwise.
const DefaultReferralDays = 14

// Limits of text, in characters, and of the rhythm, in meetings a year.
const (
	maxTitle   = 300
	maxPurpose = 1000
	maxMandate = 5000
	maxRhythm  = 60
)

// keyForm leaves out what a path would have to escape, and what looks like an id.
var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]{1,34}$`)

// New makes a forum, or says what is wrong with the edit.
func New(id domain.ForumID, e Edit, now time.Time) (Forum, error) {
	f := Forum{ID: id, Version: 1, ValidFrom: domain.DateOf(now), CreatedAt: now}
	return f, f.Change(e, now)
}

// Change replaces what can be edited, or says everything that is wrong.
func (f *Forum) Change(e Edit, now time.Time) error {
	e.Title, e.Purpose, e.Mandate = e.Title.Trim(), e.Purpose.Trim(), e.Mandate.Trim()
	var v domain.Violations
	if !keyForm.MatchString(e.Key) {
		v.Add("/key", "key_malformed")
	}
	e.Title.Check(&v, "/title", true, maxTitle)
	e.Purpose.Check(&v, "/purpose", true, maxPurpose)
	e.Mandate.Check(&v, "/mandate", false, maxMandate)
	oneOf(&v, "/level", e.Level, Statutory, Strategic, Thematic, Network)
	oneOf(&v, "/reach", e.Reach, Bilateral, Regional)
	oneOf(&v, "/paper", e.Paper, Memo, Minutes)
	if e.MeetingsPerYear < 0 || e.MeetingsPerYear > maxRhythm {
		v.Add("/meetingsPerYear", "too_large")
	}
	if e.ReferralDays == 0 {
		e.ReferralDays = max(f.ReferralDays, 0)
	}
	if e.ReferralDays == 0 {
		e.ReferralDays = DefaultReferralDays
	}
	if e.ReferralDays < 1 || e.ReferralDays > 365 {
		v.Add("/referralDays", "too_large")
	}
	if !e.ParentID.IsZero() && e.ParentID == f.ID {
		v.Add("/parentId", "own_parent")
	}
	domain.CheckVisibility(&v, e.Visibility, e.VisibilityGround)
	e.References.Check(&v)
	if err := v.Err(); err != nil {
		return err
	}
	f.Key, f.Title, f.Purpose, f.Mandate = e.Key, e.Title, e.Purpose, e.Mandate
	f.Level, f.Reach, f.Paper, f.MeetingsPerYear, f.ReferralDays = e.Level, e.Reach, e.Paper, e.MeetingsPerYear, e.ReferralDays
	f.ParentID, f.ChainID, f.GoalIDs, f.TagIDs, f.References = e.ParentID, e.ChainID, e.GoalIDs, e.TagIDs, e.References
	f.StageIDs, f.HandoverIDs = e.StageIDs, e.HandoverIDs
	f.Visibility, f.VisibilityGround = e.Visibility, e.VisibilityGround
	f.UpdatedAt = now
	return nil
}

func oneOf[T comparable](v *domain.Violations, pointer string, value T, allowed ...T) {
	if !slices.Contains(allowed, value) {
		v.Add(pointer, "not_allowed")
	}
}

// Join makes a membership of a post from a day on. A post has each role once at
// a time; a forum has one chair and one secretary at a time.
func (f Forum) Join(id domain.MembershipID, post domain.PostID, role Role, from domain.Date) (Membership, error) {
	m := Membership{ID: id, ForumID: f.ID, PostID: post, Role: role, ValidFrom: from, Version: 1}
	var v domain.Violations
	v.Require(!post.IsZero(), "/postId")
	oneOf(&v, "/role", role, Chair, Secretary, Member)
	v.Require(!from.IsZero(), "/from")
	if err := v.Err(); err != nil {
		return m, err
	}
	for _, o := range f.Members {
		if !o.ValidTo.IsZero() && o.ValidTo.Before(from) {
			continue
		}
		if o.PostID == post && (o.Role == role || o.Role == Member || role == Member) {
			return m, domain.Conflict("already_member", string(o.Role), "the post is a member already")
		}
		if o.Role == role && role != Member {
			return m, domain.Conflict("role_taken", string(role), "the forum has one in this role; end that membership first")
		}
	}
	return m, nil
}

// pinsSince is what the forum names of service chains, beside what it named
// before.
func (f Forum) pinsSince(old Forum) domain.PinUse {
	return domain.PinUse{OldStages: old.StageIDs, Stages: f.StageIDs, OldHandovers: old.HandoverIDs, Handovers: f.HandoverIDs}
}

// Resource is what permissions on the forum are asked for.
func (f Forum) Resource() domain.Resource { return domain.Resource{ForumID: f.ID} }
