package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// Desk is the desk of a meeting in hand: who writes, who watches, what is being
// typed.
type Desk struct {
	Now       time.Time  `json:"now" doc:"The service's clock"`
	Pen       *Pen       `json:"pen,omitempty" doc:"Who writes; missing: the pen is free"`
	Watchers  []Watcher  `json:"watchers" doc:"The other posts that have the meeting's page open"`
	Autosaves []Autosave `json:"autosaves" doc:"What is being typed and is not content yet: the caller's own, and for who may record that of others"`
}

// Pen is who writes in the meeting's papers.
type Pen struct {
	Holder   PostRef    `json:"holder"`
	Mine     bool       `json:"mine" doc:"The caller holds it"`
	TakenAt  time.Time  `json:"takenAt"`
	SeenAt   time.Time  `json:"seenAt" doc:"The holder's last sign of life"`
	LapsesAt time.Time  `json:"lapsesAt" doc:"When it is free unless the holder gives another"`
	Asking   *PenAsking `json:"asking,omitempty" doc:"Who has asked for it"`
}

// PenAsking is a wish for the pen.
type PenAsking struct {
	Post      PostRef   `json:"post"`
	Mine      bool      `json:"mine" doc:"The caller asked"`
	AskedAt   time.Time `json:"askedAt"`
	TakesFrom time.Time `json:"takesFrom" doc:"From then on who asked may take it, unless the holder has answered"`
}

// Watcher is a post that has the meeting's page open.
type Watcher struct {
	Post   PostRef `json:"post"`
	Writes bool    `json:"writes" doc:"It may hold the pen"`
}

// Autosave is what somebody types, until it is content.
type Autosave struct {
	Key     string         `json:"key" doc:"Which text or form"`
	Post    PostRef        `json:"post"`
	Mine    bool           `json:"mine"`
	Content map[string]any `json:"content" doc:"In the form of the page that saved it"`
	SavedAt time.Time      `json:"savedAt"`
}

// AutosaveInput is what is being typed.
type AutosaveInput struct {
	Key     string         `json:"key" minLength:"1" maxLength:"60" doc:"Which text or form: a word, a full stop and an id" example:"item.0198c1c2-7b5f-7d3a-9a51-0d8f6f9b2c11"`
	Content map[string]any `json:"content,omitempty" doc:"In the page's own form; missing: it is forgotten"`
}

// SavedAt tells when something was saved.
type SavedAt struct {
	SavedAt time.Time `json:"savedAt"`
}

// PassInput names who gets the pen.
type PassInput struct {
	PostID domain.PostID `json:"postId,omitempty" format:"uuid" doc:"The post that asked, or that watches and may write; missing: the pen is laid down"`
}

// MeetingEvent is the data of one event of a meeting.
type MeetingEvent struct {
	Kind    meeting.EventKind    `json:"kind"`
	ID      *domain.AnyID        `json:"id,omitempty"`
	Version int                  `json:"version,omitempty"`
	ItemID  *domain.AgendaItemID `json:"itemId,omitempty"`
}

// WatchBeat is how often a stream says that it lives, notes who watches, and
// looks whether they still may.
const WatchBeat = 15 * time.Second

// watchWrite is how long one write to a watcher may take.
const watchWrite = 10 * time.Second

func postOf(p meeting.Post) PostRef { return PostRef{ID: p.ID, Title: p.Title, PartyID: p.PartyID} }

func deskBody(v meeting.DeskView) (Desk, error) {
	out := Desk{Now: v.Now, Watchers: make([]Watcher, len(v.Watchers)), Autosaves: make([]Autosave, len(v.Autosaves))}
	if v.Pen.Holder != (meeting.Hand{}) {
		out.Pen = &Pen{Holder: postOf(v.Pen.HolderPost), Mine: v.Pen.Holder == v.Me, TakenAt: v.Pen.TakenAt, SeenAt: v.Pen.SeenAt,
			LapsesAt: v.Pen.SeenAt.Add(meeting.PenLapses)}
		if v.Pen.Asking != (meeting.Hand{}) {
			out.Pen.Asking = &PenAsking{Post: postOf(v.Pen.AskingPost), Mine: v.Pen.Asking == v.Me, AskedAt: v.Pen.AskedAt,
				TakesFrom: v.Pen.AskedAt.Add(meeting.PenAnswer)}
		}
	}
	for i, w := range v.Watchers {
		out.Watchers[i] = Watcher{Post: postOf(w.Post), Writes: w.Writes}
	}
	for i, a := range v.Autosaves {
		out.Autosaves[i] = Autosave{Key: a.Key, Post: postOf(a.Post), Mine: a.Hand.PersonID == v.Me.PersonID, SavedAt: a.SavedAt}
		if err := json.Unmarshal(a.Content, &out.Autosaves[i].Content); err != nil {
			return out, fmt.Errorf("read an autosave: %w", err)
		}
	}
	return out, nil
}

// registerDesk declares the desk of a meeting in hand: its pen, what is being
// typed, and the stream of what changes.
func (s *Server) registerDesk() {
	const tag = "Desk"
	meetings := s.Services.Meetings

	type deskOutput = struct{ Body Desk }
	answer := func(v meeting.DeskView, err error) (*deskOutput, error) {
		if err != nil {
			return nil, err
		}
		body, err := deskBody(v)
		return &deskOutput{body}, err
	}

	handle(s, operation{ID: "getDesk", Method: http.MethodGet, Path: "/meetings/{id}/desk", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get the desk of a meeting: who writes, who watches, what is being typed", Description: "For who may read the meeting's papers; empty for the public."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID string `path:"id" format:"uuid"`
		}) (*deskOutput, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			return answer(meetings.Desk(ctx, a, id))
		})

	for _, op := range []struct {
		id, path, summary, description string
		run                            func(context.Context, domain.Actor, domain.MeetingID) (meeting.DeskView, error)
	}{
		{"takePen", "pen", "Take the pen, or say that one still writes", "While a post holds it, others do not write texts and outcomes. It can be taken while free, and 20 seconds after one asked and got no answer. It lapses 3 minutes after the last sign of life: this, or an autosave.", meetings.TakePen},
		{"askForPen", "pen-request", "Ask who holds the pen to pass it on", "", meetings.AskForPen},
		{"keepPen", "pen-refusal", "Answer that one goes on writing", "For who holds the pen.", meetings.KeepPen},
	} {
		handle(s, operation{ID: op.id, Method: http.MethodPost, Path: "/meetings/{id}/" + op.path, Tag: tag, Permission: domain.MeetingRecord,
			Errors: []int{401, 403, 404, 409}, Summary: op.summary, Description: op.description},
			func(ctx context.Context, a domain.Actor, in *struct {
				ID string `path:"id" format:"uuid"`
			}) (*deskOutput, error) {
				var id domain.MeetingID
				if err := pathID(&id, in.ID, "meeting"); err != nil {
					return nil, err
				}
				return answer(op.run(ctx, a, id))
			})
	}

	handle(s, operation{ID: "passPen", Method: http.MethodPost, Path: "/meetings/{id}/pen-passing", Tag: tag, Permission: domain.MeetingRecord,
		Errors: []int{401, 403, 404, 409}, Summary: "Pass the pen on, or lay it down", Description: "For who holds it."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body PassInput
		}) (*deskOutput, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			return answer(meetings.PassPen(ctx, a, id, in.Body.PostID))
		})

	handle(s, operation{ID: "autosave", Method: http.MethodPost, Path: "/meetings/{id}/autosaves", Tag: tag, Permission: domain.MeetingRecord,
		Errors: []int{401, 403, 404}, Summary: "Keep what is being typed until it is content",
		Description: "It is no content: it has no version, no history and no entry in the log. It is kept whoever holds the pen, and forgotten after 30 days."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body AutosaveInput
		}) (*struct{ Body SavedAt }, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			var content json.RawMessage
			if in.Body.Content != nil {
				var err error
				if content, err = json.Marshal(in.Body.Content); err != nil {
					return nil, fmt.Errorf("write an autosave: %w", err)
				}
			}
			at, err := meetings.Autosave(ctx, a, id, in.Body.Key, content)
			return &struct{ Body SavedAt }{SavedAt{at}}, err
		})

	handle(s, operation{ID: "watchMeeting", Method: http.MethodGet, Path: "/meetings/{id}/events", Tag: tag, Permission: readScope, Errors: []int{404},
		Media: "text/event-stream", Summary: "Watch a meeting: server-sent events",
		Description: "For who may read the meeting's papers. Each event's data are JSON: kind (meeting, agenda, agenda_item, outcome, action, pen, watcher, autosave, resync), and where one thing changed its id, version and itemId; never what was written: read that in your own name. The stream begins with resync, also after a reconnection: read everything anew. A comment comes every 15 seconds. It ends when the caller may no longer read the papers."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID string `path:"id" format:"uuid"`
		}) (*huma.StreamResponse, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			writes, err := meetings.CanWatch(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return &huma.StreamResponse{Body: func(hctx huma.Context) {
				if err := s.watch(hctx, a, id, writes); err != nil && !errors.Is(err, context.Canceled) {
					s.Log.Debug("a watcher's connection ended", "request", requestID(ctx), "error", err)
				}
			}}, nil
		})
}

// watch sends the events of a meeting until the caller goes, may no longer read
// its papers, or the server stops.
func (s *Server) watch(hctx huma.Context, a domain.Actor, id domain.MeetingID, writes bool) error {
	meetings := s.Services.Meetings
	c := humaecho.Unwrap(hctx)
	hctx.SetHeader("Content-Type", "text/event-stream; charset=utf-8")
	hctx.SetHeader("Cache-Control", "no-store")
	hctx.SetHeader("X-Accel-Buffering", "no") // nginx
	if headersAlone(hctx.Context()) {
		hctx.SetStatus(http.StatusOK)
		return nil
	}
	ctx, cancel := context.WithCancel(c.Request().Context())
	defer cancel()
	defer context.AfterFunc(s.streams, cancel)()

	// Subscribed before the first word, so that nothing is missed between it and
	// the reads that follow it.
	events, stop := meetings.Changes.Subscribe(id)
	defer stop()
	w := eventWriter{c.Response(), http.NewResponseController(c.Response())}
	if err := w.control.SetReadDeadline(time.Time{}); err != nil { // the server's own would end the request
		return err
	}
	hctx.SetStatus(http.StatusOK)

	var connection domain.WatcherID
	connection.SetNew(s.NewID)
	if err := meetings.Watching(ctx, a, id, connection, writes); err != nil {
		return err
	}
	defer func() {
		last, done := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer done()
		if err := meetings.Unwatch(last, connection); err != nil {
			s.Log.Warn("could not note that a watcher has gone", "error", err)
		}
	}()
	if err := w.write("retry: 2000\n"); err != nil {
		return err
	}
	if err := w.event(meeting.Event{Kind: meeting.EventResync}); err != nil {
		return err
	}
	beat := time.NewTicker(WatchBeat)
	defer beat.Stop()
	for {
		var e *meeting.Event
		select {
		case <-ctx.Done():
			return ctx.Err()
		case got := <-events:
			e = &got
		case <-beat.C:
		}
		now, writes, err := s.stillWatches(ctx, c.Request(), id)
		if err != nil {
			return err
		}
		if e != nil {
			err = w.event(*e)
		} else if err = w.write(": \n\n"); err == nil {
			err = meetings.Watching(ctx, now, id, connection, writes)
		}
		if err != nil {
			return err
		}
	}
}

// stillWatches is an error once the caller has signed out, is signed in no more,
// or may no longer read the meeting's papers.
func (s *Server) stillWatches(ctx context.Context, r *http.Request, id domain.MeetingID) (a domain.Actor, writes bool, err error) {
	if _, program := bearerOf(r); s.Sessions != nil && !program {
		living, err := s.Sessions.Living(r.Context())
		if err != nil {
			return a, false, err
		}
		if !living {
			return a, false, domain.Unauthenticated()
		}
	}
	if a, _, err = s.whoActs(r); err != nil {
		return a, false, err
	}
	writes, err = s.Services.Meetings.CanWatch(ctx, a, id)
	return a, writes, err
}

// eventWriter writes server-sent events, each at once.
type eventWriter struct {
	io.Writer
	control *http.ResponseController
}

func (w eventWriter) event(e meeting.Event) error {
	data, err := json.Marshal(MeetingEvent{Kind: e.Kind, ID: e.ID.Ptr(), Version: e.Version, ItemID: e.ItemID.Ptr()})
	if err != nil {
		return err
	}
	return w.write("data: " + string(data) + "\n\n")
}

func (w eventWriter) write(text string) error {
	if err := w.control.SetWriteDeadline(time.Now().Add(watchWrite)); err != nil {
		return err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	return w.control.Flush()
}
