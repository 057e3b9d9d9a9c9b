package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// dueMoves are the versions h of actions by which a due date that was set became
// another, each with the one before: of those that were written by the day shown and,
// for the public, where both were public.
func (s *ActionStore) dueMoves(scope domain.Scope, ids []domain.ActionID) (string, []any) {
	sql := `(select h.*, lag(h.due_on) over w as was_on, lag(h.due_precision) over w as was_as, lag(h.due_last_on) over w as was_last_on, lag(h.visibility) over w as was_visibility
  from public.action_history h where h.id = any(?) and h.sys_from <= coalesce(nullif(current_setting('app.as_of', true), '')::timestamptz, 'infinity')
  window w as (partition by h.id order by h.sys_from)) h
where h.was_on is not null and (h.was_on, h.was_as) is distinct from (h.due_on, case when h.due_on is null then h.was_as else h.due_precision end)`
	if !scope.Staff {
		sql += " and h.visibility = 'public' and h.was_visibility = 'public'"
	}
	return sql, []any{asOne(ids)}
}

// toLater is the condition that a version h of dueMoves put the action off.
const toLater = "h.due_last_on > h.was_last_on"

// Postponements implements action.Store.
func (s *ActionStore) Postponements(scope domain.Scope, id domain.ActionID) (out []action.Postponement, later int, err error) {
	moves, args := s.dueMoves(scope, []domain.ActionID{id})
	rows, err := query[struct {
		SysFrom      time.Time
		WasOn        domain.Date
		WasAs        domain.Precision
		DueOn        domain.Date
		DuePrecision domain.Precision
		Reason       string
		PartyID      domain.PartyID
		PostID       domain.PostID
		Post         domain.Text `gorm:"embedded;embeddedPrefix:post_"`
		Later        int
	}](s.tx, `select h.sys_from, h.was_on, h.was_as, h.due_on, h.due_precision, e.reason, e.party_id, e.post_id,
  p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en, h.later
from (select h.*, count(*) filter (where `+toLater+`) over () as later from `+moves+` order by h.sys_from desc limit 100) h
left join lateral (select e.reason, e.party_id, e.post_id from public.audit_entry e
  where e.subject_kind = 'action' and e.subject_id = h.id and e.subject_version = h.version order by e.at desc, e.id desc limit 1) e on true
left join post p on p.id = e.post_id
order by h.sys_from desc`, args...)
	if err != nil {
		return nil, 0, fmt.Errorf("load how a due date moved: %w", err)
	}
	out = make([]action.Postponement, len(rows))
	for i, r := range rows {
		out[i] = action.Postponement{At: r.SysFrom.UTC(), FromOn: r.WasOn, FromPrecision: r.WasAs, ToOn: r.DueOn, ToPrecision: r.DuePrecision,
			Reason: r.Reason, PartyID: r.PartyID, PostID: r.PostID, Post: r.Post}
		later = r.Later
	}
	return out, later, nil
}

// postponed adds to actions how often they were put off, with one query for all that
// have changed since they were made.
func (s *ActionStore) postponed(scope domain.Scope, views []action.View) error {
	var ids []domain.ActionID
	for _, v := range views {
		if v.Version > 1 {
			ids = append(ids, v.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	moves, args := s.dueMoves(scope, ids)
	rows, err := query[struct {
		ID domain.ActionID
		N  int
	}](s.tx, "select h.id, count(*) as n from "+moves+" and "+toLater+" group by h.id", args...)
	if err != nil {
		return fmt.Errorf("count how often actions were put off: %w", err)
	}
	times := make(map[domain.ActionID]int, len(rows))
	for _, r := range rows {
		times[r.ID] = r.N
	}
	for i, v := range views {
		views[i].Postponed = times[v.ID]
	}
	return nil
}
