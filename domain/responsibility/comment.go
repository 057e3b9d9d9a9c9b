package responsibility

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// CommentKind says what a comment does.
type CommentKind string

// The kinds of comment.
const (
	Remark           CommentKind = "comment"           // says something and decides nothing
	ChangesRequested CommentKind = "changes_requested" // the party would accept other words; it has not answered
)

// Comment is what somebody of a party says of one proposed content before it is
// answered. It stays as it was said. For staff only.
type Comment struct {
	ID          domain.AgreementCommentID `audit:"ignore"`
	AgreementID domain.AgreementID        `audit:"ignore"`
	Responsible domain.PostID             `audit:"track"` // the post of the content that it is about
	Revision    int                       `audit:"track"` // of that content
	Kind        CommentKind               `audit:"track"`
	PartyID     domain.PartyID            `audit:"track"`
	PostID      domain.PostID             `audit:"track"`
	Text        domain.Text               `audit:"track"` // in one language at least
	At          time.Time                 `audit:"ignore"`
	Post        PostName                  `audit:"ignore"` // of PostID, for readers
	// Waiting says that it is about the very words that wait now.
	Waiting bool `audit:"ignore"`
}

// Discussion is what has been said of the words that wait. What is said is said
// of exact words: it stands when the same words wait again, as when one more party
// is asked or what replaced them has been withdrawn.
type Discussion struct {
	Comments int       // of any kind
	LastAt   time.Time // zero if there are none
	Requests []Request // by party; those that stand
}

// Request is that a party asks for changes. It stands until the party answers, or
// other words are proposed.
type Request struct {
	PartyID domain.PartyID
	At      time.Time // the latest of the party
}

const maxComment = 2000

// Say makes a comment on what waits: Conflict agreement_settled if nothing does.
// Changes are asked for by a party that has not yet answered, of what another has
// proposed: Conflict own_proposal, party_not_concerned or party_has_answered.
func (r Responsibility) Say(id domain.AgreementCommentID, kind CommentKind, text domain.Text, actor domain.Actor, now time.Time) (Comment, error) {
	if r.Waiting == nil {
		return Comment{}, domain.Conflict("agreement_settled", string(r.Standing), "nothing waits for an answer")
	}
	if kind == ChangesRequested {
		if err := r.mayAsk(actor.PartyID); err != nil {
			return Comment{}, err
		}
	}
	text = text.Trim()
	var v domain.Violations
	v.Require(!text.IsZero(), "/text/fi")
	text.Check(&v, "/text", false, maxComment)
	if kind != Remark && kind != ChangesRequested {
		v.Add("/kind", "not_allowed")
	}
	return Comment{ID: id, AgreementID: r.Waiting.ID, Responsible: r.Latest().PostID, Revision: r.Waiting.Revision, Kind: kind,
		PartyID: actor.PartyID, PostID: actor.PostID, Text: text, At: now, Waiting: true}, v.Err()
}

// mayAsk says why a party cannot ask for changes of what waits.
func (r Responsibility) mayAsk(party domain.PartyID) error {
	if r.Waiting.ProposedParty == party {
		return domain.Conflict("own_proposal", string(r.Standing), "one's own party proposed it: change it instead")
	}
	i := slices.IndexFunc(r.Waiting.Acceptances, func(a domain.Acceptance) bool { return a.PartyID == party })
	switch {
	case i < 0:
		return domain.Conflict("party_not_concerned", string(r.Standing), "it does not concern this party")
	case r.Waiting.Acceptances[i].State != domain.AcceptanceOpen:
		return domain.Conflict("party_has_answered", string(r.Waiting.Acceptances[i].State), "the party has answered")
	}
	return nil
}

// Asking are those of requests, the latest of each party, that stand: their party
// has not answered what waits.
func (r Responsibility) Asking(requests []Request) []Request {
	return slices.DeleteFunc(requests, func(q Request) bool { return r.Waiting == nil || r.mayAsk(q.PartyID) != nil })
}
