package storage

import (
	"fmt"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/freshness"
)

// FreshnessStore counts how fresh actions are.
type FreshnessStore struct{ tx Tx }

// NewFreshnessStore binds the store to a transaction.
func NewFreshnessStore(tx Tx) *FreshnessStore { return &FreshnessStore{tx} }

type freshnessRow struct {
	ID       domain.AnyID
	PartyID  domain.PartyID
	UnitID   domain.UnitID
	PostID   domain.PostID
	NameFi   string
	NameSv   string
	NameEn   string
	Running  int
	InTarget int
	InLimit  int
	Stale    int
	OldestOn domain.Date

	Late, OutOfDate, DueSoon int
}

func (r freshnessRow) entity() freshness.Group {
	g := freshness.Group{PartyID: r.PartyID, Running: r.Running, InTarget: r.InTarget, InLimit: r.InLimit, Stale: r.Stale, OldestOn: r.OldestOn,
		Late: r.Late, OutOfDate: r.OutOfDate, DueSoon: r.DueSoon}
	name := domain.Text{FI: r.NameFi, SV: r.NameSv, EN: r.NameEn}
	if !r.UnitID.IsZero() {
		g.Unit = &freshness.Unit{ID: r.UnitID, Name: name}
	}
	if !r.PostID.IsZero() {
		g.Post = &freshness.Post{ID: r.PostID, Title: name}
	}
	return g
}

var freshnessOrdering = ordering{
	keys: map[string]sortKey{"stale": {"x.stale", "bigint"}, "inLimit": {"x.in_limit", "bigint"}, "running": {"x.running", "bigint"},
		"late": {"x.late", "bigint"}, "outOfDate": {"x.out_of_date", "bigint"}, "dueSoon": {"x.due_soon", "bigint"}},
	standard: "-stale,-inLimit,-running",
	id:       "x.id",
}

// Groups implements freshness.Store.
func (s *FreshnessStore) Groups(scope domain.Scope, by freshness.By, f freshness.Filter, req domain.PageRequest) (domain.Page[freshness.Group], error) {
	terms, err := s.tx.followTerms(f.Terms)
	if err != nil {
		return domain.Page[freshness.Group]{}, err
	}
	acts := NewActionStore(s.tx)
	var w where
	s.tx.visible(&w, scope, "a", "action")
	w.add("a.status in ('not_started', 'in_progress')")
	leadFilter(s.tx, &w, "lead_party_id", f.Party)
	acts.unitFilter(&w, f.Unit)
	s.tx.actionTerms(&w, scope, terms)
	s.tx.aboutAction(&w, scope, f.About)

	leads := s.tx.leads("a")
	condition, byCondition := "", ", 0::bigint as late, 0::bigint as out_of_date, 0::bigint as due_soon"
	if f.Conditions {
		condition = ", " + acts.condition() + " as condition"
		byCondition = fmt.Sprintf(", count(*) filter (where a.condition = '%s') as late, count(*) filter (where a.condition = '%s') as out_of_date, count(*) filter (where a.condition = '%s') as due_soon",
			action.CondLate, action.CondStale, action.CondDueSoon)
	}
	act := `(select case when ` + leads + ` then a.lead_post_id end as post_id, case when ` + leads + ` then a.lead_party_id end as party_id,
        a.target_to, a.fresh_to, a.confirmed_on` + condition + ` from action a` + w.sql() + `) a`
	figures := fmt.Sprintf(`count(*) as running, count(*) filter (where %s) as in_target, count(*) filter (where %s) as in_limit, count(*) filter (where %s) as stale, min(a.confirmed_on) as oldest_on`,
		s.tx.freshness(action.FreshInTarget), s.tx.freshness(action.FreshInLimit), s.tx.freshness(action.FreshOutOfDate)) + byCondition
	// What nobody leads is a group too; no id is nil.
	const nobody = "'00000000-0000-0000-0000-000000000000'::uuid"
	var groups string
	switch by {
	case freshness.ByParty:
		groups = `select coalesce(a.party_id, ` + nobody + `) as id, a.party_id, null::uuid as unit_id, null::uuid as post_id, '' as name_fi, '' as name_sv, '' as name_en, ` + figures + `
from ` + act + ` group by a.party_id`
	case freshness.ByPost:
		groups = `select coalesce(a.post_id, ` + nobody + `) as id, a.party_id, null::uuid as unit_id, a.post_id, coalesce(p.title_fi, '') as name_fi, coalesce(p.title_sv, '') as name_sv, coalesce(p.title_en, '') as name_en, ` + figures + `
from ` + act + ` left join post p on p.id = a.post_id group by a.post_id, a.party_id, p.title_fi, p.title_sv, p.title_en`
	default:
		// Each unit with those above it, as far as the filter reaches: above the unit
		// that is asked for the figures would be of a part only.
		tops := "select u.id from unit u"
		if len(f.Unit) > 0 {
			tops = "select below.id from below"
			w.args = append([]any{f.Unit}, w.args...)
		}
		below := ""
		if len(f.Unit) > 0 {
			below = "below as (select u.id from unit u where u.id in ? union select u.id from unit u join below on u.parent_id = below.id),\n"
		}
		groups = `with recursive ` + below + `up as (select u.id as unit_id, u.id as top_id, u.parent_id from unit u
union all select up.unit_id, u.id, u.parent_id from up join unit u on u.id = up.parent_id)
select u.id, u.party_id, u.id as unit_id, null::uuid as post_id, u.name_fi, u.name_sv, u.name_en, ` + figures + `
from ` + act + ` join post p on p.id = a.post_id join up on up.unit_id = p.unit_id join unit u on u.id = up.top_id
where u.id in (` + tops + `) group by u.id, u.party_id, u.name_fi, u.name_sv, u.name_en`
	}
	rows, err := list[freshnessRow](s.tx, freshnessOrdering, req, "select x.*", " from ("+groups+") x", where{args: w.args})
	if err != nil {
		return domain.Page[freshness.Group]{}, fmt.Errorf("count how fresh actions are: %w", err)
	}
	return pageOf(rows, entities(rows.Items)), nil
}
