package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// models are the read models: answers that look at much of the data at once.
var models = []struct{ name, path string }{
	{"overview", "/api/v1/overview"},
	{"overview by chain", "/api/v1/overview-groups?by=chain"},
	{"overview by party", "/api/v1/overview-groups?by=party"},
	{"changes since a day", "/api/v1/change-summary?since=2026-09-01"},
	{"counts of responsibilities", "/api/v1/responsibilities/counts"},
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
	{"radar counts", "/api/v1/radar/counts"},
	{"freshness by unit", "/api/v1/freshness?by=unit"},
	{"own work", "/api/v1/me/work"},
	{"awaited of others", "/api/v1/me/awaited"},
	{"a manager's units", "/api/v1/me/units"},
	// Search, as one types in the header: a word of one action in twenty, one of all, two
	// words, a part of a compound, a beginning, a word with a typing error, nothing, and
	// the page of results.
	{"search, a word", "/api/v1/search?limit=3&q=nuorten"},
	{"search, in every action", "/api/v1/search?limit=3&q=osapuolet"},
	{"search, two words", "/api/v1/search?limit=3&q=nuoret+asukkaiden"},
	{"search, in compounds", "/api/v1/search?limit=3&q=neuvontaa"},
	{"search, a beginning", "/api/v1/search?limit=3&q=liik"},
	{"search, a typing error", "/api/v1/search?limit=3&q=liikuntanevuonta"},
	{"search, nothing", "/api/v1/search?limit=3&q=sammakko"},
	{"search, results", "/api/v1/search?limit=5&q=ikaihmisten"},
	{"search, a past day", "/api/v1/search?limit=3&q=nuorten&asOf=2026-10-01"},
}

// readModels measures each read model by one client, after the list of actions
// by one client: derived anew on each request, and kept since nothing changes. It
// prints the medians, as multiples of the list's.
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
	fresh, err := startProduct(ctx, b.base, b.clock, actor, nil, false)
	if err != nil {
		return err
	}
	defer fresh.close()
	keeping, err := startProduct(ctx, b.base, b.clock, actor, nil, true)
	if err != nil {
		return err
	}
	defer keeping.close()
	fmt.Fprintf(b.out, "Read models by one client, each beside the list of 50 actions; aim: p50 under %.0f ms derived anew, and %.0f times the list's when nothing has changed\n%s\n",
		ms(modelTarget), keptTarget, machineLoad())
	for _, who := range []struct {
		name    string
		headers map[string]string
	}{{"public", nil}, {"staff", map[string]string{staffHeader: "1"}}} {
		for _, m := range models {
			if strings.HasPrefix(m.path, "/api/v1/me/") && who.headers == nil {
				continue // who is not signed in has no work
			}
			size := 0
			get := func(p *product, path string) func() (sample, error) {
				url := p.url + ids.Replace(path)
				return func() (sample, error) {
					return loadBy(ctx, 1, b.length, func(ctx context.Context, _ int) error {
						return fetch(ctx, http.MethodGet, url, who.headers, nil, http.StatusOK, func(_ http.Header, body []byte) error {
							size = len(body)
							return nil
						})
					})
				}
			}
			sides := []func() (sample, error){get(fresh, "/api/v1/actions?status=in_progress&partyId={party}&sort=dueOn&limit=50"), get(fresh, m.path), get(keeping, m.path)}
			samples := make([][]sample, len(sides))
			for range b.rounds {
				for i, side := range sides {
					s, err := side()
					if err != nil {
						return fmt.Errorf("%s: %w", m.name, err)
					}
					samples[i] = append(samples[i], s)
				}
			}
			p50 := func(i int) time.Duration {
				return time.Duration(median(samples[i], func(s sample) float64 { return float64(s.p50) }))
			}
			list, anew, kept := p50(0), p50(1), p50(2)
			verdict := ""
			if anew > modelTarget {
				verdict += "  above the aim anew"
			}
			if float64(kept) > keptTarget*float64(list) {
				verdict += "  above the aim unchanged"
			}
			fmt.Fprintf(b.out, "  %-7s %-22s %5d kB  anew p50 %7.1f ms  %6.1f times the list's %.1f ms  unchanged p50 %6.1f ms  %4.1f times%s\n", who.name, m.name, size/1000,
				ms(anew), float64(anew)/float64(list), ms(list), ms(kept), float64(kept)/float64(list), verdict)
		}
	}
	fmt.Fprintln(b.out)
	return nil
}

// machineLoad tells what else the machine does, where that can be known.
func machineLoad() string {
	b, err := os.ReadFile("/proc/loadavg")
	if f := strings.Fields(string(b)); err == nil && len(f) > 2 {
		return fmt.Sprintf("Load of the machine over 1, 5 and 15 minutes: %s, %s, %s on %d cores", f[0], f[1], f[2], runtime.NumCPU())
	}
	return "The load of the machine is not known"
}
