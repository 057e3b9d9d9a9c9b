package storage

import (
	"fmt"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// Where an action goes on is what the reports name that its status is said by:
// nothing of it is stored beside. Effective is what reports of the joint status name;
// what one party alone says so far stands with that party.

// saidReport is the condition that report r is the latest word of its party that
// stands or, where nobody was asked for a word of their own, the latest of all.
const saidReport = `(exists (select 1 from action_party_status sp where sp.report_id = r.id)
  or exists (select 1 from (select lw.report_id, lw.joint from action_word lw where lw.action_id = r.action_id and lw.withdrawn_at is null
     order by lw.said_at desc, lw.id desc limit 1) latest where latest.joint and latest.report_id = r.id))`

type refRow struct {
	OfID   domain.AnyID // what the action is named by
	ID     domain.ActionID
	No     int
	Title  domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	Status action.Status
}

func (r refRow) ref() action.Ref {
	return action.Ref{ID: r.ID, No: r.No, Title: r.Title, Status: r.Status}
}

const refColumns = "o.id, o.no, o.title_fi, o.title_sv, o.title_en, o.status"

// refs runs a query of refRows about other actions o that the scope may see, and
// sorts them by what they are named by. limit is of all rows; 0: none.
func (s *ActionStore) refs(scope domain.Scope, of, from string, w where, limit int) (map[domain.AnyID][]action.Ref, error) {
	s.tx.readable(&w, scope, "o", "action")
	sql := "select distinct " + of + " as of_id, " + refColumns + from + w.sql() + " order by o.no"
	if limit > 0 {
		sql += fmt.Sprintf(" limit %d", limit)
	}
	rows, err := query[refRow](s.tx, sql, w.args...)
	if err != nil {
		return nil, fmt.Errorf("load where actions go on: %w", err)
	}
	out := map[domain.AnyID][]action.Ref{}
	for _, r := range rows {
		out[r.OfID] = append(out[r.OfID], r.ref())
	}
	return out, nil
}

// forwarded adds to actions that were merged or superseded where they go on, with
// one query for all.
func (s *ActionStore) forwarded(scope domain.Scope, views []action.View) error {
	var ids []domain.ActionID
	for _, v := range views {
		if v.Status.GoesOn() {
			ids = append(ids, v.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var w where
	w.add("r.action_id = any(?) and "+saidReport, asOne(ids))
	refs, err := s.refs(scope, "r.action_id", ` from status_report r join action x on x.id = r.action_id and x.status = r.status
join status_report_forward f on f.report_id = r.id join action o on o.id = f.to_action_id`, w, 0)
	for i, v := range views {
		views[i].ForwardedTo = refs[domain.AnyID{UUID: v.ID.UUID}]
	}
	return err
}

// ForwardedFrom implements action.Store.
func (s *ActionStore) ForwardedFrom(scope domain.Scope, id domain.ActionID) ([]action.Ref, error) {
	var w where
	w.add("f.to_action_id = ? and "+saidReport, id)
	refs, err := s.refs(scope, "f.to_action_id", ` from status_report_forward f join status_report r on r.id = f.report_id
join action o on o.id = r.action_id and o.status = r.status`, w, 200)
	return refs[domain.AnyID{UUID: id.UUID}], err
}

// NamedBy implements action.Store.
func (s *ActionStore) NamedBy(id domain.ActionID) ([]action.Ref, error) {
	var w where
	w.add("f.to_action_id = ? and "+saidReport, id)
	refs, err := s.refs(domain.Scope{Staff: true}, "f.to_action_id", ` from status_report_forward f join status_report r on r.id = f.report_id
join action o on o.id = r.action_id`, w, 200)
	return refs[domain.AnyID{UUID: id.UUID}], err
}

// forwardsOf are the actions that reports name, by report.
func (s *ActionStore) forwardsOf(scope domain.Scope, reports []domain.StatusReportID) (map[domain.AnyID][]action.Ref, error) {
	if len(reports) == 0 {
		return nil, nil
	}
	var w where
	w.add("f.report_id = any(?)", asOne(reports))
	return s.refs(scope, "f.report_id", " from status_report_forward f join action o on o.id = f.to_action_id", w, 0)
}

func (s *ActionStore) insertForwards(r action.StatusReport) error {
	for _, f := range r.Forwards {
		if err := s.tx.Exec("insert into status_report_forward (id, report_id, to_action_id) values (gen_random_uuid(), ?, ?)", r.ID, f.ID).Error; err != nil {
			return fmt.Errorf("insert where an action goes on: %w", err)
		}
	}
	return nil
}

// LockForwards implements action.Store.
func (s *ActionStore) LockForwards() error {
	if err := s.tx.Exec("select pg_advisory_xact_lock(hashtext('status_report_forward'))").Error; err != nil {
		return fmt.Errorf("wait for what else goes on elsewhere: %w", err)
	}
	return nil
}

// Targets implements action.Store.
func (s *ActionStore) Targets(scope domain.Scope, id domain.ActionID, named []action.Target) ([]action.Target, error) {
	ids := make([]domain.ActionID, len(named))
	for i, t := range named {
		ids[i] = t.ID
	}
	var w where
	w.add("o.id = any(?)", asOne(ids))
	s.tx.readable(&w, scope, "o", "action")
	rows, err := query[struct {
		Row       refRow `gorm:"embedded"`
		Withdrawn bool
	}](s.tx, "select "+refColumns+", o.withdrawn_on is not null as withdrawn from action o"+w.sql(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("load the actions in which one goes on: %w", err)
	}
	found := map[domain.ActionID]action.Target{}
	for _, r := range rows {
		found[r.Row.ID] = action.Target{Ref: r.Row.ref(), Withdrawn: r.Withdrawn}
	}
	ways, err := s.waysBack(id, ids)
	if err != nil {
		return nil, err
	}
	out := make([]action.Target, len(named))
	for i, t := range named {
		out[i] = found[t.ID]
		out[i].Back = ways[t.ID]
	}
	return out, nil
}

// waysBack are the ways by which actions lead to one, whatever the joint status: by
// what each party says now. It reads the reports of the actions on the way alone.
func (s *ActionStore) waysBack(to domain.ActionID, from []domain.ActionID) (map[domain.ActionID][]int, error) {
	steps, err := query[struct {
		FromID domain.ActionID
		FromNo int
		ToID   domain.ActionID
		ToNo   int
	}](s.tx, `with recursive way (from_id, to_id) as (
  select r.action_id, f.to_action_id from status_report r join status_report_forward f on f.report_id = r.id where r.action_id = any(?) and `+saidReport+`
  union
  select r.action_id, f.to_action_id from way join status_report r on r.action_id = way.to_id join status_report_forward f on f.report_id = r.id where `+saidReport+`
)
select way.from_id, a.no as from_no, way.to_id, b.no as to_no from way join action a on a.id = way.from_id join action b on b.id = way.to_id order by a.no, b.no`, asOne(from))
	if err != nil {
		return nil, fmt.Errorf("follow where actions go on: %w", err)
	}
	out := map[domain.ActionID][]int{}
	for _, start := range from {
		seen := map[domain.ActionID]bool{}
		var walk func(at domain.ActionID) []int
		walk = func(at domain.ActionID) []int {
			if seen[at] {
				return nil
			}
			seen[at] = true
			for _, step := range steps {
				if step.FromID != at {
					continue
				}
				if step.ToID == to {
					return []int{step.FromNo, step.ToNo}
				}
				if rest := walk(step.ToID); rest != nil {
					return append([]int{step.FromNo}, rest...)
				}
			}
			return nil
		}
		if way := walk(start); way != nil {
			out[start] = way
		}
	}
	return out, nil
}
