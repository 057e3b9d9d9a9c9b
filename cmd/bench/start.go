package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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
func (b *bench) starts(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "yhdyspinta-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "yhdyspinta")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/yhdyspinta").CombinedOutput(); err != nil {
		return fmt.Errorf("build the product: %w: %s", err, out)
	}
	fmt.Fprintf(b.out, "Start to first answer, and memory after load; aim: %.1f s and %d MB\n", startTarget.Seconds(), memoryTarget)
	var took, idle, loaded []float64
	for round := range b.rounds {
		p, err := startProcess(ctx, binary, b.base)
		if err != nil {
			return err
		}
		begin := p.memory()
		measured, err := load(ctx, b.length, func(ctx context.Context, client int) error {
			path := []string{"/api/v1/actions?limit=50", "/api/v1/overview", "/api/v1/actions?status=in_progress&sort=-updatedAt", "/api/v1/matrix"}[client%4]
			return fetch(ctx, http.MethodGet, p.url+path, nil, nil, http.StatusOK, nil)
		})
		end := p.memory()
		if stopped := p.stop(); err == nil {
			err = stopped
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(b.out, "  round %d  first answer after %.0f ms  %.0f MB  after %.0f requests a second for %s %.0f MB\n", round+1, ms(p.took), begin, measured.rate, b.length, end)
		took, idle, loaded = append(took, ms(p.took)), append(idle, begin), append(loaded, end)
	}
	middle := func(of []float64) float64 { return median(of, func(v float64) float64 { return v }) }
	fmt.Fprintf(b.out, "  median   first answer after %.0f ms  %.0f MB  after load %.0f MB, at most %.0f MB\n\n", middle(took), middle(idle), middle(loaded), slices.Max(loaded))
	return nil
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
	p.cmd.Env = append(os.Environ(), "DATABASE_URL="+base.app, "DATABASE_OWNER_URL="+base.owner)
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
