package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/idempotency"
)

// IdempotencyStore keeps which requests were answered how.
type IdempotencyStore struct{ tx Tx }

// NewIdempotencyStore binds the store to a transaction.
func NewIdempotencyStore(tx Tx) *IdempotencyStore { return &IdempotencyStore{tx} }

const (
	ofKey     = " where person_id = ? and operation = ? and key = ?"
	ofRequest = ofKey + " and request_id = ?" // as long as it has the key
)

// Begin implements idempotency.Store. The same that is sent while the first is committing
// waits for nothing; who takes a key over waits until it is known that nothing was saved.
func (s *IdempotencyStore) Begin(r idempotency.Request, now time.Time) (*idempotency.Found, error) {
	if err := s.Sweep(now); err != nil {
		return nil, err
	}
	began := func(sql string, args ...any) (bool, error) {
		res := s.tx.Exec(sql, args...)
		if res.Error != nil {
			return false, fmt.Errorf("note the key of a request: %w", res.Error)
		}
		return res.RowsAffected == 1, nil
	}
	if mine, err := began(`insert into idempotency_key (person_id, operation, key, hash, made_at, request_id) values (?, ?, ?, ?, ?, ?)
on conflict (person_id, operation, key) do nothing`, r.PersonID, r.Operation, r.Key, r.Hash, now, r.ID); mine || err != nil {
		return nil, err
	}
	abandoned := now.Add(-idempotency.AbandonedAfter)
	found, madeAt, err := s.found(r)
	if err != nil || found.Answer != nil || found.Saved != nil || madeAt.After(abandoned) {
		return found, err
	}
	if mine, err := began("update idempotency_key set hash = ?, made_at = ?, request_id = ?"+ofKey+" and status is null and saved_at is null and made_at <= ?",
		r.Hash, now, r.ID, r.PersonID, r.Operation, r.Key, abandoned); mine || err != nil {
		return nil, err
	}
	found, _, err = s.found(r) // somebody was quicker, or it was committing
	return found, err
}

// found is what is kept under the key of a request, and since when.
func (s *IdempotencyStore) found(r idempotency.Request) (*idempotency.Found, time.Time, error) {
	rows, err := query[struct {
		Hash      []byte
		RequestID string
		MadeAt    time.Time
		Status    *int
		Header    string
		Body      []byte
		SavedAt   *time.Time
		SavedKind *domain.SubjectKind
		SavedID   *domain.AnyID
		Over      bool
	}](s.tx, "select hash, request_id, made_at, status, header, body, saved_at, saved_kind, saved_id, over from idempotency_key"+ofKey, r.PersonID, r.Operation, r.Key)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("load the answer to a key: %w", err)
	}
	if len(rows) == 0 { // forgotten at this moment: as if it were running
		return &idempotency.Found{Hash: r.Hash}, time.Now(), nil
	}
	row := rows[0]
	found := &idempotency.Found{Hash: row.Hash, RequestID: row.RequestID}
	if row.Status != nil {
		found.Answer = &idempotency.Answer{Status: *row.Status, Body: row.Body}
		if err := json.Unmarshal([]byte(row.Header), &found.Answer.Header); err != nil {
			return nil, time.Time{}, fmt.Errorf("read the header of an answer: %w", err)
		}
		return found, row.MadeAt, nil
	}
	if row.SavedAt != nil {
		found.Saved = &idempotency.Saved{RequestID: row.RequestID, At: *row.SavedAt, Over: row.Over, Subject: domain.Subject{Kind: *row.SavedKind, ID: *row.SavedID}}
		labels, err := s.tx.labels([]string{row.SavedID.String()})
		if err != nil {
			return nil, time.Time{}, err
		}
		found.Saved.Path = labels[*row.SavedID].Path
	}
	return found, row.MadeAt, nil
}

// Finish implements idempotency.Store.
func (s *IdempotencyStore) Finish(r idempotency.Request, a idempotency.Answer) error {
	header, err := json.Marshal(a.Header)
	if err != nil {
		return fmt.Errorf("write the header of an answer: %w", err)
	}
	if err := s.tx.Exec("update idempotency_key set status = ?, header = ?, body = ?"+ofRequest, a.Status, string(header), a.Body, r.PersonID, r.Operation, r.Key, r.ID).Error; err != nil {
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
	res := s.tx.Exec("delete from idempotency_key"+ofRequest+" and status is null and saved_at is null", r.PersonID, r.Operation, r.Key, r.ID)
	if res.Error == nil && res.RowsAffected == 0 {
		res = s.tx.Exec("update idempotency_key set over = true"+ofRequest+" and status is null and not over", r.PersonID, r.Operation, r.Key, r.ID)
	}
	if res.Error != nil {
		return fmt.Errorf("forget the key of a request: %w", res.Error)
	}
	return nil
}

// Drop implements idempotency.Store.
func (s *IdempotencyStore) Drop(r idempotency.Request) error {
	if err := s.tx.Exec("delete from idempotency_key"+ofRequest+" and status is null", r.PersonID, r.Operation, r.Key, r.ID).Error; err != nil {
		return fmt.Errorf("drop the key of a request: %w", err)
	}
	return nil
}

// noteSaved notes, in the transaction of a write under the key of a request, that it was
// carried out, by the first entry of the log that tells of something new in its own right,
// else of something new, else by the first. A request that lost its key writes nothing: idempotency_running.
func noteSaved(ctx context.Context, tx Tx, log *domain.AuditLog) error {
	r, ok := idempotency.Of(ctx)
	if !ok {
		return nil
	}
	entries := log.Entries()
	n := slices.IndexFunc(entries, func(e domain.Entry) bool { return e.Version == 1 && e.Parent == (domain.Subject{}) })
	if n < 0 {
		n = max(0, slices.IndexFunc(entries, func(e domain.Entry) bool { return e.Version == 1 }))
	}
	e := entries[n]
	res := tx.Exec("update idempotency_key set saved_at = coalesce(saved_at, ?), saved_kind = coalesce(saved_kind, ?), saved_id = coalesce(saved_id, ?)"+ofRequest,
		log.Now(), e.Subject.Kind, e.Subject.ID, r.PersonID, r.Operation, r.Key, r.ID)
	if res.Error != nil {
		return fmt.Errorf("note what was saved under a key: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return idempotency.Running()
	}
	return nil
}
