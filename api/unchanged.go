package api

import (
	"bytes"
	"context"
	"errors"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
)

// The bounds of what the public was answered and is kept.
const (
	maxUnchanged      = 2000      // answers
	maxUnchangedBytes = 24 << 20  // of all together, with their addresses
	maxUnchangedOne   = 512 << 10 // of one
	maxKeptAddress    = 2 << 10   // of an address: who writes a longer one is answered anew
)

// unchanged keeps the bytes of what the public was answered for as long as no content
// changes. It knows neither operations nor their content: an operation with
// operation.Kept reads content alone, as it is on the day, so that of two answers to the
// public at one address between which nothing has changed the second is the first. An
// answer is kept under its address, the day and the number of the content before it was
// derived (storage.DB.ContentNumber); who asks is given it only if the number is still
// that. Nobody else than the public is ever given one.
type unchanged struct {
	mu      sync.Mutex
	answers *simplelru.LRU[unchangedKey, conditionalAnswer]
	bytes   int
}

type unchangedKey struct {
	address string // path and query
	day     domain.Date
	number  uint64
}

func newUnchanged() *unchanged {
	u := &unchanged{}
	// The only error is of a size below one.
	u.answers, _ = simplelru.NewLRU(maxUnchanged, func(k unchangedKey, a conditionalAnswer) { u.bytes -= sizeOf(k, a) })
	return u
}

func sizeOf(k unchangedKey, a conditionalAnswer) int { return len(k.address) + len(a.body) }

func (u *unchanged) get(k unchangedKey) (conditionalAnswer, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.answers.Get(k)
}

func (u *unchanged) add(k unchangedKey, a conditionalAnswer) {
	if len(a.body) > maxUnchangedOne || len(k.address) > maxKeptAddress {
		return
	}
	a.body = bytes.Clone(a.body) // without the room to grow of the buffer that it was written to
	u.mu.Lock()
	defer u.mu.Unlock()
	u.answers.Remove(k)
	u.answers.Add(k, a)
	u.bytes += sizeOf(k, a)
	for u.bytes > maxUnchangedBytes {
		u.answers.RemoveOldest()
	}
}

// unchangedKey is under what the answer to a request is kept; ok: it may be. Without a
// number of the content it is derived as ever; err: there is no database to derive it
// from, and nobody waits for it a second time.
func (s *Server) unchangedKey(ctx context.Context, c echo.Context) (k unchangedKey, ok bool, err error) {
	if s.ContentNumber == nil || !s.kept[s.operationOf(c)] {
		return k, false, nil
	}
	if a := actor(ctx); a.SignedIn() || a.IsStaff() || a.Token.IsUsed() {
		return k, false, nil
	}
	number, err := s.ContentNumber(ctx)
	if e, known := errors.AsType[*domain.Error](err); known && e.Kind == domain.KindUnavailable {
		return k, false, err
	}
	return unchangedKey{c.Request().URL.RequestURI(), s.Clock.Today(), number}, err == nil, nil
}
