package storage

import (
	"fmt"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/mywork"
)

type awaitedRow struct {
	Reason                 mywork.AwaitedReason
	Stage                  mywork.Reason
	Kind                   domain.SubjectKind
	ID                     domain.AnyID
	No                     int
	Year                   int
	Key                    string
	OfFi, OfSv, OfEn       string
	FromFi, FromSv, FromEn string
	ToFi, ToSv, ToEn       string
	PartyID                *domain.PartyID
	PostID                 *domain.PostID
	PostFi, PostSv, PostEn string
	Pending                int
	Since                  domain.Date
	DueOn                  domain.Date
	OwnID                  *domain.AnyID
	OwnNo                  int
	OwnFi, OwnSv, OwnEn    string
	DraftID                *domain.AnyID
	Total                  int
}

func (r awaitedRow) entity() mywork.Awaited {
	text := func(fi, sv, en string) domain.Text { return domain.Text{FI: fi, SV: sv, EN: en} }
	out := mywork.Awaited{Reason: r.Reason, Stage: r.Stage,
		Of: mywork.Thing{Kind: r.Kind, ID: r.ID, No: r.No, Year: r.Year, Key: r.Key, Title: text(r.OfFi, r.OfSv, r.OfEn),
			From: text(r.FromFi, r.FromSv, r.FromEn), To: text(r.ToFi, r.ToSv, r.ToEn)},
		PartyID: valueOf(r.PartyID), PostID: valueOf(r.PostID), PostTitle: text(r.PostFi, r.PostSv, r.PostEn), Pending: r.Pending,
		Since: r.Since, DueOn: r.DueOn, DraftID: valueOf(r.DraftID)}
	if r.OwnID != nil {
		out.Own = &mywork.Thing{Kind: domain.SubjectAction, ID: *r.OwnID, No: r.OwnNo, Title: text(r.OwnFi, r.OwnSv, r.OwnEn)}
	}
	return out
}

// awaited is one block of WorkStore.Awaited: what is said of its rows, in the
// columns of awaitedRow; what is left out is null.
type awaited struct {
	reason  mywork.AwaitedReason
	columns map[string]string
	from    string
	where   where
	about   func(*where, domain.AboutFilter) // adds that it is about what is asked for; nil: it is there already
}

// of tells what the rows of a block are about, by the SQL of kind and id.
func (s *WorkStore) of(scope domain.Scope, kind, id string) func(*where, domain.AboutFilter) {
	return func(w *where, f domain.AboutFilter) { s.tx.about(w, scope, kind, id, f) }
}

// ofAction tells that they are about action a.
func (s *WorkStore) ofAction(scope domain.Scope) func(*where, domain.AboutFilter) {
	return func(w *where, f domain.AboutFilter) { s.tx.aboutAction(w, scope, f) }
}

// awaitedColumns are those of a block in the order in which they are united.
var awaitedColumns = []struct{ name, kind string }{
	{"stage", "text"}, {"kind", "text"}, {"id", "uuid"}, {"no", "integer"}, {"year", "integer"}, {"key", "text"},
	{"of_fi", "text"}, {"of_sv", "text"}, {"of_en", "text"}, {"from_fi", "text"}, {"from_sv", "text"}, {"from_en", "text"},
	{"to_fi", "text"}, {"to_sv", "text"}, {"to_en", "text"}, {"party_id", "uuid"}, {"post_id", "uuid"},
	{"post_fi", "text"}, {"post_sv", "text"}, {"post_en", "text"}, {"pending", "integer"}, {"since", "date"}, {"due_on", "date"},
	{"own_id", "uuid"}, {"own_no", "integer"}, {"own_fi", "text"}, {"own_sv", "text"}, {"own_en", "text"}, {"draft_id", "uuid"},
}

func (b awaited) sql() string {
	out := []string{"'" + string(b.reason) + "' as reason"}
	for _, c := range awaitedColumns {
		expr, ok := b.columns[c.name]
		if !ok {
			expr = "null"
		}
		out = append(out, "("+expr+")::"+c.kind+" as "+c.name)
	}
	return "select " + strings.Join(out, ", ") + b.from + b.where.sql()
}

// helsinkiDay is the day of an instant.
func helsinkiDay(at string) string { return "(" + at + " at time zone 'Europe/Helsinki')::date" }

// titled names a row of alias by its title; of is the prefix of the columns.
func titled(columns map[string]string, prefix, alias string) {
	for _, lang := range []string{"fi", "sv", "en"} {
		columns[prefix+"_"+lang] = alias + ".title_" + lang
	}
}

// aboutSubject are the columns of what subjectJoins joined to r.
func aboutSubject() map[string]string {
	c := map[string]string{"kind": "r.subject_kind", "id": "r.subject_id", "no": "coalesce(sg.no, sa.no, ss.position)", "key": "coalesce(sf.key, sc.key)"}
	for _, lang := range []string{"fi", "sv", "en"} {
		c["of_"+lang] = fmt.Sprintf("coalesce(sg.title_%[1]s, sa.title_%[1]s, sh.what_%[1]s, ss.title_%[1]s, sf.title_%[1]s, sc.title_%[1]s)", lang)
		c["from_"+lang], c["to_"+lang] = "hf.title_"+lang, "ht.title_"+lang
	}
	return c
}

// whoOf names the post that a lateral join called "who" gives.
func whoOf(c map[string]string, party string) map[string]string {
	c["party_id"], c["post_id"] = party, "who.id"
	titled(c, "post", "who")
	return c
}

// secretaryOf joins who writes the papers of meeting m: its secretary, else its forum's.
func (s *WorkStore) secretaryOf() string {
	day := dateSQL(s.tx.day)
	return `
left join lateral (
  select po.id, po.party_id, po.title_fi, po.title_sv, po.title_en from (
    select pa.post_id, 0 as after from participant pa where pa.meeting_id = m.id and pa.role = 'secretary' and pa.post_id is not null
    union all select me.post_id, 1 from membership me where me.forum_id = m.forum_id and me.role = 'secretary' and me.valid_from <= ` + day + ` and (me.valid_to is null or me.valid_to >= ` + day + `)) x
  join post po on po.id = x.post_id order by x.after, po.id limit 1) who on true`
}

// Awaited implements mywork.Store: one query of seven blocks, each of which starts
// from an index of what is the post's own or of what is still open.
func (s *WorkStore) Awaited(scope domain.Scope, actor domain.Actor, about domain.AboutFilter, limit int) ([]mywork.Awaited, int, error) {
	about, err := s.tx.followAbout(about)
	if err != nil {
		return nil, 0, err
	}
	blocks := []awaited{s.awaitedParts(scope, actor), s.awaitedHandovers(scope, actor), s.awaitedDrafts(scope, actor), s.awaitedReplies(scope),
		s.awaitedChanges(scope, actor), s.awaitedOnDrafts(scope, actor), s.awaitedOnPapers(scope, actor), s.awaitedMinutes(scope, actor), s.awaitedReports(scope, actor), s.awaitedPredecessors(scope, actor)}
	parts, args := make([]string, len(blocks)), []any{}
	for i, b := range blocks {
		if b.about != nil {
			b.about(&b.where, about)
		}
		parts[i] = b.sql()
		args = append(args, b.where.args...)
	}
	rows, err := query[awaitedRow](s.tx, counted(strings.Join(parts, "\nunion all\n"), "since, reason, no, id, party_id", limit), args...)
	if err != nil {
		return nil, 0, fmt.Errorf("load what is awaited of others: %w", err)
	}
	out, total := make([]mywork.Awaited, len(rows)), 0
	for i, r := range rows {
		out[i], total = r.entity(), r.Total
	}
	return out, total, nil
}

// asksFor adds that party ac has not answered the open agreement g, and that the
// actor's post waits for it: another party's answer, where the own one has no say to
// give any more or never had; of the own party where the post only proposed. Where
// the other party asked for changes, the next word is not its own.
func asksFor(w *where, actor domain.Actor, involved string, args ...any) {
	_, answers := actor.Answerer()
	w.add("g.state = 'open' and ac.state = 'open'")
	own := "g.proposed_post_id = ?"
	if answers {
		own = "false and g.proposed_post_id = ?"
	}
	w.add("(ac.party_id <> ? or "+own+")", actor.PartyID, actor.PostID)
	w.add("(ac.party_id = ? or not exists (select 1 from acceptance mine where mine.agreement_id = g.id and mine.party_id = ? and mine.state = 'open') or g.proposed_post_id = ?)",
		actor.PartyID, actor.PartyID, actor.PostID)
	w.add("not exists (select 1 from agreement_comment asked where asked.agreement_id = g.id and asked.kind = 'changes_requested' and asked.party_id = ac.party_id and g.proposed_party_id = ?)", actor.PartyID)
	w.add("(g.proposed_post_id = ? or exists (select 1 from acceptance given where given.agreement_id = g.id and given.post_id = ?) or "+involved+")",
		append([]any{actor.PostID, actor.PostID}, args...)...)
}

// awaitedParts are the answers to responsibilities.
func (s *WorkStore) awaitedParts(scope domain.Scope, actor domain.Actor) awaited {
	var w where
	w.add("g.subject_kind = 'responsibility'")
	asksFor(&w, actor, "r.post_id = ? or (g.content->>'postId')::uuid = ?", actor.PostID, actor.PostID)
	s.tx.subjectListed(&w, scope)
	c := whoOf(aboutSubject(), "ac.party_id")
	c["since"] = helsinkiDay("g.proposed_at")
	return awaited{mywork.AwaitedAcceptance, c, `
from agreement g join acceptance ac on ac.agreement_id = g.id
join responsibility r on r.id = g.subject_id` + subjectJoins + `
left join post who on who.id = coalesce((g.content->>'postId')::uuid, r.post_id) and who.party_id = ac.party_id`, w, s.of(scope, "r.subject_kind", "r.subject_id")}
}

// awaitedHandovers are the answers to hand-overs; who leads the party's stage of one
// is named.
func (s *WorkStore) awaitedHandovers(scope domain.Scope, actor domain.Actor) awaited {
	day := dateSQL(s.tx.day)
	const stages = "(h.from_stage_id, h.to_stage_id)"
	valid := "o.valid_from <= " + day + " and (o.valid_to is null or o.valid_to >= " + day + ")"
	var w where
	w.add("g.subject_kind = 'handover'")
	asksFor(&w, actor, "exists (select 1 from responsibility o where o.post_id = ? and "+valid+
		" and (o.subject_kind = 'handover' and o.subject_id = h.id or o.subject_kind = 'stage' and o.part in ('lead', 'shared') and o.subject_id in "+stages+"))", actor.PostID)
	s.tx.subjectListed(&w, scope)
	c := whoOf(aboutSubject(), "ac.party_id")
	c["since"] = helsinkiDay("g.proposed_at")
	return awaited{mywork.AwaitedAcceptance, c, `
from agreement g join acceptance ac on ac.agreement_id = g.id
join handover h on h.id = g.subject_id
cross join lateral (select 'handover'::text as subject_kind, h.id as subject_id) r` + subjectJoins + `
left join lateral (
  select po.id, po.title_fi, po.title_sv, po.title_en from responsibility o join post po on po.id = o.post_id
  where o.subject_kind = 'stage' and o.part = 'lead' and o.subject_id in ` + stages + ` and po.party_id = ac.party_id and ` + valid + ` order by o.valid_from, o.id limit 1) who on true`, w, s.of(scope, "'handover'", "h.id")}
}

// drafted are the columns of what draftFrom joined.
func drafted() map[string]string {
	c := map[string]string{"kind": "r.subject_kind", "id": "r.subject_id", "no": "sg.no", "key": "coalesce(sc.key, sp.key)", "draft_id": "r.id"}
	for _, lang := range []string{"fi", "sv", "en"} {
		c["of_"+lang] = fmt.Sprintf("coalesce(sg.title_%[1]s, sc.title_%[1]s, sp.title_%[1]s)", lang)
	}
	return c
}

// draftShown adds that the reader may see the thing of a draft: staff see all drafts.
func draftShown(w *where, scope domain.Scope) {
	if !scope.Staff {
		w.add("false")
	}
}

// awaitedDrafts are the words of the other principal parties on the post's drafts.
func (s *WorkStore) awaitedDrafts(scope domain.Scope, actor domain.Actor) awaited {
	var w where
	w.add("r.state = 'open' and r.post_id = ?", actor.PostID)
	w.add("pa.principal and pa.id <> r.party_id")
	w.add("not exists (select 1 from draft_comment c where c.draft_id = r.id and c.draft_version = r.version and c.party_id = pa.id and c.kind <> 'comment')")
	draftShown(&w, scope)
	c := drafted()
	c["party_id"], c["since"] = "pa.id", helsinkiDay("r.saved_at")
	return awaited{mywork.AwaitedDraft, c, draftFrom + " cross join party pa", w, s.of(scope, "r.subject_kind", "r.subject_id")}
}

// awaitedReplies are the answers to referrals of the scope's own forums that are not
// late.
func (s *WorkStore) awaitedReplies(scope domain.Scope) awaited {
	day := dateSQL(s.tx.day)
	var w where
	if len(scope.OwnForums) == 0 {
		w.add("false")
	} else {
		w.add("rf.from_forum_id in ?", scope.OwnForums)
	}
	w.add("rf.state = 'open' and rf.due_on >= " + day)
	c := whoOf(map[string]string{"kind": "'referral'", "id": "m.id", "no": "m.number", "year": "m.year", "key": "f.key",
		"since": helsinkiDay("rf.sent_at"), "due_on": "rf.due_on"}, "who.party_id")
	titled(c, "of", "i")
	titled(c, "to", "f")
	return awaited{mywork.AwaitedReply, c, `
from referral rf join outcome oc on oc.id = rf.outcome_id join agenda_item i on i.id = oc.agenda_item_id join meeting m on m.id = i.meeting_id
join forum f on f.id = rf.to_forum_id
left join lateral (
  select po.id, po.party_id, po.title_fi, po.title_sv, po.title_en from membership me join post po on po.id = me.post_id
  where me.forum_id = rf.to_forum_id and me.role = 'secretary' and me.valid_from <= ` + day + ` and (me.valid_to is null or me.valid_to >= ` + day + `) order by me.valid_from, me.id limit 1) who on true`, w, func(w *where, f domain.AboutFilter) { s.tx.aboutReferral(w, scope, "rf", f) }}
}

// awaitedChanges are the answers to what the post said of a proposal of another
// party, while nobody of that party has said anything after it.
func (s *WorkStore) awaitedChanges(scope domain.Scope, actor domain.Actor) awaited {
	var w where
	w.add("co.post_id = ? and g.state = 'open' and g.proposed_party_id <> ?", actor.PostID, actor.PartyID)
	w.add("not exists (select 1 from agreement_comment later where later.agreement_id = g.id and (later.said_at, later.id) > (co.said_at, co.id))")
	s.tx.subjectListed(&w, scope)
	c := whoOf(aboutSubject(), "g.proposed_party_id")
	c["since"] = helsinkiDay("co.said_at")
	return awaited{mywork.AwaitedAnswer, c, `
from agreement_comment co join agreement g on g.id = co.agreement_id and g.subject_kind = 'responsibility'
join responsibility r on r.id = g.subject_id` + subjectJoins + `
left join post who on who.id = g.proposed_post_id`, w, s.of(scope, "r.subject_kind", "r.subject_id")}
}

// awaitedOnDrafts are the answers to what the post said of another party's draft,
// while neither its content has changed nor anybody has said anything after it.
func (s *WorkStore) awaitedOnDrafts(scope domain.Scope, actor domain.Actor) awaited {
	var w where
	w.add("co.post_id = ? and co.kind <> 'agreed' and r.state = 'open' and r.party_id <> ? and co.draft_version = r.version", actor.PostID, actor.PartyID)
	w.add("not exists (select 1 from draft_comment later where later.draft_id = r.id and (later.said_at, later.id) > (co.said_at, co.id))")
	draftShown(&w, scope)
	c := whoOf(drafted(), "r.party_id")
	c["since"] = helsinkiDay("co.said_at")
	return awaited{mywork.AwaitedAnswer, c, draftFrom + " join draft_comment co on co.draft_id = r.id left join post who on who.id = r.post_id", w, s.of(scope, "r.subject_kind", "r.subject_id")}
}

// meetingOf are the columns of meeting m of forum f.
func meetingOf(since string) map[string]string {
	c := map[string]string{"kind": "'meeting'", "id": "m.id", "no": "m.number", "year": "m.year", "key": "f.key", "since": helsinkiDay(since)}
	titled(c, "of", "f")
	return whoOf(c, "who.party_id")
}

// awaitedOnPapers are the closed meetings on whose paper the post has said something
// that is not answered, or that it gave back and that has not changed since.
func (s *WorkStore) awaitedOnPapers(scope domain.Scope, actor domain.Actor) awaited {
	var w where
	w.args = append(w.args, actor.PostID, actor.PostID)
	w.add("m.status = 'closed'")
	if len(scope.OwnForums) > 0 {
		w.add("m.forum_id not in ?", scope.OwnForums)
	}
	s.tx.meetingVisible(&w, scope)
	return awaited{mywork.AwaitedAnswer, meetingOf("said.at"), `
from (select meeting_id, min(at) as at from (
    select c.meeting_id, c.said_at as at from paper_comment c where c.post_id = ? and c.thread_id is null
      and coalesce((select k.kind from paper_comment k where k.thread_id = c.id and k.kind <> 'comment' order by k.said_at desc, k.id desc limit 1), 'reopened') = 'reopened'
      and not exists (select 1 from paper_comment k where k.thread_id = c.id and k.post_id <> c.post_id
        and not exists (select 1 from paper_comment again where again.thread_id = c.id and again.post_id = c.post_id and (again.said_at, again.id) > (k.said_at, k.id)))
    union all
    select r.meeting_id, r.returned_at from paper_return r where r.post_id = ?
      and not exists (select 1 from approval a where a.meeting_id = r.meeting_id and a.post_id = r.post_id)
      and not exists (select 1 from agenda_item i where i.meeting_id = r.meeting_id and i.updated_at > r.returned_at)) x group by meeting_id) said
join meeting m on m.id = said.meeting_id join forum f on f.id = m.forum_id` + s.secretaryOf(), w, s.of(scope, "'forum'", "m.forum_id")}
}

// awaitedMinutes are the meetings of the post's, held and not published, whose next
// step others take. Of a paper that one approver has not approved that one is named.
func (s *WorkStore) awaitedMinutes(scope domain.Scope, actor domain.Actor) awaited {
	var w where
	w.args = append(w.args, actor.PostID, actor.PostID)
	w.add("(m.status in ('called', 'in_progress') and m.ends_at < ? or m.status in ('closed', 'approved'))", s.tx.day.StartOfDay())
	if len(scope.OwnForums) > 0 {
		w.add("m.forum_id not in ?", scope.OwnForums)
	}
	w.add("not (m.status = 'closed' and exists (select 1 from "+approversSQL+" where a.meeting_id = m.id and a.post_id = ? and not exists (select 1 from approval g where g.meeting_id = m.id and g.post_id = a.post_id)))", actor.PostID)
	s.tx.meetingVisible(&w, scope)
	c := meetingOf("case m.status when 'closed' then m.closed_at when 'approved' then coalesce(m.approved_at, m.closed_at, m.ends_at) else m.ends_at end")
	c["stage"] = "case m.status when 'closed' then 'unapproved' when 'approved' then 'unpublished' else 'unclosed' end"
	c["pending"] = "lacking.posts"
	named := func(what string) string {
		return "case when m.status <> 'closed' then who." + what + " when lacking.posts = 1 then (select po." + what + " from post po where po.id = lacking.post_id) end"
	}
	c["party_id"], c["post_id"] = named("party_id"), named("id")
	for _, lang := range []string{"fi", "sv", "en"} {
		c["post_"+lang] = named("title_" + lang)
	}
	return awaited{mywork.AwaitedMinutes, c, `
from (select pa.meeting_id from participant pa where pa.post_id = ? union select pa.meeting_id from participant pa where pa.substitute_post_id = ?) mine
join meeting m on m.id = mine.meeting_id join forum f on f.id = m.forum_id` + s.secretaryOf() + `
cross join lateral (
  select count(distinct a.post_id) as posts, min(a.post_id::text)::uuid as post_id from ` + approversSQL + `
  where a.meeting_id = m.id and m.status = 'closed' and not exists (select 1 from approval g where g.meeting_id = m.id and g.post_id = a.post_id)) lacking`, w, s.of(scope, "'forum'", "m.forum_id")}
}

// parts are the actions that a post leads or shares on the day shown; the post is an
// argument.
func (s *WorkStore) parts() string {
	day := dateSQL(s.tx.day)
	return `select own.subject_id from responsibility own where own.subject_kind = 'action' and own.post_id = ? and own.part in ('lead', 'shared')
 and own.standing <> 'declined' and own.valid_from <= ` + day + ` and (own.valid_to is null or own.valid_to >= ` + day + `)`
}

// awaitedReports are the words of other principal parties on the post's actions that
// are out of date.
func (s *WorkStore) awaitedReports(scope domain.Scope, actor domain.Actor) awaited {
	var w where
	w.add(among("a.id", s.parts()), actor.PostID)
	w.add("p.party_id <> ? and pa.principal", actor.PartyID)
	s.tx.visible(&w, scope, "a", "action")
	c := whoOf(map[string]string{"kind": "'action'", "id": "a.id", "no": "a.no", "since": "silent.since + a.fresh_limit + 1"}, "silent.party_id")
	titled(c, "of", "a")
	return awaited{mywork.AwaitedReport, c, ` from (` + s.tx.silences(w) + `) silent join action a on a.id = silent.action_id join post who on who.id = silent.post_id`, where{args: w.args}, s.ofAction(scope)}
}

// awaitedPredecessors are the late actions for which the post's own wait, one by one,
// and that it does not lead itself.
func (s *WorkStore) awaitedPredecessors(scope domain.Scope, actor domain.Actor) awaited {
	var w where
	w.add(among("a.id", s.parts()), actor.PostID)
	w.add("a.status in " + openSQL)
	w.add(expected + " and " + s.tx.late())
	w.add("not ("+s.tx.leads("p")+" and p.lead_post_id is not distinct from ?)", actor.PostID)
	s.tx.visible(&w, scope, "a", "action")
	s.tx.visible(&w, scope, "p", "action")
	c := whoOf(map[string]string{"kind": "'action'", "id": "p.id", "no": "p.no", "since": "p.late_on + 1", "due_on": "p.late_on",
		"own_id": "a.id", "own_no": "a.no"}, "who.party_id")
	titled(c, "of", "p")
	titled(c, "own", "a")
	return awaited{mywork.AwaitedPredecessor, c, `
from action a join action_dependency d on d.action_id = a.id join action p on p.id = d.needs_id
left join post who on who.id = p.lead_post_id and ` + s.tx.leads("p"), w, s.ofAction(scope)}
}
