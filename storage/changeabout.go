package storage

import (
	"fmt"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/change"
)

// reports adds the status reports that stand of the actions that are asked about.
func (c *changesSince) reports() {
	var w where
	w.add("sr.reported_at > " + c.at)
	w.add(standingReport)
	if !c.scope.Staff {
		w.add("sr.public")
	}
	c.tx.visible(&w, c.scope, "a", "action")
	c.narrow(&w)
	c.events = append(c.events, event{kind: "'" + string(change.Reported) + "'", id: "sr.id", at: "sr.reported_at", subject: "'action'", subjectID: "a.id",
		post: "sr.post_id", report: "sr.id", is: "sr.status", from: " from status_report sr join action a on a.id = sr.action_id" + w.sql(), args: w.args})
}

// editedTexts are what counts as edited.
var editedTexts = map[domain.SubjectKind][]string{
	domain.SubjectGoal: {"title", "description"}, domain.SubjectAction: {"title", "description"}, domain.SubjectChain: {"title", "description"},
	domain.SubjectForum: {"title", "purpose", "mandate"},
}

// edits adds the things that are asked about, and the actions of theirs, whose words
// are others.
func (c *changesSince) edits() {
	ids := map[domain.SubjectKind][]domain.AnyID{domain.SubjectAction: c.related}
	for _, s := range c.about {
		if s.Kind != domain.SubjectAction {
			ids[s.Kind] = append(ids[s.Kind], s.ID)
		}
	}
	for _, kind := range []domain.SubjectKind{domain.SubjectGoal, domain.SubjectAction, domain.SubjectChain, domain.SubjectForum} {
		if len(ids[kind]) == 0 {
			continue
		}
		table := string(kind)
		row := func(alias string) string {
			var columns []string
			for _, text := range editedTexts[kind] {
				for _, lang := range domain.Langs {
					columns = append(columns, alias+"."+text+"_"+string(lang))
				}
			}
			return "(" + strings.Join(columns, ", ") + ")"
		}
		var w where
		w.add("x.id = any(?)", asOne(ids[kind]))
		w.add("v.sys_from <= " + c.at + " and v.sys_to > " + c.at + " and " + row("v") + " is distinct from " + row("x") + " and " + c.then("v"))
		c.tx.visible(&w, c.scope, "x", table)
		c.events = append(c.events, event{kind: "'" + string(change.Edited) + "'", id: "x.id", subject: "'" + table + "'", subjectID: "x.id",
			at:   "(select min(n.sys_from) from public." + table + "_history n where n.id = x.id and n.sys_from > " + c.at + " and " + row("n") + " is not distinct from " + row("x") + ")",
			from: " from " + table + " x join public." + table + "_history v on v.id = x.id" + w.sql(), args: w.args})
	}
}

// endings adds the goals that are asked about and have ended or go on again, and the
// actions that were withdrawn.
func (c *changesSince) endings() {
	if ids := c.asked(domain.SubjectGoal); len(ids) > 0 {
		var w where
		w.add("x.id = any(?)", asOne(ids))
		w.add("(v.ended_on is null) <> (x.ended_on is null) and (x.ended_on is not null or " + c.then("v") + ")")
		c.tx.visible(&w, c.scope, "x", "goal")
		c.events = append(c.events, event{kind: "case when x.ended_on is null then '" + string(change.GoesOn) + "' else '" + string(change.Ended) + "' end",
			id: "x.id", subject: "'goal'", subjectID: "x.id", is: "x.ending",
			at:   "(select min(n.sys_from) from public.goal_history n where n.id = x.id and n.sys_from > " + c.at + " and (n.ended_on is null) = (x.ended_on is null) and " + c.then("n") + ")",
			from: " from goal x left join public.goal_history v on v.id = x.id and v.sys_from <= " + c.at + " and v.sys_to > " + c.at + w.sql(), args: w.args})
	}
	if !c.scope.Staff {
		return
	}
	var w where
	w.add("a.withdrawn_on > " + dateSQL(c.day))
	c.narrow(&w)
	c.action(change.Withdrawn, " from action a"+w.sql(), w.args, event{at: c.first("v.withdrawn_on is not null")})
}

// meetings adds what happened to the meetings of forums.
func (c *changesSince) meetings() {
	forums := c.asked(domain.SubjectForum)
	if len(forums) == 0 {
		return
	}
	for kind, at := range map[change.Kind]string{change.Called: "m.called_at", change.Published: "m.published_at"} {
		var w where
		w.add("m.forum_id = any(?)", asOne(forums))
		w.add(at + " > " + c.at + " and m.status <> 'cancelled'")
		if kind == change.Called {
			c.tx.meetingVisible(&w, c.scope)
		} else {
			c.tx.papersVisible(&w, c.scope)
		}
		c.events = append(c.events, event{kind: "'" + string(kind) + "'", id: "m.id", at: at, meeting: "m.id",
			from: " from meeting m join forum f on f.id = m.forum_id" + w.sql(), args: w.args})
	}
}

// aboutSQL is true of a change r about the thing ab: see change.Store.About.
const aboutSQL = `(r.subject_kind = ab.kind and r.subject_id = ab.id
  or ab.kind = 'goal' and r.subject_kind = 'action' and exists (select 1 from action_goal l where l.goal_id = ab.id and l.action_id = r.subject_id)
  or ab.kind = 'chain' and (sc.id = ab.id or r.subject_kind = 'action' and exists (select 1 from stage t where t.id = sa.stage_id and t.chain_id = ab.id))
  or ab.kind = 'forum' and (f.id = ab.id or r.subject_kind = 'action' and sa.forum_id = ab.id))`

// About implements change.Store.
func (s *ChangeStore) About(scope domain.Scope, since domain.Date, about []domain.Subject, limit int) ([]change.Change, error) {
	values := strings.TrimSuffix(strings.Repeat("(?::text, ?::uuid), ", len(about)), ", ")
	var things []any
	for _, a := range about {
		things = append(things, a.Kind, a.ID)
	}
	found, err := query[struct {
		ID     domain.AnyID
		Action bool
	}](s.tx, `
with ab(kind, id) as (values `+values+`)
select ab.id, true as action from ab where ab.kind = 'action'
union select l.action_id, true from ab join action_goal l on ab.kind = 'goal' and l.goal_id = ab.id
union select a.id, true from ab join stage t on ab.kind = 'chain' and t.chain_id = ab.id join action a on a.stage_id = t.id
union select a.id, true from ab join action a on ab.kind = 'forum' and a.forum_id = ab.id
union select t.id, false from ab join stage t on ab.kind = 'chain' and t.chain_id = ab.id
union select h.id, false from ab join handover h on ab.kind = 'chain' and h.chain_id = ab.id`, things...)
	if err != nil {
		return nil, fmt.Errorf("find the parts of what is asked about: %w", err)
	}
	c := changesSince{tx: s.tx, scope: scope, day: since, about: about}
	for _, f := range found {
		if f.Action {
			c.related = append(c.related, f.ID)
		} else {
			c.parts = append(c.parts, f.ID)
		}
	}
	changes, args := c.since(nil, true)
	args = append(args, things...)
	rows, err := query[changeRow](s.tx, changeColumns+", ab.kind as about_kind, ab.id as about_id from "+changes+changeJoins+`
join (values `+values+`) ab(kind, id) on `+aboutSQL+`
where r.at is not null order by r.at desc, r.kind, r.id limit `+fmt.Sprint(limit), args...)
	if err != nil {
		return nil, fmt.Errorf("list the changes of some things: %w", err)
	}
	out := make([]change.Change, len(rows))
	for i, r := range rows {
		out[i] = r.change()
	}
	return out, nil
}
