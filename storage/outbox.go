package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// OutboxStore keeps what a transaction wants told afterwards: it commits, or
// does not, with what it tells of.
type OutboxStore struct {
	tx    Tx
	newID domain.IDSource
}

// NewOutboxStore binds the store to a transaction.
func NewOutboxStore(tx Tx, newID domain.IDSource) *OutboxStore { return &OutboxStore{tx, newID} }

// Tell implements meeting.Notices.
func (s *OutboxStore) Tell(n meeting.Notice, m meeting.Meeting) error {
	err := s.tx.Exec("insert into outbox (id, kind, meeting_id, version, queued_at) values (?, ?, ?, ?, ?)",
		s.newID(), n, m.ID, m.Version, m.UpdatedAt).Error
	if err != nil {
		return fmt.Errorf("put a notice into the outbox: %w", err)
	}
	return nil
}

// CallSubstitute implements meeting.Notices.
func (s *OutboxStore) CallSubstitute(post domain.PostID, m meeting.Meeting, at time.Time) error {
	return s.tellPost(meeting.NoticeSubstitute, post, m, at)
}

// ReleaseSubstitute implements meeting.Notices.
func (s *OutboxStore) ReleaseSubstitute(post domain.PostID, m meeting.Meeting, at time.Time) error {
	return s.tellPost(meeting.NoticeReleased, post, m, at)
}

// CallMember implements meeting.Notices.
func (s *OutboxStore) CallMember(post domain.PostID, m meeting.Meeting, at time.Time) error {
	return s.tellPost(meeting.NoticeMember, post, m, at)
}

// ReleaseMember implements meeting.Notices.
func (s *OutboxStore) ReleaseMember(post domain.PostID, m meeting.Meeting, at time.Time) error {
	return s.tellPost(meeting.NoticeMemberReleased, post, m, at)
}

// AskApproval implements meeting.Notices.
func (s *OutboxStore) AskApproval(post domain.PostID, m meeting.Meeting, at time.Time) error {
	return s.tellPost(meeting.NoticeApprover, post, m, at)
}

func (s *OutboxStore) tellPost(n meeting.Notice, post domain.PostID, m meeting.Meeting, at time.Time) error {
	err := s.tx.Exec("insert into outbox (id, kind, meeting_id, post_id, version, queued_at) values (?, ?, ?, ?, ?, ?)",
		s.newID(), n, m.ID, post, m.Version, at).Error
	if err != nil {
		return fmt.Errorf("put a notice to one post into the outbox: %w", err)
	}
	return nil
}
