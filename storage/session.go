package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"yhdyspinta/domain"
)

// SessionStore keeps web sessions for the session library, which gives it
// hashes of the tokens. It is scs.CtxStore.
//
// A session ends at the instant that Commit is given, or before it when nobody
// has used it for the idle time. Both are judged by the injected clock, so the
// library's own stores, which ask the database for the time, would not do.
type SessionStore struct {
	pool  *pgxpool.Pool
	clock domain.Clock
	idle  time.Duration
}

// Sessions returns the store of sessions that end when unused for the idle time.
func (db *DB) Sessions(idle time.Duration) *SessionStore {
	return &SessionStore{pool: db.pool, clock: db.clock, idle: idle}
}

// The use of a session moves its end at most once a minute: most requests only
// read.
const findSessionSQL = `
with found as (
  select token, data from session where token = $1 and expires_at > $2),
used as (
  update session s set expires_at = least(s.ends_at, $3)
  from found
  where s.token = found.token and s.expires_at > $2 and s.expires_at < least(s.ends_at, $3) - interval '1 minute')
select data from found`

// FindCtx returns the data of a living session and notes that it was used.
func (s *SessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	now := s.clock.Now()
	var data []byte
	err := s.pool.QueryRow(ctx, findSessionSQL, token, now, now.Add(s.idle)).Scan(&data)
	if errors.Is(err, pgx.ErrNoRows) {
		// One that has ended stays ended, also when the clock is set back.
		if _, err := s.pool.Exec(ctx, "delete from session where token = $1 and expires_at <= $2", token, now); err != nil {
			return nil, false, fmt.Errorf("remove a session that has ended: %w", err)
		}
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("find a session: %w", err)
	}
	return data, true, nil
}

// Living reports whether a session lives, without using it.
func (s *SessionStore) Living(ctx context.Context, token string) (living bool, err error) {
	err = s.pool.QueryRow(ctx, "select exists (select 1 from session where token = $1 and expires_at > $2)", token, s.clock.Now()).Scan(&living)
	if err != nil {
		return false, fmt.Errorf("look whether a session lives: %w", err)
	}
	return living, nil
}

const (
	commitSessionSQL = `
insert into session (token, data, expires_at, ends_at) values ($1, $2, least($3::timestamptz, $4), $3)
on conflict (token) do update set data = excluded.data, expires_at = excluded.expires_at, ends_at = excluded.ends_at`

	// Sessions that others are touching are left to the next sweep.
	sweepSessionsSQL = `
delete from session where token in (
  select token from session where expires_at <= $1 order by expires_at limit 1000 for update skip locked)`
)

// CommitCtx saves a session that ends at the latest at endsAt, and sweeps away
// sessions that have ended.
func (s *SessionStore) CommitCtx(ctx context.Context, token string, data []byte, endsAt time.Time) error {
	now := s.clock.Now()
	batch := &pgx.Batch{}
	batch.Queue(sweepSessionsSQL, now)
	batch.Queue(commitSessionSQL, token, data, endsAt, now.Add(s.idle))
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("save a session: %w", err)
	}
	return nil
}

// DeleteCtx ends a session; it need not exist.
func (s *SessionStore) DeleteCtx(ctx context.Context, token string) error {
	if _, err := s.pool.Exec(ctx, "delete from session where token = $1", token); err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return nil
}

// Find, Commit and Delete complete the library's interface; it calls the
// methods above, which have the request's context.

// Find is FindCtx without a deadline.
func (s *SessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a deadline.
func (s *SessionStore) Commit(token string, data []byte, endsAt time.Time) error {
	return s.CommitCtx(context.Background(), token, data, endsAt)
}

// Delete is DeleteCtx without a deadline.
func (s *SessionStore) Delete(token string) error {
	return s.DeleteCtx(context.Background(), token)
}
