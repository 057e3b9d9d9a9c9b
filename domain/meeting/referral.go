package meeting

import (
	"time"

	"yhdyspinta/domain"
)

// ReferralState is how far a referral has come.
type ReferralState string

// The states of a referral.
const (
	Prepared  ReferralState = "prepared" // recorded in a meeting that is still going on
	Waiting   ReferralState = "open"     // sent, not yet answered
	Accepted  ReferralState = "accepted"
	Refused   ReferralState = "refused"
	Withdrawn ReferralState = "withdrawn" // taken back by the sender before it was answered
)

// Referral hands the matter of an outcome to another forum (lähete, hänskjutning).
// The receiving forum's secretary or chair accepts it, and it lands on an agenda
// or in the forum's list of matters, or refuses it with a reason, and the
// sender's loop is open again. While it waits for its answer the sender may
// withdraw it with a reason, which ends the loop.
type Referral struct {
	ID             domain.ReferralID   `audit:"ignore"`
	OutcomeID      domain.OutcomeID    `audit:"track"`
	FromForumID    domain.ForumID      `audit:"track"`
	ToForumID      domain.ForumID      `audit:"track"`
	State          ReferralState       `audit:"track"`
	SentAt         *time.Time          `audit:"ignore"` // when the sender's meeting was closed
	DueOn          domain.Date         `audit:"track"`  // by when it is to be answered
	AnsweredAt     *time.Time          `audit:"ignore"`
	AnsweredPostID domain.PostID       `audit:"track"`
	Answer         domain.Text         `audit:"track"` // of a refusal the reason; of an acceptance what the forum says to it, may be empty
	ItemID         domain.AgendaItemID `audit:"track"` // where it landed; zero: in the forum's list of matters
	SettledAt      *time.Time          `audit:"ignore"`
	Settled        domain.Text         `audit:"track"` // of a refused one: why the sender lets it rest; of one withdrawn after it was sent: why
	CreatedAt      time.Time           `audit:"ignore"`
	Version        int                 `audit:"ignore"`

	// What storage fills beside it.
	FromForum     Forum           `audit:"ignore"`
	ToForum       Forum           `audit:"ignore"` // zero: a forum that the reader may not see
	Landed        *MeetingName    `audit:"ignore"` // the meeting of ItemID, if the reader may see its papers
	AnsweredTitle domain.Text     `audit:"ignore"`
	AnsweredParty domain.PartyID  `audit:"ignore"`
	ToChairs      []domain.PostID `audit:"ignore"` // of the receiving forum today
}

// ReferralView is a referral with the matter that it hands over.
type ReferralView struct {
	Referral
	Meeting     MeetingName
	Item        ItemRef
	Explanation domain.Text
	Text        domain.Text // of the outcome
	Visibility  domain.Visibility
	Ground      string
	SenderOpen  bool // refused, and the sender has not ended it
}

// ReferralFilter narrows a list of referrals. Different fields are AND.
type ReferralFilter struct {
	Forum   domain.AnyOf[domain.ForumID] // sent from or to these
	From    domain.AnyOf[domain.ForumID]
	To      domain.AnyOf[domain.ForumID]
	State   domain.AnyOf[ReferralState]
	Overdue bool               // only those that are not answered in time
	Unended bool               // only those whose sender's loop is open
	Listed  bool               // only accepted ones that stand on no agenda yet
	About   domain.AboutFilter // one of the forums is about this
	Awaits  *ReferralParty     // only those that wait for a word of this one; nil: all
}

// ReferralParty is who says a word on referrals: the receiving forum's chair or
// secretary on open ones, the sender's secretary on those that were refused or
// are not answered in time.
type ReferralParty struct {
	Post   domain.PostID    // that may chair a receiving forum
	Forums []domain.ForumID // whose secretary it is
}

// Overdue reports whether a referral waits for its answer after its time.
func (r Referral) Overdue(day domain.Date) bool {
	return r.State == Waiting && r.DueOn.Before(day)
}

// DaysOver is how many days a referral waits beyond its time; 0: none.
func (r Referral) DaysOver(day domain.Date) int {
	if !r.Overdue(day) {
		return 0
	}
	return r.DueOn.DaysUntil(day)
}

// refer makes the referral of an outcome.
func refer(id domain.ReferralID, from domain.ForumID, o Outcome, now time.Time) (Referral, error) {
	if o.ToForumID == from {
		return Referral{}, domain.InvalidField("/toForumId", "same_forum")
	}
	return Referral{ID: id, OutcomeID: o.ID, FromForumID: from, ToForumID: o.ToForumID, State: Prepared, CreatedAt: now, Version: 1}, nil
}

func (r Referral) in(code string, state ReferralState) error {
	if r.State == state {
		return nil
	}
	return domain.Conflict(code, string(r.State), "the referral is "+string(r.State))
}

// waiting is nil of a referral that has been sent and is not answered; else the
// code tells what became of it.
func (r Referral) waiting() error {
	switch r.State {
	case Withdrawn:
		return r.in("referral_withdrawn", Waiting)
	case Prepared:
		return r.in("referral_not_sent", Waiting)
	default:
		return r.in("referral_answered", Waiting)
	}
}

// Send starts the clock of a prepared referral: the receiving forum sees it and
// has some days to answer.
func (r *Referral) Send(days int, now time.Time) {
	r.State, r.SentAt, r.DueOn = Waiting, &now, domain.DateOf(now).AddDays(days)
}

// Answer accepts or refuses an open referral for the receiving forum. A refusal
// needs its reason.
func (r *Referral) answer(accept bool, post domain.PostID, words domain.Text, now time.Time) error {
	if err := r.waiting(); err != nil {
		return err
	}
	var v domain.Violations
	words = words.Trim()
	words.Check(&v, "/reason", !accept, maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	r.State = Refused
	if accept {
		r.State = Accepted
	}
	r.AnsweredAt, r.AnsweredPostID, r.Answer = &now, post, words
	return nil
}

// Accept takes the matter over.
func (r *Referral) Accept(post domain.PostID, words domain.Text, now time.Time) error {
	return r.answer(true, post, words, now)
}

// Refuse sends the matter back with a reason.
func (r *Referral) Refuse(post domain.PostID, reason domain.Text, now time.Time) error {
	return r.answer(false, post, reason, now)
}

// Land puts an accepted referral that is in the list of matters on an agenda.
func (r *Referral) Land(item domain.AgendaItemID) error {
	if err := r.in("referral_not_accepted", Accepted); err != nil {
		return err
	}
	if !r.ItemID.IsZero() {
		return domain.Conflict("referral_on_agenda", string(r.State), "it is on an agenda already")
	}
	r.ItemID = item
	return nil
}

// Withdraw takes back a referral that was not answered because its outcome says
// something else now. What was sent is withdrawn by WithdrawSent where the
// outcome stands.
func (r *Referral) Withdraw() error {
	if r.State != Prepared && r.State != Waiting {
		return r.in("referral_answered", Waiting)
	}
	r.State = Withdrawn
	return nil
}

// WithdrawSent takes back a referral that waits for its answer and says why: to
// the forum that was to answer, and as the ending of the sender's outcome. The
// clock ends with it.
func (r *Referral) WithdrawSent(reason domain.Text, now time.Time) error {
	if err := r.waiting(); err != nil {
		return err
	}
	var v domain.Violations
	reason = reason.Trim()
	reason.Check(&v, "/reason", true, maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	r.State, r.SettledAt, r.Settled = Withdrawn, &now, reason
	return nil
}

// withdrawn is nil of a referral that was withdrawn, with a reason, after it had
// been sent.
func (r Referral) withdrawn() error {
	if r.State == Withdrawn && r.SettledAt != nil {
		return nil
	}
	return domain.Conflict("referral_not_withdrawn", string(r.State), "it has not been withdrawn, or that was taken back")
}

// CorrectWithdrawal says in other words why a referral was withdrawn. When it was
// stays.
func (r *Referral) CorrectWithdrawal(e *EndingEdit) error {
	if err := r.withdrawn(); err != nil {
		return err
	}
	if err := e.check(r.Settled); err != nil {
		return err
	}
	r.Settled = e.Ending
	return nil
}

// RetractWithdrawal takes a withdrawal back: the referral, of an outcome of the
// item, waits for its answer again. The days during which nobody could answer it
// are added to its time.
func (r *Referral) RetractWithdrawal(i AgendaItem, o Outcome, reason *string, now time.Time) error {
	if err := r.withdrawn(); err != nil {
		return err
	}
	if !i.retractable(o, *r) {
		return domain.Conflict("ending_followed", string(r.State), "something has followed from it since")
	}
	var v domain.Violations
	checkReason(&v, reason)
	if err := v.Err(); err != nil {
		return err
	}
	away := domain.DateOf(*r.SettledAt).DaysUntil(domain.DateOf(now))
	r.State, r.SettledAt, r.Settled, r.DueOn = Waiting, nil, domain.Text{}, r.DueOn.AddDays(away)
	return nil
}

// Settle ends a refused referral: the sender says why nothing follows.
func (r *Referral) Settle(reason domain.Text, now time.Time) error {
	if err := r.in("referral_not_refused", Refused); err != nil {
		return err
	}
	if r.SettledAt != nil {
		return domain.Conflict("referral_settled", string(r.State), "it has been settled already")
	}
	var v domain.Violations
	reason = reason.Trim()
	reason.Check(&v, "/reason", true, maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	r.SettledAt, r.Settled = &now, reason
	return nil
}

// Resource is what answering is asked for: the receiving forum and its chairs.
func (r Referral) Resource() domain.Resource {
	return domain.Resource{ForumID: r.ToForumID, Posts: r.ToChairs}
}

// Permissions lists what the actor may do with a referral in its present state.
func (r ReferralView) Permissions(actor domain.Actor) []domain.Permission {
	out := []domain.Permission{}
	if r.State == Waiting || r.State == Accepted && r.ItemID.IsZero() {
		out = append(out, actor.Allowed(r.Resource(), domain.ReferralAnswer)...)
	}
	if r.SenderOpen {
		out = append(out, actor.Allowed(sender(r.Referral), domain.ReferralSettle)...)
	}
	if r.State == Waiting {
		out = append(out, actor.Allowed(sender(r.Referral), domain.ReferralWithdraw)...)
	}
	if r.withdrawn() == nil { // that it may be taken back, the outcome tells
		out = append(out, actor.Allowed(sender(r.Referral), domain.EndingCorrect)...)
	}
	return out
}
