package storage

import (
	"slices"
	"strings"

	"yhdyspinta/domain"
)

// followAbout adds to a filter the terms that its terms were merged into.
func (tx Tx) followAbout(f domain.AboutFilter) (domain.AboutFilter, error) {
	if f.Terms.IsZero() {
		return f, nil
	}
	var err error
	f.Terms, err = tx.followTerms(f.Terms)
	return f, err
}

// aboutAction adds that an action a is about what a filter asks for: what the list of
// actions finds by the same filters.
func (tx Tx) aboutAction(w *where, scope domain.Scope, f domain.AboutFilter) {
	tx.actionTerms(w, scope, f.Terms)
	goalFilter(tx, w, scope, "g.id", f.Goals)
	pinnedFilter(w, f.Chains)
	in(w, "a.forum_id", f.Forums)
	leadFilter(tx, w, "lead_party_id", f.Parties)
	tx.responsibleFilter(w, domain.SubjectAction, "a.id", f.Posts)
}

// about adds that a thing, by the SQL of its kind and id, is about what a filter asks
// for. A kind in quotes is known beforehand, so that only things of that kind are
// looked through.
func (tx Tx) about(w *where, scope domain.Scope, kind, id string, f domain.AboutFilter) {
	among := func(things string) string {
		if strings.HasPrefix(kind, "'") {
			return among(id, "select z.id from ("+things+") z (kind, id) where z.kind = "+kind)
		}
		return "(" + kind + ", " + id + ") in (" + things + ")"
	}
	either := func(some bool, things string, args []any, none bool, all string, allArgs []any) {
		switch {
		case some && none:
			w.add("("+among(things)+" or not "+among(all)+")", slices.Concat(args, allArgs)...)
		case some:
			w.add(among(things), args...)
		case none:
			w.add("not "+among(all), allArgs...)
		}
	}
	if t := f.Terms; !t.IsZero() {
		things, args := tx.sorted(scope, t)
		if t.Themes.IsZero() && !t.Own() && len(t.Plans.Values) > 0 {
			things, args = things+" union all select 'plan', p.id from plan p where p.id in ?", append(args, t.Plans.Values)
		}
		either(true, things, args, false, "", nil)
	}
	if !f.Goals.IsZero() {
		things, args := tx.goalThings(scope, f.Goals)
		all, allArgs := tx.goalThings(scope, domain.AnyOf[domain.GoalID]{})
		either(len(f.Goals.Values) > 0, things, args, f.Goals.None, all, allArgs)
	}
	if !f.Chains.IsZero() {
		things, args := tx.chainThings(scope, domain.AnyOf[domain.ChainID]{Values: f.Chains.Values})
		all, allArgs := tx.chainThings(scope, domain.AnyOf[domain.ChainID]{})
		either(len(f.Chains.Values) > 0, things, args, f.Chains.None, all, allArgs)
	}
	if !f.Forums.IsZero() {
		things, args := tx.forumThings(scope, f.Forums)
		all, allArgs := tx.forumThings(scope, domain.AnyOf[domain.ForumID]{})
		either(len(f.Forums.Values) > 0, things, args, f.Forums.None, all, allArgs)
	}
	day := dateSQL(tx.day)
	valid := func(r string) string {
		return r + ".valid_from <= " + day + " and (" + r + ".valid_to is null or " + r + ".valid_to >= " + day + ")"
	}
	held := "exists (select 1 from (select ar.post_id, ar.part = 'lead' as leads from responsibility ar where ar.subject_kind = " + kind + " and ar.subject_id = " + id + " and " + valid("ar") +
		" union all select am.post_id, am.role = 'chair' from membership am where " + kind + " = 'forum' and am.forum_id = " + id + " and " + valid("am") + ") hp join post ap on ap.id = hp.post_id"
	holders := func(of, is string, none bool, values any, some bool) {
		switch {
		case some && none:
			w.add("("+held+of+" and "+is+" in ?) or not "+held+of+"))", values)
		case some:
			w.add(held+of+" and "+is+" in ?)", values)
		case none:
			w.add("not " + held + of + ")")
		}
	}
	holders(" where hp.leads", "ap.party_id", f.Parties.None, f.Parties.Values, len(f.Parties.Values) > 0)
	holders(" where true", "ap.id", f.Posts.None, f.Posts.Values, len(f.Posts.Values) > 0)
}

// goalThings is the subquery of the kinds and ids of the goals and what is for them,
// of the goals that the scope may see. The zero filter is all goals.
func (tx Tx) goalThings(scope domain.Scope, f domain.AnyOf[domain.GoalID]) (string, []any) {
	var g where
	tx.visible(&g, scope, "g", "goal")
	if len(f.Values) > 0 {
		under, args := tx.underGoals(scope, f.Values)
		g.add(under, args...)
	}
	return "select 'goal' as kind, g.id from goal g" + g.sql() +
		" union all select 'action', l.action_id from action_goal l join goal g on g.id = l.goal_id" + g.sql() +
		" union all select 'forum', l.forum_id from forum_goal l join goal g on g.id = l.goal_id" + g.sql(), slices.Concat(g.args, g.args, g.args)
}

// forumThings is the same of forums and the actions that they follow.
func (tx Tx) forumThings(scope domain.Scope, f domain.AnyOf[domain.ForumID]) (string, []any) {
	var w where
	tx.visible(&w, scope, "f", "forum")
	if len(f.Values) > 0 {
		w.add("f.id in ?", f.Values)
	}
	return "select 'forum' as kind, f.id from forum f" + w.sql() +
		" union all select 'action', a.id from action a join forum f on f.id = a.forum_id" + w.sql(), slices.Concat(w.args, w.args)
}

// chainThings is the same of chains and what belongs to them, forums too.
func (tx Tx) chainThings(scope domain.Scope, f domain.AnyOf[domain.ChainID]) (string, []any) {
	things, args := tx.ofChains(scope, f)
	var w where
	tx.visible(&w, scope, "f", "forum")
	pinned := "select k.id from (" + tx.pinnedChains(scope, domain.SubjectForum, "f.id") + ") k"
	if len(f.Values) > 0 {
		w.add("(f.chain_id in ? or exists ("+pinned+" where k.id in ?))", f.Values, f.Values)
	} else {
		w.add("(f.chain_id is not null or exists (" + pinned + "))")
	}
	return things + " union all select 'forum', f.id from forum f" + w.sql(), append(args, w.args...)
}

// aboutReferral adds that one of the forums between which a referral goes, by the
// alias of its row, is about what a filter asks for.
func (tx Tx) aboutReferral(w *where, scope domain.Scope, alias string, f domain.AboutFilter) {
	if f.IsZero() {
		return
	}
	var from, to where
	tx.about(&from, scope, "'forum'", alias+".from_forum_id", f)
	tx.about(&to, scope, "'forum'", alias+".to_forum_id", f)
	w.add("("+on(from)+" or "+on(to)+")", slices.Concat(from.args, to.args)...)
}
