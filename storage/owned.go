package storage

import (
	"fmt"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/mywork"
	"yhdyspinta/domain/radar"
)

// ownedKind is how one kind of open thing hangs on a post. A row r ties the
// post (r.post_id) to it, o is the thing.
type ownedKind struct {
	kind domain.SubjectKind
	from string
	cond where
	no   string // its number, or null
	part string // of the post in it
	// columns of the thing that only some kinds have
	standing, condition, due, chain string
}

// owned tells for each kind what a post owns on the day shown and scope may see:
// what it leads or shares and is not over, and forums whose chair or secretary
// it is. The conditions have no arguments.
func (tx Tx) owned(scope domain.Scope) []ownedKind {
	day := "date '" + tx.day.String() + "'"
	valid := func(alias string) string {
		return alias + ".valid_from <= " + day + " and (" + alias + ".valid_to is null or " + alias + ".valid_to >= " + day + ")"
	}
	kind := func(k domain.SubjectKind, from, visible, table string, conds ...string) ownedKind {
		o := ownedKind{kind: k, from: from, no: "null::integer", part: "r.part", standing: "r.standing", condition: "null::text", due: "null::date", chain: "null::uuid"}
		o.cond.add(valid("r"))
		if k != domain.SubjectForum {
			o.cond.add("r.subject_kind = '" + string(k) + "' and r.part in ('lead', 'shared')")
		}
		for _, c := range conds {
			o.cond.add(c)
		}
		tx.visible(&o.cond, scope, visible, table)
		return o
	}
	goal := kind(domain.SubjectGoal, "responsibility r join goal o on o.id = r.subject_id join plan pl on pl.id = o.plan_id", "o", "goal", "pl.ends_on >= "+day, "o.ended_on is null")
	goal.no = "o.no"
	act := kind(domain.SubjectAction, "responsibility r join action o on o.id = r.subject_id", "o", "action", "o.status in ('not_started', 'in_progress', 'paused')")
	act.no, act.due = "o.no", "o.due_last_on"
	act.condition = fmt.Sprintf("action_condition(o.status, o.starts_on, o.late_on, o.fresh_to, %s, %d)", day, action.SoonDays)
	chain := kind(domain.SubjectChain, "responsibility r join chain o on o.id = r.subject_id", "o", "chain")
	stage := kind(domain.SubjectStage, "responsibility r join stage o on o.id = r.subject_id join chain c on c.id = o.chain_id", "c", "chain", valid("o"))
	handover := kind(domain.SubjectHandover, "responsibility r join handover o on o.id = r.subject_id join chain c on c.id = o.chain_id", "c", "chain", valid("o"))
	stage.chain, handover.chain = "c.id", "c.id"
	forum := kind(domain.SubjectForum, "membership r join forum o on o.id = r.forum_id", "o", "forum", "r.role in ('chair', 'secretary')", valid("o"))
	forum.part, forum.standing = "r.role", "''"
	return []ownedKind{goal, act, chain, stage, handover, forum}
}

// ownsAnything is the condition that a post owns something open.
func (tx Tx) ownsAnything(scope domain.Scope, post string) string {
	kinds := tx.owned(scope)
	conds := make([]string, len(kinds))
	for i, o := range kinds {
		o.cond.add("r.post_id = " + post)
		conds[i] = "exists (select 1 from " + o.from + o.cond.sql() + ")"
	}
	return "(" + strings.Join(conds, " or ") + ")"
}

// ownedCounts counts what is open of many posts by kind, in one query.
func (tx Tx) ownedCounts(scope domain.Scope, posts []domain.PostID) (map[domain.PostID]map[domain.SubjectKind]int, error) {
	out := map[domain.PostID]map[domain.SubjectKind]int{}
	if len(posts) == 0 {
		return out, nil
	}
	var parts []string
	var args []any
	for _, o := range tx.owned(scope) {
		o.cond.add("r.post_id = any(?)")
		parts = append(parts, "select r.post_id, '"+string(o.kind)+"' as kind, count(distinct o.id) as count from "+o.from+o.cond.sql()+" group by r.post_id")
		args = append(args, asOne(posts))
	}
	rows, err := query[struct {
		PostID domain.PostID
		Kind   domain.SubjectKind
		Count  int
	}](tx, strings.Join(parts, "\nunion all\n"), args...)
	if err != nil {
		return nil, fmt.Errorf("count what posts own: %w", err)
	}
	for _, r := range rows {
		if out[r.PostID] == nil {
			out[r.PostID] = map[domain.SubjectKind]int{}
		}
		out[r.PostID][r.Kind] = r.Count
	}
	return out, nil
}

type dutyRow struct {
	Kind      domain.SubjectKind
	ID        domain.AnyID
	No        int
	TitleFi   string
	TitleSv   string
	TitleEn   string
	ChainID   domain.ChainID
	Part      string
	Standing  domain.Standing
	Condition string
	DueOn     domain.Date
	Total     int
	Waiting   int
}

// Duties implements radar.DutyStore.
func (s *RadarStore) Duties(scope domain.Scope, post domain.PostID) ([]radar.Group, error) {
	var known []domain.PostID
	if err := s.tx.Raw("select id from post where id = ?", post).Scan(&known).Error; err != nil {
		return nil, fmt.Errorf("load a post: %w", err)
	}
	if len(known) == 0 {
		return nil, domain.NotFound("post")
	}
	var parts []string
	var args []any
	for _, o := range s.tx.owned(scope) {
		title := "title"
		if o.kind == domain.SubjectHandover {
			title = "what"
		}
		o.cond.add("r.post_id = ?", post)
		parts = append(parts, fmt.Sprintf(`(select '%s' as kind, o.id, %s as no, o.%[3]s_fi as title_fi, o.%[3]s_sv as title_sv, o.%[3]s_en as title_en, %[4]s as chain_id,
        %[5]s as part, %[6]s as standing, %[7]s as condition, %[8]s as due_on, count(*) over () as total,
        count(*) filter (where %[6]s in ('proposed', 'reopened')) over () as waiting
 from %[9]s%[10]s order by due_on nulls last, no, o.%[3]s_fi collate "fi", o.id limit %[11]d)`,
			o.kind, o.no, title, o.chain, o.part, o.standing, o.condition, o.due, o.from, o.cond.sql(), radar.MaxDuties))
		args = append(args, o.cond.args...)
	}
	rows, err := query[dutyRow](s.tx, strings.Join(parts, "\nunion all\n"), args...)
	if err != nil {
		return nil, fmt.Errorf("load what a post owns: %w", err)
	}
	var work mywork.Work
	if err := (&WorkStore{s.tx}).approvals(&work, scope, mywork.Of{Post: post, Limit: radar.MaxDuties}); err != nil {
		return nil, fmt.Errorf("load the papers that wait: %w", err)
	}
	var groups []radar.Group
	for _, r := range rows {
		if len(groups) == 0 || groups[len(groups)-1].Kind != r.Kind {
			groups = append(groups, radar.Group{Kind: r.Kind, Total: r.Total, Waiting: r.Waiting})
		}
		g := &groups[len(groups)-1]
		g.Items = append(g.Items, radar.Duty{Thing: radar.Thing{Kind: r.Kind, ID: r.ID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, ChainID: r.ChainID},
			Part: r.Part, Standing: r.Standing, Condition: r.Condition, DueOn: r.DueOn})
	}
	if work.ApprovalsTotal > 0 {
		g := radar.Group{Kind: domain.SubjectMeeting, Total: work.ApprovalsTotal}
		for _, a := range work.Approvals {
			g.Items = append(g.Items, radar.Duty{Thing: radar.Thing{Kind: domain.SubjectMeeting, ID: domain.AnyID{UUID: a.Meeting.ID.UUID}, No: a.Meeting.Number, Title: a.Meeting.ForumTitle}, Part: a.Role})
		}
		groups = append(groups, g)
	}
	return groups, nil
}
