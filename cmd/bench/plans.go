package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
)

// someIDsSQL gives ids of the generated data that filters name: {goal} stands for
// that of a goal.
const someIDsSQL = `
select 'party', (select id::text from party where key = 'espoo')
union all select 'goal', (select id::text from goal where no = 17)
union all select 'theme', (select theme_id::text from goal where no = 17)
union all select 'post', (select id::text from post order by id offset 20 limit 1)
union all select 'unit', (select unit_id::text from post order by id offset 20 limit 1)
union all select 'chain', (select id::text from chain order by id offset 7 limit 1)
union all select 'stage', (select id::text from stage order by id offset 40 limit 1)
union all select 'forum', (select id::text from forum order by id offset 4 limit 1)
union all select 'group', (select id::text from target_group order by id offset 3 limit 1)
union all select 'district', (select id::text from district order by id offset 3 limit 1)
union all select 'outcome', (select outcome_id::text from action where outcome_id is not null order by id limit 1)`

// listQueries are the kinds of list that the product offers, one filter or sort key
// after the other and the combinations that its pages make.
var listQueries = []string{
	"", "sort=no", "sort=-no", "sort=title", "sort=-title", "sort=-updatedAt", "sort=confirmedOn", "sort=-dueOn",
	"status=in_progress&partyId={party}", "status=in_progress&partyId={party}&sort=title", "status=in_progress&partyId={party}&sort=-updatedAt",
	"status=not_started&status=in_progress&status=paused", "status=superseded", "partyId={party}", "partyId=none",
	"condition=late", "condition=stale", "condition=due_soon", "condition=on_time", "condition=not_started", "condition=paused", "condition=cancelled", "condition=done",
	"condition=late&partyId={party}", "condition=stale&partyId={party}", "condition=late&condition=stale", "condition=stale&sort=confirmedOn",
	"status=not_started&status=in_progress&freshness=stale", "status=not_started&status=in_progress&freshness=in_limit&leadPostId={post}", "unitId={unit}&freshness=stale", "unitId={unit}",
	"unowned=true", "unowned=false", "unowned=true&partyId={party}", "atRisk=true", "atRisk=false", "atRisk=true&partyId={party}",
	"goalId={goal}", "goalId={goal}&condition=late", "goalId=none", "themeId={theme}", "themeId={theme}&status=in_progress",
	"postId={post}", "postId={post}&status=in_progress", "postId=none", "leadPostId={post}", "leadPostId=none", "mine=true", "mine=true&status=in_progress",
	"chainId={chain}", "chainId={chain}&condition=late", "chainId=none", "stageId={stage}", "forumId={forum}", "forumId=none",
	"targetGroupId={group}", "districtId={district}", "outcomeId={outcome}", "outcomeId=none",
	"dueFrom=2026-12-01&dueTo=2026-12-31", "dueFrom=2026-12-01&dueTo=2026-12-31&partyId={party}",
	"q=kaatumisten", "q=kaatumisten&status=in_progress&partyId={party}", "q=omaishoido", "q=hammashoitola", "q=omaishoito kotona", "q=perheiden tuki koulutetaan", "q=osa 4711", "q=4711", "q=xyzzy", "q=a", "q=zz", "q=kaatumisten&sort=title",
	"status=in_progress&count=exact", "asOf=2026-10-01", "asOf=2026-10-01&status=in_progress&partyId={party}", "asOf=2026-10-01&goalId={goal}", "asOf=2026-10-01&condition=late",
	"asOf=2026-10-01&sort=title", "asOf=2026-10-01&postId={post}", "asOf=2026-10-01&chainId={chain}", "asOf=2026-10-01&forumId={forum}", "asOf=2026-10-01&themeId={theme}", "asOf=2026-10-01&q=kaatumisten", "asOf=2026-10-01&q=hammashoitola",
}

var (
	executionTime = regexp.MustCompile(`Execution Time: ([0-9.]+) ms`)
	sharedBuffers = regexp.MustCompile(`Buffers: shared (?:hit=(\d+))?(?: ?read=(\d+))?`)
	scanNode      = regexp.MustCompile(`(Seq Scan on|Index Scan using|Index Scan Backward using|Index Only Scan using|Index Only Scan Backward using|Bitmap Index Scan on) (\w+)`)
)

// showPlans asks the product for each kind of list, as the public and as staff,
// explains each SELECT that it sends, and prints a line for each list: time,
// pages read and how the rows were found; then the plans of all statements that
// took a millisecond. Only paths that begin so are asked for.
func showPlans(ctx context.Context, base database, clock domain.Clock, begin string, out io.Writer) error {
	conn, err := pgx.Connect(ctx, base.app)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	actor, err := findStaff(ctx, conn)
	if err != nil {
		return err
	}
	tracer := &capture{}
	p, err := startProduct(ctx, base, clock, actor, tracer, false)
	if err != nil {
		return err
	}
	defer p.close()
	pooled, err := p.db.Pool().Acquire(ctx) // with the product's settings
	if err != nil {
		return err
	}
	defer pooled.Release()
	ids, err := someIDs(ctx, conn)
	if err != nil {
		return err
	}
	paths := make([]string, 0, len(listQueries)+len(models))
	for _, query := range listQueries {
		paths = append(paths, "actions?"+query)
	}
	for _, m := range models {
		paths = append(paths, strings.TrimPrefix(m.path, "/api/v1/"))
	}
	var plans strings.Builder
	fmt.Fprintf(out, "%-85s %-6s %9s %8s  %s\n", "GET /api/v1/", "as", "ms", "pages", "rows found by (the last statement)")
	for _, path := range paths {
		if !strings.HasPrefix(path, begin) {
			continue
		}
		for _, who := range []string{"public", "staff"} {
			if who == "public" && (strings.Contains(path, "mine=") || strings.HasPrefix(path, "me/")) {
				continue
			}
			headers := map[string]string{}
			if who == "staff" {
				headers[staffHeader] = "1"
			}
			statements, err := tracer.during(func() error {
				return fetch(ctx, http.MethodGet, p.url+"/api/v1/"+strings.ReplaceAll(ids.Replace(path), " ", "+"), headers, nil, http.StatusOK, nil)
			})
			if err != nil {
				return err
			}
			e, err := explainAll(ctx, pooled.Conn(), statements)
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			fmt.Fprintf(out, "%-85s %-6s %9.2f %8d  %s\n", path, who, e.ms, e.pages, strings.Join(e.scans, ", "))
			fmt.Fprintf(&plans, "\n-- %s, as %s\n%s", path, who, e.text)
		}
	}
	_, err = io.WriteString(out, plans.String())
	return err
}

func someIDs(ctx context.Context, conn *pgx.Conn) (*strings.Replacer, error) {
	rows, err := conn.Query(ctx, someIDsSQL)
	if err != nil {
		return nil, err
	}
	var pairs []string
	var name, id string
	_, err = pgx.ForEachRow(rows, []any{&name, &id}, func() error {
		pairs = append(pairs, "{"+name+"}", id)
		return nil
	})
	return strings.NewReplacer(pairs...), err
}

// explained is what a list cost: all its statements together, and how its own,
// the first that selects from action, found its rows.
type explained struct {
	ms    float64
	pages int
	scans []string
	text  string
}

func explainAll(ctx context.Context, conn *pgx.Conn, statements []statement) (e explained, err error) {
	first := true
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		for _, s := range statements {
			sql := strings.TrimSpace(s.sql)
			if strings.Contains(sql, "set_config(") { // the past
				if _, err := tx.Exec(ctx, sql, s.args...); err != nil {
					return err
				}
				continue
			}
			if begin := strings.ToLower(strings.TrimLeft(sql, "(")); !strings.HasPrefix(begin, "select") && !strings.HasPrefix(begin, "with") {
				continue
			}
			text, err := explain(ctx, tx, sql, s.args)
			if err != nil {
				return err
			}
			if m := executionTime.FindStringSubmatch(text); m != nil {
				t, _ := strconv.ParseFloat(m[1], 64)
				e.ms += t
				if t >= 1 {
					e.text += text
				}
			}
			if m := sharedBuffers.FindStringSubmatch(text); m != nil {
				hit, _ := strconv.Atoi(m[1])
				read, _ := strconv.Atoi(m[2])
				e.pages += hit + read
			}
			if first || strings.HasPrefix(sql, "select count(*)") {
				first = false
				for _, m := range scanNode.FindAllStringSubmatch(text, -1) {
					scan := m[2]
					if strings.HasPrefix(m[1], "Seq") {
						scan = "all of " + scan
					}
					if !slices.Contains(e.scans, scan) && !strings.HasPrefix(scan, "pk_") {
						e.scans = append(e.scans, scan)
					}
				}
			}
		}
		return nil
	})
	return e, err
}

func explain(ctx context.Context, tx pgx.Tx, sql string, args []any) (string, error) {
	// Without a prepared statement the plan is made for these arguments, as the
	// first executions of a prepared one are.
	rows, err := tx.Query(ctx, "explain (analyze, buffers, timing off) "+sql, append([]any{pgx.QueryExecModeExec}, args...)...)
	if err != nil {
		return "", err
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return strings.Join(lines, "\n") + "\n", err
}
