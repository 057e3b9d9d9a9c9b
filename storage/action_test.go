package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/overview"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// The condition has three writings: the method, the SQL function and the
// conditions of the list's filter. All agree on every combination of status,
// start, due date with its precision, due date of the next open task and
// confirmation around their limits, by the rhythm of plans and by its own. So do
// the levels of freshness.
func TestConditionIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	raw := pgtest.New(t)
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	db, err := storage.Open(ctx, raw.AppDSN, storage.Options{MaxConnections: 2, Clock: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	day := domain.DateOf(at)
	days := func(offsets ...int) []domain.Date {
		dates := []domain.Date{{}}
		for _, n := range offsets {
			dates = append(dates, day.AddDays(n))
		}
		return dates
	}
	type due struct {
		on        domain.Date
		precision domain.Precision
	}
	dues := []due{{day, domain.Month}, {day.AddDays(-40), domain.Month}, {day, domain.Quarter}, {day.AddDays(-60), domain.Quarter}, {day, domain.Year}}
	for _, d := range days(-400, -1, 0, 1, action.SoonDays, action.SoonDays+1, overview.NextDays, overview.NextDays+1, 400) {
		dues = append(dues, due{d, domain.Day})
	}
	tasks := []due{{day, domain.Month}, {day.AddDays(-60), domain.Quarter}}
	for _, d := range days(-1, 0, action.SoonDays, action.SoonDays+1) {
		tasks = append(tasks, due{d, domain.Day})
	}
	monthly := domain.MonthlyRhythm
	var grid []action.Action
	weekly, slow := domain.Rhythm{Target: 7, Limit: 14}, domain.Rhythm{Target: 90, Limit: 120}
	var rhythm domain.Rhythm
	add := func(status action.Status, starts domain.Date, d due, confirmed domain.Date, next due) {
		a := action.Action{No: len(grid) + 1, Status: status, StartsOn: starts, StartsPrecision: domain.Day,
			DueOn: d.on, DuePrecision: d.precision, ConfirmedOn: confirmed, Title: domain.Text{FI: "Ruutu"}, Result: domain.Text{FI: "Tulos"},
			Rhythm: rhythm, Visibility: domain.Public, Version: 1, CreatedAt: at, UpdatedAt: at}
		if !starts.IsZero() && !d.on.IsZero() && a.DueLast().Before(starts) {
			return // refused by the table
		}
		a.ID.SetNew(domain.UUIDv7)
		if !next.on.IsZero() {
			a.Tasks.Next = action.Task{ActionID: a.ID, Kind: action.KindMilestone, Title: domain.Text{FI: "Virstanpylväs"}, DueOn: next.precision.First(next.on),
				DuePrecision: next.precision, Version: 1, CreatedAt: at, UpdatedAt: at}
			a.Tasks.Next.ID.SetNew(domain.UUIDv7)
		}
		grid = append(grid, a)
	}
	for _, status := range action.Statuses {
		for _, d := range dues {
			for _, confirmed := range days(0, -monthly.Limit, -monthly.Limit-1, -300) {
				for _, starts := range days(-500, 0) {
					add(status, starts, d, confirmed, due{})
				}
				for _, next := range tasks {
					if !next.on.IsZero() && (d.precision == domain.Day || next.precision == domain.Day) {
						add(status, domain.Date{}, d, confirmed, next)
					}
				}
			}
		}
	}
	for _, rhythm = range []domain.Rhythm{weekly, slow, monthly} {
		for _, status := range action.Statuses {
			for _, confirmed := range days(0, -rhythm.Target, -rhythm.Target-1, -rhythm.Limit, -rhythm.Limit-1) {
				for _, d := range []due{{domain.Date{}, domain.Day}, {day.AddDays(-1), domain.Day}, {day.AddDays(1), domain.Day}} {
					add(status, domain.Date{}, d, confirmed, due{})
				}
			}
		}
	}
	uow := storage.NewUnitOfWork(db, func(tx storage.Tx) conditionStores {
		return conditionStores{storage.NewActionStore(tx), storage.NewTaskStore(tx), tx}
	})
	seen := map[action.ConditionValue]int{}
	levels := map[action.FreshnessLevel]int{}
	dueNext := 0 // within overview.NextDays
	err = uow.Write(ctx, func(st conditionStores, log *domain.AuditLog) error {
		for _, a := range grid {
			want := a.Condition(day).Value
			seen[want]++
			levels[a.FreshnessLevel(day)]++
			if last := a.DueLast(); (a.Status == action.NotStarted || a.Status == action.InProgress) && !last.Before(day) && !day.AddDays(overview.NextDays).Before(last) {
				dueNext++
			}
			if err := st.tx.Exec(`insert into action (id, no, title_fi, title_sv, title_en, starts_on, due_on, due_precision, due_last_on, status, progress,
 result_fi, confirmed_on, freshness_target, freshness_limit, fresh_target, fresh_limit, visibility, version, created_at, updated_at) values (?, ?, 'Ruutu', '', '', ?, ?, ?, ?, ?, 0, 'Tulos', ?, nullif(?, 0), nullif(?, 0), ?, ?, 'public', 1, ?, ?)`,
				a.ID, a.No, a.StartsOn, a.DueOn, a.DuePrecision, a.DueLast(), a.Status, a.ConfirmedOn, a.Rhythm.Target, a.Rhythm.Limit, a.Freshness().Target, a.Freshness().Limit, at, at).Error; err != nil {
				return err
			}
			if !a.Tasks.Next.ID.IsZero() {
				if err := st.tasks.Insert(a.Tasks.Next); err != nil {
					return err
				}
			}
			var got action.ConditionValue
			if err := st.tx.Raw("select action_condition(status, starts_on, late_on, fresh_to, ?, ?) from action where id = ?", day,
				action.SoonDays, a.ID).Scan(&got).Error; err != nil {
				return err
			}
			if got != want {
				t.Errorf("%s, starts %s, due %s, a task %s, confirmed %s: %s in Go, %s in SQL", a.Status, a.StartsOn, a.DueLast(), a.Tasks.Next.DueLast(), a.ConfirmedOn, want, got)
			}
		}
		// What a row holds of its tasks is what they say, also once some are done.
		for i, a := range grid {
			if next := a.Tasks.Next; i%50 == 0 && !next.ID.IsZero() {
				later := next
				later.ID.SetNew(domain.UUIDv7)
				later.DueOn = next.DueOn.AddDays(400)
				if err := st.tasks.Insert(later); err != nil {
					return err
				}
				later.DoneOn = day
				if _, err := st.tasks.Update(later); err != nil {
					return err
				}
			}
		}
		var untrue int
		if err := st.tx.Raw(`select count(*) from action a where task_last_on is distinct from
 (select min(t.due_last_on) from action_task t where t.action_id = a.id and t.done_on is null and t.withdrawn_on is null)`).Scan(&untrue).Error; err != nil {
			return err
		}
		if untrue > 0 {
			t.Errorf("%d rows hold another next task than there is", untrue)
		}
		for _, c := range action.Conditions {
			if seen[c] == 0 {
				t.Errorf("nothing in the grid is %s", c)
			}
			n := 0
			req := domain.PageRequest{Limit: domain.MaxPage, Sort: "no"}
			for {
				page, err := st.actions.List(domain.Scope{}, action.Filter{Condition: domain.AnyOf[action.ConditionValue]{Values: []action.ConditionValue{c}}}, req)
				if err != nil {
					return err
				}
				for _, v := range page.Items {
					want := grid[v.No-1]
					if got := want.Condition(day).Value; got != c {
						t.Errorf("the filter %s lists an action that is %s: %s, due %s, a task %s, confirmed %s", c, got, v.Status, v.DueLast(), want.Tasks.Next.DueLast(), v.ConfirmedOn)
					}
					if got := v.Condition(day).Value; got != c || v.Tasks.Next.ID != want.Tasks.Next.ID {
						t.Errorf("the filter %s lists an action that is %s once it is loaded, with the task %s", c, got, v.Tasks.Next.DueLast())
					}
				}
				n += len(page.Items)
				if req.Cursor = page.NextCursor; req.Cursor == "" {
					break
				}
			}
			if n != seen[c] {
				t.Errorf("the filter %s lists %d of %d", c, n, seen[c])
			}
		}
		for _, level := range action.FreshnessLevels {
			page, err := st.actions.List(domain.Scope{}, action.Filter{Freshness: domain.AnyOf[action.FreshnessLevel]{Values: []action.FreshnessLevel{level}}},
				domain.PageRequest{Limit: domain.MaxPage, Count: true})
			if err != nil {
				return err
			}
			if *page.Total != levels[level] || levels[level] == 0 {
				t.Errorf("the filter %s lists %d of %d", level, *page.Total, levels[level])
			}
			for _, v := range page.Items {
				if got := v.FreshnessLevel(day); got != level {
					t.Errorf("the filter %s lists an action that is %q: %s, confirmed %s, by %v", level, got, v.Status, v.ConfirmedOn, v.Freshness())
				}
			}
		}
		// The overview counts groups by what their dates mean, not rows.
		counts, err := storage.NewOverviewStore(st.tx).Get(domain.Scope{}, overview.Filter{})
		if err != nil {
			return err
		}
		for _, c := range action.Conditions {
			if counts.ByCondition[string(c)] != seen[c] {
				t.Errorf("the overview counts %d that are %s, of %d", counts.ByCondition[string(c)], c, seen[c])
			}
		}
		if want := (overview.Freshness{InTarget: levels[action.FreshInTarget], InLimit: levels[action.FreshInLimit], Stale: levels[action.FreshOutOfDate]}); counts.Freshness != want {
			t.Errorf("the overview counts %+v, want %+v", counts.Freshness, want)
		}
		if counts.Actions != len(grid) || counts.Next.Actions != dueNext || dueNext == 0 {
			t.Errorf("the overview counts %d actions of %d, and %d due next of %d", counts.Actions, len(grid), counts.Next.Actions, dueNext)
		}
		return errDone
	})
	if !errors.Is(err, errDone) {
		t.Fatal(err)
	}
}

var errDone = errors.New("roll back: the test has seen it all")

type conditionStores struct {
	actions *storage.ActionStore
	tasks   *storage.TaskStore
	tx      storage.Tx
}
