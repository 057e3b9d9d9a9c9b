package storage

import (
	"yhdyspinta/domain/change"
)

// phases adds the actions that are in another phase of their implementation.
func (c *changesSince) phases() {
	c.changed(change.PhaseMoved, "was.phase_id is distinct from a.phase_id",
		event{at: c.first("v.phase_id is not distinct from a.phase_id"), before: "was.phase_id", other: "a.phase_id"})
	// Of what was made since, compared with the phase in which the scope saw it first.
	var w where
	c.tx.visible(&w, c.scope, "a", "action")
	c.narrow(&w)
	w.add("a.updated_at > " + c.at + " and a.created_at > " + c.at + " and (select way.phase_id from way where way.id = f.phase_id) is distinct from a.phase_id")
	c.action(change.PhaseMoved, ` from action a join lateral (
  select v.phase_id from public.action_history v where v.id = a.id and `+c.then("v")+` order by v.sys_from limit 1) f on true`+w.sql(), w.args,
		event{at: c.first("v.sys_from > a.created_at and v.phase_id is not distinct from a.phase_id"), before: "(select way.phase_id from way where way.id = f.phase_id)", other: "a.phase_id"})
}

// shownAt is the condition that the scope might see an action (by the SQL of its id) at
// a moment.
func (c *changesSince) shownAt(id, moment string) string {
	if c.scope.Staff {
		return "true"
	}
	return "exists (select 1 from public.action_history k where k.id = " + id + " and k.sys_from <= " + moment + " and k.sys_to > " + moment + " and k.visibility = 'public')"
}

// milestones adds the milestones that were added or moved, reached or taken off the
// list. What was said while its action was hidden, or when it was made, is part of that.
func (c *changesSince) milestones() {
	var inner where
	inner.add(`t.kind = 'milestone' and t.updated_at > ` + c.at + ` and case
  when t.withdrawn_on is not null then v.id is not null and v.withdrawn_on is null
  when t.done_on is not null then v.id is null or v.done_on is null or v.withdrawn_on is not null
  else v.id is null or v.done_on is not null or v.withdrawn_on is not null or v.due_on <> t.due_on or v.due_precision <> t.due_precision end`)
	if c.about != nil {
		inner.add("t.action_id = any(?)", asOne(c.related))
	}
	milestone := `(select t.id, t.action_id, t.due_on, t.due_precision, v.due_on as was_on, v.due_precision as was_as,
  case when t.withdrawn_on is not null then 'gone' when t.done_on is not null then 'reached' else 'set' end as now,
  (select min(n.sys_from) from public.action_task_history n where n.id = t.id and n.sys_from > ` + c.at + ` and case
    when t.withdrawn_on is not null then n.withdrawn_on is not null
    when t.done_on is not null then n.done_on is not null and n.withdrawn_on is null
    else n.done_on is null and n.withdrawn_on is null and n.due_on = t.due_on and n.due_precision = t.due_precision end) as at
  from action_task t left join public.action_task_history v on v.id = t.id and v.sys_from <= ` + c.at + ` and v.sys_to > ` + c.at + inner.sql() + `) x`
	w := where{args: inner.args}
	c.tx.visible(&w, c.scope, "a", "action")
	w.add("x.at > a.created_at and " + c.shownAt("a.id", "x.at"))
	set := func(column string) string { return "case x.now when 'set' then x." + column + " end" }
	c.events = append(c.events, event{
		kind: "case x.now when 'gone' then '" + string(change.MilestoneGone) + "' when 'reached' then '" + string(change.MilestoneReached) + "' else '" + string(change.MilestoneSet) + "' end",
		id:   "x.id", at: "x.at", subject: "'action'", subjectID: "a.id", other: "x.id",
		wasOn: set("was_on"), wasAs: set("was_as"), nowOn: set("due_on"), nowAs: set("due_precision"),
		from: " from " + milestone + " join action a on a.id = x.action_id" + w.sql(), args: w.args})
}

// dependencies adds what actions wait for since, and what they wait for no longer.
func (c *changesSince) dependencies() {
	const same = "k.action_id = d.action_id and k.needs_id = d.needs_id"
	ended := "d.sys_to < 'infinity'"
	if c.tx.asOf {
		ended = "d.sys_to <= current_setting('app.as_of')::timestamptz"
	}
	there := " k.sys_from <= " + c.at + " and k.sys_to > " + c.at
	for _, e := range []struct {
		kind                 change.Kind
		from, moment, really string
	}{
		{change.NeedsAdded, "action_dependency d", "d.created_at", "not exists (select 1 from public.action_dependency_history k where " + same + " and" + there + ")"},
		{change.NeedsRemoved, "public.action_dependency_history d", "d.sys_to", "d.sys_from <= " + c.at + " and " + ended + " and not exists (select 1 from action_dependency k where " + same + ")"},
	} {
		var w where
		w.add(e.moment + " > " + c.at + " and " + e.really)
		c.tx.visible(&w, c.scope, "a", "action")
		c.tx.visible(&w, c.scope, "b", "action")
		w.add(e.moment + " > a.created_at and " + c.shownAt("a.id", e.moment) + " and " + c.shownAt("b.id", e.moment))
		c.narrow(&w)
		c.events = append(c.events, event{kind: "'" + string(e.kind) + "'", id: "d.id", at: e.moment, subject: "'action'", subjectID: "a.id", other: "b.id",
			from: " from " + e.from + " join action a on a.id = d.action_id join action b on b.id = d.needs_id" + w.sql(), args: w.args})
	}
}
