package decisionfeed

import (
	"context"
	"time"

	"yhdyspinta/domain"
)

// Filter narrows a list of feeds. Different fields are AND.
type Filter struct {
	Party domain.AnyOf[domain.PartyID]
}

// Store keeps feeds, what they told, and what forums look for and did with it.
type Store interface {
	// Feed returns a feed of a party whose access the scope covers, or NotFound.
	Feed(scope domain.Scope, id domain.DecisionFeedID) (Feed, error)
	// Feeds returns one page of such feeds, sorted by createdAt (the default) or
	// url.
	Feeds(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[Feed], error)
	// CountFeeds returns how many feeds a party has.
	CountFeeds(party domain.PartyID) (int, error)
	// InsertFeed adds a feed.
	InsertFeed(f Feed) error
	// UpdateFeed replaces a feed if its version is still f.Version; domain.Stale if
	// not.
	UpdateFeed(f Feed) (Feed, error)
	// Due lists the feeds to read now, those that have waited longest first.
	Due(now time.Time, limit int) ([]domain.DecisionFeedID, error)

	// SaveFetch notes how the reading of a feed went.
	SaveFetch(id domain.DecisionFeedID, f Fetch) error
	// SaveEntries adds entries that a feed has at an instant, and returns how many
	// are new to the party; of others it replaces what they say.
	SaveEntries(es []Entry, seen time.Time) (fresh int, err error)
	// StillThere notes that a feed has at an instant what it had when it was read
	// before.
	StillThere(id domain.DecisionFeedID, before, seen time.Time) error
	// Trim deletes all but the keep entries that a feed had last.
	Trim(id domain.DecisionFeedID, keep int) (int, error)
	// Sweep deletes the entries that their feed had last before an instant.
	Sweep(before time.Time) (int, error)

	// SeeForum is NotFound unless the scope covers the forum.
	SeeForum(scope domain.Scope, id domain.ForumID) error
	// LockForum makes other writers of the forum's list wait until this transaction
	// ends.
	LockForum(id domain.ForumID) error
	// WatchList returns the forum's list; NoWords if it has none.
	WatchList(forum domain.ForumID) (WatchList, error)
	// SaveWatchList writes the list if its version is still w.Version, and returns
	// it with the next version; domain.Stale if not.
	SaveWatchList(w WatchList) (WatchList, error)
	// CaseNumbers lists the registry numbers that agenda items of the forum name, at
	// most limit: those of the latest meetings.
	CaseNumbers(forum domain.ForumID, limit int) ([]CaseNumber, error)
	// Offers returns one page of the entries that are wanted and that the forum has
	// not settled, sorted by -publishedAt (the default) or publishedAt; those
	// without a day of publication by the day on which they were found.
	Offers(forum domain.ForumID, w Wanted, p domain.PageRequest) (domain.Page[Offer], error)
	// Offer returns one of them, or NotFound.
	Offer(forum domain.ForumID, w Wanted, id domain.DecisionEntryID) (Offer, error)
	// InsertSettlement adds what became of an offer: a Conflict if it was settled
	// meanwhile.
	InsertSettlement(s Settlement) error
}

// Agenda is what taking an offer needs of the meetings, in the same transaction.
type Agenda interface {
	// AddLink puts a link on an agenda item of the forum, with its entry in the
	// log, under the rules of the item's change. An item that the actor does not
	// see, or of another forum, is invalid at /agendaItemId.
	AddLink(log *domain.AuditLog, actor domain.Actor, forum domain.ForumID, item domain.AgendaItemID, title domain.Text, address string) error
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Feeds  Store
	Agenda Agenda
}

// Request asks for a feed, if it has changed since.
type Request struct {
	URL          string
	ETag         string // of the last reading, "" for none
	LastModified string
}

// Answer is what a feed told.
type Answer struct {
	NotModified  bool // since the last reading; nothing else is told then
	ETag         string
	LastModified string
	Items        []Item
}

// Source reads feeds from the world outside.
type Source interface {
	// Read returns what the feed tells, or a *Failure.
	Read(ctx context.Context, r Request) (Answer, error)
}
