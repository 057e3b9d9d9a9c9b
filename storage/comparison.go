package storage

import (
	"fmt"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/comparison"
	"yhdyspinta/domain/goal"
)

// ComparisonStore reads what is compared of a plan.
type ComparisonStore struct{ tx Tx }

// NewComparisonStore binds the store to a transaction.
func NewComparisonStore(tx Tx) *ComparisonStore { return &ComparisonStore{tx} }

// Plan implements comparison.Store.
func (s *ComparisonStore) Plan(scope domain.Scope, idOrKey string) (comparison.Plan, error) {
	rows, err := found[planRow](s.tx, scope, planSelect, "plan", "p", "? in (p.id::text, p.key)", idOrKey)
	if err != nil {
		return comparison.Plan{}, err
	}
	p := rows[0].entity()
	return comparison.Plan{ID: p.ID, Key: p.Key, Title: p.Title, CouncilTerm: p.CouncilTerm, StartsOn: p.StartsOn, EndsOn: p.EndsOn, Rhythm: p.Rhythm, Visibility: p.Visibility}, nil
}

// candidatesSQL finds by the intervals of the history what may differ: {{then}} and
// {{now}} are a row's state at the ends of the days, {{moved}} is that it began or
// ended between them. Of actions the columns that are compared are, since much else
// of a row changes with every report.
const candidatesSQL = `
with then_goal as (select h.id from public.goal_history h where h.plan_id = @plan and {{then h}}),
now_goal as (select h.id from public.goal_history h where h.plan_id = @plan and {{now h}}),
plan_goal as (select id from then_goal union select id from now_goal),
moved_goal as ((select id from then_goal except select id from now_goal) union (select id from now_goal except select id from then_goal)),
shown_goal as (select o.id from public.goal_history o join public.goal_history n on n.id = o.id and {{now n}}
  where o.id in (select id from plan_goal) and {{then o}} and o.visibility <> n.visibility), -- to who sees only the public one, an action of it is new
link as (select h.action_id as id, h.goal_id, {{moved h}} as moved from public.action_goal_history h
  where h.goal_id in (select id from plan_goal) and h.sys_from <= @to and h.sys_to > @from),
plan_action as (select distinct id from link),
duty as (select h.subject_kind, h.subject_id as id from public.responsibility_history h
  where h.subject_kind in ('goal', 'action') and h.sys_from <= @to and h.sys_to > @from
    and ({{moved h}} or h.valid_from > @fromday and h.valid_from <= @today or h.valid_to >= @fromday and h.valid_to < @today)),
changed as (
  select 'goal' as kind, id from moved_goal
  union select 'goal', o.id from public.goal_history o join public.goal_history n on n.id = o.id and {{now n}}
    where o.id in (select id from plan_goal) and {{then o}} and o.sys_from <> n.sys_from
  union select 'goal', h.goal_id from public.goal_target_group_history h where h.goal_id in (select id from plan_goal) and {{moved h}}
  union select 'goal', id from duty where subject_kind = 'goal' and id in (select id from plan_goal)
  union select 'action', id from link where moved or goal_id in (select id from moved_goal) or goal_id in (select id from shown_goal)
  union select 'action', o.id from plan_action p join public.action_history o on o.id = p.id and {{then o}} join public.action_history n on n.id = o.id and {{now n}}
    where o.sys_from <> n.sys_from
      and (o.title_fi, o.title_sv, o.title_en, o.description_fi, o.description_sv, o.description_en, o.status, o.visibility,
           o.starts_on, o.starts_precision, o.due_on, o.due_precision, o.withdrawn_on)
          is distinct from
          (n.title_fi, n.title_sv, n.title_en, n.description_fi, n.description_sv, n.description_en, n.status, n.visibility,
           n.starts_on, n.starts_precision, n.due_on, n.due_precision, n.withdrawn_on)
  union select 'action', h.action_id from public.action_target_group_history h where h.action_id in (select id from plan_action) and {{moved h}}
  union select 'action', h.action_id from public.action_district_history h where h.action_id in (select id from plan_action) and {{moved h}}
  union select 'action', id from duty where subject_kind = 'action' and id in (select id from plan_action))
(select c.kind, c.id from changed c join public.goal t on t.id = c.id where c.kind = 'goal' order by t.no limit @most)
union all
(select c.kind, c.id from changed c join public.action t on t.id = c.id where c.kind = 'action' order by t.no limit @most)`

var candidatesText = func() string {
	text := candidatesSQL
	for _, alias := range []string{"h", "o", "n"} {
		text = strings.NewReplacer(
			"{{then "+alias+"}}", alias+".sys_from <= @from and "+alias+".sys_to > @from",
			"{{now "+alias+"}}", alias+".sys_from <= @to and "+alias+".sys_to > @to",
			"{{moved "+alias+"}}", "("+alias+".sys_from > @from and "+alias+".sys_from <= @to or "+alias+".sys_to > @from and "+alias+".sys_to <= @to)",
		).Replace(text)
	}
	return text
}()

// Candidates implements comparison.Store.
func (s *ComparisonStore) Candidates(plan domain.PlanID, from, to domain.Date) (goals []domain.GoalID, actions []domain.ActionID, err error) {
	rows, err := query[struct {
		Kind domain.SubjectKind
		ID   domain.AnyID
	}](s.tx, candidatesText, map[string]any{"plan": plan, "from": from.EndOfDay(), "to": to.EndOfDay(), "fromday": from, "today": to, "most": comparison.MaxCandidates + 1})
	if err != nil {
		return nil, nil, fmt.Errorf("find what differs in a plan: %w", err)
	}
	for _, r := range rows {
		if r.Kind == domain.SubjectGoal {
			goals = append(goals, domain.GoalID{UUID: r.ID.UUID})
		} else {
			actions = append(actions, domain.ActionID{UUID: r.ID.UUID})
		}
	}
	return goals, actions, nil
}

// ofPlan is the subquery of the links of actions to goals of a plan that the scope
// may see.
func (s *ComparisonStore) ofPlan(scope domain.Scope, plan domain.PlanID) (string, []any) {
	var w where
	w.add("g.plan_id = ?", plan)
	s.tx.visible(&w, scope, "g", "goal")
	return "select l.action_id, l.goal_id, g.no from action_goal l join goal g on g.id = l.goal_id" + w.sql(), w.args
}

// Members implements comparison.Store.
func (s *ComparisonStore) Members(scope domain.Scope, plan domain.PlanID) (goals []domain.GoalID, actions []domain.ActionID, err error) {
	var w, a where
	w.add("g.plan_id = ?", plan)
	s.tx.visible(&w, scope, "g", "goal")
	links, args := s.ofPlan(scope, plan)
	a.add(among("a.id", "select k.action_id from ("+links+") k"), args...)
	s.tx.visible(&a, scope, "a", "action")
	most := comparison.MaxCandidates + 1
	if err := s.tx.Raw("select g.id from goal g"+w.sql()+" order by g.no limit ?", append(w.args, most)...).Scan(&goals).Error; err != nil {
		return nil, nil, fmt.Errorf("load the goals of a plan: %w", err)
	}
	if err := s.tx.Raw("select a.id from action a"+a.sql()+" order by a.no limit ?", append(a.args, most)...).Scan(&actions).Error; err != nil {
		return nil, nil, fmt.Errorf("load the actions of a plan: %w", err)
	}
	return goals, actions, nil
}

// Endings implements comparison.Store.
func (s *ComparisonStore) Endings(scope domain.Scope, ids []domain.GoalID) (map[domain.GoalID]comparison.Why, error) {
	var w, into where
	w.add("g.id = any(?) and g.ending <> ''", asOne(ids))
	s.tx.visible(&w, scope, "g", "goal")
	into.add("i.id = g.into_goal_id")
	s.tx.visible(&into, scope, "i", "goal")
	rows, err := query[struct {
		ID     domain.GoalID
		Ending string
		Reason domain.Text `gorm:"embedded;embeddedPrefix:ending_reason_"`
		IntoNo int
		Into   domain.Text `gorm:"embedded;embeddedPrefix:into_title_"`
	}](s.tx, `select g.id, g.ending, g.ending_reason_fi, g.ending_reason_sv, g.ending_reason_en, coalesce(i.no, 0) as into_no,
       coalesce(i.title_fi, '') as into_title_fi, coalesce(i.title_sv, '') as into_title_sv, coalesce(i.title_en, '') as into_title_en
from goal g left join goal i on `+on(into)+w.sql(), append(into.args, w.args...)...)
	if err != nil {
		return nil, fmt.Errorf("load why goals ended: %w", err)
	}
	out := map[domain.GoalID]comparison.Why{}
	for _, r := range rows {
		why := comparison.Why{Ending: r.Ending, Reason: r.Reason}
		if r.IntoNo > 0 {
			why.Into = &comparison.Name{Title: r.Into, No: r.IntoNo, Path: fmt.Sprintf("/goals/%d", r.IntoNo)}
		}
		out[r.ID] = why
	}
	return out, nil
}

// Count implements comparison.Store.
func (s *ComparisonStore) Count(scope domain.Scope, plan domain.PlanID) (goals, actions int, err error) {
	var w, a where
	w.add("g.plan_id = ?", plan)
	s.tx.visible(&w, scope, "g", "goal")
	links, args := s.ofPlan(scope, plan)
	a.add(among("a.id", "select k.action_id from ("+links+") k"), args...)
	s.tx.visible(&a, scope, "a", "action")
	var row struct{ Goals, Actions int }
	err = s.tx.Raw("select (select count(*) from goal g"+w.sql()+") as goals, (select count(*) from action a"+a.sql()+") as actions",
		append(w.args, a.args...)...).Scan(&row).Error
	if err != nil {
		return 0, 0, fmt.Errorf("count what a plan has: %w", err)
	}
	return row.Goals, row.Actions, nil
}

// Goals implements comparison.Store.
func (s *ComparisonStore) Goals(scope domain.Scope, plan domain.PlanID, ids []domain.GoalID) (map[domain.GoalID]comparison.Goal, error) {
	var w where
	w.add("g.id = any(?) and g.plan_id = ?", asOne(ids), plan)
	s.tx.visible(&w, scope, "g", "goal")
	rows, err := query[goalRow](s.tx, goalSelect+" from goal g"+w.sql(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("load goals to compare: %w", err)
	}
	of := make([]domain.AnyID, len(rows))
	for i, r := range rows {
		of[i] = domain.AnyID{UUID: r.ID.UUID}
	}
	groups, err := s.tx.linked(of, targetGroupsOfGoals)
	if err != nil {
		return nil, err
	}
	duties, err := s.duties(domain.SubjectGoal, of)
	if err != nil {
		return nil, err
	}
	list := make([]goal.Goal, len(rows))
	for i, r := range rows {
		list[i] = r.entity()
	}
	if err := NewGoalStore(s.tx).others(scope, list); err != nil {
		return nil, err
	}
	out := make(map[domain.GoalID]comparison.Goal, len(rows))
	for i, g := range list {
		if g.SharedGoal == nil { // not for the reader to know
			g.SharedGoalID = domain.GoalID{}
		}
		c := comparison.Goal{ID: g.ID, No: g.No, Title: g.Title, Description: g.Description, ThemeID: g.ThemeID, SharedGoalID: g.SharedGoalID, PartyID: g.PartyID, Ending: string(g.Ending),
			Responsibilities: duties[of[i]], Visibility: g.Visibility}
		setIDs(&c.TargetGroupIDs, groups[0][of[i]])
		out[g.ID] = c
	}
	return out, nil
}

// Actions implements comparison.Store.
func (s *ComparisonStore) Actions(scope domain.Scope, plan domain.PlanID, ids []domain.ActionID) (map[domain.ActionID]comparison.Action, error) {
	links, args := s.ofPlan(scope, plan)
	var l where
	l.add("k.action_id = any(?)", asOne(ids))
	linked, err := query[struct {
		ActionID domain.ActionID
		GoalID   domain.GoalID
	}](s.tx, "select k.action_id, k.goal_id from ("+links+") k"+l.sql()+" order by k.no", append(args, l.args...)...)
	if err != nil {
		return nil, fmt.Errorf("load the goals of actions to compare: %w", err)
	}
	goals := map[domain.ActionID][]domain.GoalID{}
	for _, r := range linked {
		goals[r.ActionID] = append(goals[r.ActionID], r.GoalID)
	}
	var in []domain.ActionID
	for id := range goals {
		in = append(in, id)
	}
	var w where
	w.add("a.id = any(?)", asOne(in))
	s.tx.visible(&w, scope, "a", "action")
	rows, err := query[struct {
		ID                                          domain.ActionID
		No                                          int
		TitleFi, TitleSv, TitleEn                   string
		DescriptionFi, DescriptionSv, DescriptionEn string
		Status                                      string
		StartsOn, DueOn                             domain.Date
		StartsPrecision, DuePrecision               domain.Precision
		Visibility                                  domain.Visibility
	}](s.tx, `select a.id, a.no, a.title_fi, a.title_sv, a.title_en, a.description_fi, a.description_sv, a.description_en,
       a.status, a.starts_on, a.starts_precision, a.due_on, a.due_precision, a.visibility from action a`+w.sql(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("load actions to compare: %w", err)
	}
	of := make([]domain.AnyID, len(rows))
	for i, r := range rows {
		of[i] = domain.AnyID{UUID: r.ID.UUID}
	}
	meant, err := s.tx.linked(of, targetGroupsOfActions, districtsOfActions)
	if err != nil {
		return nil, err
	}
	duties, err := s.duties(domain.SubjectAction, of)
	if err != nil {
		return nil, err
	}
	out := make(map[domain.ActionID]comparison.Action, len(rows))
	for i, r := range rows {
		a := comparison.Action{ID: r.ID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
			Description: domain.Text{FI: r.DescriptionFi, SV: r.DescriptionSv, EN: r.DescriptionEn}, GoalIDs: goals[r.ID], Status: r.Status,
			StartsOn: r.StartsOn, DueOn: r.DueOn, Responsibilities: duties[of[i]], Visibility: r.Visibility}
		setIDs(&a.TargetGroupIDs, meant[0][of[i]])
		setIDs(&a.DistrictIDs, meant[1][of[i]])
		if !r.StartsOn.IsZero() {
			a.StartsPrecision = r.StartsPrecision
		}
		if !r.DueOn.IsZero() {
			a.DuePrecision = r.DuePrecision
		}
		out[r.ID] = a
	}
	return out, nil
}

// duties are the responsibilities in force of things on the day shown. Before there
// were agreements all were.
func (s *ComparisonStore) duties(kind domain.SubjectKind, ids []domain.AnyID) (map[domain.AnyID][]comparison.Responsibility, error) {
	all, err := s.tx.responsibles(kind, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[domain.AnyID][]comparison.Responsibility, len(all))
	for id, rs := range all {
		for _, r := range rs {
			if r.Standing == "" || r.Standing.IsInForce() {
				out[id] = append(out[id], comparison.Responsibility{PostID: r.PostID, Part: r.Part})
			}
		}
	}
	return out, nil
}

// Names implements comparison.Store.
func (s *ComparisonStore) Names(scope domain.Scope, text string) (map[domain.AnyID]comparison.Name, error) {
	labels, err := s.tx.labels(uuidText.FindAllString(text, -1))
	if err != nil {
		return nil, err
	}
	out := make(map[domain.AnyID]comparison.Name, len(labels))
	for id, l := range labels {
		if l.Shown == "public" || scope.Staff && l.Shown == "internal" {
			n := l.label()
			out[id] = comparison.Name{Title: n.Title, No: n.No, Path: n.Path}
		}
	}
	return out, nil
}
