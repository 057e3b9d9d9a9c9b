package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// What belongs to outcomes beside their text: dissents, referrals, whom and where
// they name.

// refusedSQL is meeting.Outcome's refused of an outcome o.
const refusedSQL = `coalesce((select x.state = 'refused' and x.settled_at is null from referral x where x.outcome_id = o.id order by x.created_at desc, x.id desc limit 1), false)`

// carriedOverSQL is true of an outcome o whose item was carried over to a
// meeting that was not cancelled.
const carriedOverSQL = `exists (select 1 from transfer tr join agenda_item ti on ti.id = tr.to_item_id join meeting tm on tm.id = ti.meeting_id
  where tr.from_item_id = o.agenda_item_id and tr.kind = 'carry_over' and tm.status <> 'cancelled')`

// carriedSQL is true of an outcome o whose item is carried on: by a deferral, a
// referral that was neither refused nor withdrawn, neither of them ended since, or
// by being carried over.
const carriedSQL = `(exists (select 1 from outcome c where c.agenda_item_id = o.agenda_item_id and c.ended_at is null and (c.type = 'deferred' or c.type = 'referral'
    and coalesce((select x.state not in ('refused', 'withdrawn') from referral x where x.outcome_id = c.id order by x.created_at desc, x.id desc limit 1), true)))
  or ` + carriedOverSQL + `)`

// completeOutcomes adds what sits in other tables, with one query for each.
func (s *MeetingStore) completeOutcomes(scope domain.Scope, outcomes []meeting.Outcome) error {
	if len(outcomes) == 0 {
		return nil
	}
	ids := make([]domain.OutcomeID, len(outcomes))
	var posts []domain.PostID
	var meetings []domain.MeetingID
	for i, o := range outcomes {
		ids[i] = o.ID
		if !o.ToPostID.IsZero() {
			posts = append(posts, o.ToPostID)
		}
		if !o.ToMeetingID.IsZero() {
			meetings = append(meetings, o.ToMeetingID)
		}
	}
	actions, err := s.actionsOf(scope, ids)
	if err != nil {
		return err
	}
	dissents, err := s.dissentsOf(ids)
	if err != nil {
		return err
	}
	referrals, err := s.referralsOf(scope, ids)
	if err != nil {
		return err
	}
	names, err := s.meetingNames(scope, meetings)
	if err != nil {
		return err
	}
	titles, err := s.tx.postTitles(posts)
	if err != nil {
		return err
	}
	up, err := query[struct{ ID domain.OutcomeID }](s.tx, "select o.id from outcome o where o.id = any(?) and "+takenUp, asOne(ids))
	if err != nil {
		return fmt.Errorf("find which outcomes were taken up: %w", err)
	}
	taken := map[domain.OutcomeID]bool{}
	for _, r := range up {
		taken[r.ID] = true
	}
	for i := range outcomes {
		o := &outcomes[i]
		o.TakenUp = taken[o.ID]
		o.Actions, o.Dissents, o.Referrals = actions[o.ID], dissents[o.ID], referrals[o.ID]
		o.ToPostTitle, o.ToPostParty = titles[o.ToPostID].Title, titles[o.ToPostID].PartyID
		if n, ok := names[o.ToMeetingID]; ok {
			o.ToMeeting = &n
		}
		if n := len(o.Referrals); n > 0 && o.Type == meeting.Referred {
			o.ToForumID = o.Referrals[n-1].ToForumID
		}
	}
	return nil
}

type postTitleRow struct {
	ID      domain.PostID
	PartyID domain.PartyID
	Title   domain.Text `gorm:"embedded;embeddedPrefix:title_"`
}

// postTitles loads what names posts, in one query.
func (tx Tx) postTitles(ids []domain.PostID) (map[domain.PostID]postTitleRow, error) {
	out := map[domain.PostID]postTitleRow{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := query[postTitleRow](tx, "select id, party_id, title_fi, title_sv, title_en from post where id = any(?)", asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("name posts: %w", err)
	}
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, nil
}

type meetingNameRow struct {
	ID       domain.MeetingID
	ForumID  domain.ForumID
	ForumKey string
	Forum    domain.Text `gorm:"embedded;embeddedPrefix:forum_"`
	Year     int
	Number   int
	StartsAt time.Time
	Status   meeting.Status
}

const meetingNameColumns = "m.id, m.forum_id, f.key as forum_key, f.title_fi as forum_fi, f.title_sv as forum_sv, f.title_en as forum_en, m.year, m.number, m.starts_at, m.status"

func (r meetingNameRow) entity() meeting.MeetingName {
	return meeting.MeetingName{ID: r.ID, ForumID: r.ForumID, ForumKey: r.ForumKey, Forum: r.Forum, Year: r.Year, Number: r.Number, StartsAt: r.StartsAt.UTC(), Status: r.Status}
}

// meetingNames names the meetings whose header the scope covers, in one query.
func (s *MeetingStore) meetingNames(scope domain.Scope, ids []domain.MeetingID) (map[domain.MeetingID]meeting.MeetingName, error) {
	out := map[domain.MeetingID]meeting.MeetingName{}
	if len(ids) == 0 {
		return out, nil
	}
	var w where
	w.add("m.id = any(?)", asOne(ids))
	s.tx.meetingVisible(&w, scope)
	rows, err := query[meetingNameRow](s.tx, "select "+meetingNameColumns+meetingFrom+w.sql(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("name meetings: %w", err)
	}
	for _, r := range rows {
		out[r.ID] = r.entity()
	}
	return out, nil
}

type dissentRow struct {
	ID                domain.DissentID
	OutcomeID         domain.OutcomeID
	Kind              meeting.DissentKind
	PartyID           domain.PartyID
	PostID            *domain.PostID
	Text              domain.Text `gorm:"embedded;embeddedPrefix:text_"`
	WithdrawnAt       *time.Time
	WithdrawnReason   string // in Finnish
	WithdrawnReasonSv string
	WithdrawnReasonEn string
	RecordedAt        time.Time
	Version           int
}

func (dissentRow) TableName() string { return "dissent" }

func rowOfDissent(d meeting.Dissent) dissentRow {
	return dissentRow{d.ID, d.OutcomeID, d.Kind, d.PartyID, d.PostID.Ptr(), d.Text, d.WithdrawnAt,
		d.WithdrawnReason.FI, d.WithdrawnReason.SV, d.WithdrawnReason.EN, d.RecordedAt, d.Version}
}

// dissentsOf loads the dissents of outcomes, oldest first.
func (s *MeetingStore) dissentsOf(outcomes []domain.OutcomeID) (map[domain.OutcomeID][]meeting.Dissent, error) {
	out := map[domain.OutcomeID][]meeting.Dissent{}
	type row struct {
		Row   dissentRow  `gorm:"embedded"`
		Title domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	}
	rows, err := query[row](s.tx, `
select d.id, d.outcome_id, d.kind, d.party_id, d.post_id, d.text_fi, d.text_sv, d.text_en, d.withdrawn_at,
       d.withdrawn_reason, d.withdrawn_reason_sv, d.withdrawn_reason_en, d.recorded_at, d.version,
       p.title_fi, p.title_sv, p.title_en
from dissent d left join post p on p.id = d.post_id where d.outcome_id = any(?) order by d.recorded_at, d.id`, asOne(outcomes))
	if err != nil {
		return nil, fmt.Errorf("load the dissents of outcomes: %w", err)
	}
	for _, v := range rows {
		r := v.Row
		out[r.OutcomeID] = append(out[r.OutcomeID], meeting.Dissent{ID: r.ID, OutcomeID: r.OutcomeID, Kind: r.Kind, PartyID: r.PartyID, PostID: valueOf(r.PostID),
			Text: r.Text, WithdrawnAt: r.WithdrawnAt, WithdrawnReason: domain.Text{FI: r.WithdrawnReason, SV: r.WithdrawnReasonSv, EN: r.WithdrawnReasonEn}, RecordedAt: r.RecordedAt, Version: r.Version, PostTitle: v.Title})
	}
	return out, nil
}

// DissentItem implements meeting.Store.
func (s *MeetingStore) DissentItem(scope domain.Scope, id domain.DissentID) (meeting.AgendaItem, error) {
	items, err := s.items(scope, "i.id = (select o.agenda_item_id from dissent d join outcome o on o.id = d.outcome_id where d.id = ?)", id)
	if err != nil {
		return meeting.AgendaItem{}, err
	}
	if len(items) == 0 {
		return meeting.AgendaItem{}, domain.NotFound("dissent")
	}
	return items[0], nil
}

// InsertDissent implements meeting.Store.
func (s *MeetingStore) InsertDissent(d meeting.Dissent) error {
	row := rowOfDissent(d)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a dissent: %w", err)
	}
	return nil
}

// UpdateDissent implements meeting.Store.
func (s *MeetingStore) UpdateDissent(d meeting.Dissent) (meeting.Dissent, error) {
	row := rowOfDissent(d)
	row.Version++
	res := s.tx.Model(&dissentRow{}).Where("id = ? and version = ?", d.ID, d.Version).
		Select("kind", "party_id", "post_id", "text_fi", "text_sv", "text_en", "withdrawn_at", "withdrawn_reason", "withdrawn_reason_sv", "withdrawn_reason_en", "version").Updates(&row)
	if res.Error != nil {
		return d, fmt.Errorf("update a dissent: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return d, domain.Stale(domain.SubjectOf(domain.SubjectDissent, d.ID), d.Version, nil)
	}
	d.Version = row.Version
	return d, nil
}

// PartyOf implements meeting.Store.
func (s *MeetingStore) PartyOf(id domain.PostID) (domain.PartyID, error) {
	titles, err := s.tx.postTitles([]domain.PostID{id})
	if err != nil {
		return domain.PartyID{}, err
	}
	p, ok := titles[id]
	if !ok {
		return domain.PartyID{}, domain.NotFound("post")
	}
	return p.PartyID, nil
}
