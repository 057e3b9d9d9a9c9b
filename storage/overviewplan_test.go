package storage_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
	"yhdyspinta/domain/overview"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// statements keeps every statement sent, with its arguments.
type statements struct {
	mu   sync.Mutex
	sent []pgx.TraceQueryStartData
}

func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent = append(s.sent, data)
	return ctx
}

func (*statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// What the overview counts of all actions, by condition, chain and party, it reads from an
// index that has every column asked for: a column that a later feature asks for belongs
// there too.
func TestOverviewCountsFromItsIndex(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	trace := &statements{}
	st, err := storage.Open(t.Context(), db.AppDSN, storage.Options{MaxConnections: 2, Tracer: trace, KeepNothing: true,
		Clock: func() time.Time { return time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(st.Close)
	service := overview.Service{UoW: storage.NewUnitOfWork(st, func(tx storage.Tx) overview.Stores {
		return overview.Stores{Overview: storage.NewOverviewStore(tx)}
	})}
	for _, actor := range []domain.Actor{{}, domain.Operator(domain.OriginOperator)} {
		if _, err := service.Get(t.Context(), actor, overview.Filter{}); err != nil {
			t.Fatal(err)
		}
	}
	conn, err := pgx.Connect(t.Context(), db.OwnerDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	// Of an empty table PostgreSQL would take any index: this one is left.
	if _, err := conn.Exec(t.Context(), `set enable_seqscan = off; set enable_bitmapscan = off;
do $$ declare i record; begin
  alter table action drop constraint pk_action cascade, drop constraint uniq_action_no;
  for i in select indexname from pg_indexes where schemaname = 'public' and tablename = 'action' and indexname <> 'ix_action_state' loop
    execute format('drop index %I', i.indexname);
  end loop;
end $$`); err != nil {
		t.Fatal(err)
	}
	counted := 0
	for _, s := range trace.sent {
		if !strings.Contains(s.SQL, "count(*) as n") {
			continue
		}
		counted++
		rows, err := conn.Query(t.Context(), "explain "+s.SQL, s.Args...)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		if text := strings.Join(plan, "\n"); !strings.Contains(text, "Index Only Scan using ix_action_state on action") {
			t.Errorf("all actions are read from their table:\n%s", text)
		}
	}
	if counted != 2 {
		t.Errorf("%d statements count all actions, want those of the public and of staff", counted)
	}
}
