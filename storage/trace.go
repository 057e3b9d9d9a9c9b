package storage

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// everyStatement lets a tracer of statements see those that together sends at once,
// each as if it had gone by itself.
type everyStatement struct{ answering }

type sentTogetherKey struct{}

// sentTogether are the contexts of statements that have not been answered, in order, and
// what ends all where the database is silent.
type sentTogether struct {
	begun []context.Context
	end   context.CancelFunc
}

// TraceBatchStart implements pgx.BatchTracer.
func (t everyStatement) TraceBatchStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	sent := &sentTogether{end: func() {}}
	if ctx.Value(patient{}) == nil {
		ctx, sent.end = context.WithTimeout(ctx, answerWithin)
	}
	if t.next != nil { // each ends with all of them: none needs a time of its own
		for _, q := range data.Batch.QueuedQueries {
			sent.begun = append(sent.begun, t.next.TraceQueryStart(ctx, conn, pgx.TraceQueryStartData{SQL: q.SQL, Args: q.Arguments}))
		}
	}
	return context.WithValue(ctx, sentTogetherKey{}, sent)
}

// TraceBatchQuery implements pgx.BatchTracer.
func (t everyStatement) TraceBatchQuery(ctx context.Context, conn *pgx.Conn, data pgx.TraceBatchQueryData) {
	if sent, ok := ctx.Value(sentTogetherKey{}).(*sentTogether); ok && len(sent.begun) > 0 {
		t.next.TraceQueryEnd(sent.begun[0], conn, pgx.TraceQueryEndData{CommandTag: data.CommandTag, Err: data.Err})
		sent.begun = sent.begun[1:]
	}
}

// TraceBatchEnd implements pgx.BatchTracer.
func (t everyStatement) TraceBatchEnd(ctx context.Context, conn *pgx.Conn, data pgx.TraceBatchEndData) {
	if sent, ok := ctx.Value(sentTogetherKey{}).(*sentTogether); ok {
		for _, begun := range sent.begun {
			t.next.TraceQueryEnd(begun, conn, pgx.TraceQueryEndData{Err: data.Err})
		}
		sent.begun = nil
		sent.end()
	}
}
