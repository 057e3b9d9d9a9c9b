package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/carryover"
)

// CarryOverStore reads what became of the goals of a plan.
type CarryOverStore struct{ tx Tx }

// NewCarryOverStore binds the store to a transaction.
func NewCarryOverStore(tx Tx) *CarryOverStore { return &CarryOverStore{tx} }

type carriedRow struct {
	ID           domain.GoalID
	No           int
	Title        domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	PartyID      *domain.PartyID
	SharedID     *domain.GoalID
	SharedNo     int
	Version      int
	Visibility   domain.Visibility
	Carried      bool
	CarriedAt    *time.Time
	Ending       string
	EndedOn      domain.Date
	EndingReason domain.Text `gorm:"embedded;embeddedPrefix:ending_reason_"`
	IntoID       *domain.GoalID
	IntoNo       int
	Into         domain.Text `gorm:"embedded;embeddedPrefix:into_title_"`
	DraftID      *domain.DraftID
	DraftVersion int
	DraftParty   *domain.PartyID
	Carries      bool
	Drops        bool
	More         bool
	ReasonFi     string
	ReasonSv     string
	ReasonEn     string
	Actions      int
}

// Of implements carryover.Store.
func (s *CarryOverStore) Of(scope domain.Scope, idOrKey string) (c carryover.CarryOver, err error) {
	plans, err := found[planRow](s.tx, scope, planSelect, "plan", "p", "? in (p.id::text, p.key)", idOrKey)
	if err != nil {
		return c, err
	}
	to := plans[0].entity()
	before, err := found[planRow](s.tx, scope, planSelect, "plan", "p", "p.id = ?", to.SupersedesID)
	if err != nil {
		return c, err
	}
	from := before[0].entity()
	c.From = carryover.Plan{ID: from.ID, Key: from.Key, Title: from.Title, EndsOn: from.EndsOn, Public: from.Visibility == domain.Public}
	c.To = carryover.Plan{ID: to.ID, Key: to.Key, Title: to.Title, EndsOn: to.EndsOn, Public: to.Visibility == domain.Public}

	var w, was, shared, into, action where
	s.tx.visible(&w, scope, "g", "goal")
	was.add("h.id = g.id and h.plan_id = ?", from.ID)
	if !scope.Staff {
		was.add("h.visibility = 'public'")
	}
	w.add("(g.plan_id = ? or exists (select 1 from public.goal_history h"+was.sql()+") and exists (select 1 from public.goal_history h where h.id = g.id and h.plan_id = ?))",
		append(append([]any{from.ID}, was.args...), to.ID)...)
	shared.add("u.id = g.shared_goal_id")
	s.tx.visible(&shared, scope, "u", "goal")
	into.add("i.id = g.into_goal_id")
	s.tx.visible(&into, scope, "i", "goal")
	action.add("l.goal_id = g.id and a.status in ('not_started', 'in_progress', 'paused')")
	s.tx.visible(&action, scope, "a", "action")
	drafts := "false"
	if scope.Staff {
		drafts = "d.subject_kind = 'goal' and d.subject_id = g.id and d.state = 'open'"
	}
	sql := `select g.id, g.no, g.title_fi, g.title_sv, g.title_en, g.party_id, u.id as shared_id, coalesce(u.no, g.no) as shared_no, g.version, g.visibility, g.plan_id <> ? as carried,
       (select min(h.sys_from) from public.goal_history h where h.id = g.id and h.plan_id = ?) as carried_at,
       g.ending, g.ended_on, g.ending_reason_fi, g.ending_reason_sv, g.ending_reason_en, i.id as into_id, coalesce(i.no, 0) as into_no,
       coalesce(i.title_fi, '') as into_title_fi, coalesce(i.title_sv, '') as into_title_sv, coalesce(i.title_en, '') as into_title_en,
       d.id as draft_id, coalesce(d.version, 0) as draft_version, d.party_id as draft_party, coalesce(d.content ->> 'planId' = ?::text, false) as carries,
       coalesce(jsonb_exists(d.content::jsonb, 'ending'), false) as drops,
       coalesce(d.content::jsonb - 'planId' - 'ending' - 'reason' <> d.base::jsonb - 'planId' - 'ending' - 'reason' or d.content::jsonb #> '{ending,goalId}' is not null
         or d.content ->> 'planId' <> d.base ->> 'planId' and jsonb_exists(d.content::jsonb, 'ending'), false) as more,
       coalesce(d.content #>> '{ending,reason,fi}', '') as reason_fi,
       coalesce(d.content #>> '{ending,reason,sv}', '') as reason_sv, coalesce(d.content #>> '{ending,reason,en}', '') as reason_en,
       (select count(*) from action_goal l join action a on a.id = l.action_id` + action.sql() + `) as actions
from goal g left join goal u on ` + on(shared) + " left join goal i on " + on(into) + " left join draft d on " + drafts + w.sql() +
		" order by shared_no, g.party_id is not null, g.no limit ?"
	args := []any{from.ID, to.ID, to.ID.String()}
	for _, more := range [][]any{action.args, shared.args, into.args, w.args, {carryover.MaxGoals}} {
		args = append(args, more...)
	}
	rows, err := query[carriedRow](s.tx, sql, args...)
	if err != nil {
		return c, fmt.Errorf("load what became of the goals of a plan: %w", err)
	}
	c.Before = min2(from.EndsOn, s.tx.day)
	c.Goals = make([]carryover.Goal, len(rows))
	for i, r := range rows {
		c.Goals[i] = r.entity()
		if g := c.Goals[i]; g.State == carryover.Carried && !c.Before.Before(g.On) {
			c.Before = g.On.AddDays(-1)
		}
	}
	return c, nil
}

func min2(a, b domain.Date) domain.Date {
	if b.Before(a) {
		return b
	}
	return a
}

func (r carriedRow) entity() carryover.Goal {
	g := carryover.Goal{ID: r.ID, No: r.No, Title: r.Title, PartyID: valueOf(r.PartyID), SharedID: valueOf(r.SharedID), Version: r.Version, Public: r.Visibility == domain.Public, State: carryover.Undecided, Actions: r.Actions}
	switch {
	case r.Carried:
		g.State = carryover.Carried
		if r.CarriedAt != nil {
			g.On = domain.DateOf(*r.CarriedAt)
		}
		return g
	case r.Ending != "":
		g.State, g.On, g.Ending, g.Reason = carryover.Dropped, r.EndedOn, r.Ending, r.EndingReason
		if r.IntoID != nil {
			g.Into = &carryover.Ref{ID: *r.IntoID, No: r.IntoNo, Title: r.Into}
		}
		return g
	}
	if r.DraftID != nil {
		g.Draft = &carryover.Draft{ID: *r.DraftID, Version: r.DraftVersion, PartyID: valueOf(r.DraftParty), Carries: r.Carries, Drops: r.Drops, More: r.More,
			Reason: domain.Text{FI: r.ReasonFi, SV: r.ReasonSv, EN: r.ReasonEn}}
		if r.Carries || r.Drops {
			g.State = carryover.Waiting
		}
	}
	return g
}
