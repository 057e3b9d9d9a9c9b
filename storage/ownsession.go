package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

// OwnSessionStore is access.SessionStore on the table that SessionStore keeps.
type OwnSessionStore struct{ tx Tx }

// NewOwnSessionStore binds the store to a transaction.
func NewOwnSessionStore(tx Tx) *OwnSessionStore { return &OwnSessionStore{tx} }

// maxOwnSessions is how many are listed: more than anybody can have by hand, as a session
// lasts ten hours.
const maxOwnSessions = 500

// Of implements access.SessionStore.
func (s *OwnSessionStore) Of(person domain.PersonID, at time.Time) ([]access.Session, error) {
	var rows []struct {
		ID                      domain.SessionID
		PersonID                domain.PersonID
		BeganAt, UsedAt, EndsAt time.Time
		Browser, System         string
	}
	err := s.tx.Raw(`select id, person_id, began_at, used_at, ends_at, browser, system from session
		where person_id = ? and ended_at is null and expires_at > ? order by began_at desc, id desc limit ?`, person, at, maxOwnSessions).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list the sessions of a person: %w", err)
	}
	out := make([]access.Session, len(rows))
	for i, r := range rows {
		out[i] = access.Session{ID: r.ID, PersonID: r.PersonID, BeganAt: r.BeganAt, UsedAt: r.UsedAt, EndsAt: r.EndsAt, Device: access.Device{Browser: r.Browser, System: r.System}}
	}
	return out, nil
}

// End implements access.SessionStore.
func (s *OwnSessionStore) End(person domain.PersonID, id domain.SessionID, at time.Time) (int, error) {
	return s.end("id = @id", person, id, at)
}

// EndOthers implements access.SessionStore.
func (s *OwnSessionStore) EndOthers(person domain.PersonID, except domain.SessionID, at time.Time) (int, error) {
	return s.end("id <> @id", person, except, at)
}

// end ends sessions. The rows stay for as long as a request of them may be under way, so
// that none brings one back; what they held goes at once.
func (s *OwnSessionStore) end(which string, person domain.PersonID, id domain.SessionID, at time.Time) (int, error) {
	res := s.tx.Exec(`update session set ended_at = @at, data = '', expires_at = greatest(expires_at, cast(@at as timestamptz) + interval '2 minutes')
		where person_id = @person and `+which+` and ended_at is null and expires_at > @at`, map[string]any{"person": person, "id": id, "at": at})
	if res.Error != nil {
		return 0, fmt.Errorf("end sessions: %w", res.Error)
	}
	return int(res.RowsAffected), nil
}
