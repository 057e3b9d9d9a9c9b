package storage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/change"
)

// ChangeStore compares the state at the end of a past day with the one shown.
type ChangeStore struct{ tx Tx }

// NewChangeStore binds the store to a transaction.
func NewChangeStore(tx Tx) *ChangeStore { return &ChangeStore{tx} }

// Steering implements change.Store.
func (s *ChangeStore) Steering(scope domain.Scope) (*change.Meeting, error) {
	var w where
	w.add("f.level = 'strategic' and f.parent_id is null and m.closed_at is not null and m.starts_at < ?", s.tx.day.StartOfDay())
	s.tx.papersVisible(&w, scope)
	rows, err := query[overviewMeetingRow](s.tx, "select "+overviewMeetingColumns+" from meeting m join forum f on f.id = m.forum_id"+w.sql()+" order by m.starts_at desc, m.id limit 1", w.args...)
	if err != nil {
		return nil, fmt.Errorf("find the last meeting of a steering group: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	m := rows[0].changed()
	return &m, nil
}

func (r overviewMeetingRow) changed() change.Meeting {
	return change.Meeting{ID: r.MeetingID, Year: r.Year, Number: r.Number, StartsAt: r.StartsAt.UTC(), ForumID: r.ForumID, ForumKey: r.ForumKey,
		ForumTitle: domain.Text{FI: r.ForumFi, SV: r.ForumSv, EN: r.ForumEn}}
}

// event is a query of one kind of changes, by the SQL of its columns; "" is null.
type event struct {
	kind, id, at                        string
	subject, subjectID, post, outcome   string
	wasOn, wasAs, nowOn, nowAs, was, is string
	report, meeting                     string
	before, other                       string // ids: of the phase before; of the phase now, the milestone or the other action
	from                                string // with its conditions
	args                                []any
}

// sql is the event as a branch of a union. Without times nobody looks when it was.
func (e event) sql(times bool) string {
	if !times {
		e.at = ""
	}
	null := func(expr, typ string) string { return "(" + cmp.Or(expr, "null") + ")::" + typ }
	return "select " + e.kind + " as kind, " + e.id + " as id, " + null(e.at, "timestamptz") + " as at, " + null(e.subject, "text") + " as subject_kind, " +
		null(e.subjectID, "uuid") + " as subject_id, " + null(e.post, "uuid") + " as post_id, " + null(e.outcome, "uuid") + " as outcome_id, " +
		null(e.wasOn, "date") + " as was_on, " + null(e.wasAs, "text") + " as was_as, " + null(e.nowOn, "date") + " as now_on, " + null(e.nowAs, "text") + " as now_as, " +
		null(e.was, "text") + " as was, " + null(e.is, "text") + " as is_now, " + null(e.report, "uuid") + " as report_id, " + null(e.meeting, "uuid") + " as of_meeting, " +
		null(e.before, "uuid") + " as before_id, " + null(e.other, "uuid") + " as other_id" + e.from
}

// changesSince makes the queries of what changed after an instant.
type changesSince struct {
	tx       Tx
	scope    domain.Scope
	at       string // SQL of the end of the first day
	day, end domain.Date
	events   []event
	about    []domain.Subject // nil: everything
	related  []domain.AnyID   // actions of about
	parts    []domain.AnyID   // stages and hand-overs of the chains of about
}

// asked are the things of a kind that are asked about.
func (c *changesSince) asked(kind domain.SubjectKind) (ids []domain.AnyID) {
	for _, s := range c.about {
		if s.Kind == kind {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// narrow keeps to the actions that are asked about.
func (c *changesSince) narrow(w *where) {
	if c.about != nil {
		w.add("a.id = any(?)", asOne(c.related))
	}
}

const (
	runningSQL = "('not_started', 'in_progress')"
	openSQL    = "('not_started', 'in_progress', 'paused')"
	overSQL    = "('cancelled', 'merged', 'superseded')"
)

// then is the condition that the scope might see a version v of the first day.
func (c *changesSince) then(v string) string {
	if c.scope.Staff {
		return "true"
	}
	return v + ".visibility = 'public'"
}

// first is the SQL of when a version of action a that meets the condition was
// written first since the day, of those that the scope may see.
func (c *changesSince) first(cond string) string {
	return "(select min(v.sys_from) from public.action_history v where v.id = a.id and v.sys_from > " + c.at + " and " + c.then("v") + " and " + cond + ")"
}

// changed adds a kind of changes of actions that were there, with their version was
// of that day.
func (c *changesSince) changed(kind change.Kind, cond string, e event) {
	var w where
	c.tx.visible(&w, c.scope, "a", "action")
	c.narrow(&w)
	w.add(c.then("was") + " and " + cond)
	c.action(kind, " from was join action a on a.id = was.id"+w.sql(), w.args, e)
}

// made adds a kind of changes of actions a made since.
func (c *changesSince) made(kind change.Kind, cond string, e event) {
	var w where
	c.tx.visible(&w, c.scope, "a", "action")
	c.narrow(&w)
	w.add("a.updated_at > " + c.at + " and a.created_at > " + c.at + " and " + cond) // what was made later was changed later: that has an index
	c.action(kind, " from action a"+w.sql(), w.args, e)
}

func (c *changesSince) action(kind change.Kind, from string, args []any, e event) {
	e.kind, e.id, e.subject, e.subjectID, e.from, e.args = "'"+string(kind)+"'", "a.id", "'action'", "a.id", from, args
	c.events = append(c.events, e)
}

func (c *changesSince) actions() {
	day, end := dateSQL(c.day), dateSQL(c.end)
	c.made(change.Added, "true", event{at: "a.created_at"})
	if !c.scope.Staff { // what was made public since is new to the public
		var w where
		c.tx.visible(&w, c.scope, "a", "action")
		c.narrow(&w)
		w.add("was.visibility <> 'public'")
		c.action(change.Added, " from was join action a on a.id = was.id"+w.sql(), w.args, event{at: c.first("true")})
	}

	done := event{at: c.first("v.status = 'done'")}
	c.changed(change.Done, "was.status <> 'done' and a.status = 'done'", done)
	c.made(change.Done, "a.status = 'done'", done)

	dropped := event{at: c.first("v.status = a.status"), was: "was.status", is: "a.status"}
	c.changed(change.Dropped, "was.status not in "+overSQL+" and a.status in "+overSQL, dropped)
	dropped.was = ""
	c.made(change.Dropped, "a.status in "+overSQL, dropped)

	// Late by a change, or because the day of late_on passed.
	isLate := "a.status in " + runningSQL + " and coalesce(a.late_on, 'infinity'::date) < " + end
	late := event{at: "case when a.late_on >= " + day + " then (a.late_on + 1)::timestamp at time zone 'Europe/Helsinki' else " + c.first("v.late_on = a.late_on and v.status in "+runningSQL) + " end"}
	c.changed(change.Late, isLate+" and not coalesce(was.status in "+runningSQL+" and was.late_on < "+day+", false)", late)
	c.made(change.Late, isLate, late)
	var w where
	c.tx.visible(&w, c.scope, "a", "action")
	c.narrow(&w)
	w.add(isLate + " and coalesce(a.late_on, 'infinity'::date) >= " + day + " and a.created_at <= " + c.at + " and not exists (select 1 from was where was.id = a.id)")
	c.action(change.Late, " from action a"+w.sql(), w.args, late)

	// Each version has the last day within its limit, whatever its rhythm was. A longer
	// limit confirms nothing.
	c.changed(change.Confirmed, "was.status in "+openSQL+" and a.status in "+openSQL+" and (was.confirmed_on is null or was.fresh_to < "+dateSQL(c.day)+") and a.fresh_to >= "+dateSQL(c.end)+" and a.confirmed_on is distinct from was.confirmed_on",
		event{at: "a.confirmed_on::timestamp at time zone 'Europe/Helsinki'"})
	c.changed(change.DueMoved, "(was.due_on is distinct from a.due_on or was.due_on is not null and was.due_precision <> a.due_precision)",
		event{at: c.first("v.due_on is not distinct from a.due_on and (a.due_on is null or v.due_precision = a.due_precision)"),
			wasOn: "was.due_on", wasAs: "was.due_precision", nowOn: "a.due_on", nowAs: "a.due_precision"})
}

// movedSinceMade adds the due dates that were moved on actions made since: from what
// they were made with. Between two days such an action is new and no more than that;
// who follows it is told both.
func (c *changesSince) movedSinceMade() {
	of := func(column string) string {
		return "(select v." + column + " from public.action_history v where v.id = a.id and " + c.then("v") + " order by v.sys_from limit 1)"
	}
	was, as := of("due_on"), of("due_precision")
	c.made(change.DueMoved, "("+was+" is distinct from a.due_on or a.due_on is not null and "+as+" <> a.due_precision)",
		event{at: c.first("v.due_on is not distinct from a.due_on and (a.due_on is null or v.due_precision = a.due_precision)"), wasOn: was, wasAs: as, nowOn: "a.due_on", nowAs: "a.due_precision"})
}

// gaps adds the hand-overs in force on both days whose gap is another.
func (c *changesSince) gaps() {
	const rank = "array_position(array['none', 'minor', 'major'], "
	var w where
	c.tx.visible(&w, c.scope, "c", "chain")
	if c.about != nil {
		w.add("c.id = any(?)", asOne(c.asked(domain.SubjectChain)))
	}
	w.add("v.sys_from <= " + c.at + " and v.sys_to > " + c.at + " and h.gap <> v.gap")
	w.add("h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?)", c.end, c.end)
	w.add("v.valid_from <= ? and (v.valid_to is null or v.valid_to >= ?)", c.day, c.day)
	if !c.scope.Staff {
		w.add("exists (select 1 from public.chain_history k where k.id = c.id and k.sys_from <= " + c.at + " and k.sys_to > " + c.at + " and k.visibility = 'public')")
	}
	c.events = append(c.events, event{kind: "case when " + rank + "h.gap) > " + rank + "v.gap) then '" + string(change.Widened) + "' else '" + string(change.Narrowed) + "' end",
		id: "h.id", subject: "'handover'", subjectID: "h.id", was: "v.gap", is: "h.gap",
		at:   "(select min(n.sys_from) from public.handover_history n where n.id = h.id and n.sys_from > " + c.at + " and n.gap = h.gap)",
		from: " from handover h join chain c on c.id = h.chain_id join public.handover_history v on v.id = h.id" + w.sql(), args: w.args})
}

// answers adds what came into force by another party's answer, and what was declined.
func (c *changesSince) answers() {
	var w where
	c.tx.subjectListed(&w, c.scope)
	w.add("g.settled_at > " + c.at + ` and (g.state = 'declined' or g.state = 'in_force' and exists (
  select 1 from acceptance ac where ac.agreement_id = g.id and ac.state = 'accepted' and ac.decided_at > ` + c.at + ` and ac.party_id is distinct from g.proposed_party_id))`)
	of := where{conds: []string{"g.subject_kind = 'responsibility' and g.state in ('in_force', 'declined')"}}
	handed := where{conds: []string{"g.subject_kind = 'handover' and g.state in ('in_force', 'declined')"}}
	if c.about != nil {
		things := slices.Concat(c.related, c.parts)
		for _, s := range c.about {
			things = append(things, s.ID)
		}
		of.add("b.subject_id = any(?)", asOne(things))
		handed.add("g.subject_id = any(?)", asOne(c.parts))
	}
	c.events = append(c.events, event{kind: "case g.state when 'declined' then '" + string(change.Declined) + "' else '" + string(change.Accepted) + "' end",
		id: "g.id", at: "g.settled_at", subject: "r.subject_kind", subjectID: "r.subject_id", post: "r.post_id",
		from: ` from (
  select g.id, g.state, g.settled_at, g.proposed_party_id, b.subject_kind as of_kind, b.subject_id as of_id, b.post_id
  from agreement g join responsibility b on b.id = g.subject_id` + of.sql() + `
  union all
  select g.id, g.state, g.settled_at, g.proposed_party_id, g.subject_kind, g.subject_id, null from agreement g` + handed.sql() + `) g
cross join lateral (select g.of_kind as subject_kind, g.of_id as subject_id, g.post_id) r` + subjectJoins + w.sql(), args: slices.Concat(of.args, handed.args, w.args)})
}

// decisions adds what meetings decided that have been closed since.
func (c *changesSince) decisions() {
	var w where
	w.add("o.type in ('decision', 'assignment') and m.closed_at > " + c.at)
	if c.about != nil {
		w.add("m.forum_id = any(?)", asOne(c.asked(domain.SubjectForum)))
	}
	c.tx.papersVisible(&w, c.scope)
	c.tx.visible(&w, c.scope, "i", "agenda_item")
	c.events = append(c.events, event{kind: "'" + string(change.Decided) + "'", id: "o.id", at: "m.closed_at", outcome: "o.id", from: openLoopFrom + w.sql(), args: w.args})
}

// since is the subquery of all changes since the end of a day, or of those of some
// kinds, with its arguments. Of things that are asked about it reads no more than
// belongs to them.
func (c *changesSince) since(kinds []change.Kind, times bool) (string, []any) {
	c.end, c.at = c.tx.day, "'"+c.day.EndOfDay().Format("2006-01-02 15:04:05.000000-07")+"'::timestamptz"
	c.actions()
	c.phases()
	c.milestones()
	c.dependencies()
	if c.about == nil || len(c.asked(domain.SubjectChain)) > 0 {
		c.gaps()
	}
	c.answers()
	if c.about == nil || len(c.asked(domain.SubjectForum)) > 0 {
		c.decisions()
	}
	if c.about != nil {
		c.movedSinceMade()
		c.reports()
		c.edits()
		c.endings()
		c.meetings()
	}
	replaced := "v.sys_to < 'infinity'"
	if c.tx.asOf {
		replaced = "v.sys_to <= current_setting('app.as_of')::timestamptz"
	}
	var branches []string
	var args []any
	if c.about != nil {
		replaced += " and v.id = any(?)"
		args = append(args, asOne(c.related))
	}
	for _, e := range c.events {
		if len(kinds) > 0 && !slices.ContainsFunc(kinds, func(k change.Kind) bool { return strings.Contains(e.kind, "'"+string(k)+"'") }) {
			continue
		}
		branches, args = append(branches, e.sql(times)), append(args, e.args...)
	}
	return `(` + phaseWay + `, was as materialized (
select v.id, v.status, v.due_on, v.due_precision, v.late_on, v.confirmed_on, v.fresh_to, v.visibility,
       case when v.phase_id is not null then (select way.phase_id from way where way.id = v.phase_id) end as phase_id from public.action_history v
where v.sys_from <= ` + c.at + " and v.sys_to > " + c.at + " and " + replaced + ")\n" + strings.Join(branches, "\nunion all ") + ") r", args
}

// Count implements change.Store: one query.
func (s *ChangeStore) Count(scope domain.Scope, since domain.Date) (map[change.Kind]int, error) {
	c := changesSince{tx: s.tx, scope: scope, day: since}
	changes, args := c.since(nil, false)
	rows, err := query[struct {
		Kind change.Kind
		N    int
	}](s.tx, "select r.kind, count(*)::integer as n from "+changes+" group by r.kind", args...)
	if err != nil {
		return nil, fmt.Errorf("count the changes: %w", err)
	}
	out := make(map[change.Kind]int, len(rows))
	for _, r := range rows {
		out[r.Kind] = r.N
	}
	return out, nil
}

type changeRow struct {
	Kind        change.Kind
	ID          domain.AnyID
	At          time.Time
	SubjectKind domain.SubjectKind
	SubjectID   domain.AnyID
	SubjectNo   int
	Key         string
	OfFi        string
	OfSv        string
	OfEn        string
	FromFi      string
	FromSv      string
	FromEn      string
	ToFi        string
	ToSv        string
	ToEn        string
	PostID      domain.PostID
	PartyID     domain.PartyID
	PostFi      string
	PostSv      string
	PostEn      string
	WasOn       domain.Date
	WasAs       domain.Precision
	NowOn       domain.Date
	NowAs       domain.Precision
	Was         string
	IsNow       string
	OutcomeType string
	TextFi      string
	TextSv      string
	TextEn      string
	ItemID      domain.AgendaItemID
	ItemFi      string
	ItemSv      string
	ItemEn      string
	Section     int
	Meeting     overviewMeetingRow `gorm:"embedded"`
	AboutKind   domain.SubjectKind
	AboutID     domain.AnyID
	WasPhase    domain.Text `gorm:"embedded;embeddedPrefix:was_phase_"`
	NowPhase    domain.Text `gorm:"embedded;embeddedPrefix:now_phase_"`
	Milestone   domain.Text `gorm:"embedded;embeddedPrefix:milestone_"`
	Needs       domain.Text `gorm:"embedded;embeddedPrefix:needs_"`
	NeedsNo     int
	OtherID     domain.AnyID
}

func (r changeRow) change() change.Change {
	out := change.Change{Kind: r.Kind, ID: r.ID, On: domain.DateOf(r.At), At: r.At.UTC(), Was: r.Was, Now: r.IsNow, About: domain.Subject{Kind: r.AboutKind, ID: r.AboutID}}
	switch r.Kind {
	case change.Reported:
		out.Report = &change.Report{Status: r.IsNow, Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}}
	case change.Ended:
		out.Reason = domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}
	case change.Called, change.Published:
		m := r.Meeting.changed()
		out.Meeting = &m
	case change.PhaseMoved:
		out.Phase = &change.PhaseMove{Was: r.WasPhase, Now: r.NowPhase}
	case change.MilestoneSet, change.MilestoneReached, change.MilestoneGone:
		out.Milestone = r.Milestone
	case change.NeedsAdded, change.NeedsRemoved:
		out.Needs = &change.Thing{Kind: domain.SubjectAction, ID: r.OtherID, No: r.NeedsNo, Title: r.Needs}
	}
	if !r.SubjectID.IsZero() {
		out.Thing = &change.Thing{Kind: r.SubjectKind, ID: r.SubjectID, No: r.SubjectNo, Key: r.Key, Title: domain.Text{FI: r.OfFi, SV: r.OfSv, EN: r.OfEn},
			From: domain.Text{FI: r.FromFi, SV: r.FromSv, EN: r.FromEn}, To: domain.Text{FI: r.ToFi, SV: r.ToSv, EN: r.ToEn}}
	}
	if !r.PostID.IsZero() {
		out.Post = &change.Post{ID: r.PostID, PartyID: r.PartyID, Title: domain.Text{FI: r.PostFi, SV: r.PostSv, EN: r.PostEn}}
	}
	if r.Kind == change.DueMoved || r.Kind == change.MilestoneSet {
		out.Due = &change.Move{Was: change.Due{On: r.WasOn, Precision: r.WasAs}, Now: change.Due{On: r.NowOn, Precision: r.NowAs}}
	}
	if r.Kind == change.Decided {
		out.Decision = &change.Decision{Type: r.OutcomeType, Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}, ItemID: r.ItemID,
			ItemTitle: domain.Text{FI: r.ItemFi, SV: r.ItemSv, EN: r.ItemEn}, Section: r.Section, Meeting: r.Meeting.changed()}
	}
	return out
}

var changeOrdering = ordering{
	keys:     map[string]sortKey{"on": {"r.at", "timestamptz"}},
	standard: "-on",
	id:       "(r.kind || ' ' || r.id::text)", // one thing may have changed in several ways at once
	idType:   "text",
}

// changeColumns show a change, with what changeJoins joined.
const changeColumns = `
select r.kind, r.id, r.at, r.subject_kind, r.subject_id, r.post_id, r.was_on, r.was_as, r.now_on, r.now_as, r.was, r.is_now,
       p.party_id, p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en,
       o.type as outcome_type, coalesce(o.text_fi, sr.text_fi, case r.kind when 'goal_ended' then sg.ending_reason_fi end) as text_fi, coalesce(o.text_sv, sr.text_sv, case r.kind when 'goal_ended' then sg.ending_reason_sv end) as text_sv, coalesce(o.text_en, sr.text_en, case r.kind when 'goal_ended' then sg.ending_reason_en end) as text_en,
       i.id as item_id, i.title_fi as item_fi, i.title_sv as item_sv, i.title_en as item_en, i.section, r.other_id,
       pw.title_fi as was_phase_fi, pw.title_sv as was_phase_sv, pw.title_en as was_phase_en, pn.title_fi as now_phase_fi, pn.title_sv as now_phase_sv, pn.title_en as now_phase_en,
       mt.title_fi as milestone_fi, mt.title_sv as milestone_sv, mt.title_en as milestone_en, na.no as needs_no, na.title_fi as needs_fi, na.title_sv as needs_sv, na.title_en as needs_en, ` +
	overviewMeetingColumns + subjectColumns

const changeJoins = subjectJoins + `
left join post p on p.id = r.post_id
left join status_report sr on sr.id = r.report_id
left join outcome o on o.id = r.outcome_id left join agenda_item i on i.id = o.agenda_item_id
left join meeting m on m.id = coalesce(i.meeting_id, r.of_meeting) left join forum f on f.id = m.forum_id
left join phase pw on pw.id = r.before_id left join phase pn on pn.id = r.other_id
left join action_task mt on mt.id = r.other_id left join action na on na.id = r.other_id`

// List implements change.Store.
func (s *ChangeStore) List(scope domain.Scope, since domain.Date, kinds []change.Kind, req domain.PageRequest) (domain.Page[change.Change], error) {
	c := changesSince{tx: s.tx, scope: scope, day: since}
	changes, args := c.since(kinds, true)
	w := where{args: args} // they come before those of conditions
	if len(kinds) > 0 {    // one query may give two of them
		w.add("r.kind in ?", kinds)
	}
	rows, err := list[changeRow](s.tx, changeOrdering, req, changeColumns, " from "+changes+changeJoins, w)
	if err != nil {
		return domain.Page[change.Change]{}, fmt.Errorf("list the changes: %w", err)
	}
	items := make([]change.Change, len(rows.Items))
	for i, r := range rows.Items {
		items[i] = r.change()
	}
	return pageOf(rows, items), nil
}
