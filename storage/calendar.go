package storage

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/calendar"
)

// CalendarStore keeps calendar addresses and reads meetings for calendars.
type CalendarStore struct{ tx Tx }

// NewCalendarStore binds the store to a transaction.
func NewCalendarStore(tx Tx) *CalendarStore { return &CalendarStore{tx} }

type calendarAddressRow struct {
	ID        domain.CalendarID
	PersonID  domain.PersonID
	TokenHash []byte
	MadeAt    time.Time
	EndedAt   *time.Time
	Version   int
}

func (calendarAddressRow) TableName() string { return "calendar_address" }

const calendarAddressSelect = "select id, person_id, token_hash, made_at, ended_at, version from calendar_address where ended_at is null and "

func (s *CalendarStore) address(sql string, arg any) (calendar.Address, error) {
	var rows []calendarAddressRow
	if err := s.tx.Raw(calendarAddressSelect+sql, arg).Scan(&rows).Error; err != nil {
		return calendar.Address{}, fmt.Errorf("load a calendar address: %w", err)
	}
	if len(rows) == 0 {
		return calendar.Address{}, domain.NotFound("calendar")
	}
	r := rows[0]
	return calendar.Address{ID: r.ID, PersonID: r.PersonID, TokenHash: r.TokenHash, MadeAt: r.MadeAt.UTC(), EndedAt: timeOf(r.EndedAt), Version: r.Version}, nil
}

// Of implements calendar.Store.
func (s *CalendarStore) Of(person domain.PersonID) (calendar.Address, error) {
	return s.address("person_id = ?", person)
}

// Open implements calendar.Store.
func (s *CalendarStore) Open(person domain.PersonID) (calendar.Address, error) {
	return s.address("person_id = ? for update", person)
}

// Find implements calendar.Store.
func (s *CalendarStore) Find(hash []byte) (calendar.Address, error) {
	return s.address("token_hash = ?", hash)
}

// Insert implements calendar.Store.
func (s *CalendarStore) Insert(a calendar.Address) error {
	row := calendarAddressRow{a.ID, a.PersonID, a.TokenHash, a.MadeAt, timeOrNil(a.EndedAt), a.Version}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a calendar address: %w", err)
	}
	return nil
}

// End implements calendar.Store.
func (s *CalendarStore) End(a calendar.Address) (calendar.Address, error) {
	res := s.tx.Model(&calendarAddressRow{}).Where("id = ? and ended_at is null", a.ID).Select("ended_at", "version").
		Updates(&calendarAddressRow{EndedAt: timeOrNil(a.EndedAt), Version: a.Version + 1})
	if res.Error != nil {
		return a, fmt.Errorf("end a calendar address: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return a, domain.NotFound("calendar")
	}
	a.Version++
	return a, nil
}

// Reader implements calendar.Store.
func (s *CalendarStore) Reader(person domain.PersonID) (calendar.Reader, error) {
	who, err := NewAccessStore(s.tx).Standing(person, s.tx.day)
	if err != nil {
		return calendar.Reader{}, err
	}
	out := calendar.Reader{Language: who.Language, Nobody: who.IsNobody()}
	for _, p := range who.Posts {
		out.Actors = append(out.Actors, who.Actor(p.ID))
	}
	return out, nil
}

// Forum implements calendar.Store.
func (s *CalendarStore) Forum(scope domain.Scope, id domain.ForumID) (domain.Text, error) {
	var w where
	w.add("f.id = ?", id)
	s.tx.visible(&w, scope, "f", "forum")
	var rows []struct{ TitleFi, TitleSv, TitleEn string }
	if err := s.tx.Raw("select f.title_fi, f.title_sv, f.title_en from forum f"+w.sql(), w.args...).Scan(&rows).Error; err != nil {
		return domain.Text{}, fmt.Errorf("load the title of a forum: %w", err)
	}
	if len(rows) == 0 {
		return domain.Text{}, domain.NotFound("forum")
	}
	return domain.Text{FI: rows[0].TitleFi, SV: rows[0].TitleSv, EN: rows[0].TitleEn}, nil
}

// OfForum implements calendar.Store.
func (s *CalendarStore) OfForum(scope domain.Scope, id domain.ForumID, after time.Time) ([]calendar.Event, error) {
	var w where
	w.add("m.forum_id = ?", id)
	return s.events(scope, w, after)
}

// OfPost implements calendar.Store.
func (s *CalendarStore) OfPost(scope domain.Scope, after time.Time) ([]calendar.Event, error) {
	ways, args := []string{standsInSQL}, []any{scope.Post}
	if forums := slices.Concat(scope.OwnForums, scope.MemberForums); len(forums) > 0 {
		ways, args = append(ways, "m.forum_id in ?"), append(args, forums)
	}
	var w where
	w.add("("+strings.Join(ways, " or ")+")", args...)
	return s.events(scope, w, after)
}

func (s *CalendarStore) events(scope domain.Scope, w where, after time.Time) ([]calendar.Event, error) {
	w.add("m.ends_at > ?", after)
	s.tx.meetingVisible(&w, scope)
	rows, err := query[meetingView](s.tx, meetingsSelect+meetingFrom+w.sql()+" order by m.starts_at, m.id limit 500", w.args...)
	if err != nil {
		return nil, fmt.Errorf("list the meetings of a calendar: %w", err)
	}
	out := make([]calendar.Event, len(rows))
	for i, v := range rows {
		m := v.Row
		out[i] = calendar.Event{ID: m.ID, Forum: v.ForumTitle, Number: m.Number, Year: m.Year, Title: m.Title, Place: m.Place, StartsAt: m.StartsAt, EndsAt: m.EndsAt,
			Status: string(m.Status), Version: m.Version, CreatedAt: m.CreatedAt, UpdatedAt: m.UpdatedAt}
	}
	return out, nil
}
