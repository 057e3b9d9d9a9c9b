package storage

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"slices"
	"time"

	"gorm.io/gorm"

	"yhdyspinta/domain"
)

// errUnaudited refuses a write that no audit entry describes.
var errUnaudited = errors.New("write without an audit entry")

// Tx is one transaction: what a store is bound to.
type Tx struct {
	*gorm.DB
	conn *sql.Conn   // that the transaction runs on: see query
	asOf bool        // reads the past: see visible
	day  domain.Date // the day shown: today, or the as-of day
	db   *DB         // of a read: see alongside
	flow *flow
}

// UnitOfWork implements domain.UnitOfWork over a set of stores.
type UnitOfWork[S any] struct {
	db   *DB
	bind func(Tx) S
}

// NewUnitOfWork runs use cases with the stores that bind makes for a transaction.
func NewUnitOfWork[S any](db *DB, bind func(Tx) S) UnitOfWork[S] {
	return UnitOfWork[S]{db, bind}
}

// Read runs fn in a read-only snapshot: of now, or of the as-of instant in ctx. If a
// migration changes the tables just then, or the connection breaks, fn runs again, up to
// three times, except under domain.Once.
func (u UnitOfWork[S]) Read(ctx context.Context, fn func(S) error) error {
	var err error
	for range 3 {
		if err = u.read(ctx, fn); !retryable(err) && !lost(err) || domain.IsOnce(ctx) {
			break
		}
		if stalePlan(err) || lost(err) {
			u.db.pool.Reset() // what the other connections have prepared is as old, or they are as broken
		}
		apart(ctx)
	}
	return err
}

func (u UnitOfWork[S]) read(ctx context.Context, fn func(S) error) error {
	if s := u.db.snapshotOf(ctx); s != nil {
		return translate(s.read(ctx, func(tx Tx) error { return fn(u.bind(tx)) }))
	}
	tx, end, err := u.db.beginRead(ctx)
	if err != nil {
		return translate(err)
	}
	defer end()
	if err := fn(u.bind(tx)); err != nil {
		return translate(err)
	}
	return translate(tx.Commit().Error)
}

// Write runs fn in one transaction together with the audit entries it adds. A
// deadlock, a serialisation failure or a connection that was broken before anything was
// done is tried again, up to three times.
func (u UnitOfWork[S]) Write(ctx context.Context, fn func(S, *domain.AuditLog) error) error {
	if _, past := domain.AsOf(ctx); past {
		return errors.New("write under an as-of instant")
	}
	var err error
	for range 3 {
		if err = u.write(ctx, fn); !retryable(err) && !beganNothing(err) {
			break
		}
		if stalePlan(err) || lost(err) {
			u.db.pool.Reset() // what the other connections have prepared is as old
		}
		apart(ctx)
	}
	return translate(err)
}

// apart waits for up to 20 ms, each time for another while: two that stopped each other
// do not meet again, and who waited for the locks has them.
func apart(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Millisecond + mathrand.N(20*time.Millisecond)):
	}
}

func (u UnitOfWork[S]) write(ctx context.Context, fn func(S, *domain.AuditLog) error) error {
	tx, end, err := u.db.begin(ctx)
	if err != nil {
		return notBegun{err}
	}
	defer end()
	log := domain.NewAuditLog(u.db.writtenAt(ctx))
	if err := tx.Exec("select set_config('app.now', ?, true)", log.Now().Format(time.RFC3339Nano)).Error; err != nil {
		return notBegun{fmt.Errorf("set the time: %w", err)}
	}
	tx.day = domain.DateOf(log.Now())
	if err := fn(u.bind(tx), log); err != nil {
		return err
	}
	if len(log.Entries()) == 0 {
		return errUnaudited
	}
	if err := noteSaved(ctx, tx, log); err != nil {
		return err
	}
	if err := insertEntries(tx.DB, log.Entries()); err != nil {
		return err
	}
	if _, past := ctx.Value(writtenAtKey{}).(time.Time); !past { // what a data set brings is no news
		if err := tellOfAccess(tx, log); err != nil {
			return err
		}
	}
	return tx.Commit().Error
}

// Housekeep runs fn in one transaction without an entry in the log. It leaves
// app.now unset, without which the history trigger of every content table
// refuses to write.
func (u UnitOfWork[S]) Housekeep(ctx context.Context, fn func(S) error) error {
	if _, past := domain.AsOf(ctx); past {
		return errors.New("housekeeping under an as-of instant")
	}
	var err error
	for range 3 {
		if err = u.housekeep(ctx, fn); !retryable(err) && !beganNothing(err) {
			break
		}
		if stalePlan(err) || lost(err) {
			u.db.pool.Reset() // what the other connections have prepared is as old
		}
		apart(ctx)
	}
	return translate(err)
}

func (u UnitOfWork[S]) housekeep(ctx context.Context, fn func(S) error) error {
	tx, end, err := u.db.begin(ctx)
	if err != nil {
		return notBegun{err}
	}
	defer end()
	tx.day = domain.DateOf(u.db.now(ctx))
	if err := fn(u.bind(tx)); err != nil {
		return err
	}
	return tx.Commit().Error
}

// reading starts the transaction of a read on a connection that was taken. It begins with
// its first question. end ends what was not committed.
func (db *DB) reading(ctx context.Context, conn *sql.Conn) (tx Tx, end func()) {
	o := &opening{ctx: ctx, conn: conn}
	tx.conn, tx.flow, tx.DB = conn, &flow{opening: o}, db.gorm.WithContext(ctx)
	tx.Statement.ConnPool = o
	return tx, func() {
		_ = o.Rollback()
		_ = conn.Close() // gives it back
	}
}

// begin starts a transaction. end rolls back what was not committed.
func (db *DB) begin(ctx context.Context) (tx Tx, end func(), err error) {
	if db.snapshotOf(ctx) != nil {
		return tx, nil, errHolds
	}
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return tx, nil, fmt.Errorf("take a connection: %w", err)
	}
	tx.conn, tx.flow = conn, &flow{}
	g := db.gorm.WithContext(ctx)
	g.Statement.ConnPool = tx.conn
	tx.DB = g.Begin()
	end = func() {
		tx.Rollback()
		_ = tx.conn.Close() // gives it back
	}
	if tx.Error != nil {
		end()
		return tx, nil, fmt.Errorf("begin: %w", tx.Error)
	}
	return tx, end, nil
}

type writtenAtKey struct{}

// WrittenAt makes writes under ctx happen at a past instant: the importer's way
// to give a data set its history. Nothing that serves requests uses it.
func WrittenAt(ctx context.Context, t time.Time) context.Context {
	return context.WithValue(ctx, writtenAtKey{}, t.UTC().Truncate(time.Microsecond))
}

func (db *DB) now(ctx context.Context) time.Time {
	if t, ok := ctx.Value(writtenAtKey{}).(time.Time); ok {
		return t
	}
	return db.clock.Now()
}

// steppedBackAtMost is how far a clock that is set back is not followed: it is put
// right by seconds now and then, and the log must not tell what was done first as what
// was done last. One that was wrong by more is believed when it has been put right:
// the log orders by what it says then, and the versions of each thing rise in any case.
const steppedBackAtMost = 10 * time.Minute

// writtenAt is the instant of a write: that of the clock, and not before the write
// before it in this process.
func (db *DB) writtenAt(ctx context.Context) time.Time {
	now := db.now(ctx)
	if _, told := ctx.Value(writtenAtKey{}).(time.Time); told {
		return now
	}
	for {
		last := db.lastWrite.Load()
		if last != nil && now.Before(*last) && last.Sub(now) <= steppedBackAtMost {
			return *last
		}
		if db.lastWrite.CompareAndSwap(last, &now) {
			return now
		}
	}
}

const insertEntrySQL = `
with entry as (
  insert into audit_entry (at, origin, request_id, person_id, post_id, party_id, program_id, permission,
                           subject_kind, subject_id, subject_version, parent_kind, parent_id, reason, values_hash)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  returning id)
insert into audit_value (entry_id, salt, changes) select id, ?, ? from entry`

// sealed is the values of an entry as the log keeps them: their text, and its hash
// with a salt.
func sealed(e domain.Entry) (text string, salt, hash []byte, err error) {
	changes := e.Changes
	if changes == nil {
		changes = []domain.Change{}
	}
	b, err := json.Marshal(changes)
	if err != nil {
		return "", nil, nil, fmt.Errorf("write the values of an audit entry: %w", err)
	}
	salt = make([]byte, 16)
	rand.Read(salt)
	sum := sha256.Sum256(append(append([]byte{}, salt...), b...))
	return string(b), salt, sum[:], nil
}

// manyEntries is from how many on entries are inserted together.
const manyEntries = 20

// insertEntries adds the entries of a unit of work in their order: one by one, or
// where there are many a few hundred in one statement.
func insertEntries(tx *gorm.DB, entries []domain.Entry) error {
	if len(entries) < manyEntries {
		for _, e := range entries {
			if err := insertEntry(tx, e); err != nil {
				return err
			}
		}
		return nil
	}
	for some := range slices.Chunk(entries, batchRows) {
		rows := make([]entryRecord, len(some))
		for i, e := range some {
			text, salt, hash, err := sealed(e)
			if err != nil {
				return err
			}
			rows[i] = entryRecord{i, e.At, e.Origin, e.RequestID, e.PersonID, e.PostID, e.PartyID, e.TokenID, e.Permission, e.Subject.Kind, e.Subject.ID, e.Version,
				e.Parent.Kind, e.Parent.ID.Ptr(), e.Reason, hex.EncodeToString(hash), hex.EncodeToString(salt), text}
		}
		all, err := json.Marshal(rows)
		if err != nil {
			return fmt.Errorf("write audit entries: %w", err)
		}
		if err := tx.Exec(insertEntriesSQL, string(all)).Error; err != nil {
			return fmt.Errorf("insert audit entries: %w", err)
		}
	}
	return nil
}

// entryRecord is an entry on its way to insertEntriesSQL.
type entryRecord struct {
	N              int                `json:"n"`
	At             time.Time          `json:"at"`
	Origin         domain.Origin      `json:"origin"`
	RequestID      string             `json:"request_id"`
	PersonID       *domain.PersonID   `json:"person_id"`
	PostID         *domain.PostID     `json:"post_id"`
	PartyID        *domain.PartyID    `json:"party_id"`
	TokenID        *domain.APITokenID `json:"program_id"`
	Permission     domain.Permission  `json:"permission"`
	SubjectKind    domain.SubjectKind `json:"subject_kind"`
	SubjectID      domain.AnyID       `json:"subject_id"`
	SubjectVersion int                `json:"subject_version"`
	ParentKind     domain.SubjectKind `json:"parent_kind"`
	ParentID       *domain.AnyID      `json:"parent_id"`
	Reason         string             `json:"reason"`
	Hash           string             `json:"hash"`
	Salt           string             `json:"salt"`
	Changes        string             `json:"changes"` // the text itself: the hash covers it
}

// The ids of a statement rise in the order of its rows, so that the n-th value
// belongs to the n-th entry.
const insertEntriesSQL = `
with given as materialized (
  select * from json_to_recordset(?::json) as g (n integer, at timestamptz, origin text, request_id text, person_id uuid, post_id uuid, party_id uuid, program_id uuid, permission text,
    subject_kind text, subject_id uuid, subject_version integer, parent_kind text, parent_id uuid, reason text, hash text, salt text, changes text)),
entry as (
  insert into audit_entry (at, origin, request_id, person_id, post_id, party_id, program_id, permission,
                           subject_kind, subject_id, subject_version, parent_kind, parent_id, reason, values_hash)
  select at, origin, request_id, person_id, post_id, party_id, program_id, permission,
         subject_kind, subject_id, subject_version, parent_kind, parent_id, reason, decode(hash, 'hex') from given order by n
  returning id)
insert into audit_value (entry_id, salt, changes)
select e.id, decode(g.salt, 'hex'), g.changes::json
from (select id, row_number() over (order by id) - 1 as n from entry) e join given g on g.n = e.n`

func insertEntry(tx *gorm.DB, e domain.Entry) error {
	text, salt, hash, err := sealed(e)
	if err != nil {
		return err
	}
	err = tx.Exec(insertEntrySQL, e.At, e.Origin, e.RequestID, e.PersonID, e.PostID, e.PartyID, e.TokenID, e.Permission,
		e.Subject.Kind, e.Subject.ID, e.Version, e.Parent.Kind, e.Parent.ID.Ptr(), e.Reason, hash,
		salt, text).Error
	if err != nil {
		return fmt.Errorf("insert an audit entry: %w", err)
	}
	return nil
}
