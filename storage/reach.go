package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"yhdyspinta/domain"
)

// What a request waits for at most when the database is away, slow or full of work
// (docs/adr/0075). Each of them ends in domain.KindUnavailable.
const (
	// connectWithin is how long a new connection may take.
	connectWithin = 5 * time.Second
	// takeWithin is how long one waits for a connection of the pool, also while new ones
	// are made.
	takeWithin = 5 * time.Second
	// maxTaking is how many wait for one at a time; who comes then is told at once.
	maxTaking = 500
	// pingWithin is how long a connection that has rested may take to show that it lives.
	pingWithin = 2 * time.Second
	// answerWithin is how long a statement may take as seen from here: more than PostgreSQL
	// itself allows one, so that it ends only what a database that is silent does not.
	answerWithin = 20 * time.Second
)

// errCrowded is of those who find maxTaking before them.
var errCrowded = errors.New("too many wait for a connection to the database")

// gate bounds how many wait for a connection, and how long.
type gate struct{ taking atomic.Int64 }

// enter is for taking a connection, or for a statement so small that its own time does not
// count. What is done under the context that it returns ends within takeWithin; leave must
// be called.
func (g *gate) enter(ctx context.Context) (_ context.Context, leave func(), err error) {
	if g.taking.Add(1) > maxTaking {
		g.taking.Add(-1)
		return nil, nil, unavailable(errCrowded)
	}
	ctx, end := context.WithTimeout(ctx, takeWithin)
	return ctx, func() {
		end()
		g.taking.Add(-1)
	}, nil
}

// gated makes the connections of database/sql pass the gate.
type gated struct {
	driver.Connector
	gate *gate
}

// Connect implements driver.Connector.
func (g gated) Connect(ctx context.Context) (driver.Conn, error) {
	ctx, leave, err := g.gate.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	conn, err := g.Connector.Connect(ctx)
	if err != nil {
		return nil, unavailable(fmt.Errorf("take a connection: %w", err))
	}
	return conn, nil
}

type (
	answerEnd struct{} // of a statement's context: what ends it
	patient   struct{} // of a context whose statements PostgreSQL itself allows longer
)

// patiently is for statements under a statement_timeout of their own.
func patiently(ctx context.Context) context.Context {
	return context.WithValue(ctx, patient{}, true)
}

// answering ends each statement that the database does not answer. Listening is none.
type answering struct{ next pgx.QueryTracer }

// TraceQueryStart implements pgx.QueryTracer.
func (a answering) TraceQueryStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	if a.next != nil {
		ctx = a.next.TraceQueryStart(ctx, conn, data)
	}
	if ctx.Value(patient{}) != nil {
		return ctx
	}
	ctx, end := context.WithTimeout(ctx, answerWithin)
	return context.WithValue(ctx, answerEnd{}, end)
}

// TraceQueryEnd implements pgx.QueryTracer.
func (a answering) TraceQueryEnd(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryEndData) {
	if end, ok := ctx.Value(answerEnd{}).(context.CancelFunc); ok {
		end()
	}
	if a.next != nil {
		a.next.TraceQueryEnd(ctx, conn, data)
	}
}

// lost reports whether the connection broke, or the server ended it: nothing is wrong with
// what was asked. One that could not be made is not lost: another would not be either.
func lost(err error) bool {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return false
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code {
		case "57P01", "57P02", "57P05", "25P03": // shut down, crashed, idle too long
			return true
		}
		return pg.Code[:min(2, len(pg.Code))] == "08" // the connection
	}
	if _, ok := errors.AsType[*net.OpError](err); ok {
		return true
	}
	for _, known := range []error{pgconn.ErrConnClosed, driver.ErrBadConn, sql.ErrConnDone, io.ErrUnexpectedEOF, net.ErrClosed} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// awayCodes are PostgreSQL's for that it cannot do now what it could at another time:
// cancelled by a timeout, starting or going down, out of connections or memory, a disk that
// does not answer, only to be read.
var awayCodes = map[string]bool{"57014": true, "57P01": true, "57P02": true, "57P03": true, "57P05": true, "25P03": true, "53000": true, "53200": true, "53300": true,
	"53400": true, "58000": true, "58030": true, "40001": true, "40P01": true, "55P03": true, "25006": true}

// away reports whether it was the database that could not be reached, or could not do what
// it was asked at this moment.
func away(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && awayCodes[pg.Code] {
		return true
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok || lost(err) {
		return true
	}
	return errors.Is(err, context.DeadlineExceeded)
}

func unavailable(err error) error {
	if _, ok := errors.AsType[*domain.Error](err); ok {
		return err
	}
	if diskFull(err) {
		return &domain.Error{Kind: domain.KindUnavailable, Code: "storage_full", Detail: "there is no room to save it: try again later", Err: err}
	}
	return &domain.Error{Kind: domain.KindUnavailable, Code: "database_unavailable", Detail: "the database does not answer, try again", Err: err}
}

// diskFull reports whether PostgreSQL had no room.
func diskFull(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "53100"
}

// readOnly reports whether PostgreSQL refused a change because it takes none now.
func readOnly(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "25006"
}

// notBegun is the error of a transaction of which nothing was done.
type notBegun struct{ error }

// Unwrap is for errors.Is and errors.As.
func (n notBegun) Unwrap() error { return n.error }

// beganNothing reports whether a transaction found a broken connection before it did
// anything: it can be begun on another.
func beganNothing(err error) bool {
	_, ok := errors.AsType[notBegun](err)
	return ok && lost(err)
}
