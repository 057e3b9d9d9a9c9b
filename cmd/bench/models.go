package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"strings"
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
	{"list, a past day", "/api/v1/actions?status=in_progress&sort=dueOn&limit=50&asOf=2026-10-01"},
	{"search, a past day", "/api/v1/search?limit=3&q=nuorten&asOf=2026-10-01"},
	{"search, in every action, a past day", "/api/v1/search?limit=3&q=osapuolet&asOf=2026-10-01"},
	{"search, a typing error, a past day", "/api/v1/search?limit=3&q=liikuntanevuonta&asOf=2026-10-01"},
}

// readModels measures each read model by one client beside the list of actions:
// derived anew on each request, and kept since nothing changes.
func (b *bench) readModels(ctx context.Context) ([]measurement, error) {
	conn, err := b.connect(ctx)
	if err != nil {
		return nil, err
	}
	actor, err := findStaff(ctx, conn)
	if err != nil {
		return nil, err
	}
	ids, err := someIDs(ctx, conn)
	if err != nil {
		return nil, err
	}
	fresh, err := b.product(ctx, b.base, actor, false)
	if err != nil {
		return nil, err
	}
	keeping, err := b.product(ctx, b.base, actor, true)
	if err != nil {
		return nil, err
	}
	var all []measurement
	for _, who := range everybody {
		for _, m := range models {
			path := ids.Replace(m.path)
			if !strings.HasPrefix(strings.TrimPrefix(path, "/api/v1/"), b.begin) {
				continue
			}
			if strings.HasPrefix(path, "/api/v1/me/") && who.headers == nil {
				continue // who is not signed in has no work
			}
			size := 0
			err := fetch(ctx, http.MethodGet, fresh.url+path, who.headers, nil, http.StatusOK, func(_ http.Header, body []byte) error {
				size = len(body)
				return nil
			})
			if err != nil {
				return nil, err
			}
			sides := []side{asked("the list", 1, fresh.url+listPath(actor.PartyID), who.headers), asked("anew", 1, fresh.url+path, who.headers), asked("unchanged", 1, keeping.url+path, who.headers)}
			title := fmt.Sprintf("%s, as %s (%d kB), by one client; aim of overview, matrix and gaps: p50 under %.0f ms anew, and %.0f times the list's unchanged", m.name, who.name, size/1000, ms(modelTarget), keptTarget)
			all = append(all, measurement{title, sides, func(out io.Writer, of [][]sample) {
				list, anew, kept := medianP50(of[0]), medianP50(of[1]), medianP50(of[2])
				fmt.Fprintf(out, "  anew p50 %7.1f ms  %6.1f times the list's %.1f ms  unchanged p50 %6.1f ms  %4.1f times\n", ms(anew), anew.Seconds()/list.Seconds(), ms(list), ms(kept), kept.Seconds()/list.Seconds())
			}})
		}
	}
	return all, nil
}

// machineLoad tells what else the machine does, where that can be known.
func machineLoad() string {
	b, err := os.ReadFile("/proc/loadavg")
	if f := strings.Fields(string(b)); err == nil && len(f) > 2 {
		return fmt.Sprintf("Load of the machine over 1, 5 and 15 minutes: %s, %s, %s on %d cores", f[0], f[1], f[2], runtime.NumCPU())
	}
	return "The load of the machine is not known"
}
