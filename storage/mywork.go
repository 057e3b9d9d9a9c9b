package storage

import (
	"fmt"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/mywork"
)

// WorkStore reads what concerns one post.
type WorkStore struct{ tx Tx }

// NewWorkStore binds the store to a transaction.
func NewWorkStore(tx Tx) *WorkStore { return &WorkStore{tx} }

// Of implements mywork.Store.
func (s *WorkStore) Of(scope domain.Scope, of mywork.Of, now time.Time) (mywork.Work, error) {
	var w mywork.Work
	var err error
	if of.About, err = s.tx.followAbout(of.About); err != nil {
		return w, err
	}
	for _, block := range []struct {
		what string
		load func() error
	}{
		{"the approvals that wait", func() error { return s.approvals(&w, scope, of) }},
		{"the amendments that wait", func() error { return s.amendments(&w, scope, of) }},
		{"the papers with comments", func() error { return s.papers(&w, scope, of) }},
		{"the meetings of the secretary", func() error { return s.minutes(&w, scope, of, now) }},
		{"the deadlines", func() error { return s.deadlines(&w, scope, of) }},
		{"the responsibilities", func() error { return s.duties(&w, scope, of) }},
		{"the coming meetings", func() error { return s.meetings(&w, scope, of, now) }},
		{"the latest reports", func() error { return s.reports(&w, scope, of, now) }},
	} {
		if err := block.load(); err != nil {
			return w, fmt.Errorf("load %s: %w", block.what, err)
		}
	}
	return w, nil
}

// counted is the end of a block: the limit first rows, each with how many there are.
func counted(sql, order string, limit int) string {
	return "select z.*, count(*) over () as total from (" + sql + ") z order by " + order + " limit " + fmt.Sprint(limit)
}

type workMeetingRow struct {
	ID       domain.MeetingID
	ForumID  domain.ForumID
	ForumKey string
	TitleFi  string
	TitleSv  string
	TitleEn  string
	Year     int
	Number   int
	StartsAt time.Time
	Status   string
	Role     string
	ClosedAt *time.Time
	Comments int
	Returns  int
	Reason   mywork.Reason
	Pending  int
	Total    int
}

const workMeetingColumns = `select m.id, m.forum_id, f.key as forum_key, f.title_fi, f.title_sv, f.title_en, m.year, m.number, m.starts_at, m.status`

func (r workMeetingRow) meeting() mywork.Meeting {
	return mywork.Meeting{ID: r.ID, ForumID: r.ForumID, ForumKey: r.ForumKey, ForumTitle: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
		Year: r.Year, Number: r.Number, StartsAt: r.StartsAt.UTC(), Status: r.Status}
}

func (s *WorkStore) approvals(out *mywork.Work, scope domain.Scope, of mywork.Of) error {
	if !of.Wants(mywork.ReasonApproval) {
		return nil
	}
	var w where
	w.add("m.status = 'closed'")
	w.add("a.post_id = ?", of.Post)
	w.add("not exists (select 1 from approval g where g.meeting_id = m.id and g.post_id = a.post_id)")
	s.aboutForum(&w, scope, of)
	s.tx.meetingVisible(&w, scope)
	rows, err := query[workMeetingRow](s.tx, counted(workMeetingColumns+`, a.role, m.closed_at
from `+approversSQL+` join meeting m on m.id = a.meeting_id join forum f on f.id = m.forum_id`+w.sql(), "closed_at, id", of.Limit), w.args...)
	for _, r := range rows {
		a := mywork.Approval{Meeting: r.meeting(), Role: r.Role}
		if r.ClosedAt != nil {
			a.ClosedAt = r.ClosedAt.UTC()
		}
		out.Approvals, out.ApprovalsTotal = append(out.Approvals, a), r.Total
	}
	return err
}

func (s *WorkStore) amendments(out *mywork.Work, scope domain.Scope, of mywork.Of) error {
	if !of.Wants(mywork.ReasonAmendment) {
		return nil
	}
	var w where
	w.add("am.status = 'proposed'")
	w.add("a.post_id = ?", of.Post)
	w.add("not exists (select 1 from amendment_approval g where g.amendment_id = am.id and g.post_id = a.post_id)")
	s.aboutForum(&w, scope, of)
	s.tx.paperInside(&w, scope)
	rows, err := query[workMeetingRow](s.tx, counted(workMeetingColumns+`, a.role, am.proposed_at as closed_at, am.id as amendment_id
from amendment am join meeting m on m.id = am.meeting_id join `+approversSQL+` on a.meeting_id = m.id join forum f on f.id = m.forum_id`+w.sql(), "closed_at, amendment_id", of.Limit), w.args...)
	for _, r := range rows {
		out.Amendments, out.AmendmentsTotal = append(out.Amendments, mywork.Amendment{Meeting: r.meeting(), Role: r.Role, ProposedAt: r.ClosedAt.UTC()}), r.Total
	}
	return err
}

// openWords count what was said of the paper of meeting m and waits for an answer:
// threads that are not resolved, and posts that gave it back.
const openWords = `
  case m.status when 'closed' then (select count(*) from paper_comment c where c.meeting_id = m.id and c.thread_id is null
     and coalesce((select k.kind from paper_comment k where k.thread_id = c.id and k.kind <> 'comment' order by k.said_at desc, k.id desc limit 1), 'reopened') = 'reopened') else 0 end as comments,
  case m.status when 'closed' then (select count(distinct r.post_id) from paper_return r where r.meeting_id = m.id
     and not exists (select 1 from approval a where a.meeting_id = m.id and a.post_id = r.post_id)
     and not exists (select 1 from agenda_item i where i.meeting_id = m.id and i.updated_at > r.returned_at)) else 0 end as returns`

// papers are the closed meetings of the scope's own forums with an open word on
// their paper.
func (s *WorkStore) papers(out *mywork.Work, scope domain.Scope, of mywork.Of) error {
	if len(scope.OwnForums) == 0 || !of.Wants(mywork.ReasonComments) {
		return nil
	}
	var w where
	w.add("m.status = 'closed' and m.forum_id in ?", scope.OwnForums)
	s.aboutForum(&w, scope, of)
	rows, err := query[workMeetingRow](s.tx, counted("select * from ("+workMeetingColumns+", m.closed_at,"+lackingSQL+" as pending,"+openWords+`
from meeting m join forum f on f.id = m.forum_id`+w.sql()+`) w
where comments + returns > 0`, "closed_at, id", of.Limit), w.args...)
	for _, r := range rows {
		out.Papers, out.PapersTotal = append(out.Papers, mywork.Paper{Meeting: r.meeting(), Comments: r.Comments, Returns: r.Returns, Pending: r.Pending, ClosedAt: r.ClosedAt.UTC()}), r.Total
	}
	return err
}

// lackingSQL counts the approvers of the closed meeting m that have not approved.
const lackingSQL = `(select count(distinct a.post_id) from ` + approversSQL + ` where a.meeting_id = m.id and m.status = 'closed'
     and not exists (select 1 from approval g where g.meeting_id = m.id and g.post_id = a.post_id))`

// aboutForum adds that a meeting m is of a forum that is about what is asked for.
func (s *WorkStore) aboutForum(w *where, scope domain.Scope, of mywork.Of) {
	s.tx.about(w, scope, "'forum'", "m.forum_id", of.About)
}

// minutes are the meetings of the scope's own forums that do not get on without
// the secretary, but for those with an open word on their paper, which are told as
// papers where these are asked for.
func (s *WorkStore) minutes(out *mywork.Work, scope domain.Scope, of mywork.Of, now time.Time) error {
	all := []mywork.Reason{mywork.ReasonUnclosed, mywork.ReasonUnapproved, mywork.ReasonUnpublished}
	if len(scope.OwnForums) == 0 || !of.Wants(all...) {
		return nil
	}
	reasons := slices.DeleteFunc(all, func(r mywork.Reason) bool { return !of.Wants(r) })
	var w where
	w.add("m.forum_id in ? and (m.status in ('called', 'in_progress') and m.ends_at < ? or m.status = 'closed' and m.closed_at < ? or m.status = 'approved')",
		scope.OwnForums, s.tx.day.StartOfDay(), now.AddDate(0, 0, -mywork.ApprovalDays))
	s.aboutForum(&w, scope, of)
	quiet := "comments + returns = 0 and "
	if !of.Wants(mywork.ReasonComments) {
		quiet = ""
	}
	rows, err := query[workMeetingRow](s.tx, counted("select * from ("+workMeetingColumns+`,
  case m.status when 'closed' then 'unapproved' when 'approved' then 'unpublished' else 'unclosed' end as reason,
  case m.status when 'closed' then m.closed_at when 'approved' then coalesce(m.approved_at, m.closed_at, m.ends_at) else m.ends_at end as closed_at,
  `+lackingSQL+` as pending,`+openWords+`
from meeting m join forum f on f.id = m.forum_id`+w.sql()+`) w
where `+quiet+"reason in ?", "closed_at, id", of.Limit), append(w.args, reasons)...)
	for _, r := range rows {
		out.Minutes, out.MinutesTotal = append(out.Minutes, mywork.Minutes{Meeting: r.meeting(), Reason: r.Reason, Since: r.ClosedAt.UTC(), Pending: r.Pending, Comments: r.Comments, Returns: r.Returns}), r.Total
	}
	return err
}

func (s *WorkStore) deadlines(out *mywork.Work, scope domain.Scope, of mywork.Of) error {
	post := of.Post
	until := s.tx.day.AddDays(mywork.Horizon)
	var own, task where
	own.add("r.post_id = ? and r.subject_kind = 'action' and r.part in ('lead', 'shared') and r.valid_from <= ? and (r.valid_to is null or r.valid_to >= ?)", post, s.tx.day, s.tx.day)
	own.add("a.status in ('not_started', 'in_progress') and a.due_last_on between ? and ?", s.tx.day, until)
	s.tx.visible(&own, scope, "a", "action")
	s.tx.aboutAction(&own, scope, of.About)
	task.add("t.post_id = ? and t.done_on is null and t.withdrawn_on is null and t.due_last_on between ? and ?", post, s.tx.day, until)
	task.add("a.status in ('not_started', 'in_progress')")
	s.tx.visible(&task, scope, "a", "action")
	s.tx.aboutAction(&task, scope, of.About)
	rows, err := query[struct {
		ActionID domain.ActionID
		No       int
		TaskID   *domain.TaskID
		Kind     string
		TitleFi  string
		TitleSv  string
		TitleEn  string
		On       domain.Date `gorm:"column:due"`
		Total    int
	}](s.tx, counted(`
select distinct a.id as action_id, a.no, null::uuid as task_id, '' as kind, a.title_fi, a.title_sv, a.title_en, a.due_last_on as due
from responsibility r join action a on a.id = r.subject_id`+own.sql()+`
union all
select a.id, a.no, t.id, t.kind, t.title_fi, t.title_sv, t.title_en, t.due_last_on
from action_task t join action a on a.id = t.action_id`+task.sql(), "due, no, task_id", mywork.MaxDeadlines), append(own.args, task.args...)...)
	for _, r := range rows {
		out.DeadlinesTotal = r.Total
		out.Deadlines = append(out.Deadlines, mywork.Deadline{ActionID: r.ActionID, No: r.No, TaskID: valueOf(r.TaskID), Kind: r.Kind,
			Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, On: r.On})
	}
	return err
}

func (s *WorkStore) duties(out *mywork.Work, scope domain.Scope, of mywork.Of) error {
	post := of.Post
	var goal, chain, forum where
	inForce := func(w *where, alias string) {
		w.add(alias+".post_id = ? and "+alias+".valid_from <= ? and ("+alias+".valid_to is null or "+alias+".valid_to >= ?)", post, s.tx.day, s.tx.day)
	}
	inForce(&goal, "r")
	goal.add("r.subject_kind = 'goal' and r.part in ('lead', 'shared')")
	s.tx.visible(&goal, scope, "g", "goal")
	goal.add("g.ended_on is null")
	s.tx.about(&goal, scope, "'goal'", "g.id", of.About)
	inForce(&chain, "r")
	chain.add("r.subject_kind = 'stage' and r.part in ('lead', 'shared')")
	s.tx.visible(&chain, scope, "c", "chain")
	s.tx.about(&chain, scope, "'stage'", "st.id", of.About)
	inForce(&forum, "r")
	forum.add("r.role in ('chair', 'secretary')")
	s.tx.visible(&forum, scope, "f", "forum")
	s.tx.about(&forum, scope, "'forum'", "f.id", of.About)
	rows, err := query[struct {
		Kind       domain.SubjectKind
		ID         domain.AnyID
		No         int
		TitleFi    string
		TitleSv    string
		TitleEn    string
		Part       string
		Count      int
		Unaccepted int
		Total      int
	}](s.tx, counted(`
  select 'goal' as kind, g.id, g.no, g.title_fi, g.title_sv, g.title_en, r.part, 0 as count, (r.standing <> 'in_force')::int as unaccepted
  from responsibility r join goal g on g.id = r.subject_id`+goal.sql()+`
  union all
  select 'chain', c.id, c.position, c.title_fi, c.title_sv, c.title_en, min(r.part), count(*), count(*) filter (where r.standing <> 'in_force')
  from responsibility r join stage st on st.id = r.subject_id join chain c on c.id = st.chain_id`+chain.sql()+`
  group by c.id, c.position, c.title_fi, c.title_sv, c.title_en
  union all
  select 'forum', f.id, 0, f.title_fi, f.title_sv, f.title_en, r.role, 0, 0
  from membership r join forum f on f.id = r.forum_id`+forum.sql(),
		`array_position(array['goal', 'chain', 'forum'], kind), no, title_fi collate "fi", id`, mywork.MaxDuties),
		append(append(goal.args, chain.args...), forum.args...)...)
	for _, r := range rows {
		d := mywork.Duty{Kind: r.Kind, ID: r.ID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Part: r.Part, Count: r.Count, Unaccepted: r.Unaccepted}
		if r.Kind == domain.SubjectGoal {
			d.No = r.No
		}
		out.Duties, out.DutiesTotal = append(out.Duties, d), r.Total
	}
	return err
}

func (s *WorkStore) meetings(out *mywork.Work, scope domain.Scope, of mywork.Of, now time.Time) error {
	post := of.Post
	var w where
	w.add("m.status in ('called', 'in_progress')")
	w.add("m.starts_at >= ? and m.starts_at < ?", s.tx.day.StartOfDay(), now.AddDate(0, 0, mywork.Horizon))
	w.add(`(exists (select 1 from participant pa where pa.meeting_id = m.id and ? in (pa.post_id, pa.substitute_post_id))
 or exists (select 1 from membership me where me.forum_id = m.forum_id and me.post_id = ? and me.valid_from <= ? and (me.valid_to is null or me.valid_to >= ?)))`,
		post, post, s.tx.day, s.tx.day)
	s.aboutForum(&w, scope, of)
	s.tx.meetingVisible(&w, scope)
	rows, err := query[workMeetingRow](s.tx, counted(workMeetingColumns+" from meeting m join forum f on f.id = m.forum_id"+w.sql(), "starts_at, id", mywork.MaxMeetings), w.args...)
	for _, r := range rows {
		out.Meetings, out.MeetingsTotal = append(out.Meetings, r.meeting()), r.Total
	}
	return err
}

func (s *WorkStore) reports(out *mywork.Work, scope domain.Scope, of mywork.Of, now time.Time) error {
	post := of.Post
	var w where
	w.add("r.post_id = ? and r.subject_kind = 'action' and r.part in ('lead', 'shared')", post)
	w.add("r.valid_from <= ? and (r.valid_to is null or r.valid_to >= ?)", s.tx.day, s.tx.day)
	w.add("sr.reported_at >= ? and sr.post_id <> ?", now.AddDate(0, 0, -mywork.LookBack), post)
	w.add(standingReport)
	s.tx.aboutAction(&w, scope, of.About)
	s.tx.visible(&w, scope, "a", "action")
	rows, err := query[struct {
		ActionID domain.ActionID
		No       int
		TitleFi  string
		TitleSv  string
		TitleEn  string
		PostID   domain.PostID
		PostFi   string
		PostSv   string
		PostEn   string
		PartyID  domain.PartyID
		Status   string
		TextFi   string
		TextSv   string
		TextEn   string
		At       time.Time
		Total    int
	}](s.tx, counted(`
select sr.id, a.id as action_id, a.no, a.title_fi, a.title_sv, a.title_en, p.id as post_id, p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en,
       sr.party_id, sr.status, sr.text_fi, sr.text_sv, sr.text_en, sr.reported_at as at
from responsibility r
join action a on a.id = r.subject_id
join status_report sr on sr.action_id = a.id
join post p on p.id = sr.post_id`+w.sql(), "at desc, id desc", mywork.MaxReports), w.args...)
	for _, r := range rows {
		out.ReportsTotal = r.Total
		out.Reports = append(out.Reports, mywork.Report{ActionID: r.ActionID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
			PostID: r.PostID, PostTitle: domain.Text{FI: r.PostFi, SV: r.PostSv, EN: r.PostEn}, PartyID: r.PartyID,
			Status: r.Status, Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}, At: r.At.UTC()})
	}
	return err
}
