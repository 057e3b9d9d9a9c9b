package storage

import (
	"encoding/json"
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/idempotency"
)

// IdempotencyStore keeps which requests were answered how.
type IdempotencyStore struct{ tx Tx }

// NewIdempotencyStore binds the store to a transaction.
func NewIdempotencyStore(tx Tx) *IdempotencyStore { return &IdempotencyStore{tx} }

const ofKey = " where person_id = ? and operation = ? and key = ?"

// Begin implements idempotency.Store.
func (s *IdempotencyStore) Begin(r idempotency.Request, now time.Time) (*idempotency.Found, error) {
	if err := s.Sweep(now); err != nil {
		return nil, err
	}
	res := s.tx.Exec(`insert into idempotency_key (person_id, operation, key, hash, made_at) values (?, ?, ?, ?, ?)
on conflict (person_id, operation, key) do update set hash = excluded.hash, made_at = excluded.made_at
where idempotency_key.status is null and idempotency_key.made_at <= ?`, r.PersonID, r.Operation, r.Key, r.Hash, now, now.Add(-idempotency.AbandonedAfter))
	if res.Error != nil {
		return nil, fmt.Errorf("note the key of a request: %w", res.Error)
	}
	if res.RowsAffected == 1 {
		return nil, nil
	}
	rows, err := query[struct {
		Hash   []byte
		Status *int
		Header string
		Body   []byte
	}](s.tx, "select hash, status, header, body from idempotency_key"+ofKey, r.PersonID, r.Operation, r.Key)
	if err != nil {
		return nil, fmt.Errorf("load the answer to a key: %w", err)
	}
	if len(rows) == 0 { // forgotten at this moment: as if it were running
		return &idempotency.Found{Hash: r.Hash}, nil
	}
	found := &idempotency.Found{Hash: rows[0].Hash}
	if rows[0].Status == nil {
		return found, nil
	}
	found.Answer = &idempotency.Answer{Status: *rows[0].Status, Body: rows[0].Body}
	if err := json.Unmarshal([]byte(rows[0].Header), &found.Answer.Header); err != nil {
		return nil, fmt.Errorf("read the header of an answer: %w", err)
	}
	return found, nil
}

// Finish implements idempotency.Store.
func (s *IdempotencyStore) Finish(r idempotency.Request, a idempotency.Answer) error {
	header, err := json.Marshal(a.Header)
	if err != nil {
		return fmt.Errorf("write the header of an answer: %w", err)
	}
	if err := s.tx.Exec("update idempotency_key set status = ?, header = ?, body = ?"+ofKey, a.Status, string(header), a.Body, r.PersonID, r.Operation, r.Key).Error; err != nil {
		return fmt.Errorf("keep the answer to a key: %w", err)
	}
	return nil
}

// Sweep implements idempotency.Store.
func (s *IdempotencyStore) Sweep(now time.Time) error {
	if err := s.tx.Exec("delete from idempotency_key where made_at <= ?", now.Add(-idempotency.KeptFor)).Error; err != nil {
		return fmt.Errorf("forget old keys of requests: %w", err)
	}
	return nil
}

// Forget implements idempotency.Store.
func (s *IdempotencyStore) Forget(r idempotency.Request) error {
	if err := s.tx.Exec("delete from idempotency_key"+ofKey+" and status is null", r.PersonID, r.Operation, r.Key).Error; err != nil {
		return fmt.Errorf("forget the key of a request: %w", err)
	}
	return nil
}

// Made implements idempotency.Store.
func (s *IdempotencyStore) Made(person domain.PersonID, requestID string, since time.Time) (made bool, err error) {
	if err := s.tx.Exec(awaitRequest, requestID).Error; err != nil {
		return false, fmt.Errorf("wait for a request that may be committing: %w", err)
	}
	err = s.tx.Raw("select exists (select 1 from audit_entry where person_id = ? and at >= ? and request_id = ?)", person, since, requestID).Scan(&made).Error
	if err != nil {
		return false, fmt.Errorf("look whether a request was carried out: %w", err)
	}
	return made, nil
}
