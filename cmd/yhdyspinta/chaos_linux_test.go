//go:build chaos

package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/cmd/yhdyspinta/demodata"
	"yhdyspinta/storage/pgembed"
	"yhdyspinta/storage/pgtest"
)

// What make chaos breaks, each on a product and a PostgreSQL of its own that syncs as in
// production. docs/guide/testing.md has what must hold and the numbers reached.

// ownServer is a fleet on a PostgreSQL of its own in a folder, that is started again when
// it ends, as that of make demo is.
func ownServer(t *testing.T, folder string) (*fleet, func() int) {
	t.Helper()
	server, err := pgembed.Start(t.Context(), pgembed.Config{DataDir: folder})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.Background()) })
	raw := &pgtest.DB{Name: pgembed.Database, AppDSN: server.DSN(pgembed.RoleApp, pgembed.Database),
		OwnerDSN: server.DSN(pgembed.RoleOwner, pgembed.Database), SuperDSN: server.DSN(pgembed.RoleSuper, pgembed.Database)}
	env := map[string]string{"DATABASE_URL": raw.AppDSN, "DATABASE_OWNER_URL": raw.OwnerDSN}
	var said logged
	if err := run(t.Context(), []string{"migrate"}, func(name string) string { return env[name] }, &said, &said); err != nil {
		t.Fatalf("%v: %s", err, &said)
	}
	data, err := demodata.ParseDefault()
	if err != nil {
		t.Fatal(err)
	}
	return fleetOn(t, raw, data), func() int { return postmaster(t, folder) }
}

// report is the summary line of one thing that was broken; make chaos prints them.
func report(t *testing.T, format string, args ...any) {
	t.Helper()
	fmt.Printf("chaos: %-42s %s\n", strings.TrimPrefix(t.Name(), "TestChaos"), fmt.Sprintf(format, args...))
}

// Many write one action at the same moment, again and again.
func TestChaosManyWriters(t *testing.T) {
	f, _ := ownServer(t, enterableFolder(t))
	f.add()
	luvn := f.signIn("luvn", "luvn-hyte-coord")
	report(t, "%s", contest(t, f, luvn, 200, 10))
}

// kill -9 of the product under load, five times over.
func TestChaosProductKilled(t *testing.T) {
	f, _ := ownServer(t, enterableFolder(t))
	one := f.add()
	luvn := f.signIn("luvn", "luvn-hyte-coord")
	writes := f.writers(t, luvn, 8)
	var slowest time.Duration
	for range 5 {
		writes.more(20, time.Minute)
		_ = one.cmd.Process.Kill()
		_ = one.cmd.Wait()
		began := time.Now()
		f.remove(one)
		one = f.add()
		writes.more(1, 30*time.Second)
		slowest = max(slowest, time.Since(began))
	}
	report(t, "%s; wrote again within %s of each kill", writes.stop(f.raw.SuperDSN), slowest.Round(10*time.Millisecond))
}

// kill -9 of PostgreSQL under load: the server itself, then one of its processes, which
// makes it throw all others out and recover. It comes back alone, and the product with it.
func TestChaosPostgreSQLKilled(t *testing.T) {
	f, pid := ownServer(t, enterableFolder(t))
	one := f.add()
	luvn := f.signIn("luvn", "luvn-hyte-coord")
	writes := f.writers(t, luvn, 8)
	var slowest time.Duration
	for n := range 6 {
		writes.more(20, time.Minute)
		target := pid()
		if n%2 == 1 {
			err := connect(t, f.raw.SuperDSN).QueryRow(t.Context(),
				"select pid from pg_stat_activity where usename = 'yhdyspinta_app' order by query_start desc limit 1").Scan(&target)
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := syscall.Kill(target, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		within(t, 5*time.Second, "it is felt", func() bool { return !alive(target) })
		writes.more(1, 30*time.Second)
		one.ready(t, 30*time.Second)
		slowest = max(slowest, time.Since(began))
	}
	report(t, "%s; wrote again within %s of each kill", writes.stop(f.raw.SuperDSN), slowest.Round(10*time.Millisecond))
	if one.cmd.ProcessState != nil {
		t.Error("the product has ended too")
	}
}

// The demo as one process: its PostgreSQL is killed, and it goes on by itself.
func TestChaosDemoDatabaseKilled(t *testing.T) {
	dataDir, address := enterableFolder(t), freeAddress(t)
	startProduct(t, "demo", "--listen", address, "--data-dir", dataDir, "--data", "demodata/testdata/small.yaml")
	u, err := url.Parse("http://" + address)
	if err != nil {
		t.Fatal(err)
	}
	demo := &instance{url: u}
	first := postmaster(t, dataDir)
	if err := syscall.Kill(first, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	within(t, 5*time.Second, "it is felt", func() bool { return !alive(first) })
	within(t, 30*time.Second, "another server runs", func() bool { // what the first has left may answer for a moment
		var pid int
		files, _ := filepath.Glob(filepath.Join(dataDir, "pg*", "postmaster.pid"))
		if len(files) == 1 {
			b, _ := os.ReadFile(files[0])
			_, _ = fmt.Sscan(string(b), &pid)
		}
		return pid != 0 && pid != first && alive(pid)
	})
	demo.ready(t, 30*time.Second)
	back := time.Since(began)
	if s := demo.status("/api/v1/goals"); s != http.StatusOK {
		t.Errorf("the list of goals: %d", s)
	}
	report(t, "ready %s after the kill", back.Round(10*time.Millisecond))
}

// The database is gone for ten seconds, then silent for ten, then slow; at the end it has no
// connections to give.
func TestChaosDatabaseAway(t *testing.T) {
	f, _ := ownServer(t, enterableFolder(t))
	w, dsn := newWire(t, f.raw.AppDSN)
	private := freeAddress(t)
	one := f.add("DATABASE_URL="+dsn, "YHDYSPINTA_METRICS_LISTEN="+private)
	luvn := f.signIn("luvn", "luvn-hyte-coord")
	before := figure(t, private, "go_goroutines")
	for _, kind := range []struct {
		name        string
		begin, back func()
	}{
		{"gone for 10 s", w.cut, w.mend},
		{"silent for 10 s", w.hush, w.speak},
	} {
		t.Run(kind.name, func(t *testing.T) {
			writes := f.writers(t, luvn, 8)
			writes.more(20, time.Minute)
			kind.begin()
			down := time.Now()
			var most float64
			var slowest time.Duration
			for time.Since(down) < 10*time.Second {
				slowest = max(slowest, away(t, f, one, luvn, 100))
				most = max(most, figure(t, private, "go_goroutines"))
			}
			kind.back()
			up := time.Now()
			one.ready(t, 30*time.Second)
			writes.more(1, 30*time.Second)
			back := time.Since(up)
			writes.more(20, time.Minute)
			report(t, "%s; slowest answer %s, %0.f goroutines at most (%0.f before), writes %s after it was back", writes.stop(f.raw.SuperDSN),
				slowest.Round(10*time.Millisecond), most, before, back.Round(10*time.Millisecond))
			if most > before+1500 {
				t.Errorf("%0.f goroutines", most)
			}
			settled(t, private, before)
		})
	}
	t.Run("slow", func(t *testing.T) {
		w.slow(150 * time.Millisecond)
		writes := f.writers(t, luvn, 60) // more than there are connections
		writes.more(10, time.Minute)
		most := figure(t, private, "go_goroutines")
		w.slow(0)
		writes.more(100, time.Minute)
		report(t, "%s; %0.f goroutines while it was slow (%0.f before)", writes.stop(f.raw.SuperDSN), most, before)
		settled(t, private, before)
	})
	t.Run("out of connections", func(t *testing.T) {
		writes := f.writers(t, luvn, 8)
		writes.more(20, time.Minute)
		if err := alter(f.raw.SuperDSN, "alter database "+f.raw.Name+" connection limit 3"); err != nil {
			t.Fatal(err)
		}
		w.cut()
		w.mend()
		began := time.Now()
		within(t, 10*time.Second, "some seconds have passed", func() bool { return time.Since(began) > 3*time.Second })
		if err := alter(f.raw.SuperDSN, "alter database "+f.raw.Name+" connection limit -1"); err != nil {
			t.Fatal(err)
		}
		one.ready(t, 30*time.Second)
		writes.more(20, time.Minute)
		report(t, "%s", writes.stop(f.raw.SuperDSN))
	})
}

// smallDisk is a disk of its own in memory. Only root may make one.
func smallDisk(t *testing.T, megabytes int) string {
	t.Helper()
	dir := enterableFolder(t)
	disk := filepath.Join(dir, "disk")
	if err := os.Mkdir(disk, 0o711); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprintf("size=%dm,mode=711", megabytes)); err != nil {
		t.Fatalf("make a small disk: %v (run make chaos as root, also in a container with CAP_SYS_ADMIN)", err)
	}
	t.Cleanup(func() {
		within(t, 20*time.Second, "the disk is given back", func() bool { return syscall.Unmount(disk, 0) == nil })
	})
	return disk
}

// fill takes what room there is on a disk but for some bytes. more takes also what has been
// given back since, as PostgreSQL does with its old log of changes; free gives all back.
func fill(t *testing.T, disk string, leave int64) (more, free func()) {
	t.Helper()
	path := filepath.Join(disk, "ballast")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	var taken int64
	more = func() {
		t.Helper()
		for range 100 { // others take room meanwhile
			var st syscall.Statfs_t
			if err := syscall.Statfs(disk, &st); err != nil {
				t.Fatal(err)
			}
			room := int64(st.Bavail)*st.Bsize - leave
			if room <= 0 {
				return
			}
			if err := syscall.Fallocate(int(f.Fd()), 0, taken, room); err == nil {
				taken += room
			} else if !errors.Is(err, syscall.ENOSPC) {
				t.Fatal(err)
			}
		}
	}
	more()
	return more, func() {
		_ = f.Close()
		_ = os.Remove(path)
	}
}

// The disk of PostgreSQL is full under load. What it says and does then differs by what
// finds no room first: a table's file is refused, the log of changes ends the server. It
// goes on by itself when there is room.
func TestChaosDatabaseDiskFull(t *testing.T) {
	disk := smallDisk(t, 700)
	f, _ := ownServer(t, filepath.Join(disk, "data"))
	one := f.add()
	luvn := f.signIn("luvn", "luvn-hyte-coord")
	writes := f.writers(t, luvn, 8)
	writes.more(20, time.Minute)
	more, free := fill(t, disk, 64<<10)
	from := writes.refused.Load()
	within(t, 90*time.Second, "a write is refused", func() bool {
		more()
		return writes.refused.Load() > from
	})
	var refused answer
	within(t, 30*time.Second, "one is told why", func() bool { // a single one may still find a place
		more()
		refused = luvn.ask("POST", "/api/v1/actions", "", map[string]any{"title": map[string]string{"fi": writersTitle + " täynnä"}, "visibility": "public", "responsibilities": []any{}})
		return refused.status != http.StatusCreated
	})
	health, ready := one.status("/healthz"), one.status("/readyz")
	if health != http.StatusOK || !refused.unavailable() {
		t.Errorf("/healthz %d, a write %d %s", health, refused.status, refused.body)
	}
	free()
	up := time.Now()
	one.ready(t, time.Minute)
	writes.more(1, time.Minute)
	back := time.Since(up)
	writes.more(20, time.Minute)
	report(t, "%s; told %s, /readyz %d; writes %s after there was room", writes.stop(f.raw.SuperDSN), refused.code, ready, back.Round(10*time.Millisecond))
}

// The folder of attachments is full, then it may only be read. Nothing stays of a file that
// was not kept, everything else works on, and files are taken again when there is room.
func TestChaosAttachmentsFolder(t *testing.T) {
	f, _ := ownServer(t, enterableFolder(t))
	disk := smallDisk(t, 2)
	f.add("YHDYSPINTA_ATTACHMENTS=" + disk)
	rows, err := connect(t, f.raw.SuperDSN).Query(t.Context(), `
select distinct on (m.id) i.id::text from agenda_item i join meeting m on m.id = i.meeting_id
where m.status in ('draft', 'called', 'in_progress', 'closed') order by m.id, i.id`)
	if err != nil {
		t.Fatal(err)
	}
	items, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	var item string
	var secretary person
	attach := func(size int) answer {
		r, err := http.NewRequest("POST", f.base+"/api/v1/agenda-items/"+item+"/attachments?name=liite.txt&visibility=public", strings.NewReader(strings.Repeat("liite ", size/6)))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/octet-stream")
		return secretary.send(r)
	}
	kept := func() (n int) {
		t.Helper()
		if err := connect(t, f.raw.SuperDSN).QueryRow(t.Context(), "select count(*) from stored_file").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	files := func() int {
		all, _ := filepath.Glob(filepath.Join(disk, "*", "*"))
		return len(all)
	}
	var first answer
	for _, who := range [][2]string{{"espoo", "esp-forum-secretary"}, {"luvn", "luvn-forum-secretary"}, {"luvn", "luvn-hyte-coord"}} {
		secretary = f.signIn(who[0], who[1])
		for _, item = range items { // one of them is of a forum of theirs
			if first = attach(100 << 10); first.status == http.StatusCreated {
				break
			}
		}
		if first.status == http.StatusCreated {
			break
		}
	}
	if first.status != http.StatusCreated {
		t.Fatalf("a file: %d %s", first.status, first.body)
	}
	had, hadFiles := kept(), files()
	var codes []string
	for _, broken := range []struct {
		code  string
		begin func() (end func())
	}{
		{"storage_full", func() func() {
			_, free := fill(t, disk, 300<<10)
			return free
		}},
		{"attachment_not_kept", func() func() {
			remount := func(flags uintptr) {
				if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT|flags, "size=2m,mode=711"); err != nil {
					t.Fatal(err)
				}
			}
			remount(syscall.MS_RDONLY)
			return func() { remount(0) }
		}},
	} {
		end := broken.begin()
		a := attach(900 << 10)
		if !a.unavailable() || a.code != broken.code {
			t.Errorf("a file: %d %s", a.status, a.body)
		}
		codes = append(codes, a.code)
		if kept() != had {
			t.Errorf("%d files are noted, %d before", kept(), had)
		}
		if a := secretary.ask("GET", "/api/v1/agenda-items/"+item, "", nil); a.status >= 500 {
			t.Errorf("all else: %d %s", a.status, a.body)
		}
		end()
		if files() != hadFiles {
			t.Errorf("%d files on the disk, %d before", files(), hadFiles)
		}
		if a := attach(100 << 10); a.status != http.StatusCreated {
			t.Errorf("afterwards: %d %s", a.status, a.body)
		}
		had, hadFiles = kept(), files()
	}
	report(t, "answered %s, nothing half done, files are taken again", strings.Join(codes, ", "))
}
