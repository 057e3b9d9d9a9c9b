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

// side is one of two things that are compared.
type side struct {
	name    string
	measure func(context.Context, time.Duration) (sample, error)
}

// compare measures two sides in turn, round by round, so that whatever else the
// machine does meets both, and prints each round and the medians. The side that
// begins alternates.
func (b *bench) compare(ctx context.Context, title string, product, other side, target float64) error {
	fmt.Fprintf(b.out, "%s\n", title)
	sides := [2]side{product, other}
	for _, s := range sides { // caches, connections, prepared statements
		if _, err := s.measure(ctx, min(b.length, time.Second)); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	var got [2][]sample
	var ratios []float64
	for round := range b.rounds {
		var pair [2]sample
		for i := range sides {
			i = (i + round) % 2
			s, err := sides[i].measure(ctx, b.length)
			if err != nil {
				return fmt.Errorf("%s: %w", sides[i].name, err)
			}
			pair[i] = s
			got[i] = append(got[i], s)
		}
		ratios = append(ratios, pair[0].rate/pair[1].rate)
		b.line(fmt.Sprintf("round %d", round+1), sides, pair, ratios[round], "")
	}
	var medians [2]sample
	for i := range sides {
		medians[i] = sample{
			rate: median(got[i], func(s sample) float64 { return s.rate }),
			p50:  time.Duration(median(got[i], func(s sample) float64 { return float64(s.p50) })),
			p99:  time.Duration(median(got[i], func(s sample) float64 { return float64(s.p99) })),
		}
	}
	ratio := median(ratios, func(r float64) float64 { return r })
	b.line("median", sides, medians, ratio, fmt.Sprintf(" (aim %.1f)", target))
	fmt.Fprintln(b.out)
	return nil
}

func (b *bench) line(name string, sides [2]side, s [2]sample, ratio float64, note string) {
	fmt.Fprintf(b.out, "  %-8s", name)
	for i := range sides {
		fmt.Fprintf(b.out, "  %s %7.1f/s p50 %6.1f ms p99 %6.1f ms", sides[i].name, s[i].rate, ms(s[i].p50), ms(s[i].p99))
	}
	fmt.Fprintf(b.out, "  ratio %.2f%s\n", ratio, note)
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
