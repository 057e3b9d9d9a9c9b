package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// What waits for a post has two writings: Action.WaitsOf and the query of
// ActionStore.Waiting. Both agree on who leads and shares, what the party has said,
// start, due date, the next task and own tasks around their limits, and the query
// is in the order of urgency whatever the limit.
func TestWaitingIsTheSameInSQL(t *testing.T) {
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
	made := day.AddDays(-200)

	var espoo, luvn, partner domain.PartyID
	var mine, theirs, hus domain.PostID
	for _, id := range []interface{ SetNew(domain.IDSource) }{&espoo, &luvn, &partner, &mine, &theirs, &hus} {
		id.SetNew(domain.UUIDv7)
	}
	part := func(post domain.PostID, party domain.PartyID, p domain.Part, from domain.Date) domain.Responsible {
		r := domain.Responsible{PostID: post, PartyID: party, Part: p, Standing: domain.InForce, Principal: party != partner, From: from}
		r.ID.SetNew(domain.UUIDv7)
		return r
	}
	declined := part(mine, espoo, domain.Shared, made)
	declined.Standing = domain.Declined
	type topology struct {
		who []domain.Responsible
		own bool // the next task is the post's own
	}
	cases := map[string]topology{
		"leads":                         {who: []domain.Responsible{part(mine, espoo, domain.Lead, made)}},
		"leads since lately":            {who: []domain.Responsible{part(mine, espoo, domain.Lead, day.AddDays(-10))}},
		"shares":                        {who: []domain.Responsible{part(theirs, luvn, domain.Lead, made), part(mine, espoo, domain.Shared, made)}},
		"has declined, a partner leads": {who: []domain.Responsible{part(hus, partner, domain.Lead, day.AddDays(-70)), declined}},
		"supports":                      {who: []domain.Responsible{part(theirs, luvn, domain.Lead, made), part(mine, espoo, domain.Support, made)}},
		"has a task":                    {who: []domain.Responsible{part(theirs, luvn, domain.Lead, made)}, own: true},
		"leads and has the task":        {who: []domain.Responsible{part(mine, espoo, domain.Lead, made)}, own: true},
	}
	type due struct {
		on        domain.Date
		precision domain.Precision
	}
	none := due{domain.Date{}, domain.Day}
	rhythms := []domain.Rhythm{{}, {Target: 10, Limit: 20}, {Target: 90, Limit: 300}}
	dues := []due{none, {day.AddDays(-1), domain.Day}, {day, domain.Month}, {day.AddDays(action.SoonDays), domain.Day}, {day.AddDays(400), domain.Day}}
	tasks := []due{none, {day.AddDays(-3), domain.Day}, {day.AddDays(action.SoonDays), domain.Day}, {day.AddDays(action.SoonDays + 1), domain.Day}}
	starts := []due{none, {day.AddDays(-60), domain.Month}, {day, domain.Quarter}, {day, domain.Year}, {day.AddDays(-1), domain.Day}}
	type word struct {
		status action.Status
		on     domain.Date
	}
	words := []word{{}, {action.InProgress, day.AddDays(-domain.MonthlyRhythm.Target)}, {action.InProgress, day.AddDays(-domain.MonthlyRhythm.Target - 1)},
		{action.NotStarted, day.AddDays(-domain.MonthlyRhythm.Limit - 1)}, {action.Done, day.AddDays(-300)}}

	type row struct {
		name string
		a    action.Action
		own  []action.Task
	}
	var grid []row
	for name, c := range cases {
		for _, status := range []action.Status{action.NotStarted, action.InProgress, action.Paused, action.Done} {
			for _, d := range dues {
				for _, n := range tasks {
					if c.own && n.on.IsZero() {
						continue
					}
					for _, s := range starts {
						for _, w := range words {
							if status != action.NotStarted && s != none || (s != none && d != none) || status == action.Done && w.status != "" {
								continue
							}
							a := action.Action{No: len(grid) + 1, Title: domain.Text{FI: "Ruutu"}, Result: domain.Text{FI: "Tulos"}, Status: status,
								StartsOn: s.on, StartsPrecision: s.precision, DueOn: d.on, DuePrecision: d.precision, ConfirmedOn: day.AddDays(-45), ByPlans: rhythms[len(grid)%len(rhythms)],
								Responsibilities: c.who, Visibility: domain.Public, Version: 1, CreatedAt: at.AddDate(0, 0, -200), UpdatedAt: at}
							a.ID.SetNew(domain.UUIDv7)
							r := row{name: name}
							if w.status != "" {
								a.Said = []action.PartyStatus{{PartyID: espoo, Spoken: true, Status: w.status, ConfirmedOn: w.on}}
							}
							if !n.on.IsZero() {
								task := action.Task{ActionID: a.ID, Kind: action.KindTask, Title: domain.Text{FI: "Tehtävä"}, DueOn: n.on, DuePrecision: n.precision, Version: 1, CreatedAt: at, UpdatedAt: at}
								task.ID.SetNew(domain.UUIDv7)
								if c.own {
									task.PostID = mine
									if !task.DueLast().After(day.AddDays(action.SoonDays)) {
										r.own = []action.Task{task}
									}
								}
								a.Tasks.Next = task
							}
							r.a = a
							grid = append(grid, r)
						}
					}
				}
			}
		}
	}
	uow := storage.NewUnitOfWork(db, func(tx storage.Tx) conditionStores {
		return conditionStores{storage.NewActionStore(tx), storage.NewTaskStore(tx), tx}
	})
	seen := map[action.Waiting]int{}
	err = uow.Write(ctx, func(st conditionStores, _ *domain.AuditLog) error {
		exec := func(sql string, args ...any) {
			t.Helper()
			if err := st.tx.Exec(sql, args...).Error; err != nil {
				t.Fatal(err)
			}
		}
		for i, p := range []struct {
			party domain.PartyID
			post  domain.PostID
			kind  string
		}{{espoo, mine, "municipality"}, {luvn, theirs, "wellbeing_services_county"}, {partner, hus, "joint_authority"}} {
			exec("insert into party values (?, ?, ?, ?, 'E', ?, 'Nimi', 'Namn', 'Name', 'Nimi', 'Namn', 'Name', 1)", p.party, p.kind, p.kind, p.party != partner, i+1)
			unit := domain.UUIDv7()
			exec("insert into unit (id, party_id, name_fi, name_sv, name_en, valid_from, version) values (?, ?, 'Yksikkö', '', '', '2025-01-01', 1)", unit, p.party)
			exec("insert into post (id, unit_id, party_id, title_fi, title_sv, title_en, valid_from, version) values (?, ?, ?, 'Tehtävä', '', '', '2025-01-01', 1)", p.post, unit, p.party)
		}
		want := map[int]action.Wait{}
		for _, r := range grid {
			a := r.a
			lead, _ := a.Lead()
			exec(`insert into action (id, no, title_fi, title_sv, title_en, starts_on, starts_precision, due_on, due_precision, due_last_on, status, progress, result_fi,
 confirmed_on, fresh_target, fresh_limit, lead_post_id, lead_party_id, lead_from, visibility, version, created_at, updated_at) values (?, ?, 'Ruutu', '', '', ?, ?, ?, ?, ?, ?, 0, 'Tulos', ?, ?, ?, ?, ?, ?, 'public', 1, ?, ?)`,
				a.ID, a.No, a.StartsOn, a.StartsPrecision, a.DueOn, a.DuePrecision, a.DueLast(), a.Status, a.ConfirmedOn, a.Freshness().Target, a.Freshness().Limit, lead.PostID, lead.PartyID, lead.From, a.CreatedAt, at)
			for _, p := range a.Responsibilities {
				exec("insert into responsibility (id, subject_kind, subject_id, post_id, part, standing, valid_from, version) values (?, 'action', ?, ?, ?, ?, ?, 1)",
					domain.UUIDv7(), a.ID, p.PostID, p.Part, p.Standing, p.From)
			}
			for _, p := range a.Said {
				if err := st.actions.SaveSaid(a.ID, p); err != nil {
					return err
				}
			}
			if !a.Tasks.Next.ID.IsZero() {
				if err := st.tasks.Insert(a.Tasks.Next); err != nil {
					return err
				}
			}
			if w := a.WaitsOf(mine, espoo, r.own, day); len(w) > 0 {
				want[a.No] = w[0]
				for _, each := range w {
					seen[each.Reason]++
				}
			}
		}
		items, ids, err := st.actions.Waiting(domain.Scope{Staff: true}, mine, espoo, action.WaitFor{Limit: len(grid)})
		if err != nil {
			return err
		}
		total := len(ids)
		if total != len(want) || len(items) != len(want) {
			t.Errorf("%d of %d wait in SQL, %d in Go", len(items), total, len(want))
		}
		for i, item := range items {
			r := grid[item.No-1]
			w, ok := want[item.No]
			if !ok {
				t.Errorf("in SQL only: %s, %s, starts %s, due %s, task %s, said %v", r.name, r.a.Status, r.a.StartsOn, r.a.DueLast(), r.a.Tasks.Next.DueLast(), r.a.Said)
				continue
			}
			delete(want, item.No)
			if item.Waits[0].Reason != w.Reason || item.Waits[0].Days != w.Days || item.Waits[0].On != w.On || len(item.Own) != len(r.own) {
				t.Errorf("%s, %s: %+v once it is loaded, want %+v", r.name, r.a.Status, item.Waits[0], w)
			}
			if i > 0 && action.CompareUrgency(items[i-1].Waits[0], item.Waits[0]) > 0 {
				t.Errorf("%+v comes before %+v", items[i-1].Waits[0], item.Waits[0])
			}
		}
		for no, w := range want {
			r := grid[no-1]
			t.Errorf("in Go only: %s, %s, starts %s, due %s, task %s, said %v: %s", r.name, r.a.Status, r.a.StartsOn, r.a.DueLast(), r.a.Tasks.Next.DueLast(), r.a.Said, w.Reason)
		}
		few, rest, err := st.actions.Waiting(domain.Scope{Staff: true}, mine, espoo, action.WaitFor{Limit: 3})
		if err != nil {
			return err
		}
		if len(rest) != total || len(few) != 3 || few[0].No != items[0].No || few[2].No != items[2].No {
			t.Errorf("the first 3 of %d are not those of all", len(rest))
		}
		// An action is found by each reason for which it waits, not only by the first.
		for _, reason := range []action.Waiting{action.WaitLate, action.WaitStale, action.WaitStartPassed, action.WaitConfirm, action.WaitDueSoon} {
			_, found, err := st.actions.Waiting(domain.Scope{Staff: true}, mine, espoo, action.WaitFor{Reasons: []action.Waiting{reason}})
			if err != nil {
				return err
			}
			if len(found) != seen[reason] {
				t.Errorf("%d wait because they are %s in SQL, %d in Go", len(found), reason, seen[reason])
			}
		}
		some := []domain.ActionID{items[0].ID, items[2].ID}
		if found, _, err := st.actions.Waiting(domain.Scope{Staff: true}, mine, espoo, action.WaitFor{Only: some, Limit: 9}); err != nil || len(found) != 2 || found[1].ID != some[1] {
			t.Errorf("of two actions %d are found: %v", len(found), err)
		}
		return errDone
	})
	if !errors.Is(err, errDone) {
		t.Fatal(err)
	}
	for _, r := range []action.Waiting{action.WaitLate, action.WaitStale, action.WaitStartPassed, action.WaitConfirm, action.WaitDueSoon} {
		if seen[r] == 0 {
			t.Errorf("nothing in the grid waits because it is %s", r)
		}
	}
}
