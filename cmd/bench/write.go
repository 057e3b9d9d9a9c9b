package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
)

// writes measures a status report with its audit entry and history: the product
// over HTTP against pgbench running the statements that the product sends.
func (b *bench) writes(ctx context.Context) ([]measurement, error) {
	conn, err := b.connect(ctx)
	if err != nil {
		return nil, err
	}
	actor, err := findStaff(ctx, conn)
	if err != nil {
		return nil, err
	}
	actor.Grants = append(actor.Grants, domain.ActiveGrant{Role: domain.RoleCoordinator, PartyID: actor.PartyID})
	queues, err := reportable(ctx, conn, actor)
	if err != nil {
		return nil, err
	}
	report, err := captureReport(ctx, conn, b.base, b.clock, actor, queues[0])
	if err != nil {
		return nil, fmt.Errorf("capture the statements: %w", err)
	}
	product, err := b.product(ctx, b.base, actor, false)
	if err != nil {
		return nil, err
	}
	ours := side{"product", func(ctx context.Context, length time.Duration) (sample, error) {
		return load(ctx, length, func(ctx context.Context, client int) error { return queues[client].report(ctx, product.url) })
	}}
	dir, err := os.MkdirTemp("", "yhdyspinta-bench-")
	if err != nil {
		return nil, err
	}
	b.until(func() { _ = os.RemoveAll(dir) })
	var others []side
	if program, ok := findPgbench(); !ok {
		fmt.Fprintln(b.out, "No pgbench on PATH or under /usr/lib/postgresql (Debian: postgresql-contrib): status reports are measured without it.")
	} else if others, err = pgbenchSides(program, dir, b.base.app, report); err != nil {
		return nil, err
	}
	return []measurement{comparison("Status report with audit entry and history", writeTarget, ours, others...)}, nil
}

// reportQueue is the actions that one client reports on, in turn, with the
// versions that it knows.
type reportQueue struct {
	actions []versioned
	next    int
	random  *rand.Rand
}

type versioned struct {
	id      domain.ActionID
	version int
}

// reportable shares half of the actions in progress of the actor's party among
// the clients, in an order of chance that is the same on every run. pgbench takes
// the other half, so that nobody's version is stale.
func reportable(ctx context.Context, conn *pgx.Conn, actor domain.Actor) ([]*reportQueue, error) {
	rows, err := conn.Query(ctx, `select id, version from action where status = 'in_progress' and lead_party_id = $1 and no % 10 = 0
order by md5(id::text)`, actor.PartyID.String())
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (v versioned, err error) {
		return v, row.Scan((*uuid)(&v.id.UUID), &v.version)
	})
	if err != nil {
		return nil, err
	}
	queues := make([]*reportQueue, clients)
	for i := range queues {
		queues[i] = &reportQueue{random: rand.New(rand.NewPCG(1, uint64(i)))}
	}
	for i, v := range all {
		q := queues[i%clients]
		q.actions = append(q.actions, v)
	}
	for _, q := range queues {
		if len(q.actions) == 0 {
			return nil, fmt.Errorf("%d actions to report on are too few", len(all))
		}
	}
	return queues, nil
}

// progressMin is the least progress that is reported, so that no version of an
// action is mistaken for it (see script).
const progressMin = 40

// report sends one status report under the version that the queue knows.
func (q *reportQueue) report(ctx context.Context, url string) error {
	v := &q.actions[q.next%len(q.actions)]
	q.next++
	body := fmt.Sprintf(`{"status":"in_progress","progress":%d,"text":{"fi":"Työ etenee sovitusti.","sv":"Arbetet framskrider som avtalat."},"public":true}`,
		progressMin+q.random.IntN(50))
	headers := map[string]string{"Content-Type": "application/json", "If-Match": strconv.Quote(strconv.Itoa(v.version)), staffHeader: "1"}
	return fetch(ctx, http.MethodPost, url+"/api/v1/actions/"+v.id.String()+"/status-reports", headers, []byte(body), http.StatusOK,
		func(h http.Header, _ []byte) (err error) {
			v.version, err = strconv.Atoi(strings.Trim(h.Get("ETag"), `"`))
			return err
		})
}

// captureReport lets the product take one report from the queue and returns the
// statements that it sent, with an action whose version is at least 2.
func captureReport(ctx context.Context, conn *pgx.Conn, base database, clock domain.Clock, actor domain.Actor, q *reportQueue) (captured, error) {
	tracer := &capture{}
	p, err := startProduct(ctx, base, clock, actor, tracer, false)
	if err != nil {
		return captured{}, err
	}
	defer p.close()
	for q.actions[q.next].version < 2 {
		q.next++
	}
	out := captured{action: q.actions[q.next]}
	if out.statements, err = tracer.during(func() error { return q.report(ctx, p.url) }); err != nil {
		return out, err
	}
	err = conn.QueryRow(ctx, `select r.id::text, w.id::text, (select count(*) from action) from status_report r join action_word w on w.report_id = r.id
where r.action_id = $1 order by r.reported_at desc limit 1`,
		out.action.id.String()).Scan(&out.reportID, &out.wordID, &out.actions)
	return out, err
}

// writing is the report without what the product reads besides the action itself:
// what any program must send.
func (c captured) writing() captured {
	out := c
	out.statements = nil
	read := false
	for _, s := range c.statements {
		if strings.HasPrefix(strings.ToLower(strings.TrimSpace(s.sql)), "select") && !strings.Contains(s.sql, "set_config(") {
			if read {
				continue
			}
			read = true
		}
		out.statements = append(out.statements, s)
	}
	return out
}

// captured is a status report as statements, its id and that of the word it is, the action reported on with
// its version before, and how many actions there are.
type captured struct {
	statements []statement
	action     versioned
	reportID   string
	wordID     string
	actions    int
}
