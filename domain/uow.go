package domain

import (
	"context"
	"time"
)

// UnitOfWork runs a use case in one transaction. S is the set of stores that
// a feature needs, bound to that transaction.
type UnitOfWork[S any] interface {
	// Read refuses writes. With an as-of instant in ctx it reads the state of
	// that instant, deletions included. fn may run again, unless under Once.
	Read(ctx context.Context, fn func(S) error) error
	// Write commits only if fn returns nil and added at least one audit entry.
	// Entries commit or roll back together with the change. It refuses a
	// context with an as-of instant: the past is not written.
	Write(ctx context.Context, fn func(S, *AuditLog) error) error
	// Housekeep is Write for machinery, the closed list of tables without content
	// (outbox, mails, sessions): no entry says that it happened. The database
	// refuses to change content in it.
	Housekeep(ctx context.Context, fn func(S) error) error
}

type asOfKey struct{}

// WithAsOf makes reads under ctx show the state at an instant in the past.
func WithAsOf(ctx context.Context, t time.Time) context.Context {
	return context.WithValue(ctx, asOfKey{}, t)
}

// AsOf returns the instant that reads under ctx show, and whether there is one.
func AsOf(ctx context.Context) (time.Time, bool) {
	t, ok := ctx.Value(asOfKey{}).(time.Time)
	return t, ok
}

type onceKey struct{}

// Once makes a read under ctx run once at most: what it has handed on already, to a
// file that is being sent, cannot be taken back.
func Once(ctx context.Context) context.Context { return context.WithValue(ctx, onceKey{}, true) }

// IsOnce reports whether a read under ctx must not be tried again.
func IsOnce(ctx context.Context) bool { return ctx.Value(onceKey{}) != nil }

// DayShown is the calendar date that derived values (condition, freshness) are
// computed for: the as-of date, or today.
func DayShown(ctx context.Context, clock Clock) Date {
	if t, ok := AsOf(ctx); ok {
		return DateOf(t)
	}
	return clock.Today()
}
