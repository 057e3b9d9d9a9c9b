// Package pgtest gives each test a database of its own on a real PostgreSQL,
// migrated as in production and with the same roles.
//
// One cluster serves a test process. Clusters lie in numbered slots in the
// temporary folder, in memory where there is room (see tempDir), and are used
// again by later processes, so that there are never more of them than processes
// that ran at the same time.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/storage"
	"yhdyspinta/storage/pgembed"
)

// sourceEnv chooses the PostgreSQL that the tests run on: "npm" or
// "installed". Unset, npm's comes first and an installed one second.
const sourceEnv = "YHDYSPINTA_TEST_PG"

// DB is a migrated, otherwise empty database of one test. The strings are
// connection strings for pgx, one per role.
type DB struct {
	Name      string
	AppDSN    string // what the product runs as
	OwnerDSN  string // what migrates
	ReaderDSN string // what reports read as
	SuperDSN  string // for looking at what the others may not see
}

// New makes a migrated database for tb and drops it, with any connection
// still open, when tb ends. It may be called from parallel tests. A missing
// PostgreSQL fails tb.
func New(tb testing.TB) *DB {
	tb.Helper()
	c, err := start()
	if err != nil {
		tb.Fatalf("pgtest: start PostgreSQL: %v", err)
	}
	c.migrateOnce.Do(func() { c.migrateErr = c.makeTemplate() })
	if c.migrateErr != nil {
		tb.Fatalf("pgtest: make template database: %v", c.migrateErr)
	}
	return c.newDatabase(tb, templateName())
}

// NewEmpty is New without the migrations.
func NewEmpty(tb testing.TB) *DB {
	tb.Helper()
	c, err := start()
	if err != nil {
		tb.Fatalf("pgtest: start PostgreSQL: %v", err)
	}
	return c.newDatabase(tb, "template0")
}

var databases atomic.Int64 // names the next one

func (c *cluster) newDatabase(tb testing.TB, template string) *DB {
	tb.Helper()
	ctx := context.Background() // tb's own ends before its cleanup
	name := testPrefix + strconv.FormatInt(databases.Add(1), 10)
	err := c.asSuper(ctx, func(conn *pgx.Conn) error {
		return pgembed.CreateDatabase(ctx, conn, name, template)
	})
	if err != nil {
		tb.Fatalf("pgtest: make database: %v", err)
	}
	tb.Cleanup(func() {
		err := c.asSuper(ctx, func(conn *pgx.Conn) error { return drop(ctx, conn, name) })
		if err != nil {
			tb.Errorf("pgtest: drop database: %v", err)
		}
	})
	return &DB{
		Name:      name,
		AppDSN:    c.server.DSN(pgembed.RoleApp, name),
		OwnerDSN:  c.server.DSN(pgembed.RoleOwner, name),
		ReaderDSN: c.server.DSN(pgembed.RoleReader, name),
		SuperDSN:  c.server.DSN(pgembed.RoleSuper, name),
	}
}

const (
	testPrefix     = "test_"
	templatePrefix = "template_yhdyspinta_"
)

// cluster is this process's server. It ends with the process (see pgembed).
type cluster struct {
	server *pgembed.Server
	slot   *os.File // locked while the process lives

	migrateOnce sync.Once
	migrateErr  error
}

var start = sync.OnceValues(func() (*cluster, error) {
	ctx := context.Background()
	cfg := pgembed.Config{Fast: true, MaxConnections: 300, Source: pgembed.Source(os.Getenv(sourceEnv))}
	switch cfg.Source {
	case "", pgembed.SourceNPM, pgembed.SourceInstalled:
	default:
		return nil, fmt.Errorf("%s is %q, not npm or installed", sourceEnv, cfg.Source)
	}
	bin, err := pgembed.FindBinaries(ctx, cfg)
	if err != nil {
		return nil, err
	}
	c := &cluster{}
	c.slot, cfg.DataDir, err = takeSlot()
	if err != nil {
		return nil, err
	}
	_, missing := os.Stat(filepath.Join(cfg.DataDir, "pg"+strconv.Itoa(bin.Major)))
	c.server, err = pgembed.Start(ctx, cfg)
	if err != nil && missing == nil {
		// Without fsync a crash of the machine may have spoilt the cluster.
		if err := os.RemoveAll(cfg.DataDir); err != nil {
			return nil, err
		}
		c.server, err = pgembed.Start(ctx, cfg)
	}
	if err != nil {
		return nil, err
	}
	return c, c.asSuper(ctx, func(conn *pgx.Conn) error { return sweep(ctx, conn) })
})

// inMemory is Linux's folder in memory, where a database is copied in a sixth
// of the time, and the room in bytes that it must have.
const (
	inMemory       = "/dev/shm"
	inMemoryAtFree = 4 << 30
)

// tempDir is the folder that TMPDIR names; else the one in memory, if it is
// there and has room; else the system's.
func tempDir() string {
	if os.Getenv("TMPDIR") != "" {
		return os.TempDir()
	}
	var st syscall.Statfs_t
	if err := syscall.Statfs(inMemory, &st); err != nil || st.Bavail*uint64(st.Bsize) < inMemoryAtFree {
		return os.TempDir()
	}
	return inMemory
}

// takeSlot finds the first slot that no living process has, and returns its
// lock and data folder.
func takeSlot() (*os.File, string, error) {
	base := filepath.Join(tempDir(), "yhdyspinta-test-"+strconv.Itoa(os.Getuid()))
	if err := os.Mkdir(base, 0o711); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, "", err
	}
	info, err := os.Lstat(base)
	if err != nil {
		return nil, "", err
	}
	if st, ok := info.Sys().(*syscall.Stat_t); !ok || !info.IsDir() || int(st.Uid) != os.Getuid() {
		return nil, "", fmt.Errorf("%s belongs to someone else: remove it", base)
	}
	if err := os.Chmod(base, 0o711); err != nil { // whatever the umask
		return nil, "", err
	}
	for n := 1; ; n++ {
		dir := filepath.Join(base, strconv.Itoa(n))
		f, err := os.OpenFile(dir+".lock", os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return nil, "", err
		}
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return f, dir, nil
		}
		f.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, "", err
		}
	}
}

// sweep drops what an earlier process left in the slot: its tests' databases,
// and templates of other migrations or half made.
func sweep(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, "select datname, datistemplate from pg_database")
	if err != nil {
		return err
	}
	type database struct {
		Name     string
		Template bool
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[database])
	if err != nil {
		return err
	}
	for _, d := range all {
		old := strings.HasPrefix(d.Name, templatePrefix) && (d.Name != templateName() || !d.Template)
		if !old && !strings.HasPrefix(d.Name, testPrefix) {
			continue
		}
		if d.Template {
			if _, err := conn.Exec(ctx, "alter database "+pgx.Identifier{d.Name}.Sanitize()+" is_template false"); err != nil {
				return err
			}
		}
		if err := drop(ctx, conn, d.Name); err != nil {
			return err
		}
	}
	return nil
}

func templateName() string { return templatePrefix + storage.MigrationsDigest()[:16] }

// makeTemplate makes the migrated template database unless an earlier process
// left it.
func (c *cluster) makeTemplate() error {
	ctx := context.Background()
	name := templateName()
	return c.asSuper(ctx, func(conn *pgx.Conn) error {
		var made bool
		err := conn.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", name).Scan(&made)
		if err != nil || made {
			return err
		}
		if err := pgembed.CreateDatabase(ctx, conn, name, "template0"); err != nil {
			return err
		}
		err = storage.Migrate(ctx, c.server.DSN(pgembed.RoleOwner, name), slog.New(slog.DiscardHandler))
		if err != nil {
			return err
		}
		// The mark says that it is whole.
		_, err = conn.Exec(ctx, "alter database "+pgx.Identifier{name}.Sanitize()+" is_template true allow_connections false")
		return err
	})
}

func drop(ctx context.Context, conn *pgx.Conn, name string) error {
	_, err := conn.Exec(ctx, "drop database if exists "+pgx.Identifier{name}.Sanitize()+" with (force)")
	return err
}

// asSuper runs fn on a connection of the superuser to the cluster's own
// database.
func (c *cluster) asSuper(ctx context.Context, fn func(*pgx.Conn) error) (err error) {
	conn, err := pgx.Connect(ctx, c.server.DSN(pgembed.RoleSuper, "postgres"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	return fn(conn)
}
