package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// However the product ends, it leaves no process, no open port and no socket
// behind, and the next start on the same data and port succeeds.
func TestNothingOutlivesTheProduct(t *testing.T) {
	t.Parallel()
	dataDir := enterableFolder(t)
	address := freeAddress(t)
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGKILL, syscall.SIGTERM} {
		p := startProduct(t, "demo", "--keep", "--listen", address, "--data-dir", dataDir, "--data", "demodata/testdata/small.yaml")
		postgres := postmaster(t, dataDir)
		res, err := http.Get("http://" + address + "/api/v1/parties")
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Fatalf("the product answers %s", res.Status)
		}

		if err := p.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		err = p.Wait()
		if sig != syscall.SIGKILL && err != nil {
			t.Errorf("%s: the product ended with %v", sig, err)
		}
		within(t, 10*time.Second, sig.String()+": PostgreSQL ends", func() bool { return !alive(postgres) })
		l, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatalf("%s: the port is still taken: %v", sig, err)
		}
		l.Close()
	}
	socket, err := os.ReadFile(filepath.Join(dataDir, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(string(socket)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket's folder %s is still there: %v", socket, err)
	}
}

// startProduct runs this binary as the product, and returns when it serves. It
// ends with the test at the latest.
func startProduct(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	return startProductWith(t, nil, args...)
}

// startProductWith is startProduct with more variables of the environment.
func startProductWith(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Args = append([]string{"yhdyspinta"}, args...) // what TestMain goes by
	cmd.Env = append(os.Environ(), env...)
	var said bytes.Buffer
	cmd.Stderr = &said
	cmd.WaitDelay = 10 * time.Second
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
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "Yhdyspinta serves ") {
			return cmd
		}
	}
	_ = cmd.Wait()
	t.Fatalf("the product did not start: %s", said.String())
	return nil
}

// postmaster is the process id of the PostgreSQL that runs on a data folder.
func postmaster(t *testing.T, dataDir string) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dataDir, "pg*", "postmaster.pid"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	f, err := os.Open(files[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var pid int
	if _, err := fmt.Fscan(f, &pid); err != nil || !alive(pid) {
		t.Fatalf("PostgreSQL does not run as %d: %v", pid, err)
	}
	return pid
}

// alive reports whether a process runs. A zombie does not: in a container
// nobody may ever collect it.
func alive(pid int) bool {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	_, state, _ := bytes.Cut(stat, []byte(") "))
	return err == nil && !bytes.HasPrefix(state, []byte("Z"))
}

// enterableFolder is a data folder that PostgreSQL's own user may enter too.
func enterableFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "yhdyspinta-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		within(t, 10*time.Second, "remove "+dir, func() bool { return os.RemoveAll(dir) == nil })
	})
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

// within polls until done, and fails the test after the limit.
func within(t *testing.T, limit time.Duration, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-ctx.Done():
			t.Fatalf("not within %s: %s", limit, what)
		case <-tick.C:
		}
	}
}
