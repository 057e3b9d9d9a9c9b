package storage

import (
	"fmt"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// NumberTaken implements meeting.Store.
func (s *MeetingStore) NumberTaken(forum domain.ForumID, year, number int) (taken bool, err error) {
	err = s.tx.Raw("select exists (select 1 from meeting where forum_id = ? and year = ? and number = ?)", forum, year, number).Scan(&taken).Error
	return taken, err
}

// Principals implements meeting.Store.
func (s *MeetingStore) Principals() (ids []domain.PartyID, err error) {
	if err := s.tx.Raw("select id from party where principal order by position").Scan(&ids).Error; err != nil {
		return nil, fmt.Errorf("load the principal parties: %w", err)
	}
	return ids, nil
}

// ForumsNamed implements meeting.Store.
func (s *MeetingStore) ForumsNamed(scope domain.Scope, name string) (ids []domain.ForumID, err error) {
	var w where
	w.add("lower(?) in (lower(f.key), lower(f.title_fi), lower(f.title_sv), lower(f.title_en))", name)
	s.tx.visible(&w, scope, "f", "forum")
	if err := s.tx.Raw("select f.id from forum f"+w.sql()+" order by f.id limit 2", w.args...).Scan(&ids).Error; err != nil {
		return nil, fmt.Errorf("find a forum by its name: %w", err)
	}
	return ids, nil
}

// MemberNames implements meeting.Store.
func (s *MeetingStore) MemberNames(forum domain.ForumID, day domain.Date) ([]meeting.MemberNames, error) {
	var rows []struct {
		PostID  domain.PostID
		Title   domain.Text `gorm:"embedded;embeddedPrefix:title_"`
		Key     string
		Name    domain.Text `gorm:"embedded;embeddedPrefix:name_"`
		Shorter domain.Text `gorm:"embedded;embeddedPrefix:short_"`
	}
	err := s.tx.Raw(`
select m.post_id, p.title_fi, p.title_sv, p.title_en, pa.key, pa.name_fi, pa.name_sv, pa.name_en, pa.short_fi, pa.short_sv, pa.short_en
from membership m join post p on p.id = m.post_id join party pa on pa.id = p.party_id
where m.forum_id = ? and m.valid_from <= ? and (m.valid_to is null or m.valid_to >= ?)`, forum, day, day).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load the names of members: %w", err)
	}
	out := make([]meeting.MemberNames, len(rows))
	for i, r := range rows {
		out[i] = meeting.MemberNames{PostID: r.PostID, Title: r.Title, Party: []string{r.Key, r.Name.FI, r.Name.SV, r.Name.EN, r.Shorter.FI, r.Shorter.SV, r.Shorter.EN}}
	}
	return out, nil
}
