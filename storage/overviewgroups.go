package storage

import (
	"fmt"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/overview"
)

// groups collects the groups of an overview while they are counted.
type groups struct {
	all []overview.Group
	at  map[domain.AnyID]int
}

func (g *groups) add(id domain.AnyID, title domain.Text) {
	g.at[id] = len(g.all)
	g.all = append(g.all, overview.Group{ID: id, Title: title, ByCondition: map[string]int{}})
}

// of is the group of an id; what belongs to a group that the scope may not see
// belongs to none that can be named, and is not counted.
func (g *groups) of(id domain.AnyID) *overview.Group {
	if i, ok := g.at[id]; ok {
		return &g.all[i]
	}
	return nil
}

// Groups implements overview.Store: one query for the groups and one for each kind
// of thing that is counted.
func (s *OverviewStore) Groups(scope domain.Scope, by overview.By, f overview.Filter) ([]overview.Group, error) {
	var o overview.Overview
	err := s.tx.planAnew()
	if err != nil {
		return nil, err
	}
	if f.TermFilter, err = s.tx.followTerms(f.TermFilter); err != nil {
		return nil, err
	}
	if err := s.plan(scope, f, &o); err != nil {
		return nil, fmt.Errorf("load the plan of the groups: %w", err)
	}
	g := &groups{at: map[domain.AnyID]int{}}
	keep := func(overview.Group) bool { return true }
	if by == overview.ByParty {
		principals := map[domain.AnyID]bool{}
		if err := s.partyGroups(g, f, principals); err != nil {
			return nil, err
		}
		keep = func(group overview.Group) bool { return principals[group.ID] || !group.IsZero() }
	} else if err := s.chainGroups(g, scope, f); err != nil {
		return nil, err
	}
	g.add(domain.AnyID{}, domain.Text{})
	for _, part := range []struct {
		name string
		load func(*groups, domain.Scope, overview.By, overview.Filter, *overview.Plan) error
	}{
		{"actions", s.groupActions},
		{"goals", s.groupGoals},
		{"hand-overs", s.groupHandovers},
	} {
		if err := part.load(g, scope, by, f, o.Plan); err != nil {
			return nil, fmt.Errorf("count the %s of the groups: %w", part.name, err)
		}
	}
	return slices.DeleteFunc(g.all, func(group overview.Group) bool {
		if group.ID.IsZero() {
			return group.IsZero()
		}
		return !keep(group)
	}), nil
}

type groupRow struct {
	ID        domain.AnyID
	TitleFi   string
	TitleSv   string
	TitleEn   string
	Principal bool
}

func (s *OverviewStore) chainGroups(g *groups, scope domain.Scope, f overview.Filter) error {
	var w where
	s.tx.visible(&w, scope, "c", "chain")
	in(&w, "c.id", f.Chains)
	rows, err := query[groupRow](s.tx, "select c.id, c.title_fi, c.title_sv, c.title_en from chain c"+w.sql()+" order by c.position, c.id", w.args...)
	if err != nil {
		return fmt.Errorf("load the chains: %w", err)
	}
	for _, r := range rows {
		g.add(r.ID, domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn})
	}
	return nil
}

func (s *OverviewStore) partyGroups(g *groups, f overview.Filter, principals map[domain.AnyID]bool) error {
	var w where
	in(&w, "p.id", f.Parties)
	rows, err := query[groupRow](s.tx, "select p.id, p.short_fi as title_fi, p.short_sv as title_sv, p.short_en as title_en, p.principal from party p"+
		w.sql()+" order by not p.principal, p.position, p.id", w.args...)
	if err != nil {
		return fmt.Errorf("load the parties: %w", err)
	}
	for _, r := range rows {
		g.add(r.ID, domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn})
		principals[r.ID] = r.Principal
	}
	return nil
}

// each calls use for the one or two groups that something counts in; without any,
// for what belongs to none.
func (g *groups) each(one, other *domain.AnyID, use func(*overview.Group)) {
	if one == nil && other == nil {
		use(g.of(domain.AnyID{}))
		return
	}
	if one != nil && other != nil && *one == *other {
		other = nil
	}
	for _, id := range []*domain.AnyID{one, other} {
		if id == nil {
			continue
		}
		if group := g.of(*id); group != nil {
			use(group)
		}
	}
}

// groupActions counts the actions by condition: by the chains of their stage and
// of their hand-over, or by the party that leads.
func (s *OverviewStore) groupActions(g *groups, scope domain.Scope, by overview.By, f overview.Filter, _ *overview.Plan) error {
	var w where
	s.tx.visible(&w, scope, "a", "action")
	s.actionFilter(&w, scope, f)
	one, other, from := "case when "+s.tx.leads("a")+" then a.lead_party_id end", "null::uuid", ""
	if by == overview.ByChain {
		one, other, from = "t.chain_id", "h.chain_id", pinnedTo
	}
	rows, err := query[struct {
		One, Other *domain.AnyID
		Condition  string
		N          int
	}](s.tx, "select "+one+" as one, "+other+" as other, "+s.tx.condition()+" as condition, count(*)::integer as n from action a"+from+w.sql()+" group by 1, 2, 3", w.args...)
	for _, r := range rows {
		g.each(r.One, r.Other, func(group *overview.Group) {
			group.Actions += r.N
			group.ByCondition[r.Condition] += r.N
		})
	}
	return err
}

// groupGoals counts the goals of the plan by the rule of goalsOf, or by the parties
// of the posts responsible for them, and of those the ones with acceptance Open.
func (s *OverviewStore) groupGoals(g *groups, scope domain.Scope, by overview.By, f overview.Filter, plan *overview.Plan) error {
	if plan == nil {
		return nil
	}
	var w, a where
	w.add("g.plan_id = ?", plan.ID)
	s.tx.visible(&w, scope, "g", "goal")
	w.add("g.ended_on is null")
	in(&w, "g.theme_id", f.Themes)
	s.goalsOwn(&w, scope, f)
	with, args := `select r.subject_id as goal_id, p.party_id as group_id from responsibility r join post p on p.id = r.post_id
  where r.subject_kind = 'goal' and r.valid_from <= ? and (r.valid_to is null or r.valid_to >= ?)`, []any{s.tx.day, s.tx.day}
	if by == overview.ByChain {
		s.tx.visible(&a, scope, "a", "action")
		a.add(itsChain + " is not null")
		with, args = "select l.goal_id, "+itsChain+" as group_id from action a"+pinnedTo+" join action_goal l on l.action_id = a.id"+a.sql()+`
  union select k.goal_id, t.chain_id from goal_stage k join stage t on t.id = k.stage_id
  union select k.goal_id, h.chain_id from goal_handover k join handover h on h.id = k.handover_id`, a.args
	}
	open := unacceptedGoals(s.tx)
	rows, err := query[struct {
		ID     *domain.AnyID
		GoalID domain.AnyID
		Open   bool
	}](s.tx, "select distinct x.group_id as id, g.id as goal_id, g.id in ("+open.subquery+`) as open
from goal g left join (`+with+") x on x.goal_id = g.id"+w.sql(), slices.Concat(open.args, args, w.args)...)
	if err != nil {
		return err
	}
	named := map[domain.AnyID]bool{} // goals that belong to a group
	count := func(group *overview.Group, open bool) {
		group.Goals++
		if open {
			group.GoalsOpen++
		}
	}
	for _, r := range rows {
		if r.ID == nil {
			continue
		}
		if group := g.of(*r.ID); group != nil {
			named[r.GoalID] = true
			count(group, r.Open)
		}
	}
	if by == overview.ByParty {
		return nil // nobody is responsible for them, of whatever party
	}
	seen := map[domain.AnyID]bool{}
	for _, r := range rows {
		if !named[r.GoalID] && !seen[r.GoalID] {
			seen[r.GoalID] = true
			count(g.of(domain.AnyID{}), r.Open)
		}
	}
	return nil
}

// groupHandovers counts the hand-overs: of the chain, or that the party gives or
// receives.
func (s *OverviewStore) groupHandovers(g *groups, scope domain.Scope, by overview.By, f overview.Filter, _ *overview.Plan) error {
	var w where
	s.handoversHere(&w, scope, f)
	one, other := "fs.party_id", "ts.party_id"
	if by == overview.ByChain {
		one, other = "c.id", "null::uuid"
	}
	rows, err := query[struct {
		One, Other         *domain.AnyID
		Major, Minor, Open int
	}](s.tx, "select "+one+" as one, "+other+` as other, count(*) filter (where h.gap = 'major')::integer as major, count(*) filter (where h.gap = 'minor')::integer as minor,
       count(*) filter (where h.standing <> 'in_force')::integer as open`+handoversFrom+w.sql()+" group by 1, 2", w.args...)
	for _, r := range rows {
		g.each(r.One, r.Other, func(group *overview.Group) {
			group.Major += r.Major
			group.Minor += r.Minor
			group.HandoversOpen += r.Open
		})
	}
	return err
}

// Lines implements overview.Store.
func (s *OverviewStore) Lines(scope domain.Scope, f overview.Filter) ([]overview.Line, error) {
	o := overview.Overview{Day: s.tx.day}
	var err error
	if f.TermFilter, err = s.tx.followTerms(f.TermFilter); err != nil {
		return nil, err
	}
	if err := s.plan(scope, f, &o); err != nil {
		return nil, fmt.Errorf("load the plan of the lines: %w", err)
	}
	ids, at, err := s.goals(scope, f, &o)
	if err != nil {
		return nil, fmt.Errorf("load the goals of the lines: %w", err)
	}
	if err := s.leads(ids, at); err != nil {
		return nil, fmt.Errorf("load who leads the goals of the lines: %w", err)
	}
	if err := s.goalActions(scope, f, ids, at); err != nil {
		return nil, err
	}
	lines := make([]overview.Line, len(o.Goals))
	for i, g := range o.Goals {
		lines[i] = overview.Line{Goal: g, ByCondition: g.ByCondition}
	}
	return lines, nil
}
