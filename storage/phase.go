package storage

import (
	"fmt"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// phaseWay names of each phase the one that its actions are in: itself, or the one that
// it was merged into.
const phaseWay = `with recursive way (id, phase_id) as (
  select id, id from phase where merged_into_id is null
  union all
  select p.id, way.phase_id from phase p join way on p.merged_into_id = way.id)
`

// PhaseSteps implements action.Store. It reads the versions of the one action.
func (s *ActionStore) PhaseSteps(scope domain.Scope, id domain.ActionID) ([]action.PhaseStep, []action.Word, error) {
	var w where
	w.add("h.id = ?", id)
	if !scope.Staff {
		w.add("h.visibility = 'public'")
	}
	if s.tx.asOf {
		w.add("h.sys_from <= current_setting('app.as_of')::timestamptz")
	}
	rows, err := query[struct {
		PhaseID  domain.PhaseID
		Position int
		On       domain.Date
		At       time.Time
	}](s.tx, phaseWay+`
select way.phase_id, coalesce(p.position, 0) as position, (v.sys_from at time zone 'Europe/Helsinki')::date as "on", v.updated_at as at
from (select h.phase_id, h.sys_from, h.updated_at, lag(h.phase_id) over (order by h.sys_from) as before from public.action_history h`+w.sql()+`) v
left join way on way.id = v.phase_id left join phase p on p.id = way.phase_id
where v.phase_id is distinct from v.before order by v.sys_from`, w.args...)
	if err != nil {
		return nil, nil, fmt.Errorf("load the phases of an action: %w", err)
	}
	out := make([]action.PhaseStep, len(rows))
	for i, r := range rows {
		out[i] = action.PhaseStep(r)
	}
	if len(out) < 3 { // of fewer steps none can have been taken back
		return out, nil, nil
	}
	words, err := query[struct {
		ID          domain.WordID
		Before      domain.PhaseID
		After       domain.PhaseID
		SaidAt      time.Time
		WithdrawnAt *time.Time
	}](s.tx, phaseWay+`
select aw.id, b.phase_id as before, a.phase_id as after, aw.said_at, aw.withdrawn_at
from action_word aw left join way b on b.id = aw.phase_before_id left join way a on a.id = aw.phase_after_id
where aw.action_id = ? and aw.phase_before_id is distinct from aw.phase_after_id order by aw.said_at, aw.id`, id)
	if err != nil {
		return nil, nil, fmt.Errorf("load the words that changed the phase of an action: %w", err)
	}
	said := make([]action.Word, len(words))
	for i, r := range words {
		said[i] = action.Word{ID: r.ID, ActionID: id, Phase: r.Before, PhaseAfter: r.After, SaidAt: r.SaidAt, WithdrawnAt: r.WithdrawnAt}
	}
	return out, said, nil
}

// phasesNow makes the phases of words those that they were merged into, and locks them
// against further merges.
func (s *ActionStore) phasesNow(words ...*action.Word) error {
	now := map[domain.PhaseID]domain.PhaseID{} // the next of each that was merged; zero: it was not
	var ids []domain.PhaseID
	for _, w := range words {
		if w.Phase != w.PhaseAfter {
			ids = append(ids, w.Phase, w.PhaseAfter)
		}
	}
	for {
		ids = slices.DeleteFunc(ids, func(id domain.PhaseID) bool { _, known := now[id]; return known || id.IsZero() })
		if len(ids) == 0 {
			break
		}
		rows, err := query[struct {
			ID           domain.PhaseID
			MergedIntoID domain.PhaseID
		}](s.tx, "select id, merged_into_id from phase where id = any(?) order by id for share", asOne(ids))
		if err != nil {
			return fmt.Errorf("look for what phases were merged into: %w", err)
		}
		ids = nil
		for _, r := range rows {
			now[r.ID] = r.MergedIntoID
			ids = append(ids, r.MergedIntoID)
		}
	}
	for _, w := range words {
		for _, id := range []*domain.PhaseID{&w.Phase, &w.PhaseAfter} {
			for next := now[*id]; !next.IsZero(); next = now[*id] {
				*id = next
			}
		}
	}
	return nil
}
