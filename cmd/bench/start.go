package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// What is aimed at for the product as a process of its own.
const (
	startTarget  = 300 * time.Millisecond // from its start to its first answer, with a database that runs
	memoryTarget = 120                    // MB after load
)

// starts measures the product as a process of its own, on a database that runs and is
// migrated: how long it takes from its start to its first answer, and its memory after
// clients have read lists, actions and the overview.
func (b *bench) starts(ctx context.Context) ([]measurement, error) {
	dir, err := os.MkdirTemp("", "yhdyspinta-bench-")
	if err != nil {
		return nil, err
	}
	b.until(func() { _ = os.RemoveAll(dir) })
	binary := filepath.Join(dir, "yhdyspinta")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/yhdyspinta").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the product: %w: %s", err, out)
	}
	var took, idle, loaded []float64
	one := side{"product", func(ctx context.Context, length time.Duration) (sample, error) {
		p, err := startProcess(ctx, binary, b.base)
		if err != nil {
			return sample{}, err
		}
		begin := p.memory()
		measured, err := load(ctx, length, func(ctx context.Context, client int) error {
			path := []string{"/api/v1/actions?limit=50", "/api/v1/overview", "/api/v1/actions?status=in_progress&sort=-updatedAt", "/api/v1/matrix"}[client%4]
			return fetch(ctx, http.MethodGet, p.url+path, nil, nil, http.StatusOK, nil)
		})
		took, idle, loaded = append(took, ms(p.took)), append(idle, begin), append(loaded, p.memory())
		if stopped := p.stop(); err == nil {
			err = stopped
		}
		return measured, err
	}}
	title := fmt.Sprintf("Start to first answer, and memory after load; aim: %.1f s and %d MB", startTarget.Seconds(), memoryTarget)
	return []measurement{{title, []side{one}, func(out io.Writer, _ [][]sample) {
		middle := func(of []float64) float64 { return median(of, func(v float64) float64 { return v }) }
		fmt.Fprintf(out, "  first answer after %.0f ms (%.0f to %.0f)  %.0f MB  after load %.0f MB, at most %.0f MB\n",
			middle(took), slices.Min(took), slices.Max(took), middle(idle), middle(loaded), slices.Max(loaded))
	}}}, nil
}

// process is the product as a process of its own.
type process struct {
	url  string
	took time.Duration // from its start to its first answer
	cmd  *exec.Cmd
	log  *bytes.Buffer
}

func startProcess(ctx context.Context, binary string, base database) (*process, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		return nil, err
	}
	p := &process{url: "http://" + address, log: new(bytes.Buffer)}
	p.cmd = exec.CommandContext(ctx, binary, "serve", "--listen", address)
	p.cmd.Env = append(os.Environ(), "DATABASE_URL="+base.app, "DATABASE_OWNER_URL="+base.owner,
		"YHDYSPINTA_RATE_READS=0", "YHDYSPINTA_RATE_COSTLY=0") // all clients are one caller here
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	begun := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for time.Since(begun) < 30*time.Second {
		if fetch(ctx, http.MethodGet, p.url+"/api/v1/actions?limit=1", nil, nil, http.StatusOK, nil) == nil {
			p.took = time.Since(begun)
			return p, nil
		}
		time.Sleep(time.Millisecond)
	}
	_ = p.stop()
	return nil, fmt.Errorf("the product did not answer within 30 s: %s", p.log)
}

var residentMemory = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

// memory is what the process has in memory, in MB; 0 where that cannot be known.
func (p *process) memory() float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if m := residentMemory.FindSubmatch(status); err == nil && m != nil {
		kB, _ := strconv.ParseFloat(string(m[1]), 64)
		return kB / 1024
	}
	return 0
}

func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	var exit *exec.ExitError
	if err := p.cmd.Wait(); err != nil && !errors.As(err, &exit) {
		return err
	}
	return nil
}
