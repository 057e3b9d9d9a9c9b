package main

import (
	"context"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/storage/pgembed"
)

// sizesTarget is how many times as long as of 100,000 actions the list may take of a
// million, at the 99th percentile.
const sizesTarget = 1.5

// sizes measures the list of actions on databases of 10,000, 100,000 and 1,000,000
// actions, each with responsibilities, goals and tasks in proportion; the smallest and
// the largest have no past.
func (b *bench) sizes(ctx context.Context) ([]measurement, error) {
	super, err := pgx.Connect(ctx, b.server.DSN(pgembed.RoleSuper, "postgres"))
	if err != nil {
		return nil, fmt.Errorf("reach the embedded PostgreSQL: %w", err)
	}
	defer super.Close(context.WithoutCancel(ctx))
	var sides [2][]side
	for _, of := range []struct {
		name    string
		actions int
	}{{smallDatabase, actions / 10}, {runDatabase, actions}, {largeDatabase, actions * 10}} {
		base := b.base
		if of.name != runDatabase {
			if err := generated(ctx, super, b.server, of.name, of.actions, false, b.progress); err != nil {
				return nil, err
			}
			base = database{app: b.server.DSN(pgembed.RoleApp, of.name), owner: b.server.DSN(pgembed.RoleOwner, of.name)}
		}
		conn, err := pgx.Connect(ctx, base.app)
		if err != nil {
			return nil, err
		}
		actor, err := findStaff(ctx, conn)
		_ = conn.Close(ctx)
		if err != nil {
			return nil, err
		}
		p, err := b.product(ctx, base, actor, false)
		if err != nil {
			return nil, err
		}
		for i, who := range everybody {
			sides[i] = append(sides[i], asked(fmt.Sprintf("%d actions", of.actions), clients, p.url+listPath(actor.PartyID), who.headers))
		}
	}
	var all []measurement
	for i, who := range everybody {
		all = append(all, measurement{fmt.Sprintf("List of 50 actions of fewer and more, as %s; aim: p99 within %.1f times that of %d", who.name, sizesTarget, actions), sides[i],
			func(out io.Writer, of [][]sample) {
				p99 := func(i int) float64 { return median(of[i], func(s sample) float64 { return float64(s.p99) }) }
				for j, s := range sides[i] {
					fmt.Fprintf(out, "  %-16s  %7.1f/s  p50 %6.1f ms  p99 %6.1f ms  %.2f times\n", s.name, median(of[j], func(s sample) float64 { return s.rate }), ms(medianP50(of[j])), p99(j)/1e6, p99(j)/p99(1))
				}
			}})
	}
	return all, nil
}
