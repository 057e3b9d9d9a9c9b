package storage_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// What puts an action at risk is written twice: Needs.Risk, and the filter of the list.
// They agree on a generated graph of actions of every status, late and not, public and
// internal, with chains longer than a risk is felt, for staff and for the public; and
// what a list tells of each is what the rule says.
func TestRiskIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	at := time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC)
	db, err := storage.Open(ctx, pgtest.New(t).AppDSN, storage.Options{MaxConnections: 2, Clock: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	day := domain.DateOf(at)
	random := rand.New(rand.NewPCG(25, 7))
	const size = 400
	ids := make([]domain.ActionID, size+1)
	needs, all, public := action.Needs{}, map[domain.ActionID]action.Waited{}, map[domain.ActionID]action.Waited{}
	type edge struct{ id, needs domain.ActionID }
	var edges []edge
	seen := map[bool]int{}
	uow := storage.NewUnitOfWork(db, func(tx storage.Tx) conditionStores {
		return conditionStores{storage.NewActionStore(tx), storage.NewTaskStore(tx), tx}
	})
	err = uow.Write(ctx, func(st conditionStores, _ *domain.AuditLog) error {
		for no := 1; no <= size; no++ {
			ids[no].SetNew(domain.UUIDv7)
			w := action.Waited{Name: action.Name{ID: ids[no], No: no}, Status: action.InProgress, LateOn: day.AddDays(random.IntN(60))}
			visibility := "public"
			chain := no <= 60 // of actions one after the other, in progress and not late but for the last
			switch {
			case no == 60:
				w.LateOn = day.AddDays(-3)
			case !chain:
				w.Status = action.Statuses[random.IntN(len(action.Statuses))]
				if random.IntN(3) > 0 {
					w.Status = action.InProgress
				}
				if random.IntN(25) == 0 {
					w.LateOn = day.AddDays(-1 - random.IntN(9))
				}
				if random.IntN(6) == 0 {
					visibility = "internal"
				}
			}
			if err := st.tx.Exec(`insert into action (id, no, title_fi, title_sv, title_en, due_on, due_precision, due_last_on, status, progress,
 result_fi, confirmed_on, visibility, visibility_ground, version, created_at, updated_at) values (?, ?, 'Solmu', '', '', ?, 'day', ?, ?, 0, 'Tulos', ?, ?, 'syy', 1, ?, ?)`,
				w.ID, w.No, w.LateOn, w.LateOn, w.Status, day, visibility, at, at).Error; err != nil {
				return err
			}
			if all[w.ID] = w; visibility == "public" {
				public[w.ID] = w
			}
			if chain && no > 1 {
				edges = append(edges, edge{ids[no-1], w.ID})
			}
			for range random.IntN(3) {
				if other := 61 + random.IntN(size-60); !chain && other < no { // what was made later waits: no cycle
					edges = append(edges, edge{w.ID, ids[other]})
				}
			}
		}
		for _, e := range edges {
			if err := st.tx.Exec("insert into action_dependency (id, action_id, needs_id, created_at) values (?, ?, ?, ?) on conflict do nothing", domain.UUIDv7(), e.id, e.needs, at).Error; err != nil {
				return err
			}
			needs[e.id] = append(needs[e.id], e.needs)
		}
		for _, scope := range []domain.Scope{{}, {Staff: true}} {
			known := public
			if scope.Staff {
				known = all
			}
			for _, yes := range []bool{true, false} {
				listed := map[domain.ActionID]bool{}
				for req := (domain.PageRequest{Limit: domain.MaxPage, Sort: "no"}); ; {
					page, err := st.actions.List(scope, action.Filter{AtRisk: &yes}, req)
					if err != nil {
						return err
					}
					for _, v := range page.Items {
						listed[v.ID] = true
						want := needs.Risk(v.ID, known, day)
						got := v.Condition(day).AtRisk
						if v.Status.Closed() {
							want = nil
						}
						if (got == nil) != (want == nil) || got != nil && (got.No != want.No || got.Steps != want.Steps || got.Via.No != want.Via.No && got.Steps < 3) {
							t.Errorf("staff %v, action %d: loaded %+v, by the rule %+v", scope.Staff, v.No, got, want)
						}
					}
					if req.Cursor = page.NextCursor; req.Cursor == "" {
						break
					}
				}
				for id, w := range known {
					if want := !w.Status.Closed() && needs.Risk(id, known, day) != nil; listed[id] != (want == yes) {
						t.Errorf("staff %v, the filter %v lists action %d: %v; by the rule it is at risk: %v", scope.Staff, yes, w.No, listed[id], want)
					}
				}
				seen[yes] += len(listed)
			}
		}
		return errDone
	})
	if !errors.Is(err, errDone) {
		t.Fatal(err)
	}
	if seen[true] < 40 || seen[false] < 40 {
		t.Errorf("the graph has %d at risk, %d not: it tests little", seen[true], seen[false])
	}
}
