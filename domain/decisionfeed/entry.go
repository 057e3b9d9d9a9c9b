package decisionfeed

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"yhdyspinta/domain"
)

// Item is what a feed tells of one thing, as plain text.
type Item struct {
	GUID        string
	Title       string
	Text        string
	Link        string
	PublishedAt time.Time // zero: the feed does not say
}

// Entry is what is kept of an item.
type Entry struct {
	ID          domain.DecisionEntryID
	FeedID      domain.DecisionFeedID
	PartyID     domain.PartyID
	Language    domain.Lang
	GUID        string
	Title       string
	Text        string
	Link        string
	Folded      string   // title and text, to look for words in
	Mentions    []string // what in title and text may be a registry number, folded
	PublishedAt time.Time
	FoundAt     time.Time
}

const (
	// Kept is how long an entry is kept after its feed had it last.
	Kept = 90 * 24 * time.Hour
	// MaxEntries is how many entries of a feed are kept.
	MaxEntries = 2000
	// MaxItems is how many items of one reading are looked at: the first ones.
	MaxItems = 200

	maxTitle    = 300 // as of a link on an agenda item
	maxText     = 2000
	maxGUID     = 1000
	maxMentions = 300
	maxNumber   = 100
	numberWords = 3 // a registry number can be written with spaces: HEL 2022-008675
)

// NewEntry makes an entry of an item, or reports false if the item has no
// identity, title or link that the service shows.
func NewEntry(id domain.DecisionEntryID, f Feed, i Item, now time.Time) (Entry, bool) {
	i.Title, i.Text, i.Link, i.GUID = cut(spaced(i.Title), maxTitle), cut(spaced(i.Text), maxText), strings.TrimSpace(i.Link), spaced(i.GUID)
	if i.GUID == "" {
		i.GUID = i.Link
	}
	var v domain.Violations
	domain.CheckWebAddress(&v, "/link", i.Link)
	if i.Title == "" || i.Link == "" || i.GUID == "" || len(i.GUID) > maxGUID || v.Err() != nil {
		return Entry{}, false
	}
	if y := i.PublishedAt.Year(); y < domain.FirstYear || y > now.Year()+1 { // a slip of the feed
		i.PublishedAt = time.Time{}
	}
	said := i.Title + " " + i.Text
	return Entry{ID: id, FeedID: f.ID, PartyID: f.PartyID, Language: f.Language, GUID: i.GUID, Title: i.Title, Text: i.Text, Link: i.Link,
		Folded: fold(said), Mentions: mentions(said), PublishedAt: i.PublishedAt, FoundAt: now}, true
}

// spaced is a text on one line, without what cannot be shown: nor can a database
// keep all of that.
func spaced(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

func cut(s string, max int) string {
	r := []rune(s)
	if len(r) <= max {
		return s
	}
	return strings.TrimSpace(string(r[:max-1])) + "…"
}

// fold is a text in the form in which texts are compared.
func fold(s string) string { return strings.ToLower(spaced(s)) }

// mentions lists what may be a registry number: up to three words in a row, of
// which one has a digit, without the punctuation around them.
func mentions(s string) []string {
	words := strings.Fields(fold(s))
	out := []string{}
	for i := range words {
		for n := 1; n <= numberWords && i+n <= len(words); n++ {
			m := strings.TrimFunc(strings.Join(words[i:i+n], " "), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if len(m) > 2 && len(m) <= maxNumber && strings.ContainsFunc(m, unicode.IsDigit) && !slices.Contains(out, m) {
				out = append(out, m)
			}
			if len(out) == maxMentions {
				return out
			}
		}
	}
	return out
}
