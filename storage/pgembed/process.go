package pgembed

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// process is a running child.
type process struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when the child has ended and err is set
	err  error
}

// run starts cmd as acct and returns once it runs. The goroutine that starts
// it keeps its thread until the child ends, since the kernel ties the child
// to that thread.
func run(cmd *exec.Cmd, acct *account) (*process, error) {
	cmd.SysProcAttr = childAttr(acct)
	cmd.Env, cmd.Dir = childEnv(), "/"
	p := &process{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		p.err = cmd.Wait()
		close(p.done)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return p, nil
}

// output runs a program to its end and returns what it wrote. When ctx ends
// first, the program is interrupted.
func output(ctx context.Context, acct *account, path string, args ...string) ([]byte, error) {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	p, err := run(cmd, acct)
	if err != nil {
		return nil, err
	}
	<-p.done
	if p.err != nil {
		return nil, withOutput(p.err, out.Bytes())
	}
	return out.Bytes(), nil
}

// childEnv is the whole environment of a child: none of the caller's PG
// variables, and messages in English, since one of them is read.
func childEnv() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
}

// withOutput adds a program's last lines to its error, on one line.
func withOutput(err error, out []byte) error {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) > 3 {
		lines = lines[len(lines)-3:]
	}
	if text := strings.TrimSpace(strings.Join(lines, " | ")); text != "" {
		return fmt.Errorf("%w: %s", err, text)
	}
	return err
}
