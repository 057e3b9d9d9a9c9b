package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/forum"
)

// figures tell how forums have worked in the year shown, with one query for
// each table.
func (s *ForumStore) figures(scope domain.Scope, forums []domain.AnyID) (map[domain.AnyID]forum.Figures, error) {
	out := map[domain.AnyID]forum.Figures{}
	year := s.tx.day.Year()
	type counted struct {
		ForumID domain.AnyID
		N       int
	}
	for _, c := range []struct {
		from string
		cond func(*where)
		set  func(*forum.Figures, int)
	}{
		{" from meeting m join forum f on f.id = m.forum_id", func(w *where) {
			s.tx.meetingVisible(w, scope)
			w.add("m.status = 'cancelled' and m.year = ?", year)
		}, func(f *forum.Figures, n int) { f.Cancelled = n }},
		{openLoopFrom, func(w *where) {
			s.tx.papersVisible(w, scope)
			s.tx.visible(w, scope, "i", "agenda_item")
			w.add("o.type in ('decision', 'assignment') and m.status in ('closed', 'approved', 'published') and m.year = ?", year)
		}, func(f *forum.Figures, n int) { f.Decisions = n }},
		{openLoopFrom, func(w *where) { s.tx.openLoops(w, scope) }, func(f *forum.Figures, n int) { f.OpenLoops = n }},
	} {
		var w where
		w.add("m.forum_id in ?", forums)
		c.cond(&w)
		var rows []counted
		if err := s.tx.Raw("select m.forum_id, count(*) as n"+c.from+w.sql()+" group by m.forum_id", w.args...).Scan(&rows).Error; err != nil {
			return nil, fmt.Errorf("count what forums have done: %w", err)
		}
		for _, r := range rows {
			f := out[r.ForumID]
			c.set(&f, r.N)
			out[r.ForumID] = f
		}
	}
	var w where
	w.add("m.forum_id in ?", forums)
	w.add("m.status in ('closed', 'approved', 'published') and m.year = ?", year)
	s.tx.papersVisible(&w, scope)
	var seats []struct {
		ForumID domain.AnyID
		PartyID domain.PartyID
		Seats   int
		Present int
	}
	err := s.tx.Raw(`
select m.forum_id, p.party_id, count(*) as seats, count(*) filter (where p.attendance in ('present', 'remote')) as present
from participant p join meeting m on m.id = p.meeting_id join forum f on f.id = m.forum_id join party pa on pa.id = p.party_id`+w.sql()+`
group by m.forum_id, p.party_id, pa.position order by pa.position`, w.args...).Scan(&seats).Error
	if err != nil {
		return nil, fmt.Errorf("count the attendance of forums: %w", err)
	}
	for _, r := range seats {
		f := out[r.ForumID]
		f.Attendance = append(f.Attendance, forum.PartyAttendance{PartyID: r.PartyID, Seats: r.Seats, Present: r.Present})
		out[r.ForumID] = f
	}
	return out, nil
}

// mandates tell which principal parties have accepted the present words of
// forums.
func (s *ForumStore) mandates(forums []domain.AnyID) (map[domain.AnyID][]forum.MandateAnswer, error) {
	var rows []struct {
		ForumID    domain.AnyID
		PartyID    domain.PartyID
		AcceptedAt *time.Time
		PostID     *domain.PostID
		Post       domain.Text `gorm:"embedded;embeddedPrefix:post_"`
	}
	err := s.tx.Raw(`
select f.id as forum_id, pa.id as party_id, a.accepted_at, a.post_id, coalesce(po.title_fi, '') as post_fi, coalesce(po.title_sv, '') as post_sv, coalesce(po.title_en, '') as post_en
from forum f cross join party pa
left join mandate_acceptance a on a.forum_id = f.id and a.party_id = pa.id
  and (a.purpose_fi, a.purpose_sv, a.purpose_en, a.mandate_fi, a.mandate_sv, a.mandate_en) = (f.purpose_fi, f.purpose_sv, f.purpose_en, f.mandate_fi, f.mandate_sv, f.mandate_en)
left join post po on po.id = a.post_id
where pa.principal and f.id in ? order by pa.position`, forums).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load who accepted the mandates: %w", err)
	}
	out := map[domain.AnyID][]forum.MandateAnswer{}
	for _, r := range rows {
		a := forum.MandateAnswer{PartyID: r.PartyID, PostID: valueOf(r.PostID), PostTitle: r.Post}
		if r.AcceptedAt != nil {
			a.At = r.AcceptedAt.UTC()
		}
		out[r.ForumID] = append(out[r.ForumID], a)
	}
	return out, nil
}

// AcceptMandate implements forum.Store.
func (s *ForumStore) AcceptMandate(id domain.AcceptanceID, f forum.Forum, party domain.PartyID, post domain.PostID, at time.Time) error {
	err := s.tx.Exec(`
insert into mandate_acceptance (id, forum_id, party_id, post_id, purpose_fi, purpose_sv, purpose_en, mandate_fi, mandate_sv, mandate_en, accepted_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (forum_id, party_id) do update set post_id = excluded.post_id, purpose_fi = excluded.purpose_fi, purpose_sv = excluded.purpose_sv,
    purpose_en = excluded.purpose_en, mandate_fi = excluded.mandate_fi, mandate_sv = excluded.mandate_sv, mandate_en = excluded.mandate_en, accepted_at = excluded.accepted_at`,
		id, f.ID, party, post.Ptr(), f.Purpose.FI, f.Purpose.SV, f.Purpose.EN, f.Mandate.FI, f.Mandate.SV, f.Mandate.EN, at).Error
	if err != nil {
		return fmt.Errorf("accept a mandate: %w", err)
	}
	return nil
}
