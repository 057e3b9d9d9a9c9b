package storage

import (
	"fmt"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// PhaseSteps implements action.Store. It reads the versions of the one action.
func (s *ActionStore) PhaseSteps(scope domain.Scope, id domain.ActionID) ([]action.PhaseStep, error) {
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
	}](s.tx, `
with recursive way (id, phase_id) as (
  select id, id from phase where merged_into_id is null
  union all
  select p.id, way.phase_id from phase p join way on p.merged_into_id = way.id)
select way.phase_id, coalesce(p.position, 0) as position, (v.sys_from at time zone 'Europe/Helsinki')::date as "on"
from (select h.phase_id, h.sys_from, lag(h.phase_id) over (order by h.sys_from) as before from public.action_history h`+w.sql()+`) v
left join way on way.id = v.phase_id left join phase p on p.id = way.phase_id
where v.phase_id is distinct from v.before order by v.sys_from`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("load the phases of an action: %w", err)
	}
	out := make([]action.PhaseStep, len(rows))
	for i, r := range rows {
		out[i] = action.PhaseStep(r)
	}
	return out, nil
}
