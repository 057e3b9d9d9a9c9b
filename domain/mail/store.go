package mail

import (
	"context"
	"time"

	"yhdyspinta/domain"
)

// Notice is a row of the outbox.
type Notice struct {
	ID        domain.AnyID
	Kind      Kind
	MeetingID domain.MeetingID // zero: of somebody's access
	EntryID   int64            // of the log, of somebody's access; else 0
	PostID    domain.PostID    // of whom it concerns alone; zero: all whom the meeting concerns
	Version   int              // of the meeting when it happened
}

// Recipient is a person whom a notice concerns, by the post that it concerns
// them for.
type Recipient struct {
	PersonID domain.PersonID
	PartyID  domain.PartyID
	PostID   domain.PostID
	Because  Because // of somebody's access; else ""
}

// Person is to whom a mail goes, as they are today.
type Person struct {
	Email    string
	Language domain.Lang // the chosen one, else Finnish
	Posts    []Standing  // those that the mail concerns and the person has today, own ones first
	Told     Told
	Takes    bool // the meeting concerns a post that the person has today
}

// Told is what earlier mails have told a person of a meeting's date: those that
// the server took, and those that it may have taken.
type Told struct {
	Sequence int  // the highest of a calendar entry; 0: none
	Called   bool // the last one calls them, or tells where and when they are called
}

// Standing is the person in one post.
type Standing struct {
	Actor      domain.Actor
	Title      domain.Text
	Deputy     bool
	Substitute bool // the post takes a participant's place
}

// Meeting is what is told of a meeting, as one person may see it.
type Meeting struct {
	ID        domain.MeetingID
	Forum     domain.Text
	Number    int
	Year      int
	Title     domain.Text
	Place     domain.Text
	StartsAt  time.Time
	EndsAt    time.Time
	Status    string      // as domain/meeting has it
	Reason    domain.Text // why it was cancelled
	Minutes   bool        // its paper is minutes, not a memo
	Papers    bool        // the person may see the papers
	Version   int
	UpdatedAt time.Time
	Items     []AgendaLine
	Approvers []domain.PostID // whose approval the paper waits for
}

// AgendaLine is a line of the agenda.
type AgendaLine struct {
	No      int // 0: a heading
	Sub     int // of a sub-item its place under the item; else 0
	Title   domain.Text
	Minutes int  // reserved; 0: not said
	Hidden  bool // the person may not see it
}

// Filter narrows the sent log. Different fields are AND.
type Filter struct {
	State   domain.AnyOf[State]
	Kind    domain.AnyOf[Kind]
	Party   domain.AnyOf[domain.PartyID]
	Meeting domain.AnyOf[domain.MeetingID]
}

// View is a mail as the sent log shows it.
type View struct {
	Mail
	PersonName string
	PostTitle  domain.Text
	PostParty  domain.PartyID
	Forum      domain.Text
	Number     int // of the meeting
	Year       int
}

// Store keeps the outbox and the mails.
type Store interface {
	// Notices takes the oldest rows of the outbox, at most limit, and keeps others
	// from them until the transaction ends; rows that others have are left out, and so
	// are those of a kind that is none of Notices: a newer version wrote them.
	Notices(limit int) ([]Notice, error)
	// Recipients lists who holds or deputises today a post that a notice concerns,
	// each person once, for an own post before one deputised. The call of a
	// substitute concerns that post alone, while it takes a participant's place, and
	// nobody who has been called to the meeting already; that it or a member is
	// released, who has been called and whom the meeting does not concern any more. What
	// happened to somebody's access concerns them, or of a role of a post whoever holds or
	// deputises it, but not who did it, unless it is a token.
	Recipients(n Notice) ([]Recipient, error)
	// Insert adds mails; one that the outbox row has made for the person already is
	// left out.
	Insert(n Notice, mails []Mail) error
	// Done deletes a row of the outbox.
	Done(n Notice) error
	// Due lists the mails of known kinds that wait to be sent now or were being sent,
	// the oldest first, at most limit.
	Due(now time.Time, limit int) ([]domain.MailID, error)
	// Lock returns a mail and keeps others from it until the transaction ends, or
	// NotFound.
	Lock(id domain.MailID) (Mail, error)
	// Find is Lock for a reader.
	Find(id domain.MailID) (Mail, error)
	// Update saves a mail.
	Update(m Mail) error
	// Person tells whom a mail goes to today; without Posts nobody. That
	// somebody is released concerns the post that the mail was made for.
	Person(m Mail) (Person, error)
	// Access tells what a mail of somebody's access tells of, and whether it is still there.
	Access(m Mail) (Access, bool, error)
	// Meeting returns a meeting as the scope may see it, or NotFound.
	Meeting(scope domain.Scope, id domain.MeetingID) (Meeting, error)
	// Empty removes the text of mails that were settled before an instant.
	Empty(before time.Time) (int, error)
	// List returns one page of the log, of the parties whose people the scope may
	// see, the newest first.
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[View], error)
	// Get returns a mail of the log with its text, or NotFound.
	Get(scope domain.Scope, id domain.MailID) (View, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Mails     Store
	Digests   DigestStore
	Templates TemplateStore
}

// Letter is a mail as the server gets it.
type Letter struct {
	MessageID string
	To        string
	Subject   string
	Body      string
	HTML      string // says the same
	Language  domain.Lang
	Event     *Event // nil: no calendar entry
	StopURL   string // where one request switches such mails off; "" for none
	Date      time.Time
}

// Sender hands letters to a mail server.
type Sender interface {
	// Send returns nil once the server has taken the letter, else a *Refusal.
	Send(ctx context.Context, l Letter) error
}
