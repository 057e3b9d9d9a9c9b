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

	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
	"yhdyspinta/storage/pgembed"
)

func main() { os.Exit(realMain()) }

func realMain() int {
	wiring.Collect()
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
	listTarget  = 0.75
	writeTarget = 0.5
	modelTarget = 150 * time.Millisecond // a read model's median, derived anew, by one client
	keptTarget  = 3.0                    // the same when nothing has changed, in medians of the list
)

// clients is how many requests are under way at any time.
const clients = 16

// today is when the generated data are looked at. Time goes on from here, so
// that dates mean the same on every run.
var today = time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)

// measurements are what can be measured alone.
var measurements = []string{"list", "meeting", "models", "report", "public", "start", "sizes"}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(stderr)
	dir := f.String("data-dir", "", "folder of the benchmark's PostgreSQL; the user's cache folder if empty")
	rounds := f.Int("rounds", 5, "rounds of each measurement")
	length := f.Duration("time", 3*time.Second, "length of one measurement in a round")
	plans := f.Bool("plans", false, "show how PostgreSQL answers each kind of list instead of measuring")
	begin := f.String("of", "", "of plans and models only paths that begin so, such as overview")
	only := f.String("only", "", "measure some things only, with commas between: "+strings.Join(measurements, ", ")+" (sizes only so: its data take long to make)")
	profile := f.String("cpuprofile", "", "write a CPU profile of this program to a file")
	if err := f.Parse(args); err != nil {
		return err
	}
	for name := range strings.SplitSeq(*only, ",") {
		if *only != "" && !slices.Contains(measurements, name) {
			return fmt.Errorf("--only names some of %s, not %q", strings.Join(measurements, ", "), name)
		}
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
	server, err := pgembed.Start(ctx, pgembed.Config{DataDir: *dir, MaxConnections: 200, Log: slog.New(slog.DiscardHandler)})
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
	b := bench{server: server, base: base, clock: clock, rounds: *rounds, length: *length, begin: *begin, out: stdout, progress: stderr}
	defer b.close()
	var all []measurement
	for _, m := range []struct {
		name, what string
		prepare    func(context.Context) ([]measurement, error)
	}{
		{"list", "the lists", b.lists}, {"meeting", "the page of a meeting", b.meetings},
		{"models", "the read models", b.readModels}, {"report", "the status report", b.writes},
		{"public", "what the public asks again", b.publicReads}, {"start", "the start", b.starts},
		{"sizes", "the list of fewer and more actions", b.sizes},
	} {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), m.name) || *only == "" && m.name == "sizes" {
			continue
		}
		prepared, err := m.prepare(ctx)
		if err != nil {
			return fmt.Errorf("prepare %s: %w", m.what, err)
		}
		all = append(all, prepared...)
	}
	return b.measure(ctx, all)
}
