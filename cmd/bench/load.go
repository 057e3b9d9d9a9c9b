package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
	"yhdyspinta/storage/pgembed"
)

// bench is one run of all measurements.
type bench struct {
	server   *pgembed.Server
	base     database
	clock    domain.Clock
	rounds   int
	length   time.Duration
	begin    string // of the paths of read models
	out      io.Writer
	progress io.Writer
	closers  []func()
}

// until keeps something until the run ends.
func (b *bench) until(end func()) { b.closers = append(b.closers, end) }

func (b *bench) close() {
	for _, end := range slices.Backward(b.closers) {
		end()
	}
}

// connect is a connection for what has to be known before measuring.
func (b *bench) connect(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.Connect(ctx, b.base.app)
	if err != nil {
		return nil, err
	}
	b.until(func() { _ = conn.Close(context.WithoutCancel(ctx)) })
	return conn, nil
}

// product is startProduct until the run ends.
func (b *bench) product(ctx context.Context, base database, actor domain.Actor, keep bool) (*product, error) {
	p, err := startProduct(ctx, base, b.clock, actor, nil, keep)
	if err == nil {
		b.until(p.close)
	}
	return p, err
}

// asked is one side that asks an address again and again, by so many clients.
func asked(name string, clients int, url string, headers map[string]string) side {
	return side{name, func(ctx context.Context, length time.Duration) (sample, error) {
		return loadBy(ctx, clients, length, func(ctx context.Context, _ int) error {
			return fetch(ctx, http.MethodGet, url, headers, nil, http.StatusOK, nil)
		})
	}}
}

// sample is what one measurement of one side gave.
type sample struct {
	rate     float64 // operations per second
	p50, p99 time.Duration
}

func newSample(latencies []time.Duration, elapsed time.Duration) sample {
	slices.Sort(latencies)
	at := func(q float64) time.Duration {
		if len(latencies) == 0 {
			return 0
		}
		return latencies[min(len(latencies)-1, int(math.Ceil(q*float64(len(latencies))))-1)]
	}
	return sample{rate: float64(len(latencies)) / elapsed.Seconds(), p50: at(0.5), p99: at(0.99)}
}

// load repeats op on all clients at once for a while. Every client finishes
// what it has begun. The first error ends it.
func load(ctx context.Context, length time.Duration, op func(ctx context.Context, client int) error) (sample, error) {
	return loadBy(ctx, clients, length, op)
}

// loadBy is load by so many clients.
func loadBy(ctx context.Context, clients int, length time.Duration, op func(ctx context.Context, client int) error) (sample, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	begun := time.Now()
	end := begun.Add(length)
	latencies := make([][]time.Duration, clients)
	var wait sync.WaitGroup
	for client := range clients {
		wait.Go(func() {
			for now := time.Now(); now.Before(end) && ctx.Err() == nil; {
				if err := op(ctx, client); err != nil {
					cancel(err)
					return
				}
				next := time.Now()
				latencies[client] = append(latencies[client], next.Sub(now))
				now = next
			}
		})
	}
	wait.Wait()
	if err := context.Cause(ctx); err != nil {
		return sample{}, err
	}
	return newSample(slices.Concat(latencies...), time.Since(begun)), nil
}

// side is one of the things that are compared.
type side struct {
	name    string
	measure func(context.Context, time.Duration) (sample, error)
}

// measurement is what is measured in turn: its sides, and what is said of them.
type measurement struct {
	title  string
	sides  []side
	report func(out io.Writer, of [][]sample) // of each side, by round
}

// measure runs all measurements, round by round, so that whatever else the machine does
// meets all of them, and then prints what each gave. Within a round the sides of a
// measurement follow each other, and another begins in each round.
func (b *bench) measure(ctx context.Context, all []measurement) error {
	for _, m := range all {
		for _, s := range m.sides { // caches, connections, prepared statements
			if _, err := s.measure(ctx, min(b.length, time.Second)); err != nil {
				return fmt.Errorf("%s: %s: %w", m.title, s.name, err)
			}
		}
	}
	samples := make([][][]sample, len(all)) // of each measurement, side and round
	for i, m := range all {
		samples[i] = make([][]sample, len(m.sides))
	}
	for round := range b.rounds {
		fmt.Fprintf(b.progress, "round %d of %d, %s\n", round+1, b.rounds, machineLoad())
		for i, m := range all {
			for j := range m.sides {
				j = (j + round) % len(m.sides)
				s, err := m.sides[j].measure(ctx, b.length)
				if err != nil {
					return fmt.Errorf("%s: %s: %w", m.title, m.sides[j].name, err)
				}
				samples[i][j] = append(samples[i][j], s)
			}
		}
	}
	for i, m := range all {
		fmt.Fprintln(b.out, m.title)
		m.report(b.out, samples[i])
		fmt.Fprintln(b.out)
	}
	return nil
}

// comparison is the product beside others: it prints each round, the medians, and the
// product's throughput as a part of each other's.
func comparison(title string, target float64, product side, others ...side) measurement {
	sides := append([]side{product}, others...)
	return measurement{title, sides, func(out io.Writer, of [][]sample) {
		ratio := func(i, round int) float64 { return of[0][round].rate / of[i][round].rate }
		for round := range of[0] {
			for i, s := range sides {
				line(out, fmt.Sprintf("round %d", round+1), s.name, of[i][round])
				if i > 0 {
					fmt.Fprintf(out, "  ratio %.2f", ratio(i, round))
				}
				fmt.Fprintln(out)
			}
		}
		for i, s := range sides {
			line(out, "median", s.name, sample{
				rate: median(of[i], func(s sample) float64 { return s.rate }),
				p50:  time.Duration(median(of[i], func(s sample) float64 { return float64(s.p50) })),
				p99:  time.Duration(median(of[i], func(s sample) float64 { return float64(s.p99) })),
			})
			if i > 0 {
				rounds := make([]int, len(of[i]))
				for round := range rounds {
					rounds[round] = round
				}
				fmt.Fprintf(out, "  ratio %.2f", median(rounds, func(round int) float64 { return ratio(i, round) }))
				fmt.Fprintf(out, "  p99 %.2f times", median(rounds, func(round int) float64 { return float64(of[0][round].p99) / float64(of[i][round].p99) }))
			}
			if i == 1 {
				fmt.Fprintf(out, " (aim %.2f)", target)
			}
			fmt.Fprintln(out)
		}
	}}
}

func line(out io.Writer, name, side string, s sample) {
	fmt.Fprintf(out, "  %-8s  %-22s %7.1f/s  p50 %6.1f ms  p99 %6.1f ms", name, side, s.rate, ms(s.p50), ms(s.p99))
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// median is the middle of the values that of gives, the mean of two middles.
func median[T any](all []T, of func(T) float64) float64 {
	values := make([]float64, len(all))
	for i, v := range all {
		values[i] = of(v)
	}
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

func medianP50(of []sample) time.Duration {
	return time.Duration(median(of, func(s sample) float64 { return float64(s.p50) }))
}
