package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// beginReading begins the transaction of a read: one snapshot of the database.
const beginReading = "begin isolation level repeatable read read only"

// endWithin is how long the end of a read may take: of one that was given up too, so that
// its connection can be used again.
const endWithin = 2 * time.Second

// opening is the transaction of a read, which begins with the first question: both go to
// the database at once (see Tx.sendWith). Through GORM it begins with a statement of its own.
// It is what GORM runs on (gorm.ConnPool and gorm.TxCommitter).
type opening struct {
	ctx   context.Context //nolint:containedctx // of the read that it is of
	conn  *sql.Conn
	begun bool
	over  bool
	// plansOnce tells that questions are planned as parts that ask together want it (see
	// planOnce), until another asks.
	plansOnce bool
}

// begin begins the transaction now, if it has not begun, and lets PostgreSQL plan as ever.
func (o *opening) begin() error {
	if o.over {
		return sql.ErrTxDone
	}
	if o.begun {
		return o.planAsEver()
	}
	if _, err := o.conn.ExecContext(o.ctx, beginReading); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	o.begun, o.plansOnce = true, false
	return nil
}

// planAsEver undoes what parts that asked together wanted.
func (o *opening) planAsEver() error {
	if o == nil || !o.plansOnce {
		return nil
	}
	if _, err := o.conn.ExecContext(o.ctx, planAsEver); err != nil {
		return fmt.Errorf("set how questions are planned: %w", err)
	}
	o.plansOnce = false
	return nil
}

// takeOver reports whether the transaction is still to be begun, by whoever asks.
func (o *opening) takeOver() bool {
	if o == nil || o.begun || o.over {
		return false
	}
	o.begun, o.plansOnce = true, false
	return true
}

// PrepareContext implements gorm.ConnPool.
func (o *opening) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := o.begin(); err != nil {
		return nil, err
	}
	return o.conn.PrepareContext(ctx, query)
}

// ExecContext implements gorm.ConnPool.
func (o *opening) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := o.begin(); err != nil {
		return nil, err
	}
	return o.conn.ExecContext(ctx, query, args...)
}

// QueryContext implements gorm.ConnPool.
func (o *opening) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := o.begin(); err != nil {
		return nil, err
	}
	return o.conn.QueryContext(ctx, query, args...)
}

// QueryRowContext implements gorm.ConnPool. Where the transaction cannot begin, the
// question fails as it would have.
func (o *opening) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if err := o.begin(); err != nil {
		ended, end := context.WithCancelCause(ctx)
		end(err)
		return o.conn.QueryRowContext(ended, query, args...)
	}
	return o.conn.QueryRowContext(ctx, query, args...)
}

// Commit implements gorm.TxCommitter.
func (o *opening) Commit() error { return o.end("commit") }

// Rollback implements gorm.TxCommitter.
func (o *opening) Rollback() error { return o.end("rollback") }

// end ends the transaction. A connection that cannot be told is taken out of the pool by
// the pool itself, which gives no connection to others within a transaction.
func (o *opening) end(how string) error {
	if o.over {
		return sql.ErrTxDone
	}
	o.over = true
	if !o.begun {
		return nil
	}
	ctx, end := context.WithTimeout(context.WithoutCancel(o.ctx), endWithin)
	defer end()
	if _, err := o.conn.ExecContext(ctx, how); err != nil {
		return errors.Join(o.ctx.Err(), fmt.Errorf("%s a read: %w", how, err))
	}
	return nil
}
