package storage

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

type dependencyRow struct {
	ID        domain.DependencyID
	ActionID  domain.ActionID
	NeedsID   domain.ActionID
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

func (dependencyRow) TableName() string { return "action_dependency" }

// DependencyStore keeps which action waits for which.
type DependencyStore struct{ tx Tx }

// NewDependencyStore binds the store to a transaction.
func NewDependencyStore(tx Tx) *DependencyStore { return &DependencyStore{tx} }

// Lock implements action.DependencyStore.
func (s *DependencyStore) Lock() error {
	if err := s.tx.Exec("select pg_advisory_xact_lock(hashtext('action_dependency'))").Error; err != nil {
		return fmt.Errorf("lock the dependencies: %w", err)
	}
	return nil
}

// Get implements action.DependencyStore.
func (s *DependencyStore) Get(of domain.ActionID, id domain.DependencyID) (action.Dependency, error) {
	rows, err := query[dependencyRow](s.tx, "select * from action_dependency where id = ? and action_id = ? for update", id, of)
	if err != nil {
		return action.Dependency{}, fmt.Errorf("load a dependency: %w", err)
	}
	if len(rows) == 0 {
		return action.Dependency{}, domain.NotFound("dependency")
	}
	return action.Dependency(rows[0]), nil
}

// Around implements action.DependencyStore.
func (s *DependencyStore) Around(scope domain.Scope, of domain.ActionID) (needs, awaitedBy []action.Neighbour, err error) {
	const around = "action_dependency where action_id = ? union all select %s from action_dependency where needs_id = ?"
	var rows []dependencyRow
	var found []actionView
	actions := NewActionStore(s.tx)
	err = s.tx.together(
		func() (err error) {
			rows, err = query[dependencyRow](s.tx, "select * from "+fmt.Sprintf(around, "*"), of, of)
			if err != nil {
				return fmt.Errorf("load the dependencies of an action: %w", err)
			}
			return nil
		},
		func() (err error) {
			var w where
			w.add("a.id = any(array(select needs_id from "+fmt.Sprintf(around, "action_id")+"))", of, of)
			if s.tx.readable(&w, scope, "a", "action"); !scope.Staff {
				w.add("a.withdrawn_on is null")
			} // staff see what was withdrawn too: it closes cycles, and is taken away here
			found, err = query[actionView](s.tx, actionListColumns+actions.held()+" as lead_held"+actions.from(scope)+w.sql(), w.args...)
			if err != nil {
				return fmt.Errorf("load the actions around an action: %w", err)
			}
			return nil
		},
	)
	if err != nil || len(rows) == 0 {
		return nil, nil, err
	}
	ids := make([]domain.ActionID, len(rows))
	for i, r := range rows {
		if ids[i] = r.NeedsID; r.NeedsID == of {
			ids[i] = r.ActionID
		}
	}
	views, err := actions.complete(scope, found)
	if err != nil {
		return nil, nil, err
	}
	for i, r := range rows {
		at := slices.IndexFunc(views, func(v action.View) bool { return v.ID == ids[i] })
		switch {
		case at < 0: // hidden
		case r.ActionID == of:
			needs = append(needs, action.Neighbour{Dependency: action.Dependency(r), View: views[at]})
		default:
			awaitedBy = append(awaitedBy, action.Neighbour{Dependency: action.Dependency(r), View: views[at]})
		}
	}
	due := func(n action.Neighbour) string { // what has no due date last
		return cmp.Or(n.View.DueLast().String(), "infinity")
	}
	for _, list := range [][]action.Neighbour{needs, awaitedBy} {
		slices.SortFunc(list, func(a, b action.Neighbour) int {
			return cmp.Or(cmp.Compare(due(a), due(b)), cmp.Compare(a.View.No, b.View.No))
		})
	}
	return needs, awaitedBy, nil
}

// Count implements action.DependencyStore.
func (s *DependencyStore) Count(of domain.ActionID) (needs, awaitedBy int, err error) {
	rows, err := query[struct{ Needs, Awaited int }](s.tx, `select (select count(*) from action_dependency where action_id = ?)::integer as needs,
       (select count(*) from action_dependency where needs_id = ?)::integer as awaited`, of, of)
	if err != nil {
		return 0, 0, fmt.Errorf("count the dependencies of an action: %w", err)
	}
	return rows[0].Needs, rows[0].Awaited, nil
}

// Above implements action.DependencyStore.
func (s *DependencyStore) Above(of domain.ActionID) (action.Needs, error) {
	rows, err := query[dependencyRow](s.tx, `
with recursive up (id) as (
  select ?::uuid
  union
  select d.needs_id from up join action_dependency d on d.action_id = up.id)
select d.* from up join action_dependency d on d.action_id = up.id order by d.id`, of)
	if err != nil {
		return nil, fmt.Errorf("load what an action waits for: %w", err)
	}
	out := action.Needs{}
	for _, r := range rows {
		out[r.ActionID] = append(out[r.ActionID], r.NeedsID)
	}
	return out, nil
}

// Names implements action.DependencyStore.
func (s *DependencyStore) Names(scope domain.Scope, ids []domain.ActionID) (map[domain.ActionID]action.Name, error) {
	var w where
	w.add("a.id = any(?)", asOne(ids))
	s.tx.readable(&w, scope, "a", "action")
	rows, err := query[actionRow](s.tx, "select a.id, a.no, a.title_fi, a.title_sv, a.title_en from action a"+w.sql(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("name actions: %w", err)
	}
	out := map[domain.ActionID]action.Name{}
	for _, r := range rows {
		out[r.ID] = action.Name{ID: r.ID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}}
	}
	return out, nil
}

// Insert implements action.DependencyStore.
func (s *DependencyStore) Insert(d action.Dependency) error {
	row := dependencyRow(d)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a dependency: %w", err)
	}
	return nil
}

// Delete implements action.DependencyStore.
func (s *DependencyStore) Delete(id domain.DependencyID) error {
	if err := s.tx.Exec("delete from action_dependency where id = ?", id).Error; err != nil {
		return fmt.Errorf("delete a dependency: %w", err)
	}
	return nil
}

// expected is the condition that something is still expected of action p.
const expected = "p.withdrawn_on is null and p.status in " + openSQL

// late is the condition that action p is late on the day shown.
func (tx Tx) late() string {
	return "(p.status in " + runningSQL + " and coalesce(p.late_on, 'infinity'::date) < " + dateSQL(tx.day) + ")"
}

// risks tells by which late actions those with these ids are at risk (Needs.Risk), in
// one query for them all: it walks from them by the index of what waits, as far as the
// scope may see and not past what is late.
func (tx Tx) risks(scope domain.Scope, ids []domain.AnyID) (map[domain.ActionID]*action.Risk, error) {
	var seen where
	seen.add(expected)
	tx.visible(&seen, scope, "p", "action")
	rows, err := query[struct {
		ActionID domain.ActionID
		ID       domain.ActionID
		No       int
		TitleFi  string
		TitleSv  string
		TitleEn  string
		Status   action.Status
		LateOn   domain.Date
	}](tx, fmt.Sprintf(`
with recursive up (id, steps) as (
  select p.id, 0 from action p where p.id = any(?)
  union
  select p.id, up.steps + 1 from up join action_dependency d on d.action_id = up.id join action p on p.id = d.needs_id
  where up.steps < %d and %s and not %s)
select distinct d.action_id, p.id, p.no, p.title_fi, p.title_sv, p.title_en, p.status, p.late_on
from up join action_dependency d on d.action_id = up.id join action p on p.id = d.needs_id where %[2]s`,
		action.MaxSteps-1, on(seen), tx.late()), asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load what actions wait for: %w", err)
	}
	out := map[domain.ActionID]*action.Risk{}
	if len(rows) == 0 {
		return out, nil
	}
	needs, of := action.Needs{}, map[domain.ActionID]action.Waited{}
	for _, r := range rows {
		needs[r.ActionID] = append(needs[r.ActionID], r.ID)
		of[r.ID] = action.Waited{Name: action.Name{ID: r.ID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}}, Status: r.Status, LateOn: r.LateOn}
	}
	for _, id := range ids {
		waits := domain.ActionID{UUID: id.UUID}
		if risk := needs.Risk(waits, of, tx.day); risk != nil {
			out[waits] = risk
		}
	}
	return out, nil
}

// atRisk is the condition that action a, of which something is expected, waits for one
// that is late on the day shown: Needs.Risk the other way round, from what is late to
// what waits for it.
func (tx Tx) atRisk(scope domain.Scope) string {
	var seen where
	seen.add(expected)
	tx.visible(&seen, scope, "p", "action")
	return among("a.id", fmt.Sprintf(`with recursive risk (id, steps) as (
  select d.action_id, 1 from action_dependency d join action p on p.id = d.needs_id where %s and %s
  union
  select d.action_id, risk.steps + 1 from risk join action p on p.id = risk.id join action_dependency d on d.needs_id = p.id where risk.steps < %d and %s)
select id from risk`, tx.late(), on(seen), action.MaxSteps, on(seen)))
}
