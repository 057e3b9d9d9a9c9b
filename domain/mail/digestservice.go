package mail

import (
	"context"
	"errors"
	"time"

	"yhdyspinta/domain"
)

// Work tells what waits for posts. It is the rule of the page "my work" (oma työ):
// there is no other.
type Work interface {
	// Waiting lists what waits for the post that the actor acts in, as far as the
	// actor may see it, the most urgent first.
	Waiting(ctx context.Context, actor domain.Actor) ([]Item, error)
	// OfVacant lists in the same way what waits for the actor's post whoever holds it:
	// not what its holder alone may read.
	OfVacant(ctx context.Context, actor domain.Actor) ([]Item, error)
	// Followed lists what changed in what a person follows since the end of a day, as
	// far as the actor may see it, the latest first.
	Followed(ctx context.Context, actor domain.Actor, follows []Follow, since domain.Date) ([]Item, error)
}

// Subscriber is a person as the daily mail sees them.
type Subscriber struct {
	Email      string
	Language   domain.Lang // the chosen one, else Finnish
	Preference Preference
	PartyID    domain.PartyID
	Alone      domain.Actor // the person in no post
	Follows    []Follow
	ToldOn     domain.Date // the last day before today whose mail has left or had nothing to tell; zero: none that is known
	Posts      []PostOf    // own ones first, then those deputised, then those that fall to the person
}

// PostOf is a post that a person is told of, and in whose name they read.
type PostOf struct {
	Post
	Actor domain.Actor // acts in Post, with what the person may see
}

// DigestStore keeps what is told daily, and to whom.
type DigestStore interface {
	// Due lists people who may be told something on the day and whose mail has not been
	// made: they hold a post or follow something, can be written to and want the mail at that hour or
	// before. At most limit.
	Due(day domain.Date, hour, limit int) ([]domain.PersonID, error)
	// Subscriber tells who a person is today. A post without
	// anybody who can be written to falls to whoever manages its unit, or else the
	// nearest unit above that is managed by somebody who can, or else to the
	// coordinators of its party.
	Subscriber(person domain.PersonID) (Subscriber, error)
	// Open notes that the person's mail of a day is made, and reports false if it has
	// been already. Another that makes it waits until this transaction ends.
	Open(id domain.AnyID, person domain.PersonID, day domain.Date, now time.Time) (bool, error)
	// Told tells when each of the keys was told to the person last; what was in a mail
	// that never left was not told.
	Told(person domain.PersonID, keys []string) (map[string]domain.Date, error)
	// InsertItems notes what a digest tells.
	InsertItems(digest domain.AnyID, person domain.PersonID, day domain.Date, keys []string) error
	// Items lists the keys of what a digest tells.
	Items(digest domain.AnyID) ([]string, error)
	// KeepItems removes all but some keys from what a digest tells.
	KeepItems(digest domain.AnyID, keys []string) error
	// Queue adds the mail of a digest.
	Queue(m Mail) error
	// Forget removes what was told before a day.
	Forget(before domain.Date) error
	// Secret signs the links by which mails are switched off.
	Secret() ([]byte, error)
	// Preference returns what a person wants; of who has not said the usual, with
	// version 1. LockPreference keeps others from it until the transaction ends, and is
	// NotFound for nobody we know.
	Preference(person domain.PersonID) (Preference, error)
	LockPreference(person domain.PersonID) (Preference, error)
	// SavePreference inserts what was version 1, or replaces the version, and returns it with
	// the next one.
	SavePreference(p Preference) (Preference, error)
}

// digestMemory is for how long it is kept what was told: longer than it is between
// two tellings.
const digestMemory = 60

// DigestsDue lists whose daily mail is to be made now: nobody's on a day on which
// nobody works.
func (s *Service) DigestsDue(ctx context.Context) (day domain.Date, people []domain.PersonID, err error) {
	day, hour, works := digestTime(s.Clock.Now())
	if !works {
		return day, nil, nil
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		people, err = st.Digests.Due(day, hour, 1000)
		return err
	})
	return day, people, err
}

// MakeDigest queues the daily mail of a person, if there is something to tell, and
// notes that the day is done: both or neither. It bears being run twice, also at the
// same time, and does nothing on another day than the one meant.
func (s *Service) MakeDigest(ctx context.Context, person domain.PersonID, day domain.Date) error {
	if day != s.Clock.Today() {
		return nil
	}
	to, sections, err := s.sections(ctx, person)
	if err != nil {
		return err
	}
	return s.UoW.Housekeep(ctx, func(st Stores) error {
		digest := domain.AnyID{}
		digest.SetNew(s.NewID)
		now := s.Clock.Now()
		if mine, err := st.Digests.Open(digest, person, day, now); err != nil || !mine {
			return err
		}
		told, err := st.Digests.Told(person, keysOf(sections))
		if err != nil {
			return err
		}
		chosen := Choose(sections, to.Preference, told, day)
		if len(chosen) == 0 {
			return nil
		}
		if err := st.Digests.InsertItems(digest, person, day, keysOf(chosen)); err != nil {
			return err
		}
		var id domain.MailID
		id.SetNew(s.NewID)
		recipient := Recipient{PersonID: person, PartyID: to.PartyID}
		if len(to.Posts) > 0 {
			recipient.PostID = to.Posts[0].own()
		}
		m := New(id, Notice{Kind: Digest}, recipient, s.Host, now)
		m.SourceID, m.Topics, m.Reasons = digest, topicsOf(chosen), reasonsOf(chosen)
		s.Log.InfoContext(ctx, "a digest was queued", "mail", id)
		return st.Digests.Queue(m)
	})
}

// own is the person's own post by which they are told of the post.
func (p PostOf) own() domain.PostID {
	if !p.Through.IsZero() {
		return p.Through
	}
	return p.ID
}

// readers are the person in each of their own posts, or in none: what they follow they
// see as any of these.
func (s Subscriber) readers() (out []domain.Actor) {
	if len(s.Follows) == 0 {
		return nil
	}
	for _, p := range s.Posts {
		if p.Through.IsZero() {
			out = append(out, p.Actor)
		}
	}
	if len(out) == 0 {
		out = append(out, s.Alone)
	}
	return out
}

// sections gathers what waits for the posts of a person today.
func (s *Service) sections(ctx context.Context, person domain.PersonID) (to Subscriber, out []Section, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		to, err = st.Digests.Subscriber(person)
		return err
	})
	if err != nil {
		return to, nil, err
	}
	for _, p := range to.Posts {
		gather := s.Work.Waiting
		if !p.Through.IsZero() {
			gather = s.Work.OfVacant
		}
		items, err := gather(ctx, p.Actor)
		if err != nil {
			return to, nil, err
		}
		out = append(out, Section{Post: p.Post, Items: items})
	}
	followed := Section{Post: Post{Because: BecauseFollower}}
	for _, actor := range to.readers() {
		items, err := s.Work.Followed(ctx, actor, to.Follows, followedSince(to.ToldOn, s.Clock.Today()))
		if err != nil {
			return to, nil, err
		}
		followed.Items = append(followed.Items, items...)
	}
	return to, append(out, followed), nil
}

// today is what a digest that was queued still has to tell at the moment of sending.
type today struct {
	to       Subscriber
	sections []Section
}

// recall gathers that, before the transaction in which the mail is begun: what is
// done or may not be read any more by then is left out. nil for a mail that is no
// digest, or whose text may have arrived already: that is not written anew.
func (s *Service) recall(ctx context.Context, id domain.MailID) (*today, error) {
	var m Mail
	var keys []string
	err := s.UoW.Read(ctx, func(st Stores) (err error) {
		if m, err = st.Mails.Find(id); err != nil || m.Kind != Digest {
			return err
		}
		keys, err = st.Digests.Items(m.SourceID)
		return err
	})
	if errors.Is(err, domain.NotFound("mail")) || err == nil && (m.Kind != Digest || m.State != Queued || m.InDoubt) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	to, sections, err := s.sections(ctx, m.PersonID)
	if err != nil {
		return nil, err
	}
	promised := map[string]bool{}
	for _, k := range keys {
		promised[k] = true
	}
	chosen := filter(sections, func(i Item) bool { return promised[i.Key] && to.Preference.Wants(i.Topic) })
	var told map[string]domain.Date
	err = s.UoW.Read(ctx, func(st Stores) (err error) {
		told, err = st.Digests.Told(m.PersonID, keysOf(sections))
		return err
	})
	leave(chosen, sections, to.Preference, promised, told)
	return &today{to, chosen}, err
}

// addressDigest is address for the daily mail. now is nil where its text stands.
func (s *Service) addressDigest(st Stores, m *Mail, now *today) (to string, settled State, err error) {
	var who Subscriber
	if now != nil {
		who = now.to
	} else if who, err = st.Digests.Subscriber(m.PersonID); err != nil {
		return "", "", err
	}
	if len(who.Posts) == 0 && len(who.Follows) == 0 {
		m.Subject, m.Body = "", ""
		return "", Withheld, nil
	}
	if now != nil {
		if len(now.sections) == 0 {
			return "", Superseded, nil
		}
		if err := s.writeToday(st, m, now); err != nil {
			return "", "", err
		}
	}
	switch {
	case who.Email == "":
		return "", NoAddress, nil
	case s.Sender == nil:
		return "", NotConfigured, nil
	}
	return who.Email, "", nil
}

// writeToday writes what a digest still has to tell, and notes that it tells no more.
func (s *Service) writeToday(st Stores, m *Mail, now *today) error {
	if err := st.Digests.KeepItems(m.SourceID, keysOf(now.sections)); err != nil {
		return err
	}
	secret, err := st.Digests.Secret()
	if err != nil {
		return err
	}
	t, err := st.Templates.Template(m.PartyID, m.Kind)
	if err != nil {
		return err
	}
	m.Topics, m.Reasons = topicsOf(now.sections), reasonsOf(now.sections)
	m.writeDigest(now.sections, now.to.Language, s.Site, func(t Topic) string { return token(secret, m.PersonID, t) }, s.Clock.Today(), t.Texts())
	return nil
}

// stopURL is the address by which a mail program switches the mail off (RFC 8058);
// "" for mails of meetings, which are calls and not news.
func (s *Service) stopURL(st Stores, m Mail) (string, error) {
	if m.Kind != Digest {
		return "", nil
	}
	secret, err := st.Digests.Secret()
	if err != nil {
		return "", err
	}
	return s.Site + "/unsubscribe/" + token(secret, m.PersonID, ""), nil
}
