package pgembed

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// However the product ends, its server ends too, and the next start finds
// what was committed, whether it comes at once or later.
func TestServerEndsWithTheProduct(t *testing.T) {
	t.Parallel()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			data := filepath.Join(dataFolder(t), "data")
			first := startChild(t, exec.Command(exe), data)
			if err := first.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			second := startChild(t, exec.Command(exe), data) // at once
			if alive(first.serverPID) {
				t.Error("two servers run on one data folder")
			}
			if n := keptRows(t, second.dsn); n != 2 {
				t.Errorf("%d rows after the first restart, want 2", n)
			}

			if err := second.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			eventually(t, "the server ends", func() bool { return !alive(second.serverPID) })
			pidFiles, err := filepath.Glob(filepath.Join(data, "pg*", "postmaster.pid"))
			if err != nil || len(pidFiles) != 0 {
				t.Errorf("the server did not shut down cleanly: %v (%v)", pidFiles, err)
			}
			third := startChild(t, exec.Command(exe), data)
			if n := keptRows(t, third.dsn); n != 3 {
				t.Errorf("%d rows after the second restart, want 3", n)
			}
		})
	}
}

// alive reports whether a process runs. A zombie does not: in a container
// nobody may ever collect it.
func alive(pid int) bool {
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return false
	}
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return false
	}
	_, state, _ := bytes.Cut(stat, []byte(") "))
	return !bytes.HasPrefix(state, []byte("Z"))
}
