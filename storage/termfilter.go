package storage

import (
	"slices"

	"yhdyspinta/domain"
)

// followTerms adds to a filter the terms that its terms were merged into.
func (tx Tx) followTerms(f domain.TermFilter) (domain.TermFilter, error) {
	var err error
	if f.Themes, err = followed(tx, domain.SubjectTheme, f.Themes); err != nil {
		return f, err
	}
	if f.TargetGroups, err = followed(tx, domain.SubjectTargetGroup, f.TargetGroups); err != nil {
		return f, err
	}
	if f.Districts, err = followed(tx, domain.SubjectDistrict, f.Districts); err != nil {
		return f, err
	}
	f.Tags, err = followed(tx, domain.SubjectTag, f.Tags)
	return f, err
}

// unsorted adds a filter on a vocabulary that a kind of thing does not have.
func unsorted[T any](w *where, f domain.AnyOf[T]) {
	if !f.IsZero() && !f.None {
		w.add("false")
	}
}

// ownTerms adds that a thing of a kind, by the SQL of its id, has the target
// groups, districts and tags of a filter.
func ownTerms(w *where, kind domain.SubjectKind, id string, f domain.TermFilter) {
	switch kind {
	case domain.SubjectGoal:
		inLinked(w, id, "goal_target_group", "goal_id", "target_group_id", f.TargetGroups)
		unsorted(w, f.Districts)
	case domain.SubjectAction:
		inLinked(w, id, "action_target_group", "action_id", "target_group_id", f.TargetGroups)
		inLinked(w, id, "action_district", "action_id", "district_id", f.Districts)
	default:
		unsorted(w, f.TargetGroups)
		unsorted(w, f.Districts)
	}
	tagged(w, kind, id, f.Tags)
}

// actionTerms adds that an action a has the terms of a filter: the theme and the
// plan by goals that the scope may see.
func (tx Tx) actionTerms(w *where, scope domain.Scope, f domain.TermFilter) {
	goalFilter(tx, w, scope, "g.theme_id", f.Themes)
	goalFilter(tx, w, scope, "g.plan_id", f.Plans)
	ownTerms(w, domain.SubjectAction, "a.id", f)
}

// sortedBy adds that a thing, by the SQL of its kind and id, has the terms of a
// filter, with what these were merged into.
func (tx Tx) sortedBy(w *where, scope domain.Scope, kind, id string, f domain.TermFilter) error {
	if f.IsZero() {
		return nil
	}
	f, err := tx.followTerms(f)
	if err != nil {
		return err
	}
	things, args := tx.sorted(scope, f)
	w.add("("+kind+", "+id+") in ("+things+")", args...)
	return nil
}

// sorted is the subquery of the kinds and ids of all things that the scope may
// see and that have the terms of a filter on the day shown. Stages and hand-overs
// have those of their chain.
func (tx Tx) sorted(scope domain.Scope, f domain.TermFilter) (string, []any) {
	var goals, actions, chains, forums where
	tx.visible(&goals, scope, "g", "goal")
	in(&goals, "g.theme_id", f.Themes)
	in(&goals, "g.plan_id", f.Plans)
	ownTerms(&goals, domain.SubjectGoal, "g.id", f)
	tx.visible(&actions, scope, "a", "action")
	tx.actionTerms(&actions, scope, f)
	tx.visible(&chains, scope, "c", "chain")
	in(&chains, "c.theme_id", f.Themes)
	unsorted(&chains, f.Plans)
	ownTerms(&chains, domain.SubjectChain, "c.id", f)
	tx.visible(&forums, scope, "f", "forum")
	unsorted(&forums, f.Themes)
	unsorted(&forums, f.Plans)
	ownTerms(&forums, domain.SubjectForum, "f.id", f)
	return "select 'goal' as kind, g.id from goal g" + goals.sql() +
		" union all select 'action', a.id from action a" + actions.sql() +
		" union all select 'chain', c.id from chain c" + chains.sql() +
		" union all select 'stage', t.id from stage t join chain c on c.id = t.chain_id" + chains.sql() +
		" union all select 'handover', h.id from handover h join chain c on c.id = h.chain_id" + chains.sql() +
		" union all select 'forum', f.id from forum f" + forums.sql(), slices.Concat(goals.args, actions.args, chains.args, chains.args, chains.args, forums.args)
}

// inChains adds that a thing, by the SQL of its kind and id, belongs to one of the
// chains, of those that the scope may see (ofChains).
func (tx Tx) inChains(w *where, scope domain.Scope, kind, id string, f domain.AnyOf[domain.ChainID]) {
	if f.IsZero() {
		return
	}
	things, args := tx.ofChains(scope, f)
	w.add("("+kind+", "+id+") in ("+things+")", args...)
}

// ofChains is the subquery of the kinds and ids of what belongs to the chains that
// the scope may see: as itself, as a stage or hand-over, as an action pinned to one of
// these, or as a goal (goalsOf).
func (tx Tx) ofChains(scope domain.Scope, f domain.AnyOf[domain.ChainID]) (string, []any) {
	chains, args := tx.chains(scope, f)
	var a where
	a.add(pinnedUnder("in ("+chains+")"), slices.Concat(args, args)...)
	tx.visible(&a, scope, "a", "action")
	goals, goalArgs := tx.goalsOf(scope, "in ("+chains+")", args...)
	return "select 'chain' as kind, k.id from (" + chains + ") k" +
		" union all select 'stage', t.id from stage t where t.chain_id in (" + chains + ")" +
		" union all select 'handover', h.id from handover h where h.chain_id in (" + chains + ")" +
		" union all select 'action', a.id from action a" + a.sql() +
		" union all select 'goal', n.goal_id from (" + goals + ") n", slices.Concat(args, args, args, a.args, goalArgs)
}
