package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/hashicorp/golang-lru/v2/expirable"
	"golang.org/x/sync/singleflight"

	"yhdyspinta/domain"
)

// The bounds of what Kept keeps. The largest answer, a matrix of 800 rows, takes
// about 1 MB.
const (
	maxKept = 100
	keptFor = 10 * time.Minute
	// maxDerived is how many answers are derived at a time: each takes a connection
	// and, for a matrix, a core.
	maxDerived = 4
	// deriveWithin is how long one may take, with its wait.
	deriveWithin = time.Minute
)

// Kept keeps the answers of expensive read models in the memory of this process
// for as long as nothing changes (decision 21). It is no part of the truth: an
// answer is kept under the number of the content that it was derived from (see
// changes), the actor's whole scope, the day and the as-of instant, and every
// question of it, so that it is given only to who would get the same by deriving
// it now. A change by whatever process makes all of it void at once.
//
// Kept is safe for concurrent use. Those who ask the same at the same time wait
// for one derivation, without holding a connection.
type Kept struct {
	db      *DB
	answers *expirable.LRU[string, any]
	flights singleflight.Group
	slots   chan struct{} // one for each derivation that runs
}

// NewKept keeps nothing yet.
func NewKept(db *DB) *Kept {
	return &Kept{db: db, answers: expirable.NewLRU[string, any](maxKept, nil, keptFor),
		slots: make(chan struct{}, maxDerived)}
}

// kept is the answer of model to a question of scope: the one that is kept, or
// what derive reads in a transaction of its own. What it returns is shared with
// other requests: nobody may change it. Errors are not kept.
func kept[V any](ctx context.Context, k *Kept, model string, scope domain.Scope, question any, derive func(context.Context) (V, error)) (v V, err error) {
	if k.db.fresh || k.db.snapshotOf(ctx) != nil { // what a snapshot sees may be older than what is kept
		return derive(ctx)
	}
	number, err := k.db.ContentNumber(ctx)
	if err != nil {
		return v, err
	}
	day := domain.DayShown(ctx, k.db.clock)
	at, _ := domain.AsOf(ctx)
	asked, err := json.Marshal([]any{model, scope, day, at, question})
	if err != nil {
		return v, fmt.Errorf("write the question to %s: %w", model, err)
	}
	key := strconv.FormatUint(number, 10) + string(asked)
	if answer, ok := k.answers.Get(key); ok {
		return answer.(V), nil
	}
	flight := k.flights.DoChan(key, func() (answer any, err error) {
		defer func() { // in a goroutine of its own a panic would end the process
			if r := recover(); r != nil {
				err = fmt.Errorf("panic in %s: %v\n%s", model, r, debug.Stack())
			}
		}()
		if answer, ok := k.answers.Get(key); ok { // derived since we looked
			return answer, nil
		}
		// It goes on when the one who asked first has gone, since others may wait for
		// it, but not for ever.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deriveWithin)
		defer cancel()
		select {
		case k.slots <- struct{}{}:
			defer func() { <-k.slots }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		derived, err := derive(ctx)
		if err != nil {
			return nil, err
		}
		if domain.DayShown(ctx, k.db.clock) == day { // else it may be tomorrow's
			k.answers.Add(key, derived)
		}
		return derived, nil
	})
	select {
	case r := <-flight:
		if r.Err != nil {
			return v, r.Err
		}
		return r.Val.(V), nil
	case <-ctx.Done():
		return v, ctx.Err()
	}
}
