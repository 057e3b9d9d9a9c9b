package main

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// What is broken on purpose in every run of the tests: the product as a process on a real
// PostgreSQL. What takes longer, or needs a PostgreSQL and a disk of its own, is in make
// chaos (chaos_linux_test.go); docs/guide/testing.md has what must hold.
func TestBrokenOnPurpose(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	w, dsn := newWire(t, f.raw.AppDSN)
	private := freeAddress(t)
	one := f.add("DATABASE_URL="+dsn, "YHDYSPINTA_METRICS_LISTEN="+private)
	luvn := f.signIn("luvn", "luvn-hyte-coord")

	t.Run("200 writers at once on one action", func(t *testing.T) {
		t.Logf("%s", contest(t, f, luvn, 200, 1))
	})
	t.Run("the database gone for a second under load", func(t *testing.T) {
		before := figure(t, private, "go_goroutines")
		writes := f.writers(t, luvn, 6)
		writes.more(5, time.Minute)
		w.cut()
		down := time.Now()
		away(t, f, one, luvn, 40)
		within(t, 5*time.Second, "a second has passed", func() bool { return time.Since(down) > time.Second })
		w.mend()
		back := one.ready(t, 10*time.Second)
		writes.more(5, 20*time.Second)
		t.Logf("%s; ready %s after it was back", writes.stop(f.raw.SuperDSN), back.Round(time.Millisecond))
		settled(t, private, before)
	})
	t.Run("out of connections", func(t *testing.T) {
		if err := alter(f.raw.SuperDSN, "alter database "+f.raw.Name+" connection limit 0"); err != nil {
			t.Fatal(err)
		}
		w.cut() // what the pool has is no use
		w.mend()
		away(t, f, one, luvn, 40)
		if err := alter(f.raw.SuperDSN, "alter database "+f.raw.Name+" connection limit -1"); err != nil {
			t.Fatal(err)
		}
		one.ready(t, 10*time.Second)
		if _, err := luvn.addAction("Yhteyksiä on taas"); err != nil {
			t.Errorf("it does not go on: %v", err)
		}
	})
	t.Run("no room on the disk of the database", func(t *testing.T) {
		// PostgreSQL itself on a full disk: make chaos. Here it says what it says there.
		full := `create function no_room() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
create trigger no_room before insert or update on audit_entry for each row execute function no_room();
create trigger no_room before insert or update on session for each row execute function no_room()`
		if err := alter(f.raw.SuperDSN, full); err != nil {
			t.Fatal(err)
		}
		if a := luvn.ask("POST", "/api/v1/actions", "", map[string]any{"title": map[string]string{"fi": writersTitle + " 0"}, "visibility": "public", "dueOn": "2027-12-31", "responsibilities": []any{}}); !a.unavailable() || a.code != "storage_full" {
			t.Errorf("a write: %d %s %v", a.status, a.body, a.err)
		}
		if a := luvn.ask("GET", "/api/v1/me", "", nil); a.status != http.StatusOK {
			t.Errorf("who is signed in cannot read: %d %s", a.status, a.body)
		}
		if n := halfDone(t, connect(t, f.raw.SuperDSN)); n != 0 {
			t.Errorf("%d half done", n)
		}
		if err := alter(f.raw.SuperDSN, "drop function no_room cascade"); err != nil {
			t.Fatal(err)
		}
		if _, err := luvn.addAction("Tilaa on taas"); err != nil {
			t.Errorf("it does not go on: %v", err)
		}
	})
	t.Run("a creation whose end could not be kept stands once", func(t *testing.T) {
		broken := func(what string) (mended func()) {
			t.Helper()
			fails := `create function broken() returns trigger language plpgsql as $$ begin raise exception 'gone' using errcode = '57P01'; end $$; `
			if err := alter(f.raw.SuperDSN, fails+what); err != nil {
				t.Fatal(err)
			}
			return func() {
				t.Helper()
				if err := alter(f.raw.SuperDSN, "drop function broken cascade"); err != nil {
					t.Fatal(err)
				}
			}
		}
		send := func(key string) answer {
			return luvn.askOnce(key, map[string]any{"title": map[string]string{"fi": writersTitle + " " + key}, "visibility": "public", "dueOn": "2027-12-31", "responsibilities": []any{}})
		}
		// Carried out, and the answer could not be kept.
		mended := broken("create trigger broken before update of status on idempotency_key for each row execute function broken()")
		if a := send("carried out"); a.status != http.StatusCreated {
			t.Errorf("carried out: %d %s", a.status, a.body)
		}
		mended()
		for range 2 {
			if a := send("carried out"); a.status != http.StatusConflict || a.code != "saved_already" {
				t.Errorf("sent again: %d %s", a.status, a.body)
			}
		}
		// Not carried out, and that could not be kept either.
		mended = broken("create trigger broken before insert on audit_entry for each row execute function broken(); create trigger broken before delete on idempotency_key for each row execute function broken()")
		if a := send("not"); !a.unavailable() {
			t.Errorf("not carried out: %d %s", a.status, a.body)
		}
		mended()
		if a := send("not"); a.status != http.StatusCreated {
			t.Errorf("sent again: %d %s", a.status, a.body)
		}
		var n int
		if err := connect(t, f.raw.SuperDSN).QueryRow(t.Context(), "select count(*) from action where title_fi in ($1, $2)", writersTitle+" carried out", writersTitle+" not").Scan(&n); err != nil || n != 2 {
			t.Errorf("%d stand, want one each: %v", n, err)
		}
	})
	t.Run("killed at each point of a creation it stands once", func(t *testing.T) {
		ctx, db := t.Context(), connect(t, f.raw.SuperDSN)
		run := func(sql string) {
			t.Helper()
			if _, err := db.Exec(ctx, sql); err != nil {
				t.Fatal(err)
			}
		}
		stand := func(title string) (n int) {
			t.Helper()
			if err := db.QueryRow(ctx, "select count(*) from action where title_fi = $1", title).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		for _, c := range []struct {
			name, held string // where PostgreSQL waits while the product is killed
			saved      bool
		}{
			{"before the commit", "create trigger held before insert on action for each row execute function held()", false},
			{"within the commit", "create constraint trigger held after insert on action deferrable initially deferred for each row execute function held()", true},
			{"before the answer is kept", "create trigger held before update of status on idempotency_key for each row when (new.status is not null) execute function held()", true},
		} {
			title := writersTitle + ", " + c.name
			send := func() answer {
				return luvn.askOnce(c.name, map[string]any{"title": map[string]string{"fi": title}, "visibility": "public", "dueOn": "2027-12-31", "responsibilities": []any{}})
			}
			run("create function held() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(4713); return new; end $$; " + c.held + "; select pg_advisory_lock(4713)")
			lost := make(chan answer, 1)
			go func() { lost <- send() }()
			within(t, 20*time.Second, "the creation is "+c.name, func() bool {
				var n int
				return db.QueryRow(ctx, "select count(*) from pg_locks where locktype = 'advisory' and objid = 4713 and not granted").Scan(&n) == nil && n > 0
			})
			if err := one.cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = one.cmd.Wait()
			f.remove(one)
			if a := <-lost; a.status == http.StatusCreated {
				t.Errorf("%s: answered %d", c.name, a.status)
			}
			run("select pg_advisory_unlock(4713)")
			run("drop function held cascade")
			one = f.add("DATABASE_URL="+dsn, "YHDYSPINTA_METRICS_LISTEN="+private)
			a := send()
			if c.saved {
				within(t, 20*time.Second, "it counts as saved", func() bool {
					if a.code == "idempotency_running" {
						a = send()
					}
					return a.code != "idempotency_running"
				})
				if a.status != http.StatusConflict || a.code != "saved_already" {
					t.Errorf("%s: sent again: %d %s", c.name, a.status, a.body)
				}
			} else {
				if a.code != "idempotency_running" {
					t.Errorf("%s: sent again: %d %s", c.name, a.status, a.body)
				}
				run("update idempotency_key set made_at = made_at - interval '3 minutes' where status is null")
				if a = send(); a.status != http.StatusCreated {
					t.Errorf("%s: sent again after a while: %d %s", c.name, a.status, a.body)
				}
			}
			if n := stand(title); n != 1 {
				t.Errorf("%s: it stands %d times", c.name, n)
			}
		}
	})
	t.Run("the product killed under load", func(t *testing.T) {
		writes := f.writers(t, luvn, 6)
		writes.more(5, time.Minute)
		if err := one.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = one.cmd.Wait()
		began := time.Now()
		f.remove(one)
		f.add("DATABASE_URL="+dsn, "YHDYSPINTA_METRICS_LISTEN="+private)
		writes.more(5, 30*time.Second)
		t.Logf("%s; wrote again %s after the kill", writes.stop(f.raw.SuperDSN), time.Since(began).Round(time.Millisecond))
	})
}

// contest lets many write the same version of one action at once, some times over: exactly
// one of them wins each version, and the others are told that it is stale.
func contest(t *testing.T, f *fleet, p person, several, times int) string {
	t.Helper()
	path, err := p.addAction(writersTitle + ", kilpailtu")
	if err != nil {
		t.Fatal(err)
	}
	var first, stale, busy atomic.Int64
	for round := range times {
		now := p.ask("GET", path, "", nil)
		if want := fmt.Sprintf(`"%d`, round+1); now.status != http.StatusOK || len(now.etag) < len(want) || now.etag[:len(want)] != want {
			t.Fatalf("round %d begins at %d %s", round, now.status, now.etag)
		}
		var won atomic.Int64
		var all sync.WaitGroup
		for n := range several {
			all.Go(func() {
				title := fmt.Sprintf("%s, kilpailtu %d/%d", writersTitle, round, n)
				for {
					a := p.ask("PUT", path, now.etag, map[string]any{"title": map[string]string{"fi": title, "sv": title}, "visibility": "public", "dueOn": "2027-12-31", "responsibilities": []any{}})
					switch {
					case a.err == nil && a.status == http.StatusOK:
						won.Add(1)
					case a.err == nil && a.status == http.StatusPreconditionFailed:
						stale.Add(1)
					case a.unavailable(): // in the queue for too long: sent again, as Retry-After says
						busy.Add(1)
						continue
					default:
						t.Errorf("%d %s %v", a.status, a.body, a.err)
					}
					return
				}
			})
		}
		all.Wait()
		first.Add(won.Load())
		if won.Load() != 1 {
			t.Errorf("round %d: %d won", round, won.Load())
		}
	}
	if n := halfDone(t, connect(t, f.raw.SuperDSN)); n != 0 {
		t.Errorf("%d half done", n)
	}
	return fmt.Sprintf("%d writers at once, %d times: %d won, %d were told that it is stale, %d asked to come again", several, times, first.Load(), stale.Load(), busy.Load())
}

// away looks at what the product says while it has no database: the process lives and is
// not ready, the site's page comes, and each request is answered soon, in order.
func away(t *testing.T, f *fleet, i *instance, p person, several int) (slowest time.Duration) {
	t.Helper()
	if s := i.status("/healthz"); s != http.StatusOK {
		t.Errorf("/healthz: %d", s)
	}
	if s := i.status("/readyz"); s != http.StatusServiceUnavailable {
		t.Errorf("/readyz: %d", s)
	}
	if s := i.status("/fi/actions"); s != http.StatusOK {
		t.Errorf("the page: %d", s)
	}
	visitor := person{f, &http.Client{Timeout: 30 * time.Second}}
	var mu sync.Mutex
	var all sync.WaitGroup
	for n := range several {
		all.Go(func() {
			var a answer
			switch n % 4 {
			case 0:
				a = p.ask("GET", "/api/v1/actions?limit=20", "", nil)
			case 1:
				a = visitor.ask("GET", "/api/v1/actions?limit=20", "", nil)
			case 2:
				a = visitor.ask("GET", "/api/v1/overview", "", nil)
			default:
				a = p.ask("POST", "/api/v1/actions", "", map[string]any{"title": map[string]string{"fi": "Ei tallennu"}, "visibility": "public", "responsibilities": []any{}})
			}
			mu.Lock()
			defer mu.Unlock()
			slowest = max(slowest, a.took)
			if a.err != nil || !a.unavailable() {
				t.Errorf("without database: %d %s %v, retry after %q", a.status, a.body, a.err, a.header.Get("Retry-After"))
			}
		})
	}
	all.Wait()
	if slowest > 12*time.Second {
		t.Errorf("somebody waited for %s", slowest)
	}
	return slowest
}

// settled looks that nothing has piled up: soon there are about as many goroutines and
// connections as before.
func settled(t *testing.T, private string, before float64) {
	t.Helper()
	within(t, 30*time.Second, "nothing has piled up", func() bool {
		return figure(t, private, "go_goroutines") < before+100 && figure(t, private, `yhdyspinta_db_connections{state="used"}`) <= 6
	})
}
