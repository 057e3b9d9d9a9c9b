package storage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// startsLast is the last day of the period in which action a starts.
const startsLast = `(case a.starts_precision
  when 'month' then (date_trunc('month', a.starts_on::timestamp) + interval '1 month - 1 day')::date
  when 'quarter' then (date_trunc('quarter', a.starts_on::timestamp) + interval '3 months - 1 day')::date
  when 'year' then (date_trunc('year', a.starts_on::timestamp) + interval '1 year - 1 day')::date
  else a.starts_on end)`

// urgencies are the steps of these reasons in ActionStore.Waiting, as an array; of
// none, all.
func urgencies(reasons []action.Waiting) string {
	steps := []action.Waiting{action.WaitLate, action.WaitStale, action.WaitStartPassed, action.WaitConfirm, action.WaitDueSoon}
	var out []string
	for i, r := range steps {
		if len(reasons) == 0 || slices.Contains(reasons, r) {
			out = append(out, strconv.Itoa(i+1))
		}
	}
	return strings.Join(out, ",")
}

// Waiting implements action.Store. It looks only at what the post leads, shares or
// has a task in, by the indexes of these, and ranks it before anything is loaded.
func (s *ActionStore) Waiting(scope domain.Scope, post domain.PostID, party domain.PartyID, f action.WaitFor) ([]action.OfPost, []domain.ActionID, error) {
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
	if f.Only != nil {
		w.add("a.id = any(?)", asOne(f.Only))
	}
	about, err := s.tx.followAbout(f.About)
	if err != nil {
		return nil, nil, err
	}
	s.tx.aboutAction(&w, scope, about)
	found, err := query[struct {
		ID domain.ActionID
		N  int
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
), reasons as (
  select id, no, array_remove(array[
      case when leads and late_on < `+date(day)+` or not leads and due < `+date(day)+` then 1 end,
      case when leads and word < `+date(day)+` - fresh_limit then 2 end,
      case when leads and status = 'not_started' and starts_last < `+date(day)+` then 3 end,
      case when leads and word < `+date(day)+` - fresh_target and word >= `+date(day)+` - fresh_limit then 4 end,
      case when leads and late_on between `+date(day)+` and `+date(soon)+` or not leads and due >= `+date(day)+` then 5 end], null) as urgencies,
      leads, due, late_since, late_on, word, starts_last
  from held
), ranked as (
  select id, row_number() over (order by urgencies[1], case urgencies[1] when 1 then case when leads then late_since else due end when 3 then starts_last when 5 then case when leads then late_on else due end else word end, no) as n
  from reasons where urgencies && '{`+urgencies(f.Reasons)+`}'
)
select id, n from ranked order by n`, w.args...)
	if err != nil {
		return nil, nil, fmt.Errorf("find the actions that wait: %w", err)
	}
	all := make([]domain.ActionID, len(found))
	at := make(map[domain.ActionID]int, len(found))
	for i, x := range found {
		all[i], at[x.ID] = x.ID, i
	}
	ids := all[:min(f.Limit, len(all))]
	if len(ids) == 0 {
		return nil, all, nil
	}
	rows, err := query[actionView](s.tx, actionListColumns+s.held()+" as lead_held"+s.from(scope)+" where a.id = any(?)", asOne(ids))
	if err != nil {
		return nil, nil, fmt.Errorf("load the actions that wait: %w", err)
	}
	views, err := s.complete(scope, rows)
	if err != nil {
		return nil, nil, err
	}
	said, err := s.said(scope, ids)
	if err != nil {
		return nil, nil, err
	}
	tasks, err := NewTaskStore(s.tx).tasks("t.action_id = any(?) and t.post_id = ? and t.done_on is null and t.withdrawn_on is null and t.due_last_on <= ?", asOne(ids), post, soon)
	if err != nil {
		return nil, nil, err
	}
	own := map[domain.ActionID][]action.Task{}
	for _, t := range tasks {
		own[t.ActionID] = append(own[t.ActionID], t)
	}
	out := make([]action.OfPost, len(ids))
	for _, v := range views {
		v.Said = said[v.ID]
		item := action.OfPost{View: v, Own: own[v.ID]}
		item.Waits = item.WaitsOf(post, party, item.Own, day)
		out[at[v.ID]] = item
	}
	return out, all, nil
}
