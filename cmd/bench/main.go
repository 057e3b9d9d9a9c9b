// Command bench measures the product on 100,000 actions and 500,000 audit
// entries: the list of actions over HTTP against a bare handler with one
// hand-written query, the read models against that list, and a status report against pgbench running the same
// statements. It informs and never judges: its exit status says only whether it
// could measure. docs/guide/speed.md tells how to read it.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/storage/pgembed"
)

func main() { os.Exit(realMain()) }

func realMain() int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	return 0
}

// What is aimed at, as a part of the floor's or pgbench's throughput.
const (
	listTarget  = 0.6
	writeTarget = 0.4
	modelTarget = 150 * time.Millisecond // a read model's median, derived anew, by one client
	keptTarget  = 3.0                    // the same when nothing has changed, in medians of the list
)

// clients is how many requests are under way at any time.
const clients = 16

// today is when the generated data are looked at. Time goes on from here, so
// that dates mean the same on every run.
var today = time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)

// measurements are what can be measured alone.
var measurements = []string{"list", "meeting", "models", "report", "public", "start"}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(stderr)
	dir := f.String("data-dir", "", "folder of the benchmark's PostgreSQL; the user's cache folder if empty")
	rounds := f.Int("rounds", 5, "rounds of each measurement")
	length := f.Duration("time", 3*time.Second, "length of one measurement in a round")
	plans := f.Bool("plans", false, "show how PostgreSQL answers each kind of list instead of measuring")
	begin := f.String("of", "", "with --plans: only paths that begin so, such as overview")
	only := f.String("only", "", "measure one thing only: "+strings.Join(measurements, ", "))
	profile := f.String("cpuprofile", "", "write a CPU profile of this program to a file")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *only != "" && !slices.Contains(measurements, *only) {
		return fmt.Errorf("--only is one of %s, not %q", strings.Join(measurements, ", "), *only)
	}
	if *rounds < 1 || *length < 100*time.Millisecond {
		return fmt.Errorf("at least one round of 100 ms is needed")
	}
	if *dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			cache = os.TempDir()
		}
		*dir = filepath.Join(cache, "yhdyspinta-bench")
	}
	server, err := pgembed.Start(ctx, pgembed.Config{DataDir: *dir, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("start the embedded PostgreSQL: %w", err)
	}
	defer func() {
		stop, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := server.Stop(stop); err != nil {
			fmt.Fprintln(stderr, "bench: stop the embedded PostgreSQL:", err)
		}
	}()
	base, err := openDatabase(ctx, server, stdout)
	if err != nil {
		return err
	}
	begun := time.Now()
	clock := domain.Clock(func() time.Time { return today.Add(time.Since(begun)) })
	if *plans {
		return showPlans(ctx, base, clock, *begin, stdout)
	}
	fmt.Fprintf(stdout, "PostgreSQL %s with fsync, %d cores shared by the load, the product and PostgreSQL; %d connections, %d rounds of %s\n",
		server.Version(), runtime.NumCPU(), clients, *rounds, *length)
	fmt.Fprintf(stdout, "%s\n\n", machineLoad())
	if *profile != "" {
		w, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer w.Close()
		if err := pprof.StartCPUProfile(w); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	b := bench{base: base, clock: clock, rounds: *rounds, length: *length, out: stdout}
	for _, m := range []struct {
		name, what string
		run        func(context.Context) error
	}{
		{"list", "the list", b.lists}, {"meeting", "the page of a meeting", b.meetings},
		{"models", "the read models", b.readModels}, {"report", "the status report", b.writes},
		{"public", "what the public asks again", b.publicReads}, {"start", "the start", b.starts},
	} {
		if *only != "" && *only != m.name {
			continue
		}
		if err := m.run(ctx); err != nil {
			return fmt.Errorf("measure %s: %w", m.what, err)
		}
	}
	return nil
}
