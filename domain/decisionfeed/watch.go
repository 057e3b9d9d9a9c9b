package decisionfeed

import (
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// WatchList is the words by which a forum looks for what concerns it. A forum
// that has written none has the empty list, version 1.
type WatchList struct {
	ID        domain.WatchListID `audit:"ignore"` // zero: not written yet
	ForumID   domain.ForumID     `audit:"track"`
	Words     []string           `audit:"track"`
	Version   int                `audit:"ignore"`
	CreatedAt time.Time          `audit:"ignore"`
	UpdatedAt time.Time          `audit:"ignore"`
}

// MaxWords is how many words a forum can watch.
const MaxWords = 20

const (
	minWord = 3
	maxWord = 60
)

// NoWords is the list of a forum that has written none.
func NoWords(forum domain.ForumID) WatchList { return WatchList{ForumID: forum, Version: 1} }

// Change replaces the words, or says everything that is wrong.
func (w *WatchList) Change(words []string, now time.Time) error {
	var v domain.Violations
	if len(words) > MaxWords {
		v.Add("/words", "too_many")
	}
	clean := make([]string, 0, len(words))
	for i, word := range words {
		word = spaced(word)
		switch n := len([]rune(word)); {
		case n < minWord:
			v.Add(domain.Pointer("/words", i), "too_short")
		case n > maxWord:
			v.Add(domain.Pointer("/words", i), "too_long")
		case slices.ContainsFunc(clean, func(have string) bool { return fold(have) == fold(word) }):
			continue
		}
		clean = append(clean, word)
	}
	if err := v.Err(); err != nil {
		return err
	}
	w.Words, w.UpdatedAt = clean, now
	return nil
}

// Resource is what permissions on the list are asked for.
func (w WatchList) Resource() domain.Resource { return domain.Resource{ForumID: w.ForumID} }

// Permissions lists what the actor may do with the list.
func (w WatchList) Permissions(a domain.Actor) []domain.Permission {
	return a.Allowed(w.Resource(), domain.WatchListEdit)
}

// MaxCases is how many registry numbers a forum looks for: those that its latest
// meetings name.
const MaxCases = 1000

// CaseNumber is a registry number of a party.
type CaseNumber struct {
	PartyID domain.PartyID
	No      string
}

// Wanted is what a forum looks for.
type Wanted struct {
	cases []CaseNumber
	words []string
}

// NewWanted is what a forum looks for that handles cases and watches words.
func NewWanted(cases []CaseNumber, words []string) Wanted { return Wanted{cases, words} }

// Numbers are the registry numbers by party, in the form of Entry.Mentions.
func (w Wanted) Numbers() map[domain.PartyID][]string {
	out := map[domain.PartyID][]string{}
	for _, c := range w.cases {
		if no := fold(c.No); !slices.Contains(out[c.PartyID], no) {
			out[c.PartyID] = append(out[c.PartyID], no)
		}
	}
	return out
}

// Words are the words, in the form of Entry.Folded.
func (w Wanted) Words() []string {
	out := make([]string, len(w.words))
	for i, word := range w.words {
		out[i] = fold(word)
	}
	return out
}

// Reasons are why an entry concerns a forum.
type Reasons struct {
	Cases []string // registry numbers that it mentions, as the agenda items write them
	Words []string // watched words that it holds
}

// Match tells why an entry concerns the forum. A number is mentioned as a whole;
// a word may stand inside another: Finnish joins and bends words.
func (w Wanted) Match(e Entry) Reasons {
	r := Reasons{Cases: []string{}, Words: []string{}}
	for _, c := range w.cases {
		if c.PartyID == e.PartyID && slices.Contains(e.Mentions, fold(c.No)) && !slices.Contains(r.Cases, c.No) {
			r.Cases = append(r.Cases, c.No)
		}
	}
	for _, word := range w.words {
		if strings.Contains(e.Folded, fold(word)) {
			r.Words = append(r.Words, word)
		}
	}
	return r
}

// Offer is an entry that is offered to a forum.
type Offer struct {
	Entry
	Reasons
}

// State is what became of an offer.
type State string

// The states of a settled offer.
const (
	Taken     State = "taken"     // its link stands on an agenda item
	Dismissed State = "dismissed" // the secretary does not need it
)

// Settlement is what a forum's secretary did with an offered entry. It outlives
// the entry, so that the same is not offered again.
type Settlement struct {
	ID        domain.SettlementID `audit:"ignore"`
	ForumID   domain.ForumID      `audit:"track"`
	PartyID   domain.PartyID      `audit:"track"`
	GUID      string              `audit:"ignore"`
	Title     string              `audit:"track"`
	Link      string              `audit:"track"`
	State     State               `audit:"track"`
	ItemID    domain.AgendaItemID `audit:"track"` // that took it; zero if dismissed
	Version   int                 `audit:"ignore"`
	SettledAt time.Time           `audit:"ignore"`
}

// Settle notes what becomes of an offer; item is zero if it is dismissed.
func (o Offer) Settle(id domain.SettlementID, forum domain.ForumID, item domain.AgendaItemID, now time.Time) Settlement {
	s := Settlement{ID: id, ForumID: forum, PartyID: o.PartyID, GUID: o.GUID, Title: o.Title, Link: o.Link, State: Taken, ItemID: item, Version: 1, SettledAt: now}
	if item.IsZero() {
		s.State = Dismissed
	}
	return s
}

// LinkTitle is the title of the offer as a text in its language.
func (o Offer) LinkTitle() domain.Text {
	if o.Language == domain.Swedish {
		return domain.Text{SV: o.Title}
	}
	return domain.Text{FI: o.Title}
}
