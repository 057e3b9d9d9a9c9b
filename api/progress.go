package api

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// requestTime is what an answer may take: what waits longer, for a connection to the
// database for example, gives up, a little before the server would cut it off. A file
// that is being sent has as long again after each piece that has left, downloadTime
// in all.
const (
	requestTime  = 55 * time.Second
	downloadTime = 15 * time.Minute
)

// pieceSize is how much of an answer is handed over at once: what a slow line takes
// well within requestTime.
const pieceSize = 64 << 10

// progress is the context of a request: it ends idle after the answer has last got
// on, and most after it began, whatever happens.
type progress struct {
	context.Context
	idle  time.Duration
	until time.Time // the bound
	done  chan struct{}

	mu    sync.Mutex
	timer *time.Timer
	err   error
}

// newProgress begins one; end frees what it holds.
func newProgress(parent context.Context, idle, most time.Duration) (p *progress, end func()) {
	p = &progress{Context: parent, idle: idle, until: time.Now().Add(most), done: make(chan struct{})}
	p.timer = time.AfterFunc(idle, func() { p.finish(context.DeadlineExceeded) })
	stop := context.AfterFunc(parent, func() { p.finish(parent.Err()) })
	return p, func() {
		stop()
		p.finish(context.Canceled)
	}
}

// Deadline implements context.Context: when it ends at the latest.
func (p *progress) Deadline() (time.Time, bool) {
	if d, ok := p.Context.Deadline(); ok && d.Before(p.until) {
		return d, true
	}
	return p.until, true
}

func (p *progress) finish(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil {
		return
	}
	p.err = err
	p.timer.Stop()
	close(p.done)
}

// moved says that the answer got on, and until when the next piece has to leave.
func (p *progress) moved() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	left := min(p.idle, time.Until(p.until))
	if p.err == nil {
		p.timer.Reset(max(left, 0))
	}
	return time.Now().Add(left)
}

// Done implements context.Context.
func (p *progress) Done() <-chan struct{} { return p.done }

// Err implements context.Context.
func (p *progress) Err() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// progressWriter tells the progress of a request of each piece of its answer, and
// moves the server's own limit with it.
type progressWriter struct {
	http.ResponseWriter
	progress *progress
	control  *http.ResponseController
}

// Unwrap lets http.ResponseController reach the connection.
func (w progressWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Write implements io.Writer.
func (w progressWriter) Write(b []byte) (n int, err error) {
	for {
		// A little later than the context, which says why. Where there is no
		// connection, as in tests, there is no limit to move.
		_ = w.control.SetWriteDeadline(w.progress.moved().Add(serverSlack))
		piece := b[n:min(len(b), n+pieceSize)]
		m, err := w.ResponseWriter.Write(piece)
		if n += m; err != nil || n >= len(b) {
			return n, err
		}
		if err := w.progress.Err(); err != nil {
			return n, err
		}
	}
}

// serverSlack is by how much the server's limit is longer than the request's.
const serverSlack = 5 * time.Second

// withDeadline bounds each request but uploads and streams of events, which have
// limits of their own.
func withDeadline(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if isUpload(c) || isEvents(c) {
			return next(c)
		}
		p, end := newProgress(c.Request().Context(), requestTime, downloadTime)
		defer end()
		c.SetRequest(c.Request().WithContext(p))
		w := c.Response().Writer
		c.Response().Writer = progressWriter{w, p, http.NewResponseController(w)}
		return next(c)
	}
}
