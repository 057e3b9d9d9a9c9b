package api

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
)

// slowLine takes a second for each piece, and keeps the limits that were set.
type slowLine struct {
	*httptest.ResponseRecorder
	limits []time.Duration
}

func (s *slowLine) SetWriteDeadline(t time.Time) error {
	s.limits = append(s.limits, time.Until(t))
	return nil
}

func (s *slowLine) Write(b []byte) (int, error) {
	time.Sleep(time.Second)
	return s.ResponseRecorder.Write(b)
}

func TestDownloadsLastWhileTheyGetOn(t *testing.T) {
	t.Parallel()
	send := func(t *testing.T, idle, most, between time.Duration, pieces int) (took time.Duration, line *slowLine, ended error) {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			p, end := newProgress(t.Context(), idle, most)
			defer end()
			line = &slowLine{ResponseRecorder: httptest.NewRecorder()}
			w := progressWriter{line, p, http.NewResponseController(line)}
			for range pieces {
				select {
				case <-time.After(between):
				case <-p.Done():
				}
				if ended = p.Err(); ended != nil {
					break
				}
				if _, err := w.Write(make([]byte, 10)); err != nil {
					t.Fatal(err)
				}
			}
			took = time.Since(start)
		})
		return took, line, ended
	}
	for name, tt := range map[string]struct {
		between time.Duration
		pieces  int
		ended   error
		took    time.Duration
	}{
		"gets on for longer than one limit": {30 * time.Second, 5, nil, 155 * time.Second},
		"stands still":                      {2 * time.Minute, 1, context.DeadlineExceeded, 55 * time.Second},
		"gets on for ever":                  {30 * time.Second, 100, context.DeadlineExceeded, 10 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			took, line, ended := send(t, 55*time.Second, 10*time.Minute, tt.between, tt.pieces)
			if !errors.Is(ended, tt.ended) || took != tt.took {
				t.Errorf("ended by %v after %s, want %v after %s", ended, took, tt.ended, tt.took)
			}
			for _, l := range line.limits {
				if l > time.Minute {
					t.Errorf("a piece may take %s", l)
				}
			}
		})
	}
}

// One large piece is handed over in small ones, so that a slow line is seen to get on.
func TestLargePiecesAreHandedOverInSmallOnes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, end := newProgress(t.Context(), 3*time.Second, time.Hour)
		defer end()
		line := &slowLine{ResponseRecorder: httptest.NewRecorder()}
		if n, err := (progressWriter{line, p, http.NewResponseController(line)}).Write(make([]byte, 10*pieceSize+1)); err != nil || n != 10*pieceSize+1 || line.Body.Len() != n {
			t.Errorf("%d sent, %d arrived: %v", n, line.Body.Len(), err)
		}
		if len(line.limits) != 11 {
			t.Errorf("%d pieces", len(line.limits))
		}
	})
}

// Who goes away ends the request at once, as does the end of the request itself.
func TestProgressEndsWithItsParent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		parent, leave := context.WithCancel(t.Context())
		p, end := newProgress(parent, time.Minute, time.Hour)
		defer end()
		below, cancel := context.WithTimeout(p, time.Hour)
		defer cancel()
		leave()
		<-below.Done()
		if !errors.Is(p.Err(), context.Canceled) || !errors.Is(below.Err(), context.Canceled) {
			t.Errorf("%v, %v", p.Err(), below.Err())
		}
	})
}

// What a request waits for ends with it: one that only waits after 55 seconds, whatever it
// asked for.
func TestARequestThatOnlyWaitsIsEnded(t *testing.T) {
	t.Parallel()
	s := New(Options{Clock: time.Now, NewID: domain.UUIDv7, Mount: func(e *echo.Echo) {
		e.Any("/*", func(c echo.Context) error {
			select {
			case <-c.Request().Context().Done():
				return c.NoContent(http.StatusGatewayTimeout)
			case <-time.After(time.Hour):
				return c.NoContent(http.StatusTeapot)
			}
		})
	}})
	for _, method := range []string{"GET", "POST"} {
		synctest.Test(t, func(t *testing.T) {
			start, w := time.Now(), httptest.NewRecorder()
			s.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, "/wait", nil))
			if took := time.Since(start); w.Code != http.StatusGatewayTimeout || took != 55*time.Second {
				t.Errorf("%s: %d after %s", method, w.Code, took)
			}
		})
	}
}
