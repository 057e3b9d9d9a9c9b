package matrix

import (
	"context"

	"yhdyspinta/domain"
)

// Store reads the two models. Every query starts from the scope.
type Store interface {
	// Matrix derives the matrix of the day shown with a fixed number of queries.
	Matrix(scope domain.Scope, f Filter) (Matrix, error)
	// Counts counts the responsibilities of the day shown.
	Counts(scope domain.Scope) (Counts, error)
	// Lines hands the responsibilities of all rows and actions that meet the filter
	// to yield, without the matrix' limits, in the order of its rows. It stops at
	// the first error and returns it.
	Lines(scope domain.Scope, f Filter, yield func(Line) error) error
	// Balance counts from the history at the month ends before the day shown, and
	// on that day, with a fixed number of queries, what has the terms on that day.
	Balance(scope domain.Scope, by By, f domain.TermFilter) (Balance, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Matrix Store }

// Service holds the use cases.
type Service struct {
	UoW domain.UnitOfWork[Stores]
}

// Matrix returns the matrix as the actor may see it, of today or the as-of day.
func (s *Service) Matrix(ctx context.Context, actor domain.Actor, f Filter) (m Matrix, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		m, err = st.Matrix.Matrix(actor.Scope(), f)
		return err
	})
	return m, err
}

// Counts counts the responsibilities that the actor may see, of today or the
// as-of day.
func (s *Service) Counts(ctx context.Context, actor domain.Actor) (c Counts, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		c, err = st.Matrix.Counts(actor.Scope())
		return err
	})
	return c, err
}

// Lines hands the rows of an export to yield, from one snapshot.
func (s *Service) Lines(ctx context.Context, actor domain.Actor, f Filter, yield func(Line) error) error {
	ctx = domain.Once(ctx)
	return s.UoW.Read(ctx, func(st Stores) error { return st.Matrix.Lines(actor.Scope(), f, yield) })
}
