package storage

import (
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
)

// together runs parts of one read that do not rest on each other's answers, so that what
// they ask of the database goes there at once: each part runs until it asks something,
// all questions are sent in one go, and each part goes on with its answer, to its next
// question or its end. A page about one thing asks some twenty small questions; the way
// there and back takes longer than any of them.
//
// One part runs at a time, so that parts may write into what they share, and parts may
// have parts. The first error in the order of the parts is returned.
// What a part asks by GORM instead of query and each goes at once, by itself.
func (tx Tx) together(parts ...func() error) error {
	if tx.flow == nil || len(parts) < 2 {
		for _, part := range parts {
			if err := part(); err != nil {
				return err
			}
		}
		return nil
	}
	g := &gathering{tx: tx, within: tx.flow.gathering, turn: make(chan *questions)}
	defer func() { tx.flow.gathering = g.within }()
	errs := make([]error, len(parts))
	var waiting []*questions
	next := func(begin func()) { // until the part that runs asks something or is over
		tx.flow.gathering = g
		begin()
		if q := <-g.turn; q != nil {
			waiting = append(waiting, q)
		}
	}
	for i, part := range parts {
		next(func() {
			inGoroutine(func() {
				defer func() {
					if r := recover(); r != nil { // in a goroutine of its own a panic would end the process
						errs[i] = fmt.Errorf("panic in a part of a read: %v\n%s", r, debug.Stack())
					}
					g.turn <- nil
				}()
				errs[i] = part()
			})
		})
	}
	for len(waiting) > 0 {
		asked := waiting
		waiting = nil
		g.send(asked)
		for _, q := range asked {
			next(func() { close(q.answered) })
		}
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// resting are goroutines that have run parts. Their stacks have grown to what parts need,
// which takes longer than to run one.
var resting = make(chan chan<- func(), 256)

// inGoroutine runs f, which does not panic, in a goroutine of its own.
func inGoroutine(f func()) {
	select {
	case runner := <-resting:
		runner <- f
	default:
		next := make(chan func(), 1)
		next <- f
		go func() {
			for f := range next {
				f()
				select {
				case resting <- next:
				default: // enough of them rest
					return
				}
			}
		}()
	}
}

// flow is what all copies of a Tx share: how its questions go to the database.
type flow struct {
	gathering *gathering // that the running part belongs to
	opening   *opening   // of a read
}

// gathering hands over the turn between the parts and together.
type gathering struct {
	tx     Tx
	within *gathering      // whose part this together is
	turn   chan *questions // what a part asks; nil: it is over
}

// questions are what a part asks; of a part that has parts, what those ask.
type questions struct {
	all      []*question
	answered chan struct{}
}

type question struct {
	sql  string
	args []any
	read func(pgx.Rows, *pgtype.Map) error
	err  error
}

// take reads the answer. The parts wait for it elsewhere: a panic is the error of the one
// that asked, and the others go on.
func (q *question) take(rows pgx.Rows, types *pgtype.Map) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic in an answer of a read: %v\n%s", r, debug.Stack())
		}
	}()
	return q.read(rows, types)
}

// ask waits until a question has gone to the database with those of the other parts.
func (g *gathering) ask(sql string, args []any, read func(pgx.Rows, *pgtype.Map) error) error {
	q := &question{sql: sql, args: args, read: read}
	g.wait(q)
	return q.err
}

func (g *gathering) wait(all ...*question) {
	q := &questions{all, make(chan struct{})}
	g.turn <- q
	<-q.answered
}

// What the parts ask is by ids, and found the same way whichever they are. To plan each
// again, as PostgreSQL does where it hopes for better from knowing how many there are,
// takes longer than to answer.
const (
	planOnce   = "set local plan_cache_mode = force_generic_plan"
	planAsEver = "set local plan_cache_mode = default"
)

// send asks the database, or what it is a part of.
func (g *gathering) send(asked []*questions) {
	var all []*question
	for _, q := range asked {
		all = append(all, q.all...)
	}
	if g.within != nil {
		g.within.wait(all...)
		return
	}
	read := g.tx.flow.opening
	switch {
	case read == nil:
		g.tx.sendWith([]string{planOnce}, all, []string{planAsEver})
	case read.takeOver():
		g.tx.sendWith([]string{beginReading, planOnce}, all, nil)
	case read.plansOnce:
		g.tx.sendWith(nil, all, nil)
	default:
		g.tx.sendWith([]string{planOnce}, all, nil)
	}
	if read != nil { // mostly nothing comes after it
		read.plansOnce = true
	}
}

// sendWith asks the database all at once, with statements before and after that answer
// nothing.
func (tx Tx) sendWith(before []string, all []*question, after []string) {
	ctx := tx.Statement.Context
	begins, within := len(before) > 0 && before[0] == beginReading, false
	err := tx.conn.Raw(func(driverConn any) error {
		conn := driverConn.(*stdlib.Conn).Conn()
		defer func() { within = conn.PgConn().TxStatus() != 'I' }()
		batch := &pgx.Batch{}
		for _, sql := range before {
			batch.Queue(sql)
		}
		for _, q := range all {
			batch.Queue(q.sql, q.args...)
		}
		for _, sql := range after {
			batch.Queue(sql)
		}
		answers := conn.SendBatch(ctx, batch)
		for range before {
			if _, err := answers.Exec(); err != nil {
				return errors.Join(err, answers.Close())
			}
		}
		for _, q := range all {
			var rows pgx.Rows
			if rows, q.err = answers.Query(); q.err == nil {
				q.err = q.take(rows, conn.TypeMap())
				rows.Close()
			}
		}
		return answers.Close()
	})
	if err != nil && begins && !within { // a question could not be prepared: nothing was sent, and the next one begins
		tx.flow.opening.begun = false
	}
	for _, q := range all {
		if q.err == nil {
			q.err = err
		}
	}
}
