package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"sync"
	"time"

	"yhdyspinta/domain"
)

// bench is one run of all measurements.
type bench struct {
	base   database
	clock  domain.Clock
	rounds int
	length time.Duration
	out    io.Writer
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

// compare measures the product and others in turn, round by round, so that
// whatever else the machine does meets all of them, and prints each round, the
// medians, and the product's throughput as a part of each other's. The side that
// begins alternates.
func (b *bench) compare(ctx context.Context, title string, target float64, product side, others ...side) error {
	fmt.Fprintf(b.out, "%s\n", title)
	sides := append([]side{product}, others...)
	for _, s := range sides { // caches, connections, prepared statements
		if _, err := s.measure(ctx, min(b.length, time.Second)); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	samples := make([][]sample, len(sides))  // of each side, by round
	ratios := make([][]float64, len(others)) // of the product to each other, by round
	for round := range b.rounds {
		for i := range sides {
			i = (i + round) % len(sides)
			s, err := sides[i].measure(ctx, b.length)
			if err != nil {
				return fmt.Errorf("%s: %w", sides[i].name, err)
			}
			samples[i] = append(samples[i], s)
		}
		for i := range others {
			ratios[i] = append(ratios[i], samples[0][round].rate/samples[i+1][round].rate)
		}
		for i, s := range sides {
			b.line(fmt.Sprintf("round %d", round+1), s.name, samples[i][round])
			if i > 0 {
				fmt.Fprintf(b.out, "  ratio %.2f", ratios[i-1][round])
			}
			fmt.Fprintln(b.out)
		}
	}
	for i, s := range sides {
		b.line("median", s.name, sample{
			rate: median(samples[i], func(s sample) float64 { return s.rate }),
			p50:  time.Duration(median(samples[i], func(s sample) float64 { return float64(s.p50) })),
			p99:  time.Duration(median(samples[i], func(s sample) float64 { return float64(s.p99) })),
		})
		if i > 0 {
			fmt.Fprintf(b.out, "  ratio %.2f", median(ratios[i-1], func(r float64) float64 { return r }))
		}
		if i == 1 {
			fmt.Fprintf(b.out, " (aim %.1f)", target)
		}
		fmt.Fprintln(b.out)
	}
	fmt.Fprintln(b.out)
	return nil
}

func (b *bench) line(name, side string, s sample) {
	fmt.Fprintf(b.out, "  %-8s  %-22s %7.1f/s  p50 %6.1f ms  p99 %6.1f ms", name, side, s.rate, ms(s.p50), ms(s.p99))
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
