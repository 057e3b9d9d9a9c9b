package meeting

import (
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// TopicState is what became of a topic.
type TopicState string

// The states of a topic.
const (
	TopicOpen      TopicState = "open"
	TopicDrawn     TopicState = "drawn" // into an agenda; open again if the item is taken off it
	TopicDeclined  TopicState = "declined"
	TopicWithdrawn TopicState = "withdrawn"
)

// Topic is what a member of a forum proposes for its agenda. The forum's backlog
// is read by staff; the public sees what comes of it in the meeting's paper.
type Topic struct {
	ID         domain.TopicID `audit:"ignore"`
	ForumID    domain.ForumID `audit:"track"`
	Title      domain.Text    `audit:"track"`
	Why        domain.Text    `audit:"track"`
	About      domain.Subject `audit:"track"` // goal, action or hand-over; zero: none
	CaseParty  domain.PartyID `audit:"track"` // with CaseNo: a case in that party's registry
	CaseNo     string         `audit:"track"`
	WantedOn   domain.Date    `audit:"track"` // by which it should be handled; zero: no matter when
	State      TopicState     `audit:"track"` // stored as open while drawn
	Reason     domain.Text    `audit:"track"` // why it was declined or withdrawn
	PartyID    domain.PartyID `audit:"track"` // who proposed it
	PostID     domain.PostID  `audit:"track"`
	Version    int            `audit:"ignore"`
	CreatedAt  time.Time      `audit:"ignore"`
	UpdatedAt  time.Time      `audit:"ignore"`
	PostTitle  domain.Text    `audit:"ignore"` // filled by storage, as what follows
	AboutNo    int            `audit:"ignore"` // of a goal or action
	AboutTitle domain.Text    `audit:"ignore"`
	AboutPath  string         `audit:"ignore"` // of its page, below the language
	Drawn      *MeetingPlace  `audit:"ignore"` // nil unless drawn
	Forum      Forum          `audit:"ignore"`
}

// MeetingPlace is an agenda item with its meeting: where a topic was drawn to, or
// an offer comes from.
type MeetingPlace struct {
	ItemID    domain.AgendaItemID
	MeetingID domain.MeetingID
	Year      int
	Number    int
	StartsAt  time.Time
}

// TopicEdit is what can be said of a topic.
type TopicEdit struct {
	Title     domain.Text
	Why       domain.Text
	About     domain.Subject
	CaseParty domain.PartyID
	CaseNo    string
	WantedOn  domain.Date
}

const maxCaseNo = 100

// NewTopic makes a topic of the actor's post, or says what is wrong with it.
func NewTopic(id domain.TopicID, forum domain.ForumID, actor domain.Actor, e TopicEdit, now time.Time) (Topic, error) {
	t := Topic{ID: id, ForumID: forum, State: TopicOpen, PartyID: actor.PartyID, PostID: actor.PostID, Version: 1, CreatedAt: now}
	return t, t.Change(e, now)
}

// Change replaces what can be said of an open topic.
func (t *Topic) Change(e TopicEdit, now time.Time) error {
	if err := t.open(); err != nil {
		return err
	}
	e.Title, e.Why, e.CaseNo = e.Title.Trim(), e.Why.Trim(), strings.TrimSpace(e.CaseNo)
	var v domain.Violations
	e.Title.Check(&v, "/title", true, maxTitle)
	e.Why.Check(&v, "/why", false, 5000)
	if e.About != (domain.Subject{}) && !slices.Contains([]domain.SubjectKind{domain.SubjectGoal, domain.SubjectAction, domain.SubjectHandover}, e.About.Kind) {
		v.Add("/about/kind", "not_allowed")
	}
	if e.CaseParty.IsZero() != (e.CaseNo == "") {
		v.Add("/case/registryNo", "required")
	}
	if len([]rune(e.CaseNo)) > maxCaseNo {
		v.Add("/case/registryNo", "too_long")
	}
	if err := v.Err(); err != nil {
		return err
	}
	t.Title, t.Why, t.About, t.CaseParty, t.CaseNo, t.WantedOn, t.UpdatedAt = e.Title, e.Why, e.About, e.CaseParty, e.CaseNo, e.WantedOn, now
	return nil
}

func (t Topic) open() error {
	if t.State == TopicOpen {
		return nil
	}
	return domain.Conflict("topic_settled", string(t.State), "the topic is "+string(t.State))
}

// Settle declines or withdraws an open topic. Declining needs a reason.
func (t *Topic) Settle(state TopicState, reason domain.Text, now time.Time) error {
	if err := t.open(); err != nil {
		return err
	}
	reason = reason.Trim()
	var v domain.Violations
	reason.Check(&v, "/reason", state == TopicDeclined, maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	t.State, t.Reason, t.UpdatedAt = state, reason, now
	return nil
}

// Resource is what permissions on the topic are asked for: its forum and the
// post that proposed it.
func (t Topic) Resource() domain.Resource {
	return domain.Resource{ForumID: t.ForumID, Posts: []domain.PostID{t.PostID}}
}

// Permissions lists what the actor may do with the topic in its present state.
func (t Topic) Permissions(a domain.Actor) []domain.Permission {
	if t.State != TopicOpen {
		return []domain.Permission{}
	}
	return a.Allowed(t.Resource(), domain.TopicEdit, domain.TopicDecline)
}

// OfferKind is where something that offers itself to an agenda comes from.
type OfferKind string

// The kinds of offers. A drawn referral is accepted and lands, as if it had been
// answered on its own; what was deferred or came back is carried over. Of the
// rest a new item remembers where it comes from.
const (
	OfferTopic    OfferKind = "topic"    // of the backlog
	OfferAction   OfferKind = "action"   // open, from an earlier meeting of the forum
	OfferDeferred OfferKind = "deferred" // an outcome that goes on in a later meeting, not taken up yet
	OfferReferral OfferKind = "referral" // sent to the forum: waits for its answer, or is in its list of matters
	OfferReturned OfferKind = "returned" // an outcome that another forum refused, not ended yet
	OfferSent     OfferKind = "sent"     // an outcome that went to another forum and waits for its answer
)

// Offer is what a meeting's agenda could take up.
type Offer struct {
	Kind      OfferKind
	ID        domain.AnyID // of the topic, action, outcome or, of a referral to the forum, the referral
	Title     domain.Text
	Text      domain.Text   // why, or what was decided
	No        int           // of an action
	Condition string        // of an action
	DueOn     domain.Date   // of an action or answer, or by which a topic is wanted; zero: none
	Since     domain.Date   // from which it waits
	Meeting   *MeetingPlace // that it comes from; nil for a topic
	Post      domain.PostID
	PostTitle domain.Text
	PostParty domain.PartyID
	Forum     Forum                // of a referral the other forum; zero: one that the reader may not see
	ForumID   domain.ForumID       // with Forum
	Standing  domain.Standing      // how far the parties have agreed on the lead of an action; "" of what has none
	Case      domain.CaseReference // zero: none
	// What the item is read by when it is drawn.
	Visibility       domain.Visibility
	VisibilityGround string
}

// Pick names an offer.
type Pick struct {
	Kind OfferKind
	ID   domain.AnyID
}

// source is the kind of source that an item drawn from the offer remembers.
func (k OfferKind) source() string {
	if k == OfferSent {
		return "outcome"
	}
	return string(k)
}

// edit is the agenda item that an offer becomes: what is internal stays so.
func (o Offer) edit(m Meeting) ItemEdit {
	e := ItemEdit{Title: o.Title, Explanation: o.Text, Visibility: o.Visibility, VisibilityGround: o.VisibilityGround}
	if m.Visibility == domain.Internal && e.Visibility == domain.Public {
		e.Visibility, e.VisibilityGround = m.Visibility, m.VisibilityGround
	}
	if !o.Case.PartyID.IsZero() {
		e.References.Cases = []domain.CaseReference{o.Case}
	}
	return e
}
