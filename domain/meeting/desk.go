package meeting

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Autosave is what somebody is typing, kept on the server until it is content.
// Its form is the page's own.
type Autosave struct {
	MeetingID domain.MeetingID
	Hand      Hand
	Key       string // which field or form: "item.ID", "outcome.ID"
	Content   json.RawMessage
	SavedAt   time.Time
	Post      Post // filled by storage
}

const (
	maxAutosave   = 400_000 // bytes: an item's texts in three languages, twice
	autosavesKept = 30 * 24 * time.Hour
)

var autosaveKey = regexp.MustCompile(`^[a-z]{1,20}\.[0-9a-f-]{36}$`)

// Watcher is somebody who has the meeting's page open.
type Watcher struct {
	ID        domain.WatcherID // of the connection
	MeetingID domain.MeetingID
	Hand      Hand
	Writes    bool // they may hold the pen
	SeenAt    time.Time
	Post      Post // filled by storage
}

// DeskView is the desk of a meeting in hand as one of those at it sees it.
type DeskView struct {
	Now       time.Time
	Me        Hand
	Pen       Pen
	Watchers  []Watcher // of the last WatcherLapses, one for each post, the viewer's own left out
	Autosaves []Autosave
}

// Desk keeps what is on the desk of a meeting: machinery, without history.
type Desk interface {
	// Pen returns a meeting's pen; the zero Pen if nobody has taken it.
	Pen(id domain.MeetingID) (Pen, error)
	// SavePen replaces it; a Pen without a holder is forgotten.
	SavePen(p Pen) error
	// SeenAlive notes a sign of life of a hand, if it holds the pen and has given
	// one since an instant.
	SeenAlive(id domain.MeetingID, h Hand, at, since time.Time) error
	// Watchers returns who has been seen watching since an instant.
	Watchers(id domain.MeetingID, since time.Time) ([]Watcher, error)
	// Watch notes that somebody watches, or still does, and forgets those of the
	// meeting not seen since an instant.
	Watch(w Watcher, since time.Time) error
	// Unwatch forgets a connection.
	Unwatch(id domain.WatcherID) error
	// Autosaves returns what is being typed in a meeting, of one person or, for
	// the zero id, of all.
	Autosaves(id domain.MeetingID, person domain.PersonID) ([]Autosave, error)
	// SaveAutosave replaces what one person types under a key, or forgets it if
	// its content is nil; and forgets those of anybody saved before an instant.
	SaveAutosave(a Autosave, before time.Time) error
}

// Event tells that something of a meeting changed: what, and which version it
// has now. It never holds what was written.
type Event struct {
	MeetingID domain.MeetingID
	Kind      EventKind
	ID        domain.AnyID // of what changed; zero: more than one thing
	Version   int          // 0: not told
	ItemID    domain.AgendaItemID
}

// EventKind is what changed.
type EventKind string

// The kinds of event.
const (
	EventMeeting  EventKind = "meeting"     // the meeting or a participant
	EventAgenda   EventKind = "agenda"      // items came, went or moved
	EventItem     EventKind = "agenda_item" // one item
	EventOutcome  EventKind = "outcome"
	EventAction   EventKind = "action" // made from an outcome
	EventPen      EventKind = "pen"
	EventWatcher  EventKind = "watcher"
	EventAutosave EventKind = "autosave"
	EventResync   EventKind = "resync" // events may have been lost: read everything anew
)

// Feed tells of changes as they are committed, by whichever instance.
type Feed interface {
	// Subscribe returns the events of a meeting from now on. A subscriber who
	// does not keep up gets EventResync in place of what it missed. stop ends it.
	Subscribe(id domain.MeetingID) (events <-chan Event, stop func())
}

// CanWatch is nil if the actor may read the meeting's papers, else NotFound.
// writes tells whether they may hold its pen.
func (s *Service) CanWatch(ctx context.Context, actor domain.Actor, id domain.MeetingID) (writes bool, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		forum, err := st.Meetings.SeePapers(actor.Scope(), id)
		writes = actor.Can(domain.MeetingRecord, domain.Resource{ForumID: forum}) && actor.SignedIn()
		return err
	})
	return writes, err
}

// Watching notes that the actor watches a meeting, or still does: post by post,
// people without one are not shown. Call CanWatch first.
func (s *Service) Watching(ctx context.Context, actor domain.Actor, id domain.MeetingID, connection domain.WatcherID, writes bool) error {
	if actor.PostID.IsZero() {
		return nil
	}
	now := s.Clock()
	return s.UoW.Housekeep(ctx, func(st Stores) error {
		return st.Desk.Watch(Watcher{ID: connection, MeetingID: id, Hand: HandOf(actor), Writes: writes, SeenAt: now}, now.Add(-WatcherLapses))
	})
}

// Unwatch notes that a connection has ended.
func (s *Service) Unwatch(ctx context.Context, connection domain.WatcherID) error {
	return s.UoW.Housekeep(ctx, func(st Stores) error { return st.Desk.Unwatch(connection) })
}

// Desk returns the desk of a meeting whose papers the actor may read. What
// others are typing is for those who may hold the pen.
func (s *Service) Desk(ctx context.Context, actor domain.Actor, id domain.MeetingID) (v DeskView, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		forum, err := st.Meetings.SeePapers(actor.Scope(), id)
		if err != nil {
			return err
		}
		v, err = s.desk(st, actor, id, forum)
		return err
	})
	return v, err
}

func (s *Service) desk(st Stores, actor domain.Actor, id domain.MeetingID, forum domain.ForumID) (v DeskView, err error) {
	v = DeskView{Now: s.Clock(), Me: HandOf(actor)}
	if !actor.IsStaff() { // a published paper is everybody's, who sits at the desk is not
		return v, nil
	}
	if v.Pen, err = st.Desk.Pen(id); err != nil {
		return v, err
	}
	if v.Pen.Free(v.Now) {
		v.Pen = Pen{MeetingID: id}
	}
	all, err := st.Desk.Watchers(id, v.Now.Add(-WatcherLapses))
	if err != nil {
		return v, err
	}
	for _, w := range all {
		same := func(o Watcher) bool { return o.Hand.PostID == w.Hand.PostID }
		if w.Hand.PostID != actor.PostID && !slices.ContainsFunc(v.Watchers, same) {
			v.Watchers = append(v.Watchers, w)
		}
	}
	whose := actor.PersonID
	if actor.Can(domain.MeetingRecord, domain.Resource{ForumID: forum}) {
		whose = domain.PersonID{}
	} else if whose.IsZero() {
		return v, nil
	}
	v.Autosaves, err = st.Desk.Autosaves(id, whose)
	return v, err
}

// TakePen takes the pen or renews it: see Pen.Take.
func (s *Service) TakePen(ctx context.Context, actor domain.Actor, id domain.MeetingID) (DeskView, error) {
	return s.withPen(ctx, actor, id, func(_ Stores, p *Pen) error { return p.Take(HandOf(actor), s.Clock()) })
}

// AskForPen asks who holds the pen to pass it on.
func (s *Service) AskForPen(ctx context.Context, actor domain.Actor, id domain.MeetingID) (DeskView, error) {
	return s.withPen(ctx, actor, id, func(_ Stores, p *Pen) error { return p.Ask(HandOf(actor), s.Clock()) })
}

// KeepPen answers no to who asked.
func (s *Service) KeepPen(ctx context.Context, actor domain.Actor, id domain.MeetingID) (DeskView, error) {
	return s.withPen(ctx, actor, id, func(_ Stores, p *Pen) error { return p.Keep(HandOf(actor), s.Clock()) })
}

// PassPen gives the pen to a post that asked for it or is watching and may write; to
// the zero id it is laid down.
func (s *Service) PassPen(ctx context.Context, actor domain.Actor, id domain.MeetingID, to domain.PostID) (DeskView, error) {
	return s.withPen(ctx, actor, id, func(st Stores, p *Pen) error {
		now := s.Clock()
		if to.IsZero() {
			return p.Pass(HandOf(actor), Hand{}, now)
		}
		if p.Asking.PostID == to {
			return p.Pass(HandOf(actor), p.Asking, now)
		}
		watchers, err := st.Desk.Watchers(id, now.Add(-WatcherLapses))
		if err != nil {
			return err
		}
		i := slices.IndexFunc(watchers, func(w Watcher) bool { return w.Hand.PostID == to && w.Writes })
		if i < 0 {
			return domain.InvalidField("/postId", "not_watching")
		}
		return p.Pass(HandOf(actor), watchers[i].Hand, now)
	})
}

// withPen changes the pen of a meeting whose papers the actor may write.
func (s *Service) withPen(ctx context.Context, actor domain.Actor, id domain.MeetingID, change func(Stores, *Pen) error) (v DeskView, err error) {
	err = s.UoW.Housekeep(ctx, func(st Stores) error {
		forum, err := s.atDesk(st, actor, id)
		if err != nil {
			return err
		}
		p, err := st.Desk.Pen(id)
		if err != nil {
			return err
		}
		p.MeetingID = id
		if err := change(st, &p); err != nil {
			return err
		}
		if err := st.Desk.SavePen(p); err != nil {
			return err
		}
		v, err = s.desk(st, actor, id, forum)
		return err
	})
	return v, err
}

// atDesk is mayWrite, and keeps others from the pen until this transaction ends.
func (s *Service) atDesk(st Stores, actor domain.Actor, id domain.MeetingID) (domain.ForumID, error) {
	forum, err := s.mayWrite(st, actor, id)
	if err != nil {
		return forum, err
	}
	return forum, st.Meetings.Lock(id)
}

// mayWrite is nil for a person in a post who may record in the meeting.
func (s *Service) mayWrite(st Stores, actor domain.Actor, id domain.MeetingID) (domain.ForumID, error) {
	forum, err := st.Meetings.SeePapers(actor.Scope(), id)
	if err != nil {
		return forum, err
	}
	if err := actor.Check(domain.MeetingRecord, domain.Resource{ForumID: forum}); err != nil {
		return forum, err
	}
	if actor.PersonID.IsZero() || actor.PostID.IsZero() {
		return forum, domain.Forbidden(domain.MeetingRecord)
	}
	return forum, nil
}

// Autosave keeps what the actor types in a meeting; nil forgets it. It is a sign
// of life of who holds the pen, and possible for who does not: what somebody
// typed is kept whoever writes.
func (s *Service) Autosave(ctx context.Context, actor domain.Actor, id domain.MeetingID, key string, content json.RawMessage) (at time.Time, err error) {
	at = s.Clock()
	if !autosaveKey.MatchString(key) {
		return at, domain.InvalidField("/key", "not_allowed")
	}
	if len(content) > maxAutosave {
		return at, domain.InvalidField("/content", "too_long")
	}
	return at, s.UoW.Housekeep(ctx, func(st Stores) error {
		if _, err := s.mayWrite(st, actor, id); err != nil {
			return err
		}
		if err := st.Desk.SeenAlive(id, HandOf(actor), at, at.Add(-PenLapses)); err != nil {
			return err
		}
		return st.Desk.SaveAutosave(Autosave{MeetingID: id, Hand: HandOf(actor), Key: key, Content: content, SavedAt: at}, at.Add(-autosavesKept))
	})
}

// writable is nil unless somebody else holds the meeting's pen.
func (s *Service) writable(st Stores, actor domain.Actor, id domain.MeetingID, now time.Time) error {
	if actor.System != "" {
		return nil
	}
	p, err := st.Desk.Pen(id)
	if err != nil {
		return err
	}
	return p.Lets(HandOf(actor), now)
}
