package mail

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Kind is what a mail tells.
type Kind string

// The kinds of mail.
const (
	MeetingCalled    Kind = "meeting_called"
	MeetingChanged   Kind = "meeting_changed"
	MeetingCancelled Kind = "meeting_cancelled"
	ApprovalAsked    Kind = "approval_asked"
	MeetingPublished Kind = "meeting_published"
	// SubstituteReleased goes to who was called to take a participant's place and
	// is not asked any more.
	SubstituteReleased Kind = "substitute_released"
	// MemberReleased goes to who was called for a post that takes part no more: its
	// membership of the forum has ended.
	MemberReleased Kind = "member_released"
	// Digest is the daily mail of what waits for a person.
	Digest Kind = "digest"
)

// SubstituteCalled is a notice that makes a mail of the kind MeetingCalled: to
// who takes a participant's place, if that person has not been called already.
const SubstituteCalled Kind = "substitute_called"

// Notices to one post: MemberCalled makes a mail of the kind MeetingCalled, to who
// takes part since the others were called, and ApproverNamed one of the kind
// ApprovalAsked, to whose approval is asked since the meeting was closed.
const (
	MemberCalled  Kind = "member_called"
	ApproverNamed Kind = "approver_named"
)

// Mail is the kind of mail that a notice makes.
func (k Kind) Mail() Kind {
	switch k {
	case SubstituteCalled, MemberCalled:
		return MeetingCalled
	case ApproverNamed:
		return ApprovalAsked
	}
	return k
}

// Kinds lists the kinds of mail.
var Kinds = []Kind{MeetingCalled, MeetingChanged, MeetingCancelled, ApprovalAsked, MeetingPublished, SubstituteReleased, MemberReleased, Digest, TokenMade, AccessGiven, AccessTaken}

// Notices lists the kinds of notice that this version of the product makes mails of.
var Notices = append(slices.Clone(Kinds), SubstituteCalled, MemberCalled, ApproverNamed)

// Known reports whether this version of the product knows mails of the kind. While a newer
// one is being put in its place there may be others, which it leaves to that.
func (k Kind) Known() bool { return slices.Contains(Kinds, k) }

// Releases reports whether mails of the kind tell that somebody need not come any
// more to a meeting that is held.
func (k Kind) Releases() bool { return k == SubstituteReleased || k == MemberReleased }

// State is how far a mail has come.
type State string

// The states. All but the first two are final.
const (
	Queued        State = "queued"         // to be sent at NextTryAt
	Sending       State = "sending"        // being handed to the server, or the process died doing so
	Sent          State = "sent"           // the server has taken it
	Failed        State = "failed"         // refused for good, or too often
	Withheld      State = "withheld"       // the person may not read it any more
	NotConfigured State = "not_configured" // no mail server is configured
	NoAddress     State = "no_address"     // the person has no e-mail address
	Superseded    State = "superseded"     // what it would tell is not so any more
)

// States lists them.
var States = []State{Queued, Sending, Sent, Failed, Withheld, NotConfigured, NoAddress, Superseded}

// Failures of a try.
const (
	FailureUnreachable = "unreachable" // no connection, or it was cut before the mail was taken
	FailureInDoubt     = "in_doubt"    // cut after the mail was sent and before it was answered
	FailureDeferred    = "deferred"    // the server said: later (4xx)
	FailureRefused     = "refused"     // the server said: no (5xx)
)

// Mail is one mail to one person.
type Mail struct {
	ID        domain.MailID
	Kind      Kind
	SourceID  domain.AnyID     // the row of the outbox or the digest that it was made of, gone after a while
	MeetingID domain.MeetingID // zero: of a digest, or of somebody's access
	EntryID   int64            // of the log: of somebody's access; 0: of anything else
	Topics    []Topic          // of a digest
	Reasons   []Because        // of a digest, or of somebody's access: why the person got it
	Sequence  int              // of the calendar event: rises with the meeting's version, and with each mail to the person
	PersonID  domain.PersonID
	PartyID   domain.PartyID // the person's
	PostID    domain.PostID  // that it is sent to the person for; of a digest the first of them, or zero
	State     State
	Failure   string // of the last try; "" for none
	SMTPCode  string // what the server said to it, such as "550 5.1.1"; "" for nothing
	InDoubt   bool   // it may have been sent twice, with the same Message-ID
	Attempts  int
	MessageID string // without the angle brackets
	Language  domain.Lang
	Subject   string // "" until the first try; emptied with Body and Event after Kept
	Body      string
	Event     *Event
	QueuedAt  time.Time
	NextTryAt time.Time // zero when settled
	LastTryAt time.Time
	SettledAt time.Time
}

// Event is the meeting as a calendar entry.
type Event struct {
	UID         string    `json:"uid"`
	Sequence    int       `json:"sequence"`
	Cancelled   bool      `json:"cancelled"`
	Summary     string    `json:"summary"`
	Description string    `json:"description"`
	Location    string    `json:"location"`
	URL         string    `json:"url"`
	Organizer   string    `json:"organizer"` // the forum, in words
	StartsAt    time.Time `json:"startsAt"`
	EndsAt      time.Time `json:"endsAt"`
	ChangedAt   time.Time `json:"changedAt"`
}

// Kept is how long the text of a mail is kept after it was settled. The line of
// the log stays.
const Kept = 30 * 24 * time.Hour

// delays are the pauses after each try that failed for now; after the last the
// mail has failed.
var delays = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour}

// New makes a mail that waits to be sent.
func New(id domain.MailID, n Notice, to Recipient, host string, now time.Time) Mail {
	m := Mail{ID: id, Kind: n.Kind.Mail(), MeetingID: n.MeetingID, EntryID: n.EntryID, Sequence: n.Version, PersonID: to.PersonID, PartyID: to.PartyID, PostID: to.PostID,
		State: Queued, MessageID: id.String() + "@" + host, QueuedAt: now, NextTryAt: now}
	if to.Because != "" {
		m.Reasons = []Because{to.Because}
	}
	return m
}

// Settled reports whether nothing more happens to the mail.
func (m Mail) Settled() bool { return m.State != Queued && m.State != Sending }

// Begin notes that the mail is about to be handed to the server. A mail that was
// being sent already may have arrived: the process died before it could note
// that.
func (m *Mail) Begin(now time.Time) {
	if m.State == Sending {
		m.InDoubt = true
	}
	m.State, m.LastTryAt = Sending, now
	m.Attempts++
}

// Settle ends the mail in a final state.
func (m *Mail) Settle(s State, now time.Time) {
	m.State, m.SettledAt, m.NextTryAt = s, now, time.Time{}
}

// Refusal is why a try failed.
type Refusal struct {
	Failure string // one of the failures
	Code    string // the server's, "" for none
	Err     error  // for the operator's log
}

// Error implements error.
func (r *Refusal) Error() string { return r.Failure + " " + r.Code }

// Unwrap gives the cause.
func (r *Refusal) Unwrap() error { return r.Err }

// Fail notes a try that failed: for good, or until the next one.
func (m *Mail) Fail(r *Refusal, now time.Time) {
	m.Failure, m.SMTPCode = r.Failure, r.Code
	m.InDoubt = m.InDoubt || r.Failure == FailureInDoubt
	if r.Failure == FailureRefused || m.Attempts > len(delays) {
		m.Settle(Failed, now)
		return
	}
	m.State, m.NextTryAt = Queued, now.Add(delays[m.Attempts-1])
}
