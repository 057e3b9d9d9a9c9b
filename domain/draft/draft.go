package draft

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// State is where a draft is on its way.
type State string

// The states of a draft.
const (
	Open      State = "open"      // being written and discussed
	Published State = "published" // the thing is as it says, or was then
	Discarded State = "discarded" // given up, for a reason
)

// Content is what a thing is or would be, written as its own feature writes it.
// It is opaque here.
type Content string

// Draft is a change of one thing that waits to be published.
type Draft struct {
	ID          domain.DraftID `audit:"ignore"`
	Subject     domain.Subject `audit:"ignore"` // the parent of its entries
	BaseVersion int            `audit:"track"`  // of the thing that the draft changes
	Base        Content        `audit:"ignore"` // what the thing was in that version
	Content     Content        `audit:"ignore"` // its fields are in the entry
	Note        domain.Text    `audit:"track"`  // to the other party; may be empty
	State       State          `audit:"track"`
	PartyID     domain.PartyID `audit:"track"`  // whose coordinator saved the present version
	PostID      domain.PostID  `audit:"track"`  // in which post
	Reason      string         `audit:"ignore"` // why it was discarded; the entry has it
	Version     int            `audit:"ignore"`
	CreatedAt   time.Time      `audit:"ignore"`
	SavedAt     time.Time      `audit:"ignore"` // the present version
	SettledAt   time.Time      `audit:"ignore"` // zero while open
}

// Edit is what a coordinator can say of a draft.
type Edit struct {
	BaseVersion int
	Content     Content
	Note        domain.Text
}

// Limits of text, in characters.
const (
	maxNote    = 1000
	maxComment = 2000
	maxReason  = 500
)

// New makes a draft of a thing that is as base says.
func New(id domain.DraftID, subject domain.Subject, e Edit, base Content, actor domain.Actor, now time.Time) (Draft, error) {
	d := Draft{ID: id, Subject: subject, State: Open, Version: 1, CreatedAt: now}
	return d, d.Save(e, base, actor, now)
}

// Save replaces what the draft says. The actor's party is the one that proposes
// it from now on.
func (d *Draft) Save(e Edit, base Content, actor domain.Actor, now time.Time) error {
	if err := d.open(); err != nil {
		return err
	}
	e.Note = e.Note.Trim()
	var v domain.Violations
	e.Note.Check(&v, "/note", false, maxNote)
	if err := v.Err(); err != nil {
		return err
	}
	d.BaseVersion, d.Base, d.Content, d.Note = e.BaseVersion, base, e.Content, e.Note
	d.PartyID, d.PostID, d.SavedAt = actor.PartyID, actor.PostID, now
	return nil
}

// Publish settles the draft: Conflict while a party asks for changes, or while
// one whose word it needs has not given it.
func (d *Draft) Publish(standing Standing, missing []domain.PartyID, now time.Time) error {
	if err := d.open(); err != nil {
		return err
	}
	if standing == ChangesWanted {
		return domain.Conflict("changes_requested", string(standing), "the other party has asked for changes of this version")
	}
	if len(missing) > 0 {
		return domain.Conflict("word_missing", string(standing), "a party whose word it needs has not agreed to this version")
	}
	d.State, d.SettledAt = Published, now
	return nil
}

// Discard gives the draft up, for a reason.
func (d *Draft) Discard(reason string, now time.Time) error {
	if err := d.open(); err != nil {
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
	d.State, d.Reason, d.SettledAt = Discarded, reason, now
	return nil
}

func (d *Draft) open() error {
	if d.State == Open {
		return nil
	}
	return domain.Conflict("draft_settled", string(d.State), "the draft has been published or discarded")
}

// CommentKind says what a comment does.
type CommentKind string

// The kinds of comment. A later word of the same party on the same version
// takes the place of an earlier one.
const (
	Remark           CommentKind = "comment"           // says something and decides nothing
	ChangesRequested CommentKind = "changes_requested" // this version is not to be published
	Agreed           CommentKind = "agreed"            // this version may be published
)

// Comment is what a coordinator or a manager of a party says of one version of a
// draft.
// It stays as it was said.
type Comment struct {
	ID      domain.DraftCommentID `audit:"ignore"`
	DraftID domain.DraftID        `audit:"track"`
	Version int                   `audit:"track"` // of the draft
	Kind    CommentKind           `audit:"track"`
	PartyID domain.PartyID        `audit:"track"`
	PostID  domain.PostID         `audit:"track"`
	Text    domain.Text           `audit:"track"` // in one language at least; an agreement needs none
	At      time.Time             `audit:"ignore"`
	Post    Name                  `audit:"ignore"` // of PostID, for readers
}

// Say makes a comment on the present version.
func (d *Draft) Say(id domain.DraftCommentID, kind CommentKind, text domain.Text, actor domain.Actor, now time.Time) (Comment, error) {
	if err := d.open(); err != nil {
		return Comment{}, err
	}
	text = text.Trim()
	var v domain.Violations
	v.Require(kind == Agreed || !text.IsZero(), "/text/fi")
	text.Check(&v, "/text", false, maxComment)
	switch kind {
	case Remark, ChangesRequested, Agreed:
	default:
		v.Add("/kind", "not_allowed")
	}
	return Comment{ID: id, DraftID: d.ID, Version: d.Version, Kind: kind, PartyID: actor.PartyID, PostID: actor.PostID, Text: text, At: now}, v.Err()
}

// Standing is what the other principal parties say of the present version.
type Standing string

// The standings.
const (
	Waiting       Standing = "waiting"           // a party has said neither
	ChangesWanted Standing = "changes_requested" // a party asks for changes
	AllAgree      Standing = "agreed"            // every other party agrees
)

// Missing are those of the parties whose word a draft needs that have not given
// it: who saved the present version has, and who agrees to it.
func (d Draft) Missing(needed []domain.PartyID, words []Comment) (out []domain.PartyID) {
	for _, p := range needed {
		said := slices.ContainsFunc(words, func(c Comment) bool { return c.PartyID == p && c.Version == d.Version && c.Kind == Agreed })
		if p != d.PartyID && !said {
			out = append(out, p)
		}
	}
	return out
}

// Standing reads it from the comments, in the order in which they were made.
func (d Draft) Standing(comments []Comment, principals []domain.PartyID) Standing {
	said := d.Version
	if d.State != Open {
		said-- // settling made the last version
	}
	latest := map[domain.PartyID]CommentKind{}
	for _, c := range comments {
		if c.Version == said && c.Kind != Remark && c.PartyID != d.PartyID {
			latest[c.PartyID] = c.Kind
		}
	}
	out := AllAgree
	for _, p := range principals {
		switch {
		case p == d.PartyID || latest[p] == Agreed:
		case latest[p] == ChangesRequested:
			return ChangesWanted
		default:
			out = Waiting
		}
	}
	return out
}

// others are the principal parties that have a say on the present version.
func (d Draft) others(principals []domain.PartyID) []domain.PartyID {
	return slices.DeleteFunc(slices.Clone(principals), func(p domain.PartyID) bool { return p == d.PartyID })
}
