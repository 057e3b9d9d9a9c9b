package storage

import (
	"fmt"

	"yhdyspinta/domain"
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
