package storage

import (
	"context"
	"errors"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/chain"
	"yhdyspinta/domain/change"
	"yhdyspinta/domain/freshness"
	"yhdyspinta/domain/matrix"
	"yhdyspinta/domain/overview"
	"yhdyspinta/domain/radar"
)

// The read models whose answers are kept. Each stands before the unit of work
// that derives them and has its type, so that services know nothing of it.

// keptModel is a unit of work without a transaction of its own: its stores begin
// one where they have to ask.
type keptModel[S any] struct{ stores func(context.Context) S }

// Read implements domain.UnitOfWork.
func (m keptModel[S]) Read(ctx context.Context, fn func(S) error) error { return fn(m.stores(ctx)) }

// Write implements domain.UnitOfWork: a read model writes nothing.
func (m keptModel[S]) Write(context.Context, func(S, *domain.AuditLog) error) error {
	return errors.New("write through a read model")
}

// Housekeep implements domain.UnitOfWork, as Write does.
func (m keptModel[S]) Housekeep(context.Context, func(S) error) error {
	return errors.New("housekeeping through a read model")
}

// asking is how a store of a kept model asks the one that derives.
type asking[S any] struct {
	ctx  func() context.Context
	kept *Kept
	uow  domain.UnitOfWork[S]
}

func ask[S any](ctx context.Context, k *Kept, uow domain.UnitOfWork[S]) asking[S] {
	return asking[S]{func() context.Context { return ctx }, k, uow}
}

// answer is what of gives, kept.
func answer[S, V any](a asking[S], model string, scope domain.Scope, question any, of func(S) (V, error)) (V, error) {
	return kept(a.ctx(), a.kept, model, scope, question, func(ctx context.Context) (v V, err error) {
		err = a.uow.Read(ctx, func(st S) error {
			v, err = of(st)
			return err
		})
		return v, err
	})
}

// read asks without keeping.
func (a asking[S]) read(fn func(S) error) error { return a.uow.Read(a.ctx(), fn) }

// Overview keeps overviews and their groups.
func (k *Kept) Overview(uow domain.UnitOfWork[overview.Stores]) domain.UnitOfWork[overview.Stores] {
	return keptModel[overview.Stores]{func(ctx context.Context) overview.Stores {
		return overview.Stores{Overview: keptOverview{ask(ctx, k, uow)}}
	}}
}

type keptOverview struct{ asking[overview.Stores] }

// Get implements overview.Store.
func (s keptOverview) Get(scope domain.Scope, f overview.Filter) (overview.Overview, error) {
	return answer(s.asking, "overview", scope, f, func(st overview.Stores) (overview.Overview, error) { return st.Overview.Get(scope, f) })
}

// Groups implements overview.Store.
func (s keptOverview) Groups(scope domain.Scope, by overview.By, f overview.Filter) ([]overview.Group, error) {
	return answer(s.asking, "overview groups", scope, []any{by, f}, func(st overview.Stores) ([]overview.Group, error) { return st.Overview.Groups(scope, by, f) })
}

// Lines implements overview.Store; files are read as before.
func (s keptOverview) Lines(scope domain.Scope, f overview.Filter) (ls []overview.Line, err error) {
	err = s.read(func(st overview.Stores) error {
		ls, err = st.Overview.Lines(scope, f)
		return err
	})
	return ls, err
}

// Changes keeps how much has changed since a day; its lists are read as before.
func (k *Kept) Changes(uow domain.UnitOfWork[change.Stores]) domain.UnitOfWork[change.Stores] {
	return keptModel[change.Stores]{func(ctx context.Context) change.Stores {
		return change.Stores{Changes: keptChanges{ask(ctx, k, uow)}}
	}}
}

type keptChanges struct{ asking[change.Stores] }

// Steering implements change.Store.
func (s keptChanges) Steering(scope domain.Scope) (*change.Meeting, error) {
	return answer(s.asking, "steering meeting", scope, nil, func(st change.Stores) (*change.Meeting, error) { return st.Changes.Steering(scope) })
}

// Count implements change.Store.
func (s keptChanges) Count(scope domain.Scope, since domain.Date) (map[change.Kind]int, error) {
	return answer(s.asking, "changes", scope, since, func(st change.Stores) (map[change.Kind]int, error) { return st.Changes.Count(scope, since) })
}

// List implements change.Store.
func (s keptChanges) List(scope domain.Scope, since domain.Date, kinds []change.Kind, p domain.PageRequest) (page domain.Page[change.Change], err error) {
	err = s.read(func(st change.Stores) error {
		page, err = st.Changes.List(scope, since, kinds, p)
		return err
	})
	return page, err
}

// About implements change.Store.
func (s keptChanges) About(scope domain.Scope, since domain.Date, about []domain.Subject, limit int) (list []change.Change, err error) {
	err = s.read(func(st change.Stores) error {
		list, err = st.Changes.About(scope, since, about, limit)
		return err
	})
	return list, err
}

// Matrix keeps matrices and balances; exports are read row by row as before.
func (k *Kept) Matrix(uow domain.UnitOfWork[matrix.Stores]) domain.UnitOfWork[matrix.Stores] {
	return keptModel[matrix.Stores]{func(ctx context.Context) matrix.Stores {
		return matrix.Stores{Matrix: keptMatrix{ask(ctx, k, uow)}}
	}}
}

type keptMatrix struct{ asking[matrix.Stores] }

// Matrix implements matrix.Store.
func (s keptMatrix) Matrix(scope domain.Scope, f matrix.Filter) (matrix.Matrix, error) {
	return answer(s.asking, "matrix", scope, f, func(st matrix.Stores) (matrix.Matrix, error) { return st.Matrix.Matrix(scope, f) })
}

// Counts implements matrix.Store.
func (s keptMatrix) Counts(scope domain.Scope) (matrix.Counts, error) {
	return answer(s.asking, "responsibility counts", scope, nil, func(st matrix.Stores) (matrix.Counts, error) { return st.Matrix.Counts(scope) })
}

// Balance implements matrix.Store.
func (s keptMatrix) Balance(scope domain.Scope, by matrix.By, f domain.TermFilter) (matrix.Balance, error) {
	return answer(s.asking, "balance", scope, []any{by, f}, func(st matrix.Stores) (matrix.Balance, error) { return st.Matrix.Balance(scope, by, f) })
}

// Lines implements matrix.Store.
func (s keptMatrix) Lines(scope domain.Scope, f matrix.Filter, yield func(matrix.Line) error) error {
	return s.read(func(st matrix.Stores) error { return st.Matrix.Lines(scope, f, yield) })
}

// Radar keeps the counts of the radar; its lists are read as before.
func (k *Kept) Radar(uow domain.UnitOfWork[radar.Stores]) domain.UnitOfWork[radar.Stores] {
	return keptModel[radar.Stores]{func(ctx context.Context) radar.Stores {
		s := keptRadar{ask(ctx, k, uow)}
		return radar.Stores{Radar: s, Duties: s}
	}}
}

type keptRadar struct{ asking[radar.Stores] }

// Counts implements radar.Store.
func (s keptRadar) Counts(scope domain.Scope, f domain.TermFilter) ([]radar.Count, error) {
	return answer(s.asking, "radar", scope, f, func(st radar.Stores) ([]radar.Count, error) { return st.Radar.Counts(scope, f) })
}

// List implements radar.Store.
func (s keptRadar) List(scope domain.Scope, f radar.Filter, p domain.PageRequest) (page domain.Page[radar.Item], err error) {
	err = s.read(func(st radar.Stores) error {
		page, err = st.Radar.List(scope, f, p)
		return err
	})
	return page, err
}

// Duties implements radar.DutyStore.
func (s keptRadar) Duties(scope domain.Scope, post domain.PostID) (gs []radar.Group, err error) {
	err = s.read(func(st radar.Stores) error {
		gs, err = st.Duties.Duties(scope, post)
		return err
	})
	return gs, err
}

// Freshness keeps pages of the groups by freshness.
func (k *Kept) Freshness(uow domain.UnitOfWork[freshness.Stores]) domain.UnitOfWork[freshness.Stores] {
	return keptModel[freshness.Stores]{func(ctx context.Context) freshness.Stores {
		return freshness.Stores{Freshness: keptFreshness{ask(ctx, k, uow)}}
	}}
}

type keptFreshness struct{ asking[freshness.Stores] }

// Groups implements freshness.Store.
func (s keptFreshness) Groups(scope domain.Scope, by freshness.By, f freshness.Filter, p domain.PageRequest) (domain.Page[freshness.Group], error) {
	return answer(s.asking, "freshness", scope, []any{by, f, p}, func(st freshness.Stores) (domain.Page[freshness.Group], error) {
		return st.Freshness.Groups(scope, by, f, p)
	})
}

// Breaks keeps pages of the list of where chains break.
func (k *Kept) Breaks(uow domain.UnitOfWork[chain.BreakStores]) domain.UnitOfWork[chain.BreakStores] {
	return keptModel[chain.BreakStores]{func(ctx context.Context) chain.BreakStores {
		return chain.BreakStores{Breaks: keptBreaks{ask(ctx, k, uow)}}
	}}
}

type keptBreaks struct{ asking[chain.BreakStores] }

// Breaks implements chain.BreakStore. The service notes on the items who may
// answer: on a copy.
func (s keptBreaks) Breaks(scope domain.Scope, f chain.BreakFilter, p domain.PageRequest) (domain.Page[chain.Break], error) {
	page, err := answer(s.asking, "breaks", scope, []any{f, p}, func(st chain.BreakStores) (domain.Page[chain.Break], error) { return st.Breaks.Breaks(scope, f, p) })
	page.Items = slices.Clone(page.Items)
	return page, err
}
