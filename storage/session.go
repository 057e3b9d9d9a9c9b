package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

// SessionStore keeps web sessions for the session library, which gives it
// hashes of the tokens. It is scs.CtxStore.
//
// A session ends at the instant that Commit is given, or before it when nobody
// has used it for the idle time. Both are judged by the injected clock, so the
// library's own stores, which ask the database for the time, would not do.
type SessionStore struct {
	pool  *pgxpool.Pool
	gate  *gate
	clock domain.Clock
	idle  time.Duration
}

// Sessions returns the store of sessions that end when unused for the idle time.
func (db *DB) Sessions(idle time.Duration) *SessionStore {
	return &SessionStore{pool: db.pool, gate: db.gate, clock: db.clock, idle: idle}
}

// The use of a session is noted and moves its end at most once a minute: most requests
// only read.
const findSessionSQL = `
with found as (
  select token, data from session where token = $1 and expires_at > $2 and ended_at is null),
used as (
  update session s set expires_at = least(s.ends_at, $3), used_at = $2
  from found
  where s.token = found.token and s.expires_at > $2 and s.ended_at is null
    and (s.expires_at < least(s.ends_at, $3) - interval '1 minute' or s.used_at < $2 - interval '1 minute'))
select data from found`

const readSessionSQL = "select data from session where token = $1 and expires_at > $2 and ended_at is null"

// FindCtx returns the data of a living session and notes that it was used. On a full disk,
// or a database that may only be read, it notes nothing: who is signed in can read on.
func (s *SessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	now := s.clock.Now()
	data, err := s.find(ctx, findSessionSQL, token, now, now.Add(s.idle))
	if lost(err) {
		data, err = s.find(ctx, findSessionSQL, token, now, now.Add(s.idle))
	} else if diskFull(err) || readOnly(err) {
		data, err = s.find(ctx, readSessionSQL, token, now)
	}
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

func (s *SessionStore) find(ctx context.Context, sql string, args ...any) (data []byte, err error) {
	ctx, leave, err := s.gate.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	return data, s.pool.QueryRow(ctx, sql, args...).Scan(&data)
}

// Living reports whether a session lives, without using it.
func (s *SessionStore) Living(ctx context.Context, token string) (living bool, err error) {
	ctx, leave, err := s.gate.enter(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	err = s.pool.QueryRow(ctx, "select exists (select 1 from session where token = $1 and expires_at > $2 and ended_at is null)", token, s.clock.Now()).Scan(&living)
	if err != nil {
		return false, fmt.Errorf("look whether a session lives: %w", err)
	}
	return living, nil
}

const (
	// A request that was under way when its session was ended does not bring it back.
	commitSessionSQL = `
insert into session (token, data, expires_at, ends_at) values ($1, $2, least($3::timestamptz, $4), $3)
on conflict (token) do update set data = excluded.data, expires_at = excluded.expires_at, ends_at = excluded.ends_at
where session.ended_at is null`

	// Sessions that others are touching are left to the next sweep.
	sweepSessionsSQL = `
delete from session where token in (
  select token from session where expires_at <= $1 order by expires_at limit 1000 for update skip locked)`
)

// CommitCtx saves a session that ends at the latest at endsAt, and sweeps away
// sessions that have ended.
func (s *SessionStore) CommitCtx(ctx context.Context, token string, data []byte, endsAt time.Time) error {
	ctx, leave, err := s.gate.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	now := s.clock.Now()
	batch := &pgx.Batch{}
	batch.Queue(sweepSessionsSQL, now)
	batch.Queue(commitSessionSQL, token, data, endsAt, now.Add(s.idle))
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("save a session: %w", err)
	}
	return nil
}

// Note says whose a session is that was saved under a token since they signed in: by id,
// person, time and device.
func (s *SessionStore) Note(ctx context.Context, token string, of access.Session) error {
	ctx, leave, err := s.gate.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	_, err = s.pool.Exec(ctx, "update session set id = $2, person_id = $3, began_at = $4, used_at = $4, browser = $5, system = $6 where token = $1",
		token, of.ID, of.PersonID, of.BeganAt, of.Device.Browser, of.Device.System)
	if err != nil {
		return fmt.Errorf("note whose a session is: %w", err)
	}
	return nil
}

// Somebody's session stays as OwnSessionStore.End leaves one, so that a request of it
// that is under way does not bring it back.
const endSessionSQL = `
with ended as (
  update session set ended_at = $2, data = '', expires_at = greatest(expires_at, $2::timestamptz + interval '2 minutes')
  where token = $1 and person_id is not null and ended_at is null)
delete from session where token = $1 and person_id is null`

// DeleteCtx ends a session; it need not exist. Where there is no room to note that, the
// row goes.
func (s *SessionStore) DeleteCtx(ctx context.Context, token string) error {
	ctx, leave, err := s.gate.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if _, err = s.pool.Exec(ctx, endSessionSQL, token, s.clock.Now()); diskFull(err) {
		_, err = s.pool.Exec(ctx, "delete from session where token = $1", token)
	}
	if err != nil {
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
