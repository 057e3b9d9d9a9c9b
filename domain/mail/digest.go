package mail

import (
	"cmp"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Topic is what a part of the daily mail (kooste) is about, and what a person can
// switch off by itself.
type Topic string

// The topics, in the order in which the mail has them.
const (
	TopicLate         Topic = "late"       // what has passed its day
	TopicAcceptance   Topic = "acceptance" // proposals and drafts that wait for an answer
	TopicPapers       Topic = "papers"     // papers, meetings and referrals that wait
	TopicStale        Topic = "stale"      // what is to be confirmed, or should have started
	TopicDueSoon      Topic = "due_soon"
	TopicRoundClosing Topic = "round_closing"
	TopicRoundOpened  Topic = "round_opened"
	TopicFollowing    Topic = "following" // what changed in what the person follows
)

// Topics lists them in that order.
var Topics = []Topic{TopicLate, TopicAcceptance, TopicPapers, TopicStale, TopicDueSoon, TopicRoundClosing, TopicRoundOpened, TopicFollowing}

// Because is why a person is told what waits for a post.
type Because string

// The reasons, the nearest first: the one behind stands in where nobody who can be
// written to has the one before.
const (
	BecauseHolder      Because = "holder"
	BecauseDeputy      Because = "deputy"
	BecauseUnitManager Because = "unit_manager" // the post has nobody, and the person manages its unit or one above
	BecauseCoordinator Because = "coordinator"  // nor does anybody manage one: the party's coordinator
	BecauseFollower    Because = "follower"     // of no post: the person follows it
	BecauseOwn         Because = "own"          // not of a digest: it is about the person's own access
)

// Reasons lists those of a digest.
var Reasons = []Because{BecauseHolder, BecauseDeputy, BecauseUnitManager, BecauseCoordinator, BecauseFollower}

// Item is one thing that waits, as the daily mail tells it.
type Item struct {
	Topic Topic
	// Key tells one fact from another: a due date that was moved, or what was
	// confirmed and has become old again, is another one.
	Key   string
	Kind  domain.Text // what it is, with its number: "Action 31"
	Title domain.Text
	Why   domain.Text // in words
	Path  string      // of its page, below the language
	// Confirm says that one press on its page says that all is as it was.
	Confirm bool
	// Once says that it is told a single time, however long it lasts.
	Once bool
	// Wait is how many days lie between the fact and its first telling: what has had a
	// mail of its own is only reminded of.
	Wait int
	On   domain.Date // when the fact began; zero with Wait 0
}

// Post is a post that a person is told of, and why.
type Post struct {
	ID      domain.PostID
	Title   domain.Text
	Because Because
	Unit    domain.Text   // BecauseUnitManager: the unit that the person manages
	Through domain.PostID // the person's own post by which that is so
}

// Follow is a thing that a person follows.
type Follow struct {
	Subject domain.Subject
	Since   domain.Date
}

// Section is what a person is told of one post, or of what they follow.
type Section struct {
	Post  Post
	Items []Item
	More  int // changes of what is followed that wait for the next mail
}

// MaxFollowed is how many changes of what a person follows one mail tells. The rest
// waits for the next one, so that none is lost.
const MaxFollowed = 100

// How far back changes of what is followed are looked for: further than it is from one
// working day to the next, and where mails were switched off or did not leave, back to
// the last that did. It is shorter than digestMemory, so that nothing is told twice.
const (
	followedDays = 8
	followedMost = 56
)

// followedSince is after which day what changed is told on a day, the person having
// been told last on another (zero: not known).
func followedSince(told, day domain.Date) domain.Date {
	usual, most := day.AddDays(-followedDays), day.AddDays(-followedMost)
	switch before := told.AddDays(-1); {
	case told.IsZero() || before.Before(most):
		return most
	case before.Before(usual):
		return before
	}
	return usual
}

// repeatDays is how many days lie at least between two tellings of one thing.
const repeatDays = 6

// firstOfWeek reports whether day is the first working day of its week.
func firstOfWeek(day domain.Date) bool {
	if !domain.IsWorkingDay(day) {
		return false
	}
	for d := day; d.Weekday() != time.Monday; {
		if d = d.AddDays(-1); domain.IsWorkingDay(d) {
			return false
		}
	}
	return true
}

// digestTime is the day and the full hour in Helsinki at an instant, and whether people
// work on that day.
func digestTime(now time.Time) (day domain.Date, hour int, works bool) {
	now = now.In(domain.Helsinki)
	day = domain.DateOf(now)
	return day, now.Hour(), domain.IsWorkingDay(day)
}

// due reports whether an item is to be told on a day, last having been told on
// another (zero: never): when it is news, and again on the first working day of a
// week, if it was told in an earlier week.
func (i Item) due(last, day domain.Date) bool {
	switch {
	case last.IsZero():
		return i.Wait == 0 || i.On.IsZero() || i.On.DaysUntil(day) >= i.Wait
	case i.Once:
		return false
	}
	return firstOfWeek(day) && last.DaysUntil(day) >= repeatDays
}

// Choose keeps of the sections what is to be told on a day: each thing once, under
// the first post that it waits for, none of a topic that is switched off, and none
// that told says was told lately (key -> day).
func Choose(sections []Section, p Preference, told map[string]domain.Date, day domain.Date) []Section {
	out := filter(sections, func(i Item) bool { return p.Wants(i.Topic) && i.due(told[i.Key], day) })
	for i, s := range out {
		if more := len(s.Items) - MaxFollowed; s.Post.Because == BecauseFollower && more > 0 { // the oldest now: they leave the window first
			out[i].Items, out[i].More = s.Items[more:], more
		}
	}
	return out
}

// leave counts in the section of what is followed the changes that are left for the
// next mail: not promised, and not told.
func leave(chosen, all []Section, p Preference, promised map[string]bool, told map[string]domain.Date) {
	for i, c := range chosen {
		if c.Post.Because != BecauseFollower {
			continue
		}
		for _, s := range filter(all, func(i Item) bool {
			return i.Topic == TopicFollowing && p.Wants(i.Topic) && !promised[i.Key] && told[i.Key].IsZero()
		}) {
			chosen[i].More += len(s.Items)
		}
	}
}

// filter keeps the items that pass, each key once, and the sections that have any.
func filter(sections []Section, pass func(Item) bool) (out []Section) {
	seen := map[string]bool{}
	for _, s := range sections {
		kept := Section{Post: s.Post}
		for _, i := range s.Items {
			if !seen[i.Key] && pass(i) {
				seen[i.Key] = true
				kept.Items = append(kept.Items, i)
			}
		}
		if len(kept.Items) > 0 {
			slices.SortStableFunc(kept.Items, func(a, b Item) int {
				return cmp.Compare(slices.Index(Topics, a.Topic), slices.Index(Topics, b.Topic))
			})
			out = append(out, kept)
		}
	}
	return out
}

// keysOf lists the keys of what sections tell.
func keysOf(sections []Section) (keys []string) {
	for _, s := range sections {
		for _, i := range s.Items {
			keys = append(keys, i.Key)
		}
	}
	return keys
}

// topicsOf and reasonsOf list what sections are about and why they are told, each
// once and in order.
func topicsOf(sections []Section) (out []Topic) {
	for _, t := range Topics {
		if slices.ContainsFunc(sections, func(s Section) bool {
			return slices.ContainsFunc(s.Items, func(i Item) bool { return i.Topic == t })
		}) {
			out = append(out, t)
		}
	}
	return out
}

func reasonsOf(sections []Section) (out []Because) {
	for _, r := range Reasons {
		if slices.ContainsFunc(sections, func(s Section) bool { return s.Post.Because == r }) {
			out = append(out, r)
		}
	}
	return out
}

// DefaultHour is when the daily mail goes out, in Helsinki, to who has not chosen.
const DefaultHour = 8

// Preference is when and of what a person wants the daily mail.
type Preference struct {
	ID        domain.MailPreferenceID `audit:"ignore"`
	PersonID  domain.PersonID         `audit:"ignore"`
	Digest    bool                    `audit:"track"` // wants it at all
	Hour      int                     `audit:"track"` // full hour in Helsinki from which on it is sent
	Off       []Topic                 `audit:"track"` // switched off, in the order of Topics
	Version   int                     `audit:"ignore"`
	UpdatedAt time.Time               `audit:"ignore"`
}

// NewPreference is that of a person who has not chosen: everything, at eight. It is
// version 1, and not stored.
func NewPreference(id domain.MailPreferenceID, person domain.PersonID) Preference {
	return Preference{ID: id, PersonID: person, Digest: true, Hour: DefaultHour, Version: 1}
}

// PreferenceEdit is what a person can say of it.
type PreferenceEdit struct {
	Digest bool
	Hour   int
	Off    []Topic
}

// Choose takes over what the person says.
func (p *Preference) Choose(e PreferenceEdit, now time.Time) error {
	var v domain.Violations
	if e.Hour < 0 || e.Hour > 23 {
		v.Add("/hour", "not_allowed")
	}
	for _, t := range e.Off {
		if !slices.Contains(Topics, t) {
			v.Add("/off", "not_allowed")
			break
		}
	}
	if err := v.Err(); err != nil {
		return err
	}
	p.Digest, p.Hour, p.UpdatedAt = e.Digest, e.Hour, now
	p.Off = slices.DeleteFunc(slices.Clone(Topics), func(t Topic) bool { return !slices.Contains(e.Off, t) })
	return nil
}

// Stop switches off one topic, or the whole mail with "", and reports whether that
// changed anything.
func (p *Preference) Stop(t Topic, now time.Time) bool {
	switch {
	case t == "" && p.Digest:
		p.Digest, p.UpdatedAt = false, now
		return true
	case t != "" && !slices.Contains(p.Off, t):
		p.Off, p.UpdatedAt = slices.DeleteFunc(slices.Clone(Topics), func(o Topic) bool { return o != t && !slices.Contains(p.Off, o) }), now
		return true
	}
	return false
}

// Wants reports whether the person wants to be told of a topic.
func (p Preference) Wants(t Topic) bool { return p.Digest && !slices.Contains(p.Off, t) }
