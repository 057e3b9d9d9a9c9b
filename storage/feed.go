package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// changesChannel is where the triggers of the database tell what changed in a
// meeting, whichever instance wrote it.
const changesChannel = "meeting_changed"

const (
	feedBuffer   = 64               // events that a subscriber may be behind
	feedQuiet    = 30 * time.Second // after that long without a word the connection is tried
	feedMaxDelay = 5 * time.Second  // between two attempts to connect
)

// Feed hears on a connection of its own what changes in meetings and hands it to
// whoever watches. It connects with the first subscriber, again when the
// connection breaks, and ends with the database.
type Feed struct {
	config *pgx.ConnConfig
	log    *slog.Logger
	ctx    context.Context
	begin  sync.Once

	mu          sync.Mutex
	subscribers map[domain.MeetingID]map[chan meeting.Event]bool
}

// Feed is the database's feed of changes.
func (db *DB) Feed() *Feed { return db.feed }

func newFeed(ctx context.Context, config *pgx.ConnConfig, log *slog.Logger) *Feed {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Feed{config: config, log: log, ctx: ctx, subscribers: map[domain.MeetingID]map[chan meeting.Event]bool{}}
}

// Subscribe implements meeting.Feed.
func (f *Feed) Subscribe(id domain.MeetingID) (<-chan meeting.Event, func()) {
	events := make(chan meeting.Event, feedBuffer)
	f.mu.Lock()
	if f.subscribers[id] == nil {
		f.subscribers[id] = map[chan meeting.Event]bool{}
	}
	f.subscribers[id][events] = true
	f.mu.Unlock()
	f.begin.Do(func() { go f.run() })
	return events, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.subscribers[id], events)
		if len(f.subscribers[id]) == 0 {
			delete(f.subscribers, id)
		}
	}
}

// run listens until the database is closed.
func (f *Feed) run() {
	delay := 100 * time.Millisecond
	for f.ctx.Err() == nil {
		heard, err := f.listen()
		if f.ctx.Err() != nil {
			return
		}
		if heard {
			delay = 100 * time.Millisecond
		}
		f.log.Warn("the feed of changes lost its connection", "error", err)
		select {
		case <-f.ctx.Done():
		case <-time.After(delay):
		}
		delay = min(2*delay, feedMaxDelay)
	}
}

// listen hears on one connection until it breaks; heard tells whether it worked
// at all.
func (f *Feed) listen() (heard bool, err error) {
	conn, err := pgx.ConnectConfig(f.ctx, f.config.Copy())
	if err != nil {
		return false, fmt.Errorf("connect: %w", err)
	}
	defer conn.Close(context.WithoutCancel(f.ctx))
	if _, err := conn.Exec(f.ctx, "listen "+changesChannel); err != nil {
		return false, fmt.Errorf("listen: %w", err)
	}
	f.resync() // what was told while nobody listened is lost
	for {
		quiet, cancel := context.WithTimeout(f.ctx, feedQuiet)
		n, err := conn.WaitForNotification(quiet)
		waited := quiet.Err() != nil
		cancel()
		switch {
		case err == nil:
			f.tell(n.Payload)
		case waited && f.ctx.Err() == nil && !conn.IsClosed():
			if err := conn.Ping(f.ctx); err != nil {
				return true, fmt.Errorf("a connection without a word: %w", err)
			}
		default:
			return true, err
		}
	}
}

// told is what the triggers say.
type told struct {
	Meeting domain.MeetingID    `json:"meeting"`
	Kind    meeting.EventKind   `json:"kind"`
	ID      domain.AnyID        `json:"id"`
	Version int                 `json:"version"`
	Item    domain.AgendaItemID `json:"item"`
}

func (f *Feed) tell(payload string) {
	var t told
	if err := json.Unmarshal([]byte(payload), &t); err != nil {
		f.log.Error("a change that cannot be read", "error", err)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for events := range f.subscribers[t.Meeting] {
		send(events, meeting.Event{MeetingID: t.Meeting, Kind: t.Kind, ID: t.ID, Version: t.Version, ItemID: t.Item})
	}
}

func (f *Feed) resync() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for id, all := range f.subscribers {
		for events := range all {
			send(events, meeting.Event{MeetingID: id, Kind: meeting.EventResync})
		}
	}
}

// send never waits: who is too far behind gets the word to read everything anew
// in place of what is left.
func send(events chan meeting.Event, e meeting.Event) {
	select {
	case events <- e:
		return
	default:
	}
	for {
		select {
		case <-events:
			continue
		default:
		}
		break
	}
	events <- meeting.Event{MeetingID: e.MeetingID, Kind: meeting.EventResync}
}
