package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/forum"
)

// decidesSQL is true of a participant p who counts, themselves or by their
// substitute, as meeting.Participant.Decides says.
const decidesSQL = "p.role in ('chair', 'member')"

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
	w.add(decidesSQL)
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

// sameWords is the condition that two rows say the same purpose and mandate.
func sameWords(a, b string) string {
	of := func(t string) string {
		return fmt.Sprintf("(%[1]s.purpose_fi, %[1]s.purpose_sv, %[1]s.purpose_en, %[1]s.mandate_fi, %[1]s.mandate_sv, %[1]s.mandate_en)", t)
	}
	return of(a) + " = " + of(b)
}

// saidSince is the expression "since when forum f says its purpose and mandate in
// the present words", of the past as it was then. What else of a forum changes
// makes them no younger.
var saidSince = "(select coalesce(max(h.sys_to) filter (where not " + sameWords("h", "f") + " and h.sys_to <= k.at), min(h.sys_from))" +
	" from public.forum_history h cross join (select coalesce(nullif(current_setting('app.as_of', true), '')::timestamptz, statement_timestamp()) as at) k" +
	" where h.id = f.id)"

// mandates tell which principal parties have accepted the present words of
// forums, since when these wait for the others, and what those had accepted.
func (s *ForumStore) mandates(forums []domain.AnyID) (map[domain.AnyID][]forum.MandateAnswer, error) {
	var rows []struct {
		ForumID    domain.AnyID
		PartyID    domain.PartyID
		AcceptedAt *time.Time
		PostID     *domain.PostID
		Post       domain.Text `gorm:"embedded;embeddedPrefix:post_"`
		Same       bool
		Since      time.Time
		Purpose    domain.Text `gorm:"embedded;embeddedPrefix:purpose_"`
		Mandate    domain.Text `gorm:"embedded;embeddedPrefix:mandate_"`
	}
	err := s.tx.Raw(`
select f.id as forum_id, pa.id as party_id, a.accepted_at, a.post_id, coalesce(po.title_fi, '') as post_fi, coalesce(po.title_sv, '') as post_sv, coalesce(po.title_en, '') as post_en,
       coalesce(`+sameWords("a", "f")+`, false) as same, f.since, coalesce(a.purpose_fi, '') as purpose_fi, coalesce(a.purpose_sv, '') as purpose_sv, coalesce(a.purpose_en, '') as purpose_en,
       coalesce(a.mandate_fi, '') as mandate_fi, coalesce(a.mandate_sv, '') as mandate_sv, coalesce(a.mandate_en, '') as mandate_en
from (select f.*, `+saidSince+` as since from forum f where f.id in ?) f cross join party pa
left join mandate_acceptance a on a.forum_id = f.id and a.party_id = pa.id
left join post po on po.id = a.post_id
where pa.principal order by pa.position`, forums).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load who accepted the mandates: %w", err)
	}
	out := map[domain.AnyID][]forum.MandateAnswer{}
	for _, r := range rows {
		a := forum.MandateAnswer{PartyID: r.PartyID}
		switch {
		case r.Same:
			a.At, a.PostID, a.PostTitle = r.AcceptedAt.UTC(), valueOf(r.PostID), r.Post
		case r.AcceptedAt != nil:
			a.Before = &forum.MandateWords{Purpose: r.Purpose, Mandate: r.Mandate, At: r.AcceptedAt.UTC()}
		}
		if !r.Same {
			a.Since = r.Since.UTC()
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
