package storage_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"

	"yhdyspinta/domain"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// batches notes which statements went to the database at once.
type batches struct {
	sent [][]string
}

func (b *batches) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	b.sent = append(b.sent, []string{d.SQL})
	return ctx
}

func (b *batches) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// What the parts of a read ask goes to the database as often as the part that asks most
// asks, and each part gets its own answers; parts may have parts.
func TestPartsAskAtOnce(t *testing.T) {
	t.Parallel()
	trace := &batches{}
	db, err := storage.Open(context.Background(), pgtest.New(t).AppDSN, storage.Options{MaxConnections: 2, Clock: time.Now, Tracer: trace})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	read := func(fn func(storage.Tx) error) error {
		return storage.NewUnitOfWork(db, func(tx storage.Tx) storage.Tx { return tx }).Read(context.Background(), fn)
	}
	var got []int // parts run one at a time
	ask := func(tx storage.Tx, numbers ...int) func() error {
		return func() error {
			for _, n := range numbers {
				answer, err := tx.Ask("select " + strconv.Itoa(n) + " as n")
				if err != nil {
					return err
				}
				got = append(got, answer)
			}
			return nil
		}
	}
	var order []int
	err = read(func(tx storage.Tx) error {
		trace.sent = nil
		err := tx.Together(
			ask(tx, 1, 2),
			func() error {
				if err := tx.Together(ask(tx, 3), ask(tx, 4, 5, 6)); err != nil {
					return err
				}
				return ask(tx, 7)()
			},
			func() error { return nil },
			func() error { return tx.Exec("select 8").Error }, // at once, by itself
			ask(tx, 9),
		)
		for _, s := range trace.sent {
			if strings.HasPrefix(s[0], "set local") || strings.HasPrefix(s[0], "begin") {
				continue
			}
			n, convErr := strconv.Atoi(strings.Fields(s[0])[1])
			order, err = append(order, n), errors.Join(err, convErr)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	if !slices.Equal(got, []int{1, 2, 3, 4, 5, 6, 7, 9}) {
		t.Errorf("the answers are %v", got)
	}
	// Waves: 8 alone while the parts begin, then all first questions, all second ones, ...
	if want := []int{8, 1, 3, 4, 9, 2, 5, 6, 7}; !slices.Equal(order, want) {
		t.Errorf("asked in the order %v, want %v", order, want)
	}
	for _, tt := range []struct {
		name  string
		parts func(storage.Tx) []func() error
		want  string
	}{
		{"a question is wrong", func(tx storage.Tx) []func() error {
			return []func() error{ask(tx, 1), func() error { _, err := tx.Ask("select nothing"); return err }, ask(tx, 2)}
		}, "nothing"},
		{"a part fails before it asks", func(tx storage.Tx) []func() error {
			return []func() error{ask(tx, 1), func() error { return errors.New("failed") }}
		}, "failed"},
		{"a part panics after its answer", func(tx storage.Tx) []func() error {
			return []func() error{func() error {
				_ = ask(tx, 1)()
				panic("broken")
			}, ask(tx, 2)}
		}, "broken"},
		{"an answer cannot be used", func(tx storage.Tx) []func() error {
			return []func() error{ask(tx, 1), func() error {
				return tx.Together(ask(tx, 2), func() error {
					return tx.Each("select n from generate_series(1, 1000) n", func(int) error { return errors.New("useless") })
				})
			}, ask(tx, 3)}
		}, "useless"},
		{"the use of an answer panics", func(tx storage.Tx) []func() error {
			return []func() error{ask(tx, 1), func() error {
				return tx.Together(ask(tx, 2), func() error {
					return tx.Each("select n from generate_series(1, 1000) n", func(int) error { panic("dropped") })
				})
			}, ask(tx, 3)}
		}, "dropped"},
	} {
		err := read(func(tx storage.Tx) error { return tx.Together(tt.parts(tx)...) })
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	// A part that cannot use its answer leaves the others theirs, and the transaction as it was.
	got = nil
	err = read(func(tx storage.Tx) error {
		mode := func() (mode string) {
			if err := tx.Raw("show plan_cache_mode").Row().Scan(&mode); err != nil {
				t.Errorf("afterwards: %v", err)
			}
			return mode
		}
		before := mode()
		if err := tx.Together(func() error { return tx.Each("select 1 as n", func(int) error { panic("dropped") }) }, ask(tx, 2, 3), ask(tx, 4)); err == nil {
			t.Error("the panic is not told")
		}
		if after := mode(); after != before || before != "auto" {
			t.Errorf("plans are made as %s, before as %s", after, before)
		}
		return ask(tx, 5)()
	})
	slices.Sort(got)
	if err != nil || !slices.Equal(got, []int{2, 3, 4, 5}) {
		t.Errorf("the others' answers are %v: %v", got, err)
	}
	if err := read(func(tx storage.Tx) error { return tx.Together(ask(tx, 1), ask(tx, 2)) }); err != nil {
		t.Errorf("after the failures: %v", err)
	}
}

// TestReadBeginsAfterAWrongQuestion asks what cannot be prepared first: what is asked after
// it is still one snapshot, which cannot be written into.
func TestReadBeginsAfterAWrongQuestion(t *testing.T) {
	t.Parallel()
	db := openStorage(t, pgtest.New(t).AppDSN)
	const within = "select (current_setting('transaction_isolation') = 'repeatable read' and current_setting('transaction_read_only') = 'on')::integer as n"
	wrong := func(tx storage.Tx) error { _, err := tx.Ask("select nothing"); return err }
	for name, first := range map[string]func(storage.Tx) error{
		"alone": wrong,
		"together": func(tx storage.Tx) error {
			return tx.Together(func() error { return wrong(tx) }, func() error { return nil })
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := storage.NewUnitOfWork(db, func(tx storage.Tx) storage.Tx { return tx }).Read(context.Background(), func(tx storage.Tx) error {
				if first(tx) == nil {
					t.Error("the wrong question was answered")
				}
				n, err := tx.Ask(within)
				if n != 1 {
					t.Errorf("what came after was asked outside of the snapshot (%d)", n)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestPlansAreMadeAsEverAfterParts asks how questions are planned: once for all values
// together, as ever alone, whoever asks, and in whatever order.
func TestPlansAreMadeAsEverAfterParts(t *testing.T) {
	t.Parallel()
	db := openStorage(t, pgtest.New(t).AppDSN)
	const once = "select (current_setting('plan_cache_mode') = 'force_generic_plan')::integer as n"
	together := func(tx storage.Tx) int {
		var n int
		part := func() (err error) { n, err = tx.Ask(once); return err }
		if err := tx.Together(part, part); err != nil {
			t.Error(err)
		}
		return n
	}
	alone := func(tx storage.Tx) int {
		n, err := tx.Ask(once)
		if err != nil {
			t.Error(err)
		}
		return n
	}
	byGORM := func(tx storage.Tx) (n int) {
		if err := tx.Raw(once).Row().Scan(&n); err != nil {
			t.Error(err)
		}
		return n
	}
	in := func(tx storage.Tx) error {
		for i, step := range []struct {
			ask  func(storage.Tx) int
			want int
		}{{together, 1}, {together, 1}, {alone, 0}, {together, 1}, {byGORM, 0}, {alone, 0}, {together, 1}} {
			if got := step.ask(tx); got != step.want {
				t.Errorf("question %d: planned once: %d, want %d", i, got, step.want)
			}
		}
		return nil
	}
	unit := storage.NewUnitOfWork(db, func(tx storage.Tx) storage.Tx { return tx })
	if err := unit.Read(context.Background(), in); err != nil {
		t.Error(err)
	}
}

type reply string

// inDatabase are values as a driver is given them.
func inDatabase(t *testing.T, values []any) []driver.Value {
	t.Helper()
	out := make([]driver.Value, len(values))
	for i, v := range values {
		var err error
		if out[i], err = driver.DefaultParameterConverter.ConvertValue(v); err != nil {
			t.Errorf("%#v: %v", v, err)
		}
	}
	return out
}

// TestQuestionsAreNumberedAsByGORM compares how ? and lists are written out.
func TestQuestionsAreNumberedAsByGORM(t *testing.T) {
	t.Parallel()
	db := openStorage(t, pgtest.New(t).AppDSN)
	id := domain.AnyID{UUID: domain.UUIDv7()}
	var missing *string
	err := storage.NewUnitOfWork(db, func(tx storage.Tx) storage.Tx { return tx }).Read(context.Background(), func(tx storage.Tx) error {
		for _, q := range []struct {
			sql  string
			args []any
		}{
			{"select 1", nil},
			{"select ?, (?), f(?, ?)", []any{1, "two", reply("three"), time.Unix(4, 0)}},
			{"select ? ? ? ?", []any{nil, true, 1.5, int64(7)}},
			{"select ?, ?", []any{id, storage.AsOne(id, id)}},
			{"select ?", []any{domain.Date{}}},
			{"select a ? b", nil},
			{"select x in ? and y = ?", []any{[]string{"a", "b"}, 3}},
			{"select x in (?) and y in ?", []any{[]int{1, 2}, []domain.AnyID{id, id}}},
			{"select x in ?", []any{[]int{}}},
			{"select ?", []any{[]byte("bytes")}},
			{"select ?", []any{missing}},
			{"select 'it@at', ?", []any{1}},
			{"select ? = @name", []any{1}},
			{"select ?", []any{1, 2}},
			{"select (?)", []any{gorm.Expr("now() - ?", 1)}},
		} {
			text, values, want, wanted := tx.Numbered(q.sql, q.args...)
			if text != want || !reflect.DeepEqual(inDatabase(t, values), inDatabase(t, wanted)) {
				t.Errorf("%s %v: %s %v, GORM: %s %v", q.sql, q.args, text, values, want, wanted)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
