package storage

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

type meetingRow struct {
	ID               domain.MeetingID
	ForumID          domain.ForumID
	Year             int
	Number           int
	Title            domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	Place            domain.Text `gorm:"embedded;embeddedPrefix:place_"`
	StartsAt         time.Time
	EndsAt           time.Time
	Status           meeting.Status
	CalledAt         *time.Time
	StartedAt        *time.Time
	ClosedAt         *time.Time
	ApprovedAt       *time.Time
	PublishedAt      *time.Time
	CancelReason     domain.Text `gorm:"embedded;embeddedPrefix:cancel_reason_"`
	ReopenedAt       *time.Time
	ReopenReason     domain.Text `gorm:"embedded;embeddedPrefix:reopen_reason_"`
	ReopenApprovals  int
	Visibility       domain.Visibility
	VisibilityGround string
	Version          int
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
}

func (meetingRow) TableName() string { return "meeting" }

func rowOfMeeting(m meeting.Meeting) meetingRow {
	return meetingRow{m.ID, m.ForumID, m.Year, m.Number, m.Title, m.Place, m.StartsAt, m.EndsAt, m.Status, m.CalledAt, m.StartedAt, m.ClosedAt,
		m.ApprovedAt, m.PublishedAt, m.CancelReason, m.ReopenedAt, m.ReopenReason, m.ReopenApprovals, m.Visibility, m.VisibilityGround,
		m.Version, m.CreatedAt, m.UpdatedAt}
}

// meetingColumns are those that a change may touch.
var meetingColumns = []string{"title_fi", "title_sv", "title_en", "place_fi", "place_sv", "place_en", "starts_at", "ends_at", "status",
	"called_at", "started_at", "closed_at", "approved_at", "published_at", "cancel_reason_fi", "cancel_reason_sv", "cancel_reason_en",
	"reopened_at", "reopen_reason_fi", "reopen_reason_sv", "reopen_reason_en", "reopen_approvals", "visibility", "visibility_ground", "version", "updated_at"}

// meetingView is a row with its forum.
type meetingView struct {
	Row          meetingRow `gorm:"embedded"`
	ForumKey     string
	ForumTitle   domain.Text `gorm:"embedded;embeddedPrefix:forum_"`
	ForumMinutes bool
	Amended      bool
}

func (v meetingView) entity() meeting.Meeting {
	r := v.Row
	return meeting.Meeting{ID: r.ID, ForumID: r.ForumID, Year: r.Year, Number: r.Number, Title: r.Title, Place: r.Place,
		StartsAt: r.StartsAt, EndsAt: r.EndsAt, Status: r.Status, CalledAt: r.CalledAt, StartedAt: r.StartedAt, ClosedAt: r.ClosedAt,
		ApprovedAt: r.ApprovedAt, PublishedAt: r.PublishedAt, CancelReason: r.CancelReason, ReopenedAt: r.ReopenedAt, ReopenReason: r.ReopenReason,
		ReopenApprovals: r.ReopenApprovals, Visibility: r.Visibility,
		VisibilityGround: r.VisibilityGround, Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
		Amended: v.Amended, Forum: meeting.Forum{Key: v.ForumKey, Title: v.ForumTitle, Minutes: v.ForumMinutes}}
}

// MeetingStore keeps meetings with their participants, items and outcomes.
type MeetingStore struct{ tx Tx }

// NewMeetingStore binds the store to a transaction.
func NewMeetingStore(tx Tx) *MeetingStore { return &MeetingStore{tx} }

const (
	meetingFrom    = " from meeting m join forum f on f.id = m.forum_id"
	meetingColumn  = "m.id, m.forum_id, m.year, m.number, m.title_fi, m.title_sv, m.title_en, m.place_fi, m.place_sv, m.place_en, m.starts_at, m.ends_at, m.status, m.called_at, m.started_at, m.closed_at, m.approved_at, m.published_at, m.cancel_reason_fi, m.cancel_reason_sv, m.cancel_reason_en, m.reopened_at, m.reopen_reason_fi, m.reopen_reason_sv, m.reopen_reason_en, m.reopen_approvals, m.visibility, m.visibility_ground, m.version, m.created_at, m.updated_at, f.key as forum_key, f.title_fi as forum_fi, f.title_sv as forum_sv, f.title_en as forum_en, f.paper = 'minutes' as forum_minutes, exists (select 1 from amendment am where am.meeting_id = m.id and am.status <> 'withdrawn') as amended"
	meetingsSelect = "select " + meetingColumn
)

// Get implements meeting.Store.
func (s *MeetingStore) Get(scope domain.Scope, id domain.MeetingID) (meeting.Meeting, error) {
	row, err := s.row(scope, id)
	if err != nil {
		return meeting.Meeting{}, err
	}
	meetings, err := s.complete(scope, []meetingView{row})
	if err != nil {
		return meeting.Meeting{}, err
	}
	return meetings[0], nil
}

// Head implements meeting.Store.
func (s *MeetingStore) Head(scope domain.Scope, id domain.MeetingID) (meeting.Meeting, error) {
	row, err := s.row(scope, id)
	if err != nil {
		return meeting.Meeting{}, err
	}
	m := row.entity()
	papers, err := s.papers(scope, []domain.AnyID{{UUID: id.UUID}})
	m.Items, m.Papers = papers[id]
	return m, err
}

func (s *MeetingStore) row(scope domain.Scope, id domain.MeetingID) (meetingView, error) {
	var w where
	w.add("m.id = ?", id)
	s.tx.meetingVisible(&w, scope)
	rows, err := query[meetingView](s.tx, meetingsSelect+meetingFrom+w.sql(), w.args...)
	if err != nil {
		return meetingView{}, fmt.Errorf("load a meeting: %w", err)
	}
	if len(rows) == 0 {
		return meetingView{}, domain.NotFound("meeting")
	}
	return rows[0], nil
}

// papers counts the items of those meetings whose papers the scope covers.
func (s *MeetingStore) papers(scope domain.Scope, ids []domain.AnyID) (map[domain.MeetingID]int, error) {
	var w where
	w.add("m.id = any(?)", asOne(ids))
	s.tx.papersVisible(&w, scope)
	rows, err := query[struct {
		ID    domain.MeetingID
		Items int
	}](s.tx, "select m.id, (select count(*)::integer from agenda_item i where i.meeting_id = m.id and i.kind = 'item') as items"+meetingFrom+w.sql(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("find whose papers may be read: %w", err)
	}
	items := make(map[domain.MeetingID]int, len(rows))
	for _, r := range rows {
		items[r.ID] = r.Items
	}
	return items, nil
}

var meetingOrdering = ordering{
	keys: map[string]sortKey{
		"startsAt":  {"m.starts_at", "timestamptz"},
		"updatedAt": {"m.updated_at", "timestamptz"},
	},
	standard: "startsAt",
	id:       "m.id",
}

// List implements meeting.Store.
func (s *MeetingStore) List(scope domain.Scope, f meeting.Filter, req domain.PageRequest) (domain.Page[meeting.Meeting], error) {
	var w where
	s.tx.meetingVisible(&w, scope)
	in(&w, "m.forum_id", f.Forum)
	in(&w, "m.status", f.Status)
	between(&w, f.From, f.To)
	rows, err := list[meetingView](s.tx, meetingOrdering, req, meetingsSelect, meetingFrom, w)
	if err != nil {
		return domain.Page[meeting.Meeting]{}, fmt.Errorf("list meetings: %w", err)
	}
	items, err := s.complete(scope, rows.Items)
	return pageOf(rows, items), err
}

// between adds that the meeting starts in the days from..to in Helsinki.
func between(w *where, from, to domain.Date) {
	if !from.IsZero() {
		w.add("m.starts_at >= ?", from.StartOfDay())
	}
	if !to.IsZero() {
		w.add("m.starts_at <= ?", to.EndOfDay())
	}
}

// complete adds what sits in other tables, with one query for each; what
// belongs to the papers only where the scope covers them.
func (s *MeetingStore) complete(scope domain.Scope, rows []meetingView) ([]meeting.Meeting, error) {
	if len(rows) == 0 {
		return []meeting.Meeting{}, nil
	}
	ids := make([]domain.AnyID, len(rows))
	for i, r := range rows {
		ids[i] = domain.AnyID{UUID: r.Row.ID.UUID}
	}
	references, err := s.tx.references(domain.SubjectMeeting, ids)
	if err != nil {
		return nil, err
	}
	items, err := s.papers(scope, ids)
	if err != nil {
		return nil, err
	}
	open := slices.Collect(maps.Keys(items))
	participants, err := s.participants(open)
	if err != nil {
		return nil, err
	}
	approvals, err := s.approvals(open)
	if err != nil {
		return nil, err
	}
	named, err := s.namedApprovers(open)
	if err != nil {
		return nil, err
	}
	var principals []domain.PartyID
	if err := s.tx.Raw("select id from party where principal order by position").Scan(&principals).Error; err != nil {
		return nil, fmt.Errorf("load the principal parties: %w", err)
	}
	out := make([]meeting.Meeting, len(rows))
	for i, r := range rows {
		m := r.entity()
		m.References, m.Principals = references[ids[i]], principals
		m.Participants, m.Approvals, m.Named = participants[m.ID], approvals[m.ID], named[m.ID]
		m.Items, m.Papers = items[m.ID]
		out[i] = m
	}
	return out, nil
}

type participantRow struct {
	ID         domain.ParticipantID
	MeetingID  domain.MeetingID
	PartyID    domain.PartyID
	PostID     *domain.PostID
	GuestName  string
	Role       meeting.Role
	Inspector  bool
	Attendance meeting.Attendance
	Position   int
	Version    int

	SubstitutePostID *domain.PostID
	SubstituteName   string
}

func (participantRow) TableName() string { return "participant" }

func rowOfParticipant(p meeting.Participant) participantRow {
	return participantRow{p.ID, p.MeetingID, p.PartyID, p.PostID.Ptr(), p.Guest, p.Role, p.Inspector, p.Attendance, p.Position, p.Version,
		p.SubstituteID.Ptr(), p.Substitute}
}

// participants loads those of meetings, principal parties first.
func (s *MeetingStore) participants(ids []domain.MeetingID) (map[domain.MeetingID][]meeting.Participant, error) {
	out := map[domain.MeetingID][]meeting.Participant{}
	if len(ids) == 0 {
		return out, nil
	}
	type participantView struct {
		Row        participantRow `gorm:"embedded"`
		Title      domain.Text    `gorm:"embedded;embeddedPrefix:title_"`
		Substitute domain.Text    `gorm:"embedded;embeddedPrefix:substitute_"`
	}
	rows, err := query[participantView](s.tx, `
select p.id, p.meeting_id, p.party_id, p.post_id, p.guest_name, p.role, p.inspector, p.attendance, p.position, p.version,
       p.substitute_post_id, coalesce(p.substitute_name, '') as substitute_name, po.title_fi, po.title_sv, po.title_en,
       sp.title_fi as substitute_fi, sp.title_sv as substitute_sv, sp.title_en as substitute_en
from participant p
join party pa on pa.id = p.party_id
left join post po on po.id = p.post_id
left join post sp on sp.id = p.substitute_post_id
where p.meeting_id = any(?) order by pa.position, p.position, p.id`, asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load the participants: %w", err)
	}
	movements, err := s.movements(ids)
	if err != nil {
		return nil, err
	}
	var substituted []domain.ParticipantID
	for _, r := range rows {
		if r.Row.SubstitutePostID != nil {
			substituted = append(substituted, r.Row.ID)
		}
	}
	calls, err := s.substituteCalls(substituted)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		p := r.Row
		out[p.MeetingID] = append(out[p.MeetingID], meeting.Participant{ID: p.ID, MeetingID: p.MeetingID, PartyID: p.PartyID,
			PostID: valueOf(p.PostID), Guest: p.GuestName, Role: p.Role, Inspector: p.Inspector, Attendance: p.Attendance,
			Position: p.Position, Version: p.Version, Title: r.Title, SubstituteID: valueOf(p.SubstitutePostID), Substitute: p.SubstituteName,
			SubstituteTitle: r.Substitute, SubstituteCall: calls[p.ID], Movements: movements[p.ID]})
	}
	return out, nil
}

// substituteCalls tells how far the calls of those who take the participants'
// places have come, until their meetings are closed. Of the past nothing is known:
// mails are no content.
func (s *MeetingStore) substituteCalls(participants []domain.ParticipantID) (map[domain.ParticipantID]meeting.Call, error) {
	out := map[domain.ParticipantID]meeting.Call{}
	if len(participants) == 0 || s.tx.asOf {
		return out, nil
	}
	type person struct {
		ID       domain.ParticipantID
		Held     bool
		Address  bool
		CalledAt *time.Time
		Waiting  bool
		Failed   bool
		NoServer bool
	}
	rows, err := query[person](s.tx, `
select p.id, h.person_id is not null as held, coalesce(pe.email, '') <> '' as address,
       case when told.kind in `+callingKinds+` then told.called_at end as called_at,
       coalesce(told.state in ('queued', 'sending'), false) or exists (select 1 from outbox o
         where o.meeting_id = p.meeting_id and o.post_id = p.substitute_post_id and o.kind = 'substitute_called') as waiting,
       coalesce(told.state = 'failed', false) as failed, coalesce(told.state = 'not_configured', false) as no_server
from participant p
join meeting m on m.id = p.meeting_id and m.status in ('called', 'in_progress')
left join holding h on h.post_id = p.substitute_post_id and h.valid_from <= @day and coalesce(h.valid_to, 'infinity') >= @day
left join person pe on pe.id = h.person_id
left join lateral (
  select (array_agg(ma.kind order by ma.queued_at desc, ma.id desc))[1] as kind, (array_agg(ma.state order by ma.queued_at desc, ma.id desc))[1] as state,
         coalesce(max(ma.settled_at) filter (where ma.kind = 'meeting_called' and ma.state = 'sent'),
                  max(ma.settled_at) filter (where ma.kind = 'meeting_changed' and ma.state = 'sent')) as called_at
  from mail ma
  where ma.meeting_id = p.meeting_id and ma.person_id = h.person_id and ma.kind in `+datedKinds+` and ma.state not in ('withheld', 'superseded')) told on true
where p.id in @participants`, map[string]any{"day": s.tx.day, "participants": participants})
	if err != nil {
		return nil, fmt.Errorf("find whether substitutes have been called: %w", err)
	}
	reached := map[domain.ParticipantID][]meeting.Reached{}
	for _, r := range rows {
		people := reached[r.ID]
		if r.Held {
			people = append(people, meeting.Reached{Address: r.Address, CalledAt: timeOf(r.CalledAt), Waiting: r.Waiting, Failed: r.Failed, NoServer: r.NoServer})
		}
		reached[r.ID] = people
	}
	for id, people := range reached {
		out[id] = meeting.CallOf(people)
	}
	return out, nil
}

type approvalRow struct {
	ID         domain.ApprovalID
	MeetingID  domain.MeetingID
	PostID     domain.PostID
	Role       meeting.ApprovalRole
	PaperHash  string
	ApprovedAt time.Time
	Version    int
}

func (approvalRow) TableName() string { return "approval" }

func (s *MeetingStore) approvals(ids []domain.MeetingID) (map[domain.MeetingID][]meeting.Approval, error) {
	out := map[domain.MeetingID][]meeting.Approval{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []approvalRow
	if err := s.tx.Where("meeting_id in ?", ids).Order("approved_at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load the approvals: %w", err)
	}
	for _, a := range rows {
		out[a.MeetingID] = append(out[a.MeetingID], meeting.Approval{ID: a.ID, MeetingID: a.MeetingID, PostID: a.PostID, Role: a.Role, PaperHash: a.PaperHash, ApprovedAt: a.ApprovedAt})
	}
	return out, nil
}

// namedApprovers loads who is named to approve the papers of meetings, the chair first.
func (s *MeetingStore) namedApprovers(ids []domain.MeetingID) (map[domain.MeetingID][]meeting.Named, error) {
	out := map[domain.MeetingID][]meeting.Named{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := query[struct {
		ID        domain.AnyID
		MeetingID domain.MeetingID
		Role      meeting.ApprovalRole
		PartyID   domain.PartyID
		PostID    domain.PostID
		Title     domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	}](s.tx, `
select n.id, n.meeting_id, n.role, n.party_id, n.post_id, po.title_fi, po.title_sv, po.title_en
from named_approver n join party pa on pa.id = n.party_id join post po on po.id = n.post_id
where n.meeting_id = any(?) order by n.role, pa.position, n.id`, asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load who is named to approve papers: %w", err)
	}
	for _, n := range rows {
		out[n.MeetingID] = append(out[n.MeetingID], meeting.Named{ID: n.ID, Role: n.Role, PartyID: n.PartyID, PostID: n.PostID, Title: n.Title})
	}
	return out, nil
}

// SaveNamed implements meeting.Store.
func (s *MeetingStore) SaveNamed(id domain.MeetingID, named []meeting.Named) error {
	kept := make([]domain.AnyID, len(named))
	for i, n := range named {
		kept[i] = n.ID
	}
	if err := s.tx.Exec("delete from named_approver where meeting_id = ? and id <> all(?)", id, asOne(kept)).Error; err != nil {
		return fmt.Errorf("take back who is named to approve a paper: %w", err)
	}
	for _, n := range named {
		err := s.tx.Exec("insert into named_approver (id, meeting_id, role, party_id, post_id) values (?, ?, ?, ?, ?) on conflict (id) do nothing",
			n.ID, id, n.Role, n.PartyID, n.PostID).Error
		if err != nil {
			return fmt.Errorf("save who is named to approve a paper: %w", err)
		}
	}
	return nil
}

// DeleteParticipant implements meeting.Store.
func (s *MeetingStore) DeleteParticipant(p meeting.Participant) error {
	res := s.tx.Exec("delete from participant where id = ? and version = ?", p.ID, p.Version)
	if res.Error != nil {
		return fmt.Errorf("delete a participant: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return domain.Stale(domain.SubjectOf(domain.SubjectParticipant, p.ID), p.Version, nil)
	}
	return nil
}

// SeeForum implements meeting.Store.
func (s *MeetingStore) SeeForum(scope domain.Scope, id domain.ForumID) error {
	var w where
	w.add("f.id = ?", id)
	s.tx.visible(&w, scope, "f", "forum")
	var n int
	if err := s.tx.Raw("select count(*) from forum f"+w.sql(), w.args...).Scan(&n).Error; err != nil {
		return fmt.Errorf("look for a forum: %w", err)
	}
	if n == 0 {
		return domain.NotFound("forum")
	}
	return nil
}

// LockForum implements meeting.Store.
func (s *MeetingStore) LockForum(id domain.ForumID) error {
	return s.tx.Exec("select 1 from forum where id = ? for update", id).Error
}

// NextNumber implements meeting.Store.
func (s *MeetingStore) NextNumber(forum domain.ForumID, year int) (n int, err error) {
	err = s.tx.Raw("select coalesce(max(number), 0) + 1 from meeting where forum_id = ? and year = ?", forum, year).Scan(&n).Error
	return n, err
}

// NextSection implements meeting.Store.
func (s *MeetingStore) NextSection(forum domain.ForumID, year int) (n int, err error) {
	err = s.tx.Raw(`select coalesce(max(i.section), 0) + 1 from agenda_item i join meeting m on m.id = i.meeting_id
where m.forum_id = ? and m.year = ?`, forum, year).Scan(&n).Error
	return n, err
}

// SectionTaken implements meeting.Store.
func (s *MeetingStore) SectionTaken(m meeting.Meeting, item domain.AgendaItemID, section int) (taken bool, err error) {
	err = s.tx.Raw(`select exists (select 1 from agenda_item i join meeting m on m.id = i.meeting_id
where m.forum_id = ? and m.year = ? and i.section = ? and i.id <> ?)`, m.ForumID, m.Year, section, item).Scan(&taken).Error
	return taken, err
}

// Members implements meeting.Store.
func (s *MeetingStore) Members(forum domain.ForumID, day domain.Date) ([]meeting.Participant, error) {
	var rows []struct {
		PostID  domain.PostID
		PartyID domain.PartyID
		Role    meeting.Role
		Title   domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	}
	err := s.tx.Raw(`
select m.post_id, p.party_id, m.role, p.title_fi, p.title_sv, p.title_en
from membership m join post p on p.id = m.post_id join party pa on pa.id = p.party_id
where m.forum_id = ? and m.valid_from <= ? and (m.valid_to is null or m.valid_to >= ?)
order by pa.position, array_position(array['chair', 'secretary', 'member'], m.role), p.title_fi collate "fi", p.id`, forum, day, day).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load the members: %w", err)
	}
	out := make([]meeting.Participant, len(rows))
	for i, r := range rows {
		out[i] = meeting.Participant{PostID: r.PostID, PartyID: r.PartyID, Role: r.Role, Title: r.Title}
	}
	return out, nil
}

// Lock implements meeting.Store.
func (s *MeetingStore) Lock(id domain.MeetingID) error {
	return s.tx.Exec("select 1 from meeting where id = ? for update", id).Error
}

// Insert implements meeting.Store.
func (s *MeetingStore) Insert(m meeting.Meeting) error {
	row := rowOfMeeting(m)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a meeting: %w", err)
	}
	return s.tx.saveReferences(domain.SubjectOf(domain.SubjectMeeting, m.ID), m.References)
}

// Update implements meeting.Store.
func (s *MeetingStore) Update(m meeting.Meeting) (meeting.Meeting, error) {
	row := rowOfMeeting(m)
	row.Version++
	subject := domain.SubjectOf(domain.SubjectMeeting, m.ID)
	res := s.tx.Model(&meetingRow{}).Where("id = ? and version = ?", m.ID, m.Version).Select(meetingColumns).Updates(&row)
	if res.Error != nil {
		return m, fmt.Errorf("update a meeting: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return m, domain.Stale(subject, m.Version, nil)
	}
	m.Version = row.Version
	return m, s.tx.saveReferences(subject, m.References)
}

// InsertParticipants implements meeting.Store.
func (s *MeetingStore) InsertParticipants(ps []meeting.Participant) error {
	if len(ps) == 0 {
		return nil
	}
	rows := make([]participantRow, len(ps))
	for i, p := range ps {
		rows[i] = rowOfParticipant(p)
	}
	if err := s.tx.Create(&rows).Error; err != nil {
		return fmt.Errorf("insert participants: %w", err)
	}
	return nil
}

// UpdateParticipant implements meeting.Store.
func (s *MeetingStore) UpdateParticipant(p meeting.Participant) (meeting.Participant, error) {
	row := rowOfParticipant(p)
	row.Version++
	res := s.tx.Model(&participantRow{}).Where("id = ? and version = ?", p.ID, p.Version).
		Select("role", "attendance", "inspector", "substitute_post_id", "substitute_name", "version").Updates(&row)
	if res.Error != nil {
		return p, fmt.Errorf("update a participant: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return p, domain.Stale(domain.SubjectOf(domain.SubjectParticipant, p.ID), p.Version, nil)
	}
	p.Version = row.Version
	return p, s.saveMovements(p)
}

// InsertApproval implements meeting.Store.
func (s *MeetingStore) InsertApproval(a meeting.Approval) error {
	row := approvalRow{a.ID, a.MeetingID, a.PostID, a.Role, a.PaperHash, a.ApprovedAt, 1}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert an approval: %w", err)
	}
	return nil
}

// DeleteApprovals implements meeting.Store.
func (s *MeetingStore) DeleteApprovals(id domain.MeetingID) error {
	return s.tx.Exec("delete from approval where meeting_id = ?", id).Error
}
