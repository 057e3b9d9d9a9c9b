package meeting

import (
	"time"

	"yhdyspinta/domain"
)

// Filter narrows a list of meetings. Different fields are AND.
type Filter struct {
	Forum  domain.AnyOf[domain.ForumID]
	Status domain.AnyOf[Status]
	From   domain.Date // starts on this day in Helsinki or later
	To     domain.Date // starts on this day or earlier
}

// OutcomeFilter narrows a list of outcomes. Different fields are AND.
type OutcomeFilter struct {
	Forum   domain.AnyOf[domain.ForumID]
	Meeting domain.AnyOf[domain.MeetingID]
	Type    domain.AnyOf[OutcomeType]
	From    domain.Date // of a meeting on this day or later
	To      domain.Date // of a meeting on this day or earlier
}

// OutcomeView is an outcome with the item and the meeting that it came from.
type OutcomeView struct {
	Outcome
	Open    bool // it lacks its ending, see AgendaItem.Open
	Over    bool // its item was carried over, AgendaItem.CarriedOn
	Item    ItemRef
	Meeting Meeting // without participants and approvals
}

// Agenda is the outcome's item as far as its permissions depend on it: with this
// outcome alone, and carried on if that is why the outcome is not open.
func (v OutcomeView) Agenda() AgendaItem {
	ends := v.Type == Decision || v.Type == Assignment || v.Type == Referred && len(v.Referrals) > 0
	return AgendaItem{Outcomes: []Outcome{v.Outcome}, CarriedOn: v.Over || ends && !v.Open}
}

// ItemRef names an agenda item.
type ItemRef struct {
	ID       domain.AgendaItemID
	AgendaNo int
	SubNo    int // 0: no sub-item
	Section  int // 0: none
	Title    domain.Text
}

// Store keeps meetings with all that belongs to them. Its reads start from the
// scope: what the scope does not cover does not exist.
type Store interface {
	// Get returns a meeting whose header the scope covers, or NotFound;
	// participants and approvals only if it covers the papers too.
	Get(scope domain.Scope, id domain.MeetingID) (Meeting, error)
	// Head is Get without references, principals, participants and approvals.
	Head(scope domain.Scope, id domain.MeetingID) (Meeting, error)
	// List returns one page of such meetings, sorted by startsAt (the default) or
	// updatedAt, with a fixed number of queries.
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[Meeting], error)
	// SeePapers returns the forum of a meeting whose papers the scope covers, or
	// NotFound.
	SeePapers(scope domain.Scope, id domain.MeetingID) (domain.ForumID, error)
	// Places returns the ids, positions and numbers of a meeting's items, in their
	// order, whoever may see them.
	Places(id domain.MeetingID) ([]AgendaItem, error)
	// SeeForum is NotFound unless the scope covers the forum.
	SeeForum(scope domain.Scope, id domain.ForumID) error
	// ForumsNamed returns the forums that the scope covers whose key or title, in
	// any language and letter case, is name; at most two.
	ForumsNamed(scope domain.Scope, name string) ([]domain.ForumID, error)
	// MemberNames returns by what words the forum's members of a day may be named.
	MemberNames(forum domain.ForumID, day domain.Date) ([]MemberNames, error)
	// LockForum makes other writers of the forum's numbers wait until this
	// transaction ends.
	LockForum(id domain.ForumID) error
	// NextNumber returns the number of the forum's next meeting in a year. Call
	// LockForum first.
	NextNumber(forum domain.ForumID, year int) (int, error)
	// NumberTaken reports whether the forum has a meeting with this number.
	NumberTaken(forum domain.ForumID, year, number int) (bool, error)
	// Principals returns the principal parties in their order.
	Principals() ([]domain.PartyID, error)
	// NextSection returns the next § of the forum's papers in a year. Call
	// LockForum first.
	NextSection(forum domain.ForumID, year int) (int, error)
	// SectionTaken reports whether another item of the forum's papers in the
	// meeting's year has a §.
	SectionTaken(m Meeting, item domain.AgendaItemID, section int) (bool, error)
	// Members returns the members of a forum on a day as participants: principal
	// parties first, chair and secretary before the others.
	Members(forum domain.ForumID, day domain.Date) ([]Participant, error)
	// Lock makes other writers of the meeting wait until this transaction ends.
	Lock(id domain.MeetingID) error
	// Insert adds a meeting with its references.
	Insert(m Meeting) error
	// Update replaces the meeting with its references if its version is still
	// m.Version, and returns it with the next version; domain.Stale if not.
	Update(m Meeting) (Meeting, error)
	// InsertParticipants adds participants.
	InsertParticipants(ps []Participant) error
	// UpdateParticipant replaces what can be said of a participant if the version
	// is still p.Version; domain.Stale if not.
	UpdateParticipant(p Participant) (Participant, error)
	// DeleteParticipant deletes a participant if its version is still p.Version,
	// domain.Stale if not; history keeps it.
	DeleteParticipant(p Participant) error
	// SaveNamed replaces who is named to approve a meeting's paper.
	SaveNamed(id domain.MeetingID, named []Named) error
	// InsertApproval adds an approval.
	InsertApproval(a Approval) error
	// DeleteApprovals takes back the approvals of a meeting; history keeps them.
	DeleteApprovals(id domain.MeetingID) error

	// Items returns the agenda of a meeting in its order, with outcomes and their
	// actions, with a fixed number of queries; nothing unless the scope covers the
	// papers. An item that it does not cover is Hidden.
	Items(scope domain.Scope, id domain.MeetingID) ([]AgendaItem, error)
	// Agenda is Items of what the scope covers, with nothing but what a call tells of
	// each: without what is written while it is handled, without outcomes, references
	// and transfers.
	Agenda(scope domain.Scope, id domain.MeetingID) ([]AgendaItem, error)
	// Item returns one item that the scope covers with its outcomes, or NotFound.
	Item(scope domain.Scope, id domain.AgendaItemID) (AgendaItem, error)
	// InsertItem adds an item with its references; the agenda is numbered anew.
	InsertItem(i AgendaItem) error
	// UpdateItem replaces an item with its references if its version is still
	// i.Version; domain.Stale if not.
	UpdateItem(i AgendaItem) (AgendaItem, error)
	// DeleteItem deletes an item with its references if its version is still
	// i.Version, domain.Stale if not, and numbers the rest of the agenda anew;
	// history keeps it.
	DeleteItem(i AgendaItem) error
	// Move gives items of a meeting their positions and what they are under, and
	// all its items the numbers of their order, without making new versions.
	Move(m domain.MeetingID, items []AgendaItem) error
	// Renumber gives the items of meetings the numbers of their order.
	Renumber(ms ...domain.MeetingID) error
	// Rehome puts an item on the agenda of another meeting. Call Renumber then.
	Rehome(i AgendaItem) error
	// InsertTransfer adds the trace of an item that went elsewhere.
	InsertTransfer(t Transfer) error
	// Traces returns what left a meeting's agenda by a move, in the order in which
	// it stood there; nothing unless the scope covers the papers. Of one that the
	// scope does not cover only numbers and ground are told.
	Traces(scope domain.Scope, id domain.MeetingID) ([]Transfer, error)

	// Case returns the handlings of a case that the scope covers, in the order of
	// time, at most 200.
	Case(scope domain.Scope, seed CaseSeed) ([]Handling, error)
	// Called returns a called meeting's agenda as it was at its call, with all that
	// is hidden, of each as much as Agenda.
	Called(m Meeting) ([]AgendaItem, error)
	// ChangedLast tells which of the items were changed after the meeting was called
	// in what the call told, and by whom last.
	ChangedLast(m Meeting, ids []domain.AgendaItemID) (map[domain.AgendaItemID]ItemTouch, error)
	// NamePosts gives the posts of changes their titles.
	NamePosts(changes []AgendaChange) error

	// Attachment returns an attachment of an item that the scope covers, with its
	// files, or NotFound.
	Attachment(scope domain.Scope, id domain.AttachmentID) (Attachment, error)
	// InsertAttachment adds an attachment without its files.
	InsertAttachment(a Attachment) error
	// UpdateAttachment replaces an attachment if its version is still a.Version;
	// domain.Stale if not.
	UpdateAttachment(a Attachment) (Attachment, error)
	// InsertFile adds a file to an attachment.
	InsertFile(a domain.AttachmentID, f File) error

	// DissentItem returns the item of a dissent that the scope covers, with all
	// its outcomes, or NotFound.
	DissentItem(scope domain.Scope, id domain.DissentID) (AgendaItem, error)
	// InsertDissent adds a dissent.
	InsertDissent(d Dissent) error
	// UpdateDissent replaces a dissent if its version is still d.Version;
	// domain.Stale if not.
	UpdateDissent(d Dissent) (Dissent, error)
	// PartyOf returns the party of a post, or NotFound.
	PartyOf(id domain.PostID) (domain.PartyID, error)

	// Referral returns a referral that the scope covers, or NotFound: with the
	// papers that it stands in, or as one of the receiving forum once it is sent.
	Referral(scope domain.Scope, id domain.ReferralID) (ReferralView, error)
	// Referrals returns one page of such referrals, sorted by sentAt or dueOn;
	// -sentAt is the default. Prepared ones come first there.
	Referrals(scope domain.Scope, f ReferralFilter, p domain.PageRequest) (domain.Page[ReferralView], error)
	// InsertReferral adds a referral.
	InsertReferral(r Referral) error
	// UpdateReferral replaces a referral if its version is still r.Version;
	// domain.Stale if not.
	UpdateReferral(r Referral) (Referral, error)
	// ReferralDays is within how many days a forum answers.
	ReferralDays(id domain.ForumID) (int, error)

	// Outcome returns the item of an outcome that the scope covers, with all its
	// outcomes, or NotFound.
	Outcome(scope domain.Scope, id domain.OutcomeID) (AgendaItem, error)
	// Outcomes returns one page of the outcomes that the scope covers, sorted by
	// meeting (its start), item (its place on the agenda) or no; -meeting,item,no
	// is the default.
	Outcomes(scope domain.Scope, f OutcomeFilter, p domain.PageRequest) (domain.Page[OutcomeView], error)
	// InsertOutcome adds an outcome.
	InsertOutcome(o Outcome) error
	// UpdateOutcome replaces an outcome if its version is still o.Version;
	// domain.Stale if not.
	UpdateOutcome(o Outcome) (Outcome, error)
}

// FollowUps makes the actions that follow from outcomes.
type FollowUps interface {
	// Create adds an action with the next number, its lead, goals and the outcome
	// that it came from. It refuses what an action could not say either.
	Create(id domain.ActionID, f FollowUp, now time.Time) (ChangedAction, error)
	// Reveal makes public the actions from public items of the meeting that were
	// internal for UnpublishedGround.
	Reveal(id domain.MeetingID, now time.Time) ([]ChangedAction, error)
}

// ChangedAction is an action as the log needs it.
type ChangedAction struct {
	ID      domain.ActionID
	Version int
	Changes []domain.Change
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Meetings  Store
	Papers    PaperStore
	FollowUps FollowUps
	Book      domain.ResponsibilityBook
	Desk      Desk
	Notices   Notices
}
