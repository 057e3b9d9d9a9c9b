package decisionfeed

import (
	"net/url"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Feed is an address from which a party's decision service tells what is new.
type Feed struct {
	ID        domain.DecisionFeedID `audit:"ignore"`
	PartyID   domain.PartyID        `audit:"track"`
	URL       string                `audit:"track"`
	Language  domain.Lang           `audit:"track"` // of its entries, Finnish or Swedish
	Active    bool                  `audit:"track"` // it is read
	Version   int                   `audit:"ignore"`
	CreatedAt time.Time             `audit:"ignore"`
	UpdatedAt time.Time             `audit:"ignore"`
	Fetch     Fetch                 `audit:"ignore"` // filled by storage
	Entries   int                   `audit:"ignore"` // kept of it; filled by storage
}

// Edit is what can be said of a feed.
type Edit struct {
	URL      string
	Language domain.Lang
	Active   bool
}

// MaxFeeds is how many feeds a party can have.
const MaxFeeds = 20

// New makes a feed of a party, or says what is wrong with the edit.
func New(id domain.DecisionFeedID, party domain.PartyID, e Edit, now time.Time) (Feed, error) {
	f := Feed{ID: id, PartyID: party, Version: 1, CreatedAt: now}
	return f, f.Change(e, now)
}

// Change replaces what can be said of the feed.
func (f *Feed) Change(e Edit, now time.Time) error {
	e.URL = strings.TrimSpace(e.URL)
	var v domain.Violations
	v.Require(e.URL != "", "/url")
	domain.CheckWebAddress(&v, "/url", e.URL)
	if v.Err() == nil {
		if u, err := url.Parse(e.URL); err == nil && u.Scheme != "https" {
			v.Add("/url", "https_required")
		}
	}
	if e.Language != domain.Finnish && e.Language != domain.Swedish {
		v.Add("/language", "not_allowed")
	}
	if err := v.Err(); err != nil {
		return err
	}
	f.URL, f.Language, f.Active, f.UpdatedAt = e.URL, e.Language, e.Active, now
	return nil
}

// Resource is what permissions on the feed are asked for.
func (f Feed) Resource() domain.Resource {
	return domain.Resource{Parties: []domain.PartyID{f.PartyID}}
}

// Permissions lists what the actor may do with the feed.
func (f Feed) Permissions(a domain.Actor) []domain.Permission {
	return a.Allowed(f.Resource(), domain.DecisionFeedEdit)
}

// FailureCode is why a feed could not be read.
type FailureCode string

// The failures.
const (
	FailureUnreachable FailureCode = "unreachable"
	FailureTimeout     FailureCode = "timeout"   // too slow
	FailureAddress     FailureCode = "address"   // leads to an address that is not of the public Internet
	FailureRedirect    FailureCode = "redirect"  // too many, or to something else than https
	FailureStatus      FailureCode = "status"    // the service answered with an error
	FailureTooLarge    FailureCode = "too_large" // more than is read
	FailureNotAFeed    FailureCode = "not_a_feed"
	FailureNotKept     FailureCode = "not_kept" // it was read, but not stored
)

// Failure is why a feed could not be read.
type Failure struct {
	Code   FailureCode
	Status int   // of HTTP, with FailureStatus
	Err    error // for the log
}

func (f *Failure) Error() string { return string(f.Code) + ": " + f.Err.Error() }

// Unwrap gives the cause.
func (f *Failure) Unwrap() error { return f.Err }

// Fetch is how the last reading of a feed went. The zero value is that of a feed
// that has not been read yet.
type Fetch struct {
	URL          string // that was read
	ETag         string
	LastModified string
	Failure      FailureCode // "" if it was read
	HTTPStatus   int
	Failures     int // one after another
	TriedAt      time.Time
	ReadAt       time.Time // when it was last read, or found unchanged; zero: never
	NextAt       time.Time
}

const (
	// Every is the time from one reading of a feed to the next.
	Every = time.Hour
	// longestPause is the time between readings of a feed that keeps failing.
	longestPause = 24 * time.Hour
)

// Request asks for what is new in the feed since the last reading.
func (f Feed) Request() Request {
	r := Request{URL: f.URL}
	if f.Fetch.URL == f.URL {
		r.ETag, r.LastModified = f.Fetch.ETag, f.Fetch.LastModified
	}
	return r
}

// Due reports whether the feed is to be read.
func (f Feed) Due(now time.Time) bool {
	return f.Active && (f.Fetch.URL != f.URL || !f.Fetch.NextAt.After(now))
}

// Read notes that the feed of an address was read, or found unchanged.
func (f *Fetch) Read(address string, a Answer, now time.Time) {
	if !a.NotModified || a.ETag != "" {
		f.ETag = a.ETag
	}
	if !a.NotModified || a.LastModified != "" {
		f.LastModified = a.LastModified
	}
	f.URL, f.Failure, f.HTTPStatus, f.Failures = address, "", 0, 0
	f.TriedAt, f.ReadAt, f.NextAt = now, now, now.Add(Every)
}

// Fail notes that the feed of an address could not be read: the pauses double
// up to a day.
func (f *Fetch) Fail(address string, why *Failure, now time.Time) {
	if f.URL != address {
		*f = Fetch{URL: address, ReadAt: f.ReadAt}
	}
	f.Failure, f.HTTPStatus = why.Code, why.Status
	f.Failures++
	f.TriedAt, f.NextAt = now, now.Add(min(Every<<min(f.Failures-1, 10), longestPause))
}
