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
func (s *WorkStore) Of(scope domain.Scope, post domain.PostID, now time.Time) (mywork.Work, error) {
	var w mywork.Work
	var err error
	if w.Approvals, err = s.approvals(scope, post); err != nil {
		return w, fmt.Errorf("load the approvals that wait: %w", err)
	}
	if w.Amendments, err = s.amendments(scope, post); err != nil {
		return w, fmt.Errorf("load the amendments that wait: %w", err)
	}
	if w.Papers, err = s.papers(scope); err != nil {
		return w, fmt.Errorf("load the papers with comments: %w", err)
	}
	if w.Minutes, err = s.minutes(scope, now, w.Papers); err != nil {
		return w, fmt.Errorf("load the meetings of the secretary: %w", err)
	}
	if w.Deadlines, err = s.deadlines(scope, post); err != nil {
		return w, fmt.Errorf("load the deadlines: %w", err)
	}
	if w.Duties, err = s.duties(scope, post); err != nil {
		return w, fmt.Errorf("load the responsibilities: %w", err)
	}
	if w.Meetings, err = s.meetings(scope, post, now); err != nil {
		return w, fmt.Errorf("load the coming meetings: %w", err)
	}
	if w.Reports, err = s.reports(scope, post, now); err != nil {
		return w, fmt.Errorf("load the latest reports: %w", err)
	}
	return w, nil
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
}

const workMeetingColumns = `select m.id, m.forum_id, f.key as forum_key, f.title_fi, f.title_sv, f.title_en, m.year, m.number, m.starts_at, m.status`

func (r workMeetingRow) meeting() mywork.Meeting {
	return mywork.Meeting{ID: r.ID, ForumID: r.ForumID, ForumKey: r.ForumKey, ForumTitle: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
		Year: r.Year, Number: r.Number, StartsAt: r.StartsAt.UTC(), Status: r.Status}
}

func (s *WorkStore) approvals(scope domain.Scope, post domain.PostID) ([]mywork.Approval, error) {
	var w where
	w.add("m.status = 'closed'")
	w.add("a.post_id = ?", post)
	w.add("not exists (select 1 from approval g where g.meeting_id = m.id and g.post_id = a.post_id)")
	s.tx.meetingVisible(&w, scope)
	var rows []workMeetingRow
	err := s.tx.Raw(workMeetingColumns+`, a.role, m.closed_at
from `+approversSQL+` join meeting m on m.id = a.meeting_id join forum f on f.id = m.forum_id`+w.sql()+` order by m.closed_at, m.id`, w.args...).Scan(&rows).Error
	var out []mywork.Approval
	for _, r := range rows {
		a := mywork.Approval{Meeting: r.meeting(), Role: r.Role}
		if r.ClosedAt != nil {
			a.ClosedAt = r.ClosedAt.UTC()
		}
		out = append(out, a)
	}
	return out, err
}

func (s *WorkStore) amendments(scope domain.Scope, post domain.PostID) ([]mywork.Amendment, error) {
	var w where
	w.add("am.status = 'proposed'")
	w.add("a.post_id = ?", post)
	w.add("not exists (select 1 from amendment_approval g where g.amendment_id = am.id and g.post_id = a.post_id)")
	s.tx.paperInside(&w, scope)
	rows, err := query[workMeetingRow](s.tx, workMeetingColumns+`, a.role, am.proposed_at as closed_at
from amendment am join meeting m on m.id = am.meeting_id join `+approversSQL+` on a.meeting_id = m.id join forum f on f.id = m.forum_id`+w.sql()+` order by am.proposed_at, am.id`, w.args...)
	var out []mywork.Amendment
	for _, r := range rows {
		out = append(out, mywork.Amendment{Meeting: r.meeting(), Role: r.Role, ProposedAt: r.ClosedAt.UTC()})
	}
	return out, err
}

// papers are the closed meetings of the scope's own forums with an open word on
// their paper.
func (s *WorkStore) papers(scope domain.Scope) ([]mywork.Paper, error) {
	if len(scope.OwnForums) == 0 {
		return nil, nil
	}
	rows, err := query[workMeetingRow](s.tx, "select * from ("+workMeetingColumns+`, m.closed_at,
  (select count(*) from paper_comment c where c.meeting_id = m.id and c.thread_id is null
     and coalesce((select k.kind from paper_comment k where k.thread_id = c.id and k.kind <> 'comment' order by k.said_at desc, k.id desc limit 1), 'reopened') = 'reopened') as comments,
  (select count(distinct r.post_id) from paper_return r where r.meeting_id = m.id
     and not exists (select 1 from approval a where a.meeting_id = m.id and a.post_id = r.post_id)
     and not exists (select 1 from agenda_item i where i.meeting_id = m.id and i.updated_at > r.returned_at)) as returns
from meeting m join forum f on f.id = m.forum_id where m.status = 'closed' and m.forum_id in ?) w
where comments + returns > 0 order by closed_at, id`, scope.OwnForums)
	var out []mywork.Paper
	for _, r := range rows {
		out = append(out, mywork.Paper{Meeting: r.meeting(), Comments: r.Comments, Returns: r.Returns, ClosedAt: r.ClosedAt.UTC()})
	}
	return out, err
}

// minutes are the meetings of the scope's own forums that do not get on without
// the secretary, but for those with an open word on their paper.
func (s *WorkStore) minutes(scope domain.Scope, now time.Time, papers []mywork.Paper) ([]mywork.Minutes, error) {
	if len(scope.OwnForums) == 0 {
		return nil, nil
	}
	rows, err := query[workMeetingRow](s.tx, workMeetingColumns+`,
  case m.status when 'closed' then 'unapproved' when 'approved' then 'unpublished' else 'unclosed' end as reason,
  case m.status when 'closed' then m.closed_at when 'approved' then coalesce(m.approved_at, m.closed_at, m.ends_at) else m.ends_at end as closed_at,
  (select count(distinct a.post_id) from `+approversSQL+` where a.meeting_id = m.id and m.status = 'closed'
     and not exists (select 1 from approval g where g.meeting_id = m.id and g.post_id = a.post_id)) as pending
from meeting m join forum f on f.id = m.forum_id
where m.forum_id in ? and (m.status in ('called', 'in_progress') and m.ends_at < ? or m.status = 'closed' and m.closed_at < ? or m.status = 'approved')
order by closed_at, m.id`, scope.OwnForums, s.tx.day.StartOfDay(), now.AddDate(0, 0, -mywork.ApprovalDays))
	var out []mywork.Minutes
	for _, r := range rows {
		said := slices.ContainsFunc(papers, func(p mywork.Paper) bool { return p.Meeting.ID == r.ID })
		if !said {
			out = append(out, mywork.Minutes{Meeting: r.meeting(), Reason: r.Reason, Since: r.ClosedAt.UTC(), Pending: r.Pending})
		}
	}
	return out, err
}

func (s *WorkStore) deadlines(scope domain.Scope, post domain.PostID) ([]mywork.Deadline, error) {
	until := s.tx.day.AddDays(mywork.Horizon)
	var own, task where
	own.add("r.post_id = ? and r.subject_kind = 'action' and r.part in ('lead', 'shared') and r.valid_from <= ? and (r.valid_to is null or r.valid_to >= ?)", post, s.tx.day, s.tx.day)
	own.add("a.status in ('not_started', 'in_progress') and a.due_last_on between ? and ?", s.tx.day, until)
	s.tx.visible(&own, scope, "a", "action")
	task.add("t.post_id = ? and t.done_on is null and t.withdrawn_on is null and t.due_last_on between ? and ?", post, s.tx.day, until)
	task.add("a.status in ('not_started', 'in_progress')")
	s.tx.visible(&task, scope, "a", "action")
	rows, err := query[struct {
		ActionID domain.ActionID
		No       int
		TaskID   *domain.TaskID
		Kind     string
		TitleFi  string
		TitleSv  string
		TitleEn  string
		On       domain.Date `gorm:"column:due"`
	}](s.tx, `
select distinct a.id as action_id, a.no, null::uuid as task_id, '' as kind, a.title_fi, a.title_sv, a.title_en, a.due_last_on as due
from responsibility r join action a on a.id = r.subject_id`+own.sql()+`
union all
select a.id, a.no, t.id, t.kind, t.title_fi, t.title_sv, t.title_en, t.due_last_on
from action_task t join action a on a.id = t.action_id`+task.sql()+`
order by due, no, task_id limit `+fmt.Sprint(mywork.MaxDeadlines), append(own.args, task.args...)...)
	var out []mywork.Deadline
	for _, r := range rows {
		out = append(out, mywork.Deadline{ActionID: r.ActionID, No: r.No, TaskID: valueOf(r.TaskID), Kind: r.Kind,
			Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, On: r.On})
	}
	return out, err
}

func (s *WorkStore) duties(scope domain.Scope, post domain.PostID) ([]mywork.Duty, error) {
	var goal, chain, forum where
	inForce := func(w *where, alias string) {
		w.add(alias+".post_id = ? and "+alias+".valid_from <= ? and ("+alias+".valid_to is null or "+alias+".valid_to >= ?)", post, s.tx.day, s.tx.day)
	}
	inForce(&goal, "r")
	goal.add("r.subject_kind = 'goal' and r.part in ('lead', 'shared')")
	s.tx.visible(&goal, scope, "g", "goal")
	goal.add("g.ended_on is null")
	inForce(&chain, "r")
	chain.add("r.subject_kind = 'stage' and r.part in ('lead', 'shared')")
	s.tx.visible(&chain, scope, "c", "chain")
	inForce(&forum, "r")
	forum.add("r.role in ('chair', 'secretary')")
	s.tx.visible(&forum, scope, "f", "forum")
	var rows []struct {
		Kind       domain.SubjectKind
		ID         domain.AnyID
		No         int
		TitleFi    string
		TitleSv    string
		TitleEn    string
		Part       string
		Count      int
		Unaccepted int
	}
	err := s.tx.Raw(`
select * from (
  select 'goal' as kind, g.id, g.no, g.title_fi, g.title_sv, g.title_en, r.part, 0 as count, (r.standing <> 'in_force')::int as unaccepted
  from responsibility r join goal g on g.id = r.subject_id`+goal.sql()+`
  union all
  select 'chain', c.id, c.position, c.title_fi, c.title_sv, c.title_en, min(r.part), count(*), count(*) filter (where r.standing <> 'in_force')
  from responsibility r join stage st on st.id = r.subject_id join chain c on c.id = st.chain_id`+chain.sql()+`
  group by c.id, c.position, c.title_fi, c.title_sv, c.title_en
  union all
  select 'forum', f.id, 0, f.title_fi, f.title_sv, f.title_en, r.role, 0, 0
  from membership r join forum f on f.id = r.forum_id`+forum.sql()+`) d
order by array_position(array['goal', 'chain', 'forum'], kind), no, title_fi collate "fi"`,
		append(append(goal.args, chain.args...), forum.args...)...).Scan(&rows).Error
	var out []mywork.Duty
	for _, r := range rows {
		d := mywork.Duty{Kind: r.Kind, ID: r.ID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Part: r.Part, Count: r.Count, Unaccepted: r.Unaccepted}
		if r.Kind == domain.SubjectGoal {
			d.No = r.No
		}
		out = append(out, d)
	}
	return out, err
}

func (s *WorkStore) meetings(scope domain.Scope, post domain.PostID, now time.Time) ([]mywork.Meeting, error) {
	var w where
	w.add("m.status in ('called', 'in_progress')")
	w.add("m.starts_at >= ? and m.starts_at < ?", s.tx.day.StartOfDay(), now.AddDate(0, 0, mywork.Horizon))
	w.add(`(exists (select 1 from participant pa where pa.meeting_id = m.id and ? in (pa.post_id, pa.substitute_post_id))
 or exists (select 1 from membership me where me.forum_id = m.forum_id and me.post_id = ? and me.valid_from <= ? and (me.valid_to is null or me.valid_to >= ?)))`,
		post, post, s.tx.day, s.tx.day)
	s.tx.meetingVisible(&w, scope)
	var rows []workMeetingRow
	err := s.tx.Raw(workMeetingColumns+" from meeting m join forum f on f.id = m.forum_id"+w.sql()+" order by m.starts_at, m.id", w.args...).Scan(&rows).Error
	var out []mywork.Meeting
	for _, r := range rows {
		out = append(out, r.meeting())
	}
	return out, err
}

func (s *WorkStore) reports(scope domain.Scope, post domain.PostID, now time.Time) ([]mywork.Report, error) {
	var w where
	w.add("r.post_id = ? and r.subject_kind = 'action' and r.part in ('lead', 'shared')", post)
	w.add("r.valid_from <= ? and (r.valid_to is null or r.valid_to >= ?)", s.tx.day, s.tx.day)
	w.add("sr.reported_at >= ? and sr.post_id <> ?", now.AddDate(0, 0, -mywork.LookBack), post)
	w.add(standingReport)
	s.tx.visible(&w, scope, "a", "action")
	var rows []struct {
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
	}
	err := s.tx.Raw(`
select a.id as action_id, a.no, a.title_fi, a.title_sv, a.title_en, p.id as post_id, p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en,
       sr.party_id, sr.status, sr.text_fi, sr.text_sv, sr.text_en, sr.reported_at as at
from responsibility r
join action a on a.id = r.subject_id
join status_report sr on sr.action_id = a.id
join post p on p.id = sr.post_id`+w.sql()+` order by sr.reported_at desc, sr.id desc limit 10`, w.args...).Scan(&rows).Error
	var out []mywork.Report
	for _, r := range rows {
		out = append(out, mywork.Report{ActionID: r.ActionID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
			PostID: r.PostID, PostTitle: domain.Text{FI: r.PostFi, SV: r.PostSv, EN: r.PostEn}, PartyID: r.PartyID,
			Status: r.Status, Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}, At: r.At.UTC()})
	}
	return out, err
}
