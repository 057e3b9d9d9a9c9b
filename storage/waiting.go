package storage

import (
	"fmt"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// startsLast is the last day of the period in which action a starts.
const startsLast = `(case a.starts_precision
  when 'month' then (date_trunc('month', a.starts_on::timestamp) + interval '1 month - 1 day')::date
  when 'quarter' then (date_trunc('quarter', a.starts_on::timestamp) + interval '3 months - 1 day')::date
  when 'year' then (date_trunc('year', a.starts_on::timestamp) + interval '1 year - 1 day')::date
  else a.starts_on end)`

// urgencies are the steps of these reasons in ActionStore.Waiting; of none, all.
func urgencies(reasons []action.Waiting) []int {
	steps := []action.Waiting{action.WaitLate, action.WaitStale, action.WaitStartPassed, action.WaitConfirm, action.WaitDueSoon}
	var out []int
	for i, r := range steps {
		if len(reasons) == 0 || slices.Contains(reasons, r) {
			out = append(out, i+1)
		}
	}
	return out
}

// Waiting implements action.Store. It looks only at what the post leads, shares or
// has a task in, by the indexes of these, and ranks it before anything is loaded.
func (s *ActionStore) Waiting(scope domain.Scope, post domain.PostID, party domain.PartyID, reasons []action.Waiting, limit int) ([]action.OfPost, int, error) {
	day := s.tx.day
	soon := day.AddDays(action.SoonDays)
	date := func(d domain.Date) string { return "date '" + d.String() + "'" }
	valid := func(r string) string {
		return r + ".valid_from <= " + date(day) + " and (" + r + ".valid_to is null or " + r + ".valid_to >= " + date(day) + ")"
	}
	const made = "(a.created_at at time zone 'Europe/Helsinki')::date"
	var w where
	w.args = []any{post, post, party, party}
	w.add("a.status in ('not_started', 'in_progress')")
	s.tx.visible(&w, scope, "a", "action")
	found, err := query[struct {
		ID    domain.ActionID
		Total int
	}](s.tx, `
with own as (
  select t.action_id, min(t.due_last_on) as due from action_task t
  where t.post_id = ? and t.done_on is null and t.withdrawn_on is null and t.due_last_on <= `+date(soon)+` group by t.action_id
), part as (
  select distinct r.subject_id as action_id from responsibility r
  where r.subject_kind = 'action' and r.post_id = ? and r.part in ('lead', 'shared') and `+valid("r")+`
), held as (
  select a.id, a.no, a.status, a.fresh_target, a.fresh_limit, a.late_on, case when a.due_last_on < `+date(day)+` then a.due_last_on else a.task_last_on end as late_since,
         part.action_id is not null as leads, own.due, `+startsLast+` as starts_last,
         case when asked.count = 0 then greatest(coalesce(a.confirmed_on, `+made+`), case when `+s.tx.leads("a")+` then a.lead_from end)
              when asked.mine is null then null
              when said.id is not null then case when said.status in ('not_started', 'in_progress') then said.confirmed_on end
              else asked.mine end as word
  from (select action_id from own union select action_id from part) x
  join action a on a.id = x.action_id
  left join own on own.action_id = a.id
  left join part on part.action_id = a.id
  cross join lateral (
    select count(*), min(greatest(r.valid_from, `+made+`)) filter (where p.party_id = ?) as mine
    from responsibility r join post p on p.id = r.post_id join party pa on pa.id = p.party_id
    where r.subject_kind = 'action' and r.subject_id = a.id and r.part in ('lead', 'shared') and r.standing <> 'declined' and pa.principal and `+valid("r")+`) asked
  left join action_party_status said on said.action_id = a.id and said.party_id = ?`+w.sql()+`
), ranked as (
  select id, no, case
      when not leads then case when due < `+date(day)+` then 1 else 5 end
      when late_on < `+date(day)+` then 1
      when word < `+date(day)+` - fresh_limit then 2
      when status = 'not_started' and starts_last < `+date(day)+` then 3
      when word < `+date(day)+` - fresh_target then 4
      when late_on <= `+date(soon)+` then 5 end as urgency, leads, due, late_since, late_on, word, starts_last
  from held
)
select id, count(*) over () as total from ranked where urgency in ?
order by urgency, case urgency when 1 then case when leads then late_since else due end when 3 then starts_last when 5 then case when leads then late_on else due end else word end, no
limit `+fmt.Sprint(limit), append(w.args, urgencies(reasons))...)
	if err != nil {
		return nil, 0, fmt.Errorf("find the actions that wait: %w", err)
	}
	if len(found) == 0 {
		return nil, 0, nil
	}
	ids := make([]domain.ActionID, len(found))
	at := make(map[domain.ActionID]int, len(found))
	for i, f := range found {
		ids[i], at[f.ID] = f.ID, i
	}
	rows, err := query[actionView](s.tx, actionListColumns+s.held()+" as lead_held"+s.from(scope)+" where a.id = any(?)", asOne(ids))
	if err != nil {
		return nil, 0, fmt.Errorf("load the actions that wait: %w", err)
	}
	views, err := s.complete(scope, rows)
	if err != nil {
		return nil, 0, err
	}
	said, err := s.said(scope, ids)
	if err != nil {
		return nil, 0, err
	}
	tasks, err := NewTaskStore(s.tx).tasks("t.action_id = any(?) and t.post_id = ? and t.done_on is null and t.withdrawn_on is null and t.due_last_on <= ?", asOne(ids), post, soon)
	if err != nil {
		return nil, 0, err
	}
	own := map[domain.ActionID][]action.Task{}
	for _, t := range tasks {
		own[t.ActionID] = append(own[t.ActionID], t)
	}
	out := make([]action.OfPost, len(found))
	for _, v := range views {
		v.Said = said[v.ID]
		item := action.OfPost{View: v, Own: own[v.ID]}
		item.Wait, _ = item.WaitsOf(post, party, item.Own, day)
		out[at[v.ID]] = item
	}
	return out, found[0].Total, nil
}
