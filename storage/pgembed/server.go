// Package pgembed runs a private PostgreSQL cluster for the demo and the
// tests: it finds server binaries, makes the cluster, starts it on a socket
// of its own and stops it. Nothing listens on the network, and on Linux no
// server outlives the process that started it, however that process ends.
//
// docs/guide/postgres.md tells the whole story.
package pgembed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Roles of the cluster. None has a password: who may open the socket's
// folder may connect. deploy/roles.sql makes all but the superuser.
const (
	RoleSuper  = "postgres"          // the cluster's superuser
	RoleOwner  = "yhdyspinta_owner"  // owns the databases and migrates them
	RoleApp    = "yhdyspinta_app"    // has only what the migrations grant
	RoleReader = "yhdyspinta_reader" // reads, for reports; the product never uses it
)

// Database is the database that every cluster has.
const Database = "yhdyspinta"

const (
	port = 5432 // names the socket; nothing listens on it

	// predecessorWait is how long Start waits for an earlier owner of the
	// data folder to finish.
	predecessorWait = 15 * time.Second
	// startWait is how long a started server may take to accept connections;
	// recovery after a crash is part of it.
	startWait = 60 * time.Second
)

// Config of a cluster.
type Config struct {
	// DataDir is made if missing. It holds one cluster per major version
	// (a newer PostgreSQL starts an empty one beside the old), the server's
	// log and a lock file.
	DataDir string
	// BinDirs names folders with postgres and initdb. If any is named, no
	// other place is searched.
	BinDirs []string
	// Source narrows the search for binaries to one source; "" allows all.
	Source Source
	// Fast gives up safety against a crash of the machine. For tests.
	Fast bool
	// MaxConnections is 100 if zero.
	MaxConnections int
	// Log gets a line when the server has started, when it ends unasked, and when it
	// runs again; nil discards them.
	Log *slog.Logger
}

// Server is a running cluster.
type Server struct {
	bin     Binaries
	log     *slog.Logger
	socket  string // folder of the socket
	lock    *os.File
	stop    sync.Once
	stopErr error

	unwatch context.CancelFunc // ends watch; nil before it has begun
	watched chan struct{}      // closed when watch has ended

	mu   sync.Mutex
	proc *process // the latest; see running
}

// Start makes the cluster if it is missing, starts it, and returns when it
// accepts connections and has the roles and the database. ctx bounds the
// start only. If another process has the data folder, Start waits up to 15
// seconds for it to finish.
//
// The caller must call Stop. If its process dies instead, the server stops by
// itself (on Linux) and the next Start recovers what was committed. A server that
// ends unasked is started again: see watch.
func Start(ctx context.Context, cfg Config) (_ *Server, err error) {
	log := cfg.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	acct, err := serverAccount()
	if err != nil {
		return nil, err
	}
	bin, err := findBinaries(ctx, cfg, acct)
	if err != nil {
		return nil, err
	}
	dataDir, err := openFolder(cfg.DataDir)
	if err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	cfg.DataDir = dataDir
	deadline := time.Now().Add(predecessorWait)
	lock, err := lockFolder(ctx, dataDir, deadline)
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, log: log, lock: lock}
	defer func() {
		if err != nil {
			s.release()
		}
	}()
	if err := s.makeSocketFolder(dataDir, acct); err != nil {
		return nil, fmt.Errorf("make socket folder: %w", err)
	}
	cluster, err := makeCluster(ctx, bin, dataDir, cfg.Fast, acct)
	if err != nil {
		return nil, fmt.Errorf("make PostgreSQL cluster in %s: %w", dataDir, err)
	}
	logFile := filepath.Join(dataDir, "postgres.log") // of this start: what was before is of no use
	if err := os.Truncate(logFile, 0); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("begin the log of PostgreSQL: %w", err)
	}
	launch := func(ctx context.Context, deadline time.Time) error {
		return s.launch(ctx, logFile, s.arguments(cfg, cluster), acct, deadline)
	}
	if err := launch(ctx, deadline); err != nil {
		return nil, fmt.Errorf("start PostgreSQL in %s: %w", dataDir, err)
	}
	if err := s.makeRoles(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("make roles and database: %w", err), s.Stop(context.WithoutCancel(ctx)))
	}
	s.watched = make(chan struct{})
	var watching context.Context
	watching, s.unwatch = context.WithCancel(context.WithoutCancel(ctx))
	go s.watch(watching, launch)
	log.Info("PostgreSQL started", "version", bin.Version, "binaries", bin.Source, "data", cluster)
	return s, nil
}

// DSN returns a connection string in URL form for one of the roles and a
// database of the cluster.
func (s *Server) DSN(role, database string) string { return dsn(s.socket, role, database) }

// Running returns what DSN gives for the server that runs on a data folder, also
// one that another process has started; "" if none does. Only who may enter the
// socket's folder can use it.
func Running(dataDir, role, database string) string {
	socket, err := os.ReadFile(filepath.Join(dataDir, "socket"))
	if err != nil {
		return ""
	}
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(context.Background(), "unix", filepath.Join(string(socket), ".s.PGSQL."+strconv.Itoa(port)))
	if err != nil {
		return ""
	}
	_ = conn.Close()
	return dsn(string(socket), role, database)
}

func dsn(socket, role, database string) string {
	u := url.URL{
		Scheme: "postgres",
		User:   url.User(role),
		Path:   "/" + database,
		RawQuery: url.Values{
			"host":    {socket},
			"port":    {strconv.Itoa(port)},
			"sslmode": {"disable"},
		}.Encode(),
	}
	return u.String()
}

// Version returns the server's version, for example "18.4".
func (s *Server) Version() string { return s.bin.Version }

// Stop shuts the server down, cutting off open connections, and returns when
// it has ended. When ctx ends first, the server is killed; nothing committed
// is lost. Later calls return the first call's result.
func (s *Server) Stop(ctx context.Context) error {
	s.stop.Do(func() {
		if s.unwatch != nil {
			s.unwatch()
			<-s.watched
		}
		s.stopErr = s.running().shutdown(ctx)
		s.release()
	})
	return s.stopErr
}

func (p *process) shutdown(ctx context.Context) error {
	// SIGINT is the fast shutdown, SIGQUIT the immediate one, which leaves
	// recovery to the next start.
	_ = p.cmd.Process.Signal(syscall.SIGINT)
	select {
	case <-p.done:
		return nil
	case <-ctx.Done():
	}
	_ = p.cmd.Process.Signal(syscall.SIGQUIT)
	select {
	case <-p.done:
	case <-time.After(6 * time.Second): // PostgreSQL kills its own children after 5
		_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
		<-p.done
	}
	return fmt.Errorf("PostgreSQL did not stop in time and was killed: %w", ctx.Err())
}

// release gives back what Start took besides the process.
func (s *Server) release() {
	if s.socket != "" {
		_ = os.RemoveAll(s.socket)
	}
	_ = s.lock.Close()
}

// running is the latest process of the server.
func (s *Server) running() *process {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.proc
}

const (
	// firstPause and lastPause are between two attempts to start again a server that
	// ended unasked: at once first, each pause twice as long as the one before.
	firstPause = 250 * time.Millisecond
	lastPause  = 10 * time.Second
	// steady is how long a server must have run for the next pause to be the first again.
	steady = time.Minute
)

// watch starts a server again that ended without being asked to: killed, or out of
// memory or room on its disk. What was committed is there, and the strings that DSN
// gives lead to it as before. It tries until ctx ends.
func (s *Server) watch(ctx context.Context, launch func(ctx context.Context, deadline time.Time) error) {
	defer close(s.watched)
	wait := time.Duration(0)
	for begun := time.Now(); ; begun = time.Now() {
		select {
		case <-ctx.Done():
			return
		case <-s.running().done:
		}
		if time.Since(begun) > steady {
			wait = 0
		}
		s.log.Error("PostgreSQL ended by itself and is started again (see postgres.log in its data folder)", "error", s.running().err)
		for {
			if wait > 0 {
				select {
				case <-ctx.Done():
					return
				case <-time.After(wait):
				}
			}
			wait = min(max(2*wait, firstPause), lastPause)
			err := launch(ctx, time.Now().Add(predecessorWait))
			if err == nil {
				s.log.Info("PostgreSQL runs again")
				break
			}
			if ctx.Err() != nil {
				return
			}
			s.log.Error("PostgreSQL could not be started again", "error", err, "wait", wait.String())
		}
	}
}

// lockFolder takes the data folder for this process until the file is closed
// or the process ends.
func lockFolder(ctx context.Context, dataDir string, deadline time.Time) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dataDir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			f.Close()
			return nil, fmt.Errorf("lock data folder %s: %w", dataDir, err)
		}
		if time.Now().After(deadline) {
			f.Close()
			return nil, fmt.Errorf("data folder %s is in use by another process: stop it, or choose another folder", dataDir)
		}
		if err := pause(ctx); err != nil {
			f.Close()
			return nil, err
		}
	}
}

// makeSocketFolder makes the folder that holds the socket, entered by the
// server's user (and root) only. A socket's path may have about 100 bytes, so
// it cannot lie in the data folder. The folder of a run that was killed is
// removed; its name stands in the data folder.
func (s *Server) makeSocketFolder(dataDir string, acct *account) error {
	const prefix = "yhdyspinta-pg-"
	note := filepath.Join(dataDir, "socket")
	if old, err := os.ReadFile(note); err == nil && strings.HasPrefix(filepath.Base(string(old)), prefix) {
		_ = os.RemoveAll(string(old))
	}
	parent := os.TempDir()
	if len(parent) > 50 || !acct.mayEnter(parent) {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, prefix) // mode 0700
	if err != nil {
		return err
	}
	s.socket = dir
	if err := os.WriteFile(note, []byte(dir), 0o600); err != nil {
		return err
	}
	return acct.own(dir)
}

// launch starts the server, again and again until the deadline while a dying
// predecessor holds the cluster, and waits until it accepts connections.
func (s *Server) launch(ctx context.Context, logFile string, args []string, acct *account, deadline time.Time) error {
	for {
		out, err := os.OpenFile(logFile, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
		if err != nil {
			return err
		}
		proc, said, err := s.launchOnce(ctx, out, args, acct)
		_ = out.Close()
		if err == nil {
			return nil
		}
		if proc == nil {
			return err
		}
		select {
		case <-proc.done:
		default: // runs, but was not ready in time or not wanted any more
			stopped, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			return errors.Join(err, proc.shutdown(stopped))
		}
		held := bytes.Contains(said, []byte(`lock file "postmaster.pid" already exists`)) ||
			bytes.Contains(said, []byte("pre-existing shared memory block"))
		if !held || time.Now().After(deadline) {
			return withOutput(err, said)
		}
		if err := pause(ctx); err != nil {
			return err
		}
	}
}

// launchOnce is one attempt, with what the server wrote into its log by the end of it.
func (s *Server) launchOnce(ctx context.Context, log *os.File, args []string, acct *account) (proc *process, said []byte, err error) {
	from, err := log.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, nil, err
	}
	//nolint:noctx // the server outlives the context of its start; Stop ends it
	cmd := exec.Command(filepath.Join(s.bin.Dir, "postgres"), args...)
	cmd.Stdout, cmd.Stderr = log, log
	if proc, err = run(cmd, acct); err != nil {
		return nil, nil, err
	}
	s.mu.Lock()
	s.proc = proc
	s.mu.Unlock()
	if err = s.waitReady(ctx, proc); err == nil {
		return proc, nil, nil
	}
	said, _ = io.ReadAll(io.NewSectionReader(log, from, 1<<20))
	return proc, said, err
}

func (s *Server) arguments(cfg Config, cluster string) []string {
	maxConnections := cfg.MaxConnections
	if maxConnections == 0 {
		maxConnections = 100
	}
	settings := []string{
		"listen_addresses=",
		"unix_socket_directories=" + s.socket,
		"unix_socket_permissions=0700",
		"max_connections=" + strconv.Itoa(maxConnections),
		"timezone=UTC",
		"log_timezone=UTC",
		// Errors go to the client; the log must not repeat what people typed.
		"log_min_messages=log",
		"log_min_error_statement=panic",
		"log_error_verbosity=terse",
	}
	if cfg.Fast {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
	}
	args := []string{"-D", cluster, "-p", strconv.Itoa(port)}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	return args
}

// waitReady returns when the server accepts connections, has ended, or took
// too long.
func (s *Server) waitReady(ctx context.Context, proc *process) error {
	deadline := time.Now().Add(startWait)
	for {
		select {
		case <-proc.done:
			return fmt.Errorf("the server ended: %w", proc.err)
		default:
		}
		conn, err := pgx.Connect(ctx, s.DSN(RoleSuper, "postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("not ready after %s: %w", startWait, err)
		}
		if err := pause(ctx); err != nil {
			return err
		}
	}
}

// pause waits a moment between two tries.
func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(20 * time.Millisecond):
		return nil
	}
}
