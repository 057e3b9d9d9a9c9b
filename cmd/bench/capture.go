package main

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"
)

// statement is one statement as the product sent it to PostgreSQL.
type statement struct {
	sql  string
	args []any
}

// capture notes the statements that a pool sends while it is on.
type capture struct {
	mu         sync.Mutex
	on         bool
	statements []statement
}

// TraceQueryStart implements pgx.QueryTracer.
func (c *capture) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.on {
		args := d.Args
		for len(args) > 0 && isOption(args[0]) {
			args = args[1:]
		}
		c.statements = append(c.statements, statement{d.SQL, args})
	}
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (c *capture) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// during returns what the product sends while fn runs.
func (c *capture) during(fn func() error) ([]statement, error) {
	c.mu.Lock()
	c.on, c.statements = true, nil
	c.mu.Unlock()
	err := fn()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.on = false
	return c.statements, err
}

// isOption reports whether an argument tells pgx how to run the statement.
func isOption(arg any) bool {
	switch arg.(type) {
	case pgx.QueryExecMode, pgx.QueryResultFormats, pgx.QueryResultFormatsByOID, pgx.QueryRewriter:
		return true
	}
	return false
}
