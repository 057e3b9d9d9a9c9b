package storage

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

type templateRow struct {
	ID               domain.TemplateID
	ForumID          domain.ForumID
	Title            domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	Place            domain.Text `gorm:"embedded;embeddedPrefix:place_"`
	Frequency        meeting.Frequency
	Weekday          int
	Week             int
	Every            int
	Months           string // JSON; written as an array
	StartsMinute     int
	DurationMinutes  int
	Visibility       domain.Visibility
	VisibilityGround string
	Version          int
	CreatedAt        time.Time
	UpdatedAt        time.Time
}

// SeriesStore keeps the templates of forums and what their series made.
type SeriesStore struct{ tx Tx }

// NewSeriesStore binds the store to a transaction.
func NewSeriesStore(tx Tx) *SeriesStore { return &SeriesStore{tx} }

// Template implements meeting.SeriesStore.
func (s *SeriesStore) Template(forum domain.ForumID) (meeting.Template, error) {
	var rows []templateRow
	err := s.tx.Raw(`
select t.id, t.forum_id, t.title_fi, t.title_sv, t.title_en, t.place_fi, t.place_sv, t.place_en, t.frequency, t.weekday, t.week, t.every,
       to_json(t.months)::text as months, t.starts_minute, t.duration_minutes, t.visibility, t.visibility_ground, t.version, t.created_at, t.updated_at
from meeting_template t where t.forum_id = ?`, forum).Scan(&rows).Error
	if err != nil {
		return meeting.Template{}, fmt.Errorf("load a template: %w", err)
	}
	if len(rows) == 0 {
		return meeting.Template{}, domain.NotFound("meeting_template")
	}
	r := rows[0]
	t := meeting.Template{ID: r.ID, ForumID: r.ForumID, Title: r.Title, Place: r.Place, Frequency: r.Frequency, Weekday: r.Weekday, Week: r.Week, Every: r.Every,
		StartsMinute: r.StartsMinute, DurationMinutes: r.DurationMinutes, Visibility: r.Visibility, VisibilityGround: r.VisibilityGround, Version: r.Version,
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
	if err := json.Unmarshal([]byte(r.Months), &t.Months); err != nil {
		return t, fmt.Errorf("read the months of a template: %w", err)
	}
	var items []struct {
		Kind            meeting.ItemKind
		Title           domain.Text `gorm:"embedded;embeddedPrefix:title_"`
		MinutesReserved int
		PresenterID     *domain.PostID
		PartyID         *domain.PartyID
		Post            domain.Text `gorm:"embedded;embeddedPrefix:post_"`
	}
	err = s.tx.Raw(`
select i.kind, i.title_fi, i.title_sv, i.title_en, i.minutes_reserved, i.presenter_id, p.party_id, p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en
from template_item i left join post p on p.id = i.presenter_id where i.template_id = ? order by i.position`, t.ID).Scan(&items).Error
	if err != nil {
		return t, fmt.Errorf("load the items of a template: %w", err)
	}
	for _, i := range items {
		t.Items = append(t.Items, meeting.TemplateItem{Kind: i.Kind, Title: i.Title, MinutesReserved: i.MinutesReserved, PresenterID: valueOf(i.PresenterID),
			PresenterTitle: i.Post, PresenterParty: valueOf(i.PartyID)})
	}
	return t, nil
}

// monthList writes months into a column of integer[].
type monthList []int

// Value implements driver.Valuer.
func (l monthList) Value() (driver.Value, error) {
	text, err := json.Marshal([]int(l))
	return strings.NewReplacer("[", "{", "]", "}").Replace(string(text)), err
}

func templateColumns(t meeting.Template) map[string]any {
	return map[string]any{"title_fi": t.Title.FI, "title_sv": t.Title.SV, "title_en": t.Title.EN, "place_fi": t.Place.FI, "place_sv": t.Place.SV, "place_en": t.Place.EN,
		"frequency": t.Frequency, "weekday": t.Weekday, "week": t.Week, "every": t.Every,
		"months": monthList(t.Months), "starts_minute": t.StartsMinute, "duration_minutes": t.DurationMinutes, "visibility": t.Visibility, "visibility_ground": t.VisibilityGround,
		"updated_at": t.UpdatedAt}
}

// InsertTemplate implements meeting.SeriesStore.
func (s *SeriesStore) InsertTemplate(t meeting.Template) error {
	row := templateColumns(t)
	row["id"], row["forum_id"], row["version"], row["created_at"] = t.ID, t.ForumID, t.Version, t.CreatedAt
	if err := s.tx.Table("meeting_template").Create(row).Error; err != nil {
		return fmt.Errorf("insert a template: %w", err)
	}
	return s.saveItems(t)
}

// UpdateTemplate implements meeting.SeriesStore.
func (s *SeriesStore) UpdateTemplate(t meeting.Template) (meeting.Template, error) {
	row := templateColumns(t)
	row["version"] = t.Version + 1
	res := s.tx.Table("meeting_template").Where("id = ? and version = ?", t.ID, t.Version).Updates(row)
	if res.Error != nil {
		return t, fmt.Errorf("update a template: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return t, domain.Stale(domain.SubjectOf(domain.SubjectTemplate, t.ID), t.Version, nil)
	}
	t.Version++
	return t, s.saveItems(t)
}

func (s *SeriesStore) saveItems(t meeting.Template) error {
	if err := s.tx.Exec("delete from template_item where template_id = ?", t.ID).Error; err != nil {
		return fmt.Errorf("replace the items of a template: %w", err)
	}
	for n, i := range t.Items {
		err := s.tx.Table("template_item").Create(map[string]any{"id": domain.UUIDv7(), "template_id": t.ID, "position": n + 1, "kind": i.Kind,
			"title_fi": i.Title.FI, "title_sv": i.Title.SV, "title_en": i.Title.EN, "minutes_reserved": i.MinutesReserved, "presenter_id": i.PresenterID.Ptr()}).Error
		if err != nil {
			return fmt.Errorf("insert an item of a template: %w", err)
		}
	}
	return nil
}

type seriesMeetingRow struct {
	ID       domain.MeetingID
	Year     int
	Number   int
	StartsAt time.Time
	Status   meeting.Status
	SlotOn   domain.Date
}

// Meetings implements meeting.SeriesStore.
func (s *SeriesStore) Meetings(forum domain.ForumID, from, to domain.Date) ([]meeting.SeriesMeeting, error) {
	var rows []seriesMeetingRow
	err := s.tx.Raw(`
select m.id, m.year, m.number, m.starts_at, m.status, s.slot_on from meeting m left join series_meeting s on s.meeting_id = m.id
where m.forum_id = ? and (m.starts_at between ? and ? or s.slot_on between ? and ?) order by m.starts_at, m.id`,
		forum, from.StartOfDay(), to.EndOfDay(), from, to).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load the meetings of a year: %w", err)
	}
	out := make([]meeting.SeriesMeeting, len(rows))
	for i, r := range rows {
		out[i] = meeting.SeriesMeeting(r)
	}
	return out, nil
}

// Mark implements meeting.SeriesStore.
func (s *SeriesStore) Mark(id domain.AnyID, forum domain.ForumID, m domain.MeetingID, slot domain.Date) error {
	err := s.tx.Table("series_meeting").Create(map[string]any{"id": id, "forum_id": forum, "meeting_id": m, "slot_on": slot}).Error
	if err != nil {
		return fmt.Errorf("remember the day of a series: %w", err)
	}
	return nil
}

// CycleStore knows the annual cycles of the plans and where they are handled.
type CycleStore struct{ tx Tx }

// NewCycleStore binds the store to a transaction.
func NewCycleStore(tx Tx) *CycleStore { return &CycleStore{tx} }

type cycleRow struct {
	ID        domain.PlanEventID
	PlanID    domain.PlanID
	Key       string
	Month     int
	TitleFi   string
	TitleSv   string
	TitleEn   string
	ForumID   *domain.ForumID
	ForumKey  string
	ForumFi   string
	ForumSv   string
	ForumEn   string
	MeetingID *domain.MeetingID
	MeetingNo int
	StartsAt  *time.Time
	Status    meeting.Status
	MeetingYr int
}

// from joins the events of the plans that cover a year with the forum that
// handles them and the meeting of the year, as far as the scope covers them.
func (s *CycleStore) from(scope domain.Scope, year int) (columns, from string, w where) {
	var f, m where
	s.tx.visible(&f, scope, "f", "forum")
	f.add("f.id = ef.forum_id")
	s.tx.meetingVisible(&m, scope)
	m.add("em.plan_event_id = e.id and em.year = ?", year)
	columns = `select e.id, e.plan_id, e.key, e.month, e.title_fi, e.title_sv, e.title_en, fo.id as forum_id, coalesce(fo.key, '') as forum_key,
       coalesce(fo.title_fi, '') as forum_fi, coalesce(fo.title_sv, '') as forum_sv, coalesce(fo.title_en, '') as forum_en,
       me.id as meeting_id, coalesce(me.number, 0) as meeting_no, coalesce(me.year, 0) as meeting_yr, me.starts_at, coalesce(me.status, '') as status`
	from = ` from plan_event e join plan p on p.id = e.plan_id
left join plan_event_forum ef on ef.plan_event_id = e.id
left join lateral (select f.id, f.key, f.title_fi, f.title_sv, f.title_en from forum f` + f.sql() + `) fo on true
left join lateral (select m.id, m.number, m.year, m.starts_at, m.status from plan_event_meeting em join meeting m on m.id = em.meeting_id join forum f on f.id = m.forum_id` + m.sql() + `) me on true`
	w.args = append(w.args, f.args...)
	w.args = append(w.args, m.args...)
	s.tx.visible(&w, scope, "p", "plan")
	w.add("extract(year from p.starts_on) <= ? and extract(year from p.ends_on) >= ?", year, year)
	return columns, from, w
}

func (r cycleRow) event(year int) meeting.CycleEvent {
	e := meeting.CycleEvent{ID: r.ID, PlanID: r.PlanID, Key: r.Key, Month: r.Month, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Year: year}
	if r.ForumID != nil {
		e.Forum = &meeting.CycleForum{ID: *r.ForumID, Key: r.ForumKey, Title: domain.Text{FI: r.ForumFi, SV: r.ForumSv, EN: r.ForumEn}}
	}
	if r.MeetingID != nil {
		e.Meeting = &meeting.SeriesMeeting{ID: *r.MeetingID, Year: r.MeetingYr, Number: r.MeetingNo, StartsAt: *r.StartsAt, Status: r.Status}
	}
	return e
}

var cycleOrdering = ordering{
	keys:     map[string]sortKey{"month": {"e.month", "integer"}},
	standard: "month",
	id:       "e.id",
}

// Events implements meeting.CycleStore.
func (s *CycleStore) Events(scope domain.Scope, f meeting.CycleFilter, req domain.PageRequest) (domain.Page[meeting.CycleEvent], error) {
	columns, from, w := s.from(scope, f.Year)
	in(&w, "fo.id", f.Forum)
	if f.Placed != nil {
		w.add("(me.id is not null) = ?", *f.Placed)
	}
	rows, err := list[cycleRow](s.tx, cycleOrdering, req, columns, from, w)
	if err != nil {
		return domain.Page[meeting.CycleEvent]{}, fmt.Errorf("list the annual cycle: %w", err)
	}
	events := make([]meeting.CycleEvent, len(rows.Items))
	for i, r := range rows.Items {
		events[i] = r.event(f.Year)
	}
	return pageOf(rows, events), nil
}

// Event implements meeting.CycleStore.
func (s *CycleStore) Event(scope domain.Scope, id domain.PlanEventID, year int) (meeting.CycleEvent, error) {
	columns, from, w := s.from(scope, year)
	w.add("e.id = ?", id)
	rows, err := query[cycleRow](s.tx, columns+from+w.sql(), w.args...)
	if err != nil {
		return meeting.CycleEvent{}, fmt.Errorf("load an event of the annual cycle: %w", err)
	}
	if len(rows) == 0 {
		return meeting.CycleEvent{}, domain.NotFound("plan_event")
	}
	return rows[0].event(year), nil
}

// Assign implements meeting.CycleStore.
func (s *CycleStore) Assign(id domain.PlanEventID, forum domain.ForumID) error {
	err := s.tx.Exec(`delete from plan_event_meeting em using meeting m where m.id = em.meeting_id and em.plan_event_id = ? and em.year >= ? and m.forum_id <> ?`,
		id, s.tx.day.Year(), forum).Error
	if err != nil {
		return fmt.Errorf("take an event out of meetings: %w", err)
	}
	if forum.IsZero() {
		err = s.tx.Exec("delete from plan_event_forum where plan_event_id = ?", id).Error
	} else {
		err = s.tx.Exec(`insert into plan_event_forum (id, plan_event_id, forum_id) values (?, ?, ?)
on conflict (plan_event_id) do update set forum_id = excluded.forum_id where plan_event_forum.forum_id <> excluded.forum_id`, domain.UUIDv7(), id, forum).Error
	}
	if err != nil {
		return fmt.Errorf("let a forum handle an event: %w", err)
	}
	return nil
}

// Place implements meeting.CycleStore.
func (s *CycleStore) Place(id domain.PlanEventID, year int, m domain.MeetingID) (err error) {
	if m.IsZero() {
		err = s.tx.Exec("delete from plan_event_meeting where plan_event_id = ? and year = ?", id, year).Error
	} else {
		err = s.tx.Exec(`insert into plan_event_meeting (id, plan_event_id, year, meeting_id) values (?, ?, ?, ?)
on conflict (plan_event_id, year) do update set meeting_id = excluded.meeting_id where plan_event_meeting.meeting_id <> excluded.meeting_id`,
			domain.UUIDv7(), id, year, m).Error
	}
	if err != nil {
		return fmt.Errorf("place an event: %w", err)
	}
	return nil
}
