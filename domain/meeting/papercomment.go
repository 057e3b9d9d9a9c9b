package meeting

import (
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Passage is words of the paper that somebody speaks of. The quote finds it
// again after an edit; what it no longer finds is outdated.
type Passage struct {
	Place
	Lang  domain.Lang // of the text that is quoted
	Quote string      // "" means the whole part
	Start int         // where it stood, in characters
}

// Find tells where the passage stands in a text, in characters: where it stood,
// else at the same words nearest to there. false: the words are gone.
func (p Passage) Find(text string) (start int, ok bool) {
	runes, quote := []rune(text), []rune(p.Quote)
	best, found := 0, false
	for at := 0; at+len(quote) <= len(runes); at++ {
		if slices.Equal(runes[at:at+len(quote)], quote) && (!found || distance(at, p.Start) < distance(best, p.Start)) {
			best, found = at, true
		}
	}
	return best, found
}

func distance(a, b int) int { return max(a-b, b-a) }

// CommentKind is what a comment does to its thread.
type CommentKind string

// The kinds.
const (
	Remark   CommentKind = "comment"
	Resolved CommentKind = "resolved"
	Reopened CommentKind = "reopened"
)

// PaperComment is what a member says of a passage before the paper is approved,
// or of what another said. It is kept as it was said and never public.
type PaperComment struct {
	ID        domain.PaperCommentID `audit:"ignore"`
	MeetingID domain.MeetingID      `audit:"ignore"`
	ThreadID  domain.PaperCommentID `audit:"track"` // the comment that it answers; zero: it begins a thread
	Passage   Passage               `audit:"ignore"`
	Kind      CommentKind           `audit:"track"`
	PostID    domain.PostID         `audit:"track"`
	PartyID   domain.PartyID        `audit:"ignore"`
	Text      string                `audit:"ignore"` // may be empty unless Kind is Remark
	Lang      domain.Lang           `audit:"ignore"` // that the text is in
	SaidAt    time.Time             `audit:"ignore"`
	Post      domain.Text           `audit:"ignore"` // title; filled by storage
}

const maxComment = 4000

// Thread is a comment on a passage with what was answered.
type Thread struct {
	PaperComment
	Replies  []PaperComment
	Resolved bool
	Outdated bool // the passage no longer stands in the paper
	At       int  // where it stands now, in characters; 0 if outdated
	AgendaNo int
	Label    string
}

// Threads puts comments, in the order in which they were said, under the ones
// that they answer, and finds the passages in the paper as it is.
func Threads(p Paper, comments []PaperComment) []Thread {
	out := []Thread{}
	for _, c := range comments {
		if c.ThreadID.IsZero() {
			t := Thread{PaperComment: c, Replies: []PaperComment{}}
			text, item, ok := p.Text(c.Passage.Place)
			t.AgendaNo, t.Label = item.AgendaNo, item.Label
			if ok {
				t.At, ok = c.Passage.Find(text.Of(c.Passage.Lang))
			}
			t.Outdated = !ok
			out = append(out, t)
			continue
		}
		i := slices.IndexFunc(out, func(t Thread) bool { return t.ID == c.ThreadID })
		if i < 0 {
			continue
		}
		out[i].Replies = append(out[i].Replies, c)
		if c.Kind != Remark {
			out[i].Resolved = c.Kind == Resolved
		}
	}
	return out
}

// Comment makes a comment on a passage of the closed meeting's paper.
func (m Meeting) Comment(id domain.PaperCommentID, p Paper, at Passage, actor domain.Actor, text string, lang domain.Lang, now time.Time) (PaperComment, error) {
	c := PaperComment{ID: id, MeetingID: m.ID, Passage: at, Kind: Remark}
	if err := m.in("meeting_not_closed", Closed); err != nil {
		return c, err
	}
	var v domain.Violations
	said, _, ok := p.Text(at.Place)
	if !ok {
		v.Add("/part", "unknown")
	} else if !slices.Contains(domain.Langs, at.Lang) {
		v.Add("/quoteLang", "not_allowed")
	} else if _, found := at.Find(said.Of(at.Lang)); !found {
		v.Add("/quote", "not_in_text")
	}
	return c, c.say(&v, actor, text, lang, now)
}

// Reply answers a thread, resolves it or opens it again.
func (m Meeting) Reply(id domain.PaperCommentID, t Thread, kind CommentKind, actor domain.Actor, text string, lang domain.Lang, now time.Time) (PaperComment, error) {
	c := PaperComment{ID: id, MeetingID: m.ID, ThreadID: t.ID, Passage: t.Passage, Kind: kind}
	if err := m.in("meeting_not_closed", Closed); err != nil {
		return c, err
	}
	if kind == Resolved && t.Resolved || kind == Reopened && !t.Resolved {
		return c, domain.Conflict("nothing_changed", string(m.Status), "it is so already")
	}
	var v domain.Violations
	if !slices.Contains([]CommentKind{Remark, Resolved, Reopened}, kind) {
		v.Add("/kind", "not_allowed")
	}
	return c, c.say(&v, actor, text, lang, now)
}

func (c *PaperComment) say(v *domain.Violations, actor domain.Actor, text string, lang domain.Lang, now time.Time) error {
	text = strings.TrimSpace(text)
	v.Require(text != "" || c.Kind != Remark, "/text")
	if len([]rune(text)) > maxComment {
		v.Add("/text", "too_long")
	}
	if !slices.Contains(domain.Langs, lang) {
		v.Add("/lang", "not_allowed")
	}
	c.PostID, c.PartyID, c.Text, c.Lang, c.SaidAt = actor.PostID, actor.PartyID, text, lang, now
	return v.Err()
}

// Commenting is what the permission to comment is asked for: the members of the
// forum, of the day of the call and of today.
func (m Meeting) Commenting(actor domain.Actor) domain.Resource {
	r := domain.Resource{ForumID: m.ForumID}
	for _, p := range m.Participants {
		if p.Role != Expert && !p.PostID.IsZero() {
			r.Posts = append(r.Posts, p.PostID)
		}
	}
	if slices.Contains(actor.Forums, m.ForumID) {
		r.Posts = append(r.Posts, actor.PostID)
	}
	return r
}
