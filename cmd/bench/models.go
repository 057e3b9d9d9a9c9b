package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
)

// models are the read models: answers that look at much of the data at once.
var models = []struct{ name, path string }{
	{"overview", "/api/v1/overview"},
	{"matrix by theme", "/api/v1/matrix"},
	{"matrix by chain", "/api/v1/matrix?rows=chain"},
	{"matrix of one party", "/api/v1/matrix?part=lead&partyId={party}"},
	{"matrix of one goal", "/api/v1/matrix?goalId={goal}"},
	{"matrix, a past day", "/api/v1/matrix?asOf=2026-10-01"},
	{"what waits, by age", "/api/v1/responsibilities?standing=proposed&standing=reopened&sort=waitingSince&limit=5"},
	{"balance by party", "/api/v1/balance"},
	{"balance by theme", "/api/v1/balance?by=theme"},
	{"balance by chain", "/api/v1/balance?by=chain"},
	{"gaps", "/api/v1/gaps"},
}

// readModels measures each read model by one client, after the list of actions
// by one client, and prints its median as a multiple of the list's.
func (b *bench) readModels(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, b.base.app)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	actor, err := findStaff(ctx, conn)
	if err != nil {
		return err
	}
	ids, err := someIDs(ctx, conn)
	if err != nil {
		return err
	}
	product, err := startProduct(ctx, b.base, b.clock, actor, nil)
	if err != nil {
		return err
	}
	defer product.close()
	fmt.Fprintf(b.out, "Read models by one client, each beside the list of 50 actions; aim: p50 under %.0f ms\n", ms(modelTarget))
	for _, who := range []struct {
		name    string
		headers map[string]string
	}{{"public", nil}, {"staff", map[string]string{staffHeader: "1"}}} {
		for _, m := range models {
			size := 0
			get := func(path string) func() (sample, error) {
				url := product.url + ids.Replace(path)
				return func() (sample, error) {
					return loadBy(ctx, 1, b.length, func(ctx context.Context, _ int) error {
						return fetch(ctx, http.MethodGet, url, who.headers, nil, http.StatusOK, func(_ http.Header, body []byte) error {
							size = len(body)
							return nil
						})
					})
				}
			}
			list, model := get("/api/v1/actions?status=in_progress&partyId={party}&sort=dueOn&limit=50"), get(m.path)
			var lists, figures []sample
			for range b.rounds {
				l, err := list()
				if err != nil {
					return err
				}
				f, err := model()
				if err != nil {
					return fmt.Errorf("%s: %w", m.name, err)
				}
				lists, figures = append(lists, l), append(figures, f)
			}
			half := func(s sample) float64 { return float64(s.p50) }
			p50, floor := time.Duration(median(figures, half)), time.Duration(median(lists, half))
			verdict := ""
			if p50 > modelTarget {
				verdict = "  above the aim"
			}
			fmt.Fprintf(b.out, "  %-7s %-22s %5d kB  p50 %7.1f ms  p99 %7.1f ms  %5.1f times the list's %.1f ms%s\n", who.name, m.name, size/1000, ms(p50),
				ms(time.Duration(median(figures, func(s sample) float64 { return float64(s.p99) }))), float64(p50)/float64(floor), ms(floor), verdict)
		}
	}
	fmt.Fprintln(b.out)
	return nil
}
